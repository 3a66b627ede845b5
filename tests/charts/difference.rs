//! Chart 3: its claims at their borders, its edges, its figures.

use super::synthetic::{eight, findings, three};
use super::weeks::{band, bands_mut};
use super::{REVENUE, spaced, told};
use gtm_sim::analysis::findings::Findings;
use gtm_sim::charts::difference::build;
use gtm_sim::charts::figure::{Body, Gains};
use gtm_sim::charts::layout;
use gtm_sim::charts::layout::{Shape, Text};
use gtm_sim::charts::style::Colour;

const WEEKS: &str = "difference.contribution_to_date";

fn words(text: &Text) -> String {
    text.runs.iter().map(|run| run.text.as_str()).collect()
}

fn title(findings: &Findings) -> String {
    spaced(&build(findings).unwrap().title)
}

fn gains(findings: &Findings) -> Gains {
    match build(findings).unwrap().body {
        Body::Gains(gains) => *gains,
        other => panic!("differences, not {other:?}"),
    }
}

fn two() -> Findings {
    findings(&three()[..2], REVENUE, Some(1))
}

/// Weekly means of the second plan, each with a narrow band.
fn follow(findings: &mut Findings, of: impl Fn(u32) -> f64) {
    for (week, place) in (1..).zip(bands_mut(findings, 1, WEEKS)) {
        *place = band(of(week), 10e3);
    }
}

/// The paired difference of value of the first two plans, with its interval.
fn differ_by(findings: &mut Findings, gain: f64, half: f64) {
    let comparison = findings.comparison.as_mut().unwrap();
    comparison.plans[0].difference = gain;
    let pair = &mut comparison.pairs[0];
    (pair.difference, pair.low, pair.high) = (-gain, -gain - half, -gain + half);
}

#[test]
fn behind_until_a_week_then_away() {
    let mut findings = two();
    let until = |behind: u32| {
        move |week: u32| {
            if week <= behind {
                -50e3
            } else {
                f64::from(week) * 40e3
            }
        }
    };
    follow(&mut findings, until(34));
    assert_eq!(
        title(&findings),
        "Sales-led is behind Today until week 34, then pulls away: worth $6.2M more, and better in 90 % of futures"
    );
    let picture = gains(&findings);
    assert_eq!(spaced(&picture.turn.unwrap().label), "ahead from week 35");
    assert_eq!(
        spaced(&picture.lowest.unwrap().label),
        "lowest \u{2212}$0.05M in week 1"
    );
    follow(&mut findings, until(4));
    assert!(title(&findings).contains("until week 4,"));
    follow(&mut findings, until(3));
    assert_eq!(
        title(&findings),
        "Sales-led is worth $6.2M more than Today, and better in 90 % of futures"
    );
    follow(&mut findings, |week| {
        if week <= 34 {
            -50e3
        } else {
            9e6 - f64::from(week) * 40e3
        }
    });
    assert!(title(&findings).contains("until week 34, then is ahead"));
}

#[test]
fn a_plan_that_is_ahead_in_between_is_not_said_to_be_behind_until_then() {
    let mut findings = two();
    follow(&mut findings, |week| match week {
        1..=10 => -50e3,
        11..=20 => 50e3,
        21..=60 => -60e3,
        _ => 1e6,
    });
    assert_eq!(
        title(&findings),
        "Sales-led is worth $6.2M more than Today, better in 90 % of futures, and ahead for good from week 61"
    );
    assert_eq!(
        spaced(&gains(&findings).turn.unwrap().label),
        "ahead from week 61"
    );
}

