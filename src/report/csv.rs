//! `replications.csv` and `weekly.csv`: one header line, numbers in the shortest digits that read back, empty
//! where undefined.

use crate::analysis::findings::Weekly;
use crate::outcome::estimate;
use crate::outcome::outcomes::{Outcomes, Rule};
use crate::units::format;
use std::io::{self, Write};

/// Rows of `replications.csv` at most, unless all are asked for.
pub const MOST_ROWS: usize = 100_000;

/// Which rows of `replications.csv` are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// The first futures of all plans, `MOST_ROWS` rows at most.
    First,
    /// Every future.
    All,
}

impl Rows {
    /// Futures written, of those lived.
    pub fn futures(self, outcomes: &Outcomes) -> usize {
        match self {
            Self::First => outcomes.replications.min(MOST_ROWS / outcomes.plans.max(1)),
            Self::All => outcomes.replications,
        }
    }
}

/// Writes plan, replication (from 1) and every measure; the plans of a replication follow each other.
///
/// # Errors
/// Those of `to`.
pub fn replications(outcomes: &Outcomes, plans: &[&str], rows: Rows, to: &mut dyn Write) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(to);
    let ids = outcomes.readings.iter().map(|reading| reading.id.as_str());
    table
        .write_record(["plan", "replication"].into_iter().chain(ids))
        .map_err(of_system)?;
    for replication in 0..rows.futures(outcomes) {
        let number = (replication + 1).to_string();
        for (index, plan) in plans.iter().enumerate().take(outcomes.plans) {
            table.write_field(plan).map_err(of_system)?;
            table.write_field(&number).map_err(of_system)?;
            let first = (replication * outcomes.plans + index) * outcomes.columns;
            let numbers = &outcomes.numbers[first..first + outcomes.columns];
            for reading in &outcomes.readings {
                let value = match reading.rule {
                    Rule::Amount(column) => numbers[column],
                    Rule::Ratio { of, per } => estimate::quotient(numbers[of], numbers[per]),
                };
                table.write_field(format::machine(value)).map_err(of_system)?;
            }
            table.write_record(None::<&[u8]>).map_err(of_system)?;
        }
    }
    table.flush()
}

/// Writes plan, week, series and its bands, with the seven digits that weekly values are kept with.
///
/// # Errors
/// Those of `to`.
pub fn weekly(weekly: &Weekly, plans: &[&str], to: &mut dyn Write) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(to);
    table
        .write_record([
            "plan", "week", "series", "mean", "p5", "p10", "p25", "p50", "p75", "p90", "p95",
        ])
        .map_err(of_system)?;
    let weeks = weekly.weeks as usize;
    for (index, plan) in plans.iter().enumerate() {
        for (position, series) in weekly.series.iter().enumerate() {
            let first = (index * weekly.series.len() + position) * weeks;
            for (week, band) in weekly.bands.iter().skip(first).take(weeks).enumerate() {
                table.write_field(plan).map_err(of_system)?;
                table.write_field((week + 1).to_string()).map_err(of_system)?;
                table.write_field(&series.id).map_err(of_system)?;
                for x in [
                    band.mean, band.p05, band.p10, band.p25, band.p50, band.p75, band.p90, band.p95,
                ] {
                    table
                        .write_field(format::machine(seven_digits(x)))
                        .map_err(of_system)?;
                }
                table.write_record(None::<&[u8]>).map_err(of_system)?;
            }
        }
    }
    table.flush()
}

/// The error of the writer below, so that a full disk is known as one.
pub(super) fn of_system(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The number rounded to seven significant digits.
fn seven_digits(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let exponent = 6 - libm::floor(libm::log10(x.abs())) as i32;
    let power = (0..exponent.unsigned_abs().min(300)).fold(1.0, |power, _| power * 10.0);
    // Dividing by a whole power of ten gives the number that the short decimal reads as.
    if exponent >= 0 {
        (x * power).round() / power
    } else {
        (x / power).round() * power
    }
}
