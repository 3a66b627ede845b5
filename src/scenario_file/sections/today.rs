//! `[today]`: the state on the start date; what it leaves out starts steady (docs/model.md, 3).

use crate::model::scenario::Today;
use crate::scenario_file::diagnostic::Diagnostic;
use crate::scenario_file::quantity::numbers;
use crate::scenario_file::reader::{Names, Reader};
use crate::scenario_file::section::Section;
use crate::scenario_file::tree::Entry;

/// Reads the section.
pub(in crate::scenario_file) fn read(mut section: Section<'_>, reader: &mut Reader, names: &Names) -> Today {
    let (roles, segments) = (names.roles.as_slice(), names.segments.as_slice());
    let customers = amounts(&mut section, reader, "customers", segments, "segment");
    let today = Today {
        cash: section.told(reader, "cash"),
        team: amounts(&mut section, reader, "team", roles, "role"),
        tenure_weeks: tenures(&mut section, reader, roles),
        pipeline: amounts(&mut section, reader, "pipeline", segments, "segment"),
        customers: customers.into_iter().map(|told| told.unwrap_or(0.0)).collect(),
        relationship: amounts(&mut section, reader, "relationship", segments, "segment"),
        cooling: amounts(&mut section, reader, "cooling", segments, "segment"),
        insight: section.told(reader, "insight"),
    };
    section.finish(reader);
    today
}

/// A number per name, such as `team = { ae = 8 }`.
fn amounts(
    section: &mut Section<'_>,
    reader: &mut Reader,
    key: &'static str,
    names: &[String],
    what: &str,
) -> Vec<Option<f64>> {
    let mut amounts = vec![None; names.len()];
    if let Some(entry) = section.entry(key) {
        let path = section.path_of(key);
        let told = reader.by_name(entry, &path, names, what);
        if told.is_empty() {
            return amounts;
        }
        let below = section.sub(reader, key);
        for (at, entry) in told {
            let amount = below.of_name(reader, entry, at);
            if let Some(slot) = amounts.get_mut(at) {
                *slot = Some(amount);
            }
        }
    }
    amounts
}

fn tenures(section: &mut Section<'_>, reader: &mut Reader, roles: &[String]) -> Vec<Vec<f64>> {
    let mut tenures = vec![Vec::new(); roles.len()];
    if let Some(entry) = section.entry("tenure_weeks") {
        for (at, entry) in reader.by_name(entry, "today.tenure_weeks", roles, "role") {
            if let Some(slot) = tenures.get_mut(at) {
                *slot = tenure(reader, entry);
            }
        }
    }
    tenures
}

/// Weeks since hire, longest first.
fn tenure(reader: &mut Reader, entry: &Entry) -> Vec<f64> {
    let mut weeks = numbers(&entry.node).unwrap_or_default();
    if weeks.is_empty() || weeks.iter().any(|weeks| *weeks < 0.0) {
        reader.report(
            Diagnostic::error(
                entry.node.span,
                format!("`today.tenure_weeks.{}` cannot be this", entry.key.text),
            )
            .expected("expected weeks since hire, one number of 0 or more per head: `[120, 80, 9]`"),
        );
    }
    weeks.sort_by(|a, b| b.total_cmp(a));
    reader.told_at(&format!("today.tenure_weeks.{}", entry.key.text), entry.node.span);
    weeks
}
