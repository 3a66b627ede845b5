//! Deals: revenue through reps and in large segments, cycles, odds (docs/model.md, 2, 4.6).

use crate::support::bare::{AddTo, bare, channel, role};
use crate::support::lives::{
    assert_close, assert_mean, assert_ratio, assert_skewness, assert_variance, live, mean, values, variance,
    weekly,
};
use gtm_sim::model::company::LARGE_SEGMENT;
use gtm_sim::model::deals::{CycleTable, logistic, logit};
use gtm_sim::model::scenario::{ResponseScale, Scenario};
use gtm_sim::model::segment::{CustomerModel, Cycle, CycleFamily, DealValue, OrganicLeads};

const VALUE: DealValue = DealValue::LogNormal {
    median: 30_000.0,
    sigma: 0.8,
};

/// Everybody is aware, raises a hand with probability `leads` in week 1, and buys without a rep with `conversion`.
fn buyers(accounts: u64, leads: f64, conversion: f64, weeks: u32) -> Scenario {
    let mut scenario = bare(accounts, weeks);
    let segment = &mut scenario.segments[0];
    segment.awareness.aware_today = 1.0;
    segment.leads.in_market = leads;
    segment.leads.organic = OrganicLeads::Hazard(1000.0);
    segment.leads.needs_a_rep = 0.0;
    segment.leads.self_serve_conversion = conversion;
    segment.leads.cool_off_weeks = 520.0;
    segment.deals.value = VALUE;
    segment.customers.model = CustomerModel::OneOff;
    segment.customers.returns = 0.0;
    scenario
}

/// Mean, variance and skewness of a sum of Binomial(n, p) values: E S = κ1 μ, Var S = κ1 Var X + κ2 μ², third
/// cumulant κ1 κ3(X) + 3 κ2 μ Var X + κ3 μ³, with the cumulants κ of the binomial.
fn compound(n: f64, p: f64) -> (f64, f64, f64) {
    let of = VALUE.moments();
    let (k1, k2, k3) = (n * p, n * p * (1.0 - p), n * p * (1.0 - p) * (1.0 - 2.0 * p));
    let variance = of.sd * of.sd;
    let of_sum = k1 * variance + k2 * of.mean * of.mean;
    let third = k1 * of.skewness * of.sd * variance
        + 3.0 * k2 * of.mean * variance
        + k3 * of.mean * of.mean * of.mean;
    (k1 * of.mean, of_sum, third / (of_sum * of_sum.sqrt()))
}

/// Compound binomial revenue (tests/closed_forms) through reps: a lead in week 1, closed in week 2, recognised in week 3.
#[test]
fn reps_bring_the_same_revenue() {
    let mut closer = role("closer");
    closer.selling_hours_per_week = 1000.0;
    let mut scenario = buyers(200, 1.0, 0.0, 3).with_role(closer, Some(1.0));
    scenario.segments[0].leads.needs_a_rep = 1.0;
    scenario.segments[0].deals.win_rate = 0.22;
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    let lived = live(&scenario, 20_000, 2);
    let (center, spread, skewness) = compound(200.0, 0.22);
    let revenue = weekly(&lived, 0, "revenue", 3);
    assert_mean(&revenue, center, 4.0);
    assert_variance(&revenue, spread, 4.0);
    assert_skewness(&revenue, skewness, 4.0);
    assert!(
        weekly(&lived, 0, "revenue", 2)
            .iter()
            .all(|revenue| *revenue == 0.0)
    );
}

/// One account above the limit: a week's deals are drawn as count and sum; the law of the sum keeps its first three
/// moments, so both sizes answer to the same formula. About 30 deals.
#[test]
fn count_and_sum_keeps_three_moments() {
    for (accounts, seed) in [(LARGE_SEGMENT, 3), (LARGE_SEGMENT + 1, 4)] {
        let p = 3e-4;
        let revenue = weekly(&live(&buyers(accounts, p, 1.0, 2), 40_000, seed), 0, "revenue", 2);
        let (center, spread, skewness) = compound(accounts as f64, p);
        assert_mean(&revenue, center, 4.0);
        assert_variance(&revenue, spread, 4.0);
        assert_skewness(&revenue, skewness, 4.0);
    }
}

