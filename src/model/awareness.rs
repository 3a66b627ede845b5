//! Awareness: who returns, who forgets, who hears of us (docs/model.md, 4.2).

use super::luck::{Address, Luck, Next, Process, Watch};
use super::market::Pool;
use super::sums::Item;
use super::week::Step;

impl<L: Luck, W: Watch> Step<'_, L, W> {
    /// Cooled-off accounts return, then aware ones forget, then unaware ones become aware.
    pub(super) fn become_aware(&mut self) {
        for segment in 0..self.company.segments.len() {
            let law = &self.company.segments[segment];
            let back = *self.market.segments[segment].slot(Pool::Cooling(self.now));
            self.shift(segment, Pool::Cooling(self.now), Pool::Aware, back);
            let at = Address::new(Process::Forget, law.key, self.now);
            let forgot = self
                .luck
                .count(at, self.market.segments[segment].aware, law.forget);
            self.shift(segment, Pool::Aware, Pool::Unaware, forgot);
            self.market.week.add(Item::Forgot, forgot as f64);
            let state = &self.market.segments[segment];
            let customers = state.customers as f64 / law.accounts as f64;
            let mut hazard = law.organic + law.word_of_mouth * customers;
            for (coefficient, response) in law.awareness.iter().zip(&self.market.response) {
                hazard += coefficient * response;
            }
            let at = Address::new(Process::Aware, law.key, self.now);
            let heard = self.luck.count(at, state.unaware, -libm::expm1(-hazard));
            self.watch
                .before(self.now, Next::Aware(segment), self.company, self.market);
            self.shift(segment, Pool::Unaware, Pool::Aware, heard);
            self.market.week.add(Item::BecameAware, heard as f64);
        }
    }
}
