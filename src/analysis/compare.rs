//! From what was lived to `Findings`: summaries of every measure, and every plan against the first in the same
//! futures.

use super::findings::{
    Comparison, Difference, Findings, Hinge, Limits, MeasureFacts, Pair, PhaseFacts, PlanFindings,
    ScenarioFacts, Summary, TargetFacts, Uncertain,
};
use super::hinges::{self, Rivals};
use super::{journey, verdicts};
use crate::engine::simulate::Lived;
use crate::model::scenario::{Plan, Scenario};
use crate::outcome::aim::{Aim, Target};
use crate::outcome::estimate::{self, Estimate, Influence};
use crate::outcome::outcomes::{Better, Outcomes, Reading, Rule};
use crate::outcome::series::Weekly;
use crate::units::format;
use std::collections::BTreeMap;

/// Version of `results.json`.
pub const FORMAT: u32 = 1;

/// Version of the law (docs/model.md).
pub const LAW: u32 = 1;

/// Loss that does not matter, as a share of the annual budget (or of the first plan's mean, if not money).
pub const WITHIN: f64 = 0.01;

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Positions of the plans that were lived, in the order of `Lived`.
    pub plans: &'a [usize],
    /// Objective and target.
    pub aim: &'a Aim,
    /// File name without folders.
    pub file: &'a str,
    /// Hash of the canonical scenario, hex.
    pub sha256: &'a str,
    /// Settings laid over the file.
    pub settings: &'a [String],
    /// Seed.
    pub seed: u64,
}

/// Everything that may be said of a run.
///
/// `weekly` is the reduced `lived.weekly` (`outcome::series`). Comparisons need at least two futures and are left
/// out below.
pub fn findings(asked: &Asked, lived: &Lived, weekly: Weekly) -> Findings {
    findings_within(asked, lived, weekly, WITHIN)
}

/// The same where another loss does not matter: `share` of the annual budget, or of the first plan's mean.
pub fn findings_within(asked: &Asked, lived: &Lived, weekly: Weekly, share: f64) -> Findings {
    let outcomes = &lived.outcomes;
    let objective = outcomes.reading(asked.aim.objective.id);
    let contest = objective.map(|reading| Contest::of(outcomes, reading));
    let (measures, others) = summaries(outcomes);
    let plans = asked
        .plans
        .iter()
        .zip(measures)
        .enumerate()
        .filter_map(|(index, (&position, measures))| {
            let plan = asked.scenario.plans.get(position)?;
            let best_in = contest.as_ref().and_then(|contest| contest.best_in.get(index));
            let target = asked.aim.target.as_ref();
            let reached = target.and_then(|target| reached(outcomes, target, index));
            Some(plan_findings(asked, plan, measures, reached, best_in.copied()))
        })
        .collect();
    let mut findings = Findings {
        format: FORMAT,
        law: LAW,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: scenario_facts(asked, outcomes.replications as u64, weekly.replications),
        measures: outcomes.readings.iter().map(measure_facts).collect(),
        plans,
        comparison: None,
        next: None,
        sweep: None,
        warnings: moved(lived),
        files: BTreeMap::new(),
        weekly,
    };
    if let Some(contest) = contest {
        let within = tolerance(asked, outcomes, share);
        findings.comparison = comparison(asked, &findings.plans, &contest, others, within);
    }
    verdicts::tell(&mut findings);
    findings
}

/// The objective of every plan in the same futures.
struct Contest {
    better: Better,
    amount: bool,
    values: Vec<Vec<f64>>,
    influences: Vec<Option<Influence>>,
    best_in: Vec<f64>,
}

impl Contest {
    fn of(outcomes: &Outcomes, reading: &Reading) -> Self {
        let plans = 0..outcomes.plans;
        let values: Vec<Vec<f64>> = plans
            .clone()
            .map(|plan| estimate::values(outcomes, reading, plan))
            .collect();
        Self {
            better: reading.better,
            amount: matches!(reading.rule, Rule::Amount(_)),
            influences: plans
                .map(|plan| estimate::influence(outcomes, reading, plan))
                .collect(),
            best_in: estimate::best_in(&values, reading.better),
            values,
        }
    }

