//! Whether what is told of today can be true at once: the inversions at typical values (docs/model.md, 5).

use super::diagnostic::Diagnostic;
use super::occasions;
use super::reader::Reader;
use super::source::Span;
use super::wording::number;
use crate::model::company::Company;
use crate::model::scenario::{Channel, ChannelAwareness, Scenario};
use crate::model::seats::MOST_SEATS;
use crate::model::segment::Segment;
use crate::model::staffing::unrounded_heads;

/// Reports what contradicts itself; of a file that is right otherwise. The company that it means, if that can be told.
pub(super) fn all(reader: &mut Reader, scenario: &Scenario) -> Option<Company> {
    if heads(reader, scenario) {
        return None;
    }
    let company = Company::of(scenario);
    // Where the funnel holds more than all who know us, nobody is left to become a lead: said below.
    if company.moved.leads && !company.moved.pools {
        leads(reader, scenario, &company);
    }
    let moved = company.moved;
    let is_weighted =
        |channel: &Channel| matches!(channel.awareness, ChannelAwareness::Weight(weight) if weight > 0.0);
    let (awareness, bring_back) = if scenario.channels.iter().any(is_weighted) {
        (
            "own sources make more accounts aware than forget you, or channels with awareness_weight spend nothing today",
            "lower organic_per_week, word_of_mouth_per_week or awareness_per_week, give spend_today_per_week to a channel with awareness_weight, or tell aware_a_year_ago if awareness is growing",
        )
    } else {
        (
            "nothing brings back the accounts that forget you",
            "give the channels that make you known an `awareness_weight` (1 if there is only one), or tell forget_per_week and awareness_per_week instead",
        )
    };
    let each_segment = [
        (
            moved.awareness,
            ["awareness.aware_today", "awareness.aware_after_a_year_dark"],
            awareness,
            "accounts forget you, and as many must hear of you for aware_today to stay what it is",
            bring_back,
        ),
        (
            moved.pools,
            ["awareness.aware_today", "accounts"],
            "fewer accounts know you than are in talks with you today",
            "open opportunities, buyers who decide, and lost ones who cool off count among the accounts that know you",
            "raise aware_today, or check today.pipeline and today.cooling, or the leads a week, the sales cycle and cool_off_weeks that they follow from",
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
    Some(company)
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
    let told_outbound = |segment: &Segment| segment.leads.outbound_leads_per_week_today;
    for (segment, law) in scenario.segments.iter().zip(&company.segments) {
        if told_outbound(segment).is_some_and(|leads| leads > law.today.outbound * (1.0 + 1e-6) + 1e-9) {
            return outbound(reader, segment, law.today.outbound);
        }
    }
    occasions::report(reader, scenario, company);
}

fn outbound(reader: &mut Reader, segment: &Segment, most: f64) {
    let path = format!("segments.{}.leads.outbound_leads_per_week_today", segment.name);
    let span = reader.place(&path).unwrap_or(Span::WHOLE);
    let diagnostic = Diagnostic::error(
        span,
        format!(
            "more outbound leads than calls can bring: at most {} a week",
            number((most * 10.0).floor() / 10.0)
        ),
    );
    reader.report(if most > 0.0 {
        diagnostic
            .expected("no call brings more than one lead")
            .help("check touches_per_week, today's heads of that role and touch_every_weeks")
    } else {
        diagnostic
            .expected(format!("nobody calls accounts of `{}` today", segment.name))
            .help("give a role that serves this segment `touches_per_week`, and heads in `today.team` or money in the first plan")
    });
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
