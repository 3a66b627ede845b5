//! The sentences of a contest, each with the condition under which it holds.

use super::facts::{Contest, Duel, Entrant};
use crate::analysis::findings::{Findings, Uncertain};
use crate::analysis::verdict_text::{amount, name_of, scale_of, sure_amount, target_amount};
use crate::outcome::estimate::Estimate;
use crate::units::format::{self, Style};
use crate::units::unit::Unit;

/// Chance of cash below zero from which it is told.
const DANGER: f64 = 0.01;
/// Plans named in one sentence at most.
const NAMED: usize = 6;

/// The sentences, the most important first.
pub(super) fn sentences(findings: &Findings, contest: &Contest) -> Vec<String> {
    let lived = contest.looks.last().copied().unwrap_or(0);
    if lived < crate::analysis::compare::FEWEST_TO_COMPARE {
        let fewest = crate::analysis::compare::FEWEST_TO_COMPARE;
        return vec![crate::analysis::verdict_text::too_few(findings, fewest)];
    }
    let Some(leader) = entrant(contest, contest.leader.as_deref()) else {
        return Vec::new();
    };
    let mut said = vec![first(findings, contest, leader)];
    said.extend(noise(findings, contest, leader));
    said.extend(baseline(findings, contest, leader));
    said.extend(regret(findings, contest, leader));
    said.extend(target(findings, contest));
    said.extend(cash(contest));
    said
}

fn entrant<'a>(contest: &'a Contest, name: Option<&str>) -> Option<&'a Entrant> {
    contest.plans.iter().find(|plan| Some(plan.name.as_str()) == name)
}

/// The pair of two plans, whichever stands first.
fn duel<'a>(contest: &'a Contest, one: &str, other: &str) -> Option<&'a Duel> {
    let is = |duel: &&Duel| duel.name == one && duel.than == other || duel.name == other && duel.than == one;
    contest.pairs.iter().find(is)
}

/// Who is best, or that it is not settled.
fn first(findings: &Findings, contest: &Contest, leader: &Entrant) -> String {
    let contenders = contest.plans.iter().filter(|plan| plan.is_contender).count();
    let label = &leader.label;
    let sure = format::percent(contest.level, Style::Sentence);
    let within = amount(findings, contest.within);
    if contenders == 1 {
        let next = next_best(contest, leader);
        let plans = format::count(contest.plans.len() as u64);
        return match next {
            Some(next) => format!(
                "{label} is the best of the {plans} plans: {} the next best, {} ({}), and better in {} of futures{}.",
                ahead_of(findings, next),
                next.label,
                interval(findings, next),
                better_in(contest, leader, next),
                too_little(contest, next)
            ),
            None => format!("{label} is the only plan whose {} is defined.", measure(findings)),
        };
    }
    if contest.settled {
        return format!(
            "{label} is the best of the plans, or at most {within} from it, at {sure} confidence: too little to matter."
        );
    }
    let lived = format::count(leader.replications);
    let risk = leader.at_risk.unwrap_or_default();
    format!(
        "After {lived} futures it is not settled which plan is best: {label}, ahead by estimate, may be up to {} behind another ({sure} confidence). More futures tell more (`--max-reps`).",
        amount(findings, risk)
    )
}

/// The plans that cannot be told from the leader, and what the choice among them can matter.
fn noise(findings: &Findings, contest: &Contest, leader: &Entrant) -> Option<String> {
    let undecided: Vec<(&Entrant, &Duel)> = contest
        .plans
        .iter()
        .filter(|plan| plan.is_contender && plan.name != leader.name)
        .filter_map(|plan| Some((plan, duel(contest, &leader.name, &plan.name)?)))
        .collect();
    let most = undecided
        .iter()
        .map(|(_, duel)| duel.matters_at_most)
        .fold(0.0, f64::max);
    let mut names = vec![leader.label.clone()];
    names.extend(undecided.iter().take(NAMED).map(|(plan, _)| plan.label.clone()));
    let left = undecided.len().saturating_sub(NAMED);
    if left > 0 {
        names.push(format!("{} more", format::count(left as u64)));
    }
    let most_told = amount(findings, most);
    let end = if most <= contest.within {
        format!("and it does not matter more than {most_told}")
    } else {
        let label = &leader.label;
        format!("and another choice than {label} costs {most_told} at most")
    };
    (!undecided.is_empty())
        .then(|| format!("Within the noise: {} cannot be told apart, {end}.", list(&names)))
}

