//! Charts: claims whose conditions hold, layouts without collisions, pictures that are the same bytes every time.
#![cfg(feature = "charts")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

#[path = "charts/capacity.rs"]
mod capacity;
#[path = "charts/difference.rs"]
mod difference;
#[path = "charts/over_time.rs"]
mod over_time;
#[path = "charts/synthetic.rs"]
mod synthetic;
#[path = "charts/weeks.rs"]
mod weeks;

use gtm_sim::analysis::findings::Findings;
use gtm_sim::charts::figure::{Body, DotRows};
use gtm_sim::charts::labels::Bounds;
use gtm_sim::charts::layout::{Halo, Shape, Text};
use gtm_sim::charts::style::{DARK, SAFE};
use gtm_sim::charts::{CHARTS, Figure, layout, png, svg, svg_in};
use resvg::tiny_skia::Pixmap;
use serde_json::Value;
use synthetic::{Invented, cases, eight, findings, plan, summary, three};

const REVENUE: Option<(&str, f64)> = Some(("revenue", 30e6));

/// All charts but those that have findings of their own in `planning_charts.rs` and `sweep_chart.rs`.
fn charts() -> impl Iterator<Item = &'static gtm_sim::charts::Chart> {
    CHARTS
        .iter()
        .filter(|chart| !["journey", "money", "team", "sweep"].contains(&chart.key))
}

fn figures() -> Vec<(String, Figure)> {
    let mut figures = Vec::new();
    for (name, findings) in cases() {
        for chart in CHARTS {
            // Reasons for no chart are tested chart by chart.
            if let Ok(figure) = (chart.build)(&findings) {
                figures.push((format!("{}_{name}", chart.key), figure));
            }
        }
    }
    assert!(charts().all(|chart| {
        let drawn = figures.iter().filter(|(_, figure)| figure.key == chart.key);
        drawn.count() >= 20
    }));
    figures
}

/// The figures of chart 1.
fn distributions() -> Vec<(String, Figure)> {
    let is_distribution = |(_, figure): &(String, Figure)| matches!(figure.body, Body::Dots(_));
    figures().into_iter().filter(is_distribution).collect()
}

/// A text with ordinary spaces.
fn spaced(text: &str) -> String {
    text.replace(['\u{202f}', '\u{a0}'], " ")
}

fn distribution(findings: &Findings) -> Figure {
    (CHARTS[0].build)(findings).expect("there is something to draw")
}

fn rows(figure: &Figure) -> &DotRows {
    match &figure.body {
        Body::Dots(rows) => rows,
        other => panic!("rows of dots, not {other:?}"),
    }
}

fn title(plans: &[Invented], target: Option<(&str, f64)>, recommended: Option<usize>) -> String {
    spaced(&distribution(&findings(plans, target, recommended)).title)
}

