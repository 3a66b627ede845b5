//! Everything that `check` may say of a scenario: plain data, serialised to the JSON of `check` (format 1).

use super::{actuals, assumed, beliefs, inverted, plans, plausible, text};
use crate::analysis::compare::{self, Asked};
use crate::analysis::findings::ScenarioFacts;
use crate::model::company::Company;
use crate::model::parameters;
use crate::units::unit::Unit;
use serde::{Serialize, Serializer};

/// Version of the JSON of `check`.
const FORMAT: u32 = 1;

/// The JSON of `check`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckDocument {
    /// Version of this format.
    pub format: u32,
    /// Version of the law.
    pub law: u32,
    /// Version of gtm-sim.
    pub version: String,
    /// The file as it was named.
    pub file: String,
    /// Whether it can be run.
    pub valid: bool,
    /// Mistakes and suspicious places of the file, in its order.
    pub diagnostics: Vec<Told>,
    /// What was found; left out where the file is wrong.
    #[serde(flatten)]
    pub found: Option<Check>,
}

impl CheckDocument {
    /// The document of a file.
    pub fn new(file: String, diagnostics: Vec<Told>, found: Option<Check>) -> Self {
        Self {
            format: FORMAT,
            law: compare::LAW,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            file,
            valid: found.as_ref().is_some_and(|check| check.errors.is_empty()),
            diagnostics,
            found,
        }
    }
}

/// A diagnostic of the file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// `error` or `warning`.
    pub severity: String,
    /// File in which it stands.
    pub file: String,
    /// Line from 1; `None` where it is about the file as a whole.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What was expected; empty if the message says it all.
    pub expected: String,
    /// What to do next.
    pub help: Vec<String>,
}

fn by_key<S: Serializer>(unit: &Unit, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(unit.key())
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// What was checked; `replications` are those that a run would live.
    pub scenario: ScenarioFacts,
    /// What makes the scenario unusable although the file is right.
    pub errors: Vec<String>,
    /// What to look at first.
    pub warnings: Vec<String>,
    /// What the file leaves out.
    pub assumed: Assumed,
    /// What the planner's numbers mean in the law, at typical values.
    pub inverted: Inverted,
    /// What nobody knows.
    pub unknowns: Beliefs,
    /// The model's today against the last 52 weeks; empty without `[actuals]`.
    pub actuals: Vec<Actual>,
    /// Today, and where plans settle.
    pub steady: SteadyPlans,
    /// Numbers that follow, beside published ones.
    pub plausibility: Vec<Plausible>,
}

/// What the file leaves out.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Assumed {
    /// Defaults that were taken and move something.
    pub defaults: Vec<AssumedDefault>,
    /// What starts steady.
    pub steady_starts: Vec<SteadyStart>,
    /// Mechanisms that are off.
    pub off: Vec<String>,
}

/// A default that was taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssumedDefault {
    /// Full path.
    pub path: String,
    /// The value taken; `None` = without limit.
    pub value: Option<f64>,
    /// Its unit.
    #[serde(serialize_with = "by_key")]
    pub unit: Unit,
    /// What it means.
    pub about: String,
}

/// A part of today's state that was left out and starts steady.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SteadyStart {
    /// Full path of the key that could tell it.
    pub path: String,
    /// The number derived.
    pub value: f64,
    /// Its unit.
    #[serde(serialize_with = "by_key")]
    pub unit: Unit,
    /// From what it is derived.
    pub from: String,
}

/// Coefficients at typical values.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Inverted {
    /// By channel.
    pub channels: Vec<ChannelFacts>,
    /// By segment.
    pub segments: Vec<SegmentFacts>,
}

/// A channel in the law.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelFacts {
    /// Key in the file.
    pub name: String,
    /// Name for people.
    pub label: String,
    /// Money a week today.
    pub spend_per_week: f64,
    /// Money a week at half of the ceiling.
    pub half_saturation_per_week: f64,
    /// Response today, 0 to 1.
    pub response: f64,
    /// What doubling the spend adds to the response.
    pub doubling_adds: f64,
    /// Weekly lead hazard at full response.
    pub lead_hazard_per_week: f64,
    /// Leads a week as typed; `None` if the hazard was typed.
    pub leads_typed: Option<f64>,
    /// Leads a week in week 1.
    pub leads_reproduced: f64,
    /// Weekly awareness hazard at full response, by segment.
    pub awareness_hazard_per_week: Vec<f64>,
}

