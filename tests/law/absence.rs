//! An effect of size 0 is bit-equal to its absence (docs/model.md, 6).

use crate::support::bare::{segment, shipped};
use crate::support::lives::live;
use gtm_sim::model::name::Name;
use gtm_sim::model::scenario::{ChannelLeads, Event, Hazard, Multiplies, Scenario, Targeting};
use gtm_sim::model::segment::{Availability, CareRate, Churn};

fn company() -> Scenario {
    let mut scenario = shipped("b2b.toml");
    scenario.weeks = 40;
    scenario.finance.tail_weeks = 12;
    scenario.plans.truncate(2);
    scenario
}

/// All numbers and weeks of all plans, as bits.
fn bits(scenario: &Scenario) -> (Vec<u64>, Vec<u32>) {
    let lived = live(scenario, 8, 3);
    let numbers = lived.outcomes.numbers.iter().map(|x| x.to_bits()).collect();
    (numbers, lived.weekly.values.iter().map(|x| x.to_bits()).collect())
}

#[track_caller]
fn assert_same(without: &Scenario, with: impl FnOnce(&mut Scenario)) {
    let mut changed = without.clone();
    with(&mut changed);
    assert!(bits(without) == bits(&changed));
}

#[test]
fn luck_of_size_zero() {
    let mut scenario = company();
    scenario.environment.volatility = 0.0;
    scenario
        .channels
        .iter_mut()
        .for_each(|channel| channel.effectiveness_volatility = 0.0);
    scenario.roles.iter_mut().for_each(|role| role.talent_sd = 0.0);
    assert_same(&scenario, |scenario| {
        scenario.environment.half_life_weeks = 3.0;
        scenario.environment.demand_elasticity = 0.3;
        scenario.environment.demand_seasonality = vec![1.0; 52];
        scenario.budget.seasonality = vec![1.0; 52];
        scenario
            .channels
            .iter_mut()
            .for_each(|channel| channel.effectiveness_half_life_weeks = 1.0);
    });
}

fn event(probability: f64, factor: f64) -> Event {
    let multiplies = Multiplies {
        in_market: factor,
        meeting: factor,
        referral: factor,
        orders: factor,
        churn: factor,
        win_odds: factor,
        kappa: vec![factor; 3],
    };
    Event {
        name: Name::new("another"),
        probability,
        window: (1, 20),
        weeks: 15.0,
        multiplies,
    }
}

#[test]
fn events_that_never_happen_or_change_nothing() {
    assert_same(&company(), |scenario| {
        scenario.environment.events.push(event(0.0, 3.0))
    });
    assert_same(&company(), |scenario| {
        scenario.environment.events.push(event(1.0, 1.0))
    });
    assert_same(&company(), |scenario| {
        scenario.environment.events.insert(0, event(1.0, 1.0))
    });
    assert!(
        bits(&company()) != {
            let mut scenario = company();
            scenario.environment.events.push(event(1.0, 1.1));
            bits(&scenario)
        }
    );
}

#[test]
fn learning_without_lifts_and_targeting() {
    let mut scenario = company();
    scenario.feedback.half_learned_after = f64::INFINITY;
    scenario.feedback.win_lift = 0.0;
    scenario.feedback.lead_lift = 0.0;
    let flat = |targeting: &mut Targeting| targeting.max = targeting.base;
    let none = |targeting: &mut Targeting| *targeting = Targeting::default();
    // Nothing is targeted: nothing is lost by learning less than today either.
    scenario
        .channels
        .iter_mut()
        .for_each(|channel| none(&mut channel.targeting));
    for segment in &mut scenario.segments {
        none(&mut segment.leads.targeting_organic);
        none(&mut segment.leads.targeting_referred);
        none(&mut segment.leads.targeting_outbound);
    }
    let learned = |scenario: &Scenario| {
        let lived = live(scenario, 8, 3);
        let position = lived
            .weekly
            .series
            .iter()
            .position(|series| series.id == "learned")
            .unwrap();
        let series = lived.weekly.series.len();
        let stride = lived.weekly.weeks * gtm_sim::outcome::outcomes::BLOCK;
        let rows = lived.weekly.values.chunks(stride).enumerate();
        let kept = rows.filter(|(row, _)| row % series != position);
        let weeks: Vec<u32> = kept
            .flat_map(|(_, row)| row.iter().map(|x| x.to_bits()))
            .collect();
        (
            lived
                .outcomes
                .numbers
                .iter()
                .map(|x| x.to_bits())
                .collect::<Vec<_>>(),
            weeks,
        )
    };
    let mut learning = scenario.clone();
    learning.feedback.half_learned_after = 50.0;
    assert!(learned(&scenario) == learned(&learning));
    learning
        .channels
        .iter_mut()
        .for_each(|channel| flat(&mut channel.targeting));
    assert!(learned(&scenario) == learned(&learning));
    // A lift without learning.
    assert_same(&scenario, |scenario| {
        (scenario.feedback.win_lift, scenario.feedback.lead_lift) = (0.5, 0.5)
    });
}

