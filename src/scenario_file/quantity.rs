//! A number of the registry as typed: a number, an interval, or a distribution.

use super::diagnostic::Diagnostic;
use super::foreign_forms;
use super::reader::Reader;
use super::samples;
use super::tree::{Entry, Node, Table, Value};
use super::wording::{allowed, between, nearest, number, shown};
use crate::chance::distribution::{Distribution, DistributionError, Truncated};
use crate::chance::key::name_hash;
use crate::model::parameters::{MOST_MONEY, Parameter, Unknown};
use crate::units::unit::Unit;

/// What is being read.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) parameter: &'static Parameter,
    pub(super) item: usize,
    pub(super) path: String,
}

/// A distribution told by a list of a few numbers.
#[derive(Debug)]
pub(super) struct NumberForm {
    pub(super) key: &'static str,
    /// How many numbers it has.
    pub(super) places: usize,
    /// How many of them, from the first, must be legal values of the parameter.
    pub(super) legal: usize,
    /// The list.
    pub(super) shape: &'static str,
    /// Its name.
    pub(super) about: &'static str,
}

const fn form(
    key: &'static str,
    places: usize,
    legal: usize,
    shape: &'static str,
    about: &'static str,
) -> NumberForm {
    NumberForm {
        key,
        places,
        legal,
        shape,
        about,
    }
}

/// Every distribution that is a list of a few numbers.
pub(super) const NUMBER_FORMS: [NumberForm; 7] = [
    form("pert", 3, 3, "[least, typical, most]", "PERT"),
    form("triangular", 3, 3, "[least, typical, most]", "Triangular"),
    form("normal", 2, 1, "[mean, standard deviation]", "Normal"),
    form(
        "lognormal",
        2,
        1,
        "[median, sigma of the logarithm]",
        "Log-normal",
    ),
    form("beta", 2, 0, "[a, b]", "Beta"),
    form("gamma", 2, 0, "[shape, scale]", "Gamma"),
    form("uniform", 2, 2, "[least, most]", "Uniform"),
];

/// Every key of a distribution.
const FORMS: [&str; 12] = [
    "low",
    "typical",
    "high",
    "pert",
    "triangular",
    "normal",
    "lognormal",
    "beta",
    "gamma",
    "uniform",
    "discrete",
    "samples",
];

/// A range that cuts off more than this share of a distribution was probably not meant.
const MOST_CUT_OFF: f64 = 0.01;

/// More values than this are no samples of one number.
pub(super) const MOST_VALUES: usize = 100_000;

impl Reader {
    /// The number, typical if it is a distribution (which is registered as unknown); not a number if it is wrong.
    pub(super) fn quantity(&mut self, node: &Node, target: &Target, others: &[&str]) -> f64 {
        match &node.value {
            Value::Number(typed) => self.legal(node, typed.value, target).unwrap_or(f64::NAN),
            Value::Table(table) => self.unknown(node, table, target, others).unwrap_or(f64::NAN),
            _ => {
                self.wrong_number(
                    node,
                    &target.path,
                    &format!(
                        "{}, or an interval `{{ low = …, high = … }}`",
                        allowed(target.parameter)
                    ),
                );
                f64::NAN
            }
        }
    }

    /// `x` if the parameter may have it.
    fn legal(&mut self, node: &Node, x: f64, target: &Target) -> Option<f64> {
        if x.is_finite() && target.parameter.range.contains(x) {
            if let (
                Value::Number(typed),
                Unit::Money | Unit::MoneyPerWeek | Unit::MoneyPerYear | Unit::Count,
            ) = (&node.value, target.parameter.unit)
            {
                self.thousands(node.span, typed, &target.path);
            }
            return Some(x);
        }
        let range = target.parameter.range;
        let mut diagnostic = Diagnostic::error(
            node.span,
            format!("`{}` cannot be {}", shown(&target.path), number(x)),
        )
        .expected(format!("expected {}", allowed(target.parameter)));
        if x.is_infinite() && target.parameter.default.is_some_and(f64::is_infinite) {
            diagnostic = diagnostic.help("leave the key out instead");
        }
        if x.is_finite() && x.abs() > MOST_MONEY && range.high == MOST_MONEY {
            diagnostic = diagnostic.expected(format!("expected at most {}", number(MOST_MONEY)));
        }
        diagnostic = percent(diagnostic, x, range.low, range.high);
        self.report(diagnostic);
        None
    }

