//! Marks that all rows of dots share: axes, stacks, interval bars with their labels.

use super::figure::{Axis, DotCell, Interval, Tick};
use super::labels::Bounds;
use super::lattice::{Ruler, columns};
use super::layout::{Anchor, Fill, Layout, Run, Shape, Text};
use super::style::{BAR, Colour, DOT_GAP, GRID, LABEL_GAP, MEAN_TICK, RIGHT, Role, SAFE, TO_TICKS, ZERO};

/// From the row's line to the middle of its bar.
const TO_BAR: f64 = 17.0;
/// From the row's line to the lowest dot's cell.
const TO_DOTS: f64 = 4.0;
/// From the row's line to the baseline of the median's label.
const TO_MEDIAN: f64 = 52.0;
/// How far labels of a bar may stand out of their panel.
const OUTSIDE: (f64, f64) = (14.0, 34.0);
/// Space between two labels.
const PAD: f64 = 6.0;
/// Space between the labels of one bar, whose boxes hold room for letters that figures lack.
const CLOSE: f64 = 0.5;
/// Farthest that the label of a median may stand from it.
const FARTHEST: f64 = 85.0;
/// Space between a label and the line that it avoids.
const FROM_LINE: f64 = 9.0;

/// Where a row of dots stands.
pub(super) struct Place {
    /// The row's line.
    pub base: f64,
    /// Height for dots.
    pub height: f64,
    /// Diameter of the lattice.
    pub diameter: f64,
    /// Colour.
    pub plan: usize,
}

/// Grid lines, zero line and tick labels of a panel between a top and a bottom.
pub(super) fn axis_marks(axis: &Axis, ruler: &Ruler, (top, bottom): (f64, f64), layout: &mut Layout) {
    let line = |x: f64, width, colour| Shape::Line {
        from: (x, top),
        to: (x, bottom),
        width,
        colour,
        dash: None,
    };
    for tick in &axis.ticks {
        layout.shapes.push(line(ruler.x(tick.at), GRID, Colour::Grid));
    }
    if axis.low < 0.0 && axis.high > 0.0 {
        layout.shapes.push(line(ruler.x(0.0), ZERO, Colour::Ink));
    }
    layout.texts.extend(tick_labels(axis, ruler, bottom + TO_TICKS));
}

/// All labels, or every second one, or the ends; zero and the one with the unit stay as long as they can.
fn tick_labels(axis: &Axis, ruler: &Ruler, baseline: f64) -> Vec<Text> {
    let last = axis.ticks.len().saturating_sub(1);
    let outermost = if axis.low > 0.0 || axis.high <= 0.0 {
        0
    } else {
        last
    };
    let zero = axis.ticks.iter().position(|tick| tick.at == 0.0);
    let label = |(_, tick): (usize, &Tick)| {
        let run = Run::of(Role::Axis, tick.label.clone(), Colour::Secondary).tabular();
        let at = (ruler.x(tick.at), baseline);
        let text = Text::new(Role::Axis, vec![run], Anchor::Middle, at);
        let over = (text.bounds.right - RIGHT).max(0.0);
        text.moved(-over)
    };
    let tries = (1..=last.max(1)).flat_map(|every| [(every, zero.unwrap_or(outermost)), (every, outermost)]);
    for (every, anchor) in tries {
        let is_kept = |(index, _): &(usize, &Tick)| {
            let is_near = index.abs_diff(outermost) < every && *index != anchor;
            *index == outermost || (index.abs_diff(anchor).is_multiple_of(every) && !is_near)
        };
        let labels: Vec<Text> = axis.ticks.iter().enumerate().filter(is_kept).map(label).collect();
        let crowded = labels
            .windows(2)
            .any(|pair| pair[0].bounds.meets(&pair[1].bounds, 2.0 * PAD));
        if !crowded {
            return labels;
        }
    }
    Vec::new()
}

