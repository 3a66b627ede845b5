//! Lengths of journeys, replication by replication, and their quantiles with errors.

use super::document::{Quantile, Time};
use crate::analysis::findings::Uncertain;
use crate::outcome::estimate::{self, Influence};

/// Shares below the quantiles that are told.
const SHARES: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];
/// Level of their intervals.
const LEVEL: f64 = 0.95;
/// Dots of a chart.
const DOTS: usize = 50;

/// Whole lengths, counted by replication.
#[derive(Debug, Clone, Default)]
pub(super) struct Lengths {
    counts: Vec<Vec<u32>>,
}

impl Lengths {
    /// A replication begins.
    pub(super) fn begin(&mut self) {
        self.counts.push(Vec::new());
    }

    /// A length of this replication.
    pub(super) fn add(&mut self, length: u32) {
        if let Some(counts) = self.counts.last_mut() {
            let length = length as usize;
            if counts.len() <= length {
                counts.resize(length + 1, 0);
            }
            counts[length] += 1;
        }
    }

    fn longest(&self) -> usize {
        self.counts.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Of every replication: lengths up to and including one, and all.
    fn up_to(&self, length: usize) -> (Vec<f64>, Vec<f64>) {
        let sum = |counts: &[u32]| counts.iter().map(|n| f64::from(*n)).sum::<f64>();
        self.counts
            .iter()
            .map(|counts| (sum(&counts[..counts.len().min(length + 1)]), sum(counts)))
            .unzip()
    }

    /// Means of lengths by replication are ratios: of their sum over their number.
    pub(super) fn mean(&self) -> Option<Uncertain> {
        let weighted = |counts: &Vec<u32>| {
            let each = counts.iter().enumerate();
            each.map(|(length, n)| length as f64 * f64::from(*n)).sum::<f64>()
        };
        let sums: Vec<f64> = self.counts.iter().map(weighted).collect();
        let (_, all) = self.up_to(0);
        estimate::ratio(&sums, &all).map(Uncertain::from)
    }

    /// Share of lengths up to and including one.
    fn share(&self, length: usize) -> Option<(f64, f64)> {
        let (below, all) = self.up_to(length);
        let share = Influence::of_ratio(&below, &all)?;
        Some((share.value, share.estimate().map_or(0.0, |share| share.error)))
    }

    /// The smallest length that a share of journeys does not exceed, with the interval of Woodruff (1952): the share has
    /// its error over futures, and the ends are the quantiles at the ends of its interval.
    fn quantile(&self, shares: &[(f64, f64)], share: f64) -> Option<Quantile> {
        let at = |goal: f64| {
            let found = shares.iter().position(|(below, _)| *below >= goal - 1e-12);
            found.unwrap_or(shares.len().saturating_sub(1))
        };
        let value = at(share);
        let reach = estimate::deviate(LEVEL) * shares.get(value)?.1;
        Some(Quantile {
            share,
            value: value as f64,
            low: at(share - reach) as f64,
            high: at(share + reach) as f64,
        })
    }

    /// What is told of them.
    pub(super) fn told(&self, id: &str, label: &str, unit: &str) -> Time {
        let (_, all) = self.up_to(0);
        let shares: Vec<(f64, f64)> = (0..self.longest())
            .filter_map(|length| self.share(length))
            .collect();
        let quantile = |share: f64| self.quantile(&shares, share);
        let dots = (0..DOTS).filter_map(|dot| quantile((dot as f64 + 0.5) / DOTS as f64));
        Time {
            id: id.to_owned(),
            label: label.to_owned(),
            unit: unit.to_owned(),
            count: all.iter().sum::<f64>() / all.len().max(1) as f64,
            mean: self.mean(),
            quantiles: SHARES.iter().filter_map(|share| quantile(*share)).collect(),
            dots: dots.map(|dot| dot.value).collect(),
        }
    }

    /// Journeys of exactly no week, by replication.
    pub(super) fn at_once(&self) -> Vec<f64> {
        self.up_to(0).0
    }

    /// All journeys, by replication.
    pub(super) fn all(&self) -> Vec<f64> {
        self.up_to(0).1
    }
}
