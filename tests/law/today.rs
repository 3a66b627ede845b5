//! The start: pools that are left out begin steady (docs/model.md, 3).

use crate::support::bare::{AddTo, bare, role};
use crate::support::lives::{assert_close, assert_mean, live, weekly};
use gtm_sim::model::company::Company;
use gtm_sim::model::scenario::Scenario;
use gtm_sim::model::segment::{Cycle, CycleFamily, DealValue, OrganicLeads};

/// 20 leads a week of 50,000 aware accounts, .8 need a rep who has time, .3 of them qualify for 8.5 worked weeks, a
/// quarter wins; self-serve buyers decide after 3 weeks; who does not buy cools off 13 weeks. Pools are left out.
fn steady(accounts: u64) -> Scenario {
    let mut seller = role("seller");
    seller.selling_hours_per_week = 1000.0;
    let mut scenario = bare(accounts, 30).with_role(seller, Some(1.0));
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario.today.pipeline[0] = None;
    scenario.today.cooling[0] = None;
    let segment = &mut scenario.segments[0];
    segment.awareness.aware_today = 0.5;
    segment.leads.in_market = 0.02;
    segment.leads.organic = OrganicLeads::PerWeekToday(20.0);
    segment.leads.needs_a_rep = 0.8;
    segment.leads.self_serve_conversion = 0.1;
    segment.leads.decision_weeks = 3.0;
    segment.deals.qualify_fit = 0.3;
    segment.deals.win_rate = 0.25;
    segment.deals.cycle = Cycle {
        mean_weeks: 8.0,
        cv: 0.5,
        family: CycleFamily::Gamma,
    };
    segment.deals.value = DealValue::LogNormal {
        median: 10_000.0,
        sigma: 0.6,
    };
    scenario
}

/// Open opportunities 20 × .8 × .3 × 8.499996, buyers deciding 4 × 3, cooling 13 × what does not buy.
#[test]
fn pools_left_out_are_todays_flow_times_its_stay() {
    let company = Company::of(&steady(100_000));
    let start = company.segments[0].start;
    assert_close(start.open, 4.8 * 8.499996, 1e-5);
    assert_close(start.buying, 12.0, 1e-9);
    assert_close(start.cooling, 13.0 * (20.0 - 4.8 * 0.25 - 0.4), 1e-8);
}

/// Wins and self-serve wins come at the same rate in every week from the first; the aware pool falls by them alone.
#[test]
fn a_steady_start_stays_steady() {
    let lived = live(&steady(100_000), 1500, 1);
    let won = |week| -> Vec<f64> {
        let by_reps = weekly(&lived, 0, "wins", week);
        let own = weekly(&lived, 0, "self_serve_wins", week);
        by_reps.iter().zip(own).map(|(reps, own)| reps + own).collect()
    };
    for week in [1, 2, 4, 9, 30] {
        assert_mean(&weekly(&lived, 0, "leads", week), 20.0, 4.0);
        assert_mean(&weekly(&lived, 0, "wins", week), 4.8 * 0.25, 4.0);
        assert_mean(&weekly(&lived, 0, "self_serve_wins", week), 0.4, 4.0);
        assert_mean(
            &weekly(&lived, 0, "open_opportunities", week),
            4.8 * 8.499996,
            4.0,
        );
    }
    let mut drift = weekly(&lived, 0, "aware", 30);
    for (drift, before) in drift.iter_mut().zip(weekly(&lived, 0, "aware", 1)) {
        *drift -= before;
    }
    for week in 2..=30 {
        drift
            .iter_mut()
            .zip(won(week))
            .for_each(|(drift, won)| *drift += won);
    }
    assert_mean(&drift, 0.0, 4.0);
}
