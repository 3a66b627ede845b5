//! Contracts of subscriptions by name: whose they are, what they are worth, since when (docs/model.md, 4.7).

use super::draws::{Draws, Lane};
use crate::model::segment_law::SegmentLaw;

/// A customer's contract.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Contract {
    pub(super) account: u32,
    /// Week at whose end the term began.
    pub(super) since: u32,
    /// Annual value.
    pub(super) value: f64,
}

impl Contract {
    /// The same contract with a new term, and what growth added.
    fn renewed(&mut self, week: u32, value: f64) -> (Self, f64) {
        let grown = value - self.value;
        *self = Self {
            since: week,
            value,
            ..*self
        };
        (*self, grown)
    }
}

/// What happened to a contract: how it stood, and how it goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Renewal {
    /// Before.
    pub(super) before: Contract,
    /// After, and what growth added; `None`: it ended.
    pub(super) after: Option<(Contract, f64)>,
}

/// The contracts of a segment: by number in small segments, by week of renewal and origin in large ones.
#[derive(Debug, Clone, Default)]
pub(super) struct Contracts {
    today: Vec<Option<Contract>>,
    deals: Vec<Option<Contract>>,
    cohorts: Vec<[Vec<Contract>; 3]>,
    /// Cohorts of this week that were renewed, to be put back.
    kept: [Vec<Contract>; 3],
    count: usize,
}

/// Origins of cohorts: today's, in their first term, renewed.
const NEW: usize = 1;
const RENEWED: usize = 2;

impl Contracts {
    /// Today's customers in the order of their numbers.
    pub(super) fn of(law: &SegmentLaw, customers: Vec<u32>) -> Self {
        let length = law.contract_weeks as usize;
        let count = customers.len();
        let contracts = customers.into_iter().map(|account| Contract {
            account,
            since: 0,
            value: law.annual_value_today,
        });
        if !law.large {
            return Self {
                today: contracts.map(Some).collect(),
                count,
                ..Self::default()
            };
        }
        let mut cohorts = vec![<[Vec<Contract>; 3]>::default(); length];
        for (number, contract) in contracts.enumerate() {
            cohorts[(1 + number * length / count) % length][0].push(contract);
        }
        Self {
            cohorts,
            count,
            ..Self::default()
        }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// A deal of this week.
    pub(super) fn join(&mut self, account: u32, week: u32, value: f64) {
        let contract = Contract {
            account,
            since: week,
            value,
        };
        self.count += 1;
        if self.cohorts.is_empty() {
            self.deals.push(Some(contract));
        } else {
            let bucket = week as usize % self.cohorts.len();
            self.cohorts[bucket][NEW].push(contract);
        }
    }

    /// A contract by number renews at a new value, or ends.
    pub(super) fn renew(
        &mut self,
        week: u32,
        today: bool,
        number: u32,
        value: Option<f64>,
    ) -> Option<Renewal> {
        let all = if today { &mut self.today } else { &mut self.deals };
        let slot = all.get_mut(number as usize)?;
        let before = (*slot)?;
        let after = match (slot.as_mut(), value) {
            (Some(contract), Some(value)) => Some(contract.renewed(week, value)),
            _ => {
                *slot = None;
                self.count -= 1;
                None
            }
        };
        Some(Renewal { before, after })
    }

    /// Of a cohort `left` end, all alike; the others share the value that is kept evenly, as the law has it.
    pub(super) fn renew_cohort(
        &mut self,
        (week, origin): (u32, usize),
        left: u64,
        kept: f64,
        draws: &mut Draws,
        to: &mut Vec<Renewal>,
    ) {
        let bucket = week as usize % self.cohorts.len();
        let mut cohort = std::mem::take(&mut self.cohorts[bucket][origin]);
        for _ in 0..left {
            let before = cohort.swap_remove(draws.place(week, Lane::Who, cohort.len()));
            to.push(Renewal { before, after: None });
            self.count -= 1;
        }
        let each = kept / cohort.len().max(1) as f64;
        for contract in &mut cohort {
            let before = *contract;
            let after = Some(contract.renewed(week, each));
            to.push(Renewal { before, after });
        }
        let destination = if origin == NEW { RENEWED } else { origin };
        self.kept[destination].append(&mut cohort);
    }

    /// Puts renewed cohorts back, once all of the week have renewed.
    pub(super) fn settle(&mut self, week: u32) {
        if self.cohorts.is_empty() {
            return;
        }
        let bucket = week as usize % self.cohorts.len();
        for (origin, kept) in self.kept.iter_mut().enumerate() {
            self.cohorts[bucket][origin].append(kept);
        }
    }

    /// All contracts.
    pub(super) fn all(&self) -> impl Iterator<Item = &Contract> {
        let large = self.cohorts.iter().flatten().flatten();
        self.today.iter().chain(&self.deals).flatten().chain(large)
    }
}
