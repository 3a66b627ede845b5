//! Verdicts: what may be said of a run, each sentence with the condition under which it holds.
//!
//! The words stand in `verdict_text`. A sentence that compares holds in simultaneous 95 % intervals over all pairs
//! of plans and beyond `Comparison::within`; at most six are said, the most important first, and behind them the range
//! of splits that are as good as the best.

use super::compare::FEWEST_TO_COMPARE;
use super::findings::{Comparison, Difference, Findings, Hinge, NextStep, PlanFindings, Summary, Uncertain};
use super::gap::{Closeness, Gap, best_two, is_enough};
use super::near_best;
use super::turning::{Turning, turning};
use super::verdict_text as text;
use crate::outcome::estimate::Estimate;

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

/// Share of weeks from which a plan is called short of a side, and from which a side is named at all.
const SHORT: (f64, f64) = (0.25, 0.1);

/// Relative difference of spend from which plans are called differently expensive (docs/model.md, 4.1).
const SPEND: f64 = 0.05;

/// Chance from which cash below zero is told.
const DANGER: f64 = 0.01;

/// The sentences of a run, the most important first.
pub fn verdicts(findings: &Findings) -> Vec<Verdict> {
    let mut said = Vec::new();
    if findings.comparison.is_some() && !is_enough(findings) {
        let text = text::too_few(findings, FEWEST_TO_COMPARE);
        return vec![Verdict { plan: 0, text }];
    }
    match &findings.comparison {
        Some(comparison) => {
            said.extend(contest(findings, comparison));
            said.extend(hinge(findings, comparison));
        }
        None => said.extend(range(findings)),
    }
    let mut shortages = shortages(findings).into_iter();
    said.extend(cash(findings));
    said.extend(spends(findings));
    said.extend(shortages.next());
    said.extend(next(findings));
    said.extend(target(findings));
    said.extend(shortages);
    let splits = near_best::sentence(findings).map(|text| Verdict { plan: 0, text });
    said.truncate(MOST);
    said.extend(splits);
    said
}

/// Writes the sentences of a run beside the plans that they are about.
pub fn tell(findings: &mut Findings) {
    let said = verdicts(findings);
    for plan in &mut findings.plans {
        plan.sentences.clear();
    }
    for verdict in said {
        if let Some(plan) = findings.plans.get_mut(verdict.plan) {
            plan.sentences.push(verdict.text);
        }
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
            let details = comparison.plans.iter().find(|plan| plan.name == gap.behind.name);
            text::baseline_best(findings, &gap, details.map(|other| 1.0 - other.better_in))
        } else {
            let details = comparison.plans.iter().find(|plan| plan.name == gap.ahead.name);
            text::better(findings, &gap, details, turn(findings, best))
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
    match gap.closeness(within) {
        Closeness::Clear | Closeness::Hardly => text::hardly(findings, gap, within),
        Closeness::TooLittle => text::too_little(findings, gap, within),
        Closeness::Negligible => text::negligible(findings, gap, within),
        Closeness::Noise => text::noise(findings, gap),
        Closeness::NotToldApart => {
            let futures = gap.futures_to_tell(within);
            text::not_told_apart(findings, gap, futures)
        }
    }
}

/// When a plan that is better than the first is ahead of it in contribution.
fn turn(findings: &Findings, plan: usize) -> Option<Turning> {
    let bands = findings
        .weekly
        .bands_of(plan, "difference.contribution_to_date")?;
    Some(turning(bands, findings.weekly.replications))
}

/// The plan with the best mean; the first where nothing is compared.
fn best_of(findings: &Findings) -> usize {
    let comparison = findings.comparison.as_ref();
    comparison
        .and_then(|comparison| best_two(findings, comparison))
        .map_or(0, |(best, _)| best)
}

/// What limits the first plan, and the best one if it is another side.
fn shortages(findings: &Findings) -> Vec<Verdict> {
    let mut said: Vec<Verdict> = Vec::new();
    let mut told = None;
    for plan in [0, best_of(findings)] {
        let Some(sides) = findings
            .plans
            .get(plan)
            .map(short_of)
            .filter(|sides| !sides.is_empty())
        else {
            continue;
        };
        if told != Some(sides[0]) {
            told = Some(sides[0]);
            let text = text::short_of(&findings.plans[plan], &sides, idle(findings, plan));
            said.push(Verdict { plan, text });
        }
    }
    said
}

/// The two sides that can be short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Demand,
    Capacity,
}

