//! The registry of every number of the model: path, unit, legal range, default, where it stands in a `Scenario`.
//!
//! One list serves the reading of files, the drawing of unknowns, documentation and schema. The position in
//! `at` counts channels, roles, segments or events in the order of the scenario; it is 0 for single tables.

use super::scenario::{ChannelAwareness, ChannelLeads, Event, Hazard, ResponseScale, Role, Scenario};
use super::segment::{CareRate, Churn, DealValue, Fading, OrganicLeads, Segment};
use crate::chance::distribution::{Family, Truncated};
use crate::units::unit::Unit;
use std::sync::LazyLock;

/// Legal values of a parameter, ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Least legal value.
    pub low: f64,
    /// Greatest legal value; infinite if there is none.
    pub high: f64,
}

impl Range {
    /// Whether `x` is legal.
    pub fn contains(self, x: f64) -> bool {
        x >= self.low && x <= self.high
    }

    /// Family of an interval over this range: log-normal above 0, logit-normal between 0 and 1, else normal.
    pub fn family(self) -> Family {
        if self.low >= 0.0 && self.high <= 1.0 {
            Family::LogitNormal
        } else if self.low >= 0.0 {
            Family::LogNormal
        } else {
            Family::Normal
        }
    }
}

/// Where a number stands in a scenario; `None` if it is told another way.
pub type At = fn(&mut Scenario, usize) -> Option<&mut f64>;

/// One number of the model.
pub struct Parameter {
    /// Path in the file; `*` stands for a name.
    pub path: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// Its legal range.
    pub range: Range,
    /// Value when left out; `None` = must be told where its section asks for it.
    pub default: Option<f64>,
    /// What it means.
    pub about: &'static str,
    /// Where it stands.
    pub at: At,
}

impl std::fmt::Debug for Parameter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parameter")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// A parameter that nobody knows, drawn once a replication.
#[derive(Debug, Clone)]
pub struct Unknown {
    /// Which parameter.
    pub parameter: &'static Parameter,
    /// Which channel, role, segment or event.
    pub item: usize,
    /// Full path with names, such as `segments.mid-market.deals.win_rate`.
    pub path: String,
    /// Hash of the full path: the key of its draw.
    pub key: u64,
    /// What is believed.
    pub distribution: Truncated,
}

/// A number that was left out, so that its default was taken.
#[derive(Debug, Clone)]
pub struct Assumed {
    /// Which parameter.
    pub parameter: &'static Parameter,
    /// Which channel, role, segment or event.
    pub item: usize,
    /// Full path with names.
    pub path: String,
}

/// The parameter with this path pattern.
pub fn parameter(path: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|parameter| parameter.path == path)
}

/// No company turns over more.
pub const MOST_MONEY: f64 = 1e15;

const POSITIVE: Range = Range {
    low: f64::MIN_POSITIVE,
    high: f64::INFINITY,
};
const NOT_NEGATIVE: Range = Range {
    low: 0.0,
    high: f64::INFINITY,
};
/// An amount of money or of money a week or year; sums of larger ones would lose their cents.
const MONEY: Range = Range {
    low: 0.0,
    high: MOST_MONEY,
};
const POSITIVE_MONEY: Range = Range {
    low: f64::MIN_POSITIVE,
    high: MOST_MONEY,
};
/// Money that may be owed.
const CASH: Range = Range {
    low: -MOST_MONEY,
    high: MOST_MONEY,
};
const SHARE: Range = Range { low: 0.0, high: 1.0 };
/// A share below 1, whose hazard is finite.
const PROPER_SHARE: Range = Range {
    low: 0.0,
    high: 0.999_999,
};
const LOG_ODDS: Range = Range {
    low: -20.0,
    high: 20.0,
};
/// A spread of logarithms; 10 is already a factor of 22,000 either way.
const SPREAD: Range = Range { low: 0.0, high: 10.0 };
/// A coefficient of variation.
const VARIATION: Range = Range {
    low: 0.0,
    high: 100.0,
};
/// A log growth a year; 5 is already a factor of 148.
const LOG_GROWTH: Range = Range { low: -5.0, high: 5.0 };
/// A growth a year that leaves prices above 0.
const GROWTH: Range = Range {
    low: -0.99,
    high: 100.0,
};
const UP_TO_WEEKS: Range = Range {
    low: 0.0,
    high: 1040.0,
};
const AT_LEAST_A_WEEK: Range = Range {
    low: 1.0,
    high: 1040.0,
};

