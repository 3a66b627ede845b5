//! A section while it is read: what was asked for is known, what is left at the end was mistyped.

use super::alternatives;
use super::diagnostic::Diagnostic;
use super::keys;
use super::quantity::Target;
use super::reader::Reader;
use super::source::Span;
use super::tree::{Entry, Key, Table, Value};
use super::wording::{allowed, listed, nearest, nearest_few, shown};
use crate::model::parameters::{Assumed, Parameter, parameter};

/// A section being read.
#[derive(Debug)]
pub(super) struct Section<'d> {
    /// Path in the file, such as `segments.mid-market.deals`; empty for the whole document.
    pub(super) path: String,
    /// The same in the registry, such as `segments.*.deals`.
    pattern: String,
    /// Which channel, role, segment or event.
    item: usize,
    /// Its header, or that of what it would stand in.
    pub(super) span: Span,
    state: State,
    pub(super) entries: &'d [Entry],
    asked: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Present,
    Absent,
    /// Something else stands in its place; said already.
    Broken,
}

/// A section with a name of the planner's choice.
#[derive(Debug)]
pub(super) struct Named<'d> {
    pub(super) key: &'d Key,
    pub(super) section: Section<'d>,
}

impl<'d> Section<'d> {
    /// The whole document.
    pub(super) fn root(table: &'d Table) -> Self {
        Self {
            path: String::new(),
            pattern: String::new(),
            item: 0,
            span: Span::WHOLE,
            state: State::Present,
            entries: &table.entries,
            asked: Vec::new(),
        }
    }

    /// A table in the list `key`, such as a phase.
    pub(super) fn of_item(&self, key: &str, span: Span, table: &'d Table) -> Self {
        Self {
            path: join(&self.path, key),
            pattern: join(&self.pattern, key),
            item: 0,
            span,
            state: State::Present,
            entries: &table.entries,
            asked: Vec::new(),
        }
    }

    pub(super) fn is_present(&self) -> bool {
        self.state != State::Absent
    }

    /// Path of a key.
    pub(super) fn path_of(&self, key: &str) -> String {
        join(&self.path, key)
    }

    /// The entry of a key; from now on the key is known.
    pub(super) fn entry(&mut self, key: &'static str) -> Option<&'d Entry> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.entries.iter().find(|entry| entry.key.text == key)
    }

    /// Whether `key` is told; from now on it is known.
    pub(super) fn has(&mut self, key: &'static str) -> bool {
        self.entry(key).is_some()
    }

    fn below(&self, key: &str, pattern: &str, item: usize, span: Span) -> Self {
        Self {
            path: join(&self.path, key),
            pattern: join(&self.pattern, pattern),
            item,
            span,
            state: State::Absent,
            entries: &[],
            asked: Vec::new(),
        }
    }

    pub(super) fn open(&self, reader: &mut Reader, entry: &'d Entry, pattern: &str, item: usize) -> Self {
        let mut below = self.below(&entry.key.text, pattern, item, header(entry));
        if let Value::Table(table) = &entry.node.value {
            below.state = State::Present;
            below.entries = &table.entries;
        } else {
            below.state = State::Broken;
            let path = below.path.clone();
            let expected = keys::instead_of_one(&below.pattern, &entry.node.value).map_or_else(
                || format!("a section, `[{path}]`"),
                |group| format!("`{} = {group}`", entry.key.text),
            );
            reader.wrong_kind(&entry.node, &path, &expected);
        }
        below
    }

    /// The section `key` of this one.
    pub(super) fn sub(&mut self, reader: &mut Reader, key: &'static str) -> Self {
        match self.entry(key) {
            Some(entry) => self.open(reader, entry, key, self.item),
            None => {
                let mut below = self.below(key, key, self.item, self.span);
                if self.state == State::Broken {
                    below.state = State::Broken;
                }
                below
            }
        }
    }

    /// A number of the registry, if it is told; not a number if it is told wrongly.
    pub(super) fn told(&mut self, reader: &mut Reader, key: &'static str) -> Option<f64> {
        self.told_or(reader, key, &[])
    }

    /// The same where other forms exist, by the keys of their tables.
    pub(super) fn told_or(&mut self, reader: &mut Reader, key: &'static str, others: &[&str]) -> Option<f64> {
        let entry = self.entry(key)?;
        Some(self.read(reader, key, entry, others))
    }

    fn read(&self, reader: &mut Reader, key: &str, entry: &Entry, others: &[&str]) -> f64 {
        let path = self.path_of(key);
        let Some(parameter) = parameter(&join(&self.pattern, key)) else {
            reader.report(Diagnostic::error(
                entry.key.span,
                format!("`{path}` is not in the registry of parameters"),
            ));
            return f64::NAN;
        };
        reader.told_at(&path, entry.node.span);
        let target = Target {
            parameter,
            item: self.item,
            path,
        };
        reader.quantity(&entry.node, &target, others)
    }

