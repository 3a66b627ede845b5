//! Staffing: cuts, hiring ahead, whole heads (docs/model.md, 4.4); the steady state is in tests/closed_forms.

use crate::support::bare::{AddTo, bare, plan, role};
use crate::support::lives::{assert_close, assert_mean, live, values, weekly};
use gtm_sim::model::scenario::{Hazard, Phase, Role, Scenario};
use gtm_sim::model::staffing::target_heads;

/// One role whose first plan pays `heads` seats at 52,000 a year; today's team is left out, or typed.
fn team(heads: f64, weeks: u32, role: Role, typed: Option<f64>) -> Scenario {
    let mut scenario = bare(10, weeks).with_role(role, typed);
    scenario.budget.annual = heads * 52_000.0;
    scenario.plans[0].roles[0] = 1.0;
    scenario
}

/// A cut from 8 heads to 3.5: the shortest tenures leave at once, the last seat is part-time, severance is paid on what
/// leaves, 8 − 3.5.
#[test]
fn a_cut_takes_the_shortest_tenures() {
    let mut seller = role("seller");
    seller.ramp_weeks = 100.0;
    seller.severance_weeks = 6.0;
    let mut scenario = team(8.0, 3, seller, Some(8.0));
    scenario.today.tenure_weeks[0] = vec![80.0, 70.0, 60.0, 50.0, 40.0, 30.0, 20.0, 10.0];
    scenario.plans.push(plan("fewer", 1.0 - 3.5 / 8.0, &[], &[1.0]));
    let lived = live(&scenario, 2, 1);
    assert_eq!(weekly(&lived, 0, "heads.seller", 1), [8.0, 8.0]);
    assert_eq!(weekly(&lived, 1, "heads.seller", 1), [3.5, 3.5]);
    assert_close(
        weekly(&lived, 1, "ramped.seller", 1)[0],
        0.81 + 0.71 + 0.61 + 0.5 * 0.51,
        1e-6,
    );
    assert_eq!(values(&lived, 1, "spent_on_severance"), [4.5 * 6.0 * 1000.0; 2]);
    assert_eq!(values(&lived, 1, "spent_on_pay"), [3.0 * 3.5 * 1000.0; 2]);
    assert_eq!(values(&lived, 0, "spent_on_severance"), [0.0; 2]);
}

/// A plan with a seat fewer shares the heads of the others: from week to week it lacks the head of that one seat, or
/// nobody while the seat is empty, although the cut numbers the seats anew.
#[test]
fn a_plan_with_a_seat_fewer_shares_the_other_heads() {
    let mut seller = role("seller");
    seller.attrition = Hazard::PerYear(1.0);
    seller.time_to_hire_weeks = 8.0;
    let mut scenario = team(8.0, 150, seller, Some(8.0));
    scenario.today.tenure_weeks[0] = vec![10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0];
    scenario.plans.push(plan("fewer", 1.0 / 8.0, &[], &[1.0]));
    let lived = live(&scenario, 30, 1);
    for week in 1..=150 {
        let all = weekly(&lived, 0, "heads.seller", week);
        let fewer = weekly(&lived, 1, "heads.seller", week);
        for (all, fewer) in all.iter().zip(&fewer) {
            assert!([0.0, 1.0].contains(&(all - fewer)), "week {week}: {all}, {fewer}");
        }
    }
}

/// Vacancies are cancelled before anybody leaves: 4 of 8 seats are empty, a cut to 4 pays nothing.
#[test]
fn vacancies_go_first() {
    let mut seller = role("seller");
    (seller.time_to_hire_weeks, seller.severance_weeks) = (20.0, 6.0);
    let mut scenario = team(8.0, 60, seller, Some(4.0));
    scenario.plans.push(plan("fewer", 0.5, &[], &[1.0]));
    let lived = live(&scenario, 2, 1);
    assert_eq!(values(&lived, 1, "spent_on_severance"), [0.0; 2]);
    for week in [1, 20, 60] {
        assert_eq!(weekly(&lived, 1, "heads.seller", week), [4.0; 2]);
    }
    assert_eq!(values(&lived, 1, "hires.seller"), [0.0; 2]);
}

/// Recruited ahead, heads arrive in the week of the phase; if that is too soon, as soon as they can; not recruited ahead,
/// `time_to_hire_weeks` after the phase begins.
#[test]
fn hiring_ahead() {
    for (hire, ahead, arrives) in [
        (6.0, true, 11),
        (15.0, true, 16),
        (6.0, false, 17),
        (0.0, false, 11),
    ] {
        let mut seller = role("seller");
        seller.time_to_hire_weeks = hire;
        seller.hire_ahead = ahead;
        seller.cost_to_hire = 1000.0;
        let mut scenario = team(8.0, 30, seller, None);
        scenario.plans[0].phases = vec![
            Phase {
                weeks: Some(10),
                marketing_share: 0.5,
            },
            Phase {
                weeks: None,
                marketing_share: 0.0,
            },
        ];
        let lived = live(&scenario, 1, 1);
        for week in 1..=30 {
            let expected = if week < arrives { 4.0 } else { 8.0 };
            assert_eq!(
                weekly(&lived, 0, "heads.seller", week),
                [expected],
                "week {week}, {hire} weeks, {ahead}"
            );
        }
        assert_eq!(values(&lived, 0, "spent_on_hiring"), [4000.0]);
    }
}

