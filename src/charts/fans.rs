//! Lays out bands over time: one to eight panels on one scale.

use super::curves::{band, line};
use super::end_labels::{EndLabel, end_labels, room};
use super::figure::{Fan, Fans, Reference, Tick};
use super::labels::Measure;
use super::layout::{Anchor, Fill, Layout, Run, Shape, Text, plain};
use super::plot::{Plot, amount_labels, grid, time_marks};
use super::style::{
    Colour, INNER_BAND, LABEL_GAP, LEADER, LEFT, LINE_STEP, OUTER_BAND, PLAN_LINE, PLOT_BOTTOM,
    RECOMMENDED_LINE, REFERENCE, RIGHT, Role, TO_HEADS, TO_PLOT,
};

/// From this number of panels on heads are small and only the median has a label.
const SMALL_FROM: usize = 5;
/// Between panels, at least, and beyond the labels of their ends.
const GAP: f64 = 110.0;
const BEYOND: f64 = 36.0;
/// How far labels may stand out of the content on the right.
const OUTSIDE: f64 = 16.0;
/// From the last line of a head to the plot.
const TO_PLOT_FROM_AFTER: f64 = 24.0;
/// From the bottom of a plot to the first head of the row below.
const BETWEEN_ROWS: f64 = 54.0;
/// Space between text and the marks around it.
const CLEAR: f64 = 8.0;
/// Radius of the dot at the end of a leader.
const POINT: f64 = 6.0;

/// Lays bands out below a subtitle.
pub(super) fn lay(fans: &Fans, subtitle: f64, layout: &mut Layout) {
    let heads: Vec<Vec<String>> = names(fans);
    let plots = plots(fans, &heads, subtitle);
    let columns = columns(fans.panels.len());
    for (index, (fan, plot)) in fans.panels.iter().zip(&plots).enumerate() {
        grid(&fans.amounts, plot, layout);
        bands(fan, plot, layout);
        let reference = fans.reference.as_ref().filter(|_| !fan.is_reference);
        if let Some(reference) = reference {
            let colour = Colour::Plan(reference.plan);
            layout
                .shapes
                .extend(line(plot, &reference.amounts, colour, REFERENCE, None));
        }
        let width = if fan.is_recommended {
            RECOMMENDED_LINE
        } else {
            PLAN_LINE
        };
        layout
            .shapes
            .extend(line(plot, &fan.p50, Colour::Plan(fan.plan), width, None));
        if index % columns == 0 {
            layout.texts.extend(amount_labels(&fans.amounts, plot));
        }
        if index + columns >= fans.panels.len() {
            time_marks(&fans.time, plot, BEYOND, layout);
        }
        let is_small = fans.panels.len() >= SMALL_FROM;
        head(fan, &heads[index], plot, fans, layout);
        end_labels(
            labels(fan, is_small, plot),
            plot.right,
            (plot.top, plot.bottom),
            layout,
        );
        if let Some(reference) = reference.filter(|_| !is_small) {
            reference_name(reference, fan, &fans.amounts.ticks, plot, layout);
        }
        if fans.panels.len() == 1 {
            callouts(fan, plot, layout);
        }
    }
}

fn columns(panels: usize) -> usize {
    match panels {
        0..=3 => panels.max(1),
        4 => 2,
        5 | 6 => 3,
        _ => 4,
    }
}

/// The panels' places: columns of one width, rows of one height.
fn plots(fans: &Fans, heads: &[Vec<String>], subtitle: f64) -> Vec<Plot> {
    let count = fans.panels.len().max(1);
    let columns = columns(count);
    let rows = count.div_ceil(columns);
    let (left, width, gap) = widths(fans, columns);
    let above = |row: usize| {
        let of_row = heads.iter().skip(row * columns).take(columns);
        let lines = of_row.map(Vec::len).max().unwrap_or(1).max(1);
        let after = if after_has_own_line(fans) {
            LINE_STEP + TO_PLOT_FROM_AFTER - TO_PLOT
        } else {
            0.0
        };
        step(count) * (lines - 1) as f64 + after + TO_PLOT
    };
    let used: f64 = (0..rows).map(above).sum::<f64>() + BETWEEN_ROWS * (rows - 1) as f64;
    let height = (PLOT_BOTTOM - subtitle - TO_HEADS - used) / rows as f64;
    let mut plots = Vec::new();
    let mut top = subtitle + TO_HEADS;
    for row in 0..rows {
        top += above(row);
        for column in 0..columns.min(count - row * columns) {
            let left = left + (width + gap) * column as f64;
            plots.push(Plot {
                left,
                right: left + width,
                top,
                bottom: top + height,
                weeks: fans.time.weeks,
                low: fans.amounts.low,
                high: fans.amounts.high,
            });
        }
        top += height + BETWEEN_ROWS;
    }
    plots
}

