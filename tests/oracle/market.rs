//! The state of a replication and its start: docs/model.md, 3.

use super::account::{Contract, Opportunity, Place};
use super::climate::Climate;
use super::dice::Dice;
use super::facts::{Care, log_normal, whole};
use super::plan::Weeks;
use super::sources::groups;
use super::tally::{Tally, Total};
use super::team::{Staffed, Team};
use super::today::Today;
use gtm_sim::model::scenario::Scenario;
use gtm_sim::model::segment::{CustomerModel, CycleFamily, DealValue};

/// A segment of a replication.
pub struct Crowd {
    pub accounts: Vec<Place>,
    /// Customers of today.
    pub started_with: usize,
    pub relationship: f64,
    pub availability: f64,
    /// Churn hazard of every week lived, from week 1 at position 0.
    pub churned: Vec<f64>,
    /// One-off money of last week that is not yet recognised.
    pub unrecognised: f64,
    /// One-off money won this week.
    pub sold: f64,
    /// Commission earned since the step closings of last week.
    pub commission: f64,
    /// Commission paid this week.
    pub commission_due: f64,
    /// Expected number of those won within the replication among the customers.
    pub won_among: f64,
    /// Annual orders of a customer in the last week lived.
    pub order_rate: f64,
}

/// Everything that a week reads and changes.
pub struct Market<'a> {
    pub scenario: &'a Scenario,
    pub today: &'a Today,
    pub plan: &'a Weeks,
    pub climate: Climate,
    pub dice: Dice,
    pub crowds: Vec<Crowd>,
    pub teams: Vec<Team>,
    /// Mean talent of today's team by segment.
    pub talent_today: Vec<f64>,
    pub staffed: Vec<Staffed>,
    /// R of every channel this week, luck included.
    pub response: Vec<f64>,
    pub insight: f64,
    pub learned: f64,
    /// Hours carried by every group of sellers.
    pub carried: Vec<f64>,
    pub groups: Vec<(Vec<usize>, Vec<usize>)>,
    /// Money that comes in, by week.
    pub bills: Vec<f64>,
    pub tally: Tally,
    pub total: Total,
}

/// One draw of the worked weeks of a new opportunity.
pub fn cycle(scenario: &Scenario, s: usize, dice: &mut Dice) -> usize {
    let law = scenario.segments[s].deals.cycle;
    let weeks = if law.cv == 0.0 {
        law.mean_weeks
    } else {
        match law.family {
            CycleFamily::Gamma => dice.gamma(1.0 / (law.cv * law.cv), law.mean_weeks * law.cv * law.cv),
            CycleFamily::LogNormal => {
                let (mu, sigma) = log_normal(law.mean_weeks, law.cv);
                libm::exp(mu + sigma * dice.normal())
            }
        }
    };
    (weeks.ceil() as usize).clamp(1, 520)
}

/// One draw of the value of a deal.
pub fn deal_value(value: DealValue, dice: &mut Dice) -> f64 {
    match value {
        DealValue::Fixed(value) => value,
        DealValue::LogNormal { median, sigma } => median * libm::exp(sigma * dice.normal()),
        DealValue::Gamma { mean, cv: 0.0 } => mean,
        DealValue::Gamma { mean, cv } => dice.gamma(1.0 / (cv * cv), mean * cv * cv),
    }
}

impl<'a> Market<'a> {
    pub fn start(scenario: &'a Scenario, today: &'a Today, plan: &'a Weeks, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let climate = Climate::draw(scenario, plan.last, &mut dice);
        let crowds: Vec<Crowd> = (0..scenario.segments.len())
            .map(|s| crowd(scenario, today, s, &mut dice))
            .collect();
        let teams: Vec<Team> = (0..scenario.roles.len())
            .map(|r| {
                let (facts, targets) = (&today.roles[r], &plan.targets[r]);
                Team::start(scenario, r, facts, targets, &plan.phase_starts, &mut dice)
            })
            .collect();
        let groups = groups(scenario);
        let mut market = Self {
            scenario,
            today,
            plan,
            climate,
            dice,
            talent_today: Vec::new(),
            staffed: vec![Staffed::default(); teams.len()],
            response: today.response.clone(),
            insight: today.insight,
            learned: today.learned,
            carried: vec![0.0; groups.len()],
            groups,
            bills: vec![0.0; plan.last + whole(scenario.finance.collection_weeks, 0) + 1],
            tally: Tally::of(scenario),
            total: Total::of(scenario),
            crowds,
            teams,
        };
        market.talent_today = (0..scenario.segments.len())
            .map(|s| market.talent(s, 0))
            .collect();
        market.bill_the_past();
        market
    }

