//! One split for several scenarios: best on the weighted mean, least regret at worst, best at worst.
//!
//! Minimax regret: L. J. Savage, *The Theory of Statistical Decision*, JASA 46 (1951); best at worst: A. Wald (1950).

use super::answer::{Stopped, objective};
use super::evaluate::{Evaluator, FRESH, SEARCH, measured};
use super::found::ObjectiveFacts;
use super::space::{Point, Space};
use super::text;
use crate::analysis::compare::{self, LAW};
use crate::analysis::findings::Uncertain;
use crate::engine::simulate::{Control, Interrupted};
use crate::model::decisions::Decisions;
use crate::model::scenario::Plan;
use crate::outcome::estimate::{Estimate, Influence};
use crate::outcome::goal::Goal;
use serde::{Deserialize, Serialize};

/// Percents between the splits tried first, then around the best of every scenario and rule, and how far around.
const GRID: u32 = 5;
const FINE: usize = 2;
const AROUND: u32 = 4;
/// Futures of the search for both.
const FUTURES: (u64, u64) = (256, 512);

/// What is asked of several scenarios.
#[derive(Debug, Clone, Copy)]
pub struct AskedOfSeveral<'a> {
    /// The scenarios, all lived in the futures of the first one's seed.
    pub cases: &'a [compare::Asked<'a>],
    /// Weight of each, above 0 in all.
    pub weights: &'a [f64],
    /// What is to be large.
    pub goal: Goal,
    /// Bounds, step and limits of the split.
    pub decisions: &'a Decisions,
    /// Futures of the estimates.
    pub replications: u64,
    /// Threads; 0 = as many as there are cores.
    pub threads: usize,
}

/// The choices, `robust.json` (format 1); every estimate comes from futures that the search never lived.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Robust {
    /// Version of this format.
    pub format: u32,
    /// Version of the law.
    pub law: u32,
    /// Version of gtm-sim.
    pub version: String,
    /// What is large.
    pub objective: ObjectiveFacts,
    /// ISO code of the currency.
    pub currency: String,
    /// The scenarios in order.
    pub scenarios: Vec<CaseFacts>,
    /// The choice of each rule.
    pub choices: Vec<Choice>,
    /// Futures of the estimates.
    pub futures: u64,
    /// Futures that the search lived, all plans and scenarios together.
    pub replications: u64,
}

/// One of the scenarios.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseFacts {
    /// File name without folders.
    pub file: String,
    /// Name of the scenario.
    pub name: String,
    /// Hash of all assumptions.
    pub sha256: String,
    /// Weight, as a share of all.
    pub weight: f64,
    /// The split that is best here alone.
    pub best_share: f64,
    /// The objective there.
    pub best: Uncertain,
}

/// The split that a rule chooses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// `weighted_mean`, `least_regret` or `best_worst`.
    pub rule: String,
    /// Marketing share.
    pub marketing_share: f64,
    /// Weighted mean of the objective over the scenarios.
    pub weighted: Uncertain,
    /// The objective in every scenario.
    pub outcomes: Vec<Uncertain>,
    /// What it gives up against the best split of every scenario.
    pub regrets: Vec<Uncertain>,
}

/// The rules, in the order in which they are told.
const RULES: [&str; 3] = ["weighted_mean", "least_regret", "best_worst"];

/// The choices of the three rules.
///
/// # Errors
/// `Stopped`.
pub fn robust(asked: &AskedOfSeveral, control: &Control) -> Result<Robust, Stopped> {
    let mut cases = Vec::with_capacity(asked.cases.len());
    for case in asked.cases {
        let Some(base) = case.scenario.plans.first() else {
            return Err(Stopped::Impossible("a scenario has no plan".to_owned()));
        };
        let space = Space {
            scenario: case.scenario,
            base,
            decisions: asked.decisions,
        };
        let seed = asked.cases.first().map_or(0, |first| first.seed);
        cases.push(Evaluator::new(space, asked.goal, seed, asked.threads, control));
    }
    let interrupted = |_: Interrupted| Stopped::Interrupted(None);
    let splits = candidates(&mut cases, asked).map_err(interrupted)?;
    if splits.is_empty() {
        let why = "no split keeps all limits of [optimize] in every scenario; loosen one of them";
        return Err(Stopped::Impossible(why.to_owned()));
    }
    let table = table(&mut cases, &splits, FUTURES.1).map_err(interrupted)?;
    let picks = picks(&table, asked.weights);
    answer(asked, &cases, &splits, &picks)
        .map_err(interrupted)?
        .ok_or_else(|| Stopped::Impossible(text::undefined(asked.goal)))
}

