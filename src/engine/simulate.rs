//! Many replications in parallel, the same bits for any number of threads.

use super::replication::Worker;
use crate::model::luck::Watch;
use crate::model::market::Market;
use crate::model::scenario::Scenario;
use crate::outcome::life::{Life, MeasureSet, SeriesSet};
use crate::outcome::outcomes::{BLOCK, Outcomes, WeeklyRecord};
use crate::outcome::series::{self, Weekly};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What to live.
#[derive(Debug, Clone)]
pub struct Run {
    /// Positions of the plans in the scenario; the first of these is the baseline of weekly differences.
    pub plans: Vec<usize>,
    /// Seed.
    pub seed: u64,
    /// Replications by number.
    pub replications: Range<u64>,
    /// Threads; 0 = as many as there are cores.
    pub threads: usize,
    /// Replications, from the first, whose weekly values are kept.
    pub weekly_replications: usize,
}

/// What the caller sees and says while replications are lived.
#[derive(Debug, Default)]
pub struct Control {
    /// Replications done.
    pub done: AtomicU64,
    /// Set to stop early.
    pub cancel: AtomicBool,
}

/// What was lived.
#[derive(Debug, Clone, PartialEq)]
pub struct Lived {
    /// Numbers per replication.
    pub outcomes: Outcomes,
    /// Weekly values.
    pub weekly: WeeklyRecord,
    /// Replications whose draws of unknowns could not be inverted exactly and were moved to the nearest that can.
    pub moved: u64,
}

/// Stopped before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("interrupted")]
pub struct Interrupted;

/// Everything that all blocks share.
struct Task<'a> {
    run: &'a Run,
    control: &'a Control,
    measures: &'a MeasureSet,
    series: &'a SeriesSet,
    weeks: usize,
}

/// The part of a run that one block fills.
struct Part<'a> {
    first: u64,
    numbers: &'a mut [f64],
    weekly: Option<&'a mut [f32]>,
}

/// A thread's buffers.
struct Bench {
    worker: Worker,
    /// Weekly values of a block: `[replication in block][plan][week][series]`.
    weekly: Vec<f32>,
}

/// Records the weeks of one replication and plan.
struct Recorder<'a> {
    series: &'a SeriesSet,
    to: &'a mut [f32],
    weeks: usize,
}

impl Watch for Recorder<'_> {
    fn week(&mut self, week: u32, market: &Market) {
        let week = week as usize;
        if week <= self.weeks {
            let count = self.series.readings.len();
            self.series
                .record(market, &mut self.to[(week - 1) * count..week * count]);
        }
    }
}

/// Lives every plan in every replication.
///
/// # Errors
/// `Interrupted` if `control.cancel` was set before the end.
pub fn simulate(scenario: &Scenario, run: &Run, control: &Control) -> Result<Lived, Interrupted> {
    let (measures, series) = (MeasureSet::of(scenario), SeriesSet::of(scenario));
    let count = (run.replications.end - run.replications.start) as usize;
    let plans = run.plans.len();
    let weeks = scenario.weeks as usize;
    let recorded = run.weekly_replications.min(count);
    let mut numbers = vec![0.0; count * plans * measures.columns()];
    let cells = plans * series.readings.len() * weeks * BLOCK;
    let mut weekly = vec![0.0_f32; recorded.div_ceil(BLOCK) * cells];
    let task = Task {
        run,
        control,
        measures: &measures,
        series: &series,
        weeks,
    };
    let parts = parts(&task, &mut numbers, &mut weekly, cells);
    let moved = live_parts(scenario, &task, parts)?;
    Ok(Lived {
        outcomes: Outcomes {
            columns: measures.columns(),
            readings: measures.readings,
            plans,
            replications: count,
            numbers,
        },
        weekly: WeeklyRecord {
            series: series.readings,
            weeks,
            plans,
            replications: recorded,
            values: weekly,
        },
        moved,
    })
}

fn parts<'a>(task: &Task<'_>, numbers: &'a mut [f64], weekly: &'a mut [f32], cells: usize) -> Vec<Part<'a>> {
    let per_block = BLOCK * task.run.plans.len() * task.measures.columns();
    let mut weekly = weekly.chunks_mut(cells.max(1));
    numbers
        .chunks_mut(per_block.max(1))
        .enumerate()
        .map(|(block, numbers)| Part {
            first: task.run.replications.start + (block * BLOCK) as u64,
            numbers,
            weekly: weekly.next(),
        })
        .collect()
}