/// Left edge of the first panel, width of a panel, gap between two.
fn widths(fans: &Fans, columns: usize) -> (f64, f64, f64) {
    let is_small = fans.panels.len() >= SMALL_FROM;
    let flat = Plot {
        left: 0.0,
        right: 1.0,
        top: 0.0,
        bottom: 1.0,
        weeks: fans.time.weeks,
        low: fans.amounts.low,
        high: fans.amounts.high,
    };
    let labels = |fan: &Fan| room(&labels(fan, is_small, &flat));
    let beside = fans.panels.iter().map(labels).fold(0.0, f64::max) + 2.0 * LABEL_GAP;
    let amounts = amount_labels(&fans.amounts, &flat);
    let left = LEFT - amounts.iter().map(|text| text.bounds.left).fold(0.0, f64::min);
    let gap = (beside + BEYOND).max(GAP);
    let room = RIGHT + OUTSIDE - beside - left - gap * (columns - 1) as f64;
    (left, room / columns as f64, gap)
}

fn role(panels: usize) -> Role {
    if panels >= SMALL_FROM {
        Role::CrowdedLabel
    } else {
        Role::Head
    }
}

/// Step between the lines of a head.
fn step(panels: usize) -> f64 {
    role(panels).size() * 1.2
}

/// In a single row the split stands below the name, else behind it.
fn after_has_own_line(fans: &Fans) -> bool {
    fans.panels.len() <= 3 && fans.panels.iter().any(|fan| !fan.head.after.is_empty())
}

/// The lines of the names.
fn names(fans: &Fans) -> Vec<Vec<String>> {
    let count = fans.panels.len();
    let (_, width, gap) = widths(fans, columns(count));
    let most = width + gap - 2.0 * BEYOND;
    fans.panels
        .iter()
        .map(|fan| Measure::of(role(count)).wrap(&fan.head.text, most, 2))
        .collect()
}

/// Name and split above a panel, the last line next to it.
fn head(fan: &Fan, lines: &[String], plot: &Plot, fans: &Fans, layout: &mut Layout) {
    let count = fans.panels.len();
    let role = role(count);
    let colour = fan.head.plan.map_or(Colour::Ink, Colour::PlanText);
    let own_line = after_has_own_line(fans);
    let last = if own_line {
        plot.top - TO_PLOT_FROM_AFTER - LINE_STEP
    } else {
        plot.top - TO_PLOT
    };
    let mut end = plot.left;
    for (index, text) in lines.iter().enumerate() {
        let baseline = last - step(count) * (lines.len() - 1 - index) as f64;
        let name = plain(role, text.clone(), colour, Anchor::Left, (plot.left, baseline));
        end = name.bounds.right;
        layout.texts.push(name);
    }
    let at = if own_line {
        (plot.left, last + LINE_STEP)
    } else {
        (end + 16.0, last)
    };
    let after = plain(
        Role::Axis,
        fan.head.after.clone(),
        Colour::Secondary,
        Anchor::Left,
        at,
    );
    if !fan.head.after.is_empty() && after.bounds.right <= plot.right + BEYOND {
        layout.texts.push(after);
    }
}

fn bands(fan: &Fan, plot: &Plot, layout: &mut Layout) {
    let colour = Colour::Plan(fan.plan);
    layout
        .shapes
        .push(band(plot, &fan.p05, &fan.p95, colour, OUTER_BAND));
    layout
        .shapes
        .push(band(plot, &fan.p25, &fan.p75, colour, INNER_BAND));
}

