//! Gaps: the difference of two plans in the direction that is better, and how sure it is.

use super::findings::{Comparison, Findings, Pair, PlanFindings};

/// A difference of two plans as it may be told: `ahead` minus `behind` in the direction that is better.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap<'a> {
    pub(super) ahead: &'a PlanFindings,
    pub(super) behind: &'a PlanFindings,
    /// At least 0, in the unit of the objective.
    pub(super) gain: f64,
    pub(super) error: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl<'a> Gap<'a> {
    /// The gap between two plans, whichever is ahead; `None` if it was not estimated.
    pub(super) fn between(
        findings: &'a Findings,
        comparison: &Comparison,
        a: usize,
        b: usize,
    ) -> Option<Self> {
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
        })
    }

    /// Clear of noise, and large enough to matter.
    pub(super) fn is_clear(&self, within: f64) -> bool {
        self.low > 0.0 && self.gain > within
    }

    /// The whole interval is too small to matter.
    pub(super) fn is_negligible(&self, within: f64) -> bool {
        self.low > -within && self.high < within
    }
    /// The difference is smaller than its standard error: which plan is ahead is luck.
    pub(super) fn is_noise(&self) -> bool {
        self.gain < self.error
    }

    /// Futures after which the difference, if it stays as it is, is told from 0; `None` where it would not matter, or
    /// where it is too uncertain itself to say.
    pub(super) fn futures_to_tell(&self, lived: u64, within: f64) -> Option<u64> {
        let factor = (self.high - self.gain) / self.gain;
        let needed = lived as f64 * factor * factor;
        let settles = self.low <= 0.0 && self.gain > within && !self.is_noise();
        let sensible = needed > 0.0 && needed <= MOST_FUTURES;
        (settles && sensible).then(|| needed.ceil() as u64)
    }
}

/// Futures that somebody may wait for.
const MOST_FUTURES: f64 = 1e6;

/// The two plans with the best means of the objective.
pub(super) fn best_two(findings: &Findings, comparison: &Comparison) -> Option<(usize, usize)> {
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