    /// Plan a minus plan b.
    fn difference(&self, a: usize, b: usize) -> Option<Estimate> {
        self.influences
            .get(a)?
            .as_ref()?
            .minus(self.influences.get(b)?.as_ref()?)
    }

    /// How the lead of the plan with the best mean changes with the unknowns; a ratio has no value a future to average.
    fn hinges(&self, asked: &Asked, plans: &[PlanFindings]) -> (Vec<Hinge>, u64) {
        let sign = if self.better == Better::Less { -1.0 } else { 1.0 };
        let mean = |plan: &usize| {
            let influence = self.influences.get(*plan).and_then(Option::as_ref);
            influence.map_or(f64::NEG_INFINITY, |influence| sign * influence.value)
        };
        let best = (0..plans.len()).max_by(|a, b| mean(a).total_cmp(&mean(b)));
        let Some(best) = best.filter(|_| self.amount) else {
            return (Vec::new(), 0);
        };
        let gain = |rival: usize| -> Vec<f64> {
            let pairs = self.values[best].iter().zip(&self.values[rival]);
            pairs.map(|(own, other)| sign * (own - other)).collect()
        };
        let rivals: Vec<Rivals> = (0..plans.len())
            .filter(|&rival| rival != best)
            .map(|rival| Rivals {
                plan: &plans[best].name,
                than: &plans[rival].name,
                gain: gain(rival),
            })
            .collect();
        hinges::hinges(&asked.scenario.unknowns, asked.seed, &rivals)
    }

    /// The plan that is better than every other by more than `within` in simultaneous intervals; none after too few
    /// futures.
    fn recommended(&self, within: f64) -> Option<usize> {
        if self.values.first()?.len() < FEWEST_TO_COMPARE as usize {
            return None;
        }
        let plans = self.influences.len();
        let pairs = plans * plans.saturating_sub(1) / 2;
        let sign = if self.better == Better::Less { -1.0 } else { 1.0 };
        let beats = |a: usize, b: usize| {
            self.difference(a, b).is_some_and(|difference| {
                let gain = Estimate::new(sign * difference.value, difference.error).simultaneous(pairs);
                gain.low() > 0.0 && gain.value > within
            })
        };
        (0..plans).find(|&a| plans > 1 && (0..plans).all(|b| a == b || beats(a, b)))
    }
}

/// Summaries of every measure per plan, and the paired difference of every measure per plan but the first.
type Summaries = (Vec<Vec<(String, Summary)>>, Vec<BTreeMap<String, Uncertain>>);

fn summaries(outcomes: &Outcomes) -> Summaries {
    let mut measures = vec![Vec::with_capacity(outcomes.readings.len()); outcomes.plans];
    let mut others = vec![BTreeMap::new(); outcomes.plans];
    for reading in &outcomes.readings {
        let mut first = None;
        for plan in 0..outcomes.plans {
            let values = estimate::values(outcomes, reading, plan);
            let influence = match reading.rule {
                Rule::Amount(_) => Influence::of_mean(&values),
                Rule::Ratio { .. } => estimate::influence(outcomes, reading, plan),
            };
            let value = influence.as_ref().map(|influence| influence.value);
            let mean = influence.as_ref().and_then(Influence::estimate);
            measures[plan].push((reading.id.clone(), Summary::of(&values, value, mean)));
            if plan == 0 {
                first = influence;
            } else if let (Some(own), Some(first)) = (&influence, &first) {
                let difference = own.minus(first).map(Uncertain::from);
                others[plan].extend(difference.map(|difference| (reading.id.clone(), difference)));
            }
        }
    }
    (measures, others)
}

