//! Streams: the luck of one replication, every number a function of its address (docs/model.md, 2).

use crate::chance::key;
use crate::model::luck::{Address, Luck};

/// Addressed luck of one replication.
#[derive(Debug, Clone, Copy)]
pub struct Addressed {
    key: u64,
}

impl Addressed {
    /// The luck of replication `replication` under `seed`, the same for every plan.
    pub fn new(seed: u64, replication: u64) -> Self {
        Self {
            key: key::replication_key(seed, replication),
        }
    }

    /// What all addresses of the replication hang on, for luck that is not the law's.
    pub fn key(&self) -> u64 {
        self.key
    }
}

impl Luck for Addressed {
    #[inline]
    fn uniform(&mut self, at: Address) -> f64 {
        key::uniform(self.key, at.who, at.process as u16, at.week, at.lane, at.ordinal)
    }
}
