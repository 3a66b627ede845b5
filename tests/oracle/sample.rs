//! Many replications of one plan, by the oracle and by the engine, laid out alike.

use super::beliefs;
use super::dice::Dice;
use super::market::Market;
use super::plan::Weeks;
use super::readout::{Number, name};
use super::today::Today;
use gtm_sim::engine::replication::Worker;
use gtm_sim::model::luck::Watch;
use gtm_sim::model::scenario::Scenario;
use gtm_sim::outcome::life::{Life, MeasureSet, SeriesSet};
use gtm_sim::outcome::outcomes::Rule;
use std::ops::Range;

/// What is compared of a scenario.
pub struct Layout {
    pub measures: MeasureSet,
    pub series: SeriesSet,
    pub weeks: usize,
}

impl Layout {
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            measures: MeasureSet::of(scenario),
            series: SeriesSet::of(scenario),
            weeks: scenario.weeks as usize,
        }
    }

    fn cells(&self) -> usize {
        self.series.readings.len() * self.weeks
    }
}

/// Numbers of replications.
pub struct Sample {
    /// By column of the measure set, then by replication.
    pub numbers: Vec<Vec<f64>>,
    /// Sums and sums of squares of a weekly value about that of the first replication: `[series * weeks + week − 1]`.
    shift: Vec<f64>,
    sums: Vec<f64>,
    squares: Vec<f64>,
    pub count: usize,
}

impl Sample {
    fn new(layout: &Layout) -> Self {
        Self {
            numbers: vec![Vec::new(); layout.measures.columns()],
            shift: vec![f64::NAN; layout.cells()],
            sums: vec![0.0; layout.cells()],
            squares: vec![0.0; layout.cells()],
            count: 0,
        }
    }

    fn add(&mut self, numbers: &[f64], weekly: &[f64]) {
        for (list, number) in self.numbers.iter_mut().zip(numbers) {
            list.push(*number);
        }
        for (cell, value) in weekly.iter().enumerate() {
            if self.count == 0 {
                self.shift[cell] = *value;
            }
            let off = value - self.shift[cell];
            self.sums[cell] += off;
            self.squares[cell] += off * off;
        }
        self.count += 1;
    }

    fn join(&mut self, other: Self) {
        if self.count == 0 {
            *self = other;
            return;
        }
        for (list, more) in self.numbers.iter_mut().zip(other.numbers) {
            list.extend(more);
        }
        let n = other.count as f64;
        for cell in 0..self.shift.len() {
            let off = other.shift[cell] - self.shift[cell];
            self.squares[cell] += other.squares[cell] + 2.0 * off * other.sums[cell] + n * off * off;
            self.sums[cell] += other.sums[cell] + n * off;
        }
        self.count += other.count;
    }

    /// Mean and variance of a weekly value.
    pub fn weekly(&self, cell: usize) -> (f64, f64) {
        let n = self.count as f64;
        let off = self.sums[cell] / n;
        let variance = ((self.squares[cell] / n - off * off) * n / (n - 1.0)).max(0.0);
        (self.shift[cell] + off, variance)
    }
}

const CHUNK: u64 = 250;

/// Replications in chunks over all cores; the same numbers for any number of them.
fn in_chunks(layout: &Layout, count: u64, live: impl Fn(Range<u64>, &mut Sample) + Sync) -> Sample {
    let chunks = count.div_ceil(CHUNK);
    let next = std::sync::atomic::AtomicU64::new(0);
    let done = std::sync::Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(chunks as usize);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let chunk = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    if chunk >= chunks {
                        return;
                    }
                    let mut sample = Sample::new(layout);
                    live(chunk * CHUNK..((chunk + 1) * CHUNK).min(count), &mut sample);
                    done.lock().unwrap().push((chunk, sample));
                }
            });
        }
    });
    let mut pieces = done.into_inner().unwrap();
    pieces.sort_by_key(|(chunk, _)| *chunk);
    let mut all = Sample::new(layout);
    for (_, piece) in pieces {
        all.join(piece);
    }
    all
}

/// Where every number of the oracle stands in the layout.
struct Places {
    measures: Vec<Option<usize>>,
    series: Vec<usize>,
}

