//! What is not known exactly: an unknown number as a distribution, drawn by its quantile function.

use crate::chance::distribution_error::{ascending, on_axis};
use crate::chance::{beta, gamma, log_normal, normal, quadrature};

pub use crate::chance::distribution_error::DistributionError;
pub use crate::chance::family::Family;
pub use crate::chance::rows::Rows;
pub use crate::chance::truncated::Truncated;

/// The normal score of P95: a planner's low and high are P5 and P95, this many standard deviations from the median.
pub const SCORE_OF_P95: f64 = 1.644_853_626_951_472_6;
/// Weight of the mode in a PERT distribution (Malcolm, Roseboom, Clark, Fazar, Operations Research 7, 1959).
const PERT_WEIGHT: f64 = 4.0;

/// The distribution of an unknown number. Values are in the unit of the parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// Known exactly.
    Fixed(f64),
    /// Normal with this mean and standard deviation.
    Normal {
        /// Mean, and median.
        mean: f64,
        /// Standard deviation, at least 0.
        sd: f64,
    },
    /// The logarithm is normal.
    LogNormal {
        /// Median, above 0.
        median: f64,
        /// Standard deviation of the natural logarithm, at least 0.
        sigma: f64,
    },
    /// The log-odds are normal around those of the median.
    LogitNormal {
        /// Median, between 0 and 1.
        median: f64,
        /// Standard deviation of the log-odds, at least 0.
        sigma: f64,
    },
    /// P5, P50 and P95 with one scale below the median and another above, on the axis of the family.
    Split {
        /// The axis.
        family: Family,
        /// P5.
        low: f64,
        /// P50.
        typical: f64,
        /// P95.
        high: f64,
    },
    /// Every value between the ends alike.
    Uniform {
        /// Smallest value.
        low: f64,
        /// Largest value.
        high: f64,
    },
    /// A density that rises straight to the mode and falls straight from it.
    Triangular {
        /// Smallest value.
        low: f64,
        /// Mode.
        typical: f64,
        /// Largest value.
        high: f64,
    },
    /// A beta distribution between the ends with mean (low + 4 mode + high)/6.
    Pert {
        /// Smallest value.
        low: f64,
        /// Mode.
        typical: f64,
        /// Largest value.
        high: f64,
    },
    /// Beta between 0 and 1.
    Beta {
        /// Weight of 1, above 0.
        a: f64,
        /// Weight of 0, above 0.
        b: f64,
    },
    /// Gamma.
    Gamma {
        /// Shape, above 0.
        shape: f64,
        /// Scale, above 0: the mean is shape × scale.
        scale: f64,
    },
    /// Single values, ascending, each with its weight (at least 0, any sum above 0).
    Discrete(Vec<(f64, f64)>),
    /// Observed values, ascending, each as likely as the others.
    Samples(Vec<f64>),
    /// A column of a table of observations, row by row.
    Rows(Rows),
}

