//! Summaries: the distribution of a measure over the futures of a plan, and of a paired difference.

use super::findings::{Dots, Histogram, Summary, Uncertain};
use crate::outcome::distribution::Sorted;
use crate::outcome::estimate::{Estimate, Moments};
use std::collections::BTreeMap;

/// The quantiles of a summary and their names.
const QUANTILES: [(&str, f64); 7] = [
    ("p05", 0.05),
    ("p10", 0.10),
    ("p25", 0.25),
    ("p50", 0.50),
    ("p75", 0.75),
    ("p90", 0.90),
    ("p95", 0.95),
];

impl Summary {
    /// Summary of values per future, undefined where not finite, and of their mean (or ratio of means).
    ///
    /// `value` is the mean where there is one, `estimate` the same with its error.
    pub(super) fn of(values: &[f64], value: Option<f64>, estimate: Option<Estimate>) -> Self {
        let moments = Moments::of(values.iter().copied());
        let sorted = Sorted::of(values.iter().copied());
        let mut errors = BTreeMap::new();
        let quantiles = QUANTILES.map(|(name, p)| {
            if let Some(quantile) = sorted.quantile_estimate(p) {
                errors.insert(name.to_owned(), quantile.error);
            }
            sorted.quantile(p)
        });
        let [p05, p10, p25, p50, p75, p90, p95] = quantiles;
        let (edges, counts) = sorted.histogram();
        Self {
            mean: value,
            mean_error: estimate.map(|estimate| estimate.error),
            sd: moments.sd(),
            p05,
            p10,
            p25,
            p50,
            p75,
            p90,
            p95,
            errors,
            undefined_in: moments.undefined as u64,
            histogram: Histogram { edges, counts },
            dots: Dots {
                twenty: sorted.dots(20),
                fifty: sorted.dots(50),
            },
        }
    }

    /// The mean with its error, where both are defined.
    pub fn estimate(&self) -> Option<Estimate> {
        Some(Estimate::new(self.mean?, self.mean_error?))
    }
}

impl From<Estimate> for Uncertain {
    fn from(estimate: Estimate) -> Self {
        Self {
            value: estimate.value,
            error: estimate.error,
        }
    }
}

impl From<Uncertain> for Estimate {
    fn from(number: Uncertain) -> Self {
        Self::new(number.value, number.error)
    }
}
