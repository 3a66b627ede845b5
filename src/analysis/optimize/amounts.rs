//! Amounts of an objective in words, whatever its unit.

use super::found::Optimum;
use crate::analysis::findings::Uncertain;
use crate::units::format::{self, Style};
use crate::units::unit::Unit;

/// An amount of the objective.
pub(super) fn amount(optimum: &Optimum, x: f64) -> String {
    amount_in(optimum.objective.unit(), &optimum.scenario.currency, x)
}

/// An amount of a unit.
pub(super) fn amount_in(unit: Unit, currency: &str, x: f64) -> String {
    match unit {
        Unit::Share => format!("{} points", format::number(x * 100.0, Style::Sentence)),
        Unit::Money | Unit::MoneyPerYear => format::money(x, currency, Style::Sentence),
        unit => format::quantity(x, unit, currency, Style::Sentence),
    }
}

/// An amount of the objective with its standard error.
pub(super) fn with_error(optimum: &Optimum, x: f64, error: f64) -> String {
    match optimum.objective.unit() {
        Unit::Money | Unit::MoneyPerYear => format::money_with_error(x, error, &optimum.scenario.currency),
        Unit::Share => {
            let [x, error] = [x, error].map(|x| format::number(x * 100.0, Style::Sentence));
            format!("{x} ± {error} %")
        }
        _ => {
            let [x, error] =
                [format::rounded_to(x, error), error].map(|x| format::number(x, Style::Sentence));
            format!("{x} ± {error}")
        }
    }
}

/// What a unit of money brings, signed.
pub(super) fn per_money(optimum: &Optimum, gain: Uncertain) -> String {
    let sign = if gain.value < 0.0 { "\u{2212}" } else { "" };
    let two = |x: f64| format::decimals(x, 2, Style::Sentence);
    let (value, error) = (gain.value.abs(), gain.error);
    match optimum.objective.unit() {
        Unit::Money | Unit::MoneyPerYear => {
            let symbol = format::symbol(&optimum.scenario.currency);
            format!("{sign}{symbol}{} ± {}", two(value), two(error))
        }
        Unit::Share => {
            // Shares of futures move by less than anybody reads per unit of money.
            let [value, error] = [value, error].map(|x| format::number(x * 1e8, Style::Sentence));
            format!("{sign}{value} ± {error} points a million")
        }
        _ => {
            let [value, error] = [value, error].map(|x| format::number(x * 1e6, Style::Sentence));
            format!("{sign}{value} ± {error} a million")
        }
    }
}
