//! What is wrong with a scenario file, where, and what to write instead.

use super::render::render;
use super::source::{Sources, Span};

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
    /// Whether it is about a name that may be a slip of one that is there.
    pub(super) is_slip: bool,
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
            is_slip: false,
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

    pub(super) fn slip(mut self) -> Self {
        self.is_slip = true;
        self
    }

    pub(super) fn missing(mut self, path: String) -> Self {
        self.missing = Some(path);
        self
    }
}

/// Everything that is wrong with a scenario, in the order of its text; what stands nowhere comes last.
#[derive(Debug, Clone)]
pub struct Report {
    /// What is wrong, errors and warnings, by position.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts it was read from.
    pub sources: Sources,
}

impl Report {
    pub(super) fn new(mut diagnostics: Vec<Diagnostic>, sources: Sources) -> Self {
        diagnostics.sort_by_key(|diagnostic| (diagnostic.span.is_whole(), diagnostic.span));
        diagnostics.dedup();
        Self { diagnostics, sources }
    }

    /// The report for people: file, line, the text underlined, what was expected, what to do.
    pub fn render(&self, color: bool) -> String {
        self.render_within(color, None)
    }

    /// The same for a terminal of `width` letters: long advice is broken into lines.
    pub fn render_within(&self, color: bool, width: Option<usize>) -> String {
        render(&self.diagnostics, &self.sources, color, width)
    }
}