fn segment(s: &mut Scenario, i: usize) -> Option<&mut Segment> {
    s.segments.get_mut(i)
}

fn role(s: &mut Scenario, i: usize) -> Option<&mut Role> {
    s.roles.get_mut(i)
}

fn event(s: &mut Scenario, i: usize) -> Option<&mut Event> {
    s.environment.events.get_mut(i)
}

fn care_flat(rate: &mut CareRate) -> Option<&mut f64> {
    match rate {
        CareRate::Flat(x) => Some(x),
        CareRate::Care { .. } => None,
    }
}

fn care_covered(rate: &mut CareRate) -> Option<&mut f64> {
    match rate {
        CareRate::Care { covered, .. } => Some(covered),
        CareRate::Flat(_) => None,
    }
}

fn care_uncovered(rate: &mut CareRate) -> Option<&mut f64> {
    match rate {
        CareRate::Care { uncovered, .. } => Some(uncovered),
        CareRate::Flat(_) => None,
    }
}

fn per_year(hazard: &mut Hazard) -> Option<&mut f64> {
    match hazard {
        Hazard::PerYear(x) => Some(x),
        Hazard::YearlyShare(_) => None,
    }
}

fn yearly_share(hazard: &mut Hazard) -> Option<&mut f64> {
    match hazard {
        Hazard::YearlyShare(x) => Some(x),
        Hazard::PerYear(_) => None,
    }
}

macro_rules! parameters {
    ($($path:literal $unit:ident $range:ident $default:expr, $about:literal, |$s:ident, $i:pat_param| $at:expr;)*) => {
        vec![$(Parameter { path: $path, unit: Unit::$unit, range: $range, default: $default, about: $about, at: |$s, $i| $at }),*]
    };
}

/// Every number of the model, section by section in the order of the file.
pub static PARAMETERS: LazyLock<Vec<Parameter>> = LazyLock::new(|| {
    let mut all = company();
    all.extend(channels());
    all.extend(roles());
    all.extend(segments_before_the_deal());
    all.extend(segments_from_the_deal());
    all
});

