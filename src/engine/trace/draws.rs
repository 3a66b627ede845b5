//! Luck of the labels: addressed like that of the law, at addresses that the law never uses.

use super::super::streams::Addressed;
use crate::chance::{gamma, key};
use crate::model::sources::{Part, Source};

/// Process number of every label; those of the law count up from 1.
const LABELS: u16 = 50_000;

/// What is drawn: a lane of its own each.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lane {
    /// Who of a pool moves.
    Who,
    /// What reached an account.
    Source,
    /// Whether a lost deal was lost to nobody.
    Decision,
    /// Who orders.
    Buyer,
    /// The money of an order.
    Basket,
}

const LANES: usize = 5;

/// The labels of a segment, week by week.
#[derive(Debug, Clone)]
pub(super) struct Draws {
    key: u64,
    who: u64,
    week: u32,
    drawn: [u32; LANES],
}

impl Draws {
    pub(super) fn new(luck: &Addressed, who: u64) -> Self {
        Self {
            key: luck.key(),
            who,
            week: 0,
            drawn: [0; LANES],
        }
    }

    /// A uniform number, the next of this week and lane.
    pub(super) fn uniform(&mut self, week: u32, lane: Lane) -> f64 {
        if week != self.week {
            self.week = week;
            self.drawn = [0; LANES];
        }
        let ordinal = &mut self.drawn[lane as usize];
        *ordinal = ordinal.wrapping_add(1);
        key::uniform(self.key, self.who, LABELS, week, lane as u32, *ordinal)
    }

    /// A place in a list of `n` entries, all alike.
    pub(super) fn place(&mut self, week: u32, lane: Lane, n: usize) -> usize {
        let place = (self.uniform(week, lane) * n as f64) as usize;
        place.min(n.saturating_sub(1))
    }

    /// A source, in proportion to its part; `None` if no part is above 0.
    pub(super) fn source(&mut self, week: u32, parts: &[Part]) -> Option<Source> {
        let all: f64 = parts.iter().map(|part| part.1).sum();
        if all <= 0.0 {
            return None;
        }
        let goal = self.uniform(week, Lane::Source) * all;
        let mut sum = 0.0;
        let mut found = None;
        for (source, part) in parts.iter().filter(|part| part.1 > 0.0) {
            found = Some(*source);
            sum += part;
            if sum >= goal {
                break;
            }
        }
        found
    }

    /// What a basket weighs among others of the same law: Gamma(1/cv²). Given their sum, the parts of such weights are
    /// independent of it (Lukacs 1955), so scaling them to a drawn sum is exact.
    pub(super) fn basket(&mut self, week: u32, cv: f64) -> f64 {
        if cv <= 0.0 {
            return 1.0;
        }
        gamma::quantile(1.0 / (cv * cv), self.uniform(week, Lane::Basket))
    }
}
