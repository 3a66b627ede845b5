//! How diagnostics speak: numbers, ranges, names, and the nearest name to a mistyped one.

use crate::model::parameters::{MOST_MONEY, Parameter, Range};
use crate::units::unit::Unit;

/// Text from the file on one line, cut short; quotes and backslashes as they were typed.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars().take(60) {
        match c {
            '"' | '\'' | '\\' => shown.push(c),
            _ => shown.extend(c.escape_debug()),
        }
    }
    if text.chars().nth(60).is_some() {
        shown.push('…');
    }
    shown
}

/// A number as a planner would type it.
pub(super) fn number(x: f64) -> String {
    if !x.is_finite() {
        return if x.is_nan() {
            "nan"
        } else if x > 0.0 {
            "inf"
        } else {
            "-inf"
        }
        .to_owned();
    }
    if x != 0.0 && (x.abs() >= 1e15 || x.abs() < 1e-6) {
        return format!("{x:e}");
    }
    grouped(&((x * 1e9).round() / 1e9).to_string())
}

/// Digits in groups of three from five on, as TOML allows: 10000 → 10_000.
pub(super) fn grouped(number: &str) -> String {
    let (whole, rest) = number.find('.').map_or((number, ""), |dot| number.split_at(dot));
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("-", digits));
    if digits.len() < 5 {
        return number.to_owned();
    }
    let mut out = sign.to_owned();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out + rest
}

/// What is allowed, such as "a share from 0 to 1".
pub(super) fn allowed(parameter: &Parameter) -> String {
    let range = between(parameter.range);
    let bare = range.strip_prefix("of ").unwrap_or(&range);
    match noun(parameter.unit) {
        noun if noun.ends_with(',') => format!("{noun} {bare}"),
        noun => format!("{noun} {range}"),
    }
}

const fn noun(unit: Unit) -> &'static str {
    match unit {
        Unit::Money => "money,",
        Unit::MoneyPerWeek => "money a week,",
        Unit::MoneyPerYear => "money a year,",
        Unit::Share => "a share",
        Unit::Ratio => "a factor",
        Unit::Count => "a count",
        Unit::Heads => "heads,",
        Unit::Weeks => "weeks,",
        Unit::Hours => "hours,",
        Unit::PerWeek => "a rate a week,",
        Unit::PerYear => "a rate a year,",
        Unit::LogOdds => "log-odds",
        Unit::Number => "a number",
    }
}

/// The range in words.
pub(super) fn between(range: Range) -> String {
    let above = range.low > 0.0 && range.low < 1e-300;
    // The bound of money is one against accidents: nobody is helped by it before it is passed.
    let is_bounded = |end: f64| end.is_finite() && end.abs() < MOST_MONEY;
    match (is_bounded(range.low), is_bounded(range.high)) {
        (true, true) if above => format!("above 0 and at most {}", number(range.high)),
        (true, true) if range.high == 0.999_999 => format!("from {} to below 1", number(range.low)),
        (true, true) => format!("from {} to {}", number(range.low), number(range.high)),
        (true, false) if above => "above 0".to_owned(),
        (true, false) => format!("of {} or more", number(range.low)),
        (false, true) => format!("of at most {}", number(range.high)),
        (false, false) => "of any size".to_owned(),
    }
}

/// Names in backticks, the last joined by `last`.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    let names: Vec<String> = names
        .into_iter()
        .map(|name| format!("`{}`", shown(name)))
        .collect();
    match names.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
    }
}

/// The candidate that was probably meant.
pub(super) fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = fold(typed);
    candidates
        .into_iter()
        .map(|candidate| (distance(&typed, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= (typed.len().max(candidate.len()) / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The candidate of which `typed` looks like a slip of the finger; `plan-2` is no slip of `plan-1` or `plan`.
pub(super) fn slip<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = |text: &str| {
        let folded = fold(text);
        folded.chars().filter(|c| !c.is_ascii_digit()).collect::<String>()
    };
    let typed = letters(typed);
    let most = if typed.chars().count() < 8 { 1 } else { 2 };
    candidates.into_iter().find(|candidate| {
        let other = letters(candidate);
        let longer = typed.starts_with(&other) || other.starts_with(&typed);
        !longer && strsim::damerau_levenshtein(&typed, &other) <= most
    })
}

/// A name without what people overlook: capital letters, and whether a gap is `-`, `_` or a space.
pub(super) fn looks(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '-' | ' ') { '_' } else { c })
        .collect()
}

/// Several candidates, nearest first.
pub(super) fn nearest_few<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    few: usize,
) -> Vec<&'a str> {
    let typed = fold(typed);
    let mut ranked: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (distance(&typed, &fold(candidate)), candidate))
        .collect();
    ranked.sort_by_key(|(distance, _)| *distance);
    ranked
        .into_iter()
        .take(few)
        .map(|(_, candidate)| candidate)
        .collect()
}

fn fold(text: &str) -> String {
    looks(&text.chars().take(48).collect::<String>())
}

/// Edits between two names; a name that begins or ends with the other is near it.
fn distance(typed: &str, candidate: &str) -> usize {
    let edits = strsim::damerau_levenshtein(typed, candidate);
    let long = typed.len() >= 3 && candidate.len() >= 3;
    let part = candidate.starts_with(typed)
        || typed.starts_with(candidate)
        || candidate.ends_with(typed)
        || typed.ends_with(candidate);
    if long && part { edits.min(2) } else { edits }
}

/// A name for people made of a key: `mid-market` → `Mid-market`, `build_up` → `Build up`.
pub(super) fn label_of(key: &str) -> String {
    let text = key.replace('_', " ");
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
