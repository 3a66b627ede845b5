//! TOML text to a tree, with every mistake of syntax. The only file that knows the TOML library.

use super::diagnostic::Diagnostic;
use super::echoes::Broken;
use super::origin::Origin;
use super::source::{Sources, Span};
use super::syntax::{Mistake, explain};
use super::tree::{Entry, Key, Node, Number, Table, Value};
use super::wording::shown;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A longer text is no scenario.
const LONGEST: usize = 4 << 20;
/// Deeper pieces are no part of any section. (The library itself ends a path after 80 keys.)
const DEEPEST: usize = 200;

/// More mistakes of syntax than this are not told one by one.
const MOST_ERRORS: usize = 100;
/// Bytes that are parsed again and again behind mistakes.
const MOST_WORK: usize = 4 << 20;

/// The tree of `text` and what is wrong with its syntax; the text is added to `sources`.
pub(super) fn parse(text: &str, name: &str, sources: &mut Sources) -> (Table, Broken) {
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
    read_on(text, base)
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
    let origin = Origin::new(base.saturating_sub(KEY.len()));
    let (document, errors) = DeTable::parse_recoverable(&line);
    let mut tree = table(document.get_ref(), &origin, 0);
    if let Some(error) = errors.first() {
        return Err(Box::new(mistake(error, &origin, &line, &tree).diagnostic));
    }
    match (tree.entries.pop(), tree.entries.is_empty()) {
        (Some(entry), true) => Ok(entry.node),
        _ => Err(Box::new(Diagnostic::error(
            origin.span(KEY.len()..line.len()),
            "this is more than one value",
        ))),
    }
}

/// Reads `text`, and again without each mistake that hides what stands behind it.
fn read_on(mut text: String, base: usize) -> (Table, Broken) {
    let mut broken = Broken::default();
    let mut origin = Origin::new(base);
    let most_rounds = (MOST_WORK / text.len().max(1)).clamp(1, MOST_ERRORS);
    for round in 1.. {
        let (document, mut errors) = DeTable::parse_recoverable(&text);
        errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
        let tree = table(document.get_ref(), &origin, 0);
        let mended = mend(&mut broken, &errors, &text, &origin, &tree, round >= most_rounds);
        if mended.is_empty() {
            return (tree, broken);
        }
        for Mending { range, retyped } in mended {
            let has_keys = text.get(range.clone()).is_some_and(|lost| lost.contains('='));
            if retyped.is_none() || has_keys {
                broken.left_out(&text, range.clone(), &origin);
            }
            text = match retyped {
                Some(retyped) => instead(&text, range, &retyped, &mut origin),
                None => without(&text, range),
            };
        }
    }
    (Table::default(), broken)
}

/// What is left out to read on, or read otherwise.
struct Mending {
    range: Range<usize>,
    retyped: Option<String>,
}

/// Tells mistakes in order, up to the first that may only follow from one before it; how to read on.
fn mend(
    broken: &mut Broken,
    errors: &[toml::de::Error],
    text: &str,
    origin: &Origin,
    tree: &Table,
    is_last: bool,
) -> Vec<Mending> {
    let mut mended: Vec<Mending> = Vec::new();
    for error in errors.iter().take(MOST_ERRORS) {
        let start = error.span().map_or(0, |span| span.start);
        if let Some(last) = mended.last()
            && text
                .get(last.range.start..start)
                .is_none_or(|between| !between.contains('\n'))
        {
            continue;
        }
        let Mistake {
            diagnostic,
            leave_out,
            retyped,
        } = mistake(error, origin, text, tree);
        let is_alone = retyped.is_none() && (leave_out.is_empty() || is_value(text, &leave_out));
        if !mended.is_empty() && !is_alone {
            break;
        }
        broken.diagnostics.push(diagnostic);
        let can_mend = !is_last && !blank(text, leave_out.clone());
        broken.is_cut |= !leave_out.is_empty() && !can_mend;
        if can_mend {
            mended.push(Mending {
                range: leave_out,
                retyped,
            });
            if !is_alone {
                break;
            }
        }
    }
    mended
}

/// `text` with `retyped` in the place of `range`; bytes that are added have no place of their own.
fn instead(text: &str, range: Range<usize>, retyped: &str, origin: &mut Origin) -> String {
    origin.add(range.end, retyped.len().saturating_sub(range.len()));
    let before = text.get(..range.start).unwrap_or_default();
    let behind = text.get(range.end..).unwrap_or_default();
    let spaces = " ".repeat(range.len().saturating_sub(retyped.len()));
    format!("{before}{retyped}{spaces}{behind}")
}

/// Whether an empty text can stand for `range`, a value within a line: then nothing behind it is read otherwise.
fn is_value(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let piece = text.get(range.clone()).unwrap_or_default();
    before.trim_end_matches(' ').ends_with(['=', ',', '[']) && piece.len() >= 2 && !piece.contains('\n')
}

