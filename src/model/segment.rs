//! A segment as meant: accounts that share parameters (docs/model.md, 4.2, 4.3, 4.6, 4.7).

use super::name::Name;
use super::scenario::{Hazard, Targeting};

/// Accounts that follow the same law.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Key in the file.
    pub name: Name,
    /// Name for people.
    pub label: String,
    /// Accounts that could buy, 1 to 1e10.
    pub accounts: u64,
    /// Who knows us.
    pub awareness: Awareness,
    /// Who raises a hand.
    pub leads: Leads,
    /// Who buys.
    pub deals: Deals,
    /// Shelf, distribution, local presence; `None` = always there.
    pub availability: Option<Availability>,
    /// What happens after the win.
    pub customers: Customers,
}

/// Awareness of a segment (docs/model.md, 4.2).
#[derive(Debug, Clone)]
pub struct Awareness {
    /// Share of accounts that know us and are no customers.
    pub aware_today: f64,
    /// How fast it fades.
    pub fading: Fading,
    /// Awareness share a year ago; `None` = awareness is steady today.
    pub aware_a_year_ago: Option<f64>,
    /// Weekly hazard of becoming aware without marketing.
    pub organic_per_week: f64,
    /// Weekly hazard of becoming aware if every account were a customer.
    pub word_of_mouth_per_week: f64,
}

/// How forgetting is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fading {
    /// Weekly hazard of forgetting.
    PerWeek(f64),
    /// Awareness share left after 52 weeks without spend.
    AfterAYearDark(f64),
}

/// Leads of a segment (docs/model.md, 4.3).
#[derive(Debug, Clone)]
pub struct Leads {
    /// Share of accounts that are looking at any time.
    pub in_market: f64,
    /// Weeks that a search lasts.
    pub buying_window_weeks: f64,
    /// Leads of aware accounts without any channel.
    pub organic: OrganicLeads,
    /// Share of leads that fit, before targeting.
    pub fit: f64,
    /// Share of leads that need a rep.
    pub needs_a_rep: f64,
    /// Share of fit self-serve leads that buy.
    pub self_serve_conversion: f64,
    /// Weeks that a self-serve buyer takes to decide, rounded to whole ones.
    pub decision_weeks: f64,
    /// Share of touches of unaware accounts that become leads.
    pub meeting_rate_unaware: f64,
    /// Share of touches of aware accounts that become leads.
    pub meeting_rate_aware: f64,
    /// Outbound leads a week today; scales both meeting rates.
    pub outbound_leads_per_week_today: Option<f64>,
    /// Fit of organic leads.
    pub targeting_organic: Targeting,
    /// Fit of referred leads.
    pub targeting_referred: Targeting,
    /// Fit of outbound leads.
    pub targeting_outbound: Targeting,
    /// Referred leads per customer and year.
    pub referral_per_year: CareRate,
    /// Weeks of waiting that halve the odds of qualifying.
    pub lead_half_life_weeks: f64,
    /// Weeks until a lost or dead account is aware again, rounded, at least 1.
    pub cool_off_weeks: f64,
}

/// How organic leads are told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OrganicLeads {
    /// Leads a week today, before fit.
    PerWeekToday(f64),
    /// Weekly hazard of an aware account that is in the market.
    Hazard(f64),
}

/// A rate that depends on how well customers are looked after, linear in the relationship (docs/model.md, 4.7).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CareRate {
    /// The same whatever the relationship.
    Flat(f64),
    /// Rate of a customer who is looked after, and of one who is not.
    Care {
        /// At relationship 1.
        covered: f64,
        /// At relationship 0.
        uncovered: f64,
    },
}

/// Deals of a segment (docs/model.md, 4.5, 4.6).
#[derive(Debug, Clone)]
pub struct Deals {
    /// Deals of a ramped rep at full load a year; then `hours_*` are a proportion. `None`: they are hours.
    pub deals_per_rep_year: Option<f64>,
    /// Hours to work a lead.
    pub hours_lead: f64,
    /// Hours a week to progress an opportunity.
    pub hours_opportunity: f64,
    /// Share of worked fit leads that become opportunities at no wait.
    pub qualify_fit: f64,
    /// The same for misfit leads.
    pub qualify_misfit: f64,
    /// Worked weeks from qualified to closed.
    pub cycle: Cycle,
    /// Share of closed opportunities that are won today.
    pub win_rate: f64,
    /// Value of a deal, a year for subscriptions.
    pub value: DealValue,
    /// Log-odds of winning that a referral adds.
    pub referral_bonus: f64,
    /// Log-odds of winning that a misfit lacks.
    pub misfit_penalty: f64,
    /// Share of the lost ones that decide for nobody, a label.
    pub no_decision_share: f64,
    /// Share of the value paid to the seller the week after the win.
    pub commission: f64,
}

/// Sales cycle in worked weeks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cycle {
    /// Mean before rounding up.
    pub mean_weeks: f64,
    /// Coefficient of variation; 0 = fixed.
    pub cv: f64,
    /// Shape.
    pub family: CycleFamily,
}

/// Shape of the sales cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CycleFamily {
    /// Gamma.
    Gamma,
    /// Log-normal.
    LogNormal,
}

/// Distribution of the value of a deal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DealValue {
    /// Log-normal.
    LogNormal {
        /// Median, money.
        median: f64,
        /// Standard deviation of the log.
        sigma: f64,
    },
    /// Gamma.
    Gamma {
        /// Mean, money.
        mean: f64,
        /// Coefficient of variation.
        cv: f64,
    },
    /// Every deal the same.
    Fixed(f64),
}

/// Availability of a segment (docs/model.md, 4.3).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Availability {
    /// Without any field head.
    pub base: f64,
    /// Ramped field heads that close half of the gap.
    pub half_heads: f64,
    /// Share of the gap to its level closed a week.
    pub speed: f64,
}

/// How customers pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomerModel {
    /// Annual value, renewed every contract.
    Subscription,
    /// Orders at random.
    Repeat,
    /// Pays once.
    OneOff,
}

/// Churn as told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Churn {
    /// The same whatever the relationship.
    Flat(Hazard),
    /// Yearly shares lost with and without care.
    Care {
        /// Share lost a year at relationship 1.
        covered: f64,
        /// Share lost a year at relationship 0.
        uncovered: f64,
    },
}

/// Customers of a segment (docs/model.md, 4.7).
#[derive(Debug, Clone)]
pub struct Customers {
    /// How they pay.
    pub model: CustomerModel,
    /// Length of a contract, rounded, at least 1.
    pub contract_weeks: f64,
    /// Annual value of each of today's customers.
    pub annual_value_today: f64,
    /// Who leaves.
    pub churn: Churn,
    /// Log growth of the value a year, at renewals.
    pub expansion: CareRate,
    /// Orders of a customer a year.
    pub orders_per_year: f64,
    /// Effect of the relationship on the log order rate.
    pub order_effect: f64,
    /// Mean order, money.
    pub basket_mean: f64,
    /// Coefficient of variation of an order.
    pub basket_cv: f64,
    /// Share of the gap to coverage closed a week.
    pub relationship_speed: f64,
    /// Share of the churned who are aware again after cooling off.
    pub returns: f64,
}
