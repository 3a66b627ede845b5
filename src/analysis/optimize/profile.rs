//! What other splits than the best lose, and which lose too little to matter.

use super::evaluate::measured;
use super::found::{NearBest, Share};
use super::space::{Point, Space};
use crate::analysis::findings::Uncertain;
use crate::model::scenario::Plan;
use crate::outcome::goal::{self, Goal};
use crate::outcome::outcomes::Outcomes;

/// Percentage points by which the best split is moved, outwards.
const MOVES: [i64; 10] = [2, 4, 7, 10, 15, 20, 30, 45, 65, 100];

/// The profile of a split, from the lowest to the highest.
#[derive(Debug, Default)]
pub(super) struct Profile {
    pub(super) shares: Vec<Share>,
}

/// Lives plans in the fresh futures of the profile.
pub(super) type Live<'a, E> = dyn FnMut(&[Plan]) -> Result<Outcomes, E> + 'a;

/// Moves the split outwards on both sides until it loses clearly more than `within`, or a bound is reached.
///
/// `values` are those of the best plan in the futures that `live` lives.
pub(super) fn profile<E>(
    space: &Space,
    point: &Point,
    goal: Goal,
    values: &[f64],
    within: f64,
    live: &mut Live<E>,
) -> Result<Profile, E> {
    let weeks = f64::from(space.scenario.weeks);
    let mean = |plan: &Plan| {
        let phases = crate::analysis::compare::phases(plan, space.scenario.weeks);
        let money = phases
            .iter()
            .map(|phase| phase.marketing_share * f64::from(phase.weeks));
        money.sum::<f64>() / weeks
    };
    let mut shares = vec![Share {
        marketing_share: mean(&space.plan(point)),
        moved: 0,
        loss: Uncertain {
            value: 0.0,
            error: 0.0,
        },
    }];
    for sign in [-1, 1] {
        let mut before = point.clone();
        for by in MOVES {
            let moved = sign * by;
            let near = space.shifted(point, moved);
            if near == before {
                break;
            }
            let plan = space.plan(&near);
            let lived = live(std::slice::from_ref(&plan))?;
            let own = measured(&lived, goal.measure.id, 0);
            let Some(loss) = goal::gain(goal.statistic, values, &own) else {
                break;
            };
            shares.push(Share {
                marketing_share: mean(&plan),
                moved,
                loss: loss.into(),
            });
            if loss.low() > within {
                break;
            }
            before = near;
        }
    }
    shares.sort_by_key(|share| share.moved);
    Ok(Profile { shares })
}

impl Profile {
    /// Shares that lose less than `within`, ends between two splits by straight lines.
    pub(super) fn near_best(&self, within: f64) -> Option<NearBest> {
        let best = self.shares.iter().position(|share| share.moved == 0)?;
        let end = |outwards: &[Share]| {
            let mut last = *self.shares.get(best)?;
            for share in outwards {
                if share.loss.value > within {
                    let part = (within - last.loss.value) / (share.loss.value - last.loss.value);
                    let wide = share.marketing_share - last.marketing_share;
                    return Some(last.marketing_share + part.clamp(0.0, 1.0) * wide);
                }
                last = *share;
            }
            Some(last.marketing_share)
        };
        let below: Vec<Share> = self.shares.get(..best)?.iter().rev().copied().collect();
        Some(NearBest {
            low: end(&below)?,
            high: end(self.shares.get(best + 1..)?)?,
            within,
        })
    }
}