    fn unknown(&mut self, node: &Node, table: &Table, target: &Target, others: &[&str]) -> Option<f64> {
        let distribution = self.distribution(node, table, target, others)?;
        if let Err(error) = distribution.check() {
            self.impossible(node, target, &error);
            return None;
        }
        let range = target.parameter.range;
        let truncated = Truncated::new(distribution, range.low, range.high);
        let typical = truncated.typical();
        if !typical.is_finite() || !range.contains(typical) {
            self.report(
                Diagnostic::error(
                    node.span,
                    format!("`{}` cannot have this distribution", shown(&target.path)),
                )
                .expected(format!("its typical value must be {}", between(range))),
            );
            return None;
        }
        let outside = truncated.outside();
        if outside > MOST_CUT_OFF {
            self.report(
                Diagnostic::warning(node.span, format!("{} % of this distribution of `{}` is not possible and is cut off", number((outside * 1000.0).round() / 10.0), shown(&target.path)))
                    .expected(format!("possible is {}", allowed(target.parameter)))
                    .help("choose one that fits the range, such as `{ low = …, high = … }` or `{ pert = [least, typical, most] }`"),
            );
        }
        self.unknowns.push(Unknown {
            parameter: target.parameter,
            item: target.item,
            path: target.path.clone(),
            key: name_hash(samples::file(table).unwrap_or(&target.path)),
            distribution: truncated,
        });
        Some(typical)
    }

    fn impossible(&mut self, node: &Node, target: &Target, why: &DistributionError) {
        let range = target.parameter.range;
        let mut diagnostic = Diagnostic::error(
            node.span,
            format!("`{}` cannot have this distribution", shown(&target.path)),
        )
        .expected(why.to_string());
        if matches!(why, DistributionError::OffAxis { .. }) {
            diagnostic = diagnostic.help(format!(
                "an interval {} never reaches its ends; where 0{} is possible say `{{ pert = [least, typical, most] }}` or `{{ uniform = [least, most] }}`",
                between(range),
                if range.high <= 1.0 { " or 1" } else { "" }
            ));
        }
        self.report(diagnostic);
    }

    fn distribution(
        &mut self,
        node: &Node,
        table: &Table,
        target: &Target,
        others: &[&str],
    ) -> Option<Distribution> {
        if !self.forms_known(node, table, target, others) {
            return None;
        }
        if ["low", "typical", "high"].iter().any(|key| table.has(key)) {
            return self.interval(node, table, target);
        }
        let entry = table.entries.first()?;
        match entry.key.text.as_str() {
            "discrete" => self.discrete(entry, target),
            "samples" => self.samples(entry, target),
            form => self.family(form, entry, target),
        }
    }

    /// Whether the keys make one distribution; says so if not.
    fn forms_known(&mut self, node: &Node, table: &Table, target: &Target, others: &[&str]) -> bool {
        if let Some(foreign) = foreign_forms::told(node.span, table, &target.path) {
            self.report(foreign);
            return false;
        }
        let mut known = true;
        for entry in table
            .entries
            .iter()
            .filter(|entry| !FORMS.contains(&entry.key.text.as_str()))
        {
            known = false;
            let mut diagnostic = Diagnostic::error(
                entry.key.span,
                format!(
                    "`{}` has no form `{}`",
                    shown(&target.path),
                    shown(&entry.key.text)
                ),
            );
            let all = others.iter().copied().chain(FORMS);
            diagnostic = match nearest(&entry.key.text, all) {
                Some(near) => diagnostic.expected(format!("did you mean `{near}`?")),
                None => diagnostic.expected("no way to tell a number"),
            };
            let mut forms = vec![
                "a number",
                "`{ low, high }` (90 % interval)",
                "`{ low, typical, high }`",
                "`{ pert = [least, typical, most] }`",
            ];
            let also = others
                .iter()
                .map(|other| format!("`{{ {other} = … }}`"))
                .collect::<Vec<_>>();
            forms.extend(also.iter().map(String::as_str));
            self.report(diagnostic.help(format!("it may be {}", forms.join(", "))));
        }
        let interval = table
            .entries
            .iter()
            .filter(|entry| ["low", "typical", "high"].contains(&entry.key.text.as_str()))
            .count();
        let one = if interval > 0 {
            interval == table.entries.len()
        } else {
            table.entries.len() == 1
        };
        if known && !one {
            let message = if table.entries.is_empty() {
                "says nothing"
            } else {
                "is told in several ways at once"
            };
            self.report(
                Diagnostic::error(node.span, format!("`{}` {message}", shown(&target.path)))
                    .expected("expected one form: a number, `{ low, high }`, `{ low, typical, high }`, `{ pert = [a, b, c] }`, …"),
            );
        }
        known && one
    }

    fn interval(&mut self, node: &Node, table: &Table, target: &Target) -> Option<Distribution> {
        let mut points = Vec::new();
        let mut is_whole = true;
        for key in ["low", "typical", "high"] {
            if let Some(entry) = table.get(key) {
                match self.point(&entry.node, target) {
                    Some(x) => points.push((key, x, entry)),
                    None => is_whole = false,
                }
            } else if key != "typical" {
                is_whole = false;
                self.report(
                    Diagnostic::error(
                        node.span,
                        format!("this interval of `{}` has no `{key}`", shown(&target.path)),
                    )
                    .expected(
                        "an interval is `{ low = …, high = … }`: 90 % of what you believe lies between",
                    ),
                );
            }
        }
        if !is_whole {
            return None;
        }
        for pair in points.windows(2) {
            if let [(a, low, first), (b, high, second)] = pair
                && low >= high
            {
                self.report(
                    Diagnostic::error(
                        second.node.span,
                        format!("`{a}` must be below `{b}` in `{}`", shown(&target.path)),
                    )
                    .expected(format!("not above {}", number(*low)))
                    .related(first.node.span, format!("`{a}` is here")),
                );
                return None;
            }
        }
        let family = target.parameter.range.family();
        let made = match points.as_slice() {
            [(_, low, _), (_, high, _)] => Distribution::interval(family, *low, *high),
            [(_, low, _), (_, typical, _), (_, high, _)] => {
                Distribution::three_point(family, *low, *typical, *high)
            }
            _ => return None,
        };
        self.made(node, target, made)
    }

