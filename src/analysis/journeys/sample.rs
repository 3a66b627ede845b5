//! Lives a sample of futures by name, and each again without every channel in turn.

use super::collect::{Collector, Credits};
use super::document::{Credit, Journeys, Path, Response, SampleFacts, Wins};
use super::paths::Step;
use super::tally::Tally;
use crate::analysis::compare::{Asked, FORMAT, LAW};
use crate::analysis::findings::Uncertain;
use crate::engine::replication::Worker;
use crate::engine::simulate::{Control, Interrupted};
use crate::engine::trace::event::Kind;
use crate::engine::trace::replay::{Replay, TooMany};
use crate::model::scenario::{Change, Plan, Scenario};
use crate::model::sources::Source;
use crate::outcome::estimate;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// Paths told.
const MOST_PATHS: usize = 12;

/// Why there is no sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSample {
    /// The market is too large to be named.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// Stopped by the user.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}

/// Wins and value of a replication.
type Pair = [f64; 2];

/// Lives `count` futures of the first plan asked for, at least two.
///
/// # Errors
/// `NoSample`.
pub fn sample(asked: &Asked, count: u64, control: &Control) -> Result<Journeys, NoSample> {
    let (scenario, plan) = (asked.scenario, asked.plans.first().copied().unwrap_or(0));
    let mut replay = Replay::new(scenario, plan)?;
    let mut collector = Collector::new(scenario);
    let (without, plans) = without(scenario, plan);
    let mut worker = Worker::new(&without, &plans);
    let mut absent: Vec<Vec<Pair>> = vec![Vec::new(); plans.len()];
    let mut moved = 0;
    for number in 0..count {
        if control.cancel.load(Ordering::Relaxed) {
            return Err(Interrupted.into());
        }
        replay.live(asked.seed, number, &mut collector);
        let luck = worker.begin_numbered(asked.seed, number);
        moved += u64::from(worker.company().moved.any());
        for (channel, absent) in absent.iter_mut().enumerate() {
            let mut tally = Tally::new(scenario.weeks);
            worker.live(channel, &mut luck.clone(), &mut tally);
            absent.push([tally.wins, tally.value]);
        }
        control.done.fetch_add(1, Ordering::Relaxed);
    }
    let mut warnings = Vec::new();
    if moved > 0 {
        warnings.push(format!(
            "in {moved} of {count} futures what was drawn contradicts itself and was moved; see gtm-sim check"
        ));
    }
    Ok(Journeys {
        format: FORMAT,
        law: LAW,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        sample: facts(asked, plan, count),
        wins: wins(&collector.credits),
        times: times(&collector),
        first_is_lead: estimate::ratio(&collector.to_lead.at_once(), &collector.to_lead.all())
            .map(Uncertain::from),
        response: response(&collector),
        sources: credited(scenario, &collector, &absent),
        paths: paths(scenario, &collector),
        warnings,
        files: BTreeMap::new(),
    })
}

/// The scenario with a plan behind its own for every channel: the plan without the channel's money within the horizon.
fn without(scenario: &Scenario, plan: usize) -> (Scenario, Vec<usize>) {
    let mut without = scenario.clone();
    let first = without.plans.len();
    let changed = |channel| Plan {
        change: Some(Change::Channel(channel, 0.0)),
        ..scenario.plans[plan].clone()
    };
    without.plans.extend((0..scenario.channels.len()).map(changed));
    let plans = (first..without.plans.len()).collect();
    (without, plans)
}

fn facts(asked: &Asked, plan: usize, count: u64) -> SampleFacts {
    let scenario = asked.scenario;
    SampleFacts {
        name: scenario.name.clone(),
        file: asked.file.to_owned(),
        sha256: asked.sha256.to_owned(),
        settings: asked.settings.to_vec(),
        seed: asked.seed,
        replications: count,
        weeks: scenario.weeks,
        start: scenario.start.to_string(),
        currency: scenario.currency.clone(),
        plan: scenario.plans[plan].name.as_str().to_owned(),
        label: scenario.plans[plan].label.clone(),
    }
}

/// The mean over replications; with one of them its error is not known and stays 0.
fn mean(values: &[f64]) -> Uncertain {
    match estimate::mean(values) {
        Some(mean) => Uncertain::from(mean),
        None => Uncertain {
            value: values.first().copied().unwrap_or(0.0),
            error: 0.0,
        },
    }
}

fn mean_of(credits: &[Credits], of: impl Fn(&Credits) -> f64) -> Uncertain {
    mean(&credits.iter().map(of).collect::<Vec<f64>>())
}

fn wins(credits: &[Credits]) -> Wins {
    Wins {
        all: mean_of(credits, |credits| credits.wins),
        value: mean_of(credits, |credits| credits.value),
        leads_before: mean_of(credits, |credits| credits.wins_before),
        value_before: mean_of(credits, |credits| credits.value_before),
    }
}

