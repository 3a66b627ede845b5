//! Cash by week, as data.

use super::super::axis::{Measured, range, upright};
use super::super::plans::Shown;
use super::super::time_axis::time_axis;
use super::{Cash, CashLine};
use crate::analysis::findings::Findings;
use crate::units::format::{Scale, Style, share_of_futures, week};

/// Most steps of the axis.
const STEPS: f64 = 6.0;
/// Amounts are told to this part of the largest at the finest, however sure they are.
pub(super) const FINEST: f64 = 0.001;
/// Cash has fallen if it lies below the first and the last week by this part of the range.
const DIP: f64 = 0.02;
/// From this share of futures on, cash below zero is told.
const TOLD: f64 = 0.01;

/// How cash is printed: in the unit of its largest week, with the digits that the error of its end carries.
pub(super) fn scale(findings: &Findings, plans: &[Shown<'_>]) -> Scale {
    let weeks = plans.iter().filter_map(|plan| amounts(findings, plan)).flatten();
    let largest = range(weeks).map_or(0.0, |(low, high)| low.abs().max(high.abs()));
    let error = plans
        .iter()
        .filter_map(|plan| plan.plan.measure("cash_end")?.mean_error)
        .fold(0.0, f64::max);
    Scale::with_error(largest, error.max(FINEST * largest))
}

/// Mean cash at the end of each week.
fn amounts(findings: &Findings, plan: &Shown<'_>) -> Option<Vec<f64>> {
    let position = findings
        .plans
        .iter()
        .position(|other| other.name == plan.plan.name)?;
    let bands = findings.weekly.bands_of(position, "cash")?;
    Some(bands.iter().map(|band| band.mean).collect())
}

/// Cash of all plans, where today's is told.
pub(super) fn cash(findings: &Findings, plans: &[Shown<'_>], scale: Scale) -> Option<Cash> {
    let lines: Vec<CashLine> = plans
        .iter()
        .map(|plan| line(findings, plan, scale))
        .collect::<Option<_>>()?;
    let range = range(lines.iter().flat_map(|line| line.amounts.iter().copied()))?;
    (lines.iter().all(|line| line.amounts.len() > 1) && range != (0.0, 0.0)).then(|| Cash {
        axis: upright(range, STEPS, Measured::Money(&findings.scenario.currency)),
        time: time_axis(findings.scenario.weeks),
        lines,
    })
}

fn line(findings: &Findings, plan: &Shown<'_>, scale: Scale) -> Option<CashLine> {
    let amounts = amounts(findings, plan)?;
    let currency = &findings.scenario.currency;
    let lowest = lowest(&amounts);
    let end = amounts.last().copied().filter(|end| end.is_finite())?;
    let mut words = vec![format!("{} at the end", scale.money(end, currency))];
    if let Some((low_week, amount)) = lowest {
        words.push(format!(
            "lowest {}, {}",
            scale.money(amount, currency),
            week(low_week, Style::Axis)
        ));
    }
    Some(CashLine {
        name: plan.name.clone(),
        plan: plan.colour,
        lowest,
        words,
        below_zero: plan
            .mean("cash_below_zero")
            .filter(|share| *share >= TOLD)
            .map(|share| format!("below 0 in {}", share_of_futures(share, Style::Table))),
        amounts,
    })
}

/// Week and amount of the lowest point, if cash falls to it and rises from it.
fn lowest(amounts: &[f64]) -> Option<(u32, f64)> {
    let (low, high) = range(amounts.iter().copied())?;
    let (first, last) = (amounts.first()?, amounts.last()?);
    let position = amounts.iter().position(|amount| *amount == low)?;
    (first.min(*last) - low > DIP * (high - low)).then(|| (position as u32 + 1, low))
}