/// Beyond three moments: quantiles of the sum of 30 deals, count-and-sum against one by one, differ by less than 1 % of
/// the mean from the 1 % to the 99 % quantile (their own errors at 40,000 futures: .3 % at the ends).
#[test]
fn count_and_sum_is_close_in_every_quantile() {
    let sums = |accounts, seed| {
        let mut sums = weekly(
            &live(&buyers(accounts, 3e-4, 1.0, 2), 40_000, seed),
            0,
            "revenue",
            2,
        );
        sums.sort_by(f64::total_cmp);
        sums
    };
    let (each, summed) = (sums(LARGE_SEGMENT, 5), sums(LARGE_SEGMENT + 1, 6));
    let (center, _) = mean(&each);
    for percent in [1, 5, 25, 50, 75, 95, 99] {
        let at = each.len() * percent / 100;
        assert!(
            (each[at] - summed[at]).abs() < 0.01 * center,
            "{percent} %: {} and {}",
            each[at],
            summed[at]
        );
    }
}

/// Contracts of a large segment leave as k of n with k/n of the sum: the mean of the revenue of 105 weeks is exact; its
/// variance lacks the spread of values among those who leave, under 2 % of it here.
#[test]
fn cohorts_of_a_large_segment_keep_the_mean() {
    let revenue = |accounts, seed| {
        let mut scenario = buyers(accounts, 3e-4, 1.0, 105);
        let customers = &mut scenario.segments[0].customers;
        customers.model = CustomerModel::Subscription;
        customers.churn =
            gtm_sim::model::segment::Churn::Flat(gtm_sim::model::scenario::Hazard::PerYear(0.2));
        scenario.segments[0].awareness.aware_today = 1.0;
        // Only week 1 sells: nobody is in the market after it.
        scenario.environment.demand_seasonality = vec![1.0];
        scenario.environment.demand_seasonality.resize(52 * 3, 0.0);
        values(&live(&scenario, 4000, seed), 0, "revenue")
    };
    let (each, summed) = (revenue(LARGE_SEGMENT, 7), revenue(LARGE_SEGMENT + 1, 8));
    // A year of value, then e^(−.2) of it: 1.818731 × 41,313.832930 a customer.
    let expected = LARGE_SEGMENT as f64 * 3e-4 * 41_313.832930 * 1.818730753;
    assert_mean(&each, expected, 4.0);
    assert_mean(&summed, expected, 4.0);
    let gap = variance(&summed) / variance(&each) - 1.0;
    // Standard error of a ratio of two variances of 4,000 near-normal values: 2/√4000 = .032.
    assert!(gap.abs() < 0.02 + 4.0 * 0.032, "{gap}");
}

/// E⌈T⌉: gamma mean 8 cv .5 → 8.499996, sd 4.010413; 12, .6 → 12.499967; 4, .5 → 4.499883, log-normal 4.500044;
/// P(T = 1…4) of the gamma with mean 4 and cv .5.
#[test]
fn cycles_are_rounded_up() {
    let table = |mean_weeks, cv, family| {
        let mut table = CycleTable::default();
        table.fill(Cycle {
            mean_weeks,
            cv,
            family,
        });
        table
    };
    let eight = table(8.0, 0.5, CycleFamily::Gamma);
    assert_close(eight.mean(), 8.499996, 6e-7);
    let square: f64 = (1..=eight.longest())
        .map(|j| f64::from(2 * j - 1) * eight.at_least(j))
        .sum();
    assert_close((square - eight.mean() * eight.mean()).sqrt(), 4.010413, 1e-5);
    assert_close(table(12.0, 0.6, CycleFamily::Gamma).mean(), 12.499967, 6e-7);
    assert_close(table(4.0, 0.5, CycleFamily::LogNormal).mean(), 4.500044, 6e-7);
    let four = table(4.0, 0.5, CycleFamily::Gamma);
    assert_close(four.mean(), 4.499883, 6e-7);
    for (weeks, p) in [(1, 0.018988), (2, 0.123888), (3, 0.209892), (4, 0.213762)] {
        assert_close(four.at_least(weeks) - four.at_least(weeks + 1), p, 6e-7);
    }
    assert_eq!(table(3.0, 0.0, CycleFamily::Gamma).quantile(0.5), 3);
}

