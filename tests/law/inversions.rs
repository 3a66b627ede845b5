//! What a planner types, inverted (docs/model.md, 5).

use crate::support::bare::{AddTo, bare, channel, role};
use crate::support::lives::assert_close;
use gtm_sim::model::company::Company;
use gtm_sim::model::inversions::{forget_hazard, growing_hazard, hours_scale, steady_hazard};
use gtm_sim::model::saturation::{kappa_from_doubling, response};
use gtm_sim::model::scenario::{ChannelAwareness, ChannelLeads, ResponseScale, Scenario};
use gtm_sim::model::segment::{Cycle, CycleFamily, Fading, OrganicLeads};

/// κ = 2x (d/(2^s − 1 − d))^(1/s) at x = 10,000, with R today.
#[test]
fn half_saturation_from_doubling() {
    let rows = [
        (
            1.0,
            [
                (0.15, 3_529.4118, 0.739130),
                (0.35, 10_769.2308, 0.481481),
                (0.6, 30_000.0, 0.25),
            ],
        ),
        (
            1.5,
            [
                (0.15, 3_997.8133, 0.798228),
                (0.35, 7_653.7701, 0.598947),
                (0.6, 12_404.0802, 0.419906),
            ],
        ),
        (
            0.7,
            [
                (0.15, 3_859.4990, 0.660704),
                (0.35, 28_298.9393, 0.325597),
                (0.6, 1_928_293.61, 0.024524),
            ],
        ),
    ];
    for (slope, row) in rows {
        for (adds, expected, today) in row {
            let kappa = kappa_from_doubling(10_000.0, adds, slope).unwrap();
            assert_close(kappa, expected, 6e-5 * (kappa / 1e6).max(1.0) * 100.0);
            assert_close(response(10_000.0, kappa, slope), today, 6e-7);
            assert_close(
                response(20_000.0, kappa, slope) / response(10_000.0, kappa, slope),
                1.0 + adds,
                1e-12,
            );
        }
    }
    assert_eq!(kappa_from_doubling(10_000.0, 1.0, 1.0), None);
    assert_eq!(kappa_from_doubling(0.0, 0.3, 1.0), None);
}

/// 4,500 aware, 9,500 unaware, in_market .06, window 8, organic 4 a week, a channel 10 a week with capture .3.
fn typed_leads() -> Scenario {
    let mut search = channel("search", 10_000.0);
    search.scale = ResponseScale::DoublingAdds(0.35);
    search.leads = ChannelLeads::PerWeekToday(10.0);
    search.capture = 0.3;
    let mut scenario = bare(14_000, 1).with_channel(search);
    scenario.segments[0].awareness.aware_today = 4500.0 / 14_000.0;
    let leads = &mut scenario.segments[0].leads;
    (leads.in_market, leads.buying_window_weeks) = (0.06, 8.0);
    leads.organic = OrganicLeads::PerWeekToday(4.0);
    scenario
}

/// inbound .017499, leads_c R_c0 .025349, leads_c .052648; 5.794516 of the ten from aware accounts, 4.205484 from unaware.
#[test]
fn leads_are_inverted_jointly() {
    let company = Company::of(&typed_leads());
    let segment = &company.segments[0];
    let today = company.channels[0].response_today;
    assert_close(today, 0.481481, 6e-7);
    assert_close(segment.inbound, 0.017499, 6e-7);
    assert_close(segment.leads[0] * today, 0.025349, 6e-7);
    assert_close(segment.leads[0], 0.052648, 6e-7);
    assert_close(segment.capture[0], 0.3 * segment.leads[0], 1e-15);
    let of = gtm_sim::model::leads::inbound_probability;
    let aware = 4500.0
        * of(
            segment.occasions,
            segment.window,
            segment.inbound + segment.leads[0] * today,
        );
    let unaware = 9500.0 * of(segment.occasions, segment.window, segment.capture[0] * today);
    assert_close(unaware, 4.205484, 6e-7);
    assert_close(aware - 4.0, 5.794516, 6e-7);
    assert!(!company.moved.any());
}

