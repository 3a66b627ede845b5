//! Candidates: splits as plans of their own, with the mixes of a plan of the scenario.

use crate::model::name::Name;
use crate::model::scenario::{Phase, Plan, Scenario};
use crate::units::format;

/// Shares nearer than this are one.
const SAME: f64 = 1e-9;

/// A constant split and the plan that has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// Marketing share, 0 to 1.
    pub share: f64,
    /// Position of the plan in the scenario.
    pub plan: usize,
}

/// The constant split of a plan; `None` where it changes over time.
pub fn constant(plan: &Plan) -> Option<f64> {
    let first = plan.phases.first()?.marketing_share;
    let is_same = |phase: &Phase| (phase.marketing_share - first).abs() < SAME;
    plan.phases.iter().all(is_same).then_some(first)
}

/// Appends a plan for every share to the scenario, with the mixes of the plan at `base`; where that plan has the split
/// itself it stands for it. Shares are given ascending and come back so.
///
/// Plans are appended, so the first plan of the scenario stays what today's state is read from.
pub fn splits(scenario: &mut Scenario, base: usize, shares: &[f64]) -> Vec<Split> {
    let Some(plan) = scenario.plans.get(base).cloned() else {
        return Vec::new();
    };
    let own = constant(&plan);
    let mut splits = Vec::with_capacity(shares.len());
    for &share in shares {
        if own.is_some_and(|own| (own - share).abs() < SAME) {
            splits.push(Split { share, plan: base });
            continue;
        }
        let label = format!("{}\u{202f}% marketing", percent(share));
        splits.push(Split {
            share,
            plan: scenario.plans.len(),
        });
        let candidate = Plan {
            name: fresh_name(scenario, share),
            label,
            phases: vec![Phase {
                weeks: None,
                marketing_share: share,
            }],
            ..plan.clone()
        };
        scenario.plans.push(candidate);
    }
    splits
}

/// `20`, `12.5`: a share in percent.
pub fn percent(share: f64) -> String {
    format::machine((share * 1e8).round() / 1e6)
}

/// `marketing-20`, with a stroke more for every plan that is called so already.
fn fresh_name(scenario: &Scenario, share: f64) -> Name {
    let mut name = format!("marketing-{}", percent(share));
    while scenario.plans.iter().any(|plan| plan.name.as_str() == name) {
        name.push('\'');
    }
    Name::new(&name)
}