    /// Mean talent of the sellers of a segment in a week.
    pub fn talent(&self, s: usize, week: usize) -> f64 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (role, team) in self.scenario.roles.iter().zip(&self.teams) {
            if role.segments.contains(&s) {
                for (ramped, talent) in team.weights(week) {
                    sum += ramped * role.selling_hours_per_week * talent;
                    weights += ramped * role.selling_hours_per_week;
                }
            }
        }
        if weights > 0.0 { sum / weights } else { 0.0 }
    }

    /// Bills of the last weeks before the start, as if today's customers had always been there.
    fn bill_the_past(&mut self) {
        let collection = whole(self.scenario.finance.collection_weeks, 0);
        let billing = whole(self.scenario.finance.billing_weeks, 1);
        for (s, segment) in self.scenario.segments.iter().enumerate() {
            let law = &segment.customers;
            let funnel = &self.today.funnels[s];
            let mut weekly = 0.0;
            match law.model {
                CustomerModel::Repeat => {
                    weekly = self.customers(s) * law.orders_per_year / 52.0 * law.basket_mean;
                }
                CustomerModel::OneOff => {
                    weekly = (funnel.wins + funnel.self_serve_wins) * self.today.segments[s].mean_value;
                }
                CustomerModel::Subscription => {}
            }
            let term = self.today.segments[s].contract as i64;
            for ago in 0..collection {
                let week = -(ago as i64);
                let mut bill = weekly;
                if law.model == CustomerModel::Subscription {
                    for account in &self.crowds[s].accounts {
                        if let Place::Customer(contract) = account {
                            bill += instalment(contract, week, term, billing);
                        }
                    }
                }
                self.bills[collection - ago] += bill;
            }
        }
    }

    /// Customers of a segment.
    pub fn customers(&self, s: usize) -> f64 {
        let customer = |place: &&Place| matches!(place, Place::Customer(_));
        self.crowds[s].accounts.iter().filter(customer).count() as f64
    }

    /// Annual value that a win stands for in commission, quota and pipeline (docs/model.md, 4.9).
    pub fn value_of_a_win(&self, s: usize) -> f64 {
        let law = &self.scenario.segments[s].customers;
        match law.model {
            CustomerModel::Repeat => law.orders_per_year * law.basket_mean,
            _ => self.today.segments[s].mean_value,
        }
    }

    /// What the relationship adds to a rate since index 0.
    pub fn cared(&self, s: usize, care: Care) -> f64 {
        care.effect * (self.crowds[s].relationship - self.today.segments[s].relationship)
    }

    /// Sum of a lift of all channels times what their response gained since index 0.
    pub fn lifted(&self, lift: impl Fn(usize) -> f64) -> f64 {
        (0..self.response.len())
            .map(|c| lift(c) * (self.response[c] - self.today.response[c]))
            .sum()
    }
}

/// The bill of a contract in a week (0 where none is due): billed in advance from the first week of a term on.
pub fn instalment(contract: &Contract, week: i64, term: i64, billing: usize) -> f64 {
    let phase = (week - (contract.renews as i64 + 1)).rem_euclid(term);
    if phase % billing as i64 != 0 {
        return 0.0;
    }
    contract.value * (term - phase).min(billing as i64) as f64 / 52.0
}

/// Everybody of a segment at the start.
fn accounts(scenario: &Scenario, today: &Today, s: usize, customers: usize, dice: &mut Dice) -> Vec<Place> {
    let segment = &scenario.segments[s];
    let (facts, funnel) = (&today.segments[s], &today.funnels[s]);
    let all = segment.accounts as usize;
    let known = dice.rounded(segment.awareness.aware_today * all as f64, all - customers);
    let open = dice.rounded(funnel.open, known);
    let cooling = dice.rounded(funnel.cooling, known - open);
    let deciding = dice.rounded(funnel.deciding, known - open - cooling);
    let mut accounts = Vec::with_capacity(all);
    for i in 0..customers {
        accounts.push(Place::Customer(Contract {
            renews: 1 + i * facts.contract / customers,
            first: segment.customers.annual_value_today,
            value: segment.customers.annual_value_today,
            of_today: true,
            renewed: false,
        }));
    }
    for _ in 0..open {
        let flows: f64 = funnel.qualified.iter().sum();
        let kind = if flows > 0.0 {
            dice.weighted(&funnel.qualified)
        } else {
            0
        };
        accounts.push(Place::Open(Opportunity {
            referred: kind >= 2,
            fit: kind % 2 == 0,
            left: 1 + dice.weighted(&facts.cycle_survival),
            touched: 0,
        }));
    }
    for _ in 0..cooling {
        accounts.push(Place::Cooling(1 + dice.below(facts.cool_off)));
    }
    for _ in 0..deciding {
        accounts.push(Place::Deciding(1 + dice.below(facts.decision)));
    }
    for _ in open + cooling + deciding..known {
        accounts.push(Place::Aware);
    }
    accounts.resize(all, Place::Unaware);
    accounts
}

fn crowd(scenario: &Scenario, today: &Today, s: usize, dice: &mut Dice) -> Crowd {
    let segment = &scenario.segments[s];
    let (facts, funnel) = (&today.segments[s], &today.funnels[s]);
    let customers = dice.rounded(scenario.today.customers[s], segment.accounts as usize);
    let accounts = accounts(scenario, today, s, customers, dice);
    let one_off = segment.customers.model == CustomerModel::OneOff;
    let wins = funnel.wins + funnel.self_serve_wins;
    let value_of_a_win = if segment.customers.model == CustomerModel::Repeat {
        segment.customers.orders_per_year * segment.customers.basket_mean
    } else {
        facts.mean_value
    };
    Crowd {
        accounts,
        started_with: customers,
        relationship: facts.relationship,
        availability: facts.availability.unwrap_or(1.0),
        churned: Vec::new(),
        unrecognised: if one_off { wins * facts.mean_value } else { 0.0 },
        sold: 0.0,
        commission: funnel.wins * value_of_a_win * segment.deals.commission,
        commission_due: 0.0,
        won_among: 0.0,
        order_rate: segment.customers.orders_per_year,
    }
}
