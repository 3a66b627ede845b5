//! Everything that may be said of a contest: the plans, every pair of them, what is settled and what is not.
//!
//! It serialises to `comparison.json`. Errors are standard errors; intervals hold together over all pairs and looks.

use super::race::{Held, Race};
use super::regret::regrets;
use super::text;
use crate::analysis::findings::{Comparison, Findings, PlanFindings, Uncertain};
use crate::analysis::switch::Switch;
use crate::outcome::estimate::{self, Estimate, LEVEL};
use crate::outcome::outcomes::{Outcomes, Reading, Rule};
use serde::{Deserialize, Serialize};

/// Version of `comparison.json`.
pub const FORMAT: u32 = 1;

/// The result of a contest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contest {
    /// Version of this format.
    pub format: u32,
    /// The measure compared: the objective.
    pub measure: String,
    /// Key of the first plan.
    pub baseline: String,
    /// Loss of the measure that does not matter.
    pub within: f64,
    /// Probability with which all intervals hold together.
    pub level: f64,
    /// Standard errors that every interval reaches to either side.
    pub standard_errors: f64,
    /// Futures after which the plans were looked at.
    pub looks: Vec<u64>,
    /// Looks that the intervals allow for.
    pub looks_at_most: u64,
    /// Key of the plan with the best estimate among those that may be the best.
    pub leader: Option<String>,
    /// Whether no other plan can beat it by more than `within`.
    pub settled: bool,
    /// The plans, in order.
    pub plans: Vec<Entrant>,
    /// Every pair of plans.
    pub pairs: Vec<Duel>,
    /// The value of a parameter at which the better choice changes, where that was asked.
    pub switch: Option<Switch>,
    /// What can be said.
    pub sentences: Vec<String>,
}

/// A plan in a contest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entrant {
    /// Key.
    pub name: String,
    /// Name for people.
    pub label: String,
    /// Its scenario file, without folders.
    pub file: String,
    /// Mean marketing share over the horizon.
    pub marketing_share: f64,
    /// Futures in which it was lived.
    pub replications: u64,
    /// Mean of the measure over them; `None` where it has none.
    pub mean: Option<Uncertain>,
    /// Whether it may still be the best.
    pub is_contender: bool,
    /// How much better the leader is, by estimate; above 0 is behind, whatever the measure.
    pub behind: Option<f64>,
    /// Lower end of its interval.
    pub behind_low: Option<f64>,
    /// Upper end.
    pub behind_high: Option<f64>,
    /// What choosing it can cost at most against every plan that may be the best; only of those.
    pub at_risk: Option<f64>,
    /// Share of futures in which it is the best of all; ties split evenly.
    pub best_in: f64,
    /// Mean loss against the plan that turns out to be the best, future by future; `None` for ratios.
    pub regret: Option<Uncertain>,
    /// Share of futures that reach the target, if there is one.
    pub target_reached: Option<Uncertain>,
    /// Share of futures in which cash falls below zero, where cash is told.
    pub cash_below_zero: Option<Uncertain>,
}

/// Two plans in the same futures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Duel {
    /// A plan.
    pub name: String,
    /// The plan it is held against.
    pub than: String,
    /// Mean of `name` minus `than`.
    pub difference: f64,
    /// Its standard error.
    pub error: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Share of the futures that all plans were lived in in which `name` is better; ties split evenly.
    pub better_in: f64,
    /// Futures behind the difference.
    pub replications: u64,
    /// Whether the interval leaves out 0.
    pub is_decided: bool,
    /// The larger end of the interval, without sign: what the choice between the two can matter at most.
    pub matters_at_most: f64,
}

/// The contest of the plans of `findings`, whose numbers per future are `outcomes`; `files` are the plans' scenarios.
pub fn contest(findings: &Findings, outcomes: &Outcomes, race: &Race, files: &[String]) -> Contest {
    let reading = outcomes.reading(&findings.scenario.objective);
    let leader = race.leader();
    let regrets = reading.map_or_else(Vec::new, |reading| regrets_of(outcomes, reading));
    let plans: Vec<Entrant> = findings
        .plans
        .iter()
        .enumerate()
        .map(|(index, plan)| {
            let file = files.get(index).cloned().unwrap_or_default();
            let regret = regrets.get(index).copied().flatten();
            entrant(race, leader, (index, plan), file, regret)
        })
        .collect();
    let name = |index: usize| findings.plans.get(index).map(|plan| plan.name.clone());
    let mut contest = Contest {
        format: FORMAT,
        measure: findings.scenario.objective.clone(),
        baseline: name(0).unwrap_or_default(),
        within: race.rules().within,
        level: LEVEL,
        standard_errors: race.critical().unwrap_or_default(),
        looks: race.looks().to_vec(),
        looks_at_most: race.rules().looks as u64,
        leader: leader.and_then(name),
        settled: race.is_settled(),
        plans,
        pairs: reading.map_or_else(Vec::new, |reading| duels(findings, outcomes, reading, race)),
        switch: None,
        sentences: Vec::new(),
    };
    contest.sentences = text::sentences(findings, &contest);
    contest
}

