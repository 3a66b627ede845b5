//! Distributions as other tools write them, `{ min = …, max = … }`: what stands for them here.

use super::diagnostic::Diagnostic;
use super::source::Span;
use super::tree::{Table, Value};
use super::wording::{looks, number, shown};

const LEAST: [&str; 6] = ["min", "minimum", "from", "least", "lower", "worst"];
const MOST: [&str; 6] = ["max", "maximum", "to", "most", "upper", "best"];
const LIKELY: [&str; 8] = [
    "mode",
    "likely",
    "most_likely",
    "mid",
    "middle",
    "base",
    "expected",
    "typical",
];
const MEAN: [&str; 4] = ["mean", "average", "avg", "mu"];
const SPREAD: [&str; 7] = ["sd", "std", "stdev", "stddev", "sigma", "std_dev", "se"];

/// What is said of a number at `path` if all keys of `table` belong to one form of another tool.
pub(super) fn told(span: Span, table: &Table, path: &str) -> Option<Diagnostic> {
    let meant = meant(table)?;
    let keys = table.entries.iter().map(|entry| shown(&entry.key.text));
    let form = keys.collect::<Vec<_>>().join(", ");
    let message = format!("`{}` has no form `{{ {form} }}`", shown(path));
    let diagnostic = Diagnostic::error(span, message);
    Some(diagnostic.expected("no way to tell a number").help(meant))
}

/// What to type instead.
fn meant(table: &Table) -> Option<String> {
    let told: Option<Vec<(String, f64)>> = table
        .entries
        .iter()
        .map(|entry| match &entry.node.value {
            Value::Number(typed) => Some((looks(&entry.key.text), typed.value)),
            _ => None,
        })
        .collect();
    let told = told?;
    let of = |names: &[&str]| {
        let named = told.iter().find(|(key, _)| names.contains(&key.as_str()));
        named.map(|(_, value)| number(*value))
    };
    match told.len() {
        2 => two(&of),
        3 => three(&of),
        _ => None,
    }
}

type Of<'f> = dyn Fn(&[&str]) -> Option<String> + 'f;

fn two(of: &Of<'_>) -> Option<String> {
    if let (Some(low), Some(high)) = (of(&LEAST), of(&MOST)) {
        return Some(format!(
            "if nothing outside is possible, type `{{ uniform = [{low}, {high}] }}`; if you are 90 % sure that it lies between, `{{ low = {low}, high = {high} }}`"
        ));
    }
    if let (Some(mean), Some(spread)) = (of(&MEAN), of(&SPREAD)) {
        return Some(format!("type `{{ normal = [{mean}, {spread}] }}`"));
    }
    if let (Some(low), Some(high)) = (of(&["p5", "p05"]), of(&["p95"])) {
        return Some(format!("type `{{ low = {low}, high = {high} }}`"));
    }
    if let (Some(low), Some(high)) = (of(&["p10"]), of(&["p90"])) {
        return Some(format!(
            "`low` and `high` are P5 and P95: type `{{ low = …, high = … }}` with a low somewhat below {low} and a high somewhat above {high}"
        ));
    }
    None
}

fn three(of: &Of<'_>) -> Option<String> {
    if let (Some(low), Some(typical), Some(high)) = (of(&LEAST), of(&LIKELY), of(&MOST)) {
        return Some(format!("type `{{ pert = [{low}, {typical}, {high}] }}`"));
    }
    if let (Some(low), Some(typical), Some(high)) = (of(&["p10"]), of(&["p50"]), of(&["p90"])) {
        return Some(format!(
            "`low` and `high` are P5 and P95: type `{{ low = …, typical = {typical}, high = … }}` with a low somewhat below {low} and a high somewhat above {high}"
        ));
    }
    None
}
