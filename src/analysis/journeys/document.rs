//! What a sample of journeys comes to: the waist below its table, `journeys.json` and its charts.

use crate::analysis::findings::Uncertain;
use serde::Serialize;
use std::collections::BTreeMap;

/// Journeys of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Journeys {
    /// Version of this format.
    pub format: u32,
    /// Version of the law.
    pub law: u32,
    /// Version of gtm-sim.
    pub version: String,
    /// What was sampled.
    pub sample: SampleFacts,
    /// Deals won, with and without a rep, a future.
    pub wins: Wins,
    /// How long journeys took.
    pub times: Vec<Time>,
    /// Share of those journeys whose first touch was the lead itself.
    pub first_is_lead: Option<Uncertain>,
    /// How fast leads were called.
    pub response: Response,
    /// What every source is credited with, and what its absence would change.
    pub sources: Vec<Credit>,
    /// Paths to a purchase, the most frequent first.
    pub paths: Vec<Path>,
    /// Things the reader must know.
    pub warnings: Vec<String>,
    /// SHA-256 of the other files of the folder by relative path.
    pub files: BTreeMap<String, String>,
}

/// What was sampled.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SampleFacts {
    /// Name of the scenario.
    pub name: String,
    /// File name without folders.
    pub file: String,
    /// Hash of the canonical scenario (hex).
    pub sha256: String,
    /// Settings laid over the file, `KEY=VALUE`, in their order.
    pub settings: Vec<String>,
    /// Seed.
    pub seed: u64,
    /// Futures lived.
    pub replications: u64,
    /// Horizon, weeks.
    pub weeks: u32,
    /// First day, such as `4 Jan 2027`.
    pub start: String,
    /// ISO code of the currency.
    pub currency: String,
    /// Key of the plan.
    pub plan: String,
    /// Name of the plan for people.
    pub label: String,
}

/// Deals won a future.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Wins {
    /// All of them.
    pub all: Uncertain,
    /// Their value.
    pub value: Uncertain,
    /// Of these, whose lead came before week 1: credited to nobody.
    pub leads_before: Uncertain,
    /// Value of those.
    pub value_before: Uncertain,
}

/// How long something took, or how many touches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Time {
    /// Key.
    pub id: String,
    /// For people.
    pub label: String,
    /// `weeks` or `touches`.
    pub unit: String,
    /// How many a future on average.
    pub count: f64,
    /// Mean, with its error.
    pub mean: Option<Uncertain>,
    /// Quantiles in order.
    pub quantiles: Vec<Quantile>,
    /// Fifty equally likely ones, for charts; empty where there are none.
    pub dots: Vec<f64>,
}

/// A quantile with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Quantile {
    /// Share below, 0 to 1.
    pub share: f64,
    /// The quantile.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// How fast leads that need a rep were called.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Response {
    /// Mean weeks from the lead to the call, of those called.
    pub weeks: Option<Uncertain>,
    /// Share of leads called in the week in which they came, of those called or dead.
    pub same_week: Option<Uncertain>,
    /// Share never called.
    pub never: Option<Uncertain>,
}

/// What a source is credited with, a future.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Credit {
    /// `channels.KEY`, `roles.KEY`, `organic`, `word_of_mouth` or `referral`.
    pub source: String,
    /// For people.
    pub label: String,
    /// Wins whose first touch it was.
    pub first: Uncertain,
    /// Wins whose last touch, the lead, it was.
    pub last: Uncertain,
    /// Wins fewer without it, in the same futures; channels only.
    pub truth: Option<Uncertain>,
    /// Value of the wins whose first touch it was.
    pub first_value: Uncertain,
    /// Value of the wins whose last touch it was.
    pub last_value: Uncertain,
    /// Value of wins less without it; channels only.
    pub truth_value: Option<Uncertain>,
    /// Error of last touch minus truth, in wins, from the same futures; channels only.
    pub last_gap: Option<Uncertain>,
    /// First touch minus truth likewise.
    pub first_gap: Option<Uncertain>,
}

/// A path to a purchase.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    /// Sources in order, then `won` or `self_serve_won`; `before`: known to us before week 1.
    pub steps: Vec<String>,
    /// Share of the wins whose lead came since week 1.
    pub share: Uncertain,
}