/// What today's plan gives up, where that is clear.
fn baseline(findings: &Findings, contest: &Contest, leader: &Entrant) -> Option<String> {
    let own = entrant(contest, Some(&contest.baseline))?;
    let is_told = next_best(contest, leader).is_some_and(|next| next.name == own.name);
    let is_alone = contest.plans.iter().filter(|plan| plan.is_contender).count() == 1;
    if own.name == leader.name || own.is_contender || own.behind_low? <= 0.0 || is_told && is_alone {
        return None;
    }
    Some(format!(
        "{} {} {} ({}), and better in {} of futures{}.",
        leader.label,
        is_ahead_of(findings, own),
        own.label,
        interval(findings, own),
        better_in(contest, leader, own),
        too_little(contest, own)
    ))
}

/// The plan nearest behind the leader, by estimate.
fn next_best<'a>(contest: &'a Contest, leader: &Entrant) -> Option<&'a Entrant> {
    let others = contest.plans.iter().filter(|plan| plan.name != leader.name);
    let behind = |plan: &&Entrant| plan.behind;
    others.filter(|plan| plan.behind.is_some()).min_by(|a, b| {
        behind(a)
            .unwrap_or_default()
            .total_cmp(&behind(b).unwrap_or_default())
    })
}

/// Share of futures in which the leader is better than another plan.
fn better_in(contest: &Contest, leader: &Entrant, other: &Entrant) -> String {
    let share = duel(contest, &leader.name, &other.name).map_or(f64::NAN, |pair| {
        if pair.name == leader.name {
            pair.better_in
        } else {
            1.0 - pair.better_in
        }
    });
    format::share_of_futures(share, Style::Sentence)
}

fn too_little(contest: &Contest, behind: &Entrant) -> &'static str {
    if behind.behind.is_some_and(|behind| behind <= contest.within) {
        "; too little to matter"
    } else {
        ""
    }
}

/// Regret of the leader, and of the plan with less where one clearly has less.
fn regret(findings: &Findings, contest: &Contest, leader: &Entrant) -> Option<String> {
    let own = leader.regret?;
    let told = |regret: Uncertain| sure_amount(findings, regret);
    let mut text = format!(
        "Whoever chooses {} will wish for another plan in {} of futures, and gives up {} on average against the one that turns out best.",
        leader.label,
        format::share_of_futures(1.0 - leader.best_in, Style::Sentence),
        told(own)
    );
    let worst = contest
        .plans
        .iter()
        .filter_map(|plan| Some((plan, plan.regret?)))
        .max_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
    let clear = worst.1.value - own.value > 3.0 * (worst.1.error + own.error);
    if worst.0.name != leader.name && clear {
        text.push_str(&format!(" Of {}: {}.", worst.0.label, told(worst.1)));
    }
    Some(text)
}

