//! The gamma distribution of scale 1.

use crate::chance::{gamma_expansion, gamma_inverse, normal, root, saddle_point};

/// Logarithms of values between which a quantile is sought: beyond the lower end it is 0.
const LOWEST_LOG: f64 = -745.0;
const HIGHEST_LOG: f64 = 709.0;

/// The value below which a gamma variable of this `shape` (scale 1) falls with probability `u`, to about 1e-12
/// relative. A shape that is not positive, or NaN, counts as 0, whose quantile is 0; u in (0, 1).
pub fn quantile(shape: f64, u: f64) -> f64 {
    if shape.is_nan() || shape <= 0.0 || u.is_nan() || u <= 0.0 {
        return 0.0;
    }
    if u >= 1.0 {
        return f64::INFINITY;
    }
    if shape == 1.0 {
        return -libm::log1p(-u); // Exponential.
    }
    let expanded = gamma_inverse::relative_quantile(shape, normal::quantile(u));
    let start = match expanded {
        Some(part) if shape >= gamma_inverse::EXACT_FROM => return shape * part,
        Some(part) if part > 0.0 => libm::log(shape * part),
        _ => start(shape, u),
    };
    if start < LOWEST_LOG {
        return 0.0;
    }
    let y = root::invert(u, start, (LOWEST_LOG, HIGHEST_LOG), |y| {
        let x = libm::exp(y);
        let factor = saddle_point::poisson(x, shape);
        let (below, above) = tails(shape, x, factor);
        root::Place {
            below,
            above,
            density: shape * factor,
            bend: shape - x,
        }
    });
    libm::exp(y)
}

/// Logarithm of a first guess: Wilson and Hilferty's cube (1931) for the body, the leading power of the series,
/// P ≈ x^shape/Γ(shape + 1), where that is nearer.
fn start(shape: f64, u: f64) -> f64 {
    let power = || (libm::log(u) + libm::lgamma(shape + 1.0)) / shape;
    if shape < 0.3 {
        return power();
    }
    let ninth = 1.0 / (9.0 * shape);
    let cube_root = 1.0 - ninth + normal::quantile(u) * ninth.sqrt();
    if cube_root < 0.3 {
        return power();
    }
    libm::log(shape) + 3.0 * libm::log(cube_root)
}

/// The probability that a gamma variable of this `shape` (scale 1) is at most `x`: the regularised lower incomplete
/// gamma function P(shape, x).
pub fn cdf(shape: f64, x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return 0.0;
    }
    if shape.is_nan() || shape <= 0.0 || x == f64::INFINITY {
        return 1.0;
    }
    tails(shape, x, saddle_point::poisson(x, shape)).0
}

/// Both tails at x, given `factor` = x^shape e^(−x)/Γ(shape + 1): the smaller is computed, the other is its complement.
fn tails(shape: f64, x: f64, factor: f64) -> (f64, f64) {
    if let Some(both) = gamma_expansion::tails(shape, x) {
        return both;
    }
    if x < shape + 1.0 {
        let below = factor * series(shape, x);
        (below, 1.0 - below)
    } else {
        let above = factor * shape * fraction(shape, x);
        (1.0 - above, above)
    }
}

/// Σ x^k / ((shape + 1) … (shape + k)) (DLMF 8.11.4).
fn series(shape: f64, x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    let mut divisor = shape;
    while term > sum * 1e-17 {
        divisor += 1.0;
        term *= x / divisor;
        sum += term;
    }
    sum
}

/// Q(shape, x) Γ(shape) e^x x^(−shape) by its continued fraction (DLMF 8.9.2), evaluated by Lentz's method.
fn fraction(shape: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - shape;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut h = d;
    let mut k = 0.0;
    while k < 1e6 {
        k += 1.0;
        let a = k * (shape - k);
        b += 2.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        let step = c * d;
        h *= step;
        if (step - 1.0).abs() < 2e-16 {
            break;
        }
    }
    h
}
