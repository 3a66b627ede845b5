//! Weekly series: each declared once, used by `weekly.csv`, charts and documentation.

use super::life::Each;
use crate::model::market::{Market, SegmentState};
use crate::model::sums::Item;
use crate::units::unit::Unit;

/// Reads a week that is over; the second argument is the position of the role or channel.
pub type Follow = fn(&Market, usize) -> f64;

/// Something followed week by week, summed over segments.
#[derive(Debug)]
pub struct Series {
    /// Key in `weekly.csv`.
    pub id: &'static str,
    /// Name for people.
    pub label: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// Once, or for each role or channel.
    pub each: Each,
    /// Also as paired difference to the first plan.
    pub paired: bool,
    /// Only where today's cash is told.
    pub needs_cash: bool,
    /// Reads a week that is over.
    pub read: Follow,
}

macro_rules! series {
    ($($id:literal $label:literal $unit:ident $each:ident => $read:expr;)*) => {
        &[$(Series { id: $id, label: $label, unit: Unit::$unit, each: Each::$each, paired: is_paired($id), needs_cash: is_cash($id), read: $read }),*]
    };
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

const fn is_paired(id: &str) -> bool {
    same(id, "contribution_to_date") || same(id, "revenue")
}

const fn is_cash(id: &str) -> bool {
    same(id, "cash")
}

fn segments(market: &Market, of: impl Fn(&SegmentState) -> f64) -> f64 {
    market.segments.iter().map(of).sum()
}

macro_rules! week {
    ($($item:ident)+) => { |market, _| 0.0 $(+ market.week.get(Item::$item))+ };
}

/// All series; flows of the week, stocks at its end.
pub static SERIES: &[Series] = series! {
    "unaware" "Unaware accounts" Count Once => |market, _| segments(market, |state| state.unaware as f64);
    "aware" "Aware accounts" Count Once => |market, _| segments(market, |state| state.aware as f64);
    "became_aware" "Became aware" Count Once => week!(BecameAware);
    "leads" "Leads" Count Once => week!(LeadsInbound LeadsOutbound LeadsReferred);
    "leads_inbound" "Leads, inbound" Count Once => week!(LeadsInbound);
    "leads_outbound" "Leads, outbound" Count Once => week!(LeadsOutbound);
    "leads_referred" "Leads, referred" Count Once => week!(LeadsReferred);
    "leads_organic" "Leads, organic" Count Once => week!(LeadsOrganic);
    "leads_of" "Leads of channel" Count Channel => |market, c| market.week.channels[c].leads;
    "leads_self_serve" "Leads, self-serve" Count Once => week!(LeadsSelfServe);
    "leads_worked" "Leads worked" Count Once => week!(LeadsWorked);
    "leads_died" "Leads died" Count Once => week!(LeadsDied);
    "waiting_leads" "Waiting leads" Count Once => |market, _| segments(market, |state| state.waiting_all() as f64);
    "hours_wanted" "Hours wanted" Hours Once => week!(HoursWanted);
    "hours_had" "Hours had" Hours Once => week!(HoursHad);
    "hours_used" "Hours worked" Hours Once => week!(HoursUsed);
    "limited_by_capacity" "Limited by sales capacity" Share Once => week!(LimitedByCapacity);
    "limited_by_demand" "Limited by demand" Share Once => week!(LimitedByDemand);
    "heads" "Filled heads" Heads Role => |market, r| market.teams[r].filled;
    "ramped" "Ramped heads" Heads Role => |market, r| market.teams[r].ramped;
    "vacancies" "Open seats" Heads Role => |market, r| market.teams[r].vacant();
    "hires" "Hires" Heads Role => |market, r| market.teams[r].arrived;
    "opportunities" "New opportunities" Count Once => week!(Opportunities);
    "open_opportunities" "Open opportunities" Count Once => |market, _| segments(market, |state| state.open_all() as f64);
    "pipeline_value" "Pipeline, annual value" Money Once => week!(PipelineValue);
    "quota" "Quota of the week" Money Once => week!(Quota);
    "value_won" "Annual value won by reps" Money Once => week!(ValueWonByReps);
    "wins" "Deals won by reps" Count Once => week!(Wins);
    "self_serve_wins" "Self-serve buyers" Count Once => week!(SelfServeWins);
    "customers" "Customers" Count Once => |market, _| segments(market, |state| state.customers as f64);
    "customers_lost" "Customers lost" Count Once => week!(CustomersLost);
    "relationship" "Relationship" Share Once => |market, _| {
        let customers = segments(market, |state| state.customers as f64);
        if customers > 0.0 { segments(market, |state| state.relationship * state.customers as f64) / customers } else { 0.0 }
    };
    "learned" "Learned" Share Once => |market, _| market.learned;
    "revenue" "Revenue" Money Once => |market, _| market.week.revenue();
    "revenue_new" "Revenue, new" Money Once => week!(RevenueNew);
    "revenue_renewal" "Revenue, renewal" Money Once => week!(RevenueRenewal);
    "revenue_expansion" "Revenue, expansion" Money Once => week!(RevenueExpansion);
    "revenue_repeat" "Revenue, repeat" Money Once => week!(RevenueRepeat);
    "spend" "Spend" Money Channel => |market, c| market.week.channels[c].money;
    "cost" "Cost" Money Role => |market, r| market.week.roles[r].money;
    "spent" "Spent" Money Once => |market, _| market.week.spent();
    "contribution" "Contribution" Money Once => |market, _| market.money.contribution;
    "contribution_to_date" "Contribution to date" Money Once => |market, _| market.money.contribution_to_date;
    "cash" "Cash" Money Once => |market, _| market.money.cash.unwrap_or(0.0) + market.money.change;
};
