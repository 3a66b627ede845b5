//! Probabilities of single counts without cancellation, after C. Loader, *Fast and Accurate Computation of Binomial
//! Probabilities* (2000): Stirling's formula is taken out of the factorials, what is left are its error and deviances.

/// Natural logarithm of √(2π).
pub(super) const LOG_ROOT_TAU: f64 = 0.918_938_533_204_672_8;
/// 2π.
const TAU: f64 = std::f64::consts::TAU;

/// ln n! − ((n + ½) ln n − n + ln √(2π)) for n = 0 … 15 (n = 0 has no meaning and is 0), by mpmath at 40 digits.
const STIRLING_ERROR: [f64; 16] = [
    0.0,
    0.081_061_466_795_327_26,
    0.041_340_695_955_409_3,
    0.027_677_925_684_998_34,
    0.020_790_672_103_765_093,
    0.016_644_691_189_821_193,
    0.013_876_128_823_070_748,
    0.011_896_709_945_891_77,
    0.010_411_265_261_972_096,
    0.009_255_462_182_712_733,
    0.008_330_563_433_362_87,
    0.007_573_675_487_951_841,
    0.006_942_840_107_209_53,
    0.006_408_994_188_004_207,
    0.005_951_370_112_758_847_5,
    0.005_554_733_551_962_801,
];

/// The error of Stirling's formula, ln Γ(n+1) − ((n + ½) ln n − n + ln √(2π)), for n > 0, to about 1e-16 (absolute).
pub(super) fn stirling_error(n: f64) -> f64 {
    if n >= 16.0 {
        return stirling_series(n);
    }
    if n == n.floor() {
        return STIRLING_ERROR[n as usize];
    }
    libm::lgamma(n + 1.0) - (n + 0.5) * libm::log(n) + n - LOG_ROOT_TAU
}

/// Stirling's series, 1/(12 n) − 1/(360 n³) + … (DLMF 5.11.1), for n of at least 16.
fn stirling_series(n: f64) -> f64 {
    let r = 1.0 / (n * n);
    let tail = 1.0 / 1680.0 - r * (1.0 / 1188.0 - r * (691.0 / 360_360.0 - r / 156.0));
    (1.0 / 12.0 - r * (1.0 / 360.0 - r * (1.0 / 1260.0 - r * tail))) / n
}

/// The deviance x ln(x/m) + m − x, given also the difference x − m, which the caller may know better than x and m
/// rounded tell. Near zero by its series in (x − m)/(x + m), so that nothing cancels.
pub(super) fn deviance(x: f64, m: f64, difference: f64) -> f64 {
    if x <= 0.0 {
        return m;
    }
    if difference.abs() >= 0.1 * (x + m) {
        return x * libm::log(x / m) - difference;
    }
    let v = difference / (x + m);
    let square = v * v;
    let mut term = 2.0 * x * v;
    let mut sum = difference * v;
    let mut odd = 1.0;
    loop {
        term *= square;
        odd += 2.0;
        let next = sum + term / odd;
        if next == sum {
            return next;
        }
        sum = next;
    }
}

/// a × b as an unevaluated sum of its rounded value and the rounding error (Dekker's product, no fused operation).
pub(super) fn exact_product(a: f64, b: f64) -> (f64, f64) {
    let split = |x: f64| {
        let c = 134_217_729.0 * x;
        let high = c - (c - x);
        (high, x - high)
    };
    let product = a * b;
    let (a_high, a_low) = split(a);
    let (b_high, b_low) = split(b);
    (
        product,
        ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low,
    )
}

/// P(Binomial(n, p) = k) for 0 < p < 1, 0 ≤ k ≤ n ≤ 2^53.
pub(super) fn binomial(n: f64, p: f64, k: f64) -> f64 {
    if k == 0.0 {
        return libm::exp(n * libm::log1p(-p));
    }
    if k == n {
        return libm::exp(n * libm::log(p));
    }
    let (mean, rest) = exact_product(n, p);
    let difference = (k - mean) - rest;
    let lost = n - k;
    let exponent = stirling_error(n)
        - stirling_error(k)
        - stirling_error(lost)
        - deviance(k, mean, difference)
        - deviance(lost, n - mean, -difference);
    (n / (TAU * k * lost)).sqrt() * libm::exp(exponent)
}

/// mean^k e^(−mean) / Γ(k+1) for k ≥ 0 (any real) and mean > 0: the Poisson probability of k.
pub(super) fn poisson(mean: f64, k: f64) -> f64 {
    if k == 0.0 {
        return libm::exp(-mean);
    }
    libm::exp(-stirling_error(k) - deviance(k, mean, k - mean)) / (TAU * k).sqrt()
}

/// P(k marked among `drawn` of a population without replacement), 0 ≤ k ≤ drawn, every count at most 2^53.
pub(super) fn hypergeometric(population: u64, marked: u64, drawn: u64, k: u64) -> f64 {
    let whole = population as f64;
    let share = drawn as f64 / whole;
    let left = 1.0 - share;
    let over = i128::from(k) * i128::from(population) - i128::from(marked) * i128::from(drawn);
    let difference = over as f64 / whole;
    let (m, plain) = (marked as f64, (population - marked) as f64);
    let cells = [
        (k as f64, m * share, difference),
        ((marked - k) as f64, m * left, -difference),
        ((drawn - k) as f64, plain * share, -difference),
        ((population - marked + k - drawn) as f64, plain * left, difference),
    ];
    let mut exponent = stirling_error(m) + stirling_error(plain) - stirling_error(whole);
    exponent += stirling_error(drawn as f64) + stirling_error((population - drawn) as f64);
    let mut square = (m * plain / whole) * (drawn as f64 * (population - drawn) as f64) * (TAU * TAU * TAU);
    for (count, mean, off) in cells {
        exponent -= deviance(count, mean, off);
        if count > 0.0 {
            exponent -= stirling_error(count);
            square /= TAU * count;
        }
    }
    square.sqrt() * libm::exp(exponent)
}