impl Distribution {
    /// What it is called, such as `log-normal`; one with two scales like that with one.
    pub fn family(&self) -> &'static str {
        match self {
            Distribution::Fixed(_) => "fixed",
            Distribution::Normal { .. } => "normal",
            Distribution::LogNormal { .. } => "log-normal",
            Distribution::LogitNormal { .. } => "logit-normal",
            Distribution::Split { family, .. } => match family {
                Family::Normal => "normal",
                Family::LogNormal => "log-normal",
                Family::LogitNormal => "logit-normal",
            },
            Distribution::Uniform { .. } => "uniform",
            Distribution::Triangular { .. } => "triangular",
            Distribution::Pert { .. } => "PERT",
            Distribution::Beta { .. } => "beta",
            Distribution::Gamma { .. } => "gamma",
            Distribution::Discrete(_) => "discrete",
            Distribution::Samples(_) => "samples",
            Distribution::Rows(_) => "rows of a file",
        }
    }

    /// The symmetric member of the family with P5 = `low` and P95 = `high`.
    ///
    /// # Errors
    /// If `low` is above `high`, or an end is not on the family's axis.
    pub fn interval(family: Family, low: f64, high: f64) -> Result<Distribution, DistributionError> {
        on_axis(family, &[("low", low), ("high", high)])?;
        ascending(&[("low", low), ("high", high)])?;
        let (from, to) = (family.to_axis(low), family.to_axis(high));
        let spread = (to - from) / (2.0 * SCORE_OF_P95);
        Ok(match family {
            Family::Normal => Distribution::Normal {
                mean: low + 0.5 * (high - low),
                sd: spread,
            },
            Family::LogNormal => Distribution::LogNormal {
                median: family.moved(low, 0.5 * (to - from)),
                sigma: spread,
            },
            Family::LogitNormal => Distribution::LogitNormal {
                median: family.moved(low, 0.5 * (to - from)),
                sigma: spread,
            },
        })
    }

    /// The member of the family with P5 = `low`, P50 = `typical` and P95 = `high`.
    ///
    /// # Errors
    /// If the three are out of order, or one is not on the family's axis.
    pub fn three_point(
        family: Family,
        low: f64,
        typical: f64,
        high: f64,
    ) -> Result<Distribution, DistributionError> {
        let split = Distribution::Split {
            family,
            low,
            typical,
            high,
        };
        split.check().map(|()| split)
    }

    /// Single values with their weights, in any order.
    ///
    /// # Errors
    /// If the list is empty, a number is not finite, or a weight is negative or all are 0.
    pub fn discrete(mut values: Vec<(f64, f64)>) -> Result<Distribution, DistributionError> {
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let discrete = Distribution::Discrete(values);
        discrete.check().map(|()| discrete)
    }

    /// Observed values, in any order.
    ///
    /// # Errors
    /// If the list is empty or a value is not finite.
    pub fn samples(mut values: Vec<f64>) -> Result<Distribution, DistributionError> {
        values.sort_by(f64::total_cmp);
        let samples = Distribution::Samples(values);
        samples.check().map(|()| samples)
    }

    /// The value below which the number falls with probability `u`: non-decreasing in u, for u in (0, 1). Of rows,
    /// the value of the row that `u` draws: in the order of the rows, so that columns of one table stay together.
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Distribution::Fixed(value) => *value,
            Distribution::Normal { mean, sd } => Family::Normal.moved(*mean, scaled(*sd, u)),
            Distribution::LogNormal { median, sigma } => log_normal::quantile(*median, *sigma, u),
            Distribution::LogitNormal { median, sigma } => {
                Family::LogitNormal.moved(*median, scaled(*sigma, u))
            }
            Distribution::Split {
                family,
                low,
                typical,
                high,
            } => {
                let z = normal::quantile(u);
                family.moved(*typical, z * split_scale(*family, *low, *typical, *high, z))
            }
            Distribution::Uniform { low, high } => (low + (high - low) * u).clamp(*low, *high),
            Distribution::Triangular { low, typical, high } => triangular_quantile(*low, *typical, *high, u),
            Distribution::Pert { low, typical, high } if high > low => {
                let (a, b) = pert_weights(*low, *typical, *high);
                low + (high - low) * beta::quantile(a, b, u)
            }
            Distribution::Pert { low, .. } => *low,
            Distribution::Beta { a, b } => beta::quantile(*a, *b, u),
            Distribution::Gamma { shape, scale } => scale * gamma::quantile(*shape, u),
            Distribution::Discrete(values) => discrete_quantile(values, u),
            Distribution::Samples(values) => sample_quantile(values, u),
            Distribution::Rows(rows) => rows.at(u),
        }
    }

    /// The probability that the number is at most `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Distribution::Fixed(value) => step(*value, x),
            Distribution::Normal { mean, sd } => scored(x - mean, *sd),
            Distribution::LogNormal { median, sigma } => log_normal::cdf(*median, *sigma, x),
            Distribution::LogitNormal { median, sigma } => {
                let axis = Family::LogitNormal;
                scored(axis.to_axis(x) - axis.to_axis(*median), *sigma)
            }
            Distribution::Split {
                family,
                low,
                typical,
                high,
            } => {
                let off = family.to_axis(x) - family.to_axis(*typical);
                scored(off, split_scale(*family, *low, *typical, *high, off))
            }
            Distribution::Uniform { low, high } if high > low => ((x - low) / (high - low)).clamp(0.0, 1.0),
            Distribution::Triangular { low, typical, high } if high > low => {
                triangular_cdf(*low, *typical, *high, x)
            }
            Distribution::Pert { low, typical, high } if high > low => {
                let (a, b) = pert_weights(*low, *typical, *high);
                beta::cdf(a, b, (x - low) / (high - low))
            }
            Distribution::Uniform { low, .. }
            | Distribution::Triangular { low, .. }
            | Distribution::Pert { low, .. } => step(*low, x),
            Distribution::Beta { a, b } => beta::cdf(*a, *b, x),
            Distribution::Gamma { shape, scale } => gamma::cdf(*shape, x / scale),
            Distribution::Discrete(values) => {
                let at_most = values.iter().filter(|pair| pair.0 <= x);
                at_most.map(|pair| pair.1).sum::<f64>() / weight_of(values)
            }
            Distribution::Samples(values) => {
                values.partition_point(|value| *value <= x) as f64 / values.len() as f64
            }
            Distribution::Rows(rows) => rows.cdf(x),
        }
    }

    /// The mean: in closed form where there is one, for the logit-normal families by quadrature.
    pub fn mean(&self) -> f64 {
        match self {
            Distribution::Fixed(value) => *value,
            Distribution::Normal { mean, .. } => *mean,
            Distribution::LogNormal { median, sigma } => median * libm::exp(0.5 * sigma * sigma),
            Distribution::LogitNormal { median, sigma } => {
                quadrature::normal_mean(|z| Family::LogitNormal.moved(*median, sigma * z))
            }
            Distribution::Split {
                family,
                low,
                typical,
                high,
            } => split_mean(*family, *low, *typical, *high),
            Distribution::Uniform { low, high } => low + 0.5 * (high - low),
            Distribution::Triangular { low, typical, high } => (low + typical + high) / 3.0,
            Distribution::Pert { low, typical, high } => {
                (low + PERT_WEIGHT * typical + high) / (2.0 + PERT_WEIGHT)
            }
            Distribution::Beta { a, b } => a / (a + b),
            Distribution::Gamma { shape, scale } => shape * scale,
            Distribution::Discrete(values) => {
                values.iter().map(|(value, weight)| value * weight).sum::<f64>() / weight_of(values)
            }
            Distribution::Samples(values) => values.iter().sum::<f64>() / values.len() as f64,
            Distribution::Rows(rows) => rows.mean(),
        }
    }

    /// The value at which the unknown is held when it is not drawn: the median, P50.
    pub fn typical(&self) -> f64 {
        match self {
            Distribution::Rows(rows) => rows.median(),
            _ => self.quantile(0.5),
        }
    }
}

