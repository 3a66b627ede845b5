//! Books: cash, contribution and value (docs/model.md, 4.9).

use super::company::Company;
use super::customers::CustomerBook;
use super::luck::{Luck, Watch};
use super::market::{Market, SegmentState};
use super::schedule::Schedule;
use super::segment::CustomerModel;
use super::segment_law::SegmentLaw;
use super::sums::Item;
use super::week::Step;
use crate::units::time::WEEKS_PER_YEAR;

/// Fewest customers today from which retention of revenue is told.
const LEAST_CUSTOMERS: u64 = 20;
/// Weeks after which retention of revenue is told.
const RETENTION_WEEK: u32 = 52;

/// Money over the horizon.
#[derive(Debug, Clone, Default)]
pub struct Money {
    /// Cash; `None` = not told.
    pub cash: Option<f64>,
    /// Change of cash since the start.
    pub change: f64,
    /// Least cash of a week's end within the horizon, as change since the start.
    pub lowest: f64,
    /// Its week, 0 = the start.
    pub lowest_week: u32,
    /// Cash at the end of the horizon, as change since the start.
    pub at_horizon: f64,
    /// Discounted contribution, tail included, and at the end the value rule.
    pub value: f64,
    /// The part of value that the horizon brings.
    pub value_in_horizon: f64,
    /// The part of value that the value rule adds at the end.
    pub value_at_end: f64,
    /// Contribution of this week.
    pub contribution: f64,
    /// Contribution since the start.
    pub contribution_to_date: f64,
    /// Revenue by year of the horizon.
    pub revenue_by_year: Vec<f64>,
    /// Today's customers' annual value after 52 weeks, if there were enough of them.
    pub retention: Retention,
    /// What stands at the end of the horizon.
    pub end: End,
    /// Money on its way: `[week % (collection weeks + 1)]`.
    receivable: Vec<f64>,
    discount: f64,
}

/// Annual value of today's customers; all 0 where undefined.
#[derive(Debug, Clone, Copy, Default)]
pub struct Retention {
    /// At the start.
    pub start: f64,
    /// After 52 weeks.
    pub net: f64,
    /// The same with growth left out.
    pub gross: f64,
}

/// What stands at the end of the horizon.
#[derive(Debug, Clone, Copy, Default)]
pub struct End {
    /// Annual value under contract; orders of a year for repeat customers.
    pub annual_value: f64,
    /// Customers.
    pub customers: f64,
    /// Open opportunities.
    pub open: f64,
    /// Waiting leads.
    pub waiting: f64,
    /// Aware accounts.
    pub aware: f64,
}

impl Market {
    /// Receivables at their steady level, nothing earned yet.
    pub(super) fn start_money(&mut self, company: &Company, schedule: &Schedule, cash: Option<f64>) {
        let finance = &schedule.finance;
        let collection = finance.collection_weeks as usize;
        let money = &mut self.money;
        money.receivable.clear();
        money.receivable.resize(collection + 1, 0.0);
        for (law, state) in company.segments.iter().zip(&self.segments) {
            for before in 0..collection {
                let billed = billed_before(law, state, finance.billing_weeks, -(before as i64));
                money.receivable[collection - before] += billed;
            }
        }
        money.cash = cash;
        (money.change, money.lowest, money.lowest_week, money.at_horizon) = (0.0, 0.0, 0, 0.0);
        (money.value, money.contribution, money.contribution_to_date) = (0.0, 0.0, 0.0);
        (money.value_in_horizon, money.value_at_end) = (0.0, 0.0);
        money.retention = Retention::default();
        money.revenue_by_year.clear();
        money
            .revenue_by_year
            .resize(schedule.horizon.div_ceil(52) as usize, 0.0);
        money.end = End::default();
        money.discount = 1.0;
    }
}

/// Steady bills of a week before the start.
fn billed_before(law: &SegmentLaw, state: &SegmentState, billing: u32, week: i64) -> f64 {
    match law.model {
        CustomerModel::Subscription => state
            .book
            .contracts
            .billed_before(week, billing, law.contract_weeks),
        CustomerModel::Repeat => state.customers as f64 * law.orders * law.basket_mean,
        CustomerModel::OneOff => (law.today.wins + law.today.self_serve_wins) * law.moments.mean,
    }
}

/// (1 − e^(−kY))/k with k = churn a year + ln(1 + discount): years of margin that a customer counts.
pub fn value_factor(churn_per_year: f64, discount_log: f64, years: f64) -> f64 {
    let k = churn_per_year + discount_log;
    if k.abs() < 1e-12 {
        years
    } else {
        -libm::expm1(-k * years) / k
    }
}

