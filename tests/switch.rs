//! Sweeps and switch points with known answers: where the best range ends, where the better choice changes.

#![allow(clippy::unwrap_used)] // helpers of tests may fail them

use gtm_sim::analysis::findings::{Limits, Uncertain};
use gtm_sim::analysis::sweep::{self, Behind, SweepPoint, near_best};
use gtm_sim::analysis::switch::{Switch, SwitchPoint, Trial, crossings, known, next};
use gtm_sim::chance::normal;
use gtm_sim::outcome::estimate::Influence;
use gtm_sim::scenario_file;
use gtm_sim::units::unit::Unit;
use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Two plans at values of a parameter in the same futures: their difference is slope·(at − 0.3), and luck.
fn trials(rng: &mut Xoshiro256PlusPlus, values: &[f64], slope: f64) -> Vec<Trial> {
    let futures: Vec<(f64, f64)> = (0..300)
        .map(|_| {
            let mut gauss = || normal::quantile(rng.random::<f64>().max(1e-300));
            (gauss(), gauss())
        })
        .collect();
    let trial = |at: f64| {
        // A part of the luck grows with the parameter, so neighbours share most of it.
        let of = |(a, b): &(f64, f64)| slope * (at - 0.3) + a + at * b;
        let first = Influence::of_mean(&futures.iter().map(of).collect::<Vec<f64>>()).unwrap();
        let second = Influence::of_mean(&vec![0.0; 300]).unwrap();
        Trial::of(at, &[first], &[second], 1.0).unwrap()
    };
    values.iter().map(|at| trial(*at)).collect()
}

const VALUES: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

#[test]
fn the_switch_point_is_found_and_its_interval_holds_it() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
    let (mut found, mut missed) = (0, 0);
    for _ in 0..400 {
        if let [crossing] = crossings(&trials(&mut rng, &VALUES, 4.0)).as_slice() {
            found += 1;
            assert!(
                crossing.ahead_above && (crossing.at - 0.3).abs() < 0.1,
                "{crossing:?}"
            );
            assert!(crossing.low <= crossing.at && crossing.at <= crossing.high);
            missed += usize::from(crossing.low > 0.3 || crossing.high < 0.3);
        }
    }
    assert_eq!(found, 400);
    // 5 % of 400 = 20, and 4 standard errors (4.4) to either side.
    assert!((3..=38).contains(&missed), "{missed}");
}

#[test]
fn noise_flips_nothing() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(2);
    let flips = (0..400)
        .filter(|_| !crossings(&trials(&mut rng, &VALUES, 0.0)).is_empty())
        .count();
    // Both signs clear by mistake within intervals that hold together: well below 5 % of 400.
    assert!(flips <= 12, "{flips}");
    let always: Vec<Trial> = trials(&mut rng, &[0.6, 0.8, 1.0], 4.0);
    assert!(crossings(&always).is_empty() && next(&always).is_none());
}

#[test]
fn the_next_look_is_where_the_sign_changes() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(3);
    let at = next(&trials(&mut rng, &VALUES, 4.0)).unwrap();
    assert!((0.25..0.5).contains(&at), "{at}");
}

#[test]
fn ranges_follow_from_the_file() {
    let text = include_str!("../scenarios/b2b.toml");
    let scenario = scenario_file::read(text, "b2b.toml").unwrap().value.scenario;
    let found = known(&scenario, "budget.annual").unwrap();
    assert_eq!(
        (found.unit, found.now, found.range),
        (Unit::MoneyPerYear, 5e6, (2.5e6, 1e7))
    );
    let unknown = scenario
        .unknowns
        .iter()
        .find(|own| own.path.ends_with("win_rate"))
        .unwrap();
    let found = known(&scenario, &unknown.path).unwrap();
    assert_eq!(found.unit, Unit::Share);
    assert!(found.range.0 < found.now && found.now < found.range.1 && found.range.1 < 1.0);
    let role = scenario.roles[1].name.as_str();
    let cost = known(&scenario, &format!("roles.{role}.loaded_cost_per_year")).unwrap();
    assert!(cost.now > 1000.0);
    for path in [
        "budget.anual",
        "roles.nobody.ramp_weeks",
        "scenario.name",
        "segments.*.deals.win_rate",
    ] {
        assert_eq!(known(&scenario, path), None, "{path}");
    }
}

