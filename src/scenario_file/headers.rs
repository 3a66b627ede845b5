//! Lines that begin like a section and are none: told, and read as the section that was meant.

use super::diagnostic::Diagnostic;
use super::syntax::{Mistake, On, is_bare, piece, trimmed};
use super::typed::QUOTES;
use super::wording::shown;
use std::ops::Range;

/// Whether what stands between the beginning of a line and `end` begins a section.
pub(super) fn is_header(text: &str, start: usize, end: usize) -> bool {
    let before = piece(text, start..end).trim_start();
    let bracket = piece(text, start..text.len()).trim_start().starts_with('[');
    bracket && (before.is_empty() || before.starts_with('['))
}

/// Where the section that holds the line up to `from` ends.
pub(super) fn next_section(text: &str, from: usize) -> usize {
    let next = text.get(from..).and_then(|rest| rest.find("\n["));
    next.map_or(text.len(), |i| from + i)
}

/// A line that begins like a section and is none. Where its name can be told it is read as that section, so that
/// what stands below is read too; else all of it is left out.
pub(super) fn header(text: &str, line: Range<usize>, on: &On<'_>) -> Mistake {
    let typed = piece(text, line.clone());
    let typed = typed.split('#').next().unwrap_or_default();
    let place = trimmed(text, line.start..line.start + typed.len());
    let typed = typed.trim();
    let (name, is_alone) = name(typed);
    let diagnostic = on(place.clone(), "this is no section".to_owned());
    let whole = line.start..next_section(text, line.end);
    let Some(meant) = meant(name) else {
        let diagnostic = diagnostic.expected("a section has a name, such as `[budget]`");
        return Mistake::leaving_out(diagnostic, whole);
    };
    let diagnostic = told(diagnostic, name, &meant, is_alone);
    let header = format!("[{meant}]");
    if header == typed {
        return Mistake::leaving_out(diagnostic, whole);
    }
    Mistake {
        diagnostic,
        retyped: Some(header),
        leave_out: place,
    }
}

/// The name in a header, and whether it is all that the line says.
fn name(typed: &str) -> (&str, bool) {
    let inside = typed.trim_start_matches(['[', ' ']);
    let (name, rest) = inside.split_once(']').unwrap_or((inside, ""));
    let is_alone = rest.trim_matches([']', ' ']).is_empty();
    match name.split_once(char::is_whitespace) {
        Some((first, behind)) if behind.contains('=') => (first, false),
        _ => (name.trim(), is_alone),
    }
}

/// The name as TOML writes it; `None` if nothing can be made of it.
fn meant(name: &str) -> Option<String> {
    let parts = name.split('.').map(|part| {
        let part = part.trim().trim_matches(|c| QUOTES.contains(c));
        let joined = part.split_whitespace().collect::<Vec<_>>().join("-");
        let is_name = joined
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        (is_name && !joined.is_empty()).then_some(if is_bare(&joined) {
            joined
        } else {
            format!("\"{joined}\"")
        })
    });
    let parts: Option<Vec<String>> = parts.collect();
    parts.map(|parts| parts.join("."))
}

fn told(diagnostic: Diagnostic, name: &str, meant: &str, is_alone: bool) -> Diagnostic {
    let header = format!("`[{}]`", shown(meant));
    if !is_alone {
        diagnostic.expected(format!("a section stands alone on its line: {header}"))
    } else if name.contains(char::is_whitespace) {
        diagnostic.expected(format!("a name has no spaces: {header}"))
    } else if meant.contains('"') && !name.contains('"') {
        diagnostic
            .expected(format!("letters beyond a to z stand in quotes: {header}"))
            .help("or keep the name plain and say `label = \"…\"`, which people read")
    } else {
        diagnostic.expected(format!("a section is typed {header}"))
    }
}