/// A segment in the law.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SegmentFacts {
    /// Key in the file.
    pub name: String,
    /// Name for people.
    pub label: String,
    /// Weekly hazard of forgetting.
    pub forget_per_week: f64,
    /// Share aware today, as typed.
    pub aware_today: f64,
    /// Share aware where today's spend and customers hold for good, before leads.
    pub aware_in_equilibrium: f64,
    /// Yearly churn hazard today.
    pub churn_per_year: f64,
    /// Fall of its log from no care to full care.
    pub retention_effect: f64,
    /// Relationship today.
    pub relationship: f64,
    /// Hours to work a lead.
    pub hours_lead: f64,
    /// Hours a week for an open opportunity.
    pub hours_opportunity: f64,
    /// Deals a year of a ramped rep at full load, if typed.
    pub deals_per_rep_year: Option<f64>,
    /// Organic leads a week in week 1.
    pub organic_leads: f64,
    /// Outbound leads a week in week 1.
    pub outbound_leads: f64,
    /// Referred leads a week in week 1.
    pub referred_leads: f64,
}

/// What is believed of what nobody knows.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Beliefs {
    /// Every unknown.
    pub inputs: Vec<Belief>,
    /// Futures whose inputs were drawn.
    pub drawn: u64,
    /// How many of them contradict themselves.
    pub moved: MovedDraws,
}

/// An unknown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Belief {
    /// Full path.
    pub name: String,
    /// Its unit.
    #[serde(serialize_with = "by_key")]
    pub unit: Unit,
    /// Family of the distribution, such as `log-normal`.
    pub family: String,
    /// 5 % point.
    pub p05: f64,
    /// Median.
    pub p50: f64,
    /// 95 % point.
    pub p95: f64,
}

/// Draws whose wishes cannot be met and are moved to the nearest that can.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct MovedDraws {
    /// For any reason.
    pub any: u64,
    /// More leads than buying occasions or touches.
    pub leads: u64,
    /// `doubling_adds` beyond what the slope allows.
    pub doubling: u64,
    /// Awareness that no hazard keeps.
    pub awareness: u64,
    /// Deals per rep where nothing is won.
    pub hours: u64,
    /// More accounts in the funnel than know us.
    pub pools: u64,
}

/// The model's today against what happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Actual {
    /// Path below `actuals`.
    pub name: String,
    /// Its unit.
    #[serde(serialize_with = "by_key")]
    pub unit: Unit,
    /// 52 weeks at today's rates.
    pub model: f64,
    /// As typed.
    pub actual: f64,
    /// Model over actual; `None` if the actual is 0.
    pub ratio: Option<f64>,
    /// Whether both are near enough.
    pub near: bool,
    /// Inputs to look at if they are not.
    pub look_at: String,
}

impl Actual {
    /// Whether the two differ so much that they can hardly be the same quantity.
    pub fn is_another(&self) -> bool {
        const FAR: f64 = 5.0;
        !self.near
            && self
                .ratio
                .is_some_and(|ratio| !(1.0 / FAR..=FAR).contains(&ratio))
    }
}

/// Today, and where plans settle.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SteadyPlans {
    /// Today's flows.
    pub now: PlanState,
    /// Every phase of every plan, held for good.
    pub plans: Vec<PlanState>,
}

/// Which side is short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Sellers have hours to spare.
    Demand,
    /// Leads want more hours than there are.
    Capacity,
    /// Nobody sells by the hour.
    Neither,
}

