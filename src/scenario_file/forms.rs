//! Numbers of a section that may be told in another form: by a yearly share, by care, by two targetings.

use super::reader::Reader;
use super::section::Section;
use super::tree::{Entry, Node, Table, Value};
use crate::model::scenario::{Hazard, Targeting};
use crate::model::segment::CareRate;

impl Section<'_> {
    /// `x = 0.3` or `x = { yearly_share = 0.3 }`.
    pub(super) fn hazard(&mut self, reader: &mut Reader, key: &'static str) -> Hazard {
        if table(self.entry(key)).is_some_and(|table| table.has("yearly_share")) {
            let mut below = self.sub(reader, key);
            let share = below.required(reader, "yearly_share");
            below.finish(reader);
            return Hazard::YearlyShare(share);
        }
        Hazard::PerYear(self.number_or(reader, key, &["yearly_share"]))
    }

    /// `{ covered = …, uncovered = … }`, if that is how `key` is told.
    pub(super) fn care(&mut self, reader: &mut Reader, key: &'static str) -> Option<(f64, f64)> {
        let told = table(self.entry(key))?;
        if !told.has("covered") && !told.has("uncovered") {
            return None;
        }
        let mut below = self.sub(reader, key);
        let rates = (
            below.required(reader, "covered"),
            below.required(reader, "uncovered"),
        );
        below.finish(reader);
        Some(rates)
    }

    /// A rate that may depend on care.
    pub(super) fn care_rate(&mut self, reader: &mut Reader, key: &'static str) -> CareRate {
        match self.care(reader, key) {
            Some((covered, uncovered)) => CareRate::Care { covered, uncovered },
            None => CareRate::Flat(self.number_or(reader, key, &["covered", "uncovered"])),
        }
    }

    /// `{ base = …, max = … }`.
    pub(super) fn targeting(&mut self, reader: &mut Reader, key: &'static str) -> Targeting {
        let mut below = self.sub(reader, key);
        let base = below.number(reader, "base");
        let max = below.told(reader, "max").unwrap_or(base);
        below.finish(reader);
        Targeting { base, max }
    }
}

fn table(entry: Option<&Entry>) -> Option<&Table> {
    match entry.map(|entry| &entry.node) {
        Some(Node {
            value: Value::Table(table),
            ..
        }) => Some(table),
        _ => None,
    }
}