/// More leads than occasions: 99 % of them, and said so.
#[test]
fn impossible_leads_are_moved() {
    let mut scenario = typed_leads();
    scenario.channels[0].leads = ChannelLeads::PerWeekToday(1000.0);
    let company = Company::of(&scenario);
    assert!(company.moved.leads);
    assert_close(
        company.segments[0].today.inbound,
        0.99 * 14_000.0 * 0.06 / 8.0,
        1e-3,
    );
}

/// Aware .30, customers .03, own sources .001, .24 after a dark year: forget .00693910, hazard .00309152, of it channels
/// .00209152.
#[test]
fn awareness_is_inverted() {
    let (forget, forced) = forget_hazard(0.30, 0.03, 0.001, 0.24);
    assert!(!forced);
    assert_close(forget, 0.00693910, 6e-9);
    let (hazard, forced) = steady_hazard(0.30, 0.03, forget);
    assert!(!forced);
    assert_close(hazard, 0.00309152, 6e-9);
    // An awareness that was the same a year ago grows by the steady hazard.
    assert_close(growing_hazard(0.30, 0.30, 0.03, forget).0, hazard, 1e-6 * hazard);
    // .30 after a dark year that would end above it even without forgetting: none, and said so.
    assert_eq!(forget_hazard(0.30, 0.03, 0.001, 0.5), (0.0, true));

    let mut scenario = typed_leads();
    scenario.channels[0].awareness = ChannelAwareness::Weight(0.7);
    let mut brand = channel("brand", 500.0);
    brand.awareness = ChannelAwareness::Weight(0.3);
    scenario = scenario.with_channel(brand);
    let awareness = &mut scenario.segments[0].awareness;
    awareness.aware_today = 0.30;
    awareness.fading = Fading::AfterAYearDark(0.24);
    (awareness.organic_per_week, awareness.word_of_mouth_per_week) = (0.0004, 0.02);
    scenario.today.customers[0] = 420.0;
    let company = Company::of(&scenario);
    let segment = &company.segments[0];
    assert_close(-libm::log1p(-segment.forget), 0.00693910, 6e-9);
    let of = |c: usize| segment.awareness[c] * company.channels[c].response_today;
    assert_close(of(0) + of(1), 0.00209152, 6e-9);
    assert_close(segment.awareness[0] / segment.awareness[1], 0.7 / 0.3, 1e-12);
}

/// 15 deals a year at full load, 13 hours, qualify .25, win .22, 11.499 worked weeks, 1 : .7: .822842 and .575989 hours.
#[test]
fn hours_follow_from_deals_per_rep() {
    let scale = hours_scale(15.0, 13.0, 0.25, 0.22, 1.0, 0.7, 11.499);
    assert_close(scale, 0.822842, 6e-7);
    assert_close(0.7 * scale, 0.575989, 6e-7);
    // In the company: the deals of a rep at full load come back.
    let mut seller = role("seller");
    seller.selling_hours_per_week = 13.0;
    let mut scenario = typed_leads().with_role(seller, Some(2.0));
    scenario.segments[0].leads.fit = 0.5;
    let deals = &mut scenario.segments[0].deals;
    (
        deals.deals_per_rep_year,
        deals.hours_lead,
        deals.hours_opportunity,
    ) = (Some(15.0), 1.0, 0.7);
    (deals.qualify_fit, deals.qualify_misfit, deals.win_rate) = (0.45, 0.05, 0.22);
    deals.cycle = Cycle {
        mean_weeks: 11.0,
        cv: 0.6,
        family: CycleFamily::Gamma,
    };
    let law = &Company::of(&scenario).segments[0];
    let per_lead = law.hours_lead + law.hours_opportunity * 0.25 * law.cycle.mean();
    assert_close(52.0 * 13.0 / per_lead * 0.25 * 0.22, 15.0, 1e-9);
    assert_close(law.hours_opportunity / law.hours_lead, 0.7, 1e-12);
}
