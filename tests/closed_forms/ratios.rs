//! Ratios of a deck: cost per customer, payback, lifetime value to cost, retention of revenue.

use crate::scenario;
use crate::support::lives::{assert_close, assert_mean, live, values};

/// 1,200,000 win 50 customers of 28,000 a year: CAC 24,000, payback 24,000/(28,000 × .75/52) weeks, LTV 28,000 × .75/.12, in
/// every future; account managers are no cost of winning, commission is.
#[test]
fn cost_of_a_customer_and_what_it_brings() {
    for (commission, cac) in [("0", 24_000.0), ("0.1", 26_800.0)] {
        let setting = format!("segments.market.deals.commission={commission}");
        let lived = live(&scenario("ratios", &[&setting]), 3, 1);
        for (id, expected) in [
            ("customers_won", 50.0),
            ("cac", cac),
            ("payback_weeks", cac / (28_000.0 * 0.75 / 52.0)),
            ("ltv_to_cac", 28_000.0 * 0.75 / 0.12 / cac),
        ] {
            for value in values(&lived, 0, id) {
                assert_close(value, expected, 1e-6 * expected);
            }
        }
    }
    assert_close(24_000.0 / (28_000.0 * 0.75 / 12.0), 13.714, 6e-4);
    assert_close(28_000.0 * 0.75 / 0.12 / 24_000.0, 7.29, 6e-3);
}

/// After 52 weeks every contract of today has renewed once: net retention is e^(expansion) of what stayed, e^(−churn) of
/// them; without churn it is exact.
#[test]
fn retention_of_todays_revenue() {
    let settings = ["segments.market.customers.churn=0", "scenario.weeks=60"];
    let lived = live(&scenario("ratios", &settings), 1, 2);
    assert_close(values(&lived, 0, "nrr")[0], libm::exp(0.05), 1e-12);
    assert_close(values(&lived, 0, "grr")[0], 1.0, 1e-12);
    let lived = live(&scenario("ratios", &[]), 500, 3);
    assert_mean(&values(&lived, 0, "grr"), 0.886920, 4.0);
    assert_mean(&values(&lived, 0, "nrr"), 0.932394, 4.0);
}
