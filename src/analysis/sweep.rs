//! Sweeps: the objective against the marketing share, and the range of shares that is as good as the best.

use super::compare::Asked;
use super::contest::race::{Held, Race};
use super::findings::{Limits, Summary};
use crate::outcome::estimate;
use crate::outcome::outcomes::Outcomes;
use serde::{Deserialize, Serialize};

/// The objective against the marketing share, the mixes of one plan kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sweep {
    /// Key of the plan whose mixes are kept.
    pub plan: String,
    /// The measure: the objective.
    pub measure: String,
    /// Futures in which every split was lived.
    pub replications: u64,
    /// Loss of the measure that does not matter.
    pub within: f64,
    /// The splits, by ascending share.
    pub points: Vec<SweepPoint>,
    /// The plan itself in the same futures.
    pub today: SweepPoint,
    /// Whether the plan has one split throughout, so that it is a point as well.
    pub today_is_a_point: bool,
    /// Marketing share of the point with the best mean.
    pub best: f64,
    /// Shares that are as good as the best.
    pub near_best: NearBest,
}

/// A split and what comes of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepPoint {
    /// Marketing share, 0 to 1.
    pub marketing_share: f64,
    /// Mean of the measure.
    pub mean: f64,
    /// Its standard error.
    pub mean_error: f64,
    /// One future in ten is below.
    pub p10: Option<f64>,
    /// One in ten is above.
    pub p90: Option<f64>,
    /// Mean share of weeks limited by each side.
    pub limited_by: Limits,
    /// How much worse than the best point, in the same futures.
    pub behind: Behind,
}

/// How much worse than the best; above 0 is worse, whatever the measure.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Behind {
    /// Mean paired difference.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// Lower end of the 95 % interval that holds for all pairs together.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A range of shares around the best one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NearBest {
    /// Lowest share.
    pub low: f64,
    /// Highest share.
    pub high: f64,
    /// Whether it costs less than what matters, by the estimates, whose errors are at most half of that; else the
    /// range that cannot be told from the best.
    pub is_told: bool,
    /// What a split of the range costs at most, by the upper ends of the intervals, linear between points.
    pub at_most: f64,
}

impl NearBest {
    /// Its ends in whole percents, rounded inwards; outwards where nothing whole lies inside.
    pub fn whole_percents(&self) -> (f64, f64) {
        let (low, high) = (self.low * 100.0, self.high * 100.0);
        let inner = (libm::ceil(low - 1e-9), libm::floor(high + 1e-9));
        if inner.0 <= inner.1 {
            inner
        } else {
            (libm::floor(low + 1e-9), libm::ceil(high - 1e-9))
        }
    }
}

impl From<Held> for Behind {
    fn from(held: Held) -> Self {
        Self {
            value: held.difference,
            error: held.error,
            low: held.low,
            high: held.high,
        }
    }
}

impl Sweep {
    /// The sweep of the plans at `splits` (share and position), ascending, around the plan at `base`; all positions are
    /// those of `outcomes` and of `race`, which has looked at these plans.
    ///
    /// `None` with fewer than three splits, or where one has no value.
    pub fn of(
        asked: &Asked,
        outcomes: &Outcomes,
        race: &Race,
        base: Base,
        splits: &[(f64, usize)],
    ) -> Option<Self> {
        if splits.len() < FEWEST {
            return None;
        }
        let objective = asked.aim.objective.id;
        let sign = estimate::sign(race.rules().better);
        let merit = |plan: usize| race.estimate(plan).map(|(estimate, _)| sign * estimate.value);
        let gain = |a: usize, b: usize| race.gain(a, b).map(|gain| gain.difference);
        // Paired differences decide, for the plans that are left were lived longer than the others.
        let best = splits.iter().map(|(_, plan)| *plan).reduce(|best, other| {
            let by_mean = || Some(merit(other)? - merit(best)?);
            let ahead = gain(other, best).or_else(by_mean);
            if ahead.is_some_and(|ahead| ahead > 0.0) {
                other
            } else {
                best
            }
        })?;
        let point = |share: f64, plan: usize| -> Option<SweepPoint> {
            let behind = if plan == best {
                Behind::default()
            } else {
                race.gain(best, plan)?.into()
            };
            point(outcomes, objective, (share, plan), behind)
        };
        let points: Vec<SweepPoint> = splits
            .iter()
            .map(|(share, plan)| point(*share, *plan))
            .collect::<Option<_>>()?;
        let best_share = splits.iter().find(|(_, plan)| *plan == best)?.0;
        let within = race.rules().within;
        Some(Self {
            plan: base.name.to_owned(),
            measure: objective.to_owned(),
            replications: outcomes.replications as u64,
            within,
            today: point(base.share, base.plan)?,
            today_is_a_point: splits.iter().any(|(_, plan)| *plan == base.plan),
            near_best: near_best(&points, best_share, within),
            points,
            best: best_share,
        })
    }

    /// Whether every other split that was tried surely costs more than does not matter.
    pub fn is_clear(&self) -> bool {
        let others = || {
            self.points
                .iter()
                .filter(|point| point.marketing_share != self.best)
        };
        others().all(|point| point.behind.low > self.within)
    }

    /// The best point.
    pub fn best_point(&self) -> Option<&SweepPoint> {
        self.points
            .iter()
            .find(|point| point.marketing_share == self.best)
    }
}

/// The plan that a sweep starts from.
#[derive(Debug, Clone, Copy)]
pub struct Base<'a> {
    /// Its key.
    pub name: &'a str,
    /// Its position.
    pub plan: usize,
    /// Its mean marketing share.
    pub share: f64,
}

