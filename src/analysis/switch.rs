//! Switch points: the value of a parameter at which the better of two choices changes.
//!
//! Both choices are lived at several values of the parameter in the same futures. Between neighbouring values every
//! future's difference is read off a straight line, so the mean difference and its error are known everywhere. The
//! point is where the mean is zero; its interval holds all values at which the mean is not told from zero: a test
//! inverted, as Fieller, *Some Problems in Interval Estimation*, J. R. Statist. Soc. B 16 (1954), 175–185.

use super::findings::{Uncertain, unit_of};
use crate::model::parameters::PARAMETERS;
use crate::model::scenario::Scenario;
use crate::outcome::estimate::{Estimate, Influence, LEVEL, deviate};
use crate::units::format::{self, Style};
use crate::units::unit::Unit;
use serde::{Deserialize, Serialize};

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Switch {
    /// Path of the parameter.
    pub parameter: String,
    /// Its unit key.
    pub unit: String,
    /// Lowest value looked at.
    pub from: f64,
    /// Highest value looked at.
    pub to: f64,
    /// Its value in the scenario; the typical one of an interval.
    pub now: Option<f64>,
    /// What is ahead where the difference is above 0.
    pub ahead: String,
    /// What is ahead where it is below 0.
    pub behind: String,
    /// Futures at every value.
    pub replications: u64,
    /// The values looked at, ascending, and the difference there: above 0 `ahead` is better, whatever the measure.
    pub points: Vec<SwitchPoint>,
    /// Where the difference changes its sign, ascending.
    pub crossings: Vec<Crossing>,
}

/// The difference at a value of the parameter.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SwitchPoint {
    /// Value of the parameter.
    pub at: f64,
    /// Difference of the two choices.
    pub difference: Uncertain,
}

/// A change of sign.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Crossing {
    /// Where the mean difference is zero.
    pub at: f64,
    /// From here on it is not told from zero (95 %).
    pub low: f64,
    /// Up to here.
    pub high: f64,
    /// Whether `ahead` is the better choice above the point.
    pub ahead_above: bool,
}

/// A value of the parameter and what it did: the difference of the two choices, future by future.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// Value of the parameter.
    pub at: f64,
    /// First choice minus second in the direction that is better.
    pub difference: Influence,
}

impl Trial {
    /// The better of the first plans minus the better of the second ones, by their means; `sign` is −1 where less is
    /// better. `None` where a side has no plan with a value.
    pub fn of(at: f64, first: &[Influence], second: &[Influence], sign: f64) -> Option<Self> {
        let best = |plans: &[Influence]| -> Option<Influence> {
            let merit = |plan: &Influence| sign * plan.value;
            plans.iter().max_by(|a, b| merit(a).total_cmp(&merit(b))).cloned()
        };
        let (a, b) = (best(first)?, best(second)?);
        let pulls = a.pull.iter().zip(&b.pull);
        Some(Self {
            at,
            difference: Influence {
                value: sign * (a.value - b.value),
                pull: pulls.map(|(a, b)| sign * (a - b)).collect(),
                undefined: a.undefined.max(b.undefined),
            },
        })
    }

    fn estimate(&self) -> Option<Estimate> {
        self.difference.estimate()
    }
}

/// Parts into which the stretch between two values is cut when the ends of an interval are looked for.
const PARTS: usize = 400;

/// The changes of sign of trials in ascending order.
///
/// A change counts where the difference is clearly above 0 at one value and clearly below at another, in intervals that
/// hold together over all values.
pub fn crossings(trials: &[Trial]) -> Vec<Crossing> {
    let sides: Vec<(usize, bool)> = trials
        .iter()
        .enumerate()
        .filter_map(|(index, trial)| {
            let estimate = trial.estimate()?.simultaneous(trials.len());
            let is_clear = estimate.low() > 0.0 || estimate.high() < 0.0;
            is_clear.then_some((index, estimate.value > 0.0))
        })
        .collect();
    let turns = sides.windows(2).filter(|pair| pair[0].1 != pair[1].1);
    turns
        .filter_map(|pair| crossing(trials, pair[0].0, pair[1].0, pair[1].1))
        .collect()
}

/// The change of sign between two values at which the difference is clear.
fn crossing(trials: &[Trial], from: usize, to: usize, ahead_above: bool) -> Option<Crossing> {
    let stretch = trials.get(from..=to)?;
    let zeros: Vec<f64> = stretch.windows(2).filter_map(zero).collect();
    let at = zeros.get(zeros.len() / 2).copied()?;
    let critical = deviate(LEVEL);
    let open =
        |(at, estimate): &(f64, Estimate)| (estimate.value.abs() <= critical * estimate.error).then_some(*at);
    // All values at which the mean is not told from zero, between the two that are clear.
    let steps: Vec<(f64, Estimate)> = stretch.windows(2).flat_map(steps).collect();
    let not_told: Vec<f64> = steps.iter().filter_map(open).collect();
    let low = not_told.iter().copied().fold(at, f64::min);
    let high = not_told.iter().copied().fold(at, f64::max);
    Some(Crossing {
        at,
        low,
        high,
        ahead_above,
    })
}

/// Where the straight line between two trials is zero.
fn zero(pair: &[Trial]) -> Option<f64> {
    let [from, to] = pair else { return None };
    let (a, b) = (from.difference.value, to.difference.value);
    (a != b && a * b <= 0.0).then(|| from.at + a / (a - b) * (to.at - from.at))
}

