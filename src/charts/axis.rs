//! Axes: round ticks, one unit an axis, the same money per pixel side by side.

use super::figure::{Axis, Tick};
use crate::units::format::{Scale, Style, number, quantity};
use crate::units::unit::Unit;

/// Most steps of an axis.
const MOST_STEPS: f64 = 7.0;
/// Room beyond the outermost dots, as a part of the range.
const ROOM: f64 = 0.03;
/// A range narrower than this part of another gets a scale of its own.
const DEGENERATE: f64 = 0.35;

/// The smallest and the largest of the amounts, if there are any.
pub fn range(amounts: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    amounts
        .filter(|amount| amount.is_finite())
        .fold(None, |range, amount| match range {
            None => Some((amount, amount)),
            Some((low, high)) => Some((f64::min(low, amount), f64::max(high, amount))),
        })
}

/// A range with an amount that is not far outside it.
pub fn with_near(range: (f64, f64), amount: f64) -> (f64, f64) {
    let (low, high) = (range.0.min(amount), range.1.max(amount));
    if range.1 - range.0 >= 0.6 * (high - low) {
        (low, high)
    } else {
        range
    }
}

/// Whether ranges may stand on one scale.
pub fn are_alike(ranges: &[(f64, f64)]) -> bool {
    let widths = || ranges.iter().map(|range| range.1 - range.0);
    let widest = widths().fold(0.0, f64::max);
    widths().all(|width| width >= DEGENERATE * widest)
}

/// Axes of money for panels side by side, with the same money per pixel.
pub fn money_axes(ranges: &[(f64, f64)], currency: &str) -> Vec<Axis> {
    let wide: Vec<(f64, f64)> = ranges.iter().map(|range| widened(*range)).collect();
    let step = common_step(&wide, MOST_STEPS);
    let ends: Vec<(f64, f64)> = wide.iter().map(|range| steps_around(*range, step)).collect();
    let most = ends.iter().map(|(low, high)| high - low).fold(1.0, f64::max);
    ends.into_iter()
        .map(|ends| axis(filled_up(ends, most), step, currency))
        .collect()
}

