//! Contracts of subscriptions: individually in small segments, as weekly cohorts in large ones
//! (docs/model.md, 2, 4.7).

use super::luck::{Address, Luck, Note, Process};
use super::segment::CustomerModel;
use super::segment_law::SegmentLaw;
use crate::units::time::WEEKS_PER_YEAR;

/// One customer's contract.
#[derive(Debug, Clone, Copy)]
struct Contract {
    /// Number among today's customers or among deals won.
    number: u32,
    today: bool,
    renewals: u32,
    first: f64,
    value: f64,
}

/// Contracts that renew in the same week, as count and sums.
#[derive(Debug, Clone, Copy, Default)]
struct Cohort {
    count: u64,
    first: f64,
    value: f64,
}

/// Where a cohort came from.
const TODAY: usize = 0;
const NEW: usize = 1;
const RENEWED: usize = 2;

/// What a week's renewals did.
#[derive(Debug, Clone, Copy, Default)]
pub struct Renewal {
    /// Customers who left.
    pub left: u64,
    /// Of these, who were no customers of today.
    pub left_won: u64,
    /// Annual value renewed, growth included.
    pub value: f64,
}

/// What renewals of a week meet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fate {
    /// The week.
    pub(super) now: u32,
    /// Probability that a contract ends.
    pub(super) leaving: f64,
    /// Factor on the value of the others.
    pub(super) growth: f64,
}

/// Contracts by the week of their next renewal, modulo the length of a contract.
#[derive(Debug, Clone, Default)]
pub struct Contracts {
    individual: Vec<Vec<Contract>>,
    cohorts: Vec<[Cohort; 3]>,
    value: Vec<f64>,
    large: bool,
    count: u64,
    /// Annual value of contracts in their first term.
    pub first_term: f64,
    /// Annual value of the others, at their first value.
    pub renewed: f64,
    /// Annual value that growth at renewals added.
    pub grown: f64,
    /// Annual value of today's customers at the start.
    pub value_today: f64,
    /// Number of today's customers.
    pub count_today: u64,
}

impl Contracts {
    /// Today's contracts: number i of n renews first at the end of week 1 + ⌊i × contract weeks/n⌋.
    pub(super) fn start(&mut self, law: &SegmentLaw, customers: u64) {
        let length = law.contract_weeks as usize;
        self.large = law.large;
        self.individual.iter_mut().for_each(Vec::clear);
        self.individual.resize_with(length, Vec::new);
        self.cohorts.clear();
        self.cohorts.resize(length, [Cohort::default(); 3]);
        self.value.clear();
        self.value.resize(length, 0.0);
        let value = law.annual_value_today;
        (self.first_term, self.grown) = (0.0, 0.0);
        self.renewed = customers as f64 * value;
        self.value_today = self.renewed;
        self.count_today = customers;
        self.count = customers;
        if self.large {
            for offset in 0..length as u64 {
                let before = |offset: u64| (offset * customers).div_ceil(length as u64);
                let count = before(offset + 1) - before(offset);
                let bucket = (1 + offset as usize) % length;
                let sum = count as f64 * value;
                self.cohorts[bucket][TODAY] = Cohort {
                    count,
                    first: sum,
                    value: sum,
                };
                self.value[bucket] += sum;
            }
            return;
        }
        for number in 0..customers {
            let bucket = (1 + (number * length as u64 / customers) as usize) % length;
            let contract = Contract {
                number: number as u32,
                today: true,
                renewals: 0,
                first: value,
                value,
            };
            self.individual[bucket].push(contract);
            self.value[bucket] += value;
        }
    }

    /// Annual value under contract.
    pub fn annual_value(&self) -> f64 {
        self.first_term + self.renewed + self.grown
    }

    /// Bills of a week: terms that start bill for `billing` weeks in advance, at most to their end.
    pub(super) fn bill(&self, now: u32, billing: u32, length: u32) -> f64 {
        if billing == 1 {
            return self.annual_value() / WEEKS_PER_YEAR;
        }
        self.billed_in(i64::from(now), billing, length, |bucket| self.value[bucket])
    }

    /// The bills of a week up to 0, had today's contracts always been there.
    pub(super) fn billed_before(&self, week: i64, billing: u32, length: u32) -> f64 {
        self.billed_in(week, billing, length, |bucket| self.value[bucket])
    }

    fn billed_in(&self, week: i64, billing: u32, length: u32, value: impl Fn(usize) -> f64) -> f64 {
        let mut sum = 0.0;
        let mut elapsed = 0;
        while elapsed < length {
            let bucket = (week - 1 - i64::from(elapsed)).rem_euclid(i64::from(length)) as usize;
            sum += value(bucket) * f64::from(billing.min(length - elapsed)) / WEEKS_PER_YEAR;
            elapsed += billing;
        }
        sum
    }

