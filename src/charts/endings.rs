//! Lays out differences at the end: columns of dots on an upright scale, or rows of bars.

use super::dots::axis_marks;
use super::figure::{DotCell, Ending, Endings};
use super::labels::{Bounds, Measure};
use super::lattice::{Ruler, columns, diameter};
use super::layout::{Anchor, Fill, Layout, Run, Shape, Text, plain};
use super::plot::{Plot, amount_labels, grid};
use super::style::{BAR, Colour, DOT_GAP, LABEL_GAP, LEADER, MEAN_TICK, PLOT_BOTTOM, RIGHT, Role, TO_PLOT};
use super::text::Weight;

/// Width of the panel with one column of dots, and of each of several.
const ALONE: f64 = 517.0;
const COLUMN: f64 = 210.0;
/// Width of the panel with bars.
const BARS: f64 = 820.0;
/// Part of a column that dots may take, alone and beside others.
const STACK: (f64, f64) = (0.42, 0.75);
/// From the left edge to the dots.
const INSET: f64 = 16.0;
/// Largest diameter of dots.
const LARGEST: f64 = 26.0;
/// Steps between the lines above a column: of the name, then of number and share.
const NAME_STEP: f64 = 29.0;
const LINE: f64 = 32.0;
/// Space around texts.
const CLEAR: f64 = 8.0;

/// Where the panel stands.
pub(super) struct Frame {
    /// Left edge with the labels of its own scale.
    pub left: f64,
    /// Top of the plot.
    pub top: f64,
    plot: Plot,
    column: f64,
    names: Vec<Vec<String>>,
}

/// The place of the panel below its head.
pub(super) fn frame(endings: &Endings, heads: f64) -> Frame {
    let count = endings.plans.len().max(1) as f64;
    let width = if endings.are_bars {
        BARS
    } else if endings.plans.len() == 1 {
        ALONE.max(block_width(endings) + ALONE * STACK.0 + 3.0 * LABEL_GAP)
    } else {
        // Words of one column end well before those of the next.
        (block_width(endings) + LABEL_GAP).max(COLUMN) * count
    };
    let mut plot = Plot {
        left: RIGHT - width,
        right: RIGHT,
        top: heads + TO_PLOT,
        bottom: PLOT_BOTTOM,
        weeks: 2,
        low: endings.amounts.low,
        high: endings.amounts.high,
    };
    let column = width / count;
    let mut names = Vec::new();
    if !endings.are_bars && endings.plans.len() > 1 {
        let measure = Measure::of(Role::CrowdedLabel);
        let wrapped = |ending: &Ending| measure.wrap(&ending.name, column - 2.0 * LABEL_GAP, 2);
        names = endings.plans.iter().map(wrapped).collect();
        let lines = names.iter().map(Vec::len).max().unwrap_or(1);
        plot.top += NAME_STEP * lines as f64 + 2.0 * LINE + LABEL_GAP;
    }
    let own_labels = if endings.shares_scale || endings.are_bars {
        0.0
    } else {
        let labels = amount_labels(&endings.amounts, &plot);
        let left = labels
            .iter()
            .map(|text| text.bounds.left)
            .fold(plot.left, f64::min);
        plot.left - left
    };
    Frame {
        left: plot.left - own_labels,
        top: plot.top,
        plot,
        column,
        names,
    }
}

/// Lays the panel out.
pub(super) fn lay(endings: &Endings, frame: &Frame, heads: f64, layout: &mut Layout) {
    let plot = &frame.plot;
    let head = Measure::of(Role::Head).cut(&endings.head, plot.right - plot.left);
    layout.texts.push(plain(
        Role::Head,
        head,
        Colour::Ink,
        Anchor::Left,
        (plot.left, heads),
    ));
    if endings.are_bars {
        return bars(endings, plot, layout);
    }
    grid(&endings.amounts, plot, layout);
    if !endings.shares_scale {
        layout.texts.extend(amount_labels(&endings.amounts, plot));
    }
    let cells: Vec<DotCell> = endings.plans.iter().map(cell).collect();
    let ruler = ruler(plot);
    let rulers: Vec<(&DotCell, Ruler)> = cells.iter().map(|cell| (cell, ruler)).collect();
    let part = if cells.len() == 1 { STACK.0 } else { STACK.1 };
    let room = frame.column * part - INSET;
    let diameter = diameter(&rulers, room, LARGEST);
    for (index, (ending, cell)) in endings.plans.iter().zip(&cells).enumerate() {
        let left = plot.left + frame.column * index as f64;
        let columns = columns(cell, &ruler, diameter);
        let most = columns.iter().map(|column| column.count).max().unwrap_or(0) as f64;
        let end = left + INSET + (most * diameter).min(room);
        let stacks = Stacks {
            left: left + INSET,
            end,
            bottom: plot.bottom,
            diameter,
            room,
        };
        if cells.len() == 1 {
            let block = block(ending, plot, end + 2.0 * LABEL_GAP);
            mean_line(ending, plot, left, block[0].bounds.left - LABEL_GAP, layout);
            layout.texts.extend(block);
            let boxes = stacks.boxes(&columns);
            notes(ending, plot, &boxes, layout);
        } else {
            mean_line(ending, plot, left, end + LABEL_GAP, layout);
            column_words(ending, &frame.names[index], left, plot, layout);
        }
        stacks.draw(&columns, ending.plan, layout);
    }
}

