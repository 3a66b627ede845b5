//! Oracle against engine: means, standard deviations, quantiles, weekly means; Holm; power.

use super::sample::{Layout, Sample};
use gtm_sim::outcome::outcomes::Rule;
use statrs::distribution::{Binomial, DiscreteCDF};

/// What is compared; each kind has its part of the false-alarm rate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Mean,
    Deviation,
    Quantile,
    WeeklyMean,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Mean, Kind::Deviation, Kind::Quantile, Kind::WeeklyMean];

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Mean => "means",
            Kind::Deviation => "standard deviations",
            Kind::Quantile => "quantiles and shares",
            Kind::WeeklyMean => "weekly means",
        }
    }

    /// Its part of the overall false-alarm rate.
    pub fn alarm(self) -> f64 {
        match self {
            Kind::Mean => 0.005,
            Kind::Deviation | Kind::Quantile => 0.0015,
            Kind::WeeklyMean => 0.002,
        }
    }
}

/// The overall false-alarm rate.
pub const ALARM: f64 = 0.01;

/// One comparison.
#[derive(Clone)]
pub struct Comparison {
    pub scenario: String,
    pub plan: String,
    pub what: String,
    pub kind: Kind,
    pub oracle: f64,
    pub engine: f64,
    /// Difference in standard errors.
    pub z: f64,
    pub p: f64,
    /// The same after Holm's correction and the split of the false-alarm rate: below `ALARM` is a disagreement.
    pub adjusted: f64,
    /// A difference that must be found, in standard errors; `None` for quantiles and weekly means.
    pub must_find: Option<f64>,
}

/// Numbers that are the same but for rounding; the engine keeps weekly values with 24 bits.
const SAME: f64 = 2e-6;

fn two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() / std::f64::consts::SQRT_2)
}

fn mean_and_variance(numbers: &[f64]) -> (f64, f64) {
    let n = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / n;
    let variance = numbers.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    (mean, variance)
}

/// Everything that is compared of one plan.
pub struct Judge<'a> {
    pub scenario: &'a str,
    pub plan: &'a str,
    pub list: &'a mut Vec<Comparison>,
}