fn company() -> Vec<Parameter> {
    parameters! {
        "budget.annual" MoneyPerYear MONEY None, "Money a year for marketing and sales together.", |s, _| Some(&mut s.budget.annual);
        "budget.marketing_overhead" Share SHARE Some(0.0), "Share of the marketing money that pays people, agencies and tools.", |s, _| Some(&mut s.budget.marketing_overhead);
        "budget.price_growth" PerYear GROWTH Some(0.0), "Growth of media prices a year.", |s, _| Some(&mut s.budget.price_growth);
        "today.cash" Money CASH None, "Cash in the bank on the start date.", |s, _| s.today.cash.as_mut();
        "today.insight" Count NOT_NEGATIVE None, "Closed deals still remembered.", |s, _| s.today.insight.as_mut();
        "today.team.*" Heads NOT_NEGATIVE None, "Heads of a role today.", |s, i| s.today.team.get_mut(i)?.as_mut();
        "today.pipeline.*" Count NOT_NEGATIVE None, "Open opportunities of a segment today.", |s, i| s.today.pipeline.get_mut(i)?.as_mut();
        "today.customers.*" Count NOT_NEGATIVE Some(0.0), "Customers of a segment today.", |s, i| s.today.customers.get_mut(i);
        "today.relationship.*" Share SHARE None, "How well customers are looked after, 0 to 1.", |s, i| s.today.relationship.get_mut(i)?.as_mut();
        "today.cooling.*" Count NOT_NEGATIVE None, "Accounts cooling off today.", |s, i| s.today.cooling.get_mut(i)?.as_mut();
        "environment.volatility" LogOdds SPREAD Some(0.0), "Standard deviation of the log of the demand index.", |s, _| Some(&mut s.environment.volatility);
        "environment.half_life_weeks" Weeks NOT_NEGATIVE Some(26.0), "Half-life of the memory of the demand index.", |s, _| Some(&mut s.environment.half_life_weeks);
        "environment.demand_elasticity" Number NOT_NEGATIVE Some(1.0), "Power of the demand index in orders of customers.", |s, _| Some(&mut s.environment.demand_elasticity);
        "environment.events.*.probability" Share SHARE None, "Probability that the event happens within its window.", |s, i| Some(&mut event(s, i)?.probability);
        "environment.events.*.weeks" Weeks AT_LEAST_A_WEEK None, "How long the event lasts.", |s, i| Some(&mut event(s, i)?.weeks);
        "environment.events.*.multiplies.in_market" Ratio NOT_NEGATIVE Some(1.0), "Factor on the rate at which accounts are in the market.", |s, i| Some(&mut event(s, i)?.multiplies.in_market);
        "environment.events.*.multiplies.meeting" Ratio NOT_NEGATIVE Some(1.0), "Factor on the meeting rates of outbound.", |s, i| Some(&mut event(s, i)?.multiplies.meeting);
        "environment.events.*.multiplies.referral" Ratio NOT_NEGATIVE Some(1.0), "Factor on referrals.", |s, i| Some(&mut event(s, i)?.multiplies.referral);
        "environment.events.*.multiplies.orders" Ratio NOT_NEGATIVE Some(1.0), "Factor on orders.", |s, i| Some(&mut event(s, i)?.multiplies.orders);
        "environment.events.*.multiplies.churn" Ratio NOT_NEGATIVE Some(1.0), "Factor on the churn hazard.", |s, i| Some(&mut event(s, i)?.multiplies.churn);
        "environment.events.*.multiplies.win_odds" Ratio NOT_NEGATIVE Some(1.0), "Factor on the odds of winning.", |s, i| Some(&mut event(s, i)?.multiplies.win_odds);
        "work.new_lead_share" Share SHARE Some(0.15), "Least share of selling hours kept for leads.", |s, _| Some(&mut s.work.new_lead_share);
        "work.stop_after_weeks" Weeks UP_TO_WEEKS None, "Weeks after arrival in which a lead can still be worked.", |s, _| s.work.stop_after_weeks.as_mut();
        "work.touch_every_weeks" Weeks AT_LEAST_A_WEEK Some(8.0), "An account answers to one touch in this many weeks.", |s, _| Some(&mut s.work.touch_every_weeks);
        "feedback.insight_half_life_weeks" Weeks POSITIVE Some(52.0), "Half-life of what closed deals taught.", |s, _| Some(&mut s.feedback.insight_half_life_weeks);
        "feedback.half_learned_after" Count POSITIVE Some(f64::INFINITY), "Closed deals after which half is learned.", |s, _| Some(&mut s.feedback.half_learned_after);
        "feedback.win_lift" LogOdds LOG_ODDS Some(0.0), "Log-odds of winning, everything learned above nothing.", |s, _| Some(&mut s.feedback.win_lift);
        "feedback.lead_lift" LogOdds LOG_ODDS Some(0.0), "Log-odds of a lead, everything learned above nothing.", |s, _| Some(&mut s.feedback.lead_lift);
        "finance.gross_margin" Share SHARE None, "Share of revenue left after cost of goods.", |s, _| Some(&mut s.finance.gross_margin);
        "finance.discount" PerYear NOT_NEGATIVE Some(0.0), "Discount a year.", |s, _| Some(&mut s.finance.discount);
        "finance.collection_weeks" Weeks UP_TO_WEEKS Some(0.0), "Weeks from bill to money.", |s, _| Some(&mut s.finance.collection_weeks);
        "finance.billing_weeks" Weeks AT_LEAST_A_WEEK Some(1.0), "Weeks that a bill of a subscription covers in advance.", |s, _| Some(&mut s.finance.billing_weeks);
        "finance.other_costs_annual" MoneyPerYear MONEY Some(0.0), "Costs outside goods, marketing and sales; in cash only.", |s, _| Some(&mut s.finance.other_costs_annual);
        "finance.value_years" Number NOT_NEGATIVE Some(3.0), "Years of margin that a customer counts in value at the end.", |s, _| Some(&mut s.finance.value_years);
    }
}