/// Boxes around the columns of a cell.
pub(super) fn row_dots(cell: &DotCell, ruler: &Ruler, base: f64, height: f64, diameter: f64) -> Vec<Bounds> {
    columns(cell, ruler, diameter)
        .into_iter()
        .map(|column| Bounds {
            left: column.x - diameter / 2.0,
            top: base - TO_DOTS - (column.count as f64 * diameter).min(height),
            right: column.x + diameter / 2.0,
            bottom: base,
        })
        .collect()
}

/// Dots and bar of a cell, with their labels.
pub(super) fn cell_marks(cell: &DotCell, ruler: &Ruler, place: &Place, layout: &mut Layout) {
    for column in columns(cell, ruler, place.diameter) {
        let step = place.diameter.min(place.height / column.count as f64);
        let radius = (place.diameter - DOT_GAP) / 2.0;
        let fill = if column.reaches { Fill::Solid } else { Fill::Hollow };
        for index in 0..column.count {
            let y = place.base - TO_DOTS - place.diameter / 2.0 - step * index as f64;
            if step < place.diameter {
                layout
                    .shapes
                    .push(dot((column.x, y), radius + 1.2, Colour::Background, Fill::Solid));
            }
            layout
                .shapes
                .push(dot((column.x, y), radius, Colour::Plan(place.plan), fill));
        }
    }
    if let Some(bar) = &cell.bar {
        bar_marks(bar, ruler, place, layout);
        bar_labels(bar, &lines(cell, ruler), ruler, place, layout);
    }
    atom_label(cell, ruler, place, layout);
}

fn dot(centre: (f64, f64), radius: f64, colour: Colour, fill: Fill) -> Shape {
    Shape::Dot {
        centre,
        radius,
        colour,
        fill,
    }
}

fn bar_marks(bar: &Interval, ruler: &Ruler, place: &Place, layout: &mut Layout) {
    let middle = place.base + TO_BAR;
    let mut block = |left: f64, right: f64, height: f64, colour| {
        layout.shapes.push(Shape::Rectangle {
            bounds: Bounds {
                left,
                top: middle - height / 2.0,
                right,
                bottom: middle + height / 2.0,
            },
            colour,
        });
    };
    let (low, high) = (ruler.x(bar.low), ruler.x(bar.high));
    let short = (1.0 - (high - low) / 2.0).max(0.0);
    block(low - short, high + short, BAR, Colour::Plan(place.plan));
    let (mean, median) = (ruler.x(bar.mean), ruler.x(bar.median));
    if !bar.median_label.is_empty() && (mean - median).abs() > MEAN_TICK.0 + 2.0 {
        block(median - 2.0, median + 2.0, BAR, Colour::Background);
    }
    let half = MEAN_TICK.0 / 2.0;
    block(mean - half, mean + half, MEAN_TICK.1, Colour::Plan(place.plan));
}

/// P10 and P90 beside the bar, the median below it; what has no room is left out.
fn bar_labels(bar: &Interval, lines: &[f64], ruler: &Ruler, place: &Place, layout: &mut Layout) {
    let beside = place.base + TO_BAR + 0.36 * Role::Axis.size();
    let label = |text: &str, anchor, x, baseline| {
        let run = Run::of(Role::Axis, text, Colour::Secondary).tabular();
        Text::new(Role::Axis, vec![run], anchor, (x, baseline)).over_marks()
    };
    let half = MEAN_TICK.0 / 2.0;
    let left = ruler.x(bar.low).min(ruler.x(bar.mean) - half) - LABEL_GAP;
    let right = ruler.x(bar.high).max(ruler.x(bar.mean) + half) + LABEL_GAP;
    let edges = (
        ruler.left - OUTSIDE.0,
        (ruler.right + OUTSIDE.1).min(SAFE.2 - 4.0),
    );
    let mut texts = vec![
        clear_of(
            label(&bar.low_label, Anchor::Right, left, beside),
            lines,
            Side::Left,
        ),
        clear_of(
            label(&bar.high_label, Anchor::Left, right, beside),
            lines,
            Side::Right,
        ),
    ];
    if !bar.median_label.is_empty() {
        let below = place.base + TO_MEDIAN;
        let centred = label(&bar.median_label, Anchor::Middle, ruler.x(bar.median), below);
        let over = (centred.bounds.right - edges.1).max(0.0);
        let under = (edges.0 - centred.bounds.left).max(0.0);
        texts.push(clear_of(centred.moved(under - over), lines, Side::Nearer));
    }
    for text in texts.into_iter().flatten() {
        let inside = text.bounds.left >= edges.0 && text.bounds.right <= edges.1;
        push_if_free(text, inside, CLOSE, layout);
    }
}