impl Judge<'_> {
    fn push(&mut self, what: &str, kind: Kind, both: (f64, f64), z: f64, p: f64, must_find: Option<f64>) {
        self.list.push(Comparison {
            scenario: self.scenario.to_owned(),
            plan: self.plan.to_owned(),
            what: what.to_owned(),
            kind,
            oracle: both.0,
            engine: both.1,
            z,
            p,
            adjusted: p,
            must_find,
        });
    }

    /// Two means with their variances of the mean.
    fn means(&mut self, what: &str, kind: Kind, a: (f64, f64), b: (f64, f64), must_find: Option<f64>) {
        let error = (a.1 + b.1).sqrt();
        let size = a.0.abs().max(b.0.abs());
        if error <= 1e-9 * size || error == 0.0 {
            // Luck plays no part: both must show the same.
            let same = (a.0 - b.0).abs() <= SAME * size + 1e-12;
            let (z, p) = if same { (0.0, 1.0) } else { (f64::INFINITY, 0.0) };
            self.push(what, kind, (a.0, b.0), z, p, None);
            return;
        }
        let z = (b.0 - a.0) / error;
        self.push(
            what,
            kind,
            (a.0, b.0),
            z,
            two_sided(z),
            must_find.map(|d| d / error),
        );
    }

    /// How often something happened among so many on each side: exact given the sum where it is rare.
    fn shares(&mut self, what: &str, a: (usize, usize), b: (usize, usize)) {
        let (k, n) = ((a.0 + b.0) as f64, (a.1 + b.1) as f64);
        if n == 0.0 || k == 0.0 || k == n {
            return;
        }
        let (pa, pb) = (a.0 as f64 / a.1 as f64, b.0 as f64 / b.1 as f64);
        let rare = k.min(n - k);
        let pooled = k / n;
        let error = (pooled * (1.0 - pooled) * (1.0 / a.1 as f64 + 1.0 / b.1 as f64)).sqrt();
        let z = (pb - pa) / error;
        let p = if rare < 200.0 {
            let of_a = if k <= n - k { a.0 } else { a.1 - a.0 };
            let law = Binomial::new(a.1 as f64 / n, rare as u64).unwrap();
            let at_most = law.cdf(of_a as u64);
            let at_least = 1.0 - if of_a == 0 { 0.0 } else { law.cdf(of_a as u64 - 1) };
            (2.0 * at_most.min(at_least)).min(1.0)
        } else {
            two_sided(z)
        };
        self.push(what, Kind::Quantile, (pa, pb), z, p, None);
    }

    /// Mean, standard deviation and quantiles of a number.
    fn number(&mut self, what: &str, oracle: &[f64], engine: &[f64], pilot: &[f64]) {
        if oracle.len() < 50 || engine.len() < 50 {
            return;
        }
        let (a, b) = (mean_and_variance(oracle), mean_and_variance(engine));
        let (n, m) = (oracle.len() as f64, engine.len() as f64);
        let deviation = a.1.sqrt();
        let must_find = if deviation > a.0.abs() {
            0.05 * deviation
        } else {
            0.02 * a.0.abs()
        };
        self.means(what, Kind::Mean, (a.0, a.1 / n), (b.0, b.1 / m), Some(must_find));
        if a.1.sqrt() > 1e-9 * a.0.abs() || b.1.sqrt() > 1e-9 * b.0.abs() {
            let squares = |numbers: &[f64], mean: f64| -> Vec<f64> {
                numbers.iter().map(|x| (x - mean) * (x - mean)).collect()
            };
            let (u, v) = (
                mean_and_variance(&squares(oracle, a.0)),
                mean_and_variance(&squares(engine, b.0)),
            );
            let ten_percent = (1.1 * 1.1 - 1.0) * u.0;
            let label = format!("{what}, sd²");
            self.means(
                &label,
                Kind::Deviation,
                (u.0, u.1 / n),
                (v.0, v.1 / m),
                Some(ten_percent),
            );
            self.quantiles(what, oracle, engine, pilot);
        }
    }

    /// Counts at most at the quantiles of a pilot run of the engine, which belongs to neither sample.
    fn quantiles(&mut self, what: &str, oracle: &[f64], engine: &[f64], pilot: &[f64]) {
        if pilot.is_empty() {
            return;
        }
        let mut sorted = pilot.to_vec();
        sorted.sort_by(f64::total_cmp);
        let mut last = f64::NAN;
        for percent in [10, 50, 90] {
            let limit = sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)];
            if limit == last {
                continue;
            }
            last = limit;
            // The same number summed in another order counts as the same.
            let slack = SAME * limit.abs() + 1e-9;
            let count = |numbers: &[f64]| numbers.iter().filter(|x| **x <= limit + slack).count();
            let label = format!("{what}, at most P{percent}");
            self.shares(
                &label,
                (count(oracle), oracle.len()),
                (count(engine), engine.len()),
            );
        }
    }

    /// A ratio of sums, with its delta-method error; and its spread over the futures that have a denominator.
    fn ratio(&mut self, what: &str, columns: (usize, usize), samples: [&Sample; 3]) {
        let sum = |numbers: &[f64]| numbers.iter().sum::<f64>();
        let [oracle, engine, _] = samples;
        let (of, per) = columns;
        let all_per = sum(&oracle.numbers[per]) + sum(&engine.numbers[per]);
        if all_per > 0.0 {
            let pooled = (sum(&oracle.numbers[of]) + sum(&engine.numbers[of])) / all_per;
            let mean_per = all_per / (oracle.count + engine.count) as f64;
            let parts = |sample: &Sample| -> (f64, f64) {
                let pairs = sample.numbers[of].iter().zip(&sample.numbers[per]);
                let line: Vec<f64> = pairs
                    .map(|(of, per)| pooled + (of - pooled * per) / mean_per)
                    .collect();
                let (mean, variance) = mean_and_variance(&line);
                (mean, variance / sample.count as f64)
            };
            self.means(
                what,
                Kind::Mean,
                parts(oracle),
                parts(engine),
                Some(0.02 * pooled.abs()),
            );
        }
        let each = |sample: &Sample| -> Vec<f64> {
            let pairs = sample.numbers[of].iter().zip(&sample.numbers[per]);
            pairs
                .filter(|(_, per)| **per > 0.0)
                .map(|(of, per)| of / per)
                .collect()
        };
        let [a, b, pilot] = samples.map(each);
        let label = format!("{what}, undefined");
        self.shares(
            &label,
            (oracle.count - a.len(), oracle.count),
            (engine.count - b.len(), engine.count),
        );
        self.number(&format!("{what} by future"), &a, &b, &pilot);
    }

    /// Everything of one plan.
    pub fn plan(&mut self, layout: &Layout, oracle: &Sample, engine: &Sample, pilot: &Sample) {
        for reading in &layout.measures.readings {
            match reading.rule {
                Rule::Amount(column) => {
                    let [a, b, c] = [oracle, engine, pilot].map(|sample| &sample.numbers[column]);
                    assert_eq!(
                        a[0].is_nan(),
                        b[0].is_nan(),
                        "{}: undefined in one only",
                        reading.id
                    );
                    if !a[0].is_nan() {
                        self.number(&reading.id, a, b, c);
                    }
                }
                Rule::Ratio { of, per } => {
                    self.ratio(&reading.id, (of, per), [oracle, engine, pilot]);
                }
            }
        }
        for (s, series) in layout.series.readings.iter().enumerate() {
            for week in 1..=layout.weeks {
                let cell = s * layout.weeks + week - 1;
                let (a, b) = (oracle.weekly(cell), engine.weekly(cell));
                let label = format!("{} in week {week}", series.id);
                let (n, m) = (oracle.count as f64, engine.count as f64);
                self.means(&label, Kind::WeeklyMean, (a.0, a.1 / n), (b.0, b.1 / m), None);
            }
        }
    }
}

/// Holm's correction within each kind, scaled to the overall false-alarm rate.
pub fn correct(list: &mut [Comparison]) {
    for kind in Kind::ALL {
        let mut order: Vec<usize> = (0..list.len()).filter(|i| list[*i].kind == kind).collect();
        order.sort_by(|a, b| list[*a].p.total_cmp(&list[*b].p));
        let mut worst: f64 = 0.0;
        for (rank, i) in order.iter().enumerate() {
            let tests = (order.len() - rank) as f64;
            worst = worst.max((list[*i].p * tests * ALARM / kind.alarm()).min(1.0));
            list[*i].adjusted = worst;
        }
    }
}

/// Standard errors beyond which a single comparison of a kind is a disagreement, whatever the others say.
pub fn threshold(kind: Kind, comparisons: usize) -> f64 {
    let level = kind.alarm() / comparisons.max(1) as f64;
    let (mut low, mut high) = (0.0, 40.0);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if two_sided(middle) > level {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// Probability that a difference of so many standard errors is found.
pub fn power(must_find: f64, threshold: f64) -> f64 {
    0.5 * libm::erfc((threshold - must_find) / std::f64::consts::SQRT_2)
}
