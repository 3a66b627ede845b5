//! Lays out one to four rows of dots: names at the left, panels side by side, a big number a cell.

use super::dots::{Place, axis_marks, cell_marks, row_dots};
use super::figure::{Arrangement, DotPanel, DotRow, DotRows, TargetMark};
use super::labels::{Bounds, Measure};
use super::lattice::{Ruler, diameter};
use super::layout::{Anchor, Layout, Run, Shape, Text, panel_head, plain};
use super::ranking;
use super::style::{
    Colour, LABEL_GAP, LEFT, LINE_STEP, PLOT_BOTTOM, RIGHT, ROW_LINE, Role, TARGET, TARGET_DASH, TO_HEADS,
    TO_PLOT,
};
use super::text::Weight;

/// Left edge of the first panel.
const PANELS: f64 = 420.0;
/// Between panels.
const GAP: f64 = 128.0;
/// Below the line of a row: bar and labels.
const BELOW: f64 = 60.0;
/// Of a row's height, what dots do not use.
const NOT_DOTS: f64 = 70.0;
/// Largest diameter of dots, by how many rows there are.
const LARGEST: [f64; 3] = [44.0, 38.0, 26.0];
/// Most letters a line of a label may be away from a neighbour.
const PAD: f64 = 6.0;

/// Where the big numbers stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    /// In the panel's right end, above the tail of the dots.
    Right,
    /// In the panel's left end.
    Left,
    /// In a column of their own right of the panel.
    Outside,
}

/// The frame of the rows.
struct Frame {
    heads: f64,
    top: f64,
    pitch: f64,
    rulers: Vec<Ruler>,
    diameter: f64,
    numbers: Numbers,
}

impl Frame {
    fn base(&self, row: usize) -> f64 {
        self.top + self.pitch * (row + 1) as f64 - BELOW
    }
}

/// Lays rows of dots out below a subtitle.
pub(super) fn lay(dots: &DotRows, subtitle: f64, layout: &mut Layout) {
    if dots.arrangement == Arrangement::Ranking {
        return ranking::lay(dots, subtitle, layout);
    }
    let frame = frame(dots, subtitle);
    for (panel, ruler) in dots.panels.iter().zip(&frame.rulers) {
        axis_marks(&panel.axis, ruler, (frame.top, PLOT_BOTTOM), layout);
    }
    for row in 0..dots.rows.len() {
        for ruler in &frame.rulers {
            layout.shapes.push(Shape::Line {
                from: (ruler.left, frame.base(row)),
                to: (ruler.right, frame.base(row)),
                width: ROW_LINE,
                colour: Colour::Connector,
                dash: None,
            });
        }
    }
    for (index, panel) in dots.panels.iter().enumerate() {
        head(panel, &frame, index, layout);
        target(dots, &frame, index, layout);
    }
    for (index, row) in dots.rows.iter().enumerate() {
        name(row, &frame, index, layout);
        big_numbers(row, &frame, index, layout);
    }
    for (index, row) in dots.rows.iter().enumerate() {
        let place = Place {
            base: frame.base(index),
            height: frame.pitch - NOT_DOTS,
            diameter: frame.diameter,
            plan: row.plan,
        };
        for (panel, cell) in row.cells.iter().enumerate() {
            cell_marks(cell, &frame.rulers[panel], &place, layout);
        }
    }
}

/// The first place of the numbers at which they meet no dot.
fn frame(dots: &DotRows, subtitle: f64) -> Frame {
    let heads = subtitle + TO_HEADS;
    let top = heads + TO_PLOT;
    let pitch = (PLOT_BOTTOM - top) / dots.rows.len() as f64;
    let mut frame = Frame {
        heads,
        top,
        pitch,
        rulers: Vec::new(),
        diameter: 0.0,
        numbers: Numbers::Right,
    };
    for numbers in [Numbers::Right, Numbers::Left, Numbers::Outside] {
        frame.numbers = numbers;
        frame.rulers = rulers(dots, numbers);
        let cells: Vec<_> = dots
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().zip(frame.rulers.iter().copied()))
            .collect();
        let largest = LARGEST[dots.rows.len().clamp(1, LARGEST.len()) - 1];
        frame.diameter = diameter(&cells, pitch - NOT_DOTS, largest);
        if numbers_are_free(dots, &frame) {
            break;
        }
    }
    frame
}