/// The ends of the outer band and of the median; of small panels the median only.
fn labels(fan: &Fan, is_small: bool, plot: &Plot) -> Vec<EndLabel> {
    let [low, median, high] = &fan.last_labels;
    let end = |series: &[f64]| series.last().map_or(plot.bottom, |amount| plot.y(*amount));
    let colour = Colour::PlanText(fan.plan);
    let role = if is_small { Role::CrowdedLabel } else { Role::Label };
    let mut labels = vec![EndLabel::of(end(&fan.p50), role, median.clone(), colour)];
    if !is_small {
        let outer = |at, text: &String| EndLabel::of(at, Role::Axis, text.clone(), Colour::Secondary);
        labels.insert(0, outer(end(&fan.p95), high));
        labels.push(outer(end(&fan.p05), low));
    }
    labels
}

/// The name of the thin line, next to its right or left end where nothing else is.
fn reference_name(reference: &Reference, fan: &Fan, ticks: &[Tick], plot: &Plot, layout: &mut Layout) {
    let colour = Colour::PlanText(reference.plan);
    let name = |anchor, x, baseline| plain(Role::Axis, reference.name.clone(), colour, anchor, (x, baseline));
    let inset = 2.0 * LABEL_GAP;
    for (anchor, x) in [
        (Anchor::Right, plot.right - inset),
        (Anchor::Left, plot.left + inset),
    ] {
        let sized = name(anchor, x, 0.0);
        if sized.bounds.left < plot.left || sized.bounds.right > plot.right {
            return;
        }
        let (high, low) = plot.heights(&reference.amounts, &sized.bounds);
        for baseline in [low + CLEAR - sized.bounds.top, high - CLEAR - sized.bounds.bottom] {
            let text = name(anchor, x, baseline);
            let (top, bottom) = (
                plot.heights(&fan.p75, &text.bounds).0,
                plot.heights(&fan.p25, &text.bounds).1,
            );
            let is_clear = text.bounds.bottom < top - CLEAR || text.bounds.top > bottom + CLEAR;
            if is_clear && text.bounds.top >= plot.top && text.bounds.bottom <= plot.bottom - CLEAR {
                let crosses = |at: &f64| (text.bounds.top..=text.bounds.bottom).contains(&plot.y(*at));
                let is_crossed = ticks.iter().any(|tick| crosses(&tick.at));
                layout
                    .texts
                    .push(if is_crossed { text.over_marks() } else { text });
                return;
            }
        }
    }
}

/// A plan alone: its first median and the names of its bands, each with a leader from above or from below.
fn callouts(fan: &Fan, plot: &Plot, layout: &mut Layout) {
    let half = |one: &[f64], other: &[f64], week: usize| match (one.get(week), other.get(week)) {
        (Some(one), Some(other)) => (one + other) / 2.0,
        _ => 0.0,
    };
    let weeks = fan.p50.len();
    let (outer, inner) = (weeks * 2 / 5, weeks * 2 / 3);
    let colour = Colour::PlanText(fan.plan);
    let told = [
        (
            0,
            fan.p50.first().copied().unwrap_or(0.0),
            fan.first_label.as_str(),
        ),
        (outer, half(&fan.p75, &fan.p95, outer), "9 futures in 10"),
        (inner, half(&fan.p50, &fan.p75, inner), "the middle half"),
    ];
    for (week, amount, words) in told {
        let at = (plot.x((week + 1) as f64), plot.y(amount));
        let run = Run::of(Role::Annotation, words, colour);
        let anchor = if week == 0 { Anchor::Left } else { Anchor::Middle };
        let sized = Text::new(Role::Annotation, vec![run.clone()], anchor, (at.0, 0.0));
        let (top, _) = plot.heights(&fan.p95, &sized.bounds);
        let (_, bottom) = plot.heights(&fan.p05, &sized.bounds);
        let away = 3.0 * LABEL_GAP;
        let above = top - away - sized.bounds.bottom;
        let is_above = above + sized.bounds.top >= plot.top;
        let baseline = if is_above {
            above
        } else {
            bottom + away - sized.bounds.top
        };
        let text = Text::new(Role::Annotation, vec![run], anchor, (at.0, baseline)).over_marks();
        if text.bounds.bottom > plot.bottom {
            continue;
        }
        let from = if is_above {
            text.bounds.bottom + 2.0
        } else {
            text.bounds.top - 2.0
        };
        layout.shapes.push(Shape::Line {
            from: (at.0, from),
            to: at,
            width: LEADER,
            colour: Colour::Ink,
            dash: None,
        });
        layout.shapes.push(Shape::Dot {
            centre: at,
            radius: POINT,
            colour: Colour::Ink,
            fill: Fill::Solid,
        });
        layout.texts.push(text);
    }
}
