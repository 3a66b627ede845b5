//! Comparisons of plans: who is recommended, how often by mistake, and whether the pairs are the same futures.

#![allow(clippy::unwrap_used)] // helpers of tests may fail them

use gtm_sim::analysis::compare::{self, Asked};
use gtm_sim::analysis::findings::Findings;
use gtm_sim::analysis::verdicts;
use gtm_sim::chance::normal;
use gtm_sim::engine::simulate::Lived;
use gtm_sim::outcome::estimate::{self, paired_difference};
use gtm_sim::outcome::outcomes::{Better, Outcomes, Reading, Rule, WeeklyRecord};
use gtm_sim::outcome::series;
use gtm_sim::scenario_file::{self, Document};
use gtm_sim::units::unit::Unit;
use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

fn luck(seed: u64) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(seed)
}

fn gauss(rng: &mut Xoshiro256PlusPlus) -> f64 {
    normal::quantile(rng.random::<f64>().max(1e-300))
}

fn document() -> Document {
    let text = include_str!("../scenarios/b2b.toml");
    scenario_file::read(text, "b2b.toml").unwrap().value
}

/// Four plans whose values differ by `shift` and share most of their luck.
fn lived(rng: &mut Xoshiro256PlusPlus, replications: usize, shift: [f64; 4]) -> Lived {
    let reading = |id: &str, column, better| Reading {
        id: id.to_owned(),
        label: id.to_owned(),
        unit: Unit::Money,
        better,
        about: "",
        rule: Rule::Amount(column),
    };
    let mut numbers = Vec::new();
    for _ in 0..replications {
        let common = 3e6 * gauss(rng);
        for shift in shift {
            let value = 2e7 + common + shift + 5e5 * gauss(rng);
            numbers.extend([value, value * 1.3, 1e7]);
        }
    }
    Lived {
        outcomes: Outcomes {
            readings: vec![
                reading("value", 0, Better::More),
                reading("revenue", 1, Better::More),
                reading("spent", 2, Better::Neither),
            ],
            columns: 3,
            plans: 4,
            replications,
            numbers,
        },
        weekly: WeeklyRecord {
            series: Vec::new(),
            weeks: 3,
            plans: 4,
            replications: 0,
            values: Vec::new(),
        },
        moved: 0,
    }
}

fn found(document: &Document, lived: &Lived) -> Findings {
    let asked = Asked {
        scenario: &document.scenario,
        plans: &[0, 1, 2, 3],
        aim: &document.aim,
        file: "b2b.toml",
        sha256: &document.sha256,
        settings: &[],
        seed: 1,
    };
    compare::findings(&asked, lived, series::reduce(&lived.weekly))
}

#[test]
fn equal_plans_are_told_apart_in_fewer_than_five_runs_of_a_hundred() {
    let document = document();
    let mut rng = luck(9);
    let mut alarms = 0;
    for _ in 0..400 {
        let lived = lived(&mut rng, 300, [0.0; 4]);
        let findings = found(&document, &lived);
        let comparison = findings.comparison.as_ref().unwrap();
        assert_eq!(comparison.pairs.len(), 6);
        let alarm = comparison
            .pairs
            .iter()
            .any(|pair| pair.low > 0.0 || pair.high < 0.0);
        alarms += usize::from(alarm);
        assert_eq!(comparison.recommended, None);
        let sentence = &findings
            .plans
            .iter()
            .flat_map(|plan| &plan.sentences)
            .next()
            .unwrap();
        assert!(alarm || !sentence.contains("better in"), "{sentence}");
    }
    // At most 5 % of 400 = 20, and 4.5 standard errors (4.4) on top.
    assert!(alarms <= 39, "{alarms}");
}

