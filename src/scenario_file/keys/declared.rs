//! All keys in the order of the file, and which of them a name means.

use super::entry::{Key, Kind};
use super::{company, market, optimize, segments};
use crate::scenario_file::tree::Value;
use crate::scenario_file::wording::number;

/// Every key of the format, in the order of the file.
pub fn all() -> impl Iterator<Item = &'static Key> + Clone {
    [
        company::FIRST,
        market::ENVIRONMENT,
        market::CHANNELS,
        market::ROLES,
        company::WORK,
        segments::BEFORE_THE_DEAL,
        segments::FROM_THE_DEAL,
        company::LAST,
        optimize::OPTIMIZE,
    ]
    .into_iter()
    .flatten()
}

/// The keys of a section, those of its small tables included, without those of the sections below it.
pub fn below(section: &Key) -> impl Iterator<Item = &'static Key> + Clone {
    let own = section.path;
    all().filter(move |key| key.kind != Kind::Section && section_of(key) == Some(own))
}

/// The section in which a key stands; none for those above all sections.
fn section_of(key: &Key) -> Option<&'static str> {
    let stands_in = |section: &&Key| {
        let rest = key.path.strip_prefix(section.path);
        section.kind == Kind::Section && rest.is_some_and(|rest| rest.starts_with('.'))
    };
    let sections = all().filter(stands_in);
    sections.map(|section| section.path).max_by_key(|path| path.len())
}

/// The keys that `name` means: a path, with names or `*` in the place of names, or the end of one.
pub fn called(name: &str) -> Vec<&'static Key> {
    let name: Vec<&str> = name.split('.').collect();
    if name.iter().any(|word| word.is_empty()) {
        return Vec::new();
    }
    let exact: Vec<&Key> = all().filter(|key| is_whole(key, &name)).collect();
    if !exact.is_empty() {
        return exact;
    }
    all().filter(|key| is_end(key, &name)).collect()
}

/// The sections in which a key of the format stands, with `NAME` for a name: those nearest to `here`; or the section of
/// that name.
pub(in crate::scenario_file) fn homes_of(key: &str, here: &str) -> Vec<String> {
    let home = |other: &'static Key| {
        let is_section = other.kind == Kind::Section;
        let path = if is_section { other.path } else { other.asked() };
        let section = if is_section {
            path
        } else {
            path.rsplit_once('.').map_or("", |(section, _)| section)
        };
        let is_it = other.word() == key && section != here && !section.is_empty();
        is_it.then_some(section)
    };
    let shared = |section: &str| {
        let both = section.split('.').zip(here.split('.'));
        both.take_while(|(one, other)| one == other).count()
    };
    let mut homes: Vec<&str> = all().filter_map(home).collect();
    let nearest = homes.iter().map(|section| shared(section)).max().unwrap_or(0);
    homes.retain(|section| shared(section) == nearest);
    homes.dedup();
    let named = |section: &&str| format!("[{}]", section.replace('*', "NAME"));
    homes.iter().take(3).map(named).collect()
}

/// The small table at `pattern`, where one value was typed: of that number and what must stand beside it, or an example.
pub(in crate::scenario_file) fn instead_of_one(pattern: &str, typed: &Value) -> Option<String> {
    let table = all().find(|key| key.path == pattern && key.kind == Kind::Table)?;
    let numbers: Vec<&Key> = all()
        .filter(|key| {
            key.kind == Kind::Number
                && key
                    .path
                    .rsplit_once('.')
                    .is_some_and(|(above, _)| above == pattern)
        })
        .collect();
    match (typed, numbers.as_slice()) {
        (Value::Number(typed), [first, ..]) if first.word().starts_with("mean") => {
            Some(format!("{{ {} = {} }}", first.word(), number(typed.value)))
        }
        _ => Some(table.example.to_owned()).filter(|example| !example.is_empty()),
    }
}

fn same((own, typed): (&str, &&str)) -> bool {
    own == "*" || own == *typed
}

/// Whether `name` is the whole path, or that of one entry of a table by name.
fn is_whole(key: &Key, name: &[&str]) -> bool {
    let asked = key.asked().split('.');
    let by_name = matches!(
        key.kind,
        Kind::NumberByName(_)
            | Kind::PlainByName(..)
            | Kind::PlainOrByName(..)
            | Kind::Mix(_)
            | Kind::Tenures
            | Kind::Target
    );
    let words = asked.clone().count();
    let has_name = by_name || key.asked().len() < key.path.len();
    (words == name.len() || has_name && words + 1 == name.len()) && asked.zip(name).all(same)
}

/// Whether `name` ends the path, its last word exactly.
fn is_end(key: &Key, name: &[&str]) -> bool {
    let words: Vec<&str> = key.asked().split('.').collect();
    let Some(skipped) = words.len().checked_sub(name.len()) else {
        return false;
    };
    let end = words.get(skipped..).unwrap_or_default();
    words.last() == name.last() && end.iter().copied().zip(name).all(same)
}
