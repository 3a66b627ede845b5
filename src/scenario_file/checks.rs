//! Checks across sections: each part is legal, together they are not.

use super::diagnostic::Diagnostic;
use super::reader::Reader;
use super::source::Span;
use super::wording::{grouped, looks, number, shown};
use crate::model::name::Name;
use crate::model::scenario::{Channel, ChannelLeads, ResponseScale, Scenario};
use crate::model::segment::{Fading, Segment};
use std::collections::BTreeMap;

/// Most segments × (channels and roles) × weeks × plans of one scenario.
const MOST_WORK: u64 = 50_000_000;

/// Everything that sections cannot see alone.
pub(super) fn all(reader: &mut Reader, scenario: &Scenario) {
    size(reader, scenario);
    for (i, segment) in scenario.segments.iter().enumerate() {
        let customers = scenario.today.customers.get(i).copied().unwrap_or(0.0);
        accounts(reader, segment, customers);
        fading(reader, segment);
    }
    for channel in &scenario.channels {
        response(reader, channel);
    }
    events(reader, scenario);
    labels(reader, scenario);
    sides(reader, scenario);
    tenures(reader, scenario);
    sellers(reader, scenario);
}

fn size(reader: &mut Reader, scenario: &Scenario) {
    let long = |n: usize| n as u64;
    let weeks = u64::from(scenario.weeks) + u64::from(scenario.finance.tail_weeks);
    let engines = long(scenario.channels.len() + scenario.roles.len()).max(1);
    let work = long(scenario.segments.len().max(1))
        .saturating_mul(engines)
        .saturating_mul(weeks)
        .saturating_mul(long(scenario.plans.len().max(1)));
    if work > MOST_WORK {
        let grouped = |n: u64| grouped(&n.to_string());
        let product = format!(
            "{} segments × {engines} channels and roles × {weeks} weeks × {} plans are {}; at most {}",
            scenario.segments.len(),
            scenario.plans.len(),
            grouped(work),
            grouped(MOST_WORK)
        );
        reader.report(
            Diagnostic::error(Span::WHOLE, "this scenario is too large")
                .expected(product)
                .help("join segments that behave alike, shorten `weeks` or `tail_weeks`, or judge the plans in several runs"),
        );
    }
}

fn accounts(reader: &mut Reader, segment: &Segment, customers: f64) {
    let all = segment.accounts as f64;
    let aware = segment.awareness.aware_today * all;
    if customers + aware <= all || (customers + aware).is_nan() {
        return;
    }
    let path = format!("segments.{}", segment.name);
    let span = reader.place(&format!("{path}.accounts")).unwrap_or(Span::WHOLE);
    let mut diagnostic = Diagnostic::error(
        span,
        format!(
            "`{path}` has {} accounts, but more customers and aware accounts",
            number(all)
        ),
    )
    .expected(format!(
        "{} customers and {} aware accounts that are no customers",
        number(customers.round()),
        number(aware.round())
    ));
    for (told, what) in [
        (format!("today.customers.{}", segment.name), "customers today"),
        (
            format!("{path}.awareness.aware_today"),
            "share of all accounts that knows us and is no customer",
        ),
    ] {
        if let Some(span) = reader.place(&told) {
            diagnostic = diagnostic.related(span, what);
        }
    }
    reader.report(diagnostic);
}

fn fading(reader: &mut Reader, segment: &Segment) {
    let awareness = &segment.awareness;
    let Fading::AfterAYearDark(dark) = awareness.fading else {
        return;
    };
    let path = format!("segments.{}.awareness", segment.name);
    if let Some(span) = reader.place(&format!("{path}.aware_after_a_year_dark"))
        && awareness.aware_a_year_ago.is_none()
        && dark > awareness.aware_today
    {
        let mut diagnostic = Diagnostic::error(
            span,
            format!(
                "more accounts of `{}` would know us after a year without marketing than today",
                segment.name
            ),
        )
        .expected(format!(
            "not above aware_today = {}",
            number(awareness.aware_today)
        ));
        if let Some(today) = reader.place(&format!("{path}.aware_today")) {
            diagnostic = diagnostic.related(today, "today");
        }
        reader.report(
            diagnostic
                .help("if awareness is still growing say `aware_a_year_ago`, or type `forget_per_week`"),
        );
    }
}

fn response(reader: &mut Reader, channel: &Channel) {
    let path = format!("channels.{}", channel.name);
    if let ResponseScale::DoublingAdds(share) = channel.scale
        && let Some(span) = reader.place(&format!("{path}.doubling_adds"))
    {
        let most = libm::exp2(channel.slope) - 1.0;
        if share >= most {
            reader.report(
                Diagnostic::error(span, format!("`{path}.doubling_adds` is more than a response of slope {} can give", number(channel.slope)))
                    .expected(format!("below {}", number((most * 1e4).round() / 1e4)))
                    .help("doubling the spend never adds 100 % at slope 1; a young channel adds 0.6 to 0.9, a busy one 0.2 to 0.5"),
            );
        }
    }
    if channel.spend_today_per_week == 0.0 {
        without_spend(reader, channel, &path);
    }
}

