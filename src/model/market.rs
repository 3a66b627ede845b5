//! The market of one replication under one plan: pools of accounts, teams, money of the week (docs/model.md, 3).

use super::company::Company;
use super::customers::CustomerBook;
use super::leads::{Class, Kind};
use super::luck::{Address, Luck, Process};
use super::schedule::Schedule;
use super::seats::Team;
use super::segment_law::SegmentLaw;
use super::sums::Sums;

/// Where an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pool {
    /// Has never heard of us, or forgot.
    Unaware,
    /// Knows us.
    Aware,
    /// A lead waiting for a rep.
    Lead {
        /// Where it came from.
        class: Class,
        /// Does not fit.
        misfit: bool,
        /// Week of arrival.
        arrival: u32,
    },
    /// A self-serve lead that does not fit, until the closings of its week.
    SelfServeMisfit,
    /// A fit self-serve lead that decides in this week.
    Buying(u32),
    /// Qualified this week.
    Qualified(Kind),
    /// An opportunity with so many worked weeks left.
    Open(Kind, u32),
    /// An opportunity that closes this week.
    Closing(Kind),
    /// Won this week.
    Won,
    /// Under contract or buying again.
    Customers,
    /// Aware again in this week.
    Cooling(u32),
    /// Gone for good.
    Left,
}

/// The pools of a segment.
#[derive(Debug, Clone, Default)]
pub struct SegmentState {
    /// Accounts that have never heard of us.
    pub unaware: u64,
    /// Accounts that know us.
    pub aware: u64,
    /// Waiting leads: `[arrival % (stop_after + 1)]`, then class × 2 + misfit.
    leads: Vec<[u64; 6]>,
    self_serve_misfit: u64,
    buying: Vec<u64>,
    qualified: [u64; 4],
    /// By kind and remaining weeks: `[kind * slots + (head + remaining) % slots]`.
    open: Vec<u64>,
    slots: usize,
    head: usize,
    /// Open opportunities by kind.
    pub open_by_kind: [u64; 4],
    closing: [u64; 4],
    pub(super) won: u64,
    /// Customers.
    pub customers: u64,
    cooling: Vec<u64>,
    left: u64,
    /// How well customers are looked after, 0 to 1.
    pub relationship: f64,
    /// Availability, 0 to 1.
    pub availability: f64,
    /// Touches of this week.
    pub(super) touches: f64,
    /// Deals won so far.
    pub(super) deals: u32,
    /// Contracts and orders.
    pub(super) book: CustomerBook,
}

impl SegmentState {
    /// The counter of a pool.
    #[inline]
    pub(super) fn slot(&mut self, pool: Pool) -> &mut u64 {
        match pool {
            Pool::Unaware => &mut self.unaware,
            Pool::Aware => &mut self.aware,
            Pool::Lead {
                class,
                misfit,
                arrival,
            } => {
                let ring = self.leads.len() as u32;
                &mut self.leads[(arrival % ring) as usize][class.index() * 2 + usize::from(misfit)]
            }
            Pool::SelfServeMisfit => &mut self.self_serve_misfit,
            Pool::Buying(week) => {
                let ring = self.buying.len() as u32;
                &mut self.buying[(week % ring) as usize]
            }
            Pool::Qualified(kind) => &mut self.qualified[kind.index()],
            Pool::Open(kind, remaining) => {
                let slot = self.place(kind, remaining);
                &mut self.open[slot]
            }
            Pool::Closing(kind) => &mut self.closing[kind.index()],
            Pool::Won => &mut self.won,
            Pool::Customers => &mut self.customers,
            Pool::Cooling(week) => {
                let ring = self.cooling.len() as u32;
                &mut self.cooling[(week % ring) as usize]
            }
            Pool::Left => &mut self.left,
        }
    }

    /// Waiting leads of a class that arrived in a week: (fit, misfit).
    #[inline]
    pub fn waiting(&self, class: Class, arrival: u32) -> (u64, u64) {
        let cell = &self.leads[arrival as usize % self.leads.len()];
        (cell[class.index() * 2], cell[class.index() * 2 + 1])
    }

