//! Mistakes of syntax in a planner's words, and what to leave out to read on behind them.

use super::brackets::{closing, open_before};
use super::diagnostic::Diagnostic;
use super::headers::{header, is_header, next_section};
use super::misspelt::SECTIONS;
use super::origin::Origin;
use super::typed::QUOTES;
use super::values::value;
use super::wording::shown;
use std::ops::Range;

/// A mistake of syntax.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) diagnostic: Diagnostic,
    /// Bytes without which the rest can be read; empty if it can be read with them.
    pub(super) leave_out: Range<usize>,
    /// What is read in their place.
    pub(super) retyped: Option<String>,
}

impl Mistake {
    /// A mistake behind which is read on without the bytes `range`.
    pub(super) const fn leaving_out(diagnostic: Diagnostic, range: Range<usize>) -> Self {
        Self {
            diagnostic,
            leave_out: range,
            retyped: None,
        }
    }
}

const HOW: &str = "a line is `key = value`; text stands in \"quotes\", a section is `[name]`, a list `[1, 2]`, several values `{ low = 1, high = 2 }`";

/// What the parser calls `message` at `span` of `text`, which stands at `origin` among all sources.
pub(super) fn explain(text: &str, origin: &Origin, message: &str, span: Range<usize>) -> Mistake {
    let at = span.start.min(text.len());
    let line = line_of(text, at);
    let on = |range: Range<usize>, message: String| Diagnostic::error(origin.span(range), message);
    if let Some(day) = message.strip_prefix("invalid date, ") {
        let diagnostic = on(span, "the calendar has no such day".to_owned()).expected(day);
        return Mistake::leaving_out(diagnostic, at..at);
    }
    if let Some(mistake) = quote_inside(text, at, line.clone(), &on) {
        return mistake;
    }
    if message.contains("string")
        && let Some(quote) = open_quote(piece(text, line.clone()))
    {
        return unclosed_text(text, line.start + quote, line, &on);
    }
    let open = open_before(text, at);
    let first = open.first().copied().unwrap_or(at);
    let begun = line_of(text, first);
    if is_header(text, begun.start, first) || open.is_empty() && is_header(text, line.start, line.end) {
        return header(text, begun, &on);
    }
    if let Some(mistake) = unclosed(text, at, &open, &on) {
        return mistake;
    }
    if open.is_empty()
        && let Some(mistake) = key(text, at, line.clone(), &on)
    {
        return mistake;
    }
    if let Some(mistake) = value(text, at, line.clone(), !open.is_empty(), &on) {
        return mistake;
    }
    unread(text, at, span, &open, message, &on)
}

/// Whatever else the parser does not understand: the statement is left out.
fn unread(text: &str, at: usize, span: Range<usize>, open: &[usize], message: &str, on: &On<'_>) -> Mistake {
    let line = line_of(text, at);
    let leave_out = match open.first() {
        Some(first) => {
            line_of(text, *first).start
                ..line_of(text, closing(text, *first).unwrap_or(at))
                    .end
                    .max(line.end)
        }
        None => line,
    };
    let place = if span.is_empty() {
        at..character_after(text, at)
    } else {
        span
    };
    if let Some(word) = foreign_word(text, at) {
        let told = piece(text, word.clone());
        let diagnostic = on(word, "this is no key".to_owned());
        let advice = format!("letters beyond a to z stand in quotes: \"{}\" = …", shown(told));
        return Mistake::leaving_out(diagnostic.expected(advice), leave_out);
    }
    let typed = shown(piece(text, place.clone()));
    let (what, advice) = in_words(message);
    let diagnostic = on(place, what.replace("THIS", &typed)).expected(advice);
    let diagnostic = if advice.is_empty() {
        diagnostic.help(HOW)
    } else {
        diagnostic
    };
    Mistake::leaving_out(diagnostic, leave_out)
}

/// The key around `at`, if it is a word with a letter beyond a to z.
fn foreign_word(text: &str, at: usize) -> Option<Range<usize>> {
    let in_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let before = text.get(..at)?;
    let start = before.trim_end_matches(in_word).len();
    let behind = text.get(at..)?;
    let end = text.len() - behind.trim_start_matches(in_word).len();
    let is_key = text.get(end..)?.trim_start().starts_with('=');
    let has_letters = piece(text, start..end).contains(|c: char| c.is_alphabetic() && !c.is_ascii());
    (is_key && has_letters).then_some(start..end)
}

