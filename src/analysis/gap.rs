//! Gaps: the difference of two plans in the direction that is better, and how sure it is.

use super::compare::FEWEST_TO_COMPARE;
use super::findings::{Comparison, Findings, Pair, PlanFindings};

/// A difference of two plans as it may be told: `ahead` minus `behind` in the direction that is better.
#[derive(Debug, Clone, Copy)]
pub struct Gap<'a> {
    /// The better plan.
    pub ahead: &'a PlanFindings,
    /// The other one.
    pub behind: &'a PlanFindings,
    /// At least 0, in the unit of the objective.
    pub gain: f64,
    /// Standard error of the gain.
    pub error: f64,
    /// Lower end of the simultaneous 95 % interval of the gain.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Futures behind it.
    pub futures: u64,
    /// Whether there are futures enough to compare plans.
    pub enough: bool,
}

impl<'a> Gap<'a> {
    /// The gap between two plans, whichever is ahead; `None` if it was not estimated.
    pub fn between(findings: &'a Findings, comparison: &Comparison, a: usize, b: usize) -> Option<Self> {
        let (a, b) = (findings.plans.get(a)?, findings.plans.get(b)?);
        let is =
            |pair: &&Pair, x: &PlanFindings, y: &PlanFindings| pair.name == x.name && pair.than == y.name;
        let pair = comparison
            .pairs
            .iter()
            .find(|pair| is(pair, a, b) || is(pair, b, a))?;
        let less = findings.measure(&comparison.measure)?.better == "less";
        let sign = if less { -1.0 } else { 1.0 };
        let (first, second) = if pair.name == a.name { (a, b) } else { (b, a) };
        let turned = sign * pair.difference < 0.0;
        let sign = if turned { -sign } else { sign };
        let (ahead, behind) = if turned { (second, first) } else { (first, second) };
        let (x, y) = (sign * pair.low, sign * pair.high);
        Some(Self {
            ahead,
            behind,
            gain: sign * pair.difference,
            error: pair.error,
            low: x.min(y),
            high: x.max(y),
            futures: pair.replications.unwrap_or(findings.scenario.replications),
            enough: is_enough(findings),
        })
    }

    /// Clear of noise, and large enough to matter.
    pub fn is_clear(&self, within: f64) -> bool {
        self.closeness(within) == Closeness::Clear
    }

    /// What may be said of the gap where differences up to `within` do not matter.
    pub fn closeness(&self, within: f64) -> Closeness {
        if !self.enough {
            Closeness::NotToldApart
        } else if self.low > 0.0 && self.gain > within {
            Closeness::Clear
        } else if self.low > 0.0 && self.high > within {
            Closeness::Hardly
        } else if self.low > 0.0 {
            Closeness::TooLittle
        } else if self.low > -within && self.high < within {
            Closeness::Negligible
        } else if self.gain < self.error {
            Closeness::Noise
        } else {
            Closeness::NotToldApart
        }
    }

    /// Futures after which the difference, if it stays as it is, is told from 0, rounded up to one digit; `None` where
    /// it would not matter, or where it is too uncertain itself to say.
    pub fn futures_to_tell(&self, within: f64) -> Option<u64> {
        let factor = (self.high - self.gain) / self.gain;
        let needed = self.futures as f64 * factor * factor;
        let settles = self.enough && self.closeness(within) == Closeness::NotToldApart && self.gain > within;
        let sensible = needed > 0.0 && needed <= MOST_FUTURES;
        (settles && sensible).then(|| {
            let needed = needed.ceil() as u64;
            let step = 10_u64.pow(needed.max(1).ilog10());
            needed.div_ceil(step) * step
        })
    }
}

/// How far apart two plans are, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closeness {
    /// Clear of noise, and large enough to matter.
    Clear,
    /// Clear of noise, about the least that matters.
    Hardly,
    /// Clear of noise, too small to matter.
    TooLittle,
    /// Perhaps noise, in any case too small to matter.
    Negligible,
    /// Smaller than its standard error: which plan is ahead is luck.
    Noise,
    /// More futures might tell.
    NotToldApart,
}

/// Whether there are futures enough to compare plans.
pub fn is_enough(findings: &Findings) -> bool {
    findings.scenario.replications >= FEWEST_TO_COMPARE
}

/// Futures that somebody may wait for.
const MOST_FUTURES: f64 = 1e6;

/// The two plans with the best means of the objective.
pub fn best_two(findings: &Findings, comparison: &Comparison) -> Option<(usize, usize)> {
    let less = findings.measure(&comparison.measure)?.better == "less";
    let merit = |plan: &PlanFindings| {
        let mean = plan.measure(&comparison.measure)?.mean?;
        Some(if less { -mean } else { mean })
    };
    let mut order: Vec<(usize, f64)> = findings
        .plans
        .iter()
        .enumerate()
        .filter_map(|(index, plan)| Some((index, merit(plan)?)))
        .collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    Some((order.first()?.0, order.get(1)?.0))
}
