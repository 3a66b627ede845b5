//! Random valid scenarios: every mechanism on in some, off in others.

use super::bare::{AddTo, bare, channel, plan, role, segment};
use gtm_sim::chance::key;
use gtm_sim::model::environment::seasonality_from_months;
use gtm_sim::model::name::Name;
use gtm_sim::model::scenario::*;
use gtm_sim::model::segment::*;

/// Small numbers from a counter: the same scenario for the same seed.
pub struct Dice(u64, u32);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(key::replication_key(seed, 77), 0)
    }
    pub fn unit(&mut self) -> f64 {
        self.1 += 1;
        key::uniform(self.0, 1, 1, 0, 0, self.1)
    }
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }
    pub fn pick(&mut self, n: u64) -> u64 {
        (self.unit() * n as f64) as u64
    }
    pub fn maybe(&mut self) -> bool {
        self.unit() < 0.5
    }
}

/// A random valid scenario.
pub fn random(seed: u64) -> Scenario {
    let dice = &mut Dice::new(seed);
    let weeks = [1, 5, 30, 60, 110][dice.pick(5) as usize];
    let mut scenario = bare(1000, weeks);
    scenario.segments.clear();
    let segments = 1 + dice.pick(3) as usize;
    for number in 0..segments {
        let one = random_segment(dice, number);
        scenario.segments.push(one);
    }
    fill_today(dice, &mut scenario);
    for number in 0..dice.pick(4) {
        let one = random_channel(dice, number, segments);
        scenario = scenario.with_channel(one);
    }
    for number in 0..dice.pick(4) {
        let one = random_role(dice, number, segments);
        let heads = dice.maybe().then(|| dice.between(0.0, 12.0));
        scenario = scenario.with_role(one, heads);
    }
    fill_money(dice, &mut scenario);
    fill_plans(dice, &mut scenario);
    fill_environment(dice, &mut scenario);
    scenario
}

fn fill_today(dice: &mut Dice, scenario: &mut Scenario) {
    let today = &mut scenario.today;
    let n = scenario.segments.len();
    today.pipeline = (0..n)
        .map(|_| dice.maybe().then(|| dice.between(0.0, 5.0)))
        .collect();
    today.cooling = (0..n)
        .map(|_| dice.maybe().then(|| dice.between(0.0, 5.0)))
        .collect();
    today.relationship = (0..n).map(|_| dice.maybe().then(|| dice.unit())).collect();
    today.customers = scenario
        .segments
        .iter()
        .map(|segment| {
            if dice.maybe() {
                0.0
            } else {
                dice.between(0.0, 0.3) * segment.accounts as f64
            }
        })
        .collect();
    today.cash = dice.maybe().then_some(1e6);
}

fn random_segment(dice: &mut Dice, number: usize) -> Segment {
    let accounts = [1, 12, 500, 20_000, 300_000, 10_000_000_000][dice.pick(6) as usize];
    let mut segment = segment(&format!("segment {number}"), accounts);
    segment.awareness = Awareness {
        aware_today: dice.between(0.0, 0.6),
        fading: Fading::PerWeek(dice.between(0.0, 0.05)),
        aware_a_year_ago: None,
        organic_per_week: dice.between(0.0, 0.01),
        word_of_mouth_per_week: dice.between(0.0, 0.05),
    };
    let leads = &mut segment.leads;
    leads.in_market = dice.unit();
    leads.buying_window_weeks = dice.between(1.0, 12.0);
    leads.organic = OrganicLeads::Hazard(dice.between(0.0, 0.05));
    leads.fit = dice.unit();
    leads.needs_a_rep = [0.0, 0.7, 1.0][dice.pick(3) as usize];
    leads.self_serve_conversion = dice.unit();
    leads.decision_weeks = dice.pick(4) as f64;
    leads.meeting_rate_aware = dice.between(0.0, 0.05);
    leads.meeting_rate_unaware = dice.between(0.0, 0.02);
    leads.targeting_organic = Targeting {
        base: dice.between(0.0, 0.5),
        max: dice.unit(),
    };
    leads.targeting_referred = Targeting {
        base: dice.between(0.0, 0.5),
        max: dice.unit(),
    };
    leads.targeting_outbound = Targeting {
        base: dice.between(0.0, 0.5),
        max: dice.unit(),
    };
    leads.referral_per_year = CareRate::Care {
        covered: dice.between(0.0, 0.5),
        uncovered: dice.between(0.0, 0.2),
    };
    leads.lead_half_life_weeks = dice.between(0.3, 5.0);
    leads.cool_off_weeks = 1.0 + dice.pick(20) as f64;
    fill_deals(dice, &mut segment.deals);
    fill_customers(dice, &mut segment.customers);
    if dice.maybe() {
        segment.availability = Some(Availability {
            base: dice.unit(),
            half_heads: 3.0,
            speed: dice.between(0.0, 0.3),
        });
    }
    segment
}

