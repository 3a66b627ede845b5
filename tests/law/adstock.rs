//! Carry-over and saturation: golden rows (docs/model.md, 4.2).

use crate::support::bare::{AddTo, bare, channel};
use crate::support::lives::assert_close;
use gtm_sim::engine::replication::Worker;
use gtm_sim::model::{adstock, saturation};

/// λ = 2^(−1/half-life).
#[test]
fn retention_follows_from_the_half_life() {
    let rows = [
        (1.0, 0.5),
        (2.0, 0.707107),
        (2.5, 0.757858),
        (4.0, 0.840896),
        (6.0, 0.890899),
        (12.0, 0.943874),
    ];
    for (half_life, retention) in rows {
        assert_close(adstock::retention(half_life), retention, 5e-7);
    }
    assert_eq!(adstock::retention(0.0), 0.0);
}

/// Robyn's example `100×5, θ = .5` gives 100, 150, 175, 187.5, 193.75; normalised by 1 − θ and from nothing it is ours.
#[test]
fn carry_over_is_the_normalised_geometric_form() {
    let mut pressure = 0.0;
    for expected in [50.0, 75.0, 87.5, 93.75, 96.875] {
        pressure = adstock::carry(pressure, 100.0, 0.5);
        assert_eq!(pressure, expected);
    }
    // Meridian's test media, infinite memory from nothing.
    let media = [
        [0.12, 0.55, 0.89],
        [0.34, 0.71, 0.23],
        [0.91, 0.08, 0.67],
        [0.45, 0.82, 0.11],
        [0.78, 0.29, 0.95],
    ];
    for (c, (retention, last)) in [(0.1, 0.751007), (0.5, 0.421562), (0.9, 0.234330)]
        .into_iter()
        .enumerate()
    {
        let mut pressure = 0.0;
        for week in media {
            pressure = adstock::carry(pressure, week[c], retention);
        }
        assert_close(pressure, last, 5e-7);
    }
}

#[test]
fn a_constant_spend_is_its_own_pressure() {
    let mut pressure = 1234.5;
    for _ in 0..200 {
        pressure = adstock::carry(pressure, 1234.5, adstock::retention(3.0));
    }
    assert_close(pressure, 1234.5, 1e-9);
}

/// Robyn's Hill example, `(100,150,170,190,200), α = 3, γ = .5`, is s = 3, κ = 100; Meridian's and PyMC-Marketing's
/// `hill(slope 2, kappa .5)` at 1 is .8, `hill(3, 2)` at 1, 2, 3 is .111111, .5, .771429.
#[test]
fn saturation_is_the_hill_curve() {
    let robyn = [
        (100.0, 0.5),
        (150.0, 0.771429),
        (170.0, 0.830881),
        (190.0, 0.872757),
        (200.0, 0.888889),
    ];
    for (pressure, response) in robyn {
        assert_close(saturation::response(pressure, 100.0, 3.0), response, 5e-7);
    }
    assert_close(saturation::response(1.0, 0.5, 2.0), 0.8, 1e-12);
    for (pressure, response) in [(1.0, 0.111111), (2.0, 0.5), (3.0, 0.771429)] {
        assert_close(saturation::response(pressure, 2.0, 3.0), response, 5e-7);
    }
    assert_eq!(saturation::response(0.0, 2.0, 3.0), 0.0);
}

/// Response R at pressure A/κ, by slope .7, 1, 1.5, 2; the elasticity is s (1 − R).
#[test]
fn elasticity_falls_with_the_response() {
    let rows = [
        (
            0.25,
            [(0.508, 0.275), (0.800, 0.200), (1.333, 0.111), (1.882, 0.059)],
        ),
        (1.0, [(0.350, 0.5), (0.5, 0.5), (0.75, 0.5), (1.0, 0.5)]),
        (
            8.0,
            [(0.132, 0.811), (0.111, 0.889), (0.064, 0.958), (0.031, 0.985)],
        ),
    ];
    for (pressure, by_slope) in rows {
        for (slope, (elasticity, response)) in [0.7, 1.0, 1.5, 2.0].into_iter().zip(by_slope) {
            let at = |pressure: f64| saturation::response(pressure, 1.0, slope);
            assert_close(at(pressure), response, 6e-4);
            let step = 1e-5;
            let rise = libm::log(at(pressure * (1.0 + step)) / at(pressure * (1.0 - step)));
            assert_close(rise / (2.0 * step), elasticity, 6e-4);
        }
    }
}

/// In the engine: from no spend, A_t = x (1 − λ^t), R = A/(A + κ); at today's spend nothing moves by a bit.
#[test]
fn a_plan_builds_pressure_from_todays_spend() {
    let mut brand = channel("brand", 0.0);
    brand.half_life_weeks = 4.0;
    brand.scale = gtm_sim::model::scenario::ResponseScale::HalfSaturation(500.0);
    let mut scenario = bare(1000, 30).with_channel(brand);
    scenario.budget.annual = 52_000.0;
    scenario.plans[0].phases[0].marketing_share = 1.0;
    scenario.plans[0].channels[0] = 1.0;
    let worker = Worker::new(&scenario, &[0]);
    for week in 1..=30 {
        let pressure = 1000.0 * (1.0 - libm::pow(0.840896415253715, week as f64));
        assert_close(
            worker.schedule(0).response[week],
            pressure / (pressure + 500.0),
            1e-12,
        );
    }
    scenario.channels[0].spend_today_per_week = 1000.0;
    let worker = Worker::new(&scenario, &[0]);
    assert!(
        worker
            .schedule(0)
            .response
            .iter()
            .all(|response| *response == 1000.0 / 1500.0)
    );
}

/// Prices that grow by 4 % a year act before the carry-over: A_t = (1 − λ) Σ λ^(t − s) x/1.04^(s/52).
#[test]
fn prices_act_before_the_carry_over() {
    let mut brand = channel("brand", 0.0);
    brand.half_life_weeks = 4.0;
    brand.scale = gtm_sim::model::scenario::ResponseScale::HalfSaturation(500.0);
    let mut scenario = bare(1000, 60).with_channel(brand);
    scenario.budget.annual = 52_000.0;
    scenario.budget.price_growth = 0.04;
    scenario.plans[0].phases[0].marketing_share = 1.0;
    scenario.plans[0].channels[0] = 1.0;
    let worker = Worker::new(&scenario, &[0]);
    let keep = adstock::retention(4.0);
    let mut pressure = 0.0;
    for week in 1..=60 {
        let real = 1000.0 * libm::pow(1.04, -f64::from(week) / 52.0);
        pressure = keep * pressure + (1.0 - keep) * real;
        assert_close(
            worker.schedule(0).response[week as usize],
            pressure / (pressure + 500.0),
            1e-12,
        );
    }
}
