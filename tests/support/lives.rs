//! Living scenarios in tests, and reading means with their errors.

use gtm_sim::engine::replication::Worker;
use gtm_sim::engine::simulate::{Control, Lived, Run, simulate};
use gtm_sim::model::luck::Watch;
use gtm_sim::model::market::{Market, Pool};
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

/// Asserts a variance within `errors` standard errors of its own, sqrt((m4 − m2²)/n).
#[track_caller]
pub fn assert_variance(values: &[f64], expected: f64, errors: f64) {
    let (center, _) = mean(values);
    let squares: Vec<f64> = values.iter().map(|x| (x - center) * (x - center)).collect();
    let (variance, error) = mean(&squares);
    let slack = errors * error + 1e-9 * expected.abs();
    assert!(
        (variance - expected).abs() <= slack,
        "variance {variance} ± {error}, expected {expected}"
    );
}

/// Asserts a skewness within `errors` standard errors, from its influence z³ − 3z − g − 3g(z² − 1)/2.
#[track_caller]
pub fn assert_skewness(values: &[f64], expected: f64, errors: f64) {
    let (center, _) = mean(values);
    let sd = variance(values).sqrt();
    let z: Vec<f64> = values.iter().map(|x| (x - center) / sd).collect();
    let (skewness, _) = mean(&z.iter().map(|z| z * z * z).collect::<Vec<_>>());
    let influence: Vec<f64> = z
        .iter()
        .map(|z| z * z * z - 3.0 * z - skewness - 1.5 * skewness * (z * z - 1.0))
        .collect();
    let (_, error) = mean(&influence);
    let slack = errors * error;
    assert!(
        (skewness - expected).abs() <= slack,
        "skewness {skewness} ± {error}, expected {expected}"
    );
}

/// Asserts a number within an absolute error, half a unit of the last digit that is published.
#[track_caller]
pub fn assert_close(value: f64, expected: f64, within: f64) {
    assert!(
        (value - expected).abs() <= within,
        "{value}, expected {expected} ± {within}"
    );
}

/// A flow of accounts: (week, from, to, number).
pub type Flow = (u32, Pool, Pool, u64);

/// Sees every flow of the first segment and every week of a replication.
struct Diary<'a, S> {
    state: &'a mut S,
    flow: &'a dyn Fn(&mut S, Flow),
    week: &'a dyn Fn(&mut S, u32, &Market),
}

impl<S> Watch for Diary<'_, S> {
    fn flow(&mut self, week: u32, segment: usize, from: Pool, to: Pool, n: u64) {
        if segment == 0 {
            (self.flow)(self.state, (week, from, to, n));
        }
    }
    fn week(&mut self, week: u32, market: &Market) {
        (self.week)(self.state, week, market);
    }
}

/// Lives the first plan, telling `state` of every flow and week; one state per replication.
pub fn diary<S: Default>(
    scenario: &Scenario,
    replications: u64,
    seed: u64,
    flow: &dyn Fn(&mut S, Flow),
    week: &dyn Fn(&mut S, u32, &Market),
) -> Vec<S> {
    let mut worker = Worker::new(scenario, &[0]);
    (0..replications)
        .map(|replication| {
            let mut state = S::default();
            let mut luck = worker.begin_numbered(seed, replication);
            worker.live(
                0,
                &mut luck,
                &mut Diary {
                    state: &mut state,
                    flow,
                    week,
                },
            );
            state
        })
        .collect()
}

/// Lives the first plan and reads numbers every week: `read` once per replication and week, weeks in order.
pub fn follow<const N: usize>(
    scenario: &Scenario,
    replications: u64,
    seed: u64,
    read: impl Fn(&Market) -> [f64; N],
) -> Vec<Vec<[f64; N]>> {
    diary::<Vec<[f64; N]>>(scenario, replications, seed, &|_, _| {}, &|rows, _, market| {
        rows.push(read(market))
    })
}

/// Means over the weeks after the first `skip`, by replication: `means(..)[number][replication]`.
pub fn means<const N: usize>(followed: &[Vec<[f64; N]>], skip: usize) -> [Vec<f64>; N] {
    std::array::from_fn(|number| {
        let of = |weeks: &Vec<[f64; N]>| {
            let kept = &weeks[skip..];
            kept.iter().map(|row| row[number]).sum::<f64>() / kept.len() as f64
        };
        followed.iter().map(of).collect()
    })
}

/// Ratio of two means and its standard error, by the delta method.
pub fn ratio(of: &[f64], per: &[f64]) -> (f64, f64) {
    let ((of_mean, _), (per_mean, _)) = (mean(of), mean(per));
    let ratio = of_mean / per_mean;
    let rest: Vec<f64> = of
        .iter()
        .zip(per)
        .map(|(of, per)| (of - ratio * per) / per_mean)
        .collect();
    (ratio, mean(&rest).1)
}

/// Asserts a ratio of means within `errors` standard errors.
#[track_caller]
pub fn assert_ratio(of: &[f64], per: &[f64], expected: f64, errors: f64) {
    let (ratio, error) = ratio(of, per);
    assert!(
        (ratio - expected).abs() <= errors * error + 1e-9,
        "ratio {ratio} ± {error}, expected {expected}"
    );
}
