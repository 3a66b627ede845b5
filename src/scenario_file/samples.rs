//! Observed values: a list, or a column of a CSV file, whose columns are drawn row by row together (docs/model.md, 5).

use super::diagnostic::Diagnostic;
use super::document::sha256;
use super::files;
use super::load::{Loader, text_of};
use super::parse::plain;
use super::quantity::{MOST_VALUES, Target, percent};
use super::reader::{MOST_DIAGNOSTICS, Reader};
use super::sheet::Sheet;
use super::source::Span;
use super::tree::{Column, Entry, Node, Table, Value};
use super::wording::{allowed, grouped, listed, nearest, number, shown};
use crate::chance::distribution::{Distribution, Rows};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How samples of a file are told.
const SHAPE: &str = "expected `{ file = \"wins.csv\", column = \"win_rate\" }`";

impl Reader {
    /// `[0.2, 0.3]`, or a column that was read.
    pub(super) fn samples(&mut self, entry: &Entry, target: &Target) -> Option<Distribution> {
        if let Value::Column(column) = &entry.node.value {
            // Why a column could not be read is told already.
            let rows = column.as_ref()?.rows.clone();
            let (median, range) = (rows.median(), target.parameter.range);
            if !range.contains(median) {
                let message = format!(
                    "`{}` cannot be {} as in half of the rows of this column",
                    shown(&target.path),
                    number(median)
                );
                let diagnostic = Diagnostic::error(entry.node.span, message)
                    .expected(format!("expected {}", allowed(target.parameter)));
                self.report(percent(diagnostic, median, range.low, range.high));
                return None;
            }
            return Some(Distribution::Rows(rows));
        }
        let shape = "a list of values, `[0.2, 0.3, 0.25]`, or `{ file = \"…\", column = \"…\" }`";
        let values = self.values(entry, target, None, shape)?;
        let legal = self.all_legal(entry, &values, target);
        legal.then(|| self.made(&entry.node, target, Distribution::samples(values)))?
    }
}

/// The file from whose rows the distribution `table` is drawn.
pub(super) fn file(table: &Table) -> Option<&str> {
    match &table.get("samples")?.node.value {
        Value::Column(Some(column)) => Some(&column.file),
        _ => None,
    }
}

/// Reads every column that `tree` names, in its place.
pub(super) fn resolve(tree: &mut Table, loader: &mut Loader<'_>) {
    Columns {
        loader,
        sheets: BTreeMap::new(),
        columns: BTreeMap::new(),
    }
    .within(tree);
}

struct Columns<'l, 'a> {
    loader: &'l mut Loader<'a>,
    /// By path; `None` for a file that cannot be read, which is told.
    sheets: BTreeMap<PathBuf, Option<Sheet>>,
    /// By file and name.
    columns: BTreeMap<(PathBuf, String), Arc<Column>>,
}

impl Columns<'_, '_> {
    fn within(&mut self, table: &mut Table) {
        for entry in &mut table.entries {
            let is_samples = entry.key.text == "samples";
            match &mut entry.node.value {
                Value::Table(told) if is_samples && (told.has("file") || told.has("column")) => {
                    let column = self.column(entry.node.span, told);
                    entry.node.value = Value::Column(column);
                }
                Value::Table(below) => self.within(below),
                _ => {}
            }
        }
    }

    /// The column that `{ file = "…", column = "…" }` names.
    fn column(&mut self, span: Span, told: &Table) -> Option<Arc<Column>> {
        if self.loader.diagnostics.len() >= MOST_DIAGNOSTICS {
            return None;
        }
        let mut wrong = Vec::new();
        let column = self.read(span, told, &mut wrong);
        self.loader.diagnostics.append(&mut wrong);
        column
    }

