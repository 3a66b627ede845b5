//! Customers over time: retention and lifetime value, renewals, referral, the value rule.

use crate::scenario;
use crate::support::lives::{assert_close, assert_mean, live, values, weekly};

/// Margin of a week, survival of a week at 12 % a year, discount of a week.
const MARGIN: f64 = 12_000.0 * 0.75 / 52.0;
const STAYS: f64 = 0.997544685;

fn discount() -> f64 {
    libm::pow(1.1, -1.0 / 52.0)
}

/// m (1 − (s d)^T)/(1 − s d): 19,724.6581 in 156 weeks, 40,419.3814 for good, of which 1,040 weeks are 98.8 %.
#[test]
fn lifetime_value_is_a_geometric_series() {
    let keep = libm::pow(0.88, 1.0 / 52.0);
    assert_close(keep, STAYS, 6e-10);
    let worth = |weeks: f64| MARGIN * (1.0 - libm::pow(keep * discount(), weeks)) / (1.0 - keep * discount());
    assert_close(worth(156.0), 19_724.6581, 6e-5);
    assert_close(worth(f64::INFINITY), 40_419.3814, 6e-5);
    let lived = live(&scenario("lifetime", &[]), 800, 1);
    assert_mean(&values(&lived, 0, "value"), 104.0 * worth(156.0), 4.0);
    assert_mean(&weekly(&lived, 0, "customers", 52), 104.0 * 0.88, 4.0);
    assert_mean(&weekly(&lived, 0, "customers", 156), 104.0 * 0.681472, 4.0);
    let lived = live(&scenario("lifetime", &["scenario.weeks=1040"]), 300, 2);
    assert_mean(&values(&lived, 0, "value"), 104.0 * worth(1040.0), 4.0);
    // The rule counts three more years of what is left, in continuous time.
    let k = -libm::log(0.88) + libm::log(1.1);
    let rest = 52.0 * MARGIN * libm::pow(0.88 / 1.1, 3.0) * -libm::expm1(-k * 3.0) / k;
    let lived = live(&scenario("lifetime", &["finance.value_years=3"]), 800, 10);
    assert_mean(&values(&lived, 0, "value"), 104.0 * (worth(156.0) + rest), 4.0);
    // Nobody leaves: every future is the same, to the last digit but rounding.
    let settings = ["segments.market.customers.churn=0"];
    let certain = MARGIN * (1.0 - libm::pow(discount(), 156.0)) / (1.0 - discount());
    assert_close(
        values(&live(&scenario("lifetime", &settings), 1, 3), 0, "value")[0],
        104.0 * certain,
        1e-5,
    );
}

/// What stands at the end counts (1 − e^(−kY))/k years of margin, k = churn + ln 1.1, in every future; ten opportunities of 20,000
/// margin with six weeks to go and win .25 count 109,289.15.
#[test]
fn the_value_rule_counts_customers_and_pipeline() {
    for (setting, factor) in [
        ("finance.value_years=3", 2.2099533),
        ("finance.value_years=5", 3.0617742),
        ("segments.market.customers.churn=0", 2.6092197),
    ] {
        let churn = if setting.ends_with("churn=0") { 0.0 } else { 0.12 };
        let years = if setting.ends_with("=5") { 5.0 } else { 3.0 };
        let k = churn + libm::log(1.1);
        assert_close(-libm::expm1(-k * years) / k, factor, 6e-8);
        let lived = live(&scenario("value_rule", &[setting]), 40, 4);
        let (value, contribution) = (values(&lived, 0, "value"), values(&lived, 0, "contribution"));
        assert_close(weekly(&lived, 0, "pipeline_value", 1)[0], 200_000.0 / 0.75, 0.1);
        let pipeline = 50_000.0 * factor * libm::pow(1.1, -6.0 / 52.0);
        for ((value, contribution), annual) in
            value.iter().zip(contribution).zip(values(&lived, 0, "arr_end"))
        {
            let end = (annual * 0.75 * factor + pipeline) * discount();
            assert_close(value - contribution, end, 0.05);
        }
    }
    assert_close(120_000.0 * 2.2099533, 265_194.40, 2e-2);
    assert_close(
        50_000.0 * 2.2099533 * libm::pow(1.1, -6.0 / 52.0),
        109_289.15,
        2e-2,
    );
}

