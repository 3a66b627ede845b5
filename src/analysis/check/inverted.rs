//! What the planner's numbers mean in the law, at typical values (docs/model.md, 5).

use super::findings::{ChannelFacts, Inverted, SegmentFacts};
use crate::model::company::Company;
use crate::model::expected::{ExpectedWeek, Flows, Pressure, Sources};
use crate::model::leads::{Class, inbound_probability};
use crate::model::saturation;
use crate::model::scenario::{ChannelLeads, Scenario};
use crate::model::segment::Fading;
use crate::model::segment_law::SegmentLaw;
use crate::model::steady;
use crate::units::time::WEEKS_PER_YEAR;

/// Coefficients of channels and segments.
pub(super) fn inverted(scenario: &Scenario, company: &Company) -> Inverted {
    let sources = steady::week_one(scenario, company);
    let week = ExpectedWeek::new(scenario, company, Pressure::today(scenario, company));
    let flows = week.flows(&sources, company.learned_today);
    let channels = 0..scenario.channels.len();
    let channels = channels.map(|channel| channel_facts(scenario, company, channel, &sources));
    let segments = (0..scenario.segments.len())
        .map(|segment| segment_facts(scenario, company, segment, &sources[segment], &flows[segment]));
    Inverted {
        channels: channels.collect(),
        segments: segments.collect(),
    }
}

/// Today's pools: typed leads are those that they bring.
pub(super) fn sources_today(company: &Company) -> Vec<Sources> {
    let of = |law: &SegmentLaw| Sources {
        aware: law.today.aware,
        unaware: law.today.unaware,
        customers: law.start.customers,
        relationship: law.relationship_today,
    };
    company.segments.iter().map(of).collect()
}

/// Leads a week of one of the sources of inbound leads: its part of the hazard times the leads of the pool.
fn leads_of(company: &Company, law: &SegmentLaw, from: &Sources, aware: f64, unaware: f64) -> f64 {
    let response = || company.channels.iter().map(|channel| channel.response_today);
    let sum = |of: &[f64]| {
        of.iter()
            .zip(response())
            .map(|(hazard, r)| hazard * r)
            .sum::<f64>()
    };
    let per = |pool: f64, hazard: f64| {
        if hazard > 0.0 {
            pool * inbound_probability(law.occasions, law.window, hazard) / hazard
        } else {
            0.0
        }
    };
    let of_aware = per(from.aware, law.inbound + sum(&law.leads));
    aware * of_aware + unaware * per(from.unaware, sum(&law.capture))
}

fn channel_facts(
    scenario: &Scenario,
    company: &Company,
    position: usize,
    sources: &[Sources],
) -> ChannelFacts {
    let channel = &scenario.channels[position];
    let law = &company.channels[position];
    let spend = channel.spend_today_per_week;
    let doubled = saturation::response(2.0 * spend, law.kappa, law.slope);
    let today = law.response_today;
    let hazards = company
        .segments
        .iter()
        .zip(&channel.weight)
        .filter(|(_, weight)| **weight > 0.0);
    let hazard = hazards.map(|(law, weight)| law.leads[position] / weight).next();
    let leads = company.segments.iter().zip(sources).map(|(law, from)| {
        let (aware, unaware) = (law.leads[position] * today, law.capture[position] * today);
        leads_of(company, law, from, aware, unaware)
    });
    ChannelFacts {
        name: channel.name.to_string(),
        label: channel.label.clone(),
        spend_per_week: spend,
        half_saturation_per_week: law.kappa,
        response: today,
        doubling_adds: if today > 0.0 { doubled / today - 1.0 } else { 0.0 },
        lead_hazard_per_week: hazard.unwrap_or(0.0),
        leads_typed: match channel.leads {
            ChannelLeads::PerWeekToday(leads) => Some(leads),
            ChannelLeads::Hazard(_) => None,
        },
        leads_reproduced: leads.sum(),
        awareness_hazard_per_week: company
            .segments
            .iter()
            .map(|law| law.awareness[position])
            .collect(),
    }
}

fn segment_facts(
    scenario: &Scenario,
    company: &Company,
    position: usize,
    from: &Sources,
    flows: &Flows,
) -> SegmentFacts {
    let segment = &scenario.segments[position];
    let law = &company.segments[position];
    SegmentFacts {
        name: segment.name.to_string(),
        label: segment.label.clone(),
        forget_per_week: match segment.awareness.fading {
            Fading::PerWeek(hazard) => hazard,
            Fading::AfterAYearDark(_) => -libm::log1p(-law.forget),
        },
        aware_today: segment.awareness.aware_today,
        aware_in_equilibrium: aware_in_equilibrium(company, law),
        churn_per_year: law.churn * WEEKS_PER_YEAR,
        retention_effect: law.retention_effect,
        relationship: law.relationship_today,
        hours_lead: law.hours_lead,
        hours_opportunity: law.hours_opportunity,
        deals_per_rep_year: segment.deals.deals_per_rep_year,
        organic_leads: leads_of(company, law, from, law.inbound, 0.0),
        outbound_leads: flows.leads[Class::Outbound.index()],
        referred_leads: flows.leads[Class::Referred.index()],
    }
}

/// The share α with q(1 − c − α + αf) = αf: q the weekly probability of becoming aware today, f of forgetting.
fn aware_in_equilibrium(company: &Company, law: &SegmentLaw) -> f64 {
    let customers = law.start.customers / law.accounts as f64;
    let mut hazard = law.organic + law.word_of_mouth * customers;
    for (coefficient, channel) in law.awareness.iter().zip(&company.channels) {
        hazard += coefficient * channel.response_today;
    }
    let q = -libm::expm1(-hazard);
    let change = law.forget + q * (1.0 - law.forget);
    if change > 0.0 {
        q * (1.0 - customers) / change
    } else {
        law.start.aware_total / law.accounts as f64
    }
}
