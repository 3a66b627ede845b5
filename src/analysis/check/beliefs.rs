//! What nobody knows: the distributions as drawn, and how many draws contradict themselves.

use super::findings::{Belief, Beliefs, MovedDraws};
use crate::engine::replication::Worker;
use crate::model::scenario::Scenario;

/// Futures whose inputs are drawn: a share of 1 % is told with an error of a third of it.
const DRAWN: u64 = 1_000;

/// Every unknown, and the inputs of the first futures of a run with this seed.
pub fn beliefs(scenario: &Scenario, seed: u64) -> Beliefs {
    let inputs: Vec<Belief> = scenario
        .unknowns
        .iter()
        .map(|unknown| Belief {
            name: unknown.path.clone(),
            unit: unknown.parameter.unit,
            family: unknown.distribution.distribution.family().to_owned(),
            p05: unknown.distribution.quantile(0.05),
            p50: unknown.distribution.quantile(0.50),
            p95: unknown.distribution.quantile(0.95),
        })
        .collect();
    if inputs.is_empty() {
        return Beliefs::default();
    }
    let mut worker = Worker::new(scenario, &[]);
    let mut counts = MovedDraws::default();
    for replication in 0..DRAWN {
        worker.begin_numbered(seed, replication);
        let moved = worker.company().moved;
        counts.any += u64::from(moved.any());
        counts.leads += u64::from(moved.leads);
        counts.doubling += u64::from(moved.doubling);
        counts.awareness += u64::from(moved.awareness);
        counts.hours += u64::from(moved.hours);
        counts.pools += u64::from(moved.pools);
    }
    Beliefs {
        inputs,
        drawn: DRAWN,
        moved: counts,
    }
}
