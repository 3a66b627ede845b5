//! The accounts of a segment by name: who stands in which pool, laid out as the market counts them.

use super::draws::{Draws, Lane};
use crate::model::leads::{Class, Kind};
use crate::model::market::{Pool, SegmentState};
use crate::model::segment_law::SegmentLaw;

/// Numbers of accounts from 0, in no order that means anything.
type Names = Vec<u32>;

/// Who stands where.
#[derive(Debug, Clone, Default)]
pub(super) struct Crowd {
    pub(super) unaware: Names,
    pub(super) aware: Names,
    leads: Vec<[Names; 6]>,
    self_serve_misfit: Names,
    buying: Vec<Names>,
    qualified: [Names; 4],
    open: Vec<Names>,
    slots: usize,
    head: usize,
    closing: [Names; 4],
    /// Won this week by reps.
    pub(super) won_by_reps: Names,
    /// Won this week without a rep.
    pub(super) won_alone: Names,
    /// Customers without contracts; of subscriptions those who leave this week.
    pub(super) customers: Names,
    cooling: Vec<Names>,
    left: Names,
}

impl Crowd {
    /// Today's accounts in the order of their numbers: customers, open opportunities, deciding, cooling, aware, unaware.
    pub(super) fn of(law: &SegmentLaw, state: &SegmentState) -> Self {
        let mut crowd = Self {
            leads: vec![Default::default(); law.stop_after as usize + 1],
            buying: vec![Vec::new(); law.decision_weeks as usize + 1],
            cooling: vec![Vec::new(); law.cool_off as usize + 1],
            slots: state.longest() as usize + 1,
            open: vec![Vec::new(); (state.longest() as usize + 1) * Kind::ALL.len()],
            ..Self::default()
        };
        let mut next = 0;
        let mut put = |pool: &mut Names, n: u64| {
            pool.extend(next..next + n as u32);
            next += n as u32;
        };
        put(&mut crowd.customers, state.customers);
        for kind in Kind::ALL {
            for remaining in 1..=state.longest() {
                let place = crowd.place(kind, remaining);
                put(&mut crowd.open[place], state.open(kind, remaining));
            }
        }
        // Those who decide in week 0 have decided.
        for week in 1..=law.decision_weeks {
            let ring = crowd.buying.len();
            put(&mut crowd.buying[week as usize % ring], state.deciding(week));
        }
        for week in 1..=law.cool_off {
            let ring = crowd.cooling.len();
            put(&mut crowd.cooling[week as usize % ring], state.cooling(week));
        }
        put(&mut crowd.aware, state.aware);
        put(&mut crowd.unaware, state.unaware);
        crowd
    }

    fn place(&self, kind: Kind, remaining: u32) -> usize {
        kind.index() * self.slots + (self.head + remaining as usize) % self.slots
    }

    /// Every open opportunity has a week less to go.
    pub(super) fn progress(&mut self) {
        self.head = (self.head + 1) % self.slots;
    }

    /// Who stands in a pool; `from` tells how somebody came to be won.
    pub(super) fn pool(&mut self, pool: Pool, from: Pool) -> &mut Names {
        match pool {
            Pool::Unaware => &mut self.unaware,
            Pool::Aware => &mut self.aware,
            Pool::Lead {
                class,
                misfit,
                arrival,
            } => {
                let ring = self.leads.len();
                &mut self.leads[arrival as usize % ring][class.index() * 2 + usize::from(misfit)]
            }
            Pool::SelfServeMisfit => &mut self.self_serve_misfit,
            Pool::Buying(week) => {
                let ring = self.buying.len();
                &mut self.buying[week as usize % ring]
            }
            Pool::Qualified(kind) => &mut self.qualified[kind.index()],
            Pool::Open(kind, remaining) => {
                let place = self.place(kind, remaining);
                &mut self.open[place]
            }
            Pool::Closing(kind) => &mut self.closing[kind.index()],
            Pool::Won if matches!(from, Pool::Buying(_)) => &mut self.won_alone,
            Pool::Won => &mut self.won_by_reps,
            Pool::Customers => &mut self.customers,
            Pool::Cooling(week) => {
                let ring = self.cooling.len();
                &mut self.cooling[week as usize % ring]
            }
            Pool::Left => &mut self.left,
        }
    }

    /// Takes `n` of a pool, all of its members alike.
    pub(super) fn take(&mut self, week: u32, from: Pool, n: u64, draws: &mut Draws, to: &mut Names) {
        let names = self.pool(from, from);
        to.clear();
        if n as usize >= names.len() {
            to.append(names);
            return;
        }
        for _ in 0..n {
            let place = draws.place(week, Lane::Who, names.len());
            to.push(names.swap_remove(place));
        }
    }

    /// Whether as many stand in every pool as the market counts; customers with contracts are held elsewhere.
    pub(super) fn agrees(&self, state: &SegmentState, contracts: usize, week: u32) -> bool {
        let all = |pools: &[Names]| pools.iter().map(Vec::len).sum::<usize>() as u64;
        let waiting = |class: Class| {
            let mut arrivals = week.saturating_sub(self.leads.len() as u32 - 1)..=week;
            arrivals.all(|arrival| {
                let here = &self.leads[arrival as usize % self.leads.len()];
                let named = (
                    here[class.index() * 2].len() as u64,
                    here[class.index() * 2 + 1].len() as u64,
                );
                named == state.waiting(class, arrival)
            })
        };
        let open = Kind::ALL.iter().all(|kind| {
            let mut places = 0..self.slots as u32;
            places.all(|remaining| {
                self.open[self.place(*kind, remaining)].len() as u64 == state.open(*kind, remaining)
            })
        });
        let cooling = (0..self.cooling.len() as u32)
            .map(|week| state.cooling(week))
            .sum::<u64>();
        open && Class::ALL.into_iter().all(waiting)
            && self.unaware.len() as u64 == state.unaware
            && self.aware.len() as u64 == state.aware
            && (self.customers.len() + contracts) as u64 == state.customers
            && all(&self.cooling) == cooling
            && self.won_by_reps.is_empty()
            && self.won_alone.is_empty()
    }
}
