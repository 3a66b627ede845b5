//! Nanoseconds a draw: every law of `chance`, over the sizes that a market asks for, and `rand_distr` beside them.

use divan::{Bencher, black_box};
use gtm_sim::chance::distribution::{Distribution, Family};
use gtm_sim::chance::{beta, binomial, gamma, hypergeometric, key, log_normal, normal, poisson};
use rand::SeedableRng;
use rand_distr::Distribution as _;
use rand_xoshiro::Xoshiro256PlusPlus;

/// Uniform numbers prepared before the clock starts; enough that the branch predictor cannot learn them.
const MANY: usize = 1 << 14;

fn main() {
    divan::main();
}

/// Times `draw` on uniform numbers in turn.
fn time<T>(bencher: Bencher, draw: impl Fn(f64) -> T) {
    let uniforms: Vec<f64> = (0..MANY as u32).map(|i| key::uniform(7, 1, 0, 0, 0, i)).collect();
    let mut at = 0;
    bencher.bench_local(move || {
        at = (at + 1) % MANY;
        draw(black_box(uniforms[at]))
    });
}

#[divan::bench]
fn address(bencher: Bencher) {
    let mut ordinal = 0;
    bencher.bench_local(move || {
        ordinal += 1;
        key::uniform(black_box(7), black_box(1), 3, 5, 0, ordinal)
    });
}

/// Accounts and probability.
const BINOMIALS: [(u64, f64); 16] = [
    (1, 0.3),
    (20, 0.02),
    (20, 0.25),
    (20, 0.8),
    (64, 0.1),
    (1_000, 1e-4),
    (1_000, 0.001),
    (1_000, 0.005),
    (10_000, 0.0009),
    (10_000, 0.0012),
    (1_000, 0.05),
    (1_000, 0.5),
    (100_000, 0.01),
    (1_000_000, 0.7),
    (100_000_000, 0.001),
    (10_000_000_000, 0.3),
];

#[divan::bench(args = BINOMIALS)]
fn binomial(bencher: Bencher, (n, p): (u64, f64)) {
    time(bencher, |u| binomial::quantile(black_box(n), black_box(p), u));
}

/// The same by rejection, with set-up for every draw, as a market needs it: not coupled between plans.
#[divan::bench(args = BINOMIALS)]
fn binomial_by_rand_distr(bencher: Bencher, (n, p): (u64, f64)) {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
    bencher.bench_local(move || {
        rand_distr::Binomial::new(black_box(n), black_box(p)).map(|law| law.sample(&mut random))
    });
}

#[divan::bench(args = [0.01, 0.5, 3.0, 9.0, 11.0, 100.0, 1e4, 1e7, 1e10])]
fn poisson(bencher: Bencher, mean: f64) {
    time(bencher, |u| poisson::quantile(black_box(mean), u));
}

#[divan::bench(args = [(20, 5, 6), (200, 20, 50), (1_000, 30, 300), (5_000, 400, 100), (10_000, 3_000, 2_000),
    (1_000_000, 600_000, 900_000), (10_000_000_000, 1_000_000, 3_000_000_000)])]
fn hypergeometric(bencher: Bencher, (population, marked, drawn): (u64, u64, u64)) {
    time(bencher, |u| {
        hypergeometric::quantile(black_box(population), marked, drawn, u)
    });
}

#[divan::bench]
fn normal(bencher: Bencher) {
    time(bencher, normal::quantile);
}

#[divan::bench]
fn log_normal(bencher: Bencher) {
    time(bencher, |u| {
        log_normal::quantile(black_box(20_000.0), black_box(0.8), u)
    });
}

#[divan::bench(args = [0.01, 0.5, 1.0, 2.5, 10.0, 99.0, 101.0, 1e4, 1e8, 1e12])]
fn gamma(bencher: Bencher, shape: f64) {
    time(bencher, |u| gamma::quantile(black_box(shape), u));
}

#[divan::bench(args = [(0.5, 0.5), (2.0, 5.0), (30.0, 50.0), (1e4, 3e4)])]
fn beta(bencher: Bencher, (a, b): (f64, f64)) {
    time(bencher, |u| beta::quantile(black_box(a), black_box(b), u));
}

#[divan::bench]
fn split_interval(bencher: Bencher) {
    let law = Distribution::Split {
        family: Family::LogNormal,
        low: 1.0,
        typical: 2.0,
        high: 9.0,
    };
    time(bencher, |u| law.quantile(u));
}
