//! TOML text to a tree, with every mistake of syntax. The only file that knows the TOML library.

use super::diagnostic::Diagnostic;
use super::source::{Sources, Span};
use super::tree::{Entry, Key, Node, Number, Table, Value};
use super::wording::{number, shown};
use toml::de::{DeTable, DeValue};

/// A longer text is no scenario.
const LONGEST: usize = 4 << 20;
/// Deeper pieces are no part of any section. (The library itself ends a path after 80 keys.)
const DEEPEST: usize = 200;

/// More mistakes of syntax than this are not told one by one.
const MOST_ERRORS: usize = 200;

/// The tree of `text` and what is wrong with its syntax; the text is added to `sources`.
pub(super) fn parse(text: &str, name: &str, sources: &mut Sources) -> (Table, Vec<Diagnostic>) {
    let text = plain(text);
    let base = sources.add(name, if text.len() > LONGEST { "" } else { &text });
    if text.len() > LONGEST {
        return too(
            Span {
                start: base,
                end: base,
            },
            "this file is too long for a scenario",
            "a scenario has a few hundred lines; 4 MiB are the limit",
        );
    }
    let (document, errors) = DeTable::parse_recoverable(&text);
    let tree = table(document.get_ref(), base, 0);
    let errors = errors
        .iter()
        .take(MOST_ERRORS)
        .map(|error| syntax(error, base, &text, &tree))
        .collect();
    (tree, errors)
}

/// Text without byte order mark and carriage returns.
pub(super) fn plain(text: &str) -> String {
    text.strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n")
}

/// The value that `text` is, if it is one; else what is wrong with it. Its bytes are numbered from `base`.
pub(super) fn value(text: &str, base: usize) -> Result<Node, Box<Diagnostic>> {
    const KEY: &str = "x=";
    let line = format!("{KEY}{text}");
    let base = base.saturating_sub(KEY.len());
    let (document, errors) = DeTable::parse_recoverable(&line);
    let mut tree = table(document.get_ref(), base, 0);
    if let Some(error) = errors.first() {
        return Err(Box::new(syntax(error, base, &line, &tree)));
    }
    match (tree.entries.pop(), tree.entries.is_empty()) {
        (Some(entry), true) => Ok(entry.node),
        _ => Err(Box::new(Diagnostic::error(
            Span {
                start: base + KEY.len(),
                end: base + line.len(),
            },
            "this is more than one value",
        ))),
    }
}

fn too(span: Span, message: &str, expected: &str) -> (Table, Vec<Diagnostic>) {
    (
        Table::default(),
        vec![Diagnostic::error(span, message).expected(expected)],
    )
}

fn syntax(error: &toml::de::Error, base: usize, text: &str, tree: &Table) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let place = Span {
        start: base + span.start,
        end: base + span.end,
    };
    let message = error.message();
    let typed = text.get(span).unwrap_or_default();
    if message.starts_with("duplicate key") {
        let mut diagnostic = Diagnostic::error(place, format!("`{}` is said twice", shown(typed)))
            .expected("keep one of the two");
        if let Some(first) = last_before(tree, typed, place.start) {
            diagnostic = diagnostic.related(first, "said here first");
        }
        return diagnostic;
    }
    if let Some(day) = message.strip_prefix("invalid date, ") {
        return Diagnostic::error(place, "the calendar has no such day").expected(day);
    }
    let is_word = typed.starts_with(char::is_alphabetic);
    if is_word && message.starts_with("invalid") && !typed.contains('\n') {
        let typed = shown(typed);
        return Diagnostic::error(place, format!("`{typed}` is neither a number nor text"))
            .expected(format!("text stands in quotes: \"{typed}\""));
    }
    if message.starts_with("string values must be quoted") {
        let diagnostic = Diagnostic::error(place, format!("`{}` is neither a number nor text", shown(typed)));
        return match typed.trim_end_matches('%').parse::<f64>() {
            Ok(percent) if typed.ends_with('%') => {
                diagnostic.expected(format!("as a share: {}", number(percent / 100.0)))
            }
            _ if typed.starts_with(|c: char| c.is_ascii_digit() || "$€£-+.".contains(c)) => diagnostic
                .expected("a number is plain: 0.22, 5_000_000, 5e6; no %, no currency, no thousands comma"),
            _ => diagnostic.expected("text stands in \"quotes\""),
        };
    }
    Diagnostic::error(place, format!("this is not TOML: {message}"))
        .help("a line is `key = value`; text stands in \"quotes\", a section is `[name]`, a list `[1, 2]`, a table `{ low = 1, high = 2 }`")
}

/// The last key called `name` before `end`.
fn last_before(table: &Table, name: &str, end: usize) -> Option<Span> {
    let below = |entry: &Entry| match &entry.node.value {
        Value::Table(table) => last_before(table, name, end),
        _ => None,
    };
    let here =
        |entry: &Entry| (entry.key.text == name && entry.key.span.start < end).then_some(entry.key.span);
    table
        .entries
        .iter()
        .filter_map(|entry| below(entry).max(here(entry)))
        .max()
}

fn table(table: &DeTable<'_>, base: usize, depth: usize) -> Table {
    if depth > DEEPEST {
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
        DeValue::Array(items) if depth <= DEEPEST => Value::List(
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
    let value = integer.map_or_else(|| text.parse().unwrap_or(f64::NAN), |i| i as f64);
    Value::Number(Number { value, integer })
}