    /// Renewals at the end of a week: each contract ends with probability `leaving`, else grows by `growth`.
    pub(super) fn renew<L: Luck>(
        &mut self,
        law: &SegmentLaw,
        fate: Fate,
        luck: &mut L,
        told: impl FnMut(Note),
    ) -> Renewal {
        let bucket = fate.now as usize % self.value.len();
        let renewal = if self.large {
            self.renew_cohorts(law, bucket, fate, luck, told)
        } else {
            self.renew_each(law, bucket, fate, luck, told)
        };
        self.count -= renewal.left;
        if self.count == 0 {
            (self.first_term, self.renewed, self.grown) = (0.0, 0.0, 0.0);
        }
        self.value[bucket] = if self.large {
            self.cohorts[bucket].iter().map(|cohort| cohort.value).sum()
        } else {
            self.individual[bucket]
                .iter()
                .map(|contract| contract.value)
                .sum()
        };
        renewal
    }

    fn renew_each<L: Luck>(
        &mut self,
        law: &SegmentLaw,
        bucket: usize,
        fate: Fate,
        luck: &mut L,
        mut told: impl FnMut(Note),
    ) -> Renewal {
        let mut renewal = Renewal::default();
        let (mut first_term, mut renewed, mut grown) = (0.0, 0.0, 0.0);
        self.individual[bucket].retain_mut(|contract| {
            let process = if contract.today {
                Process::RenewalToday
            } else {
                Process::RenewalWon
            };
            let at = Address::new(process, law.key, 0)
                .lane(contract.renewals)
                .ordinal(contract.number);
            let is_new = !contract.today && contract.renewals == 0;
            if is_new {
                first_term -= contract.value;
            } else {
                renewed -= contract.first;
                grown -= contract.value - contract.first;
            }
            let (today, number) = (contract.today, contract.number);
            if fate.leaving > 0.0 && luck.uniform(at) < fate.leaving {
                told(Note::Ended { today, number });
                renewal.left += 1;
                renewal.left_won += u64::from(!contract.today);
                return false;
            }
            contract.renewals += 1;
            contract.value *= fate.growth;
            let value = contract.value;
            told(Note::Renewed { today, number, value });
            renewed += contract.first;
            grown += contract.value - contract.first;
            renewal.value += contract.value;
            true
        });
        self.move_value(first_term, renewed, grown);
        renewal
    }

    fn renew_cohorts<L: Luck>(
        &mut self,
        law: &SegmentLaw,
        bucket: usize,
        fate: Fate,
        luck: &mut L,
        mut told: impl FnMut(Note),
    ) -> Renewal {
        let mut renewal = Renewal::default();
        let (mut first_term, mut renewed, mut grown) = (0.0, 0.0, 0.0);
        let mut kept = [Cohort::default(); 3];
        for origin in [TODAY, NEW, RENEWED] {
            let cohort = self.cohorts[bucket][origin];
            if cohort.count == 0 {
                continue;
            }
            let at = Address::new(Process::RenewalWon, law.key, fate.now).lane(origin as u32);
            let left = luck.count(at, cohort.count, fate.leaving);
            let share = (cohort.count - left) as f64 / cohort.count as f64;
            if origin == NEW {
                first_term -= cohort.value;
            } else {
                renewed -= cohort.first;
                grown -= cohort.value - cohort.first;
            }
            let to = &mut kept[if origin == NEW { RENEWED } else { origin }];
            let (first, value) = (cohort.first * share, cohort.value * share * fate.growth);
            told(Note::Cohort { origin, left, value });
            to.count += cohort.count - left;
            to.first += first;
            to.value += value;
            renewed += first;
            grown += value - first;
            renewal.left += left;
            renewal.left_won += if origin == TODAY { 0 } else { left };
            renewal.value += value;
        }
        self.cohorts[bucket] = kept;
        self.move_value(first_term, renewed, grown);
        renewal
    }

    fn move_value(&mut self, first_term: f64, renewed: f64, grown: f64) {
        self.first_term += first_term;
        self.renewed += renewed;
        self.grown += grown;
    }

    /// A deal won this week; its revenue starts next week.
    pub(super) fn join(&mut self, now: u32, number: u32, value: f64, model: CustomerModel) {
        if model != CustomerModel::Subscription {
            return;
        }
        let bucket = now as usize % self.value.len();
        self.count += 1;
        self.individual[bucket].push(Contract {
            number,
            today: false,
            renewals: 0,
            first: value,
            value,
        });
        self.value[bucket] += value;
        self.first_term += value;
    }

    /// A week's deals of a large segment.
    pub(super) fn join_cohort(&mut self, now: u32, count: u64, value: f64, model: CustomerModel) {
        if model != CustomerModel::Subscription {
            return;
        }
        let bucket = now as usize % self.value.len();
        self.count += count;
        let cohort = &mut self.cohorts[bucket][NEW];
        cohort.count += count;
        cohort.first += value;
        cohort.value += value;
        self.value[bucket] += value;
        self.first_term += value;
    }

    /// Annual value of today's customers now, and the same with growth left out.
    pub fn of_today(&self) -> (f64, f64) {
        let mut net = 0.0;
        let mut gross = 0.0;
        for contract in self.individual.iter().flatten().filter(|contract| contract.today) {
            net += contract.value;
            gross += contract.value.min(contract.first);
        }
        for cohorts in &self.cohorts {
            net += cohorts[TODAY].value;
            gross += cohorts[TODAY].value.min(cohorts[TODAY].first);
        }
        (net, gross)
    }
}
