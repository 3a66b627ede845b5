//! The luck that the law needs: addresses of draws, and who may watch what happens (docs/model.md, 2).

use super::company::Company;
use super::leads::Class;
use super::market::{Market, Pool};
use super::segment::DealValue;
use crate::chance::{binomial, hypergeometric, poisson};

/// What is drawn. Numbers are part of the streams: append, never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub enum Process {
    /// An unknown parameter.
    Input = 1,
    /// Innovation of the demand index.
    Demand = 2,
    /// Innovation of a channel's effectiveness index.
    Effectiveness = 3,
    /// Whether an event happens.
    Event = 4,
    /// Week in which it starts.
    EventStart = 5,
    /// Fractions of counts at the start.
    Fraction = 6,
    /// Remaining weeks of today's opportunities.
    OpenToday = 7,
    /// Return weeks of accounts that cool off today.
    CoolingToday = 8,
    /// Decision weeks of today's self-serve buyers.
    BuyingToday = 9,
    /// Class and fit of today's opportunities.
    KindToday = 10,
    /// Whether a seat is filled today.
    SeatToday = 11,
    /// Weeks until a seat that is vacant today is filled.
    VacancyToday = 12,
    /// Weeks since hire of a head of today.
    TenureToday = 13,
    /// Weeks that a head stays.
    Stay = 14,
    /// Talent of a head.
    Talent = 15,
    /// Aware accounts that forget.
    Forget = 16,
    /// Unaware accounts that become aware.
    Aware = 17,
    /// Inbound leads of aware accounts.
    InboundAware = 18,
    /// Inbound leads of unaware accounts.
    InboundUnaware = 19,
    /// Outbound leads of unaware accounts.
    OutboundUnaware = 20,
    /// Outbound leads of aware accounts.
    OutboundAware = 21,
    /// Referred leads.
    Referred = 22,
    /// Leads that fit.
    Fit = 23,
    /// Leads that need a rep.
    NeedsRep = 24,
    /// Fit ones among the leads worked.
    WorkedFit = 25,
    /// Worked leads that qualify.
    Qualify = 26,
    /// Length of the sales cycle.
    Cycle = 27,
    /// Opportunities that progress.
    Progress = 28,
    /// Opportunities won.
    Win = 29,
    /// Self-serve buyers who buy.
    SelfServe = 30,
    /// Values of deals.
    DealValue = 31,
    /// Renewals of today's customers.
    RenewalToday = 32,
    /// Renewals of won customers.
    RenewalWon = 33,
    /// Customers who drop out.
    DropOut = 34,
    /// Churned customers who may return.
    Returns = 35,
    /// Orders of customers.
    Orders = 36,
    /// Money of a week's orders.
    Baskets = 37,
}

/// Where a random number stands: the same address, the same number, whatever else happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// What is drawn.
    pub process: Process,
    /// Hash of the name of the segment, channel or role.
    pub who: u64,
    /// Week, 0 for the start.
    pub week: u32,
    /// Class, fit, seat or the like.
    pub lane: u32,
    /// Number within the lane.
    pub ordinal: u32,
}

impl Address {
    /// The only draw of a process in a week.
    pub const fn new(process: Process, who: u64, week: u32) -> Self {
        Self {
            process,
            who,
            week,
            lane: 0,
            ordinal: 0,
        }
    }

    /// The same in another lane.
    #[must_use]
    pub const fn lane(self, lane: u32) -> Self {
        Self { lane, ..self }
    }

    /// The same with another number.
    #[must_use]
    pub const fn ordinal(self, ordinal: u32) -> Self {
        Self { ordinal, ..self }
    }
}

/// Supplies every draw of the law.
pub trait Luck {
    /// A uniform number between 0 and 1, ends excluded.
    fn uniform(&mut self, at: Address) -> f64;

    /// How many of `n` do what each does with probability `p`.
    #[inline]
    fn count(&mut self, at: Address, n: u64, p: f64) -> u64 {
        if n == 0 || p <= 0.0 {
            0
        } else if p >= 1.0 {
            n
        } else {
            binomial::quantile(n, p, self.uniform(at))
        }
    }

    /// A Poisson number of this mean.
    #[inline]
    fn poisson(&mut self, at: Address, mean: f64) -> u64 {
        if mean <= 0.0 {
            0
        } else {
            poisson::quantile(mean, self.uniform(at))
        }
    }

    /// How many of `marked` are among `drawn` out of `population`, without replacement.
    #[inline]
    fn drawn(&mut self, at: Address, population: u64, marked: u64, drawn: u64) -> u64 {
        if marked == 0 || drawn == 0 {
            0
        } else if drawn >= population {
            marked
        } else if marked >= population {
            drawn
        } else {
            hypergeometric::quantile(population, marked, drawn, self.uniform(at))
        }
    }

    /// The value of a deal.
    #[inline]
    fn value(&mut self, at: Address, of: &DealValue) -> f64 {
        match of {
            DealValue::Fixed(value) => *value,
            _ => of.quantile(self.uniform(at)),
        }
    }
}

/// What happens next, to whoever must see the market as the law sees it then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Accounts of a segment become aware.
    Aware(usize),
    /// Touches were spread over all segments.
    Touches,
    /// Accounts of a segment become leads of a class.
    Leads(usize, Class),
    /// Work of a segment: opportunities progress, leads qualify.
    Work(usize),
    /// Leads of a segment whose last week this was die.
    Dying(usize),
}

/// What flows alone do not tell of a segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Note {
    /// Every open opportunity has a week less to go.
    Progressed,
    /// A deal of this week, reps' deals first, in small segments; annual value of subscriptions.
    Deal(f64),
    /// This week's deals of a large segment, and what they are worth together.
    Deals(u64, f64),
    /// The contract of a customer of today, or of a deal, by number, ended.
    Ended {
        /// A customer of today.
        today: bool,
        /// Number among today's customers or among deals.
        number: u32,
    },
    /// The same renewed, at this annual value.
    Renewed {
        /// A customer of today.
        today: bool,
        /// Number among today's customers or among deals.
        number: u32,
        /// Annual value from now on.
        value: f64,
    },
    /// Renewals of a cohort of a large segment.
    Cohort {
        /// 0 today's, 1 in their first term, 2 renewed before.
        origin: usize,
        /// Customers who left.
        left: u64,
        /// Annual value of the others together from now on.
        value: f64,
    },
    /// Orders, and what they are worth together.
    Orders(u64, f64),
    /// One-off revenue recognised.
    Recognised(f64),
}

/// Sees what happens, changes nothing.
pub trait Watch {
    /// A replication begins, from today's market.
    #[inline]
    fn start(&mut self, _company: &Company, _market: &Market) {}

    /// Something is about to happen.
    #[inline]
    fn before(&mut self, _week: u32, _next: Next, _company: &Company, _market: &Market) {}

    /// Something happened that no flow tells.
    #[inline]
    fn note(&mut self, _week: u32, _segment: usize, _note: Note) {}

    /// `n` accounts of a segment moved.
    #[inline]
    fn flow(&mut self, _week: u32, _segment: usize, _from: Pool, _to: Pool, _n: u64) {}

    /// A week is over.
    #[inline]
    fn week(&mut self, _week: u32, _market: &Market) {}
}

/// Watches nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nobody;

impl Watch for Nobody {}
