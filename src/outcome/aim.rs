//! What plans are judged by: the objective and the target.

use super::measure::Measure;

/// What plans are judged by.
#[derive(Debug, Clone)]
pub struct Aim {
    /// The measure that decides.
    pub objective: &'static Measure,
    /// What is to be reached.
    pub target: Option<Target>,
}

/// An amount of a measure to be reached (at most, where less is better).
#[derive(Debug, Clone)]
pub struct Target {
    /// The measure.
    pub measure: &'static Measure,
    /// The amount.
    pub amount: f64,
}