    /// A number of a table by name, such as `today.team.ae`, whose pattern is `today.team.*`.
    pub(super) fn of_name(&self, reader: &mut Reader, entry: &Entry, item: usize) -> f64 {
        let path = self.path_of(&entry.key.text);
        let Some(parameter) = parameter(&join(&self.pattern, "*")) else {
            return f64::NAN;
        };
        reader.told_at(&path, entry.node.span);
        reader.quantity(
            &entry.node,
            &Target {
                parameter,
                item,
                path,
            },
            &[],
        )
    }

    /// A number of the registry: told, or its default, or missing.
    pub(super) fn number(&mut self, reader: &mut Reader, key: &'static str) -> f64 {
        self.number_or(reader, key, &[])
    }

    /// The same where other forms exist.
    pub(super) fn number_or(&mut self, reader: &mut Reader, key: &'static str, others: &[&str]) -> f64 {
        match self.told_or(reader, key, others) {
            Some(x) => x,
            None => match self.default(reader, key) {
                Some(default) => default,
                None => self.missing(reader, key),
            },
        }
    }

    /// The default of a number that is left out; it is remembered as assumed.
    fn default(&self, reader: &mut Reader, key: &str) -> Option<f64> {
        let parameter = parameter(&join(&self.pattern, key))?;
        let default = parameter.default?;
        reader.assumed.push(Assumed {
            parameter,
            item: self.item,
            path: self.path_of(key),
        });
        Some(default)
    }

    /// A number that must be told even if the registry has a neutral default.
    pub(super) fn required(&mut self, reader: &mut Reader, key: &'static str) -> f64 {
        match self.told(reader, key) {
            Some(x) => x,
            None => self.missing(reader, key),
        }
    }

    /// Reports that a number of the registry is missing.
    pub(super) fn missing(&mut self, reader: &mut Reader, key: &'static str) -> f64 {
        let about = parameter(&join(&self.pattern, key))
            .map(describe)
            .unwrap_or_default();
        self.lacks(reader, key, &about);
        f64::NAN
    }

    /// Reports that `key` is missing; `about` says what it is.
    pub(super) fn lacks(&mut self, reader: &mut Reader, key: &'static str, about: &str) {
        self.entry(key);
        if self.state == State::Broken {
            return;
        }
        let path = self.path_of(key);
        let message = if self.state == State::Absent {
            format!("`{path}` is missing: there is no section [{}]", shown(&self.path))
        } else {
            format!("`{path}` is missing")
        };
        reader.report(
            Diagnostic::error(self.span, message)
                .expected(if self.span.is_whole() {
                    String::new()
                } else {
                    format!("must say `{key}`")
                })
                .help(about.to_owned())
                .missing(path),
        );
    }

