//! The chart of splits says what holds, marks what it says, and keeps its texts apart.
#![cfg(feature = "charts")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

#[path = "charts/boxes.rs"]
mod boxes;
#[allow(dead_code)] // the cases of the distribution chart
#[path = "charts/synthetic.rs"]
mod synthetic;
#[allow(dead_code)] // as above
#[path = "charts/weeks.rs"]
mod weeks;

use gtm_sim::analysis::findings::{Findings, Limits};
use gtm_sim::analysis::sweep::{Behind, Sweep, SweepPoint, near_best};
use gtm_sim::charts::figure::Body;
use gtm_sim::charts::style::DARK;
use gtm_sim::charts::sweep::{Shares, Side};
use gtm_sim::charts::{CHARTS, Figure, png, svg, svg_in};

/// What a sweep is invented from.
#[derive(Clone)]
struct Invented {
    shares: Vec<f64>,
    /// Value against share, money.
    value: fn(f64) -> f64,
    /// Half of the band.
    spread: f64,
    /// Standard errors of means and of differences to the best.
    errors: (f64, f64),
    within: f64,
    today: f64,
    /// Marketing share at which demand and capacity limit equally often.
    meet: f64,
}

/// As the house's example: best near 24 %, today at 40 %.
fn example() -> Invented {
    Invented {
        shares: (2..=18).map(|step| f64::from(step) * 0.05).collect(),
        value: |share| {
            let far = (share - 0.24) / if share < 0.24 { 0.30 } else { 0.24 };
            2e6 + 24.6e6 / (1.0 + far * far * far * far)
        },
        spread: 4.6e6,
        errors: (5e4, 1e4),
        within: 5e4,
        today: 0.40,
        meet: 0.24,
    }
}

fn point(invented: &Invented, share: f64, best: f64) -> SweepPoint {
    let mean = (invented.value)(share);
    let loss = (invented.value)(best) - mean;
    let error = if share == best { 0.0 } else { invented.errors.1 };
    let tilt = ((share - invented.meet) * 3.0).clamp(-0.45, 0.45);
    SweepPoint {
        marketing_share: share,
        mean,
        mean_error: invented.errors.0,
        p10: Some(mean - invented.spread),
        p90: Some(mean + invented.spread),
        limited_by: Limits {
            demand: 0.45 - tilt,
            capacity: 0.45 + tilt,
        },
        behind: Behind {
            value: loss,
            error,
            low: loss - 3.0 * error,
            high: loss + 3.0 * error,
        },
    }
}

fn findings(invented: &Invented) -> Findings {
    let mut plans = synthetic::three();
    plans[0].phases = vec![invented.today];
    let mut findings = synthetic::findings(&plans, None, None);
    let mut shares = invented.shares.clone();
    if !shares.contains(&invented.today) {
        shares.push(invented.today);
        shares.sort_by(f64::total_cmp);
    }
    let best = shares
        .iter()
        .copied()
        .reduce(|a, b| {
            if (invented.value)(b) > (invented.value)(a) {
                b
            } else {
                a
            }
        })
        .unwrap();
    let points: Vec<SweepPoint> = shares.iter().map(|share| point(invented, *share, best)).collect();
    findings.sweep = Some(Sweep {
        plan: findings.plans[0].name.clone(),
        measure: "value".to_owned(),
        replications: 4000,
        within: invented.within,
        near_best: near_best(&points, best, invented.within),
        points,
        today: point(invented, invented.today, best),
        today_is_a_point: true,
        best,
    });
    findings
}

fn chart(findings: &Findings) -> Figure {
    let chart = CHARTS.iter().find(|chart| chart.key == "sweep").unwrap();
    (chart.build)(findings).unwrap_or_else(|none| panic!("{none}"))
}

fn title(invented: &Invented) -> String {
    chart(&findings(invented))
        .title
        .replace(['\u{202f}', '\u{a0}'], " ")
}

fn shares(figure: &Figure) -> &Shares {
    match &figure.body {
        Body::Shares(shares) => shares,
        other => panic!("{other:?}"),
    }
}

fn with(change: impl Fn(&mut Invented)) -> Invented {
    let mut invented = example();
    change(&mut invented);
    invented
}