#[test]
fn ahead_from_the_start_and_only_after_the_weeks() {
    let mut findings = two();
    follow(&mut findings, |week| f64::from(week) * 10e3);
    assert_eq!(
        title(&findings),
        "Sales-led is ahead of Today from the start: worth $6.2M more, and better in 90 % of futures"
    );
    // An error of 10,000 futures-roots: a dip within the noise is no time behind.
    follow(&mut findings, |week| {
        if week == 1 { -200.0 } else { f64::from(week) * 10e3 }
    });
    assert!(title(&findings).contains("from the start"));
    follow(&mut findings, |week| {
        if week == 1 { -500.0 } else { f64::from(week) * 10e3 }
    });
    assert!(!title(&findings).contains("from the start"));
    follow(&mut findings, |week| f64::from(week) * -10e3);
    assert_eq!(
        title(&findings),
        "Sales-led is worth $6.2M more than Today, but only after the 104 weeks: inside them it earns $1.04M less"
    );
}

#[test]
fn noise_and_trifles_are_said_as_such() {
    let mut findings = two();
    differ_by(&mut findings, 1e6, 2e6);
    assert_eq!(
        title(&findings),
        "Sales-led and Today cannot be told apart; about 20,000 futures would settle it"
    );
    differ_by(&mut findings, 40e3, 2e6);
    findings.comparison.as_mut().unwrap().pairs[0].error = 30e3;
    // Less than what matters: more futures would settle nothing.
    assert_eq!(title(&findings), "Sales-led and Today cannot be told apart");
    findings.comparison.as_mut().unwrap().pairs[0].error = 50e3;
    assert_eq!(
        title(&findings),
        "Sales-led and Today are worth the same within the noise"
    );
    differ_by(&mut findings, 40e3, 20e3);
    findings.comparison.as_mut().unwrap().plans[0].difference_error = 10e3;
    assert_eq!(
        title(&findings),
        "Sales-led and Today are worth nearly the same: they differ by $40k"
    );
    differ_by(&mut findings, 60e3, 20e3);
    assert!(title(&findings).contains("worth $60k more"));
    findings.scenario.replications = 29;
    assert_eq!(title(&findings), "Sales-led and Today cannot be told apart");
}

#[test]
fn the_band_is_not_named_across_the_mark_of_its_turn() {
    for behind in 20..100 {
        let mut findings = two();
        for (week, place) in (1..).zip(bands_mut(&mut findings, 1, WEEKS)) {
            let mean = if week <= behind { -20e3 } else { 20e3 };
            *place = band(mean, f64::from(week * week * week) * 0.2);
        }
        let layout = layout(&build(&findings).unwrap());
        let name = layout.texts.iter().find(|text| words(text) == "8 futures in 10");
        let upright = layout.shapes.iter().filter_map(|shape| match shape {
            Shape::Line {
                from,
                to,
                colour: Colour::Ink,
                ..
            } if from.0 == to.0 => Some((*from, *to)),
            _ => None,
        });
        // Ticks are short.
        let (from, to) = upright
            .max_by(|one, other| (one.1.1 - one.0.1).total_cmp(&(other.1.1 - other.0.1)))
            .unwrap();
        assert!(to.1 - from.1 > 20.0, "week {behind}");
        if let Some(name) = name {
            let is_beside = from.0 < name.bounds.left || from.0 > name.bounds.right;
            assert!(is_beside || name.bounds.top > to.1, "week {behind}");
        }
    }
}

#[test]
fn a_mean_that_rounds_to_nothing_is_about_zero() {
    let mut findings = two();
    for place in bands_mut(&mut findings, 1, WEEKS) {
        *place = band(4e3, 600e3);
    }
    assert_eq!(gains(&findings).last_labels[1], "about 0");
}

