//! Verdicts: what may be said of a run, each sentence with the condition under which it holds.
//!
//! The words stand in `verdict_text`. A sentence that compares holds in simultaneous 95 % intervals over all pairs
//! of plans and beyond `Comparison::within`; at most six are said, the most important first.

use super::findings::{Comparison, Difference, Findings, Pair, PlanFindings};
use super::verdict_text as text;
use crate::outcome::estimate::{Estimate, deviate};

/// A sentence about a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Position of the plan.
    pub plan: usize,
    /// The sentence.
    pub text: String,
}

/// Sentences at most.
const MOST: usize = 6;

/// Share of weeks from which a plan is called short of a side.
const SHORT: f64 = 0.5;

/// Relative difference of spend from which plans are called differently expensive (docs/model.md, 4.1).
const SPEND: f64 = 0.05;

/// The sentences of a run, the most important first.
pub fn verdicts(findings: &Findings) -> Vec<Verdict> {
    let mut said = Vec::new();
    match &findings.comparison {
        Some(comparison) => said.extend(contest(findings, comparison)),
        None => said.extend(range(findings)),
    }
    said.extend(shortages(findings));
    said.extend(target(findings));
    said.extend(spends(findings));
    said.truncate(MOST);
    said
}

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
    fn between(findings: &'a Findings, comparison: &Comparison, a: usize, b: usize) -> Option<Self> {
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
    fn is_clear(&self, within: f64) -> bool {
        self.low > 0.0 && self.gain > within
    }

    /// The whole interval is too small to matter.
    fn is_negligible(&self, within: f64) -> bool {
        self.low > -within && self.high < within
    }
}

/// The best plan against the first, and what cannot be told apart.
fn contest(findings: &Findings, comparison: &Comparison) -> Vec<Verdict> {
    let Some((best, second)) = best_two(findings, comparison) else {
        return Vec::new();
    };
    let within = comparison.within;
    let gap = |a, b| Gap::between(findings, comparison, a, b);
    let mut said = Vec::new();
    let rival = if best == 0 { second } else { 0 };
    if let Some(gap) = gap(best, rival) {
        let text = if !gap.is_clear(within) {
            unclear(findings, &gap, within)
        } else if best == 0 {
            text::baseline_best(findings, &gap)
        } else {
            let details = comparison.plans.iter().find(|plan| plan.name == gap.ahead.name);
            text::better(
                findings,
                &gap,
                details,
                details.and_then(|own| turn(findings, best, own)),
            )
        };
        said.push(Verdict { plan: best, text });
    }
    if let Some(gap) = gap(best, second).filter(|gap| best != 0 && second != 0 && !gap.is_clear(within)) {
        let text = unclear(findings, &gap, within);
        said.push(Verdict { plan: second, text });
    }
    said
}

/// A gap that is within noise or too small to matter.
fn unclear(findings: &Findings, gap: &Gap, within: f64) -> String {
    if gap.low > 0.0 && gap.high > within {
        text::hardly(findings, gap, within)
    } else if gap.low > 0.0 {
        text::too_little(findings, gap, within)
    } else if gap.is_negligible(within) {
        text::negligible(findings, gap, within)
    } else {
        text::not_told_apart(findings, gap, futures_to_tell(findings, gap, within))
    }
}

/// The two plans with the best means of the objective.
fn best_two(findings: &Findings, comparison: &Comparison) -> Option<(usize, usize)> {
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

/// Futures after which the difference, if it stays as it is, is told from 0 and matters; `None` if it would not.
fn futures_to_tell(findings: &Findings, gap: &Gap, within: f64) -> Option<u64> {
    let z = (gap.high - gap.gain) / gap.error;
    let factor = z * gap.error / gap.gain;
    let needed = findings.scenario.replications as f64 * factor * factor;
    let settles = gap.gain > within && gap.low <= 0.0 && needed.is_finite() && needed < 1e7;
    settles.then_some(needed.ceil() as u64)
}

/// When a plan that ends ahead of the first in contribution is behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Its mean is never clearly below.
    AheadFromTheStart,
    /// Its mean is below up to this week, clearly at its lowest.
    BehindUntil(u32),
    /// Better by the objective, clearly below at the end of the horizon.
    BehindAtTheEnd,
}

