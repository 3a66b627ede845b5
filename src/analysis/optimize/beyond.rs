//! Beyond the best plan: the best split and its outcome for other budgets, and mean against bad futures over splits.

use super::evaluate::{Evaluator, FRESH, measured};
use super::found::{Budgets, FrontierPoint, PaysBack, Response, ResponsePoint};
use super::space::Point;
use crate::analysis::findings::Uncertain;
use crate::engine::simulate::Interrupted;
use crate::model::scenario::Plan;
use crate::outcome::estimate::Estimate;
use crate::outcome::goal::{Goal, Statistic, gain};
use crate::units::time::WEEKS_PER_YEAR;
use crate::units::unit::Unit;

/// Budgets for which the best split is sought, percent of the best plan's.
const BUDGETS: [u32; 7] = [50, 70, 85, 100, 120, 150, 200];
/// Budgets whose curves over splits are told.
const CURVES: [u32; 3] = [80, 100, 120];
/// Percentage points between the splits of curves and frontier.
const GRID: usize = 5;
/// Meshes by which the best split of a budget is refined, percentage points.
const MESHES: [i64; 3] = [5, 2, 1];
/// Futures of the search for each of these splits: coarse and fine.
const FUTURES: (u64, u64) = (128, 256);

/// Splits from bound to bound, the best one among them.
fn splits(evaluator: &Evaluator, point: &Point) -> Vec<Point> {
    let (low, high) = evaluator.space.share_bounds();
    let mut shares: Vec<i64> = (low..=high).step_by(GRID).map(i64::from).collect();
    let own = point.shares.first().copied().map_or(0, i64::from);
    shares.push(own);
    shares.sort_unstable();
    shares.dedup();
    shares
        .into_iter()
        .map(|share| evaluator.space.shifted(point, share - own))
        .collect()
}

/// A plan with another budget.
fn with_budget(evaluator: &Evaluator, point: &Point, percent: u32) -> Plan {
    let plan = evaluator.space.plan(point);
    Plan {
        budget_factor: plan.budget_factor * f64::from(percent) / 100.0,
        ..plan
    }
}

fn mean_share(plan: &Plan, weeks: u32) -> f64 {
    let phases = crate::analysis::compare::phases(plan, weeks);
    let weighted = phases
        .iter()
        .map(|phase| phase.marketing_share * f64::from(phase.weeks));
    weighted.sum::<f64>() / f64::from(weeks)
}

/// Mean against P10 and the mean of the worst tenth, over splits in `futures` fresh futures; mixes and budget as in the
/// best plan.
pub(super) fn frontier(
    evaluator: &Evaluator,
    point: &Point,
    futures: u64,
) -> Result<Vec<FrontierPoint>, Interrupted> {
    let plans: Vec<Plan> = splits(evaluator, point)
        .iter()
        .map(|point| evaluator.space.plan(point))
        .collect();
    let lived = evaluator.outcomes(&plans, FRESH..FRESH + futures)?;
    let weeks = evaluator.space.scenario.weeks;
    let mut found: Vec<FrontierPoint> = plans
        .iter()
        .enumerate()
        .filter_map(|(at, plan)| {
            let values = measured(&lived, evaluator.goal.measure.id, at);
            let of = |statistic: Statistic| -> Option<Uncertain> {
                Some(statistic.influence(&values)?.estimate()?.into())
            };
            Some(FrontierPoint {
                marketing_share: mean_share(plan, weeks),
                mean: of(Statistic::Mean)?,
                p10: of(Statistic::P10)?,
                cvar: of(Statistic::Cvar(0.1))?,
                efficient: true,
            })
        })
        .collect();
    let all = found.clone();
    for point in &mut found {
        point.efficient = !all.iter().any(|other| dominates(other, point));
    }
    Ok(found)
}

/// Whether `other` is at least as good in mean and P10, and better in one.
fn dominates(other: &FrontierPoint, point: &FrontierPoint) -> bool {
    let (mean, p10) = (
        other.mean.value - point.mean.value,
        other.p10.value - point.p10.value,
    );
    mean >= 0.0 && p10 >= 0.0 && mean + p10 > 0.0
}

/// Value against split for three budgets, the best split of seven, and where another unit of money stops paying back.
pub(super) fn response(
    evaluator: &Evaluator,
    point: &Point,
    net: bool,
    futures: u64,
) -> Result<Response, Interrupted> {
    let mut curves = Vec::new();
    for percent in CURVES {
        let points = splits(evaluator, point);
        let plans: Vec<Plan> = points
            .iter()
            .map(|point| with_budget(evaluator, point, percent))
            .collect();
        let lived = evaluator.outcomes(&plans, FRESH..FRESH + futures)?;
        for (at, plan) in plans.iter().enumerate() {
            let values = measured(&lived, evaluator.goal.measure.id, at);
            curves.extend(told(evaluator, plan, &values));
        }
    }
    let mut best: Vec<Plan> = Vec::new();
    for percent in BUDGETS {
        best.push(best_split(evaluator, point, percent)?);
    }
    let lived = evaluator.outcomes(&best, FRESH..FRESH + futures)?;
    let values: Vec<Vec<f64>> = (0..best.len())
        .map(|at| measured(&lived, evaluator.goal.measure.id, at))
        .collect();
    let budgets = budgets(evaluator, &best, &values);
    let pays_back = even(evaluator.goal, net).and_then(|even| pays_back(&budgets, even));
    Ok(Response {
        curves,
        budgets,
        pays_back,
    })
}

