//! Customers and learning: docs/model.md, 4.7 and 4.8.

use super::account::Place;
use super::facts::{coverage, whole};
use super::market::{Market, instalment};
use super::tally::What;
use super::today::learned;
use gtm_sim::model::segment::CustomerModel;

impl Market<'_> {
    pub fn serve(&mut self, now: usize) {
        let ramped: Vec<f64> = self.staffed.iter().map(|week| week.ramped).collect();
        let customers: Vec<f64> = (0..self.crowds.len()).map(|s| self.customers(s)).collect();
        for s in 0..self.crowds.len() {
            let covered = coverage(self.scenario, s, &ramped, &customers);
            let crowd = &mut self.crowds[s];
            let speed = self.scenario.segments[s].customers.relationship_speed;
            crowd.relationship += speed * (covered - crowd.relationship);
        }
        for s in 0..self.crowds.len() {
            let hazard = self.churn_hazard(s, now);
            self.crowds[s].churned.push(hazard);
            match self.scenario.segments[s].customers.model {
                CustomerModel::Subscription => {
                    self.recognise(s, now);
                    self.renew(s, now);
                }
                CustomerModel::Repeat => {
                    self.order(s, now);
                    self.drop_out(s, hazard, now);
                }
                CustomerModel::OneOff => {
                    let money = self.crowds[s].unrecognised;
                    self.crowds[s].unrecognised = self.crowds[s].sold;
                    self.crowds[s].sold = 0.0;
                    self.tally.add(What::New, money);
                    self.tally.add(What::Billed, money);
                    self.drop_out(s, hazard, now);
                }
            }
            self.join(s);
        }
    }

    /// Churn hazard of a week.
    fn churn_hazard(&self, s: usize, now: usize) -> f64 {
        let care = self.today.segments[s].churn;
        let cut = self.lifted(|c| self.scenario.channels[c].churn_cut);
        care.rate * libm::exp(-self.cared(s, care) - cut) * self.climate.events[now].churn / 52.0
    }

    /// Revenue and bills of contracts at the beginning of the week.
    fn recognise(&mut self, s: usize, now: usize) {
        let billing = whole(self.scenario.finance.billing_weeks, 1);
        let term = self.today.segments[s].contract as i64;
        for place in &self.crowds[s].accounts {
            if let Place::Customer(contract) = place {
                let bill = instalment(contract, now as i64, term, billing);
                self.tally.add(What::Billed, bill);
                if contract.of_today || contract.renewed {
                    self.tally.add(What::Renewal, contract.first / 52.0);
                    let grown = contract.value - contract.first;
                    self.tally.add(What::Expansion, grown / 52.0);
                } else {
                    self.tally.add(What::New, contract.value / 52.0);
                }
            }
        }
    }

    fn renew(&mut self, s: usize, now: usize) {
        let facts = &self.today.segments[s];
        let term = facts.contract;
        let hazard: f64 = (0..term)
            .map(|ago| {
                let lived = &self.crowds[s].churned;
                if ago < lived.len() {
                    lived[lived.len() - 1 - ago]
                } else {
                    facts.churn.rate / 52.0
                }
            })
            .sum();
        let ends = 1.0 - libm::exp(-hazard);
        let growth = facts.expansion.rate + self.cared(s, facts.expansion);
        let factor = libm::exp(growth * term as f64 / 52.0);
        for account in 0..self.crowds[s].accounts.len() {
            let Place::Customer(mut contract) = self.crowds[s].accounts[account] else {
                continue;
            };
            if contract.renews != now {
                continue;
            }
            if self.dice.chance(ends) {
                if !contract.of_today {
                    self.tally.add(What::WonLost, 1.0);
                }
                self.leave(s, account, now);
            } else {
                contract.value *= factor;
                contract.renews += term;
                contract.renewed = true;
                self.tally
                    .add(What::Bookings, contract.value * term as f64 / 52.0);
                self.crowds[s].accounts[account] = Place::Customer(contract);
            }
        }
    }

    fn order(&mut self, s: usize, now: usize) {
        let law = &self.scenario.segments[s].customers;
        let events = self.climate.events[now].orders;
        let cared = law.order_effect * (self.crowds[s].relationship - self.today.segments[s].relationship);
        let lift = self.lifted(|c| self.scenario.channels[c].order_lift);
        let rate = law.orders_per_year * libm::exp(cared + lift);
        self.crowds[s].order_rate = rate;
        let demand = libm::pow(
            self.climate.demand[now],
            self.scenario.environment.demand_elasticity,
        );
        for account in 0..self.crowds[s].accounts.len() {
            if !matches!(self.crowds[s].accounts[account], Place::Customer(_)) {
                continue;
            }
            for _ in 0..self.dice.poisson(rate / 52.0 * demand * events) {
                let (mean, cv) = (law.basket_mean, law.basket_cv);
                let money = if cv == 0.0 || mean == 0.0 {
                    mean
                } else {
                    self.dice.gamma(1.0 / (cv * cv), mean * cv * cv)
                };
                self.tally.add(What::Orders, 1.0);
                self.tally.add(What::Repeat, money);
                self.tally.add(What::Bookings, money);
                self.tally.add(What::Billed, money);
            }
        }
    }

    fn drop_out(&mut self, s: usize, hazard: f64, now: usize) {
        let customers = self.customers(s);
        let mut left = 0.0;
        for account in 0..self.crowds[s].accounts.len() {
            let customer = matches!(self.crowds[s].accounts[account], Place::Customer(_));
            if customer && self.dice.chance(1.0 - libm::exp(-hazard)) {
                self.leave(s, account, now);
                left += 1.0;
            }
        }
        // Nobody knows which of them were won: the expected part.
        let crowd = &mut self.crowds[s];
        if customers > 0.0 {
            let won = left * crowd.won_among / customers;
            crowd.won_among -= won;
            self.tally.add(What::WonLost, won);
        }
    }

    fn leave(&mut self, s: usize, account: usize, now: usize) {
        self.tally.add(What::CustomersLost, 1.0);
        let returns = self.scenario.segments[s].customers.returns;
        self.crowds[s].accounts[account] = if self.dice.chance(returns) {
            Place::Cooling(now + self.today.segments[s].cool_off)
        } else {
            Place::Gone
        };
    }

    /// The week's wins become customers and bring the relationship of today.
    fn join(&mut self, s: usize) {
        let customers = self.customers(s);
        let crowd = &mut self.crowds[s];
        let mut joined = 0.0;
        for place in &mut crowd.accounts {
            if let Place::Won(contract) = *place {
                *place = Place::Customer(contract);
                joined += 1.0;
            }
        }
        if joined > 0.0 {
            let then = self.today.segments[s].relationship;
            crowd.relationship = (crowd.relationship * customers + then * joined) / (customers + joined);
            crowd.won_among += joined;
        }
    }

    pub fn learn(&mut self) {
        let law = &self.scenario.feedback;
        let kept = libm::pow(2.0, -1.0 / law.insight_half_life_weeks);
        let closed = self.tally.get(What::Wins) + self.tally.get(What::Lost);
        self.insight = self.insight * kept + closed;
        self.learned = learned(self.insight, law.half_learned_after);
    }
}
