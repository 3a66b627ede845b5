//! Hinges: unknown numbers on which it depends which of two plans is better.
//!
//! Every unknown has its own uniform number in every future. The paired difference of two plans is averaged over
//! the fifth of futures in which an unknown is lowest, and over the fifth in which it is highest.

use super::findings::{Hinge, Uncertain};
use crate::engine::streams::Addressed;
use crate::model::luck::{Address, Luck, Process};
use crate::model::parameters::Unknown;
use crate::outcome::estimate;

/// Share of the futures at either end.
const END: f64 = 0.2;

/// Futures at an end from which a mean is called normal.
const FEWEST: usize = 50;

/// Hinges kept.
const MOST: usize = 10;

/// A plan held against another: keys, and the difference of the objective in every future, better above 0.
pub(super) struct Rivals<'a> {
    pub(super) plan: &'a str,
    pub(super) than: &'a str,
    pub(super) gain: Vec<f64>,
}

/// The hinges at whose worse end the plan does worst, worst first, and how many ends were looked at.
pub(super) fn hinges(unknowns: &[Unknown], seed: u64, rivals: &[Rivals<'_>]) -> (Vec<Hinge>, u64) {
    let mut found = Vec::new();
    for unknown in unknowns {
        let (below, above) = (
            unknown.distribution.quantile(END),
            unknown.distribution.quantile(1.0 - END),
        );
        if below >= above {
            continue;
        }
        for rival in rivals {
            let Some((at_low, at_high)) = ends(unknown, seed, &rival.gain) else {
                continue;
            };
            found.push(Hinge {
                unknown: unknown.path.clone(),
                unit: unknown.parameter.unit.key().to_owned(),
                plan: rival.plan.to_owned(),
                than: rival.than.to_owned(),
                below,
                above,
                at_low,
                at_high,
            });
        }
    }
    let looked = 2 * found.len() as u64;
    let worst = |hinge: &Hinge| hinge.at_low.value.min(hinge.at_high.value);
    found.sort_by(|a, b| worst(a).total_cmp(&worst(b)));
    found.truncate(MOST);
    (found, looked)
}

/// Mean gain where the unknown is in its lowest and in its highest fifth.
fn ends(unknown: &Unknown, seed: u64, gain: &[f64]) -> Option<(Uncertain, Uncertain)> {
    let at = Address::new(Process::Input, unknown.key, 0);
    let (mut lowest, mut highest) = (Vec::new(), Vec::new());
    for (replication, &gain) in gain.iter().enumerate() {
        let u = Addressed::new(seed, replication as u64).uniform(at);
        if u < END {
            lowest.push(gain);
        } else if u > 1.0 - END {
            highest.push(gain);
        }
    }
    let mean = |gains: &[f64]| {
        let enough = gains.iter().filter(|gain| gain.is_finite()).count() >= FEWEST;
        enough
            .then(|| estimate::mean(gains).map(Uncertain::from))
            .flatten()
    };
    Some((mean(&lowest)?, mean(&highest)?))
}