/// Today's renewals are spread over the year and count the churn since the last one: 19,884.7293 a customer in 104 weeks.
/// Contracts of a week are weekly drop-out, 19,818.8616.
#[test]
fn todays_contracts_renew_at_a_steady_rate() {
    let lived = live(&scenario("renewals", &[]), 600, 5);
    assert_mean(&values(&lived, 0, "revenue"), 104.0 * 19_884.7293, 4.0);
    assert_mean(&weekly(&lived, 0, "customers", 52), 104.0 * 0.818731, 4.0);
    assert_mean(&weekly(&lived, 0, "customers", 104), 104.0 * 0.670320, 4.0);
    assert_mean(&values(&lived, 0, "grr"), 0.818731, 4.0);
    // Two of the 104 renew in every week.
    assert_mean(&weekly(&lived, 0, "customers_lost", 1), 2.0 * 0.181269, 4.0);
    let weekly_contracts = scenario("renewals", &["segments.market.customers.contract_weeks=1"]);
    assert_mean(
        &values(&live(&weekly_contracts, 600, 6), 0, "revenue"),
        104.0 * 19_818.8616,
        4.0,
    );
}

/// 12,000 (1 + e^(−.2) + e^(−.4)) = 29,868.6096 in 156 weeks from the week after the win; with growth e^.05 at a renewal
/// 31,218.3144. Nobody leaves between renewals.
#[test]
fn contracts_won_are_left_at_renewals_only() {
    for (expansion, revenue) in [(0.0, 29_868.6096), (0.05, 31_218.3144)] {
        let years = (0..3).map(|year| libm::exp((expansion - 0.2) * f64::from(year)));
        assert_close(12_000.0 * years.sum::<f64>(), revenue, 6e-5);
        let setting = format!("segments.market.customers.expansion={expansion}");
        let lived = live(&scenario("contracts_won", &[&setting]), 500, 7);
        assert_mean(&values(&lived, 0, "revenue"), 100.0 * revenue, 4.0);
        assert!(weekly(&lived, 0, "revenue", 1).iter().all(|x| *x == 0.0));
        assert!(weekly(&lived, 0, "customers", 52).iter().all(|x| *x == 100.0));
        assert_mean(&weekly(&lived, 0, "customers", 53), 81.8731, 4.0);
        assert_mean(&weekly(&lived, 0, "customers", 157), 54.8812, 4.0);
    }
}

/// N a^t customers after t weeks, a = s + w r/52: orders bring m Σ a^t = m (1 − a^T)/(1 − a) a customer, discounted
/// m (1 − (a d)^T)/(1 − a d); without referrals a = s.
#[test]
fn a_customer_who_refers_is_worth_a_geometric_series() {
    let stays = libm::exp(-0.5 / 52.0);
    let week = 12.0 * 20.0 / 52.0;
    let series = |a: f64| week * (1.0 - libm::pow(a, 1040.0)) / (1.0 - a);
    assert_close(week / (1.0 - stays - 0.25 / 52.0), 969.290, 1e-3);
    assert_close(week / (1.0 - stays), 482.311, 1e-3);
    for (referral, seed) in [(0.5, 8), (0.0, 9)] {
        let setting = format!("segments.market.leads.referral_per_year={referral}");
        let lived = live(&scenario("referral_value", &[&setting]), 300, seed);
        let a = stays + 0.5 * referral / 52.0;
        assert_mean(&values(&lived, 0, "revenue"), 100.0 * series(a), 4.0);
        assert_mean(&values(&lived, 0, "value"), 100.0 * series(a * discount()), 4.0);
        assert_mean(
            &weekly(&lived, 0, "customers", 52),
            100.0 * libm::pow(a, 52.0),
            4.0,
        );
    }
}