/// Where a label goes when a line would cross it.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
    Nearer,
}

/// The label moved as little as keeps it off all lines, to the sides it may go; none where that is too far.
fn clear_of(text: Text, lines: &[f64], side: Side) -> Option<Text> {
    let (left, right) = (text.bounds.left - FROM_LINE, text.bounds.right + FROM_LINE);
    let to_the_left = lines.iter().map(|line| line - right);
    let to_the_right = lines.iter().map(|line| line - left);
    let mut moves: Vec<f64> = [0.0].into_iter().chain(to_the_left).chain(to_the_right).collect();
    moves.retain(|by| match side {
        Side::Left => *by <= 0.0,
        Side::Right => *by >= 0.0,
        Side::Nearer => by.abs() <= FARTHEST,
    });
    moves.retain(|by| {
        !lines
            .iter()
            .any(|line| left + by + 0.01 < *line && *line < right + by - 0.01)
    });
    moves.sort_by(|one, other| one.abs().total_cmp(&other.abs()));
    moves.first().map(|by| text.moved(*by))
}

/// The upright lines through a cell: target and zero.
fn lines(cell: &DotCell, ruler: &Ruler) -> Vec<f64> {
    let zero = (ruler.low < 0.0).then_some(0.0);
    let mut lines: Vec<f64> = cell
        .target
        .into_iter()
        .chain(zero)
        .filter(|at| ruler.holds(*at))
        .map(|at| ruler.x(at))
        .collect();
    lines.sort_by(f64::total_cmp);
    lines
}

fn push_if_free(text: Text, inside: bool, pad: f64, layout: &mut Layout) -> bool {
    let free = inside
        && !layout
            .texts
            .iter()
            .any(|other| other.bounds.meets(&text.bounds, pad));
    if free {
        layout.texts.push(text);
    }
    free
}

/// The label of an amount that many futures share, where no dot is in its way.
fn atom_label(cell: &DotCell, ruler: &Ruler, place: &Place, layout: &mut Layout) {
    let Some(atom) = &cell.atom else { return };
    let marks = row_dots(cell, ruler, place.base, place.height, place.diameter);
    let middle = ruler.x(atom.at) + place.diameter / 2.0;
    let mut up = place.height;
    while up > 24.0 {
        let run = Run::of(Role::Axis, atom.label.clone(), Colour::Secondary);
        let at = (
            middle + place.diameter / 2.0 + LABEL_GAP,
            place.base - TO_DOTS - up + 20.0,
        );
        let text = Text::new(Role::Axis, vec![run], Anchor::Left, at).over_marks();
        let inside =
            text.bounds.right <= ruler.right && !marks.iter().any(|mark| mark.meets(&text.bounds, 2.0));
        if push_if_free(text, inside, PAD, layout) {
            return;
        }
        up -= 12.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::axis::money_axes;

    #[test]
    fn zero_keeps_its_label_where_labels_are_dropped() {
        let axis = money_axes(&[(-3.5e6, 11.9e6)], "USD").remove(0);
        for width in [120.0, 200.0, 300.0, 430.0, 800.0] {
            let ruler = Ruler {
                low: axis.low,
                high: axis.high,
                left: 100.0,
                right: 100.0 + width,
            };
            let labels: Vec<String> = tick_labels(&axis, &ruler, 0.0)
                .iter()
                .map(|text| text.runs[0].text.clone())
                .collect();
            assert!(labels.contains(&"0".to_owned()), "{width}: {labels:?}");
            assert_eq!(labels.last().map(String::as_str), Some("$12.5M"));
        }
    }
}
