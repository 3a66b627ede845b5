//! Simulates as many futures as were asked for: a number, or until the estimates are precise enough.

use super::failure::Failure;
use super::settings::Futures;
use crate::engine::simulate::{Control, Lived, Run, simulate};
use crate::model::scenario::Scenario;
use crate::outcome::estimate;
use crate::outcome::life::SeriesSet;
use crate::outcome::outcomes::{BLOCK, WeeklyRecord};
use crate::units::format::{self, Style};
use std::sync::atomic::{AtomicU64, Ordering};

/// Futures behind the weekly bands at most.
const WEEKLY: usize = 4096;

/// Bytes of weekly values at most.
const WEEKLY_BYTES: usize = 512 << 20;

/// Futures after which the precision is looked at first, then after twice as many and so on.
const FIRST_LOOK: u64 = 1000;

/// Looks at most: up to 1,024,000 futures.
const LOOKS: u32 = 11;

/// What was lived, and what the reader must know of it.
pub(super) struct Simulated {
    pub(super) lived: Lived,
    pub(super) remark: Option<String>,
}

/// Futures behind the weekly bands: fewer where their values would take too much memory.
pub(super) fn weekly_futures(scenario: &Scenario, plans: usize) -> usize {
    let series = SeriesSet::of(scenario).readings.len();
    let bytes = series * plans * scenario.weeks as usize * size_of::<f32>();
    let blocks = WEEKLY_BYTES / (bytes * BLOCK).max(1);
    WEEKLY.min(blocks.max(1) * BLOCK)
}

/// What is to be lived, and what was asked for.
pub(super) struct Wanted<'a> {
    pub(super) scenario: &'a Scenario,
    /// Identifier of the measure that decides.
    pub(super) objective: &'a str,
    pub(super) futures: Futures,
    /// Futures that the scenario asks for.
    pub(super) told: u64,
}

/// Lives the futures; `run.replications` and `run.weekly_replications` are filled in here.
pub(super) fn live(
    wanted: &Wanted,
    mut run: Run,
    control: &Control,
    total: &AtomicU64,
) -> Result<Simulated, Failure> {
    let count = match wanted.futures {
        Futures::Precise(share) => return precise(wanted, run, share, control, total),
        Futures::Exactly(count) => count,
        Futures::AsTheFileSays => wanted.told,
    };
    total.store(count, Ordering::Relaxed);
    run.replications = 0..count;
    run.weekly_replications = weekly_futures(wanted.scenario, run.plans.len());
    let lived = simulate(wanted.scenario, &run, control)?;
    Ok(Simulated { lived, remark: None })
}

/// Doubles the futures until every plan's objective is precise enough.
///
/// Futures are addressed by number, so a longer run extends a shorter one. Where the errors so far say that the
/// last look would not be enough, the scenario's own number of futures ends it.
fn precise(
    wanted: &Wanted,
    mut run: Run,
    share: f64,
    control: &Control,
    total: &AtomicU64,
) -> Result<Simulated, Failure> {
    let Wanted {
        scenario,
        objective,
        told,
        ..
    } = *wanted;
    let most = FIRST_LOOK << (LOOKS - 1);
    let weekly = weekly_futures(scenario, run.plans.len());
    let mut lived: Option<Lived> = None;
    let mut from = 0;
    let mut to = FIRST_LOOK;
    loop {
        total.store(to, Ordering::Relaxed);
        run.replications = from..to;
        run.weekly_replications = weekly.saturating_sub(from as usize);
        let more = simulate(scenario, &run, control)?;
        let so_far = match lived.take() {
            None => more,
            Some(first) => joined(first, more),
        };
        let error = relative_error(&so_far, objective);
        if error.is_some_and(|error| error <= share) {
            return Ok(Simulated {
                lived: so_far,
                remark: None,
            });
        }
        // Errors shrink with the square root of the futures.
        let needed = error.map(|error| to as f64 * (error / share) * (error / share));
        let hopeless = needed.is_none_or(|needed| needed > most as f64 * 1.5);
        if to >= most || hopeless && to >= told {
            let remark = Some(unreached(share, error, to, needed));
            return Ok(Simulated {
                lived: so_far,
                remark,
            });
        }
        from = to;
        to = if hopeless { told.min(most) } else { to * 2 };
        lived = Some(so_far);
    }
}

fn unreached(share: f64, error: Option<f64>, futures: u64, needed: Option<f64>) -> String {
    let percent = |x: f64| format!("{} %", format::number(x * 100.0, Style::Sentence));
    let futures = format::count(futures);
    let got = match error {
        Some(error) => format!("the error is {} after {futures} futures", percent(error)),
        None => format!("after {futures} futures a plan has no mean to compare its error with"),
    };
    let would = match needed {
        Some(needed) if needed < 1e12 => {
            let needed = format::number(needed / 1e6, Style::Sentence);
            format!("; about {needed} million would be needed")
        }
        _ => String::new(),
    };
    format!("the precision of {} is not reached: {got}{would}", percent(share))
}

/// Largest relative standard error of the objective over the plans; `None` if it is undefined for one.
fn relative_error(lived: &Lived, objective: &str) -> Option<f64> {
    let outcomes = &lived.outcomes;
    let reading = outcomes.reading(objective)?;
    (0..outcomes.plans).try_fold(0.0_f64, |largest, plan| {
        let estimate = estimate::influence(outcomes, reading, plan)?.estimate()?;
        let relative = estimate.error / estimate.value.abs();
        relative.is_finite().then(|| largest.max(relative))
    })
}

/// Two stretches of futures as one.
fn joined(mut first: Lived, second: Lived) -> Lived {
    first.outcomes.numbers.extend(second.outcomes.numbers);
    first.outcomes.replications += second.outcomes.replications;
    first.weekly = weekly_joined(first.weekly, &second.weekly);
    first.moved += second.moved;
    first
}

/// Weekly values of two stretches: the blocks of the second begin anew, so its values move one by one.
fn weekly_joined(mut first: WeeklyRecord, second: &WeeklyRecord) -> WeeklyRecord {
    if second.replications == 0 {
        return first;
    }
    let rows = first.plans * first.series.len() * first.weeks;
    let all = first.replications + second.replications;
    first.values.resize(all.div_ceil(BLOCK) * rows * BLOCK, 0.0);
    for replication in 0..second.replications {
        let (from, to) = (replication, first.replications + replication);
        for row in 0..rows {
            let value = second.values[(from / BLOCK * rows + row) * BLOCK + from % BLOCK];
            first.values[(to / BLOCK * rows + row) * BLOCK + to % BLOCK] = value;
        }
    }
    first.replications = all;
    first
}
