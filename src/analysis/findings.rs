//! Everything that a table, a chart, a file or a slide may say about a run: the waist below all documents.
//!
//! It serialises to `results.json` (format 1). Shapes: one `PlanFindings` per plan in the order of the file,
//! one `Summary` per measure. Errors are standard errors; `None` is undefined, never NaN.

use super::sweep::Sweep;
use crate::units::unit::Unit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use crate::outcome::series::{Band, SeriesFacts, Weekly};

/// The result of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// Version of this format.
    pub format: u32,
    /// Version of the law.
    pub law: u32,
    /// Version of gtm-sim.
    pub version: String,
    /// What was run.
    pub scenario: ScenarioFacts,
    /// What was measured, in order.
    pub measures: Vec<MeasureFacts>,
    /// What came out, plan by plan in the order of the file.
    pub plans: Vec<PlanFindings>,
    /// Paired comparison with the first plan; `None` with one plan.
    pub comparison: Option<Comparison>,
    /// What a little more or less of everything brings to the first plan; `None` where it was not measured.
    pub next: Option<Next>,
    /// The objective against the split; `None` where splits were not tried.
    #[serde(default)]
    pub sweep: Option<Sweep>,
    /// Things the reader must know, such as draws that had to be moved.
    pub warnings: Vec<String>,
    /// SHA-256 of the other files of the folder by relative path, filled in when they are written.
    pub files: BTreeMap<String, String>,
    /// Weekly series; written to `weekly.csv`, not to JSON.
    #[serde(skip)]
    pub weekly: Weekly,
}

/// What was run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScenarioFacts {
    /// Name of the scenario.
    pub name: String,
    /// The question it answers.
    pub question: String,
    /// File name without folders.
    pub file: String,
    /// Hash of the canonical scenario (hex); its first 8 digits are the assumptions hash of charts.
    pub sha256: String,
    /// Settings laid over the file, `KEY=VALUE`, in their order.
    #[serde(default)]
    pub settings: Vec<String>,
    /// Seed.
    pub seed: u64,
    /// Futures lived.
    pub replications: u64,
    /// Futures behind the weekly bands.
    pub weekly_replications: u64,
    /// Horizon, weeks.
    pub weeks: u32,
    /// Weeks lived after the horizon for `value`.
    pub tail_weeks: u32,
    /// First day, such as `4 Jan 2027`.
    pub start: String,
    /// ISO code of the currency.
    pub currency: String,
    /// Identifier of the measure that plans are judged by.
    pub objective: String,
    /// What is to be reached, if told.
    pub target: Option<TargetFacts>,
}

/// A target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TargetFacts {
    /// Identifier of the measure.
    pub measure: String,
    /// Amount to be reached.
    pub amount: f64,
}

/// A measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasureFacts {
    /// Key in JSON, CSV and options.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Unit key (`units::unit::Unit::key`).
    pub unit: String,
    /// `more`, `less` or `neither`.
    pub better: String,
    /// What it means.
    pub about: String,
}

/// What came out of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanFindings {
    /// Key in the file.
    pub name: String,
    /// Name for people.
    pub label: String,
    /// Money-weighted mean marketing share over the horizon.
    pub marketing_share: f64,
    /// The split phase by phase.
    pub phases: Vec<PhaseFacts>,
    /// By measure identifier, in the order of `Findings::measures`.
    #[serde(with = "ordered")]
    pub measures: Vec<(String, Summary)>,
    /// Mean share of weeks limited by each side.
    pub limited_by: Limits,
    /// Share of futures that reach the target, if there is one.
    pub target_reached: Option<Uncertain>,
    /// Share of futures in which this plan is the best by the objective; ties split evenly.
    pub best_in: f64,
    /// Stages from aware to repeat.
    pub journey: Vec<Stage>,
    /// What can be said of it.
    pub sentences: Vec<String>,
}

/// A phase of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PhaseFacts {
    /// Weeks of the horizon.
    pub weeks: u32,
    /// Marketing share.
    pub marketing_share: f64,
}

/// Mean share of weeks limited by demand and by capacity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Over 10 % of the hours idle.
    pub demand: f64,
    /// Leads wait or opportunities stall at the end of the week.
    pub capacity: f64,
}

/// A number with its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Uncertain {
    /// Estimate.
    pub value: f64,
    /// Standard error.
    pub error: f64,
}

/// Distribution of a measure over the futures of a plan.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Mean (ratios: ratio of means).
    pub mean: Option<f64>,
    /// Its standard error.
    pub mean_error: Option<f64>,
    /// Standard deviation over futures.
    pub sd: Option<f64>,
    /// 5 % quantile.
    pub p05: Option<f64>,
    /// 10 % quantile.
    pub p10: Option<f64>,
    /// 25 % quantile.
    pub p25: Option<f64>,
    /// Median.
    pub p50: Option<f64>,
    /// 75 % quantile.
    pub p75: Option<f64>,
    /// 90 % quantile.
    pub p90: Option<f64>,
    /// 95 % quantile.
    pub p95: Option<f64>,
    /// Standard errors of the quantiles, by their names.
    pub errors: BTreeMap<String, f64>,
    /// Futures in which the measure is undefined.
    pub undefined_in: u64,
    /// Histogram over the defined futures.
    pub histogram: Histogram,
    /// Quantile dots.
    pub dots: Dots,
}

/// Counts between edges; one edge more than counts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Histogram {
    /// Ascending edges.
    pub edges: Vec<f64>,
    /// Futures between two edges, the last bin closed.
    pub counts: Vec<u64>,
}

/// Quantiles at (i − 1/2)/n for dot plots, ascending.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Dots {
    /// Twenty.
    #[serde(rename = "20")]
    pub twenty: Vec<f64>,
    /// Fifty.
    #[serde(rename = "50")]
    pub fifty: Vec<f64>,
}

