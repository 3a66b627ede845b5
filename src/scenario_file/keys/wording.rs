//! What is said of a key: one wording for the reference, the schema and `explain`.

use super::entry::{Key, Kind, Told};
use crate::model::parameters::Range;
use crate::scenario_file::wording::{allowed, between, grouped, number};

/// Sections of docs/model.md in which keys act, with their titles.
const LAW: &[(&str, &str)] = &[
    ("3", "State"),
    ("4", "A week"),
    ("4.0", "Environment"),
    ("4.1", "Budget"),
    ("4.2", "Pressure and awareness"),
    ("4.3", "Leads"),
    ("4.4", "Staffing"),
    ("4.5", "Sales work"),
    ("4.6", "Deals"),
    ("4.7", "Customers"),
    ("4.8", "Feedback"),
    ("4.9", "Books"),
    ("5", "What a planner knows"),
];

impl Key {
    /// What stands behind the `=`: `a share from 0 to 1, or a distribution`.
    pub fn is(&self) -> String {
        let quantity = || self.parameter().map(allowed).unwrap_or_default();
        match self.kind {
            Kind::Section => "a section".to_owned(),
            Kind::Table => "a table of the keys below".to_owned(),
            Kind::Number => format!("{}, or a distribution", quantity()),
            Kind::NumberByName(what) => format!("by {what}: {}, or a distribution", quantity()),
            Kind::Plain(range) => plain(range),
            Kind::PlainByName(what, range) => format!("by {what}: {}", plain(range)),
            Kind::PlainOrByName(what, range) => format!("{}, or one by {what}", plain(range)),
            Kind::Whole(low, high) => format!(
                "a whole number from {} to {}",
                grouped(&low.to_string()),
                grouped(&high.to_string())
            ),
            Kind::Text => "text".to_owned(),
            Kind::Currency => "the three capital letters of an ISO code, as text".to_owned(),
            Kind::Date => "a day, without quotes".to_owned(),
            Kind::Flag => "`true` or `false`".to_owned(),
            Kind::Choice(words) => words
                .iter()
                .map(|word| format!("`\"{word}\"`"))
                .collect::<Vec<_>>()
                .join(" or "),
            Kind::Measure => "the key of a measure that is told once, as text".to_owned(),
            Kind::Target => "a table of one such measure and an amount".to_owned(),
            Kind::Mix(what) => format!("shares by {what} that sum to 1"),
            Kind::Names(what) => format!("a list of {what}s, each as text"),
            Kind::Phases => "a list of phases".to_owned(),
            Kind::Window(latest) => format!("two whole numbers from 1 to {}", grouped(&latest.to_string())),
            Kind::Seasonality => "12 monthly or 52 weekly factors of 0 or more, or `\"flat\"`".to_owned(),
            Kind::Tenures => "by role: a list of weeks, one number of 0 or more per head".to_owned(),
        }
    }

    /// What holds when it is left out, as typed or in words; empty if nothing can.
    pub fn default(&self) -> String {
        match self.parameter().and_then(|parameter| parameter.default) {
            Some(default) if self.default.is_empty() && default.is_finite() => number(default),
            _ => self.default.to_owned(),
        }
    }

    /// Whether it must be told, and what holds else.
    pub fn told(&self) -> String {
        let default = self.default();
        let default = if default.starts_with('"') {
            format!("`{default}`")
        } else {
            default
        };
        match (self.told, self.kind) {
            (Told::Always, Kind::Section) => "must be there".to_owned(),
            (Told::Always, _) => "must be told".to_owned(),
            (Told::Where(condition), _) if default.is_empty() => {
                format!("must be told where {condition}")
            }
            (Told::Where(condition), _) => {
                format!("must be told where {condition}; left out elsewhere: {default}")
            }
            (Told::Beside(other), _) => format!("must be told together with `{other}`"),
            (Told::Never, _) if self.is_form() => format!("another way to tell `{}`", self.above()),
            (Told::Never, Kind::Section) if default.is_empty() => "may be left out".to_owned(),
            (Told::Never, _) => format!("left out: {default}"),
        }
    }

    /// Whether it is a way to tell the number in whose table it stands.
    pub fn is_form(&self) -> bool {
        let outer = self.path.rsplit_once('.').map(|(outer, _)| outer);
        self.kind == Kind::Number
            && super::all().any(|key| Some(key.path) == outer && key.kind == Kind::Number)
    }

    fn above(&self) -> &'static str {
        self.path.rsplit('.').nth(1).unwrap_or_default()
    }

    /// The other ways to say the same: `or doubling_adds, never both`; empty without any.
    pub fn alternatives(&self) -> String {
        match self.instead {
            [] => String::new(),
            others => {
                let others: Vec<String> = others.iter().map(|other| format!("`{other}`")).collect();
                format!("or {}, never both", others.join(" or "))
            }
        }
    }

    /// Title of the section of docs/model.md in which it acts; empty outside the law.
    pub fn law_title(&self) -> &'static str {
        LAW.iter()
            .find(|(section, _)| *section == self.law)
            .map_or("", |(_, title)| title)
    }

    /// The example as it stands in a file: `win_rate = 0.22`.
    pub fn line(&self) -> String {
        match self.kind {
            Kind::Section => format!("[{}]", self.shown()),
            _ if self.is_form() => format!("{} = {{ {} = {} }}", self.above(), self.word(), self.example),
            _ => format!("{} = {}", self.word(), self.example),
        }
    }
}

fn plain(range: Range) -> String {
    format!("a number {}", between(range))
}

#[cfg(test)]
mod tests {
    use super::LAW;
    use crate::scenario_file::keys::all;

    #[test]
    fn keys_act_in_sections_of_the_law() {
        let law = include_str!("../../../docs/model.md");
        for (section, title) in LAW {
            let heading = format!("# {section} {title}");
            assert!(law.lines().any(|line| line.ends_with(&heading)), "{heading}");
        }
        for key in all() {
            assert!(
                key.law.is_empty() || !key.law_title().is_empty(),
                "{}: no section {}",
                key.path,
                key.law
            );
        }
    }
}
