//! Leads: competing sources, buying window, touches (docs/model.md, 4.3).

use crate::support::bare::{AddTo, bare, channel, role, segment};
use crate::support::lives::{assert_close, assert_mean, assert_variance, follow, means, values};
use gtm_sim::model::leads::{effective_touches, inbound_probability};
use gtm_sim::model::scenario::{ChannelLeads, Scenario};
use gtm_sim::model::segment::OrganicLeads;
use gtm_sim::model::sums::Item;

/// 5,000 aware accounts of which .05 are in the market; inbound .004, a channel with leads_c R = .006 and another
/// that is new this week and lifts appeal by .2.
fn competing(window: f64) -> Scenario {
    let mut search = channel("search", 1000.0);
    search.leads = ChannelLeads::Hazard(0.012);
    let mut brand = channel("brand", 0.0);
    brand.scale = gtm_sim::model::scenario::ResponseScale::HalfSaturation(1000.0);
    brand.lead_lift = 0.4;
    let mut scenario = bare(5000, 1).with_channel(search).with_channel(brand);
    scenario.segments[0].awareness.aware_today = 1.0;
    let leads = &mut scenario.segments[0].leads;
    leads.in_market = 0.05;
    leads.buying_window_weeks = window;
    leads.organic = OrganicLeads::Hazard(0.004);
    scenario.budget.annual = 104_000.0;
    scenario.plans[0].phases[0].marketing_share = 1.0;
    scenario.plans[0].channels = vec![0.5, 0.5];
    scenario
}

/// Window 1: p = .05 (1 − e^(−e^.2 .010)) = .000606987, mean 3.034935, sd 1.741578; window 8: p = .000581813, mean
/// 2.909067, sd 1.705102. Six tenths of the expected leads are the channel's, whatever their number.
#[test]
fn sources_compete_for_occasions() {
    for (window, p, mean, sd) in [
        (1.0, 0.000606987, 3.034935, 1.741578),
        (8.0, 0.000581813, 2.909067, 1.705102),
    ] {
        let hazard = libm::exp(0.2) * 0.010;
        assert_close(inbound_probability(0.05 / window, window, hazard), p, 6e-10);
        let lived = crate::support::lives::live(&competing(window), 20_000, 1);
        let leads = values(&lived, 0, "leads_inbound");
        assert_mean(&leads, mean, 4.0);
        assert_variance(&leads, sd * sd, 4.0);
        let of_search = values(&lived, 0, "leads_of.search");
        let organic = values(&lived, 0, "leads_organic");
        for ((leads, search), organic) in leads.iter().zip(of_search).zip(organic) {
            assert_close(search, 0.6 * leads, 1e-12 * leads);
            assert_close(organic, 0.4 * leads, 1e-12 * leads);
        }
    }
}

/// Leads of an aware account a year, in_market .06, by window W and weekly hazard h.
#[test]
fn occasions_limit_what_marketing_calls_up() {
    let rows = [
        (1.0, 3.12, [0.031045, 0.061780, 0.122337, 0.239877]),
        (8.0, 0.39, [0.029985, 0.057664, 0.106802, 0.184356]),
        (13.0, 0.24, [0.029257, 0.054948, 0.097315, 0.155171]),
    ];
    for (window, occasions, leads) in rows {
        assert_close(52.0 * 0.06 / window, occasions, 1e-12);
        for (hazard, leads) in [0.01, 0.02, 0.04, 0.08].into_iter().zip(leads) {
            assert_close(
                52.0 * inbound_probability(0.06 / window, window, hazard),
                leads,
                6e-7,
            );
        }
        assert_close(
            52.0 * inbound_probability(0.06 / window, window, 1e9),
            occasions,
            1e-12,
        );
    }
}

