//! Lives one replication of a plan and tells every event of every account.

use super::event::Hear;
use super::recorder::Recorder;
use crate::engine::replication::Worker;
use crate::model::scenario::Scenario;
use crate::outcome::life::Life;

/// Accounts that can be named: four lists of numbers of four bytes each.
pub const MOST_ACCOUNTS: u64 = 50_000_000;

/// More accounts than can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{accounts} accounts are too many to be named one by one")]
pub struct TooMany {
    /// Accounts of all segments.
    pub accounts: u64,
}

/// Replications of a plan by name; the same counts and money as without.
#[derive(Debug)]
pub struct Replay {
    worker: Worker,
    horizon: u32,
}

impl Replay {
    /// For the plan at a position of the scenario.
    ///
    /// # Errors
    /// `TooMany` beyond `MOST_ACCOUNTS`.
    pub fn new(scenario: &Scenario, plan: usize) -> Result<Self, TooMany> {
        let accounts = scenario.segments.iter().map(|segment| segment.accounts).sum();
        if accounts > MOST_ACCOUNTS {
            return Err(TooMany { accounts });
        }
        Ok(Self {
            worker: Worker::new(scenario, &[plan]),
            horizon: scenario.weeks,
        })
    }

    /// Lives replication `number`, from 0, and tells the events of the horizon: week by week, within a week in the order
    /// in which the law lives it.
    pub fn live(&mut self, seed: u64, number: u64, sink: &mut impl Hear) {
        let luck = self.worker.begin_numbered(seed, number);
        let mut recorder = Recorder {
            luck,
            horizon: self.horizon,
            segments: Vec::new(),
            sink,
        };
        self.worker.live(0, &mut luck.clone(), &mut recorder);
    }

    /// The replication lived last, in counts and sums.
    pub fn life(&self) -> Life<'_> {
        Life {
            company: self.worker.company(),
            schedule: self.worker.schedule(0),
            market: self.worker.market(),
        }
    }
}
