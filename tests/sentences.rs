//! Sentences: each is said on one side of its condition and not on the other.

#![allow(clippy::unwrap_used)] // helpers of tests may fail them

use gtm_sim::analysis::compare::{self, Asked};
use gtm_sim::analysis::findings::*;
use gtm_sim::analysis::verdicts;
use gtm_sim::engine::simulate::Lived;
use gtm_sim::outcome::outcomes::{Better, Outcomes, Reading, Rule, WeeklyRecord};
use gtm_sim::outcome::series;
use gtm_sim::scenario_file;
use gtm_sim::units::unit::Unit;
use std::collections::BTreeMap;

/// What 1 % of the annual budget is.
const WITHIN: f64 = 50_000.0;

/// Two plans, Today and Sales-led, of the shipped scenario, that come out exactly the same; nothing else to say.
fn same() -> Findings {
    let text = include_str!("../scenarios/b2b.toml");
    let document = scenario_file::read(text, "b2b.toml").unwrap().value;
    let reading = |id: &str, label: &str, unit, column, better| Reading {
        id: id.to_owned(),
        label: label.to_owned(),
        unit,
        better,
        about: "",
        rule: Rule::Amount(column),
    };
    let columns = 3;
    let lived = Lived {
        outcomes: Outcomes {
            readings: vec![
                reading("value", "Value", Unit::Money, 0, Better::More),
                reading("revenue", "Revenue", Unit::Money, 1, Better::More),
                reading("spent", "Spent", Unit::Money, 2, Better::Neither),
            ],
            columns,
            plans: 2,
            replications: 400,
            numbers: [2e7, 2.6e7, 1e7].repeat(2 * 400),
        },
        weekly: WeeklyRecord {
            series: Vec::new(),
            weeks: 4,
            plans: 2,
            replications: 0,
            values: Vec::new(),
        },
        moved: 0,
    };
    let asked = Asked {
        scenario: &document.scenario,
        plans: &[0, 1],
        aim: &document.aim,
        file: "b2b.toml",
        sha256: "",
        settings: &[],
        seed: 1,
    };
    let mut findings = compare::findings(&asked, &lived, series::reduce(&lived.weekly));
    findings.scenario.target = None;
    findings
}

/// Sales-led ahead of Today by `gain` with this standard error.
fn ahead(gain: f64, error: f64) -> Findings {
    let mut findings = same();
    for (plan, mean) in findings.plans.iter_mut().zip([2e7, 2e7 + gain]) {
        plan.measures[0].1.mean = Some(mean);
    }
    let comparison = findings.comparison.as_mut().unwrap();
    let (difference, reach) = (-gain, 1.96 * error);
    comparison.pairs[0] = Pair {
        difference,
        error,
        low: difference - reach,
        high: difference + reach,
        ..comparison.pairs[0].clone()
    };
    comparison.plans[0].difference = gain;
    comparison.plans[0].better_in = 0.7;
    findings
}

fn told(findings: &Findings) -> String {
    let said = verdicts::verdicts(findings);
    assert!(said.len() <= 6, "{said:?}");
    said.iter().map(|verdict| format!("{}\n", verdict.text)).collect()
}

fn assert_said(findings: &Findings, words: &str) {
    let told = told(findings);
    assert!(told.contains(words), "{words:?} is not in:\n{told}");
}

fn assert_unsaid(findings: &Findings, words: &str) {
    let told = told(findings);
    assert!(!told.contains(words), "{words:?} is in:\n{told}");
}

/// Gives a plan a measure with this mean and error.
fn set(findings: &mut Findings, plan: usize, id: &str, mean: f64, error: f64) {
    let summary = Summary {
        mean: Some(mean),
        mean_error: Some(error),
        ..Summary::default()
    };
    let measures = &mut findings.plans[plan].measures;
    measures.retain(|(name, _)| name != id);
    measures.push((id.to_owned(), summary));
}

