//! Chart 5: its claims at their borders, its edges, its figures.

use super::synthetic::{eight, findings, summary, three};
use super::weeks::{band, bands_mut};
use super::{REVENUE, spaced, told};
use gtm_sim::analysis::findings::{Findings, Limits};
use gtm_sim::charts::capacity::build;
use gtm_sim::charts::figure::{Body, Hours};

/// Two plans whose weeks are limited so by capacity and by demand; 31 % of the first one's leads die.
fn limited(baseline: (f64, f64), rival: (f64, f64)) -> Findings {
    let mut findings = findings(&three()[..2], REVENUE, Some(1));
    for (plan, (capacity, demand)) in findings.plans.iter_mut().zip([baseline, rival]) {
        plan.limited_by = Limits { demand, capacity };
        for (id, share) in [
            ("weeks_limited_by_capacity", capacity),
            ("weeks_limited_by_demand", demand),
            ("leads_died_share", 0.31),
        ] {
            plan.measures.push((id.to_owned(), summary((share, 0.1))));
        }
    }
    findings
}

fn title(findings: &Findings) -> String {
    spaced(&build(findings).unwrap().title)
}

fn hours(findings: &Findings) -> Hours {
    match build(findings).unwrap().body {
        Body::Hours(hours) => hours,
        other => panic!("hours, not {other:?}"),
    }
}

#[test]
fn short_of_hours_from_half_of_the_weeks_on() {
    let first = "Today is short of selling hours in 50 % of weeks and 31 % of its leads die";
    let at_first = limited((0.50, 0.2), (0.26, 0.4));
    assert_eq!(
        title(&at_first),
        format!("{first}; Sales-led is short mostly until its hours have grown")
    );
    // Two thirds of the short weeks must lie before the hours have grown.
    let mut later = at_first.clone();
    bands_mut(&mut later, 1, "limited_by_capacity").fill(band(0.26, 0.0));
    assert_eq!(title(&later), format!("{first}; Sales-led is short in 26 %"));
    let mut alike = later;
    alike.plans[1]
        .measures
        .retain(|(id, _)| id != "weeks_limited_by_capacity");
    alike.plans[1]
        .measures
        .push(("weeks_limited_by_capacity".to_owned(), summary((0.46, 0.1))));
    assert_eq!(title(&alike), first);
    assert!(!title(&limited((0.49, 0.2), (0.26, 0.4))).contains("31 %"));
}

#[test]
fn dead_leads_are_told_only_where_the_picture_tells_them() {
    let mut findings = limited((0.6, 0.2), (0.26, 0.4));
    assert_eq!(
        spaced(&hours(&findings).panels[0].short),
        "short: 31 % of leads die unworked"
    );
    bands_mut(&mut findings, 0, "hours_wanted").fill(band(90.0, 1.0));
    assert!(!title(&findings).contains("31 %"));
}

#[test]
fn an_area_has_its_number_from_a_quarter_and_its_name_from_a_tenth() {
    let words = |short_weeks: usize| {
        let mut findings = limited((0.6, 0.2), (0.26, 0.4));
        bands_mut(&mut findings, 0, "hours_had").fill(band(100.0, 1.0));
        for (week, place) in bands_mut(&mut findings, 0, "hours_wanted").iter_mut().enumerate() {
            *place = band(if week < short_weeks { 110.0 } else { 90.0 }, 1.0);
        }
        let panel = hours(&findings).panels.remove(0);
        (
            spaced(&panel.short),
            panel.idle,
            title(&findings).contains("31 %"),
        )
    };
    assert_eq!(words(26).0, "short: 31 % of leads die unworked");
    assert_eq!((words(26).2, words(25).2), (true, false));
    assert_eq!((words(25).0.as_str(), words(11).0.as_str()), ("short", "short"));
    assert_eq!((words(10).0.as_str(), words(10).1.as_str()), ("", "idle"));
    assert_eq!(words(104).1, "");
}

#[test]
fn short_of_demand_with_the_hours_that_idle() {
    let mut findings = limited((0.2, 0.6), (0.7, 0.2));
    bands_mut(&mut findings, 0, "hours_wanted").fill(band(90.0, 1.0));
    bands_mut(&mut findings, 0, "hours_had").fill(band(100.0, 1.0));
    bands_mut(&mut findings, 0, "hours_used").fill(band(83.0, 1.0));
    assert_eq!(
        title(&findings),
        "Today is short of demand in 60 % of weeks: 17 % of its hours idle; Sales-led is short of selling hours in 70 %"
    );
    assert_eq!(spaced(&hours(&findings).panels[0].idle), "idle: 17 % of hours");
}

#[test]
fn both_sides_meet_up_to_a_quarter_of_weeks() {
    assert_eq!(
        title(&limited((0.25, 0.25), (0.1, 0.2))),
        "Demand and capacity meet: neither is short in more than a quarter of weeks"
    );
    assert_eq!(
        title(&limited((0.26, 0.25), (0.1, 0.2))),
        "Today is short of selling hours in 26 % of weeks and of demand in 25 %, Sales-led in 10 % and 20 %"
    );
    assert_eq!(
        title(&limited((0.4, 0.3), (0.4, 0.3))),
        "Both plans are short of selling hours in 40 % of weeks and of demand in 30 %"
    );
    assert_eq!(
        title(&limited((0.25, 0.25), (0.5, 0.2))),
        "Sales-led is short of selling hours in 50 % of weeks, Today in 25 %"
    );
}

#[test]
fn baseline_and_rival_are_shown_and_the_others_counted() {
    let all = findings(&eight(), REVENUE, Some(4));
    let names: Vec<String> = hours(&all)
        .panels
        .into_iter()
        .map(|panel| panel.head.text)
        .collect();
    assert_eq!(names, ["Today", "Сначала продажи, потом бренд и события"]);
    let footer = build(&all).unwrap().footer;
    assert_eq!(footer.facts.last().unwrap(), "6 more plans not shown");
    assert_eq!(hours(&findings(&three()[..1], REVENUE, None)).panels.len(), 1);
}

#[test]
fn no_chart_without_assisted_segments() {
    let mut findings = limited((0.0, 0.0), (0.0, 0.0));
    for plan in 0..2 {
        for id in ["hours_wanted", "hours_had", "hours_used"] {
            bands_mut(&mut findings, plan, id).fill(band(0.0, 0.0));
        }
    }
    assert_eq!(
        build(&findings).unwrap_err().to_string(),
        "no segment needs a rep"
    );
}

#[test]
fn figures_of_two_plans() {
    insta::assert_snapshot!(
        "capacity_two",
        told(&build(&limited((0.81, 0.01), (0.26, 0.43))).unwrap())
    );
}
