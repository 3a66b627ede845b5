//! More leads than occasions to buy: the sums, and the least change after which they fit.

use super::diagnostic::Diagnostic;
use super::reader::Reader;
use super::source::Span;
use super::wording::{number, shown};
use crate::model::company::Company;
use crate::model::scenario::{Channel, ChannelLeads, Scenario};
use crate::model::segment::{OrganicLeads, Segment};

/// Share of the occasions that may become leads: the rest is the luck of the week.
const MOST_RAISED: f64 = 0.99;
/// Segments that are told one by one.
const MOST_TOLD: usize = 6;
/// Changes that are tried, as factors: small ones first.
const FACTORS: [f64; 14] = [
    1.02, 1.05, 1.1, 1.2, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0, 5.0, 10.0, 20.0, 50.0,
];

/// Leads a week today that were told, each with where.
fn told_leads(scenario: &Scenario) -> Vec<(String, f64)> {
    let of_channel = |channel: &Channel| match channel.leads {
        ChannelLeads::PerWeekToday(leads) => {
            Some((format!("channels.{}.leads_per_week_today", channel.name), leads))
        }
        ChannelLeads::Hazard(_) => None,
    };
    let of_segment = |segment: &Segment| match segment.leads.organic {
        OrganicLeads::PerWeekToday(leads) => Some((
            format!("segments.{}.leads.organic_leads_per_week_today", segment.name),
            leads,
        )),
        OrganicLeads::Hazard(_) => None,
    };
    let channels = scenario.channels.iter().filter_map(of_channel);
    channels
        .chain(scenario.segments.iter().filter_map(of_segment))
        .collect()
}

/// Accounts of a segment that may become leads today, and the occasions a week that they have.
struct Supply {
    accounts: f64,
    occasions: f64,
    /// Those of accounts that know us: only they ask by themselves.
    own: f64,
}

fn supplies(scenario: &Scenario, company: &Company, reaches_all: bool) -> Vec<Supply> {
    let of = |position: usize| {
        let law = &company.segments[position];
        let accounts = law.today.aware + if reaches_all { law.today.unaware } else { 0.0 };
        Supply {
            accounts,
            occasions: accounts * law.occasions.min(1.0),
            own: law.today.aware * law.occasions.min(1.0),
        }
    };
    (0..scenario.segments.len()).map(of).collect()
}

/// Reports that the leads told do not fit into the occasions.
pub(super) fn report(reader: &mut Reader, scenario: &Scenario, company: &Company) {
    let reaches_all = scenario.channels.iter().any(|channel| channel.capture > 0.0);
    let supplies = supplies(scenario, company, reaches_all);
    let most = MOST_RAISED * supplies.iter().map(|supply| supply.occasions).sum::<f64>();
    let told = told_leads(scenario);
    let sum: f64 = told.iter().map(|(_, leads)| leads).sum();
    let largest = told.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let span = largest
        .and_then(|(path, _)| reader.place(path))
        .unwrap_or(Span::WHOLE);
    let message = if sum > most {
        format!("more leads than occasions to buy: at most {} a week", floor(most))
    } else {
        "more leads than occasions to buy among the accounts that these sources reach".to_owned()
    };
    let whom = if reaches_all {
        "accounts"
    } else {
        "accounts that know us"
    };
    let mut sums: Vec<String> = supplies
        .iter()
        .zip(&scenario.segments)
        .take(MOST_TOLD)
        .map(|(supply, segment)| sum_of(segment, supply, whom))
        .collect();
    if supplies.len() > MOST_TOLD {
        sums.push(format!("and {} segments more", supplies.len() - MOST_TOLD));
    }
    let diagnostic = Diagnostic::error(span, message)
        .expected(format!("all leads together are {} a week", ceiling(sum)))
        .help(format!(
            "occasions a week are {whom} × in_market ÷ buying_window_weeks, and at most 99 % of them become leads: {}",
            sums.join("; ")
        ));
    let mends = mends(scenario, sum);
    reader.report(diagnostic.help(if mends.is_empty() {
        "check accounts, aware_today, in_market, buying_window_weeks and capture, or whether some of these leads never looked for an offer; organic leads come only from accounts that know us".to_owned()
    } else {
        format!("it would fit with {}", mends.join(", or "))
    }));
}

fn sum_of(segment: &Segment, supply: &Supply, whom: &str) -> String {
    let organic = match segment.leads.organic {
        OrganicLeads::PerWeekToday(leads) if leads > 0.0 => {
            let own = floor(supply.own);
            format!(
                ", of which those that know us have {own} ({} organic leads are told)",
                number(leads)
            )
        }
        _ => String::new(),
    };
    format!(
        "`{}` {} {whom} × {} ÷ {} = {}{organic}",
        shown(segment.name.as_str()),
        number(supply.accounts.round()),
        number(segment.leads.in_market),
        number(segment.leads.buying_window_weeks),
        floor(supply.occasions)
    )
}

/// The least of the tried changes of one kind that makes the leads fit, each as it would be typed.
fn mends(scenario: &Scenario, sum: f64) -> Vec<String> {
    let more_in_market = FACTORS.iter().find_map(|factor| {
        let mut changed = scenario.clone();
        let mut typed = Vec::new();
        for segment in &mut changed.segments {
            let leads = &mut segment.leads;
            leads.in_market = rounded_up(leads.in_market * factor);
            if leads.in_market > 1.0 {
                return None;
            }
            typed.push(format!(
                "segments.{}.leads.in_market = {}",
                segment.name,
                number(leads.in_market)
            ));
        }
        (typed.len() <= MOST_TOLD && fits(&changed)).then(|| typed.join(" and "))
    });
    let fewer_leads = FACTORS.iter().find_map(|factor| {
        let mut changed = scenario.clone();
        for channel in &mut changed.channels {
            if let ChannelLeads::PerWeekToday(leads) = &mut channel.leads {
                *leads /= factor;
            }
        }
        for segment in &mut changed.segments {
            if let OrganicLeads::PerWeekToday(leads) = &mut segment.leads.organic {
                *leads /= factor;
            }
        }
        fits(&changed).then(|| {
            format!(
                "{} leads a week in all (each 1/{} of what is told)",
                floor(sum / factor),
                number(*factor)
            )
        })
    });
    more_in_market.into_iter().chain(fewer_leads).collect()
}

fn fits(scenario: &Scenario) -> bool {
    let moved = Company::of(scenario).moved;
    !moved.leads && !moved.pools
}

/// Upwards to three digits.
fn rounded_up(x: f64) -> f64 {
    let digit = libm::pow(10.0, libm::floor(libm::log10(x.max(1e-9))) - 2.0);
    libm::ceil(x / digit - 1e-9) * digit
}

fn floor(x: f64) -> String {
    number((x * 100.0).floor() / 100.0)
}

fn ceiling(x: f64) -> String {
    number((x * 100.0 - 1e-6).ceil() / 100.0)
}