/// Nothing can be told about today of a channel that has no spend today.
fn without_spend(reader: &mut Reader, channel: &Channel, path: &str) {
    let told = [
        (
            matches!(channel.scale, ResponseScale::DoublingAdds(_)),
            "doubling_adds",
            "half_saturation_per_week",
        ),
        (
            matches!(channel.leads, ChannelLeads::PerWeekToday(leads) if leads != 0.0),
            "leads_per_week_today",
            "lead_hazard_per_week",
        ),
    ];
    for (is_told, key, instead) in told {
        if is_told && let Some(span) = reader.place(&format!("{path}.{key}")) {
            let mut diagnostic = Diagnostic::error(
                span,
                format!("`{path}` has no spend today: `{key}` cannot be told"),
            )
            .expected(format!("say `{instead}` instead"));
            if let Some(spend) = reader.place(&format!("{path}.spend_today_per_week")) {
                diagnostic = diagnostic.related(spend, "no spend today");
            }
            reader.report(diagnostic);
        }
    }
}

fn events(reader: &mut Reader, scenario: &Scenario) {
    let end = scenario.weeks + scenario.finance.tail_weeks;
    for event in &scenario.environment.events {
        if let Some(span) = reader.place(&format!("environment.events.{}.window", event.name))
            && event.window.1 > end
        {
            reader.report(
                Diagnostic::error(span, format!("the event `{}` may start after the last week", event.name))
                    .expected(format!("the scenario ends in week {end}, tail included"))
                    .help("the probability is that of the whole window; cut both if only a part of it lies before the end"),
            );
        }
    }
}

/// Equal labels: nobody can tell the two apart in a table or a chart.
fn labels(reader: &mut Reader, scenario: &Scenario) {
    let plans = scenario.plans.iter().map(|plan| (&plan.name, &plan.label));
    let channels = scenario
        .channels
        .iter()
        .map(|channel| (&channel.name, &channel.label));
    let roles = scenario.roles.iter().map(|role| (&role.name, &role.label));
    let segments = scenario
        .segments
        .iter()
        .map(|segment| (&segment.name, &segment.label));
    let kinds: [(&str, Vec<(&Name, &String)>); 4] = [
        ("plan", plans.collect()),
        ("channel", channels.collect()),
        ("role", roles.collect()),
        ("segment", segments.collect()),
    ];
    for (what, all) in kinds {
        let mut first: BTreeMap<&str, &Name> = BTreeMap::new();
        for (name, label) in all {
            let Some(other) = first.get(label.as_str()) else {
                first.insert(label, name);
                continue;
            };
            if looks(name.as_str()) == looks(other.as_str()) {
                continue;
            }
            let at = |name: &Name| reader.place(&format!("{what}s.{name}.label"));
            let mut diagnostic = Diagnostic::warning(
                at(name).unwrap_or(Span::WHOLE),
                format!("two {what}s are labelled \"{}\"", shown(label)),
            )
            .expected("give each a `label` of its own: tables and charts show only labels");
            if let Some(place) = at(other) {
                diagnostic = diagnostic.related(place, "the same label");
            }
            reader.report(diagnostic);
        }
    }
}

/// A side that gets money needs somewhere to spend it.
fn sides(reader: &mut Reader, scenario: &Scenario) {
    for plan in &scenario.plans {
        let span = reader
            .place(&format!("plans.{}", plan.name))
            .unwrap_or(Span::WHOLE);
        let any = |f: &dyn Fn(f64) -> bool| plan.phases.iter().any(|phase| f(phase.marketing_share));
        if scenario.channels.is_empty() && any(&|share| share > 0.0) {
            reader.report(
                Diagnostic::warning(
                    span,
                    format!(
                        "the plan `{}` gives money to marketing, but there is no channel",
                        plan.name
                    ),
                )
                .expected("this money stays unspent"),
            );
        }
        if scenario.roles.is_empty() && any(&|share| share < 1.0) {
            reader.report(
                Diagnostic::warning(
                    span,
                    format!(
                        "the plan `{}` gives money to sales, but there is no role",
                        plan.name
                    ),
                )
                .expected("this money stays unspent"),
            );
        }
    }
}

fn tenures(reader: &mut Reader, scenario: &Scenario) {
    for (i, role) in scenario.roles.iter().enumerate() {
        let (Some(tenures), Some(Some(heads))) =
            (scenario.today.tenure_weeks.get(i), scenario.today.team.get(i))
        else {
            continue;
        };
        if let Some(span) = reader.place(&format!("today.tenure_weeks.{}", role.name))
            && tenures.len() as f64 > heads.ceil()
        {
            let mut diagnostic = Diagnostic::error(
                span,
                format!(
                    "`{}` has {} tenures for {} heads",
                    role.name,
                    tenures.len(),
                    number(*heads)
                ),
            )
            .expected("at most one per head");
            if let Some(team) = reader.place(&format!("today.team.{}", role.name)) {
                diagnostic = diagnostic.related(team, "heads today");
            }
            reader.report(diagnostic);
        }
    }
}

/// Leads that need a rep need one that serves them.
fn sellers(reader: &mut Reader, scenario: &Scenario) {
    for (i, segment) in scenario.segments.iter().enumerate() {
        let served = scenario.roles.iter().any(|role| {
            role.selling_hours_per_week != 0.0 && (role.segments.is_empty() || role.segments.contains(&i))
        });
        if segment.leads.needs_a_rep > 0.0 && !served {
            let span = reader
                .place(&format!("segments.{}.accounts", segment.name))
                .unwrap_or(Span::WHOLE);
            reader.report(
                Diagnostic::warning(
                    span,
                    format!("leads of `{}` need a rep, but nobody sells to them", segment.name),
                )
                .expected("they all die unworked")
                .help("give a role `selling_hours_per_week`, or say `needs_a_rep = 0` and `self_serve`"),
            );
        }
    }
}
