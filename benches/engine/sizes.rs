//! A shipped scenario at another size: the same team reaches, calls and looks after as many accounts as there are.

use gtm_sim::model::scenario::{ChannelLeads, Scenario};
use gtm_sim::model::segment::OrganicLeads;

/// Every shipped scenario.
pub const SHIPPED: [&str; 6] = [
    "minimal",
    "startup",
    "b2b",
    "b2b_services",
    "established",
    "consumer_goods",
];

/// The scenario with this many accounts in all segments together, every unknown at its typical value: counts typed
/// for today grow with the accounts, and so does what a head gets done.
pub fn with_accounts(scenario: &Scenario, accounts: u64) -> Scenario {
    let mut scaled = scenario.clone();
    scaled.unknowns.clear();
    let before: u64 = scenario.segments.iter().map(|segment| segment.accounts).sum();
    let factor = accounts as f64 / before as f64;
    for segment in &mut scaled.segments {
        segment.accounts = ((segment.accounts as f64 * factor).round() as u64).max(1);
        if let OrganicLeads::PerWeekToday(leads) = &mut segment.leads.organic {
            *leads *= factor;
        }
        if let Some(leads) = &mut segment.leads.outbound_leads_per_week_today {
            *leads *= factor;
        }
        if let Some(deals) = &mut segment.deals.deals_per_rep_year {
            *deals *= factor;
        }
    }
    for channel in &mut scaled.channels {
        if let ChannelLeads::PerWeekToday(leads) = &mut channel.leads {
            *leads *= factor;
        }
    }
    for role in &mut scaled.roles {
        role.selling_hours_per_week *= factor;
        role.touches_per_week *= factor;
        role.accounts_covered *= factor;
    }
    scale_today(&mut scaled, factor);
    scaled
}

fn scale_today(scenario: &mut Scenario, factor: f64) {
    let today = &mut scenario.today;
    let counts = today.pipeline.iter_mut().chain(&mut today.cooling).flatten();
    counts
        .chain(&mut today.customers)
        .chain(&mut today.insight)
        .for_each(|count| *count *= factor);
    scenario.feedback.half_learned_after *= factor;
}
