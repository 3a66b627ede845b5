//! Where text came from: one numbering of bytes over every file and every setting of a scenario.

/// A stretch of text, in bytes of the source map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The scenario as a whole: for what stands nowhere.
    pub const WHOLE: Self = Self { start: 0, end: 0 };

    /// Whether it names the scenario as a whole.
    pub const fn is_whole(self) -> bool {
        self.start == 0 && self.end == 0
    }
}

/// Every text that a scenario was read from, one after the other.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
}

#[derive(Debug, Clone)]
struct Source {
    name: String,
    text: String,
    base: usize,
    /// First byte of every line.
    lines: Vec<usize>,
}

/// Where a span stands, for people.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Which text, in the order in which they were read.
    pub source: usize,
    /// Name of the file.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// First byte in `text`, on a character.
    pub start: usize,
    /// One past the last byte in `text`, on a character.
    pub end: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Sources {
    /// Adds a text; its bytes are numbered from the returned offset.
    pub fn add(&mut self, name: &str, text: &str) -> usize {
        let base = self
            .files
            .last()
            .map_or(0, |last| last.base + last.text.len() + 1);
        self.files.push(Source {
            name: name.to_owned(),
            text: text.to_owned(),
            base,
            lines: std::iter::once(0)
                .chain(text.match_indices('\n').map(|(i, _)| i + 1))
                .collect(),
        });
        base
    }

    /// First byte of the text that was added last.
    pub(super) fn last(&self) -> usize {
        self.files.last().map_or(0, |last| last.base)
    }

    /// Where `span` stands, cut to the file in which it begins and to whole characters.
    pub fn place(&self, span: Span) -> Option<Place<'_>> {
        let source = self
            .files
            .partition_point(|file| file.base <= span.start)
            .saturating_sub(1);
        let file = self.files.get(source)?;
        let text = file.text.as_str();
        let start = character_before(text, span.start.saturating_sub(file.base));
        let end = character_after(text, span.end.saturating_sub(file.base)).max(start);
        let line = file.lines.partition_point(|first| *first <= start);
        let first = line
            .checked_sub(1)
            .and_then(|i| file.lines.get(i))
            .copied()
            .unwrap_or(0);
        let column = text.get(first..start).map_or(0, |before| before.chars().count()) + 1;
        Some(Place {
            source,
            name: &file.name,
            text,
            start,
            end,
            line,
            column,
        })
    }
}

fn character_before(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

fn character_after(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (at..=text.len())
        .find(|i| text.is_char_boundary(*i))
        .unwrap_or(text.len())
}
