//! Mistakes of syntax in a planner's words, and what to leave out to read on behind them.

use super::brackets::{closing, open_before};
use super::diagnostic::Diagnostic;
use super::source::Span;
use super::typed::{QUOTES, as_day, as_number};
use super::wording::shown;
use std::ops::Range;

/// A mistake of syntax.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) diagnostic: Diagnostic,
    /// Bytes without which the rest can be read; empty if it can be read with them.
    pub(super) leave_out: Range<usize>,
}

const HOW: &str = "a line is `key = value`; text stands in \"quotes\", a section is `[name]`, a list `[1, 2]`, several values `{ low = 1, high = 2 }`";

/// What the parser calls `message` at `span` of `text`, whose bytes are numbered from `base` among all sources.
pub(super) fn explain(text: &str, base: usize, message: &str, span: Range<usize>) -> Mistake {
    let at = span.start.min(text.len());
    let line = line_of(text, at);
    let on = |range: Range<usize>, message: String| {
        let place = Span {
            start: base + range.start,
            end: base + range.end,
        };
        Diagnostic::error(place, message)
    };
    if let Some(day) = message.strip_prefix("invalid date, ") {
        return Mistake {
            diagnostic: on(span, "the calendar has no such day".to_owned()).expected(day),
            leave_out: at..at,
        };
    }
    let open = open_before(text, at);
    if let Some(mistake) = unclosed(text, at, &open, &on) {
        return mistake;
    }
    if message.contains("string") && message.starts_with("invalid") {
        return unclosed_text(text, at, &line, &on);
    }
    if open.is_empty() && piece(text, line.clone()).trim_start().starts_with('[') {
        return header(text, line, &on);
    }
    if open.is_empty()
        && let Some(mistake) = key(text, at, line.clone(), &on)
    {
        return mistake;
    }
    if let Some(mistake) = value(text, at, line.clone(), !open.is_empty(), &on) {
        return mistake;
    }
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
    Mistake {
        diagnostic: on(place, format!("this line cannot be read: {message}")).help(HOW),
        leave_out,
    }
}

fn piece(text: &str, range: Range<usize>) -> &str {
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
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = piece(text, range.clone());
    let start = range.start + inside.len() - inside.trim_start().len();
    start..start + inside.trim().len()
}

type On<'f> = dyn Fn(Range<usize>, String) -> Diagnostic + 'f;

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
    let is_header =
        piece(text, line.start..last).trim().is_empty() && piece(text, line.start..first).trim().is_empty();
    if is_header && first == last {
        return Some(header(text, line, on));
    }
    let until = line_of(text, at).start.max(line.end);
    Some(Mistake {
        diagnostic: on(last..last + 1, format!("this `{bracket}` is never closed"))
            .expected(format!("expected a `{end}` after the last value")),
        leave_out: line_of(text, first).start..until,
    })
}

fn unclosed_text(text: &str, at: usize, line: &Range<usize>, on: &On<'_>) -> Mistake {
    let before = piece(text, line.start..at.min(line.end));
    let typed = before.find('=').map_or(0, |equals| equals + 1);
    let quote = before
        .get(typed..)
        .and_then(|rest| rest.find(['"', '\'']))
        .map_or(line.start, |i| line.start + typed + i);
    let mark = piece(text, quote..quote + 1);
    Mistake {
        diagnostic: on(trimmed(text, quote..line.end), "this text has no end".to_owned())
            .expected(format!("expected a closing {mark} behind the text")),
        leave_out: quote..line.end,
    }
}

/// A line that begins like a section and is none: it and what belongs to it are left out.
fn header(text: &str, line: Range<usize>, on: &On<'_>) -> Mistake {
    let next = text
        .get(line.end..)
        .and_then(|rest| rest.find("\n["))
        .map_or(text.len(), |i| line.end + i);
    let typed = piece(text, line.clone());
    let typed = typed.split('#').next().unwrap_or_default().trim();
    let name = typed.trim_matches(['[', ']', ' ']);
    let quoted = name
        .split('.')
        .map(|part| part.trim().trim_matches(|c| QUOTES.contains(c)))
        .map(|part| {
            if is_bare(part) {
                part.to_owned()
            } else {
                format!("\"{part}\"")
            }
        })
        .collect::<Vec<_>>()
        .join(".");
    let diagnostic = on(
        trimmed(text, line.start..line.start + typed.len()),
        "this is no section".to_owned(),
    );
    let diagnostic = if name.is_empty() {
        diagnostic.expected("a section has a name, such as `[budget]`")
    } else if name.contains(char::is_whitespace) {
        let joined = quoted.replace('"', "").replace(char::is_whitespace, "-");
        diagnostic.expected(format!("a name has no spaces: `[{}]`", shown(&joined)))
    } else if quoted == name {
        diagnostic.expected(format!("a section stands alone on its line: `[{}]`", shown(name)))
    } else {
        diagnostic
            .expected(format!("letters beyond a to z stand in quotes: `[{}]`", quoted))
            .help("or keep the name plain and say `label = \"…\"`, which people read")
    };
    Mistake {
        diagnostic,
        leave_out: line.start..next,
    }
}

