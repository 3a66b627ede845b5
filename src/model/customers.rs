//! Customers: relationship, revenue, renewals and drop-out, and the joining of the week's wins
//! (docs/model.md, 4.7).

use super::company::Company;
use super::contracts::{Contracts, Fate};
use super::luck::{Address, Luck, Note, Process, Watch};
use super::market::Pool;
use super::segment::CustomerModel;
use super::segment_law::SegmentLaw;
use super::staffing;
use super::sums::Item;
use super::week::Step;
use crate::chance::gamma;
use crate::units::time::WEEKS_PER_YEAR;

/// What a segment's customers owe and pay.
#[derive(Debug, Clone, Default)]
pub struct CustomerBook {
    /// Contracts of subscriptions.
    pub contracts: Contracts,
    /// Churn hazard cumulated to the end of each week, from week 0.
    pub(super) hazard: Vec<f64>,
    /// Value of one-off deals won last week, recognised this week.
    pub(super) unrecognised: f64,
    /// Commission earned this week.
    commission: f64,
    /// Commission earned last week, paid this week.
    commission_due: f64,
    /// Wins of the week that reps closed.
    pub(super) won_by_reps: u64,
    /// Money billed this week.
    pub(super) billed: f64,
    /// Orders of a customer a week, without the demand index.
    pub orders: f64,
    /// Today's customers who are expected to be left, where there are no contracts.
    of_today: f64,
}

impl CustomerBook {
    pub(super) fn start(&mut self, law: &SegmentLaw, customers: u64, weeks: u32) {
        self.hazard.clear();
        self.hazard.reserve(weeks as usize + 1);
        self.hazard.push(0.0);
        (self.billed, self.won_by_reps, self.commission) = (0.0, 0, 0.0);
        let won_last_week = law.today.wins + law.today.self_serve_wins;
        self.unrecognised = if law.model == CustomerModel::OneOff {
            won_last_week * law.moments.mean
        } else {
            0.0
        };
        self.commission_due = law.today.wins * law.commission * Self::value_of_a_win(law);
        self.orders = law.orders;
        self.of_today = customers as f64;
        let contracts = if law.model == CustomerModel::Subscription {
            customers
        } else {
            0
        };
        self.contracts.start(law, contracts);
    }

    /// Churn hazard of the `weeks` weeks that end with week `now`; before week 1 at today's churn.
    fn hazard_of(&self, law: &SegmentLaw, now: u32, weeks: u32) -> f64 {
        let end = self.hazard[now as usize];
        match now.checked_sub(weeks) {
            Some(start) => end - self.hazard[start as usize],
            None => end + law.churn * f64::from(weeks - now),
        }
    }

    /// Commission paid this week: what was earned last week.
    pub(super) fn pay_commission(&mut self) -> f64 {
        std::mem::replace(&mut self.commission_due, std::mem::take(&mut self.commission))
    }

    /// Annual value under contract.
    pub fn annual_value(&self) -> f64 {
        self.contracts.annual_value()
    }

    /// Annual value of a customer won, as the value rule and CAC payback count it.
    pub fn value_of_a_win(law: &SegmentLaw) -> f64 {
        match law.model {
            CustomerModel::Repeat => law.orders * WEEKS_PER_YEAR * law.basket_mean,
            CustomerModel::Subscription | CustomerModel::OneOff => law.moments.mean,
        }
    }
}

