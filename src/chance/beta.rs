//! The beta distribution.

use crate::chance::{normal, root, saddle_point};

/// Log-odds between which a quantile is sought.
const WIDEST: f64 = 745.0;

/// The value below which a Beta(a, b) variable falls with probability `u`, to about 1e-12 relative; a and b positive,
/// u in (0, 1). NaN where a or b is not positive.
pub fn quantile(a: f64, b: f64, u: f64) -> f64 {
    if !(a > 0.0 && b > 0.0) || u.is_nan() {
        return f64::NAN;
    }
    if u <= 0.0 {
        return 0.0;
    }
    if u >= 1.0 {
        return 1.0;
    }
    let y = root::invert(u, start(a, b, u), (-WIDEST, WIDEST), |y| {
        let (x, rest) = shares(y);
        let (below, above) = tails(a, b, x, rest);
        root::Place {
            below,
            above,
            density: factor(a, b, x, rest),
            bend: a * rest - b * x,
        }
    });
    shares(y).0
}

/// Log-odds y as a share and its complement.
fn shares(y: f64) -> (f64, f64) {
    let e = libm::exp(-y.abs());
    let (small, large) = (e / (1.0 + e), 1.0 / (1.0 + e));
    if y < 0.0 { (small, large) } else { (large, small) }
}

/// Log-odds of a first guess: Carter's approximation of Fisher's z (Applied Statistics 26, 1977; Abramowitz and Stegun
/// 26.5.22) where both parameters exceed 1, else the leading power at the end where the mass is.
fn start(a: f64, b: f64, u: f64) -> f64 {
    if a > 1.0 && b > 1.0 {
        let z = normal::quantile(u);
        let (first, second) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
        let skew = (z * z - 3.0) / 6.0;
        let h = 2.0 / (first + second);
        let w = z * (h + skew).max(0.0).sqrt() / h;
        let shift = (second - first) * (skew + 5.0 / 6.0 - 2.0 / (3.0 * h));
        return libm::log(a / b) + 2.0 * (w - shift);
    }
    let (at_zero, at_one) = (
        libm::exp(a * libm::log(a / (a + b))) / a,
        libm::exp(b * libm::log(b / (a + b))) / b,
    );
    let whole = at_zero + at_one;
    if u < at_zero / whole {
        libm::log(u * whole * a) / a
    } else {
        -libm::log((1.0 - u) * whole * b) / b
    }
}

/// The probability that a Beta(a, b) variable is at most `x`: the regularised incomplete beta function I_x(a, b). NaN
/// where a or b is not positive.
pub fn cdf(a: f64, b: f64, x: f64) -> f64 {
    if !(a > 0.0 && b > 0.0) || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    tails(a, b, x, 1.0 - x).0
}

/// x^a rest^b / B(a, b), without cancellation (saddle-point form).
fn factor(a: f64, b: f64, x: f64, rest: f64) -> f64 {
    let sum = a + b;
    let difference = a * rest - b * x;
    let exponent = saddle_point::stirling_error(sum)
        - saddle_point::stirling_error(a)
        - saddle_point::stirling_error(b)
        - saddle_point::deviance(a, sum * x, difference)
        - saddle_point::deviance(b, sum * rest, -difference);
    (a / sum * b / std::f64::consts::TAU).sqrt() * libm::exp(exponent)
}

/// Both tails at x, the smaller by continued fraction.
fn tails(a: f64, b: f64, x: f64, rest: f64) -> (f64, f64) {
    let factor = factor(a, b, x, rest);
    if x * (a + b + 2.0) < a + 1.0 {
        let below = factor * fraction(a, b, x) / a;
        (below, 1.0 - below)
    } else {
        let above = factor * fraction(b, a, rest) / b;
        (1.0 - above, above)
    }
}

/// I_x(a, b) a B(a, b) x^(−a) (1 − x)^(−b) by its continued fraction (DLMF 8.17.22), evaluated by Lentz's method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let most = 1000.0 + 20.0 * (a + b).sqrt();
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    let mut m = 0.0;
    while m < most {
        m += 1.0;
        let place = a + 2.0 * m;
        let even = m * (b - m) * x / ((place - 1.0) * place);
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / (place * (place + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 3e-16 {
            break;
        }
    }
    h
}
