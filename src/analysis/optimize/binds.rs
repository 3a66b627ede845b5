//! Limits that bind, and what loosening them is worth.
//!
//! A limit binds where a step from the best plan breaks it alone; its price is what the most promising such step
//! brings per unit by which it breaks it. The step is chosen in the futures of the search and measured in fresh ones.

use super::evaluate::Evaluator;
use super::found::Shadow;
use super::limits::Limit;
use super::space::{Point, Space};
use crate::analysis::findings::Uncertain;
use crate::engine::simulate::Interrupted;
use crate::model::scenario::{Plan, Scenario};
use crate::outcome::estimate::Estimate;
use crate::units::time::WEEKS_PER_YEAR;
use crate::units::unit::Unit;
use std::collections::BTreeMap;

/// Percents of a step.
const MESH: u32 = 5;
/// Futures of the search in which steps are chosen.
const FUTURES: u64 = 256;

/// A step that breaks one limit.
#[derive(Debug, Clone)]
pub(super) struct Loosened {
    pub(super) limit: Limit,
    /// By how much, in the unit of the limit.
    pub(super) by: f64,
    pub(super) plan: Plan,
}

/// The most promising step across every limit that binds at `point`, and 5 % more budget.
pub(super) fn steps(evaluator: &mut Evaluator, point: &Point) -> Result<Vec<Loosened>, Interrupted> {
    let step = evaluator.space.decisions.step;
    let mesh = MESH.div_ceil(step) * step;
    let mut across: BTreeMap<Limit, Vec<(Point, f64)>> = BTreeMap::new();
    for near in evaluator.space.around(point, mesh) {
        if let [only] = evaluator.space.breaches(&near).as_slice() {
            across.entry(only.limit).or_default().push((near, only.by));
        }
    }
    let mut found = Vec::new();
    for (limit, steps) in across {
        let points: Vec<Point> = steps.iter().map(|(near, _)| near.clone()).collect();
        evaluator.live(&points, FUTURES)?;
        let goal = |near: &Point| evaluator.merit(near, FUTURES).goal;
        let best = steps.into_iter().max_by(|a, b| goal(&a.0).total_cmp(&goal(&b.0)));
        if let Some((near, by)) = best {
            let plan = evaluator.space.plan(&near);
            found.push(Loosened { limit, by, plan });
        }
    }
    if !evaluator.space.decisions.budget {
        found.push(more_budget(&evaluator.space, point));
    }
    Ok(found)
}

/// The same plan with 5 % more money.
fn more_budget(space: &Space, point: &Point) -> Loosened {
    let plan = space.plan(point);
    let more = f64::from(MESH) / 100.0;
    Loosened {
        limit: Limit::MostBudget,
        by: more * plan.annual(&space.scenario.budget),
        plan: Plan {
            budget_factor: plan.budget_factor * (1.0 + more),
            ..plan
        },
    }
}

/// The price of a limit from what its step gains.
pub(super) fn shadow(scenario: &Scenario, varies_budget: bool, step: &Loosened, gain: Estimate) -> Shadow {
    let years = f64::from(scenario.weeks) / WEEKS_PER_YEAR;
    let channel = |at: usize| {
        scenario
            .channels
            .get(at)
            .map_or("", |channel| channel.name.as_str())
    };
    let role = |at: usize| scenario.roles.get(at).map_or("", |role| role.name.as_str());
    let (name, item, unit) = match step.limit {
        Limit::LeastShare => ("least_share", "", Unit::Share),
        Limit::MostShare => ("most_share", "", Unit::Share),
        Limit::LeastBudget => ("least_budget", "", Unit::Share),
        Limit::MostBudget if varies_budget => ("most_budget", "", Unit::Share),
        Limit::MostBudget => ("budget", "", Unit::MoneyPerYear),
        Limit::LeastSpend(at) => ("least_spend", channel(at), Unit::MoneyPerYear),
        Limit::MostSpend(at) => ("most_spend", channel(at), Unit::MoneyPerYear),
        Limit::Change => ("most_change", "", Unit::Share),
        Limit::Heads(at) => ("most_heads", role(at), Unit::Heads),
    };
    let per = match unit {
        Unit::Share => step.by * 100.0,
        Unit::MoneyPerYear => step.by * years,
        _ => step.by,
    };
    Shadow {
        limit: name.to_owned(),
        item: item.to_owned(),
        price: Uncertain {
            value: gain.value / per,
            error: gain.error / per,
        },
        step: step.by,
        unit: unit.key().to_owned(),
    }
}
