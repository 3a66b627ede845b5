//! What follows from text that could not be read: said already, so not said again.

use super::diagnostic::{Diagnostic, Severity};
use super::origin::Origin;
use super::source::{Sources, Span};
use std::collections::BTreeSet;
use std::ops::Range;

/// Mistakes of syntax and what was left out because of them.
#[derive(Debug, Default)]
pub(super) struct Broken {
    /// What is wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether the text could not be read to its end.
    pub(super) is_cut: bool,
    /// What was not read.
    spans: Vec<Span>,
    /// Its words: keys and names that may seem to be missing elsewhere.
    words: BTreeSet<String>,
}

impl Broken {
    /// Notes that `range` of `text`, which stands at `origin`, is not read.
    pub(super) fn left_out(&mut self, text: &str, range: Range<usize>, origin: &Origin) {
        let line = text.get(..range.start).unwrap_or_default();
        let line = line
            .get(line.rfind('\n').map_or(0, |i| i + 1)..)
            .unwrap_or_default();
        let lost = text.get(range.clone()).unwrap_or_default();
        for word in line.split(is_between).chain(lost.split(is_between)) {
            self.words.insert(word.to_owned());
        }
        self.spans.push(origin.span(range));
    }

    /// Adds what is wrong with another text.
    pub(super) fn absorb(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
        self.is_cut |= other.is_cut;
        self.spans.extend(other.spans);
        self.words.extend(other.words);
    }

    /// Adds a mistake because of which anything may seem to be missing.
    pub(super) fn cut(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
        self.is_cut = true;
    }

    /// Everything that is wrong: these mistakes, and of `others` what does not follow from them.
    pub(super) fn without_echoes(self, others: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
        let mut all = self.diagnostics.clone();
        all.extend(
            others
                .into_iter()
                .filter(|other| self.diagnostics.is_empty() || !self.is_echo(other, sources)),
        );
        all
    }

    fn is_echo(&self, other: &Diagnostic, sources: &Sources) -> bool {
        if other.severity == Severity::Warning {
            return true;
        }
        if let Some(path) = &other.missing {
            return self.is_cut || path.split('.').any(|part| self.words.contains(part));
        }
        let is_lost = |span: Span| {
            self.spans
                .iter()
                .any(|lost| span.start < lost.end && lost.start < span.end)
        };
        let is_told = self
            .diagnostics
            .iter()
            .any(|mistake| mistake.span.start < other.span.end && other.span.start < mistake.span.end);
        let underlined = sources
            .place(other.span)
            .and_then(|place| place.text.get(place.start..place.end))
            .unwrap_or_default();
        other.span.is_whole()
            || is_lost(other.span)
            || is_told
            || other.related.iter().any(|(span, _)| is_lost(*span))
            || self.words.contains(underlined.trim_matches('"'))
    }
}

/// What is wrong, without what is missing in sections whose names are slips: these become the mistake.
pub(super) fn without_parts_of_slips(mut all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let names: Vec<Span> = all.iter().filter(|d| d.is_slip).map(|d| d.span).collect();
    for name in names {
        let is_of_it = |other: &Diagnostic| {
            !other.is_slip && other.span.start <= name.start && name.end <= other.span.end
        };
        if !all.iter().any(|other| is_of_it(other) && other.missing.is_some()) {
            continue;
        }
        all.retain(|other| !is_of_it(other));
        for slip in all.iter_mut().filter(|slip| slip.span == name) {
            slip.severity = Severity::Error;
        }
    }
    all
}

fn is_between(c: char) -> bool {
    !(c.is_alphanumeric() || c == '_' || c == '-')
}
