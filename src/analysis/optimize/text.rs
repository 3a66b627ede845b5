//! The words of a search: the best plan, how sure it is, what holds it, and why there may be none.

use super::amounts::{amount, per_money, with_error};
use super::answer::{Asked, told};
use super::evaluate::Evaluator;
use super::found::{Best, Optimum, Shadow};
use super::limits::{Breach, Limit};
use super::space::{Point, Space};
use super::words_beyond;
use crate::analysis::findings::{Next, NextStep, Uncertain};
use crate::model::decisions::CashFloor;
use crate::outcome::estimate::deviate;
use crate::outcome::goal::Goal;
use crate::units::format::{self, Style};
use crate::units::unit::Unit;

/// Share of weeks from which a side is said to bind.
const BINDS: f64 = 0.25;

/// What is said of an optimum, in order.
pub fn sentences(optimum: &Optimum) -> Vec<String> {
    let mut said = vec![best(optimum), gain(optimum), side(optimum)];
    said.extend(cash(optimum));
    said.extend(optimum.limits.iter().map(|shadow| price(optimum, shadow)));
    said.extend(optimum.next.as_ref().map(|next| steps(optimum, next)));
    let splits = optimum.frontier.as_deref();
    said.extend(splits.and_then(|splits| words_beyond::frontier(optimum, splits)));
    if let Some(response) = &optimum.response {
        said.extend(words_beyond::response(optimum, response));
    }
    said
}

fn percent(share: f64) -> String {
    format::percent(share, Style::Sentence)
}

/// `24 %`, `45 % for 26 weeks, then 20 %`.
pub fn shares(best: &Best) -> String {
    let phases = &best.phases;
    let of = |at: usize| phases.get(at).map_or(f64::NAN, |phase| phase.marketing_share);
    if phases.len() < 2 {
        return percent(of(0));
    }
    let mut text = String::new();
    for (at, phase) in phases.iter().enumerate() {
        let share = percent(phase.marketing_share);
        let weeks = format::weeks(f64::from(phase.weeks), Style::Sentence);
        let last = at + 1 == phases.len();
        match (at, last) {
            (0, _) => text.push_str(&format!("{share} for {weeks}")),
            (_, true) => text.push_str(&format!(", then {share}")),
            _ => text.push_str(&format!(", {share} for {weeks}")),
        }
    }
    text
}

/// "Best split found: 24 % of the budget in marketing, the rest in sales; anything from 17 to 31 % costs less than …".
fn best(optimum: &Optimum) -> String {
    let varies = |what: &str| optimum.varied.iter().any(|varied| varied == what);
    let mut text = if varies("phases") {
        format!("Best path found: {} in marketing", shares(&optimum.best))
    } else if varies("split") {
        format!("Best split found: {} in marketing", shares(&optimum.best))
    } else {
        format!("Best plan found, {} in marketing as today", shares(&optimum.best))
    };
    if let Some(near) = optimum.near_best {
        let whole = near.low <= 0.005 && near.high >= 0.995;
        let cost = match optimum.objective.unit() {
            Unit::Money | Unit::MoneyPerYear => "1 % of a year's budget",
            Unit::Share => "a percentage point",
            _ => "1 %",
        };
        let low = format::number((near.low * 100.0).round(), Style::Sentence);
        let mean = if varies("phases") { " on average" } else { "" };
        text.push_str(&if whole {
            format!("; the split hardly matters: any costs less than {cost}")
        } else {
            format!(
                "; anything from {low} to {}{mean} costs less than {cost}",
                percent(near.high)
            )
        });
    }
    text.push('.');
    for (what, mix) in [
        ("channels", &optimum.best.channels),
        ("roles", &optimum.best.roles),
    ] {
        if varies(what) {
            let parts: Vec<String> = mix
                .iter()
                .map(|(name, share)| format!("{name} {}", percent(*share)))
                .collect();
            text.push_str(&format!(" Mix of {what}: {}.", parts.join(", ")));
        }
    }
    if varies("budget") {
        let factor = percent(optimum.best.budget_factor);
        text.push_str(&format!(" Budget: {factor} of today's."));
    }
    let fixed = |what: &str, mix: usize| !varies(what) && mix > 1;
    let channels = fixed("channels", optimum.best.channels.len());
    let roles = fixed("roles", optimum.best.roles.len());
    text.push_str(match (channels, roles) {
        (true, true) => " Mixes as today.",
        (true, false) => " Channel mix as today.",
        (false, true) => " Role mix as today.",
        (false, false) => "",
    });
    text
}

