//! Adstock: how spend carries over (docs/model.md, 4.2).

/// λ = 2^(−1/half-life); 0 at half-life 0.
pub fn retention(half_life_weeks: f64) -> f64 {
    if half_life_weeks > 0.0 {
        libm::exp2(-1.0 / half_life_weeks)
    } else {
        0.0
    }
}

/// One week of the normalised geometric form: λ A + (1 − λ) x; a constant spend x has A = x.
#[inline]
pub fn carry(before: f64, spend: f64, retention: f64) -> f64 {
    retention * before + (1.0 - retention) * spend
}
