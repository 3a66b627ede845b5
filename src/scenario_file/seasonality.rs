//! Seasonality as typed, twelve months or 52 weeks of the year, to 52 weeks from the start (docs/model.md, 4.1).

use super::diagnostic::Diagnostic;
use super::quantity::numbers;
use super::reader::Reader;
use super::section::Section;
use super::tree::Value;
use crate::model::environment::{seasonality_from_months, seasonality_from_weeks};
use crate::units::time::Date;

/// Weeks of a year.
const WEEKS: usize = 52;

/// 52 factors of mean 1, the first for week 1 of the horizon; empty = flat.
pub(super) fn seasonality(
    reader: &mut Reader,
    section: &mut Section<'_>,
    key: &'static str,
    start: Date,
) -> Vec<f64> {
    let Some(entry) = section.entry(key) else {
        return Vec::new();
    };
    if matches!(&entry.node.value, Value::Text(text) if text == "flat") {
        return Vec::new();
    }
    let path = section.path_of(key);
    let typed = numbers(&entry.node).unwrap_or_default();
    if typed.len() != 12 && typed.len() != WEEKS {
        let found = match &entry.node.value {
            Value::List(items) => format!("{} values", items.len()),
            other => other.kind().to_owned(),
        };
        reader.report(
            Diagnostic::error(entry.node.span, format!("`{path}` cannot be {found}"))
                .expected("expected 12 monthly or 52 weekly factors, plain numbers, or \"flat\"")
                .help("January or the first week of the year comes first, wherever the horizon starts; factors are divided by their mean"),
        );
        return Vec::new();
    }
    if typed.iter().any(|x| *x < 0.0) || !typed.iter().any(|x| *x > 0.0) {
        reader.report(
            Diagnostic::error(
                entry.node.span,
                format!("`{path}` has a factor below 0, or only zeros"),
            )
            .expected("expected factors of 0 or more, not all 0"),
        );
        return Vec::new();
    }
    from_start(&typed, start.week_of_year())
}

/// Twelve months or 52 weeks of the year as weekly factors from week `first` (from 0) of the year.
fn from_start(typed: &[f64], first: u32) -> Vec<f64> {
    match <&[f64; 12]>::try_from(typed) {
        Ok(months) => seasonality_from_months(months, first),
        Err(_) => seasonality_from_weeks(typed, first),
    }
}

#[cfg(test)]
mod tests {
    use super::from_start;

    #[test]
    fn months_begin_in_the_month_of_the_start() {
        let months: Vec<f64> = (0..12).map(|m| f64::from(m) + 1.0).collect();
        let weeks = from_start(&months, 26);
        assert_eq!(weeks.len(), 52);
        let mean = weeks.iter().sum::<f64>() / 52.0;
        assert!((mean - 1.0).abs() < 1e-12);
        // Week 26 of the year is the first of month 6 (July).
        let ratio = weeks[0] / weeks[26];
        assert!((ratio - 7.0).abs() < 1e-12, "{ratio}");
    }

    #[test]
    fn weeks_are_rotated() {
        let year: Vec<f64> = (0..52).map(|w| if w == 10 { 52.0 } else { 0.0 }).collect();
        let weeks = from_start(&year, 8);
        assert_eq!(weeks[2], 52.0);
    }
}
