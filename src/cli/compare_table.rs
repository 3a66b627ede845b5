//! What `compare` prints: one row a plan, the pairs, the sentences.

use super::grid::{Flush, grid};
use super::table::{self, Column};
use super::terminal::{Look, Terminal};
use crate::analysis::contest::facts::{Contest, Duel, Entrant};
use crate::analysis::findings::{Findings, PlanFindings};
use crate::units::format::{self, Scale, Style};
use crate::units::unit::Unit;

/// Up to this number of plans every pair is printed; beyond, the pairs of the leader and of the first plan.
const ALL_PAIRS: usize = 5;

/// Tables and sentences.
pub(super) fn render(findings: &Findings, contest: &Contest, terminal: &Terminal) -> String {
    let mut text = table::head(findings, columns(findings, contest), terminal);
    text.push('\n');
    text.push_str(&pairs(findings, contest, terminal));
    text.push('\n');
    let sentences = contest.sentences.iter().map(String::as_str);
    text.push_str(&table::paragraphs(sentences, terminal));
    text
}

/// Columns behind those of a run: regret, cash, futures.
fn columns(findings: &Findings, contest: &Contest) -> Vec<Column> {
    let entrant = |plan: &PlanFindings| contest.plans.iter().find(|own| own.name == plan.name);
    let unit = findings
        .measure(&contest.measure)
        .map_or(Unit::Number, |measure| measure.unit());
    let currency = findings.scenario.currency.as_str();
    let amount = |x: Option<f64>| format::quantity(x.unwrap_or(f64::NAN), unit, currency, Style::Table);
    let mut columns = Vec::new();
    if contest.plans.iter().any(|plan| plan.regret.is_some()) {
        let cell = |plan: &PlanFindings| {
            let regret = entrant(plan).and_then(|own| own.regret);
            amount(regret.map(|regret| regret.value))
        };
        columns.push(Column::new("mean regret".to_owned(), findings, cell).later(6));
    }
    let cash = |own: &Entrant| own.cash_below_zero.map(|chance| chance.value);
    if contest
        .plans
        .iter()
        .any(|own| cash(own).is_some_and(|chance| chance > 0.0))
    {
        let cell = |plan: &PlanFindings| {
            let chance = entrant(plan).and_then(cash);
            table::futures(chance.unwrap_or(f64::NAN))
        };
        columns.push(Column::new("cash below 0 in".to_owned(), findings, cell).later(6));
    }
    let cell =
        |plan: &PlanFindings| entrant(plan).map_or(String::new(), |own| format::count(own.replications));
    columns.push(Column::new("futures".to_owned(), findings, cell).later(7));
    columns
}

/// Paired differences with their intervals.
fn pairs(findings: &Findings, contest: &Contest, terminal: &Terminal) -> String {
    let is_shown = |duel: &&Duel| {
        let names = [duel.name.as_str(), duel.than.as_str()];
        let leader = contest.leader.as_deref().unwrap_or_default();
        contest.plans.len() <= ALL_PAIRS
            || names.contains(&leader)
            || names.contains(&contest.baseline.as_str())
    };
    let shown: Vec<&Duel> = contest.pairs.iter().filter(is_shown).collect();
    let level = format::percent(contest.level, Style::Sentence);
    let mut text = terminal.paint(
        &format!("Differences in the same futures, with intervals that hold together ({level})"),
        Look::Aside,
    );
    text.push('\n');
    let rows: Vec<Vec<String>> = shown.iter().map(|duel| row(findings, contest, duel)).collect();
    let columns = [Flush::Left, Flush::Right, Flush::Right, Flush::Right, Flush::Left];
    text.push_str(&grid(&rows, &columns, 0, usize::MAX));
    let left = contest.pairs.len() - shown.len();
    if left > 0 {
        let left = format::count(left as u64);
        text.push_str(&terminal.paint(
            &format!("{left} more pairs stand in comparison.json"),
            Look::Aside,
        ));
        text.push('\n');
    }
    text
}

/// `Sales-led − Today`, difference, interval, better in, remark.
fn row(findings: &Findings, contest: &Contest, duel: &Duel) -> Vec<String> {
    let label = |name: &str| {
        let plan = contest.plans.iter().find(|plan| plan.name == name);
        plan.map_or_else(|| name.to_owned(), |plan| plan.label.clone())
    };
    let currency = findings.scenario.currency.as_str();
    let unit = findings
        .measure(&contest.measure)
        .map_or(Unit::Number, |measure| measure.unit());
    let (difference, low, high) = if unit == Unit::Money {
        let largest = duel.low.abs().max(duel.high.abs());
        let scale = Scale::with_error(largest, duel.error);
        let scale = if scale.rounded(duel.low) == scale.rounded(duel.high) {
            scale.finer()
        } else {
            scale
        };
        (
            scale.signed(duel.difference, currency),
            scale.signed(duel.low, currency),
            scale.signed(duel.high, currency),
        )
    } else {
        let print = |x| format::quantity(x, unit, currency, Style::Table);
        (print(duel.difference), print(duel.low), print(duel.high))
    };
    let remark = match (duel.is_decided, duel.matters_at_most <= contest.within) {
        (true, true) => "too little to matter",
        (true, false) => "",
        (false, true) => "not told apart, too little to matter",
        (false, false) => "not told apart",
    };
    vec![
        format!("{} \u{2212} {}", label(&duel.name), label(&duel.than)),
        difference,
        format!("{low} to {high}"),
        format!("better in {}", table::futures(duel.better_in)),
        remark.to_owned(),
    ]
}
