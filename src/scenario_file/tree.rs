//! The document as a tree: what TOML said, each piece with its place, without the library that parsed it.

use super::merge::{below, is_named};
use super::source::Span;
use crate::chance::distribution::Rows;
use std::sync::Arc;

/// A piece of the document.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) span: Span,
}

/// What a piece says.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    Number(Number),
    Flag(bool),
    Date {
        year: u16,
        month: u8,
        day: u8,
    },
    /// A time of day, or a date with one: nothing in the format is.
    Moment(String),
    List(Vec<Node>),
    Table(Table),
    /// A column of a file, where it could be read.
    Column(Option<Arc<Column>>),
}

/// A column of a file of samples.
#[derive(Debug, PartialEq)]
pub(super) struct Column {
    /// The file, as seen from the folder of the scenario: who draws from the same file draws the same row.
    pub(super) file: String,
    /// Its name in the header of the file.
    pub(super) name: String,
    /// Its values.
    pub(super) rows: Rows,
    /// Hash of its values, hexadecimal.
    pub(super) sha256: String,
}

impl Value {
    /// What kind of thing it is, for messages.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date { .. } => "a date",
            Self::Moment(_) => "a time",
            Self::List(_) => "a list",
            Self::Table(_) => "a group of values",
            Self::Column(_) => "a column of a file",
        }
    }
}

/// A number as typed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    /// Its value.
    pub(super) value: f64,
    /// The same if it was typed as an integer.
    pub(super) integer: Option<i128>,
    /// Whether it looks like thousands with a point between them: `8.000`.
    pub(super) in_thousands: bool,
}

/// Keys and what they say, in the order of the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
}

impl Table {
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key.text == key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }
}

/// A key and what it says.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: Key,
    pub(super) node: Node,
}

/// A key.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) span: Span,
}

/// The document without comments, spaces and line ends, its keys sorted where their order means nothing: what its
/// hash is taken of.
pub(super) fn canonical(table: &Table) -> String {
    let mut out = String::new();
    write_table(table, "", &mut out);
    out
}

fn write_table(table: &Table, pattern: &str, out: &mut String) {
    let mut entries: Vec<&Entry> = table.entries.iter().collect();
    if !is_named(pattern) {
        entries.sort_by(|a, b| a.key.text.cmp(&b.key.text));
    }
    out.push('{');
    for (i, entry) in entries.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write_text(&entry.key.text, out);
        out.push(':');
        write_value(&entry.node.value, &below(pattern, &entry.key.text), out);
    }
    out.push('}');
}

fn write_value(value: &Value, pattern: &str, out: &mut String) {
    match value {
        Value::Text(text) => write_text(text, out),
        Value::Number(number) => match number.integer {
            Some(integer) => out.push_str(&integer.to_string()),
            None => out.push_str(&number.value.to_string()),
        },
        Value::Flag(flag) => out.push_str(&flag.to_string()),
        Value::Date { year, month, day } => out.push_str(&format!("@{year}-{month}-{day}")),
        Value::Moment(moment) => out.push_str(&format!("@{moment}")),
        Value::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_value(&item.value, "[]", out);
            }
            out.push(']');
        }
        Value::Table(table) => write_table(table, pattern, out),
        Value::Column(None) => out.push('?'),
        Value::Column(Some(column)) => {
            write_text(&column.file, out);
            out.push('/');
            write_text(&column.name, out);
            write_text(&column.sha256, out);
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
}
