//! A segment cut into two equal halves: the same market, as long as nothing hangs on hours, relationship or customers.

use crate::scenario;
use crate::support::bare::shipped;
use crate::support::lives::{live, mean, values, variance};
use gtm_sim::model::name::Name;
use gtm_sim::model::scenario::Scenario;
use gtm_sim::model::segment::OrganicLeads;

/// Means within 4 errors of their difference, variances within 4 of theirs (2/√n of a normal one, half as much again for
/// the skewed revenue), quartiles within 4 of theirs (1.36 errors of the mean for a normal law, 1.25 in the middle).
#[test]
fn halves_are_the_same_market() {
    let futures = 3000;
    let whole = live(&scenario("whole", &[]), futures, 1);
    let halves = live(&scenario("halves", &[]), futures, 2);
    for id in [
        "leads",
        "opportunities",
        "customers_won",
        "revenue",
        "open_opportunities_end",
        "aware_end",
    ] {
        let (mut a, mut b) = (values(&whole, 0, id), values(&halves, 0, id));
        let ((mean_a, error_a), (mean_b, error_b)) = (mean(&a), mean(&b));
        let error = error_a.hypot(error_b);
        assert!(
            (mean_a - mean_b).abs() < 4.0 * error,
            "{id}: {mean_a} and {mean_b}"
        );
        let ratio = variance(&b) / variance(&a) - 1.0;
        assert!(ratio.abs() < 4.0 * 3.0 / (futures as f64).sqrt(), "{id}: {ratio}");
        a.sort_by(f64::total_cmp);
        b.sort_by(f64::total_cmp);
        for quarter in 1..4 {
            let at = futures as usize * quarter / 4;
            // Counts lie on whole numbers: half a step either way.
            let slack = 4.0 * 1.4 * error + 1.0;
            assert!((a[at] - b[at]).abs() < slack, "{id}: {} and {}", a[at], b[at]);
        }
    }
}

/// The software company with its segment in two halves, everything on: each half is typed with half of every count.
fn cut(mut scenario: Scenario) -> Scenario {
    let segment = &mut scenario.segments[0];
    segment.accounts /= 2;
    if let OrganicLeads::PerWeekToday(leads) = &mut segment.leads.organic {
        *leads /= 2.0;
    }
    if let Some(leads) = &mut segment.leads.outbound_leads_per_week_today {
        *leads /= 2.0;
    }
    let mut other = segment.clone();
    other.name = Name::new("other-half");
    scenario.segments.push(other);
    for role in &mut scenario.roles {
        role.segments = vec![0, 1];
    }
    for channel in &mut scenario.channels {
        channel.weight.push(channel.weight[0]);
    }
    let today = &mut scenario.today;
    today.customers = vec![today.customers[0] / 2.0; 2];
    for typed in [&mut today.pipeline, &mut today.cooling] {
        *typed = vec![typed[0].map(|count| count / 2.0); 2];
    }
    today.relationship = vec![today.relationship[0]; 2];
    scenario
}

/// Hours bind, word of mouth, referrals and churn hang on customers and relationship: the halves are no longer exactly the
/// market, but so nearly that the difference is lost in the noise of 600 futures: within 1 % of the mean or 4 errors.
#[test]
fn with_everything_on_halves_differ_by_less_than_a_percent() {
    let mut whole = shipped("b2b.toml");
    whole.plans.truncate(1);
    let halves = cut(whole.clone());
    let (whole, halves) = (live(&whole, 600, 3), live(&halves, 600, 4));
    for id in ["leads", "wins", "leads_died", "customers_end", "revenue", "value"] {
        let ((a, error_a), (b, error_b)) = (mean(&values(&whole, 0, id)), mean(&values(&halves, 0, id)));
        let slack = 0.01 * a.abs() + 4.0 * error_a.hypot(error_b);
        assert!((a - b).abs() < slack, "{id}: {a} ± {error_a} and {b} ± {error_b}");
    }
}