/// "It is worth $6.2M ± 0.05 more than Today over 104 weeks (95 % interval …), better in 97 % of futures: …".
fn gain(optimum: &Optimum) -> String {
    let gain = &optimum.gain;
    let weeks = format::weeks(f64::from(optimum.weeks), Style::Sentence);
    let futures = format::count(optimum.scenario.replications);
    let goal = statistic(optimum);
    let own = with_error(optimum, optimum.estimate.value, optimum.estimate.error);
    let than = &optimum.baseline_label;
    let (low, high) = (amount(optimum, gain.low), amount(optimum, gain.high));
    let interval = format!("{} interval {low} to {high}", percent(0.95));
    let seen = format!("{goal} {own} in {futures} futures that the search never saw");
    if gain.value == 0.0 && gain.error == 0.0 {
        return format!("That is what {than} does: {seen}.");
    }
    if gain.low <= 0.0 && gain.high >= 0.0 {
        return format!("It cannot be told from {than} within the noise ({interval}): {seen}.");
    }
    let more = if gain.value > 0.0 { "more" } else { "less" };
    let by = with_error(optimum, gain.value.abs(), gain.error);
    let better = format::share_of_futures(optimum.better_in, Style::Sentence);
    let small = match optimum.near_best {
        Some(near) if gain.value.abs() < near.within => " That is too little to matter.",
        _ => "",
    };
    let stay = if gain.value < 0.0 {
        format!(" Stay with {than}: the search took luck for merit.")
    } else {
        String::new()
    };
    format!(
        "Over {weeks} that is {by} {more} than {than} ({interval}), better in {better} of futures: {seen}.{small}{stay}"
    )
}

/// `value`, `P10 of value`, `mean of the worst 10 % of value`, `chance of $30M of revenue`.
fn statistic(optimum: &Optimum) -> String {
    let facts = &optimum.objective;
    let label = facts.label.to_lowercase();
    match facts.statistic.as_str() {
        "median" => format!("median {label}"),
        "p10" => format!("P10 of {label}"),
        "cvar" => format!(
            "mean {label} of the worst {} of futures",
            percent(facts.tail.unwrap_or(f64::NAN))
        ),
        "target" => {
            let amount = format::money(
                facts.amount.unwrap_or(f64::NAN),
                &optimum.scenario.currency,
                Style::Sentence,
            );
            format!("chance of {amount} of {label}")
        }
        _ => format!("mean {label}"),
    }
}

/// "Sales capacity binds: short of it in 71 % of weeks, of demand in 5 %."
fn side(optimum: &Optimum) -> String {
    let Uncertain { value: capacity, .. } = optimum.limited_by.capacity;
    let Uncertain { value: demand, .. } = optimum.limited_by.demand;
    let (capacity_told, demand_told) = (percent(capacity), percent(demand));
    match (capacity >= BINDS, demand >= BINDS) {
        (true, true) => format!(
            "Both sides bind: it is short of sales capacity in {capacity_told} of its weeks and of demand in {demand_told}."
        ),
        (true, false) => format!(
            "Sales capacity binds: it is short of it in {capacity_told} of its weeks, of demand in {demand_told}."
        ),
        (false, true) => format!(
            "Demand binds: it is short of it in {demand_told} of its weeks, of sales capacity in {capacity_told}."
        ),
        (false, false) => format!(
            "Neither side binds for long: it is short of sales capacity in {capacity_told} of its weeks, of demand in {demand_told}."
        ),
    }
}

fn cash(optimum: &Optimum) -> Option<String> {
    let cash = optimum.cash?;
    let least = format::money(cash.least, &optimum.scenario.currency, Style::Sentence);
    let kept = format::share_of_futures(cash.kept.value, Style::Sentence);
    let asked = percent(cash.probability);
    let fails = cash.kept.value + deviate(0.95) * cash.kept.error < cash.probability;
    let but = if fails {
        ": fewer than asked for, so ask for a little more or simulate more futures"
    } else {
        ""
    };
    Some(format!(
        "Cash stays at {least} or above in {kept} of futures (asked: {asked}){but}."
    ))
}

