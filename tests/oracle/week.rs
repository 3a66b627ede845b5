//! A week up to the leads: budget, staffing, marketing, awareness, leads (docs/model.md, 4.1 to 4.4).

use super::account::{Lead, Place};
use super::facts::availability_level;
use super::market::Market;
use super::sources::{Fits, Learning, Parts, reached};
use super::tally::What;
use super::team::{severance, weekly_pay};

impl Market<'_> {
    /// Lives a week from beginning to end.
    pub fn live(&mut self, now: usize) {
        self.tally.clear();
        self.spend(now);
        self.staff(now);
        self.press(now);
        self.become_aware(now);
        self.raise_hands(now);
        self.sell(now);
        self.close(now);
        self.serve(now);
        self.learn();
        self.book(now);
    }

    fn spend(&mut self, now: usize) {
        for c in 0..self.scenario.channels.len() {
            let money = self.plan.spend[c][now];
            self.tally.spend[c] += money;
            self.tally.add(What::Channels, money);
        }
        self.tally.add(What::Overhead, self.plan.overhead[now]);
        self.tally
            .add(What::Unspent, self.plan.marketing_without_channel[now]);
    }

    fn staff(&mut self, now: usize) {
        let mut payroll = 0.0;
        for (r, role) in self.scenario.roles.iter().enumerate() {
            let week = self.teams[r].live(now, &mut self.dice);
            let pay = week.filled * weekly_pay(role);
            let (hiring, severance) = (week.hires * role.cost_to_hire, week.cut * severance(role));
            payroll += pay;
            self.tally.add(What::Pay, pay);
            self.tally.add(What::Hiring, hiring);
            self.tally.add(What::Severance, severance);
            self.tally.pay[r] += pay;
            self.tally.cost[r] += pay + hiring + severance;
            self.tally.hires[r] += week.hires;
            let wins_customers =
                role.selling_hours_per_week > 0.0 || role.touches_per_week > 0.0 || role.field;
            if wins_customers {
                self.tally.add(What::AcquisitionTeam, pay + hiring + severance);
            }
            if let Some(quota) = role.quota_per_year {
                self.tally.add(What::Quota, quota / 52.0 * week.filled);
            }
            self.staffed[r] = week;
        }
        let unspent = (self.plan.sales_money[now] - payroll).max(0.0);
        self.tally.add(What::Unspent, unspent);
    }

    /// Response of every channel, events and luck included.
    fn press(&mut self, now: usize) {
        for c in 0..self.response.len() {
            let planned = self.plan.response[c][now];
            let under = self.today.responses[c].under(planned, self.climate.events[now].kappa[c]);
            self.response[c] = under * self.climate.effectiveness[c][now];
        }
    }

    fn become_aware(&mut self, now: usize) {
        for s in 0..self.crowds.len() {
            let law = &self.scenario.segments[s].awareness;
            let facts = &self.today.segments[s];
            let marketing: f64 = self
                .response
                .iter()
                .zip(&facts.awareness)
                .map(|(r, a)| r * a)
                .sum();
            let customers = self.customers(s) / self.crowds[s].accounts.len() as f64;
            let hazard = law.organic_per_week + marketing + law.word_of_mouth_per_week * customers;
            let learns = 1.0 - libm::exp(-hazard.max(0.0));
            for place in &mut self.crowds[s].accounts {
                if let Place::Cooling(back) = place
                    && *back == now
                {
                    *place = Place::Aware;
                }
                if matches!(place, Place::Aware) && self.dice.chance(facts.forgets) {
                    *place = Place::Unaware;
                    self.tally.add(What::Forgot, 1.0);
                }
                if matches!(place, Place::Unaware) && self.dice.chance(learns) {
                    *place = Place::Aware;
                    self.tally.add(What::BecameAware, 1.0);
                }
            }
        }
    }

    fn raise_hands(&mut self, now: usize) {
        let ramped: Vec<f64> = self.staffed.iter().map(|week| week.ramped).collect();
        for s in 0..self.crowds.len() {
            if let (Some(law), Some(level)) = (
                self.scenario.segments[s].availability,
                availability_level(self.scenario, s, &ramped),
            ) {
                let crowd = &mut self.crowds[s];
                crowd.availability += law.speed * (level - crowd.availability);
            }
            self.inbound(s, now);
        }
        self.outbound(&ramped, now);
        for s in 0..self.crowds.len() {
            self.referred(s, now);
        }
    }

    /// Log factor on the hazard of a lead.
    fn appeal(&self) -> f64 {
        self.lifted(|c| self.scenario.channels[c].lead_lift)
            + self.scenario.feedback.lead_lift * (self.learned - self.today.learned)
    }

    fn fits(&self, s: usize) -> Fits {
        let learning = Learning {
            now: self.learned,
            then: self.today.learned,
        };
        Fits::of(self.scenario, s, learning)
    }

    fn inbound(&mut self, s: usize, now: usize) {
        let leads = &self.scenario.segments[s].leads;
        let window = leads.buying_window_weeks;
        let occasions =
            leads.in_market * self.climate.demand[now] * self.climate.events[now].in_market / window;
        let hazards = &self.today.hazards[s];
        let aware = Parts::aware(hazards, &self.response);
        let unaware = Parts::unaware(self.scenario, hazards, &self.response);
        let (appeal, fits) = (self.appeal(), self.fits(s));
        let raises = [&unaware, &aware].map(|parts| parts.lead_probability(occasions, window, appeal));
        let fit = [unaware.fit(&fits.inbound), aware.fit(&fits.inbound)];
        let shares = [unaware.shares(), aware.shares()];
        for account in 0..self.crowds[s].accounts.len() {
            let knew = match self.crowds[s].accounts[account] {
                Place::Unaware => 0,
                Place::Aware => 1,
                _ => continue,
            };
            if self.dice.chance(raises[knew]) {
                self.tally.add(What::Inbound, 1.0);
                self.tally.add(What::Organic, shares[knew][0]);
                for c in 0..self.response.len() {
                    self.tally.leads_of[c] += shares[knew][c + 1];
                }
                self.arrive(s, account, 1, fit[knew], now);
            }
        }
    }

    fn outbound(&mut self, ramped: &[f64], now: usize) {
        let pools: Vec<f64> = self
            .crowds
            .iter()
            .map(|crowd| {
                let may_be_touched = |place: &&Place| matches!(place, Place::Unaware | Place::Aware);
                crowd.accounts.iter().filter(may_be_touched).count() as f64
            })
            .collect();
        let reached = reached(self.scenario, ramped, &pools);
        let luck = self.climate.demand[now] * self.climate.events[now].meeting * libm::exp(self.appeal());
        for (s, reached) in reached.into_iter().enumerate() {
            let hazards = &self.today.hazards[s];
            let meets =
                [hazards.meeting_unaware, hazards.meeting_aware].map(|rate| reached * (rate * luck).min(1.0));
            let fit = self.fits(s).outbound;
            for account in 0..self.crowds[s].accounts.len() {
                let knew = match self.crowds[s].accounts[account] {
                    Place::Unaware => 0,
                    Place::Aware => 1,
                    _ => continue,
                };
                if self.dice.chance(meets[knew]) {
                    self.tally.add(What::Outbound, 1.0);
                    self.arrive(s, account, 2, fit, now);
                }
            }
        }
    }

    fn referred(&mut self, s: usize, now: usize) {
        let care = self.today.segments[s].referral;
        let rate = (care.rate + self.cared(s, care)).max(0.0);
        let luck = self.climate.demand[now] * self.climate.events[now].referral;
        let sent = self.dice.poisson(self.customers(s) * rate / 52.0 * luck);
        let fit = self.fits(s).referred;
        for _ in 0..sent {
            let find = |wanted: fn(&Place) -> bool| self.crowds[s].accounts.iter().position(wanted);
            let found = find(|place| matches!(place, Place::Aware))
                .or_else(|| find(|place| matches!(place, Place::Unaware)));
            let Some(account) = found else {
                return;
            };
            self.tally.add(What::Referred, 1.0);
            self.arrive(s, account, 0, fit, now);
        }
    }

    /// An account becomes a lead: does it fit, does it need a rep?
    fn arrive(&mut self, s: usize, account: usize, class: usize, fit: f64, now: usize) {
        let place = &mut self.crowds[s].accounts[account];
        if matches!(place, Place::Aware) {
            self.tally.add(What::FromAware, 1.0);
        }
        let fit = self.dice.chance(fit);
        if self.dice.chance(self.scenario.segments[s].leads.needs_a_rep) {
            self.tally.add(What::Assisted, 1.0);
            *place = Place::Waiting(Lead {
                class,
                fit,
                arrived: now,
            });
        } else {
            self.tally.add(What::SelfServe, 1.0);
            *place = if fit {
                Place::Deciding(now + self.today.segments[s].decision)
            } else {
                Place::Misled
            };
        }
    }
}
