//! Luck that hits everybody: docs/model.md, 4.0. Lists are indexed by week, from 0.

use super::dice::Dice;
use gtm_sim::model::scenario::Scenario;

/// Factors of all events of a week together.
#[derive(Clone)]
pub struct Events {
    pub in_market: f64,
    pub meeting: f64,
    pub referral: f64,
    pub orders: f64,
    pub churn: f64,
    /// Added to log-odds of winning.
    pub win_log_odds: f64,
    pub kappa: Vec<f64>,
}

pub struct Climate {
    pub demand: Vec<f64>,
    /// `[channel][week]`.
    pub effectiveness: Vec<Vec<f64>>,
    pub events: Vec<Events>,
}

fn index(sigma: f64, half_life: f64, last: usize, dice: &mut Dice) -> Vec<f64> {
    let memory = if half_life == 0.0 {
        0.0
    } else {
        libm::pow(2.0, -1.0 / half_life)
    };
    let mut path = vec![1.0];
    let mut x = 0.0;
    for week in 1..=last {
        x = if week == 1 {
            sigma * dice.normal()
        } else {
            memory * x + sigma * (1.0 - memory * memory).sqrt() * dice.normal()
        };
        path.push(libm::exp(x - sigma * sigma / 2.0));
    }
    path
}

impl Climate {
    pub fn draw(scenario: &Scenario, last: usize, dice: &mut Dice) -> Self {
        let environment = &scenario.environment;
        let mut demand = index(environment.volatility, environment.half_life_weeks, last, dice);
        if !environment.demand_seasonality.is_empty() {
            for (week, demand) in demand.iter_mut().enumerate().skip(1) {
                *demand *= environment.demand_seasonality[(week - 1) % 52];
            }
        }
        let effectiveness = scenario
            .channels
            .iter()
            .map(|channel| {
                let (sigma, half_life) = (
                    channel.effectiveness_volatility,
                    channel.effectiveness_half_life_weeks,
                );
                index(sigma, half_life, last, dice)
            })
            .collect();
        let mut climate = Self {
            demand,
            effectiveness,
            events: vec![neutral(scenario.channels.len()); last + 1],
        };
        climate.happen(scenario, dice);
        climate
    }

    fn happen(&mut self, scenario: &Scenario, dice: &mut Dice) {
        for event in &scenario.environment.events {
            if !dice.chance(event.probability) {
                continue;
            }
            let (first, last) = (event.window.0 as usize, event.window.1 as usize);
            let start = first + dice.below(last - first + 1);
            let weeks = (event.weeks + 0.5).floor() as usize;
            for week in start..(start + weeks).min(self.events.len()) {
                let now = &mut self.events[week];
                let factors = &event.multiplies;
                now.in_market *= factors.in_market;
                now.meeting *= factors.meeting;
                now.referral *= factors.referral;
                now.orders *= factors.orders;
                now.churn *= factors.churn;
                now.win_log_odds += libm::log(factors.win_odds).max(-1e4);
                for (all, one) in now.kappa.iter_mut().zip(&factors.kappa) {
                    *all *= one;
                }
            }
        }
    }
}

fn neutral(channels: usize) -> Events {
    Events {
        in_market: 1.0,
        meeting: 1.0,
        referral: 1.0,
        orders: 1.0,
        churn: 1.0,
        win_log_odds: 0.0,
        kappa: vec![1.0; channels],
    }
}
