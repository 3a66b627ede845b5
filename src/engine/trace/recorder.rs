//! Sees every flow of a replication and says whose it was.

use super::super::streams::Addressed;
use super::contracts::Contracts;
use super::crowd::Crowd;
use super::draws::{Draws, Lane};
use super::event::{Event, Hear, Kind};
use crate::model::company::Company;
use crate::model::customers::CustomerBook;
use crate::model::leads::Class;
use crate::model::luck::{Next, Note, Watch};
use crate::model::market::{Market, Pool};
use crate::model::segment::CustomerModel;
use crate::model::sources::{self, Part, Source};
use crate::units::time::WEEKS_PER_YEAR;

/// Names the accounts of a replication, over the weeks of the horizon.
pub(super) struct Recorder<'a, S> {
    pub(super) luck: Addressed,
    pub(super) horizon: u32,
    pub(super) segments: Vec<Named>,
    pub(super) sink: &'a mut S,
}

/// The accounts of a segment by name, and what their labels depend on.
#[derive(Debug, Clone)]
pub(super) struct Named {
    segment: usize,
    model: CustomerModel,
    no_decision_share: f64,
    value_of_a_win: f64,
    basket_cv: f64,
    crowd: Crowd,
    contracts: Contracts,
    draws: Draws,
    /// Twice the week after the last event, plus 1 for a customer who left; 0 before the first.
    last: Vec<u32>,
    /// Class of the leads that arrive.
    class: Class,
    aware: Vec<Part>,
    /// By aware before × 2 + misfit.
    inbound: [Vec<Part>; 4],
    touches: Vec<Part>,
    work: Vec<Part>,
    /// Leads that cool off from now on were not called in time.
    dying: bool,
    /// Subscribers whose contract ended this week, with its value.
    leaving: Vec<(u32, f64)>,
    /// One-off deals to be recognised next week.
    pending: Vec<(u32, f64)>,
    moving: Vec<u32>,
}

impl<S: Hear> Watch for Recorder<'_, S> {
    fn start(&mut self, company: &Company, market: &Market) {
        self.sink.start(company, market);
        let all = 0..company.segments.len();
        self.segments = all
            .map(|segment| Named::of(company, market, segment, &self.luck))
            .collect();
    }

    fn before(&mut self, week: u32, next: Next, company: &Company, market: &Market) {
        if week > self.horizon {
            return;
        }
        match next {
            Next::Aware(s) => sources::of_awareness(company, market, s, &mut self.segments[s].aware),
            Next::Touches => {
                for (s, named) in self.segments.iter_mut().enumerate() {
                    sources::of_touches(company, market, s, &mut named.touches);
                }
            }
            Next::Leads(s, class) => {
                let named = &mut self.segments[s];
                named.class = class;
                for (case, parts) in named.inbound.iter_mut().enumerate() {
                    let case = (case >= 2, case % 2 == 1);
                    sources::of_inbound(company, market, s, case, parts);
                }
            }
            Next::Work(s) => {
                let named = &mut self.segments[s];
                named.dying = false;
                sources::of_work(company, market, s, &mut named.work);
            }
            Next::Dying(s) => self.segments[s].dying = true,
        }
    }

    fn note(&mut self, week: u32, segment: usize, note: Note) {
        if week <= self.horizon {
            self.segments[segment].note(week, note, self.sink);
        }
    }

    fn flow(&mut self, week: u32, segment: usize, from: Pool, to: Pool, n: u64) {
        if week <= self.horizon {
            self.segments[segment].flow(week, (from, to), n, self.sink);
        }
    }

    fn week(&mut self, week: u32, market: &Market) {
        if week > self.horizon {
            return;
        }
        for (named, state) in self.segments.iter_mut().zip(&market.segments) {
            named.contracts.settle(week);
            debug_assert!(
                named.crowd.agrees(state, named.contracts.count(), week),
                "week {week}: names and counts of segment {} differ",
                named.segment
            );
            if week == self.horizon {
                named.end(week, self.sink);
            }
        }
    }
}

impl Named {
    fn of(company: &Company, market: &Market, segment: usize, luck: &Addressed) -> Self {
        let (law, state) = (&company.segments[segment], &market.segments[segment]);
        let mut crowd = Crowd::of(law, state);
        let contracts = if law.model == CustomerModel::Subscription {
            Contracts::of(law, std::mem::take(&mut crowd.customers))
        } else {
            Contracts::default()
        };
        Self {
            segment,
            model: law.model,
            no_decision_share: law.no_decision_share,
            value_of_a_win: CustomerBook::value_of_a_win(law),
            basket_cv: law.basket_cv,
            crowd,
            contracts,
            draws: Draws::new(luck, law.key),
            last: vec![0; law.accounts as usize],
            class: Class::Inbound,
            aware: Vec::new(),
            inbound: Default::default(),
            touches: Vec::new(),
            work: Vec::new(),
            dying: false,
            leaving: Vec::new(),
            pending: Vec::new(),
            moving: Vec::new(),
        }
    }

