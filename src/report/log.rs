//! The log of a traced future: an event a line, as CSV or as JSON lines.

use super::csv::of_system;
use crate::engine::trace::event::Event;
use crate::model::scenario::Scenario;
use crate::units::format;
use serde::Serialize;
use std::io::{self, Write};

/// Columns of the log.
pub const COLUMNS: [&str; 7] = ["account", "segment", "week", "event", "by", "wait_weeks", "value"];

/// How events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// A header, then comma-separated values, empty where there is none.
    Csv,
    /// A JSON object a line, `null` where there is none.
    Json,
}

/// Writes events with the names of a scenario.
pub struct Log<'a> {
    scenario: &'a Scenario,
    to: To<'a>,
}

enum To<'a> {
    Csv(Box<::csv::Writer<&'a mut dyn Write>>),
    Json(&'a mut dyn Write),
}

impl std::fmt::Debug for Log<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Log").finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct Row<'a> {
    account: Option<u32>,
    segment: &'a str,
    week: u32,
    event: &'static str,
    by: Option<&'a str>,
    wait_weeks: Option<u32>,
    value: Option<f64>,
}

impl<'a> Log<'a> {
    /// Begins a log.
    ///
    /// # Errors
    /// Those of `to`.
    pub fn begin(scenario: &'a Scenario, lines: Lines, to: &'a mut dyn Write) -> io::Result<Self> {
        let to = match lines {
            Lines::Json => To::Json(to),
            Lines::Csv => {
                let mut table = ::csv::Writer::from_writer(to);
                table.write_record(COLUMNS).map_err(of_system)?;
                To::Csv(Box::new(table))
            }
        };
        Ok(Self { scenario, to })
    }

    /// Writes an event.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&mut self, event: &Event) -> io::Result<()> {
        let by = event.by.map(|by| by.key(self.scenario));
        let row = Row {
            account: event.account,
            segment: self.scenario.segments[event.segment].name.as_str(),
            week: event.week,
            event: event.kind.key(),
            by: by.as_deref(),
            wait_weeks: event.wait,
            value: event.value,
        };
        match &mut self.to {
            To::Json(to) => {
                serde_json::to_writer(&mut *to, &row)?;
                writeln!(to)
            }
            To::Csv(table) => {
                let number =
                    |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
                table
                    .write_record([
                        number(row.account).as_str(),
                        row.segment,
                        number(Some(row.week)).as_str(),
                        row.event,
                        row.by.unwrap_or_default(),
                        number(row.wait_weeks).as_str(),
                        row.value.map(format::machine).unwrap_or_default().as_str(),
                    ])
                    .map_err(of_system)
            }
        }
    }

    /// Ends the log.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn end(self) -> io::Result<()> {
        match self.to {
            To::Json(to) => to.flush(),
            To::Csv(mut table) => table.flush(),
        }
    }
}