/// Four seats beyond today's team of four, eight weeks to hire: the i-th arrives in week ⌈(i − ½) × 8/4⌉ = 1, 3, 5, 7.
#[test]
fn seats_beyond_todays_team_arrive_spread() {
    let mut seller = role("seller");
    seller.time_to_hire_weeks = 8.0;
    let lived = live(&team(8.0, 10, seller.clone(), Some(4.0)), 1, 1);
    let heads: Vec<f64> = (1..=10)
        .map(|week| weekly(&lived, 0, "heads.seller", week)[0])
        .collect();
    assert_eq!(heads, [5.0, 5.0, 6.0, 6.0, 7.0, 7.0, 8.0, 8.0, 8.0, 8.0]);
    // More than the first plan has: recruiting starts now, 1 + 8.
    let mut scenario = team(8.0, 10, seller, Some(4.0));
    scenario.plans[0].phases[0].marketing_share = 0.5;
    scenario.plans.push(plan("more", 0.0, &[], &[1.0]));
    let lived = live(&scenario, 1, 1);
    let heads: Vec<f64> = (1..=10)
        .map(|week| weekly(&lived, 1, "heads.seller", week)[0])
        .collect();
    assert_eq!(heads, [4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 8.0, 8.0]);
}

/// Typed heads that are not whole: the last is present with the probability of its fraction.
#[test]
fn a_fraction_of_a_head_is_a_probability_today() {
    let mut seller = role("seller");
    seller.time_to_hire_weeks = 500.0;
    let lived = live(&team(8.0, 1, seller, Some(2.3)), 4000, 2);
    assert_mean(&weekly(&lived, 0, "heads.seller", 1), 2.3, 4.0);
}

/// A vacated seat stays empty exactly h full weeks; the pay of empty seats is unspent.
#[test]
fn seats_stay_empty_for_the_weeks_to_hire() {
    let mut seller = role("seller");
    (seller.attrition, seller.time_to_hire_weeks) = (Hazard::PerYear(6.0), 5.0);
    let lived = live(&team(1.0, 300, seller, Some(1.0)), 3, 3);
    for replication in 0..3 {
        let heads: Vec<f64> = (1..=300)
            .map(|week| weekly(&lived, 0, "heads.seller", week)[replication])
            .collect();
        let spells: Vec<usize> = heads.split(|heads| *heads == 1.0).map(<[f64]>::len).collect();
        let (inner, last) = (&spells[..spells.len() - 1], spells[spells.len() - 1]);
        assert!(
            inner.iter().all(|weeks| *weeks == 0 || *weeks == 5) && last <= 5,
            "{spells:?}"
        );
        let empty = heads.iter().filter(|heads| **heads == 0.0).count() as f64;
        assert_eq!(values(&lived, 0, "unspent")[replication], empty * 1000.0);
    }
}

/// 55 % of a million at 300,000 a head is 1.83 heads, 45 % at 200,000 is 2.25: rounded down 1 and 2, the rest of 300,000
/// goes to the first, which lacks 50,000 against 150,000.
#[test]
fn whole_heads_spend_the_rest_on_the_nearest() {
    let (mut closer, mut prospector) = (role("closer"), role("prospector"));
    (closer.loaded_cost_per_year, prospector.loaded_cost_per_year) = (300_000.0, 200_000.0);
    let mut scenario = bare(10, 2).with_role(closer, None).with_role(prospector, None);
    scenario.budget.annual = 1_000_000.0;
    scenario.plans[0].roles = vec![0.55, 0.45];
    let mut heads = Vec::new();
    target_heads(&scenario, &scenario.plans[0], 0.0, &mut heads);
    assert_close(heads[0], 0.55 / 0.3, 1e-12);
    assert_close(heads[1], 2.25, 1e-12);
    scenario.budget.whole_heads = true;
    target_heads(&scenario, &scenario.plans[0], 0.0, &mut heads);
    assert_eq!(heads, [2.0, 2.0]);
    assert_eq!(
        values(&live(&scenario, 1, 1), 0, "spent_on_pay"),
        [2.0 * 1_000_000.0 / 52.0]
    );
    for share in 0..=20 {
        target_heads(&scenario, &scenario.plans[0], f64::from(share) / 20.0, &mut heads);
        assert!(heads[0] * 300_000.0 + heads[1] * 200_000.0 <= 1e6 * (1.0 - f64::from(share) / 20.0) + 1e-6);
    }
}
