//! Misspelt sections of the document, `[segment.firms]` for `[segments.firms]`: told, and read as meant.

use super::diagnostic::Diagnostic;
use super::reader::Reader;
use super::tree::{Table, Value};
use super::wording::{nearest, shown};

/// The sections of a scenario.
const SECTIONS: [&str; 12] = [
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
];

/// The document with every misspelt section under its right name; each is reported.
pub(super) fn mend(tree: &Table, reader: &mut Reader) -> Table {
    let mut mended = Table::default();
    for entry in &tree.entries {
        let mut entry = entry.clone();
        let is_section = matches!(entry.node.value, Value::Table(_));
        if is_section
            && !SECTIONS.contains(&entry.key.text.as_str())
            && let Some(near) = nearest(&entry.key.text, SECTIONS)
        {
            let message = format!("a scenario has no section `{}`", shown(&entry.key.text));
            reader.report(
                Diagnostic::error(entry.key.span, message).expected(format!("did you mean `{near}`?")),
            );
            near.clone_into(&mut entry.key.text);
        }
        let same = mended
            .entries
            .iter_mut()
            .find(|other| other.key.text == entry.key.text);
        match (same.map(|same| &mut same.node.value), entry.node.value) {
            (Some(Value::Table(told)), Value::Table(more)) => {
                let new = more.entries.into_iter().filter(|more| !told.has(&more.key.text));
                told.entries.extend(new.collect::<Vec<_>>());
            }
            (Some(_), _) => {}
            (None, value) => {
                entry.node.value = value;
                mended.entries.push(entry);
            }
        }
    }
    mended
}