    fn read(&mut self, span: Span, told: &Table, wrong: &mut Vec<Diagnostic>) -> Option<Arc<Column>> {
        let unknown = |entry: &&Entry| !["file", "column"].contains(&entry.key.text.as_str());
        if let Some(other) = told.entries.iter().find(unknown) {
            let message = format!("`samples` has no key `{}`", shown(&other.key.text));
            wrong.push(Diagnostic::error(other.key.span, message).expected(SHAPE));
            return None;
        }
        let (file, file_span) = text(span, told, "file", wrong)?;
        let path = self.loader.path_of(file_span, file);
        if !self.sheets.contains_key(&path) {
            let sheet = self.open(file_span, file, &path, wrong);
            self.sheets.insert(path.clone(), sheet);
        }
        let sheet = self.sheets.get(&path)?.as_ref()?;
        let names = format!("the columns are {}", listed(sheet.names().take(12), "and"));
        let Some((name, name_span)) = text(span, told, "column", wrong) else {
            if let Some(last) = wrong.last_mut() {
                last.help.push(names);
            }
            return None;
        };
        let key = (path.clone(), name.to_owned());
        if let Some(column) = self.columns.get(&key) {
            return Some(Arc::clone(column));
        }
        let (file, called) = (shown(file), shown(name));
        let diagnostic = match sheet.positions(name).as_slice() {
            [position] => match sheet.values(*position, MOST_VALUES) {
                Ok(values) if (1..=MOST_VALUES).contains(&values.len()) => {
                    let column = Arc::new(Column {
                        file: files::text(&path),
                        name: name.to_owned(),
                        sha256: sha256(&values.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>()),
                        rows: Rows::new(values),
                    });
                    self.columns.insert(key, Arc::clone(&column));
                    return Some(column);
                }
                Ok(values) => count(file_span, &file, values.len()),
                Err(cells) => {
                    wrong.extend(cells);
                    return None;
                }
            },
            [] => Diagnostic::error(name_span, format!("`{file}` has no column `{called}`")).expected(
                match nearest(name, sheet.names()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => names,
                },
            ),
            _ => Diagnostic::error(
                name_span,
                format!("`{file}` has several columns called `{called}`"),
            )
            .expected("rename all but one in the file"),
        };
        wrong.push(diagnostic);
        None
    }

    fn open(&mut self, span: Span, named: &str, path: &Path, wrong: &mut Vec<Diagnostic>) -> Option<Sheet> {
        let bytes = self.loader.bytes(span, named, path)?;
        let not_text = Diagnostic::error(span, format!("`{}` is not UTF-8 text", shown(named)));
        match text_of(not_text, &bytes) {
            Ok(told) => {
                let told = plain(told);
                let base = self.loader.sources.add(&self.loader.display(path), &told);
                Some(Sheet::new(told, base))
            }
            Err(diagnostic) => {
                wrong.push(*diagnostic);
                None
            }
        }
    }
}

fn text<'t>(span: Span, told: &'t Table, key: &str, wrong: &mut Vec<Diagnostic>) -> Option<(&'t str, Span)> {
    let diagnostic = match told.get(key).map(|entry| &entry.node) {
        Some(Node {
            value: Value::Text(text),
            span,
        }) => return Some((text, *span)),
        Some(node) => Diagnostic::error(
            node.span,
            format!("`{key}` of samples cannot be {}", node.value.kind()),
        ),
        None => Diagnostic::error(span, format!("these samples have no `{key}`")),
    };
    wrong.push(diagnostic.expected(SHAPE));
    None
}

/// Too few rows, or too many.
fn count(span: Span, file: &str, rows: usize) -> Diagnostic {
    let most = grouped(&MOST_VALUES.to_string());
    let (message, expected) = if rows == 0 {
        (
            "has no row below its header".to_owned(),
            "one observation a row".to_owned(),
        )
    } else {
        (format!("has more than {most} rows"), format!("at most {most}"))
    };
    Diagnostic::error(span, format!("`{file}` {message}")).expected(expected)
}
