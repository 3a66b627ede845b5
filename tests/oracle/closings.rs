//! Closings and self-serve decisions: docs/model.md, 4.6.

use super::account::{Contract, Opportunity, Place};
use super::market::{Market, deal_value};
use super::tally::What;
use super::today::{logistic, logit};
use gtm_sim::model::segment::CustomerModel;

impl Market<'_> {
    pub fn close(&mut self, now: usize) {
        for s in 0..self.crowds.len() {
            self.crowds[s].commission_due = self.crowds[s].commission;
            self.crowds[s].commission = 0.0;
            self.close_opportunities(s, now);
            self.decide(s, now);
        }
    }

    /// What marketing, learning and events add to log-odds of buying.
    fn buying(&self, now: usize) -> f64 {
        self.lifted(|c| self.scenario.channels[c].win_lift)
            + self.scenario.feedback.win_lift * (self.learned - self.today.learned)
            + self.climate.events[now].win_log_odds
    }

    fn close_opportunities(&mut self, s: usize, now: usize) {
        let deals = &self.scenario.segments[s].deals;
        let talent = self.talent(s, now) - self.talent_today[s];
        let base = logit(deals.win_rate) + self.buying(now) + talent;
        for account in 0..self.crowds[s].accounts.len() {
            let Place::Open(deal) = self.crowds[s].accounts[account] else {
                continue;
            };
            if deal.left > 0 {
                continue;
            }
            let bonus = if deal.referred { deals.referral_bonus } else { 0.0 };
            let penalty = if deal.fit { 0.0 } else { deals.misfit_penalty };
            if self.dice.chance(logistic(base + bonus - penalty)) {
                self.tally.add(What::Wins, 1.0);
                let value = self.win(s, account, now);
                self.crowds[s].commission += deals.commission * value;
                self.tally.add(What::ValueWonByReps, value);
            } else {
                self.lose(s, account, deal, now);
            }
        }
    }

    fn lose(&mut self, s: usize, account: usize, deal: Opportunity, now: usize) {
        self.tally.add(What::Lost, 1.0);
        if deal.fit {
            let share = self.scenario.segments[s].deals.no_decision_share;
            self.tally.add(What::LostNoDecision, share);
        } else {
            self.tally.add(What::LostMisfit, 1.0);
        }
        self.crowds[s].accounts[account] = Place::Cooling(now + self.today.segments[s].cool_off);
    }

    fn decide(&mut self, s: usize, now: usize) {
        let facts = &self.today.segments[s];
        let conversion = self.scenario.segments[s].leads.self_serve_conversion;
        let availability = match facts.availability {
            Some(then) if then > 0.0 => self.crowds[s].availability / then,
            _ => 1.0,
        };
        let buys = if conversion > 0.0 {
            logistic(logit(conversion) + self.buying(now)) * availability
        } else {
            0.0
        };
        let cool_off = facts.cool_off;
        for account in 0..self.crowds[s].accounts.len() {
            match self.crowds[s].accounts[account] {
                Place::Misled => self.crowds[s].accounts[account] = Place::Cooling(now + cool_off),
                Place::Deciding(week) if week == now => {
                    if self.dice.chance(buys) {
                        self.tally.add(What::SelfServeWins, 1.0);
                        self.win(s, account, now);
                    } else {
                        self.crowds[s].accounts[account] = Place::Cooling(now + cool_off);
                    }
                }
                _ => {}
            }
        }
    }

    /// An account buys; it is a customer from the end of the week on. Returns the value that commission and quota see.
    fn win(&mut self, s: usize, account: usize, now: usize) -> f64 {
        let segment = &self.scenario.segments[s];
        let facts = &self.today.segments[s];
        let margin = self.scenario.finance.gross_margin;
        let mut value = self.value_of_a_win(s);
        match segment.customers.model {
            CustomerModel::Repeat => {
                self.tally.add(What::NewAnnualValue, value);
            }
            CustomerModel::Subscription => {
                value = deal_value(segment.deals.value, &mut self.dice);
                self.tally.add(What::NewAnnualValue, value);
                self.tally
                    .add(What::Bookings, value * facts.contract as f64 / 52.0);
            }
            CustomerModel::OneOff => {
                value = deal_value(segment.deals.value, &mut self.dice);
                self.tally.add(What::Bookings, value);
                self.crowds[s].sold += value;
            }
        }
        let lifetime = if segment.customers.model == CustomerModel::OneOff {
            value * margin
        } else {
            value * margin / facts.churn.rate
        };
        self.tally.add(What::LifetimeValue, lifetime);
        self.crowds[s].accounts[account] = Place::Won(Contract {
            renews: now + facts.contract,
            first: value,
            value,
            of_today: false,
            renewed: false,
        });
        value
    }
}
