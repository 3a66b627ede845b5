//! `gtm-sim explain NAME`: what a measure or a parameter means.

use super::failure::Failure;
use super::terminal::{self, Look, Terminal};
use super::words;
use crate::model::parameters::{PARAMETERS, Parameter};
use crate::outcome::life::Each;
use crate::outcome::measure::{MEASURES, Make, Measure};
use crate::outcome::outcomes::Better;
use crate::units::format::{self, Style};

/// Prints what the name means; without an exact match the nearest names are told.
pub(super) fn explain(name: &str, terminal: &Terminal) -> Result<(), Failure> {
    let measures = MEASURES.iter().filter(|measure| is_called(measure, name));
    let parameters = PARAMETERS
        .iter()
        .filter(|parameter| answers_to(parameter.path, name));
    let told: Vec<String> = measures
        .map(|measure| of_measure(measure, terminal))
        .chain(parameters.map(|parameter| of_parameter(parameter, terminal)))
        .collect();
    if !told.is_empty() {
        return terminal::print(told.join("\n").as_bytes());
    }
    let near = words::nearest(name, names());
    let hint = if near.is_empty() {
        "measures are listed in docs/measures.md, parameters in docs/model.md".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    Err(Failure::Input(format!(
        "no measure or parameter is called {name}; {hint}"
    )))
}

/// Whether a measure has this key; `utilisation.ae` is one of `utilisation`.
fn is_called(measure: &Measure, name: &str) -> bool {
    match name.split_once('.') {
        Some((id, _)) => measure.id == id && measure.each != Each::Once,
        None => measure.id == name,
    }
}

/// Whether a path pattern is meant by `name`: the pattern, a path with names in the place of `*`, or its end.
fn answers_to(pattern: &str, name: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('.').collect();
    let name: Vec<&str> = name.split('.').collect();
    let Some(skipped) = pattern.len().checked_sub(name.len()) else {
        return false;
    };
    let same = |(own, typed): (&&str, &&str)| own == typed || *own == "*" && !typed.is_empty();
    let ends_in_a_word = pattern.last() == name.last();
    ends_in_a_word && pattern[skipped..].iter().zip(&name).all(same)
}

/// Everything that can be explained, and the last words of parameters.
fn names() -> impl Iterator<Item = &'static str> {
    let last = |path: &'static str| path.rsplit('.').next().unwrap_or(path);
    let measures = MEASURES.iter().map(|measure| measure.id);
    let words = PARAMETERS.iter().map(move |parameter| last(parameter.path));
    let mut names: Vec<&str> = measures.chain(words).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter()
}

fn of_measure(measure: &Measure, terminal: &Terminal) -> String {
    let head = terminal.paint(measure.id, Look::Strong);
    let label = measure.label;
    let unit = measure.unit.key().replace('_', " ");
    let about = measure.about;
    let better = match measure.better {
        Better::More => "; more is better",
        Better::Less => "; less is better",
        Better::Neither => "",
    };
    let each = match measure.each {
        Each::Once => "",
        Each::Role => "; one for each role, as ID.ROLE",
        Each::SellingRole => "; one for each role that sells, as ID.ROLE",
        Each::Channel => "; one for each channel, as ID.CHANNEL",
        Each::Year => "; one for each year, as ID.1, ID.2 …",
    };
    let each = each.replace("ID", measure.id);
    let ratio = match measure.make {
        Make::Amount(_) => "",
        Make::Ratio(..) => "; over several futures the ratio of the means",
    };
    format!("{head} · {label}\n  {about}\n  a measure; unit: {unit}{better}{ratio}{each}\n")
}

fn of_parameter(parameter: &Parameter, terminal: &Terminal) -> String {
    let head = terminal.paint(parameter.path, Look::Strong);
    let unit = parameter.unit.key().replace('_', " ");
    let plain = |x: f64| format::number(x, Style::Sentence);
    let (low, high) = (parameter.range.low, parameter.range.high);
    let range = match (low.is_finite(), high.is_finite()) {
        _ if low == f64::MIN_POSITIVE => "above 0".to_owned(),
        (true, true) => format!("{} to {}", plain(low), plain(high)),
        (true, false) => format!("at least {}", plain(low)),
        (false, true) => format!("at most {}", plain(high)),
        (false, false) => "any number".to_owned(),
    };
    let default = match parameter.default {
        Some(x) if x.is_finite() => plain(x),
        Some(_) => "without limit".to_owned(),
        None => "none; told where it is needed".to_owned(),
    };
    let about = parameter.about;
    format!("{head}\n  {about}\n  a parameter; unit: {unit}; range: {range}; default: {default}\n")
}
