//! What accumulates while a document is read: diagnostics, unknowns, and where each number stands.

use super::diagnostic::{Diagnostic, Severity};
use super::section::join;
use super::settings::Typed;
use super::source::Span;
use super::tree::{Entry, Key, Node, Number, Value};
use super::typed::as_number;
use super::wording::{grouped, listed, nearest, shown};
use crate::model::parameters::{Assumed, Unknown};
use std::collections::{BTreeMap, BTreeSet};

/// The names that other sections may use.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) channels: Vec<String>,
    pub(super) roles: Vec<String>,
    pub(super) segments: Vec<String>,
}

/// More diagnostics than this help nobody.
pub(super) const MOST_DIAGNOSTICS: usize = 500;

/// The gathered result of reading.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) unknowns: Vec<Unknown>,
    /// Defaults that were taken.
    pub(super) assumed: Vec<Assumed>,
    /// What is read is not all that was meant: something beside it could not be read.
    pub(super) is_cut: bool,
    /// What stands in settings beside the file.
    pub(super) typed: Typed,
    places: BTreeMap<String, Span>,
    asked: BTreeSet<String>,
}

impl Reader {
    /// Keeps a diagnostic, unless there are more than anybody reads.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if !self.is_full() {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Whether anything is an error.
    pub(super) fn is_wrong(&self) -> bool {
        let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
        self.is_cut || self.diagnostics.iter().any(is_error)
    }

    pub(super) fn is_full(&self) -> bool {
        self.diagnostics.len() >= MOST_DIAGNOSTICS
    }

    /// Remembers where `path` was told.
    pub(super) fn told_at(&mut self, path: &str, span: Span) {
        self.places.insert(path.to_owned(), span);
    }

    /// Where `path` was told.
    pub(super) fn place(&self, path: &str) -> Option<Span> {
        self.places.get(path).copied()
    }

    /// Remembers that a section was asked for these keys; `pattern` is its path with `*` for names.
    pub(super) fn asked_for(&mut self, pattern: &str, keys: &[&str]) {
        self.asked.extend(keys.iter().map(|key| join(pattern, key)));
    }

    /// Path patterns of all keys that were asked for.
    pub(super) fn into_asked(self) -> BTreeSet<String> {
        self.asked
    }

    /// Reports that `node` is not what was expected there.
    pub(super) fn wrong_kind(&mut self, node: &Node, what: &str, expected: &str) {
        let found = node.value.kind();
        self.report(
            Diagnostic::error(node.span, format!("`{}` cannot be {found}", shown(what)))
                .expected(format!("expected {expected}")),
        );
    }

    /// The same where a number is expected: a number in quotes is told how to type it.
    pub(super) fn wrong_number(&mut self, node: &Node, what: &str, expected: &str) {
        if let Value::Text(text) = &node.value
            && let Some(meant) = as_number(text)
        {
            if self.typed.is_bare(node.span) {
                let message = format!("`{}` is no number as a scenario writes it", shown(text));
                return self.report(Diagnostic::error(node.span, message).expected(format!("type {meant}")));
            }
            let message = format!("`{}` is a number, not text", shown(what));
            return self
                .report(Diagnostic::error(node.span, message).expected(format!("without quotes: {meant}")));
        }
        self.wrong_kind(node, what, expected);
    }

    /// The position of the name `key` among `names`; reports a name that does not exist.
    pub(super) fn position(&mut self, key: &Key, names: &[String], what: &str) -> Option<usize> {
        if self.is_full() {
            return None;
        }
        let found = names.iter().position(|name| *name == key.text);
        if found.is_none() {
            let diagnostic = Diagnostic::error(
                key.span,
                format!("there is no {what} called `{}`", shown(&key.text)),
            );
            let declare = format!(
                "a {what} is declared by its own section, `[{what}s.{}]`",
                shown(&key.text)
            );
            let all = || names.iter().map(String::as_str);
            self.report(match (nearest(&key.text, all()), names) {
                (Some(near), _) => diagnostic.expected(format!("did you mean `{near}`?")),
                (None, []) => diagnostic
                    .expected(format!("this scenario has no {what}s"))
                    .help(declare),
                (None, [only]) => diagnostic
                    .expected(format!("the only {what} is `{}`", shown(only)))
                    .help(declare),
                (None, _) => diagnostic
                    .expected(format!("the {what}s are {}", listed(all().take(12), "and")))
                    .help(declare),
            });
        }
        found
    }

