//! Values that stand without quotes and are none: what was probably meant.

use super::diagnostic::Diagnostic;
use super::syntax::{Mistake, On, piece, trimmed};
use super::typed::{QUOTES, as_day, as_number};
use super::wording::shown;
use std::ops::Range;

/// What is wrong with a value that stands without quotes.
pub(super) fn value(
    text: &str,
    at: usize,
    line: Range<usize>,
    is_inside: bool,
    on: &On<'_>,
) -> Option<Mistake> {
    let place = trimmed(text, bare_value(text, at, line.clone(), is_inside)?);
    let typed = piece(text, place.clone());
    let after = piece(text, place.end..line.end).trim_start();
    if is_inside && after.starts_with('=') {
        let (first, second) = typed.rsplit_once(char::is_whitespace)?;
        let first = first.trim().trim_end_matches(';').trim_end();
        let diagnostic = on(place, format!("there is no comma before `{}`", shown(second)))
            .expected(format!("expected `{}, {} = …`", shown(first), shown(second)));
        return Some(Mistake::leaving_out(diagnostic, line));
    }
    let diagnostic = match typed {
        "" => on(at..at, "there is no value behind `=`".to_owned())
            .expected("expected a value, such as 0.25 or \"text\""),
        _ => meant(typed, on, place.clone()),
    };
    let leave_out = if place.len() >= 2 { place } else { line };
    Some(Mistake::leaving_out(diagnostic, leave_out))
}

/// What was probably meant by `typed`.
fn meant(typed: &str, on: &On<'_>, place: Range<usize>) -> Diagnostic {
    let no = |what: &str| on(place.clone(), format!("`{}` is no {what}", shown(typed)));
    if let Some((value, remark)) = typed.split_once("//") {
        let value = shown(value.trim());
        return no("value").expected(format!(
            "a remark begins with `#`: {value} # {}",
            shown(remark.trim())
        ));
    }
    if typed.contains(';') {
        let with_commas: Vec<&str> = typed.split(';').map(str::trim).collect();
        return no("value").expected(format!(
            "values stand between commas: {}",
            shown(&with_commas.join(", "))
        ));
    }
    if let Some(day) = as_day(typed) {
        return no("day as a scenario writes it")
            .expected(format!("a day is year-month-day without quotes: {day}"));
    }
    if let Some((low, high)) = ends(typed) {
        return no("value").expected(format!(
            "an interval, in which 90 % of what you believe lies, is {{ low = {low}, high = {high} }}"
        ));
    }
    if let Some(number) = as_number(typed) {
        return no("number as a scenario writes it").expected(format!("type {number}"));
    }
    match typed.to_lowercase().as_str() {
        "true" | "yes" | "on" => return no("value").expected("type true"),
        "false" | "no" | "off" => return no("value").expected("type false"),
        _ => {}
    }
    if typed
        .trim_start_matches(['-', '+', '.'])
        .starts_with(|c: char| c.is_ascii_digit())
    {
        return no("number")
            .expected("numbers are typed 12, 0.25, 1_000_000 or 1e6; text stands in \"quotes\"");
    }
    if let Some(inner) = typed.strip_prefix('(') {
        let inner = inner.trim_end_matches(')').trim();
        return no("value").expected(format!("a list stands in square brackets: [{}]", shown(inner)));
    }
    let inner = typed.trim_matches(|c: char| QUOTES.contains(c));
    on(
        place.clone(),
        format!("`{}` is neither a number nor text", shown(typed)),
    )
    .expected(format!("text stands in straight quotes: \"{}\"", shown(inner)))
}

/// The ends of an interval as people write them: `(0.2, 0.5)`, `0.2 - 0.5`, `0.2..0.5`, `0.2 to 0.5`.
fn ends(typed: &str) -> Option<(String, String)> {
    let inside = typed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let apart: &[&str] = if inside.is_some() {
        &[", ", ",", ";", " - ", "–"]
    } else {
        &[" to ", " - ", "–", "..", " bis ", "-"]
    };
    let typed = inside.unwrap_or(typed);
    let plain = |text: &str| as_number(text.trim()).filter(|number| !number.contains(' '));
    apart.iter().find_map(|between| {
        let (low, high) = typed.split_once(between)?;
        Some((plain(low)?, plain(high)?))
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
