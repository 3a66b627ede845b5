//! Chart 6: where the money goes, what comes back, and whether cash lasts.

mod cash;
mod items;
mod table;
mod titles;

use super::figure::{Axis, Body, Figure, NoChart, TimeAxis};
use super::footer::footer;
use super::plans::{Shown, best};
use super::wording::{horizon, more_plans};
use crate::analysis::findings::Findings;
use crate::units::format::{Scale, Style, money};
use serde::Serialize;

pub(super) use table::lay;

/// Plans of the table.
const COLUMNS: usize = 3;
/// A total printed farther off than this part of it gets one more digit.
const COARSE: f64 = 0.025;

/// What is spent and earned, a column a plan, and cash beside it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Money {
    /// The plans.
    pub columns: Vec<Column>,
    /// Spent, then revenue.
    pub sections: Vec<Section>,
    /// Cash by week, where today's is told.
    pub cash: Option<Cash>,
}

/// A plan of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub plan: usize,
}

/// A total and its items.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// `Spent`.
    pub name: String,
    /// Totals in words, by column.
    pub totals: Vec<String>,
    /// The items; they sum to the totals.
    pub items: Vec<Item>,
}

/// An item of spend or a kind of revenue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// `Marketing overhead`.
    pub name: String,
    /// Means by column, currency units.
    pub amounts: Vec<f64>,
    /// The same in words.
    pub labels: Vec<String>,
}

/// Mean cash by week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cash {
    /// Amounts.
    pub axis: Axis,
    /// Weeks.
    pub time: TimeAxis,
    /// A line a plan.
    pub lines: Vec<CashLine>,
}

/// Mean cash of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CashLine {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub plan: usize,
    /// Cash at the end of each week.
    pub amounts: Vec<f64>,
    /// Week and amount of the lowest point, where cash falls before it turns.
    pub lowest: Option<(u32, f64)>,
    /// What is said at its end.
    pub words: Vec<String>,
    /// `below 0 in 2 %`, from 1 %.
    pub below_zero: Option<String>,
}

/// What is told.
struct Story<'a> {
    findings: &'a Findings,
    plans: Vec<Shown<'a>>,
    /// How what is spent and what is earned is printed.
    scales: [Scale; 2],
    /// How cash is printed.
    cash_scale: Scale,
    cash: Option<Cash>,
}

/// The chart of a run.
pub fn build(findings: &Findings) -> Result<Figure, NoChart> {
    let (plans, warnings) = best(findings, COLUMNS);
    let is_something = |plan: &Shown<'_>| {
        ["spent", "revenue"]
            .iter()
            .any(|id| plan.mean(id).is_some_and(|mean| mean != 0.0))
    };
    if !plans.iter().any(is_something) {
        return Err(NoChart::because("nothing is spent and nothing comes back"));
    }
    let cash_scale = cash::scale(findings, &plans);
    let story = Story {
        scales: scales(&plans),
        cash: cash::cash(findings, &plans, cash_scale),
        cash_scale,
        findings,
        plans,
    };
    let sections = items::sections(&story);
    let title = titles::title(&story);
    Ok(Figure {
        key: "money".to_owned(),
        subtitle: subtitle(&story),
        alt: titles::alt(&story, &title, &sections),
        footer: footer(findings, notes(&story)),
        title,
        body: Body::Money(Money {
            columns: story
                .plans
                .iter()
                .map(|plan| Column {
                    name: plan.name.clone(),
                    plan: plan.colour,
                })
                .collect(),
            sections,
            cash: story.cash,
        }),
        warnings,
    })
}

/// Both sections in the unit of the largest total, each with the digits that the error of its totals carries; a total
/// that would be printed far off keeps one more.
fn scales(plans: &[Shown<'_>]) -> [Scale; 2] {
    let totals = |id: &'static str| {
        let summaries = plans.iter().filter_map(move |plan| plan.plan.measure(id));
        summaries.map(|summary| (summary.mean.unwrap_or(0.0), summary.mean_error.unwrap_or(0.0)))
    };
    let largest = |id| totals(id).map(|(mean, _)| mean).fold(0.0, f64::max);
    let largest_of_all = largest("spent").max(largest("revenue"));
    let unit = Scale::of(largest_of_all, 0.0);
    let one = [1e9, 1e6, 1e3].into_iter().find(|one| largest_of_all >= *one);
    ["spent", "revenue"].map(|id| {
        let error = totals(id).map(|(_, error)| error).fold(0.0, f64::max);
        // From 1 on in this unit, so that small totals get no more digits than large ones.
        let size = largest(id).max(one.unwrap_or(1.0));
        let scale = unit.carrying(size, error.max(cash::FINEST * size));
        let is_far_off = totals(id).any(|(mean, _)| (scale.rounded(mean) - mean).abs() > COARSE * mean);
        if is_far_off { scale.finer() } else { scale }
    })
}

impl Story<'_> {
    /// How amounts of a section are printed.
    fn scale(&self, total: &str) -> Scale {
        let [spent, revenue] = self.scales;
        if total == "spent" { spent } else { revenue }
    }

    /// The mean of a total as the table prints it.
    fn total(&self, plan: &Shown<'_>, id: &str) -> String {
        self.in_words(id, plan.mean(id).unwrap_or(0.0))
    }

    /// An amount of a section.
    fn in_words(&self, total: &str, amount: f64) -> String {
        let currency = &self.findings.scenario.currency;
        if amount == 0.0 {
            money(amount, currency, Style::Table)
        } else {
            self.scale(total).money(amount, currency)
        }
    }
}

fn subtitle(story: &Story<'_>) -> String {
    let over = horizon(story.findings);
    match &story.cash {
        None => format!("Where the budget goes and what comes back over {over}: means of all futures"),
        Some(cash) if cash.lines.iter().any(|line| line.below_zero.is_some()) => format!(
            "Where the budget goes, what comes back, and cash by week, over {over}: means, and share of futures with cash below 0"
        ),
        Some(_) => format!(
            "Where the budget goes, what comes back, and cash by week, over {over}: means of all futures"
        ),
    }
}

fn notes(story: &Story<'_>) -> Vec<String> {
    let more = story.findings.plans.len() - story.plans.len();
    Vec::from_iter((more > 0).then(|| more_plans(more)))
}