/// The normal score of u times a spread; 0 for a spread of 0, even at the ends.
fn scaled(spread: f64, u: f64) -> f64 {
    if spread == 0.0 {
        0.0
    } else {
        spread * normal::quantile(u)
    }
}

/// P(Z ≤ off/spread); a step at 0 for a spread of 0.
fn scored(off: f64, spread: f64) -> f64 {
    if spread == 0.0 {
        step(0.0, off)
    } else {
        normal::cdf(off / spread)
    }
}

/// P(value ≤ x) for a value known exactly.
fn step(value: f64, x: f64) -> f64 {
    if x < value { 0.0 } else { 1.0 }
}

/// The standard deviation on the axis, below the median where `side` is negative, else above it.
fn split_scale(family: Family, low: f64, typical: f64, high: f64, side: f64) -> f64 {
    let (from, to) = if side < 0.0 {
        (low, typical)
    } else {
        (typical, high)
    };
    (family.to_axis(to) - family.to_axis(from)) / SCORE_OF_P95
}

/// The mean of a split distribution: each half of the normal law has its own scale.
fn split_mean(family: Family, low: f64, typical: f64, high: f64) -> f64 {
    let below = split_scale(family, low, typical, high, -1.0);
    let above = split_scale(family, low, typical, high, 1.0);
    match family {
        Family::Normal => typical + (above - below) / std::f64::consts::TAU.sqrt(),
        Family::LogNormal => {
            let half = |scale: f64, side: f64| libm::exp(0.5 * scale * scale) * normal::cdf(side * scale);
            typical * (half(below, -1.0) + half(above, 1.0))
        }
        Family::LogitNormal => {
            quadrature::normal_mean(|z| family.moved(typical, z * if z < 0.0 { below } else { above }))
        }
    }
}

fn triangular_quantile(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    if u * width <= mode - low {
        low + (u * width * (mode - low)).sqrt()
    } else {
        high - ((1.0 - u) * width * (high - mode)).sqrt()
    }
}

fn triangular_cdf(low: f64, mode: f64, high: f64, x: f64) -> f64 {
    let width = high - low;
    if x <= low {
        0.0
    } else if x < mode {
        (x - low) * (x - low) / (width * (mode - low))
    } else if x < high {
        1.0 - (high - x) * (high - x) / (width * (high - mode))
    } else {
        1.0
    }
}

/// The parameters of the beta distribution behind a PERT.
fn pert_weights(low: f64, mode: f64, high: f64) -> (f64, f64) {
    let width = high - low;
    (
        1.0 + PERT_WEIGHT * (mode - low) / width,
        1.0 + PERT_WEIGHT * (high - mode) / width,
    )
}

pub(super) fn weight_of(values: &[(f64, f64)]) -> f64 {
    values.iter().map(|pair| pair.1).sum()
}

fn discrete_quantile(values: &[(f64, f64)], u: f64) -> f64 {
    let goal = u * weight_of(values);
    let mut sum = 0.0;
    let mut answer = f64::NAN;
    for (value, weight) in values.iter().filter(|pair| pair.1 > 0.0) {
        answer = *value;
        sum += weight;
        if sum >= goal {
            break;
        }
    }
    answer
}

fn sample_quantile(values: &[f64], u: f64) -> f64 {
    let rank = (u * values.len() as f64).ceil() as usize;
    let place = rank.max(1).min(values.len());
    if values.is_empty() {
        f64::NAN
    } else {
        values[place - 1]
    }
}
