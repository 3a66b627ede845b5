//! Lays out hours wanted and had: lines with the areas between them, and a strip of shares below.

use super::curves::{line, thinned};
use super::end_labels::{EndLabel, end_labels, room};
use super::figure::{Hours, HoursPanel};
use super::labels::{Bounds, Measure};
use super::layout::{Anchor, Layout, Run, Shape, Text, plain};
use super::plot::{Plot, amount_labels, grid, time_marks};
use super::style::{
    CASING, Colour, INNER_BAND, LABEL_GAP, LEFT, PLAN_LINE, PLOT_BOTTOM, RIGHT, Role, TO_HEADS, WANTED_DASH,
};
use super::text::Weight;

/// From the heads to the words of the areas, and to the plot.
const TO_AREA_WORDS: f64 = 56.0;
const TO_PLOT: f64 = 82.0;
/// Bottom of the plot; baseline of the strip's name; top of the strip.
const LINES_BOTTOM: f64 = 788.0;
const STRIP_NAME: f64 = 836.0;
const STRIP_TOP: f64 = 850.0;
/// Between two panels, beyond the labels of the first.
const BETWEEN: f64 = 40.0;
/// Opacity of the areas of a strip.
const STRIP_AREA: f64 = 0.85;
/// Space around words of areas.
const PAD: f64 = 6.0;
/// Step between two lines beside the strip.
const STEP: f64 = 28.0;

/// Lays the panels out below a subtitle.
pub(super) fn lay(hours: &Hours, subtitle: f64, layout: &mut Layout) {
    let heads = subtitle + TO_HEADS;
    for (panel, plot) in hours.panels.iter().zip(plots(hours, heads)) {
        head(panel, &plot, heads, layout);
        grid(&hours.amounts, &plot, layout);
        layout.texts.extend(amount_labels(&hours.amounts, &plot));
        areas(panel, &plot, heads + TO_AREA_WORDS, layout);
        let [casing, wanted] = line(&plot, &panel.wanted, Colour::Ink, PLAN_LINE, Some(WANTED_DASH));
        layout.shapes.extend([casing, wanted]);
        layout
            .shapes
            .extend(line(&plot, &panel.had, Colour::Ink, PLAN_LINE, None));
        end_labels(
            line_labels(panel, &plot),
            plot.right,
            (plot.top, plot.bottom),
            layout,
        );
        strip(hours, panel, &plot, layout);
    }
}

/// The panels' places, side by side.
fn plots(hours: &Hours, heads: f64) -> Vec<Plot> {
    let count = hours.panels.len().max(1) as f64;
    let mut plot = Plot {
        left: 0.0,
        right: 1.0,
        top: heads + TO_PLOT,
        bottom: LINES_BOTTOM,
        weeks: hours.time.weeks,
        low: hours.amounts.low,
        high: hours.amounts.high,
    };
    let labels = amount_labels(&hours.amounts, &plot);
    let strip_end = Measure::of(Role::StripEnd).width("100\u{202f}%") + LABEL_GAP;
    let before = -labels
        .iter()
        .map(|text| text.bounds.left)
        .fold(-strip_end, f64::min);
    let after = hours
        .panels
        .iter()
        .map(|panel| strip_width(panel).max(room(&line_labels(panel, &plot))))
        .fold(0.0, f64::max);
    let width = (RIGHT - LEFT - BETWEEN * (count - 1.0)) / count - before - after;
    let mut plots = Vec::new();
    let mut left = LEFT + before;
    for _ in &hours.panels {
        plot.left = left;
        plot.right = left + width;
        plots.push(plot);
        left += width + after + BETWEEN + before;
    }
    plots
}

fn head(panel: &HoursPanel, plot: &Plot, baseline: f64, layout: &mut Layout) {
    let colour = panel.head.plan.map_or(Colour::Ink, Colour::PlanText);
    let most = plot.right - plot.left;
    let name = Measure::of(Role::Head).cut(&panel.head.text, most);
    let name = plain(Role::Head, name, colour, Anchor::Left, (plot.left, baseline));
    let at = (name.bounds.right + 16.0, baseline);
    layout.texts.push(name);
    let after = plain(
        Role::Axis,
        panel.head.after.clone(),
        Colour::Secondary,
        Anchor::Left,
        at,
    );
    if after.bounds.right <= plot.right + LABEL_GAP {
        layout.texts.push(after);
    }
}

