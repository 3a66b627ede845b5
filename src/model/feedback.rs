//! Feedback: closed opportunities teach targeting and appeal (docs/model.md, 4.8).

use super::luck::{Luck, Watch};
use super::scenario::Targeting;
use super::week::Step;

/// learned = 1 − 2^(−insight/half).
pub fn learned(insight: f64, half_learned_after: f64) -> f64 {
    if half_learned_after.is_finite() {
        1.0 - libm::exp2(-insight / half_learned_after)
    } else {
        0.0
    }
}

/// Targeting of a source: from its base towards its maximum above today's learning, in proportion below it.
pub fn targeting(of: Targeting, learned: f64, learned_today: f64) -> f64 {
    if learned >= learned_today {
        let room = (of.max - of.base).max(0.0);
        if learned_today >= 1.0 || room == 0.0 {
            return of.base;
        }
        of.base + room * (learned - learned_today) / (1.0 - learned_today)
    } else {
        of.base * learned / learned_today
    }
}

impl<L: Luck, W: Watch> Step<'_, L, W> {
    /// Insight fades and grows by the week's closed opportunities.
    pub(super) fn learn(&mut self) {
        let market = &mut *self.market;
        market.insight = market.insight * self.company.insight_keep + market.closed as f64;
        market.learned = learned(market.insight, self.schedule.half_learned_after);
    }
}
