//! Anchored at today: a plan equal to today's shows in week 1 what was typed (docs/model.md, 2, 3, 5).

use crate::support::bare::{shipped, shipped_files};
use crate::support::lives::{assert_mean, live, values};
use gtm_sim::model::company::Company;
use gtm_sim::model::inversions::care_today;
use gtm_sim::model::leads::{effective_touches, inbound_probability};
use gtm_sim::model::scenario::{Channel, ChannelAwareness, ChannelLeads, Scenario};
use gtm_sim::model::segment::OrganicLeads;
use gtm_sim::model::segment_law::SegmentLaw;

/// The shipped scenario of one week, its first plan spending what is spent and paying who is there today, without
/// seasons, environment, events and talent.
fn as_today(name: &str) -> Scenario {
    let mut scenario = shipped(name);
    let company = Company::of(&scenario);
    scenario.weeks = 1;
    scenario.finance.tail_weeks = 0;
    scenario.plans.truncate(1);
    scenario.environment.volatility = 0.0;
    scenario.environment.demand_seasonality.clear();
    scenario.environment.events.clear();
    scenario.budget.seasonality.clear();
    scenario.budget.price_growth = 0.0;
    scenario.budget.whole_heads = false;
    scenario
        .channels
        .iter_mut()
        .for_each(|channel| channel.effectiveness_volatility = 0.0);
    scenario.roles.iter_mut().for_each(|role| role.talent_sd = 0.0);
    let spends: Vec<f64> = scenario
        .channels
        .iter()
        .map(|channel| channel.spend_today_per_week)
        .collect();
    let pay = |(role, law): (
        &gtm_sim::model::scenario::Role,
        &gtm_sim::model::staffing::RoleLaw,
    )| { law.heads_today * role.loaded_cost_per_year };
    let pays: Vec<f64> = scenario.roles.iter().zip(&company.roles).map(pay).collect();
    let spend: f64 = spends.iter().sum();
    let marketing = 52.0 * spend / (1.0 - scenario.budget.marketing_overhead);
    let sales: f64 = pays.iter().sum();
    scenario.budget.annual = marketing + sales;
    let plan = &mut scenario.plans[0];
    plan.phases.truncate(1);
    plan.phases[0].weeks = None;
    plan.phases[0].marketing_share = marketing / (marketing + sales);
    plan.channels = spends
        .iter()
        .map(|of| if spend > 0.0 { of / spend } else { 0.0 })
        .collect();
    plan.roles = pays
        .iter()
        .map(|of| if sales > 0.0 { of / sales } else { 0.0 })
        .collect();
    scenario
}

/// Leads a week of a unit of hazard from aware and from unaware accounts, from the coefficients alone.
fn yields(company: &Company, segment: &SegmentLaw) -> (f64, f64) {
    let sum = |of: &[f64]| -> f64 {
        of.iter()
            .zip(&company.channels)
            .map(|(of, law)| of * law.response_today)
            .sum()
    };
    let of = |pool: f64, hazard: f64| {
        let p = inbound_probability(segment.occasions, segment.window, hazard);
        if hazard > 0.0 { pool * p / hazard } else { 0.0 }
    };
    let (aware, unaware) = (segment.inbound + sum(&segment.leads), sum(&segment.capture));
    (of(segment.today.aware, aware), of(segment.today.unaware, unaware))
}

/// Expected leads by channel, organic, outbound and referred, recomputed from coefficients and the pools of index 0.
struct Expected {
    channels: Vec<f64>,
    organic: Vec<f64>,
    outbound: Vec<f64>,
    referred: Vec<f64>,
}

fn expected(scenario: &Scenario, company: &Company) -> Expected {
    let segments = &company.segments;
    let channels = (0..company.channels.len())
        .map(|c| {
            let of = |segment: &SegmentLaw| {
                let (aware, unaware) = yields(company, segment);
                (segment.leads[c] * aware + segment.capture[c] * unaware) * company.channels[c].response_today
            };
            segments.iter().map(of).sum()
        })
        .collect();
    let accounts = |s: usize| segments[s].today.aware + segments[s].today.unaware;
    let outbound = (0..segments.len())
        .map(|s| {
            let serves = company.roles.iter().filter(|role| role.segments.contains(&s));
            let touches = serves.map(|role| {
                let all: f64 = role.segments.iter().map(|s| accounts(*s)).sum();
                role.touches_per_week * role.ramped_today * accounts(s) / all
            });
            let reached =
                effective_touches(accounts(s), touches.sum(), scenario.work.touch_every_weeks) / accounts(s);
            let today = &segments[s].today;
            reached * (today.aware * segments[s].meeting_aware + today.unaware * segments[s].meeting_unaware)
        })
        .collect();
    Expected {
        channels,
        organic: segments
            .iter()
            .map(|segment| segment.inbound * yields(company, segment).0)
            .collect(),
        outbound,
        referred: segments
            .iter()
            .map(|segment| segment.start.customers * segment.referral)
            .collect(),
    }
}

#[track_caller]
fn assert_same(got: f64, typed: f64, what: &str) {
    assert!(
        (got - typed).abs() <= 1e-9 * typed.abs().max(1.0),
        "{what}: {got}, typed {typed}"
    );
}

