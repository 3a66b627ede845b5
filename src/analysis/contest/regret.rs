//! Regret: what choosing a plan costs on average against the plan that turns out to be the best, future by future.
//!
//! Savage, *The Theory of Statistical Decision*, J. Am. Statist. Assoc. 46 (1951), 55–67.

use crate::outcome::estimate::{self, Estimate};
use crate::outcome::outcomes::Better;

/// Mean regret of each plan over the futures in which all plans have a value; `None` below two of them.
///
/// `plans` hold one value a future each, all in the same futures.
pub fn regrets(plans: &[&[f64]], better: Better) -> Vec<Option<Estimate>> {
    let sign = estimate::sign(better);
    let futures = plans.iter().map(|plan| plan.len()).min().unwrap_or(0);
    let best: Vec<f64> = (0..futures)
        .map(|future| {
            let merits = || plans.iter().map(|plan| sign * plan[future]);
            // A future in which a plan has no value tells nothing of any.
            if merits().all(f64::is_finite) {
                merits().fold(f64::NEG_INFINITY, f64::max)
            } else {
                f64::NAN
            }
        })
        .collect();
    let regret = |plan: &&[f64]| {
        let losses: Vec<f64> = best
            .iter()
            .zip(plan.iter())
            .map(|(best, own)| best - sign * own)
            .collect();
        estimate::mean(&losses)
    };
    plans.iter().map(regret).collect()
}