fn channels() -> Vec<Parameter> {
    parameters! {
        "channels.*.spend_today_per_week" MoneyPerWeek MONEY None, "Working money a week today, after overhead.", |s, i| Some(&mut s.channels.get_mut(i)?.spend_today_per_week);
        "channels.*.leads_per_week_today" PerWeek NOT_NEGATIVE None, "Leads a week today, of aware and unaware accounts, before fit.", |s, i| match &mut s.channels.get_mut(i)?.leads { ChannelLeads::PerWeekToday(x) => Some(x), ChannelLeads::Hazard(_) => None };
        "channels.*.lead_hazard_per_week" PerWeek NOT_NEGATIVE Some(0.0), "Weekly lead hazard of an aware account in the market, at full response.", |s, i| match &mut s.channels.get_mut(i)?.leads { ChannelLeads::Hazard(x) => Some(x), ChannelLeads::PerWeekToday(_) => None };
        "channels.*.doubling_adds" Share POSITIVE None, "Doubling today's spend adds this share of response.", |s, i| match &mut s.channels.get_mut(i)?.scale { ResponseScale::DoublingAdds(x) => Some(x), ResponseScale::HalfSaturation(_) => None };
        "channels.*.half_saturation_per_week" MoneyPerWeek POSITIVE_MONEY None, "Money a week at which half of the ceiling is reached.", |s, i| match &mut s.channels.get_mut(i)?.scale { ResponseScale::HalfSaturation(x) => Some(x), ResponseScale::DoublingAdds(_) => None };
        "channels.*.slope" Number POSITIVE Some(1.0), "Slope of the saturation.", |s, i| Some(&mut s.channels.get_mut(i)?.slope);
        "channels.*.half_life_weeks" Weeks NOT_NEGATIVE Some(0.0), "Half-life of the carry-over of spend.", |s, i| Some(&mut s.channels.get_mut(i)?.half_life_weeks);
        "channels.*.capture" Share SHARE Some(0.0), "Reach among unaware accounts in the market, relative to aware ones.", |s, i| Some(&mut s.channels.get_mut(i)?.capture);
        "channels.*.awareness_weight" Number NOT_NEGATIVE Some(0.0), "Weight among the channels in what marketing adds to awareness today.", |s, i| match &mut s.channels.get_mut(i)?.awareness { ChannelAwareness::Weight(x) => Some(x), ChannelAwareness::PerWeek(_) => None };
        "channels.*.awareness_per_week" PerWeek NOT_NEGATIVE None, "Weekly hazard of becoming aware, at full response.", |s, i| match &mut s.channels.get_mut(i)?.awareness { ChannelAwareness::PerWeek(x) => Some(x), ChannelAwareness::Weight(_) => None };
        "channels.*.lead_lift" LogOdds LOG_ODDS Some(0.0), "Log-odds of a lead, full response above none.", |s, i| Some(&mut s.channels.get_mut(i)?.lead_lift);
        "channels.*.win_lift" LogOdds LOG_ODDS Some(0.0), "Log-odds of winning, full response above none.", |s, i| Some(&mut s.channels.get_mut(i)?.win_lift);
        "channels.*.churn_cut" LogOdds LOG_ODDS Some(0.0), "Cut of the log churn hazard, full response above none.", |s, i| Some(&mut s.channels.get_mut(i)?.churn_cut);
        "channels.*.order_lift" LogOdds LOG_ODDS Some(0.0), "Lift of the log order rate, full response above none.", |s, i| Some(&mut s.channels.get_mut(i)?.order_lift);
        "channels.*.targeting.base" Share SHARE Some(0.0), "Share of its misfit leads replaced by fit ones today.", |s, i| Some(&mut s.channels.get_mut(i)?.targeting.base);
        "channels.*.targeting.max" Share SHARE Some(0.0), "Share of its misfit leads replaced by fit ones when everything is learned.", |s, i| Some(&mut s.channels.get_mut(i)?.targeting.max);
        "channels.*.effectiveness_volatility" LogOdds SPREAD Some(0.0), "Standard deviation of the log of the channel's effectiveness index.", |s, i| Some(&mut s.channels.get_mut(i)?.effectiveness_volatility);
        "channels.*.effectiveness_half_life_weeks" Weeks NOT_NEGATIVE Some(8.0), "Half-life of the memory of the channel's effectiveness index.", |s, i| Some(&mut s.channels.get_mut(i)?.effectiveness_half_life_weeks);
    }
}