#[test]
fn expected_flows_equal_what_is_typed() {
    for file in shipped_files() {
        let scenario = as_today(&file);
        let company = Company::of(&scenario);
        assert!(!company.moved.any(), "{file}: {:?}", company.moved);
        let expected = expected(&scenario, &company);
        for (channel, leads) in scenario.channels.iter().zip(&expected.channels) {
            if let ChannelLeads::PerWeekToday(typed) = channel.leads {
                assert_same(*leads, typed, &format!("{file}: leads of {}", channel.name));
            }
        }
        for (s, typed) in scenario.segments.iter().enumerate() {
            if let OrganicLeads::PerWeekToday(leads) = typed.leads.organic {
                assert_same(expected.organic[s], leads, &format!("{file}: organic leads"));
            }
            if let Some(leads) = typed.leads.outbound_leads_per_week_today {
                assert_same(expected.outbound[s], leads, &format!("{file}: outbound leads"));
            }
            let law = &company.segments[s];
            let (referral, _) = care_today(typed.leads.referral_per_year, law.relationship_today);
            let referred = scenario.today.customers[s] * referral / 52.0;
            assert_same(expected.referred[s], referred, &format!("{file}: referred leads"));
            assert_same(
                law.today.outbound,
                expected.outbound[s],
                &format!("{file}: outbound flow"),
            );
            assert_same(law.today.referred, referred, &format!("{file}: referred flow"));
            // Pools: what knows us is idle, open, cooling or deciding.
            let start = law.start;
            let idle = law.today.aware - start.cooling / f64::from(law.cool_off);
            assert_same(
                idle + start.open + start.cooling + start.buying,
                typed.awareness.aware_today * typed.accounts as f64,
                &format!("{file}: aware accounts"),
            );
            let opened: f64 = law.today.qualified.iter().sum();
            if scenario.today.pipeline[s].is_none() {
                assert_same(
                    start.open,
                    opened * law.cycle.mean(),
                    &format!("{file}: open opportunities"),
                );
            }
        }
        let inbound: f64 = company.segments.iter().map(|segment| segment.today.inbound).sum();
        let by_source = expected.channels.iter().sum::<f64>() + expected.organic.iter().sum::<f64>();
        assert_same(inbound, by_source, &format!("{file}: inbound leads"));
    }
}

/// Awareness that is told by what a dark year leaves keeps still: those who forget are replaced.
#[test]
fn awareness_is_steady_today() {
    for file in shipped_files() {
        let scenario = as_today(&file);
        let company = Company::of(&scenario);
        for (typed, law) in scenario.segments.iter().zip(&company.segments) {
            let inverted = matches!(
                typed.awareness.fading,
                gtm_sim::model::segment::Fading::AfterAYearDark(_)
            );
            if !inverted || typed.awareness.aware_a_year_ago.is_some() {
                continue;
            }
            let (aware, customers) = (
                typed.awareness.aware_today,
                law.start.customers / law.accounts as f64,
            );
            let channels = law
                .awareness
                .iter()
                .zip(&company.channels)
                .map(|(of, law)| of * law.response_today);
            let hazard = law.organic + law.word_of_mouth * customers + channels.sum::<f64>();
            let forgotten = aware * law.forget;
            let regained = (1.0 - customers - aware + forgotten) * -libm::expm1(-hazard);
            assert_same(regained, forgotten, &format!("{file}: regained awareness"));
        }
    }
}

/// 4,000 futures of week 1. The draw of today's team spreads outbound by its ceiling, concave in the touches; that is
/// below a standard error here. Where awareness is told as a rate of its channels it need not be steady: then leads
/// grow with it from week 1 on, and there is nothing to compare.
#[test]
fn week_one_shows_what_is_typed() {
    for file in shipped_files() {
        let scenario = as_today(&file);
        let told_as_rate = |channel: &Channel| matches!(channel.awareness, ChannelAwareness::PerWeek(_));
        if scenario.channels.iter().any(told_as_rate) {
            continue;
        }
        let expected = expected(&scenario, &Company::of(&scenario));
        let lived = live(&scenario, 4000, 1);
        for (channel, leads) in scenario.channels.iter().zip(&expected.channels) {
            assert_mean(
                &values(&lived, 0, &format!("leads_of.{}", channel.name)),
                *leads,
                4.0,
            );
            let spend = values(&lived, 0, &format!("spend.{}", channel.name));
            let off = (spend[0] - channel.spend_today_per_week).abs();
            assert!(
                off <= 1e-9 * channel.spend_today_per_week,
                "{file}: spend of {}",
                channel.name
            );
        }
        assert_mean(
            &values(&lived, 0, "leads_organic"),
            expected.organic.iter().sum(),
            4.0,
        );
        assert_mean(
            &values(&lived, 0, "leads_outbound"),
            expected.outbound.iter().sum(),
            4.0,
        );
        assert_mean(
            &values(&lived, 0, "leads_referred"),
            expected.referred.iter().sum(),
            4.0,
        );
    }
}
