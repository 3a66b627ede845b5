//! What a search makes as large as possible: a measure, and the statistic of its futures.

use super::distribution::Sorted;
use super::estimate::{Estimate, Influence};
use super::measure::{Make, Measure};
use super::outcomes::Better;
use crate::units::unit::Unit;

/// A measure of which more is better, and the statistic by which plans are judged.
#[derive(Debug, Clone, Copy)]
pub struct Goal {
    /// The measure.
    pub measure: &'static Measure,
    /// How its futures become one number.
    pub statistic: Statistic,
}

impl PartialEq for Goal {
    fn eq(&self, other: &Self) -> bool {
        self.measure.id == other.measure.id && self.statistic == other.statistic
    }
}

impl Goal {
    /// Why it cannot be made as large as possible; `None` if it can.
    pub fn unfit(self) -> Option<&'static str> {
        if !matches!(self.measure.make, Make::Amount(_)) {
            return Some("a ratio is often best where little is done");
        }
        (self.measure.better != Better::More).then_some("more of it is not better")
    }

    /// Unit of the statistic.
    pub fn unit(self) -> Unit {
        match self.statistic {
            Statistic::Reaches(_) => Unit::Share,
            _ => self.measure.unit,
        }
    }
}

/// One number of many futures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Statistic {
    /// The mean.
    Mean,
    /// The median.
    Median,
    /// The value below which a tenth of the futures end.
    P10,
    /// Mean of the worst share of the futures, above 0 and at most 1 (conditional value at risk).
    Cvar(f64),
    /// Share of futures with at least this amount.
    Reaches(f64),
}

impl Statistic {
    /// The word of the format.
    pub fn key(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Median => "median",
            Self::P10 => "p10",
            Self::Cvar(_) => "cvar",
            Self::Reaches(_) => "target",
        }
    }

    /// The statistic with the pull of every future on it; `None` without futures, or if one is undefined.
    ///
    /// Pulls are the influence functions of F. R. Hampel, *The Influence Curve and its Role in Robust Estimation*,
    /// JASA 69 (1974): of a quantile (p − 1{x ≤ q})/f(q), of the mean below it −(q − x)⁺/p.
    pub fn influence(self, values: &[f64]) -> Option<Influence> {
        if values.is_empty() || values.iter().any(|x| !x.is_finite()) {
            return None;
        }
        match self {
            Self::Mean => Influence::of_mean(values),
            Self::Median => of_quantile(values, 0.5),
            Self::P10 => of_quantile(values, 0.1),
            Self::Cvar(share) => of_lower_tail(values, share),
            Self::Reaches(amount) => {
                let hits: Vec<f64> = values.iter().map(|x| f64::from(u8::from(*x >= amount))).collect();
                Influence::of_mean(&hits)
            }
        }
    }
}

fn of_quantile(values: &[f64], p: f64) -> Option<Influence> {
    let sorted = Sorted::of(values.iter().copied());
    let value = sorted.quantile(p)?;
    let error = sorted.quantile_estimate(p).map_or(0.0, |estimate| estimate.error);
    // The error is √(p(1−p)/n)/f, which gives 1/f without another estimate of the density.
    let rarity = error / (p * (1.0 - p) / values.len() as f64).sqrt();
    let pull = |x: f64| (p - f64::from(u8::from(x <= value))) * rarity;
    Some(centred(value, values.iter().map(|x| pull(*x)).collect()))
}

fn of_lower_tail(values: &[f64], share: f64) -> Option<Influence> {
    let sorted = Sorted::of(values.iter().copied());
    let threshold = sorted.quantile(share)?;
    let value = match sorted.lower_tail_mean(share) {
        Some(estimate) => estimate.value,
        None => threshold,
    };
    let pull = |x: f64| -(threshold - x).max(0.0) / share;
    Some(centred(value, values.iter().map(|x| pull(*x)).collect()))
}

/// Pulls sum to 0.
fn centred(value: f64, mut pull: Vec<f64>) -> Influence {
    let mean = pull.iter().sum::<f64>() / pull.len() as f64;
    pull.iter_mut().for_each(|pull| *pull -= mean);
    Influence {
        value,
        pull,
        undefined: 0,
    }
}

/// The statistic of `a` less that of `b`, futures paired; `None` below two futures or where one is undefined.
pub fn gain(statistic: Statistic, a: &[f64], b: &[f64]) -> Option<Estimate> {
    statistic.influence(a)?.minus(&statistic.influence(b)?)
}
