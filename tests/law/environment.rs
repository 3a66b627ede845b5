//! Environment: demand index, events, effectiveness, talent (docs/model.md, 4.0, 4.4).

use crate::support::bare::{AddTo, bare, channel, role};
use crate::support::lives::{assert_close, assert_mean, assert_variance, live, values, variance, weekly};
use gtm_sim::engine::streams::Addressed;
use gtm_sim::model::environment::{World, seasonality_from_months};
use gtm_sim::model::name::Name;
use gtm_sim::model::saturation;
use gtm_sim::model::scenario::{Event, Multiplies, Scenario};
use gtm_sim::model::segment::OrganicLeads;

fn worlds(scenario: &Scenario, n: u64, seed: u64, mut read: impl FnMut(&World)) {
    let mut world = World::default();
    for replication in 0..n {
        world.draw(scenario, scenario.weeks, &mut Addressed::new(seed, replication));
        read(&world);
    }
}

/// σ = .15, half-life 26: mean 1, sd .150847718, covariance .022149830, .016037139, .011313519 at lags 1, 13, 26
/// (e^(σ² φ^k) − 1), sd of the mean of 52 weeks .122571041.
#[test]
fn demand_is_a_stationary_log_ar1() {
    let mut scenario = bare(10, 53);
    (
        scenario.environment.volatility,
        scenario.environment.half_life_weeks,
    ) = (0.15, 26.0);
    let (mut first, mut last, mut yearly) = (Vec::new(), Vec::new(), Vec::new());
    let mut products = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    worlds(&scenario, 20_000, 1, |world| {
        let index = &world.in_market;
        first.push(index[1]);
        last.push(index[53]);
        yearly.push(index[1..=52].iter().sum::<f64>() / 52.0);
        for (lag, products) in [1, 13, 26, 52].into_iter().zip(&mut products) {
            products.push((index[1] - 1.0) * (index[1 + lag] - 1.0));
        }
        assert!(index == &world.meeting && index == &world.referral && index == &world.orders);
    });
    for index in [&first, &last] {
        assert_mean(index, 1.0, 4.0);
        assert_variance(index, 0.150847718 * 0.150847718, 4.0);
    }
    for (products, covariance) in products
        .iter()
        .zip([0.022149830, 0.016037139, 0.011313519, 0.005640850])
    {
        assert_mean(products, covariance, 4.0);
    }
    assert_mean(&yearly, 1.0, 4.0);
    assert_variance(&yearly, 0.122571041 * 0.122571041, 4.0);
}

/// 200,000 accounts with .0005 occasions a week: 100 leads, sd 18.0969 with σ = .15 against 9.9975 without.
#[test]
fn a_common_index_moves_a_big_market() {
    for (volatility, sd) in [(0.0, 9.9975), (0.15, 18.0969)] {
        let mut scenario = bare(200_000, 1);
        scenario.environment.volatility = volatility;
        scenario.segments[0].awareness.aware_today = 1.0;
        scenario.segments[0].leads.in_market = 0.0005;
        scenario.segments[0].leads.organic = OrganicLeads::Hazard(1000.0);
        let leads = values(&live(&scenario, 10_000, 2), 0, "leads");
        assert_mean(&leads, 100.0, 4.0);
        assert_variance(&leads, sd * sd, 4.0);
    }
}

#[test]
fn orders_take_a_power_of_demand() {
    let mut scenario = bare(10, 5);
    (
        scenario.environment.volatility,
        scenario.environment.demand_elasticity,
    ) = (0.2, 0.5);
    worlds(&scenario, 5, 3, |world| {
        (1..=5).for_each(|week| assert_close(world.orders[week], world.in_market[week].sqrt(), 1e-14));
    });
}

fn recession(probability: f64) -> Event {
    let multiplies = Multiplies {
        in_market: 0.5,
        meeting: 0.6,
        referral: 0.7,
        orders: 0.8,
        churn: 1.5,
        win_odds: 0.9,
        kappa: vec![2.0, 1.0],
    };
    Event {
        name: Name::new("recession"),
        probability,
        window: (3, 6),
        weeks: 4.0,
        multiplies,
    }
}