/// What the parser says, for people: what is wrong, and what to do if that helps.
fn in_words(message: &str) -> (&'static str, &'static str) {
    let pairs = [
        (
            "missing comma",
            "there is no comma before this",
            "values of a list stand between commas",
        ),
        ("extra comma", "there is a comma too many", "leave it out"),
        (
            "unexpected key or value",
            "`THIS` is left over",
            "a line holds one key and one value; a remark begins with `#`",
        ),
        (
            "missing assignment",
            "`THIS` has no value",
            "inside `{ }` stand keys with values: `{ low = 1, high = 2 }`",
        ),
        (
            "missing key",
            "`THIS` is no key",
            "inside `{ }` stand keys with values: `{ low = 1, high = 2 }`",
        ),
        (
            "invalid unquoted key",
            "`THIS` cannot be part of a key",
            "between key and value stands `=`; a key has letters a to z, digits, `-` and `_`",
        ),
        (
            "missing escaped value",
            "a single backslash means nothing in text",
            "type it twice, or put the text in 'single quotes'",
        ),
        (
            "missing inline table opening",
            "nothing is open that `}` could close",
            "leave it out",
        ),
        (
            "missing array opening",
            "nothing is open that `]` could close",
            "leave it out",
        ),
        (
            "invalid control character",
            "this character cannot be seen",
            "delete it",
        ),
    ];
    pairs
        .into_iter()
        .find(|(begins, ..)| message.starts_with(begins))
        .map_or(("this line cannot be read", ""), |(_, what, advice)| {
            (what, advice)
        })
}

pub(super) fn piece(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text
        .get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |i| i + 1);
    let end = text
        .get(at..)
        .and_then(|after| after.find('\n'))
        .map_or(text.len(), |i| at + i);
    start..end
}

fn character_after(text: &str, at: usize) -> usize {
    at + text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8)
}

/// The range without spaces at both ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = piece(text, range.clone());
    let start = range.start + inside.len() - inside.trim_start().len();
    start..start + inside.trim().len()
}

/// Makes a mistake of a stretch of the text.
pub(super) type On<'f> = dyn Fn(Range<usize>, String) -> Diagnostic + 'f;

/// A `{` or `[` that nothing closes.
fn unclosed(text: &str, at: usize, open: &[usize], on: &On<'_>) -> Option<Mistake> {
    let first = *open.first()?;
    let last = *open
        .iter()
        .rev()
        .find(|bracket| closing(text, **bracket).is_none())?;
    let line = line_of(text, last);
    let bracket = piece(text, last..last + 1);
    let end = if bracket == "[" { "]" } else { "}" };
    let until = line_of(text, at).start.max(line.end);
    Some(Mistake::leaving_out(
        on(last..last + 1, format!("this `{bracket}` is never closed"))
            .expected(format!("expected a `{end}` after the last value")),
        line_of(text, first).start..until,
    ))
}

/// A text that a quote inside it ends too early: `'it's ours'`.
fn quote_inside(text: &str, at: usize, line: Range<usize>, on: &On<'_>) -> Option<Mistake> {
    let whole = piece(text, line.clone());
    let equals = line.start + whole.find('=')? + 1;
    let place = trimmed(text, equals..line.end);
    let typed = piece(text, place.clone());
    let mark = typed.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inside = typed.get(1..)?.strip_suffix(mark)?;
    let is_one = inside.contains(mark) && !inside.contains(['=', ',', '\\']) && !inside.starts_with(mark);
    if !is_one || at <= place.start {
        return None;
    }
    let other = if mark == '"' { '\'' } else { '"' };
    let expected = if inside.contains(other) {
        format!(
            "leave one kind of quotes out: {mark}{}{mark}",
            inside.replace(mark, "")
        )
    } else {
        format!("use the other kind of quotes: {other}{inside}{other}")
    };
    let diagnostic = on(place.clone(), "a quote inside the text ends it".to_owned());
    Some(Mistake::leaving_out(diagnostic.expected(expected), place))
}

fn unclosed_text(text: &str, quote: usize, line: Range<usize>, on: &On<'_>) -> Mistake {
    let mark = piece(text, quote..quote + 1);
    let is_value = piece(text, line.start..quote).trim_end().ends_with('=');
    let inside = open_before(text, quote).is_empty();
    Mistake::leaving_out(
        on(trimmed(text, quote..line.end), "this text has no end".to_owned())
            .expected(format!("expected a closing {mark} behind the text")),
        if is_value && inside { quote..line.end } else { line },
    )
}

