//! Weekly bands: mean and quantiles over the futures, week by week, of every series and every paired difference.
//!
//! Each band is a pure function of the record, so that the cells of a run (`cells`) can be reduced in any order
//! and by any number of threads. Quantiles are of type 7; sums run in one order, given by the replications.

use super::outcomes::{BLOCK, WeeklyRecord};

/// Weekly series of all plans.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weekly {
    /// What is followed; paired differences to the first plan come last, as `difference.ID`.
    pub series: Vec<SeriesFacts>,
    /// Plans by position, then series, then weeks: `bands[(plan * series.len() + s) * weeks + (week − 1)]`.
    pub bands: Vec<Band>,
    /// Weeks.
    pub weeks: u32,
    /// Futures behind the bands.
    pub replications: u64,
}

/// A weekly series.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesFacts {
    /// Key in `weekly.csv`.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Unit key.
    pub unit: String,
}

/// Mean and quantiles of one week over its finite values; all infinite where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Band {
    /// Mean.
    pub mean: f64,
    /// 5 % quantile.
    pub p05: f64,
    /// 10 % quantile.
    pub p10: f64,
    /// 25 % quantile.
    pub p25: f64,
    /// Median.
    pub p50: f64,
    /// 75 % quantile.
    pub p75: f64,
    /// 90 % quantile.
    pub p90: f64,
    /// 95 % quantile.
    pub p95: f64,
}

impl Weekly {
    /// The bands of a series of a plan, by week; `None` if it is not followed.
    pub fn bands_of(&self, plan: usize, id: &str) -> Option<&[Band]> {
        let series = self.series.iter().position(|series| series.id == id)?;
        let weeks = self.weeks as usize;
        let first = (plan * self.series.len() + series) * weeks;
        self.bands.get(first..first + weeks)
    }
}

/// One row of bands to be reduced: a series of a plan, or its paired difference to the first plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Position of the plan in the record.
    pub plan: usize,
    /// Position of the series in the record.
    pub series: usize,
    /// Whether the first plan is subtracted.
    pub difference: bool,
}

impl Cell {
    /// The bands of this cell, by week.
    pub fn bands(self, record: &WeeklyRecord) -> Vec<Band> {
        if self.difference {
            difference_bands_of(record, self.plan, self.series)
        } else {
            bands_of(record, self.plan, self.series)
        }
    }
}

/// What is to be reduced, in the order of `Weekly::bands`.
pub fn cells(record: &WeeklyRecord) -> Vec<Cell> {
    let rows = rows(record);
    let of_plan = |plan| {
        rows.iter().map(move |&(series, difference)| Cell {
            plan,
            series,
            difference,
        })
    };
    (0..record.plans).flat_map(of_plan).collect()
}

/// Joins the bands of all `cells` of a record, in their order.
pub fn joined(record: &WeeklyRecord, bands: Vec<Vec<Band>>) -> Weekly {
    let facts = |&(series, difference): &(usize, bool)| {
        let reading = &record.series[series];
        let (id, label) = if difference {
            let label = format!("{}, difference to the first plan", reading.label);
            (format!("difference.{}", reading.id), label)
        } else {
            (reading.id.clone(), reading.label.clone())
        };
        let unit = reading.unit.key().to_owned();
        SeriesFacts { id, label, unit }
    };
    Weekly {
        series: rows(record).iter().map(facts).collect(),
        bands: bands.into_iter().flatten().collect(),
        weeks: record.weeks as u32,
        replications: record.replications as u64,
    }
}

/// Reduces a whole record, one cell after the other.
pub fn reduce(record: &WeeklyRecord) -> Weekly {
    let bands = cells(record).into_iter().map(|cell| cell.bands(record)).collect();
    joined(record, bands)
}

/// The series of a plan and, with several plans, the differences of the paired ones.
fn rows(record: &WeeklyRecord) -> Vec<(usize, bool)> {
    let paired = |&s: &usize| record.plans > 1 && record.series[s].paired;
    let plain = (0..record.series.len()).map(|s| (s, false));
    let differences = (0..record.series.len()).filter(paired).map(|s| (s, true));
    plain.chain(differences).collect()
}

/// Bands of a series of a plan, by week.
pub fn bands_of(record: &WeeklyRecord, plan: usize, series: usize) -> Vec<Band> {
    let mut reducer = Reducer::default();
    (0..record.weeks)
        .map(|week| {
            reducer.begin();
            for block in 0..record.replications.div_ceil(BLOCK) {
                reducer
                    .values
                    .extend_from_slice(lanes(record, block, plan, series, week));
            }
            reducer.band()
        })
        .collect()
}

