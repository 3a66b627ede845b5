//! Lays out five to eight rows of dots: name, mean, dots, and a last column.

use super::dots::{Place, axis_marks, cell_marks};
use super::figure::{DotRow, DotRows};
use super::labels::Measure;
use super::lattice::{Ruler, diameter};
use super::layout::{Anchor, Layout, Run, Shape, Text, plain};
use super::style::{Colour, LABEL_GAP, LEFT, PLOT_BOTTOM, RIGHT, Role, TARGET, TARGET_DASH};
use super::text::Weight;

/// Right edge of the names.
const NAMES: f64 = 400.0;
/// Right edge of the means.
const MEANS: f64 = 560.0;
/// Edges of the dots.
const DOTS: (f64, f64) = (620.0, 1660.0);
/// From the subtitle to the heads and to the first row.
const TO_HEADS: f64 = 43.0;
const TO_ROWS: f64 = 54.0;
/// Below the line of a row: its bar.
const BELOW: f64 = 33.0;
/// Largest diameter of dots.
const LARGEST: f64 = 26.0;
/// Step between two lines of a name.
const NAME_STEP: f64 = 29.0;

/// Lays a ranking out below a subtitle.
pub(super) fn lay(dots: &DotRows, subtitle: f64, layout: &mut Layout) {
    let (Some(panel), false) = (dots.panels.first(), dots.rows.is_empty()) else {
        return;
    };
    let top = subtitle + TO_ROWS;
    let pitch = (PLOT_BOTTOM - top) / dots.rows.len() as f64;
    let ruler = Ruler {
        low: panel.axis.low,
        high: panel.axis.high,
        left: DOTS.0,
        right: DOTS.1,
    };
    axis_marks(&panel.axis, &ruler, (top, PLOT_BOTTOM), layout);
    heads(dots, &ruler, subtitle + TO_HEADS, top, layout);
    let cells: Vec<_> = dots
        .rows
        .iter()
        .filter_map(|row| Some((row.cells.first()?, ruler)))
        .collect();
    let height = pitch - BELOW;
    let diameter = diameter(&cells, height, LARGEST);
    for (index, row) in dots.rows.iter().enumerate() {
        let base = top + pitch * (index + 1) as f64 - BELOW;
        words(row, base, pitch, layout);
        let place = Place {
            base,
            height,
            diameter,
            plan: row.plan,
        };
        if let Some(cell) = row.cells.first() {
            cell_marks(cell, &ruler, &place, layout);
        }
    }
}

/// The head of the last column; target and its line.
fn heads(dots: &DotRows, ruler: &Ruler, baseline: f64, top: f64, layout: &mut Layout) {
    if dots.rows.iter().any(|row| row.last.is_some()) {
        layout.texts.push(plain(
            Role::Axis,
            "best in",
            Colour::Secondary,
            Anchor::Right,
            (RIGHT, baseline),
        ));
    }
    let Some(target) = dots.panels.first().and_then(|panel| panel.target.as_ref()) else {
        return;
    };
    let x = ruler.x(target.at);
    let (words, anchor, at) = if target.at > ruler.high {
        (format!("{} \u{2192}", target.label), Anchor::Right, ruler.right)
    } else if target.at < ruler.low {
        (format!("\u{2190} {}", target.label), Anchor::Left, ruler.left)
    } else {
        layout.shapes.push(Shape::Line {
            from: (x, top - 12.0),
            to: (x, PLOT_BOTTOM),
            width: TARGET,
            colour: Colour::Ink,
            dash: Some(TARGET_DASH),
        });
        let (anchor, side) = if x > (ruler.left + ruler.right) / 2.0 {
            (Anchor::Right, -LABEL_GAP)
        } else {
            (Anchor::Left, LABEL_GAP)
        };
        (target.label.clone(), anchor, x + side)
    };
    let run = Run::of(Role::Axis, words, Colour::Ink).weighing(Weight::SemiBold);
    layout
        .texts
        .push(Text::new(Role::Axis, vec![run], anchor, (at, baseline)));
}

/// Name, mean and last column, centred on the dots.
fn words(row: &DotRow, base: f64, pitch: f64, layout: &mut Layout) {
    let middle = base - (pitch - BELOW).min(40.0) / 2.0 + 6.0;
    let mean = Run::of(Role::Annotation, row.mean.clone(), Colour::Ink)
        .weighing(Weight::SemiBold)
        .tabular();
    let at = (MEANS, middle + 0.36 * Role::Annotation.size());
    let mean = Text::new(Role::Annotation, vec![mean], Anchor::Right, at);
    let most = (NAMES - LEFT).min(mean.bounds.left - 24.0 - LEFT);
    layout.texts.push(mean);
    let names = Measure::of(Role::CrowdedLabel).wrap(&row.name, most, 2);
    let lines = names.len() as f64;
    for (index, line) in names.into_iter().enumerate() {
        let baseline =
            middle + 0.36 * Role::CrowdedLabel.size() + NAME_STEP * (index as f64 - (lines - 1.0) / 2.0);
        let colour = Colour::PlanText(row.plan);
        layout.texts.push(plain(
            Role::CrowdedLabel,
            line,
            colour,
            Anchor::Left,
            (LEFT, baseline),
        ));
    }
    if let Some(last) = &row.last {
        let last = Run::of(Role::Annotation, last.clone(), Colour::Ink);
        layout.texts.push(Text::new(
            Role::Annotation,
            vec![last],
            Anchor::Right,
            (RIGHT, at.1),
        ));
    }
}