    /// An event of an account, with its wait.
    fn tell(
        &mut self,
        (week, kind): (u32, Kind),
        account: u32,
        by: Option<Source>,
        value: Option<f64>,
        sink: &mut impl Hear,
    ) {
        let last = &mut self.last[account as usize];
        let wait = (*last / 2).checked_sub(1).map(|before| week - before);
        if !kind.is_money() {
            let left = matches!(kind, Kind::Churned | Kind::Gone);
            *last = (week + 1) * 2 + u32::from(left);
        }
        sink.event(&Event {
            segment: self.segment,
            account: Some(account + 1),
            week,
            kind,
            by,
            wait,
            value,
        });
    }

    fn flow(&mut self, week: u32, (from, to): (Pool, Pool), n: u64, sink: &mut impl Hear) {
        if from == Pool::Customers {
            return self.leave(week, to, n, sink);
        }
        if from == Pool::Won {
            return self.join(week, sink);
        }
        let mut moving = std::mem::take(&mut self.moving);
        self.crowd.take(week, from, n, &mut self.draws, &mut moving);
        for account in &moving {
            self.step(week, (from, to), *account, sink);
        }
        self.crowd.pool(to, from).append(&mut moving);
        self.moving = moving;
    }

    /// What a move means for an account.
    fn step(&mut self, week: u32, (from, to): (Pool, Pool), account: u32, sink: &mut impl Hear) {
        let plain = |kind| (kind, None);
        let (kind, by) = match (from, to) {
            (Pool::Unaware, Pool::Aware) => (Kind::Aware, self.draws.source(week, &self.aware)),
            (Pool::Aware, Pool::Unaware) => plain(Kind::Forgot),
            (Pool::Unaware | Pool::Aware, Pool::Lead { misfit, .. }) => {
                (Kind::Lead, self.lead_source(week, from, misfit))
            }
            (Pool::Unaware | Pool::Aware, to) => {
                let misfit = to == Pool::SelfServeMisfit;
                (Kind::SelfServeLead, self.lead_source(week, from, misfit))
            }
            (Pool::Lead { .. }, Pool::Cooling(_)) if self.dying => plain(Kind::Expired),
            (Pool::Lead { misfit, .. }, to) => {
                let role = self.draws.source(week, &self.work);
                self.tell((week, Kind::Worked), account, role, None, sink);
                let kind = match (to, misfit) {
                    (Pool::Qualified(_), _) => Kind::Opportunity,
                    (_, true) => Kind::Misfit,
                    (_, false) => Kind::Disqualified,
                };
                (kind, role)
            }
            (Pool::Closing(kind), Pool::Cooling(_)) => {
                let role = self.draws.source(week, &self.work);
                (self.loss(week, kind.is_misfit()), role)
            }
            (Pool::SelfServeMisfit, _) => plain(Kind::SelfServeMisfit),
            (Pool::Buying(_), Pool::Cooling(_)) => plain(Kind::NotBought),
            (Pool::Cooling(_), _) => {
                let was_customer = self.last[account as usize] % 2 == 1;
                plain(if was_customer {
                    Kind::Returned
                } else {
                    Kind::CooledOff
                })
            }
            // The others are steps within a stage, or wait for the value of the deal.
            _ => return,
        };
        self.tell((week, kind), account, by, None, sink);
    }

    fn lead_source(&mut self, week: u32, from: Pool, misfit: bool) -> Option<Source> {
        match self.class {
            Class::Referred => Some(Source::Referral),
            Class::Outbound => self.draws.source(week, &self.touches),
            Class::Inbound => {
                let case = usize::from(from == Pool::Aware) * 2 + usize::from(misfit);
                self.draws.source(week, &self.inbound[case])
            }
        }
    }

    fn loss(&mut self, week: u32, misfit: bool) -> Kind {
        if misfit {
            Kind::LostMisfit
        } else if self.draws.uniform(week, Lane::Decision) < self.no_decision_share {
            Kind::NoDecision
        } else {
            Kind::Lost
        }
    }

    fn note(&mut self, week: u32, note: Note, sink: &mut impl Hear) {
        match note {
            Note::Progressed => self.crowd.progress(),
            Note::Deal(value) => self.deal(week, value, sink),
            Note::Deals(n, value) => {
                for _ in 0..n {
                    self.deal(week, value / n as f64, sink);
                }
            }
            Note::Ended { today, number } => self.renew(week, (today, number), None, sink),
            Note::Renewed { today, number, value } => self.renew(week, (today, number), Some(value), sink),
            Note::Cohort { origin, left, value } => {
                let mut renewals = Vec::new();
                let of = (week, origin);
                self.contracts
                    .renew_cohort(of, left, value, &mut self.draws, &mut renewals);
                for renewal in renewals {
                    self.tell_renewal(week, renewal, sink);
                }
            }
            Note::Orders(n, money) => self.order(week, n, money, sink),
            Note::Recognised(money) => self.recognise(week, money, sink),
        }
    }

