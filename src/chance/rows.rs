//! Rows of a table of observations: an unknown that takes the value of a drawn row, so that columns stay together.

use std::sync::Arc;

/// The column of a table, in the order of its rows, each as likely as the others.
///
/// Unknowns that are drawn by the same uniform number from columns of one table take their values from the same row:
/// what went together in the observations goes together in every future.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    values: Arc<[f64]>,
    median: f64,
}

impl Rows {
    /// A column with one value a row, in the unit of the parameter.
    pub fn new(values: Vec<f64>) -> Self {
        let mut ascending = values.clone();
        ascending.sort_by(f64::total_cmp);
        let middle = ascending.len().div_ceil(2).saturating_sub(1);
        Self {
            median: ascending.get(middle).copied().unwrap_or(f64::NAN),
            values: values.into(),
        }
    }

    /// The values, row by row.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The lower median.
    pub fn median(&self) -> f64 {
        self.median
    }

    /// The value of the row that `u` draws: the rows share (0, 1) in equal parts, in their order.
    pub(super) fn at(&self, u: f64) -> f64 {
        let row = (u * self.values.len() as f64) as usize;
        let last = self.values.len().saturating_sub(1);
        self.values.get(row.min(last)).copied().unwrap_or(f64::NAN)
    }

    /// The share of rows with at most `x`.
    pub(super) fn cdf(&self, x: f64) -> f64 {
        let at_most = self.values.iter().filter(|value| **value <= x).count();
        at_most as f64 / self.values.len() as f64
    }

    /// The mean of the rows.
    pub(super) fn mean(&self) -> f64 {
        self.values.iter().sum::<f64>() / self.values.len() as f64
    }
}
