//! Feedback: learning and what it moves (docs/model.md, 4.8).

use crate::support::bare::{AddTo, bare, role};
use crate::support::lives::{assert_close, assert_mean, assert_ratio, diary, live, values, weekly};
use gtm_sim::model::company::Company;
use gtm_sim::model::feedback::{learned, targeting};
use gtm_sim::model::scenario::Targeting;
use gtm_sim::model::segment::{CareRate, OrganicLeads};

/// learned = 1 − 2^(−insight/half).
#[test]
fn half_is_learned_after_half() {
    for (insight, share) in [(0.25, 0.159104), (0.5, 0.292893), (1.0, 0.5), (2.0, 0.75)] {
        assert_close(learned(insight * 150.0, 150.0), share, 6e-7);
    }
    assert_eq!(learned(1e9, f64::INFINITY), 0.0);
}

/// Above today's learning towards the maximum, below in proportion: base .2, max .4, .502403 today.
#[test]
fn targeting_follows_what_is_learned() {
    let of = Targeting { base: 0.2, max: 0.4 };
    assert_close(targeting(of, 0.448851, 0.502403), 0.178682, 6e-7); // .2 × .448851/.502403
    assert_eq!(targeting(of, 0.502403, 0.502403), 0.2);
    assert_close(targeting(of, 1.0, 0.502403), 0.4, 1e-12);
    assert_close(targeting(of, 0.7512015, 0.502403), 0.3, 1e-6);
    assert_eq!(targeting(Targeting { base: 0.3, max: 0.1 }, 0.9, 0.5), 0.3);
    assert_eq!(targeting(of, 0.0, 0.5), 0.0);
}

/// Steady at 2 closings a week with a half-life of 52 weeks: insight 151.042506, learned .502403 at half 150; after 26
/// weeks of one closing 128.922843 and .448851. One lead an hour and one hour a week make one closing a week.
#[test]
fn insight_fades_and_grows() {
    let keep = libm::exp2(-1.0 / 52.0);
    assert_close(2.0 / (1.0 - keep), 151.042506, 6e-7);
    let mut seller = role("seller");
    seller.selling_hours_per_week = 1.0;
    let mut scenario = bare(100_000, 27).with_role(seller, Some(1.0));
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.today.customers[0] = 100.0;
    scenario.segments[0].leads.referral_per_year = CareRate::Flat(26.0);
    scenario.segments[0].deals.hours_opportunity = 0.0;
    scenario.segments[0].deals.win_rate = 0.0;
    scenario.feedback.half_learned_after = 150.0;
    // The first closing falls into week 2: a week of fading is taken back.
    scenario.today.insight = Some(151.042506 / keep);
    let path = diary::<Vec<(f64, f64)>>(&scenario, 2, 1, &|_, _| {}, &|path, _, market| {
        path.push((market.insight, market.learned));
    });
    for path in path {
        assert_close(path[0].0, 151.042506, 1e-6);
        assert_close(path[0].1, 0.502403, 6e-7);
        assert_close(path[26].0, 128.922843, 1e-6);
        assert_close(path[26].1, 0.448851, 6e-7);
    }
}

/// Left out, insight starts steady at today's closings: one a week gives 1/(1 − 2^(−1/52)).
#[test]
fn insight_starts_steady() {
    let mut seller = role("seller");
    seller.selling_hours_per_week = 1.0;
    let mut scenario = bare(100_000, 1).with_role(seller, Some(1.0));
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.today.customers[0] = 100.0;
    scenario.segments[0].leads.referral_per_year = CareRate::Flat(26.0);
    scenario.segments[0].deals.hours_opportunity = 0.0;
    assert_close(
        Company::of(&scenario).insight_today,
        1.0 / (1.0 - libm::exp2(-1.0 / 52.0)),
        1e-9,
    );
}

/// 1,000 opportunities close in week 1 and teach a half: in week 2 leads are lifted by e^(.6 × .5), wins by .4 × .5 log-odds.
#[test]
fn learning_lifts_leads_and_wins_from_next_week() {
    let mut seller = role("seller");
    seller.selling_hours_per_week = 1e6;
    let mut scenario = bare(100_000, 2).with_role(seller, Some(1.0));
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.today.pipeline[0] = Some(1000.0);
    scenario.today.insight = Some(0.0);
    scenario.feedback.half_learned_after = 1000.0;
    (scenario.feedback.lead_lift, scenario.feedback.win_lift) = (0.6, 0.4);
    let segment = &mut scenario.segments[0];
    segment.awareness.aware_today = 1.0;
    segment.leads.organic = OrganicLeads::Hazard(0.01);
    segment.deals.win_rate = 0.25;
    let lived = live(&scenario, 1000, 2);
    let aware = 99_000.0 * libm::exp(-0.01);
    let lifted = -libm::expm1(-0.01 * libm::exp(0.3));
    assert_mean(&weekly(&lived, 0, "leads", 1), 99_000.0 - aware, 4.0);
    assert_mean(&weekly(&lived, 0, "leads", 2), aware * lifted, 4.0);
    // A win rate of .25 with .2 more log-odds; the leads of week 1 close in week 2.
    let (wins, closed) = (weekly(&lived, 0, "wins", 2), weekly(&lived, 0, "leads", 1));
    assert_ratio(&wins, &closed, 0.289336, 4.0);
    assert_eq!(values(&lived, 0, "leads").len(), 1000);
}
