//! Words that several charts use: the horizon, plans left out, the picture in words.

use super::labels::cut_letters;
use crate::analysis::findings::Findings;
use crate::units::format::{Style, count, weeks};

/// Most letters of the picture in words.
const ALT: usize = 600;

/// The horizon: `104 weeks`.
pub(super) fn horizon(findings: &Findings) -> String {
    weeks(f64::from(findings.scenario.weeks), Style::Sentence)
}

/// `2 more plans not shown`; `1 more plan not shown`.
pub(super) fn more_plans(number: usize) -> String {
    let plans = if number == 1 { "plan" } else { "plans" };
    format!("{} more {plans} not shown", count(number as u64))
}

/// Sentences in at most 600 letters: as many as fit, the last one cut only where it is the first.
pub(super) fn in_600_letters(sentences: &[String]) -> String {
    let mut text = String::new();
    for sentence in sentences {
        let gap = usize::from(!text.is_empty());
        let letters = text.chars().count() + gap + sentence.chars().count();
        if letters > ALT {
            break;
        }
        if gap > 0 {
            text.push(' ');
        }
        text.push_str(sentence);
    }
    match sentences.first() {
        Some(first) if text.is_empty() => cut_letters(first, ALT - 1),
        _ => text,
    }
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
