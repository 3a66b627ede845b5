//! Edges of the law: nothing panics, every number is sane. Debug builds assert conservation every week.

use crate::support::bare::shipped;
use crate::support::lives::{assert_mean, live, values, weekly};
use gtm_sim::engine::simulate::Lived;
use gtm_sim::model::scenario::{Hazard, Scenario};
use gtm_sim::model::segment::{Churn, OrganicLeads};
use gtm_sim::outcome::outcomes::Rule;

/// A software company with three channels, three roles, an event and luck; a year and half a year of tail.
fn company() -> Scenario {
    let mut scenario = shipped("b2b.toml");
    scenario.weeks = 52;
    scenario.finance.tail_weeks = 26;
    scenario.plans.truncate(2);
    scenario
}

/// Lives a few futures: all recorded numbers are finite, both sides of ratios included, and counts not negative.
fn survive(scenario: &Scenario) -> Lived {
    let lived = live(scenario, 12, 1);
    for plan in 0..scenario.plans.len() {
        for reading in &lived.outcomes.readings {
            let columns = match reading.rule {
                Rule::Amount(column) => vec![column],
                Rule::Ratio { of, per } => vec![of, per],
            };
            for column in columns {
                assert!(
                    lived.outcomes.column(plan, column).all(f64::is_finite),
                    "{}",
                    reading.id
                );
            }
            let values = values(&lived, plan, &reading.id);
            if reading.unit.key() == "count" {
                assert!(values.iter().all(|x| *x >= 0.0), "{}: {values:?}", reading.id);
            }
        }
    }
    assert!(lived.weekly.values.iter().all(|x| x.is_finite()));
    lived
}

fn all(lived: &Lived, id: &str, is: impl Fn(f64) -> bool) {
    for plan in 0..lived.outcomes.plans {
        let values = values(lived, plan, id);
        assert!(values.iter().all(|x| is(*x)), "{id} of plan {plan}: {values:?}");
    }
}

#[test]
fn zero_budget() {
    let mut scenario = company();
    scenario.budget.annual = 0.0;
    let lived = survive(&scenario);
    all(&lived, "spent", |spent| spent == 0.0);
    all(&lived, "wins", |wins| wins == 0.0);
    all(&lived, "revenue", |revenue| revenue > 0.0);
}

#[test]
fn all_on_one_side() {
    let mut scenario = company();
    scenario.plans[0].phases[0].marketing_share = 0.0;
    scenario.plans[1].phases[0].marketing_share = 1.0;
    let lived = survive(&scenario);
    assert!(
        values(&lived, 0, "spent_on_channels")
            .iter()
            .all(|spent| *spent == 0.0)
    );
    assert!(values(&lived, 0, "wins").iter().all(|wins| *wins > 0.0));
    assert!(
        values(&lived, 1, "spent_on_pay")
            .iter()
            .all(|spent| *spent == 0.0)
    );
    assert!(values(&lived, 1, "wins").iter().all(|wins| *wins == 0.0));
}

#[test]
fn one_account() {
    let mut scenario = company();
    scenario.segments[0].accounts = 1;
    scenario.today.customers[0] = 0.0;
    all(&survive(&scenario), "customers_end", |customers| customers <= 1.0);
    scenario.today.customers[0] = 1.0;
    scenario.segments[0].awareness.aware_today = 0.0;
    all(&survive(&scenario), "customers_end", |customers| customers <= 1.0);
}

/// Typed leads a week do not depend on the number of accounts; counts of 10 billion are exact.
#[test]
fn ten_billion_accounts() {
    let mut scenario = company();
    scenario.segments[0].accounts = 10_000_000_000;
    scenario.environment.volatility = 0.0;
    scenario.environment.events.clear();
    scenario
        .channels
        .iter_mut()
        .for_each(|channel| channel.effectiveness_volatility = 0.0);
    let lived = survive(&scenario);
    // 5 organic and 22.5 of channels a week are typed, awareness stays where it was.
    assert_mean(&weekly(&lived, 0, "leads_inbound", 1), 27.5, 4.0);
    all(&lived, "wins", |wins| wins > 0.0 && wins < 1000.0);
}

#[test]
fn no_customers_today() {
    let mut scenario = company();
    scenario.today.customers[0] = 0.0;
    let lived = survive(&scenario);
    all(&lived, "nrr", f64::is_nan);
    assert!(
        weekly(&lived, 0, "leads_referred", 1)
            .iter()
            .all(|leads| *leads == 0.0)
    );
}