/// The loss of the objective that does not matter: `share` of the annual budget, or of the mean of the first plan
/// where the objective is no money.
pub fn tolerance(asked: &Asked, outcomes: &Outcomes, share: f64) -> f64 {
    let objective = outcomes.reading(asked.aim.objective.id);
    let mean = objective.and_then(|reading| estimate::influence(outcomes, reading, 0));
    match (objective, mean) {
        (Some(reading), Some(mean)) if !is_money(reading) => share * mean.value.abs(),
        _ => share * asked.scenario.budget.annual,
    }
}

fn is_money(reading: &Reading) -> bool {
    reading.unit.key().starts_with("money") && matches!(reading.rule, Rule::Amount(_))
}

fn comparison(
    asked: &Asked,
    plans: &[PlanFindings],
    contest: &Contest,
    mut others: Vec<BTreeMap<String, Uncertain>>,
    within: f64,
) -> Option<Comparison> {
    let baseline = plans.first()?;
    let differences = (1..plans.len()).filter_map(|plan| {
        let estimate = contest.difference(plan, 0)?;
        let (own, first) = (&contest.values[plan], &contest.values[0]);
        let paired: Vec<f64> = own.iter().zip(first).map(|(a, b)| a - b).collect();
        Some(Difference {
            name: plans[plan].name.clone(),
            difference: estimate.value,
            difference_error: estimate.error,
            better_in: estimate::better_in(own, first, contest.better),
            best_in: contest.best_in[plan],
            summary: Summary::of(&paired, Some(estimate.value), Some(estimate)),
            others: std::mem::take(&mut others[plan]),
        })
    });
    let differences: Vec<Difference> = differences.collect();
    let (hinges, ends_looked_at) = contest.hinges(asked, plans);
    (!differences.is_empty()).then(|| Comparison {
        baseline: baseline.name.clone(),
        measure: asked.aim.objective.id.to_owned(),
        within,
        recommended: contest.recommended(within).map(|plan| plans[plan].name.clone()),
        plans: differences,
        pairs: pairs(plans, contest),
        hinges,
        ends_looked_at,
    })
}

fn pairs(plans: &[PlanFindings], contest: &Contest) -> Vec<Pair> {
    let count = plans.len() * (plans.len() - 1) / 2;
    (0..plans.len())
        .flat_map(|a| (a + 1..plans.len()).map(move |b| (a, b)))
        .filter_map(|(a, b)| {
            let difference = contest.difference(a, b)?.simultaneous(count);
            Some(Pair {
                name: plans[a].name.clone(),
                than: plans[b].name.clone(),
                difference: difference.value,
                error: difference.error,
                low: difference.low(),
                high: difference.high(),
                replications: None,
            })
        })
        .collect()
}

fn plan_findings(
    asked: &Asked,
    plan: &Plan,
    measures: Vec<(String, Summary)>,
    target_reached: Option<Uncertain>,
    best_in: Option<f64>,
) -> PlanFindings {
    let phases = phases(plan, asked.scenario.weeks);
    let mean = |id: &str| {
        let found = measures.iter().find(|(name, _)| name == id);
        found.and_then(|(_, summary)| summary.mean).unwrap_or(0.0)
    };
    PlanFindings {
        name: plan.name.as_str().to_owned(),
        label: plan.label.clone(),
        marketing_share: mean_of(&phases),
        phases,
        limited_by: Limits {
            demand: mean("weeks_limited_by_demand"),
            capacity: mean("weeks_limited_by_capacity"),
        },
        target_reached,
        best_in: best_in.unwrap_or(0.0),
        journey: journey::journey(&measures),
        measures,
        sentences: Vec::new(),
    }
}

/// Marketing share of a plan, mean over the horizon. The budget flows evenly over the year, so weeks weigh as money does.
pub fn mean_share(plan: &Plan, weeks: u32) -> f64 {
    mean_of(&phases(plan, weeks))
}