/// Bands of one series, a mean (and P10) a week, the same for both plans.
fn weekly(findings: &mut Findings, series: &[(&str, [f64; 4])]) {
    let band = |x: f64| Band {
        mean: x,
        p10: x,
        p90: x,
        ..Band::default()
    };
    findings.weekly = Weekly {
        weeks: 4,
        replications: 400,
        series: series
            .iter()
            .map(|(id, _)| SeriesFacts {
                id: (*id).to_owned(),
                label: String::new(),
                unit: "hours".to_owned(),
            })
            .collect(),
        bands: (0..2)
            .flat_map(|_| series.iter().flat_map(|(_, values)| values.map(band)))
            .collect(),
    };
}

#[test]
fn a_lead_is_told_beyond_noise_and_beyond_what_matters() {
    assert_said(
        &ahead(WITHIN + 1.0, 25_000.0),
        "Sales-led is worth $50k more than Today",
    );
    assert_said(&ahead(WITHIN + 1.0, 25_000.0), "better in 70\u{202f}% of futures");
    assert_unsaid(&ahead(WITHIN + 1.0, 26_000.0), "better in");
    assert_said(
        &ahead(WITHIN - 1.0, 1_000.0),
        "about $50k, the least that matters",
    );
    assert_said(&ahead(30_000.0, 1_000.0), "too little to matter");
    assert_said(
        &ahead(-60_000.0, 1_000.0),
        "No plan does better than Today: it is worth $60k more than Sales-led",
    );
    assert_said(&ahead(-60_000.0, 1_000.0), "and better in 30\u{202f}% of futures");
    assert_said(
        &ahead(0.0, 10_000.0),
        "come out the same: they differ by \u{2212}$20k to $20k",
    );
}

#[test]
fn a_difference_smaller_than_its_error_is_noise() {
    assert_said(
        &ahead(99_000.0, 100_000.0),
        "come out the same within the noise of 400 futures",
    );
    assert_said(
        &ahead(101_000.0, 100_000.0),
        "cannot be told apart in 400 futures",
    );
    assert_unsaid(&ahead(99_000.0, 100_000.0), "is worth");
}

#[test]
fn futures_to_settle_are_told_where_the_number_makes_sense() {
    // (1.96/1.4)^2 x 400 = 784, rounded up to one digit.
    assert_said(&ahead(140_000.0, 100_000.0), "about 800 futures would settle it");
    let mut large = ahead(140_000.0, 100_000.0);
    large.scenario.replications = 500_000;
    assert_said(&large, "about 1,000,000 futures would settle it");
    large.scenario.replications = 520_000;
    assert_unsaid(&large, "would settle it");
    // Told from 0, it would not matter.
    assert_unsaid(&ahead(WITHIN, 40_000.0), "would settle it");
    assert_said(&ahead(WITHIN + 1.0, 40_000.0), "would settle it");
}

/// Sales-led better by these amounts at the ends of the win rate.
fn hinged(low: f64, high: f64, error: f64, ends: u64) -> Findings {
    let mut findings = ahead(200_000.0, 10_000.0);
    let comparison = findings.comparison.as_mut().unwrap();
    comparison.ends_looked_at = ends;
    let at = |value| Uncertain { value, error };
    comparison.hinges = vec![Hinge {
        unknown: "segments.mid-market.deals.win_rate".to_owned(),
        unit: "share".to_owned(),
        plan: "sales-led".to_owned(),
        than: "today".to_owned(),
        below: 0.19,
        above: 0.25,
        at_low: at(low),
        at_high: at(high),
    }];
    findings
}

#[test]
fn it_hinges_on_an_unknown_where_both_ends_are_clear_and_differ() {
    let text = "It hinges on `segments.mid-market.deals.win_rate` whether Sales-led or Today is better: in the fifth of \
                futures in which it is below 19\u{202f}%, Today is ahead by $100k; in the fifth above 25\u{202f}%, \
                Sales-led by $500k.";
    assert_said(&hinged(-1e5, 5e5, 5e4, 1), text);
    assert_said(
        &hinged(5e5, -1e5, 5e4, 1),
        "below 19\u{202f}%, Sales-led is ahead by $500k",
    );
    assert_unsaid(&hinged(-1e5, 5e5, 5.2e4, 1), "hinges");
    // Two ends share the 5 %: 2.24 errors instead of 1.96.
    assert_unsaid(&hinged(-1e5, 5e5, 5e4, 2), "hinges");
    assert_unsaid(&hinged(1e5, 5e5, 1e3, 1), "hinges");
    assert_unsaid(&hinged(-WITHIN, 5e5, 1e3, 1), "hinges");
    assert_said(&hinged(-WITHIN - 1.0, 5e5, 1e3, 1), "hinges");
}

