//! Brackets of a text: which are open at a place, and where one is closed; strings and comments are skipped.

/// Positions of the brackets that are open before `at`, outermost first.
pub(super) fn open_before(text: &str, at: usize) -> Vec<usize> {
    let mut open: Vec<usize> = Vec::new();
    walk(text, 0, |position, c| {
        if position >= at {
            return false;
        }
        match c {
            '{' | '[' => open.push(position),
            '\n' => {}
            _ => {
                open.pop();
            }
        }
        true
    });
    open
}

/// Where the bracket at `open` is closed; not behind a line that begins a section.
pub(super) fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut end = None;
    walk(text, open, |position, c| {
        match c {
            '{' | '[' => depth += 1,
            '\n' => return !begins_section(text, position + 1),
            _ => depth = depth.saturating_sub(1),
        }
        if depth == 0 {
            end = Some(position);
        }
        depth > 0
    });
    end
}

/// Whether the line from `start` looks like `[name]`.
fn begins_section(text: &str, start: usize) -> bool {
    let line = text
        .get(start..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let header = line.split('#').next().unwrap_or_default().trim_end();
    header.starts_with('[')
        && header.ends_with(']')
        && header
            .trim_matches(['[', ']'])
            .starts_with(|c: char| c.is_alphabetic())
}

/// Tells every bracket and line end from `start` on, until `see` says no.
fn walk(text: &str, start: usize, mut see: impl FnMut(usize, char) -> bool) {
    let mut quote: Option<&str> = None;
    let mut rest = text.get(start..).unwrap_or_default();
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        let mut step = c.len_utf8();
        if let Some(mark) = quote {
            if c == '\\' && mark.starts_with('"') {
                step += rest
                    .get(step..)
                    .and_then(|after| after.chars().next())
                    .filter(|next| *next != '\n')
                    .map_or(0, char::len_utf8);
            } else if rest.starts_with(mark) {
                step = mark.len();
                quote = None;
            } else if c == '\n' && mark.len() == 1 {
                quote = None;
            }
            if c == '\n' && quote.is_none() && !see(at, c) {
                return;
            }
        } else {
            match c {
                '"' | '\'' => {
                    let mark = ["\"\"\"", "'''", "\"", "'"]
                        .into_iter()
                        .find(|mark| rest.starts_with(mark));
                    step = mark.map_or(1, str::len);
                    quote = mark;
                }
                '#' => step = rest.find('\n').unwrap_or(rest.len()),
                '{' | '}' | '[' | ']' | '\n' if !see(at, c) => return,
                _ => {}
            }
        }
        rest = rest.get(step..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::{closing, open_before};

    #[test]
    fn brackets_in_text_and_comments_do_not_count() {
        let text = "a = { b = \"}\", # }\n c = [1, '}', 2] }\n";
        assert_eq!(closing(text, 4), Some(text.len() - 2));
        assert_eq!(open_before(text, 25), [4, 24]);
        assert!(open_before(text, text.len()).is_empty());
    }

    #[test]
    fn a_section_ends_what_is_open() {
        assert_eq!(closing("a = { b = 1\n[c]\nd = 1 }", 4), None);
        assert_eq!(closing("a = [[1],\n[2]]", 4), Some(13));
    }
}
