//! Whether what is told of today can be true at once: the inversions at typical values (docs/model.md, 5).

use super::diagnostic::{Diagnostic, Severity};
use super::reader::Reader;
use super::source::Span;
use super::wording::number;
use crate::model::company::Company;
use crate::model::scenario::{ChannelLeads, Scenario};
use crate::model::seats::MOST_SEATS;
use crate::model::staffing::unrounded_heads;

/// Reports what contradicts itself; only of a file that is right otherwise.
pub(super) fn all(reader: &mut Reader, scenario: &Scenario) {
    if reader
        .diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error)
    {
        return;
    }
    if heads(reader, scenario) {
        return;
    }
    let company = Company::of(scenario);
    if company.moved.leads {
        leads(reader, scenario, &company);
    }
    let moved = company.moved;
    let each_segment = [
        (
            moved.awareness,
            ["awareness.aware_today", "awareness.aware_after_a_year_dark"],
            "awareness cannot be what is told",
            "the channels' awareness_weight must bring back those who forget, and own sources (organic_per_week, word of mouth) must not bring more",
            "give a channel an awareness_weight, lower organic_per_week or word_of_mouth_per_week, or tell aware_a_year_ago if awareness is growing",
        ),
        (
            moved.pools,
            ["awareness.aware_today", "accounts"],
            "fewer accounts know us than today's funnel holds",
            "open opportunities, cooling accounts and deciding buyers are part of the accounts that know us",
            "raise aware_today, or lower the leads, the sales cycle or cool_off_weeks",
        ),
        (
            moved.hours,
            ["deals.deals_per_rep_year", "deals.win_rate"],
            "deals_per_rep_year cannot be reached: nothing qualifies, or nothing is won",
            "qualify and win_rate above 0",
            "tell qualify and win_rate as they are today, or leave deals_per_rep_year out and tell hours",
        ),
    ];
    for (is_moved, places, message, expected, help) in each_segment {
        if is_moved {
            let span = first_place(reader, scenario, &places);
            reader.report(Diagnostic::error(span, message).expected(expected).help(help));
        }
    }
}

fn first_place(reader: &Reader, scenario: &Scenario, keys: &[&str]) -> Span {
    let paths = scenario.segments.iter().flat_map(|segment| {
        keys.iter()
            .map(move |key| format!("segments.{}.{key}", segment.name))
    });
    paths
        .into_iter()
        .find_map(|path| reader.place(&path))
        .unwrap_or(Span::WHOLE)
}

fn leads(reader: &mut Reader, scenario: &Scenario, company: &Company) {
    let most: f64 = company
        .segments
        .iter()
        .map(|segment| (segment.today.aware + segment.today.unaware) * segment.occasions.min(1.0))
        .sum();
    let typed: f64 = scenario
        .channels
        .iter()
        .map(|channel| match channel.leads {
            ChannelLeads::PerWeekToday(leads) => leads,
            ChannelLeads::Hazard(_) => 0.0,
        })
        .sum();
    let channel = scenario.channels.iter().max_by(|a, b| {
        let of = |leads| {
            if let ChannelLeads::PerWeekToday(leads) = leads {
                leads
            } else {
                0.0
            }
        };
        of(a.leads).total_cmp(&of(b.leads))
    });
    let outbound = first_place(reader, scenario, &["leads.outbound_leads_per_week_today"]);
    let span = channel
        .and_then(|channel| reader.place(&format!("channels.{}.leads_per_week_today", channel.name)))
        .unwrap_or(outbound);
    reader.report(
        Diagnostic::error(span, "the leads of today are more than the market can bring")
            .expected(format!(
                "all inbound leads together: at most {} a week (accounts × in_market / buying_window_weeks, only aware ones without capture); channels bring {}; outbound leads: at most one per touch",
                number(most.floor()),
                number(typed)
            ))
            .help("check accounts, aware_today, in_market, buying_window_weeks and capture; a channel without spend today brings no leads"),
    );
}

/// More heads than the simulator holds are a slip of a zero, and would take forever.
fn heads(reader: &mut Reader, scenario: &Scenario) -> bool {
    let mut most: Option<(f64, usize)> = None;
    for plan in &scenario.plans {
        for phase in &plan.phases {
            for role in 0..scenario.roles.len() {
                let typed = scenario.today.team[role].unwrap_or(0.0);
                let heads = unrounded_heads(scenario, plan, phase.marketing_share, role).max(typed);
                if heads > MOST_SEATS && most.is_none_or(|(most, _)| heads > most) {
                    most = Some((heads, role));
                }
            }
        }
    }
    let Some((heads, role)) = most else { return false };
    let path = format!("roles.{}.loaded_cost_per_year", scenario.roles[role].name);
    let span = reader.place(&path).unwrap_or(Span::WHOLE);
    reader.report(
        Diagnostic::error(
            span,
            format!(
                "the budget would pay {} heads of this role",
                number(heads.round())
            ),
        )
        .expected(format!("at most {} heads of a role", number(MOST_SEATS)))
        .help("check loaded_cost_per_year, today.team and budget.annual for a missing or an extra zero"),
    );
    true
}
