//! What a search found: the waist below words, `optimum.json` (format 1) and charts.

use crate::analysis::findings::{Next, PhaseFacts, ScenarioFacts, Uncertain};
use crate::units::unit::Unit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of `optimum.json`.
pub const FORMAT: u32 = 1;

/// The best plan found, and how sure that is. Every estimate comes from futures that the search never lived.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Optimum {
    /// Version of this format.
    pub format: u32,
    /// Version of the law.
    pub law: u32,
    /// Version of gtm-sim.
    pub version: String,
    /// What was searched; `replications` are the futures of the estimates.
    pub scenario: ScenarioFacts,
    /// What is large in the best plan.
    pub objective: ObjectiveFacts,
    /// Key of the plan that gains are told against.
    pub baseline: String,
    /// Its name for people.
    pub baseline_label: String,
    /// Horizon, weeks.
    pub weeks: u32,
    /// What varied: `split`, `phases`, `channels`, `roles`, `budget`.
    pub varied: Vec<String>,
    /// The best plan.
    pub best: Best,
    /// The objective of the best plan.
    pub estimate: Uncertain,
    /// The objective of the baseline.
    pub baseline_estimate: Uncertain,
    /// Best less baseline, in the same futures.
    pub gain: Gain,
    /// Share of futures in which the best plan is better by the measure; ties split evenly.
    pub better_in: f64,
    /// Marketing shares that lose less than does not matter; `None` where the split does not vary.
    pub near_best: Option<NearBest>,
    /// What other splits lose against the best, mixes and budget as in it.
    pub profile: Vec<Share>,
    /// What the next step from the best plan brings per unit of money, up and down.
    pub next: Option<Next>,
    /// Share of weeks of the best plan that each side limits.
    pub limited_by: Sides,
    /// Limits that bind, and what loosening them is worth; the budget always.
    pub limits: Vec<Shadow>,
    /// Cash as it is kept, where a limit asks for it.
    pub cash: Option<CashKept>,
    /// Mean against bad futures over splits, where asked for.
    pub frontier: Option<Vec<FrontierPoint>>,
    /// The objective against the total budget, where asked for.
    pub response: Option<Response>,
    /// Plans that the search lived.
    pub evaluations: u64,
    /// Futures that the search lived, all plans together.
    pub replications: u64,
}

/// What a search makes large.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ObjectiveFacts {
    /// Key of the measure.
    pub measure: String,
    /// Its name for people.
    pub label: String,
    /// Unit key of the statistic.
    pub unit: String,
    /// `mean`, `median`, `p10`, `cvar` or `target`.
    pub statistic: String,
    /// Share of the worst futures, of `cvar`.
    pub tail: Option<f64>,
    /// Amount to be reached, of `target`.
    pub amount: Option<f64>,
}

/// The best plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Best {
    /// The split, phase by phase.
    pub phases: Vec<PhaseFacts>,
    /// Share of the channel money by channel.
    pub channels: BTreeMap<String, f64>,
    /// Share of the sales money by role.
    pub roles: BTreeMap<String, f64>,
    /// Budget as a factor on the annual one.
    pub budget_factor: f64,
}

/// A gain with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Gain {
    /// Estimate.
    pub value: f64,
    /// Standard error.
    pub error: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Marketing shares that are nearly as good as the best.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NearBest {
    /// Lowest.
    pub low: f64,
    /// Highest.
    pub high: f64,
    /// What a plan within may lose: 1 % of the annual budget, or of the objective where it is no money.
    pub within: f64,
}

/// A split and what it loses.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Mean marketing share over the horizon.
    pub marketing_share: f64,
    /// Percentage points by which every phase was moved.
    pub moved: i64,
    /// Objective of the best less that of this split.
    pub loss: Uncertain,
}

/// Mean share of weeks limited by each side.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Sides {
    /// Over 10 % of the hours idle.
    pub demand: Uncertain,
    /// Leads wait or opportunities stall at the end of the week.
    pub capacity: Uncertain,
}

/// A limit that binds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shadow {
    /// Its key in `[optimize]`, or `budget`: the money itself.
    pub limit: String,
    /// Key of the channel or role; empty for the others.
    pub item: String,
    /// Change of the objective per unit by which the limit is loosened: money a year of horizon, a head, a
    /// percentage point.
    pub price: Uncertain,
    /// By how much it was loosened to see that.
    pub step: f64,
    /// Unit key of the step.
    pub unit: String,
}

/// Cash as the best plan keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CashKept {
    /// Least cash.
    pub least: f64,
    /// Share of futures asked for.
    pub probability: f64,
    /// Share of futures that keep it.
    pub kept: Uncertain,
}

impl ObjectiveFacts {
    /// The unit; a plain number where the key is unknown.
    pub fn unit(&self) -> Unit {
        crate::analysis::findings::unit_of(&self.unit)
    }
}

/// A split, its mean and its bad futures.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FrontierPoint {
    /// Mean marketing share over the horizon.
    pub marketing_share: f64,
    /// Mean of the measure.
    pub mean: Uncertain,
    /// Its P10.
    pub p10: Uncertain,
    /// Mean of its worst tenth.
    pub cvar: Uncertain,
    /// No other split has both a higher mean and a higher P10.
    pub efficient: bool,
}

/// The objective against the total budget.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The objective over splits for 80, 100 and 120 % of the best plan's budget.
    pub curves: Vec<ResponsePoint>,
    /// The best split of budgets from half to double.
    pub budgets: Vec<Budgets>,
    /// Where another unit of money stops paying back; `None` if it pays back up to double the budget.
    pub pays_back: Option<PaysBack>,
}

/// A budget, a split and the objective.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ResponsePoint {
    /// Factor on the annual budget.
    pub budget_factor: f64,
    /// Mean marketing share over the horizon.
    pub marketing_share: f64,
    /// The objective.
    pub estimate: Uncertain,
}

/// The best split of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Budgets {
    /// Money a year.
    pub annual: f64,
    /// The best split and its objective.
    pub best: ResponsePoint,
    /// Change of the objective per unit of money from here to the next budget; `None` at the last.
    pub next: Option<Uncertain>,
}

/// Where another unit of money stops paying back.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PaysBack {
    /// Money a year beyond which another unit returns less than itself; the least budget tried if it does from there.
    pub annual: f64,
    /// Whether that shows beyond the noise in some stretch above.
    pub clear: bool,
}
