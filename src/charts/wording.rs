//! Words that all charts share: names in titles, numbers of plans, the picture in words.

use super::labels::{cut_letters, title_lines};
use super::plans::Shown;
use crate::analysis::findings::Findings;
use crate::units::format::{Style, count, week, weeks};

/// Most letters of a name in a title.
const NAME: usize = 24;
/// Most letters of the picture in words.
const ALT: usize = 600;
/// Weeks of a year.
const YEAR: u32 = 52;

/// The first wording that fits into two lines.
pub(super) fn fitting(wordings: impl IntoIterator<Item = String>) -> Option<String> {
    wordings.into_iter().find(|title| title_lines(title).is_some())
}

/// A name in a title.
pub(super) fn short(plan: &Shown<'_>) -> String {
    cut_letters(plan.plain_name(), NAME)
}

/// Two names in a title, in full where they would be alike.
pub(super) fn apart(one: &Shown<'_>, other: &Shown<'_>) -> (String, String) {
    if short(one) == short(other) {
        (one.plain_name().to_owned(), other.plain_name().to_owned())
    } else {
        (short(one), short(other))
    }
}

/// `one plan`, `three plans`.
pub(super) fn plans_in_words(number: usize) -> String {
    if number == 1 {
        "one plan".to_owned()
    } else {
        format!("{} plans", in_words(number))
    }
}

/// A small number in words.
pub(super) fn in_words(number: usize) -> String {
    const WORDS: [&str; 8] = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
    match number.checked_sub(1).and_then(|index| WORDS.get(index)) {
        Some(word) => (*word).to_owned(),
        None => count(number as u64),
    }
}

/// The last stretch of a horizon: `the year`, `the second year`, `week 78`.
pub(super) fn last_stretch(weeks: u32) -> String {
    const YEARS: [&str; 10] = [
        "the year",
        "the second year",
        "the third year",
        "the fourth year",
        "the fifth year",
        "the sixth year",
        "the seventh year",
        "the eighth year",
        "the ninth year",
        "the tenth year",
    ];
    let years = (weeks / YEAR) as usize;
    match years.checked_sub(1).and_then(|index| YEARS.get(index)) {
        Some(year) if weeks.is_multiple_of(YEAR) => (*year).to_owned(),
        _ => week(weeks, Style::Sentence),
    }
}

/// A head and a sentence a plan in at most 600 letters: names are cut first, then plans left out and counted.
pub(super) fn picture_in_words(
    head: &str,
    plans: usize,
    sentence: impl Fn(usize, usize) -> String,
) -> String {
    let told = |plans: usize, most: usize| {
        let sentences = (0..plans).map(|plan| format!(" {}", sentence(plan, most)));
        format!("{head}{}", sentences.collect::<String>())
    };
    let fits = |text: &String| text.chars().count() <= ALT;
    let whole = [usize::MAX, NAME].map(|most| told(plans, most));
    let cut = (0..plans)
        .rev()
        .map(|few| format!("{} {} more not told.", told(few, NAME), plans - few));
    whole
        .into_iter()
        .chain(cut)
        .find(fits)
        .unwrap_or_else(|| cut_letters(head, ALT - 1))
}

/// The horizon: `104 weeks`.
pub(super) fn horizon(findings: &Findings) -> String {
    weeks(f64::from(findings.scenario.weeks), Style::Sentence)
}

/// `2 more plans not shown`; `1 more plan not shown`.
pub(super) fn more_plans(number: usize) -> String {
    let plans = if number == 1 { "plan" } else { "plans" };
    format!("{} more {plans} not shown", count(number as u64))
}

/// `first` to `twelfth`, then `13th`.
pub(super) fn ordinal(number: usize) -> String {
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ];
    match number.checked_sub(1).and_then(|index| WORDS.get(index)) {
        Some(word) => (*word).to_owned(),
        None => {
            let end = match (number % 10, number % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{number}{end}")
        }
    }
}

/// The name behind the comma of a measure told for several: `Account executives` of `Pay, Account executives`.
pub(super) fn after_comma(label: &str) -> &str {
    label.split_once(", ").map_or(label, |(_, name)| name)
}