/// Lives all blocks, on this thread if one is enough; returns how many replications were moved.
fn live_parts(scenario: &Scenario, task: &Task<'_>, parts: Vec<Part<'_>>) -> Result<u64, Interrupted> {
    let bench = || Bench {
        worker: Worker::new(scenario, &task.run.plans),
        weekly: Vec::new(),
    };
    if task.run.threads == 1 || parts.len() <= 1 {
        let mut bench = bench();
        let mut moved = 0;
        for part in parts {
            moved += live_block(task, &mut bench, part)?;
        }
        return Ok(moved);
    }
    let idle: Mutex<Vec<Bench>> = Mutex::new(Vec::new());
    let take = || idle.lock().ok().and_then(|mut benches| benches.pop());
    let all = || {
        parts
            .into_par_iter()
            .map(|part| {
                let mut bench = take().unwrap_or_else(bench);
                let moved = live_block(task, &mut bench, part);
                if let Ok(mut benches) = idle.lock() {
                    benches.push(bench);
                }
                moved
            })
            .try_reduce(|| 0, |a, b| Ok(a + b))
    };
    match rayon::ThreadPoolBuilder::new()
        .num_threads(task.run.threads)
        .build()
    {
        Ok(pool) => pool.install(all),
        Err(_) => all(),
    }
}

/// Lives a block of replications, every plan in each.
fn live_block(task: &Task<'_>, bench: &mut Bench, part: Part<'_>) -> Result<u64, Interrupted> {
    let plans = task.run.plans.len();
    let columns = task.measures.columns();
    let stride = task.weeks * task.series.readings.len();
    let recording = part.weekly.is_some();
    if recording {
        bench.weekly.resize(BLOCK * plans * stride, 0.0);
    }
    let mut moved = 0;
    let replications = part.numbers.len() / (plans * columns).max(1);
    for (position, numbers) in part.numbers.chunks_mut((plans * columns).max(1)).enumerate() {
        if task.control.cancel.load(Ordering::Relaxed) {
            return Err(Interrupted);
        }
        let luck = bench
            .worker
            .begin_numbered(task.run.seed, part.first + position as u64);
        moved += u64::from(bench.worker.company().moved.any());
        for (plan, numbers) in numbers.chunks_mut(columns).enumerate() {
            let from = (position * plans + plan) * stride;
            let to = if recording {
                &mut bench.weekly[from..from + stride]
            } else {
                &mut []
            };
            let weeks = if recording { task.weeks } else { 0 };
            let mut recorder = Recorder {
                series: task.series,
                to,
                weeks,
            };
            bench.worker.live(plan, &mut luck.clone(), &mut recorder);
            let life = Life {
                company: bench.worker.company(),
                schedule: bench.worker.schedule(plan),
                market: bench.worker.market(),
            };
            task.measures.record(&life, numbers);
        }
        task.control.done.fetch_add(1, Ordering::Relaxed);
    }
    if let Some(to) = part.weekly {
        transpose(task, &bench.weekly, to, replications);
    }
    Ok(moved)
}

/// Reduces weekly values to bands, cell by cell in parallel; the same bits for any number of threads.
pub fn weekly(record: &WeeklyRecord, threads: usize) -> Weekly {
    let cells = series::cells(record);
    if threads == 1 {
        return series::reduce(record);
    }
    let all = || cells.into_par_iter().map(|cell| cell.bands(record)).collect();
    let bands = match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(all),
        Err(_) => all(),
    };
    series::joined(record, bands)
}

/// From `[replication][plan][week][series]` to `[plan][series][week][replication]`.
fn transpose(task: &Task<'_>, from: &[f32], to: &mut [f32], replications: usize) {
    let (plans, weeks, series) = (task.run.plans.len(), task.weeks, task.series.readings.len());
    for plan in 0..plans {
        for week in 0..weeks {
            for replication in 0..replications {
                let first = ((replication * plans + plan) * weeks + week) * series;
                for (s, value) in from[first..first + series].iter().enumerate() {
                    to[((plan * series + s) * weeks + week) * BLOCK + replication] = *value;
                }
            }
        }
    }
}