/// Margin that today's rule counts for a segment at the end, discounted to the end: customers and pipeline.
fn value_at_end(law: &SegmentLaw, state: &SegmentState, schedule: &Schedule) -> f64 {
    let finance = &schedule.finance;
    let factor = value_factor(
        law.churn * WEEKS_PER_YEAR,
        finance.discount_log,
        finance.value_years,
    );
    let a_year_of_orders = state.book.orders * WEEKS_PER_YEAR * law.basket_mean;
    let (customers, per_win) = match law.model {
        CustomerModel::Subscription => (state.book.annual_value() * factor, law.moments.mean * factor),
        CustomerModel::Repeat => (
            state.customers as f64 * a_year_of_orders * factor,
            a_year_of_orders * factor,
        ),
        CustomerModel::OneOff => (state.book.unrecognised, law.moments.mean),
    };
    let open = state.open_all();
    let mut pipeline = 0.0;
    if open > 0 {
        let mut weeks = 0.0;
        for kind in super::leads::Kind::ALL {
            for remaining in 1..=state.longest() {
                weeks += f64::from(remaining) * state.open(kind, remaining) as f64;
            }
        }
        let mean = weeks / open as f64;
        pipeline =
            open as f64 * law.win_rate * per_win * libm::exp(-finance.discount_log * mean / WEEKS_PER_YEAR);
    }
    (customers + pipeline) * finance.margin
}

impl<L: Luck, W: Watch> Step<'_, L, W> {
    /// Closes the week's books.
    pub(super) fn book(&mut self) {
        self.pay_commission();
        self.note_unspent();
        self.note_pipeline();
        let week = &self.market.week;
        let finance = &self.schedule.finance;
        let revenue = week.revenue();
        let goods = revenue * (1.0 - finance.margin);
        let spent = week.spent();
        let contribution = revenue - goods - spent;
        let billed: f64 = self.market.segments.iter().map(|state| state.book.billed).sum();
        let out = goods + spent + finance.other_costs;
        let within = self.now <= self.schedule.horizon;
        let now = self.now as usize;
        let money = &mut self.market.money;
        let ring = money.receivable.len();
        money.receivable[(now + ring - 1) % ring] += billed;
        let received = std::mem::take(&mut money.receivable[now % ring]);
        money.change += received - out;
        money.value += contribution * money.discount;
        money.discount *= finance.weekly_discount;
        money.contribution = contribution;
        self.market.week.add(Item::CashIn, received);
        self.market.week.add(Item::CashOut, out);
        if within {
            let money = &mut self.market.money;
            money.contribution_to_date += contribution;
            money.value_in_horizon = money.value;
            money.revenue_by_year[(now - 1) / 52] += revenue;
            if money.change < money.lowest {
                (money.lowest, money.lowest_week) = (money.change, self.now);
            }
            self.market.totals.add_all(&self.market.week);
            self.note_retention();
        }
        if self.now == self.schedule.horizon {
            self.note_end();
        }
        if self.now == self.schedule.weeks {
            self.add_value_at_end();
        }
    }

    fn pay_commission(&mut self) {
        let market = &mut *self.market;
        for (state, law) in market.segments.iter_mut().zip(&self.company.segments) {
            if law.commission > 0.0 {
                market.week.add(Item::Commission, state.book.pay_commission());
            }
        }
    }

    /// Marketing money without a channel, sales money beyond this week's pay.
    fn note_unspent(&mut self) {
        let now = self.now as usize;
        let week = &mut self.market.week;
        let marketing = week.get(Item::ChannelMoney) + week.get(Item::Overhead);
        let without_channel = if self.company.channels.is_empty() {
            self.schedule.marketing_money[now] - marketing
        } else {
            0.0
        };
        let sales = (self.schedule.sales_money[now] - week.get(Item::Payroll)).max(0.0);
        week.add(Item::Unspent, without_channel + sales);
    }

    fn note_pipeline(&mut self) {
        let market = &mut *self.market;
        for (state, law) in market.segments.iter().zip(&self.company.segments) {
            let value = state.open_all() as f64 * CustomerBook::value_of_a_win(law);
            market.week.add(Item::PipelineValue, value);
        }
    }

    fn note_retention(&mut self) {
        if self.now != RETENTION_WEEK {
            return;
        }
        let (mut count, mut start, mut net, mut gross) = (0, 0.0, 0.0, 0.0);
        for state in &self.market.segments {
            let contracts = &state.book.contracts;
            let (of_net, of_gross) = contracts.of_today();
            count += contracts.count_today;
            start += contracts.value_today;
            net += of_net;
            gross += of_gross;
        }
        if count >= LEAST_CUSTOMERS && start > 0.0 {
            self.market.money.retention = Retention { start, net, gross };
        }
    }

    fn note_end(&mut self) {
        let mut end = End::default();
        for (state, law) in self.market.segments.iter().zip(&self.company.segments) {
            end.annual_value += match law.model {
                CustomerModel::Subscription => state.book.annual_value(),
                CustomerModel::Repeat => {
                    state.customers as f64 * state.book.orders * WEEKS_PER_YEAR * law.basket_mean
                }
                CustomerModel::OneOff => 0.0,
            };
            end.customers += state.customers as f64;
            end.open += state.open_all() as f64;
            end.waiting += state.waiting_all() as f64;
            end.aware += state.aware as f64;
        }
        self.market.money.end = end;
        self.market.money.at_horizon = self.market.money.change;
    }

    fn add_value_at_end(&mut self) {
        let market = &mut *self.market;
        let mut sum = 0.0;
        for (state, law) in market.segments.iter().zip(&self.company.segments) {
            sum += value_at_end(law, state, self.schedule);
        }
        market.money.value_at_end = sum * market.money.discount;
        market.money.value += market.money.value_at_end;
    }
}
