//! TOML text to a tree, with every mistake of syntax. The only file that knows the TOML library.

use super::diagnostic::Diagnostic;
use super::source::{Sources, Span};
use super::tree::{Entry, Key, Node, Number, Table, Value};
use toml::de::{DeTable, DeValue};

/// A longer text is no scenario.
const LONGEST: usize = 4 << 20;
/// More dots in a row than this are no path of a scenario.
const DEEPEST: usize = 64;

/// The tree of `text` and what is wrong with its syntax; the text is added to `sources`.
pub(super) fn parse(text: &str, name: &str, sources: &mut Sources) -> (Table, Vec<Diagnostic>) {
    let text = text
        .strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n");
    let base = sources.add(name, if text.len() > LONGEST { "" } else { &text });
    if text.len() > LONGEST {
        return too(
            Span::WHOLE,
            "this file is too long for a scenario",
            "a scenario has a few hundred lines; 4 MiB are the limit",
        );
    }
    if let Some((start, end)) = too_deep(&text) {
        let span = Span {
            start: base + start,
            end: base + end,
        };
        return too(
            span,
            "this key goes too deep",
            "the deepest path of a scenario has five parts",
        );
    }
    let (document, errors) = DeTable::parse_recoverable(&text);
    let tree = table(document.get_ref(), base, 0);
    let errors = errors.iter().map(|error| syntax(error, base, &text)).collect();
    (tree, errors)
}

fn too(span: Span, message: &str, expected: &str) -> (Table, Vec<Diagnostic>) {
    (
        Table::default(),
        vec![Diagnostic::error(span, message).expected(expected)],
    )
}

/// The first line with a run of more than `DEEPEST` dots between keys; deep paths would exhaust the stack.
fn too_deep(text: &str) -> Option<(usize, usize)> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let key = line.split('=').next().unwrap_or_default();
        let dots = line.bytes().filter(|b| *b == b'.').count();
        if dots > DEEPEST && longest_run(line) > DEEPEST {
            return Some((start, start + key.trim_end().len().min(80)));
        }
        start += line.len();
    }
    None
}

/// Longest run of dots that nothing but parts of keys separates.
fn longest_run(line: &str) -> usize {
    let (mut run, mut longest) = (0usize, 0);
    for c in line.chars() {
        match c {
            '.' => run += 1,
            '=' | ',' | '{' | '}' | '[' | ']' | '#' => run = 0,
            _ => {}
        }
        longest = longest.max(run);
    }
    longest
}

fn syntax(error: &toml::de::Error, base: usize, text: &str) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let place = Span {
        start: base + span.start,
        end: base + span.end,
    };
    let message = error.message();
    let typed = text.get(span).unwrap_or_default();
    if message.starts_with("duplicate key") {
        return Diagnostic::error(place, format!("`{}` is said twice", super::wording::shown(typed)))
            .expected("said before, in the same section")
            .help("keep one of the two");
    }
    Diagnostic::error(place, format!("this is not TOML: {message}"))
        .help("a line is `key = value`; text stands in \"quotes\", a section is `[name]`, a list `[1, 2]`, a table `{ low = 1, high = 2 }`")
}

fn table(table: &DeTable<'_>, base: usize, depth: usize) -> Table {
    if depth > 200 {
        return Table::default();
    }
    let entries = table
        .iter()
        .map(|(key, value)| Entry {
            key: Key {
                text: key.get_ref().to_string(),
                span: at(key.span(), base),
            },
            node: node(value.get_ref(), at(value.span(), base), base, depth + 1),
        })
        .collect();
    Table { entries }
}

fn at(range: std::ops::Range<usize>, base: usize) -> Span {
    Span {
        start: base + range.start,
        end: base + range.end,
    }
}

fn node(value: &DeValue<'_>, span: Span, base: usize, depth: usize) -> Node {
    let value = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(integer) => integer_number(integer.as_str(), integer.radix()),
        DeValue::Float(float) => Value::Number(Number {
            value: float.as_str().parse().unwrap_or(f64::NAN),
            integer: None,
        }),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(moment) => match (moment.date, moment.time) {
            (Some(date), None) => Value::Date {
                year: date.year,
                month: date.month,
                day: date.day,
            },
            _ => Value::Moment(moment.to_string()),
        },
        DeValue::Array(items) if depth <= 200 => Value::List(
            items
                .iter()
                .map(|item| node(item.get_ref(), at(item.span(), base), base, depth + 1))
                .collect(),
        ),
        DeValue::Array(_) => Value::List(Vec::new()),
        DeValue::Table(inner) => Value::Table(table(inner, base, depth + 1)),
    };
    Node { value, span }
}

fn integer_number(text: &str, radix: u32) -> Value {
    let integer = i128::from_str_radix(text, radix).ok();
    #[allow(clippy::cast_precision_loss)]
    let value = integer.map_or_else(|| text.parse().unwrap_or(f64::NAN), |i| i as f64);
    Value::Number(Number { value, integer })
}
