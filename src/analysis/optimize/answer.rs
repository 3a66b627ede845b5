//! From a question to the best plan: search, then every number that is told in fresh futures.

use super::beyond;
use super::binds;
use super::design;
use super::evaluate::{Evaluator, FRESH, SEARCH, keeping, measured};
use super::found::{Best, CashKept, FORMAT, Gain, NearBest, ObjectiveFacts, Optimum, Shadow, Share, Sides};
use super::limits::Limit;
use super::profile;
use super::search::{Effort, Search, SoFar};
use super::space::{Point, Space};
use super::text;
use crate::analysis::compare::{self, LAW, WITHIN, phases};
use crate::analysis::findings::{Next, Uncertain};
use crate::analysis::steps::{self, Steps};
use crate::engine::simulate::{Control, Interrupted, Run, simulate};
use crate::model::decisions::Decisions;
use crate::model::scenario::{Plan, Scenario};
use crate::outcome::estimate::{self, Estimate};
use crate::outcome::goal::{Goal, Statistic};
use crate::outcome::outcomes::{Better, Outcomes};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Scenario, file and seed; its plans are not looked at, the first plan of the scenario is the baseline.
    pub run: compare::Asked<'a>,
    /// What is to be large.
    pub goal: Goal,
    /// What varies, within which limits.
    pub decisions: &'a Decisions,
    /// Futures of the estimates.
    pub replications: u64,
    /// Futures of the search.
    pub effort: Effort,
    /// Whether mean and bad futures are told over splits.
    pub frontier: bool,
    /// Whether the objective is told against the total budget.
    pub response: bool,
    /// Threads; 0 = as many as there are cores.
    pub threads: usize,
}

/// Why there is no optimum.
#[derive(Debug, Clone, PartialEq)]
pub enum Stopped {
    /// The user stopped it; the best so far in words, if there is one.
    Interrupted(Option<String>),
    /// The limits leave no plan, or the goal has no value; in words.
    Impossible(String),
}

