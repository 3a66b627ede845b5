//! What the file leaves out: defaults that count, what starts steady, what is off.

use super::findings::{Assumed, AssumedDefault, SteadyStart};
use crate::model::company::Company;
use crate::model::parameters;
use crate::model::scenario::{Channel, ChannelAwareness, ChannelLeads, Role, Scenario};
use crate::model::segment::{CustomerModel, Fading, OrganicLeads, Segment};
use crate::units::unit::Unit;

/// What a default does to the futures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Nothing here: another key says it, or what it belongs to is absent.
    None,
    /// It moves something.
    Counts,
    /// A mechanism is off.
    Off(&'static str),
}

/// Everything left out.
pub(super) fn assumed(scenario: &Scenario, company: &Company, left_out: &[parameters::Assumed]) -> Assumed {
    let mut found = Assumed {
        steady_starts: steady_starts(scenario, company),
        ..Assumed::default()
    };
    for assumed in left_out {
        match effect(scenario, company, assumed) {
            Effect::None => {}
            Effect::Counts => found.defaults.push(told(assumed)),
            Effect::Off(what) => off(&mut found.off, what),
        }
    }
    if scenario.finance.tail_weeks == 0 {
        found.defaults.push(AssumedDefault {
            path: "finance.tail_weeks".to_owned(),
            value: Some(0.0),
            unit: Unit::Weeks,
            about: "Weeks lived after the horizon, in which late leads and young customers still pay."
                .to_owned(),
        });
    }
    if scenario.environment.events.is_empty() {
        off(&mut found.off, "events");
    }
    if scenario.budget.seasonality.is_empty() && scenario.environment.demand_seasonality.is_empty() {
        off(&mut found.off, "seasons");
    }
    found
}

fn off(all: &mut Vec<String>, what: &str) {
    if !all.iter().any(|known| known == what) {
        all.push(what.to_owned());
    }
}

fn told(assumed: &parameters::Assumed) -> AssumedDefault {
    AssumedDefault {
        path: assumed.path.clone(),
        value: assumed.parameter.default.filter(|value| value.is_finite()),
        unit: assumed.parameter.unit,
        about: assumed.parameter.about.to_owned(),
    }
}

fn only_if(counts: bool) -> Effect {
    if counts { Effect::Counts } else { Effect::None }
}

/// Off where no part of the scenario uses it, else a default that counts.
fn off_unless(used: bool, what: &'static str) -> Effect {
    if used { Effect::Counts } else { Effect::Off(what) }
}

fn effect(scenario: &Scenario, company: &Company, assumed: &parameters::Assumed) -> Effect {
    let path = assumed.parameter.path;
    let learns = scenario.feedback.half_learned_after.is_finite();
    let cash = scenario.today.cash.is_some();
    match path {
        "environment.volatility" => Effect::Off("swings of demand"),
        "environment.half_life_weeks" => only_if(scenario.environment.volatility > 0.0),
        "environment.demand_elasticity" => {
            let swings =
                scenario.environment.volatility > 0.0 || !scenario.environment.demand_seasonality.is_empty();
            only_if(swings && models(scenario, CustomerModel::Repeat))
        }
        "budget.price_growth" => Effect::Off("growth of media prices"),
        "feedback.half_learned_after" => Effect::Off("learning"),
        "feedback.insight_half_life_weeks" | "feedback.win_lift" | "feedback.lead_lift" => only_if(learns),
        "work.touch_every_weeks" => only_if(touches(scenario)),
        "work.new_lead_share" => only_if(!company.groups.is_empty()),
        "finance.collection_weeks" | "finance.other_costs_annual" => only_if(cash),
        "finance.billing_weeks" => only_if(cash && models(scenario, CustomerModel::Subscription)),
        _ if path.starts_with("environment.events.") => Effect::None,
        _ if path.starts_with("channels.") => of_channel(scenario, path, assumed.item),
        _ if path.starts_with("roles.") => of_role(scenario, path, assumed.item),
        _ if path.starts_with("segments.") => match scenario.segments.get(assumed.item) {
            Some(segment) => of_segment(scenario, company, path, segment, assumed.item),
            None => Effect::None,
        },
        _ => Effect::Counts,
    }
}

fn models(scenario: &Scenario, model: CustomerModel) -> bool {
    scenario
        .segments
        .iter()
        .any(|segment| segment.customers.model == model)
}

fn touches(scenario: &Scenario) -> bool {
    scenario.roles.iter().any(|role| role.touches_per_week > 0.0)
}

fn of_channel(scenario: &Scenario, path: &str, item: usize) -> Effect {
    let Some(channel) = scenario.channels.get(item) else {
        return Effect::None;
    };
    let any = |is: &dyn Fn(&Channel) -> bool| scenario.channels.iter().any(is);
    let key = path.trim_start_matches("channels.*.");
    match key {
        "lead_hazard_per_week" => only_if(matches!(channel.leads, ChannelLeads::Hazard(_))),
        "awareness_weight" => only_if(matches!(channel.awareness, ChannelAwareness::Weight(_))),
        "lead_lift" | "win_lift" | "churn_cut" | "order_lift" => {
            let lifts = any(&|channel| {
                let effects = [
                    channel.lead_lift,
                    channel.win_lift,
                    channel.churn_cut,
                    channel.order_lift,
                ];
                effects.iter().any(|effect| *effect != 0.0)
            });
            if lifts {
                Effect::None
            } else {
                Effect::Off("effects of channels on odds, churn and orders")
            }
        }
        "effectiveness_volatility" => {
            off_unless(any(&|c| c.effectiveness_volatility > 0.0), "swings of channels")
        }
        "effectiveness_half_life_weeks" => only_if(channel.effectiveness_volatility > 0.0),
        _ if key.starts_with("targeting.") => targeting(scenario),
        _ => Effect::Counts,
    }
}

