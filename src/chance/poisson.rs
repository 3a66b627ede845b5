//! The Poisson distribution: how many events fall into a week, by inversion of one uniform number.

use crate::chance::ladder::{self, Level, Rungs};
use crate::chance::{normal, saddle_point};

/// Means up to here are summed upwards from zero.
const SUMMED_UP_TO: f64 = 30.0;
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
/// Exact, hence monotone in both arguments; means up to 1e10; a mean that is not positive, or NaN, counts as 0.
#[inline]
pub fn quantile(mean: f64, u: f64) -> u64 {
    if mean.is_nan() || mean <= 0.0 || u.is_nan() || u <= 0.0 {
        return 0;
    }
    let above = 1.0 - u;
    if above < THIN_TAIL || mean > SUMMED_UP_TO {
        let z = normal::quantile(u.min(1.0 - f64::EPSILON / 2.0));
        let guess = mean + mean.sqrt() * z + (z * z - 1.0) / 6.0;
        let level = Level {
            below: u,
            above: above.max(f64::MIN_POSITIVE),
            strict: false,
        };
        return ladder::invert(&Law { mean }, level, guess.max(0.0) as u64);
    }
    if u <= 1.0 - mean {
        return 0; // e^(−mean) ≥ 1 − mean.
    }
    let mut term = libm::exp(-mean);
    let mut sum = term;
    let mut k = 0;
    while sum < u && term > 0.0 {
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