fn switch(points: &[(f64, f64, f64)]) -> Switch {
    Switch {
        parameter: "work.new_lead_share".to_owned(),
        unit: "share".to_owned(),
        from: 0.1,
        to: 0.5,
        now: None,
        ahead: "Today".to_owned(),
        behind: "Sales-led".to_owned(),
        replications: 1000,
        points: points
            .iter()
            .map(|(at, value, error)| SwitchPoint {
                at: *at,
                difference: Uncertain {
                    value: *value,
                    error: *error,
                },
            })
            .collect(),
        crossings: Vec::new(),
    }
}

#[test]
fn no_flip_is_said_only_where_one_choice_is_better_throughout() {
    let said = |points: &[(f64, f64, f64)]| switch(points).sentence("USD").replace('\u{202f}', " ");
    assert_eq!(
        said(&[(0.1, -5.0, 1.0), (0.5, -9.0, 1.0)]),
        "The better choice does not change for `work.new_lead_share` from 10.0 % to 50.0 % (1,000 futures): Sales-led is better throughout."
    );
    assert!(
        said(&[(0.1, 5.0, 1.0), (0.5, 1.0, 1.0)]).starts_with("No change of the better choice can be told")
    );
    let mut found = switch(&[(0.1, -5.0, 1.0), (0.5, 5.0, 1.0)]);
    found.crossings = vec![gtm_sim::analysis::switch::Crossing {
        at: 0.3,
        low: 0.25,
        high: 0.35,
        ahead_above: true,
    }];
    let said = found.sentence("USD").replace('\u{202f}', " ");
    assert!(
        said.ends_with("below it Sales-led is better, above it Today."),
        "{said}"
    );
}

/// A parabola of losses around 0.24.
fn points(error: f64) -> Vec<SweepPoint> {
    let loss = |share: f64| 1e7 * (share - 0.24) * (share - 0.24);
    (1..=9)
        .map(|tenth| {
            let share = f64::from(tenth) / 10.0;
            let value = loss(share) - loss(0.2);
            let error = if tenth == 2 { 0.0 } else { error };
            SweepPoint {
                marketing_share: share,
                mean: 2e7 - value,
                mean_error: 1e5,
                p10: None,
                p90: None,
                limited_by: Limits {
                    demand: 0.0,
                    capacity: 0.0,
                },
                behind: Behind {
                    value,
                    error,
                    low: value - 3.0 * error,
                    high: value + 3.0 * error,
                },
            }
        })
        .collect()
}

#[test]
fn the_near_best_range_ends_where_the_loss_begins_to_matter() {
    let found = near_best(&points(1e4), 0.2, 1e5);
    assert!(found.is_told);
    // Losses to the best point: 180,000 at 10 %, 20,000 at 30 %, 240,000 at 40 %; straight lines between.
    assert!(
        (found.low - (0.2 - 0.1 * 100.0 / 180.0)).abs() < 1e-9,
        "{found:?}"
    );
    assert!(
        (found.high - (0.3 + 0.1 * 80.0 / 220.0)).abs() < 1e-9,
        "{found:?}"
    );
    assert_eq!(found.whole_percents(), (15.0, 33.0));
    // Upper ends: 50,000 at 30 %, 270,000 at 40 %, 4/11 of the way.
    assert!(
        (found.at_most - (5e4 + 2.2e5 * 4.0 / 11.0)).abs() < 1e-6,
        "{found:?}"
    );
}

#[test]
fn uncertain_losses_make_a_wider_range_that_is_not_told() {
    let found = near_best(&points(6e4), 0.2, 1e5);
    assert!(
        !found.is_told && found.low < 0.145 && found.high > 0.337,
        "{found:?}"
    );
    assert!(found.at_most > 1.9e5, "{found:?}");
}

#[test]
fn a_run_spares_a_third_of_its_time_for_other_splits() {
    assert_eq!(sweep::futures(2, 400), None);
    assert_eq!(sweep::futures(2, 4000), Some(215));
    assert_eq!(sweep::futures(5, 4000), Some(538));
    assert_eq!(sweep::futures(5, 1_000_000), Some(1000));
    for (plans, replications) in [(1, 8000), (2, 4000), (8, 4000)] {
        let futures = sweep::futures(plans, replications).unwrap();
        assert!(
            13 * futures * 2 < plans * replications,
            "less than a third of all lives"
        );
    }
}