fn is_bare(name: &str) -> bool {
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
    let (left, right) = match typed.split_once('=') {
        Some((left, right)) if line.start + left.len() >= at => (left.trim(), right.trim()),
        Some(_) => return None,
        None => match typed.split_once(':') {
            Some((left, right)) => (left.trim(), right.trim()),
            None => split_before_value(typed.trim()),
        },
    };
    let left_ok = left.split('.').all(|part| is_bare(part.trim()));
    let left = if left_ok { left.to_owned() } else { repaired(left) };
    let line_of_text = if right.is_empty() {
        format!("{left} = …")
    } else {
        format!("{left} = {right}")
    };
    let diagnostic = match (typed.contains('='), left_ok, left.is_empty()) {
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
        (true, false, _) => on(place, "this is no key".to_owned()).expected(format!(
            "keys have letters a to z, digits, `-` and `_`: {}",
            shown(&line_of_text)
        )),
        (true, true, _) => return None,
    };
    Some(Mistake {
        diagnostic,
        leave_out: line,
    })
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

/// What is wrong with a value that stands without quotes.
fn value(text: &str, at: usize, line: Range<usize>, is_inside: bool, on: &On<'_>) -> Option<Mistake> {
    let place = trimmed(text, bare_value(text, at, line.clone(), is_inside)?);
    let typed = piece(text, place.clone());
    let after = piece(text, place.end..line.end).trim_start();
    if is_inside && after.starts_with('=') {
        let (first, second) = typed.rsplit_once(char::is_whitespace)?;
        return Some(Mistake {
            diagnostic: on(
                place.clone(),
                format!("there is no comma before `{}`", shown(second)),
            )
            .expected(format!(
                "expected `{}, {} = …`",
                shown(first.trim()),
                shown(second)
            )),
            leave_out: line,
        });
    }
    let diagnostic = match typed {
        "" => on(at..at, "there is no value behind `=`".to_owned())
            .expected("expected a value, such as 0.25 or \"text\""),
        _ => match (as_day(typed), as_number(typed), typed.to_lowercase().as_str()) {
            (Some(day), ..) => on(
                place.clone(),
                format!("`{}` is no day as a scenario writes it", shown(typed)),
            )
            .expected(format!("a day is year-month-day without quotes: {day}")),
            (_, Some(number), _) => on(
                place.clone(),
                format!("`{}` is no number as a scenario writes it", shown(typed)),
            )
            .expected(format!("type {number}")),
            (_, _, "true" | "yes" | "on") => {
                on(place.clone(), format!("`{}` is no value", shown(typed))).expected("type true")
            }
            (_, _, "false" | "no" | "off") => {
                on(place.clone(), format!("`{}` is no value", shown(typed))).expected("type false")
            }
            _ => {
                let inner = typed.trim_matches(|c: char| QUOTES.contains(c));
                on(
                    place.clone(),
                    format!("`{}` is neither a number nor text", shown(typed)),
                )
                .expected(format!("text stands in straight quotes: \"{}\"", shown(inner)))
            }
        },
    };
    let leave_out = if place.len() >= 2 { place } else { line };
    Some(Mistake {
        diagnostic,
        leave_out,
    })
}

/// The value around `at`, if it has neither quotes nor brackets: all behind `=`, or between commas inside a list.
fn bare_value(text: &str, at: usize, line: Range<usize>, is_inside: bool) -> Option<Range<usize>> {
    let is_plain =
        |range: &Range<usize>| !piece(text, range.clone()).contains(['"', '\'', '{', '}', '[', ']', '=']);
    if !is_inside {
        let equals = line.start + piece(text, line.clone()).find('=')? + 1;
        let end = piece(text, equals..line.end)
            .find('#')
            .map_or(line.end, |i| equals + i);
        return Some(equals..end).filter(is_plain);
    }
    let before = piece(text, line.start..at);
    let after = piece(text, at..line.end);
    // A decimal comma looks like the end of a value: look from `=` to the next bracket or key first.
    let equals = before
        .rfind(['=', '{', '['])
        .map_or(line.start, |i| line.start + i + 1);
    let end = after.find(['}', ']', '=', '#']).map_or(line.end, |i| at + i);
    let wide = piece(text, equals..end);
    if let Some(digits) = decimal_comma(wide) {
        return Some(equals..equals + digits);
    }
    let start = before
        .rfind(['=', ',', '{', '['])
        .map_or(line.start, |i| line.start + i + 1);
    let end = after.find(['}', ']', ',', '=', '#']).map_or(line.end, |i| at + i);
    Some(start..end).filter(|range| is_plain(range) && range.start < range.end)
}

/// How many bytes at the beginning of `text` are a number with a comma inside, such as ` 0,22`.
fn decimal_comma(text: &str) -> Option<usize> {
    let lead = text.len() - text.trim_start().len();
    let typed = text.trim_start();
    let digits: usize = typed
        .chars()
        .take_while(|c| c.is_ascii_digit() || ",.".contains(*c))
        .map(char::len_utf8)
        .sum();
    let number = typed.get(..digits)?.trim_end_matches([',', '.']);
    let has_comma = number
        .split_once(',')
        .is_some_and(|(left, right)| !left.is_empty() && !right.is_empty());
    has_comma.then_some(lead + number.len())
}
