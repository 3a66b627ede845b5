//! The scenario as meant: one company, its market, its two engines and the plans to be judged (docs/model.md, 3).
//!
//! Plain data, as the planner typed it, names resolved to positions. What a planner knows instead of a
//! coefficient of the law (leads a week today, deals per rep) is kept as typed; `anchors` inverts it.

use super::name::Name;
use super::parameters::Unknown;
use super::segment::Segment;
use crate::units::time::Date;

/// One company, its market and its plans. Money in `currency`; rates as measured today.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// What the scenario is called.
    pub name: String,
    /// The question it answers, in the planner's words.
    pub question: String,
    /// ISO code of the currency, such as `USD`.
    pub currency: String,
    /// Day on which week 1 begins.
    pub start: Date,
    /// Horizon in weeks, at least 1.
    pub weeks: u32,
    /// The budget that the plans split.
    pub budget: Budget,
    /// The plans; the first is the baseline.
    pub plans: Vec<Plan>,
    /// The state on the start date.
    pub today: Today,
    /// What the last 52 weeks brought.
    pub actuals: Actuals,
    /// Luck that hits everybody.
    pub environment: Environment,
    /// Ways to spend marketing money.
    pub channels: Vec<Channel>,
    /// Kinds of salespeople.
    pub roles: Vec<Role>,
    /// How the hours of sellers are spent.
    pub work: Work,
    /// Groups of accounts that share parameters.
    pub segments: Vec<Segment>,
    /// What closed opportunities teach.
    pub feedback: Feedback,
    /// Margins, cash and the rule of value.
    pub finance: Finance,
    /// Parameters that nobody knows, drawn once a replication.
    pub unknowns: Vec<Unknown>,
}

/// The yearly budget (docs/model.md, 4.1).
#[derive(Debug, Clone)]
pub struct Budget {
    /// Money a year for marketing and sales together.
    pub annual: f64,
    /// Share of the marketing money that pays people, agencies and tools instead of media.
    pub marketing_overhead: f64,
    /// Growth of media prices, a share a year.
    pub price_growth: f64,
    /// 52 weekly factors of mean 1, the first for week 1 of the horizon; empty = flat.
    pub seasonality: Vec<f64>,
    /// Target heads rounded down to whole ones.
    pub whole_heads: bool,
    /// What the budget covers, in words.
    pub includes: String,
}

/// A budget split.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Key in the file.
    pub name: Name,
    /// Name for people.
    pub label: String,
    /// Phases in order, at least one; the last lasts as long as needed.
    pub phases: Vec<Phase>,
    /// Factor on the annual budget.
    pub budget_factor: f64,
    /// Share of the channel money per channel of the scenario; sums to 1 (all 0 without channels).
    pub channels: Vec<f64>,
    /// Share of the sales money per role of the scenario; sums to 1 (all 0 without roles).
    pub roles: Vec<f64>,
    /// More or less of one thing than the split gives; `None` in every plan of a file.
    pub change: Option<Change>,
}

impl Plan {
    /// Money a year that the plan splits.
    pub fn annual(&self, budget: &Budget) -> f64 {
        budget.annual * self.budget_factor
    }
}

/// More or less of one thing than a split gives, within the horizon, everything else as it is (docs/model.md, 4.1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// Factor on the marketing money, overhead included.
    Marketing(f64),
    /// Factor on the sales money.
    Sales(f64),
    /// Factor on the money of one channel.
    Channel(usize, f64),
    /// Heads of one role on top of the target, at most those that are there less.
    Heads(usize, f64),
}

impl Change {
    /// Factor on the marketing money.
    pub fn marketing(self) -> f64 {
        if let Self::Marketing(factor) = self {
            factor
        } else {
            1.0
        }
    }

    /// Factor on the sales money.
    pub fn sales(self) -> f64 {
        if let Self::Sales(factor) = self {
            factor
        } else {
            1.0
        }
    }

    /// Factor on the money of a channel.
    pub fn channel(self, channel: usize) -> f64 {
        match self {
            Self::Marketing(factor) => factor,
            Self::Channel(changed, factor) if changed == channel => factor,
            _ => 1.0,
        }
    }

    /// Heads on top of the target of a role.
    pub fn heads(self, role: usize) -> f64 {
        match self {
            Self::Heads(changed, heads) if changed == role => heads,
            _ => 0.0,
        }
    }
}

/// A stretch of weeks with one marketing share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Phase {
    /// Length; `None` = to the end (only the last phase).
    pub weeks: Option<u32>,
    /// Share of the budget that goes to marketing, 0 to 1.
    pub marketing_share: f64,
}

