//! One key of the scenario format, as declared.

use crate::model::parameters::{PARAMETERS, Parameter, Range};

/// A key of the scenario format.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Path in the file; `*` stands for a name of the planner's choice.
    pub path: &'static str,
    /// What stands there.
    pub kind: Kind,
    /// Whether it must be told.
    pub told: Told,
    /// What holds when it is left out: a value as typed, or words; empty = see the parameter, or nothing to say.
    pub(super) default: &'static str,
    /// What it means; empty = as the parameter says.
    pub(super) about: &'static str,
    /// Section of docs/model.md in which it acts, such as `4.6`; empty = outside the law.
    pub law: &'static str,
    /// What it changes there.
    pub acts: &'static str,
    /// What may stand behind the `=`; empty for sections.
    pub example: &'static str,
    /// Keys beside it that say the same thing in another way; never both.
    pub instead: &'static [&'static str],
}

/// What stands behind a key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A section with its own header.
    Section,
    /// A small table in its section.
    Table,
    /// A number of the law: plain or a distribution; unit, range and default stand in the registry of parameters.
    Number,
    /// Such a number for each name of a kind of thing.
    NumberByName(&'static str),
    /// A number that is known exactly.
    Plain(Range),
    /// Such a number for each name of a kind of thing.
    PlainByName(&'static str, Range),
    /// One such number, or one for each name of a kind of thing.
    PlainOrByName(&'static str, Range),
    /// A whole number from the first to the second.
    Whole(u64, u64),
    /// Text.
    Text,
    /// The three capital letters of a currency.
    Currency,
    /// A day.
    Date,
    /// True or false.
    Flag,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A list of some of a few words.
    Words(&'static [&'static str]),
    /// A list of whole numbers from the first to the second.
    WholeList(u64, u64),
    /// The key of a measure that is told once.
    Measure,
    /// One measure and an amount.
    Target,
    /// Shares by name that sum to 1.
    Mix(&'static str),
    /// A list of names of a kind of thing.
    Names(&'static str),
    /// Phases of a plan, in order.
    Phases,
    /// The first and the last week of a window.
    Window(u64),
    /// Twelve months, 52 weeks, or `"flat"`.
    Seasonality,
    /// Weeks since hire, one per head, for each role.
    Tenures,
}

/// Whether a key must be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Wherever its section stands.
    Always,
    /// Where this holds.
    Where(&'static str),
    /// Wherever this key of the same table is told.
    Beside(&'static str),
    /// It may be left out.
    Never,
}

impl Key {
    pub(super) const fn new(path: &'static str, kind: Kind, about: &'static str) -> Self {
        Self {
            path,
            kind,
            told: Told::Never,
            default: "",
            about,
            law: "",
            acts: "",
            example: "",
            instead: &[],
        }
    }

    /// A number of the registry of parameters.
    pub(super) const fn number(path: &'static str) -> Self {
        Self::new(path, Kind::Number, "")
    }

    pub(super) const fn always(self) -> Self {
        Self {
            told: Told::Always,
            ..self
        }
    }

    pub(super) const fn told_where(self, condition: &'static str) -> Self {
        Self {
            told: Told::Where(condition),
            ..self
        }
    }

    pub(super) const fn beside(self, other: &'static str) -> Self {
        Self {
            told: Told::Beside(other),
            ..self
        }
    }

    pub(super) const fn left_out(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    pub(super) const fn acts(self, law: &'static str, acts: &'static str) -> Self {
        Self { law, acts, ..self }
    }

    pub(super) const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    pub(super) const fn instead(self, instead: &'static [&'static str]) -> Self {
        Self { instead, ..self }
    }

    /// The number of the law behind it, if there is one.
    pub fn parameter(&self) -> Option<&'static Parameter> {
        let is_it = |parameter: &&Parameter| match self.kind {
            Kind::Number => parameter.path == self.path,
            Kind::NumberByName(_) => parameter.path.strip_suffix(".*") == Some(self.path),
            _ => false,
        };
        PARAMETERS.iter().find(is_it)
    }

    /// The last word of the path: what is typed before the `=`.
    pub fn word(&self) -> &'static str {
        self.path
            .rsplit('.')
            .find(|word| *word != "*")
            .unwrap_or(self.path)
    }

    /// The path as the reader asks for it: a section by name is asked for by the table that holds it.
    pub fn asked(&self) -> &'static str {
        self.path.strip_suffix(".*").unwrap_or(self.path)
    }

    /// The path for people: `segments.NAME.deals`.
    pub fn shown(&self) -> String {
        self.path.replace('*', "NAME")
    }

    /// What it means.
    pub fn about(&self) -> &'static str {
        match self.parameter() {
            Some(parameter) if self.about.is_empty() => parameter.about,
            _ => self.about,
        }
    }
}

/// The words of a choice, without what each means.
pub(super) const fn words<T: Copy, const N: usize>(choice: [(&'static str, T); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut at = 0;
    while at < N {
        words[at] = choice[at].0;
        at += 1;
    }
    words
}