    /// Waiting leads by week of arrival, from this week backwards; class × 2 + misfit within a week.
    pub(super) fn waiting_rows(&self, now: u32) -> impl Iterator<Item = &[u64; 6]> {
        let (until_now, before) = self.leads.split_at(now as usize % self.leads.len() + 1);
        until_now.iter().rev().chain(before.iter().rev())
    }

    /// All waiting leads.
    pub fn waiting_all(&self) -> u64 {
        self.leads.iter().flatten().sum()
    }

    /// All open opportunities.
    pub fn open_all(&self) -> u64 {
        self.open_by_kind.iter().sum()
    }

    /// Opportunities of a kind with so many worked weeks left.
    #[inline]
    pub fn open(&self, kind: Kind, remaining: u32) -> u64 {
        self.open[self.place(kind, remaining)]
    }

    #[inline]
    fn place(&self, kind: Kind, remaining: u32) -> usize {
        let ahead = self.head + remaining as usize;
        kind.index() * self.slots
            + if ahead < self.slots {
                ahead
            } else {
                ahead - self.slots
            }
    }

    /// Self-serve buyers who decide in a week.
    pub fn deciding(&self, week: u32) -> u64 {
        self.buying[week as usize % self.buying.len()]
    }

    /// Accounts that are aware again in a week.
    pub fn cooling(&self, week: u32) -> u64 {
        self.cooling[week as usize % self.cooling.len()]
    }

    /// Longest remaining time that the pools hold.
    pub fn longest(&self) -> u32 {
        self.slots as u32 - 1
    }

    /// Every open opportunity has a week less to go; those with none left are at remaining 0.
    pub(super) fn rotate(&mut self) {
        self.head = (self.head + 1) % self.slots;
    }

    /// Every account, wherever it is.
    pub fn accounts(&self) -> u64 {
        self.unaware
            + self.aware
            + self.waiting_all()
            + self.self_serve_misfit
            + self.buying.iter().sum::<u64>()
            + self.qualified.iter().sum::<u64>()
            + self.open.iter().sum::<u64>()
            + self.closing.iter().sum::<u64>()
            + self.won
            + self.customers
            + self.cooling.iter().sum::<u64>()
            + self.left
    }

    fn clear(&mut self, law: &SegmentLaw) {
        self.leads.clear();
        self.leads.resize(law.stop_after as usize + 1, [0; 6]);
        self.buying.clear();
        self.buying.resize(law.decision_weeks as usize + 1, 0);
        self.cooling.clear();
        self.cooling.resize(law.cool_off as usize + 1, 0);
        self.slots = law.cycle.longest() as usize + 1;
        self.head = 0;
        self.open.clear();
        self.open.resize(self.slots * Kind::ALL.len(), 0);
        (self.qualified, self.open_by_kind, self.closing) = ([0; 4], [0; 4], [0; 4]);
        (self.self_serve_misfit, self.won, self.left, self.deals) = (0, 0, 0, 0);
        self.relationship = law.relationship_today;
        self.availability = law.availability_today;
    }

    fn start<L: Luck>(&mut self, law: &SegmentLaw, weeks: u32, luck: &mut L) {
        self.clear(law);
        let mut rounded = |expected: f64, lane: u32| {
            let whole = expected.max(0.0).floor();
            let at = Address::new(Process::Fraction, law.key, 0).lane(lane);
            whole as u64 + luck.count(at, 1, expected.max(0.0) - whole)
        };
        let start = &law.start;
        self.customers = rounded(start.customers, 0).min(law.accounts);
        let aware = rounded(start.aware_total, 1).min(law.accounts - self.customers);
        let open = rounded(start.open, 2).min(aware);
        let cooling = rounded(start.cooling, 3).min(aware - open);
        let buying = rounded(start.buying, 4).min(aware - open - cooling);
        self.unaware = law.accounts - self.customers - aware;
        self.aware = aware - open - cooling - buying;
        self.start_open(law, open, luck);
        let at = Address::new(Process::CoolingToday, law.key, 0);
        spread_evenly(cooling, law.cool_off, at, luck, |week, n| {
            *self.slot(Pool::Cooling(week)) += n
        });
        let at = Address::new(Process::BuyingToday, law.key, 0);
        spread_evenly(buying, law.decision_weeks, at, luck, |week, n| {
            *self.slot(Pool::Buying(week)) += n
        });
        self.book.start(law, self.customers, weeks);
    }