fn times(collector: &Collector) -> Vec<super::document::Time> {
    let weeks = "weeks";
    vec![
        collector
            .whole
            .told("touch_to_purchase", "First touch to purchase", weeks),
        collector
            .to_lead
            .told("touch_to_lead", "First touch to lead", weeks),
        collector
            .from_lead
            .told("lead_to_purchase", "Lead to purchase", weeks),
        collector.cycle.told(
            "opportunity_to_purchase",
            "Opportunity to purchase, by reps",
            weeks,
        ),
        collector
            .touches
            .told("touches", "Touches to purchase", "touches"),
    ]
}

fn response(collector: &Collector) -> Response {
    let worked = collector.response.all();
    let never: Vec<f64> = collector.credits.iter().map(|credits| credits.never).collect();
    let all: Vec<f64> = worked
        .iter()
        .zip(&never)
        .map(|(worked, never)| worked + never)
        .collect();
    let share = |of: &[f64]| estimate::ratio(of, &all).map(Uncertain::from);
    Response {
        weeks: collector.response.mean(),
        same_week: share(&collector.response.at_once()),
        never: share(&never),
    }
}

fn credited(scenario: &Scenario, collector: &Collector, absent: &[Vec<Pair>]) -> Vec<Credit> {
    let credits = &collector.credits;
    let column = |of: &dyn Fn(&Credits) -> f64| credits.iter().map(of).collect::<Vec<f64>>();
    let all = [column(&|credits| credits.wins), column(&|credits| credits.value)];
    let mut told = Vec::new();
    for (place, source) in collector.sources.iter().enumerate() {
        let first = [0, 1].map(|what| column(&|credits| credits.first[place][what]));
        let last = [0, 1].map(|what| column(&|credits| credits.last[place][what]));
        let truth = match source {
            Source::Channel(channel) => absent.get(*channel).map(|without| {
                [0, 1].map(|what: usize| {
                    let pairs = all[what].iter().zip(without);
                    pairs
                        .map(|(with, without)| with - without[what])
                        .collect::<Vec<f64>>()
                })
            }),
            _ => None,
        };
        let is_empty = first[0].iter().chain(&last[0]).all(|wins| *wins == 0.0);
        if truth.is_none() && is_empty {
            continue;
        }
        let gap = |credit: &[f64]| {
            let truth = &truth.as_ref()?[0];
            estimate::paired_difference(credit, truth).map(Uncertain::from)
        };
        told.push(Credit {
            source: source.key(scenario),
            label: label(*source, scenario),
            first: mean(&first[0]),
            last: mean(&last[0]),
            truth: truth.as_ref().map(|truth| mean(&truth[0])),
            first_value: mean(&first[1]),
            last_value: mean(&last[1]),
            truth_value: truth.as_ref().map(|truth| mean(&truth[1])),
            last_gap: gap(&last[0]),
            first_gap: gap(&first[0]),
        });
    }
    told
}

fn paths(scenario: &Scenario, collector: &Collector) -> Vec<Path> {
    let credits = &collector.credits;
    let mut sums: BTreeMap<u32, u64> = BTreeMap::new();
    for (path, n) in credits.iter().flat_map(|credits| &credits.paths) {
        *sums.entry(*path).or_default() += u64::from(*n);
    }
    let mut order: Vec<(u32, u64)> = sums.into_iter().collect();
    order.sort_by_key(|(path, n)| (std::cmp::Reverse(*n), *path));
    let all: Vec<f64> = credits
        .iter()
        .map(|credits| credits.wins - credits.wins_before)
        .collect();
    let told = order.into_iter().take(MOST_PATHS).filter_map(|(path, _)| {
        let gone = |credits: &Credits| f64::from(credits.paths.get(&path).copied().unwrap_or(0));
        let gone: Vec<f64> = credits.iter().map(gone).collect();
        let steps = collector.paths.steps(path);
        Some(Path {
            steps: steps.into_iter().map(|step| step_key(step, scenario)).collect(),
            share: Uncertain::from(estimate::ratio(&gone, &all)?),
        })
    });
    told.collect()
}

fn step_key(step: Step, scenario: &Scenario) -> String {
    match step {
        Step::Before => "before".to_owned(),
        Step::By(source) => source.key(scenario),
        Step::Won => Kind::Won.key().to_owned(),
        Step::Alone => Kind::SelfServeWon.key().to_owned(),
    }
}

fn label(source: Source, scenario: &Scenario) -> String {
    match source {
        Source::Organic => "Organic".to_owned(),
        Source::WordOfMouth => "Word of mouth".to_owned(),
        Source::Referral => "Referrals".to_owned(),
        Source::Channel(c) => scenario.channels[c].label.clone(),
        Source::Role(r) => scenario.roles[r].label.clone(),
    }
}
