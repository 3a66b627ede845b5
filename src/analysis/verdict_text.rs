//! The words of the verdicts; when each may be said stands in `verdicts`.

use super::findings::{Difference, Findings, Hinge, MeasureFacts, PlanFindings, TargetFacts, Uncertain};
use super::gap::Gap;
use super::turning::Turning;
use super::verdicts::{Side, Told};
use crate::units::format::{self, Scale, Style};
use crate::units::unit::Unit;

/// A step of a channel, as a share of its money.
const STEP: f64 = super::steps::SHARE;

/// Parts of one unit of money that are worth telling.
const CENT: f64 = 0.01;

/// "Sales-led is worth $6.2M more than Today (95 % interval 6.0 to 6.4) and better in 97 % of futures; …".
pub(super) fn better(
    findings: &Findings,
    gap: &Gap,
    own: Option<&Difference>,
    turn: Option<Turning>,
) -> String {
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
        Some(Turning::BehindUntil(week)) => {
            let week = format::week(week, Style::Sentence);
            text.push_str(&format!(
                "; its contribution to date is behind that of {behind} until {week}"
            ));
        }
        Some(Turning::BehindAtTheEnd) => {
            text.push_str(&format!("; within the horizon it contributes less than {behind}"));
        }
        Some(Turning::AheadFromTheStart) => {
            text.push_str("; its contribution to date is ahead from the start")
        }
        Some(Turning::AheadAfter(week)) => {
            let week = format::week(week + 1, Style::Sentence);
            text.push_str(&format!(
                "; its contribution to date is ahead of that of {behind} for good from {week}"
            ));
        }
        Some(Turning::Unclear) | None => {}
    }
    text.push('.');
    text
}

/// "No plan does better than Today: it is worth $1.2M more than Sales-led, the next best (95 % interval 1.0 to 1.4),
/// and better in 62 % of futures."
pub(super) fn baseline_best(findings: &Findings, gap: &Gap, better_in: Option<f64>) -> String {
    let mut text = format!(
        "No plan does better than {}: it {}, the next best ({})",
        gap.ahead.label,
        lead(findings, gap),
        interval(findings, gap)
    );
    if let Some(share) = better_in {
        let share = format::share_of_futures(share, Style::Sentence);
        text.push_str(&format!(", and better in {share} of futures"));
    }
    text.push('.');
    text
}

/// "Sales-led and Today come out the same within the noise of 400 futures: the difference lies between −$57k and $131k
/// (95 % interval)."
pub(super) fn noise(findings: &Findings, gap: &Gap) -> String {
    let lived = format::count(gap.futures);
    let (low, high) = ends(findings, gap);
    let level = format::percent(0.95, Style::Sentence);
    format!(
        "{} and {} come out the same within the noise of {lived} futures: the difference lies between {low} and {high} ({level} interval).",
        gap.ahead.label, gap.behind.label
    )
}

/// "2 futures are too few to compare plans: simulate 30 at least, better 1,000 (`--reps 1000`)."
pub(super) fn too_few(findings: &Findings, fewest: u64) -> String {
    let lived = match findings.scenario.replications {
        1 => "1 future is".to_owned(),
        many => format!("{} futures are", format::count(many)),
    };
    format!("{lived} too few to compare plans: simulate {fewest} at least, better 1,000 (`--reps 1000`).")
}

