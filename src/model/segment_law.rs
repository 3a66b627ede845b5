//! A segment's coefficients at index 0, after inversion (docs/model.md, 3, 5).

use super::company::{ChannelLaw, LARGE_SEGMENT, whole};
use super::deals::{CycleTable, Moments};
use super::inversions;
use super::scenario::{Scenario, Targeting};
use super::segment::{Availability, CustomerModel, DealValue, Segment};
use crate::units::time::WEEKS_PER_YEAR;

/// What a segment's flows look like today; expectations at index 0, a week.
#[derive(Debug, Clone, Copy, Default)]
pub struct FlowsToday {
    /// Aware accounts that this week's leads come from, accounts whose cooling ends this week included.
    pub aware: f64,
    /// Unaware accounts.
    pub unaware: f64,
    /// Inbound leads.
    pub inbound: f64,
    /// Outbound leads.
    pub outbound: f64,
    /// Referred leads.
    pub referred: f64,
    /// Leads that need a rep.
    pub assisted: f64,
    /// Hours they and their opportunities want.
    pub hours: f64,
    /// Share of them that is served.
    pub served: f64,
    /// Opportunities opened, by kind (`Kind`).
    pub qualified: [f64; 4],
    /// Fit self-serve leads.
    pub self_serve_fit: f64,
    /// Accounts that start to cool off.
    pub cooling: f64,
    /// Deals won by reps.
    pub wins: f64,
    /// Self-serve buyers won.
    pub self_serve_wins: f64,
}

/// Expected counts at the start.
#[derive(Debug, Clone, Copy, Default)]
pub struct StartCounts {
    /// Customers.
    pub customers: f64,
    /// Accounts that know us and are no customers, wherever they are.
    pub aware_total: f64,
    /// Open opportunities.
    pub open: f64,
    /// Cooling accounts.
    pub cooling: f64,
    /// Self-serve buyers still deciding.
    pub buying: f64,
}

/// A segment's coefficients.
#[derive(Debug, Clone)]
pub struct SegmentLaw {
    /// Hash of its name.
    pub key: u64,
    /// Accounts.
    pub accounts: u64,
    /// More than `LARGE_SEGMENT` accounts.
    pub large: bool,
    /// Weekly probability of forgetting.
    pub forget: f64,
    /// Weekly hazard of becoming aware without marketing.
    pub organic: f64,
    /// The same if every account were a customer.
    pub word_of_mouth: f64,
    /// Awareness hazard at full response, per channel.
    pub awareness: Vec<f64>,
    /// Buying occasions of an account a week.
    pub occasions: f64,
    /// Buying window W, weeks.
    pub window: f64,
    /// Organic lead hazard of aware accounts.
    pub inbound: f64,
    /// Lead hazard of aware accounts at full response, per channel.
    pub leads: Vec<f64>,
    /// Lead hazard of unaware accounts at full response, per channel.
    pub capture: Vec<f64>,
    /// Share of leads that fit before targeting.
    pub fit: f64,
    /// Share that needs a rep.
    pub needs_a_rep: f64,
    /// Log-odds that a fit self-serve lead buys.
    pub conversion_logit: f64,
    /// Weeks to decide.
    pub decision_weeks: u32,
    /// Meeting rate of unaware accounts.
    pub meeting_unaware: f64,
    /// Meeting rate of aware accounts.
    pub meeting_aware: f64,
    /// Fit of organic leads.
    pub targeting_organic: Targeting,
    /// Fit of referred leads.
    pub targeting_referred: Targeting,
    /// Fit of outbound leads.
    pub targeting_outbound: Targeting,
    /// Referred leads per customer and week today.
    pub referral: f64,
    /// Its change from relationship 0 to 1.
    pub referral_effect: f64,
    /// Share left of the chance to qualify after 0, 1, … weeks of waiting.
    pub decay: Vec<f64>,
    /// Weeks after arrival in which a lead can be worked.
    pub stop_after: u32,
    /// Weeks of cooling off.
    pub cool_off: u32,
    /// Hours to work a lead.
    pub hours_lead: f64,
    /// Hours a week for an opportunity.
    pub hours_opportunity: f64,
    /// Share of worked fit leads that qualify.
    pub qualify_fit: f64,
    /// Share of worked misfit leads that qualify.
    pub qualify_misfit: f64,
    /// Distribution of the worked weeks.
    pub cycle: CycleTable,
    /// Log-odds of winning today.
    pub win_logit: f64,
    /// Win rate today.
    pub win_rate: f64,
    /// Log-odds that a referral adds.
    pub referral_bonus: f64,
    /// Log-odds that a misfit lacks.
    pub misfit_penalty: f64,
    /// Share of lost fit deals that decide for nobody.
    pub no_decision_share: f64,
    /// Share of the value paid as commission.
    pub commission: f64,
    /// Value of a deal.
    pub value: DealValue,
    /// Its moments.
    pub moments: Moments,
    /// Availability without heads, its half-saturation in heads, speed; `None` = always there.
    pub availability: Option<Availability>,
    /// Availability today.
    pub availability_today: f64,
    /// How customers pay.
    pub model: CustomerModel,
    /// Weeks of a contract.
    pub contract_weeks: u32,
    /// Annual value of each of today's customers.
    pub annual_value_today: f64,
    /// Churn hazard a week today.
    pub churn: f64,
    /// Fall of its log from relationship 0 to 1.
    pub retention_effect: f64,
    /// Expansion today, log a year.
    pub expansion: f64,
    /// Its change from relationship 0 to 1.
    pub expansion_effect: f64,
    /// Orders of a customer a week today.
    pub orders: f64,
    /// Lift of their log from relationship 0 to 1.
    pub order_effect: f64,
    /// Mean order.
    pub basket_mean: f64,
    /// Its coefficient of variation.
    pub basket_cv: f64,
    /// Speed of the relationship.
    pub relationship_speed: f64,
    /// Relationship today.
    pub relationship_today: f64,
    /// Share of churned customers who return.
    pub returns: f64,
    /// Expected counts at the start.
    pub start: StartCounts,
    /// Expected flows today.
    pub today: FlowsToday,
}

