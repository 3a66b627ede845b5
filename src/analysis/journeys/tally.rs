//! Wins of a replication and what they are worth, for plans whose accounts need no names.

use crate::model::company::Company;
use crate::model::customers::CustomerBook;
use crate::model::luck::{Note, Watch};
use crate::model::market::{Market, Pool};
use crate::model::segment::CustomerModel;

/// Counts wins within a horizon.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    horizon: u32,
    /// Of repeat customers: value of a win, by segment.
    orders: Vec<f64>,
    /// Deals won.
    pub(super) wins: f64,
    /// Their value.
    pub(super) value: f64,
}

impl Tally {
    pub(super) fn new(horizon: u32) -> Self {
        Self {
            horizon,
            ..Self::default()
        }
    }
}

impl Watch for Tally {
    fn start(&mut self, company: &Company, _market: &Market) {
        let worth = |law| CustomerBook::value_of_a_win(law);
        let repeat = company.segments.iter().map(|law| match law.model {
            CustomerModel::Repeat => worth(law),
            CustomerModel::Subscription | CustomerModel::OneOff => 0.0,
        });
        self.orders = repeat.collect();
    }

    fn note(&mut self, week: u32, _segment: usize, note: Note) {
        if let (true, Note::Deal(value) | Note::Deals(_, value)) = (week <= self.horizon, note) {
            self.value += value;
        }
    }

    fn flow(&mut self, week: u32, segment: usize, _from: Pool, to: Pool, n: u64) {
        if week <= self.horizon && to == Pool::Won {
            self.wins += n as f64;
            self.value += n as f64 * self.orders[segment];
        }
    }
}