#[test]
fn the_accent_is_earned_beyond_noise_and_beyond_one_percent() {
    let document = document();
    let within = 0.01 * document.scenario.budget.annual;
    let mut rng = luck(10);
    let recommended = |rng: &mut Xoshiro256PlusPlus, futures, shift| {
        let findings = found(&document, &lived(rng, futures, shift));
        findings.comparison.unwrap().recommended
    };
    let name = document.scenario.plans[2].name.to_string();
    assert_eq!(recommended(&mut rng, 4000, [0.0, 0.0, 1e6, 0.0]), Some(name));
    // Two plans share the lead.
    assert_eq!(recommended(&mut rng, 4000, [0.0, 1e6, 1e6, 0.0]), None);
    // Ahead beyond noise, but by half of what matters: 25,000 in 400,000 futures have an error of 1,100.
    assert_eq!(
        recommended(&mut rng, 200_000, [0.0, 0.0, 0.5 * within, 0.0]),
        None
    );
    let first = document.scenario.plans[0].name.to_string();
    assert_eq!(recommended(&mut rng, 4000, [1e6, 0.0, 0.0, 0.0]), Some(first));
}

#[test]
fn a_comparison_is_the_paired_one() {
    let document = document();
    let lived = lived(&mut luck(11), 500, [0.0, 1e5, 2e5, 3e5]);
    let findings = found(&document, &lived);
    let comparison = findings.comparison.as_ref().unwrap();
    let column = |plan| -> Vec<f64> { lived.outcomes.column(plan, 0).collect() };
    for (index, difference) in comparison.plans.iter().enumerate() {
        let expected = paired_difference(&column(index + 1), &column(0)).unwrap();
        assert!((difference.difference - expected.value).abs() < 1e-6);
        assert!((difference.difference_error - expected.error).abs() < 1e-6);
        assert_eq!(difference.summary.dots.fifty.len(), 50);
        let revenue = difference.others["revenue"];
        assert!((revenue.value - 1.3 * expected.value).abs() < 1e-5);
        assert!((revenue.error - 1.3 * expected.error).abs() < 1e-5);
    }
    let best: f64 = findings.plans.iter().map(|plan| plan.best_in).sum();
    assert!((best - 1.0).abs() < 1e-9);
    let target = document.aim.target.as_ref().unwrap();
    let revenue = estimate::values(&lived.outcomes, &lived.outcomes.readings[1], 3);
    let hits = revenue.iter().filter(|x| **x >= target.amount).count();
    let reached = findings.plans[3].target_reached.unwrap();
    assert!((reached.value - hits as f64 / 500.0).abs() < 1e-12);
}

/// The sentences of a run whose plans differ by `shift` from the first, spend and futures as told.
fn said(futures: usize, shift: [f64; 4], spent: [f64; 4]) -> String {
    let document = document();
    let mut lived = lived(&mut luck(12), futures, shift);
    for numbers in lived.outcomes.numbers.chunks_mut(12) {
        for (plan, spent) in spent.iter().enumerate() {
            numbers[plan * 3 + 2] = *spent;
        }
    }
    let findings = found(&document, &lived);
    let said = verdicts::verdicts(&findings);
    assert!(said.len() <= 6);
    let own: usize = findings.plans.iter().map(|plan| plan.sentences.len()).sum();
    assert_eq!(own, said.len(), "every sentence stands with its plan");
    said.into_iter().map(|verdict| verdict.text + "\n").collect()
}

#[test]
fn every_sentence_holds_under_its_condition() {
    let same = [1e7; 4];
    let cases = [
        (
            "one plan is clearly better",
            said(4000, [0.0, 6e6, 0.0, 1e6], same),
        ),
        ("two plans share the lead", said(400, [0.0, 6e6, 6e6, 0.0], same)),
        ("the first plan is best", said(4000, [3e6, 1e6, 0.0, 0.0], same)),
        ("noise", said(400, [0.0, 7e4, 0.0, 0.0], same)),
        ("clear but small", said(40_000, [0.0, 3e4, 0.0, 0.0], same)),
        ("all the same", said(40_000, [0.0; 4], same)),
        (
            "another spend",
            said(4000, [0.0, 6e6, 0.0, 0.0], [1e7, 1.2e7, 1.04e7, 9e6]),
        ),
    ];
    let text: String = cases
        .iter()
        .map(|(case, said)| format!("# {case}\n{said}\n"))
        .collect();
    insta::assert_snapshot!("sentences", text);
}