/// "Sales-led and Today cannot be told apart in 4,000 futures: …".
pub(super) fn not_told_apart(findings: &Findings, gap: &Gap, futures: Option<u64>) -> String {
    let lived = format::count(gap.futures);
    let mut text = format!(
        "{} and {} cannot be told apart in {lived} futures: {} {} ({})",
        gap.ahead.label,
        gap.behind.label,
        gap.ahead.label,
        lead(findings, gap),
        interval(findings, gap)
    );
    if let Some(futures) = futures {
        let needed = format::count(futures);
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
    let (low, high) = ends(findings, gap);
    format!(
        "{} and {} come out the same: they differ by {low} to {high} ({} interval), less than {} and too little to matter.",
        gap.ahead.label,
        gap.behind.label,
        format::percent(0.95, Style::Sentence),
        amount(findings, within)
    )
}

/// "Today is short of sales capacity in 71 % of weeks (31 % of its leads die unworked) and of demand in 14 %."
pub(super) fn short_of(plan: &PlanFindings, sides: &[Side], idle: Option<f64>) -> String {
    let told = |share: &f64| *share >= 0.005;
    let died = plan.measure("leads_died_share").and_then(|summary| summary.mean);
    let side = |(place, side): (usize, &Side)| {
        let (name, weeks, how_much) = match side {
            Side::Capacity => (
                "sales capacity",
                plan.limited_by.capacity,
                died.filter(told)
                    .map(|share| (share, "of its leads die unworked")),
            ),
            Side::Demand => (
                "demand",
                plan.limited_by.demand,
                idle.filter(told)
                    .map(|share| (share, "of its selling hours are idle")),
            ),
        };
        let weeks = format::share_of_futures(weeks, Style::Sentence);
        let of_weeks = if place == 0 { " of weeks" } else { "" };
        let mut text = format!("of {name} in {weeks}{of_weeks}");
        if let Some((share, what)) = how_much {
            let share = format::share_of_futures(share, Style::Sentence);
            text.push_str(&format!(" ({share} {what})"));
        }
        text
    };
    let sides: Vec<String> = sides.iter().enumerate().map(side).collect();
    format!("{} is short {}.", plan.label, sides.join(" and "))
}

/// "It hinges on `segments.smb.deals.win_rate` whether Today or Sales-led is better: in the fifth of futures in which
/// it is below 19 %, Sales-led is worth $0.9M more; in the fifth above 27 %, Today, by $1.4M."
pub(super) fn hinge(findings: &Findings, hinge: &Hinge, plan: &PlanFindings, than: &PlanFindings) -> String {
    let currency = findings.scenario.currency.as_str();
    let unit = |x: f64| format::quantity(x, hinge.unit(), currency, Style::Sentence);
    let winner = |gain: f64| if gain > 0.0 { &plan.label } else { &than.label };
    let (low, high) = (hinge.at_low, hinge.at_high);
    format!(
        "It hinges on `{}` whether {} or {} is better: in the fifth of futures in which it is below {}, {} is ahead by {}; in the fifth above {}, {} by {}.",
        hinge.unknown,
        plan.label,
        than.label,
        unit(hinge.below),
        winner(low.value),
        sure_amount(findings, low),
        unit(hinge.above),
        winner(high.value),
        sure_amount(findings, high)
    )
}

/// "Cash falls below zero in 34 % of futures under Today (in one of ten by week 20), in 61 % under Sales-led."
pub(super) fn cash(told: &[(&PlanFindings, f64, Option<u32>)]) -> String {
    let plan = |(place, (plan, chance, week)): (usize, &(&PlanFindings, f64, Option<u32>))| {
        let share = format::share_of_futures(*chance, Style::Sentence);
        let of_futures = if place == 0 { " of futures" } else { "" };
        let mut text = format!("in {share}{of_futures} under {}", plan.label);
        if let Some(week) = week {
            let week = format::week(*week, Style::Sentence);
            text.push_str(&format!(" (in one of ten by {week})"));
        }
        text
    };
    let plans: Vec<String> = told.iter().enumerate().map(plan).collect();
    format!("Cash falls below zero {}.", plans.join(", "))
}

/// "The best next step from Today, by estimate: one more head (Account executives, $215k a year); each $1 it takes
/// adds $2.1 of value beyond that $1 (95 % interval 1.6 to 2.6). The worst: …".
pub(super) fn next(
    findings: &Findings,
    from: &str,
    futures: u64,
    steps: usize,
    best: Option<&Told>,
    worst: Option<&Told>,
) -> String {
    let worst = worst.map(|told| format!("{}; {}", step(findings, told), pays(findings, told, steps)));
    match (best, worst) {
        (Some(best), worst) => {
            let best = format!("{}; {}", step(findings, best), pays(findings, best, steps));
            let mut text = format!("The best next step from {from}, by estimate: {best}.");
            if let Some(worst) = worst {
                text.push_str(&format!(" The worst: {worst}."));
            }
            text
        }
        (None, Some(worst)) => format!(
            "No next step from {from} clearly pays, be it a head or {} of a channel, more or less. The worst: {worst}.",
            format::percent(STEP, Style::Sentence)
        ),
        (None, None) => format!(
            "No next step from {from}, be it a head or {} of a channel, more or less, can be told from just paying back in {} futures.",
            format::percent(STEP, Style::Sentence),
            format::count(futures)
        ),
    }
}

/// "one more head (Account executives, $215k a year)", "5 % less for Brand ($16k a year)".
fn step(findings: &Findings, told: &Told) -> String {
    let label = &told.step.label;
    let currency = &findings.scenario.currency;
    let money = format::quantity(told.step.step, Unit::MoneyPerYear, currency, Style::Sentence);
    let share = format::percent(STEP, Style::Sentence);
    match (told.head, told.more) {
        (true, true) => format!("one more head ({label}, {money})"),
        (true, false) => format!("one head fewer ({label}, {money})"),
        (false, true) => format!("{share} more for {label} ({money})"),
        (false, false) => format!("{share} less for {label} ({money})"),
    }
}

/// "each $1 it takes adds $2.1 of value beyond that $1 (95 % interval 1.6 to 2.6)".
fn pays(findings: &Findings, told: &Told, steps: usize) -> String {
    let currency = findings.scenario.currency.as_str();
    let gain = told.gain.simultaneous(steps);
    let (low, high) = if gain.value < 0.0 {
        (-gain.high(), -gain.low())
    } else {
        (gain.low(), gain.high())
    };
    let scale = scale_of(gain.value.abs(), low, high, gain.error.max(CENT));
    let one = format::money(1.0, currency, Style::Sentence);
    let measure = findings
        .next
        .as_ref()
        .and_then(|next| findings.measure(&next.measure));
    let name = measure.map_or_else(String::new, |measure: &MeasureFacts| name_of(&measure.label));
    let amount = scale.money(gain.value.abs(), currency);
    let level = format::percent(0.95, Style::Sentence);
    let interval = format!("({level} interval {} to {})", scale.bare(low), scale.bare(high));
    match (told.more, gain.value > 0.0) {
        (true, true) => format!("each {one} it takes adds {amount} of {name} beyond that {one} {interval}"),
        (true, false) => format!("each {one} it takes loses {amount} of {name} {interval}"),
        (false, _) => format!("each {one} it saves adds {amount} of {name} {interval}"),
    }
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
    let chance = |plan: &PlanFindings| {
        let reached = plan.target_reached?.value;
        Some(format::share_of_futures(reached, Style::Sentence))
    };
    let mut text = format!(
        "{} reaches the target, {}, in {} of futures",
        first.label,
        target_amount(findings, facts)?,
        chance(first)?
    );
    if let Some(other) = other {
        text.push_str(&format!(", {} in {}", other.label, chance(other)?));
    }
    text.push('.');
    Some(text)
}

/// "No plan reaches the target, revenue of $40M, in any of 4,000 futures."
pub(super) fn target_never(findings: &Findings, facts: &TargetFacts) -> Option<String> {
    let target = target_amount(findings, facts)?;
    let lived = match findings.scenario.replications {
        1 => "the only future".to_owned(),
        many => format!("any of {} futures", format::count(many)),
    };
    Some(format!("No plan reaches the target, {target}, in {lived}."))
}

/// "revenue of $30M", "cost per customer won of at most $9k".
pub(super) fn target_amount(findings: &Findings, facts: &TargetFacts) -> Option<String> {
    let measure = findings.measure(&facts.measure)?;
    let amount = format::quantity(
        facts.amount,
        measure.unit(),
        &findings.scenario.currency,
        Style::Sentence,
    );
    let most = if measure.better == "less" { "at most " } else { "" };
    Some(format!("{} of {most}{amount}", name_of(&measure.label)))
}

/// "Sales-led spends $1.2M (12 %) less than Today, Lean $2M (20 %) less: they differ in what they cost, not in the
/// split alone." Position of the plan, money more than the first, the same as a share.
pub(super) fn spends(findings: &Findings, told: &[(usize, f64, f64)]) -> String {
    let first = findings.plans.first().map_or("", |plan| plan.label.as_str());
    let plan = |(place, (plan, more, relative)): (usize, &(usize, f64, f64))| {
        let money = format::money(more.abs(), &findings.scenario.currency, Style::Sentence);
        let share = format::percent(relative.abs(), Style::Sentence);
        let direction = if *more > 0.0 { "more" } else { "less" };
        let label = findings.plans.get(*plan).map_or("", |plan| plan.label.as_str());
        match place {
            0 => format!("{label} spends {money} ({share}) {direction} than {first}"),
            _ => format!("{label} {money} ({share}) {direction}"),
        }
    };
    let plans: Vec<String> = told.iter().enumerate().map(plan).collect();
    format!(
        "{}: such plans differ in what they cost, not in the split alone.",
        plans.join(", ")
    )
}

/// "is worth $6.2M more than Today", or "has a CAC $300 lower than Today".
pub(super) fn lead(findings: &Findings, gap: &Gap) -> String {
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
pub(super) fn interval(findings: &Findings, gap: &Gap) -> String {
    let (low, high) = match scale(findings, gap) {
        Some(scale) => (scale.bare(gap.low), scale.bare(gap.high)),
        None => (amount(findings, gap.low), amount(findings, gap.high)),
    };
    let level = format::percent(0.95, Style::Sentence);
    format!("{level} interval {low} to {high}")
}

/// Both ends of the interval with their unit.
fn ends(findings: &Findings, gap: &Gap) -> (String, String) {
    let end = |x: f64| match scale(findings, gap) {
        Some(scale) => scale.money(x, &findings.scenario.currency),
        None => amount(findings, x),
    };
    (end(gap.low), end(gap.high))
}

/// One money unit for a difference and its interval.
fn scale(findings: &Findings, gap: &Gap) -> Option<Scale> {
    let measure = findings.measure(&findings.scenario.objective)?;
    (measure.unit() == Unit::Money).then(|| scale_of(gap.gain, gap.low, gap.high, gap.error))
}

/// One money unit for a number and its interval, fine enough that the ends differ from the middle.
pub(super) fn scale_of(value: f64, low: f64, high: f64, error: f64) -> Scale {
    let scale = Scale::with_error(high.abs().max(low.abs()), error);
    let rounded = scale.rounded(low);
    let same = rounded >= scale.rounded(value) || (rounded == 0.0 && low > 0.0);
    if same && error > 0.0 { scale.finer() } else { scale }
}

/// A number in the unit of the objective.
pub(super) fn amount(findings: &Findings, x: f64) -> String {
    let unit = findings
        .measure(&findings.scenario.objective)
        .map_or(Unit::Number, |measure| measure.unit());
    format::quantity(x, unit, &findings.scenario.currency, Style::Sentence)
}

/// The size of a number in the unit of the objective; of money as many digits as its error carries.
pub(super) fn sure_amount(findings: &Findings, x: Uncertain) -> String {
    let objective = findings.measure(&findings.scenario.objective);
    match objective.map(MeasureFacts::unit) {
        Some(Unit::Money) => format::money_to(x.value.abs(), x.error, &findings.scenario.currency),
        _ => amount(findings, x.value.abs()),
    }
}

/// A label within a sentence: `Value` as `value`, `CAC` and `ARR at the end` as they are.
pub(super) fn name_of(label: &str) -> String {
    let mut letters = label.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
    }
}