impl<L: Luck, W: Watch> Step<'_, L, W> {
    /// Relationship, revenue and orders, renewals and drop-out, then the week's wins join.
    pub(super) fn serve(&mut self) {
        for segment in 0..self.company.segments.len() {
            self.relate(segment);
        }
        for segment in 0..self.company.segments.len() {
            self.age_hazard(segment);
            match self.company.segments[segment].model {
                CustomerModel::Subscription => self.subscriptions(segment),
                CustomerModel::Repeat => self.orders(segment),
                CustomerModel::OneOff => self.one_off(segment),
            }
            self.join(segment);
        }
    }

    fn relate(&mut self, segment: usize) {
        let market = &*self.market;
        let coverage = staffing::coverage(
            &self.company.roles,
            segment,
            |s| market.segments[s].customers as f64,
            |role| market.teams[role].ramped,
        );
        let speed = self.company.segments[segment].relationship_speed;
        let state = &mut self.market.segments[segment];
        state.relationship += speed * (coverage - state.relationship);
    }

    fn away(&self, segment: usize) -> f64 {
        self.market.segments[segment].relationship - self.company.segments[segment].relationship_today
    }

    /// This week's churn hazard: churn × exp(−effect × (rel − rel today) − Σ cut × (R − R today)).
    fn age_hazard(&mut self, segment: usize) {
        let law = &self.company.segments[segment];
        let care = law.retention_effect * self.away(segment) + self.lift(|channel| channel.churn_cut);
        let lift = if care == 0.0 { 1.0 } else { libm::exp(-care) };
        let hazard = law.churn * lift * self.world.churn[self.now as usize];
        let book = &mut self.market.segments[segment].book;
        let before = book.hazard[self.now as usize - 1];
        book.hazard.push(before + hazard);
    }

    fn subscriptions(&mut self, segment: usize) {
        let company: &Company = self.company;
        let law = &company.segments[segment];
        let away = self.away(segment);
        let expansion = law.expansion + law.expansion_effect * away;
        let billing = self.schedule.finance.billing_weeks;
        let state = &mut self.market.segments[segment];
        let contracts = &mut state.book.contracts;
        let week = &mut self.market.week;
        week.add(Item::RevenueNew, contracts.first_term / WEEKS_PER_YEAR);
        week.add(Item::RevenueRenewal, contracts.renewed / WEEKS_PER_YEAR);
        week.add(Item::RevenueExpansion, contracts.grown / WEEKS_PER_YEAR);
        state.book.billed = contracts.bill(self.now, billing, law.contract_weeks);
        let hazard = state.book.hazard_of(law, self.now, law.contract_weeks);
        let growth = libm::exp(expansion * f64::from(law.contract_weeks) / WEEKS_PER_YEAR);
        let leaving = -libm::expm1(-hazard);
        let fate = Fate {
            now: self.now,
            leaving,
            growth,
        };
        let (luck, watch) = (&mut *self.luck, &mut *self.watch);
        let renewal = state
            .book
            .contracts
            .renew(law, fate, luck, |note| watch.note(fate.now, segment, note));
        self.market.week.add(
            Item::Bookings,
            renewal.value * f64::from(law.contract_weeks) / WEEKS_PER_YEAR,
        );
        self.market.week.add(Item::WonLost, renewal.left_won as f64);
        self.leave(segment, renewal.left);
    }

    fn orders(&mut self, segment: usize) {
        let law = &self.company.segments[segment];
        let lift = law.order_effect * self.away(segment) + self.lift(|channel| channel.order_lift);
        let rate = law.orders * if lift == 0.0 { 1.0 } else { libm::exp(lift) };
        let customers = self.market.segments[segment].customers;
        let mean = customers as f64 * rate * self.world.orders[self.now as usize];
        let orders = self
            .luck
            .poisson(Address::new(Process::Orders, law.key, self.now), mean);
        let money = self.baskets(law, orders);
        self.watch.note(self.now, segment, Note::Orders(orders, money));
        let book = &mut self.market.segments[segment].book;
        book.orders = rate;
        book.billed = money;
        self.market.week.add(Item::Orders, orders as f64);
        self.market.week.add(Item::RevenueRepeat, money);
        self.market.week.add(Item::Bookings, money);
        self.drop_out(segment);
    }

    /// Money of N orders: Gamma(N/cv², scale mean × cv²).
    fn baskets(&mut self, law: &SegmentLaw, orders: u64) -> f64 {
        let variance = law.basket_cv * law.basket_cv;
        if orders == 0 || variance <= 0.0 {
            return orders as f64 * law.basket_mean;
        }
        let u = self
            .luck
            .uniform(Address::new(Process::Baskets, law.key, self.now));
        gamma::quantile(orders as f64 / variance, u) * law.basket_mean * variance
    }

    fn one_off(&mut self, segment: usize) {
        let book = &mut self.market.segments[segment].book;
        let revenue = book.unrecognised;
        book.billed = revenue;
        book.unrecognised = 0.0;
        self.watch.note(self.now, segment, Note::Recognised(revenue));
        self.market.week.add(Item::RevenueNew, revenue);
        self.drop_out(segment);
    }

    fn drop_out(&mut self, segment: usize) {
        let law = &self.company.segments[segment];
        let state = &self.market.segments[segment];
        let leaving = -libm::expm1(-state.book.hazard_of(law, self.now, 1));
        let left = self.luck.count(
            Address::new(Process::DropOut, law.key, self.now),
            state.customers,
            leaving,
        );
        if left > 0 {
            let stayed = 1.0 - left as f64 / state.customers as f64;
            let book = &mut self.market.segments[segment].book;
            let won_lost = (left as f64 - book.of_today * (1.0 - stayed)).max(0.0);
            book.of_today *= stayed;
            self.market.week.add(Item::WonLost, won_lost);
        }
        self.leave(segment, left);
    }

    /// Churned customers cool off and return, or are gone.
    fn leave(&mut self, segment: usize, n: u64) {
        let law = &self.company.segments[segment];
        let back = self
            .luck
            .count(Address::new(Process::Returns, law.key, self.now), n, law.returns);
        self.shift(
            segment,
            Pool::Customers,
            Pool::Cooling(self.now + law.cool_off),
            back,
        );
        self.shift(segment, Pool::Customers, Pool::Left, n - back);
        self.market.week.add(Item::CustomersLost, n as f64);
    }

    /// The week's wins become customers; their deals get their values.
    fn join(&mut self, segment: usize) {
        let company = self.company;
        let law = &company.segments[segment];
        let state = &mut self.market.segments[segment];
        let won = state.won;
        if won == 0 {
            return;
        }
        let before = state.customers as f64;
        let with = before + won as f64;
        state.relationship = (state.relationship * before + law.relationship_today * won as f64) / with;
        let by_reps = std::mem::take(&mut state.book.won_by_reps);
        let mut value = 0.0;
        let mut value_by_reps = 0.0;
        if law.model == CustomerModel::Repeat {
            value = won as f64 * CustomerBook::value_of_a_win(law);
            value_by_reps = by_reps as f64 * CustomerBook::value_of_a_win(law);
        } else if law.large {
            let at = Address::new(Process::DealValue, law.key, self.now).lane(1);
            value = law.moments.sum(won, self.luck.uniform(at));
            value_by_reps = value * by_reps as f64 / won as f64;
            self.watch.note(self.now, segment, Note::Deals(won, value));
            state.book.contracts.join_cohort(self.now, won, value, law.model);
        } else {
            for deal in 0..won {
                let at = Address::new(Process::DealValue, law.key, 0).ordinal(state.deals);
                let worth = self.luck.value(at, &law.value);
                self.watch.note(self.now, segment, Note::Deal(worth));
                state.book.contracts.join(self.now, state.deals, worth, law.model);
                state.deals += 1;
                value += worth;
                if deal < by_reps {
                    value_by_reps += worth;
                }
            }
        }
        self.book_wins(segment, value, value_by_reps);
        self.shift(segment, Pool::Won, Pool::Customers, won);
    }

    fn book_wins(&mut self, segment: usize, value: f64, value_by_reps: f64) {
        let law = &self.company.segments[segment];
        let margin = self.schedule.finance.margin;
        let book = &mut self.market.segments[segment].book;
        let yearly_churn = law.churn * WEEKS_PER_YEAR;
        let week = &mut self.market.week;
        let (signed, lifetime) = match law.model {
            CustomerModel::Subscription => (
                value * f64::from(law.contract_weeks) / WEEKS_PER_YEAR,
                value * margin / yearly_churn,
            ),
            CustomerModel::Repeat => (0.0, value * margin / yearly_churn),
            CustomerModel::OneOff => {
                book.unrecognised = value;
                (value, value * margin)
            }
        };
        book.commission += law.commission * value_by_reps;
        week.add(Item::Bookings, signed);
        if law.model != CustomerModel::OneOff {
            week.add(Item::NewAnnualValue, value);
        }
        week.add(Item::ValueWonByReps, value_by_reps);
        week.add(Item::LifetimeValue, lifetime);
    }
}
