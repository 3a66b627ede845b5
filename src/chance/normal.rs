//! The standard normal distribution.
//!
//! The quantile is algorithm AS 241, PPND16, of M. J. Wichura, *The Percentage Points of the Normal Distribution*,
//! Applied Statistics 37 (1988): three rational approximations, relative error about 1e-16.

/// 1/√2.
const ROOT_HALF: f64 = std::f64::consts::FRAC_1_SQRT_2;

const CENTRE_ABOVE: [f64; 8] = [
    3.387_132_872_796_366_5,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const CENTRE_BELOW: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_659_7e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_854e3,
];
const TAIL_ABOVE: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const TAIL_BELOW: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_ABOVE: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BELOW: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

/// A polynomial of degree 7, its terms paired (Estrin's scheme) so that the products do not wait for each other.
#[inline]
fn degree_seven(c: &[f64; 8], x: f64) -> f64 {
    let square = x * x;
    let low = (c[0] + c[1] * x) + (c[2] + c[3] * x) * square;
    let high = (c[4] + c[5] * x) + (c[6] + c[7] * x) * square;
    low + high * (square * square)
}

/// The number below which a standard normal variable falls with probability `u`. Minus infinity for `u <= 0`, plus
/// infinity for `u >= 1`, NaN for NaN.
#[inline]
pub fn quantile(u: f64) -> f64 {
    let centred = u - 0.5;
    if centred.abs() <= 0.425 {
        let r = 0.180625 - centred * centred;
        return centred * degree_seven(&CENTRE_ABOVE, r) / degree_seven(&CENTRE_BELOW, r);
    }
    tail(u, centred)
}

/// The quantile where `u` is below 0.075 or above 0.925.
fn tail(u: f64, centred: f64) -> f64 {
    if u.is_nan() {
        return f64::NAN;
    }
    let share = if centred < 0.0 { u } else { 1.0 - u };
    if share <= 0.0 {
        return f64::INFINITY.copysign(centred);
    }
    let r = (-libm::log(share)).sqrt();
    let size = if r <= 5.0 {
        degree_seven(&TAIL_ABOVE, r - 1.6) / degree_seven(&TAIL_BELOW, r - 1.6)
    } else {
        degree_seven(&FAR_ABOVE, r - 5.0) / degree_seven(&FAR_BELOW, r - 5.0)
    };
    size.copysign(centred)
}

/// The probability that a standard normal variable is at most `x`, by the complementary error function, so that
/// small probabilities keep their relative accuracy.
pub fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * ROOT_HALF)
}
