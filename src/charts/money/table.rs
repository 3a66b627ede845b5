//! Lays out chart 6: rows of bars on one scale, a column a plan, and the lines of cash beside them.

use super::super::curves;
use super::super::labels::{Bounds, Measure};
use super::super::layout::{Anchor, Fill, Layout, Run, Shape, Text, plain};
use super::super::plot::{Plot, amount_labels, grid, time_marks};
use super::super::style::{
    Colour, HOLLOW, LABEL_GAP, LEADER, LEFT, PLAN_LINE, PLOT_BOTTOM, RECOMMENDED_LINE, RIGHT, ROW_LINE, Role,
    TO_TICKS,
};
use super::super::text::Weight;
use super::{Cash, CashLine, Item, Money};

/// Right edge of the table where cash stands beside it.
const TABLE: f64 = 1150.0;
/// Widest column of names.
const NAMES: f64 = 264.0;
/// From the subtitle to the names of plans.
const TO_NAMES: f64 = 54.0;
/// From the names of plans to the rule.
const TO_RULE: f64 = 22.0;
/// Between lines of a plan's name.
const NAME_STEP: f64 = 31.0;
/// Largest distance of rows.
const PITCH: f64 = 92.0;
/// Rows that a section takes beside its items: its total, and room above and below.
const SECTION: f64 = 1.35;
/// Height of a bar, as a part of the distance of rows.
const BAR: f64 = 0.64;
/// Shortest bar.
const SHORTEST: f64 = 2.0;
/// Left edge of the panel of cash, and the room that its labels take at the right.
const CASH: f64 = 1262.0;
/// Between the lines of an end label.
const STEP: f64 = 30.0;
/// Between two end labels.
const BETWEEN: f64 = 12.0;
/// Radius of a low point.
const POINT: f64 = 9.0;
/// An end label farther from its line has a leader.
const FAR: f64 = 40.0;

/// Dash of a line that lies on another.
const OVERLAID: (f64, f64) = (14.0, 10.0);

/// Lays money out below a subtitle.
pub(in super::super) fn lay(money: &Money, subtitle: f64, layout: &mut Layout) {
    let edge = if money.cash.is_some() {
        TABLE - 2.0 * LABEL_GAP
    } else {
        RIGHT
    };
    let names = names_width(money);
    let count = money.columns.len().max(1) as f64;
    let pitch = (edge + 2.0 * LABEL_GAP - LEFT - names) / count;
    let columns: Vec<(f64, f64)> = (0..money.columns.len())
        .map(|index| {
            let left = LEFT + names + pitch * index as f64;
            (left, left + pitch - 2.0 * LABEL_GAP)
        })
        .collect();
    let rule = heads(money, &columns, subtitle + TO_NAMES, layout);
    let rows: f64 = money
        .sections
        .iter()
        .map(|section| section.items.len() as f64 + SECTION)
        .sum();
    let step = ((PLOT_BOTTOM + 20.0 - rule) / rows).min(PITCH);
    let scale = bar_scale(money, &columns);
    let mut top = rule;
    for section in &money.sections {
        layout.shapes.push(Shape::Line {
            from: (LEFT, top),
            to: (edge, top),
            width: ROW_LINE,
            colour: Colour::Ink,
            dash: None,
        });
        let mut middle = top + 0.62 * step;
        totals(&section.name, &section.totals, &columns, middle, layout);
        for item in &section.items {
            middle += step;
            row(item, money, &columns, (middle, step), (names, scale), layout);
        }
        top = middle + (SECTION - 0.62) * step;
    }
    if let Some(cash) = &money.cash {
        panel(cash, rule, layout);
    }
}

fn names_width(money: &Money) -> f64 {
    let items = money.sections.iter().flat_map(|section| &section.items);
    let widest = items
        .map(|item| Measure::of(Role::Axis).width(&item.name))
        .fold(110.0, f64::max);
    widest.min(NAMES) + 2.0 * LABEL_GAP
}