/// What an upright axis measures.
#[derive(Debug, Clone, Copy)]
pub enum Measured<'a> {
    /// Money in a currency.
    Money(&'a str),
    /// Differences of money in a currency, signed.
    Differences(&'a str),
    /// Selling hours.
    Hours,
    /// Amounts of another unit, in a currency where they are money.
    Quantity(Unit, &'a str),
}

/// Room beyond the ends of an upright axis, as a part of its range.
const UPRIGHT_ROOM: f64 = 0.005;
/// From this number of ticks on, every second stays without a label.
const SPARSE_FROM: usize = 7;

/// An upright axis with zero on it and at most so many steps.
pub fn upright((low, high): (f64, f64), most: f64, measured: Measured<'_>) -> Axis {
    let (low, high) = (low.min(0.0), high.max(0.0));
    let wide = if high > low {
        let room = UPRIGHT_ROOM * (high - low);
        let widened = |end: f64| end + room * f64::from(i8::from(end > 0.0) - i8::from(end < 0.0));
        (widened(low), widened(high))
    } else {
        widened((low, high))
    };
    let step = common_step(&[wide], most);
    let (low, high) = steps_around(wide, step);
    let count = (high - low).round() as usize;
    let zero = (-low).round() as usize;
    let every: usize = if count + 1 >= SPARSE_FROM { 2 } else { 1 };
    let has_label = |index: &usize| index.abs_diff(zero).is_multiple_of(every);
    let outermost = (zero + 1..=count)
        .rfind(has_label)
        .or_else(|| (0..=count).find(has_label));
    let scale = Scale::of(low.abs().max(high.abs()) * step, step * every as f64);
    let ticks = (0..=count)
        .map(|index| {
            let at = (low + index as f64) * step;
            let label = if has_label(&index) {
                label(at, scale, measured, outermost == Some(index))
            } else {
                String::new()
            };
            Tick { at, label }
        })
        .collect();
    Axis {
        low: low * step,
        high: high * step,
        ticks,
    }
}

fn label(at: f64, scale: Scale, measured: Measured<'_>, is_outermost: bool) -> String {
    match measured {
        _ if at == 0.0 => number(0.0, Style::Axis),
        Measured::Money(currency) if is_outermost => scale.money(at, currency),
        Measured::Differences(currency) if is_outermost => scale.signed(at, currency),
        Measured::Differences(_) if at > 0.0 => format!("+{}", scale.bare(at)),
        Measured::Money(_) | Measured::Differences(_) => scale.bare(at),
        Measured::Hours if is_outermost => format!("{}\u{202f}h", number(at, Style::Axis)),
        Measured::Hours => number(at, Style::Axis),
        Measured::Quantity(unit, currency) => quantity(at, unit, currency, Style::Axis),
    }
}

/// Room at both ends; an amount that cannot be negative gets none below zero.
fn widened((low, high): (f64, f64)) -> (f64, f64) {
    let width = high - low;
    let room = if width > 1e-9 * high.abs().max(low.abs()) {
        width * ROOM
    } else if low == 0.0 {
        1.0
    } else {
        low.abs() * 0.1
    };
    let bottom = low - room;
    (if low >= 0.0 { bottom.max(0.0) } else { bottom }, high + room)
}

/// The smallest round step with which every range takes few enough steps.
fn common_step(ranges: &[(f64, f64)], most: f64) -> f64 {
    let widest = ranges.iter().map(|(low, high)| high - low).fold(0.0, f64::max);
    let power = libm::floor(libm::log10(widest / most)) as i32;
    for exponent in power..power + 3 {
        for digit in [10.0, 20.0, 25.0, 50.0] {
            let step = libm::pow(10.0, f64::from(exponent - 1)) * digit;
            let fits = |range: &(f64, f64)| {
                let (low, high) = steps_around(*range, step);
                high - low <= most
            };
            if ranges.iter().all(fits) {
                return step;
            }
        }
    }
    widest
}

/// The ends around a range, counted in steps.
fn steps_around((low, high): (f64, f64), step: f64) -> (f64, f64) {
    (libm::floor(low / step + 1e-9), libm::ceil(high / step - 1e-9))
}

/// As many steps as the widest panel: first to the right, then to the left, but not below zero.
fn filled_up((mut low, mut high): (f64, f64), most: f64) -> (f64, f64) {
    let may_go_below = low < 0.0;
    let mut to_the_right = true;
    while high - low < most {
        if to_the_right || (low <= 0.0 && !may_go_below) {
            high += 1.0;
        } else {
            low -= 1.0;
        }
        to_the_right = !to_the_right;
    }
    (low, high)
}

/// Ticks in one unit; currency and unit only at the outermost one.
fn axis((low, high): (f64, f64), step: f64, currency: &str) -> Axis {
    let scale = Scale::of(low.abs().max(high.abs()) * step, step);
    let count = (high - low).round() as usize;
    let outermost = if low > 0.0 || high <= 0.0 { 0 } else { count };
    let ticks = (0..=count)
        .map(|index| {
            let at = (low + index as f64) * step;
            let label = if at == 0.0 {
                number(0.0, Style::Axis)
            } else if index == outermost {
                scale.money(at, currency)
            } else {
                scale.bare(at)
            };
            Tick { at, label }
        })
        .collect();
    Axis {
        low: low * step,
        high: high * step,
        ticks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis) -> Vec<&str> {
        axis.ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    #[test]
    fn panels_have_the_same_money_per_pixel() {
        let axes = money_axes(&[(14e6, 40.2e6), (19e6, 47.5e6)], "USD");
        assert_eq!(
            labels(&axes[0]),
            ["$10M", "15", "20", "25", "30", "35", "40", "45"]
        );
        assert_eq!(
            labels(&axes[1]),
            ["$15M", "20", "25", "30", "35", "40", "45", "50"]
        );
    }

    #[test]
    fn odd_ranges_get_round_ticks() {
        let one = |range| money_axes(&[range], "USD").remove(0);
        assert_eq!(labels(&one((-9e6, 37e6))).last(), Some(&"$40M"));
        assert_eq!(labels(&one((0.0, 0.0))).first(), Some(&"0"));
        assert_eq!(labels(&one((-45e6, -18e6))).first(), Some(&"\u{2212}$50M"));
        assert_eq!(labels(&one((0.0, 1e12))).last(), Some(&"$1,200B"));
        assert!(one((5.0, 5.0)).ticks.len() >= 3);
    }

    #[test]
    fn upright_axes_hold_zero_and_label_every_second_tick() {
        let differences = upright((-0.2e6, 15.7e6), 9.0, Measured::Differences("USD"));
        assert_eq!(
            labels(&differences),
            ["", "0", "", "+4", "", "+8", "", "+12", "", "+$16M"]
        );
        let lost = upright((-9e6, -2e6), 5.0, Measured::Differences("USD"));
        assert_eq!(
            labels(&lost),
            [
                "\u{2212}$10M",
                "\u{2212}8",
                "\u{2212}6",
                "\u{2212}4",
                "\u{2212}2",
                "0"
            ]
        );
        let behind = upright((-13.2e6, 0.4e6), 9.0, Measured::Differences("USD"));
        assert_eq!(
            labels(&behind),
            ["", "\u{2212}$12M", "", "\u{2212}8", "", "\u{2212}4", "", "0", ""]
        );
        let hours = upright((20.0, 183.0), 4.0, Measured::Hours);
        assert_eq!(labels(&hours), ["0", "50", "100", "150", "200\u{202f}h"]);
    }
}
