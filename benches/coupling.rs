//! How well plans are coupled by common random numbers: (variance A + variance B) over variance (A − B) of value,
//! every unknown at its typical value, for plans 2, 5, 10 and 20 points of split apart, and with one source of luck
//! taken away at a time: `cargo bench --bench coupling`.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)] // a bench tells what it measured

use gtm_sim::engine::simulate::{Control, Run, simulate};
use gtm_sim::model::scenario::{Hazard, Phase, Scenario};
use gtm_sim::model::segment::DealValue;
use gtm_sim::outcome::outcomes::Rule;

const REPLICATIONS: u64 = 4_000;

fn b2b() -> Scenario {
    let path = format!("{}/scenarios/b2b.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("a shipped scenario");
    let mut scenario = match gtm_sim::scenario_file::read(&text, "b2b.toml") {
        Ok(checked) => checked.value.scenario,
        Err(report) => panic!("{}", report.render(false)),
    };
    scenario.unknowns.clear();
    scenario
}

/// The first plan and the same with another marketing share.
fn two_splits(mut scenario: Scenario, a: f64, b: f64) -> Scenario {
    scenario.plans.truncate(1);
    let mut one = scenario.plans[0].clone();
    one.phases = vec![Phase {
        weeks: None,
        marketing_share: a,
    }];
    let mut other = one.clone();
    other.phases[0].marketing_share = b;
    scenario.plans = vec![scenario.plans[0].clone(), one, other];
    scenario
}

fn variance(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)
}

fn ratio(scenario: &Scenario) -> f64 {
    let run = Run {
        plans: vec![1, 2],
        seed: 11,
        replications: 0..REPLICATIONS,
        threads: 0,
        weekly_replications: 0,
    };
    let lived = simulate(scenario, &run, &Control::default()).expect("not interrupted");
    let Some(Rule::Amount(column)) = lived.outcomes.reading("value").map(|reading| reading.rule) else {
        panic!("value is an amount");
    };
    let a: Vec<f64> = lived.outcomes.column(0, column).collect();
    let b: Vec<f64> = lived.outcomes.column(1, column).collect();
    let difference: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a - b).collect();
    (variance(&a) + variance(&b)) / variance(&difference)
}

fn main() {
    println!("variance ratio of value, b2b.toml, unknowns at typical values, {REPLICATIONS} futures");
    for (a, b) in [
        (0.30, 0.32),
        (0.30, 0.35),
        (0.25, 0.30),
        (0.30, 0.40),
        (0.20, 0.30),
        (0.10, 0.30),
        (0.30, 0.50),
    ] {
        println!(
            "  {:>2.0} % against {:>2.0} %: {:.1}",
            a * 100.0,
            b * 100.0,
            ratio(&two_splits(b2b(), a, b))
        );
    }
    println!("30 % against 40 %, with one source of luck away");
    type Change = fn(&mut Scenario);
    let changes: [(&str, Change); 6] = [
        ("attrition", |s| {
            s.roles
                .iter_mut()
                .for_each(|role| role.attrition = Hazard::PerYear(0.0))
        }),
        ("talent", |s| {
            s.roles.iter_mut().for_each(|role| role.talent_sd = 0.0)
        }),
        ("attrition and talent", |s| {
            for role in &mut s.roles {
                role.attrition = Hazard::PerYear(0.0);
                role.talent_sd = 0.0;
            }
        }),
        ("deal values", |s| {
            for segment in &mut s.segments {
                segment.deals.value = DealValue::Fixed(segment.deals.value.moments().mean);
            }
        }),
        ("demand index and events", |s| {
            s.environment.volatility = 0.0;
            s.environment.events.clear();
        }),
        ("shortage (hours doubled)", |s| {
            s.roles
                .iter_mut()
                .for_each(|role| role.selling_hours_per_week *= 2.0);
        }),
    ];
    for (name, change) in changes {
        let mut scenario = b2b();
        change(&mut scenario);
        println!(
            "  without {name:<26} {:.1}",
            ratio(&two_splits(scenario, 0.30, 0.40))
        );
    }
}
