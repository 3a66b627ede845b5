//! Misspelt sections of the document, `[segment.firms]` for `[segments.firms]`: told, and read as meant.

use super::diagnostic::Diagnostic;
use super::reader::Reader;
use super::tree::{Entry, Table, Value};
use super::wording::{nearest, shown};

/// The sections of a scenario.
pub(super) const SECTIONS: [&str; 13] = [
    "scenario",
    "budget",
    "plans",
    "today",
    "actuals",
    "environment",
    "channels",
    "roles",
    "work",
    "segments",
    "feedback",
    "finance",
    "optimize",
];

/// The sections of a segment.
const OF_A_SEGMENT: [&str; 5] = ["awareness", "leads", "deals", "availability", "customers"];

/// The document with every misspelt section under its right name; each is reported.
pub(super) fn mend(tree: &Table, reader: &mut Reader) -> Table {
    let mut document = mended(tree, &SECTIONS, "a scenario", reader);
    let segments = document
        .entries
        .iter_mut()
        .find(|entry| entry.key.text == "segments");
    if let Some(Value::Table(segments)) = segments.map(|entry| &mut entry.node.value) {
        for segment in &mut segments.entries {
            let owner = format!("[segments.{}]", shown(&segment.key.text));
            if let Value::Table(sections) = &mut segment.node.value {
                *sections = mended(sections, &OF_A_SEGMENT, &owner, reader);
            }
        }
    }
    document
}

fn mended(tree: &Table, known: &[&str], owner: &str, reader: &mut Reader) -> Table {
    let mut mended = Table::default();
    for entry in &tree.entries {
        let mut entry = entry.clone();
        let is_full = reader.is_full();
        let is_section = matches!(entry.node.value, Value::Table(_));
        if is_section
            && !is_full
            && !known.contains(&entry.key.text.as_str())
            && let Some(near) = nearest(&entry.key.text, known.iter().copied())
        {
            let message = format!("{owner} has no section `{}`", shown(&entry.key.text));
            reader.report(
                Diagnostic::error(entry.key.span, message).expected(format!("did you mean `{near}`?")),
            );
            near.clone_into(&mut entry.key.text);
        }
        if known.contains(&entry.key.text.as_str()) {
            add(&mut mended, entry);
        } else {
            mended.entries.push(entry);
        }
    }
    mended
}

/// Adds an entry; a section that is there already gets what it does not say.
fn add(table: &mut Table, mut entry: Entry) {
    let same = table
        .entries
        .iter_mut()
        .find(|other| other.key.text == entry.key.text);
    match (same.map(|same| &mut same.node.value), entry.node.value) {
        (Some(Value::Table(told)), Value::Table(more)) => {
            let new: Vec<Entry> = more
                .entries
                .into_iter()
                .filter(|more| !told.has(&more.key.text))
                .collect();
            told.entries.extend(new);
        }
        (Some(_), _) => {}
        (None, value) => {
            entry.node.value = value;
            table.entries.push(entry);
        }
    }
}
