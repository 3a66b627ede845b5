//! What is wrong with a scenario file, where, and what to write instead.

use super::source::{Place, Sources, Span};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The scenario cannot be used.
    Error,
    /// The scenario can be used; it may not be what was meant.
    Warning,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What was expected there; empty if the message says it all.
    pub expected: String,
    /// Other places that belong to it.
    pub related: Vec<(Span, String)>,
    /// What to do next.
    pub help: Vec<String>,
    /// Path of the key that is missing, if that is what is wrong.
    pub(super) missing: Option<String>,
}

impl Diagnostic {
    pub(super) fn error(span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            span,
            message: message.into(),
            expected: String::new(),
            related: Vec::new(),
            help: Vec::new(),
            missing: None,
        }
    }

    pub(super) fn warning(span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(span, message)
        }
    }

    pub(super) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    pub(super) fn related(mut self, span: Span, what: impl Into<String>) -> Self {
        self.related.push((span, what.into()));
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    pub(super) fn missing(mut self, path: String) -> Self {
        self.missing = Some(path);
        self
    }
}

/// Everything that is wrong with a scenario, in the order of its text.
#[derive(Debug, Clone)]
pub struct Report {
    /// What is wrong, errors and warnings, by position.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts it was read from.
    pub sources: Sources,
}

/// More diagnostics than this are counted, not shown.
const SHOWN: usize = 40;

impl Report {
    pub(super) fn new(mut diagnostics: Vec<Diagnostic>, sources: Sources) -> Self {
        diagnostics.sort_by_key(|diagnostic| diagnostic.span);
        diagnostics.dedup();
        Self { diagnostics, sources }
    }

    /// The report for people: file, line, the text underlined, what was expected, what to do.
    pub fn render(&self, color: bool) -> String {
        render(&self.diagnostics, &self.sources, color)
    }
}

pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut parts: Vec<String> = diagnostics
        .iter()
        .take(SHOWN)
        .map(|diagnostic| renderer.render(&[group(diagnostic, sources)]))
        .collect();
    if diagnostics.len() > SHOWN {
        parts.push(format!(
            "… and {} more; mend these first",
            diagnostics.len() - SHOWN
        ));
    }
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
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
    for help in &diagnostic.help {
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
