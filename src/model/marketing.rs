//! Marketing: the week's response of every channel, and how it lifts appeal (docs/model.md, 4.2, 4.3).

use super::company::ChannelLaw;
use super::luck::{Luck, Watch};
use super::saturation;
use super::week::Step;

impl<L: Luck, W: Watch> Step<'_, L, W> {
    /// Response of every channel: the plan's, with this week's half-saturation and effectiveness.
    pub(super) fn press(&mut self) {
        let now = self.now as usize;
        let channels = self.company.channels.len();
        for (c, law) in self.company.channels.iter().enumerate() {
            let planned = self.schedule.response[now * channels + c];
            let factor = self.world.kappa(c, now);
            let bent = if factor == 1.0 {
                planned
            } else {
                saturation::with_kappa_times(planned, factor, law.slope)
            };
            self.market.response[c] = bent * self.world.effectiveness(c, now);
        }
    }

    /// Σ over channels of an effect × (R − R today).
    #[inline]
    pub(super) fn lift(&self, effect: impl Fn(&ChannelLaw) -> f64) -> f64 {
        let mut sum = 0.0;
        for (law, response) in self.company.channels.iter().zip(&self.market.response) {
            let size = effect(law);
            if size != 0.0 {
                sum += size * (response - law.response_today);
            }
        }
        sum
    }

    /// Log-odds of a lead above today's.
    pub(super) fn lead_appeal(&self) -> f64 {
        self.lift(|channel| channel.lead_lift)
            + self.schedule.learned_lead_lift * (self.market.learned - self.company.learned_today)
    }

    /// Log-odds of winning above today's.
    pub(super) fn win_appeal(&self) -> f64 {
        self.lift(|channel| channel.win_lift)
            + self.schedule.learned_win_lift * (self.market.learned - self.company.learned_today)
    }
}