/// Targeting only matters where leads can be misfits.
fn targeting(scenario: &Scenario) -> Effect {
    if scenario.segments.iter().any(|segment| segment.leads.fit < 1.0) {
        Effect::Off("targeting of some sources")
    } else {
        Effect::None
    }
}

fn of_role(scenario: &Scenario, path: &str, item: usize) -> Effect {
    match path.trim_start_matches("roles.*.") {
        // What a role does not do is no assumption.
        "selling_hours_per_week" | "touches_per_week" | "accounts_covered" => Effect::None,
        "talent_sd" => {
            let sells = scenario
                .roles
                .get(item)
                .is_some_and(|role| role.selling_hours_per_week > 0.0);
            let differ = scenario.roles.iter().any(|role| role.talent_sd > 0.0);
            if sells {
                off_unless(differ, "differences between reps")
            } else {
                Effect::None
            }
        }
        _ => Effect::Counts,
    }
}

fn of_segment(scenario: &Scenario, company: &Company, path: &str, segment: &Segment, item: usize) -> Effect {
    let law = &company.segments[item];
    let (leads, customers) = (&segment.leads, &segment.customers);
    let (misfits, repeat) = (leads.fit < 1.0, customers.model == CustomerModel::Repeat);
    let subscription = customers.model == CustomerModel::Subscription;
    let refers = law.referral > 0.0 || law.referral_effect != 0.0;
    let cares = [
        law.retention_effect,
        law.referral_effect,
        law.expansion_effect,
        law.order_effect,
    ];
    match path.trim_start_matches("segments.*.") {
        "awareness.forget_per_week" => only_if(matches!(segment.awareness.fading, Fading::PerWeek(_))),
        "leads.inbound_per_week" => only_if(matches!(leads.organic, OrganicLeads::Hazard(_))),
        "leads.buying_window_weeks" => only_if(leads.in_market > 0.0),
        "leads.self_serve.conversion" | "leads.self_serve.decision_weeks" => only_if(leads.needs_a_rep < 1.0),
        "leads.meeting_rate.unaware" | "leads.meeting_rate.aware" => only_if(touches(scenario)),
        "leads.lead_half_life_weeks" | "deals.qualify.fit" => only_if(leads.needs_a_rep > 0.0),
        "deals.cycle.mean_weeks" | "deals.cycle.cv" | "deals.commission" => only_if(leads.needs_a_rep > 0.0),
        "leads.referral_per_year" => {
            off_unless(company.segments.iter().any(|law| law.referral > 0.0), "referrals")
        }
        "deals.referral_bonus" => only_if(refers),
        "deals.qualify.misfit" => only_if(misfits),
        "deals.misfit_penalty" => only_if(misfits && segment.deals.qualify_misfit > 0.0),
        "deals.hours.lead" | "deals.hours.opportunity" | "deals.no_decision_share" => Effect::None,
        "customers.contract_weeks" => only_if(subscription),
        "customers.expansion" if subscription => Effect::Off("growth of contracts"),
        "customers.expansion" | "customers.order_effect" => Effect::None,
        "customers.orders_per_year" | "customers.basket.mean" | "customers.basket.cv" => only_if(repeat),
        "customers.relationship_speed" => only_if(cares.iter().any(|effect| *effect != 0.0)),
        "customers.returns" => only_if(law.churn > 0.0),
        key if key.starts_with("leads.targeting.") => targeting(scenario),
        _ => Effect::Counts,
    }
}

fn steady_starts(scenario: &Scenario, company: &Company) -> Vec<SteadyStart> {
    let mut starts = Vec::new();
    for (role, law) in scenario.roles.iter().zip(&company.roles) {
        if !law.typed {
            let filled = law.heads_today * law.filled_share();
            let from = "what the first plan pays for, less the usual vacancies";
            starts.push(steady(&format!("team.{}", role.name), filled, Unit::Heads, from));
        }
    }
    for position in 0..scenario.segments.len() {
        starts.extend(pools(scenario, company, position));
    }
    if scenario.today.insight.is_none() && scenario.feedback.half_learned_after.is_finite() {
        let from = "opportunities closed a week, remembered for a half-life";
        starts.push(steady("insight", company.insight_today, Unit::Count, from));
    }
    starts
}

fn steady(key: &str, value: f64, unit: Unit, from: &str) -> SteadyStart {
    SteadyStart {
        path: format!("today.{key}"),
        value,
        unit,
        from: from.to_owned(),
    }
}

/// What a segment leaves out of today.
fn pools(scenario: &Scenario, company: &Company, position: usize) -> Vec<SteadyStart> {
    let (today, law) = (&scenario.today, &company.segments[position]);
    let name = &scenario.segments[position].name;
    let mut starts = Vec::new();
    if today.pipeline[position].is_none() && law.needs_a_rep > 0.0 {
        let from = "opportunities opened a week × weeks that they take";
        starts.push(steady(
            &format!("pipeline.{name}"),
            law.start.open,
            Unit::Count,
            from,
        ));
    }
    if today.cooling[position].is_none() {
        let from = "accounts lost a week × weeks of cooling off";
        starts.push(steady(
            &format!("cooling.{name}"),
            law.start.cooling,
            Unit::Count,
            from,
        ));
    }
    let covers = |role: &Role| role.accounts_covered > 0.0 && role.segments.contains(&position);
    if today.relationship[position].is_none() && scenario.roles.iter().any(covers) {
        let from = "customers that today's team can look after";
        starts.push(steady(
            &format!("relationship.{name}"),
            law.relationship_today,
            Unit::Share,
            from,
        ));
    }
    starts
}