#[test]
fn a_side_is_short_from_a_quarter_of_the_weeks() {
    let short = |capacity: f64, demand: f64, error: f64| {
        let mut findings = same();
        findings.plans[0].limited_by = Limits { demand, capacity };
        set(&mut findings, 0, "weeks_limited_by_capacity", capacity, error);
        set(&mut findings, 0, "weeks_limited_by_demand", demand, error);
        findings
    };
    assert_said(
        &short(0.251, 0.0, 0.0),
        "Today is short of sales capacity in 25\u{202f}% of weeks.",
    );
    assert_unsaid(&short(0.25, 0.0, 0.0), "short");
    assert_unsaid(&short(0.27, 0.0, 0.011), "short");
    assert_said(
        &short(0.3, 0.101, 0.0),
        "in 30\u{202f}% of weeks and of demand in 10\u{202f}%.",
    );
    assert_unsaid(&short(0.3, 0.1, 0.0), "demand");
    assert_said(
        &short(0.3, 0.6, 0.01),
        "Today is short of demand in 60\u{202f}% of weeks and of sales capacity in",
    );
    let mut findings = short(0.6, 0.3, 0.01);
    set(&mut findings, 0, "leads_died_share", 0.31, 0.01);
    weekly(
        &mut findings,
        &[("hours_had", [10.0; 4]), ("hours_used", [10.0, 8.0, 6.0, 8.0])],
    );
    let whole = "short of sales capacity in 60\u{202f}% of weeks (31\u{202f}% of its leads die unworked) and of demand in \
                 30\u{202f}% (20\u{202f}% of its selling hours are idle).";
    assert_said(&findings, whole);
    set(&mut findings, 0, "leads_died_share", 0.004, 0.0);
    assert_unsaid(&findings, "die unworked");
}

#[test]
fn the_best_plan_is_called_short_where_it_is_of_another_side() {
    let mut findings = ahead(200_000.0, 10_000.0);
    set(&mut findings, 0, "weeks_limited_by_capacity", 0.7, 0.01);
    set(&mut findings, 1, "weeks_limited_by_capacity", 0.6, 0.01);
    assert_unsaid(&findings, "Sales-led is short");
    set(&mut findings, 1, "weeks_limited_by_demand", 0.7, 0.01);
    assert_said(&findings, "Sales-led is short of demand");
}

#[test]
fn cash_below_zero_is_told_from_one_percent() {
    let chance = |chance: f64, error: f64| {
        let mut findings = same();
        set(&mut findings, 1, "cash_below_zero", chance, error);
        findings
    };
    assert_said(
        &chance(0.0101, 0.0),
        "Cash falls below zero in 1\u{202f}% of futures under Sales-led.",
    );
    assert_unsaid(&chance(0.01, 0.0), "Cash");
    assert_unsaid(&chance(0.03, 0.011), "Cash");
    let mut both = chance(0.3, 0.01);
    set(&mut both, 0, "cash_below_zero", 0.12, 0.01);
    weekly(&mut both, &[("cash", [5.0, 0.0, -1.0, 4.0])]);
    let text = "Cash falls below zero in 12\u{202f}% of futures under Today (in one of ten by week\u{202f}3), in \
                30\u{202f}% under Sales-led (in one of ten by week\u{202f}3).";
    assert_said(&both, text);
    weekly(&mut both, &[("cash", [5.0, 0.0, 1.0, 4.0])]);
    assert_unsaid(&both, "one of ten");
}