fn places(scenario: &Scenario, layout: &Layout, market: &Market<'_>) -> Places {
    let column = |rule: Rule| match rule {
        Rule::Amount(column) => column,
        Rule::Ratio { of, .. } => of,
    };
    let readings = &layout.measures.readings;
    let measures: Vec<Option<usize>> = market
        .measures()
        .iter()
        .map(|(id, whom, _)| {
            let wanted = name(scenario, id, *whom);
            readings.iter().find(|r| r.id == wanted).map(|r| column(r.rule))
        })
        .collect();
    assert_eq!(
        measures.iter().flatten().count(),
        readings.len(),
        "every measure is told by the oracle"
    );
    let mut list = Vec::new();
    market.series(&mut list);
    let series = list
        .iter()
        .map(|(id, whom, _)| {
            let wanted = name(scenario, id, *whom);
            layout
                .series
                .readings
                .iter()
                .position(|r| r.id == wanted)
                .unwrap()
        })
        .collect::<Vec<usize>>();
    assert_eq!(series.len(), layout.series.readings.len(), "every series is told");
    Places { measures, series }
}

/// Replications of a plan as the oracle lives them.
pub fn oracle(scenario: &Scenario, plan: usize, layout: &Layout, count: u64, seed: u64) -> Sample {
    let fixed = scenario.unknowns.is_empty().then(|| prepare(scenario, plan));
    in_chunks(layout, count, |range, sample| {
        let mut numbers = vec![f64::NAN; layout.measures.columns()];
        let mut weekly = vec![f64::NAN; layout.cells()];
        let mut at: Option<Places> = None;
        for replication in range {
            let luck = seed.wrapping_add(replication.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            if let Some((today, weeks)) = &fixed {
                let market = Market::start(scenario, today, weeks, luck);
                live(market, layout, &mut at, &mut numbers, &mut weekly);
            } else {
                let known = beliefs::draw(scenario, &mut Dice::new(!luck));
                let (today, weeks) = prepare(&known, plan);
                let market = Market::start(&known, &today, &weeks, luck);
                live(market, layout, &mut at, &mut numbers, &mut weekly);
            }
            sample.add(&numbers, &weekly);
        }
    })
}

fn prepare(scenario: &Scenario, plan: usize) -> (Today, Weeks) {
    let today = Today::of(scenario);
    let weeks = Weeks::of(scenario, &scenario.plans[plan], &today.responses);
    (today, weeks)
}

fn live(
    mut market: Market<'_>,
    layout: &Layout,
    at: &mut Option<Places>,
    numbers: &mut [f64],
    weekly: &mut [f64],
) {
    let places = at.get_or_insert_with(|| places(market.scenario, layout, &market));
    let mut list = Vec::new();
    for now in 1..=market.plan.last {
        market.live(now);
        if now <= market.plan.horizon {
            market.series(&mut list);
            for ((_, _, value), series) in list.iter().zip(&places.series) {
                weekly[series * layout.weeks + now - 1] = *value;
            }
        }
    }
    for ((_, _, number), column) in market.measures().iter().zip(&places.measures) {
        let Some(column) = *column else {
            continue;
        };
        match number {
            Number::Amount(amount) => numbers[column] = *amount,
            Number::Ratio(of, per) => {
                numbers[column] = *of;
                numbers[column + 1] = *per;
            }
        }
    }
}

struct Weekly<'a> {
    layout: &'a Layout,
    buffer: Vec<f32>,
    values: &'a mut [f64],
}

impl Watch for Weekly<'_> {
    fn week(&mut self, week: u32, market: &gtm_sim::model::market::Market) {
        let week = week as usize;
        if week <= self.layout.weeks {
            self.layout.series.record(market, &mut self.buffer);
            for (series, value) in self.buffer.iter().enumerate() {
                self.values[series * self.layout.weeks + week - 1] = f64::from(*value);
            }
        }
    }
}

/// Replications of a plan as the engine lives them.
pub fn engine(scenario: &Scenario, plan: usize, layout: &Layout, count: u64, seed: u64) -> Sample {
    in_chunks(layout, count, |range, sample| {
        let mut worker = Worker::new(scenario, &[plan]);
        let mut numbers = vec![f64::NAN; layout.measures.columns()];
        let mut weekly = vec![f64::NAN; layout.cells()];
        for replication in range {
            let mut luck = worker.begin_numbered(seed, replication);
            let mut watch = Weekly {
                layout,
                buffer: vec![0.0; layout.series.readings.len()],
                values: &mut weekly,
            };
            worker.live(0, &mut luck, &mut watch);
            let life = Life {
                company: worker.company(),
                schedule: worker.schedule(0),
                market: worker.market(),
            };
            layout.measures.record(&life, &mut numbers);
            sample.add(&numbers, &weekly);
        }
    })
}