fn roles() -> Vec<Parameter> {
    parameters! {
        "roles.*.loaded_cost_per_year" MoneyPerYear POSITIVE_MONEY None, "Money a year for one full head, everything included.", |s, i| Some(&mut role(s, i)?.loaded_cost_per_year);
        "roles.*.selling_hours_per_week" Hours NOT_NEGATIVE Some(0.0), "Hours a week with leads and opportunities of a ramped head.", |s, i| Some(&mut role(s, i)?.selling_hours_per_week);
        "roles.*.touches_per_week" PerWeek NOT_NEGATIVE Some(0.0), "Accounts touched a week by a ramped head.", |s, i| Some(&mut role(s, i)?.touches_per_week);
        "roles.*.accounts_covered" Count NOT_NEGATIVE Some(0.0), "Customers that a ramped head looks after.", |s, i| Some(&mut role(s, i)?.accounts_covered);
        "roles.*.time_to_hire_weeks" Weeks UP_TO_WEEKS Some(0.0), "Full weeks that a seat stays empty.", |s, i| Some(&mut role(s, i)?.time_to_hire_weeks);
        "roles.*.ramp_weeks" Weeks UP_TO_WEEKS Some(0.0), "Weeks until a new head is fully productive.", |s, i| Some(&mut role(s, i)?.ramp_weeks);
        "roles.*.attrition_per_year" PerYear NOT_NEGATIVE Some(0.0), "Hazard of leaving a year.", |s, i| per_year(&mut role(s, i)?.attrition);
        "roles.*.attrition_per_year.yearly_share" Share PROPER_SHARE None, "Share of heads that leave within a year.", |s, i| yearly_share(&mut role(s, i)?.attrition);
        "roles.*.cost_to_hire" Money MONEY Some(0.0), "Money per hire.", |s, i| Some(&mut role(s, i)?.cost_to_hire);
        "roles.*.severance_weeks" Weeks NOT_NEGATIVE Some(0.0), "Weeks of pay for a head that is cut.", |s, i| Some(&mut role(s, i)?.severance_weeks);
        "roles.*.quota_per_year" MoneyPerYear POSITIVE_MONEY None, "Annual value a head should win a year.", |s, i| role(s, i)?.quota_per_year.as_mut();
        "roles.*.talent_sd" LogOdds SPREAD Some(0.0), "Standard deviation of a head's lasting win log-odds.", |s, i| Some(&mut role(s, i)?.talent_sd);
    }
}