    /// Today's opportunities: kinds as in today's qualified flow, remaining weeks j in proportion to P(T ≥ j).
    fn start_open<L: Luck>(&mut self, law: &SegmentLaw, open: u64, luck: &mut L) {
        let mut left = open;
        let mut flow: f64 = law.today.qualified.iter().sum();
        for kind in Kind::ALL {
            let part = law.today.qualified[kind.index()];
            let at = Address::new(Process::KindToday, law.key, 0).lane(kind.index() as u32);
            let share = if flow > 0.0 { (part / flow).min(1.0) } else { 1.0 };
            let n = luck.count(at, left, share);
            left -= n;
            flow -= part;
            self.open_by_kind[kind.index()] += n;
            let at = Address {
                process: Process::OpenToday,
                ..at
            };
            let mut unplaced = n;
            let mut weight = law.cycle.mean();
            for remaining in 1..=law.cycle.longest() {
                let part = law.cycle.at_least(remaining);
                let share = if remaining == law.cycle.longest() {
                    1.0
                } else {
                    (part / weight).min(1.0)
                };
                let here = luck.count(at.ordinal(remaining), unplaced, share);
                *self.slot(Pool::Open(kind, remaining)) += here;
                unplaced -= here;
                weight -= part;
                if unplaced == 0 {
                    break;
                }
            }
        }
        self.aware += left;
    }
}

/// Spreads `n` evenly at random over the weeks 1 to `weeks`.
fn spread_evenly<L: Luck>(n: u64, weeks: u32, at: Address, luck: &mut L, mut put: impl FnMut(u32, u64)) {
    let mut left = n;
    for week in 1..=weeks {
        if left == 0 {
            return;
        }
        let here = luck.count(at.ordinal(week), left, 1.0 / f64::from(weeks - week + 1));
        left -= here;
        put(week, here);
    }
}

/// Everything that lives.
#[derive(Debug, Clone, Default)]
pub struct Market {
    /// Per segment.
    pub segments: Vec<SegmentState>,
    /// Per role.
    pub teams: Vec<Team>,
    /// Response of each channel this week, luck included.
    pub response: Vec<f64>,
    /// Insight, closed deals.
    pub insight: f64,
    /// Learned, 0 to 1.
    pub learned: f64,
    /// Opportunities closed this week.
    pub(super) closed: u64,
    /// Hours carried by each group of sellers.
    pub(super) carried: Vec<f64>,
    /// Work on the desk, scratch of `work`.
    pub(super) desk: super::desk::Desk,
    /// Sums of this week.
    pub week: Sums,
    /// Sums of the horizon.
    pub totals: Sums,
    /// Money.
    pub money: super::books::Money,
}

impl Market {
    /// Today's market, drawn anew into buffers that are kept.
    pub fn start<L: Luck>(
        &mut self,
        company: &Company,
        schedule: &Schedule,
        cash: Option<f64>,
        luck: &mut L,
    ) {
        self.segments
            .resize_with(company.segments.len(), SegmentState::default);
        for (state, law) in self.segments.iter_mut().zip(&company.segments) {
            state.start(law, schedule.weeks, luck);
        }
        self.teams.resize_with(company.roles.len(), Team::default);
        for (position, team) in self.teams.iter_mut().enumerate() {
            let targets = schedule.targets_of(position);
            team.start(&company.roles[position], targets, luck);
        }
        self.response.clear();
        self.response.resize(company.channels.len(), 0.0);
        self.insight = company.insight_today;
        self.learned = company.learned_today;
        self.closed = 0;
        self.carried.clear();
        self.carried.resize(company.groups.len(), 0.0);
        self.week.clear(company.channels.len(), company.roles.len());
        self.totals.clear(company.channels.len(), company.roles.len());
        self.start_money(company, schedule, cash);
    }

    /// Whether every segment has as many accounts as at the start.
    pub fn accounts_conserved(&self, company: &Company) -> bool {
        self.segments
            .iter()
            .zip(&company.segments)
            .all(|(state, law)| state.accounts() == law.accounts)
    }
}
