//! A plan week by week: money, pressure, target heads (docs/model.md, 4.1, 4.2, 4.4). Lists are indexed by week, from 0.

use super::channel::Response;
use gtm_sim::model::scenario::{Plan, Scenario};

pub struct Weeks {
    pub horizon: usize,
    pub last: usize,
    /// Money of a channel: `[channel][week]`.
    pub spend: Vec<Vec<f64>>,
    /// Response before luck: `[channel][week]`; week 0 is today.
    pub response: Vec<Vec<f64>>,
    pub overhead: Vec<f64>,
    pub marketing_without_channel: Vec<f64>,
    pub sales_money: Vec<f64>,
    /// Target heads: `[role][week]`, from week 1.
    pub targets: Vec<Vec<f64>>,
    /// First weeks of phases, the tail included.
    pub phase_starts: Vec<usize>,
}

/// Marketing share of a week inside the horizon.
fn share(plan: &Plan, week: usize) -> f64 {
    let mut end = 0;
    for phase in &plan.phases {
        match phase.weeks {
            Some(weeks) => end += weeks as usize,
            None => return phase.marketing_share,
        }
        if week <= end {
            return phase.marketing_share;
        }
    }
    plan.phases.last().unwrap().marketing_share
}

fn phase_starts(plan: &Plan, horizon: usize) -> Vec<usize> {
    let mut starts = vec![1];
    let mut end = 0;
    for phase in &plan.phases {
        if let Some(weeks) = phase.weeks {
            end += weeks as usize;
            starts.push(end + 1);
        }
    }
    starts.retain(|start| *start <= horizon);
    starts.push(horizon + 1);
    starts
}

impl Weeks {
    pub fn of(scenario: &Scenario, plan: &Plan, channels: &[Response]) -> Self {
        let horizon = scenario.weeks as usize;
        let last = horizon + scenario.finance.tail_weeks as usize;
        let first = &scenario.plans[0];
        let mut weeks = Self {
            horizon,
            last,
            spend: vec![vec![0.0]; scenario.channels.len()],
            response: Vec::new(),
            overhead: vec![0.0],
            marketing_without_channel: vec![0.0],
            sales_money: vec![0.0],
            targets: vec![vec![f64::NAN]; scenario.roles.len()],
            phase_starts: phase_starts(plan, horizon),
        };
        for week in 1..=last {
            let (m, mixes) = if week <= horizon {
                (share(plan, week), plan)
            } else {
                (first.phases.last().unwrap().marketing_share, first)
            };
            weeks.add_money(scenario, week, m, mixes);
            for (role, heads) in target_heads(scenario, mixes, m).into_iter().enumerate() {
                weeks.targets[role].push(heads);
            }
        }
        for (c, response) in channels.iter().enumerate() {
            let lives = weeks.pressure(scenario, c, response);
            weeks.response.push(lives);
        }
        weeks
    }

    fn add_money(&mut self, scenario: &Scenario, week: usize, m: f64, mixes: &Plan) {
        let budget = &scenario.budget;
        let weekly = budget.annual / 52.0;
        let season = if budget.seasonality.is_empty() {
            1.0
        } else {
            budget.seasonality[(week - 1) % 52]
        };
        for (channel, spend) in self.spend.iter_mut().enumerate() {
            spend.push(weekly * m * (1.0 - budget.marketing_overhead) * season * mixes.channels[channel]);
        }
        let nobody = scenario.channels.is_empty();
        let overhead = weekly * m * budget.marketing_overhead;
        self.overhead.push(if nobody { 0.0 } else { overhead });
        self.marketing_without_channel
            .push(if nobody { weekly * m } else { 0.0 });
        self.sales_money.push(weekly * (1.0 - m));
    }

    /// Response of a channel to its adstock.
    fn pressure(&self, scenario: &Scenario, c: usize, response: &Response) -> Vec<f64> {
        let channel = &scenario.channels[c];
        let half_life = channel.half_life_weeks;
        let kept = if half_life == 0.0 {
            0.0
        } else {
            libm::pow(2.0, -1.0 / half_life)
        };
        let mut adstock = channel.spend_today_per_week;
        let mut lived = vec![response.at(adstock)];
        for week in 1..=self.last {
            let price = libm::pow(1.0 + scenario.budget.price_growth, week as f64 / 52.0);
            adstock = kept * adstock + (1.0 - kept) * self.spend[c][week] / price;
            lived.push(response.at(adstock));
        }
        lived
    }
}

/// Target heads of every role at a marketing share.
pub fn target_heads(scenario: &Scenario, mixes: &Plan, m: f64) -> Vec<f64> {
    let money = scenario.budget.annual * (1.0 - m);
    let cost = |role: usize| scenario.roles[role].loaded_cost_per_year;
    let roles = 0..scenario.roles.len();
    let exact: Vec<f64> = roles.clone().map(|r| money * mixes.roles[r] / cost(r)).collect();
    if !scenario.budget.whole_heads {
        return exact;
    }
    let mut heads: Vec<f64> = exact.iter().map(|h| (h + 1e-9).floor()).collect();
    loop {
        let spent: f64 = roles.clone().map(|r| heads[r] * cost(r)).sum();
        let rest: f64 = roles.clone().map(|r| exact[r] * cost(r)).sum::<f64>() - spent;
        let lacks = |r: usize| (heads[r] + 1.0 - exact[r]) * cost(r);
        let name = |r: usize| scenario.roles[r].name.as_str();
        let next = roles
            .clone()
            .filter(|r| mixes.roles[*r] > 0.0 && rest >= cost(*r) * (1.0 - 1e-9))
            .min_by(|a, b| lacks(*a).total_cmp(&lacks(*b)).then(name(*a).cmp(name(*b))));
        match next {
            Some(r) => heads[r] += 1.0,
            None => return heads,
        }
    }
}