/// "Limit: with one head of ae more it would bring $120k ± 20k."
fn price(optimum: &Optimum, shadow: &Shadow) -> String {
    let price = shadow.price;
    if shadow.limit == "budget" {
        let each = per_money(optimum, price);
        let pays = net(optimum);
        return format!(
            "More budget at this split: another {} brings {each}{pays}.",
            one_unit(optimum)
        );
    }
    let item = if shadow.item.is_empty() {
        String::new()
    } else {
        format!(".{}", shadow.item)
    };
    let name = format!("optimize.{}{item}", shadow.limit);
    let per = match shadow.unit.as_str() {
        "heads" => "a head".to_owned(),
        "share" => "a percentage point".to_owned(),
        _ => one_unit(optimum),
    };
    let each = if shadow.unit.starts_with("money") {
        per_money(optimum, price)
    } else {
        with_error(optimum, price.value, price.error)
    };
    format!("The limit {name} binds: loosened by {per}, {each}.")
}

/// `$1`.
fn one_unit(optimum: &Optimum) -> String {
    format::money(1.0, &optimum.scenario.currency, Style::Sentence)
}

fn net(optimum: &Optimum) -> &'static str {
    let is_net = optimum.next.as_ref().is_some_and(|next| next.net);
    if is_net {
        ", the money itself taken off"
    } else {
        ""
    }
}

/// "Next steps from there, per $1: …", the steps whose intervals exclude 0.
fn steps(optimum: &Optimum, next: &Next) -> String {
    let all: Vec<(&NextStep, String)> = next
        .channels
        .values()
        .map(|step| {
            (
                step,
                format!("{} {}", percent(super::super::steps::SHARE), step.label),
            )
        })
        .chain(
            next.roles
                .values()
                .map(|step| (step, format!("a head of {}", step.label))),
        )
        .collect();
    let count = all.len() + all.iter().filter(|(step, _)| step.less.is_some()).count();
    let wide = deviate(1.0 - 0.05 / count.max(1) as f64);
    let pays = |step: Uncertain| step.value - wide * step.error > 0.0;
    let mut told: Vec<(f64, String)> = Vec::new();
    for (step, name) in &all {
        let more = Uncertain {
            value: step.value,
            error: step.error,
        };
        if pays(more) {
            told.push((
                more.value,
                format!("{name} more brings {}", per_money(optimum, more)),
            ));
        }
        if let Some(less) = step.less.filter(|less| pays(*less)) {
            told.push((
                less.value,
                format!("{name} less brings {}", per_money(optimum, less)),
            ));
        }
    }
    told.sort_by(|a, b| b.0.total_cmp(&a.0));
    let per = one_unit(optimum);
    if told.is_empty() {
        return format!(
            "No further step of a channel or a role, up or down, clearly pays from there{}.",
            net(optimum)
        );
    }
    let few: Vec<String> = told.into_iter().take(3).map(|(_, text)| text).collect();
    format!(
        "What would pay further, per {per}{}: {}.",
        net(optimum),
        few.join("; ")
    )
}

/// The plan as a block to paste into the scenario.
pub fn block(optimum: &Optimum, name: &str) -> String {
    let machine = |x: f64| format::machine((x * 1e6).round() / 1e6);
    let mut text = format!("[plans.{name}]\nlabel = \"Best found\"\n");
    let phases = &optimum.best.phases;
    match phases.as_slice() {
        [only] => text.push_str(&format!("marketing_share = {}\n", machine(only.marketing_share))),
        several => {
            let told: Vec<String> = several
                .iter()
                .enumerate()
                .map(|(at, phase)| {
                    let share = machine(phase.marketing_share);
                    if at + 1 == several.len() {
                        format!("{{ marketing_share = {share} }}")
                    } else {
                        format!("{{ weeks = {}, marketing_share = {share} }}", phase.weeks)
                    }
                })
                .collect();
            text.push_str(&format!("phases = [{}]\n", told.join(", ")));
        }
    }
    for (what, mix) in [
        ("channels", &optimum.best.channels),
        ("roles", &optimum.best.roles),
    ] {
        if optimum.varied.iter().any(|varied| varied == what) {
            let parts: Vec<String> = mix
                .iter()
                .map(|(name, share)| format!("{} = {}", key(name), machine(*share)))
                .collect();
            text.push_str(&format!("{what} = {{ {} }}\n", parts.join(", ")));
        }
    }
    if optimum.best.budget_factor != 1.0 {
        text.push_str(&format!(
            "budget_factor = {}\n",
            machine(optimum.best.budget_factor)
        ));
    }
    text
}