/// Bands of a series of a plan minus the same of the first plan in the same futures, by week.
pub fn difference_bands_of(record: &WeeklyRecord, plan: usize, series: usize) -> Vec<Band> {
    let mut reducer = Reducer::default();
    (0..record.weeks)
        .map(|week| {
            reducer.begin();
            for block in 0..record.replications.div_ceil(BLOCK) {
                let own = lanes(record, block, plan, series, week);
                let first = lanes(record, block, 0, series, week);
                reducer.values.extend(own.iter().zip(first).map(|(a, b)| a - b));
            }
            reducer.band()
        })
        .collect()
}

/// The replications of a block that were lived.
fn lanes(record: &WeeklyRecord, block: usize, plan: usize, series: usize, week: usize) -> &[f32] {
    let row = ((block * record.plans + plan) * record.series.len() + series) * record.weeks + week;
    let count = (record.replications - block * BLOCK).min(BLOCK);
    &record.values[row * BLOCK..row * BLOCK + count]
}

/// Buckets of equal width between least and greatest value.
const BUCKETS: usize = 1024;

/// The quantiles of a band.
const QUANTILES: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

/// Takes the quantiles of one week after the other in the same buffers.
///
/// Values fall into buckets by a monotone function; only buckets that hold a wanted rank are sorted.
#[derive(Debug, Default)]
struct Reducer {
    values: Vec<f32>,
    bucket: Vec<u16>,
    counts: Vec<u32>,
    kept: Vec<f32>,
}

impl Reducer {
    fn begin(&mut self) {
        self.values.clear();
    }

    /// The band of `values`.
    fn band(&mut self) -> Band {
        let mut sum = sum(&self.values);
        if !sum.is_finite() {
            self.values.retain(|x| x.is_finite());
            sum = self::sum(&self.values);
        }
        let count = self.values.len();
        if count == 0 {
            return Band::of(f64::INFINITY, [f64::INFINITY; 7]);
        }
        let mean = sum / count as f64;
        let (min, max) = ends(&self.values);
        if min == max {
            return Band::of(mean, [f64::from(min); 7]);
        }
        let marked = self.fill_buckets(min, max);
        self.keep(&marked);
        let quantile = |p: f64| {
            let position = p * (count - 1) as f64;
            let below = position.floor() as usize;
            let part = position - below as f64;
            let low = self.ranked(&marked, below);
            let high = self.ranked(&marked, (below + 1).min(count - 1));
            low + (high - low) * part
        };
        Band::of(mean, QUANTILES.map(quantile))
    }

    /// Counts every bucket; returns those that hold a wanted rank, ascending.
    fn fill_buckets(&mut self, min: f32, max: f32) -> Vec<Marked> {
        let count = self.values.len();
        let scale = (BUCKETS - 1) as f32 / (max - min);
        // Beyond the range of f32 the scale is 0 and everything falls into the first bucket.
        let scale = if scale.is_finite() { scale } else { 0.0 };
        self.counts.clear();
        self.counts.resize(BUCKETS, 0);
        self.bucket.clear();
        for &x in &self.values {
            let bucket = (((x - min) * scale) as usize).min(BUCKETS - 1);
            self.counts[bucket] += 1;
            self.bucket.push(bucket as u16);
        }
        let mut wanted = [0; 14];
        for (pair, p) in wanted.chunks_exact_mut(2).zip(QUANTILES) {
            let below = (p * (count - 1) as f64).floor() as usize;
            pair.copy_from_slice(&[below, (below + 1).min(count - 1)]);
        }
        let mut marked: Vec<Marked> = Vec::with_capacity(wanted.len());
        let (mut bucket, mut through) = (0, self.counts[0] as usize);
        for rank in wanted {
            while through <= rank {
                bucket += 1;
                through += self.counts[bucket] as usize;
            }
            if marked.last().is_none_or(|last| last.bucket != bucket) {
                let size = self.counts[bucket] as usize;
                marked.push(Marked {
                    bucket,
                    rank: through - size,
                    size,
                    from: marked.last().map_or(0, |last| last.from + last.size),
                });
            }
        }
        marked
    }