fn regrets_of(outcomes: &Outcomes, reading: &Reading) -> Vec<Option<Estimate>> {
    if !matches!(reading.rule, Rule::Amount(_)) {
        return Vec::new();
    }
    let values: Vec<Vec<f64>> = (0..outcomes.plans)
        .map(|plan| estimate::values(outcomes, reading, plan))
        .collect();
    let values: Vec<&[f64]> = values.iter().map(Vec::as_slice).collect();
    regrets(&values, reading.better)
}

fn entrant(
    race: &Race,
    leader: Option<usize>,
    (index, plan): (usize, &PlanFindings),
    file: String,
    regret: Option<Estimate>,
) -> Entrant {
    let same = Held {
        difference: 0.0,
        error: 0.0,
        low: 0.0,
        high: 0.0,
        futures: 0,
    };
    let behind = leader.and_then(|leader| {
        if leader == index {
            Some(same)
        } else {
            race.gain(leader, index)
        }
    });
    let lived = race.estimate(index);
    let cash = plan.measure("cash_below_zero").and_then(|cash| cash.estimate());
    Entrant {
        name: plan.name.clone(),
        label: plan.label.clone(),
        file,
        marketing_share: plan.marketing_share,
        replications: lived.map_or(0, |(_, futures)| futures),
        mean: lived.map(|(estimate, _)| Uncertain::from(estimate)),
        is_contender: race.is_contender(index),
        behind: behind.map(|behind| behind.difference),
        behind_low: behind.map(|behind| behind.low),
        behind_high: behind.map(|behind| behind.high),
        at_risk: race.most_behind(index).filter(|_| race.is_contender(index)),
        best_in: plan.best_in,
        regret: regret.map(Uncertain::from),
        target_reached: plan.target_reached,
        cash_below_zero: cash.map(Uncertain::from),
    }
}

fn duels(findings: &Findings, outcomes: &Outcomes, reading: &Reading, race: &Race) -> Vec<Duel> {
    let values: Vec<Vec<f64>> = (0..outcomes.plans)
        .map(|plan| estimate::values(outcomes, reading, plan))
        .collect();
    let plans = findings.plans.len().min(values.len());
    let mut duels = Vec::new();
    for a in 0..plans {
        for b in a + 1..plans {
            duels.extend(race.difference(a, b).map(|held| Duel {
                name: findings.plans[a].name.clone(),
                than: findings.plans[b].name.clone(),
                difference: held.difference,
                error: held.error,
                low: held.low,
                high: held.high,
                better_in: estimate::better_in(&values[a], &values[b], reading.better),
                replications: held.futures,
                is_decided: held.low > 0.0 || held.high < 0.0,
                matters_at_most: held.low.abs().max(held.high.abs()),
            }));
        }
    }
    duels
}

/// Puts the differences of the race, which rest on more futures, in the place of those of `findings`, so that tables,
/// charts and sentences say the same.
pub fn sharpen(findings: &mut Findings, race: &Race) {
    let position: Vec<String> = findings.plans.iter().map(|plan| plan.name.clone()).collect();
    let at = |name: &str| position.iter().position(|other| other == name);
    let Some(comparison) = &mut findings.comparison else {
        return;
    };
    let lived = findings.scenario.replications;
    let held = |name: &str, than: &str| race.difference(at(name)?, at(than)?);
    for pair in &mut comparison.pairs {
        if let Some(held) = held(&pair.name, &pair.than) {
            (pair.difference, pair.error) = (held.difference, held.error);
            (pair.low, pair.high) = (held.low, held.high);
            pair.replications = (held.futures != lived).then_some(held.futures);
        }
    }
    for plan in &mut comparison.plans {
        if let Some(held) = held(&plan.name, &comparison.baseline) {
            (plan.difference, plan.difference_error) = (held.difference, held.error);
        }
    }
    comparison.recommended = recommended(comparison, race).and_then(|plan| position.get(plan).cloned());
}

/// The plan that is better than every other by more than does not matter.
fn recommended(comparison: &Comparison, race: &Race) -> Option<usize> {
    let plans = comparison.plans.len() + 1;
    let beats = |a: usize, b: usize| {
        race.gain(a, b)
            .is_some_and(|gain| gain.low > 0.0 && gain.difference > comparison.within)
    };
    let enough = race
        .looks()
        .last()
        .is_some_and(|futures| *futures >= crate::analysis::compare::FEWEST_TO_COMPARE);
    let leader = race.leader().filter(|_| enough)?;
    (0..plans)
        .all(|other| other == leader || beats(leader, other))
        .then_some(leader)
}
