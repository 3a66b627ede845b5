//! Lays out chart 7: stacked seats by role and period on one scale a head, and rows of numbers below them.

use super::super::labels::{Bounds, Measure};
use super::super::layout::{Anchor, Layout, Run, Shape, Text, panel_head, plain};
use super::super::style::{Colour, GRID, LABEL_GAP, LEFT, RIGHT, ROW_LINE, Role, TO_HEADS};
use super::super::text::Weight;
use super::{FigureRow, Seats, Team, TeamPanel, TeamRole};

/// Widest column of names.
const NAMES: f64 = 262.0;
/// Between panels.
const GAP: f64 = 90.0;
/// From the heads to the highest bars.
const TO_BARS: f64 = 42.0;
/// Baselines of years and periods, and the line between them.
const YEARS: f64 = 978.0;
const PERIODS: f64 = 940.0;
const YEAR_LINE: f64 = 951.0;
/// Between rows of numbers.
const STEP: f64 = 38.0;
/// From the last row of numbers to the periods, and from the last hires to the first row.
const ABOVE_PERIODS: f64 = 46.0;
const ABOVE_FIGURES: f64 = 46.0;
/// From a role's base line to the baseline of its hires.
const TO_HIRED: f64 = 29.0;
/// From a role's base line to the next role's highest bar.
const BETWEEN: f64 = 52.0;
/// Bars are as wide as this part of a period, or as the second where their numbers need it.
const WIDTH: f64 = 0.8;
const WIDEST: f64 = 0.9;
/// Between a number and the edges of its bar.
const INSIDE: f64 = 2.0;
/// Height of a number above its bar.
const NUMBER_ABOVE: f64 = 30.0;
/// Tallest head, px.
const TALLEST: f64 = 110.0;
/// No role's scale ends below so many heads.
const LEAST: f64 = 2.0;
/// Between filled and open seats, and the outline of the latter.
const SEAM: f64 = 2.0;
const OUTLINE: f64 = 2.4;
/// A number needs this height inside a bar.
const NUMBER: f64 = 30.0;
/// Open seats of the first period have a number from here on, within their outline or above it.
const TOLD: f64 = 1.0;
/// Shortest outline.
const SHORTEST: f64 = 2.0;
/// Between two numbers of a row.
const APART: f64 = 10.0;

/// Where things stand in a panel.
struct Frame {
    left: f64,
    pitch: f64,
    /// Every so-manieth period has numbers.
    every: usize,
    /// Pixels a head.
    head: f64,
    /// Width of a bar.
    bar: f64,
    /// Numbers of filled seats fit into their bars.
    inside: bool,
}

impl Frame {
    fn middle(&self, period: usize) -> f64 {
        self.left + self.pitch * (period as f64 + 0.5)
    }

    /// Whether the number of filled seats stands in their bar.
    fn holds(&self, seats: &Seats) -> bool {
        self.inside && seats.ramped * self.head >= NUMBER
    }

    fn has_number(&self, period: usize) -> bool {
        period.is_multiple_of(self.every)
    }
}

/// Lays the team out below a subtitle.
pub(in super::super) fn lay(team: &Team, subtitle: f64, layout: &mut Layout) {
    let Some(first) = team.panels.first() else { return };
    let heads = subtitle + TO_HEADS;
    let figures = team
        .panels
        .iter()
        .map(|panel| panel.figures.len())
        .max()
        .unwrap_or(0);
    let first_figure = PERIODS - ABOVE_PERIODS - STEP * (figures as f64 - 1.0);
    let last_base = first_figure - ABOVE_FIGURES - TO_HIRED;
    let names = names_width(team);
    let count = team.panels.len() as f64;
    let width = (RIGHT - LEFT - names - GAP * (count - 1.0)) / count;
    let pitch = width / team.periods.len().max(1) as f64;
    let tallest: Vec<f64> = (0..first.roles.len()).map(|role| tallest(team, role)).collect();
    let mut frame = frame(team, pitch);
    let top = heads + TO_BARS;
    let mut gap;
    (frame.head, gap) = scale(&tallest, BETWEEN, top, last_base);
    if team.panels.iter().any(|panel| any_above(panel, &frame)) {
        let between = BETWEEN + NUMBER_ABOVE;
        (frame.head, gap) = scale(&tallest, between, top, last_base);
    }
    for (index, panel) in team.panels.iter().enumerate() {
        let left = LEFT + names + (width + GAP) * index as f64;
        frame.left = left;
        panel_head(&panel.head, (left, left + width), heads, layout);
        let mut base = last_base;
        for (role, tallest) in panel.roles.iter().zip(&tallest).rev() {
            if index == 0 {
                side(role, base, names, layout);
            }
            seats(role, panel, base, &frame, layout);
            base -= tallest * frame.head + gap;
        }
        for (row, figures) in panel.figures.iter().enumerate() {
            let baseline = first_figure + STEP * row as f64;
            figure_row(figures, index == 0, baseline, &frame, layout);
        }
        times(team, &frame, layout);
    }
}