fn blank(text: &str, range: Range<usize>) -> bool {
    text.get(range)
        .is_none_or(|piece| piece.trim().is_empty() || piece.trim() == "\"\"")
}

/// `text` with spaces in `range`, but for line ends; a value becomes an empty text, so that its key stays told.
fn without(text: &str, range: Range<usize>) -> String {
    let piece = text.get(range.clone()).unwrap_or_default();
    let before = text.get(..range.start).unwrap_or_default();
    let mut spaces: String = piece
        .chars()
        .flat_map(|c| std::iter::repeat_n(if c == '\n' { '\n' } else { ' ' }, c.len_utf8()))
        .collect();
    if is_value(text, &range) {
        spaces.replace_range(..2, "\"\"");
    }
    format!("{before}{spaces}{}", text.get(range.end..).unwrap_or_default())
}

fn too(span: Span, message: &str, expected: &str) -> (Table, Broken) {
    let mut broken = Broken::default();
    broken
        .diagnostics
        .push(Diagnostic::error(span, message).expected(expected));
    broken.is_cut = true;
    (Table::default(), broken)
}

fn mistake(error: &toml::de::Error, origin: &Origin, text: &str, tree: &Table) -> Mistake {
    let span = error.span().unwrap_or(0..0);
    let message = error.message();
    if !message.starts_with("duplicate key") {
        return explain(text, origin, message, span);
    }
    let typed = text.get(span.clone()).unwrap_or_default();
    let place = origin.span(span.clone());
    let line = text.get(..span.start).unwrap_or_default();
    let line = line
        .get(line.rfind('\n').map_or(0, |i| i + 1)..)
        .unwrap_or_default();
    let is_section = line.trim_start().starts_with('[');
    let rest = text
        .get(span.start..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let header = format!("{}{rest}", line.trim_start());
    let header = header.split('#').next().unwrap_or_default().trim();
    let (what, advice, first) = if is_section {
        let first = text.get(..span.start).unwrap_or_default().find(header);
        let first = first.map(|start| origin.span(start..start + header.len()));
        (header, "join the two, or give one another name", first)
    } else {
        (
            typed,
            "keep one of the two",
            last_before(tree, typed, place.start),
        )
    };
    let mut diagnostic =
        Diagnostic::error(place, format!("`{}` stands here twice", shown(what))).expected(advice);
    if let Some(first) = first {
        diagnostic = diagnostic.related(first, "first here");
    }
    let leave_out = if is_section {
        section_from(text, span.start)
    } else {
        span.start..span.start
    };
    Mistake::leaving_out(diagnostic, leave_out)
}

/// From the line of `at` to the next section.
fn section_from(text: &str, at: usize) -> Range<usize> {
    let start = text
        .get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |i| i + 1);
    let end = text
        .get(at..)
        .and_then(|rest| rest.find("\n["))
        .map_or(text.len(), |i| at + i);
    start..end
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

fn table(table: &DeTable<'_>, origin: &Origin, depth: usize) -> Table {
    if depth > DEEPEST {
        return Table::default();
    }
    let entries = table
        .iter()
        .map(|(key, value)| Entry {
            key: Key {
                text: key.get_ref().to_string(),
                span: origin.span(key.span()),
            },
            node: node(value.get_ref(), origin.span(value.span()), origin, depth + 1),
        })
        .collect();
    Table { entries }
}

fn node(value: &DeValue<'_>, span: Span, origin: &Origin, depth: usize) -> Node {
    let value = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(integer) => integer_number(integer.as_str(), integer.radix()),
        DeValue::Float(float) => Value::Number(Number {
            value: float.as_str().parse().unwrap_or(f64::NAN),
            integer: None,
            in_thousands: is_in_thousands(float.as_str()),
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
                .map(|item| node(item.get_ref(), origin.span(item.span()), origin, depth + 1))
                .collect(),
        ),
        DeValue::Array(_) => Value::List(Vec::new()),
        DeValue::Table(inner) => Value::Table(table(inner, origin, depth + 1)),
    };
    Node { value, span }
}

/// Whether a number looks like thousands with a point between them, as many countries write them: `8.000`.
fn is_in_thousands(typed: &str) -> bool {
    let digits = typed.trim_start_matches(['+', '-']);
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    digits.split_once('.').is_some_and(|(whole, rest)| {
        all_digits(whole)
            && all_digits(rest)
            && rest.len() == 3
            && whole.len() <= 3
            && !whole.starts_with('0')
    })
}

fn integer_number(text: &str, radix: u32) -> Value {
    let integer = i128::from_str_radix(text, radix).ok();
    let value = integer.map_or_else(|| text.parse().unwrap_or(f64::NAN), |i| i as f64);
    Value::Number(Number {
        value,
        integer,
        in_thousands: false,
    })
}