/// 4,500 aware, window 8: 4.990147 leads a week at hazard .02, 9.242470 at twice it, 33.75 at most.
#[test]
fn doubling_the_hazard_does_not_double_leads() {
    for (hazard, expected) in [(0.02, 4.990147), (0.04, 9.242470), (1000.0, 33.75)] {
        let mut scenario = bare(4500, 1);
        scenario.segments[0].awareness.aware_today = 1.0;
        let leads = &mut scenario.segments[0].leads;
        (leads.in_market, leads.buying_window_weeks) = (0.06, 8.0);
        leads.organic = OrganicLeads::Hazard(hazard);
        let lived = crate::support::lives::live(&scenario, 5000, 2);
        assert_mean(&values(&lived, 0, "leads_inbound"), expected, 4.0);
    }
}

/// P = 10,000, one touch in 8 weeks: E = 1,250 (1 − e^(−T/1,250)).
#[test]
fn touches_have_a_ceiling() {
    for (touches, reached) in [
        (500.0, 412.0999),
        (1500.0, 873.5072),
        (3000.0, 1136.6026),
        (1e9, 1250.0),
    ] {
        assert_close(effective_touches(10_000.0, touches, 8.0), reached, 6e-5);
    }
    assert_eq!(effective_touches(0.0, 100.0, 8.0), 0.0);
}

/// 30 % aware, meeting rates .008 and .020: 10.132684 leads a week at 1,500 touches, 4.891641 of them from unaware.
#[test]
fn outbound_leads_of_two_pools() {
    let mut prospector = role("prospector");
    prospector.touches_per_week = 500.0;
    let mut scenario = bare(10_000, 1).with_role(prospector, Some(3.0));
    scenario.budget.annual = 3.0 * 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.segments[0].awareness.aware_today = 0.3;
    scenario.segments[0].leads.meeting_rate_unaware = 0.008;
    scenario.segments[0].leads.meeting_rate_aware = 0.020;
    let followed = follow(&scenario, 10_000, 3, |market| {
        let week = &market.week;
        [
            week.get(Item::LeadsOutbound),
            week.get(Item::LeadsOutbound) - week.get(Item::LeadsFromAware),
        ]
    });
    let [all, unaware] = means(&followed, 0);
    assert_mean(&all, 10.132684, 4.0);
    assert_mean(&unaware, 4.891641, 4.0);
}

/// Unaware accounts in the market answer to capture × leads_c R, not to organic hazards.
#[test]
fn capture_reaches_unaware_accounts() {
    let mut scenario = competing(8.0);
    scenario.segments[0].awareness.aware_today = 0.4;
    scenario.channels[0].capture = 0.3;
    let lived = crate::support::lives::live(&scenario, 10_000, 4);
    let lift = libm::exp(0.2);
    let aware = 2000.0 * inbound_probability(0.05 / 8.0, 8.0, lift * 0.010);
    let unaware = 3000.0 * inbound_probability(0.05 / 8.0, 8.0, lift * 0.3 * 0.006);
    assert_mean(&values(&lived, 0, "leads_inbound"), aware + unaware, 4.0);
    assert_mean(&values(&lived, 0, "leads_from_aware"), aware, 4.0);
    assert_mean(&values(&lived, 0, "leads_of.search"), 0.6 * aware + unaware, 4.0);
}

/// Fit: the mean of the sources weighted by hazards; targeting replaces misfits; misfit leads never qualify here.
#[test]
fn targeting_replaces_misfits() {
    let mut scenario = competing(1.0);
    let mut closer = role("closer");
    closer.selling_hours_per_week = 1000.0;
    scenario = scenario.with_role(closer, Some(1.0));
    scenario.budget.annual += 52_000.0;
    scenario.plans[0].phases[0].marketing_share = 104.0 / 156.0;
    scenario.plans[0].roles[0] = 1.0;
    let leads = &mut scenario.segments[0].leads;
    leads.fit = 0.4;
    leads.targeting_organic.base = 0.1;
    scenario.channels[0].targeting.base = 0.5;
    let lived = crate::support::lives::live(&scenario, 20_000, 5);
    // fit .4 + .6 × .1 = .46 for organic (.4 of leads), .4 + .6 × .5 = .7 for the channel (.6).
    let fit = 0.4 * 0.46 + 0.6 * 0.7;
    assert_mean(&values(&lived, 0, "opportunities"), 3.034935 * fit, 4.0);
    assert_mean(&values(&lived, 0, "leads"), 3.034935, 4.0);
}