fn mean_of(phases: &[PhaseFacts]) -> f64 {
    let weeks: f64 = phases.iter().map(|phase| f64::from(phase.weeks)).sum();
    let weighted: f64 = phases
        .iter()
        .map(|phase| phase.marketing_share * f64::from(phase.weeks))
        .sum();
    match phases {
        [only] => only.marketing_share,
        _ => weighted / weeks.max(1.0),
    }
}

/// The phases that the horizon sees, with the weeks it sees of them.
pub(super) fn phases(plan: &Plan, horizon: u32) -> Vec<PhaseFacts> {
    let mut left = horizon;
    let mut facts = Vec::new();
    for phase in &plan.phases {
        let weeks = phase.weeks.unwrap_or(left).min(left);
        left -= weeks;
        if weeks > 0 {
            let marketing_share = phase.marketing_share;
            facts.push(PhaseFacts {
                weeks,
                marketing_share,
            });
        }
    }
    match facts.last_mut() {
        Some(last) => last.weeks += left,
        None => facts.extend(plan.phases.first().map(|phase| PhaseFacts {
            weeks: horizon,
            marketing_share: phase.marketing_share,
        })),
    }
    facts
}

/// Share of futures in which a plan reaches the target; a future without the measure does not.
fn reached(outcomes: &Outcomes, target: &Target, plan: usize) -> Option<Uncertain> {
    let reading = outcomes.reading(target.measure.id)?;
    let reaches = |x: &&f64| match reading.better {
        Better::Less => **x <= target.amount,
        Better::More | Better::Neither => **x >= target.amount,
    };
    let values = estimate::values(outcomes, reading, plan);
    let hits = values.iter().filter(reaches).count();
    estimate::share(hits as f64, values.len()).map(Uncertain::from)
}

/// What was asked for, with futures to be lived and those behind weekly bands.
pub(super) fn scenario_facts(asked: &Asked, replications: u64, weekly_replications: u64) -> ScenarioFacts {
    let scenario = asked.scenario;
    ScenarioFacts {
        name: scenario.name.clone(),
        question: scenario.question.clone(),
        file: asked.file.to_owned(),
        sha256: asked.sha256.to_owned(),
        settings: asked.settings.to_vec(),
        seed: asked.seed,
        replications,
        weekly_replications,
        weeks: scenario.weeks,
        tail_weeks: scenario.finance.tail_weeks,
        start: scenario.start.to_string(),
        currency: scenario.currency.clone(),
        objective: asked.aim.objective.id.to_owned(),
        target: asked.aim.target.as_ref().map(|target| TargetFacts {
            measure: target.measure.id.to_owned(),
            amount: target.amount,
        }),
    }
}

fn measure_facts(reading: &Reading) -> MeasureFacts {
    let better = match reading.better {
        Better::More => "more",
        Better::Less => "less",
        Better::Neither => "neither",
    };
    MeasureFacts {
        id: reading.id.clone(),
        label: reading.label.clone(),
        unit: reading.unit.key().to_owned(),
        better: better.to_owned(),
        about: reading.about.to_owned(),
    }
}

/// Futures below which no plan is said to be better: a standard error of fewer is itself mostly luck.
pub const FEWEST_TO_COMPARE: u64 = 30;

/// Share of futures with moved unknowns above which the file is wrong.
pub const MOST_MOVED: f64 = 0.1;

/// Share of futures with moved unknowns above which it is said.
pub const TOLD_SHARE: f64 = 0.01;

/// What is said of futures whose unknowns the law could not use as they fell.
fn moved(lived: &Lived) -> Vec<String> {
    let futures = format::count(lived.outcomes.replications as u64);
    let moved = format::count(lived.moved);
    let text = format!(
        "in {moved} of {futures} futures drawn unknowns contradict each other and were moved to the nearest that do not"
    );
    let told = lived.moved as f64 > TOLD_SHARE * lived.outcomes.replications as f64;
    told.then_some(text).into_iter().collect()
}