#[test]
fn another_spend_is_told_beyond_five_percent() {
    let spends = |value: f64, error: f64| {
        let mut findings = same();
        set(&mut findings, 0, "spent", 1e7, 1e3);
        let comparison = findings.comparison.as_mut().unwrap();
        comparison.plans[0].others = BTreeMap::from([("spent".to_owned(), Uncertain { value, error })]);
        findings
    };
    assert_said(
        &spends(5.1e5, 5e3),
        "Sales-led spends $510k (5\u{202f}%) more than Today: such plans differ",
    );
    assert_unsaid(&spends(5.1e5, 6e3), "spends");
    assert_unsaid(&spends(5e5, 0.0), "spends");
    assert_said(
        &spends(-1e6, 5e3),
        "Sales-led spends $1M (10\u{202f}%) less than Today",
    );
}

/// Steps of one channel and one role: (value, error) up and down.
fn stepping(channel: [(f64, f64); 2], role: [(f64, f64); 2]) -> Findings {
    let mut findings = same();
    let step = |label: &str, money: f64, [up, down]: [(f64, f64); 2]| NextStep {
        label: label.to_owned(),
        value: up.0,
        error: up.1,
        step: money,
        less: Some(Uncertain {
            value: down.0,
            error: down.1,
        }),
    };
    findings.next = Some(Next {
        plan: "today".to_owned(),
        measure: "value".to_owned(),
        replications: 500,
        net: true,
        sides: BTreeMap::new(),
        channels: BTreeMap::from([("brand".to_owned(), step("Brand", 16_000.0, channel))]),
        roles: BTreeMap::from([("ae".to_owned(), step("Account executives", 215_000.0, role))]),
    });
    findings
}

#[test]
fn next_steps_are_told_beyond_the_noise_of_all_steps() {
    // Four steps share the 5 %: 2.498 errors.
    let nothing = [(0.0, 0.1); 2];
    let pays = stepping(nothing, [(0.25, 0.1), (0.0, 0.1)]);
    let text = "The best next step from Today, by estimate: one more head (Account executives, $215k a year); each $1 it \
                takes adds $0.25 of value beyond that $1 (95\u{202f}% interval 0.00 to 0.50).";
    assert_said(&pays, text);
    assert_unsaid(&pays, "The worst");
    let noise = "can be told from just paying back in 500 futures";
    assert_said(&stepping(nothing, [(0.249, 0.1), (0.0, 0.1)]), noise);
    let loses = stepping([(-0.251, 0.1), (0.0, 0.1)], nothing);
    assert_said(&loses, "No next step from Today clearly pays");
    assert_said(
        &loses,
        "The worst: 5\u{202f}% more for Brand ($16k a year); each $1 it takes loses $0.25 of value",
    );
    assert_said(&stepping([(-0.249, 0.1), (0.0, 0.1)], nothing), noise);
}

#[test]
fn steps_down_are_steps_too_and_the_worst_is_another_than_the_best() {
    let cut = stepping([(-0.8, 0.1), (0.7, 0.1)], [(0.0, 0.1), (-0.9, 0.1)]);
    assert_said(
        &cut,
        "5\u{202f}% less for Brand ($16k a year); each $1 it saves adds $0.7 of value",
    );
    assert_unsaid(&cut, "The worst");
    let both = stepping([(-0.8, 0.1), (0.7, 0.1)], [(-0.6, 0.1), (0.2, 0.1)]);
    assert_said(
        &both,
        "The worst: one more head (Account executives, $215k a year); each $1 it takes loses $0.6",
    );
    let fewer = stepping([(0.0, 0.1); 2], [(-0.6, 0.1), (0.5, 0.1)]);
    assert_said(&fewer, "one head fewer (Account executives");
}

#[test]
fn steps_of_a_measure_before_the_money_are_not_told() {
    let mut findings = stepping([(0.5, 0.01); 2], [(0.5, 0.01); 2]);
    findings.next.as_mut().unwrap().net = false;
    assert_unsaid(&findings, "next step");
    findings.next = None;
    assert_unsaid(&findings, "next step");
}