/// A key as it is typed.
fn key(name: &str) -> String {
    let is_bare = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if is_bare {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// "26 % in marketing, about $20.1M, in the 1,024 futures of the search".
pub(super) fn so_far(asked: &Asked, evaluator: &Evaluator, point: &Point, futures: u64) -> String {
    let plan = evaluator.space.plan(point);
    let best = told(asked.run.scenario, &plan);
    let value = evaluator.merit(point, futures).goal;
    let value = format::quantity(
        value,
        asked.goal.unit(),
        &asked.run.scenario.currency,
        Style::Sentence,
    );
    let mix = |names: &std::collections::BTreeMap<String, f64>, varies: bool, what: &str| {
        let parts: Vec<String> = names
            .iter()
            .map(|(name, share)| format!("{name} {}", percent(*share)))
            .collect();
        if varies {
            format!("; {what} {}", parts.join(", "))
        } else {
            String::new()
        }
    };
    format!(
        "{} in marketing{}{}, about {value} in the {} futures of the search that it was chosen by",
        shares(&best),
        mix(&best.channels, asked.decisions.channels, "channels"),
        mix(&best.roles, asked.decisions.roles, "roles"),
        format::count(futures)
    )
}

/// Why a goal has no value.
pub(super) fn undefined(goal: Goal) -> String {
    format!(
        "the objective {} is undefined in some of the futures; choose another, such as value",
        goal.measure.id
    )
}

/// Why no plan is left.
pub(super) fn impossible(space: &Space, breaches: &[Breach]) -> String {
    let limits: Vec<String> = breaches.iter().map(|breach| broken(space, breach)).collect();
    let list = if limits.is_empty() {
        "optimize.least_share to most_share, or least_budget to most_budget, holds no multiple of optimize.step".to_owned()
    } else {
        limits.join("; ")
    };
    format!(
        "no plan keeps all limits of the search. Nearest to them it still breaks: {list}. Loosen one of these"
    )
}

/// "optimize.most_heads.ae: 1.5 heads too many".
fn broken(space: &Space, breach: &Breach) -> String {
    let scenario = space.scenario;
    let currency = &scenario.currency;
    let money = |x: f64| format::money(x, currency, Style::Sentence);
    let points = |x: f64| format!("{} points", format::number(x * 100.0, Style::Sentence));
    let channel = |at: usize| {
        scenario
            .channels
            .get(at)
            .map_or("", |channel| channel.name.as_str())
    };
    let role = |at: usize| scenario.roles.get(at).map_or("", |role| role.name.as_str());
    match breach.limit {
        Limit::LeastShare => format!("optimize.least_share by {}", points(breach.by)),
        Limit::MostShare => format!("optimize.most_share by {}", points(breach.by)),
        Limit::LeastBudget => format!("optimize.least_budget by {}", points(breach.by)),
        Limit::MostBudget => format!("optimize.most_budget by {}", points(breach.by)),
        Limit::LeastSpend(at) => format!(
            "optimize.least_spend.{} by {} a year too little",
            channel(at),
            money(breach.by)
        ),
        Limit::MostSpend(at) => format!(
            "optimize.most_spend.{} by {} a year too much",
            channel(at),
            money(breach.by)
        ),
        Limit::Change => format!("optimize.most_change by {} too much", points(breach.by)),
        Limit::Heads(at) => format!(
            "optimize.most_heads.{} by {} heads too many",
            role(at),
            format::heads(breach.by, Style::Sentence)
        ),
    }
}

/// Why no plan keeps its cash.
pub(super) fn no_cash(asked: &Asked, floor: CashFloor, kept: f64) -> String {
    let least = format::money(floor.least, &asked.run.scenario.currency, Style::Sentence);
    format!(
        "no plan found keeps optimize.least_cash: {least} in {} of futures; the nearest keeps it in {}. Ask for less, or let more vary",
        percent(floor.probability),
        percent(kept)
    )
}
