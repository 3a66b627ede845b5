//! Measures: each declared once, used by table, JSON, CSV, documentation and `explain` (docs/model.md, 4.9).

use super::life::{Each, Life};
use super::outcomes::Better;
use crate::model::sums::Item;
use crate::units::unit::Unit;

/// Reads a number from a finished replication; the second argument is the position of the role, channel or year.
pub type Read = fn(&Life<'_>, usize) -> f64;

/// How a measure is made.
#[derive(Debug, Clone, Copy)]
pub enum Make {
    /// A number; NaN where undefined.
    Amount(Read),
    /// A ratio of means; undefined where the second is 0.
    Ratio(Read, Read),
}

/// A measure of a replication.
#[derive(Debug)]
pub struct Measure {
    /// Key in JSON, CSV and options.
    pub id: &'static str,
    /// Name for people.
    pub label: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// Which direction is better.
    pub better: Better,
    /// What it means.
    pub about: &'static str,
    /// Once, or for each role, channel or year.
    pub each: Each,
    /// How it is made.
    pub make: Make,
}

/// The measure with this key.
pub fn measure(id: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.id == id)
}

macro_rules! measures {
    ($($id:literal $label:literal $unit:ident $better:ident $each:ident $about:literal => $make:expr;)*) => {
        &[$(Measure { id: $id, label: $label, unit: Unit::$unit, better: Better::$better, each: Each::$each, about: $about, make: $make }),*]
    };
}

fn acquisition(life: &Life<'_>) -> f64 {
    let sums = life.sums();
    sums.get(Item::ChannelMoney)
        + sums.get(Item::Overhead)
        + sums.get(Item::AcquisitionPay)
        + sums.get(Item::Commission)
}

fn won(life: &Life<'_>) -> f64 {
    life.sums().get(Item::Wins) + life.sums().get(Item::SelfServeWins)
}

fn cash(life: &Life<'_>, change: f64) -> f64 {
    life.market.money.cash.map_or(f64::NAN, |start| start + change)
}

macro_rules! sum {
    ($($item:ident)+) => { Make::Amount(|life, _| 0.0 $(+ life.sums().get(Item::$item))+) };
}