#[test]
fn panels_of_unlike_scales_each_use_their_height() {
    let mut findings = findings(&three(), REVENUE, Some(1));
    for place in bands_mut(&mut findings, 1, WEEKS) {
        *place = band(1e3, 5e2);
    }
    let picture = gains(&findings);
    assert!(!picture.endings.as_ref().unwrap().shares_scale);
    let layout = layout(&build(&findings).unwrap());
    let head = layout
        .texts
        .iter()
        .find(|text| words(text) == picture.head)
        .unwrap();
    let grid = layout.shapes.iter().filter_map(|shape| match shape {
        Shape::Line {
            from,
            to,
            colour: Colour::Grid,
            ..
        } if from.1 == to.1 && from.0 < 900.0 => Some(from.1),
        _ => None,
    });
    assert!(grid.fold(f64::INFINITY, f64::min) - head.at.1 < 60.0);
}

#[test]
fn plans_that_are_all_worth_less_are_named_so() {
    let plans = [three()[1].clone(), three()[0].clone(), three()[2].clone()];
    assert_eq!(
        title(&findings(&plans[..2], REVENUE, Some(0))),
        "Today is worth $6.2M less than Sales-led; it is better in 90 % of futures"
    );
    let mut all = findings(&plans, REVENUE, Some(0));
    assert_eq!(
        title(&all),
        "Every other plan is worth less than Sales-led; the best of them, Build, then harvest, by $1.9M"
    );
    let comparison = all.comparison.as_mut().unwrap();
    comparison.recommended = None;
    comparison.pairs[0].low = -1.0;
    assert_eq!(
        title(&all),
        "Build, then harvest, the best other plan, is worth $1.9M less than Sales-led"
    );
}

#[test]
fn plans_judged_otherwise_are_not_called_worth_more() {
    let mut findings = two();
    findings.scenario.objective = "customers".to_owned();
    findings.comparison.as_mut().unwrap().measure = "customers".to_owned();
    follow(&mut findings, |week| f64::from(week) * 10e3);
    assert_eq!(
        title(&findings),
        "Sales-led contributes $1.04M more than Today over 104 weeks, ahead from the start"
    );
    assert!(gains(&findings).endings.is_none());
}

#[test]
fn dots_up_to_four_plans_then_bars() {
    let endings = |plans: usize| {
        gains(&findings(&eight()[..plans], REVENUE, Some(1)))
            .endings
            .unwrap()
    };
    assert!(!endings(5).are_bars && endings(5).plans.len() == 4);
    assert!(endings(6).are_bars);
    let means: Vec<f64> = endings(8).plans.iter().map(|plan| plan.interval[1]).collect();
    assert!(means.is_sorted_by(|one, other| one >= other));
}

#[test]
fn scales_are_shared_unless_one_panel_would_be_flat() {
    let mut findings = two();
    assert!(gains(&findings).endings.unwrap().shares_scale);
    follow(&mut findings, |week| f64::from(week) * 100.0);
    assert!(!gains(&findings).endings.unwrap().shares_scale);
    assert!(build(&findings).unwrap().subtitle.ends_with("Scales differ"));
}

#[test]
fn dots_behind_are_counted() {
    let ending = gains(&two()).endings.unwrap().plans.remove(0);
    let behind = ending.dots.iter().filter(|dot| **dot < 0.0).count();
    assert_eq!(ending.behind.strong, format!("{behind} of 50 dots"));
}

#[test]
fn nothing_to_draw_is_said_in_words() {
    let reason = |findings: &Findings| build(findings).unwrap_err().to_string();
    assert_eq!(
        reason(&findings(&three()[..1], REVENUE, None)),
        "there is only one plan"
    );
    let mut alike = two();
    bands_mut(&mut alike, 1, WEEKS).fill(band(0.0, 0.0));
    alike.comparison.as_mut().unwrap().plans[0]
        .summary
        .dots
        .fifty
        .fill(0.0);
    assert_eq!(reason(&alike), "the plans do not differ in any future");
}

#[test]
fn figures_of_two_and_eight_plans() {
    insta::assert_snapshot!("difference_two", told(&build(&two()).unwrap()));
    let eight = findings(&eight(), REVENUE, Some(1));
    insta::assert_snapshot!("difference_eight", told(&build(&eight).unwrap()));
}