fn fill_deals(dice: &mut Dice, deals: &mut Deals) {
    deals.hours_lead = dice.between(0.1, 3.0);
    deals.hours_opportunity = dice.between(0.0, 2.0);
    deals.qualify_fit = dice.unit();
    deals.qualify_misfit = dice.unit();
    let family = if dice.maybe() {
        CycleFamily::Gamma
    } else {
        CycleFamily::LogNormal
    };
    deals.cycle = Cycle {
        mean_weeks: dice.between(0.5, 15.0),
        cv: dice.between(0.0, 1.0),
        family,
    };
    deals.win_rate = [0.0, 0.2, 0.6, 1.0][dice.pick(4) as usize];
    deals.value = match dice.pick(3) {
        0 => DealValue::Fixed(5_000.0),
        1 => DealValue::LogNormal {
            median: 20_000.0,
            sigma: dice.between(0.0, 1.5),
        },
        _ => DealValue::Gamma {
            mean: 9_000.0,
            cv: dice.between(0.0, 2.0),
        },
    };
    deals.referral_bonus = dice.between(0.0, 1.0);
    deals.misfit_penalty = dice.between(0.0, 1.0);
    deals.no_decision_share = dice.unit();
    deals.commission = dice.between(0.0, 0.2);
}

fn fill_customers(dice: &mut Dice, customers: &mut Customers) {
    customers.model = [
        CustomerModel::Subscription,
        CustomerModel::Repeat,
        CustomerModel::OneOff,
    ][dice.pick(3) as usize];
    customers.contract_weeks = [1.0, 4.0, 13.0, 52.0, 104.0][dice.pick(5) as usize];
    customers.annual_value_today = dice.between(0.0, 50_000.0);
    let covered = dice.between(0.01, 0.3);
    customers.churn = if dice.maybe() {
        Churn::Flat(Hazard::PerYear(dice.unit()))
    } else {
        Churn::Care {
            covered,
            uncovered: covered + dice.between(0.0, 0.5),
        }
    };
    customers.expansion = CareRate::Care {
        covered: dice.between(-0.1, 0.3),
        uncovered: 0.0,
    };
    customers.orders_per_year = dice.between(0.0, 20.0);
    customers.order_effect = dice.between(-0.5, 0.5);
    customers.basket_mean = dice.between(1.0, 500.0);
    customers.basket_cv = dice.between(0.0, 1.5);
    customers.relationship_speed = dice.between(0.0, 0.3);
    customers.returns = dice.unit();
}

fn random_channel(dice: &mut Dice, number: u64, segments: usize) -> Channel {
    let spend = dice.between(0.0, 10_000.0);
    let mut one = channel(&format!("channel {number}"), spend);
    one.slope = dice.between(0.6, 2.0);
    one.half_life_weeks = [0.0, 1.0, 8.0][dice.pick(3) as usize];
    one.leads = ChannelLeads::Hazard(dice.between(0.0, 0.05));
    one.capture = dice.unit();
    one.awareness = ChannelAwareness::PerWeek(dice.between(0.0, 0.02));
    one.lead_lift = dice.between(-0.3, 0.5);
    one.win_lift = dice.between(-0.3, 0.5);
    one.churn_cut = dice.between(0.0, 0.5);
    one.order_lift = dice.between(0.0, 0.5);
    one.targeting = Targeting {
        base: dice.between(0.0, 0.5),
        max: dice.unit(),
    };
    one.effectiveness_volatility = if dice.maybe() { 0.0 } else { dice.between(0.0, 0.5) };
    one.weight = (0..segments).map(|_| dice.between(0.0, 2.0)).collect();
    one
}

