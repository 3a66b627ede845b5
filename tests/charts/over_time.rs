//! Chart 2: its claims at their borders, its edges, its figures.

use super::synthetic::{Invented, eight, findings, three};
use super::weeks::{band, bands_mut, over};
use super::{REVENUE, spaced, told};
use gtm_sim::analysis::findings::{Findings, Uncertain};
use gtm_sim::charts::figure::{Body, Fans};
use gtm_sim::charts::over_time::build;

fn title(findings: &Findings) -> String {
    spaced(&build(findings).unwrap().title)
}

fn fans(findings: &Findings) -> Fans {
    match build(findings).unwrap().body {
        Body::Fans(fans) => fans,
        other => panic!("bands over time, not {other:?}"),
    }
}

fn three_plans() -> Findings {
    findings(&three(), REVENUE, Some(1))
}

/// Sets the last week of a plan.
fn end_at(findings: &mut Findings, plan: usize, mean: f64, sd: f64) {
    *bands_mut(findings, plan, "revenue").last_mut().unwrap() = band(mean, sd);
}

#[test]
fn middle_halves_that_do_not_overlap_are_said_and_others_not() {
    let mut findings = three_plans();
    end_at(&mut findings, 0, 290e3, 30e3);
    end_at(&mut findings, 1, 405e3, 30e3);
    let both = "Sales-led ends the second year at $405k revenue a week, Today at $290k";
    assert_eq!(
        title(&findings),
        format!("{both}; the middle halves of their futures do not overlap")
    );
    // P75 of the one and P25 of the other meet at 115/2 over 0.674.
    end_at(&mut findings, 0, 290e3, 86e3);
    end_at(&mut findings, 1, 405e3, 86e3);
    assert_eq!(title(&findings), both);
    end_at(&mut findings, 1, 405e3, 84e3);
    assert!(title(&findings).contains("do not overlap"));
}

#[test]
fn ends_differ_only_beyond_five_percent_and_clear_of_noise() {
    let mut findings = three_plans();
    for (plan, end) in [(0, 300e3), (1, 316e3), (2, 301e3)] {
        end_at(&mut findings, plan, end, 50e3);
    }
    assert_eq!(
        title(&findings),
        "Sales-led ends the second year at $316k revenue a week, Today at $300k"
    );
    end_at(&mut findings, 1, 314e3, 50e3);
    assert_eq!(
        title(&findings),
        "All plans end the second year near $300k revenue a week"
    );
    end_at(&mut findings, 1, 316e3, 50e3);
    for plan in &mut findings.comparison.as_mut().unwrap().plans {
        plan.others.insert(
            "revenue".to_owned(),
            Uncertain {
                value: 1e6,
                error: 0.5e6,
            },
        );
    }
    assert_eq!(title(&findings), "Revenue a week of three plans over 104 weeks");
}

#[test]
fn the_plan_that_ends_farthest_is_named_where_the_rival_is_alike() {
    let mut findings = three_plans();
    for (plan, end) in [(0, 300e3), (1, 301e3), (2, 400e3)] {
        end_at(&mut findings, plan, end, 90e3);
    }
    assert_eq!(
        title(&findings),
        "Build, then harvest ends the second year at $400k revenue a week, Today at $300k"
    );
}

#[test]
fn one_plan_grows_falls_or_stays() {
    let mut one = findings(&three()[..1], REVENUE, None);
    assert_eq!(title(&one), "Median revenue grows from $188k to $314k a week");
    let of = |first: f64, last: f64, findings: &mut Findings| {
        bands_mut(findings, 0, "revenue")[0] = band(first, 0.0);
        end_at(findings, 0, last, 10e3);
    };
    of(300e3, 200e3, &mut one);
    assert_eq!(title(&one), "Median revenue falls from $300k to $200k a week");
    of(200e3, 209e3, &mut one);
    assert_eq!(
        title(&one),
        "Median revenue ends the second year near where it began, at $209k a week"
    );
    assert!(!fans(&one).panels[0].first_label.is_empty() && fans(&one).reference.is_none());
}

#[test]
fn noisy_weeks_are_averaged_and_that_is_said() {
    let mut findings = three_plans();
    let said = |findings: &Findings| build(findings).unwrap().subtitle.contains("(means of 4 weeks)");
    assert!(!said(&findings));
    for (index, band) in bands_mut(&mut findings, 1, "revenue").iter_mut().enumerate() {
        band.p50 *= if index % 2 == 0 { 0.97 } else { 1.03 };
    }
    assert!(said(&findings));
    let mut few = three_plans();
    few.weekly.replications = 499;
    assert!(said(&few));
    few.weekly.replications = 500;
    assert!(!said(&few));
}

#[test]
fn baseline_and_recommended_stand_first() {
    let plans: Vec<Invented> = eight();
    let panels = fans(&findings(&plans, REVENUE, Some(4))).panels;
    let names: Vec<&str> = panels[..3].iter().map(|fan| fan.head.text.as_str()).collect();
    assert_eq!(
        names,
        ["Today", "Сначала продажи, потом бренд и события", "Sales-led"]
    );
}

#[test]
fn nothing_to_draw_is_said_in_words() {
    let nothing = |change: &dyn Fn(&mut Findings)| {
        let mut findings = three_plans();
        change(&mut findings);
        build(&findings).unwrap_err().to_string()
    };
    let zero = |findings: &mut Findings| {
        (0..3).for_each(|plan| bands_mut(findings, plan, "revenue").fill(band(0.0, 0.0)));
    };
    assert_eq!(nothing(&zero), "revenue is zero in every week");
    let none = |findings: &mut Findings| findings.weekly.series[0].id = "other".to_owned();
    assert_eq!(nothing(&none), "there are no weekly series");
    let one = |findings: &mut Findings| *findings = over(findings.clone(), &three(), 1);
    assert_eq!(nothing(&one), "there is only one week");
}

#[test]
fn figures_of_three_plans() {
    insta::assert_snapshot!("over_time_three", told(&build(&three_plans()).unwrap()));
}