#[test]
fn less_than_one_seat() {
    let mut scenario = company();
    scenario.budget.annual = 120_000.0;
    let lived = survive(&scenario);
    assert!(weekly(&lived, 0, "heads.ae", 1).iter().all(|heads| *heads < 1.0));
    all(&lived, "spent", |spent| spent <= 140_000.0);
    scenario.budget.whole_heads = true;
    let lived = survive(&scenario);
    assert!(weekly(&lived, 0, "heads.ae", 1).iter().all(|heads| *heads == 0.0));
}

#[test]
fn no_channel() {
    let mut scenario = company();
    scenario.channels.clear();
    scenario
        .environment
        .events
        .iter_mut()
        .for_each(|event| event.multiplies.kappa.clear());
    scenario.plans.iter_mut().for_each(|plan| plan.channels.clear());
    let lived = survive(&scenario);
    all(&lived, "spent_on_channels", |spent| spent == 0.0);
    all(&lived, "leads", |leads| leads > 0.0);
}

#[test]
fn no_role() {
    let mut scenario = company();
    scenario.roles.clear();
    scenario.today.team.clear();
    scenario.today.tenure_weeks.clear();
    scenario.plans.iter_mut().for_each(|plan| plan.roles.clear());
    let lived = survive(&scenario);
    all(&lived, "spent_on_pay", |spent| spent == 0.0);
    all(&lived, "wins", |wins| wins == 0.0);
    all(&lived, "leads_worked", |leads| leads == 0.0);
}

#[test]
fn every_lead_is_self_serve() {
    let mut scenario = company();
    scenario.segments[0].leads.needs_a_rep = 0.0;
    let lived = survive(&scenario);
    all(&lived, "leads_assisted", |leads| leads == 0.0);
    all(&lived, "self_serve_wins", |wins| wins > 0.0);
    all(&lived, "wins", |wins| wins == 0.0);
}

#[test]
fn win_rate_of_nothing_and_of_all() {
    let mut scenario = company();
    scenario.segments[0].deals.win_rate = 0.0;
    let lived = survive(&scenario);
    all(&lived, "wins", |wins| wins == 0.0);
    all(&lived, "lost", |lost| lost > 0.0);
    scenario.segments[0].deals.win_rate = 1.0;
    let lived = survive(&scenario);
    all(&lived, "lost", |lost| lost == 0.0);
    all(&lived, "win_rate", |rate| rate == 1.0);
}

#[test]
fn a_week_and_twenty_years() {
    let mut scenario = company();
    scenario.weeks = 1;
    scenario.finance.tail_weeks = 0;
    all(&survive(&scenario), "revenue", |revenue| {
        (revenue - 400.0 * 28_000.0 / 52.0).abs() < 1e-6
    });
    scenario.weeks = 1040;
    scenario.finance.tail_weeks = 104;
    let lived = survive(&scenario);
    all(&lived, "revenue_year.20", |revenue| revenue > 0.0);
}

/// All accounts are customers of weekly contracts who leave for good: nobody is left, nothing happens any more.
#[test]
fn a_segment_that_everybody_has_left() {
    let mut scenario = company();
    scenario.segments[0].accounts = 400;
    scenario.segments[0].awareness.aware_today = 0.0;
    let customers = &mut scenario.segments[0].customers;
    customers.churn = Churn::Flat(Hazard::PerYear(5000.0));
    customers.returns = 0.0;
    customers.contract_weeks = 1.0;
    let lived = survive(&scenario);
    all(&lived, "customers_end", |customers| customers == 0.0);
    assert!(
        weekly(&lived, 0, "unaware", 2)
            .iter()
            .all(|unaware| *unaware == 0.0)
    );
    for id in ["leads", "wins", "arr_end", "aware_end"] {
        all(&lived, id, |x| x == 0.0);
    }
}

/// Hazards so large that every occasion, every account and every customer is taken each week.
#[test]
fn everything_at_once() {
    let mut scenario = company();
    scenario.segments[0].leads.in_market = 1.0;
    scenario.segments[0].leads.buying_window_weeks = 1.0;
    scenario.segments[0].leads.organic = OrganicLeads::Hazard(1e9);
    scenario.segments[0].awareness.organic_per_week = 1e9;
    scenario.segments[0].leads.lead_half_life_weeks = 1e-3;
    all(&survive(&scenario), "leads_died_share", |share| share > 0.5);
}