    /// The entries of a table by name, such as `{ search = 0.4, content = 0.6 }`, each with its position.
    pub(super) fn by_name<'d>(
        &mut self,
        entry: &'d Entry,
        path: &str,
        names: &[String],
        what: &str,
    ) -> Vec<(usize, &'d Entry)> {
        let Value::Table(table) = &entry.node.value else {
            let example = names.first().map_or("name", String::as_str);
            self.wrong_kind(
                &entry.node,
                path,
                &format!("a value by {what}, such as `{{ {example} = … }}`"),
            );
            return Vec::new();
        };
        table
            .entries
            .iter()
            .filter_map(|entry| Some((self.position(&entry.key, names, what)?, entry)))
            .collect()
    }

    /// A plain number within `low` and `high`; not a distribution.
    pub(super) fn plain(&mut self, node: &Node, what: &str, low: f64, high: f64) -> Option<f64> {
        let range = super::wording::between(crate::model::parameters::Range { low, high });
        match &node.value {
            Value::Number(number)
                if number.value >= low && number.value <= high && number.value.is_finite() =>
            {
                Some(number.value)
            }
            Value::Number(number) => {
                let diagnostic = Diagnostic::error(
                    node.span,
                    format!(
                        "`{}` cannot be {}",
                        shown(what),
                        super::wording::number(number.value)
                    ),
                )
                .expected(format!("expected a number {range}"));
                self.report(super::quantity::percent(diagnostic, number.value, low, high));
                None
            }
            Value::Table(_) => {
                let diagnostic = Diagnostic::error(node.span, format!("`{}` must be known exactly", shown(what)))
                    .expected(format!("expected a plain number {range}, not a distribution"))
                    .help("distributions are for the numbers of the market, channels and roles; weeks, seed, replications, accounts and mixes are plain");
                self.report(diagnostic);
                None
            }
            _ => {
                self.wrong_number(node, what, &format!("a number {range}"));
                None
            }
        }
    }

    /// A whole number within `low` and `high`.
    pub(super) fn whole(&mut self, node: &Node, what: &str, low: u64, high: u64) -> Option<u64> {
        let expected = format!(
            "expected a whole number from {} to {}",
            grouped(&low.to_string()),
            grouped(&high.to_string())
        );
        let Value::Number(number) = &node.value else {
            if let Value::Table(_) = node.value {
                self.plain(node, what, low as f64, high as f64);
            } else {
                self.wrong_number(node, what, expected.trim_start_matches("expected "));
            }
            return None;
        };
        let exact = number.integer.or_else(|| whole_of(number.value));
        let legal = exact
            .and_then(|whole| u64::try_from(whole).ok())
            .filter(|whole| (low..=high).contains(whole));
        if legal.is_none() {
            let typed = number.integer.map_or_else(
                || super::wording::number(number.value),
                |i| grouped(&i.to_string()),
            );
            self.report(
                Diagnostic::error(node.span, format!("`{}` cannot be {typed}", shown(what)))
                    .expected(expected),
            );
        } else if number.value * 1e3 <= high as f64 {
            self.thousands(node.span, number, what);
        }
        legal
    }

    /// Warns of a number that may be meant as thousands.
    pub(super) fn thousands(&mut self, span: Span, typed: &Number, what: &str) {
        if !typed.in_thousands {
            return;
        }
        let (told, thousands) = (
            super::wording::number(typed.value),
            super::wording::number(typed.value * 1e3),
        );
        self.report(
            Diagnostic::warning(
                span,
                format!("`{}` is {told}: the point is a decimal one", shown(what)),
            )
            .expected(format!("was {thousands} meant?"))
            .help(format!("if {told} is meant, type {}", otherwise(&told))),
        );
    }
}

/// A number typed so that its point cannot be taken for one between thousands.
fn otherwise(number: &str) -> String {
    match number.split_once('.') {
        Some((_, rest)) if rest.len() == 3 => format!("{number}0"),
        _ => number.to_owned(),
    }
}

/// The integer that a float such as 5e6 stands for.
fn whole_of(x: f64) -> Option<i128> {
    (x.is_finite() && x == x.trunc() && x.abs() < 1e18).then_some(x as i128)
}