/// The plans most and least likely to reach the target, where they differ beyond noise.
fn target(findings: &Findings, contest: &Contest) -> Option<String> {
    let facts = findings.scenario.target.as_ref()?;
    let chances = || {
        contest
            .plans
            .iter()
            .filter_map(|plan| Some((plan, plan.target_reached?)))
    };
    let by_chance = |a: &(&Entrant, Uncertain), b: &(&Entrant, Uncertain)| a.1.value.total_cmp(&b.1.value);
    let (most, least) = (chances().max_by(by_chance)?, chances().min_by(by_chance)?);
    let target = target_amount(findings, facts)?;
    let told = |chance: Uncertain| format::share_of_futures(chance.value, Style::Sentence);
    // The plans live in the same futures: an error from independent ones is wider than the true one.
    let error = (most.1.error * most.1.error + least.1.error * least.1.error).sqrt();
    let pairs = contest.pairs.len();
    let apart = Estimate::new(most.1.value - least.1.value, error).simultaneous(pairs);
    if most.1.value <= 0.0 {
        return None;
    }
    Some(if apart.low() > 0.0 {
        format!(
            "{} reaches the target, {target}, in {} of futures, {} in {}.",
            most.0.label,
            told(most.1),
            least.0.label,
            told(least.1)
        )
    } else if told(least.1) == told(most.1) {
        format!(
            "All plans reach the target, {target}, in {} of futures.",
            told(most.1)
        )
    } else {
        format!(
            "The plans reach the target, {target}, about equally often: in {} to {} of futures.",
            told(least.1),
            told(most.1)
        )
    })
}

/// The plan that is likeliest to run out of cash.
fn cash(contest: &Contest) -> Option<String> {
    let chances = contest
        .plans
        .iter()
        .filter_map(|plan| Some((plan, plan.cash_below_zero?)));
    let (plan, chance) = chances.max_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
    let is_told = Estimate::from(chance).low() > DANGER;
    is_told.then(|| {
        format!(
            "Cash falls below zero most often under {}: in {} of futures.",
            plan.label,
            format::share_of_futures(chance.value, Style::Sentence)
        )
    })
}

fn measure(findings: &Findings) -> String {
    let measure = findings.measure(&findings.scenario.objective);
    measure.map_or_else(String::new, |measure| name_of(&measure.label))
}

/// `it is worth $6.2M more than`, `its CAC is $300 lower than that of`.
fn ahead_of(findings: &Findings, behind: &Entrant) -> String {
    match lead(findings, behind) {
        (true, gain, _) => format!("it is worth {gain} more than"),
        (false, gain, direction) => {
            format!("its {} is {gain} {direction} than that of", measure(findings))
        }
    }
}

/// `is worth $6.2M more than`, `has a CAC $300 lower than`.
fn is_ahead_of(findings: &Findings, behind: &Entrant) -> String {
    match lead(findings, behind) {
        (true, gain, _) => format!("is worth {gain} more than"),
        (false, gain, direction) => format!("has a {} {gain} {direction} than", measure(findings)),
    }
}

/// Whether plans are judged by value, the gain on a plan in words, and the direction that is better.
fn lead(findings: &Findings, behind: &Entrant) -> (bool, String, &'static str) {
    let measure = findings.measure(&findings.scenario.objective);
    let is_less = measure.is_some_and(|measure| measure.better == "less");
    let gain = match scale(findings, behind) {
        Some(scale) => scale.money(behind.behind.unwrap_or_default(), &findings.scenario.currency),
        None => amount(findings, behind.behind.unwrap_or_default()),
    };
    let is_value = measure.is_some_and(|measure| measure.id == "value");
    (is_value, gain, if is_less { "lower" } else { "higher" })
}

/// `95 % interval 6.0 to 6.4`, of how far a plan is behind the leader.
fn interval(findings: &Findings, behind: &Entrant) -> String {
    let (low, high) = (
        behind.behind_low.unwrap_or_default(),
        behind.behind_high.unwrap_or_default(),
    );
    let level = format::percent(0.95, Style::Sentence);
    let (low, high) = match scale(findings, behind) {
        Some(scale) => (scale.bare(low), scale.bare(high)),
        None => (amount(findings, low), amount(findings, high)),
    };
    format!("{level} interval {low} to {high}")
}

/// One money unit for how far a plan is behind and its interval.
fn scale(findings: &Findings, behind: &Entrant) -> Option<format::Scale> {
    let measure = findings.measure(&findings.scenario.objective)?;
    let (value, low, high) = (behind.behind?, behind.behind_low?, behind.behind_high?);
    let error = (high - low) / 4.0;
    (measure.unit() == Unit::Money).then(|| scale_of(value, low, high, error))
}

/// `a`, `a and b`, `a, b and c`.
fn list(items: &[String]) -> String {
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}