/// An event starts uniformly in its window, ends included, lasts its weeks and multiplies what it says; it happens at
/// most once, with its probability.
#[test]
fn events_happen_within_their_window() {
    let mut scenario = bare(10, 12)
        .with_channel(channel("a", 1.0))
        .with_channel(channel("b", 1.0));
    scenario.environment.events.push(recession(0.3));
    let (mut happened, mut starts) = (Vec::new(), [const { Vec::new() }; 4]);
    worlds(&scenario, 20_000, 4, |world| {
        let hit: Vec<usize> = (1..=12).filter(|week| world.in_market[*week] != 1.0).collect();
        happened.push(f64::from(u8::from(!hit.is_empty())));
        if let (Some(first), Some(last)) = (hit.first(), hit.last()) {
            assert!((3..=6).contains(first) && hit.len() == 4 && last - first == 3);
            for week in hit.iter().copied() {
                let factors = [
                    world.in_market[week],
                    world.meeting[week],
                    world.referral[week],
                    world.orders[week],
                ];
                assert_eq!(factors, [0.5, 0.6, 0.7, 0.8]);
                assert_eq!(
                    (world.churn[week], world.win_log_odds[week]),
                    (1.5, libm::log(0.9))
                );
                assert_eq!((world.kappa(0, week), world.kappa(1, week)), (2.0, 1.0));
            }
            for (start, starts) in (3..=6).zip(&mut starts) {
                starts.push(f64::from(u8::from(*first == start)));
            }
        } else {
            assert!((0..=12).all(|week| world.kappa(0, week) == 1.0 && world.churn[week] == 1.0));
        }
    });
    assert_mean(&happened, 0.3, 4.0);
    starts.iter().for_each(|starts| assert_mean(starts, 0.25, 4.0));
}

/// A half-saturation times 2 by an event is the response at 2 κ.
#[test]
fn kappa_is_multiplied() {
    for slope in [0.7, 1.0, 2.0] {
        let bent = saturation::with_kappa_times(saturation::response(3.0, 1.5, slope), 2.0, slope);
        assert_close(bent, saturation::response(3.0, 3.0, slope), 1e-14);
    }
}

/// A channel's effectiveness multiplies its response: mean leads as without, variance more by the spread of the index.
#[test]
fn effectiveness_multiplies_the_response() {
    let mut search = channel("search", 1000.0);
    search.leads = gtm_sim::model::scenario::ChannelLeads::Hazard(0.01);
    search.effectiveness_volatility = 0.2;
    let mut scenario = bare(10_000, 1).with_channel(search);
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].phases[0].marketing_share = 1.0;
    scenario.plans[0].channels[0] = 1.0;
    scenario.segments[0].awareness.aware_today = 1.0;
    let leads = values(&live(&scenario, 10_000, 5), 0, "leads");
    // 1 − e^(−.005 I), expanded to the second order: .005 − .005²/2 E I², E I² = e^(.04).
    let p = 0.005 - 0.0000125 * libm::exp(0.04);
    assert_mean(&leads, 10_000.0 * p, 4.0);
    assert_variance(
        &leads,
        10_000.0 * p + 50.0 * 50.0 * (libm::exp(0.04) - 1.0) * (1.0 - 2.0 * 0.005),
        4.0,
    );
}

/// Months count from the week of the start in its year; the mean over 52 weeks is 1.
#[test]
fn seasonality_starts_in_its_week() {
    let mut months = [1.0; 12];
    months[11] = 3.0;
    let weeks = seasonality_from_months(&months, 50);
    assert_close(weeks.iter().sum::<f64>() / 52.0, 1.0, 1e-12);
    // December holds weeks 48 to 51 of the year: 4 of 52, so that the mean of the months is 60/52.
    assert_close(weeks[0], 3.0 * 52.0 / 60.0, 1e-12);
    assert_close(weeks[1], weeks[0], 0.0);
    assert_close(weeks[2], 52.0 / 60.0, 1e-12);
}

/// Talent N(0, sd) in win log-odds, mean over H sellers: win .25, sd .4 gives .257143 (sd .074798) for one,
/// .251240 (.030616) for six. New sellers, nobody sold before.
#[test]
fn talent_moves_the_win_rate() {
    for (heads, win, sd) in [(1.0, 0.257143, 0.074798), (6.0, 0.251240, 0.030616)] {
        let mut scenario = sellers(heads, 0.4);
        scenario.today.team[0] = Some(0.0);
        let lived = live(&scenario, 6000, 6);
        let shares: Vec<f64> = weekly(&lived, 0, "wins", 2)
            .iter()
            .map(|wins| wins / 2000.0)
            .collect();
        assert_mean(&shares, win, 4.0);
        // The binomial of 2,000 closings adds E p(1 − p)/2000.
        let binomial = (win * (1.0 - win) - sd * sd) / 2000.0;
        assert_variance(&shares, sd * sd + binomial, 4.0);
    }
}