/// Names of the plans in one or two lines; returns where the rule below them stands.
fn heads(money: &Money, columns: &[(f64, f64)], baseline: f64, layout: &mut Layout) -> f64 {
    let lines: Vec<Vec<String>> = money
        .columns
        .iter()
        .zip(columns)
        .map(|(column, (left, right))| Measure::of(Role::Label).wrap(&column.name, right - left, 2))
        .collect();
    let most = lines.iter().map(Vec::len).max().unwrap_or(1);
    let last = baseline + NAME_STEP * most.saturating_sub(1) as f64;
    for ((column, (left, _)), lines) in money.columns.iter().zip(columns).zip(lines) {
        let mut y = last - NAME_STEP * lines.len().saturating_sub(1) as f64;
        for line in lines {
            let colour = Colour::PlanText(column.plan);
            layout
                .texts
                .push(plain(Role::Label, line, colour, Anchor::Left, (*left, y)));
            y += NAME_STEP;
        }
    }
    last + TO_RULE
}

/// Pixels a currency unit: the longest bar and its number fit their column.
fn bar_scale(money: &Money, columns: &[(f64, f64)]) -> f64 {
    let mut scale = f64::INFINITY;
    for item in money.sections.iter().flat_map(|section| &section.items) {
        for ((amount, label), (left, right)) in item.amounts.iter().zip(&item.labels).zip(columns) {
            let room = right - left - LABEL_GAP - number(label).width(Role::Axis.size());
            if *amount > 0.0 {
                scale = scale.min(room / amount);
            }
        }
    }
    if scale.is_finite() { scale } else { 0.0 }
}

fn number(label: &str) -> Run {
    Run::of(Role::Axis, label, Colour::Ink).tabular()
}

fn totals(name: &str, totals: &[String], columns: &[(f64, f64)], middle: f64, layout: &mut Layout) {
    let baseline = middle + 0.36 * Role::Label.size();
    let name = plain(
        Role::CrowdedLabel,
        name,
        Colour::Ink,
        Anchor::Left,
        (LEFT, baseline),
    );
    layout.texts.push(name);
    for (total, (left, _)) in totals.iter().zip(columns) {
        let run = Run::of(Role::Label, total.clone(), Colour::Ink).tabular();
        layout
            .texts
            .push(Text::new(Role::Label, vec![run], Anchor::Left, (*left, baseline)));
    }
}

fn row(
    item: &Item,
    money: &Money,
    columns: &[(f64, f64)],
    (middle, step): (f64, f64),
    (names, scale): (f64, f64),
    layout: &mut Layout,
) {
    let baseline = middle + 0.36 * Role::Axis.size();
    let name = Measure::of(Role::Axis).cut(&item.name, names - LABEL_GAP);
    layout.texts.push(plain(
        Role::Axis,
        name,
        Colour::Ink,
        Anchor::Left,
        (LEFT, baseline),
    ));
    for (index, (left, _)) in columns.iter().enumerate() {
        let width = (item.amounts[index] * scale).max(0.0);
        let width = if item.amounts[index] > 0.0 {
            width.max(SHORTEST)
        } else {
            0.0
        };
        if width > 0.0 {
            layout.shapes.push(Shape::Rectangle {
                bounds: Bounds {
                    left: *left,
                    top: middle - BAR * step / 2.0,
                    right: left + width,
                    bottom: middle + BAR * step / 2.0,
                },
                colour: Colour::Plan(money.columns[index].plan),
            });
        }
        let gap = if width > 0.0 { LABEL_GAP * 0.75 } else { 0.0 };
        let run = number(&item.labels[index]);
        layout.texts.push(Text::new(
            Role::Axis,
            vec![run],
            Anchor::Left,
            (left + width + gap, baseline),
        ));
    }
}

