//! Lives the points of a search, all in the same futures, and remembers what was lived.

use super::space::{Point, Space};
use crate::engine::simulate::{Control, Interrupted, Run, simulate};
use crate::model::decisions::CashFloor;
use crate::model::scenario::{Plan, Scenario};
use crate::outcome::estimate::{self, Estimate, Influence};
use crate::outcome::goal::{self, Goal};
use crate::outcome::outcomes::Outcomes;
use std::collections::BTreeMap;
use std::ops::Range;

/// Number of the first future that a search lives.
pub const SEARCH: u64 = 1 << 40;

/// Number of the first future of every estimate that is told: those of a run, which no search ever lives.
pub const FRESH: u64 = 0;

/// Standard errors by which the share of futures that keep their cash must pass in the search: a plan on the edge
/// would fail in half of all fresh estimates.
const MARGIN: f64 = 1.0;

/// What a point did in the futures lived so far.
#[derive(Debug, Clone, Default)]
struct Record {
    /// The goal's measure by future.
    values: Vec<f64>,
    /// Lowest cash by future; empty where no limit asks for it.
    lowest: Vec<f64>,
}

/// Lives plans in futures of one seed.
#[derive(Debug)]
pub struct Evaluator<'a> {
    /// The plans that may be tried.
    pub space: Space<'a>,
    /// What is to be large.
    pub goal: Goal,
    seed: u64,
    threads: usize,
    pub(super) control: &'a Control,
    known: BTreeMap<Point, Record>,
    /// Futures lived, all points together.
    pub lives: u64,
}

impl<'a> Evaluator<'a> {
    /// An evaluator that has lived nothing yet.
    pub fn new(space: Space<'a>, goal: Goal, seed: u64, threads: usize, control: &'a Control) -> Self {
        Self {
            space,
            goal,
            seed,
            threads,
            control,
            known: BTreeMap::new(),
            lives: 0,
        }
    }

    /// Points that were lived in at least one future, in their order.
    pub fn points(&self) -> impl Iterator<Item = &Point> {
        self.known.keys()
    }

    /// Lives every point in the first `futures` futures of the search; what is known is not lived again.
    ///
    /// # Errors
    /// `Interrupted` if the user stopped it; what was lived before stays.
    pub fn live(&mut self, points: &[Point], futures: u64) -> Result<(), Interrupted> {
        let mut by_known: BTreeMap<u64, Vec<Point>> = BTreeMap::new();
        for point in points {
            let known = self
                .known
                .get(point)
                .map_or(0, |record| record.values.len() as u64);
            let group = by_known.entry(known).or_default();
            if known < futures && !group.contains(point) {
                group.push(point.clone());
            }
        }
        for (known, points) in by_known.into_iter().filter(|(_, points)| !points.is_empty()) {
            let plans: Vec<Plan> = points.iter().map(|point| self.space.plan(point)).collect();
            let outcomes = self.outcomes(&plans, SEARCH + known..SEARCH + futures)?;
            self.lives += (futures - known) * points.len() as u64;
            for (at, point) in points.into_iter().enumerate() {
                let record = self.known.entry(point).or_default();
                record
                    .values
                    .extend(measured(&outcomes, self.goal.measure.id, at));
                if self.space.decisions.cash.is_some() {
                    record.lowest.extend(measured(&outcomes, "cash_lowest", at));
                }
            }
        }
        Ok(())
    }

    /// Lives plans beside the scenario's own in some futures.
    ///
    /// # Errors
    /// `Interrupted` if the user stopped it.
    pub fn outcomes(&self, plans: &[Plan], futures: Range<u64>) -> Result<Outcomes, Interrupted> {
        live(
            self.space.scenario,
            plans,
            futures,
            (self.seed, self.threads),
            self.control,
        )
    }

    /// Futures in which a point was lived.
    pub fn lived(&self, point: &Point) -> u64 {
        self.known
            .get(point)
            .map_or(0, |record| record.values.len() as u64)
    }

    /// The goal of a point over its first `futures` futures.
    pub fn influence(&self, point: &Point, futures: u64) -> Option<Influence> {
        let values = &self.known.get(point)?.values;
        self.goal.statistic.influence(values.get(..futures as usize)?)
    }

    /// How good a point is over its first `futures` futures: how far it misses the cash limit, then the goal.
    pub fn merit(&self, point: &Point, futures: u64) -> Merit {
        let goal = self
            .influence(point, futures)
            .map_or(f64::NEG_INFINITY, |influence| influence.value);
        let missed = match (self.space.decisions.cash, self.known.get(point)) {
            (Some(floor), Some(record)) => missed(floor, record.lowest.get(..futures as usize)),
            _ => 0.0,
        };
        Merit { missed, goal }
    }

    /// The goal of one point less that of another in their first `futures` futures.
    pub fn gain(&self, point: &Point, than: &Point, futures: u64) -> Option<Estimate> {
        let a = self.known.get(point)?.values.get(..futures as usize)?;
        let b = self.known.get(than)?.values.get(..futures as usize)?;
        goal::gain(self.goal.statistic, a, b)
    }
}

/// How good a point is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Merit {
    /// Share of futures by which the cash limit is missed; 0 = kept.
    pub missed: f64,
    /// The goal.
    pub goal: f64,
}

impl Merit {
    /// Whether this is better than `other`.
    pub fn beats(&self, other: &Self) -> bool {
        self.order(other).is_gt()
    }

    /// Orders by what is missed, then by the goal.
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        other
            .missed
            .total_cmp(&self.missed)
            .then(self.goal.total_cmp(&other.goal))
    }
}

/// By how much the share of futures that keep their cash falls short of what is asked, with the margin of the search.
fn missed(floor: CashFloor, lowest: Option<&[f64]>) -> f64 {
    let Some(lowest) = lowest.filter(|lowest| !lowest.is_empty()) else {
        return 1.0;
    };
    let kept = keeping(floor, lowest);
    let n = lowest.len() as f64;
    let error = (floor.probability * (1.0 - floor.probability) / n).sqrt();
    (floor.probability + MARGIN * error - kept).clamp(0.0, 1.0)
}

/// Share of futures that keep their cash.
pub(super) fn keeping(floor: CashFloor, lowest: &[f64]) -> f64 {
    let kept = lowest.iter().filter(|cash| **cash >= floor.least).count();
    kept as f64 / lowest.len().max(1) as f64
}

/// Lives plans behind the scenario's own, in the order given; the first plan of the scenario stays where today's state
/// comes from.
pub(super) fn live(
    scenario: &Scenario,
    plans: &[Plan],
    futures: Range<u64>,
    (seed, threads): (u64, usize),
    control: &Control,
) -> Result<Outcomes, Interrupted> {
    let mut scenario = scenario.clone();
    let first = scenario.plans.len();
    scenario.plans.extend(plans.iter().cloned());
    let run = Run {
        plans: (first..scenario.plans.len()).collect(),
        seed,
        replications: futures,
        threads,
        weekly_replications: 0,
    };
    Ok(simulate(&scenario, &run, control)?.outcomes)
}

/// A measure of a plan by future; empty where there is none.
pub(super) fn measured(outcomes: &Outcomes, measure: &str, plan: usize) -> Vec<f64> {
    match outcomes.reading(measure) {
        Some(reading) => estimate::values(outcomes, reading, plan),
        None => Vec::new(),
    }
}
