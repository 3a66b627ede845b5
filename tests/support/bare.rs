//! A market with every mechanism off, to be switched on one by one.

use gtm_sim::model::name::Name;
use gtm_sim::model::scenario::*;
use gtm_sim::model::segment::*;
use gtm_sim::units::time::Date;

/// One segment, no channel, no role, one plan, nobody aware, no customers.
pub fn bare(accounts: u64, weeks: u32) -> Scenario {
    Scenario {
        name: "bare".into(),
        question: String::new(),
        currency: "USD".into(),
        start: Date {
            year: 2027,
            month: 1,
            day: 4,
        },
        weeks,
        budget: Budget {
            annual: 0.0,
            marketing_overhead: 0.0,
            price_growth: 0.0,
            seasonality: Vec::new(),
            whole_heads: false,
            includes: String::new(),
        },
        plans: vec![plan("today", 0.0, &[], &[])],
        today: nobody_today(),
        actuals: Actuals::default(),
        environment: Environment {
            volatility: 0.0,
            half_life_weeks: 26.0,
            demand_seasonality: Vec::new(),
            demand_elasticity: 1.0,
            events: Vec::new(),
        },
        channels: Vec::new(),
        roles: Vec::new(),
        work: Work {
            order: Order::Newest,
            new_lead_share: 0.15,
            stop_after_weeks: None,
            touch_every_weeks: 8.0,
        },
        segments: vec![segment("firms", accounts)],
        feedback: Feedback {
            insight_half_life_weeks: 52.0,
            half_learned_after: f64::INFINITY,
            win_lift: 0.0,
            lead_lift: 0.0,
        },
        finance: Finance {
            gross_margin: 1.0,
            discount: 0.0,
            collection_weeks: 0.0,
            billing_weeks: 1.0,
            other_costs_annual: 0.0,
            value_years: 3.0,
            tail_weeks: 0,
        },
        unknowns: Vec::new(),
    }
}

/// No cash told, no team, no customers, nothing open or cooling.
fn nobody_today() -> Today {
    Today {
        cash: None,
        team: Vec::new(),
        tenure_weeks: Vec::new(),
        pipeline: vec![Some(0.0)],
        customers: vec![0.0],
        relationship: vec![None],
        cooling: vec![Some(0.0)],
        insight: None,
    }
}

pub fn plan(name: &str, marketing_share: f64, channels: &[f64], roles: &[f64]) -> Plan {
    Plan {
        name: Name::new(name),
        label: name.into(),
        phases: vec![Phase {
            weeks: None,
            marketing_share,
        }],
        budget_factor: 1.0,
        channels: channels.to_vec(),
        roles: roles.to_vec(),
        change: None,
    }
}

/// A segment of subscription customers whose leads all need a rep; nothing happens in it.
pub fn segment(name: &str, accounts: u64) -> Segment {
    Segment {
        name: Name::new(name),
        label: name.into(),
        accounts,
        awareness: Awareness {
            aware_today: 0.0,
            fading: Fading::PerWeek(0.0),
            aware_a_year_ago: None,
            organic_per_week: 0.0,
            word_of_mouth_per_week: 0.0,
        },
        leads: Leads {
            in_market: 1.0,
            buying_window_weeks: 1.0,
            organic: OrganicLeads::Hazard(0.0),
            fit: 1.0,
            needs_a_rep: 1.0,
            self_serve_conversion: 0.0,
            decision_weeks: 0.0,
            meeting_rate_unaware: 0.0,
            meeting_rate_aware: 0.0,
            outbound_leads_per_week_today: None,
            targeting_organic: Targeting::default(),
            targeting_referred: Targeting::default(),
            targeting_outbound: Targeting::default(),
            referral_per_year: CareRate::Flat(0.0),
            lead_half_life_weeks: f64::INFINITY,
            cool_off_weeks: 13.0,
        },
        deals: Deals {
            deals_per_rep_year: None,
            hours_lead: 1.0,
            hours_opportunity: 1.0,
            qualify_fit: 1.0,
            qualify_misfit: 0.0,
            cycle: Cycle {
                mean_weeks: 1.0,
                cv: 0.0,
                family: CycleFamily::Gamma,
            },
            win_rate: 1.0,
            value: DealValue::Fixed(10_000.0),
            referral_bonus: 0.0,
            misfit_penalty: 0.0,
            no_decision_share: 0.0,
            commission: 0.0,
        },
        availability: None,
        customers: subscribers(),
    }
}

