//! `gtm-sim explain NAME`: what a key of the scenario file, a measure, a weekly series or a field of the results means.

use super::failure::Failure;
use super::terminal::{self, Look, Terminal};
use super::terms::{self, TERMS, Term};
use super::words;
use crate::outcome::follow::{SERIES, Series};
use crate::outcome::life::Each;
use crate::outcome::measure::{MEASURES, Make, Measure};
use crate::outcome::outcomes::Better;
use crate::report::reference::{FIELDS, Field};
use crate::scenario_file::keys::{self, Key, Kind};

/// Prints what the name means; without an exact match the nearest names are told.
pub(super) fn explain(name: &str, terminal: &Terminal) -> Result<(), Failure> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Failure::Input(
            "say what is to be explained, such as: gtm-sim explain win_rate".to_owned(),
        ));
    }
    let mut told = found(name, terminal);
    if told.is_empty() {
        told = found(&name.to_lowercase(), terminal);
    }
    if told.is_empty() {
        return Err(Failure::Input(format!(
            "nothing is called {name}; {}",
            hint(name)
        )));
    }
    terminal::print(told.join("\n").as_bytes())
}

/// Everything of this name.
fn found(name: &str, terminal: &Terminal) -> Vec<String> {
    let measures = MEASURES
        .iter()
        .filter(|measure| is_called(measure.id, measure.each, name));
    let series = SERIES
        .iter()
        .filter(|series| is_called(series.id, series.each, name));
    let fields = FIELDS.iter().filter(|field| field.name == name);
    measures
        .map(|measure| of_measure(measure, terminal))
        .chain(series.map(|series| of_series(series, terminal)))
        .chain(fields.map(|field| of_field(field, terminal)))
        .chain(keys::called(name).into_iter().map(|key| of_key(key, terminal)))
        .chain(terms::called(name).map(|term| of_term(term, terminal)))
        .collect()
}

/// What may have been meant: a key of the section that was typed, else anything with such a last word.
fn hint(name: &str) -> String {
    let (section, last) = name.rsplit_once('.').unwrap_or(("", name));
    let same = |key: &&Key| {
        let own = key.asked().rsplit_once('.').map_or("", |(own, _)| own);
        let words = own.split('.').zip(section.split('.'));
        let same_length = own.split('.').count() == section.split('.').count();
        same_length && words.into_iter().all(|(own, typed)| own == "*" || own == typed)
    };
    let near: Vec<String> = if section.is_empty() {
        Vec::new()
    } else {
        let beside = keys::all().filter(same).map(Key::word);
        let near = words::nearest(last, beside).into_iter();
        near.map(|word| format!("{section}.{word}")).collect()
    };
    let near = if near.is_empty() {
        let near = words::nearest(last, names().into_iter()).into_iter();
        near.map(str::to_owned).collect()
    } else {
        near
    };
    if near.is_empty() {
        "keys of a scenario are listed in docs/scenario.md, measures in docs/measures.md".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    }
}

/// Whether something of the results is meant; `utilisation.ae` is one of `utilisation`.
fn is_called(id: &str, each: Each, name: &str) -> bool {
    match name.split_once('.') {
        Some((own, _)) => id == own && each != Each::Once,
        None => id == name,
    }
}

/// Everything that can be explained, keys by their last word.
fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = keys::all()
        .map(Key::word)
        .chain(MEASURES.iter().map(|measure| measure.id))
        .chain(SERIES.iter().map(|series| series.id))
        .chain(FIELDS.iter().map(|field| field.name))
        .chain(TERMS.iter().flat_map(|term| term.names).copied())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
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
    let each = each(measure.each, measure.id);
    let ratio = match measure.make {
        Make::Amount(_) => "",
        Make::Ratio(..) => "; over several futures the ratio of the means",
    };
    format!("{head} · {label}\n  {about}\n  a measure; unit: {unit}{better}{ratio}{each}\n")
}

fn of_series(series: &Series, terminal: &Terminal) -> String {
    let head = terminal.paint(series.id, Look::Strong);
    let label = series.label;
    let unit = series.unit.key().replace('_', " ");
    let each = each(series.each, series.id);
    let paired = if series.paired {
        format!(
            "; also as difference.{}, against the first plan in the same futures",
            series.id
        )
    } else {
        String::new()
    };
    format!(
        "{head} · {label}\n  a weekly series in weekly.csv: a flow of the week, or a stock at its end\n  unit: {unit}{each}{paired}\n"
    )
}

fn each(each: Each, id: &str) -> String {
    match each {
        Each::Once => String::new(),
        Each::Role => format!("; one for each role, as {id}.ROLE"),
        Each::SellingRole => format!("; one for each role that sells, as {id}.ROLE"),
        Each::Channel => format!("; one for each channel, as {id}.CHANNEL"),
        Each::Year => format!("; one for each year, as {id}.1, {id}.2 …"),
    }
}

fn of_field(field: &Field, terminal: &Terminal) -> String {
    let head = terminal.paint(field.name, Look::Strong);
    format!("{head}\n  {}\n  a field of results.json\n", field.about)
}

fn of_term(term: &Term, terminal: &Terminal) -> String {
    let head = terminal.paint(&term.names.join(", "), Look::Strong);
    format!("{head}\n  {}\n  example: {}\n", term.about, term.example)
}

fn of_key(key: &Key, terminal: &Terminal) -> String {
    if key.kind == Kind::Section {
        return of_section(key, terminal);
    }
    let head = terminal.paint(&key.shown(), Look::Strong);
    let about = key.about();
    let mut told = format!("{head}\n  {about}\n  is: {}; {}", key.is(), key.told());
    let alternatives = key.alternatives();
    if !alternatives.is_empty() {
        told.push_str(&format!(" ({alternatives})"));
    }
    let law = if key.law.is_empty() {
        String::new()
    } else {
        format!("docs/model.md {} {}: ", key.law, key.law_title())
    };
    told.push_str(&format!("\n  acts: {law}{}", key.acts));
    format!("{}\n  example: {}\n", told.replace('`', ""), key.line())
}

/// A section with its keys, one line each.
fn of_section(section: &Key, terminal: &Terminal) -> String {
    let head = terminal.paint(&format!("[{}]", section.shown()), Look::Strong);
    let mut told = format!("{head}\n  {}\n", section.about());
    let start = section.path.len() + 1;
    let name = |key: &'static Key| key.path.get(start..).unwrap_or(key.path);
    let below = || keys::below(section);
    let width = below().map(|key| name(key).len()).max().unwrap_or(0);
    for key in below() {
        told.push_str(&format!("  {:width$}  {}\n", name(key), key.about()));
    }
    let deeper = keys::all().filter(|key| {
        key.kind == Kind::Section
            && key
                .path
                .strip_prefix(section.path)
                .is_some_and(|rest| rest.starts_with('.'))
    });
    for key in deeper {
        told.push_str(&format!("  [{}]  {}\n", key.shown(), key.about()));
    }
    told
}