fn segments_before_the_deal() -> Vec<Parameter> {
    parameters! {
        "segments.*.awareness.aware_today" Share SHARE Some(0.0), "Share of accounts that know us and are no customers.", |s, i| Some(&mut segment(s, i)?.awareness.aware_today);
        "segments.*.awareness.aware_after_a_year_dark" Share SHARE None, "Share of accounts that would still know us after a year without marketing.", |s, i| match &mut segment(s, i)?.awareness.fading { Fading::AfterAYearDark(x) => Some(x), Fading::PerWeek(_) => None };
        "segments.*.awareness.forget_per_week" PerWeek NOT_NEGATIVE Some(0.0), "Weekly hazard of forgetting us.", |s, i| match &mut segment(s, i)?.awareness.fading { Fading::PerWeek(x) => Some(x), Fading::AfterAYearDark(_) => None };
        "segments.*.awareness.aware_a_year_ago" Share SHARE None, "Share of accounts that knew us a year ago and were no customers.", |s, i| segment(s, i)?.awareness.aware_a_year_ago.as_mut();
        "segments.*.awareness.organic_per_week" PerWeek NOT_NEGATIVE Some(0.0), "Weekly hazard of becoming aware without marketing.", |s, i| Some(&mut segment(s, i)?.awareness.organic_per_week);
        "segments.*.awareness.word_of_mouth_per_week" PerWeek NOT_NEGATIVE Some(0.0), "Weekly hazard of becoming aware if every account were a customer.", |s, i| Some(&mut segment(s, i)?.awareness.word_of_mouth_per_week);
        "segments.*.leads.in_market" Share SHARE None, "Share of accounts that are looking at any time.", |s, i| Some(&mut segment(s, i)?.leads.in_market);
        "segments.*.leads.buying_window_weeks" Weeks AT_LEAST_A_WEEK Some(1.0), "Weeks that a search lasts.", |s, i| Some(&mut segment(s, i)?.leads.buying_window_weeks);
        "segments.*.leads.organic_leads_per_week_today" PerWeek NOT_NEGATIVE None, "Leads a week today that no channel made.", |s, i| match &mut segment(s, i)?.leads.organic { OrganicLeads::PerWeekToday(x) => Some(x), OrganicLeads::Hazard(_) => None };
        "segments.*.leads.inbound_per_week" PerWeek NOT_NEGATIVE Some(0.0), "Weekly lead hazard of an aware account in the market, without any channel.", |s, i| match &mut segment(s, i)?.leads.organic { OrganicLeads::Hazard(x) => Some(x), OrganicLeads::PerWeekToday(_) => None };
        "segments.*.leads.fit" Share SHARE Some(1.0), "Share of leads that fit, before targeting.", |s, i| Some(&mut segment(s, i)?.leads.fit);
        "segments.*.leads.needs_a_rep" Share SHARE Some(1.0), "Share of leads that need a rep.", |s, i| Some(&mut segment(s, i)?.leads.needs_a_rep);
        "segments.*.leads.self_serve.conversion" Share SHARE Some(0.0), "Share of fit self-serve leads that buy.", |s, i| Some(&mut segment(s, i)?.leads.self_serve_conversion);
        "segments.*.leads.self_serve.decision_weeks" Weeks UP_TO_WEEKS Some(0.0), "Weeks that a self-serve buyer takes to decide.", |s, i| Some(&mut segment(s, i)?.leads.decision_weeks);
        "segments.*.leads.meeting_rate.unaware" Share SHARE Some(0.0), "Share of touches of unaware accounts that become leads.", |s, i| Some(&mut segment(s, i)?.leads.meeting_rate_unaware);
        "segments.*.leads.meeting_rate.aware" Share SHARE Some(0.0), "Share of touches of aware accounts that become leads.", |s, i| Some(&mut segment(s, i)?.leads.meeting_rate_aware);
        "segments.*.leads.outbound_leads_per_week_today" PerWeek NOT_NEGATIVE None, "Outbound leads a week today; scales both meeting rates.", |s, i| segment(s, i)?.leads.outbound_leads_per_week_today.as_mut();
        "segments.*.leads.targeting.organic.base" Share SHARE Some(0.0), "Share of misfit organic leads replaced by fit ones today.", |s, i| Some(&mut segment(s, i)?.leads.targeting_organic.base);
        "segments.*.leads.targeting.organic.max" Share SHARE Some(0.0), "Share of misfit organic leads replaced by fit ones when everything is learned.", |s, i| Some(&mut segment(s, i)?.leads.targeting_organic.max);
        "segments.*.leads.targeting.referred.base" Share SHARE Some(0.0), "Share of misfit referred leads replaced by fit ones today.", |s, i| Some(&mut segment(s, i)?.leads.targeting_referred.base);
        "segments.*.leads.targeting.referred.max" Share SHARE Some(0.0), "Share of misfit referred leads replaced by fit ones when everything is learned.", |s, i| Some(&mut segment(s, i)?.leads.targeting_referred.max);
        "segments.*.leads.targeting.outbound.base" Share SHARE Some(0.0), "Share of misfit outbound leads replaced by fit ones today.", |s, i| Some(&mut segment(s, i)?.leads.targeting_outbound.base);
        "segments.*.leads.targeting.outbound.max" Share SHARE Some(0.0), "Share of misfit outbound leads replaced by fit ones when everything is learned.", |s, i| Some(&mut segment(s, i)?.leads.targeting_outbound.max);
        "segments.*.leads.referral_per_year" PerYear NOT_NEGATIVE Some(0.0), "Referred leads per customer and year.", |s, i| care_flat(&mut segment(s, i)?.leads.referral_per_year);
        "segments.*.leads.referral_per_year.covered" PerYear NOT_NEGATIVE None, "Referred leads a year of a customer who is looked after.", |s, i| care_covered(&mut segment(s, i)?.leads.referral_per_year);
        "segments.*.leads.referral_per_year.uncovered" PerYear NOT_NEGATIVE None, "Referred leads a year of a customer who is not looked after.", |s, i| care_uncovered(&mut segment(s, i)?.leads.referral_per_year);
        "segments.*.leads.lead_half_life_weeks" Weeks POSITIVE Some(f64::INFINITY), "Weeks of waiting that halve the chance to qualify.", |s, i| Some(&mut segment(s, i)?.leads.lead_half_life_weeks);
        "segments.*.leads.cool_off_weeks" Weeks AT_LEAST_A_WEEK Some(13.0), "Weeks until a lost or dead account is aware again.", |s, i| Some(&mut segment(s, i)?.leads.cool_off_weeks);
    }
}

