//! Switch points: the value of a parameter at which the better of two choices changes.
//!
//! Both choices are lived at several values of the parameter in the same futures. Between neighbouring values every
//! future's difference is read off a straight line, so the mean difference and its error are known everywhere. The
//! point is where the mean is zero; its interval holds all values at which the mean is not told from zero: a test
//! inverted, as Fieller, *Some Problems in Interval Estimation*, J. R. Statist. Soc. B 16 (1954), 175–185.

use super::findings::Uncertain;
use serde::{Deserialize, Serialize};

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Switch {
    /// Path of the parameter.
    pub parameter: String,
    /// Its unit key.
    pub unit: String,
    /// Lowest value looked at.
    pub from: f64,
    /// Highest value looked at.
    pub to: f64,
    /// Its value in the scenario; the typical one of an interval.
    pub now: Option<f64>,
    /// What is ahead where the difference is above 0.
    pub ahead: String,
    /// What is ahead where it is below 0.
    pub behind: String,
    /// Futures at every value.
    pub replications: u64,
    /// The values looked at, ascending, and the difference there: above 0 `ahead` is better, whatever the measure.
    pub points: Vec<SwitchPoint>,
    /// Where the difference changes its sign, ascending.
    pub crossings: Vec<Crossing>,
}

/// The difference at a value of the parameter.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SwitchPoint {
    /// Value of the parameter.
    pub at: f64,
    /// Difference of the two choices.
    pub difference: Uncertain,
}

/// A change of sign.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Crossing {
    /// Where the mean difference is zero.
    pub at: f64,
    /// From here on it is not told from zero (95 %); `None` if that reaches the lowest value looked at.
    pub low: Option<f64>,
    /// Up to here; `None` if that reaches the highest.
    pub high: Option<f64>,
    /// Whether `ahead` is the better choice above the point.
    pub ahead_above: bool,
}
