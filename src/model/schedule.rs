//! A plan week by week: everything of the budget that luck does not touch (docs/model.md, 4.1, 4.2).

use super::adstock;
use super::company::{Company, whole};
use super::saturation;
use super::scenario::{Change, Order, Plan, Scenario};
use super::staffing;
use crate::units::time::WEEKS_PER_YEAR;

/// Money rules, converted once.
#[derive(Debug, Clone, Copy, Default)]
pub struct FinanceLaw {
    /// Share of revenue left after goods.
    pub margin: f64,
    /// Discount factor of a week.
    pub weekly_discount: f64,
    /// ln(1 + discount).
    pub discount_log: f64,
    /// Weeks from bill to money.
    pub collection_weeks: u32,
    /// Weeks that a bill covers.
    pub billing_weeks: u32,
    /// Other costs a week.
    pub other_costs: f64,
    /// Years of the value rule.
    pub value_years: f64,
}

/// A plan, week by week; index 0 of every weekly list is today.
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    /// Weeks of the horizon.
    pub horizon: u32,
    /// Weeks lived: horizon and tail.
    pub weeks: u32,
    /// Marketing share by week.
    pub marketing_share: Vec<f64>,
    /// Money spent on a channel: `[week * channels + channel]`.
    pub spend: Vec<f64>,
    /// Response R before luck, laid out alike.
    pub response: Vec<f64>,
    /// Overhead money by week.
    pub overhead: Vec<f64>,
    /// Sales money by week.
    pub sales_money: Vec<f64>,
    /// Marketing money by week.
    pub marketing_money: Vec<f64>,
    /// Target heads: `[role * (weeks + 1) + week]`; week 0 is today's team.
    pub targets: Vec<f64>,
    /// Least share of hours kept for leads.
    pub new_lead_share: f64,
    /// Order of waiting leads.
    pub newest_first: bool,
    /// An account answers to one touch in this many weeks.
    pub touch_every_weeks: f64,
    /// Half-learned after this many closed deals.
    pub half_learned_after: f64,
    /// Win log-odds of learning everything.
    pub learned_win_lift: f64,
    /// Lead log-odds of learning everything.
    pub learned_lead_lift: f64,
    /// Money rules.
    pub finance: FinanceLaw,
    adstock: Vec<f64>,
    heads: Vec<f64>,
}

impl Schedule {
    /// The schedule of a plan.
    pub fn of(scenario: &Scenario, plan: &Plan, company: &Company) -> Self {
        let mut schedule = Self::default();
        schedule.fill(scenario, plan, company);
        schedule
    }

    /// The same into buffers that are kept.
    pub fn fill(&mut self, scenario: &Scenario, plan: &Plan, company: &Company) {
        self.horizon = scenario.weeks;
        self.weeks = scenario.weeks + scenario.finance.tail_weeks;
        self.fill_rules(scenario);
        self.fill_money(scenario, plan);
        self.fill_pressure(scenario, company);
        self.fill_targets(scenario, plan, company);
    }

    fn fill_rules(&mut self, scenario: &Scenario) {
        let finance = &scenario.finance;
        self.new_lead_share = scenario.work.new_lead_share;
        self.newest_first = scenario.work.order == Order::Newest;
        self.touch_every_weeks = scenario.work.touch_every_weeks;
        self.half_learned_after = scenario.feedback.half_learned_after;
        self.learned_win_lift = scenario.feedback.win_lift;
        self.learned_lead_lift = scenario.feedback.lead_lift;
        self.finance = FinanceLaw {
            margin: finance.gross_margin,
            weekly_discount: libm::pow(1.0 + finance.discount, -1.0 / WEEKS_PER_YEAR),
            discount_log: libm::log1p(finance.discount),
            collection_weeks: whole(finance.collection_weeks, 0),
            billing_weeks: whole(finance.billing_weeks, 1),
            other_costs: finance.other_costs_annual / WEEKS_PER_YEAR,
            value_years: finance.value_years,
        };
    }