fn segments_from_the_deal() -> Vec<Parameter> {
    parameters! {
        "segments.*.deals.deals_per_rep_year" PerYear POSITIVE None, "Deals a year of a ramped rep at full load.", |s, i| segment(s, i)?.deals.deals_per_rep_year.as_mut();
        "segments.*.deals.hours.lead" Hours NOT_NEGATIVE Some(0.0), "Hours to work a lead, or its part in the proportion.", |s, i| Some(&mut segment(s, i)?.deals.hours_lead);
        "segments.*.deals.hours.opportunity" Hours NOT_NEGATIVE Some(0.0), "Hours a week to progress an opportunity, or its part in the proportion.", |s, i| Some(&mut segment(s, i)?.deals.hours_opportunity);
        "segments.*.deals.qualify.fit" Share SHARE Some(1.0), "Share of worked fit leads that become opportunities.", |s, i| Some(&mut segment(s, i)?.deals.qualify_fit);
        "segments.*.deals.qualify.misfit" Share SHARE Some(0.0), "Share of worked misfit leads that become opportunities.", |s, i| Some(&mut segment(s, i)?.deals.qualify_misfit);
        "segments.*.deals.cycle.mean_weeks" Weeks POSITIVE Some(1.0), "Mean worked weeks from qualified to closed, before rounding up.", |s, i| Some(&mut segment(s, i)?.deals.cycle.mean_weeks);
        "segments.*.deals.cycle.cv" Number VARIATION Some(0.0), "Coefficient of variation of the sales cycle.", |s, i| Some(&mut segment(s, i)?.deals.cycle.cv);
        "segments.*.deals.win_rate" Share SHARE None, "Share of closed opportunities that are won today.", |s, i| Some(&mut segment(s, i)?.deals.win_rate);
        "segments.*.deals.value" Money MONEY None, "Value of every deal, a year for subscriptions.", |s, i| match &mut segment(s, i)?.deals.value { DealValue::Fixed(x) => Some(x), _ => None };
        "segments.*.deals.value.median" Money POSITIVE_MONEY None, "Median value of a deal, a year for subscriptions.", |s, i| match &mut segment(s, i)?.deals.value { DealValue::LogNormal { median, .. } => Some(median), _ => None };
        "segments.*.deals.value.sigma" LogOdds SPREAD None, "Standard deviation of the log of the value.", |s, i| match &mut segment(s, i)?.deals.value { DealValue::LogNormal { sigma, .. } => Some(sigma), _ => None };
        "segments.*.deals.value.mean" Money POSITIVE_MONEY None, "Mean value of a deal (gamma).", |s, i| match &mut segment(s, i)?.deals.value { DealValue::Gamma { mean, .. } => Some(mean), _ => None };
        "segments.*.deals.value.cv" Number VARIATION None, "Coefficient of variation of the value (gamma).", |s, i| match &mut segment(s, i)?.deals.value { DealValue::Gamma { cv, .. } => Some(cv), _ => None };
        "segments.*.deals.referral_bonus" LogOdds LOG_ODDS Some(0.0), "Log-odds of winning that a referral adds.", |s, i| Some(&mut segment(s, i)?.deals.referral_bonus);
        "segments.*.deals.misfit_penalty" LogOdds LOG_ODDS Some(0.0), "Log-odds of winning that a misfit lacks.", |s, i| Some(&mut segment(s, i)?.deals.misfit_penalty);
        "segments.*.deals.no_decision_share" Share SHARE Some(0.0), "Share of the lost ones that decide for nobody.", |s, i| Some(&mut segment(s, i)?.deals.no_decision_share);
        "segments.*.deals.commission" Share SHARE Some(0.0), "Share of the value paid to the seller.", |s, i| Some(&mut segment(s, i)?.deals.commission);
        "segments.*.availability.base" Share SHARE None, "Availability without any field head.", |s, i| Some(&mut segment(s, i)?.availability.as_mut()?.base);
        "segments.*.availability.half_heads" Heads POSITIVE None, "Ramped field heads that close half of the gap.", |s, i| Some(&mut segment(s, i)?.availability.as_mut()?.half_heads);
        "segments.*.availability.speed" PerWeek SHARE Some(0.05), "Share of the gap closed a week.", |s, i| Some(&mut segment(s, i)?.availability.as_mut()?.speed);
        "segments.*.customers.contract_weeks" Weeks AT_LEAST_A_WEEK Some(52.0), "Length of a contract.", |s, i| Some(&mut segment(s, i)?.customers.contract_weeks);
        "segments.*.customers.annual_value_today" MoneyPerYear MONEY None, "Annual value of each of today's customers.", |s, i| Some(&mut segment(s, i)?.customers.annual_value_today);
        "segments.*.customers.churn" PerYear NOT_NEGATIVE Some(0.0), "Churn hazard a year.", |s, i| match &mut segment(s, i)?.customers.churn { Churn::Flat(hazard) => per_year(hazard), Churn::Care { .. } => None };
        "segments.*.customers.churn.yearly_share" Share PROPER_SHARE None, "Share of customers lost within a year.", |s, i| match &mut segment(s, i)?.customers.churn { Churn::Flat(hazard) => yearly_share(hazard), Churn::Care { .. } => None };
        "segments.*.customers.churn.covered" Share PROPER_SHARE None, "Share lost a year of customers who are looked after.", |s, i| match &mut segment(s, i)?.customers.churn { Churn::Care { covered, .. } => Some(covered), Churn::Flat(_) => None };
        "segments.*.customers.churn.uncovered" Share PROPER_SHARE None, "Share lost a year of customers who are not looked after.", |s, i| match &mut segment(s, i)?.customers.churn { Churn::Care { uncovered, .. } => Some(uncovered), Churn::Flat(_) => None };
        "segments.*.customers.expansion" PerYear LOG_GROWTH Some(0.0), "Log growth of the value a year, at renewals.", |s, i| care_flat(&mut segment(s, i)?.customers.expansion);
        "segments.*.customers.expansion.covered" PerYear LOG_GROWTH None, "Log growth of the value a year, of customers who are looked after.", |s, i| care_covered(&mut segment(s, i)?.customers.expansion);
        "segments.*.customers.expansion.uncovered" PerYear LOG_GROWTH None, "Log growth of the value a year, of customers who are not looked after.", |s, i| care_uncovered(&mut segment(s, i)?.customers.expansion);
        "segments.*.customers.orders_per_year" PerYear NOT_NEGATIVE Some(0.0), "Orders of a customer a year.", |s, i| Some(&mut segment(s, i)?.customers.orders_per_year);
        "segments.*.customers.order_effect" LogOdds LOG_ODDS Some(0.0), "Lift of the log order rate, relationship 1 above 0.", |s, i| Some(&mut segment(s, i)?.customers.order_effect);
        "segments.*.customers.basket.mean" Money MONEY Some(0.0), "Mean order.", |s, i| Some(&mut segment(s, i)?.customers.basket_mean);
        "segments.*.customers.basket.cv" Number VARIATION Some(0.0), "Coefficient of variation of an order.", |s, i| Some(&mut segment(s, i)?.customers.basket_cv);
        "segments.*.customers.relationship_speed" PerWeek SHARE Some(0.05), "Share of the gap between relationship and coverage closed a week.", |s, i| Some(&mut segment(s, i)?.customers.relationship_speed);
        "segments.*.customers.returns" Share SHARE Some(1.0), "Share of the churned who are aware again after cooling off.", |s, i| Some(&mut segment(s, i)?.customers.returns);
    }
}
