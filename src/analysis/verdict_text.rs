//! The words of the verdicts; when each may be said stands in `verdicts`.

use super::findings::{Difference, Findings, PlanFindings, TargetFacts};
use super::verdicts::{Gap, Turn};
use crate::units::format::{self, Scale, Style};
use crate::units::unit::Unit;

/// "Sales-led is worth $6.2M more than Today (95 % interval 6.0 to 6.4) and better in 97 % of futures; …".
pub(super) fn better(findings: &Findings, gap: &Gap, own: Option<&Difference>, turn: Option<Turn>) -> String {
    let mut text = format!(
        "{} {} ({})",
        gap.ahead.label,
        lead(findings, gap),
        interval(findings, gap)
    );
    if let Some(own) = own {
        let share = format::share_of_futures(own.better_in, Style::Sentence);
        text.push_str(&format!(" and better in {share} of futures"));
    }
    let behind = &gap.behind.label;
    match turn {
        Some(Turn::BehindUntil(week)) => {
            let week = format::week(week, Style::Sentence);
            text.push_str(&format!(
                "; its contribution to date is behind that of {behind} until {week}"
            ));
        }
        Some(Turn::BehindAtTheEnd) => {
            text.push_str(&format!("; within the horizon it contributes less than {behind}"));
        }
        Some(Turn::AheadFromTheStart) => text.push_str("; it is ahead from the start"),
        None => {}
    }
    text.push('.');
    text
}

/// "Today is worth most: $1.2M more than Sales-led, the next best (95 % interval 1.0 to 1.4)."
pub(super) fn baseline_best(findings: &Findings, gap: &Gap) -> String {
    format!(
        "No plan does better than {}: it {}, the next best ({}).",
        gap.ahead.label,
        lead(findings, gap),
        interval(findings, gap)
    )
}

/// "Sales-led and Today cannot be told apart in 4,000 futures: …".
pub(super) fn not_told_apart(findings: &Findings, gap: &Gap, futures: Option<u64>) -> String {
    let lived = format::count(findings.scenario.replications);
    let mut text = format!(
        "{} and {} cannot be told apart in {lived} futures: {} {} ({})",
        gap.ahead.label,
        gap.behind.label,
        gap.ahead.label,
        lead(findings, gap),
        interval(findings, gap)
    );
    if let Some(futures) = futures {
        let step = 10_u64.pow(futures.max(1).ilog10().saturating_sub(1));
        let needed = format::count(futures.div_ceil(step) * step);
        text.push_str(&format!("; about {needed} futures would settle it"));
    }
    text.push('.');
    text
}

/// "Sales-led is worth $31k more than Today (95 % interval 28 to 34): less than $50k, too little to matter."
pub(super) fn too_little(findings: &Findings, gap: &Gap, within: f64) -> String {
    format!(
        "{} {} ({}): less than {}, too little to matter.",
        gap.ahead.label,
        lead(findings, gap),
        interval(findings, gap),
        amount(findings, within)
    )
}

/// "Sales-led is worth $48k more than Today (95 % interval 44 to 53): about $50k, the least that matters."
pub(super) fn hardly(findings: &Findings, gap: &Gap, within: f64) -> String {
    format!(
        "{} {} ({}): about {}, the least that matters.",
        gap.ahead.label,
        lead(findings, gap),
        interval(findings, gap),
        amount(findings, within)
    )
}

/// "Sales-led and Today come out the same: they differ by −$2k to $16k (95 % interval), less than $50k …".
pub(super) fn negligible(findings: &Findings, gap: &Gap, within: f64) -> String {
    let end = |x: f64| match scale(findings, gap) {
        Some(scale) => scale.money(x, &findings.scenario.currency),
        None => amount(findings, x),
    };
    format!(
        "{} and {} come out the same: they differ by {} to {} ({} interval), less than {} and too little to matter.",
        gap.ahead.label,
        gap.behind.label,
        end(gap.low),
        end(gap.high),
        format::percent(0.95, Style::Sentence),
        amount(findings, within)
    )
}

/// "Today is short of sales capacity in 71 % of its weeks: 31 % of its leads die unworked."
pub(super) fn short_of_capacity(plan: &PlanFindings, died: Option<f64>) -> String {
    let weeks = format::share_of_futures(plan.limited_by.capacity, Style::Sentence);
    let mut text = format!("{} is short of sales capacity in {weeks} of weeks", plan.label);
    if let Some(share) = died {
        let share = format::percent(share, Style::Sentence);
        text.push_str(&format!(": {share} of its leads die unworked"));
    }
    text.push('.');
    text
}

/// "Today is short of demand in 64 % of weeks: its sellers have hours to spare."
pub(super) fn short_of_demand(plan: &PlanFindings) -> String {
    let weeks = format::share_of_futures(plan.limited_by.demand, Style::Sentence);
    format!(
        "{} is short of demand in {weeks} of weeks: its sellers have hours to spare.",
        plan.label
    )
}