fn line_labels(panel: &HoursPanel, plot: &Plot) -> Vec<EndLabel> {
    let end = |series: &[f64]| series.last().map_or(plot.bottom, |hours| plot.y(*hours));
    vec![
        EndLabel::of(end(&panel.wanted), Role::Label, "wanted", Colour::Ink),
        EndLabel::of(end(&panel.had), Role::Label, "had", Colour::Ink),
    ]
}

/// Weeks, hours wanted and had, with the points between two weeks where one side passes the other.
fn with_crossings(panel: &HoursPanel) -> Vec<(f64, f64, f64)> {
    let weeks: Vec<(f64, f64, f64)> = panel
        .wanted
        .iter()
        .zip(&panel.had)
        .enumerate()
        .map(|(index, (wanted, had))| ((index + 1) as f64, *wanted, *had))
        .collect();
    let mut points = Vec::with_capacity(weeks.len());
    for (index, week) in weeks.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).map(|index| weeks[index]) {
            let (from, to) = (before.1 - before.2, week.1 - week.2);
            if from * to < 0.0 {
                let part = from / (from - to);
                let at = before.2 + (week.2 - before.2) * part;
                points.push((before.0 + part, at, at));
            }
        }
        points.push(*week);
    }
    points
}

/// Which side is longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Short,
    Idle,
}

/// The areas between the lines and their words above the plot.
fn areas(panel: &HoursPanel, plot: &Plot, baseline: f64, layout: &mut Layout) {
    let points = with_crossings(panel);
    let mut told = Vec::new();
    for (side, words) in [(Side::Short, &panel.short), (Side::Idle, &panel.idle)] {
        let is_side = |point: &(f64, f64, f64)| match side {
            Side::Short => point.1 >= point.2,
            Side::Idle => point.1 <= point.2,
        };
        let mut largest = (0.0, 0.0);
        for run in points.chunk_by(|one, other| is_side(one) == is_side(other) && is_side(one)) {
            if run.len() < 2 {
                continue;
            }
            let size: f64 = run.iter().map(|point| (point.1 - point.2).abs()).sum();
            if size > largest.0 {
                let middle = f64::midpoint(run[0].0, run[run.len() - 1].0);
                largest = (size, plot.x(middle));
            }
            layout.shapes.push(area(run, side, plot));
        }
        if largest.0 > 0.0 && !words.is_empty() {
            told.push((side, words, largest));
        }
    }
    // The larger area's words stand over its middle.
    told.sort_by(|one, other| other.2.0.total_cmp(&one.2.0));
    for (side, words, (_, middle)) in told {
        area_words(side, words, middle, plot, baseline, layout);
    }
}

fn area(run: &[(f64, f64, f64)], side: Side, plot: &Plot) -> Shape {
    let line = |of: fn(&(f64, f64, f64)) -> f64| {
        thinned(
            run.iter()
                .map(|point| (plot.x(point.0), plot.y(of(point))))
                .collect(),
        )
    };
    let mut corners = line(|point| point.1);
    corners.extend(line(|point| point.2).into_iter().rev());
    Shape::Area {
        points: corners,
        colour: match side {
            Side::Short => Colour::ShortOfCapacity,
            Side::Idle => Colour::ShortOfDemand,
        },
        alpha: INNER_BAND,
    }
}

/// Over the middle of an area, or as near to it as other words allow.
fn area_words(side: Side, words: &str, middle: f64, plot: &Plot, baseline: f64, layout: &mut Layout) {
    let colour = match side {
        Side::Short => Colour::ShortOfCapacityText,
        Side::Idle => Colour::ShortOfDemand,
    };
    let run = Run::of(Role::Annotation, words, colour).weighing(Weight::SemiBold);
    let half = run.width(Role::Annotation.size()) / 2.0;
    let (first, last) = (plot.left + half, (plot.right - half).max(plot.left + half));
    let text = |x: f64| {
        Text::new(
            Role::Annotation,
            vec![run.clone()],
            Anchor::Middle,
            (x.clamp(first, last), baseline),
        )
    };
    let away = half + 2.0 * LABEL_GAP + 1.0;
    let others: Vec<Bounds> = layout
        .texts
        .iter()
        .filter(|other| other.role == Role::Annotation && other.at.1 == baseline)
        .map(|other| other.bounds)
        .collect();
    let beside = others
        .iter()
        .flat_map(|other| [other.left - away, other.right + away]);
    let mut places: Vec<f64> = beside.filter(|x| (first..=last).contains(x)).collect();
    places.sort_by(|one, other| (one - middle).abs().total_cmp(&(other - middle).abs()));
    let nearest = std::iter::once(middle).chain(places).map(text).find(|text| {
        let is_apart = !others
            .iter()
            .any(|other| other.meets(&text.bounds, 2.0 * LABEL_GAP));
        is_apart && layout.has_room(&text.bounds, PAD)
    });
    layout.texts.extend(nearest);
}