    /// A deal won this week, reps' deals first.
    fn deal(&mut self, week: u32, value: f64, sink: &mut impl Hear) {
        let by_rep = self.crowd.won_by_reps.pop();
        let Some(account) = by_rep.or_else(|| self.crowd.won_alone.pop()) else {
            return;
        };
        self.tell_win(week, account, by_rep.is_some(), value, sink);
        match self.model {
            CustomerModel::Subscription => self.contracts.join(account, week, value),
            CustomerModel::OneOff => {
                self.pending.push((account, value));
                self.crowd.customers.push(account);
            }
            CustomerModel::Repeat => self.crowd.customers.push(account),
        }
    }

    fn tell_win(&mut self, week: u32, account: u32, by_rep: bool, value: f64, sink: &mut impl Hear) {
        let (kind, by) = if by_rep {
            (Kind::Won, self.draws.source(week, &self.work))
        } else {
            (Kind::SelfServeWon, None)
        };
        self.tell((week, kind), account, by, Some(value), sink);
    }

    /// The week's wins are customers; those whose deals have no value of their own are told now.
    fn join(&mut self, week: u32, sink: &mut impl Hear) {
        while !(self.crowd.won_by_reps.is_empty() && self.crowd.won_alone.is_empty()) {
            self.deal(week, self.value_of_a_win, sink);
        }
    }

    fn renew(&mut self, week: u32, (today, number): (bool, u32), value: Option<f64>, sink: &mut impl Hear) {
        if let Some(renewal) = self.contracts.renew(week, today, number, value) {
            self.tell_renewal(week, renewal, sink);
        }
    }

    fn tell_renewal(&mut self, week: u32, renewal: super::contracts::Renewal, sink: &mut impl Hear) {
        let before = renewal.before;
        self.tell_term(week, before.account, before.since, before.value, sink);
        let Some((after, grown)) = renewal.after else {
            self.leaving.push((before.account, before.value));
            return;
        };
        self.tell(
            (week, Kind::Renewed),
            after.account,
            None,
            Some(after.value),
            sink,
        );
        if grown != 0.0 {
            self.tell((week, Kind::Expanded), after.account, None, Some(grown), sink);
        }
    }

    /// Revenue of a contract since its term began.
    fn tell_term(&mut self, week: u32, account: u32, since: u32, value: f64, sink: &mut impl Hear) {
        let money = f64::from(week - since) * value / WEEKS_PER_YEAR;
        if money != 0.0 {
            self.tell((week, Kind::Revenue), account, None, Some(money), sink);
        }
    }

    fn leave(&mut self, week: u32, to: Pool, n: u64, sink: &mut impl Hear) {
        let kind = if to == Pool::Left {
            Kind::Gone
        } else {
            Kind::Churned
        };
        let mut moving = std::mem::take(&mut self.moving);
        if self.model == CustomerModel::Subscription {
            moving.clear();
            for _ in 0..n {
                let place = self.draws.place(week, Lane::Who, self.leaving.len());
                let (account, value) = self.leaving.swap_remove(place);
                self.tell((week, kind), account, None, Some(value), sink);
                moving.push(account);
            }
        } else {
            let from = Pool::Customers;
            self.crowd.take(week, from, n, &mut self.draws, &mut moving);
            for account in &moving {
                self.tell((week, kind), *account, None, None, sink);
            }
        }
        self.crowd.pool(to, Pool::Customers).append(&mut moving);
        self.moving = moving;
    }

    /// Every order is anybody's; baskets share the week's money.
    fn order(&mut self, week: u32, n: u64, money: f64, sink: &mut impl Hear) {
        if !sink.hears_money() {
            return;
        }
        let weights: Vec<f64> = (0..n).map(|_| self.draws.basket(week, self.basket_cv)).collect();
        let all: f64 = weights.iter().sum();
        for weight in weights {
            let place = self.draws.place(week, Lane::Buyer, self.crowd.customers.len());
            let buyer = self.crowd.customers[place];
            self.tell((week, Kind::Order), buyer, None, Some(money * weight / all), sink);
        }
    }

    /// One-off deals of last week; those of week 0 are nobody's.
    fn recognise(&mut self, week: u32, money: f64, sink: &mut impl Hear) {
        let pending = std::mem::take(&mut self.pending);
        if week == 1 && money != 0.0 {
            sink.event(&Event {
                segment: self.segment,
                account: None,
                week,
                kind: Kind::Revenue,
                by: None,
                wait: None,
                value: Some(money),
            });
        }
        for (account, value) in pending {
            self.tell((week, Kind::Revenue), account, None, Some(value), sink);
        }
    }

    /// The horizon ends: revenue of the terms that run.
    fn end(&mut self, week: u32, sink: &mut impl Hear) {
        let contracts = std::mem::take(&mut self.contracts);
        for contract in contracts.all() {
            self.tell_term(week, contract.account, contract.since, contract.value, sink);
        }
    }
}