    fn told_key(&self, key: &str) -> Option<&'d Key> {
        self.entries
            .iter()
            .map(|entry| &entry.key)
            .find(|told| told.text == key)
    }

    /// Reports `a` and `b` told together.
    fn exclusive(&self, reader: &mut Reader, [a, b]: [&str; 2]) {
        if let (Some(one), Some(other)) = (self.told_key(a), self.told_key(b)) {
            let (first, second) = (one.span.min(other.span), one.span.max(other.span));
            reader.report(
                Diagnostic::error(second, format!("`{a}` and `{b}` say the same thing in two ways"))
                    .expected("leave out one of the two")
                    .related(first, "said here already"),
            );
        }
    }

    /// Text.
    pub(super) fn text(&mut self, reader: &mut Reader, key: &'static str) -> Option<String> {
        let entry = self.entry(key)?;
        if let Value::Text(text) = &entry.node.value {
            return Some(text.clone());
        }
        let path = self.path_of(key);
        reader.wrong_kind(&entry.node, &path, "text in \"quotes\"");
        None
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let entry = self.entry(key)?;
        let all = words
            .iter()
            .map(|(word, _)| format!("\"{word}\""))
            .collect::<Vec<_>>()
            .join(" or ");
        let Value::Text(text) = &entry.node.value else {
            let path = self.path_of(key);
            reader.wrong_kind(&entry.node, &path, &all);
            return None;
        };
        let meaning = |wanted: &str| {
            words
                .iter()
                .find(|(word, _)| *word == wanted)
                .map(|(_, meaning)| *meaning)
        };
        if let Some(found) = meaning(text) {
            return Some(found);
        }
        let diagnostic = Diagnostic::error(
            entry.node.span,
            format!("`{}` cannot be \"{}\"", self.path_of(key), shown(text)),
        );
        // Read on as if the nearest word stood there, so that nothing else is said because of it.
        let near = nearest(text, words.iter().map(|(word, _)| *word));
        reader.report(match near {
            Some(near) => diagnostic
                .expected(format!("did you mean \"{near}\"?"))
                .help(format!("it may be {all}")),
            None => diagnostic.expected(format!("expected {all}")),
        });
        near.and_then(meaning)
    }

    /// True or false.
    pub(super) fn flag(&mut self, reader: &mut Reader, key: &'static str) -> Option<bool> {
        let entry = self.entry(key)?;
        if let Value::Flag(flag) = entry.node.value {
            return Some(flag);
        }
        let path = self.path_of(key);
        reader.wrong_kind(&entry.node, &path, "true or false, without quotes");
        None
    }

    /// A whole number.
    pub(super) fn whole(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        low: u64,
        high: u64,
    ) -> Option<u64> {
        let entry = self.entry(key)?;
        let path = self.path_of(key);
        reader.told_at(&path, entry.node.span);
        reader.whole(&entry.node, &path, low, high)
    }

    /// Text for people; the key made readable if there is none.
    pub(super) fn label(&mut self, reader: &mut Reader, key: &Key) -> String {
        let told = self.entry("label").map_or(key.span, |entry| entry.node.span);
        reader.told_at(&self.path_of("label"), told);
        self.text(reader, "label")
            .unwrap_or_else(|| super::wording::label_of(&key.text))
    }

    /// Reports every key that nobody asked for, and numbers told in two ways.
    pub(super) fn finish(mut self, reader: &mut Reader) {
        reader.asked_for(&self.pattern, &self.asked);
        for pair in alternatives::of(&self.pattern) {
            self.exclusive(reader, pair);
            self.asked.extend(pair);
        }
        let told = |asked: &&str| self.entries.iter().any(|entry| entry.key.text == **asked);
        let open: Vec<&str> = self.asked.iter().copied().filter(|asked| !told(asked)).collect();
        for entry in self.entries {
            if !self.asked.contains(&entry.key.text.as_str()) && !reader.is_full() {
                self.unknown(reader, &entry.key, &open);
            }
        }
    }

    /// Reports a key of another form of the number that this small table tells.
    fn second_way(&self, reader: &mut Reader, key: &Key) {
        let known = |entry: &&Entry| self.asked.contains(&entry.key.text.as_str());
        let told = self
            .entries
            .iter()
            .filter(known)
            .map(|entry| entry.key.text.as_str());
        let message = format!(
            "`{}` does not stand beside {}",
            shown(&key.text),
            listed(told, "and")
        );
        reader.report(
            Diagnostic::error(key.span, message)
                .expected(format!("two ways of telling `{}`: keep one", shown(&self.path))),
        );
    }

    /// Reports an unknown key; `open` are the known keys that are not told.
    fn unknown(&self, reader: &mut Reader, key: &Key, open: &[&str]) {
        let path = join(&self.pattern, &key.text);
        if keys::all().any(|known| known.path == path) {
            return self.second_way(reader, key);
        }
        let place = if self.path.is_empty() {
            "a scenario".to_owned()
        } else {
            format!("[{}]", shown(&self.path))
        };
        let diagnostic = Diagnostic::error(key.span, format!("{place} has no key `{}`", shown(&key.text)));
        if let Some(near) = nearest(&key.text, open.iter().copied()) {
            let path = self.path_of(near);
            reader.diagnostics.retain(|other| {
                other.missing.as_deref() != Some(path.as_str()) && !missing_below(other, &path)
            });
            reader.report(diagnostic.expected(format!("did you mean `{near}`?")));
            return;
        }
        let near = nearest(&key.text, self.asked.iter().copied());
        if let Some(told) = near.and_then(|near| self.told_key(near)) {
            reader.report(
                diagnostic
                    .expected(format!("did you mean `{}`?", told.text))
                    .related(told.span, "told here already"),
            );
            return;
        }
        let homes = keys::homes_of(&key.text, &self.pattern);
        if !homes.is_empty() {
            reader.report(diagnostic.expected(format!("this stands in {}", homes.join(" or "))));
            return;
        }
        let mut known = nearest_few(&key.text, self.asked.iter().copied(), 12);
        known.sort_unstable();
        let dots = if self.asked.len() > known.len() {
            ", …"
        } else {
            ""
        };
        reader.report(
            diagnostic
                .expected("not known here")
                .help(format!("known here: {}{dots}", known.join(", "))),
        );
    }
}

fn missing_below(diagnostic: &Diagnostic, path: &str) -> bool {
    let missing = diagnostic
        .missing
        .as_deref()
        .and_then(|missing| missing.strip_prefix(path));
    missing.is_some_and(|rest| rest.starts_with('.'))
}

fn describe(parameter: &'static Parameter) -> String {
    format!("{} {}", parameter.about, capital(&allowed(parameter)))
}

fn capital(text: &str) -> String {
    format!("It is {text}.")
}

fn header(entry: &Entry) -> Span {
    match &entry.node.value {
        Value::Table(_) if entry.node.span.end > entry.node.span.start => entry.node.span,
        _ => entry.key.span,
    }
}

pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
