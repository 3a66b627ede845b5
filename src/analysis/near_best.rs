//! What a sweep says in a sentence: the range of splits that are as good as the best one that was tried.

use super::findings::{Findings, Limits};
use super::sweep::Sweep;
use super::verdict_text::{amount, name_of};
use crate::units::format::{self, Style};

/// Share of weeks from which a side is named.
const MOSTLY: f64 = 0.5;

/// "Any split between 17 and 31 % marketing costs less than $50k of value against the best of those tried, 24 % (mixes
/// as in Today)."
///
/// Said where the errors are small enough for a range; else that no split of a wider range can be told from the best.
/// Where every other split surely costs more, that is said instead.
pub fn sentence(findings: &Findings) -> Option<String> {
    let sweep = findings.sweep.as_ref()?;
    let (low, high) = ends(sweep);
    let best = format::number(sweep.best * 100.0, Style::Sentence);
    let objective = findings.measure(&sweep.measure)?;
    let base = findings.plans.iter().find(|plan| plan.name == sweep.plan)?;
    let mixes = format!("mixes as in {}", base.label);
    let futures = format::count(sweep.replications);
    let within = amount(findings, sweep.within);
    let name = name_of(&objective.label);
    let mut text = if sweep.is_clear() {
        format!(
            "Of the splits tried {best}\u{202f}% marketing is clearly the best: every other costs more than {within} of {name} ({mixes}, {futures} futures)."
        )
    } else if sweep.near_best.is_told {
        let costs = if objective.unit().key().starts_with("money") {
            format!("costs less than {within} of {name}")
        } else {
            format!("is less than {within} of {name} away")
        };
        format!(
            "Any split between {low} and {high}\u{202f}% marketing {costs} against the best of those tried, {best}\u{202f}% ({mixes}, {futures} futures)."
        )
    } else {
        let most = amount(findings, sweep.near_best.at_most);
        format!(
            "No split between {low} and {high}\u{202f}% marketing can be told from the best of those tried in {futures} futures: they cost {most} at most ({mixes}). `gtm-sim compare` with `--sweep` tells more."
        )
    };
    text.push_str(&sides(sweep));
    Some(text)
}

/// The ends in whole percents, and whether nothing lies beyond.
fn ends(sweep: &Sweep) -> (String, String) {
    let (low, high) = sweep.near_best.whole_percents();
    let number = |x: f64| format::number(x, Style::Sentence);
    let is_end = |share: Option<f64>, end: f64| share.is_some_and(|share| (share - end).abs() < 1e-9);
    let tried = |place: Option<&super::sweep::SweepPoint>| place.map(|point| point.marketing_share);
    let first = if is_end(tried(sweep.points.first()), sweep.near_best.low) {
        format!("{} (the least tried)", number(low))
    } else {
        number(low)
    };
    let last = if is_end(tried(sweep.points.last()), sweep.near_best.high) {
        format!("{} (the most tried)", number(high))
    } else {
        number(high)
    };
    (first, last)
}

/// Which side is short below and above the range, where it limits most weeks of the outermost splits.
fn sides(sweep: &Sweep) -> String {
    let side = |limits: &Limits, of: fn(&Limits) -> f64| of(limits) > MOSTLY;
    let below = sweep.points.first().filter(|point| {
        point.marketing_share < sweep.near_best.low && side(&point.limited_by, |limits| limits.demand)
    });
    let above = sweep.points.last().filter(|point| {
        point.marketing_share > sweep.near_best.high && side(&point.limited_by, |limits| limits.capacity)
    });
    match (below.is_some(), above.is_some()) {
        (true, true) => " With less marketing demand is short, with more sales capacity.".to_owned(),
        (true, false) => " With less marketing demand is short.".to_owned(),
        (false, true) => " With more marketing sales capacity is short.".to_owned(),
        (false, false) => String::new(),
    }
}
