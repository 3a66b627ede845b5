//! The mean of a quantile function by a fixed rule: panels of unit width in the normal score, 16 Gauss–Legendre
//! points in each. The order is fixed, so the same question has the same bits everywhere.

use crate::chance::normal;

/// 1/√(2π).
const PEAK: f64 = 0.398_942_280_401_432_7;
/// Panels on each side of 0; beyond 9 standard deviations lies a probability of 1e-19.
const PANELS: usize = 9;
/// Points and weights of the 16-point Gauss–Legendre rule on −1 … 1; the other half is its mirror image (DLMF 3.5.15).
const RULE: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_64),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_64),
    (0.458_016_777_657_227_37, 0.169_156_519_395_002_65),
    (0.617_876_244_402_643_8, 0.149_595_988_816_576_7),
    (0.755_404_408_355_003, 0.124_628_971_255_534_07),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_6),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_456),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_176),
];

/// The mean of f(Z), Z standard normal; f may have a kink at whole numbers, 0 among them.
pub(super) fn normal_mean(f: impl Fn(f64) -> f64) -> f64 {
    let weighted = |z: f64| f(z) * libm::exp(-0.5 * z * z);
    let mut sum = 0.0;
    for panel in 0..2 * PANELS {
        let middle = panel as f64 + 0.5 - PANELS as f64;
        for (point, weight) in RULE {
            sum += weight * (weighted(middle - 0.5 * point) + weighted(middle + 0.5 * point));
        }
    }
    0.5 * PEAK * sum
}

/// The mean of a distribution by its quantile function.
pub(super) fn mean_of(quantile: impl Fn(f64) -> f64) -> f64 {
    normal_mean(|z| quantile(normal::cdf(z).min(1.0 - f64::EPSILON / 2.0)))
}