/// The state on the start date; `None` = starts steady (docs/model.md, 3).
#[derive(Debug, Clone)]
pub struct Today {
    /// Cash in the bank; `None` = not told, cash measures are undefined.
    pub cash: Option<f64>,
    /// Heads per role.
    pub team: Vec<Option<f64>>,
    /// Weeks since hire of today's heads per role, longest first; missing ones are geometric.
    pub tenure_weeks: Vec<Vec<f64>>,
    /// Open opportunities per segment.
    pub pipeline: Vec<Option<f64>>,
    /// Customers per segment.
    pub customers: Vec<f64>,
    /// Relationship per segment, 0 to 1.
    pub relationship: Vec<Option<f64>>,
    /// Cooling accounts per segment.
    pub cooling: Vec<Option<f64>>,
    /// Insight in closed deals.
    pub insight: Option<f64>,
}

/// What the last 52 weeks brought, to hold the model against; `None` = not told. No future depends on it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Actuals {
    /// Leads of all kinds.
    pub leads: Option<f64>,
    /// Opportunities opened.
    pub opportunities: Option<f64>,
    /// Deals won, self-serve included.
    pub wins: Option<f64>,
    /// Revenue.
    pub revenue: Option<f64>,
    /// Customers lost.
    pub customers_lost: Option<f64>,
    /// Mean heads per role; empty where no role is told.
    pub heads: Vec<Option<f64>>,
}

/// Luck that hits everybody (docs/model.md, 4.0).
#[derive(Debug, Clone)]
pub struct Environment {
    /// Standard deviation of the log demand index; 0 = off.
    pub volatility: f64,
    /// Half-life of the demand index' memory, weeks.
    pub half_life_weeks: f64,
    /// 52 weekly factors of mean 1, the first for week 1; empty = flat.
    pub demand_seasonality: Vec<f64>,
    /// Power of the demand index in orders.
    pub demand_elasticity: f64,
    /// Things that may happen once.
    pub events: Vec<Event>,
}

/// Something that may happen once, such as a recession.
#[derive(Debug, Clone)]
pub struct Event {
    /// Key in the file.
    pub name: Name,
    /// Probability that it happens within the window.
    pub probability: f64,
    /// First and last week in which it may start, both included.
    pub window: (u32, u32),
    /// Duration in weeks, rounded to whole ones.
    pub weeks: f64,
    /// What it multiplies while it lasts.
    pub multiplies: Multiplies,
}

/// Factors of an event; 1 = untouched.
#[derive(Debug, Clone, PartialEq)]
pub struct Multiplies {
    /// Rate at which accounts are in the market.
    pub in_market: f64,
    /// Meeting rates of outbound.
    pub meeting: f64,
    /// Referrals.
    pub referral: f64,
    /// Orders of existing customers.
    pub orders: f64,
    /// Churn hazard.
    pub churn: f64,
    /// Odds of winning, by reps and self-serve.
    pub win_odds: f64,
    /// Half-saturation, per channel of the scenario.
    pub kappa: Vec<f64>,
}

/// A way to spend marketing money (docs/model.md, 4.2).
#[derive(Debug, Clone)]
pub struct Channel {
    /// Key in the file.
    pub name: Name,
    /// Name for people.
    pub label: String,
    /// Working money a week today, after overhead.
    pub spend_today_per_week: f64,
    /// How the response bends with pressure.
    pub scale: ResponseScale,
    /// Slope s of the saturation.
    pub slope: f64,
    /// Half-life of the adstock, weeks; 0 = no carry-over.
    pub half_life_weeks: f64,
    /// How many leads it makes.
    pub leads: ChannelLeads,
    /// Reach among unaware accounts that are in the market, relative to aware ones.
    pub capture: f64,
    /// How much awareness it makes.
    pub awareness: ChannelAwareness,
    /// Log-odds of a lead at full response above none.
    pub lead_lift: f64,
    /// Log-odds of winning at full response above none.
    pub win_lift: f64,
    /// Cut of the log churn hazard at full response above none.
    pub churn_cut: f64,
    /// Lift of the log order rate at full response above none.
    pub order_lift: f64,
    /// Fit of its leads.
    pub targeting: Targeting,
    /// Standard deviation of the log effectiveness index; 0 = off.
    pub effectiveness_volatility: f64,
    /// Half-life of the effectiveness index, weeks.
    pub effectiveness_half_life_weeks: f64,
    /// Weight of its lead and awareness coefficients, per segment of the scenario.
    pub weight: Vec<f64>,
}

