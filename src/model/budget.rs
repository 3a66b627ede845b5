//! Budget: what the week spends on marketing (docs/model.md, 4.1).

use super::luck::{Luck, Watch};
use super::sums::Item;
use super::week::Step;

impl<L: Luck, W: Watch> Step<'_, L, W> {
    /// Clears the week's sums and spends its marketing money.
    pub(super) fn spend(&mut self) {
        let channels = self.company.channels.len();
        let now = self.now as usize;
        self.market.week.clear(channels, self.company.roles.len());
        for c in 0..channels {
            let money = self.schedule.spend[now * channels + c];
            self.market.week.channels[c].money = money;
            self.market.week.add(Item::ChannelMoney, money);
        }
        self.market.week.add(Item::Overhead, self.schedule.overhead[now]);
    }
}