fn cases() -> Vec<(&'static str, Findings)> {
    let flat: fn(f64) -> f64 = |share| 2e7 - 1e4 * share;
    let mut cases = vec![
        ("example", findings(&example())),
        ("today_is_best", findings(&with(|own| own.today = 0.25))),
        ("today_is_near", findings(&with(|own| own.today = 0.2))),
        ("three", findings(&with(|own| own.shares = vec![0.2, 0.6]))),
        ("flat", findings(&with(|own| own.value = flat))),
        (
            "edge",
            findings(&with(|own| own.value = |share| 3e7 - 2e7 * share)),
        ),
        (
            "top_edge",
            findings(&with(|own| own.value = |share| 1e7 + 2e7 * share)),
        ),
        ("noisy", findings(&with(|own| own.errors = (4e5, 2e5)))),
        (
            "negative",
            findings(&with(|own| {
                own.value = |share| -5e6 - 2e7 * (share - 0.5) * (share - 0.5)
            })),
        ),
        (
            "huge",
            findings(&with(|own| {
                own.value = |share| 1e12 * (1.0 - (share - 0.3) * (share - 0.3))
            })),
        ),
        ("narrow", findings(&with(|own| own.spread = 1e4))),
        ("wide", findings(&with(|own| own.spread = 4e7))),
        (
            "whole_range",
            findings(&with(|own| {
                own.shares = (0..=20).map(|step| f64::from(step) * 0.05).collect()
            })),
        ),
        (
            "fine",
            findings(&with(|own| {
                own.shares = (10..=40).map(|step| f64::from(step) * 0.01).collect()
            })),
        ),
        ("one_side", findings(&with(|own| own.meet = -1.0))),
    ];
    let mut named = findings(&example());
    named.plans[0].label = "Ανάπτυξη αγοράς ".repeat(4);
    cases.push(("long_name", named));
    let mut counted = findings(&example());
    counted.measures[0].unit = "count".to_owned();
    cases.push(("no_money", counted));
    cases
}

#[test]
fn texts_stay_apart_inside_the_slide_and_off_the_marks() {
    let mut faults = Vec::new();
    for (name, findings) in cases() {
        let figure = chart(&findings);
        faults.extend(boxes::faults(name, &figure));
        assert!(figure.alt.chars().count() <= 600, "{name}");
        // Pixels cost seconds: some cases.
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("sweep_chart");
        if ["example", "today_is_best", "negative", "fine", "long_name"].contains(&name) {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(
                folder.join(format!("sweep_{name}.png")),
                png(&svg(&figure)).unwrap(),
            )
            .unwrap();
            let dark = png(&svg_in(&figure, &DARK)).unwrap();
            std::fs::write(folder.join(format!("sweep_{name}_dark.png")), dark).unwrap();
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn today_outside_the_range_gives_up_what_the_picture_shows() {
    let figure = chart(&findings(&example()));
    let said = figure.title.replace('\u{202f}', " ");
    assert!(
        said.starts_with(
            "Anything from 19 to 27 % marketing is as good as the best; Today\u{2019}s 40 % gives up $4.06M"
        ),
        "{said}"
    );
    assert!(said.ends_with(", because sales is short"), "{said}");
    let drawn = shares(&figure);
    assert_eq!(drawn.best.share, 0.25);
    assert_eq!(drawn.today.as_ref().unwrap().share, 0.40);
    let sides: Vec<Side> = drawn.strip.iter().map(|part| part.side).collect();
    assert_eq!(sides, [Side::Demand, Side::Neither, Side::Capacity]);
    // 10 points apart: 0.6 (share − 0.24)·… = 0.1 at 0.24 ± 0.1/6.
    assert!((drawn.strip[1].from - 0.223).abs() < 0.005, "{:?}", drawn.strip);
    assert!((drawn.strip[1].to - 0.257).abs() < 0.005, "{:?}", drawn.strip);
}

#[test]
fn the_reason_is_only_said_where_it_is_one() {
    // Most weeks are short of demand at today's split, and the better ones have less of it.
    let said = title(&with(|own| own.meet = 0.9));
    assert!(said.contains("gives up") && !said.contains("because"), "{said}");
    let said = title(&with(|own| (own.today, own.meet) = (0.1, 0.9)));
    assert!(said.ends_with("because demand is short"), "{said}");
}

#[test]
fn every_title_holds_under_its_condition() {
    let cases = [
        (
            with(|own| own.today = 0.25),
            "Today\u{2019}s 25 % is as good as any: from 19 to 27 % marketing it costs less than $50k",
        ),
        (
            with(|own| own.value = |share| 2e7 - 1e4 * share),
            "The split hardly matters: from 10 to 90 % marketing it costs less than $50k",
        ),
        (
            with(|own| own.value = |share| 3e7 - 2e7 * share),
            "The best split lies at the edge of what was tried, 10 % marketing; Today\u{2019}s 40 % gives up $6.00M",
        ),
        (
            with(|own| own.shares = vec![0.1, 0.2, 0.6]),
            "Of the splits tried 20 % marketing is clearly the best; Today\u{2019}s 40 % gives up $4.05M",
        ),
        (
            with(|own| own.errors.1 = 1e5),
            "No split from 15 to 31 % marketing can be told from the best; Today\u{2019}s 40 % gives up $4.1M",
        ),
    ];
    for (invented, expected) in cases {
        assert_eq!(title(&invented), expected);
    }
}

#[test]
fn without_a_sweep_there_is_no_chart_and_no_remark() {
    let findings = synthetic::findings(&synthetic::three(), None, None);
    let chart = CHARTS.iter().find(|chart| chart.key == "sweep").unwrap();
    assert!((chart.build)(&findings).is_err_and(|none| none.is_unasked()));
}
