//! One document over another: sections merge key by key, values are replaced whole (docs/variants.md).

use super::alternatives;
use super::diagnostic::Diagnostic;
use super::tree::{Entry, Key, Node, Table, Value};
use super::wording::{shown, slip};
use crate::model::parameters::parameter;
use std::collections::BTreeMap;

/// Sections whose keys are names of the planner's choice; their order means something.
const NAMED: [&str; 5] = ["plans", "channels", "roles", "segments", "environment.events"];

/// Tables by a name that is declared elsewhere.
const BY_NAME: [&str; 12] = [
    "actuals.heads",
    "today.team",
    "today.tenure_weeks",
    "today.pipeline",
    "today.customers",
    "today.relationship",
    "today.cooling",
    "channels.*.weight",
    "optimize.least_spend",
    "optimize.most_spend",
    "optimize.most_heads",
    "environment.events.*.multiplies.kappa",
];

/// Tables that are one value although no number of the registry: their parts make sense together only.
const WHOLE: [&str; 3] = ["plans.*.channels", "plans.*.roles", "scenario.target"];

/// Forms of a number whose parts are numbers of their own.
const PAIRS: [[&str; 2]; 3] = [["covered", "uncovered"], ["median", "sigma"], ["mean", "cv"]];

/// Points of an interval.
const POINTS: [&str; 3] = ["low", "typical", "high"];

/// Whether the keys of the section `pattern` are names of the planner's choice.
pub(super) fn is_named(pattern: &str) -> bool {
    NAMED.contains(&pattern)
}

/// The pattern of `key` in the section `pattern`: a name becomes `*`.
pub(super) fn below(pattern: &str, key: &str) -> String {
    let key = if is_named(pattern) || BY_NAME.contains(&pattern) {
        "*"
    } else {
        key
    };
    if pattern.is_empty() {
        key.to_owned()
    } else {
        format!("{pattern}.{key}")
    }
}

/// Names of `over` that `base` does not have, but almost: they may be meant to change what is there.
pub(super) fn strangers(base: &Table, over: &Table) -> Vec<Diagnostic> {
    let mut strange = Vec::new();
    for pattern in NAMED {
        let (Some(declared), Some(told)) = (at(base, pattern), at(over, pattern)) else {
            continue;
        };
        for entry in &told.entries {
            strange.extend(stranger(&entry.key, pattern, declared));
        }
    }
    strange
}

/// A warning if `key` adds a name to the section `pattern` that looks like one that is `declared`.
pub(super) fn stranger(key: &Key, pattern: &str, declared: &Table) -> Option<Diagnostic> {
    if declared.has(&key.text) {
        return None;
    }
    let near = slip(
        &key.text,
        declared.entries.iter().map(|entry| entry.key.text.as_str()),
    )?;
    let what = one(pattern);
    let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    let message = format!("this adds {article} {what} called `{}`", shown(&key.text));
    let diagnostic = Diagnostic::warning(key.span, message);
    Some(
        diagnostic
            .expected(format!("did you mean `{}`?", shown(near)))
            .slip(),
    )
}

/// What one of the section `pattern` is called.
pub(super) fn one(pattern: &str) -> &str {
    pattern
        .rsplit('.')
        .next()
        .unwrap_or(pattern)
        .trim_end_matches('s')
}

fn at<'t>(tree: &'t Table, path: &str) -> Option<&'t Table> {
    path.split('.')
        .try_fold(tree, |table, key| match &table.get(key)?.node.value {
            Value::Table(below) => Some(below),
            _ => None,
        })
}

/// Lays the document `over` over `base`. Its first `typed` levels are a path that was typed out, which may lead into
/// a value.
pub(super) fn overlay(base: &mut Table, over: Table, typed: usize) {
    merge(base, over, "", typed);
}

fn merge(base: &mut Table, over: Table, pattern: &str, typed: usize) {
    for entry in &over.entries {
        if let Some(other) = alternatives::other(pattern, &entry.key.text) {
            base.entries.retain(|entry| entry.key.text != other);
        }
    }
    let places: BTreeMap<String, usize> = base
        .entries
        .iter()
        .enumerate()
        .map(|(place, entry)| (entry.key.text.clone(), place))
        .collect();
    for entry in over.entries {
        let below = below(pattern, &entry.key.text);
        let place = places.get(&entry.key.text);
        match place.and_then(|place| base.entries.get_mut(*place)) {
            Some(told) => replace(told, entry, &below, typed.saturating_sub(1)),
            None => base.entries.push(entry),
        }
    }
}

fn replace(told: &mut Entry, entry: Entry, pattern: &str, typed: usize) {
    told.key = entry.key;
    match (&mut told.node.value, entry.node.value) {
        (Value::Table(base), Value::Table(over)) if merges(base, &over, pattern, typed) => {
            merge(base, over, pattern, typed);
            told.node.span = entry.node.span;
        }
        (_, value) => {
            told.node = Node {
                value,
                span: entry.node.span,
            };
        }
    }
}

/// Whether two tables at `pattern` are joined; else the later one stands alone.
fn merges(base: &Table, over: &Table, pattern: &str, typed: usize) -> bool {
    if WHOLE.contains(&pattern) {
        return typed > 0;
    }
    if parameter(pattern).is_none() {
        return true;
    }
    let both = |keys: &[&str]| {
        let all = |table: &Table| {
            table
                .entries
                .iter()
                .all(|entry| keys.contains(&entry.key.text.as_str()))
        };
        all(base) && all(over)
    };
    PAIRS.iter().any(|pair| both(pair)) || typed > 0 && both(&POINTS)
}
