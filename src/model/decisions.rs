//! What a search may change of a plan, and the limits that it keeps (docs/optimize.md).

use super::parameters::Range;

/// What may change, and within which limits; shares are 0 to 1, money a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Decisions {
    /// The marketing share, one for the whole horizon or one a phase.
    pub split: bool,
    /// Lengths in weeks of the phases but the last, which lasts to the end; empty = one share.
    pub phase_weeks: Vec<u32>,
    /// How the channel money is shared.
    pub channels: bool,
    /// How the sales money is shared.
    pub roles: bool,
    /// The budget of a year.
    pub budget: bool,
    /// Finest step of shares, mixes and budget, whole percents; divides 100.
    pub step: u32,
    /// Marketing share of every phase.
    pub marketing_share: Range,
    /// Factor on the annual budget.
    pub budget_factor: Range,
    /// Working money of each channel in every phase.
    pub spend: Vec<Range>,
    /// Most by which the marketing share may change from one phase to the next, the first against today's.
    pub most_change: Option<f64>,
    /// Most target heads of each role in every phase.
    pub most_heads: Vec<Option<f64>>,
    /// Cash that must not run out.
    pub cash: Option<CashFloor>,
}

/// Least cash that is to be kept in most futures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CashFloor {
    /// Money that cash must not fall below in any week of the horizon.
    pub least: f64,
    /// Share of futures in which that must hold.
    pub probability: f64,
}

impl Decisions {
    /// One split for the whole horizon, nothing else, without limits.
    pub fn split_alone(channels: usize, roles: usize) -> Self {
        Self {
            split: true,
            phase_weeks: Vec::new(),
            channels: false,
            roles: false,
            budget: false,
            step: 1,
            marketing_share: Range { low: 0.0, high: 1.0 },
            budget_factor: Range { low: 0.5, high: 2.0 },
            spend: vec![
                Range {
                    low: 0.0,
                    high: f64::INFINITY,
                };
                channels
            ],
            most_change: None,
            most_heads: vec![None; roles],
            cash: None,
        }
    }
}