/// Dots that behind zero are hollow.
fn cell(ending: &Ending) -> DotCell {
    DotCell {
        dots: ending.dots.clone(),
        target: Some(0.0),
        bar: None,
        number: None,
        atom: None,
    }
}

/// Heights above the bottom.
fn ruler(plot: &Plot) -> Ruler {
    Ruler {
        low: plot.low,
        high: plot.high,
        left: 0.0,
        right: plot.bottom - plot.top,
    }
}

/// Dots of equal height side by side.
struct Stacks {
    left: f64,
    end: f64,
    bottom: f64,
    diameter: f64,
    room: f64,
}

impl Stacks {
    fn draw(&self, columns: &[super::lattice::Column], plan: usize, layout: &mut Layout) {
        let radius = (self.diameter - DOT_GAP) / 2.0;
        for column in columns {
            let step = self.diameter.min(self.room / column.count as f64);
            let fill = if column.reaches { Fill::Solid } else { Fill::Hollow };
            for index in 0..column.count {
                layout.shapes.push(Shape::Dot {
                    centre: (
                        self.left + self.diameter / 2.0 + step * index as f64,
                        self.bottom - column.x,
                    ),
                    radius,
                    colour: Colour::Plan(plan),
                    fill,
                });
            }
        }
    }

    fn boxes(&self, columns: &[super::lattice::Column]) -> Vec<Bounds> {
        let half = self.diameter / 2.0;
        columns
            .iter()
            .map(|column| Bounds {
                left: self.left,
                top: self.bottom - column.x - half,
                right: self.end.min(self.left + column.count as f64 * self.diameter),
                bottom: self.bottom - column.x + half,
            })
            .collect()
    }
}

fn mean_line(ending: &Ending, plot: &Plot, left: f64, right: f64, layout: &mut Layout) {
    let y = plot.y(ending.interval[1]);
    layout.shapes.push(Shape::Line {
        from: (left, y),
        to: (right, y),
        width: LEADER + 1.0,
        colour: Colour::Ink,
        dash: None,
    });
}

/// Width of the words of a column.
fn block_width(endings: &Endings) -> f64 {
    let number = if endings.plans.len() == 1 {
        Role::BigNumber
    } else {
        Role::Label
    };
    endings
        .plans
        .iter()
        .flat_map(|ending| {
            [
                Measure::of(number).width(&ending.number),
                if endings.plans.len() == 1 {
                    Measure::of(Role::Axis).width(&ending.range)
                } else {
                    0.0
                },
                Measure::of(Role::Axis).width(&ending.better),
            ]
        })
        .fold(0.0, f64::max)
        + LABEL_GAP
}

/// Mean, interval and share around the height of the mean, off the zero line.
fn block(ending: &Ending, plot: &Plot, left: f64) -> Vec<Text> {
    let lines = |shift: f64| {
        let middle = plot.y(ending.interval[1]) + shift;
        let number = Run::of(
            Role::BigNumber,
            ending.number.clone(),
            Colour::PlanText(ending.plan),
        );
        let below = |text: &str, at: f64| {
            plain(Role::Axis, text, Colour::Secondary, Anchor::Left, (left, at)).over_marks()
        };
        vec![
            Text::new(
                Role::BigNumber,
                vec![number.tabular()],
                Anchor::Left,
                (left, middle - 2.0),
            )
            .over_marks(),
            below(&ending.range, middle + 30.0),
            below(&ending.better, middle + 30.0 + LINE),
        ]
    };
    let first = lines(0.0);
    let (top, bottom) = (first[0].bounds.top, first[2].bounds.bottom);
    let zero = plot.y(0.0);
    let mut shift = 0.0;
    if top - CLEAR < zero && zero < bottom + CLEAR {
        let (up, down) = (zero - CLEAR - bottom, zero + CLEAR - top);
        let prefers_up = ending.interval[1] >= 0.0;
        let has_up = top + up >= plot.top;
        let has_down = bottom + down <= plot.bottom;
        shift = if (prefers_up && has_up) || !has_down {
            up
        } else {
            down
        };
    }
    let shift = shift.max(plot.top - top).min(plot.bottom - CLEAR - bottom);
    lines(shift)
}

