//! The randomness layer: addresses, laws against oracles, monotone quantiles, distributions of draws.

use gtm_sim::chance::{beta, binomial, gamma, hypergeometric, key, log_normal, normal, poisson};
use proptest::prelude::*;
use statrs::distribution::{ChiSquared, ContinuousCDF};

#[path = "chance/addresses.rs"]
mod addresses;
#[path = "chance/distributions.rs"]
mod distributions;
#[path = "chance/oracle.rs"]
mod oracle;

/// Statistical tests here have fixed seeds; a sound law would fail one of them with this probability on other seeds.
const FALSE_ALARM: f64 = 1e-6;

/// Pearson's statistic against the bound that a sound law exceeds with probability `FALSE_ALARM`.
fn assert_fits(what: &str, observed: &[f64], expected: &[f64]) {
    let statistic: f64 = observed
        .iter()
        .zip(expected)
        .map(|(o, e)| (o - e) * (o - e) / e)
        .sum();
    let law = ChiSquared::new((observed.len() - 1) as f64);
    let bound = law.map_or(0.0, |law| law.inverse_cdf(1.0 - FALSE_ALARM));
    assert!(
        statistic < bound,
        "{what}: chi-square {statistic:.1} above {bound:.1} (p = {FALSE_ALARM:e})"
    );
}

// ---- counts

#[test]
fn counts_agree_with_the_oracle() {
    for &(n, p, u, k) in oracle::BINOMIAL {
        assert_eq!(binomial::quantile(n, p, u), k, "binomial {n} {p} {u}");
    }
    for &(mean, u, k) in oracle::POISSON {
        assert_eq!(poisson::quantile(mean, u), k, "poisson {mean} {u}");
    }
    for &(population, marked, drawn, u, k) in oracle::HYPERGEOMETRIC {
        assert_eq!(
            hypergeometric::quantile(population, marked, drawn, u),
            k,
            "{population} {marked} {drawn} {u}"
        );
    }
}

#[test]
fn degenerate_counts() {
    for u in [1e-300, 0.3, 1.0 - 1e-16] {
        for (n, p, k) in [
            (0, 0.5, 0),
            (9, 0.0, 0),
            (9, -1.0, 0),
            (9, f64::NAN, 0),
            (9, 1.0, 9),
            (9, 1.5, 9),
        ] {
            assert_eq!(binomial::quantile(n, p, u), k);
        }
        assert_eq!(
            [0.0, -2.0, f64::NAN].map(|mean| poisson::quantile(mean, u)),
            [0, 0, 0]
        );
        let sure = [
            (10, 0, 4, 0),
            (10, 4, 0, 0),
            (10, 4, 10, 4),
            (10, 10, 4, 4),
            (0, 0, 0, 0),
            (10, 20, 30, 10),
        ];
        for (population, marked, drawn, k) in sure {
            assert_eq!(hypergeometric::quantile(population, marked, drawn, u), k);
        }
    }
    assert_eq!(binomial::quantile(10_000_000_001, 0.5, 0.5), 5_000_000_000);
}

/// Levels that fall on a step exactly belong to the count below it, also where failures are counted instead.
#[test]
fn ties_belong_to_the_lower_count() {
    for (n, p, u, k) in [
        (1, 0.25, 0.75, 0),
        (1, 0.75, 0.25, 0),
        (2, 0.75, 0.0625, 0),
        (2, 0.75, 0.4375, 1),
    ] {
        assert_eq!(binomial::quantile(n, p, u), k, "{n} {p} {u}");
        assert_eq!(
            binomial::quantile(n, p, u + 0.5 * f64::EPSILON),
            k + 1,
            "{n} {p} {u}"
        );
    }
    assert_eq!(
        [9, 10, 1001].map(|n| binomial::quantile(n, 0.5, 0.5)),
        [4, 5, 500]
    );
    for (marked, drawn, u) in [(1, 1, 0.75), (3, 1, 0.25), (1, 3, 0.25)] {
        assert_eq!(hypergeometric::quantile(4, marked, drawn, u), 0);
        assert_eq!(
            hypergeometric::quantile(4, marked, drawn, u + 0.5 * f64::EPSILON),
            1
        );
    }
}

/// Plain products, for small numbers: choose(n, k).
fn choose(n: u64, k: u64) -> f64 {
    (0..k).map(|i| (n - i) as f64 / (k - i) as f64).product()
}

