//! What makes a distribution legal, and what is said where it is not.

use crate::chance::distribution::{Distribution, weight_of};
use crate::chance::family::Family;

/// Why a distribution makes no sense, in a planner's words.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DistributionError {
    /// A number is infinite or not a number.
    #[error("{name} is not a finite number")]
    NotFinite {
        /// Which number.
        name: &'static str,
    },
    /// The ends or the middle are out of order.
    #[error("{lesser_name} ({lesser}) is above {greater_name} ({greater})")]
    OutOfOrder {
        /// Which should be the lesser.
        lesser_name: &'static str,
        /// Its value.
        lesser: f64,
        /// Which should be the greater.
        greater_name: &'static str,
        /// Its value.
        greater: f64,
    },
    /// A spread below 0.
    #[error("{name} ({value}) is negative; a spread is 0 or more")]
    NegativeSpread {
        /// Which spread.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A shape or scale that is not above 0.
    #[error("{name} ({value}) must be above 0")]
    NotPositive {
        /// Which number.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A value that the family cannot take.
    #[error("{name} ({value}) cannot be reached: values of this distribution {axis}")]
    OffAxis {
        /// Which value.
        name: &'static str,
        /// The value.
        value: f64,
        /// The axis in words.
        axis: &'static str,
    },
    /// A list without values, or whose weights are all 0.
    #[error("the list holds no values that could be drawn")]
    Empty,
    /// A list that is not ascending.
    #[error("the values must be listed from the smallest to the largest: {first} stands before {then}")]
    Unsorted {
        /// The greater value that stands first.
        first: f64,
        /// The lesser value after it.
        then: f64,
    },
    /// A weight below 0.
    #[error("the weight of {value} is negative ({weight})")]
    NegativeWeight {
        /// The value.
        value: f64,
        /// Its weight.
        weight: f64,
    },
}

impl Distribution {
    /// Whether the numbers make sense.
    ///
    /// # Errors
    /// The first thing that does not, in words that a planner can act on.
    pub fn check(&self) -> Result<(), DistributionError> {
        match self {
            Distribution::Fixed(value) => finite(&[("the value", *value)]),
            Distribution::Normal { mean, sd } => {
                finite(&[("mean", *mean), ("sd", *sd)])?;
                spread("sd", *sd)
            }
            Distribution::LogNormal { median, sigma } => axis_and_spread(Family::LogNormal, *median, *sigma),
            Distribution::LogitNormal { median, sigma } => {
                axis_and_spread(Family::LogitNormal, *median, *sigma)
            }
            Distribution::Split {
                family,
                low,
                typical,
                high,
            } => {
                let three = [("low", *low), ("typical", *typical), ("high", *high)];
                on_axis(*family, &three)?;
                ascending(&three)
            }
            Distribution::Uniform { low, high } => {
                let both = [("least", *low), ("most", *high)];
                finite(&both)?;
                ascending(&both)
            }
            Distribution::Triangular { low, typical, high } | Distribution::Pert { low, typical, high } => {
                let three = [("least", *low), ("typical", *typical), ("most", *high)];
                finite(&three)?;
                ascending(&three)
            }
            Distribution::Beta { a, b } => positive(&[("a", *a), ("b", *b)]),
            Distribution::Gamma { shape, scale } => positive(&[("shape", *shape), ("scale", *scale)]),
            Distribution::Discrete(values) => check_weights(values),
            Distribution::Samples(values) => check_samples(values),
            Distribution::Rows(rows) => check_values(rows.values()),
        }
    }
}

fn finite(values: &[(&'static str, f64)]) -> Result<(), DistributionError> {
    match values.iter().find(|pair| !pair.1.is_finite()) {
        Some((name, _)) => Err(DistributionError::NotFinite { name }),
        None => Ok(()),
    }
}

fn positive(values: &[(&'static str, f64)]) -> Result<(), DistributionError> {
    finite(values)?;
    match values.iter().find(|pair| pair.1 <= 0.0) {
        Some((name, value)) => Err(DistributionError::NotPositive { name, value: *value }),
        None => Ok(()),
    }
}

fn spread(name: &'static str, value: f64) -> Result<(), DistributionError> {
    finite(&[(name, value)])?;
    if value < 0.0 {
        Err(DistributionError::NegativeSpread { name, value })
    } else {
        Ok(())
    }
}

fn axis_and_spread(family: Family, median: f64, sigma: f64) -> Result<(), DistributionError> {
    on_axis(family, &[("median", median)])?;
    spread("sigma", sigma)
}

pub(super) fn on_axis(family: Family, values: &[(&'static str, f64)]) -> Result<(), DistributionError> {
    finite(values)?;
    match values.iter().find(|pair| !family.holds(pair.1)) {
        Some((name, value)) => Err(DistributionError::OffAxis {
            name,
            value: *value,
            axis: family.axis(),
        }),
        None => Ok(()),
    }
}

pub(super) fn ascending(values: &[(&'static str, f64)]) -> Result<(), DistributionError> {
    for pair in values.windows(2) {
        let ((lesser_name, lesser), (greater_name, greater)) = (pair[0], pair[1]);
        if lesser > greater {
            return Err(DistributionError::OutOfOrder {
                lesser_name,
                lesser,
                greater_name,
                greater,
            });
        }
    }
    Ok(())
}

fn check_values(values: &[f64]) -> Result<(), DistributionError> {
    if values.is_empty() {
        return Err(DistributionError::Empty);
    }
    values
        .iter()
        .try_for_each(|value| finite(&[("one of the values", *value)]))
}

fn check_samples(values: &[f64]) -> Result<(), DistributionError> {
    check_values(values)?;
    match values.windows(2).find(|pair| pair[0] > pair[1]) {
        Some(pair) => Err(DistributionError::Unsorted {
            first: pair[0],
            then: pair[1],
        }),
        None => Ok(()),
    }
}

fn check_weights(values: &[(f64, f64)]) -> Result<(), DistributionError> {
    check_samples(&values.iter().map(|pair| pair.0).collect::<Vec<_>>())?;
    for (value, weight) in values {
        finite(&[("one of the weights", *weight)])?;
        if *weight < 0.0 {
            return Err(DistributionError::NegativeWeight {
                value: *value,
                weight: *weight,
            });
        }
    }
    if weight_of(values) > 0.0 {
        Ok(())
    } else {
        Err(DistributionError::Empty)
    }
}
