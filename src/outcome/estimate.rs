//! Estimates from replications, each with its standard error (docs/model.md, 4.9).
//!
//! Every sum runs in the order of the replications, so that no number of threads changes a bit. A value that is
//! not finite is *undefined*: it is left out and counted, and no result here is ever NaN.

use super::outcomes::{Better, Outcomes, Reading, Rule};
use crate::chance::normal;

/// Confidence of the intervals that are printed, before they are made simultaneous.
pub const LEVEL: f64 = 0.95;

/// A number from a sample, with what chance does to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate, in the unit of the observations.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// Confidence of `low` to `high`.
    pub level: f64,
}

impl Estimate {
    /// An estimate at the usual level.
    pub const fn new(value: f64, error: f64) -> Self {
        let level = LEVEL;
        Self { value, error, level }
    }

    /// The same estimate as one of `count` that are to hold together (Bonferroni).
    pub fn simultaneous(self, count: usize) -> Self {
        let level = 1.0 - (1.0 - self.level) / count.max(1) as f64;
        Self { level, ..self }
    }

    /// Lower end of the normal interval.
    pub fn low(self) -> f64 {
        self.value - self.reach()
    }

    /// Upper end of the normal interval.
    pub fn high(self) -> f64 {
        self.value + self.reach()
    }

    /// Whether the interval leaves out `x`.
    pub fn excludes(self, x: f64) -> bool {
        x < self.low() || x > self.high()
    }

    fn reach(self) -> f64 {
        self.error * deviate(self.level)
    }
}

/// Half-width of a normal interval of this level, in standard errors: Φ⁻¹((1 + level)/2).
pub fn deviate(level: f64) -> f64 {
    normal::quantile(0.5 + 0.5 * level)
}

/// Mean and spread of observations.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    /// Defined observations.
    pub defined: usize,
    /// Observations that are not finite.
    pub undefined: usize,
    /// Mean of the defined ones; 0 if there are none.
    pub mean: f64,
    /// Sum of their squared deviations from the mean.
    pub squares: f64,
}

impl Moments {
    /// Reads the observations twice: mean, then deviations.
    pub fn of(values: impl Iterator<Item = f64> + Clone) -> Self {
        let (mut defined, mut undefined, mut sum) = (0, 0, 0.0);
        for x in values.clone() {
            if x.is_finite() {
                defined += 1;
                sum += x;
            } else {
                undefined += 1;
            }
        }
        let mean = if defined == 0 { 0.0 } else { sum / defined as f64 };
        let squares = values
            .filter(|x| x.is_finite())
            .map(|x| (x - mean) * (x - mean))
            .sum();
        Self {
            defined,
            undefined,
            mean,
            squares,
        }
    }

    /// Standard deviation; `None` below two observations.
    pub fn sd(self) -> Option<f64> {
        (self.defined > 1).then(|| (self.squares / (self.defined - 1) as f64).sqrt())
    }

    /// The mean with its standard error; `None` below two observations.
    pub fn estimate(self) -> Option<Estimate> {
        let sd = self.sd()?;
        Some(Estimate::new(self.mean, sd / (self.defined as f64).sqrt()))
    }
}

/// Mean of the defined observations; `None` if fewer than two are defined.
pub fn mean(values: &[f64]) -> Option<Estimate> {
    Moments::of(values.iter().copied()).estimate()
}

/// A share of `of` replications, `hits` of them (halves and smaller parts for ties); `None` below two.
pub fn share(hits: f64, of: usize) -> Option<Estimate> {
    let p = hits / of as f64;
    let error = (p * (1.0 - p)).max(0.0) / of.saturating_sub(1).max(1) as f64;
    (of > 1).then(|| Estimate::new(p, error.sqrt()))
}

/// A statistic with what every replication did to it.
///
/// `pull[i]` is the influence of replication i: the statistic moves by `pull[i]`/n. The pulls sum to 0, an undefined
/// replication pulls 0. Two statistics of the same replications are compared by the difference of their pulls.
#[derive(Debug, Clone, PartialEq)]
pub struct Influence {
    /// The statistic.
    pub value: f64,
    /// One pull a replication.
    pub pull: Vec<f64>,
    /// Replications in which the measure is undefined.
    pub undefined: usize,
}

impl Influence {
    /// Mean of the defined observations; `None` if there are none.
    pub fn of_mean(values: &[f64]) -> Option<Self> {
        let moments = Moments::of(values.iter().copied());
        let scale = values.len() as f64 / moments.defined as f64;
        let pull = values
            .iter()
            .map(|&x| {
                if x.is_finite() {
                    (x - moments.mean) * scale
                } else {
                    0.0
                }
            })
            .collect();
        (moments.defined > 0).then_some(Self {
            value: moments.mean,
            pull,
            undefined: moments.undefined,
        })
    }