fn random_role(dice: &mut Dice, number: u64, segments: usize) -> Role {
    let mut one = role(&format!("role {number}"));
    one.selling_hours_per_week = if dice.maybe() {
        0.0
    } else {
        dice.between(5.0, 30.0)
    };
    one.touches_per_week = if dice.maybe() {
        0.0
    } else {
        dice.between(5.0, 200.0)
    };
    one.accounts_covered = if dice.maybe() {
        0.0
    } else {
        dice.between(5.0, 100.0)
    };
    one.field = dice.maybe();
    one.segments = (0..segments).filter(|_| dice.unit() < 0.7).collect();
    if one.segments.is_empty() {
        one.segments.push(0);
    }
    one.time_to_hire_weeks = dice.pick(12) as f64;
    one.ramp_weeks = dice.between(0.0, 20.0);
    one.attrition = if dice.maybe() {
        Hazard::PerYear(dice.between(0.0, 2.0))
    } else {
        Hazard::YearlyShare(0.3)
    };
    one.cost_to_hire = 10_000.0;
    one.severance_weeks = dice.between(0.0, 10.0);
    one.quota_per_year = dice.maybe().then_some(500_000.0);
    one.talent_sd = if dice.maybe() { 0.0 } else { 0.4 };
    one.hire_ahead = dice.maybe();
    one
}

fn fill_money(dice: &mut Dice, scenario: &mut Scenario) {
    scenario.budget.annual = [0.0, 1e5, 2e6][dice.pick(3) as usize];
    scenario.budget.marketing_overhead = dice.between(0.0, 0.5);
    scenario.budget.price_growth = dice.between(-0.05, 0.1);
    scenario.budget.whole_heads = dice.maybe();
    scenario.work.order = if dice.maybe() {
        Order::Newest
    } else {
        Order::Oldest
    };
    scenario.work.new_lead_share = dice.unit();
    scenario.work.stop_after_weeks = dice.maybe().then(|| dice.pick(6) as f64);
    scenario.feedback.half_learned_after = if dice.maybe() {
        f64::INFINITY
    } else {
        dice.between(5.0, 500.0)
    };
    scenario.feedback.win_lift = dice.between(0.0, 0.4);
    scenario.feedback.lead_lift = dice.between(0.0, 0.4);
    let finance = &mut scenario.finance;
    finance.gross_margin = dice.unit();
    finance.discount = dice.between(0.0, 0.2);
    finance.collection_weeks = dice.pick(10) as f64;
    finance.billing_weeks = [1.0, 4.0, 52.0][dice.pick(3) as usize];
    finance.other_costs_annual = 1e5;
    finance.tail_weeks = [0, 10, 60][dice.pick(3) as usize];
}

fn mix(dice: &mut Dice, n: usize) -> Vec<f64> {
    let parts: Vec<f64> = (0..n).map(|_| dice.unit()).collect();
    let sum: f64 = parts.iter().sum();
    parts.iter().map(|part| part / sum).collect()
}

fn fill_plans(dice: &mut Dice, scenario: &mut Scenario) {
    scenario.plans.clear();
    for number in 0..1 + dice.pick(3) {
        let channels = mix(dice, scenario.channels.len());
        let roles = mix(dice, scenario.roles.len());
        let mut one = plan(
            &format!("plan {number}"),
            [0.0, 0.4, 1.0][dice.pick(3) as usize],
            &channels,
            &roles,
        );
        if dice.maybe() {
            let share = dice.unit();
            one.phases.insert(
                0,
                Phase {
                    weeks: Some(1 + dice.pick(20) as u32),
                    marketing_share: share,
                },
            );
        }
        scenario.plans.push(one);
    }
}

fn fill_environment(dice: &mut Dice, scenario: &mut Scenario) {
    let environment = &mut scenario.environment;
    environment.volatility = if dice.maybe() { 0.0 } else { dice.between(0.0, 0.4) };
    environment.demand_elasticity = dice.between(0.0, 2.0);
    if dice.maybe() {
        let months: Vec<f64> = (0..12).map(|_| dice.between(0.5, 1.5)).collect();
        environment.demand_seasonality =
            seasonality_from_months(&months.try_into().unwrap(), dice.pick(52) as u32);
    }
    if dice.maybe() {
        environment.events.push(Event {
            name: Name::new("recession"),
            probability: dice.unit(),
            window: (1, 1 + dice.pick(50) as u32),
            weeks: 1.0 + dice.pick(40) as f64,
            multiplies: Multiplies {
                in_market: dice.between(0.0, 2.0),
                meeting: dice.between(0.0, 2.0),
                referral: dice.between(0.0, 2.0),
                orders: dice.between(0.0, 2.0),
                churn: dice.between(0.0, 2.0),
                win_odds: dice.between(0.1, 2.0),
                kappa: scenario.channels.iter().map(|_| dice.between(0.5, 2.0)).collect(),
            },
        });
    }
}
