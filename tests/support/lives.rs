//! Living scenarios in tests, and reading means with their errors.

use gtm_sim::engine::simulate::{Control, Lived, Run, simulate};
use gtm_sim::model::scenario::Scenario;
use gtm_sim::outcome::outcomes::{BLOCK, Rule};

/// Lives all plans with weekly values of all replications.
pub fn live(scenario: &Scenario, replications: u64, seed: u64) -> Lived {
    let run = Run {
        plans: (0..scenario.plans.len()).collect(),
        seed,
        replications: 0..replications,
        threads: 1,
        weekly_replications: replications as usize,
    };
    simulate(scenario, &run, &Control::default()).unwrap()
}

/// A measure of a plan by replication (ratios: replication by replication).
pub fn values(lived: &Lived, plan: usize, id: &str) -> Vec<f64> {
    let reading = lived
        .outcomes
        .reading(id)
        .unwrap_or_else(|| panic!("no measure {id}"));
    match reading.rule {
        Rule::Amount(column) => lived.outcomes.column(plan, column).collect(),
        Rule::Ratio { of, per } => {
            let per = lived.outcomes.column(plan, per);
            lived
                .outcomes
                .column(plan, of)
                .zip(per)
                .map(|(of, per)| of / per)
                .collect()
        }
    }
}

/// Mean and standard error.
pub fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

pub fn variance(values: &[f64]) -> f64 {
    let (_, error) = mean(values);
    error * error * values.len() as f64
}

/// A weekly series of a plan in one week (from 1), by replication.
pub fn weekly(lived: &Lived, plan: usize, id: &str, week: usize) -> Vec<f64> {
    let record = &lived.weekly;
    let series = record
        .series
        .iter()
        .position(|series| series.id == id)
        .unwrap_or_else(|| panic!("no series {id}"));
    (0..record.replications)
        .map(|replication| {
            let block = replication / BLOCK;
            let cell =
                ((block * record.plans + plan) * record.series.len() + series) * record.weeks + week - 1;
            f64::from(record.values[cell * BLOCK + replication % BLOCK])
        })
        .collect()
}

/// Asserts a mean within `errors` standard errors; the false-alarm rate of 4 is 6e-5, of 5 is 6e-7.
#[track_caller]
pub fn assert_mean(values: &[f64], expected: f64, errors: f64) {
    let (mean, error) = mean(values);
    let slack = errors * error + 1e-9 * expected.abs();
    assert!(
        (mean - expected).abs() <= slack,
        "mean {mean} ± {error}, expected {expected}"
    );
}