fn point(share: u32) -> Point {
    Point {
        shares: vec![share],
        channels: Vec::new(),
        roles: Vec::new(),
        budget: 100,
    }
}

/// Splits near the best of every rule and scenario, by a coarse grid.
fn candidates(cases: &mut [Evaluator], asked: &AskedOfSeveral) -> Result<Vec<Point>, Interrupted> {
    let Some((low, high)) = cases.first().map(|case| case.space.share_bounds()) else {
        return Ok(Vec::new());
    };
    let step = asked.decisions.step;
    let allowed = |cases: &[Evaluator], shares: &mut dyn Iterator<Item = u32>| -> Vec<Point> {
        let mut points: Vec<Point> = shares.map(point).collect();
        points.sort_unstable();
        points.dedup();
        points.retain(|point| cases.iter().all(|case| case.space.allows(point)));
        points
    };
    let between = GRID.div_ceil(step) * step;
    let coarse = allowed(cases, &mut (low..=high).step_by(between as usize).chain([high]));
    if coarse.is_empty() {
        return Ok(Vec::new());
    }
    let table = table(cases, &coarse, FUTURES.0)?;
    let picks = picks(&table, asked.weights);
    let centres: Vec<u32> = picks
        .rules
        .iter()
        .chain(&picks.own)
        .filter_map(|pick| coarse.get(*pick)?.shares.first().copied())
        .collect();
    let fine = FINE.max(step as usize);
    let mut near = centres.into_iter().flat_map(|centre| {
        let from = centre.saturating_sub(AROUND / step * step).max(low);
        (from..=(centre + AROUND).min(high)).step_by(fine).chain([centre])
    });
    Ok(allowed(cases, &mut near))
}

/// The objective of every split (second index) in every scenario (first), by the futures of the search.
fn table(cases: &mut [Evaluator], splits: &[Point], futures: u64) -> Result<Vec<Vec<f64>>, Interrupted> {
    let mut table = Vec::with_capacity(cases.len());
    for case in cases {
        case.live(splits, futures)?;
        let row = splits.iter().map(|split| case.merit(split, futures).goal);
        table.push(row.collect());
    }
    Ok(table)
}

/// Positions of the splits that rules choose, and of the best split of every scenario.
#[derive(Debug)]
struct Picks {
    rules: [usize; 3],
    own: Vec<usize>,
}

fn picks(table: &[Vec<f64>], weights: &[f64]) -> Picks {
    let splits = table.first().map_or(0, Vec::len);
    let at = |case: usize, split: usize| table[case][split];
    let cases = 0..table.len();
    let highest = |of: &dyn Fn(usize) -> f64| {
        (0..splits)
            .max_by(|a, b| of(*a).total_cmp(&of(*b)).then(b.cmp(a)))
            .unwrap_or(0)
    };
    let own: Vec<usize> = cases
        .clone()
        .map(|case| highest(&|split| at(case, split)))
        .collect();
    let weighted = |split: usize| {
        cases
            .clone()
            .map(|case| weights[case] * at(case, split))
            .sum::<f64>()
    };
    let regret = |split: usize| {
        let regrets = cases.clone().map(|case| at(case, own[case]) - at(case, split));
        regrets.fold(f64::NEG_INFINITY, f64::max)
    };
    let worst = |split: usize| {
        cases
            .clone()
            .map(|case| at(case, split))
            .fold(f64::INFINITY, f64::min)
    };
    Picks {
        rules: [
            highest(&weighted),
            highest(&|split| -regret(split)),
            highest(&worst),
        ],
        own,
    }
}