/// Shares of futures: short of hours from below, short of demand from above.
fn strip(hours: &Hours, panel: &HoursPanel, plot: &Plot, layout: &mut Layout) {
    let strip = Plot {
        top: STRIP_TOP,
        bottom: PLOT_BOTTOM,
        low: 0.0,
        high: 1.0,
        ..*plot
    };
    layout.shapes.push(Shape::Rectangle {
        bounds: Bounds {
            left: strip.left,
            top: strip.top,
            right: strip.right,
            bottom: strip.bottom,
        },
        colour: Colour::StripGround,
    });
    let from_above: Vec<f64> = panel.short_of_demand.iter().map(|share| 1.0 - share).collect();
    // Both areas print alike in grey: their edges stay apart.
    let mut edges = Vec::new();
    for (shares, edge, colour) in [
        (&panel.short_of_hours, 0.0, Colour::ShortOfCapacity),
        (&from_above, 1.0, Colour::ShortOfDemand),
    ] {
        let mut points = thinned(strip.points(shares));
        edges.push(Shape::Curve {
            points: points.clone(),
            width: CASING,
            colour: Colour::Background,
            dash: None,
        });
        points.push((strip.right, strip.y(edge)));
        points.push((strip.left, strip.y(edge)));
        layout.shapes.push(Shape::Area {
            points,
            colour,
            alpha: STRIP_AREA,
        });
    }
    layout.shapes.extend(edges);
    time_marks(&hours.time, &strip, 0.0, layout);
    strip_texts(panel, &strip, layout);
}

/// The ends of a strip's scale, its name above and its shares beside.
fn strip_texts(panel: &HoursPanel, strip: &Plot, layout: &mut Layout) {
    let end = |words: &str, baseline| {
        let at = (strip.left - LABEL_GAP, baseline);
        plain(Role::StripEnd, words, Colour::Secondary, Anchor::Right, at)
    };
    layout.texts.extend([
        end("100\u{202f}%", strip.top + 15.0),
        end("0", strip.bottom),
        plain(
            Role::Axis,
            "Share of futures",
            Colour::Secondary,
            Anchor::Left,
            (strip.left, STRIP_NAME),
        ),
    ]);
    let x = strip.right + LABEL_GAP;
    let middle = f64::midpoint(strip.top, strip.bottom);
    let lines = strip_words(panel);
    let baselines = [
        middle - 1.5 * STEP,
        middle - 0.5 * STEP,
        middle + 0.9 * STEP,
        middle + 1.9 * STEP,
    ];
    for ((words, colour), baseline) in lines.into_iter().zip(baselines) {
        layout.texts.push(plain(
            Role::CrowdedLabel,
            words,
            colour,
            Anchor::Left,
            (x, baseline),
        ));
    }
}

/// The four lines beside a strip.
fn strip_words(panel: &HoursPanel) -> [(String, Colour); 4] {
    [
        ("short of".to_owned(), Colour::ShortOfDemand),
        (format!("demand {}", panel.demand_share), Colour::ShortOfDemand),
        ("short of".to_owned(), Colour::ShortOfCapacityText),
        (
            format!("hours {}", panel.hours_share),
            Colour::ShortOfCapacityText,
        ),
    ]
}

fn strip_width(panel: &HoursPanel) -> f64 {
    let measure = Measure::of(Role::CrowdedLabel);
    let widest = strip_words(panel)
        .iter()
        .map(|(words, _)| measure.width(words))
        .fold(0.0, f64::max);
    widest + LABEL_GAP
}