#[test]
fn small_counts_agree_with_plain_sums() {
    for n in 1..=30u64 {
        for p in [0.013, 0.2, 0.47, 0.61, 0.88, 0.999] {
            let mass = |k: u64| choose(n, k) * libm::pow(p, k as f64) * libm::pow(1.0 - p, (n - k) as f64);
            assert_steps(&format!("binomial {n} {p}"), 0, n, mass, |u| {
                binomial::quantile(n, p, u)
            });
        }
        for (marked, drawn) in [(1, n / 2), (n / 3, n / 2), (n / 2, n - 1), (2 * n / 3, 3 * n / 4)] {
            let lowest = (marked + drawn).saturating_sub(n);
            let mass = |k: u64| choose(marked, k) * choose(n - marked, drawn - k) / choose(n, drawn);
            let quantile = |u| hypergeometric::quantile(n, marked, drawn, u);
            assert_steps(
                &format!("{n} {marked} {drawn}"),
                lowest,
                marked.min(drawn),
                mass,
                quantile,
            );
        }
    }
}

/// Just below each step of the distribution function the quantile is k, just above it k + 1.
fn assert_steps(
    what: &str,
    lowest: u64,
    highest: u64,
    mass: impl Fn(u64) -> f64,
    quantile: impl Fn(f64) -> u64,
) {
    let mut sum = 0.0;
    for k in lowest..highest {
        sum += mass(k);
        if mass(k) > 1e-9 && mass(k + 1) > 1e-9 {
            assert_eq!(quantile(sum - 1e-12), k, "{what}: below step {k}");
            assert_eq!(quantile(sum + 1e-12), k + 1, "{what}: above step {k}");
        }
    }
}

/// At the very steps of wide laws, where expansion and summing hand over to each other.
#[test]
fn wide_counts_turn_at_the_steps_of_their_distribution_functions() {
    for (n, p) in [
        (40, 0.3),
        (70, 0.12),
        (1_000, 0.0062),
        (300, 0.45),
        (10_000, 0.93),
        (1_000_000, 0.2),
    ] {
        for level in [1e-8, 1e-5, 0.003, 0.08, 0.3, 0.5, 0.77, 0.99, 1.0 - 1e-6] {
            let k = binomial::quantile(n, p, level);
            let step = binomial::cdf(n, p, k);
            assert_eq!(
                binomial::quantile(n, p, step * (1.0 - 3e-13)),
                k,
                "{n} {p} {level}"
            );
            assert_eq!(
                binomial::quantile(n, p, step * (1.0 + 3e-13)),
                k + 1,
                "{n} {p} {level}"
            );
            let mean = n as f64 * p;
            let k = poisson::quantile(mean, level);
            let step = poisson::cdf(mean, k);
            assert_eq!(poisson::quantile(mean, step * (1.0 - 3e-13)), k, "{mean} {level}");
            assert_eq!(
                poisson::quantile(mean, step * (1.0 + 3e-13)),
                k + 1,
                "{mean} {level}"
            );
        }
    }
    for (population, marked, drawn) in [
        (200, 90, 80),
        (3_000, 250, 400),
        (3_000, 2_900, 1_400),
        (90_000, 40_000, 80_000),
    ] {
        for level in [1e-8, 1e-4, 0.03, 0.3, 0.5, 0.77, 0.99, 1.0 - 1e-6] {
            let k = hypergeometric::quantile(population, marked, drawn, level);
            let step = hypergeometric::cdf(population, marked, drawn, k);
            let at = |u| hypergeometric::quantile(population, marked, drawn, u);
            assert_eq!(
                at(step * (1.0 - 3e-13)),
                k,
                "{population} {marked} {drawn} {level}"
            );
            assert_eq!(
                at(step * (1.0 + 3e-13)),
                k + 1,
                "{population} {marked} {drawn} {level}"
            );
        }
    }
}

