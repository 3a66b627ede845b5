//! Quarters and years of the horizon.

use super::Year;

/// Weeks of a quarter and of a year.
const QUARTER: u32 = 13;
const YEAR: u32 = 52;
/// More quarters than this and years are shown.
const MOST_QUARTERS: u32 = 12;
/// Quarters of a year.
const QUARTERS: usize = 4;

/// Weeks that are told together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Period {
    /// `Q1`, or `1`.
    pub label: String,
    /// Weeks from 0, the second not part of it.
    pub weeks: (usize, usize),
}

impl Period {
    /// Sum of a weekly series.
    pub(super) fn sum(&self, weekly: &[f64]) -> f64 {
        weekly.iter().take(self.weeks.1).skip(self.weeks.0).sum()
    }

    /// Mean of a weekly series.
    pub(super) fn mean(&self, weekly: &[f64]) -> f64 {
        self.sum(weekly) / (self.weeks.1 - self.weeks.0).max(1) as f64
    }
}

/// Quarters of 13 weeks, years of 52 beyond twelve of them; less than half a period at the end belongs to the one before.
pub(super) fn periods(weeks: u32) -> (Vec<Period>, bool) {
    let by_quarter = 2 * weeks < (2 * MOST_QUARTERS + 1) * QUARTER;
    let length = if by_quarter { QUARTER } else { YEAR };
    let count = ((2 * weeks + length) / (2 * length)).max(1);
    let period = |index: u32| {
        let end = if index + 1 == count {
            weeks
        } else {
            (index + 1) * length
        };
        Period {
            label: if by_quarter {
                format!("Q{}", index % 4 + 1)
            } else {
                format!("{}", index + 1)
            },
            weeks: ((index * length) as usize, end as usize),
        }
    };
    ((0..count).map(period).collect(), by_quarter)
}

/// Years below the quarters: of the calendar where the run starts in January, else counted.
pub(super) fn years(periods: &[Period], by_quarter: bool, start: &str) -> Vec<Year> {
    if !by_quarter {
        return vec![Year {
            label: "year".to_owned(),
            first: 0,
            last: periods.len().saturating_sub(1),
        }];
    }
    let mut words = start.split(' ').skip(1);
    let first = match (words.next(), words.next().map(str::parse::<usize>)) {
        (Some("Jan"), Some(Ok(year))) => Some(year),
        _ => None,
    };
    (0..periods.len().div_ceil(QUARTERS))
        .map(|index| Year {
            label: match first {
                Some(year) => format!("{}", year + index),
                None => format!("year\u{202f}{}", index + 1),
            },
            first: index * QUARTERS,
            last: ((index + 1) * QUARTERS).min(periods.len()) - 1,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_then_years() {
        let count = |weeks| {
            let (periods, by_quarter) = periods(weeks);
            (periods.len(), by_quarter)
        };
        assert_eq!(count(104), (8, true));
        assert_eq!(count(52), (4, true));
        assert_eq!(count(6), (1, true));
        assert_eq!(count(110), (8, true));
        assert_eq!(count(111), (9, true));
        assert_eq!(count(156), (12, true));
        assert_eq!(count(162), (12, true));
        assert_eq!(count(163), (3, false));
        assert_eq!(count(520), (10, false));
    }

    #[test]
    fn every_week_is_in_one_period() {
        for weeks in [1, 12, 52, 104, 110, 111, 156, 163, 520] {
            let (periods, _) = periods(weeks);
            let mut next = 0;
            for period in periods {
                assert_eq!(period.weeks.0, next);
                next = period.weeks.1;
            }
            assert_eq!(next, weeks as usize);
        }
    }

    #[test]
    fn years_of_the_calendar_only_from_january() {
        let (periods, by_quarter) = periods(104);
        let labels = |start| -> Vec<String> {
            years(&periods, by_quarter, start)
                .into_iter()
                .map(|year| year.label)
                .collect()
        };
        assert_eq!(labels("4 Jan 2027"), ["2027", "2028"]);
        assert_eq!(labels("5 Apr 2027"), ["year\u{202f}1", "year\u{202f}2"]);
    }
}
