//! Many replications in parallel, the same bits for any number of threads.

use crate::model::scenario::Scenario;
use crate::outcome::aim::Aim;
use crate::outcome::outcomes::{Outcomes, WeeklyRecord};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64};

/// What to live.
#[derive(Debug, Clone)]
pub struct Run {
    /// Positions of the plans in the scenario; the first of these is the baseline of weekly differences.
    pub plans: Vec<usize>,
    /// Seed.
    pub seed: u64,
    /// Replications by number.
    pub replications: Range<u64>,
    /// Threads; 0 = as many as there are cores.
    pub threads: usize,
    /// Replications, from the first, whose weekly values are kept.
    pub weekly_replications: usize,
    /// Objective and target.
    pub aim: Aim,
}

/// What the caller sees and says while replications are lived.
#[derive(Debug, Default)]
pub struct Control {
    /// Replications done.
    pub done: AtomicU64,
    /// Set to stop early.
    pub cancel: AtomicBool,
}

/// What was lived.
#[derive(Debug, Clone, PartialEq)]
pub struct Lived {
    /// Numbers per replication.
    pub outcomes: Outcomes,
    /// Weekly values.
    pub weekly: WeeklyRecord,
    /// Draws of unknowns that could not be inverted and were moved to the nearest that can, by path.
    pub moved: Vec<(String, u64)>,
}

/// Stopped before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("interrupted")]
pub struct Interrupted;

/// Lives every plan in every replication.
///
/// # Errors
/// `Interrupted` if `control.cancel` was set before the end.
pub fn simulate(_scenario: &Scenario, _run: &Run, _control: &Control) -> Result<Lived, Interrupted> {
    Err(Interrupted)
}