    /// Collects the values of the marked buckets, each bucket sorted.
    fn keep(&mut self, marked: &[Marked]) {
        const NONE: u32 = u32::MAX;
        // The counts are known: their place becomes the next free position of a marked bucket.
        self.counts.fill(NONE);
        for mark in marked {
            self.counts[mark.bucket] = mark.from as u32;
        }
        self.kept.clear();
        self.kept
            .resize(marked.last().map_or(0, |last| last.from + last.size), 0.0);
        for (&x, &bucket) in self.values.iter().zip(&self.bucket) {
            let next = &mut self.counts[usize::from(bucket)];
            if *next != NONE {
                self.kept[*next as usize] = x;
                *next += 1;
            }
        }
        for mark in marked {
            self.kept[mark.from..mark.from + mark.size].sort_unstable_by(f32::total_cmp);
        }
    }

    /// The value of a wanted rank.
    fn ranked(&self, marked: &[Marked], rank: usize) -> f64 {
        let at = marked.partition_point(|mark| mark.rank <= rank).saturating_sub(1);
        let mark = &marked[at];
        f64::from(self.kept[mark.from + (rank - mark.rank)])
    }
}

/// A bucket that holds a wanted rank.
#[derive(Debug)]
struct Marked {
    bucket: usize,
    /// Rank of its least value.
    rank: usize,
    /// Values in it.
    size: usize,
    /// Its place among the kept values.
    from: usize,
}

impl Band {
    fn of(mean: f64, quantiles: [f64; 7]) -> Self {
        let [p05, p10, p25, p50, p75, p90, p95] = quantiles;
        Self {
            mean,
            p05,
            p10,
            p25,
            p50,
            p75,
            p90,
            p95,
        }
    }
}

/// The sum, in eight lanes by position: one order for all machines. Not finite if a value is not.
fn sum(values: &[f32]) -> f64 {
    let mut lanes = [0.0_f64; 8];
    let chunks = values.chunks_exact(8);
    let rest: f64 = chunks.remainder().iter().map(|&x| f64::from(x)).sum();
    for chunk in chunks {
        for (lane, &x) in lanes.iter_mut().zip(chunk) {
            *lane += f64::from(x);
        }
    }
    lanes.into_iter().sum::<f64>() + rest
}

/// Least and greatest value, in sixteen lanes.
fn ends(values: &[f32]) -> (f32, f32) {
    let mut low = [f32::INFINITY; 16];
    let mut high = [f32::NEG_INFINITY; 16];
    let chunks = values.chunks_exact(16);
    for &x in chunks.remainder() {
        low[0] = low[0].min(x);
        high[0] = high[0].max(x);
    }
    for chunk in chunks {
        for lane in 0..16 {
            low[lane] = if chunk[lane] < low[lane] {
                chunk[lane]
            } else {
                low[lane]
            };
            high[lane] = if chunk[lane] > high[lane] {
                chunk[lane]
            } else {
                high[lane]
            };
        }
    }
    let min = low.into_iter().fold(f32::INFINITY, f32::min);
    let max = high.into_iter().fold(f32::NEG_INFINITY, f32::max);
    (min, max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::distribution::Sorted;

    fn check(values: Vec<f32>) {
        let mut reducer = Reducer {
            values: values.clone(),
            ..Reducer::default()
        };
        let band = reducer.band();
        let sorted = Sorted::of(values.iter().map(|&x| f64::from(x)));
        let got = [
            band.p05, band.p10, band.p25, band.p50, band.p75, band.p90, band.p95,
        ];
        for (got, p) in got.into_iter().zip(QUANTILES) {
            let expected = sorted.quantile(p).unwrap();
            assert!(
                (got - expected).abs() <= 1e-12 * expected.abs(),
                "{p}: {got} {expected}"
            );
        }
    }

    #[test]
    fn buckets_give_the_quantiles_of_a_full_sort() {
        let spread = |i: u32, scale: f32| (f32::sin(i as f32 * 12.9898) * 43758.547).fract() * scale;
        for n in [1, 2, 3, 15, 16, 17, 63, 64, 65, 1000, 4096] {
            check((0..n).map(|i| spread(i, 1e6) - 3e5).collect());
            check((0..n).map(|i| spread(i, 3.0).floor()).collect());
            check(
                (0..n)
                    .map(|i| if i == 5 { 3e38 } else { spread(i, 1.0) })
                    .collect(),
            );
            check((0..n).map(|i| if i % 2 == 0 { 3e38 } else { -3e38 }).collect());
            check((0..n).map(|i| spread(i, 1.0).powi(40)).collect());
            check(vec![7.5; n as usize]);
        }
    }
}