fn names_width(team: &Team) -> f64 {
    let measure = Measure::of(Role::CrowdedLabel);
    let panels = team.panels.iter();
    let names = panels.flat_map(|panel| {
        let roles = panel.roles.iter().map(|role| &role.name);
        roles.chain(panel.figures.iter().map(|row| &row.name))
    });
    names
        .map(|name| measure.width(name))
        .fold(140.0, f64::max)
        .min(NAMES)
        + 2.0 * LABEL_GAP
}

/// Most seats of a role in any period of any plan.
fn tallest(team: &Team, role: usize) -> f64 {
    team.panels
        .iter()
        .flat_map(|panel| &panel.roles[role].seats)
        .map(|seats| seats.ramped + seats.ramping + seats.open)
        .fold(LEAST, f64::max)
}

/// Pixels a head, and from a role's highest bars to the base line above them.
fn scale(tallest: &[f64], between: f64, top: f64, last_base: f64) -> (f64, f64) {
    let gaps = tallest.len().saturating_sub(1) as f64;
    let room = last_base - top - between * gaps;
    let heads: f64 = tallest.iter().sum();
    let head = (room / heads.max(LEAST)).min(TALLEST);
    let spare = if gaps > 0.0 {
        (room - head * heads) / gaps
    } else {
        0.0
    };
    (head, between + spare.min(60.0))
}

/// Whether a number of the panel stands above its bar.
fn any_above(panel: &TeamPanel, frame: &Frame) -> bool {
    let is_told = |seats: &Seats| seats.open >= TOLD && seats.open * frame.head - SEAM < NUMBER;
    panel.roles.iter().any(|role| {
        role.seats.first().is_some_and(is_told) || role.seats.iter().any(|seats| !frame.holds(seats))
    })
}

/// Widths of bars and numbers; heights follow.
fn frame(team: &Team, pitch: f64) -> Frame {
    let panels = || team.panels.iter();
    let all_seats = || {
        panels()
            .flat_map(|panel| &panel.roles)
            .flat_map(|role| &role.seats)
    };
    let filled = all_seats()
        .map(|seats| tabular(&seats.filled_label, Weight::SemiBold))
        .fold(0.0, f64::max);
    let hired = all_seats().map(|seats| tabular(&seats.hired_label, Weight::Regular));
    let figures = panels()
        .flat_map(|panel| &panel.figures)
        .flat_map(|row| &row.values);
    let figures = figures.map(|value| tabular(value, Weight::SemiBold));
    let widest = hired.chain(figures).fold(filled, f64::max) + APART;
    let bar = (filled + 2.0 * INSIDE).clamp(WIDTH * pitch, WIDEST * pitch);
    Frame {
        left: 0.0,
        pitch,
        every: (widest / pitch).ceil().max(1.0) as usize,
        head: 0.0,
        bar,
        inside: filled + 2.0 * INSIDE <= bar,
    }
}

fn tabular(text: &str, weight: Weight) -> f64 {
    Run::of(Role::Axis, text, Colour::Ink)
        .weighing(weight)
        .tabular()
        .width(Role::Axis.size())
}

/// The name of a role in two lines at most above its base line, and what the numbers below it are.
fn side(role: &TeamRole, base: f64, names: f64, layout: &mut Layout) {
    let lines = Measure::of(Role::CrowdedLabel).wrap(&role.name, names - 2.0 * LABEL_GAP, 2);
    let mut baseline = base - 9.0 - 29.0 * lines.len().saturating_sub(1) as f64;
    for line in lines {
        layout.texts.push(plain(
            Role::CrowdedLabel,
            line,
            Colour::Ink,
            Anchor::Left,
            (LEFT, baseline),
        ));
        baseline += 29.0;
    }
    let at = (LEFT, base + TO_HIRED);
    layout
        .texts
        .push(plain(Role::Axis, "hired", Colour::Secondary, Anchor::Left, at));
}

/// The bars of a role on their base line, with their numbers.
fn seats(role: &TeamRole, panel: &TeamPanel, base: f64, frame: &Frame, layout: &mut Layout) {
    for (period, seats) in role.seats.iter().enumerate() {
        bar(seats, panel.plan, (period, base), frame, layout);
        if frame.has_number(period) {
            let run = Run::of(Role::Axis, seats.hired_label.clone(), Colour::Secondary).tabular();
            let at = (frame.middle(period), base + TO_HIRED);
            layout
                .texts
                .push(Text::new(Role::Axis, vec![run], Anchor::Middle, at));
        }
    }
    layout.shapes.push(Shape::Line {
        from: (frame.left, base),
        to: (frame.left + frame.pitch * role.seats.len() as f64, base),
        width: ROW_LINE,
        colour: Colour::Ink,
        dash: None,
    });
}

