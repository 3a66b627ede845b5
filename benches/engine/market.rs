//! The kernel's market as a scenario, and the same with one more mechanism on.

use crate::bare::{AddTo, bare, channel, role};
use crate::kernel;
use gtm_sim::model::name::Name;
use gtm_sim::model::scenario::{ChannelLeads, Event, Hazard, Multiplies, Scenario, Targeting};
use gtm_sim::model::segment::{Availability, CareRate, Churn, Cycle, CycleFamily, DealValue, OrganicLeads};

/// The market of `kernel`: same sizes, same draws, nothing else on.
pub fn plain(accounts: u64) -> Scenario {
    let mut scenario = bare(accounts, kernel::WEEKS);
    let segment = &mut scenario.segments[0];
    segment.awareness.aware_today = kernel::AWARE_TODAY as f64 / kernel::ACCOUNTS as f64;
    segment.awareness.fading = gtm_sim::model::segment::Fading::PerWeek(kernel::FORGET);
    segment.awareness.organic_per_week = kernel::HAZARD;
    segment.leads.in_market = kernel::OCCASIONS;
    segment.leads.organic = OrganicLeads::Hazard(kernel::INBOUND);
    segment.deals.hours_lead = kernel::HOURS_LEAD;
    segment.deals.hours_opportunity = kernel::HOURS_OPPORTUNITY;
    segment.deals.qualify_fit = kernel::QUALIFY;
    segment.deals.win_rate = kernel::WIN;
    segment.deals.value = DealValue::LogNormal {
        median: kernel::MEDIAN,
        sigma: kernel::SIGMA,
    };
    segment.deals.cycle = Cycle {
        mean_weeks: kernel::CYCLE_MEAN,
        cv: 0.5,
        family: CycleFamily::Gamma,
    };
    scenario.work.stop_after_weeks = Some(kernel::STOP as f64);
    scenario.budget.annual = 52_000.0 * 4.0;
    let mut seller = role("ae");
    seller.selling_hours_per_week = kernel::HOURS / 4.0;
    let mut scenario = scenario.with_role(seller, Some(4.0));
    scenario.plans[0].roles[0] = 1.0;
    scenario
}

/// The same market with hours in proportion to its accounts.
pub fn scaled(accounts: u64) -> Scenario {
    let mut scenario = plain(accounts);
    let share = accounts as f64 / kernel::ACCOUNTS as f64;
    scenario.roles[0].selling_hours_per_week *= share;
    scenario
}

fn with(accounts: u64, change: fn(&mut Scenario)) -> Scenario {
    let mut scenario = plain(accounts);
    change(&mut scenario);
    scenario
}

/// The market with one more mechanism each.
pub fn one_more(accounts: u64) -> Vec<(&'static str, Scenario)> {
    let mut all = vec![("three channels, capture", three_channels(accounts))];
    all.extend(demand(accounts));
    all.extend(supply(accounts));
    all
}

fn three_channels(accounts: u64) -> Scenario {
    let mut scenario = plain(accounts);
    for name in ["search", "content", "brand"] {
        let mut one = channel(name, 5_000.0);
        one.leads = ChannelLeads::Hazard(0.01);
        one.capture = 0.2;
        scenario = scenario.with_channel(one);
    }
    scenario.plans[0].channels = vec![1.0 / 3.0; 3];
    scenario.plans[0].phases[0].marketing_share = 0.2;
    scenario
}

fn recession() -> Event {
    Event {
        name: Name::new("recession"),
        probability: 0.5,
        window: (1, 40),
        weeks: 20.0,
        multiplies: Multiplies {
            in_market: 0.7,
            meeting: 1.0,
            referral: 1.0,
            orders: 1.0,
            churn: 1.2,
            win_odds: 1.0,
            kappa: Vec::new(),
        },
    }
}

fn demand(accounts: u64) -> Vec<(&'static str, Scenario)> {
    let misfits = with(accounts, |s| {
        s.segments[0].leads.fit = 0.6;
        s.segments[0].deals.qualify_misfit = 0.05;
        s.segments[0].leads.targeting_organic = Targeting { base: 0.1, max: 0.3 };
    });
    let self_serve = with(accounts, |s| {
        s.segments[0].leads.needs_a_rep = 0.8;
        s.segments[0].leads.self_serve_conversion = 0.1;
    });
    let outbound = with(accounts, |s| {
        s.roles[0].touches_per_week = 40.0;
        s.segments[0].leads.meeting_rate_unaware = 0.01;
        s.segments[0].leads.meeting_rate_aware = 0.02;
    });
    let customers = with(accounts, |s| {
        s.today.customers[0] = 300.0;
        s.segments[0].customers.churn = Churn::Care {
            covered: 0.08,
            uncovered: 0.16,
        };
        s.segments[0].leads.referral_per_year = CareRate::Flat(0.1);
    });
    let environment = with(accounts, |s| {
        s.environment.volatility = 0.15;
        s.environment.events.push(recession());
    });
    vec![
        ("misfit leads", misfits),
        ("self-serve", self_serve),
        ("outbound", outbound),
        ("300 customers, referral", customers),
        ("demand index and event", environment),
    ]
}

fn supply(accounts: u64) -> Vec<(&'static str, Scenario)> {
    let hiring = with(accounts, |s| {
        s.roles[0].attrition = Hazard::PerYear(0.3);
        s.roles[0].time_to_hire_weeks = 9.0;
        s.roles[0].ramp_weeks = 20.0;
        s.roles[0].talent_sd = 0.3;
    });
    let overload = with(accounts, |s| s.roles[0].selling_hours_per_week /= 2.0);
    let learning = with(accounts, |s| {
        s.feedback.half_learned_after = 200.0;
        s.feedback.win_lift = 0.1;
    });
    let availability = with(accounts, |s| {
        s.roles[0].field = true;
        s.segments[0].availability = Some(Availability {
            base: 0.5,
            half_heads: 3.0,
            speed: 0.05,
        });
    });
    let tail = with(accounts, |s| s.finance.tail_weeks = 52);
    vec![
        ("hiring, ramp, talent", hiring),
        ("overload", overload),
        ("learning", learning),
        ("availability", availability),
        ("tail of a year", tail),
    ]
}
