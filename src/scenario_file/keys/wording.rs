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
            Kind::Number => {
                let forms: String = self.forms().iter().map(|form| format!(", or {form}")).collect();
                format!("{}, or a distribution{forms}", quantity())
            }
            Kind::NumberByName(what) => format!("a table by {what}: {}, or a distribution", quantity()),
            Kind::Plain(range) => plain(range),
            Kind::PlainByName(what, range) => format!("a table by {what}: {}", plain(range)),
            Kind::PlainOrByName(what, range) => format!("{}, or a table of such by {what}", plain(range)),
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
            Kind::Words(words) => {
                let quoted: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
                format!("a list of some of {}", quoted.join(", "))
            }
            Kind::WholeList(low, high) => format!(
                "a list of whole numbers from {} to {}",
                grouped(&low.to_string()),
                grouped(&high.to_string())
            ),
            Kind::Measure => "the key of a measure that is told once, as text".to_owned(),
            Kind::Target => "a table of one such measure and an amount".to_owned(),
            Kind::Mix(what) => {
                format!("a table by {what}: shares that sum to 1 (rounded ones may miss it by 0.001)")
            }
            Kind::Names(what) => format!("a list of {what}s, each as text"),
            Kind::Phases => "a list of phases".to_owned(),
            Kind::Window(latest) => format!("two whole numbers from 1 to {}", grouped(&latest.to_string())),
            Kind::Seasonality => "12 monthly or 52 weekly factors of 0 or more, or `\"flat\"`".to_owned(),
            Kind::Tenures => "a table by role: a list of weeks, one number of 0 or more per head".to_owned(),
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
            (Told::Where(condition), Kind::Section) => format!("must be there where {condition}"),
            (Told::Where(condition), _) if default.is_empty() => {
                format!("must be told where {condition}")
            }
            (Told::Where(condition), _) => {
                format!("must be told where {condition}; left out elsewhere: {default}")
            }
            (Told::Beside(other), _) => {
                format!("another way to tell `{}`, together with `{other}`", self.above())
            }
            (Told::Never, _) if self.is_form() => format!("another way to tell `{}`", self.above()),
            (Told::Never, Kind::Section) if default.is_empty() => "may be left out".to_owned(),
            (Told::Never, _) => format!("left out: {default}"),
        }
    }

    /// Whether it is a way to tell the number in whose table it stands.
    pub fn is_form(&self) -> bool {
        let outer = self.outer();
        self.kind == Kind::Number && super::all().any(|key| key.path == outer && key.kind == Kind::Number)
    }

    /// Path of what it stands in; empty at the top.
    fn outer(&self) -> &'static str {
        self.path.rsplit_once('.').map_or("", |(outer, _)| outer)
    }

    fn above(&self) -> &'static str {
        self.outer().rsplit('.').next().unwrap_or_default()
    }

    /// The other ways to say the same: `or doubling_adds, never both`; empty without any.
    pub fn alternatives(&self) -> String {
        let others: Vec<String> = self.instead.iter().map(|other| format!("`{other}`")).collect();
        if others.is_empty() {
            return String::new();
        }
        format!("or {}, never both", others.join(" or "))
    }

    /// The tables by which the number may be told, each once.
    fn forms(&self) -> Vec<String> {
        let mut forms: Vec<String> = Vec::new();
        for key in super::all().filter(|key| key.is_form() && key.outer() == self.path) {
            let form = key.line();
            let table = format!("`{}`", form.split_once(" = ").map_or("", |(_, table)| table));
            if !forms.contains(&table) {
                forms.push(table);
            }
        }
        forms
    }

    /// Title of the section of docs/model.md in which it acts; empty outside the law.
    pub fn law_title(&self) -> &'static str {
        LAW.iter()
            .find(|(section, _)| *section == self.law)
            .map_or("", |(_, title)| title)
    }

    /// The example as it stands below the header of its section: `win_rate = 0.22`.
    pub fn line(&self) -> String {
        let outer = super::all().find(|key| key.path == self.outer());
        match outer.map(|outer| (outer, outer.kind)) {
            _ if self.kind == Kind::Section => format!("[{}]", self.shown()),
            Some((outer, Kind::Number)) => self.line_of_form(outer),
            Some((outer, Kind::Phases)) => outer.line(),
            Some((outer, Kind::Table)) => {
                let line = outer.line();
                let start = line.split_once(" = ").map_or("", |(start, _)| start);
                format!("{start}.{} = {}", self.word(), self.example)
            }
            _ => format!("{} = {}", self.word(), self.example),
        }
    }

    /// `churn = { covered = 0.08, uncovered = 0.16 }`: a form with what stands beside it.
    fn line_of_form(&self, outer: &Key) -> String {
        let other = match self.told {
            Told::Beside(other) => other,
            _ => "",
        };
        let parts: Vec<String> = super::all()
            .filter(|key| key.outer() == outer.path)
            .filter(|key| key.path == self.path || key.word() == other)
            .map(|key| format!("{} = {}", key.word(), key.example))
            .collect();
        format!("{} = {{ {} }}", outer.word(), parts.join(", "))
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
