//! Settings typed beside the file, `segments.firms.deals.win_rate=0.3`: laid over the document before it is checked.

use super::diagnostic::Diagnostic;
use super::load::Loader;
use super::merge::{below, is_named, one, overlay, stranger};
use super::parse;
use super::source::Span;
use super::tree::{Entry, Key, Node, Table, Value};
use super::wording::{listed, nearest, number, shown};

/// What the settings are called where their text is shown.
const NAME: &str = "--set";

/// A key of more parts leads nowhere in the format.
const MOST_PARTS: usize = 16;

/// Where the settings stand among the sources.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// The first byte of the first one; they are the last source.
    from: Option<usize>,
    /// First bytes of texts without quotes.
    bare: Vec<usize>,
}

impl Typed {
    /// Whether what stands at `span` was typed as a setting.
    pub(super) fn has(&self, span: Span) -> bool {
        self.from.is_some_and(|from| from <= span.start) && !span.is_whole()
    }

    /// Whether the text at `span` was typed without quotes.
    pub(super) fn is_bare(&self, span: Span) -> bool {
        self.bare.contains(&span.start)
    }
}

/// Lays the settings over `tree`, in their order.
pub(super) fn lay_over(tree: &mut Table, settings: &[String], loader: &mut Loader<'_>) {
    if settings.is_empty() {
        return;
    }
    let mut base = loader.sources.add(NAME, &settings.join("\n"));
    loader.at_home(base);
    loader.typed.from = Some(base);
    for setting in settings {
        match read(setting, base) {
            Ok((path, value)) => {
                let typed = setting.get(value.span.start - base..).unwrap_or_default();
                if matches!(value.value, Value::Text(_)) && !typed.starts_with(['"', '\'']) {
                    loader.typed.bare.push(value.span.start);
                }
                lay(tree, path, value, loader);
            }
            Err(diagnostic) => loader.broken.cut(*diagnostic),
        }
        base += setting.len() + 1;
    }
}

fn lay(tree: &mut Table, path: Vec<Key>, value: Node, loader: &mut Loader<'_>) {
    if let Some(diagnostic) = new_name(tree, &path) {
        let is_error = diagnostic.severity == super::diagnostic::Severity::Error;
        loader.diagnostics.push(diagnostic);
        if is_error {
            return;
        }
    }
    let levels = path.len();
    let mut over = value;
    for key in path.into_iter().rev() {
        let span = key.span;
        over = Node {
            value: Value::Table(Table {
                entries: vec![Entry { key, node: over }],
            }),
            span,
        };
    }
    if let Value::Table(over) = over.value {
        overlay(tree, over, levels);
    }
}

/// What is said of a path that leads through a plan, channel, role, segment or event that nobody declared.
fn new_name(tree: &Table, path: &[Key]) -> Option<Diagnostic> {
    let mut table = tree;
    let mut pattern = String::new();
    for (i, key) in path.iter().enumerate() {
        let Some(entry) = table.get(&key.text) else {
            let goes_on = i + 1 < path.len();
            return (goes_on && is_named(&pattern))
                .then(|| undeclared(key, &pattern, table))
                .flatten();
        };
        let Value::Table(inner) = &entry.node.value else {
            return None;
        };
        pattern = below(&pattern, &key.text);
        table = inner;
    }
    None
}

fn undeclared(key: &Key, pattern: &str, declared: &Table) -> Option<Diagnostic> {
    if pattern == "plans" {
        // A plan that says only what differs from the first is complete.
        return stranger(key, pattern, declared);
    }
    let what = one(pattern);
    let names = || declared.entries.iter().map(|entry| entry.key.text.as_str());
    let message = format!("there is no {what} called `{}`", shown(&key.text));
    let expected = match nearest(&key.text, names()) {
        Some(near) => format!("did you mean `{}`?", shown(near)),
        None if declared.entries.is_empty() => format!("this scenario has no {what}s"),
        None => format!("the {what}s are {}", listed(names().take(12), "and")),
    };
    Some(Diagnostic::error(key.span, message).expected(expected))
}

/// Path and value of a setting whose bytes are numbered from `base`.
fn read(setting: &str, base: usize) -> Result<(Vec<Key>, Node), Box<Diagnostic>> {
    let (path, at) = path(setting, base)?;
    let typed = setting.get(at..).unwrap_or_default();
    let text = typed.trim();
    let start = base + at + (typed.len() - typed.trim_start().len());
    let span = Span {
        start,
        end: start + text.len(),
    };
    if text.is_empty() {
        let diagnostic = Diagnostic::error(whole(setting, base), "this setting has no value")
            .expected("expected KEY=VALUE")
            .help("an empty text is \"\", quotes included");
        return Err(Box::new(diagnostic));
    }
    match parse::value(text, start) {
        Ok(node) => Ok((path, node)),
        Err(wrong) if text.starts_with(['{', '[', '"', '\'']) => Err(wrong),
        Err(_) => match text.strip_suffix('%').map(|number| number.trim().parse::<f64>()) {
            Some(Ok(percent)) => {
                let message = format!("`{}` is no number of the format", shown(text));
                let diagnostic = Diagnostic::error(span, message)
                    .expected(format!("as a share: {}", number(percent / 100.0)))
                    .help("a text with a percent sign stands in \"quotes\"");
                Err(Box::new(diagnostic))
            }
            _ => Ok((
                path,
                Node {
                    value: Value::Text(text.to_owned()),
                    span,
                },
            )),
        },
    }
}

fn whole(setting: &str, base: usize) -> Span {
    Span {
        start: base,
        end: base + setting.len(),
    }
}

/// The keys before the equals sign, and where the value begins.
fn path(setting: &str, base: usize) -> Result<(Vec<Key>, usize), Box<Diagnostic>> {
    let wrong = |message: &str| {
        let diagnostic = Diagnostic::error(whole(setting, base), message)
            .expected("expected KEY=VALUE, such as budget.annual=5e6");
        Err(Box::new(diagnostic))
    };
    let mut keys = Vec::new();
    let mut at = 0;
    loop {
        let rest = setting.get(at..).unwrap_or_default();
        let start = at + (rest.len() - rest.trim_start().len());
        let rest = rest.trim_start();
        let (text, length) = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => match rest.get(1..).and_then(|inner| inner.split_once(quote)) {
                Some((inner, _)) => (inner, inner.len() + 2),
                None => return wrong("a quote in this setting is not closed"),
            },
            _ => {
                let end = rest.find(['.', '=']).unwrap_or(rest.len());
                let text = rest.get(..end).unwrap_or_default().trim_end();
                (text, text.len())
            }
        };
        let after = start + length;
        let rest = setting.get(after..).unwrap_or_default();
        let next = after + (rest.len() - rest.trim_start().len());
        let sign = rest.trim_start().chars().next();
        if length == 0 {
            return wrong("a part of this setting's key is empty");
        }
        keys.push(Key {
            text: text.to_owned(),
            span: Span {
                start: base + start,
                end: base + after,
            },
        });
        match sign {
            Some('.') if keys.len() == MOST_PARTS => {
                return wrong("this setting's key has more parts than any of the format");
            }
            Some('.') => at = next + 1,
            Some('=') if keys.len() == 1 && text == "extends" => {
                return wrong("`extends` stands in the file, at its top");
            }
            Some('=') => return Ok((keys, next + 1)),
            _ => return wrong("this setting has no `=`"),
        }
    }
}
