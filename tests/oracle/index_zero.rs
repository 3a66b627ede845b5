//! Index 0 of oracle and engine, number by number: nothing is drawn there, so that they must agree to rounding.

use super::beliefs;
use super::dice::Dice;
use super::today::Today;
use gtm_sim::model::company::Company;
use gtm_sim::model::scenario::Scenario;

/// Numbers that the iterations of both must agree on.
const SAME: f64 = 1e-7;

/// What differs at typical values and at some draws of the unknowns, one a line; draws that ask for more than there is
/// are left out, since "the nearest that can" has several meanings there.
pub fn differences(name: &str, scenario: &Scenario) -> String {
    let mut text = String::new();
    let mut dice = Dice::new(7);
    let draws = if scenario.unknowns.is_empty() { 0 } else { 30 };
    for draw in 0..=draws {
        let known = if draw == 0 {
            scenario.clone()
        } else {
            beliefs::draw(scenario, &mut dice)
        };
        let company = Company::of(&known);
        if company.moved.any() {
            continue;
        }
        for (what, oracle, engine) in pairs(&known, &Today::of(&known), &company) {
            if (oracle - engine).abs() > SAME * oracle.abs().max(engine.abs()) + 1e-12 {
                text += &format!("{name}, draw {draw}: {what}: oracle {oracle} engine {engine}\n");
            }
        }
    }
    text
}

fn pairs(scenario: &Scenario, today: &Today, company: &Company) -> Vec<(String, f64, f64)> {
    let mut list = vec![
        ("insight".to_owned(), today.insight, company.insight_today),
        ("learned".to_owned(), today.learned, company.learned_today),
    ];
    for (c, channel) in company.channels.iter().enumerate() {
        let what = format!("response of {}", scenario.channels[c].name);
        list.push((what, today.response[c], channel.response_today));
    }
    for (r, role) in company.roles.iter().enumerate() {
        let what = format!("ramped heads of {}", scenario.roles[r].name);
        list.push((what, today.roles[r].ramped, role.ramped_today));
    }
    for s in 0..scenario.segments.len() {
        let name = scenario.segments[s].name.as_str();
        for (what, oracle, engine) in of_segment(today, company, s) {
            list.push((format!("{what} of {name}"), oracle, engine));
        }
        for c in 0..scenario.channels.len() {
            let law = &company.segments[s];
            let channel = scenario.channels[c].name.as_str();
            let facts = &today.segments[s];
            list.push((
                format!("leads of {channel}, {name}"),
                today.hazards[s].channels[c],
                law.leads[c],
            ));
            list.push((
                format!("awareness of {channel}, {name}"),
                facts.awareness[c],
                law.awareness[c],
            ));
        }
    }
    list
}

fn of_segment(today: &Today, company: &Company, s: usize) -> Vec<(&'static str, f64, f64)> {
    let (facts, funnel, law) = (&today.segments[s], &today.funnels[s], &company.segments[s]);
    let hazards = &today.hazards[s];
    vec![
        ("forgetting", facts.forgets, law.forget),
        ("organic leads", hazards.organic, law.inbound),
        ("meetings, unaware", hazards.meeting_unaware, law.meeting_unaware),
        ("meetings, aware", hazards.meeting_aware, law.meeting_aware),
        ("referrals", facts.referral.rate / 52.0, law.referral),
        (
            "referral effect",
            facts.referral.effect / 52.0,
            law.referral_effect,
        ),
        ("relationship", facts.relationship, law.relationship_today),
        ("churn", facts.churn.rate / 52.0, law.churn),
        ("churn effect", facts.churn.effect, law.retention_effect),
        ("expansion", facts.expansion.rate, law.expansion),
        ("expansion effect", facts.expansion.effect, law.expansion_effect),
        ("hours of a lead", today.hours[s].0, law.hours_lead),
        ("hours of an opportunity", today.hours[s].1, law.hours_opportunity),
        (
            "availability",
            facts.availability.unwrap_or(1.0),
            law.availability_today,
        ),
        ("open", funnel.open, law.start.open),
        ("cooling", funnel.cooling, law.start.cooling),
        ("deciding", funnel.deciding, law.start.buying),
        ("wins", funnel.wins, law.today.wins),
        (
            "self-serve wins",
            funnel.self_serve_wins,
            law.today.self_serve_wins,
        ),
    ]
}
