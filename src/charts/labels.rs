//! Where labels go: their boxes, collisions, wrapping and shortening.

use super::style::{LEFT, RIGHT, Role};
use super::text::{Figures, Weight, width};

/// A box in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Bounds {
    /// Whether two boxes overlap when the first grows by `pad` on all sides.
    pub fn meets(&self, other: &Self, pad: f64) -> bool {
        self.left - pad < other.right
            && other.left < self.right + pad
            && self.top - pad < other.bottom
            && other.top < self.bottom + pad
    }

    /// Whether the box lies inside an area given as left, top, right, bottom.
    pub fn is_within(&self, area: (f64, f64, f64, f64)) -> bool {
        self.left >= area.0 && self.top >= area.1 && self.right <= area.2 && self.bottom <= area.3
    }

    /// The smallest box around two.
    #[must_use]
    pub fn around(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// The letters of a text that a box can hold.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    size: f64,
    weight: Weight,
}

impl Measure {
    /// As a role is written.
    pub fn of(role: Role) -> Self {
        Self {
            size: role.size(),
            weight: role.weight(),
        }
    }

    /// Width in pixels.
    pub fn width(self, text: &str) -> f64 {
        width(text, self.size, self.weight, Figures::Proportional)
    }

    /// The text in at most `lines` lines broken at spaces, with an ellipsis where it is cut.
    pub fn wrap(self, text: &str, most: f64, lines: usize) -> Vec<String> {
        let mut wrapped = vec![String::new()];
        for word in self.pieces(text, most) {
            let full = wrapped.len() == lines;
            let Some(line) = wrapped.last_mut() else { break };
            let longer = joined(line, &word);
            if self.width(&longer) <= most {
                *line = longer;
            } else if full {
                *line = self.with_ellipsis(line, most);
                break;
            } else {
                wrapped.push(word);
            }
        }
        wrapped.retain(|line| !line.is_empty());
        wrapped
    }

    /// The text in one line, cut at a space where it is too long.
    pub fn cut(self, text: &str, most: f64) -> String {
        self.wrap(text, most, 1).into_iter().next().unwrap_or_default()
    }

    /// The words of a text; what is wider than a line is cut into pieces that are not.
    fn pieces(self, text: &str, most: f64) -> Vec<String> {
        let mut pieces = Vec::new();
        for word in words(text) {
            let mut piece = String::new();
            for letter in word.chars() {
                piece.push(letter);
                if self.width(&piece) > most && piece.chars().count() > 1 {
                    piece.pop();
                    pieces.push(std::mem::take(&mut piece));
                    piece.push(letter);
                }
            }
            pieces.push(piece);
        }
        pieces
    }

    fn with_ellipsis(self, line: &str, most: f64) -> String {
        let mut kept = line.to_owned();
        loop {
            let cut = format!("{}\u{2026}", kept.trim_end_matches([' ', ',', ';', ':']));
            if self.width(&cut) <= most || kept.is_empty() {
                return cut;
            }
            match kept.rfind(' ') {
                Some(space) => kept.truncate(space),
                None => {
                    kept.pop();
                }
            }
        }
    }
}

/// Words between ordinary spaces; no-break spaces hold a number to its unit.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty())
}

/// A name of at most so many letters, cut at a space with an ellipsis.
pub fn cut_letters(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most).collect();
    let cut = match kept.rfind(' ') {
        Some(space) if space * 3 > kept.len() => &kept[..space],
        _ => &kept,
    };
    format!("{}\u{2026}", cut.trim_end_matches([' ', ',', ';', ':']))
}

/// The lines of a title, if it fits into two; the second is never a mere remnant.
pub fn title_lines(title: &str) -> Option<Vec<String>> {
    let measure = Measure::of(Role::Title);
    let most = RIGHT - LEFT;
    if measure.width(title) <= most {
        return Some(vec![title.to_owned()]);
    }
    let spaces: Vec<usize> = title.match_indices(' ').map(|(at, _)| at).collect();
    let fits = |space: &usize| {
        let (first, second) = (
            measure.width(&title[..*space]),
            measure.width(&title[*space + 1..]),
        );
        first <= most && second <= most && second >= 0.35 * first
    };
    let space = spaces.iter().rev().find(|space| fits(space))?;
    Some(vec![title[..*space].to_owned(), title[*space + 1..].to_owned()])
}

fn joined(line: &str, word: &str) -> String {
    if line.is_empty() {
        word.to_owned()
    } else {
        format!("{line} {word}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_end_at_a_word() {
        let measure = Measure::of(Role::Label);
        let lines = measure.wrap(
            "All-in events and field marketing with partners of partners",
            330.0,
            2,
        );
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…') && lines.iter().all(|line| measure.width(line) <= 330.0));
        assert_eq!(
            cut_letters("Build, then harvest the whole market", 24),
            "Build, then harvest the…"
        );
        assert_eq!(cut_letters("Today", 24), "Today");
    }

    #[test]
    fn a_word_wider_than_its_box_is_cut() {
        let measure = Measure::of(Role::Label);
        let lines = measure.wrap(&"Ж".repeat(60), 330.0, 2);
        assert!(lines.len() == 2 && lines.iter().all(|line| measure.width(line) <= 330.0));
    }
}