/// The panel of cash: grid, lines with their low points, what is said at their ends.
fn panel(cash: &Cash, top: f64, layout: &mut Layout) {
    layout.texts.push(plain(
        Role::Head,
        "Cash",
        Colour::Ink,
        Anchor::Left,
        (CASH - 42.0, top - TO_RULE),
    ));
    let blocks: Vec<Vec<Run>> = cash
        .lines
        .iter()
        .map(|line| block(line, cash.lines.len()))
        .collect();
    let widest = blocks
        .iter()
        .flatten()
        .map(|run| run.width(Role::Axis.size()))
        .fold(0.0, f64::max);
    let plot = Plot {
        left: CASH,
        right: (RIGHT - widest - 2.0 * LABEL_GAP).max(CASH + 200.0),
        top: top + 24.0,
        bottom: PLOT_BOTTOM - TO_TICKS / 2.0,
        weeks: cash.time.weeks,
        low: cash.axis.low,
        high: cash.axis.high,
    };
    grid(&cash.axis, &plot, layout);
    layout.texts.extend(amount_labels(&cash.axis, &plot));
    time_marks(&cash.time, &plot, 2.0 * LABEL_GAP, layout);
    for (index, line) in cash.lines.iter().enumerate() {
        let width = if line.plan == 1 {
            RECOMMENDED_LINE
        } else {
            PLAN_LINE
        };
        let hides = cash.lines[..index]
            .iter()
            .any(|other| lies_on(line, other, &plot));
        let [casing, mark] = curves::line(
            &plot,
            &line.amounts,
            Colour::Plan(line.plan),
            width,
            hides.then_some(OVERLAID),
        );
        layout.shapes.extend((!hides).then_some(casing));
        layout.shapes.push(mark);
    }
    for line in &cash.lines {
        if let Some((week, amount)) = line.lowest {
            layout.shapes.push(Shape::Dot {
                centre: (plot.x(f64::from(week)), plot.y(amount)),
                radius: POINT + HOLLOW / 2.0,
                colour: Colour::Plan(line.plan),
                fill: Fill::Hollow,
            });
        }
    }
    ends(cash, blocks, &plot, layout);
}

/// Whether a line would hide another over most weeks.
fn lies_on(line: &CashLine, other: &CashLine, plot: &Plot) -> bool {
    let near = line
        .amounts
        .iter()
        .zip(&other.amounts)
        .filter(|(one, two)| (plot.y(**one) - plot.y(**two)).abs() < PLAN_LINE);
    2 * near.count() > line.amounts.len()
}

/// Name, end, lowest point, share of futures below zero.
fn block(line: &CashLine, count: usize) -> Vec<Run> {
    let name = Measure::of(Role::CrowdedLabel).cut(&line.name, 236.0);
    let name = Run::of(Role::Axis, name, Colour::PlanText(line.plan)).weighing(Weight::SemiBold);
    let mut runs = if count > 1 { vec![name] } else { Vec::new() };
    runs.extend(
        line.words
            .iter()
            .map(|words| Run::of(Role::Axis, words.clone(), Colour::Ink)),
    );
    if let Some(below) = &line.below_zero {
        runs.push(Run::of(Role::Axis, below.clone(), Colour::Bad).weighing(Weight::SemiBold));
    }
    runs
}

/// Blocks of words at the ends of lines, pushed apart, each as near to its line as the others allow.
fn ends(cash: &Cash, blocks: Vec<Vec<Run>>, plot: &Plot, layout: &mut Layout) {
    let mut ends: Vec<(f64, Vec<Run>, usize)> = cash
        .lines
        .iter()
        .zip(blocks)
        .map(|(line, block)| {
            let end = line.amounts.last().copied().unwrap_or(0.0);
            (plot.y(end), block, line.plan)
        })
        .collect();
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let heights: Vec<f64> = ends
        .iter()
        .map(|(_, block, _)| STEP * block.len() as f64 + BETWEEN)
        .collect();
    let wanted: Vec<f64> = ends.iter().map(|(y, _, _)| y - STEP / 2.0).collect();
    let tops = stacked(&wanted, &heights, (plot.top - STEP, plot.bottom + TO_TICKS));
    for ((y, block, plan), top) in ends.into_iter().zip(tops) {
        let first = top + STEP / 2.0;
        if (first - y).abs() > FAR {
            layout.shapes.push(Shape::Line {
                from: (plot.right + 4.0, y),
                to: (plot.right + 2.0 * LABEL_GAP - 6.0, first),
                width: LEADER,
                colour: Colour::Plan(plan),
                dash: None,
            });
        }
        for (index, run) in block.into_iter().enumerate() {
            let baseline = first + STEP * index as f64 + 0.36 * Role::Axis.size();
            let at = (plot.right + 2.0 * LABEL_GAP, baseline);
            layout
                .texts
                .push(Text::new(Role::Axis, vec![run], Anchor::Left, at));
        }
    }
}

/// Tops of blocks in order, none above another's bottom, all between two edges as far as they fit.
fn stacked(wanted: &[f64], heights: &[f64], (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut tops = wanted.to_vec();
    let mut least = top;
    for (place, height) in tops.iter_mut().zip(heights) {
        *place = place.max(least);
        least = *place + height;
    }
    let mut most = bottom;
    for (place, height) in tops.iter_mut().zip(heights).rev() {
        *place = place.min(most - height);
        most = *place;
    }
    tops
}