/// Longest wait after which a lead can still be worked, weeks.
const LONGEST_WAIT: f64 = 1040.0;

impl SegmentLaw {
    pub(super) fn fill(&mut self, scenario: &Scenario, position: usize, relationship: f64) {
        let typed = &scenario.segments[position];
        self.key = typed.name.key();
        self.accounts = typed.accounts;
        self.large = typed.accounts > LARGE_SEGMENT;
        self.organic = typed.awareness.organic_per_week;
        self.word_of_mouth = typed.awareness.word_of_mouth_per_week;
        self.relationship_today = relationship;
        self.availability = typed.availability;
        self.fill_leads(scenario, typed);
        self.fill_deals(typed);
        self.fill_customers(typed);
        self.start = StartCounts {
            customers: scenario.today.customers[position],
            aware_total: typed.awareness.aware_today * typed.accounts as f64,
            ..StartCounts::default()
        };
    }

    fn fill_leads(&mut self, scenario: &Scenario, typed: &Segment) {
        let leads = &typed.leads;
        self.window = leads.buying_window_weeks;
        self.occasions = leads.in_market / self.window;
        self.fit = leads.fit;
        self.needs_a_rep = leads.needs_a_rep;
        self.conversion_logit = super::deals::logit(leads.self_serve_conversion);
        self.decision_weeks = whole(leads.decision_weeks, 0);
        self.meeting_unaware = leads.meeting_rate_unaware;
        self.meeting_aware = leads.meeting_rate_aware;
        self.targeting_organic = leads.targeting_organic;
        self.targeting_referred = leads.targeting_referred;
        self.targeting_outbound = leads.targeting_outbound;
        let (referral, effect) = inversions::care_today(leads.referral_per_year, self.relationship_today);
        self.referral = referral / WEEKS_PER_YEAR;
        self.referral_effect = effect / WEEKS_PER_YEAR;
        self.cool_off = whole(leads.cool_off_weeks, 1);
        let half_life = leads.lead_half_life_weeks;
        let default_stop = if half_life.is_finite() {
            (2.0 * half_life).clamp(1.0, LONGEST_WAIT)
        } else {
            52.0
        };
        self.stop_after = whole(scenario.work.stop_after_weeks.unwrap_or(default_stop), 0);
        self.decay.clear();
        self.decay
            .extend((0..=self.stop_after).map(|wait| libm::exp2(-f64::from(wait) / half_life)));
    }

    fn fill_deals(&mut self, typed: &Segment) {
        let deals = &typed.deals;
        self.hours_lead = deals.hours_lead;
        self.hours_opportunity = deals.hours_opportunity;
        self.qualify_fit = deals.qualify_fit;
        self.qualify_misfit = deals.qualify_misfit;
        self.cycle.fill(deals.cycle);
        self.win_rate = deals.win_rate;
        self.win_logit = super::deals::logit(deals.win_rate);
        self.referral_bonus = deals.referral_bonus;
        self.misfit_penalty = deals.misfit_penalty;
        self.no_decision_share = deals.no_decision_share;
        self.commission = deals.commission;
        self.value = deals.value;
        self.moments = deals.value.moments();
    }