/// The sides that limit a plan beyond noise in a tenth of its weeks, the shorter one first; none if the shorter one
/// limits less than a quarter.
fn short_of(plan: &PlanFindings) -> Vec<Side> {
    let (short, named) = SHORT;
    let weeks = |id: &str| plan.measure(id).and_then(Summary::estimate);
    let mut sides = [
        (Side::Capacity, weeks("weeks_limited_by_capacity")),
        (Side::Demand, weeks("weeks_limited_by_demand")),
    ];
    let value = |weeks: Option<Estimate>| weeks.map_or(0.0, |weeks| weeks.value);
    sides.sort_by(|a, b| value(b.1).total_cmp(&value(a.1)));
    let above = |weeks: Option<Estimate>, least: f64| weeks.is_some_and(|weeks| weeks.low() > least);
    sides
        .iter()
        .enumerate()
        .take_while(|(place, (_, weeks))| above(*weeks, if *place == 0 { short } else { named }))
        .map(|(_, (side, _))| *side)
        .collect()
}

/// Share of a plan's selling hours that are idle over the horizon.
fn idle(findings: &Findings, plan: usize) -> Option<f64> {
    let sum = |id: &str| -> Option<f64> {
        let bands = findings.weekly.bands_of(plan, id)?;
        Some(bands.iter().map(|band| band.mean).sum())
    };
    let share = 1.0 - sum("hours_used")? / sum("hours_had")?;
    share.is_finite().then_some(share)
}

/// The first unknown at whose ends different plans are better, each beyond noise and by more than does not matter.
fn hinge(findings: &Findings, comparison: &Comparison) -> Option<Verdict> {
    let ends = comparison.ends_looked_at as usize;
    let clear = |gain: Uncertain, sign: f64| {
        let gain = Estimate::new(sign * gain.value, gain.error).simultaneous(ends);
        gain.low() > 0.0 && gain.value > comparison.within
    };
    let turns = |hinge: &&Hinge| {
        clear(hinge.at_low, 1.0) && clear(hinge.at_high, -1.0)
            || clear(hinge.at_low, -1.0) && clear(hinge.at_high, 1.0)
    };
    let hinge = comparison.hinges.iter().find(turns)?;
    let position = |name: &str| findings.plans.iter().position(|plan| plan.name == name);
    let (plan, than) = (position(&hinge.plan)?, position(&hinge.than)?);
    let text = text::hinge(findings, hinge, &findings.plans[plan], &findings.plans[than]);
    Some(Verdict { plan, text })
}

/// How likely cash falls below zero under the first plan, the best and the most endangered one, and from when on.
fn cash(findings: &Findings) -> Option<Verdict> {
    let chance = |plan: usize| {
        let summary = findings.plans.get(plan)?.measure("cash_below_zero")?;
        summary.estimate().filter(|chance| chance.low() > DANGER)
    };
    let value = |plan: usize| chance(plan).map_or(0.0, |chance| chance.value);
    let worst = (0..findings.plans.len()).reduce(|a, b| if value(b) > value(a) { b } else { a })?;
    let mut told: Vec<(&PlanFindings, f64, Option<u32>)> = Vec::new();
    for plan in [0, best_of(findings), worst] {
        let own = &findings.plans[plan];
        if let Some(chance) = chance(plan).filter(|_| told.iter().all(|(other, ..)| other.name != own.name)) {
            let bands = findings.weekly.bands_of(plan, "cash").unwrap_or_default();
            let week = bands.iter().position(|band| band.p10 < 0.0);
            told.push((own, chance.value, week.map(|week| week as u32 + 1)));
        }
    }
    let plan = findings
        .plans
        .iter()
        .position(|plan| plan.name == told[..].first().map_or("", |(own, ..)| &own.name))?;
    Some(Verdict {
        plan,
        text: text::cash(&told),
    })
}

