//! The words for one split over several scenarios.

use super::amounts::amount_in;
use super::robust::{Choice, Robust};
use crate::units::format::{self, Style};

fn percent(share: f64) -> String {
    format::percent(share, Style::Sentence)
}

/// What is said of the choices, in order.
pub fn sentences_of_several(found: &Robust) -> Vec<String> {
    let futures = format::count(found.futures);
    let weights: Vec<String> = found
        .scenarios
        .iter()
        .map(|case| format!("{} {}", case.file, percent(case.weight)))
        .collect();
    let mut said = vec![format!(
        "One split for {} scenarios by {} of {} ({}), in {futures} futures that the search never saw.",
        found.scenarios.len(),
        found.objective.statistic,
        found.objective.label.to_lowercase(),
        weights.join(", ")
    )];
    said.extend(found.scenarios.iter().map(|case| {
        format!(
            "For {} alone: {} in marketing, {}.",
            case.file,
            percent(case.best_share),
            told(found, case.best.value)
        )
    }));
    said.extend(found.choices.iter().map(|choice| chosen(found, choice)));
    said
}

fn told(found: &Robust, x: f64) -> String {
    amount_in(found.objective.unit(), &found.currency, x)
}

/// "Least regret: 22 % in marketing, on the weighted mean $20.1M; it gives up $0.2M in base.toml, …".
fn chosen(found: &Robust, choice: &Choice) -> String {
    let rule = match choice.rule.as_str() {
        "weighted_mean" => "Best on the weighted mean",
        "least_regret" => "Least regret at worst",
        _ => "Best at worst",
    };
    let parts: Vec<String> = found
        .scenarios
        .iter()
        .zip(choice.outcomes.iter().zip(&choice.regrets))
        .map(|(case, (outcome, regret))| {
            // Less than its error is luck.
            let gives_up = if regret.value > regret.error {
                format!(", {} less than its best", told(found, regret.value))
            } else {
                String::new()
            };
            format!("{} {}{gives_up}", case.file, told(found, outcome.value))
        })
        .collect();
    format!(
        "{rule}: {} in marketing, {} on the weighted mean ({}).",
        percent(choice.marketing_share),
        told(found, choice.weighted.value),
        parts.join("; ")
    )
}
