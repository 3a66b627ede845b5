//! The log-normal distribution: a quantity whose logarithm is normal, typed as median and sigma.

use crate::chance::normal;

/// The value below which the quantity falls with probability `u`: median × e^(sigma z), z the normal quantile.
/// `sigma` is the standard deviation of the natural logarithm; the unit is that of `median`.
#[inline]
pub fn quantile(median: f64, sigma: f64, u: f64) -> f64 {
    if sigma == 0.0 {
        return median;
    }
    median * libm::exp(sigma * normal::quantile(u))
}

/// The probability that the quantity is at most `x`.
pub fn cdf(median: f64, sigma: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if sigma == 0.0 {
        return if x < median { 0.0 } else { 1.0 };
    }
    normal::cdf(libm::log(x / median) / sigma)
}
