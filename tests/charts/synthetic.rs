//! Invented findings for tests of charts.

use super::weeks::{over, weekly};
use gtm_sim::analysis::findings::*;
use statrs::distribution::{ContinuousCDF, Normal};
use std::collections::BTreeMap;

/// A plan to be invented: amounts in currency units.
#[derive(Clone)]
pub struct Invented {
    pub label: String,
    pub phases: Vec<f64>,
    pub value: (f64, f64),
    pub revenue: (f64, f64),
    pub best_in: f64,
}

pub fn plan(label: &str, phases: &[f64], value: (f64, f64), revenue: (f64, f64), best_in: f64) -> Invented {
    Invented {
        label: label.to_owned(),
        phases: phases.to_vec(),
        value,
        revenue,
        best_in,
    }
}

/// The three plans of the house's example.
pub fn three() -> Vec<Invented> {
    vec![
        plan("Today", &[0.40], (20.3e6, 2.96e6), (26.1e6, 3.2e6), 0.02),
        plan("Sales-led", &[0.20], (26.5e6, 4.95e6), (34.1e6, 4.7e6), 0.61),
        plan(
            "Build, then harvest",
            &[0.45, 0.20],
            (24.6e6, 4.5e6),
            (29.1e6, 4.0e6),
            0.37,
        ),
    ]
}

/// Eight plans, two of them with long names in other scripts.
pub fn eight() -> Vec<Invented> {
    let mut plans = three();
    let more = [
        ("Lean", 22.4e6, 4.4e6, 0.03),
        ("Сначала продажи, потом бренд и события", 25.8e6, 4.6e6, 0.38),
        (
            "All-in events and field marketing with partners",
            -1.6e6,
            3.9e6,
            0.0,
        ),
        ("Even", 13.0e6, 4.2e6, 0.0),
        ("Μάρκετινγκ πρώτα", 9.2e6, 4.0e6, 0.001),
    ];
    for (label, mean, sd, best) in more {
        plans.push(plan(label, &[0.3], (mean, sd), (mean + 6e6, sd), best));
    }
    plans
}

/// Findings of these plans; the plan at `recommended` is clearly best.
pub fn findings(plans: &[Invented], target: Option<(&str, f64)>, recommended: Option<usize>) -> Findings {
    let names: Vec<String> = (0..plans.len()).map(|index| format!("plan-{index}")).collect();
    Findings {
        format: 1,
        law: 1,
        version: "0.1.0".to_owned(),
        scenario: scenario(target),
        measures: ["value", "revenue"].map(measure_facts).to_vec(),
        plans: plans
            .iter()
            .zip(&names)
            .map(|(plan, name)| plan_findings(plan, name, target))
            .collect(),
        comparison: (plans.len() > 1).then(|| comparison(plans, &names, recommended)),
        next: None,
        sweep: None,
        warnings: Vec::new(),
        files: BTreeMap::new(),
        weekly: weekly(plans, 104),
    }
}

fn scenario(target: Option<(&str, f64)>) -> ScenarioFacts {
    ScenarioFacts {
        name: "B2B software, mid-market".to_owned(),
        question: "How should $5.0M a year be split?".to_owned(),
        file: "b2b.toml".to_owned(),
        sha256: "3f9a1c7e00112233".to_owned(),
        settings: Vec::new(),
        seed: 20_270_104,
        replications: 4_000,
        weekly_replications: 4_000,
        weeks: 104,
        tail_weeks: 0,
        start: "4 Jan 2027".to_owned(),
        currency: "USD".to_owned(),
        objective: "value".to_owned(),
        target: target.map(|(measure, amount)| TargetFacts {
            measure: measure.to_owned(),
            amount,
        }),
    }
}

fn measure_facts(id: &str) -> MeasureFacts {
    MeasureFacts {
        id: id.to_owned(),
        label: id.to_owned(),
        unit: "money".to_owned(),
        better: "more".to_owned(),
        about: String::new(),
    }
}

fn plan_findings(plan: &Invented, name: &str, target: Option<(&str, f64)>) -> PlanFindings {
    let reached = target.map(|(measure, amount)| {
        let (mean, sd) = if measure == "value" {
            plan.value
        } else {
            plan.revenue
        };
        let share = if sd > 0.0 {
            1.0 - normal(mean, sd).cdf(amount)
        } else {
            f64::from(mean >= amount)
        };
        Uncertain {
            value: share,
            error: (share * (1.0 - share) / 4000.0).sqrt(),
        }
    });
    PlanFindings {
        name: name.to_owned(),
        label: plan.label.clone(),
        marketing_share: plan.phases.iter().sum::<f64>() / plan.phases.len().max(1) as f64,
        phases: plan
            .phases
            .iter()
            .map(|share| PhaseFacts {
                weeks: 52,
                marketing_share: *share,
            })
            .collect(),
        measures: vec![
            ("value".to_owned(), summary(plan.value)),
            ("revenue".to_owned(), summary(plan.revenue)),
        ],
        limited_by: Limits {
            demand: 0.2,
            capacity: 0.7,
        },
        target_reached: reached,
        best_in: plan.best_in,
        journey: Vec::new(),
        sentences: Vec::new(),
    }
}