    /// Shares, channel money, overhead and sales money of every week. In the tail the first plan's mixes hold.
    fn fill_money(&mut self, scenario: &Scenario, plan: &Plan) {
        let budget = &scenario.budget;
        let weeks = self.weeks as usize + 1;
        let channels = scenario.channels.len();
        for list in [
            &mut self.marketing_share,
            &mut self.overhead,
            &mut self.sales_money,
            &mut self.marketing_money,
        ] {
            list.clear();
            list.resize(weeks, 0.0);
        }
        self.spend.clear();
        self.spend.resize(weeks * channels, 0.0);
        for week in 1..weeks {
            let in_tail = week as u32 > self.horizon;
            let mixes = if in_tail { &scenario.plans[0] } else { plan };
            let weekly = mixes.annual(budget) / WEEKS_PER_YEAR;
            let share = if in_tail {
                last_share(&scenario.plans[0])
            } else {
                share_in(plan, week as u32)
            };
            let change = if in_tail { None } else { plan.change };
            let media = weekly * share * (1.0 - budget.marketing_overhead);
            let season = if budget.seasonality.is_empty() {
                1.0
            } else {
                budget.seasonality[(week - 1) % budget.seasonality.len()]
            };
            for channel in 0..channels {
                let factor = change.map_or(1.0, |change| change.channel(channel));
                self.spend[week * channels + channel] = media * season * mixes.channels[channel] * factor;
            }
            let marketing = weekly * share * change.map_or(1.0, Change::marketing);
            self.marketing_share[week] = share;
            self.marketing_money[week] = marketing;
            self.sales_money[week] = weekly * (1.0 - share) * change.map_or(1.0, Change::sales);
            if channels > 0 {
                self.overhead[week] = marketing * budget.marketing_overhead;
            }
        }
    }

    /// Adstock of the spend at today's prices, and the response to it.
    fn fill_pressure(&mut self, scenario: &Scenario, company: &Company) {
        let channels = scenario.channels.len();
        let weeks = self.weeks as usize + 1;
        self.response.clear();
        self.response.resize(weeks * channels, 0.0);
        self.adstock.clear();
        self.adstock.extend(
            scenario
                .channels
                .iter()
                .map(|channel| channel.spend_today_per_week),
        );
        for (c, law) in company.channels.iter().enumerate() {
            self.response[c] = law.response_today;
        }
        let inflation = libm::pow(1.0 + scenario.budget.price_growth, 1.0 / WEEKS_PER_YEAR);
        let mut price = 1.0;
        for week in 1..weeks {
            price *= inflation;
            for (c, law) in company.channels.iter().enumerate() {
                let real = self.spend[week * channels + c] / price;
                let unchanged = real == self.adstock[c];
                self.adstock[c] = adstock::carry(self.adstock[c], real, law.retention);
                let now = week * channels + c;
                self.response[now] = if unchanged {
                    self.response[now - channels]
                } else {
                    saturation::response(self.adstock[c], law.kappa, law.slope)
                };
            }
        }
    }

    fn fill_targets(&mut self, scenario: &Scenario, plan: &Plan, company: &Company) {
        let weeks = self.weeks as usize + 1;
        self.targets.clear();
        self.targets.resize(weeks * scenario.roles.len(), 0.0);
        let first = &scenario.plans[0];
        for role in 0..scenario.roles.len() {
            self.targets[role * weeks] = company.roles[role].heads_today;
        }
        let mut share = f64::NAN;
        let mut tail = false;
        let mut extra = 0.0;
        for week in 1..weeks {
            let in_tail = week as u32 > self.horizon;
            if self.marketing_share[week] != share || in_tail != tail {
                share = self.marketing_share[week];
                tail = in_tail;
                let mixes = if in_tail { first } else { plan };
                extra = staffing::target_heads(scenario, mixes, share, &mut self.heads);
            }
            self.sales_money[week] += extra;
            for role in 0..scenario.roles.len() {
                self.targets[role * weeks + week] = self.heads[role];
            }
        }
    }

    /// Target heads of a role by week, from week 0.
    #[inline]
    pub fn targets_of(&self, role: usize) -> &[f64] {
        let weeks = self.weeks as usize + 1;
        &self.targets[role * weeks..(role + 1) * weeks]
    }
}

/// Marketing share of a plan in a week.
pub fn share_in(plan: &Plan, week: u32) -> f64 {
    let mut end = 0;
    for phase in &plan.phases {
        end += phase.weeks.unwrap_or(u32::MAX - end);
        if week <= end {
            return phase.marketing_share;
        }
    }
    last_share(plan)
}

fn last_share(plan: &Plan) -> f64 {
    plan.phases.last().map_or(0.0, |phase| phase.marketing_share)
}