/// In the engine, small and large: an opportunity of week 1 closes in week 1 + T.
#[test]
fn opportunities_close_after_their_cycle() {
    for (accounts, seed) in [(1000, 9), (LARGE_SEGMENT + 1, 10)] {
        let mut closer = role("closer");
        closer.selling_hours_per_week = 1e9;
        let p = 500.0 / accounts as f64;
        let mut scenario = buyers(accounts, p, 0.0, 5).with_role(closer, Some(1.0));
        scenario.segments[0].leads.needs_a_rep = 1.0;
        scenario.segments[0].deals.cycle = Cycle {
            mean_weeks: 4.0,
            cv: 0.5,
            family: CycleFamily::Gamma,
        };
        scenario.environment.demand_seasonality = vec![1.0];
        scenario.environment.demand_seasonality.resize(52, 0.0);
        scenario.budget.annual = 52_000.0;
        scenario.plans[0].roles[0] = 1.0;
        let lived = live(&scenario, 1000, seed);
        for (weeks, p) in [(1, 0.018988), (2, 0.123888), (3, 0.209892), (4, 0.213762)] {
            assert_mean(&weekly(&lived, 0, "wins", 1 + weeks), 500.0 * p, 4.0);
        }
    }
}

/// A win rate of .25 with log-odds shifted by .1, .2, .5, −.5.
#[test]
fn odds_are_shifted_in_logs() {
    for (shift, rate) in [
        (0.1, 0.269214),
        (0.2, 0.289336),
        (0.5, 0.354661),
        (-0.5, 0.168176),
    ] {
        assert_close(logistic(logit(0.25) + shift), rate, 6e-7);
    }
    assert_eq!(logistic(logit(0.0) + 0.3), 0.0);
    assert_eq!(logistic(logit(1.0) - 0.3), 1.0);
}

/// In the engine: a channel that is new and lifts wins by .4 × R .5; a penalty of .5 for misfits; a referral bonus of .5;
/// an event with odds × e^.1.
#[test]
fn channels_kinds_and_events_shift_the_odds() {
    let mut brand = channel("brand", 0.0);
    brand.scale = ResponseScale::HalfSaturation(1000.0);
    brand.win_lift = 0.4;
    let mut closer = role("closer");
    closer.selling_hours_per_week = 1e6;
    let mut scenario = buyers(1000, 0.5, 0.0, 4)
        .with_role(closer, Some(1.0))
        .with_channel(brand);
    scenario.segments[0].leads.needs_a_rep = 1.0;
    scenario.segments[0].deals.win_rate = 0.25;
    scenario.segments[0].deals.misfit_penalty = 0.5;
    scenario.segments[0].deals.referral_bonus = 0.5;
    scenario.budget.annual = 104_000.0;
    scenario.plans[0].phases[0].marketing_share = 0.5;
    scenario.plans[0].roles[0] = 1.0;
    let rate = |scenario: &Scenario| {
        let lived = live(scenario, 300, 11);
        let (won, lost) = (values(&lived, 0, "wins"), values(&lived, 0, "lost"));
        let all: Vec<f64> = won.iter().zip(&lost).map(|(won, lost)| won + lost).collect();
        (won, all)
    };
    let check = |scenario: &Scenario, expected: f64| {
        let (won, all) = rate(scenario);
        assert_ratio(&won, &all, expected, 4.0);
    };
    check(&scenario, 0.25);
    scenario.plans[0].channels[0] = 1.0;
    check(&scenario, 0.289336);
    scenario.plans[0].channels[0] = 0.0;
    scenario.segments[0].leads.fit = 0.0;
    scenario.segments[0].deals.qualify_misfit = 1.0;
    check(&scenario, 0.168176);
    scenario.segments[0].leads.fit = 1.0;
    scenario.segments[0].leads.organic = OrganicLeads::Hazard(0.0);
    scenario.today.customers[0] = 500.0;
    scenario.segments[0].awareness.aware_today = 0.5;
    scenario.segments[0].leads.referral_per_year = gtm_sim::model::segment::CareRate::Flat(10.0);
    check(&scenario, 0.354661);
}
