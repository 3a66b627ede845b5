//! The environment: luck that hits everybody, the same for every plan (docs/model.md, 4.0).

use super::luck::{Address, Luck, Process};
use super::scenario::Scenario;
use crate::chance::key::name_hash;
use crate::chance::normal;
use crate::units::time::WEEKS_PER_YEAR;

/// Log-odds of what cannot be won, whatever else holds.
const IMPOSSIBLE: f64 = -1e4;

/// What the world does to one replication, week by week; index 0 is today and neutral.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Factor on the rate at which accounts are in the market.
    pub in_market: Vec<f64>,
    /// Factor on meeting rates.
    pub meeting: Vec<f64>,
    /// Factor on referrals.
    pub referral: Vec<f64>,
    /// Factor on orders.
    pub orders: Vec<f64>,
    /// Factor on the churn hazard.
    pub churn: Vec<f64>,
    /// Log-odds added to winning.
    pub win_log_odds: Vec<f64>,
    /// Effectiveness index per channel and week: `[channel * (weeks + 1) + week]`; empty = 1.
    effectiveness: Vec<f64>,
    /// Factor on half-saturations, laid out alike; empty = 1.
    kappa: Vec<f64>,
    weeks: usize,
}

impl World {
    /// Draws the world of a replication for `weeks` weeks into buffers that are kept.
    pub fn draw<L: Luck>(&mut self, scenario: &Scenario, weeks: u32, luck: &mut L) {
        self.weeks = weeks as usize;
        let demand_weeks = self.weeks + 1;
        for series in [
            &mut self.in_market,
            &mut self.meeting,
            &mut self.referral,
            &mut self.orders,
            &mut self.churn,
        ] {
            series.clear();
            series.resize(demand_weeks, 1.0);
        }
        self.win_log_odds.clear();
        self.win_log_odds.resize(demand_weeks, 0.0);
        self.draw_demand(scenario, luck);
        self.draw_effectiveness(scenario, luck);
        self.draw_events(scenario, luck);
    }

    fn draw_demand<L: Luck>(&mut self, scenario: &Scenario, luck: &mut L) {
        let environment = &scenario.environment;
        let season = &environment.demand_seasonality;
        if environment.volatility <= 0.0 && season.is_empty() {
            return;
        }
        let mut index = Index::new(environment.volatility, environment.half_life_weeks);
        let who = name_hash("environment");
        for week in 1..=self.weeks {
            let at = Address::new(Process::Demand, who, week as u32);
            let luck_factor = if environment.volatility > 0.0 {
                index.next(luck.uniform(at))
            } else {
                1.0
            };
            let seasonal = if season.is_empty() {
                1.0
            } else {
                season[(week - 1) % season.len()]
            };
            let demand = luck_factor * seasonal;
            self.in_market[week] = demand;
            self.meeting[week] = demand;
            self.referral[week] = demand;
            self.orders[week] = if environment.demand_elasticity == 1.0 {
                demand
            } else {
                libm::pow(demand, environment.demand_elasticity)
            };
        }
    }

    fn draw_effectiveness<L: Luck>(&mut self, scenario: &Scenario, luck: &mut L) {
        self.effectiveness.clear();
        if scenario
            .channels
            .iter()
            .all(|channel| channel.effectiveness_volatility <= 0.0)
        {
            return;
        }
        self.effectiveness
            .resize(scenario.channels.len() * (self.weeks + 1), 1.0);
        for (position, channel) in scenario.channels.iter().enumerate() {
            if channel.effectiveness_volatility <= 0.0 {
                continue;
            }
            let mut index = Index::new(
                channel.effectiveness_volatility,
                channel.effectiveness_half_life_weeks,
            );
            for week in 1..=self.weeks {
                let at = Address::new(Process::Effectiveness, channel.name.key(), week as u32);
                self.effectiveness[position * (self.weeks + 1) + week] = index.next(luck.uniform(at));
            }
        }
    }

    fn draw_events<L: Luck>(&mut self, scenario: &Scenario, luck: &mut L) {
        self.kappa.clear();
        for event in &scenario.environment.events {
            let who = event.name.key();
            if luck.uniform(Address::new(Process::Event, who, 0)) >= event.probability {
                continue;
            }
            let (first, last) = event.window;
            let choices = f64::from(last.saturating_sub(first) + 1);
            let offset = (luck.uniform(Address::new(Process::EventStart, who, 0)) * choices) as usize;
            let start = (first as usize + offset).max(1);
            let end = start + libm::round(event.weeks) as usize;
            let factors = &event.multiplies;
            for week in start..end.min(self.weeks + 1) {
                self.in_market[week] *= factors.in_market;
                self.meeting[week] *= factors.meeting;
                self.referral[week] *= factors.referral;
                self.orders[week] *= factors.orders;
                self.churn[week] *= factors.churn;
                self.win_log_odds[week] += libm::log(factors.win_odds).max(IMPOSSIBLE);
            }
            if factors.kappa.iter().any(|factor| *factor != 1.0) {
                self.kappa.resize(scenario.channels.len() * (self.weeks + 1), 1.0);
                for (channel, factor) in factors.kappa.iter().enumerate() {
                    for week in start..end.min(self.weeks + 1) {
                        self.kappa[channel * (self.weeks + 1) + week] *= factor;
                    }
                }
            }
        }
    }

    /// Effectiveness index of a channel.
    #[inline]
    pub fn effectiveness(&self, channel: usize, week: usize) -> f64 {
        self.effectiveness
            .get(channel * (self.weeks + 1) + week)
            .copied()
            .unwrap_or(1.0)
    }

    /// Factor on the half-saturation of a channel.
    #[inline]
    pub fn kappa(&self, channel: usize, week: usize) -> f64 {
        self.kappa
            .get(channel * (self.weeks + 1) + week)
            .copied()
            .unwrap_or(1.0)
    }
}

/// exp(x − σ²/2) with x a stationary AR(1) of standard deviation σ, so that its mean is 1.
struct Index {
    memory: f64,
    step: f64,
    sigma: f64,
    x: Option<f64>,
}

impl Index {
    fn new(sigma: f64, half_life_weeks: f64) -> Self {
        let memory = super::adstock::retention(half_life_weeks);
        Self {
            memory,
            step: sigma * (1.0 - memory * memory).sqrt(),
            sigma,
            x: None,
        }
    }

    fn next(&mut self, uniform: f64) -> f64 {
        let z = normal::quantile(uniform);
        let x = self
            .x
            .map_or(self.sigma * z, |before| self.memory * before + self.step * z);
        self.x = Some(x);
        libm::exp(x - self.sigma * self.sigma / 2.0)
    }
}

/// Twelve monthly values as 52 weekly factors of mean 1, the first for week 1, which lies in week
/// `start_week` (0 to 51) of its year: month of week t = ⌊12 ((t − 1 + start) mod 52)/52⌋.
pub fn seasonality_from_months(months: &[f64; 12], start_week: u32) -> Vec<f64> {
    let by_week = (0..52).map(|week| months[12 * week / 52]).collect::<Vec<_>>();
    seasonality_from_weeks(&by_week, start_week)
}

/// Weekly values of the calendar year as factors of mean 1, the first for week 1 of the horizon.
pub fn seasonality_from_weeks(weeks: &[f64], start_week: u32) -> Vec<f64> {
    let mean = weeks.iter().sum::<f64>() / WEEKS_PER_YEAR;
    (0..52)
        .map(|week| weeks[(week + start_week as usize) % 52] / mean)
        .collect()
}
