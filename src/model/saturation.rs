//! Saturation: how response bends with pressure, the Hill curve (docs/model.md, 4.2, 5).

/// R = A^s/(A^s + κ^s), between 0 and 1.
pub fn response(pressure: f64, kappa: f64, slope: f64) -> f64 {
    if pressure <= 0.0 {
        return 0.0;
    }
    1.0 / (1.0 + libm::pow(kappa / pressure, slope))
}

/// The response when the half-saturation is multiplied by `factor`.
#[inline]
pub fn with_kappa_times(response: f64, factor: f64, slope: f64) -> f64 {
    if response <= 0.0 {
        return 0.0;
    }
    1.0 / (1.0 + (1.0 / response - 1.0) * libm::pow(factor, slope))
}

/// Half-saturation at which doubling the spend x adds the share d of response:
/// κ = 2x (d/(2^s − 1 − d))^(1/s). `None` unless 0 < d < 2^s − 1 and x > 0.
pub fn kappa_from_doubling(spend: f64, adds: f64, slope: f64) -> Option<f64> {
    let room = libm::exp2(slope) - 1.0 - adds;
    (spend > 0.0 && adds > 0.0 && room > 0.0).then(|| 2.0 * spend * libm::pow(adds / room, 1.0 / slope))
}
