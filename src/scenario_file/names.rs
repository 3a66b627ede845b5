//! Names of the planner's choice: plans, channels, roles, segments, events. Legal, not too many, and told apart.

use super::diagnostic::Diagnostic;
use super::reader::Reader;
use super::section::{Named, Section};
use super::tree::Key;
use super::wording::{looks, shown};
use std::collections::BTreeMap;

/// Most plans, channels, roles, segments or events.
const MOST_NAMES: usize = 1_000;

impl<'d> Section<'d> {
    /// The sections of this one, each under a name of the planner's choice, in the order of the file.
    pub(super) fn named(&mut self, reader: &mut Reader) -> Vec<Named<'d>> {
        let mut all = Vec::new();
        let mut first: BTreeMap<String, &Key> = BTreeMap::new();
        if let Some(beyond) = self.entries.get(MOST_NAMES) {
            let message = format!("`{}` has {} names", shown(&self.path), self.entries.len());
            reader.report(
                Diagnostic::error(beyond.key.span, message).expected(format!("at most {MOST_NAMES}")),
            );
        }
        for (item, entry) in self.entries.iter().take(MOST_NAMES).enumerate() {
            check_name(reader, &entry.key);
            match first.get(&looks(&entry.key.text)) {
                Some(other) => reader.report(alike(other, &entry.key)),
                None => {
                    first.insert(looks(&entry.key.text), &entry.key);
                }
            }
            let section = self.open(reader, entry, "*", item);
            all.push(Named {
                key: &entry.key,
                section,
            });
        }
        all
    }
}

/// Two names that people take for one.
fn alike(first: &Key, second: &Key) -> Diagnostic {
    let (late, early) = if first.span > second.span {
        (first, second)
    } else {
        (second, first)
    };
    let message = format!(
        "`{}` and `{}` are two names, but look like one",
        shown(&early.text),
        shown(&late.text)
    );
    Diagnostic::warning(late.span, message)
        .expected(format!("did you mean `{}`?", shown(&early.text)))
        .related(early.span, "told here already")
}

/// Names stand in paths, options and file names: letters, digits, `-` and `_`.
fn check_name(reader: &mut Reader, key: &Key) {
    let legal = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if key.text.is_empty() || key.text.chars().count() > 60 || !key.text.chars().all(legal) {
        reader.report(
            Diagnostic::error(key.span, format!("`{}` is no name", shown(&key.text)))
                .expected("a name has letters, digits, `-` and `_`, at most 60")
                .help("what people should read goes into `label = \"…\"`"),
        );
    }
}