/// A normal distribution of 4,000 futures.
pub fn summary((mean, sd): (f64, f64)) -> Summary {
    let quantile = |p: f64| {
        if sd > 0.0 {
            normal(mean, sd).inverse_cdf(p)
        } else {
            mean
        }
    };
    let dots = |n: u32| {
        (1..=n)
            .map(|i| quantile((f64::from(i) - 0.5) / f64::from(n)))
            .collect::<Vec<_>>()
    };
    let error = sd / 4000.0_f64.sqrt();
    Summary {
        mean: Some(mean),
        mean_error: Some(error),
        sd: Some(sd),
        p05: Some(quantile(0.05)),
        p10: Some(quantile(0.10)),
        p25: Some(quantile(0.25)),
        p50: Some(quantile(0.50)),
        p75: Some(quantile(0.75)),
        p90: Some(quantile(0.90)),
        p95: Some(quantile(0.95)),
        errors: ["p10", "p90"].map(|key| (key.to_owned(), 1.7 * error)).into(),
        undefined_in: 0,
        histogram: Histogram::default(),
        dots: Dots {
            twenty: dots(20),
            fifty: dots(50),
        },
    }
}

fn normal(mean: f64, sd: f64) -> Normal {
    Normal::new(mean, sd).expect("a spread above 0")
}

fn comparison(plans: &[Invented], names: &[String], recommended: Option<usize>) -> Comparison {
    let mut pairs = Vec::new();
    for first in 0..plans.len() {
        for second in first + 1..plans.len() {
            let difference = plans[first].value.0 - plans[second].value.0;
            let half = if recommended.is_some() {
                0.1 * difference.abs()
            } else {
                1.1 * difference.abs() + 1.0
            };
            pairs.push(Pair {
                name: names[first].clone(),
                than: names[second].clone(),
                difference,
                error: half / 3.0,
                low: difference - half,
                high: difference + half,
                replications: None,
            });
        }
    }
    let difference = |index: usize| Difference {
        name: names[index].clone(),
        difference: plans[index].value.0 - plans[0].value.0,
        difference_error: 0.1e6,
        better_in: 0.9,
        best_in: plans[index].best_in,
        summary: difference_summary(plans, index),
        others: [("revenue".to_owned(), revenue_gain(plans, index))].into(),
    };
    Comparison {
        baseline: names[0].clone(),
        measure: "value".to_owned(),
        within: 50_000.0,
        recommended: recommended.map(|index| names[index].clone()),
        plans: (1..plans.len()).map(difference).collect(),
        pairs,
        hinges: Vec::new(),
        ends_looked_at: 0,
    }
}

/// The paired difference of value, with half the spread of independent futures.
fn difference_summary(plans: &[Invented], index: usize) -> Summary {
    let (plan, first) = (plans[index].value, plans[0].value);
    summary((
        plan.0 - first.0,
        0.5 * (plan.1 * plan.1 + first.1 * first.1).sqrt(),
    ))
}

fn revenue_gain(plans: &[Invented], index: usize) -> Uncertain {
    Uncertain {
        value: plans[index].revenue.0 - plans[0].revenue.0,
        error: 0.05e6,
    }
}

const REVENUE: Option<(&str, f64)> = Some(("revenue", 30e6));

/// Named cases, from tidy to ugly.
pub fn cases() -> Vec<(&'static str, Findings)> {
    let mut all = counts();
    all.extend(names());
    all.extend(sizes());
    all.extend(targets());
    all.extend(horizons());
    all
}

fn with(change: &dyn Fn(&mut Invented)) -> Vec<Invented> {
    let mut plans = three();
    plans.iter_mut().for_each(change);
    plans
}

/// One to ten plans.
fn counts() -> Vec<(&'static str, Findings)> {
    let (three, eight) = (three(), eight());
    let ten: Vec<Invented> = eight.iter().chain(eight.iter().take(2)).cloned().collect();
    vec![
        ("three", findings(&three, REVENUE, Some(1))),
        ("eight", findings(&eight, REVENUE, Some(1))),
        ("one", findings(&three[..1], REVENUE, None)),
        ("one_without_target", findings(&three[1..2], None, None)),
        ("two", findings(&three[..2], REVENUE, Some(1))),
        ("four", findings(&eight[..4], REVENUE, Some(1))),
        ("five", findings(&eight[..5], REVENUE, Some(1))),
        ("without_target", findings(&three, None, Some(1))),
        ("four_without_target", findings(&eight[..4], None, Some(1))),
        ("nobody", findings(&three, REVENUE, None)),
        ("ten", findings(&ten, REVENUE, Some(1))),
        (
            "baseline_best",
            findings(&[three[1].clone(), three[0].clone()], REVENUE, Some(0)),
        ),
    ]
}