#[test]
fn care_that_makes_no_difference() {
    let mut scenario = company();
    let churn = scenario.segments[0].customers.churn;
    assert!(matches!(churn, Churn::Care { .. }));
    scenario.segments[0].customers.churn = Churn::Flat(Hazard::YearlyShare(0.1));
    scenario.segments[0].customers.expansion = CareRate::Flat(0.07);
    scenario.segments[0].leads.referral_per_year = CareRate::Flat(0.06);
    assert_same(&scenario, |scenario| {
        scenario.segments[0].customers.churn = Churn::Care {
            covered: 0.1,
            uncovered: 0.1,
        };
        scenario.segments[0].customers.expansion = CareRate::Care {
            covered: 0.07,
            uncovered: 0.07,
        };
        scenario.segments[0].leads.referral_per_year = CareRate::Care {
            covered: 0.06,
            uncovered: 0.06,
        };
    });
    // Speed of a relationship that moves nothing shows in the series of the relationship alone; orders of subscriptions
    // are none.
    assert_same(&scenario, |scenario| {
        scenario.segments[0].customers.order_effect = 3.0
    });
}

#[test]
fn availability_that_is_always_there() {
    let mut scenario = company();
    scenario.segments[0].leads.needs_a_rep = 0.5;
    assert_same(&scenario, |scenario| {
        scenario.segments[0].availability = Some(Availability {
            base: 1.0,
            half_heads: 5.0,
            speed: 0.2,
        });
    });
}

#[test]
fn lifts_weights_and_captures_of_size_zero() {
    let mut scenario = company();
    for channel in &mut scenario.channels {
        (channel.lead_lift, channel.win_lift, channel.capture) = (0.0, 0.0, 0.0);
        channel.leads = ChannelLeads::Hazard(0.0);
    }
    // Without an effect, neither targeting nor the swings of effectiveness matter where awareness is typed as 0 too.
    for channel in &mut scenario.channels {
        channel.awareness = gtm_sim::model::scenario::ChannelAwareness::PerWeek(0.0);
    }
    assert_same(&scenario, |scenario| {
        for channel in &mut scenario.channels {
            channel.targeting = Targeting { base: 0.9, max: 1.0 };
            channel.effectiveness_volatility = 0.7;
            channel.capture = 0.5;
            channel.half_life_weeks = 9.0;
        }
    });
    // A weight of 0 silences a coefficient.
    assert_same(&scenario, |scenario| {
        for channel in &mut scenario.channels {
            channel.leads = ChannelLeads::Hazard(0.02);
            channel.awareness = gtm_sim::model::scenario::ChannelAwareness::PerWeek(0.01);
            channel.weight = vec![0.0];
        }
    });
}

#[test]
fn deals_without_anybody_they_concern() {
    let mut scenario = company();
    scenario.segments[0].leads.fit = 1.0;
    scenario.segments[0].leads.referral_per_year = CareRate::Flat(0.0);
    assert_same(&scenario, |scenario| {
        let deals = &mut scenario.segments[0].deals;
        (deals.misfit_penalty, deals.qualify_misfit, deals.referral_bonus) = (0.9, 0.6, 0.8);
        scenario.segments[0].leads.targeting_referred = Targeting { base: 0.7, max: 0.9 };
    });
}

/// A segment that nobody serves and nobody hears of; its accounts show among the unaware alone (see `streams`).
#[test]
fn tails_and_quotas_change_nothing_else() {
    let scenario = company();
    assert_same(&scenario, |scenario| {
        scenario.segments[0].label = segment("other", 1).label
    });
    let value = |scenario: &Scenario, id: &str| {
        crate::support::lives::values(&live(scenario, 8, 3), 1, id)
            .iter()
            .map(|x| x.to_bits())
            .collect::<Vec<_>>()
    };
    let mut changed = scenario.clone();
    changed.finance.value_years = 0.0;
    changed.finance.discount = 0.4;
    changed.today.cash = None;
    changed
        .roles
        .iter_mut()
        .for_each(|role| role.quota_per_year = None);
    for id in [
        "revenue",
        "wins",
        "contribution",
        "leads",
        "arr_end",
        "utilisation.ae",
    ] {
        assert_eq!(value(&scenario, id), value(&changed, id), "{id}");
    }
}