/// Splits at least.
const FEWEST: usize = 3;

fn point(
    outcomes: &Outcomes,
    objective: &str,
    (marketing_share, plan): (f64, usize),
    behind: Behind,
) -> Option<SweepPoint> {
    let reading = outcomes.reading(objective)?;
    let estimate = estimate::influence(outcomes, reading, plan)?.estimate()?;
    let values = estimate::values(outcomes, reading, plan);
    let summary = Summary::of(&values, Some(estimate.value), Some(estimate));
    let weeks = |id: &str| {
        let reading = outcomes.reading(id);
        let influence = reading.and_then(|reading| estimate::influence(outcomes, reading, plan));
        influence.map_or(0.0, |influence| influence.value)
    };
    Some(SweepPoint {
        marketing_share,
        mean: estimate.value,
        mean_error: estimate.error,
        p10: summary.p10,
        p90: summary.p90,
        limited_by: Limits {
            demand: weeks("weeks_limited_by_demand"),
            capacity: weeks("weeks_limited_by_capacity"),
        },
        behind,
    })
}

/// The range around the best point: between points the loss is read off straight lines.
pub fn near_best(points: &[SweepPoint], best: f64, within: f64) -> NearBest {
    let is_best = |point: &SweepPoint| point.marketing_share == best;
    let at = points.iter().position(is_best).unwrap_or(0);
    let value = |point: &SweepPoint| point.behind.value;
    let low = |point: &SweepPoint| point.behind.low;
    let by_value = range(points, at, within, value);
    // The points whose losses draw the range: those inside and the first one beyond either end.
    let drawn = points[by_value.first.saturating_sub(1)..=(by_value.last + 1).min(points.len() - 1)].iter();
    let error = drawn.map(|point| point.behind.error).fold(0.0, f64::max);
    let is_told = error <= 0.5 * within;
    let range = if is_told {
        by_value
    } else {
        range(points, at, within, low)
    };
    let inside = points[range.first..=range.last].iter();
    let ends = [range.low, range.high].map(|share| between(points, share, |point| point.behind.high));
    let highest = inside
        .map(|point| point.behind.high)
        .chain(ends)
        .fold(0.0, f64::max);
    NearBest {
        low: range.low,
        high: range.high,
        is_told,
        at_most: highest,
    }
}

/// A number of a share, read off the straight line between its neighbours.
pub fn between(points: &[SweepPoint], share: f64, of: impl Fn(&SweepPoint) -> f64) -> f64 {
    let holds = |pair: &&[SweepPoint]| share <= pair[1].marketing_share;
    let pair = points.windows(2).find(holds).or(points.windows(2).last());
    let Some([from, to]) = pair else {
        return points.first().map_or(0.0, of);
    };
    let part = (share - from.marketing_share) / (to.marketing_share - from.marketing_share);
    let (a, b) = (of(from), of(to));
    a + part.clamp(0.0, 1.0) * (b - a)
}

/// Points around the best one, and where the loss crosses `within` beyond them.
struct Range {
    first: usize,
    last: usize,
    low: f64,
    high: f64,
}

fn range(points: &[SweepPoint], best: usize, within: f64, loss: impl Fn(&SweepPoint) -> f64) -> Range {
    let is_near = |index: &usize| loss(&points[*index]) <= within;
    let first = (0..best).rev().take_while(is_near).last().unwrap_or(best);
    let last = (best + 1..points.len())
        .take_while(is_near)
        .last()
        .unwrap_or(best);
    let crossing = |inner: usize, outer: Option<usize>| {
        let inside = &points[inner];
        let Some(outside) = outer.and_then(|outer| points.get(outer)) else {
            return inside.marketing_share;
        };
        let (from, to) = (loss(inside), loss(outside));
        let part = ((within - from) / (to - from)).clamp(0.0, 1.0);
        inside.marketing_share + part * (outside.marketing_share - inside.marketing_share)
    };
    Range {
        low: crossing(first, first.checked_sub(1)),
        high: crossing(last, Some(last + 1)),
        first,
        last,
    }
}

/// Splits that a run tries at most: nine by tens, and halfway to the neighbours of the best and beyond the range.
const MOST_TRIED: u64 = 13;
/// Lives of other splits, as a share of those of the run: less than half, so that they take less than a third of all.
const LIVES: f64 = 0.35;
/// Futures at least and at most.
const FUTURES: (u64, u64) = (100, 1000);

/// Futures in which other splits are tried beside a run of `plans` plans in `replications` futures; `None` where it is
/// too short to tell anything.
pub fn futures(plans: u64, replications: u64) -> Option<u64> {
    let lives = LIVES * (plans * replications) as f64;
    let futures = (lives / MOST_TRIED as f64) as u64;
    let (least, most) = FUTURES;
    (futures >= least).then(|| futures.min(most).min(replications))
}

impl Sweep {
    /// Shares halfway between neighbours where it matters: beside the best point, and where the range ends.
    pub fn between(&self) -> Vec<f64> {
        let near = &self.near_best;
        let is_asked = |pair: &&[SweepPoint]| {
            let (from, to) = (pair[0].marketing_share, pair[1].marketing_share);
            let holds = |share: f64| from < share && share < to;
            from == self.best || to == self.best || holds(near.low) || holds(near.high)
        };
        let halfway = |pair: &[SweepPoint]| {
            let middle = f64::midpoint(pair[0].marketing_share, pair[1].marketing_share);
            (middle * 1000.0).round() / 1000.0
        };
        let pairs = self.points.windows(2).filter(is_asked).map(halfway);
        pairs.take(MOST_TRIED as usize - 9).collect()
    }
}