fn bar(seats: &Seats, plan: usize, (period, base): (usize, f64), frame: &Frame, layout: &mut Layout) {
    let half = frame.bar / 2.0;
    let middle = frame.middle(period);
    let mut block = |from: f64, to: f64, colour| {
        let bounds = Bounds {
            left: middle - half,
            top: base - to * frame.head,
            right: middle + half,
            bottom: base - from * frame.head,
        };
        if to > from {
            layout.shapes.push(Shape::Rectangle { bounds, colour });
        }
    };
    let filled = seats.ramped + seats.ramping;
    block(0.0, seats.ramped, Colour::Plan(plan));
    block(seats.ramped, filled, Colour::PlanTint(plan));
    let top = base - filled * frame.head;
    let open = seats.open * frame.head - SEAM;
    if open >= SHORTEST {
        layout
            .shapes
            .push(outline((middle, half), (top - SEAM - open, top - SEAM), plan));
    }
    if frame.has_number(period) {
        let heights = [top, seats.ramping * frame.head, open];
        numbers(seats, plan, (period, base), heights, frame, layout);
    }
}

/// The number of filled seats in its bar, that of open seats in their outline; what does not fit stands above, but no
/// number of filled seats above an outline, where it would be read as that of open ones.
fn numbers(
    seats: &Seats,
    plan: usize,
    (period, base): (usize, f64),
    [top, ramping, open]: [f64; 3],
    frame: &Frame,
    layout: &mut Layout,
) {
    let mut number = |text: &str, colour, baseline: f64| {
        let run = Run::of(Role::Axis, text, colour)
            .weighing(Weight::SemiBold)
            .tabular();
        let at = (frame.middle(period), baseline);
        layout
            .texts
            .push(Text::new(Role::Axis, vec![run], Anchor::Middle, at));
    };
    let inside = |from: f64, height: f64| from + height / 2.0 + 0.36 * Role::Axis.size();
    let open_top = top - SEAM - open;
    let colour = Colour::PlanText(plan);
    if !frame.inside {
        let above = top - open.max(0.0) - 2.0 * SEAM - 7.0;
        return number(&seats.filled_label, colour, above);
    }
    if frame.holds(seats) {
        number(&seats.filled_label, Colour::Background, base - 10.0);
    } else if ramping >= NUMBER {
        number(&seats.filled_label, Colour::Ink, inside(top, ramping));
    } else if open < SHORTEST {
        number(&seats.filled_label, colour, top - 7.0);
    }
    if open >= NUMBER {
        number(&seats.open_label, colour, inside(open_top, open));
    } else if period == 0 && seats.open >= TOLD {
        number(&seats.open_label, colour, open_top - 7.0);
    }
}

/// An empty box, its stroke inside.
fn outline((middle, half): (f64, f64), (top, bottom): (f64, f64), plan: usize) -> Shape {
    let inner = OUTLINE / 2.0;
    let (left, right) = (middle - half + inner, middle + half - inner);
    let (top, bottom) = (top + inner, (bottom - inner).max(top + inner + 0.5));
    Shape::Curve {
        points: vec![
            (left, top),
            (right, top),
            (right, bottom),
            (left, bottom),
            (left, top - inner),
        ],
        width: OUTLINE,
        colour: Colour::Plan(plan),
        dash: None,
    }
}

fn figure_row(row: &FigureRow, is_first: bool, baseline: f64, frame: &Frame, layout: &mut Layout) {
    if is_first {
        let name = plain(
            Role::CrowdedLabel,
            row.name.clone(),
            Colour::Ink,
            Anchor::Left,
            (LEFT, baseline),
        );
        layout.texts.push(name);
    }
    for (period, value) in row.values.iter().enumerate() {
        let is_told = row.told == Some(period);
        let hides = row
            .told
            .is_some_and(|told| told != period && told.abs_diff(period) < frame.every);
        if (!frame.has_number(period) || hides) && !is_told {
            continue;
        }
        let (colour, weight) = if is_told {
            (Colour::Bad, Weight::SemiBold)
        } else {
            (Colour::Ink, Weight::Regular)
        };
        let run = Run::of(Role::Axis, value.clone(), colour)
            .weighing(weight)
            .tabular();
        let at = (frame.middle(period), baseline);
        layout
            .texts
            .push(Text::new(Role::Axis, vec![run], Anchor::Middle, at));
    }
}

/// Periods and the years that hold them.
fn times(team: &Team, frame: &Frame, layout: &mut Layout) {
    for (period, label) in team.periods.iter().enumerate() {
        let at = (frame.middle(period), PERIODS);
        let label = plain(Role::Axis, label.clone(), Colour::Secondary, Anchor::Middle, at);
        layout.texts.push(label);
    }
    for year in &team.years {
        let edge = (frame.pitch - frame.bar) / 2.0;
        let left = frame.left + frame.pitch * year.first as f64 + edge;
        let right = frame.left + frame.pitch * (year.last + 1) as f64 - edge;
        layout.shapes.push(Shape::Line {
            from: (left, YEAR_LINE),
            to: (right, YEAR_LINE),
            width: GRID,
            colour: Colour::Connector,
            dash: None,
        });
        let label = plain(
            Role::Axis,
            year.label.clone(),
            Colour::Secondary,
            Anchor::Left,
            (left, YEARS),
        );
        if label.bounds.right <= right + GAP / 2.0 {
            layout.texts.push(label);
        }
    }
}