/// Paired comparison of every plan with the first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Name of the first plan.
    pub baseline: String,
    /// Measure compared.
    pub measure: String,
    /// Loss of the objective that does not matter: 1 % of the annual budget.
    pub within: f64,
    /// The plan that is clearly best (charts 1.4), if any.
    pub recommended: Option<String>,
    /// Every plan but the first.
    pub plans: Vec<Difference>,
    /// Every pair of plans (first minus second in file order: `name` minus `than`).
    pub pairs: Vec<Pair>,
    /// Unknowns at whose ends the plan with the best mean does worst against another, the worst first; ten at most.
    pub hinges: Vec<Hinge>,
    /// Ends of unknowns looked at; intervals at the ends are simultaneous over them.
    pub ends_looked_at: u64,
}

/// How a difference of two plans changes with an unknown number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hinge {
    /// Path of the unknown.
    pub unknown: String,
    /// Its unit key.
    pub unit: String,
    /// The plan with the best mean.
    pub plan: String,
    /// The plan it is held against.
    pub than: String,
    /// The unknown is below this in the lowest fifth of futures.
    pub below: f64,
    /// And above this in the highest fifth.
    pub above: f64,
    /// Gain of `plan` over `than` in the lowest fifth; above 0 is better, whatever the objective.
    pub at_low: Uncertain,
    /// The same in the highest fifth.
    pub at_high: Uncertain,
}

/// What the next unit of money brings to a plan, by where it goes; measured in the same futures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Next {
    /// The plan that the steps start from.
    pub plan: String,
    /// The measure whose change is told.
    pub measure: String,
    /// Futures in which the steps were lived.
    pub replications: u64,
    /// Whether the money itself is taken off: 0 = it just pays back.
    pub net: bool,
    /// 5 % more of `marketing` and of `sales`.
    pub sides: BTreeMap<String, NextStep>,
    /// 5 % more of a channel, by its key.
    pub channels: BTreeMap<String, NextStep>,
    /// One head more of a role, by its key.
    pub roles: BTreeMap<String, NextStep>,
}

/// A step up, and the same step down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NextStep {
    /// Name for people.
    pub label: String,
    /// Change of the measure per unit of money added.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// Money a year that the step adds.
    pub step: f64,
    /// Change of the measure per unit of money saved by the same step down; `None` where there is nothing to take.
    pub less: Option<Uncertain>,
}

/// A plan minus the baseline in the same futures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The plan.
    pub name: String,
    /// Mean paired difference of the objective.
    pub difference: f64,
    /// Its standard error.
    pub difference_error: f64,
    /// Share of futures in which the plan is better; ties split evenly.
    pub better_in: f64,
    /// Share of futures in which it is the best of all plans.
    pub best_in: f64,
    /// Distribution of the paired difference.
    pub summary: Summary,
    /// Mean paired difference of other measures, by identifier.
    pub others: BTreeMap<String, Uncertain>,
}

/// Paired difference of two plans with its simultaneous interval over all pairs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The plan.
    pub name: String,
    /// The plan it is held against.
    pub than: String,
    /// Mean paired difference.
    pub difference: f64,
    /// Its standard error.
    pub error: f64,
    /// Simultaneous 95 % interval, lower end.
    pub low: f64,
    /// Simultaneous 95 % interval, upper end.
    pub high: f64,
    /// Futures behind it where they are more than those of the run.
    #[serde(default)]
    pub replications: Option<u64>,
}

/// A stage of the journey, means per future over the horizon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// `aware`, `leads`, `opportunities`, `customers` or `repeat`.
    pub name: String,
    /// Accounts that entered.
    pub entered: f64,
    /// Of these from the stage before.
    pub from_before: f64,
    /// Went on to the next stage.
    pub went_on: f64,
    /// Lost, by reason.
    pub lost: BTreeMap<String, f64>,
    /// Still there at the end of the horizon; of customers, those won within it.
    pub open: f64,
}

impl MeasureFacts {
    /// The unit; a plain number where the key is unknown.
    pub fn unit(&self) -> Unit {
        unit_of(&self.unit)
    }
}

impl Hinge {
    /// The unit of the unknown; a plain number where the key is unknown.
    pub fn unit(&self) -> Unit {
        unit_of(&self.unit)
    }
}

/// The unit with this key; a plain number where it is unknown.
pub(super) fn unit_of(key: &str) -> Unit {
    let known = [
        Unit::Money,
        Unit::MoneyPerWeek,
        Unit::MoneyPerYear,
        Unit::Share,
        Unit::Ratio,
        Unit::Count,
        Unit::Heads,
        Unit::Weeks,
        Unit::Hours,
        Unit::PerWeek,
        Unit::PerYear,
        Unit::LogOdds,
    ];
    let named = known.into_iter().find(|unit| unit.key() == key);
    named.unwrap_or(Unit::Number)
}

impl Findings {
    /// The measure with this key.
    pub fn measure(&self, id: &str) -> Option<&MeasureFacts> {
        self.measures.iter().find(|measure| measure.id == id)
    }
}

impl PlanFindings {
    /// The summary of a measure.
    pub fn measure(&self, id: &str) -> Option<&Summary> {
        self.measures
            .iter()
            .find(|(name, _)| name == id)
            .map(|(_, summary)| summary)
    }
}

/// A list of pairs as a JSON object that keeps its order.
mod ordered {
    use super::Summary;
    use serde::de::{MapAccess, Visitor};
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(pairs: &[(String, Summary)], to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(pairs.iter().map(|(key, value)| (key, value)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<(String, Summary)>, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Vec<(String, Summary)>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of measures")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(pairs)
            }
        }
        from.deserialize_map(Pairs)
    }
}