/// The panels' edges; a column of numbers takes its room from all panels alike.
fn rulers(dots: &DotRows, numbers: Numbers) -> Vec<Ruler> {
    let columns: Vec<f64> = (0..dots.panels.len())
        .map(|panel| match numbers {
            Numbers::Outside => numbers_width(dots, panel),
            _ => 0.0,
        })
        .collect();
    let count = dots.panels.len().max(1) as f64;
    let room = RIGHT - PANELS - GAP * (count - 1.0) - columns.iter().sum::<f64>();
    let mut left = PANELS;
    let mut rulers = Vec::new();
    for (panel, column) in dots.panels.iter().zip(&columns) {
        let right = left + room / count;
        rulers.push(Ruler {
            low: panel.axis.low,
            high: panel.axis.high,
            left,
            right,
        });
        left = right + column + GAP;
    }
    rulers
}

/// Width of the widest number of a panel with its distance; 0 without numbers.
fn numbers_width(dots: &DotRows, panel: usize) -> f64 {
    dots.rows
        .iter()
        .filter_map(|row| row.cells.get(panel)?.number.as_ref())
        .map(|number| {
            let words = Measure::of(Role::Axis).width(&number.words);
            Measure::of(Role::BigNumber).width(&number.number).max(words) + 2.0 * LABEL_GAP
        })
        .fold(0.0, f64::max)
}

fn numbers_are_free(dots: &DotRows, frame: &Frame) -> bool {
    frame.numbers == Numbers::Outside
        || dots.rows.iter().enumerate().all(|(index, row)| {
            let marks: Vec<Bounds> = row
                .cells
                .iter()
                .zip(&frame.rulers)
                .flat_map(|(cell, ruler)| {
                    row_dots(
                        cell,
                        ruler,
                        frame.base(index),
                        frame.pitch - NOT_DOTS,
                        frame.diameter,
                    )
                })
                .collect();
            let lines: Vec<f64> = row
                .cells
                .iter()
                .zip(&frame.rulers)
                .filter_map(|(cell, ruler)| cell.target.map(|target| ruler.x(target)))
                .collect();
            number_texts(row, frame, index).iter().all(|text| {
                let crosses = |x: &f64| text.bounds.left - PAD < *x && *x < text.bounds.right + PAD;
                !marks.iter().any(|mark| text.bounds.meets(mark, PAD)) && !lines.iter().any(crosses)
            })
        })
}

/// The big numbers of a row with their words.
fn number_texts(row: &DotRow, frame: &Frame, index: usize) -> Vec<Text> {
    let base = frame.base(index);
    let lift = if frame.pitch >= 203.0 { 116.0 } else { 54.0 };
    let mut texts = Vec::new();
    for (cell, ruler) in row.cells.iter().zip(&frame.rulers) {
        let Some(number) = &cell.number else { continue };
        let (anchor, x) = match frame.numbers {
            Numbers::Right => (Anchor::Right, ruler.right),
            Numbers::Left => (Anchor::Left, ruler.left + LABEL_GAP),
            Numbers::Outside => (Anchor::Left, ruler.right + 2.0 * LABEL_GAP),
        };
        let colour = Colour::PlanText(row.plan);
        let big = plain(
            Role::BigNumber,
            number.number.clone(),
            colour,
            anchor,
            (x, base - lift),
        );
        let below = (x, base - lift + LINE_STEP);
        let words = plain(Role::Axis, number.words.clone(), Colour::Secondary, anchor, below);
        texts.extend([big.over_marks(), words.over_marks()]);
    }
    texts
}

fn big_numbers(row: &DotRow, frame: &Frame, index: usize, layout: &mut Layout) {
    layout.texts.extend(number_texts(row, frame, index));
}