#[test]
fn a_target_is_told_with_the_plan_that_differs() {
    let reach = |chances: [f64; 2], error: f64| {
        let mut findings = same();
        findings.scenario.target = Some(TargetFacts {
            measure: "revenue".to_owned(),
            amount: 3e7,
        });
        for (plan, value) in findings.plans.iter_mut().zip(chances) {
            plan.target_reached = Some(Uncertain { value, error });
        }
        findings
    };
    let first = "Today reaches the target, revenue of $30M, in 12\u{202f}% of futures";
    assert_said(
        &reach([0.12, 0.61], 0.01),
        &format!("{first}, Sales-led in 61\u{202f}%."),
    );
    assert_said(
        &reach([0.12, 0.05], 0.01),
        &format!("{first}, Sales-led in 5\u{202f}%."),
    );
    // 1.96 errors of a difference of 0.1: 0.0361 each.
    assert_said(&reach([0.12, 0.22], 0.0362), &format!("{first}."));
    assert_said(&reach([0.12, 0.22], 0.0359), "Sales-led in 22");
    assert_said(
        &reach([0.0, 0.0], 0.0),
        "No plan reaches the target, revenue of $30M, in any of 400 futures.",
    );
    assert_unsaid(&reach([0.0, 0.002], 0.0), "No plan reaches");
    assert_unsaid(&same(), "target");
}

#[test]
fn one_plan_alone_is_told_by_its_range() {
    let mut findings = same();
    findings.comparison = None;
    findings.plans.truncate(1);
    assert_said(
        &findings,
        "In 8 futures of 10 the value of Today lies between $20M and $20M.",
    );
    findings.scenario.replications = 19;
    assert_unsaid(&findings, "In 8 futures");
}

#[test]
fn six_sentences_at_most_the_important_ones_first() {
    let mut findings = stepping([(-0.8, 0.01), (0.7, 0.01)], [(0.9, 0.01), (-0.9, 0.01)]);
    let hinged = hinged(-1e5, 5e5, 1e3, 1);
    findings.comparison.clone_from(&hinged.comparison);
    for (plan, from) in findings.plans.iter_mut().zip(hinged.plans) {
        plan.measures = from.measures;
    }
    let comparison = findings.comparison.as_mut().unwrap();
    let value = 2e6;
    comparison.plans[0].others = BTreeMap::from([("spent".to_owned(), Uncertain { value, error: 1.0 })]);
    findings.scenario.target = Some(TargetFacts {
        measure: "revenue".to_owned(),
        amount: 3e7,
    });
    for plan in 0..2 {
        let short = ["weeks_limited_by_demand", "weeks_limited_by_capacity"][plan];
        set(&mut findings, plan, short, 0.7, 0.01);
        set(&mut findings, plan, "cash_below_zero", 0.2, 0.01);
        findings.plans[plan].target_reached = Some(Uncertain {
            value: 0.2,
            error: 0.01,
        });
    }
    let told = told(&findings);
    let openings: Vec<&str> = told.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(
        openings,
        ["Sales-led", "It", "Cash", "Sales-led", "Today", "The"],
        "{told}"
    );
    verdicts::tell(&mut findings);
    verdicts::tell(&mut findings);
    let beside: usize = findings.plans.iter().map(|plan| plan.sentences.len()).sum();
    assert_eq!(beside, 6, "said once, beside the plan");
}

#[test]
fn the_week_of_the_turn_is_told_where_the_path_is_clear() {
    // Bands of no width: every mean is clear of noise.
    let path = |means: [f64; 4]| {
        let mut findings = ahead(200_000.0, 10_000.0);
        weekly(&mut findings, &[("difference.contribution_to_date", means)]);
        findings
    };
    let behind = "its contribution to date is behind that of Today until week\u{202f}2.";
    assert_said(&path([-1.0, -1.0, 0.0, 2.0]), behind);
    assert_said(&path([1.0, 1.0, 1.0, 2.0]), "ahead from the start");
    assert_unsaid(&path([1.0, 1.0, 1.0, 0.0]), "ahead from the start");
    assert_unsaid(&path([-1.0, -1.0, 0.0, 0.0]), "behind");
    assert_said(
        &path([1.0, 1.0, 0.0, -1.0]),
        "within the horizon it contributes less than Today",
    );
    let mut wide = path([-1.0, -1.0, 0.0, 2.0]);
    for band in &mut wide.weekly.bands {
        // An error of 200/(2.563 x 20) = 3.9.
        (band.p10, band.p90) = (band.mean - 100.0, band.mean + 100.0);
    }
    assert_unsaid(&wide, "contribution");
}