/// "In 8 futures of 10 Today ends with a value between $16M and $25M."
pub(super) fn range(findings: &Findings, plan: &PlanFindings) -> Option<String> {
    let measure = findings.measure(&findings.scenario.objective)?;
    let summary = plan.measure(&measure.id)?;
    let (low, high) = (summary.p10?, summary.p90?);
    Some(format!(
        "In 8 futures of 10 the {} of {} lies between {} and {}.",
        name_of(&measure.label),
        plan.label,
        amount(findings, low),
        amount(findings, high)
    ))
}

/// "Today reaches the target of $30M revenue in 12 % of futures, Sales-led in 61 %."
pub(super) fn target(
    findings: &Findings,
    facts: &TargetFacts,
    first: &PlanFindings,
    other: Option<&PlanFindings>,
) -> Option<String> {
    let measure = findings.measure(&facts.measure)?;
    let amount = format::quantity(
        facts.amount,
        measure.unit(),
        &findings.scenario.currency,
        Style::Sentence,
    );
    let chance = |plan: &PlanFindings| {
        let reached = plan.target_reached?.value;
        Some(format::share_of_futures(reached, Style::Sentence))
    };
    let most = if measure.better == "less" { "at most " } else { "" };
    let mut text = format!(
        "{} reaches the target, {} of {most}{amount}, in {} of futures",
        first.label,
        name_of(&measure.label),
        chance(first)?
    );
    if let Some(other) = other {
        text.push_str(&format!(", {} in {}", other.label, chance(other)?));
    }
    text.push('.');
    Some(text)
}

/// "Sales-led spends $1.2M (12 %) less than Today: the plans differ in size, not in the split alone."
pub(super) fn spends(
    findings: &Findings,
    plan: &PlanFindings,
    first: &PlanFindings,
    more: f64,
    relative: f64,
) -> String {
    let money = format::money(more.abs(), &findings.scenario.currency, Style::Sentence);
    let share = format::percent(relative.abs(), Style::Sentence);
    let direction = if more > 0.0 { "more" } else { "less" };
    format!(
        "{} spends {money} ({share}) {direction} than {}: the two differ in what they cost, not in the split alone.",
        plan.label, first.label
    )
}

/// "is worth $6.2M more than Today", or "has a CAC $300 lower than Today".
fn lead(findings: &Findings, gap: &Gap) -> String {
    let objective = findings.measure(&findings.scenario.objective);
    let gain = gain(findings, gap);
    let behind = &gap.behind.label;
    match objective {
        Some(measure) if measure.id == "value" => format!("is worth {gain} more than {behind}"),
        Some(measure) => {
            let direction = if measure.better == "less" {
                "lower"
            } else {
                "higher"
            };
            format!(
                "has a {} {gain} {direction} than {behind}",
                name_of(&measure.label)
            )
        }
        None => format!("is ahead of {behind} by {gain}"),
    }
}

fn gain(findings: &Findings, gap: &Gap) -> String {
    match scale(findings, gap) {
        Some(scale) => scale.money(gap.gain, &findings.scenario.currency),
        None => amount(findings, gap.gain),
    }
}

/// "95 % interval 6.0 to 6.4", in the unit of the difference.
fn interval(findings: &Findings, gap: &Gap) -> String {
    let (low, high) = match scale(findings, gap) {
        Some(scale) => (scale.bare(gap.low), scale.bare(gap.high)),
        None => (amount(findings, gap.low), amount(findings, gap.high)),
    };
    let level = format::percent(0.95, Style::Sentence);
    format!("{level} interval {low} to {high}")
}

/// One money unit for a difference and its interval, fine enough that the ends differ from the middle.
fn scale(findings: &Findings, gap: &Gap) -> Option<Scale> {
    let measure = findings.measure(&findings.scenario.objective)?;
    (measure.unit() == Unit::Money).then(|| {
        let scale = Scale::with_error(gap.high.abs().max(gap.low.abs()), gap.error);
        let low = scale.rounded(gap.low);
        let same = low >= scale.rounded(gap.gain) || (low == 0.0 && gap.low > 0.0);
        if same && gap.error > 0.0 {
            scale.finer()
        } else {
            scale
        }
    })
}

/// A number in the unit of the objective.
fn amount(findings: &Findings, x: f64) -> String {
    let unit = findings
        .measure(&findings.scenario.objective)
        .map_or(Unit::Number, |measure| measure.unit());
    format::quantity(x, unit, &findings.scenario.currency, Style::Sentence)
}

/// A label within a sentence: `Value` as `value`, `CAC` and `ARR at the end` as they are.
fn name_of(label: &str) -> String {
    let mut letters = label.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
    }
}
