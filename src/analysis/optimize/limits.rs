//! The limits of a search: which of them a plan breaks, by how much, and how each is called.

use super::space::{Point, Space};
use crate::model::schedule::share_in;
use crate::model::staffing;

/// Rounding that breaks no limit.
const SLACK: f64 = 1e-9;

/// A limit that a plan may break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// Least marketing share.
    LeastShare,
    /// Greatest marketing share.
    MostShare,
    /// Least budget.
    LeastBudget,
    /// Greatest budget.
    MostBudget,
    /// Least money of a channel, by position.
    LeastSpend(usize),
    /// Most money of a channel, by position.
    MostSpend(usize),
    /// Greatest change from phase to phase.
    Change,
    /// Most heads of a role, by position.
    Heads(usize),
}

/// A limit that a plan breaks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Breach {
    /// Which.
    pub limit: Limit,
    /// By how much, in the unit of the limit.
    pub by: f64,
    /// The same as a share of what the limit is measured against.
    pub part: f64,
}

/// The limits that a point breaks, those of cash left out.
pub(super) fn breaches(space: &Space, point: &Point) -> Vec<Breach> {
    let mut found = Vec::new();
    let mut hold = |limit, by: f64, size: f64| {
        if by > SLACK * size.abs().max(1e-300) {
            let part = by / size.abs().max(1e-300);
            found.push(Breach { limit, by, part });
        }
    };
    let decisions = space.decisions;
    let plan = space.plan(point);
    let shares: Vec<f64> = plan.phases.iter().map(|phase| phase.marketing_share).collect();
    if decisions.split {
        let range = decisions.marketing_share;
        for share in &shares {
            hold(Limit::LeastShare, range.low - share, 1.0);
            hold(Limit::MostShare, share - range.high, 1.0);
        }
        if let Some(most) = decisions.most_change {
            let mut before = share_in(space.base, 1);
            for share in &shares {
                hold(Limit::Change, (share - before).abs() - most, 1.0);
                before = *share;
            }
        }
    }
    if decisions.budget {
        let range = decisions.budget_factor;
        hold(Limit::LeastBudget, range.low - plan.budget_factor, 1.0);
        hold(Limit::MostBudget, plan.budget_factor - range.high, 1.0);
    }
    let budget = &space.scenario.budget;
    let annual = plan.annual(budget);
    let mut heads = Vec::new();
    for share in &shares {
        for (channel, range) in decisions.spend.iter().enumerate() {
            let spend = annual * share * (1.0 - budget.marketing_overhead) * plan.channels[channel];
            hold(Limit::LeastSpend(channel), range.low - spend, annual);
            hold(Limit::MostSpend(channel), spend - range.high, annual);
        }
        staffing::target_heads(space.scenario, &plan, *share, &mut heads);
        for (role, most) in decisions.most_heads.iter().enumerate() {
            if let Some(most) = most {
                hold(Limit::Heads(role), heads[role] - most, most.max(1.0));
            }
        }
    }
    worst(found)
}

/// The worst breach of every limit.
fn worst(found: Vec<Breach>) -> Vec<Breach> {
    let mut kept: Vec<Breach> = Vec::new();
    for breach in found {
        match kept.iter_mut().find(|other| other.limit == breach.limit) {
            Some(other) if other.by < breach.by => *other = breach,
            Some(_) => {}
            None => kept.push(breach),
        }
    }
    kept
}