/// How the half-saturation of a channel is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ResponseScale {
    /// Doubling today's spend adds this share of response.
    DoublingAdds(f64),
    /// Money a week at which half of the ceiling is reached.
    HalfSaturation(f64),
}

/// How the leads of a channel are told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ChannelLeads {
    /// Leads a week today, of aware and unaware accounts, before fit.
    PerWeekToday(f64),
    /// Weekly hazard at full response.
    Hazard(f64),
}

/// How the awareness effect of a channel is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ChannelAwareness {
    /// Weight among the channels in what marketing adds to awareness today.
    Weight(f64),
    /// Weekly hazard at full response.
    PerWeek(f64),
}

/// How well a source of leads hits accounts that fit (docs/model.md, 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Targeting {
    /// Share of misfit leads replaced by fit ones today.
    pub base: f64,
    /// The same when everything is learned.
    pub max: f64,
}

/// A hazard a year, told as such or as the share that goes within a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Hazard {
    /// Hazard a year.
    PerYear(f64),
    /// Share that goes within a year.
    YearlyShare(f64),
}

/// A kind of salesperson, by what it does (docs/model.md, 4.4).
#[derive(Debug, Clone)]
pub struct Role {
    /// Key in the file.
    pub name: Name,
    /// Name for people.
    pub label: String,
    /// Money a year for one full head, everything included.
    pub loaded_cost_per_year: f64,
    /// Hours a week with leads and opportunities of a ramped head; 0 = does not sell.
    pub selling_hours_per_week: f64,
    /// Accounts touched a week by a ramped head; 0 = does not prospect.
    pub touches_per_week: f64,
    /// Customers that a ramped head looks after; 0 = does not.
    pub accounts_covered: f64,
    /// Raises availability (shelf, distribution).
    pub field: bool,
    /// Positions of the segments it serves, ascending.
    pub segments: Vec<usize>,
    /// Full weeks a seat stays empty, rounded to whole ones.
    pub time_to_hire_weeks: f64,
    /// Weeks until a new head is fully productive, linear.
    pub ramp_weeks: f64,
    /// Hazard of leaving.
    pub attrition: Hazard,
    /// Money per hire.
    pub cost_to_hire: f64,
    /// Weeks of pay for a head that is cut.
    pub severance_weeks: f64,
    /// Annual value a head should win a year; `None` = no quota.
    pub quota_per_year: Option<f64>,
    /// Standard deviation of a head's lasting win log-odds.
    pub talent_sd: f64,
    /// Recruit for a scheduled phase before it starts.
    pub hire_ahead: bool,
}

/// Order in which waiting leads of a class are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Latest arrival first.
    Newest,
    /// Earliest arrival first.
    Oldest,
}

/// How the hours of sellers are spent (docs/model.md, 4.5).
#[derive(Debug, Clone)]
pub struct Work {
    /// Order of waiting leads.
    pub order: Order,
    /// Least share of hours kept for leads.
    pub new_lead_share: f64,
    /// Weeks after arrival in which a lead can still be worked; `None` = twice its half-life, at least 1.
    pub stop_after_weeks: Option<f64>,
    /// An account answers to one touch in this many weeks.
    pub touch_every_weeks: f64,
}

/// What closed opportunities teach (docs/model.md, 4.8).
#[derive(Debug, Clone)]
pub struct Feedback {
    /// Half-life of insight, weeks.
    pub insight_half_life_weeks: f64,
    /// Closed deals after which half is learned; infinite = learning off.
    pub half_learned_after: f64,
    /// Log-odds of winning when everything is learned above nothing.
    pub win_lift: f64,
    /// Log-odds of a lead when everything is learned above nothing.
    pub lead_lift: f64,
}

/// Margins, cash and the rule of value (docs/model.md, 4.9).
#[derive(Debug, Clone)]
pub struct Finance {
    /// Share of revenue left after cost of goods.
    pub gross_margin: f64,
    /// Discount a year, a share.
    pub discount: f64,
    /// Weeks from bill to money, rounded to whole ones.
    pub collection_weeks: f64,
    /// Weeks that a bill covers in advance, rounded, at least 1.
    pub billing_weeks: f64,
    /// Costs outside marketing, sales and goods, a year; in cash only.
    pub other_costs_annual: f64,
    /// Years of margin that a customer counts in value at the end.
    pub value_years: f64,
    /// Weeks after the horizon lived under the first plan.
    pub tail_weeks: u32,
}
