//! Books, cash and value: docs/model.md, 4.9.

use super::account::Place;
use super::facts::whole;
use super::market::Market;
use super::tally::What;
use gtm_sim::model::segment::CustomerModel;

impl Market<'_> {
    pub fn book(&mut self, now: usize) {
        let due: f64 = self.crowds.iter().map(|crowd| crowd.commission_due).sum();
        self.tally.add(What::Commission, due);
        let pipeline: f64 = (0..self.crowds.len())
            .map(|s| self.open(s).0 * self.value_of_a_win(s))
            .sum();
        self.tally.add(What::PipelineValue, pipeline);
        let finance = &self.scenario.finance;
        let revenue = self.tally.revenue();
        let goods = revenue * (1.0 - finance.gross_margin);
        let spent = self.tally.spent();
        let contribution = revenue - goods - spent;
        self.total.contribution_of_week = contribution;
        let discounted = libm::pow(1.0 + finance.discount, -((now - 1) as f64) / 52.0);
        self.total.value += contribution * discounted;
        self.bill(now);
        if now <= self.plan.horizon {
            self.total.value_of_horizon += contribution * discounted;
            self.total.contribution += contribution;
            self.total.cash += self.bills[now] - goods - spent - finance.other_costs_annual / 52.0;
            if self.total.cash < self.total.lowest_cash {
                self.total.lowest_cash = self.total.cash;
                self.total.lowest_week = now;
            }
            self.total.revenue_by_year[(now - 1) / 52] += revenue;
            if now == 52 {
                self.retain();
            }
            self.total.take(&mut self.tally);
        }
        if now == self.plan.horizon {
            self.end_of_horizon();
        }
        if now == self.plan.last {
            self.total.value_at_end =
                self.end_value() * libm::pow(1.0 + finance.discount, -(now as f64) / 52.0);
            self.total.value += self.total.value_at_end;
        }
    }

    /// Bills of the week come in `collection_weeks` later.
    fn bill(&mut self, now: usize) {
        let bill = self.tally.get(What::Billed);
        self.bills[now + whole(self.scenario.finance.collection_weeks, 0)] += bill;
    }

    /// Open opportunities and the sum of their worked weeks left.
    pub fn open(&self, s: usize) -> (f64, f64) {
        let (mut n, mut weeks) = (0.0, 0.0);
        for place in &self.crowds[s].accounts {
            if let Place::Open(deal) = place {
                n += 1.0;
                weeks += deal.left as f64;
            }
        }
        (n, weeks)
    }

    /// Annual value under contract.
    fn under_contract(&self, s: usize) -> f64 {
        let mut value = 0.0;
        for place in &self.crowds[s].accounts {
            if let Place::Customer(contract) = place {
                value += contract.value;
            }
        }
        value
    }

    fn annual_value(&self, s: usize) -> f64 {
        let law = &self.scenario.segments[s].customers;
        match law.model {
            CustomerModel::Subscription => self.under_contract(s),
            CustomerModel::Repeat => self.customers(s) * self.crowds[s].order_rate * law.basket_mean,
            CustomerModel::OneOff => 0.0,
        }
    }

    /// What today's subscribers are worth after week 52.
    fn retain(&mut self) {
        let (mut start, mut net, mut gross, mut customers) = (0.0, 0.0, 0.0, 0);
        for (s, segment) in self.scenario.segments.iter().enumerate() {
            if segment.customers.model != CustomerModel::Subscription {
                continue;
            }
            start += self.crowds[s].started_with as f64 * segment.customers.annual_value_today;
            customers += self.crowds[s].started_with;
            for place in &self.crowds[s].accounts {
                if let Place::Customer(contract) = place
                    && contract.of_today
                {
                    net += contract.value;
                    gross += contract.value.min(contract.first);
                }
            }
        }
        if customers >= 20 {
            self.total.retention = [start, net, gross];
        }
    }

    fn end_of_horizon(&mut self) {
        for s in 0..self.crowds.len() {
            self.total.arr_end += self.annual_value(s);
            self.total.customers_end += self.customers(s);
            self.total.open_end += self.open(s).0;
            for place in &self.crowds[s].accounts {
                match place {
                    Place::Aware => self.total.aware_end += 1.0,
                    Place::Waiting(_) => self.total.waiting_end += 1.0,
                    _ => {}
                }
            }
        }
    }

    /// What customers and pipeline still bring.
    fn end_value(&self) -> f64 {
        let finance = &self.scenario.finance;
        let mut value = 0.0;
        for (s, segment) in self.scenario.segments.iter().enumerate() {
            let (facts, law) = (&self.today.segments[s], &segment.customers);
            let k = facts.churn.rate + libm::log(1.0 + finance.discount);
            let years = if k == 0.0 {
                finance.value_years
            } else {
                (1.0 - libm::exp(-k * finance.value_years)) / k
            };
            let (open, weeks) = self.open(s);
            let mean_left = if open > 0.0 { weeks / open } else { 0.0 };
            let discounted = libm::pow(1.0 + finance.discount, -mean_left / 52.0);
            let won = open * segment.deals.win_rate * discounted;
            let orders = self.crowds[s].order_rate * law.basket_mean;
            value += match law.model {
                CustomerModel::Subscription => (self.under_contract(s) + won * facts.mean_value) * years,
                CustomerModel::Repeat => (self.customers(s) + won) * orders * years,
                CustomerModel::OneOff => self.crowds[s].unrecognised + won * facts.mean_value,
            };
        }
        finance.gross_margin * value
    }
}