/// The name of a row and its remarks, the last of them on the row's line.
fn name(row: &DotRow, frame: &Frame, index: usize, layout: &mut Layout) {
    let most = PANELS - 24.0 - LEFT;
    let room = libm::floor((frame.pitch - 7.0) / LINE_STEP) as usize;
    let lines = room.saturating_sub(row.remarks.len()).clamp(1, 2);
    let names = Measure::of(Role::Label).wrap(&row.name, most, lines);
    let mut baseline =
        frame.base(index) - 9.0 - LINE_STEP * (names.len() + row.remarks.len()).saturating_sub(1) as f64;
    let colour = if row.named_in_colour {
        Colour::PlanText(row.plan)
    } else {
        Colour::Ink
    };
    for line in names {
        layout
            .texts
            .push(plain(Role::Label, line, colour, Anchor::Left, (LEFT, baseline)));
        baseline += LINE_STEP;
    }
    for remark in &row.remarks {
        let strong = Run::of(Role::Axis, remark.strong.clone(), Colour::Ink).weighing(Weight::SemiBold);
        let room = most - strong.width(Role::Axis.size());
        let mut rest = remark.rest.clone();
        if Measure::of(Role::Axis).width(&rest) > room {
            rest = Measure::of(Role::Axis).cut(&rest, room);
        }
        let runs = vec![strong, Run::of(Role::Axis, rest, Colour::Secondary)];
        layout
            .texts
            .push(Text::new(Role::Axis, runs, Anchor::Left, (LEFT, baseline)));
        baseline += LINE_STEP;
    }
}

fn head(panel: &DotPanel, frame: &Frame, index: usize, layout: &mut Layout) {
    let Some(head) = &panel.head else { return };
    let ruler = &frame.rulers[index];
    panel_head(head, (ruler.left, ruler.right), frame.heads, layout);
}

/// The target's line through the rows that have it, with its label at its upper end.
fn target(dots: &DotRows, frame: &Frame, index: usize, layout: &mut Layout) {
    let (Some(mark), ruler) = (&dots.panels[index].target, &frame.rulers[index]) else {
        return;
    };
    let has_it = |row: &DotRow| row.cells.get(index).is_some_and(|cell| cell.target.is_some());
    let first = dots.rows.iter().position(has_it).unwrap_or(0);
    let from = frame.top + frame.pitch * first as f64;
    if ruler.holds(mark.at) {
        layout.shapes.push(Shape::Line {
            from: (ruler.x(mark.at), from - 12.0),
            to: (ruler.x(mark.at), PLOT_BOTTOM),
            width: TARGET,
            colour: Colour::Ink,
            dash: Some(TARGET_DASH),
        });
    }
    let head_end = layout
        .texts
        .iter()
        .filter(|text| text.role == Role::Head && text.bounds.left == ruler.left)
        .map(|text| text.bounds.right)
        .fold(0.0, f64::max);
    let baseline = if first == 0 { frame.heads } else { from + 22.0 };
    let free = |text: &Text| {
        text.bounds.right <= ruler.right + 24.0
            && text.bounds.left >= ruler.left
            && !layout
                .texts
                .iter()
                .any(|other| other.bounds.meets(&text.bounds, PAD))
    };
    if let Some(text) = target_labels(mark, ruler, head_end, baseline)
        .into_iter()
        .find(free)
    {
        layout.texts.push(text);
    }
}

/// Where the target's label may stand, best first; off the scale it points to where the target is.
fn target_labels(mark: &TargetMark, ruler: &Ruler, head_end: f64, baseline: f64) -> Vec<Text> {
    let label = |text: &str, anchor, x| {
        let run = Run::of(Role::Annotation, text, Colour::Ink).weighing(Weight::SemiBold);
        Text::new(Role::Annotation, vec![run], anchor, (x, baseline)).over_marks()
    };
    let x = ruler.x(mark.at);
    if mark.at > ruler.high {
        let text = format!("{} \u{2192}", mark.label);
        vec![label(&text, Anchor::Right, ruler.right)]
    } else if mark.at < ruler.low {
        let text = format!("\u{2190} {}", mark.label);
        vec![
            label(&text, Anchor::Left, ruler.left),
            label(&text, Anchor::Left, head_end + 2.0 * LABEL_GAP),
            label(&text, Anchor::Right, ruler.right),
        ]
    } else {
        vec![
            label(&mark.label, Anchor::Left, x + LABEL_GAP),
            label(&mark.label, Anchor::Right, x - LABEL_GAP),
            label(&mark.label, Anchor::Left, head_end.max(x) + 1.5 * LABEL_GAP),
        ]
    }
}
