//! The words for other budgets and for mean against bad futures.

use super::amounts::{amount, with_error};
use super::found::{FrontierPoint, Optimum, Response};
use crate::units::format::{self, Style};
use crate::units::unit::Unit;

fn percent(share: f64) -> String {
    format::percent(share, Style::Sentence)
}

/// "Efficient splits, mean against P10: 17 % (mean $20.1M, P10 $15.2M), …".
pub(super) fn frontier(optimum: &Optimum, splits: &[FrontierPoint]) -> Option<String> {
    let efficient: Vec<&FrontierPoint> = splits.iter().filter(|split| split.efficient).collect();
    let one = |split: &FrontierPoint| {
        format!(
            "{} (mean {}, P10 {}, worst tenth {})",
            percent(split.marketing_share),
            amount(optimum, split.mean.value),
            amount(optimum, split.p10.value),
            amount(optimum, split.cvar.value)
        )
    };
    let told: Vec<String> = efficient.iter().map(|split| one(split)).collect();
    match told.as_slice() {
        [] => None,
        [only] => Some(format!(
            "Mean and P10 do not part: {only} has the highest of both among the {} splits looked at.",
            splits.len()
        )),
        several => Some(format!(
            "Efficient splits, a higher mean against a higher P10: {}.",
            several.join("; ")
        )),
    }
}

/// One line a budget, and up to where money pays back.
pub(super) fn response(optimum: &Optimum, response: &Response) -> Vec<String> {
    let currency = &optimum.scenario.currency;
    let money = |x: f64| format::money(x, currency, Style::Sentence);
    let mut said: Vec<String> = response
        .budgets
        .iter()
        .map(|budget| {
            format!(
                "With {} a year the best split is {} in marketing: {}.",
                money(budget.annual),
                percent(budget.best.marketing_share),
                with_error(optimum, budget.best.estimate.value, budget.best.estimate.error)
            )
        })
        .collect();
    let (Some(first), Some(last)) = (response.budgets.first(), response.budgets.last()) else {
        return said;
    };
    if optimum.objective.unit() != Unit::Money {
        return said;
    }
    let one = money(1.0);
    said.push(match response.pays_back {
        Some(pays) if pays.annual <= first.annual => format!(
            "Already from {} a year another {one} returns less than {one}{}.",
            money(first.annual),
            noise(pays.clear)
        ),
        Some(pays) => format!(
            "Beyond about {} a year another {one} returns less than {one}{}.",
            money(pays.annual),
            noise(pays.clear)
        ),
        None => format!(
            "Up to {} a year another {one} returns more than {one}.",
            money(last.annual)
        ),
    });
    said
}

fn noise(clear: bool) -> &'static str {
    if clear { "" } else { ", though within the noise" }
}