#[test]
fn no_two_texts_meet_and_none_leaves_the_safe_area() {
    let mut wrong = Vec::new();
    for (name, figure) in figures() {
        let texts = layout(&figure).texts;
        for (index, text) in texts.iter().enumerate() {
            if !text.bounds.is_within(SAFE) {
                wrong.push(format!("{name}: {:?} leaves the safe area", text.content()));
            }
            for other in &texts[index + 1..] {
                if text.bounds.meets(&other.bounds, 0.0) {
                    wrong.push(format!(
                        "{name}: {:?} meets {:?}",
                        text.content(),
                        other.content()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a path runs through a box, at steps of a pixel.
fn crosses_curve(bounds: &Bounds, points: &[(f64, f64)]) -> bool {
    points.windows(2).any(|pair| {
        let (from, to) = (pair[0], pair[1]);
        let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs()).ceil().max(1.0);
        (0..=steps as usize).any(|step| {
            let part = step as f64 / steps;
            holds(
                bounds,
                (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part),
            )
        })
    })
}

fn holds(bounds: &Bounds, (x, y): (f64, f64)) -> bool {
    bounds.left < x && x < bounds.right && bounds.top + 3.0 < y && y < bounds.bottom - 3.0
}

/// Whether an area covers a corner or the middle of a box, or its outline runs through it.
fn crosses_area(bounds: &Bounds, points: &[(f64, f64)]) -> bool {
    let closed: Vec<(f64, f64)> = points.iter().chain(points.first()).copied().collect();
    let middle = (
        (bounds.left + bounds.right) / 2.0,
        (bounds.top + bounds.bottom) / 2.0,
    );
    let winds = closed
        .windows(2)
        .filter(|pair| (pair[0].1 > middle.1) != (pair[1].1 > middle.1))
        .filter(|pair| {
            let part = (middle.1 - pair[0].1) / (pair[1].1 - pair[0].1);
            pair[0].0 + part * (pair[1].0 - pair[0].0) > middle.0
        })
        .count();
    winds % 2 == 1 || crosses_curve(bounds, &closed)
}

/// Whether a text stands on a mark that it must not cross.
fn is_crossed(text: &Text, shape: &Shape) -> bool {
    let without_halo = text.halo == Halo::Without;
    let (left, top, right, bottom) = match shape {
        Shape::Dot {
            centre: (x, y),
            radius,
            ..
        } => (*x - radius, *y - radius, *x + radius, *y + radius),
        Shape::Line { from, to, .. } => return without_halo && crosses_curve(&text.bounds, &[*from, *to]),
        Shape::Rectangle { bounds, .. } => (bounds.left, bounds.top, bounds.right, bounds.bottom),
        Shape::Area { points, alpha, .. } => {
            return without_halo && *alpha > 0.2 && crosses_area(&text.bounds, points);
        }
        Shape::Curve { points, .. } => return without_halo && crosses_curve(&text.bounds, points),
    };
    text.bounds.left < right
        && left < text.bounds.right
        && text.bounds.top + 3.0 < bottom
        && top < text.bounds.bottom - 3.0
}

#[test]
fn texts_cross_dots_never_and_other_marks_only_with_a_halo() {
    let mut wrong = Vec::new();
    for (name, figure) in figures() {
        let layout = layout(&figure);
        for text in &layout.texts {
            if layout.shapes.iter().any(|shape| is_crossed(text, shape)) {
                wrong.push(format!("{name}: {:?}", text.content()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// No mark leaves the canvas, no area is empty.
#[test]
fn marks_stay_on_the_canvas() {
    let mut wrong = Vec::new();
    for (name, figure) in figures() {
        for shape in layout(&figure).shapes {
            let points = match &shape {
                Shape::Curve { points, .. } | Shape::Area { points, .. } => points.clone(),
                Shape::Line { from, to, .. } => vec![*from, *to],
                _ => continue,
            };
            let is_on = |(x, y): &(f64, f64)| (40.0..=1880.0).contains(x) && (30.0..=1056.0).contains(y);
            if points.len() < 2 || !points.iter().all(is_on) {
                wrong.push(format!("{name}: {shape:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_plan_is_named_and_every_big_number_is_placed() {
    for (name, figure) in distributions() {
        let texts: Vec<String> = layout(&figure).texts.iter().map(|text| text.content()).collect();
        for row in &rows(&figure).rows {
            let start: String = row.name.chars().take(6).collect();
            assert!(
                texts.iter().any(|text| text.starts_with(&start)),
                "{name}: {}",
                row.name
            );
            for number in row.cells.iter().filter_map(|cell| cell.number.as_ref()) {
                assert!(
                    texts.contains(&number.number) && texts.contains(&number.words),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn filled_dots_and_printed_share_differ_by_one_dot_at_most() {
    for (name, findings) in cases() {
        if name == "atom" {
            continue;
        }
        let figure = distribution(&findings);
        for row in &rows(&figure).rows {
            let plan = findings
                .plans
                .iter()
                .find(|plan| row.name.starts_with(plan.label.trim()));
            let share = plan.and_then(|plan| plan.target_reached).map(|share| share.value);
            for cell in &row.cells {
                if let (Some(target), Some(share), true) = (cell.target, share, cell.number.is_some()) {
                    let filled = cell.dots.iter().filter(|dot| **dot >= target).count() as f64;
                    let expected = share * cell.dots.len() as f64;
                    assert!(
                        (filled - expected).abs() <= 1.0,
                        "{name}: {filled} dots for {expected}"
                    );
                }
            }
        }
    }
}

#[test]
fn drawn_dots_are_the_dots_of_the_figure() {
    for (name, figure) in distributions() {
        let drawn = layout(&figure)
            .shapes
            .iter()
            .filter(|shape| matches!(shape, Shape::Dot { colour, .. } if *colour != gtm_sim::charts::style::Colour::Background))
            .count();
        let dots: usize = rows(&figure)
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .map(|cell| cell.dots.len())
            .sum();
        assert_eq!(drawn, dots, "{name}");
    }
}

#[test]
fn titles_say_what_holds() {
    let three = three();
    assert_eq!(
        title(&three, REVENUE, Some(1)),
        "Sales-led is worth most, $26.5M on average, and lifts the chance of $30M revenue from 11 % to 81 %"
    );
    assert_eq!(
        title(&three, None, Some(1)),
        "Of three plans Sales-led is worth most, $26.5M on average, and it is best in 61 % of futures"
    );
    assert_eq!(
        title(&three[..2], None, Some(1)),
        "Sales-led is worth most, $26.5M on average"
    );
    assert_eq!(
        title(&three[..1], REVENUE, None),
        "8 futures in 10 are worth between $16.5M and $24.1M; 11 % reach $30M revenue"
    );
    assert_eq!(
        title(&three, REVENUE, None),
        "Sales-led and Build, then harvest cannot be told apart: worth $26.5M and $24.6M on average"
    );
    let mut close = three.clone();
    close[2].value.0 = 26.2e6;
    assert_eq!(
        title(&close, None, Some(1)),
        "Sales-led is worth most, but hardly more than Build, then harvest: $26.5M against $26.2M; it is best in 61 % of futures"
    );
    assert_eq!(
        title(&close[1..], None, Some(0)),
        "Sales-led is worth most, but hardly more than Build, then harvest: $26.5M against $26.2M on average"
    );
    close[2].value.0 = 25.9e6;
    assert!(title(&close, None, Some(1)).starts_with("Of three plans Sales-led is worth most"));
    let mut lost = three.clone();
    lost.iter_mut().for_each(|plan| plan.value.0 -= 60e6);
    assert_eq!(
        title(&lost, REVENUE, Some(1)),
        "No plan earns its money back; the best, Sales-led, is worth \u{2212}$33.5M"
    );
}

#[test]
fn a_rival_that_reaches_the_target_more_often_is_named() {
    let plans = [
        plan("Today", &[0.4], (20e6, 3e6), (36e6, 3e6), 0.4),
        plan("Sales-led", &[0.2], (26e6, 3e6), (28e6, 3e6), 0.6),
    ];
    assert_eq!(
        title(&plans, REVENUE, Some(1)),
        "Sales-led is worth most, but Today reaches $30M revenue more often"
    );
}

#[test]
fn a_real_but_small_difference_is_not_noise() {
    let mut findings = findings(&three()[..2], None, None);
    let pair = &mut findings.comparison.as_mut().unwrap().pairs[0];
    (pair.difference, pair.low, pair.high) = (-40_000.0, -60_000.0, -20_000.0);
    assert_eq!(
        distribution(&findings).title,
        "Sales-led and Today are worth nearly the same, $26.5M and $20.3M"
    );
}

#[test]
fn plans_judged_otherwise_are_not_called_worth_most() {
    let mut findings = findings(&three(), REVENUE, Some(1));
    findings.comparison.as_mut().unwrap().measure = "customers".to_owned();
    assert_eq!(
        distribution(&findings).title,
        "Value and revenue of three plans over 104\u{202f}weeks"
    );
}

#[test]
fn nothing_to_draw_is_said_in_words() {
    let nothing = findings(&[plan("Today", &[0.4], (0.0, 0.0), (0.0, 0.0), 1.0)], None, None);
    let none = (CHARTS[0].build)(&nothing).unwrap_err();
    assert_eq!(none.to_string(), "value and revenue are zero in every future");
}

#[test]
fn letters_that_cannot_be_written_are_no_boxes() {
    let mut plans = three();
    plans[1].label = "販売重視".to_owned();
    let figure = distribution(&findings(&plans, REVENUE, Some(1)));
    assert_eq!(rows(&figure).rows[1].name, "Plan 2");
    assert!(figure.warnings[0].contains("販"), "{:?}", figure.warnings);
}

#[test]
fn more_than_eight_plans_are_counted_in_the_footer() {
    let ten: Vec<Invented> = eight().into_iter().chain(three().into_iter().take(2)).collect();
    let figure = distribution(&findings(&ten, REVENUE, Some(1)));
    assert_eq!(rows(&figure).rows.len(), 8);
    assert!(
        figure
            .footer
            .facts
            .iter()
            .any(|fact| fact == "2 more plans not shown")
    );
}

#[test]
fn the_picture_in_words_is_short() {
    for (name, figure) in figures() {
        assert!(figure.alt.chars().count() <= 600, "{name}: {}", figure.alt);
    }
}

#[test]
fn pictures_are_the_same_bytes_and_the_size_of_a_slide() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("charts");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, figure) in figures() {
        let picture = svg(&figure);
        assert_eq!(picture, svg(&figure), "{name}");
        assert!(!picture.contains("<text") && picture.contains("<title>") && picture.contains("<desc>"));
        std::fs::write(folder.join(format!("{name}.svg")), &picture).unwrap();
        // Pixels cost seconds: one case a chart, and the ugliest ones.
        if ![
            "_three",
            "_one",
            "_eight",
            "_long_names",
            "_hopeless",
            "_weeks_520",
        ]
        .iter()
        .any(|case| name.ends_with(case))
        {
            continue;
        }
        let file = png(&picture).unwrap();
        let pixels = Pixmap::decode_png(&file).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (1920, 1080), "{name}");
        std::fs::write(folder.join(format!("{name}.png")), file).unwrap();
    }
    for chart in charts() {
        let figure = (chart.build)(&findings(&three(), REVENUE, Some(1))).unwrap();
        let dark = png(&svg_in(&figure, &DARK)).unwrap();
        std::fs::write(folder.join(format!("{}_dark.png", chart.key)), dark).unwrap();
    }
}

#[test]
fn names_may_hold_what_xml_may_not() {
    let mut plans = three();
    plans[0].label = "R&D <first>\n\"now\"\u{1}".to_owned();
    let mut findings = findings(&plans, REVENUE, Some(1));
    findings.plans[0].measures[1].1 = summary((26e6, 3e6));
    assert!(png(&svg(&distribution(&findings))).is_ok());
}

/// A long series in short.
fn series(weeks: &[Value]) -> String {
    let rounded = |value: &Value| (value.as_f64().unwrap_or(f64::NAN) * 100.0).round() / 100.0;
    let (first, last) = (rounded(&weeks[0]), rounded(&weeks[weeks.len() - 1]));
    format!("{} weeks, {first} to {last}", weeks.len())
}

/// The figure as text: dots only by their number, amounts in thousands.
pub fn told(figure: &Figure) -> String {
    fn tidy(value: &mut Value) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    match value {
                        Value::Array(dots) if key == "dots" => *value = format!("{} dots", dots.len()).into(),
                        Value::Array(weeks) if weeks.len() > 20 => *value = series(weeks).into(),
                        other => tidy(other),
                    }
                }
            }
            Value::Array(values) => values.iter_mut().for_each(tidy),
            Value::Number(number) if number.is_f64() => {
                *value = ((number.as_f64().unwrap() / 1000.0).round() as i64).into();
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(figure).unwrap();
    tidy(&mut value);
    serde_json::to_string_pretty(&value).unwrap()
}

#[test]
fn figures_of_one_three_and_eight_plans() {
    for (name, findings) in cases() {
        if ["one", "three", "eight"].contains(&name) {
            insta::assert_snapshot!(format!("distribution_{name}"), told(&distribution(&findings)));
        }
    }
}