/// From the weekly paired difference of the contribution so far, whose mean has an error of about
/// (P90 − P10)/(2 · 1.2816 √n).
fn turn(findings: &Findings, plan: usize, own: &Difference) -> Option<Turn> {
    let bands = findings
        .weekly
        .bands_of(plan, "difference.contribution_to_date")?;
    let futures = (findings.weekly.replications as f64).sqrt();
    let error = |band: &super::findings::Band| (band.p90 - band.p10) / (2.563 * futures);
    let clear = deviate(0.95);
    let last = bands.last()?;
    let below = |band: &&super::findings::Band| band.mean < -clear * error(band);
    if below(&last) {
        return (own.difference > 0.0).then_some(Turn::BehindAtTheEnd);
    }
    if !bands.iter().any(|band| below(&band)) {
        return (last.mean > clear * error(last)).then_some(Turn::AheadFromTheStart);
    }
    let week = bands.iter().rposition(|band| band.mean < 0.0)? + 1;
    let ahead = last.mean > clear * error(last) && week < bands.len();
    ahead.then_some(Turn::BehindUntil(week as u32))
}

/// What limits the first plan, and the best one if it is another side.
fn shortages(findings: &Findings) -> Vec<Verdict> {
    let best = findings
        .comparison
        .as_ref()
        .and_then(|comparison| best_two(findings, comparison))
        .map_or(0, |(best, _)| best);
    let mut said: Vec<(usize, Side)> = Vec::new();
    for plan in [0, best] {
        let Some(side) = findings.plans.get(plan).and_then(short_of) else {
            continue;
        };
        if said.iter().all(|&(before, _)| before != plan) {
            said.push((plan, side));
        }
    }
    let sentence = |&(plan, side): &(usize, Side)| Verdict {
        plan,
        text: match side {
            Side::Capacity => text::short_of_capacity(&findings.plans[plan], died(&findings.plans[plan])),
            Side::Demand => text::short_of_demand(&findings.plans[plan]),
        },
    };
    said.iter().map(sentence).collect()
}

/// The two sides that can be short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Demand,
    Capacity,
}

/// The side that limits a plan in more than half of its weeks, beyond noise.
fn short_of(plan: &PlanFindings) -> Option<Side> {
    let clear = |id: &str| {
        let estimate = plan.measure(id).and_then(super::findings::Summary::estimate);
        estimate.is_some_and(|estimate| estimate.low() > SHORT)
    };
    if clear("weeks_limited_by_capacity") {
        Some(Side::Capacity)
    } else if clear("weeks_limited_by_demand") {
        Some(Side::Demand)
    } else {
        None
    }
}

/// Share of a plan's leads that die without a call, if any do.
fn died(plan: &PlanFindings) -> Option<f64> {
    plan.measure("leads_died_share")?
        .mean
        .filter(|share| *share >= 0.005)
}

/// Futures from which one in ten can be told.
const FEWEST_FOR_A_RANGE: u64 = 20;

/// One plan: where 8 futures in 10 end.
fn range(findings: &Findings) -> Option<Verdict> {
    let plan = findings
        .plans
        .first()
        .filter(|_| findings.scenario.replications >= FEWEST_FOR_A_RANGE)?;
    let text = text::range(findings, plan)?;
    Some(Verdict { plan: 0, text })
}

/// The chance of the target for the first plan and for the plan with the highest chance.
fn target(findings: &Findings) -> Option<Verdict> {
    let facts = findings.scenario.target.as_ref()?;
    let chance = |plan: &PlanFindings| plan.target_reached.map(|reached| reached.value);
    let first = findings.plans.first()?;
    let own = first.target_reached?;
    let mut highest = 0;
    for (index, plan) in findings.plans.iter().enumerate() {
        if chance(plan) > chance(&findings.plans[highest]) {
            highest = index;
        }
    }
    let top = &findings.plans[highest];
    let reached = top.target_reached?;
    // The plans live in the same futures: an error from independent ones is wider than the true one.
    let error = (own.error * own.error + reached.error * reached.error).sqrt();
    let clear = Estimate::new(reached.value - own.value, error).low() > 0.0;
    let other = (highest != 0 && clear).then_some(top);
    let text = text::target(findings, facts, first, other)?;
    Some(Verdict { plan: highest, text })
}

/// Plans that spend over 5 % more or less than the first: their difference is not one of the split alone.
fn spends(findings: &Findings) -> Vec<Verdict> {
    let spent = |plan: &PlanFindings| plan.measure("spent").and_then(|summary| summary.mean);
    let Some((first, base)) = findings.plans.first().and_then(|plan| Some((plan, spent(plan)?))) else {
        return Vec::new();
    };
    let differs = |(index, plan): (usize, &PlanFindings)| {
        let more = spent(plan)? - base;
        let relative = more / base;
        (relative.is_finite() && relative.abs() > SPEND).then(|| Verdict {
            plan: index,
            text: text::spends(findings, plan, first, more, relative),
        })
    };
    findings.plans.iter().enumerate().filter_map(differs).collect()
}