/// How many dots are behind, and what a dot is, each at the first free place.
fn notes(ending: &Ending, plot: &Plot, boxes: &[Bounds], layout: &mut Layout) {
    let zero = plot.y(0.0);
    let (above, below) = (zero - 22.0, zero + 44.0);
    let (top, bottom) = (plot.top + 44.0, plot.bottom - 14.0);
    let note = |strong: &str, rest: &str| {
        let strong = Run::of(Role::Annotation, strong, Colour::Ink).weighing(Weight::SemiBold);
        let rest = Run::of(Role::Annotation, rest, Colour::Secondary);
        vec![strong, rest]
    };
    let dots = ending.dots.len();
    let told = [
        (
            vec![
                note(&ending.behind.strong, &ending.behind.rest),
                note(&ending.behind.strong, " behind"),
            ],
            [below, bottom, above, top],
        ),
        (
            vec![note("1 dot", &format!(" = 1 of {dots} futures"))],
            [top, bottom, above, below],
        ),
    ];
    for (wordings, places) in told {
        let tries = wordings
            .iter()
            .flat_map(|runs| places.iter().map(move |baseline| (runs, *baseline)));
        let free = tries.into_iter().find_map(|(runs, baseline)| {
            let at = (plot.right - LABEL_GAP, baseline);
            let text = Text::new(Role::Annotation, runs.clone(), Anchor::Right, at).over_marks();
            let box_ = &text.bounds;
            let is_inside = box_.left >= plot.left && box_.top >= plot.top && box_.bottom <= plot.bottom;
            let is_off_zero = zero < box_.top - 2.0 || zero > box_.bottom + 2.0;
            let is_free = layout.has_room(box_, CLEAR) && !boxes.iter().any(|dots| dots.meets(box_, CLEAR));
            (is_inside && is_off_zero && is_free).then_some(text)
        });
        layout.texts.extend(free);
    }
}

/// Name, mean and share above a column.
fn column_words(ending: &Ending, names: &[String], left: f64, plot: &Plot, layout: &mut Layout) {
    let text =
        |role, words: &str, colour, baseline| plain(role, words, colour, Anchor::Left, (left, baseline));
    let share = plot.top - TO_PLOT + LABEL_GAP / 2.0;
    let number = share - LINE;
    let colour = Colour::PlanText(ending.plan);
    for (index, name) in names.iter().rev().enumerate() {
        let baseline = number - LINE - NAME_STEP * index as f64;
        layout
            .texts
            .push(text(Role::CrowdedLabel, name, colour, baseline));
    }
    layout
        .texts
        .push(text(Role::Label, &ending.number, Colour::Ink, number));
    layout
        .texts
        .push(text(Role::Axis, &ending.better, Colour::Secondary, share));
}

/// A row a plan: name and mean above its bar.
fn bars(endings: &Endings, plot: &Plot, layout: &mut Layout) {
    let ruler = Ruler {
        low: plot.low,
        high: plot.high,
        left: plot.left,
        right: plot.right,
    };
    axis_marks(&endings.amounts, &ruler, (plot.top, plot.bottom), layout);
    let pitch = (plot.bottom - plot.top) / endings.plans.len().max(1) as f64;
    for (index, ending) in endings.plans.iter().enumerate() {
        let middle = plot.top + pitch * (index as f64 + 1.0) - 0.3 * pitch;
        let baseline = middle - MEAN_TICK.1 / 2.0 - CLEAR;
        let number = Run::of(Role::CrowdedLabel, ending.number.clone(), Colour::Ink).tabular();
        let number = Text::new(
            Role::CrowdedLabel,
            vec![number],
            Anchor::Right,
            (plot.right, baseline),
        )
        .over_marks();
        let most = number.bounds.left - 2.0 * LABEL_GAP - plot.left;
        let name = Measure::of(Role::CrowdedLabel).cut(&ending.name, most);
        let colour = Colour::PlanText(ending.plan);
        let at = (plot.left, baseline);
        let name = plain(Role::CrowdedLabel, name, colour, Anchor::Left, at).over_marks();
        layout.texts.extend([name, number]);
        let [low, mean, high] = ending.interval.map(|amount| ruler.x(amount));
        let mut block = |left: f64, right: f64, height: f64| {
            layout.shapes.push(Shape::Rectangle {
                bounds: Bounds {
                    left,
                    top: middle - height / 2.0,
                    right,
                    bottom: middle + height / 2.0,
                },
                colour: Colour::Plan(ending.plan),
            });
        };
        block(low, high.max(low + 2.0), BAR);
        block(mean - MEAN_TICK.0 / 2.0, mean + MEAN_TICK.0 / 2.0, MEAN_TICK.1);
    }
}
