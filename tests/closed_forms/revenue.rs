//! Money of random numbers of deals and orders: compound binomial, compound Poisson–gamma, two kinds of buyers.

use crate::scenario;
use crate::support::lives::{
    assert_close, assert_mean, assert_skewness, assert_variance, live, values, weekly,
};

/// Mean, standard deviation and skewness of one log-normal value.
fn log_normal(median: f64, sigma: f64) -> (f64, f64, f64) {
    let growth = libm::exp(sigma * sigma);
    let cv = (growth - 1.0).sqrt();
    (
        median * growth.sqrt(),
        median * growth.sqrt() * cv,
        (growth + 2.0) * cv,
    )
}

/// n = 200, p = .22, median 30,000, σ = .8: with the cumulants k of the binomial E S = k1 μ, Var S = k1 Var X + k2 μ², third
/// cumulant k1 κ3(X) + 3 k2 μ Var X + k3 μ³. A segment of 100,001 accounts draws count and sum instead.
#[test]
fn revenue_of_decisions_is_compound_binomial() {
    let (mean, sd, skewness) = log_normal(30_000.0, 0.8);
    assert_close(mean, 41_313.832930, 1e-6);
    assert_close(sd, 39_117.041831, 1e-6);
    for (n, p, seed) in [(200.0, 0.22, 1), (100_001.0, 44.0 / 100_001.0, 2)] {
        let settings = [
            format!("segments.market.accounts={n}"),
            format!("segments.market.leads.in_market={p}"),
        ];
        let settings = settings.each_ref().map(String::as_str);
        let revenue = weekly(
            &live(&scenario("compound_binomial", &settings), 40_000, seed),
            0,
            "revenue",
            2,
        );
        let (k1, k2, k3) = (n * p, n * p * (1.0 - p), n * p * (1.0 - p) * (1.0 - 2.0 * p));
        let variance = k1 * sd * sd + k2 * mean * mean;
        let third = k1 * skewness * sd * sd * sd + 3.0 * k2 * mean * sd * sd + k3 * mean * mean * mean;
        if seed == 1 {
            assert_close(k1 * mean, 1_817_808.6489, 1e-4);
            assert_close(variance.sqrt(), 354_830.6522, 1e-4);
            assert_close(third / (variance * variance.sqrt()), 0.393513, 6e-7);
        }
        assert_mean(&revenue, k1 * mean, 4.0);
        assert_variance(&revenue, variance, 4.0);
        assert_skewness(&revenue, third / (variance * variance.sqrt()), 4.0);
    }
}

/// Poisson(12) orders of Gamma(2, 15): mean 360, variance 12 k (k + 1) θ² = 16,200, third cumulant 12 k (k + 1)(k + 2) θ³;
/// without an order, no revenue: e^(−λ).
#[test]
fn repeat_purchase_is_compound_poisson_gamma() {
    let revenue = values(&live(&scenario("repeat_purchase", &[]), 20_000, 3), 0, "revenue");
    assert_mean(&revenue, 360.0, 4.0);
    assert_variance(&revenue, 16_200.0, 4.0);
    let third = 12.0 * 24.0 * 15.0 * 15.0 * 15.0;
    assert_close(third / (16_200.0 * 16_200.0_f64.sqrt()), 0.471405, 6e-7);
    assert_skewness(&revenue, third / (16_200.0 * 16_200.0_f64.sqrt()), 4.0);
    let rare = scenario(
        "repeat_purchase",
        &["segments.market.customers.orders_per_year=1"],
    );
    let nothing: Vec<f64> = values(&live(&rare, 10_000, 4), 0, "revenue")
        .iter()
        .map(|revenue| f64::from(u8::from(*revenue == 0.0)))
        .collect();
    assert_mean(&nothing, libm::exp(-1.0), 4.0);
}

/// Mean and variance of the orders of `customers` who order λ a year and leave with hazard c, in `weeks` weeks; mean and
/// variance of what they spend at baskets of 30 with cv .5. Alive in week t with e^(−c (t − 1)/52).
fn kind(customers: f64, orders: f64, churn: f64, weeks: u32) -> [f64; 4] {
    let alive = |week: u32| libm::exp(-churn * f64::from(week - 1) / 52.0);
    let mean: f64 = (1..=weeks).map(alive).sum();
    let square: f64 = (1..=weeks)
        .map(|week| f64::from(2 * week - 1) * alive(week))
        .sum();
    let rate = orders / 52.0;
    let spread = rate * rate * (square - mean * mean);
    let baskets = 900.0 * (1.0 + 0.25) * rate * mean;
    [
        customers * rate * mean,
        customers * (rate * mean + spread),
        customers * 30.0 * rate * mean,
        customers * (baskets + 900.0 * spread),
    ]
}

#[test]
fn two_kinds_of_buyers_are_a_mixture() {
    let (rare, loyal) = (kind(300.0, 2.0, 2.0, 104), kind(100.0, 6.0, 0.1, 104));
    let [orders, of_orders, revenue, of_revenue] = std::array::from_fn(|i| rare[i] + loyal[i]);
    assert_close(orders, 1388.8668, 1e-4);
    let lived = live(&scenario("two_kinds_of_buyers", &[]), 3000, 5);
    assert_mean(&values(&lived, 0, "orders"), orders, 4.0);
    assert_variance(&values(&lived, 0, "orders"), of_orders, 4.0);
    assert_mean(&values(&lived, 0, "revenue"), revenue, 4.0);
    assert_variance(&values(&lived, 0, "revenue"), of_revenue, 4.0);
    // Those who leave fast go first: 67 % of all leave in the first year, 33 % of the rest in the second.
    for (year, left) in [(1.0, 131.084327), (2.0, 87.367767)] {
        let expected = 300.0 * libm::exp(-2.0 * year) + 100.0 * libm::exp(-0.1 * year);
        assert_close(expected, left, 6e-7);
        assert_mean(&weekly(&lived, 0, "customers", year as usize * 52), expected, 4.0);
    }
}