/// Referrals: Poisson(customers × rate/52), aware accounts first, at most those that there are.
#[test]
fn referrals_find_aware_accounts_first() {
    let mut scenario = bare(1050, 1);
    scenario.today.customers[0] = 1000.0;
    scenario.segments[0].awareness.aware_today = 3.0 / 1050.0;
    scenario.segments[0].leads.referral_per_year = gtm_sim::model::segment::CareRate::Flat(0.52);
    let followed = follow(&scenario, 10_000, 6, |market| {
        [
            market.week.get(Item::LeadsReferred),
            market.week.get(Item::LeadsFromAware),
        ]
    });
    let [all, aware] = means(&followed, 0);
    assert_mean(&all, 10.0, 4.0);
    assert_variance(&all, 10.0, 4.0);
    assert!(all.iter().zip(&aware).all(|(all, aware)| *aware == all.min(3.0)));
    scenario.segments[0].leads.referral_per_year = gtm_sim::model::segment::CareRate::Flat(52.0);
    let crowded = follow(&scenario, 20, 6, |market| [market.week.get(Item::LeadsReferred)]);
    assert!(means(&crowded, 0)[0].iter().all(|leads| *leads == 50.0));
}

/// Availability moves by its speed towards base + (1 − base) h/(h + half), and scales self-serve buying by its ratio
/// to today's.
#[test]
fn availability_scales_self_serve() {
    let mut field = role("field");
    field.field = true;
    let mut scenario = bare(10_000, 4).with_role(field, Some(8.0));
    scenario
        .plans
        .push(crate::support::bare::plan("today", 0.0, &[], &[1.0]));
    scenario.plans.remove(0);
    scenario
        .plans
        .push(crate::support::bare::plan("fewer", 0.0, &[], &[0.25]));
    scenario.budget.annual = 8.0 * 52_000.0;
    let segment = &mut scenario.segments[0];
    let availability = gtm_sim::model::segment::Availability {
        base: 0.6,
        half_heads: 8.0,
        speed: 0.25,
    };
    segment.availability = Some(availability);
    segment.awareness.aware_today = 1.0;
    segment.leads.in_market = 0.1;
    segment.leads.organic = OrganicLeads::Hazard(1000.0);
    segment.leads.needs_a_rep = 0.0;
    segment.leads.self_serve_conversion = 0.3;
    let lived = crate::support::lives::live(&scenario, 1000, 7);
    // 8 heads: .6 + .4 × .5 = .8; 2 heads: .6 + .4 × .2 = .68.
    let (mut now, mut aware) = (0.8, 10_000.0);
    for week in 1..=4 {
        now += 0.25 * (0.68 - now);
        let buying = 0.3 * now / 0.8;
        let wins = crate::support::lives::weekly(&lived, 1, "self_serve_wins", week);
        assert_mean(&wins, aware * 0.1 * buying, 4.0);
        aware *= 0.9;
    }
    assert_mean(
        &crate::support::lives::weekly(&lived, 0, "self_serve_wins", 1),
        300.0,
        4.0,
    );
}

/// Touches are spread over segments of 1,000 and of 9,000 accounts as 1 : 9, so that the same share of each is reached.
#[test]
fn touches_are_spread_by_accounts() {
    let mut prospector = role("prospector");
    prospector.touches_per_week = 800.0;
    prospector.segments = vec![0, 1];
    let mut scenario = bare(1000, 1)
        .with_role(prospector, Some(1.0))
        .with_segment(segment("others", 9000), 0.0);
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    for segment in &mut scenario.segments {
        segment.leads.meeting_rate_unaware = 0.5;
    }
    scenario.work.stop_after_weeks = Some(1.0);
    let followed = follow(&scenario, 3000, 8, |market| {
        [0, 1].map(|s| market.segments[s].waiting_all() as f64)
    });
    let share = effective_touches(10_000.0, 800.0, 8.0) / 10_000.0;
    for (waiting, accounts) in means(&followed, 0).iter().zip([1000.0, 9000.0]) {
        assert_mean(waiting, accounts * share * 0.5, 4.0);
    }
}