/// The best plan found.
///
/// # Errors
/// `Stopped`.
pub fn optimize(asked: &Asked, control: &Control, tell: &dyn Fn(&SoFar<'_>)) -> Result<Optimum, Stopped> {
    let scenario = asked.run.scenario;
    let Some(base) = scenario.plans.first() else {
        return Err(Stopped::Impossible("the scenario has no plan".to_owned()));
    };
    let space = Space {
        scenario,
        base,
        decisions: asked.decisions,
    };
    let mut evaluator = Evaluator::new(space, asked.goal, asked.run.seed, asked.threads, control);
    let mut search = Search {
        evaluator: &mut evaluator,
        effort: asked.effort,
        tell,
        best: None,
    };
    let point = match search.run() {
        Ok(Some(point)) => point,
        Ok(None) => return Err(Stopped::Impossible(impossible(&evaluator.space))),
        Err(Interrupted) => {
            let best = search.best.take();
            return Err(Stopped::Interrupted(best.map(|(point, futures)| {
                text::so_far(asked, &evaluator, &point, futures)
            })));
        }
    };
    if let Some(why) = unfit(asked, &evaluator, &point) {
        return Err(Stopped::Impossible(why));
    }
    answer(asked, &mut evaluator, &point).map_err(|failed| match failed {
        Failed::Interrupted => Stopped::Interrupted(Some(text::so_far(
            asked,
            &evaluator,
            &point,
            evaluator.lived(&point),
        ))),
        Failed::Undefined => Stopped::Impossible(text::undefined(asked.goal)),
    })
}

/// The limits that leave no plan.
fn impossible(space: &Space) -> String {
    let (point, _) = design::nearest(space, space.home());
    text::impossible(space, &space.breaches(&point))
}

/// Why the best point is none: an objective without a value, or cash that no plan keeps.
fn unfit(asked: &Asked, evaluator: &Evaluator, point: &Point) -> Option<String> {
    let merit = evaluator.merit(point, evaluator.lived(point));
    if !merit.goal.is_finite() {
        return Some(text::undefined(asked.goal));
    }
    let floor = asked.decisions.cash.filter(|_| merit.missed > 0.0)?;
    let kept = floor.probability - merit.missed;
    Some(text::no_cash(asked, floor, kept.max(0.0)))
}

/// Why estimates are missing.
enum Failed {
    Interrupted,
    Undefined,
}

impl From<Interrupted> for Failed {
    fn from(_: Interrupted) -> Self {
        Self::Interrupted
    }
}

/// Baseline and best plan in the fresh futures.
struct Fresh {
    outcomes: Outcomes,
    /// Goal's measure of the baseline and of the best plan, by future.
    values: [Vec<f64>; 2],
}

fn answer(asked: &Asked, evaluator: &mut Evaluator, point: &Point) -> Result<Optimum, Failed> {
    let scenario = asked.run.scenario;
    let goal = asked.goal;
    let (evaluations, replications) = (evaluator.points().count() as u64, evaluator.lives);
    let best = evaluator.space.plan(point);
    let base = evaluator.space.base.clone();
    let outcomes = evaluator.outcomes(&[base.clone(), best.clone()], FRESH..FRESH + asked.replications)?;
    let values = [0, 1].map(|plan| measured(&outcomes, goal.measure.id, plan));
    let fresh = Fresh { outcomes, values };
    let influence = |plan: usize| goal.statistic.influence(&fresh.values[plan]);
    let (own, first) = influence(1).zip(influence(0)).ok_or(Failed::Undefined)?;
    let estimate = own.estimate().ok_or(Failed::Undefined)?;
    let baseline_estimate = first.estimate().ok_or(Failed::Undefined)?;
    let gain = own.minus(&first).ok_or(Failed::Undefined)?;
    let within = within(asked, &best, first.value);
    let (near_best, profile) = split_profile(evaluator, point, &fresh, within)?;
    let next = next(asked, evaluator, &best, &fresh)?;
    let net = next.as_ref().is_some_and(|next| next.net);
    let futures = few(asked.replications);
    let splits = |_: ()| beyond::frontier(evaluator, point, futures);
    let frontier = asked.frontier.then_some(()).map(splits).transpose()?;
    let budgets = |_: ()| beyond::response(evaluator, point, net, futures);
    let response = asked.response.then_some(()).map(budgets).transpose()?;
    Ok(Optimum {
        format: FORMAT,
        law: LAW,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: compare::scenario_facts(&asked.run, asked.replications, 0),
        objective: objective(goal),
        baseline: base.name.as_str().to_owned(),
        baseline_label: base.label.clone(),
        weeks: scenario.weeks,
        varied: varied(asked.decisions),
        best: told(scenario, &best),
        estimate: estimate.into(),
        baseline_estimate: baseline_estimate.into(),
        gain: Gain {
            value: gain.value,
            error: gain.error,
            low: gain.low(),
            high: gain.high(),
        },
        better_in: estimate::better_in(&fresh.values[1], &fresh.values[0], Better::More),
        near_best,
        profile,
        next,
        limited_by: Sides {
            demand: share(&fresh.outcomes, "weeks_limited_by_demand"),
            capacity: share(&fresh.outcomes, "weeks_limited_by_capacity"),
        },
        limits: shadows(evaluator, point, &fresh)?,
        cash: cash(asked, &fresh.outcomes),
        frontier,
        response,
        evaluations,
        replications,
    })
}

/// Loss that does not matter: 1 % of the best plan's annual budget, or of the baseline where the objective is no
/// money; a percentage point of a probability.
fn within(asked: &Asked, best: &Plan, baseline: f64) -> f64 {
    match asked.goal.statistic {
        Statistic::Reaches(_) => WITHIN,
        _ if asked.goal.measure.unit.key().starts_with("money") => {
            WITHIN * best.annual(&asked.run.scenario.budget)
        }
        _ => WITHIN * baseline.abs(),
    }
}

/// Futures of everything beside the two plans: an eighth, as `run` measures its steps.
fn few(replications: u64) -> u64 {
    steps::futures(replications).unwrap_or(replications)
}

fn first_of(values: &[f64], count: u64) -> &[f64] {
    values.get(..count as usize).unwrap_or(values)
}

fn split_profile(
    evaluator: &Evaluator,
    point: &Point,
    fresh: &Fresh,
    within: f64,
) -> Result<(Option<NearBest>, Vec<Share>), Failed> {
    if evaluator.space.phases() == 0 {
        return Ok((None, Vec::new()));
    }
    let futures = few(fresh.outcomes.replications as u64);
    let values = first_of(&fresh.values[1], futures);
    let profile = profile::profile(
        &evaluator.space,
        point,
        evaluator.goal,
        values,
        within,
        &mut |plans: &[Plan]| evaluator.outcomes(plans, FRESH..FRESH + futures),
    )?;
    Ok((profile.near_best(within), profile.shares))
}

/// What the next step from the best plan brings.
fn next(asked: &Asked, evaluator: &Evaluator, best: &Plan, fresh: &Fresh) -> Result<Option<Next>, Failed> {
    let mut scenario = asked.run.scenario.clone();
    let position = scenario.plans.len();
    scenario.plans.push(best.clone());
    let Some(steps) = Steps::from(&scenario, position) else {
        return Ok(None);
    };
    let run = Run {
        plans: steps.plans.clone(),
        seed: asked.run.seed,
        replications: FRESH..FRESH + few(fresh.outcomes.replications as u64),
        threads: asked.threads,
        weekly_replications: 0,
    };
    let lived = simulate(&steps.scenario, &run, evaluator.control)?;
    Ok(steps.next_by(&fresh.outcomes, 1, &lived.outcomes, asked.goal))
}

fn share(outcomes: &Outcomes, measure: &str) -> Uncertain {
    let mean = estimate::mean(&measured(outcomes, measure, 1));
    mean.unwrap_or(Estimate::new(0.0, 0.0)).into()
}

fn shadows(evaluator: &mut Evaluator, point: &Point, fresh: &Fresh) -> Result<Vec<Shadow>, Failed> {
    let steps = binds::steps(evaluator, point)?;
    let futures = few(fresh.outcomes.replications as u64);
    let plans: Vec<Plan> = steps.iter().map(|step| step.plan.clone()).collect();
    if plans.is_empty() {
        return Ok(Vec::new());
    }
    let lived = evaluator.outcomes(&plans, FRESH..FRESH + futures)?;
    let best = first_of(&fresh.values[1], futures);
    let (goal, decisions) = (evaluator.goal, evaluator.space.decisions);
    let found = steps.iter().enumerate().filter_map(|(at, step)| {
        let own = measured(&lived, goal.measure.id, at);
        let gain = crate::outcome::goal::gain(goal.statistic, &own, best)?;
        // A step that clearly loses shows that the limit is not what holds the best plan.
        let binds = gain.high() > 0.0 || step.limit == Limit::MostBudget;
        binds.then(|| binds::shadow(evaluator.space.scenario, decisions.budget, step, gain))
    });
    Ok(found.collect())
}

fn cash(asked: &Asked, outcomes: &Outcomes) -> Option<CashKept> {
    let floor = asked.decisions.cash?;
    let lowest = measured(outcomes, "cash_lowest", 1);
    let kept = keeping(floor, &lowest) * lowest.len() as f64;
    Some(CashKept {
        least: floor.least,
        probability: floor.probability,
        kept: estimate::share(kept, lowest.len())?.into(),
    })
}

pub(super) fn objective(goal: Goal) -> ObjectiveFacts {
    ObjectiveFacts {
        measure: goal.measure.id.to_owned(),
        label: goal.measure.label.to_owned(),
        unit: goal.unit().key().to_owned(),
        statistic: goal.statistic.key().to_owned(),
        tail: match goal.statistic {
            Statistic::Cvar(tail) => Some(tail),
            _ => None,
        },
        amount: match goal.statistic {
            Statistic::Reaches(amount) => Some(amount),
            _ => None,
        },
    }
}

fn varied(decisions: &Decisions) -> Vec<String> {
    let split = if decisions.phase_weeks.is_empty() {
        "split"
    } else {
        "phases"
    };
    let all = [
        (decisions.split, split),
        (decisions.channels, "channels"),
        (decisions.roles, "roles"),
        (decisions.budget, "budget"),
    ];
    let varies = all.into_iter().filter(|(varies, _)| *varies);
    varies.map(|(_, name)| name.to_owned()).collect()
}

/// A plan as it is told.
pub(super) fn told(scenario: &Scenario, plan: &Plan) -> Best {
    let channels = scenario.channels.iter().map(|channel| channel.name.to_string());
    let roles = scenario.roles.iter().map(|role| role.name.to_string());
    Best {
        phases: phases(plan, scenario.weeks),
        channels: channels.zip(plan.channels.iter().copied()).collect(),
        roles: roles.zip(plan.roles.iter().copied()).collect(),
        budget_factor: plan.budget_factor,
    }
}

/// Futures of the search and of the estimates never meet.
const _: () = assert!(SEARCH > FRESH + 100_000_000);