/// A step up or down as it may be told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) step: &'a NextStep,
    pub(super) head: bool,
    pub(super) more: bool,
    pub(super) gain: Estimate,
}

/// The next step with the highest estimate that pays, and the one with the lowest that does not, in simultaneous
/// intervals over all steps of channels and roles; only where the measure has the money taken off.
fn next(findings: &Findings) -> Option<Verdict> {
    let next = findings.next.as_ref().filter(|next| next.net)?;
    let plan = findings.plans.iter().position(|plan| plan.name == next.plan)?;
    let channels = next.channels.values().map(|step| (step, false));
    let steps = channels.chain(next.roles.values().map(|step| (step, true)));
    let mut tries: Vec<Told> = Vec::new();
    for (step, head) in steps {
        let gains = [
            (true, Some(Estimate::new(step.value, step.error))),
            (false, step.less.map(Estimate::from)),
        ];
        for (more, gain) in gains {
            tries.extend(gain.map(|gain| Told {
                step,
                head,
                more,
                gain,
            }));
        }
    }
    let count = tries.len();
    let own = |told: &Told| told.gain.simultaneous(count);
    let by_gain = |a: &&Told, b: &&Told| a.gain.value.total_cmp(&b.gain.value);
    let best = tries.iter().filter(|told| own(told).low() > 0.0).max_by(by_gain);
    let worst = tries
        .iter()
        .filter(|told| told.more && own(told).high() < 0.0)
        .filter(|told| best.is_none_or(|best| best.step.label != told.step.label))
        .min_by(by_gain);
    let text = text::next(
        findings,
        &findings.plans[plan].label,
        next.replications,
        count,
        best,
        worst,
    );
    (count > 0).then_some(Verdict { plan, text })
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

/// The chance of the target for the first plan, and for the most likely plan to reach it; where that is the first,
/// for the least likely.
fn target(findings: &Findings) -> Option<Verdict> {
    let facts = findings.scenario.target.as_ref()?;
    let reached = |plan: &PlanFindings| plan.target_reached;
    let first = findings.plans.first()?;
    let own = reached(first)?;
    let chances = findings.plans.iter().enumerate();
    let chances: Vec<(usize, f64)> = chances
        .filter_map(|(index, plan)| Some((index, reached(plan)?.value)))
        .collect();
    if chances.iter().all(|(_, chance)| *chance <= 0.0) {
        let text = text::target_never(findings, facts)?;
        return Some(Verdict { plan: 0, text });
    }
    let (mut highest, mut lowest) = ((0, own.value), (0, own.value));
    for &(index, chance) in &chances {
        if chance > highest.1 {
            highest = (index, chance);
        }
        if chance < lowest.1 {
            lowest = (index, chance);
        }
    }
    let other = if highest.0 == 0 { lowest.0 } else { highest.0 };
    let rival = &findings.plans[other];
    let chance = reached(rival)?;
    // The plans live in the same futures: an error from independent ones is wider than the true one.
    let error = (own.error * own.error + chance.error * chance.error).sqrt();
    let clear = Estimate::new((chance.value - own.value).abs(), error).low() > 0.0;
    let text = text::target(findings, facts, first, (other != 0 && clear).then_some(rival))?;
    Some(Verdict {
        plan: highest.0,
        text,
    })
}

/// Plans that spend over 5 % more or less than the first, beyond noise: their difference is not one of the split
/// alone.
fn spends(findings: &Findings) -> Option<Verdict> {
    let comparison = findings.comparison.as_ref()?;
    let base = findings.plans.first()?.measure("spent")?.mean?;
    let differs = |own: &Difference| {
        let more = own.others.get("spent").copied().map(Estimate::from)?;
        let clear = more.low() > SPEND * base || more.high() < -SPEND * base;
        let position = findings.plans.iter().position(|plan| plan.name == own.name)?;
        (clear && base > 0.0).then_some((position, more.value, more.value / base))
    };
    let told: Vec<(usize, f64, f64)> = comparison.plans.iter().filter_map(differs).collect();
    let plan = told.first()?.0;
    let text = text::spends(findings, &told);
    Some(Verdict { plan, text })
}