    /// Ratio of means over the replications with a denominator above 0, by the delta method; `None` without any.
    ///
    /// Cochran, *Sampling Techniques*, 3rd ed., 6.4: Var(r) ≈ Var(of − r·per)/(n mean(per)²).
    pub fn of_ratio(of: &[f64], per: &[f64]) -> Option<Self> {
        // What was spent where nothing was won belongs to the cost of what was won elsewhere.
        let defined = |&(&a, &b): &(&f64, &f64)| a.is_finite() && b.is_finite() && b >= 0.0;
        let (mut above, mut below, mut count) = (0.0, 0.0, 0_usize);
        for (a, b) in of.iter().zip(per).filter(defined) {
            above += a;
            below += b;
            count += 1;
        }
        let value = above / below;
        let scale = of.len() as f64 / below;
        let pull = of
            .iter()
            .zip(per)
            .map(|pair| {
                if defined(&pair) {
                    (pair.0 - value * pair.1) * scale
                } else {
                    0.0
                }
            })
            .collect();
        (count > 0 && value.is_finite()).then_some(Self {
            value,
            pull,
            undefined: of.len() - count,
        })
    }

    /// The statistic with its standard error; `None` if fewer than two replications define it.
    pub fn estimate(&self) -> Option<Estimate> {
        let defined = self.pull.len() - self.undefined;
        let squares: f64 = self.pull.iter().map(|e| e * e).sum();
        let n = self.pull.len() as f64;
        // With all defined this is sd/√n; fewer defined ones pull harder and are fewer.
        let error = (squares / n).sqrt() / (n * (defined as f64 - 1.0) / defined as f64).sqrt();
        (defined > 1).then(|| Estimate::new(self.value, error))
    }

    /// This statistic minus another of the same replications; `None` if fewer than two define both.
    pub fn minus(&self, other: &Self) -> Option<Estimate> {
        let n = self.pull.len();
        let enough = n > 1 && n == other.pull.len() && n - self.undefined > 1 && n - other.undefined > 1;
        let squares: f64 = self
            .pull
            .iter()
            .zip(&other.pull)
            .map(|(a, b)| (a - b) * (a - b))
            .sum();
        let error = (squares / (n as f64 * (n as f64 - 1.0))).sqrt();
        enough.then(|| Estimate::new(self.value - other.value, error))
    }
}

/// Ratio of means over the replications with a denominator above 0; `None` if fewer than two have one.
pub fn ratio(of: &[f64], per: &[f64]) -> Option<Estimate> {
    Influence::of_ratio(of, per)?.estimate()
}

/// Mean of a − b in the same replications; `None` if fewer than two define both.
pub fn paired_difference(a: &[f64], b: &[f64]) -> Option<Estimate> {
    Moments::of(a.iter().zip(b).map(|(a, b)| a - b)).estimate()
}

/// A ratio in one replication; NaN, undefined, where the denominator is not above 0.
pub fn quotient(of: f64, per: f64) -> f64 {
    if per > 0.0 { of / per } else { f64::NAN }
}

/// A measure of a plan, one value a replication; NaN where it is undefined.
pub fn values(outcomes: &Outcomes, reading: &Reading, plan: usize) -> Vec<f64> {
    match reading.rule {
        Rule::Amount(column) => outcomes.column(plan, column).collect(),
        Rule::Ratio { of, per } => outcomes
            .column(plan, of)
            .zip(outcomes.column(plan, per))
            .map(|(of, per)| quotient(of, per))
            .collect(),
    }
}

/// Mean, or ratio of means, of a measure of a plan; `None` where it is undefined in every replication.
pub fn influence(outcomes: &Outcomes, reading: &Reading, plan: usize) -> Option<Influence> {
    match reading.rule {
        Rule::Amount(_) => Influence::of_mean(&values(outcomes, reading, plan)),
        Rule::Ratio { of, per } => {
            let of: Vec<f64> = outcomes.column(plan, of).collect();
            let per: Vec<f64> = outcomes.column(plan, per).collect();
            Influence::of_ratio(&of, &per)
        }
    }
}

/// What a measure is multiplied by so that more is better.
pub fn sign(better: Better) -> f64 {
    match better {
        Better::Less => -1.0,
        Better::More | Better::Neither => 1.0,
    }
}

/// How good a value is, greater is better: undefined is worst.
fn merit(x: f64, better: Better) -> f64 {
    match better {
        _ if !x.is_finite() => f64::NEG_INFINITY,
        Better::Less => -x,
        Better::More | Better::Neither => x,
    }
}

/// Share of replications in which `a` is better than `b`; ties count half, undefined loses against defined.
pub fn better_in(a: &[f64], b: &[f64], better: Better) -> f64 {
    let wins: f64 = a
        .iter()
        .zip(b)
        .map(|(&a, &b)| {
            let (a, b) = (merit(a, better), merit(b, better));
            if a > b {
                1.0
            } else if a < b {
                0.0
            } else {
                0.5
            }
        })
        .sum();
    wins / a.len().max(1) as f64
}

/// Share of replications in which each plan is the best; ties split evenly, undefined loses against defined.
pub fn best_in(plans: &[Vec<f64>], better: Better) -> Vec<f64> {
    let replications = plans.first().map_or(0, Vec::len);
    let mut shares = vec![0.0; plans.len()];
    for i in 0..replications {
        let merits = plans.iter().map(|plan| merit(plan[i], better));
        let best = merits.clone().fold(f64::NEG_INFINITY, f64::max);
        let winners = merits.clone().filter(|&x| x == best).count();
        for (share, x) in shares.iter_mut().zip(merits) {
            if x == best {
                *share += 1.0 / winners as f64;
            }
        }
    }
    for share in &mut shares {
        *share /= replications.max(1) as f64;
    }
    shares
}