/// Draws of a count by many uniform numbers against its distribution function, in cells between tenths of the law as
/// far as they differ and enough draws are expected on either side.
fn assert_distributed(what: &str, quantile: impl Fn(f64) -> u64, cdf: impl Fn(u64) -> f64) {
    let draws = 200_000;
    let enough = 10.0 / f64::from(draws);
    let mut ends: Vec<u64> = (1..10).map(|i| quantile(f64::from(i) / 10.0)).collect();
    ends.dedup();
    // The count below the lowest end, so that laws which seldom differ from one count are tested too.
    let first = ends[0].saturating_sub(1);
    ends.insert(0, first);
    ends.dedup();
    ends.retain(|end| (enough..1.0 - enough).contains(&cdf(*end)));
    if ends.is_empty() {
        return;
    }
    let mut observed = vec![0.0; ends.len() + 1];
    for u in (0..draws).map(|i| addresses::along("ordinal", i, 4)) {
        let k = quantile(u);
        observed[ends.partition_point(|end| *end < k)] += 1.0;
    }
    let steps: Vec<f64> = ends.iter().map(|end| cdf(*end)).chain([1.0]).collect();
    let below = [0.0].into_iter().chain(steps.iter().copied());
    let expected: Vec<f64> = steps
        .iter()
        .zip(below)
        .map(|(to, from)| (to - from) * f64::from(draws))
        .collect();
    assert_fits(what, &observed, &expected);
}

/// Every size of n with every p, near 0 and near 1 as well.
#[test]
fn binomial_draws_fit_over_a_grid() {
    for n in [1, 7, 64, 500, 10_000, 1_000_000, 10_000_000_000] {
        for p in [1e-9, 1e-5, 0.001, 0.03, 0.5, 0.97, 0.999, 1.0 - 1e-5, 1.0 - 1e-9] {
            assert_distributed(
                &format!("binomial {n} {p}"),
                |u| binomial::quantile(n, p, u),
                |k| binomial::cdf(n, p, k),
            );
        }
    }
}

#[test]
fn draws_are_distributed_as_their_law() {
    for (n, p) in [
        (1, 0.3),
        (12, 0.4),
        (64, 0.9),
        (500, 0.01),
        (2_000, 0.3),
        (10_000_000, 0.001),
    ] {
        assert_distributed(
            &format!("binomial {n} {p}"),
            |u| binomial::quantile(n, p, u),
            |k| binomial::cdf(n, p, k),
        );
        let mean = n as f64 * p;
        assert_distributed(
            &format!("poisson {mean}"),
            |u| poisson::quantile(mean, u),
            |k| poisson::cdf(mean, k),
        );
    }
    for (all, marked, drawn) in [
        (20, 5, 6),
        (100, 70, 60),
        (1_000, 50, 300),
        (100_000, 30_000, 5_000),
    ] {
        let cdf = |k| hypergeometric::cdf(all, marked, drawn, k);
        assert_distributed(
            &format!("{all} {marked} {drawn}"),
            |u| hypergeometric::quantile(all, marked, drawn, u),
            cdf,
        );
    }
}

/// Numbers of accounts of every size.
fn size() -> impl Strategy<Value = u64> {
    (0.0..17.0f64).prop_map(|log| libm::exp(log) as u64)
}

/// Probabilities of every size, near 0, in the middle and near 1.
fn probability() -> impl Strategy<Value = f64> {
    (-14.0..14.0f64).prop_map(|logit| 1.0 / (1.0 + libm::exp(-logit)))
}