/// The quotation mark of a line that nothing closes.
fn open_quote(line: &str) -> Option<usize> {
    let mut open: Option<(usize, char)> = None;
    let mut skip = false;
    for (at, c) in line.char_indices() {
        match open {
            _ if skip => skip = false,
            Some((_, '"')) if c == '\\' => skip = true,
            Some((_, mark)) if c == mark => open = None,
            Some(_) => {}
            None if c == '#' => break,
            None if c == '"' || c == '\'' => open = Some((at, c)),
            None => {}
        }
    }
    open.map(|(at, _)| at)
}

/// Whether a key needs no quotes.
pub(super) fn is_bare(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// What is wrong on the left of `=`, or that there is none.
fn key(text: &str, at: usize, line: Range<usize>, on: &On<'_>) -> Option<Mistake> {
    let whole = piece(text, line.clone());
    let typed = whole.split('#').next().unwrap_or_default();
    let place = trimmed(text, line.start..line.start + typed.len());
    let colon = typed
        .split_once(':')
        .filter(|(left, _)| !left.contains(['=', '{', '[', '"']));
    let has_equals = typed.contains('=') && colon.is_none();
    let (left, right) = match typed.split_once('=').filter(|_| colon.is_none()) {
        Some((left, right)) if line.start + left.len() >= at => (left.trim(), right.trim()),
        Some(_) => return None,
        None => match colon {
            Some((left, right)) => (left.trim(), right.trim_start_matches('=').trim()),
            None => split_before_value(typed.trim()),
        },
    };
    if let Some(mistake) = remark(text, line.clone(), on) {
        return Some(mistake);
    }
    let left_ok = left.split('.').all(|part| is_bare(part.trim()));
    let left = if left_ok { left.to_owned() } else { repaired(left) };
    let line_of_text = if right.is_empty() {
        format!("{left} = …")
    } else {
        format!("{left} = {right}")
    };
    let diagnostic = match (has_equals, left_ok, left.is_empty()) {
        (_, _, true) => {
            on(place, "there is no key before `=`".to_owned()).expected("a line is `key = value`")
        }
        (false, ..) if typed.trim().ends_with(']') || right.is_empty() => {
            let name = typed.trim().trim_matches(['[', ']', ':', ' ']);
            on(place, "this line says nothing".to_owned()).expected(format!(
                "a value is `{} = …`, a section is `[{}]`, text goes behind `#`",
                shown(name),
                shown(name)
            ))
        }
        (false, ..) => on(place, "there is no `=` between key and value".to_owned())
            .expected(format!("expected {}", shown(&line_of_text))),
        (true, false, _) => {
            on(place, "this is no key".to_owned()).expected(if left.contains(char::is_alphanumeric) {
                format!(
                    "keys have letters a to z, digits, `-` and `_`: {}",
                    shown(&line_of_text)
                )
            } else {
                "keys have letters a to z, digits, `-` and `_`".to_owned()
            })
        }
        (true, true, _) => return None,
    };
    let name = typed.trim().trim_matches(['[', ']', ':', ' ']);
    let is_section = SECTIONS.contains(&name.split('.').next().unwrap_or_default());
    let leave_out = if is_section && !typed.contains('=') {
        line.start..next_section(text, line.end)
    } else {
        line
    };
    Some(Mistake::leaving_out(diagnostic, leave_out))
}

/// A line that other languages would take for a remark.
fn remark(text: &str, line: Range<usize>, on: &On<'_>) -> Option<Mistake> {
    let place = trimmed(text, line.clone());
    let typed = piece(text, place.clone());
    let begun = ["//", "/*", "--", ";", "<!--", "%"];
    let words = begun.iter().find_map(|mark| typed.strip_prefix(mark))?;
    let words = words.trim_end_matches("*/").trim_end_matches("-->").trim();
    let diagnostic = on(place, "this is no remark".to_owned());
    let diagnostic = diagnostic.expected(format!("a remark begins with `#`: # {}", shown(words)));
    Some(Mistake::leaving_out(diagnostic, line))
}

/// `marketing_share 0.33` in two, before the last word if it looks like a value.
fn split_before_value(typed: &str) -> (&str, &str) {
    match typed.rsplit_once(char::is_whitespace) {
        Some((left, right)) if right.starts_with(|c: char| c.is_ascii_digit() || "\"'[{-.".contains(c)) => {
            (left.trim(), right)
        }
        _ => (typed, ""),
    }
}

/// A key without spaces; letters beyond a to z in quotes.
fn repaired(key: &str) -> String {
    let joined = key.split_whitespace().collect::<Vec<_>>().join("_");
    let joined = joined.trim_matches(|c| QUOTES.contains(c) || c == ':');
    if joined.is_empty() || joined.split('.').all(is_bare) {
        joined.to_owned()
    } else {
        format!("\"{joined}\"")
    }
}