/// Every number in fresh futures; `None` if the objective is undefined.
fn answer(
    asked: &AskedOfSeveral,
    cases: &[Evaluator],
    splits: &[Point],
    picks: &Picks,
) -> Result<Option<Robust>, Interrupted> {
    let total: f64 = asked.weights.iter().sum();
    let mut choices: Vec<Choice> = RULES
        .iter()
        .zip(picks.rules)
        .map(|(rule, pick)| none_yet(rule, share(splits, pick)))
        .collect();
    let mut scenarios = Vec::new();
    let mut pulls = vec![vec![0.0; asked.replications as usize]; RULES.len()];
    for (at, (case, run)) in cases.iter().zip(asked.cases).enumerate() {
        let own = picks.own.get(at).copied().unwrap_or(0);
        let plans = picks
            .rules
            .iter()
            .chain([&own])
            .filter_map(|pick| splits.get(*pick));
        let plans: Vec<Plan> = plans.map(|point| case.space.plan(point)).collect();
        let lived = case.outcomes(&plans, FRESH..FRESH + asked.replications)?;
        let of = |plan| {
            asked
                .goal
                .statistic
                .influence(&measured(&lived, asked.goal.measure.id, plan))
        };
        let Some(best) = of(RULES.len()) else {
            return Ok(None);
        };
        let weight = asked.weights.get(at).copied().unwrap_or(0.0) / total;
        for (rule, (choice, pulls)) in choices.iter_mut().zip(&mut pulls).enumerate() {
            let Some(own) = of(rule) else {
                return Ok(None);
            };
            enter(choice, pulls, &own, &best, weight);
        }
        scenarios.push(CaseFacts {
            file: run.file.to_owned(),
            name: run.scenario.name.clone(),
            sha256: run.sha256.to_owned(),
            weight,
            best_share: share(splits, own),
            best: best.estimate().unwrap_or(Estimate::new(best.value, 0.0)).into(),
        });
    }
    for (choice, pulls) in choices.iter_mut().zip(&pulls) {
        // The scenarios share their luck, so the error is that of the weighted pulls.
        let n = pulls.len() as f64;
        let squares: f64 = pulls.iter().map(|pull| pull * pull).sum();
        choice.weighted.error = (squares / (n * (n - 1.0).max(1.0))).sqrt();
    }
    Ok(Some(told(asked, cases, scenarios, choices)))
}

fn share(splits: &[Point], pick: usize) -> f64 {
    let share = splits.get(pick).and_then(|point| point.shares.first());
    f64::from(share.copied().unwrap_or(0)) / 100.0
}

fn none_yet(rule: &str, marketing_share: f64) -> Choice {
    Choice {
        rule: rule.to_owned(),
        marketing_share,
        weighted: Uncertain {
            value: 0.0,
            error: 0.0,
        },
        outcomes: Vec::new(),
        regrets: Vec::new(),
    }
}

/// Adds what a choice does in one scenario, whose best split does `best`.
fn enter(choice: &mut Choice, pulls: &mut [f64], own: &Influence, best: &Influence, weight: f64) {
    choice.weighted.value += weight * own.value;
    for (sum, pull) in pulls.iter_mut().zip(&own.pull) {
        *sum += weight * pull;
    }
    choice.outcomes.extend(own.estimate().map(Uncertain::from));
    choice.regrets.extend(best.minus(own).map(Uncertain::from));
}

fn told(
    asked: &AskedOfSeveral,
    cases: &[Evaluator],
    scenarios: Vec<CaseFacts>,
    choices: Vec<Choice>,
) -> Robust {
    let currency = asked.cases.first().map(|case| case.scenario.currency.clone());
    Robust {
        format: super::found::FORMAT,
        law: LAW,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        objective: objective(asked.goal),
        currency: currency.unwrap_or_default(),
        scenarios,
        choices,
        futures: asked.replications,
        replications: cases.iter().map(|case| case.lives).sum(),
    }
}

/// Rules choose by futures that no estimate uses.
const _: () = assert!(SEARCH > FRESH);

#[cfg(test)]
mod tests {
    use super::picks;

    /// Two scenarios and three splits: the sum is highest at the first, the middle never loses more than 3, the last is
    /// best at worst.
    #[test]
    fn every_rule_has_its_own_choice() {
        let table = [vec![20.0, 17.5, 12.0], vec![1.0, 3.0, 4.0]];
        let found = picks(&table, &[1.0, 1.0]);
        assert_eq!((found.rules, found.own), ([0, 1, 2], vec![0, 2]));
        assert_eq!(picks(&table, &[1.0, 10.0]).rules[0], 2);
    }
}