    pub(super) fn made(
        &mut self,
        node: &Node,
        target: &Target,
        made: Result<Distribution, DistributionError>,
    ) -> Option<Distribution> {
        match made {
            Ok(distribution) => Some(distribution),
            Err(error) => {
                self.impossible(node, target, &error);
                None
            }
        }
    }

    /// A legal plain number inside a distribution.
    fn point(&mut self, node: &Node, target: &Target) -> Option<f64> {
        if let Value::Number(typed) = &node.value {
            return self.legal(node, typed.value, target);
        }
        self.wrong_number(node, &target.path, "a plain number");
        None
    }

    fn family(&mut self, form: &str, entry: &Entry, target: &Target) -> Option<Distribution> {
        let known = NUMBER_FORMS.iter().find(|known| known.key == form)?;
        let values = self.values(entry, target, Some(known.places), &format!("`{}`", known.shape))?;
        let bounded = values.get(..known.legal).unwrap_or_default();
        if !self.all_legal(entry, bounded, target) {
            return None;
        }
        match (form, values.as_slice()) {
            ("pert", &[low, typical, high]) => Some(Distribution::Pert { low, typical, high }),
            ("triangular", &[low, typical, high]) => Some(Distribution::Triangular { low, typical, high }),
            ("normal", &[mean, sd]) => Some(Distribution::Normal { mean, sd }),
            ("lognormal", &[median, sigma]) => Some(Distribution::LogNormal { median, sigma }),
            ("beta", &[a, b]) => Some(Distribution::Beta { a, b }),
            ("gamma", &[shape, scale]) => Some(Distribution::Gamma { shape, scale }),
            ("uniform", &[low, high]) => Some(Distribution::Uniform { low, high }),
            _ => None,
        }
    }

    fn discrete(&mut self, entry: &Entry, target: &Target) -> Option<Distribution> {
        let expected = "a list of `[value, weight]`, such as `[[0.2, 3], [0.3, 1]]`";
        let Value::List(items) = &entry.node.value else {
            self.wrong_kind(&entry.node, &target.path, expected);
            return None;
        };
        let mut pairs = Vec::new();
        for item in items.iter().take(MOST_VALUES) {
            let numbers = numbers(item);
            let Some(&[value, weight]) = numbers.as_deref() else {
                self.report(
                    Diagnostic::error(
                        item.span,
                        format!("`discrete` in `{}` cannot hold this", shown(&target.path)),
                    )
                    .expected(format!("expected {expected}")),
                );
                return None;
            };
            self.legal(item, value, target)?;
            pairs.push((value, weight));
        }
        self.made(&entry.node, target, Distribution::discrete(pairs))
    }

    pub(super) fn values(
        &mut self,
        entry: &Entry,
        target: &Target,
        count: Option<usize>,
        shape: &str,
    ) -> Option<Vec<f64>> {
        let values = numbers(&entry.node).filter(|values| {
            count.map_or(!values.is_empty() && values.len() <= MOST_VALUES, |count| {
                values.len() == count
            })
        });
        if values.is_none() {
            self.report(
                Diagnostic::error(
                    entry.node.span,
                    format!("`{}` in `{}` cannot be this", entry.key.text, shown(&target.path)),
                )
                .expected(format!("expected {shape}, plain numbers")),
            );
        }
        values
    }

    pub(super) fn all_legal(&mut self, entry: &Entry, values: &[f64], target: &Target) -> bool {
        let Value::List(items) = &entry.node.value else {
            return false;
        };
        let mut all = true;
        for (x, item) in values.iter().zip(items) {
            all &= self.legal(item, *x, target).is_some();
        }
        all
    }
}

/// The numbers of a list of finite numbers.
pub(super) fn numbers(node: &Node) -> Option<Vec<f64>> {
    let Value::List(items) = &node.value else {
        return None;
    };
    items
        .iter()
        .map(|item| match &item.value {
            Value::Number(typed) if typed.value.is_finite() => Some(typed.value),
            _ => None,
        })
        .collect()
}

/// Adds the guess that a percentage was typed where a share is meant.
pub(super) fn percent(diagnostic: Diagnostic, x: f64, low: f64, high: f64) -> Diagnostic {
    if low >= 0.0 && high <= 1.0 && (2.0..=100.0).contains(&x) {
        let share = number(x / 100.0);
        let share = if share.len() == 3 {
            format!("{share}0")
        } else {
            share
        };
        return diagnostic.help(format!("{} looks like a percentage: {share}?", number(x)));
    }
    diagnostic
}