/// Talent counts against today's team: as long as nobody leaves, not a bit changes.
#[test]
fn todays_team_is_the_measure_of_talent() {
    let numbers = |sd| {
        let lived = live(&sellers(6.0, sd), 50, 7);
        lived
            .outcomes
            .numbers
            .iter()
            .map(|x| x.to_bits())
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers(0.8), numbers(0.0));
    let lived = live(&sellers(6.0, 0.8), 200, 7);
    assert_close(
        variance(&weekly(&lived, 0, "wins", 2)) / (2000.0 * 0.25 * 0.75),
        1.0,
        0.4,
    );
}

/// 2,000 aware accounts, all leads in week 1, all closed in week 2.
fn sellers(heads: f64, talent_sd: f64) -> Scenario {
    let mut seller = role("seller");
    seller.selling_hours_per_week = 1e6;
    seller.talent_sd = talent_sd;
    let mut scenario = bare(2000, 2).with_role(seller, Some(heads));
    scenario.budget.annual = heads * 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.segments[0].awareness.aware_today = 1.0;
    scenario.segments[0].leads.organic = OrganicLeads::Hazard(1000.0);
    scenario.segments[0].deals.win_rate = 0.25;
    scenario
}

/// 20,000 customers, 19,000 idle aware accounts, 1,000 opportunities that close in week 1, 60,000 unaware ones; 600
/// touches a week.
fn everything_flows() -> Scenario {
    let mut seller = role("seller");
    (seller.selling_hours_per_week, seller.touches_per_week) = (1e6, 600.0);
    let mut scenario = bare(100_000, 1).with_role(seller, Some(1.0));
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.today.customers[0] = 20_000.0;
    scenario.today.pipeline[0] = Some(1000.0);
    let segment = &mut scenario.segments[0];
    segment.awareness.aware_today = 0.2;
    segment.leads.in_market = 0.1;
    segment.leads.organic = OrganicLeads::Hazard(1000.0);
    segment.leads.meeting_rate_unaware = 0.1;
    segment.leads.referral_per_year = gtm_sim::model::segment::CareRate::Flat(0.52);
    segment.deals.win_rate = 0.25;
    segment.customers.model = gtm_sim::model::segment::CustomerModel::Repeat;
    segment.customers.orders_per_year = 5.2;
    segment.customers.churn =
        gtm_sim::model::segment::Churn::Flat(gtm_sim::model::scenario::Hazard::PerYear(0.52));
    scenario
}

/// Demand 1.5 times today's and an event reach what section 4.0 says they reach, each with its own factor.
#[test]
fn every_factor_reaches_its_flow() {
    let mut scenario = everything_flows();
    scenario.environment.demand_seasonality = vec![1.5; 52];
    let mut event = recession(1.0);
    (event.window, event.multiplies.kappa) = ((1, 1), Vec::new());
    scenario.environment.events.push(event);
    let lived = live(&scenario, 2000, 8);
    let inbound = 19_000.0 * 0.1 * 1.5 * 0.5;
    let prospects = 79_000.0 - inbound;
    let reached = gtm_sim::model::leads::effective_touches(prospects, 600.0, 8.0) / prospects;
    let odds = 0.25 / 0.75 * 0.9;
    for (id, expected) in [
        ("leads_inbound", inbound),
        ("leads_outbound", 60_000.0 * reached * 0.1 * 1.5 * 0.6),
        ("leads_referred", 20_000.0 * 0.01 * 1.5 * 0.7),
        ("orders", 20_000.0 * 0.1 * 1.5 * 0.8),
        ("customers_lost", 20_000.0 * -libm::expm1(-0.01 * 1.5)),
        ("wins", 1000.0 * odds / (1.0 + odds)),
    ] {
        assert_mean(&values(&lived, 0, id), expected, 4.0);
    }
}
