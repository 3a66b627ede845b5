//! Quantiles of wide count laws by expansion in 1/σ, with a bound on the error.
//!
//! Let F be the distribution function of a count, carried on between whole numbers by the incomplete beta or gamma
//! function. The solution K of F(K) = u is expanded as in E. A. Cornish and R. A. Fisher, *Moments and Cumulants in
//! the Specification of Distributions* (1938), from the cumulants of the count less those of a uniform number on
//! −½ … ½ (the sum over whole numbers is D/(2 sinh(D/2)) times the integral, Euler–Maclaurin at midpoints). The
//! smallest whole number at or above K is the quantile, unless K comes too near to a whole number to tell. For the
//! Poisson these are the terms of M. B. Giles, *Algorithm 955*, ACM TOMS 42 (2016), carried one order further.

/// What an expansion can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    /// The quantile.
    Sure(u64),
    /// Near the quantile: a whole number lies within the error bound.
    Guess(u64),
}

/// Bound on the error of [`count`] is this × (1 + z²)³/σ⁴. The largest value met is 0.0026, over σ² from 4 to 10,000,
/// p from 0 to ½ and |z| up to 6, against the incomplete beta and gamma functions of Boost.
const ERROR: f64 = 0.006;
/// Rounding error, for σ (1 + |z|) + 1.
const ROUNDING: f64 = 4e-15;

/// The mean and the variance of a count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Body {
    /// Mean, and the part of it that the first number is too short to hold.
    pub mean: (f64, f64),
    pub variance: f64,
}

/// The quantile at the normal score z of a binomial count with this mean and variance np(1 − p), `twist` = 1 − 2p and
/// `spread` = p(1 − p); of a Poisson count where they are 1 and 0. From a variance of about 5 on.
#[inline]
pub(super) fn count(body: Body, twist: f64, spread: f64, z: f64) -> Count {
    let sd = body.variance.sqrt();
    let r = 1.0 / sd;
    let (v, square) = (spread, z * z);
    let first = twist * (square - 1.0) * (1.0 / 6.0);
    let second = z * (((7.0 * v - 1.0) - (v + 0.5) * square) * (1.0 / 36.0));
    let third = twist * (v + 2.0) * (-4.0 / 405.0 + square * (7.0 / 1620.0 + square * (1.0 / 540.0)));
    let top = (v * v + 13.0 * v - 5.75) * (1.0 / 4320.0);
    let middle = (256.0 * v * v + 403.0 * v - 137.0) * (1.0 / 38_880.0);
    let bottom = (671.0 - 1354.0 * v - 433.0 * v * v) * (1.0 / 38_880.0);
    let fourth = z * (bottom + square * (middle + square * top));
    let bump = 1.0 + square;
    let bound = ERROR * (bump * bump * bump) * (r * r) * (r * r);
    settle(
        body,
        sd * z + (first + r * (second + r * (third + r * fourth))),
        bound,
        sd * (1.0 + z.abs()),
    )
}

/// Bound on the error of [`count_by_moments`] is this × (1 + z²)²/σ². The largest value met is 8/405, that of the Poisson,
/// over 1,500 hypergeometric laws with σ² above 12 and |z| up to 6.
const ERROR_BY_MOMENTS: f64 = 0.04;

/// The quantile at the normal score z of a count of this skewness and excess kurtosis, both of the order of the
/// binomial's (1/σ and 1/σ²): one order less than [`count`], for laws with more parameters.
pub(super) fn count_by_moments(body: Body, skewness: f64, kurtosis: f64, z: f64) -> Count {
    let sd = body.variance.sqrt();
    let square = z * z;
    let first = skewness * (square - 1.0) / 6.0;
    let second = kurtosis * (square - 3.0) / 24.0 - skewness * skewness * (2.0 * square - 5.0) / 36.0;
    let bump = 1.0 + square;
    let bound = ERROR_BY_MOMENTS * bump * bump / body.variance;
    let lattice = 1.0 / (24.0 * body.variance);
    settle(
        body,
        sd * (z + first + z * (second - lattice)),
        bound,
        sd * (1.0 + z.abs()),
    )
}

/// The whole number at or above mean − ½ + `off`, sure if it is the same at both ends of the error bound.
#[inline]
fn settle(body: Body, off: f64, bound: f64, size: f64) -> Count {
    let (mean, rest) = body.mean;
    let whole = mean as i64;
    let offset = (mean - whole as f64) + rest - 0.5 + off;
    let doubt = bound + ROUNDING * (size + 1.0);
    let (from, to) = (whole + round_up(offset - doubt), whole + round_up(offset + doubt));
    let k = to.max(0) as u64;
    if from == to && from >= 0 {
        Count::Sure(k)
    } else {
        Count::Guess(k)
    }
}

/// The smallest whole number at or above x, without a call to the system's rounding.
#[inline]
fn round_up(x: f64) -> i64 {
    let cut = x as i64;
    cut + i64::from((cut as f64) < x)
}
