//! Where the bytes of a text that was mended stand in what was typed.

use super::source::Span;
use std::ops::Range;

/// Places of a text among all sources, although bytes were added to it.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    base: usize,
    /// Positions of bytes that nobody typed.
    added: Vec<usize>,
}

impl Origin {
    /// A text as it was typed, whose bytes are numbered from `base`.
    pub(super) const fn new(base: usize) -> Self {
        Self {
            base,
            added: Vec::new(),
        }
    }

    /// Notes that `count` bytes were added from `at` on.
    pub(super) fn add(&mut self, at: usize, count: usize) {
        for added in &mut self.added {
            if *added >= at {
                *added += count;
            }
        }
        self.added.extend(at..at + count);
    }

    /// Where a stretch of the text stands.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span {
            start: self.at(range.start),
            end: self.at(range.end),
        }
    }

    fn at(&self, position: usize) -> usize {
        let added = self.added.iter().filter(|added| **added < position);
        self.base + position - added.count()
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn what_was_added_has_no_place() {
        // `abcdef` became `abXYcdZef`.
        let mut origin = Origin::new(100);
        origin.add(4, 1);
        origin.add(2, 2);
        let places: Vec<usize> = (0..9).map(|at| origin.span(at..at).start).collect();
        assert_eq!(places, [100, 101, 102, 102, 102, 103, 104, 104, 105]);
    }
}
