//! The axis of time: which weeks or years carry a tick.

use super::figure::{Tick, TimeAxis};
use crate::units::format::{Style, count, week};
use crate::units::time::WEEKS_PER_YEAR;

/// Up to this number of weeks ticks stand at weeks, beyond at years.
const MOST_WEEKS: u32 = 104;
/// Beyond this number of weeks only every second year has a label.
const EVERY_YEAR: u32 = 260;
/// A year of which less than this part is seen has no label.
const SEEN: f64 = 0.5;

/// Ticks of a horizon.
pub fn time_axis(weeks: u32) -> TimeAxis {
    if weeks <= MOST_WEEKS {
        by_weeks(weeks)
    } else {
        by_years(weeks)
    }
}

/// The first and the last week, and quarters or half-years between them.
fn by_weeks(weeks: u32) -> TimeAxis {
    let step = match weeks {
        0..=16 => 4,
        17..=60 => 13,
        _ => 26,
    };
    let mut at = vec![1];
    at.extend((1..weeks.div_ceil(step)).map(|index| index * step));
    // A tick hard by the last week would cost the last week its label.
    at.retain(|tick| *tick == 1 || 2 * (weeks - tick) >= step);
    if weeks > 1 {
        at.push(weeks);
    }
    let labels = at.iter().map(|tick| Tick {
        at: f64::from(*tick),
        label: if *tick == 1 {
            week(1, Style::Sentence)
        } else {
            count(u64::from(*tick))
        },
    });
    TimeAxis {
        weeks,
        labels: labels.collect(),
        marks: at.iter().map(|tick| f64::from(*tick)).collect(),
    }
}

/// A tick between two years, a label in the middle of what is seen of a year.
fn by_years(weeks: u32) -> TimeAxis {
    let (first, last) = (1.0, f64::from(weeks));
    let years = (last / WEEKS_PER_YEAR).ceil() as u64;
    let every = if weeks > EVERY_YEAR { 2 } else { 1 };
    let edge = |year: u64| (year as f64 * WEEKS_PER_YEAR + 0.5).clamp(first, last);
    let is_seen = |year: &u64| edge(*year) - edge(year - 1) >= SEEN * WEEKS_PER_YEAR;
    let labels = (1..=years)
        .filter(|year| year.is_multiple_of(every))
        .filter(is_seen)
        .map(|year| Tick {
            at: (edge(year - 1) + edge(year)) / 2.0,
            label: if year == every {
                format!("year\u{202f}{year}")
            } else {
                count(year)
            },
        });
    TimeAxis {
        weeks,
        labels: labels.collect(),
        marks: (0..=years).map(edge).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(weeks: u32) -> Vec<String> {
        time_axis(weeks)
            .labels
            .into_iter()
            .map(|tick| tick.label.replace('\u{202f}', " "))
            .collect()
    }

    #[test]
    fn weeks_up_to_two_years_then_years() {
        assert_eq!(labels(104), ["week 1", "26", "52", "78", "104"]);
        assert_eq!(labels(52), ["week 1", "13", "26", "39", "52"]);
        assert_eq!(labels(80), ["week 1", "26", "52", "80"]);
        assert_eq!(labels(12), ["week 1", "4", "8", "12"]);
        assert_eq!(labels(156), ["year 1", "2", "3"]);
        assert_eq!(labels(520), ["year 2", "4", "6", "8", "10"]);
        assert_eq!(labels(110), ["year 1", "2"]);
        assert_eq!(labels(1), ["week 1"]);
    }
}