    fn fill_customers(&mut self, typed: &Segment) {
        let customers = &typed.customers;
        self.model = customers.model;
        self.contract_weeks = whole(customers.contract_weeks, 1);
        self.annual_value_today = customers.annual_value_today;
        let (churn, effect) = inversions::churn_today(customers.churn, self.relationship_today);
        self.churn = churn / WEEKS_PER_YEAR;
        self.retention_effect = effect;
        (self.expansion, self.expansion_effect) =
            inversions::care_today(customers.expansion, self.relationship_today);
        self.orders = customers.orders_per_year / WEEKS_PER_YEAR;
        self.order_effect = customers.order_effect;
        self.basket_mean = customers.basket_mean;
        self.basket_cv = customers.basket_cv;
        self.relationship_speed = customers.relationship_speed;
        self.returns = customers.returns;
    }

    /// Awareness coefficients that add up to the hazard `wanted` today; whether they can.
    pub(super) fn fill_awareness(
        &mut self,
        scenario: &Scenario,
        position: usize,
        channels: &[ChannelLaw],
        wanted: f64,
    ) -> bool {
        use super::scenario::ChannelAwareness;
        let weighted: f64 = scenario
            .channels
            .iter()
            .zip(channels)
            .map(|(channel, law)| match channel.awareness {
                ChannelAwareness::Weight(weight) => weight * law.response_today * channel.weight[position],
                ChannelAwareness::PerWeek(_) => 0.0,
            })
            .sum();
        let typed: f64 = scenario
            .channels
            .iter()
            .zip(channels)
            .map(|(channel, law)| match channel.awareness {
                ChannelAwareness::PerWeek(hazard) => hazard * law.response_today * channel.weight[position],
                ChannelAwareness::Weight(_) => 0.0,
            })
            .sum();
        let scale = if weighted > 0.0 {
            (wanted - typed).max(0.0) / weighted
        } else {
            0.0
        };
        self.awareness.clear();
        self.awareness.extend(scenario.channels.iter().map(|channel| {
            channel.weight[position]
                * match channel.awareness {
                    ChannelAwareness::Weight(weight) => weight * scale,
                    ChannelAwareness::PerWeek(hazard) => hazard,
                }
        }));
        let missing = wanted - typed;
        missing.abs() <= 1e-9 || (missing > 0.0 && weighted > 0.0)
    }

    pub(super) fn empty() -> Self {
        Self {
            key: 0,
            accounts: 0,
            large: false,
            forget: 0.0,
            organic: 0.0,
            word_of_mouth: 0.0,
            awareness: Vec::new(),
            occasions: 0.0,
            window: 1.0,
            inbound: 0.0,
            leads: Vec::new(),
            capture: Vec::new(),
            fit: 1.0,
            needs_a_rep: 1.0,
            conversion_logit: 0.0,
            decision_weeks: 0,
            meeting_unaware: 0.0,
            meeting_aware: 0.0,
            targeting_organic: Targeting::default(),
            targeting_referred: Targeting::default(),
            targeting_outbound: Targeting::default(),
            referral: 0.0,
            referral_effect: 0.0,
            decay: Vec::new(),
            stop_after: 1,
            cool_off: 1,
            hours_lead: 0.0,
            hours_opportunity: 0.0,
            qualify_fit: 1.0,
            qualify_misfit: 0.0,
            cycle: CycleTable::default(),
            win_logit: 0.0,
            win_rate: 0.0,
            referral_bonus: 0.0,
            misfit_penalty: 0.0,
            no_decision_share: 0.0,
            commission: 0.0,
            value: DealValue::Fixed(0.0),
            moments: Moments::default(),
            availability: None,
            availability_today: 1.0,
            model: CustomerModel::Subscription,
            contract_weeks: 52,
            annual_value_today: 0.0,
            churn: 0.0,
            retention_effect: 0.0,
            expansion: 0.0,
            expansion_effect: 0.0,
            orders: 0.0,
            order_effect: 0.0,
            basket_mean: 0.0,
            basket_cv: 0.0,
            relationship_speed: 0.0,
            relationship_today: 0.0,
            returns: 1.0,
            start: StartCounts::default(),
            today: FlowsToday::default(),
        }
    }
}
