//! Elasticities that the scenario implies: percent change of wins or of value won per percent of money of a side.
//!
//! Central differences of one percent on the expected week. Short run: from today's pools. Long run: where the
//! first plan's last phase settles.

use super::inverted::sources_today;
use crate::model::company::Company;
use crate::model::customers::CustomerBook;
use crate::model::expected::{ExpectedWeek, Pressure};
use crate::model::scenario::Scenario;
use crate::model::steady;

/// Share by which money is moved up and down.
const STEP: f64 = 0.01;

/// A side of the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Money {
    /// Spend of every channel.
    Marketing,
    /// Heads of every role.
    Sales,
}

/// Elasticities of wins and of value won; `None` where nothing is won or nothing settles.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Elasticity {
    pub(super) wins: Option<f64>,
    pub(super) value: Option<f64>,
}

/// Without feedback of pools: the answer within weeks.
pub(super) fn short_run(scenario: &Scenario, company: &Company, side: Money) -> Elasticity {
    let pressure = Pressure::today(scenario, company);
    let sources = sources_today(company);
    difference(&pressure, side, |pressure| {
        let week = ExpectedWeek::new(scenario, company, pressure);
        let flows = week.flows(&sources, company.learned_today);
        let mut won = (0.0, 0.0);
        for (flows, law) in flows.iter().zip(&company.segments) {
            let wins = flows.wins + flows.self_serve_wins;
            won.0 += wins;
            won.1 += wins * CustomerBook::value_of_a_win(law);
        }
        Some(won)
    })
}

/// With everything in balance again: the answer after years.
pub(super) fn long_run(scenario: &Scenario, company: &Company, side: Money) -> Elasticity {
    let Some(plan) = scenario.plans.first() else {
        return Elasticity::default();
    };
    let share = plan.phases.last().map_or(0.0, |phase| phase.marketing_share);
    let pressure = Pressure::unrounded(scenario, company, plan, share);
    difference(&pressure, side, |pressure| {
        let steady = steady::settle(scenario, company, pressure);
        steady.settles.then(|| (steady.wins(), steady.value_won(company)))
    })
}

fn difference(pressure: &Pressure, side: Money, won: impl Fn(Pressure) -> Option<(f64, f64)>) -> Elasticity {
    let moved = |by: f64| match side {
        Money::Marketing => pressure.times(by, 1.0),
        Money::Sales => pressure.times(1.0, by),
    };
    let (Some(less), Some(more)) = (won(moved(1.0 - STEP)), won(moved(1.0 + STEP))) else {
        return Elasticity::default();
    };
    let percent = libm::log((1.0 + STEP) / (1.0 - STEP));
    let of = |less: f64, more: f64| (less > 0.0 && more > 0.0).then(|| libm::log(more / less) / percent);
    Elasticity {
        wins: of(less.0, more.0),
        value: of(less.1, more.1),
    }
}
