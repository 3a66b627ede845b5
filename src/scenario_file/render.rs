//! Diagnostics as people see them: the text underlined, mistakes of one kind told once, advice within the width.

use super::diagnostic::{Diagnostic, Severity};
use super::merge::below;
use super::source::{Place, Sources};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::collections::BTreeMap;

/// More kinds of mistakes than this are counted, not shown.
const SHOWN: usize = 40;
/// More mistakes of one kind than this are told once.
const ALIKE: usize = 3;
/// Line numbers of mistakes of one kind that are listed.
const LISTED: usize = 12;
/// Advice is never broken into shorter lines.
const LEAST_WIDTH: usize = 40;

/// A diagnostic, and the lines of others that say the same.
struct Shown<'d> {
    diagnostic: &'d Diagnostic,
    others: Vec<usize>,
}

/// The diagnostics for people, in their order.
pub(super) fn render(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    color: bool,
    width: Option<usize>,
) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let kinds = kinds(diagnostics, sources);
    let mut parts: Vec<String> = kinds
        .iter()
        .take(SHOWN)
        .map(|shown| {
            let advice = advice(shown, sources, width);
            renderer.render(&[group(shown.diagnostic, &advice, sources)])
        })
        .collect();
    let hidden: usize = kinds.iter().skip(SHOWN).map(|kind| 1 + kind.others.len()).sum();
    if hidden > 0 {
        parts.push(format!("… and {hidden} more; mend these first"));
    }
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

/// Mistakes of one kind under the first of them, where there are many.
fn kinds<'d>(diagnostics: &'d [Diagnostic], sources: &Sources) -> Vec<Shown<'d>> {
    let kind_of: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| kind(diagnostic, sources))
        .collect();
    let mut count: BTreeMap<&Kind, usize> = BTreeMap::new();
    for kind in kind_of.iter().flatten() {
        *count.entry(kind).or_default() += 1;
    }
    let mut all: Vec<Shown<'d>> = Vec::new();
    let mut first: BTreeMap<&Kind, usize> = BTreeMap::new();
    for (diagnostic, kind) in diagnostics.iter().zip(&kind_of) {
        let many = kind
            .as_ref()
            .filter(|kind| count.get(kind).is_some_and(|count| *count > ALIKE));
        let told = many
            .and_then(|kind| first.get(kind))
            .and_then(|first| all.get_mut(*first));
        if let Some(told) = told {
            let line = sources.place(diagnostic.span).map_or(0, |place| place.line);
            told.others.push(line);
            continue;
        }
        if let Some(kind) = many {
            first.insert(kind, all.len());
        }
        all.push(Shown {
            diagnostic,
            others: Vec::new(),
        });
    }
    all
}

/// What two mistakes of one kind share: severity, file, and words without the planner's names.
type Kind = (bool, usize, String, String);

fn kind(diagnostic: &Diagnostic, sources: &Sources) -> Option<Kind> {
    let place = sources
        .place(diagnostic.span)
        .filter(|_| !diagnostic.span.is_whole())?;
    let message: Vec<String> = diagnostic.message.split(['`', '[', ']']).map(nameless).collect();
    // The advice differs in what is to be typed instead.
    let expected: Vec<&str> = diagnostic.expected.split('`').step_by(2).collect();
    let is_error = diagnostic.severity == Severity::Error;
    Some((is_error, place.source, message.join("`"), expected.join("`")))
}

/// A path without names of the planner's choice; other text as it is.
fn nameless(text: &str) -> String {
    if !text.contains('.') || text.contains(' ') {
        return text.to_owned();
    }
    text.split('.').fold(String::new(), |path, key| below(&path, key))
}

/// What to do, in lines that fit beside `= help: `.
fn advice(shown: &Shown<'_>, sources: &Sources, width: Option<usize>) -> Vec<String> {
    let last = shown
        .diagnostic
        .related
        .iter()
        .map(|(span, _)| *span)
        .chain([shown.diagnostic.span])
        .filter_map(|span| sources.place(span))
        .map(|place| place.line)
        .max();
    let indent = last.unwrap_or(1).to_string().len() + " = help: ".len();
    let mut advice = shown.diagnostic.help.clone();
    if !shown.others.is_empty() {
        let listed: Vec<String> = shown.others.iter().take(LISTED).map(usize::to_string).collect();
        let (lines, dots) = (
            if listed.len() == 1 { "line" } else { "lines" },
            if listed.len() < shown.others.len() {
                ", …"
            } else {
                ""
            },
        );
        advice.push(format!(
            "{} more like this, {lines} {}{dots}",
            shown.others.len(),
            listed.join(", ")
        ));
    }
    match width {
        None => advice,
        Some(width) => advice
            .iter()
            .map(|text| broken(text, width.saturating_sub(indent).max(LEAST_WIDTH)))
            .collect(),
    }
}

/// Text in lines of at most `width` letters, as far as its words allow.
fn broken(text: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let letters = word.chars().count();
        if used > 0 && used + 1 + letters > width {
            lines.push('\n');
            used = 0;
        } else if used > 0 {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += letters;
    }
    lines
}

fn group<'a>(diagnostic: &'a Diagnostic, advice: &'a [String], sources: &'a Sources) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()));
    if let Some(place) = sources.place(diagnostic.span) {
        if diagnostic.span.is_whole() {
            group = group.element(Origin::path(place.name));
            if !diagnostic.expected.is_empty() {
                group = group.element(Level::NOTE.message(diagnostic.expected.as_str()));
            }
        } else {
            group = snippets(group, diagnostic, place, sources);
        }
    }
    for help in advice {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// The lines of the diagnostic and of what belongs to it in the same file; other files follow.
fn snippets<'a>(
    mut group: Group<'a>,
    diagnostic: &'a Diagnostic,
    place: Place<'a>,
    sources: &'a Sources,
) -> Group<'a> {
    let mut here = vec![(AnnotationKind::Primary, place, diagnostic.expected.as_str())];
    let mut elsewhere = Vec::new();
    for (span, what) in &diagnostic.related {
        if let Some(other) = sources.place(*span) {
            let mark = (AnnotationKind::Context, other, what.as_str());
            if other.source == place.source {
                here.push(mark);
            } else {
                elsewhere.push(mark);
            }
        }
    }
    group = group.element(snippet(&here));
    for mark in elsewhere {
        group = group.element(snippet(&[mark]));
    }
    group
}

type Mark<'a> = (AnnotationKind, Place<'a>, &'a str);

fn snippet<'a>(marks: &[Mark<'a>]) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let (text, name) = marks
        .first()
        .map_or(("", ""), |(_, place, _)| (place.text, place.name));
    let first = marks.iter().map(|(_, place, _)| place.start).min().unwrap_or(0);
    let last = marks.iter().map(|(_, place, _)| place.end).max().unwrap_or(0);
    let from = text.get(..first).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
    let to = text
        .get(last..)
        .and_then(|t| t.find('\n'))
        .map_or(text.len(), |i| last + i);
    let line = marks.iter().map(|(_, place, _)| place.line).min().unwrap_or(1);
    let mut snippet = Snippet::source(text.get(from..to).unwrap_or_default())
        .line_start(line)
        .path(name);
    for (kind, place, label) in marks {
        let label = (!label.is_empty()).then_some(*label);
        snippet = snippet.annotation(kind.span(place.start - from..place.end - from).label(label));
    }
    snippet
}
