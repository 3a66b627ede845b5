//! The binomial distribution: how many of n accounts move, by inversion of one uniform number.

use crate::chance::cornish_fisher::{self, Body, Count};
use crate::chance::ladder::{self, Level, Rungs};
use crate::chance::{normal, saddle_point};

/// From this variance on the quantile is expanded; below, probabilities are summed upwards from zero.
const WIDE: f64 = 6.0;
/// Where the expansion cannot decide, sums still start from zero up to this mean.
const SUMMED_UP_TO: f64 = 40.0;
/// Beyond this tail probability the tail itself is summed, not its complement.
const THIN_TAIL: f64 = 1e-9;

/// A binomial law with 0 < p ≤ ½.
struct Law {
    n: u64,
    p: f64,
    odds: f64,
}

impl Law {
    fn new(n: u64, p: f64) -> Law {
        Law {
            n,
            p,
            odds: p / (1.0 - p),
        }
    }
}

impl Rungs for Law {
    fn lowest(&self) -> u64 {
        0
    }
    fn highest(&self) -> u64 {
        self.n
    }
    fn mode(&self) -> u64 {
        (((self.n as f64 + 1.0) * self.p) as u64).min(self.n)
    }
    fn probability(&self, k: u64) -> f64 {
        saddle_point::binomial(self.n as f64, self.p, k as f64)
    }
    fn up(&self, k: u64) -> f64 {
        self.odds * (self.n - k) as f64 / (k + 1) as f64
    }
    fn down(&self, k: u64) -> f64 {
        k as f64 / (self.odds * (self.n - k + 1) as f64)
    }
}

/// The smallest k with P(Binomial(n, p) ≤ k) ≥ u.
///
/// Exact, hence monotone in n, p and u; `p` is clamped to 0…1 and NaN counts as 0; n up to 1e10, u in (0, 1).
#[inline]
pub fn quantile(n: u64, p: f64, u: f64) -> u64 {
    if n == 0 || p.is_nan() || p <= 0.0 || u.is_nan() || u <= 0.0 {
        return 0;
    }
    if p >= 1.0 || u >= 1.0 {
        return n;
    }
    if p <= 0.5 {
        return reach(
            n,
            p,
            Level {
                below: u,
                above: 1.0 - u,
                strict: false,
            },
        );
    }
    // Failures instead of successes: at least u in the lower tail is at most 1 − u in the upper one.
    n - reach(
        n,
        1.0 - p,
        Level {
            below: 1.0 - u,
            above: u,
            strict: true,
        },
    )
}

/// P(Binomial(n, p) ≤ k), with full relative accuracy in the lower tail.
pub fn cdf(n: u64, p: f64, k: u64) -> f64 {
    if k >= n || p.is_nan() || p <= 0.0 {
        return 1.0;
    }
    if p >= 1.0 {
        return 0.0;
    }
    if p <= 0.5 {
        return ladder::lower_tail(&Law::new(n, p), k);
    }
    ladder::upper_tail(&Law::new(n, 1.0 - p), n - k - 1)
}

/// The smallest count that reaches the level, for 0 < p ≤ ½.
#[inline]
fn reach(n: u64, p: f64, level: Level) -> u64 {
    let mean = n as f64 * p;
    let variance = mean * (1.0 - p);
    if variance >= WIDE {
        return expand(n, p, variance, level);
    }
    if level.above < THIN_TAIL {
        return ladder::invert(&Law::new(n, p), level, mean as u64);
    }
    let goal = if level.strict {
        level.below.next_up()
    } else {
        level.below
    };
    if goal <= 1.0 - mean {
        return 0; // Bernoulli's inequality: (1 − p)^n ≥ 1 − np.
    }
    if n == 1 {
        return 1;
    }
    from_zero(n, p, goal)
}

/// The quantile of a wide law by expansion, by summing where that cannot decide.
fn expand(n: u64, p: f64, variance: f64, level: Level) -> u64 {
    if p == 0.5 && level.below == 0.5 {
        return n / 2; // The one level that often falls on a step exactly.
    }
    let z = if level.below <= 0.5 {
        normal::quantile(level.below)
    } else {
        -normal::quantile(level.above)
    };
    let body = Body {
        mean: saddle_point::exact_product(n as f64, p),
        variance,
    };
    match cornish_fisher::count(body, 1.0 - 2.0 * p, p * (1.0 - p), z) {
        Count::Sure(k) => k.min(n),
        Count::Guess(_) if body.mean.0 <= SUMMED_UP_TO && level.above >= THIN_TAIL => {
            from_zero(n, p, level.goal())
        }
        Count::Guess(k) => ladder::invert(&Law::new(n, p), level, k),
    }
}

/// Sums upwards from zero until `goal` is reached.
fn from_zero(n: u64, p: f64, goal: f64) -> u64 {
    let failure = 1.0 - p;
    let mut term = if n <= 64 {
        power(failure, n)
    } else {
        libm::exp(n as f64 * libm::log1p(-p))
    };
    let odds = p / failure;
    let mut sum = term;
    let mut k = 0;
    while sum < goal && k < n {
        term *= odds * ((n - k) as f64 / (k + 1) as f64);
        sum += term;
        k += 1;
    }
    k
}

/// x^n by squaring: the same on every platform.
fn power(x: f64, n: u64) -> f64 {
    let mut result = 1.0;
    let mut base = x;
    let mut left = n;
    while left > 0 {
        if left & 1 == 1 {
            result *= base;
        }
        base *= base;
        left >>= 1;
    }
    result
}