/// The difference at steps between two trials, with its error: every future's is read off a straight line.
fn steps(pair: &[Trial]) -> Vec<(f64, Estimate)> {
    let [from, to] = pair else { return Vec::new() };
    let (a, b) = (&from.difference, &to.difference);
    let futures = a.pull.len() as f64;
    let product = |x: &[f64], y: &[f64]| -> f64 { x.iter().zip(y).map(|(x, y)| x * y).sum() };
    let (aa, bb, ab) = (
        product(&a.pull, &a.pull),
        product(&b.pull, &b.pull),
        product(&a.pull, &b.pull),
    );
    (0..=PARTS)
        .map(|index| {
            let part = index as f64 / PARTS as f64;
            let rest = 1.0 - part;
            let squares = rest * rest * aa + 2.0 * rest * part * ab + part * part * bb;
            let error = (squares / (futures * (futures - 1.0))).max(0.0).sqrt();
            let value = rest * a.value + part * b.value;
            (from.at + part * (to.at - from.at), Estimate::new(value, error))
        })
        .collect()
}

/// Where to look next: the estimated crossing of the first stretch in which the sign changes, not too near its ends.
/// `None` where no sign changes.
pub fn next(trials: &[Trial]) -> Option<f64> {
    let pair = trials.windows(2).find(|pair| zero(pair).is_some())?;
    let [from, to] = pair else { return None };
    let width = to.at - from.at;
    let at = zero(pair)?;
    // A point hard by an end would leave the other end where it is.
    let margin = 0.1 * width;
    Some(at.clamp(from.at + margin, to.at - margin))
}

/// A parameter as a scenario has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// Its unit.
    pub unit: Unit,
    /// Its value; the typical one where it is drawn.
    pub now: f64,
    /// Where to look: the 90 % interval of what is drawn, else half to twice the value, as far as that is legal.
    pub range: (f64, f64),
}

/// What a scenario says of the parameter with this path; `None` if it says nothing, or a word.
pub fn known(scenario: &Scenario, path: &str) -> Option<Known> {
    if let Some(unknown) = scenario.unknowns.iter().find(|unknown| unknown.path == path) {
        let quantile = |u: f64| unknown.distribution.quantile(u);
        return Some(Known {
            unit: unknown.parameter.unit,
            now: quantile(0.5),
            range: (quantile(0.05), quantile(0.95)),
        });
    }
    PARAMETERS.iter().find_map(|parameter| {
        let item = item(scenario, parameter.path, path)?;
        let now = *(parameter.at)(&mut scenario.clone(), item)?;
        let (half, twice) = (now * 0.5, now * 2.0);
        let legal = |x: f64| x.clamp(parameter.range.low, parameter.range.high);
        Some(Known {
            unit: parameter.unit,
            now,
            range: (legal(half.min(twice)), legal(half.max(twice))),
        })
    })
}

/// The position that a path names where it has the shape of a pattern: `segments.*.deals.win_rate`.
fn item(scenario: &Scenario, pattern: &str, path: &str) -> Option<usize> {
    let Some((before, after)) = pattern.split_once('*') else {
        return (pattern == path).then_some(0);
    };
    let name = path.strip_prefix(before)?.strip_suffix(after)?;
    let among = |names: Vec<&str>| names.iter().position(|other| *other == name);
    match before {
        "channels." => among(scenario.channels.iter().map(|own| own.name.as_str()).collect()),
        "roles." | "today.team." => among(scenario.roles.iter().map(|own| own.name.as_str()).collect()),
        "environment.events." => {
            let events = scenario.environment.events.iter();
            among(events.map(|own| own.name.as_str()).collect())
        }
        _ => among(scenario.segments.iter().map(|own| own.name.as_str()).collect()),
    }
}

impl Switch {
    /// "The better choice changes at 23 % of `segments.smb.deals.win_rate` (95 % interval 21 to 25 %): below it Today is
    /// better, above it Sales-led."
    pub fn sentence(&self, currency: &str) -> String {
        let told = |x: f64| match self.unit() {
            // Whole percents would hide the width of an interval.
            Unit::Share => format::decimals(x * 100.0, 1, Style::Sentence) + "\u{202f}%",
            unit => format::quantity(x, unit, currency, Style::Sentence),
        };
        let (from, to) = (told(self.from), told(self.to));
        let path = &self.parameter;
        let futures = format::count(self.replications);
        if let Some(crossing) = self.crossings.first() {
            let (below, above) = if crossing.ahead_above {
                (&self.behind, &self.ahead)
            } else {
                (&self.ahead, &self.behind)
            };
            let level = format::percent(LEVEL, Style::Sentence);
            let more = match self.crossings.len() {
                1 => String::new(),
                several => format!(" It changes {several} times between {from} and {to}."),
            };
            return format!(
                "The better choice changes where `{path}` is {} ({level} interval {} to {}, {futures} futures): below it {below} is better, above it {above}.{more}",
                told(crossing.at),
                told(crossing.low),
                told(crossing.high)
            );
        }
        let ahead = self
            .points
            .iter()
            .filter(|point| point.difference.value > 0.0)
            .count();
        let all = self.points.len();
        let clear = |sign: f64| {
            let gain = |point: &SwitchPoint| {
                Estimate::new(sign * point.difference.value, point.difference.error).simultaneous(all)
            };
            self.points.iter().all(|point| gain(point).low() > 0.0)
        };
        let looked = format!("for `{path}` from {from} to {to} ({futures} futures)");
        if clear(1.0) || clear(-1.0) {
            let better = if ahead == all { &self.ahead } else { &self.behind };
            return format!("The better choice does not change {looked}: {better} is better throughout.");
        }
        let better = if 2 * ahead >= all {
            &self.ahead
        } else {
            &self.behind
        };
        format!(
            "No change of the better choice can be told {looked}: {better} is ahead at {} of {all} values, not clearly at all of them.",
            ahead.max(all - ahead)
        )
    }

    fn unit(&self) -> Unit {
        unit_of(&self.unit)
    }
}