/// All measures, over the horizon unless they say otherwise.
pub static MEASURES: &[Measure] = measures! {
    "value" "Value" Money More Once "Discounted contribution over horizon and tail, plus the margin that the customers and the open pipeline at the end still bring (value_years)." => Make::Amount(|life, _| life.market.money.value);
    "value_horizon" "Value, inside the horizon" Money More Once "The part of value that the horizon brings: its contribution, discounted." => Make::Amount(|life, _| life.market.money.value_in_horizon);
    "value_tail" "Value, tail" Money More Once "The part of value that the tail brings, lived under the first plan: its contribution, discounted." => Make::Amount(|life, _| { let money = &life.market.money; money.value - money.value_in_horizon - money.value_at_end });
    "value_end" "Value, left at the end" Money More Once "The part of value still to come after the tail: margin of the customers and the open pipeline then (value_years), discounted." => Make::Amount(|life, _| life.market.money.value_at_end);
    "contribution" "Contribution" Money More Once "Gross profit less everything spent on marketing and sales, inside the horizon, not discounted: the cash view of value." => Make::Amount(|life, _| life.market.money.contribution_to_date);
    "revenue" "Revenue" Money More Once "Recognised revenue." => Make::Amount(|life, _| life.sums().revenue());
    "revenue_new" "Revenue, new" Money More Once "Revenue of customers won: first contract or one-off." => sum!(RevenueNew);
    "revenue_renewal" "Revenue, renewal" Money More Once "Revenue of today's customers and of renewed contracts at their first value." => sum!(RevenueRenewal);
    "revenue_expansion" "Revenue, expansion" Money More Once "Revenue that growth at renewals added." => sum!(RevenueExpansion);
    "revenue_repeat" "Revenue, repeat" Money More Once "Revenue of orders of customers." => sum!(RevenueRepeat);
    "revenue_year" "Revenue, year" Money More Year "Recognised revenue of a year of 52 weeks; the last may be shorter." => Make::Amount(|life, year| life.market.money.revenue_by_year[year]);
    "bookings" "Bookings" Money More Once "Value of contracts signed and renewed, of one-off deals and of orders." => sum!(Bookings);
    "gross_profit" "Gross profit" Money More Once "Revenue less cost of goods." => Make::Amount(|life, _| life.sums().revenue() * life.schedule.finance.margin);
    "spent" "Spent" Money Neither Once "Money spent on marketing and sales: channels, overhead, pay, commission, hiring, severance." => Make::Amount(|life, _| life.sums().spent());
    "unspent" "Unspent" Money Neither Once "Budget that could not be spent: pay of empty seats, marketing money without a channel." => sum!(Unspent);
    "spent_on_channels" "Channels" Money Neither Once "Working money of all channels." => sum!(ChannelMoney);
    "spent_on_overhead" "Marketing overhead" Money Neither Once "Marketing people, agencies and tools." => sum!(Overhead);
    "spent_on_pay" "Pay" Money Neither Once "Pay of filled seats." => sum!(Payroll);
    "spent_on_hiring" "Hiring" Money Neither Once "Cost of hires." => sum!(Hiring);
    "spent_on_severance" "Severance" Money Neither Once "Pay of heads that were cut." => sum!(Severance);
    "spent_on_commission" "Commission" Money Neither Once "Commission on deals won by reps." => sum!(Commission);
    "spend" "Spend" Money Neither Channel "Working money of a channel." => Make::Amount(|life, c| life.sums().channels[c].money);
    "pay" "Pay" Money Neither Role "Pay of filled seats of a role." => Make::Amount(|life, r| life.sums().roles[r].pay);
    "cost" "Cost" Money Neither Role "Pay, hiring and severance of a role." => Make::Amount(|life, r| life.sums().roles[r].money);
    "arr_end" "Annual value at the end" MoneyPerYear More Once "Annual value under contract at the end of the horizon; of repeat customers, a year of orders at the last week's rate." => Make::Amount(|life, _| life.market.money.end.annual_value);
    "customers_end" "Customers at the end" Count More Once "Customers at the end of the horizon." => Make::Amount(|life, _| life.market.money.end.customers);
    "customers_won" "Customers won" Count More Once "Customers won by reps and by self-serve." => sum!(Wins SelfServeWins);
    "customers_lost" "Customers lost" Count Less Once "Customers who left." => sum!(CustomersLost);
    "customers_won_lost" "Customers won and lost" Count Less Once "Customers won who left again within the horizon; in repeat and one-off segments the expected part of those who left." => sum!(WonLost);
    "nrr" "Net revenue retention" Share More Once "Annual value of today's customers after 52 weeks over today's, growth included; from 52 weeks and 20 customers." => Make::Ratio(|life, _| life.market.money.retention.net, |life, _| life.market.money.retention.start);
    "grr" "Gross revenue retention" Share More Once "The same with growth left out." => Make::Ratio(|life, _| life.market.money.retention.gross, |life, _| life.market.money.retention.start);
    "cac" "Cost per customer won" Money Less Once "Marketing and sales cost, account management left out, over customers won." => Make::Ratio(|life, _| acquisition(life), |life, _| won(life));
    "payback_weeks" "Payback" Weeks Less Once "Weeks of margin of the new annual value that pay for winning it; one-off deals left out." => Make::Ratio(|life, _| acquisition(life), |life, _| life.sums().get(Item::NewAnnualValue) * life.schedule.finance.margin / 52.0);
    "ltv_to_cac" "Lifetime value to cost" Ratio More Once "Margin of the customers won over their life at today's churn, over the cost of winning them." => Make::Ratio(
        |life, _| { let lifetime = life.sums().get(Item::LifetimeValue); if lifetime.is_finite() { lifetime } else { 0.0 } },
        |life, _| if life.sums().get(Item::LifetimeValue).is_finite() { acquisition(life) } else { 0.0 });
    "became_aware" "Became aware" Count More Once "Accounts that became aware." => sum!(BecameAware);
    "forgot" "Forgot" Count Less Once "Aware accounts that forgot us." => sum!(Forgot);
    "leads" "Leads" Count More Once "Leads of every source." => sum!(LeadsInbound LeadsOutbound LeadsReferred);
    "leads_inbound" "Leads, inbound" Count More Once "Leads that raised a hand." => sum!(LeadsInbound);
    "leads_outbound" "Leads, outbound" Count More Once "Leads that reps touched." => sum!(LeadsOutbound);
    "leads_referred" "Leads, referred" Count More Once "Leads that customers sent." => sum!(LeadsReferred);
    "leads_organic" "Leads, organic" Count More Once "Expected part of the inbound leads that no channel made." => sum!(LeadsOrganic);
    "leads_of" "Leads of channel" Count More Channel "Expected part of the inbound leads that a channel made." => Make::Amount(|life, c| life.sums().channels[c].leads);
    "leads_from_aware" "Leads, aware before" Count More Once "Leads that knew us before they raised a hand." => sum!(LeadsFromAware);
    "leads_assisted" "Leads for reps" Count More Once "Leads that need a rep." => sum!(LeadsAssisted);
    "leads_self_serve" "Leads, self-serve" Count More Once "Leads that decide by themselves." => sum!(LeadsSelfServe);
    "leads_worked" "Leads worked" Count More Once "Leads that a rep worked." => sum!(LeadsWorked);
    "leads_died" "Leads died" Count Less Once "Leads that nobody called in time." => sum!(LeadsDied);
    "leads_died_share" "Share of leads that died" Share Less Once "Leads that nobody called in time, over those worked or dead." => Make::Ratio(|life, _| life.sums().get(Item::LeadsDied), |life, _| life.sums().get(Item::LeadsDied) + life.sums().get(Item::LeadsWorked));
    "lead_response_weeks" "Lead response" Weeks Less Once "Mean weeks that a worked lead had waited." => Make::Ratio(|life, _| life.sums().get(Item::WaitedWeeks), |life, _| life.sums().get(Item::LeadsWorked));
    "disqualified" "Disqualified" Count Less Once "Worked leads that did not qualify." => sum!(Disqualified);
    "opportunities" "Opportunities" Count More Once "Leads that qualified." => sum!(Opportunities);
    "wins" "Deals won by reps" Count More Once "Opportunities won." => sum!(Wins);
    "lost" "Deals lost" Count Less Once "Opportunities lost." => sum!(Lost);
    "lost_misfit" "Lost, misfit" Count Less Once "Lost opportunities that did not fit." => sum!(LostMisfit);
    "lost_no_decision" "Lost, no decision" Count Less Once "Expected part of the lost ones that decided for nobody." => sum!(LostNoDecision);
    "self_serve_wins" "Self-serve buyers" Count More Once "Customers won without a rep." => sum!(SelfServeWins);
    "win_rate" "Win rate" Share More Once "Opportunities won over opportunities closed." => Make::Ratio(|life, _| life.sums().get(Item::Wins), |life, _| life.sums().get(Item::Wins) + life.sums().get(Item::Lost));
    "orders" "Orders" Count More Once "Orders of customers." => sum!(Orders);
    "hires" "Hires" Heads Neither Role "Heads hired." => Make::Amount(|life, r| life.sums().roles[r].hires);
    "utilisation" "Utilisation" Share Neither SellingRole "Hours worked over selling hours had." => Make::Ratio(|life, r| life.sums().roles[r].hours_used, |life, r| life.sums().roles[r].hours_had);
    "quota_attainment" "Quota attainment" Share More Once "Annual value won by reps over the quota of filled heads." => Make::Ratio(|life, _| if life.sums().get(Item::Quota) > 0.0 { life.sums().get(Item::ValueWonByReps) } else { 0.0 }, |life, _| life.sums().get(Item::Quota));
    "pipeline_coverage" "Pipeline coverage" Ratio More Once "Annual value of open opportunities over a quarter's quota, mean over the weeks." => Make::Ratio(|life, _| if life.sums().get(Item::Quota) > 0.0 { life.sums().get(Item::PipelineValue) } else { 0.0 }, |life, _| 13.0 * life.sums().get(Item::Quota));
    "cash_end" "Cash at the end" Money More Once "Cash at the end of the horizon; undefined where today's cash is not told." => Make::Amount(|life, _| cash(life, life.market.money.at_horizon));
    "cash_lowest" "Lowest cash" Money More Once "Least cash at the end of a week." => Make::Amount(|life, _| cash(life, life.market.money.lowest));
    "cash_lowest_week" "Week of lowest cash" Weeks Neither Once "Its week; 0 = the start." => Make::Amount(|life, _| cash(life, 0.0) * 0.0 + f64::from(life.market.money.lowest_week));
    "cash_below_zero" "Cash below zero" Share Less Once "Share of futures in which cash falls below zero." => Make::Amount(|life, _| { let lowest = cash(life, life.market.money.lowest); if lowest.is_nan() { lowest } else { f64::from(u8::from(lowest < 0.0)) } });
    "weeks_limited_by_capacity" "Limited by sales capacity" Share Less Once "Share of weeks at whose end leads wait or opportunities stall." => Make::Amount(|life, _| life.sums().get(Item::LimitedByCapacity) / f64::from(life.schedule.horizon));
    "weeks_limited_by_demand" "Limited by demand" Share Less Once "Share of weeks, not limited by capacity, with over 10 % of the selling hours idle." => Make::Amount(|life, _| life.sums().get(Item::LimitedByDemand) / f64::from(life.schedule.horizon));
    "aware_end" "Aware at the end" Count More Once "Aware accounts at the end of the horizon, those in the funnel left out." => Make::Amount(|life, _| life.market.money.end.aware);
    "open_opportunities_end" "Open opportunities at the end" Count More Once "Open opportunities at the end of the horizon." => Make::Amount(|life, _| life.market.money.end.open);
    "waiting_leads_end" "Waiting leads at the end" Count Less Once "Leads that wait for a rep at the end of the horizon." => Make::Amount(|life, _| life.market.money.end.waiting);
};