fn told(evaluator: &Evaluator, plan: &Plan, values: &[f64]) -> Option<ResponsePoint> {
    Some(ResponsePoint {
        budget_factor: plan.budget_factor,
        marketing_share: mean_share(plan, evaluator.space.scenario.weeks),
        estimate: evaluator.goal.statistic.influence(values)?.estimate()?.into(),
    })
}

/// The best split of a budget by the futures of the search: coarse, then around the best.
fn best_split(evaluator: &Evaluator, point: &Point, percent: u32) -> Result<Plan, Interrupted> {
    let coarse: Vec<Point> = splits(evaluator, point).into_iter().step_by(2).collect();
    let mut best = highest(evaluator, &coarse, percent, FUTURES.0)?.unwrap_or_else(|| point.clone());
    for mesh in MESHES {
        let near = [-mesh, 0, mesh].map(|by| evaluator.space.shifted(&best, by));
        best = highest(evaluator, &near, percent, FUTURES.1)?.unwrap_or(best);
    }
    Ok(with_budget(evaluator, &best, percent))
}

fn highest(
    evaluator: &Evaluator,
    points: &[Point],
    percent: u32,
    futures: u64,
) -> Result<Option<Point>, Interrupted> {
    let plans: Vec<Plan> = points
        .iter()
        .map(|point| with_budget(evaluator, point, percent))
        .collect();
    let first = super::evaluate::SEARCH;
    let lived = evaluator.outcomes(&plans, first..first + futures)?;
    let value = |at: usize| {
        let values = measured(&lived, evaluator.goal.measure.id, at);
        let statistic = evaluator.goal.statistic.influence(&values);
        statistic.map_or(f64::NEG_INFINITY, |statistic| statistic.value)
    };
    let best = (0..points.len()).max_by(|a, b| value(*a).total_cmp(&value(*b)).then(b.cmp(a)));
    Ok(best.and_then(|best| points.get(best).cloned()))
}

/// The best split of every budget, with what each unit of money up to the next budget brings.
fn budgets(evaluator: &Evaluator, plans: &[Plan], values: &[Vec<f64>]) -> Vec<Budgets> {
    let scenario = evaluator.space.scenario;
    let years = f64::from(scenario.weeks) / WEEKS_PER_YEAR;
    let annual = |at: usize| {
        plans
            .get(at)
            .map_or(f64::NAN, |plan| plan.annual(&scenario.budget))
    };
    let slope = |at: usize| -> Option<Uncertain> {
        let gained: Estimate = gain(evaluator.goal.statistic, values.get(at + 1)?, values.get(at)?)?;
        let money = (annual(at + 1) - annual(at)) * years;
        (money > 0.0).then(|| Uncertain {
            value: gained.value / money,
            error: gained.error / money,
        })
    };
    let all = plans.iter().zip(values).enumerate();
    all.filter_map(|(at, (plan, values))| {
        Some(Budgets {
            annual: annual(at),
            best: told(evaluator, plan, values)?,
            next: slope(at),
        })
    })
    .collect()
}

/// What a unit of money that just pays back brings; `None` where the objective is no money.
fn even(goal: Goal, net: bool) -> Option<f64> {
    let is_money = goal.unit() == Unit::Money;
    is_money.then_some(if net { 0.0 } else { 1.0 })
}

/// The first stretch of budgets over which another unit of money brings less than `even`, clearly or not.
fn pays_back(budgets: &[Budgets], even: f64) -> Option<PaysBack> {
    let middle = |at: usize| Some(0.5 * (budgets.get(at)?.annual + budgets.get(at + 1)?.annual));
    let slope = |at: usize| budgets.get(at)?.next;
    let last = budgets.len().checked_sub(2)?;
    let below = (0..=last).find(|at| slope(*at).is_some_and(|slope| slope.value < even))?;
    let clear = |at: usize| {
        slope(at).is_some_and(|slope| {
            let estimate = Estimate::new(slope.value, slope.error).simultaneous(last + 1);
            estimate.high() < even
        })
    };
    let annual = match below.checked_sub(1) {
        None => budgets.first()?.annual,
        Some(before) => {
            let (from, to) = (slope(before)?.value - even, slope(below)?.value - even);
            let (left, right) = (middle(before)?, middle(below)?);
            left + (right - left) * from / (from - to)
        }
    };
    Some(PaysBack {
        annual,
        clear: clear(below) || (below..=last).any(clear),
    })
}
