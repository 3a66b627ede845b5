//! The Poisson distribution: how many events fall into a week, by inversion of one uniform number.

use crate::chance::cornish_fisher::{self, Body, Count};
use crate::chance::ladder::{self, Level, Rungs};
use crate::chance::saddle_point;

/// From this mean on the quantile is expanded; below, probabilities are summed upwards from zero.
const WIDE: f64 = 6.0;
/// Where the expansion cannot decide, sums still start from zero up to this mean.
const SUMMED_UP_TO: f64 = 40.0;
/// Beyond this tail probability the tail itself is summed, not its complement.
const THIN_TAIL: f64 = 1e-9;
/// No count is above this: 2^53.
const HIGHEST: u64 = 1 << 53;

/// A Poisson law with mean > 0.
struct Law {
    mean: f64,
}

impl Rungs for Law {
    fn lowest(&self) -> u64 {
        0
    }
    fn highest(&self) -> u64 {
        HIGHEST
    }
    fn mode(&self) -> u64 {
        self.mean as u64
    }
    fn probability(&self, k: u64) -> f64 {
        saddle_point::poisson(self.mean, k as f64)
    }
    fn up(&self, k: u64) -> f64 {
        self.mean / (k + 1) as f64
    }
    fn down(&self, k: u64) -> f64 {
        k as f64 / self.mean
    }
}

/// The smallest k with P(Poisson(mean) ≤ k) ≥ u.
///
/// Exact, hence monotone in both arguments; means up to 1e10; a mean above 2^53 counts as 2^53, one that is not
/// positive, or NaN, as 0. A u of
/// 1 or more is taken as the largest number below 1, since every count is possible.
#[inline]
pub fn quantile(mean: f64, u: f64) -> u64 {
    if mean.is_nan() || mean <= 0.0 || u.is_nan() || u <= 0.0 {
        return 0;
    }
    let mean = mean.min(HIGHEST as f64);
    let below = u.min(1.0f64.next_down());
    let level = Level::at(below);
    if mean >= WIDE {
        return expand(mean, level);
    }
    if level.above < THIN_TAIL {
        return ladder::invert(&Law { mean }, level, mean as u64);
    }
    if below <= 1.0 - mean || below <= 1.0 - mean * (1.0 - 0.5 * mean * (1.0 - mean * (1.0 / 3.0))) {
        return 0; // The series of e^(−mean), cut after an odd power, lies below it.
    }
    from_zero(mean, below)
}

/// The quantile of a wide law by expansion, by summing where that cannot decide.
fn expand(mean: f64, level: Level) -> u64 {
    let body = Body {
        mean: (mean, 0.0),
        variance: mean,
    };
    match cornish_fisher::count(body, 1.0, 0.0, level.score()) {
        Count::Sure(k) => k,
        Count::Guess(_) if mean <= SUMMED_UP_TO && level.above >= THIN_TAIL => from_zero(mean, level.below),
        Count::Guess(k) => ladder::invert(&Law { mean }, level, k),
    }
}

/// Sums upwards from zero until `goal` is reached.
fn from_zero(mean: f64, goal: f64) -> u64 {
    let mut term = libm::exp(-mean);
    let mut sum = term;
    let mut k = 0;
    while sum < goal && term > 0.0 {
        k += 1;
        term *= mean / k as f64;
        sum += term;
    }
    k
}

/// P(Poisson(mean) ≤ k).
pub fn cdf(mean: f64, k: u64) -> f64 {
    if mean.is_nan() || mean <= 0.0 {
        return 1.0;
    }
    ladder::lower_tail(&Law { mean }, k)
}
