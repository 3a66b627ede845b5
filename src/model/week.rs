//! The order of a week, and the only ways to change a count (docs/model.md, 4).

use super::company::Company;
use super::environment::World;
use super::luck::{Luck, Watch};
use super::market::{Market, Pool};
use super::schedule::Schedule;

/// One week being lived.
pub struct Step<'a, L, W> {
    /// The week, from 1.
    pub now: u32,
    /// Coefficients at index 0.
    pub company: &'a Company,
    /// The plan.
    pub schedule: &'a Schedule,
    /// Luck that hits everybody.
    pub world: &'a World,
    /// What lives.
    pub market: &'a mut Market,
    /// Every draw.
    pub luck: &'a mut L,
    /// Who sees it.
    pub watch: &'a mut W,
}

impl<L: Luck, W: Watch> Step<'_, L, W> {
    /// Lives the week. The environment was drawn before the first (`World::draw`).
    pub fn live(&mut self) {
        self.spend();
        self.staff();
        self.press();
        self.become_aware();
        self.raise_hands();
        self.work();
        self.close();
        self.serve();
        self.learn();
        self.book();
        debug_assert!(
            self.market.accounts_conserved(self.company),
            "week {}: accounts lost",
            self.now
        );
        self.watch.week(self.now, self.market);
    }

    /// Moves `n` accounts of a segment.
    #[inline]
    pub(super) fn shift(&mut self, segment: usize, from: Pool, to: Pool, n: u64) {
        if n == 0 {
            return;
        }
        let state = &mut self.market.segments[segment];
        let pool = state.slot(from);
        debug_assert!(
            *pool >= n,
            "week {}: {n} from {from:?}, which holds {pool}",
            self.now
        );
        *pool -= n;
        *state.slot(to) += n;
        self.watch.flow(self.now, segment, from, to, n);
    }
}
