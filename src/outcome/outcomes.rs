//! What was lived: numbers per replication, weekly values of the first replications.
//!
//! The waist between engine and analysis. Layout is by replication, so that any cut of the replications into
//! pieces joins to the same bytes.

use crate::units::unit::Unit;

/// Whether more of a measure is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    More,
    /// Less is better.
    Less,
    /// Neither.
    Neither,
}

/// How a measure is read from the recorded numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A recorded number; NaN where undefined.
    Amount(usize),
    /// Ratio of two recorded numbers, of means over the replications in which the second is above 0.
    Ratio {
        /// Column of the numerator.
        of: usize,
        /// Column of the denominator.
        per: usize,
    },
}

/// A measure of this scenario, such as `utilisation.ae`.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Key in JSON, CSV and options.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// Which direction is better.
    pub better: Better,
    /// What it means.
    pub about: &'static str,
    /// How it is read.
    pub rule: Rule,
}

/// Numbers of all plans and replications.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcomes {
    /// The measures.
    pub readings: Vec<Reading>,
    /// Recorded numbers per plan and replication.
    pub columns: usize,
    /// Plans.
    pub plans: usize,
    /// Replications.
    pub replications: usize,
    /// `numbers[(replication * plans + plan) * columns + column]`.
    pub numbers: Vec<f64>,
}

impl Outcomes {
    /// A recorded number of a plan, by replication.
    pub fn column(&self, plan: usize, column: usize) -> impl ExactSizeIterator<Item = f64> + '_ {
        let stride = self.plans * self.columns;
        let first = plan * self.columns + column;
        (0..self.replications).map(move |replication| self.numbers[replication * stride + first])
    }

    /// The reading with this key.
    pub fn reading(&self, id: &str) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.id == id)
    }
}

/// A weekly series of this scenario, such as `spend.search`.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesReading {
    /// Key in `weekly.csv`.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// Also reduce the paired difference to the first plan.
    pub paired: bool,
}

/// Weekly values of the first replications, in blocks of 64.
#[derive(Debug, Clone, PartialEq)]
pub struct WeeklyRecord {
    /// What is followed.
    pub series: Vec<SeriesReading>,
    /// Weeks of the horizon.
    pub weeks: usize,
    /// Plans.
    pub plans: usize,
    /// Replications recorded.
    pub replications: usize,
    /// `values[(((block * plans + plan) * series + s) * weeks + week) * 64 + replication % 64]`; the end of the
    /// last block beyond the replications recorded means nothing.
    pub values: Vec<f32>,
}

/// Replications per block of work and of weekly values.
pub const BLOCK: usize = 64;