/// Names of 60 letters in three alphabets.
fn names() -> Vec<(&'static str, Findings)> {
    let long = |letter: &str| letter.repeat(60 / letter.chars().count());
    let mut ugly = three();
    ugly[0].label = long("Ανάπτυξη αγοράς ");
    ugly[1].label = long("Сначалапродажи");
    ugly[2].label = "\u{0416}".repeat(60);
    let mut long_eight = eight();
    for (index, plan) in long_eight.iter_mut().enumerate() {
        plan.label = format!("{} {index}", long("Ανάπτυξη αγοράς "));
    }
    vec![
        ("long_names", findings(&ugly, REVENUE, Some(1))),
        ("long_names_eight", findings(&long_eight, REVENUE, Some(1))),
    ]
}

/// Negative, huge, tiny, narrow, certain and absent amounts.
fn sizes() -> Vec<(&'static str, Findings)> {
    let three = three();
    let scaled = |by: f64| {
        with(&|plan| {
            plan.value = (plan.value.0 * by, plan.value.1 * by);
            plan.revenue = (plan.revenue.0 * by, plan.revenue.1 * by);
        })
    };
    let negative = with(&|plan| plan.value.0 -= 24e6);
    let lost = with(&|plan| plan.value.0 -= 60e6);
    let narrow = with(&|plan| (plan.value.1, plan.revenue.1) = (plan.value.1 / 30.0, plan.revenue.1 / 30.0));
    let identical = vec![three[1].clone(), three[1].clone(), three[1].clone()];
    let certain = with(&|plan| (plan.value.1, plan.revenue.1) = (0.0, 0.0));
    let mut atom = findings(&three, REVENUE, Some(1));
    for dot in &mut atom.plans[0].measures[1].1.dots.fifty[..20] {
        *dot = 0.0;
    }
    let mut hopeless = findings(&eight()[..5], REVENUE, Some(1));
    for plan in &mut hopeless.comparison.as_mut().unwrap().plans {
        plan.better_in = 0.001;
    }
    vec![
        ("hopeless", hopeless),
        ("negative", findings(&negative, Some(("value", 5e6)), Some(1))),
        ("lost", findings(&lost, REVENUE, None)),
        ("huge", findings(&scaled(1e5), Some(("revenue", 3e12)), Some(1))),
        ("tiny", findings(&scaled(1e-7), Some(("revenue", 3.0)), Some(1))),
        (
            "no_revenue",
            findings(&with(&|plan| plan.revenue = (0.0, 0.0)), None, Some(1)),
        ),
        ("narrow", findings(&narrow, REVENUE, Some(1))),
        ("identical", findings(&identical, REVENUE, None)),
        ("certain", findings(&certain, REVENUE, Some(1))),
        ("atom", atom),
    ]
}

/// Targets off the scale, on the value and on what is not drawn.
fn targets() -> Vec<(&'static str, Findings)> {
    let three = three();
    let far_right = with(&|plan| plan.revenue = (plan.revenue.0 - 15e6 * plan.best_in, plan.revenue.1 / 4.0));
    vec![
        (
            "target_far_above",
            findings(&three, Some(("revenue", 90e6)), Some(1)),
        ),
        (
            "target_far_below",
            findings(&three, Some(("revenue", 1e6)), Some(1)),
        ),
        (
            "target_elsewhere",
            findings(&three, Some(("customers", 120.0)), Some(1)),
        ),
        (
            "crowded_right",
            findings(&far_right, Some(("revenue", 20e6)), Some(1)),
        ),
        (
            "eight_value_target",
            findings(&eight(), Some(("value", 20e6)), Some(1)),
        ),
    ]
}

/// One year, a year and a half, three years and ten years.
fn horizons() -> Vec<(&'static str, Findings)> {
    let (three, eight) = (three(), eight());
    let of = |plans: &[Invented], weeks| over(findings(plans, REVENUE, Some(1)), plans, weeks);
    vec![
        ("weeks_52", of(&three, 52)),
        ("weeks_80", of(&three, 80)),
        ("weeks_156", of(&three, 156)),
        ("weeks_520", of(&three, 520)),
        ("weeks_520_eight", of(&eight, 520)),
        (
            "weeks_520_one",
            over(findings(&three[..1], REVENUE, None), &three[..1], 520),
        ),
    ]
}
