//! A panel of weeks by amounts: from weeks and amounts to pixels, its grid and the labels of its axes.

use super::figure::{Axis, TimeAxis};
use super::labels::Bounds;
use super::layout::{Anchor, Layout, Run, Shape, Text};
use super::style::{Colour, GRID, LABEL_GAP, Role, TICK, TO_TICKS, ZERO};

/// Space between two labels of an axis.
const APART: f64 = 14.0;

/// A panel in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plot {
    /// Left edge: the first week.
    pub left: f64,
    /// Right edge: the last week.
    pub right: f64,
    /// Top edge: the highest amount.
    pub top: f64,
    /// Bottom edge: the lowest amount.
    pub bottom: f64,
    /// Weeks of the horizon.
    pub weeks: u32,
    /// Amount at the bottom.
    pub low: f64,
    /// Amount at the top.
    pub high: f64,
}

impl Plot {
    /// The place of a week; the first is 1.
    pub fn x(&self, week: f64) -> f64 {
        let span = f64::from(self.weeks.max(2) - 1);
        self.left + (week - 1.0) / span * (self.right - self.left)
    }

    /// The place of an amount.
    pub fn y(&self, amount: f64) -> f64 {
        self.bottom - (amount - self.low) / (self.high - self.low) * (self.bottom - self.top)
    }

    /// The points of a weekly series.
    pub fn points(&self, amounts: &[f64]) -> Vec<(f64, f64)> {
        let point = |(index, amount): (usize, &f64)| (self.x((index + 1) as f64), self.y(*amount));
        amounts.iter().enumerate().map(point).collect()
    }

    /// Highest and lowest place of a weekly series over the width of a box.
    pub fn heights(&self, amounts: &[f64], bounds: &Bounds) -> (f64, f64) {
        let points = self.points(amounts);
        let is_over = |pair: &&[(f64, f64)]| pair[1].0 >= bounds.left && pair[0].0 <= bounds.right;
        points
            .windows(2)
            .filter(is_over)
            .flatten()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(high, low), point| {
                (high.min(point.1), low.max(point.1))
            })
    }
}

/// Grid lines and the zero line.
pub fn grid(axis: &Axis, plot: &Plot, layout: &mut Layout) {
    let line = |at: f64, width, colour| Shape::Line {
        from: (plot.left, plot.y(at)),
        to: (plot.right, plot.y(at)),
        width,
        colour,
        dash: None,
    };
    for tick in axis.ticks.iter().filter(|tick| tick.at != 0.0) {
        layout.shapes.push(line(tick.at, GRID, Colour::Grid));
    }
    if axis.low <= 0.0 && axis.high >= 0.0 {
        layout.shapes.push(line(0.0, ZERO, Colour::Ink));
    }
}

/// Labels of the amounts, left of the panel.
pub fn amount_labels(axis: &Axis, plot: &Plot) -> Vec<Text> {
    let label = |(at, text): (f64, &str)| {
        let run = Run::of(Role::Axis, text, Colour::Secondary).tabular();
        let baseline = plot.y(at) + 0.36 * Role::Axis.size();
        Text::new(
            Role::Axis,
            vec![run],
            Anchor::Right,
            (plot.left - LABEL_GAP, baseline),
        )
    };
    axis.ticks
        .iter()
        .filter(|tick| !tick.label.is_empty())
        .map(|tick| label((tick.at, &tick.label)))
        .collect()
}

/// Ticks and labels of the weeks below a panel; labels stand out of it to the right by `overhang` at most.
pub fn time_marks(axis: &TimeAxis, plot: &Plot, overhang: f64, layout: &mut Layout) {
    let mut texts = Vec::new();
    let mut every = 1;
    while every <= axis.labels.len().max(1) {
        texts = time_labels(axis, plot, overhang, every);
        let crowded = texts
            .windows(2)
            .any(|pair| pair[0].1.bounds.meets(&pair[1].1.bounds, APART));
        if !crowded {
            break;
        }
        every *= 2;
    }
    let is_by_weeks = axis.labels.iter().all(|label| axis.marks.contains(&label.at));
    let has_mark = |at: &f64| !is_by_weeks || texts.iter().any(|(label, _)| label == at);
    for at in axis.marks.iter().filter(|at| has_mark(at)) {
        layout.shapes.push(Shape::Line {
            from: (plot.x(*at), plot.bottom),
            to: (plot.x(*at), plot.bottom + TICK.1),
            width: TICK.0,
            colour: Colour::Ink,
            dash: None,
        });
    }
    layout.texts.extend(texts.into_iter().map(|(_, text)| text));
}

/// Every so-manieth label, the first and the last always; a label at the left edge begins there.
fn time_labels(axis: &TimeAxis, plot: &Plot, overhang: f64, every: usize) -> Vec<(f64, Text)> {
    let last = axis.labels.len().saturating_sub(1);
    let is_kept = |index: usize| index == last || index.is_multiple_of(every);
    // Of two labels hard by each other at the end the last one stays.
    let is_pushed_out = |index: usize| index != 0 && index != last && last - index < every;
    axis.labels
        .iter()
        .enumerate()
        .filter(|(index, _)| is_kept(*index) && !is_pushed_out(*index))
        .map(|(_, tick)| {
            let x = plot.x(tick.at);
            let anchor = if x <= plot.left {
                Anchor::Left
            } else {
                Anchor::Middle
            };
            let run = Run::of(Role::Axis, tick.label.clone(), Colour::Secondary).tabular();
            let text = Text::new(Role::Axis, vec![run], anchor, (x, plot.bottom + TO_TICKS));
            let over = (text.bounds.right - plot.right - overhang).max(0.0);
            (tick.at, text.moved(-over))
        })
        .collect()
}