/// Uniform numbers on the grid of addresses.
fn level() -> impl Strategy<Value = f64> {
    any::<u32>().prop_map(|i| key::uniform(1, 2, 3, 4, 5, i))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn binomial_is_the_smallest_count_that_reaches_u(n in size(), p in probability(), u in level()) {
        let k = binomial::quantile(n, p, u);
        prop_assert!(k <= n && binomial::cdf(n, p, k) >= u);
        prop_assert!(k == 0 || binomial::cdf(n, p, k - 1) < u);
    }

    #[test]
    fn binomial_is_monotone(n in size(), p in probability(), u in level(), more in 1..50u64, q in probability(), v in level()) {
        let k = binomial::quantile(n, p, u);
        prop_assert!(binomial::quantile(n + 1, p, u) >= k);
        prop_assert!(binomial::quantile(n + more, p, u) >= k);
        prop_assert!(binomial::quantile(n, p.next_up(), u) >= k);
        prop_assert!(binomial::quantile(n, p * (1.0 + 1e-7), u) >= k);
        prop_assert!(binomial::quantile(n, p.max(q), u) >= binomial::quantile(n, p.min(q), u));
        prop_assert!(binomial::quantile(n, p, u.max(v)) >= binomial::quantile(n, p, u.min(v)));
    }

    /// Up to 1e10 accounts, where the distribution function is too long to sum.
    #[test]
    fn wide_binomial_is_monotone(log in 14.0..23.0f64, p in probability(), u in level(), more in 1..5_000u64, v in level()) {
        let n = libm::exp(log) as u64;
        let k = binomial::quantile(n, p, u);
        prop_assert!(k <= n);
        prop_assert!(binomial::quantile(n + 1, p, u) >= k);
        prop_assert!(binomial::quantile(n + more, p, u) >= k);
        prop_assert!(binomial::quantile(n, p.next_up(), u) >= k);
        prop_assert!(binomial::quantile(n, p * (1.0 + 1e-9), u) >= k);
        prop_assert!(binomial::quantile(n, p, u.max(v)) >= binomial::quantile(n, p, u.min(v)));
        prop_assert!(binomial::quantile(n, p, u.next_up()) >= k);
    }

    #[test]
    fn poisson_is_exact_and_monotone(log in -12.0..17.0f64, u in level(), v in level(), factor in 1.0..1.2f64) {
        let mean = libm::exp(log);
        let k = poisson::quantile(mean, u);
        prop_assert!(poisson::cdf(mean, k) >= u && (k == 0 || poisson::cdf(mean, k - 1) < u));
        prop_assert!(poisson::quantile(mean * factor, u) >= k);
        prop_assert!(poisson::quantile(mean, u.max(v)) >= poisson::quantile(mean, u.min(v)));
    }

    #[test]
    fn hypergeometric_is_exact_and_monotone(all in size(), a in 0.0..1.0f64, b in 0.0..1.0f64, u in level(), v in level()) {
        let (marked, drawn) = ((all as f64 * a * a) as u64, (all as f64 * b * b) as u64);
        let k = hypergeometric::quantile(all, marked, drawn, u);
        prop_assert!(k <= marked.min(drawn) && k >= (marked + drawn).saturating_sub(all));
        prop_assert!(hypergeometric::cdf(all, marked, drawn, k) >= u);
        prop_assert!(k == 0 || hypergeometric::cdf(all, marked, drawn, k - 1) < u);
        let at = |u| hypergeometric::quantile(all, marked, drawn, u);
        prop_assert!(at(u.max(v)) >= at(u.min(v)));
        prop_assert!(hypergeometric::quantile(all, (marked + 1).min(all), drawn, u) >= k);
    }
}

// ---- quantities

/// The relative difference of two numbers.
fn off(value: f64, expected: f64) -> f64 {
    ((value - expected) / expected).abs()
}

#[test]
fn quantities_agree_with_the_oracle() {
    for &(u, z) in oracle::NORMAL {
        assert!(off(normal::quantile(u), z) < 2e-15, "normal {u}");
        assert!(off(normal::cdf(z), u) < 2e-14, "normal {z}");
        let x = log_normal::quantile(20_000.0, 0.8, u);
        assert!(off(x, 20_000.0 * libm::exp(0.8 * z)) < 2e-14, "log-normal {u}");
    }
    for &(shape, u, x) in oracle::GAMMA {
        assert!(
            off(gamma::quantile(shape, u), x) < 1e-12,
            "gamma {shape} {u}: {}",
            gamma::quantile(shape, u)
        );
        assert!(off(1.0 - gamma::cdf(shape, x), 1.0 - u) < 1e-3 && off(gamma::cdf(shape, x), u) < 1e-12);
    }
    for &(a, b, u, x) in oracle::BETA {
        assert!(
            off(beta::quantile(a, b, u), x) < 1e-12,
            "beta {a} {b} {u}: {}",
            beta::quantile(a, b, u)
        );
        assert!(off(1.0 - beta::cdf(a, b, x), 1.0 - u) < 1e-9 && off(beta::cdf(a, b, x), u) < 1e-9);
    }
}

proptest! {
    #[test]
    fn gamma_inverts_its_distribution_function(log in -2.0..27.0f64, u in level(), v in level()) {
        let shape = libm::exp(log);
        let rounding = 1e-15 * shape.sqrt(); // What the last bit of x is worth.
        prop_assert!((gamma::cdf(shape, gamma::quantile(shape, u)) - u).abs() < 1e-12 + rounding);
        prop_assert!(gamma::quantile(shape, u.max(v)) >= gamma::quantile(shape, u.min(v)));
    }

    #[test]
    fn beta_inverts_its_distribution_function(log_a in -2.0..9.0f64, log_b in -2.0..9.0f64, u in 0.001..0.999f64) {
        let (a, b) = (libm::exp(log_a), libm::exp(log_b));
        let x = beta::quantile(a, b, u);
        prop_assert!((beta::cdf(a, b, x) - u).abs() < 1e-9 || beta::cdf(a, b, x.next_down()) < u);
    }
}