/// Subscribers of 10,000 a year who never leave.
fn subscribers() -> Customers {
    Customers {
        model: CustomerModel::Subscription,
        contract_weeks: 52.0,
        annual_value_today: 10_000.0,
        churn: Churn::Flat(Hazard::PerYear(0.0)),
        expansion: CareRate::Flat(0.0),
        orders_per_year: 0.0,
        order_effect: 0.0,
        basket_mean: 0.0,
        basket_cv: 0.0,
        relationship_speed: 0.0,
        returns: 1.0,
    }
}

/// A role that costs 52,000 a year, hires at once and never leaves; it does nothing yet.
pub fn role(name: &str) -> Role {
    Role {
        name: Name::new(name),
        label: name.into(),
        loaded_cost_per_year: 52_000.0,
        selling_hours_per_week: 0.0,
        touches_per_week: 0.0,
        accounts_covered: 0.0,
        field: false,
        segments: vec![0],
        time_to_hire_weeks: 0.0,
        ramp_weeks: 0.0,
        attrition: Hazard::PerYear(0.0),
        cost_to_hire: 0.0,
        severance_weeks: 0.0,
        quota_per_year: None,
        talent_sd: 0.0,
        hire_ahead: true,
    }
}

/// A channel with its half-saturation at today's spend; it does nothing yet.
pub fn channel(name: &str, spend_today: f64) -> Channel {
    Channel {
        name: Name::new(name),
        label: name.into(),
        spend_today_per_week: spend_today,
        scale: ResponseScale::HalfSaturation(spend_today.max(1.0)),
        slope: 1.0,
        half_life_weeks: 0.0,
        leads: ChannelLeads::Hazard(0.0),
        capture: 0.0,
        awareness: ChannelAwareness::Weight(0.0),
        lead_lift: 0.0,
        win_lift: 0.0,
        churn_cut: 0.0,
        order_lift: 0.0,
        targeting: Targeting::default(),
        effectiveness_volatility: 0.0,
        effectiveness_half_life_weeks: 8.0,
        weight: vec![1.0],
    }
}

impl AddTo for Scenario {
    fn with_role(mut self, role: Role, heads: Option<f64>) -> Self {
        self.roles.push(role);
        self.today.team.push(heads);
        self.today.tenure_weeks.push(Vec::new());
        for plan in &mut self.plans {
            plan.roles.push(0.0);
        }
        self
    }

    fn with_channel(mut self, channel: Channel) -> Self {
        self.channels.push(channel);
        for plan in &mut self.plans {
            plan.channels.push(0.0);
        }
        self
    }

    fn with_segment(mut self, segment: Segment, customers: f64) -> Self {
        self.segments.push(segment);
        self.today.customers.push(customers);
        self.today.pipeline.push(Some(0.0));
        self.today.relationship.push(None);
        self.today.cooling.push(Some(0.0));
        for channel in &mut self.channels {
            channel.weight.push(1.0);
        }
        self
    }
}

/// Adds parts and keeps the lists of the same length.
pub trait AddTo {
    fn with_role(self, role: Role, heads: Option<f64>) -> Self;
    fn with_channel(self, channel: Channel) -> Self;
    /// Another segment that no role serves yet.
    fn with_segment(self, segment: Segment, customers: f64) -> Self;
}

/// A shipped scenario with every unknown at its typical value.
pub fn shipped(name: &str) -> Scenario {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let document =
        gtm_sim::scenario_file::read(&text, name).unwrap_or_else(|report| panic!("{}", report.render(false)));
    let mut scenario = document.value.scenario;
    scenario.unknowns.clear();
    scenario
}

/// The files of all shipped scenarios.
pub fn shipped_files() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let names = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<String> = names.filter(|name| name.ends_with(".toml")).collect();
    files.sort();
    files
}