/// Flows of a year under one plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanState {
    /// Key of the plan; the first one's for today.
    pub plan: String,
    /// Name for people.
    pub label: String,
    /// The phase that is held, of several.
    pub phase: Option<PhaseOf>,
    /// Marketing share of the budget; `None` for today, whose spend and team are as typed.
    pub marketing_share: Option<f64>,
    /// Media and overhead, money a year.
    pub marketing_per_year: f64,
    /// Pay of the heads at work, money a year.
    pub payroll_per_year: f64,
    /// Filled heads by role.
    pub heads: Vec<RoleHeads>,
    /// Leads a week.
    pub leads_per_week: f64,
    /// Hours a week that leads and what follows from them want.
    pub hours_wanted: f64,
    /// Hours a week of the sellers.
    pub hours_had: f64,
    /// Hours wanted over hours had; `None` without sellers.
    pub load: Option<f64>,
    /// Share of the leads that need a rep that is worked.
    pub leads_served: f64,
    /// Wins a year, with and without reps.
    pub wins_per_year: f64,
    /// Annual value (whole value of one-off deals) won a year.
    pub value_won_per_year: f64,
    /// Revenue a year; in plans every customer counts as a new deal.
    pub revenue_per_year: f64,
    /// Customers.
    pub customers: f64,
    /// Customers lost a year.
    pub customers_lost_per_year: f64,
    /// Share of accounts that know us and are no customers.
    pub aware: f64,
    /// Which side is short.
    pub limited_by: Side,
    /// Whether it settles.
    pub settles: bool,
    /// Why it does not.
    pub why_not: Option<String>,
    /// Years until 95 % of the way to the steady customers are gone, roughly.
    pub years_to_settle: Option<f64>,
}

/// A phase of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PhaseOf {
    /// From 1.
    pub number: usize,
    /// How many the plan has.
    pub of: usize,
}

/// Heads of a role.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoleHeads {
    /// Key in the file.
    pub role: String,
    /// Filled heads, expected.
    pub heads: f64,
}

/// What is thought of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Within what is published or derived.
    Plausible,
    /// Outside of it.
    Unusual,
    /// Nothing to compare it with.
    Told,
}

/// A number that follows from the scenario, beside published ones.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plausible {
    /// Key.
    pub id: String,
    /// Channel, role or segment, if it is of one.
    pub name: Option<String>,
    /// Name for people.
    pub label: String,
    /// The number; `None` where undefined.
    pub value: Option<f64>,
    /// Its unit.
    #[serde(serialize_with = "by_key")]
    pub unit: Unit,
    /// What it is compared with.
    pub published: Option<Published>,
    /// What is thought of it.
    pub verdict: Verdict,
    /// Why it is unusual and what to look at; empty where it is not.
    pub remark: String,
}

/// A published figure, or a range chosen for lack of one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Published {
    /// Least usual value.
    pub low: f64,
    /// Greatest usual value.
    pub high: f64,
    /// The figure in words.
    pub figure: String,
    /// Where it is from, and how sure that is.
    pub source: String,
}

/// What can be said of a scenario without simulating it.
///
/// `left_out` are the numbers whose defaults the reader took; `replications` those of a run.
pub fn check(asked: &Asked<'_>, left_out: &[parameters::Assumed], replications: u64) -> Check {
    let scenario = asked.scenario;
    let company = Company::of(scenario);
    let beliefs = beliefs::beliefs(scenario, asked.seed);
    let steady = plans::steady(asked, &company);
    let actuals = actuals::actuals(scenario, &company, &steady.now);
    let plausibility = plausible::plausible(scenario, &company, &steady.now);
    let mut warnings = plausible::warnings(scenario, &company, &steady.now);
    let inverted = inverted::inverted(scenario, &company);
    warnings.extend(text::drifting(&inverted));
    let mut errors = Vec::new();
    let off = actuals.iter().filter(|actual| !actual.near);
    let (others, off): (Vec<&Actual>, Vec<&Actual>) = off.partition(|actual| actual.is_another());
    warnings.splice(0..0, others.into_iter().map(text::far_off));
    warnings.extend(off.into_iter().map(text::far_off));
    let share = beliefs.moved.any as f64 / beliefs.drawn.max(1) as f64;
    if share > compare::MOST_MOVED {
        errors.push(text::contradictions(&beliefs));
    } else if share > compare::TOLD_SHARE {
        warnings.push(text::contradictions(&beliefs));
    }
    warnings.extend(steady.plans.iter().filter_map(text::restless));
    Check {
        scenario: compare::scenario_facts(asked, replications, 0),
        errors,
        warnings,
        assumed: assumed::assumed(scenario, &company, left_out),
        inverted,
        unknowns: beliefs,
        actuals,
        steady,
        plausibility,
    }
}
