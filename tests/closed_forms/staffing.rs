//! Seats that are vacated and filled again: the steady state of hiring and attrition.

use crate::scenario;
use crate::support::lives::{assert_close, assert_mean, assert_variance, live, values, weekly};
use gtm_sim::model::company::Company;

/// Attrition and its weekly probability's hazard a year, weeks to hire, seats, ramp; filled, sd, ramped, leavers a year.
type Row = (&'static str, f64, f64, f64, f64, [f64; 4]);

/// Filled share f = (1/p)/(1/p + h), filled seats Binomial(H, f), ramped H Σ s^t min(1, t/r)/(1/p + h), leavers 52 H f p.
fn formula(hazard: f64, hire: f64, seats: f64, ramp: f64) -> [f64; 4] {
    let leave = -libm::expm1(-hazard / 52.0);
    let cycle = 1.0 / leave + hire;
    let share = 1.0 / leave / cycle;
    let productive: f64 = (0..5000)
        .map(|week| libm::pow(1.0 - leave, f64::from(week)) * (f64::from(week) / ramp).min(1.0))
        .sum();
    [
        seats * share,
        (seats * share * (1.0 - share)).sqrt(),
        seats * productive / cycle,
        52.0 * seats * share * leave,
    ]
}

#[test]
fn seats_start_and_stay_in_their_steady_state() {
    let a_share = -libm::log1p(-0.34);
    let rows: [Row; 4] = [
        (
            "0.34",
            0.34,
            8.0,
            10.0,
            22.0,
            [9.504465, 0.6863, 8.823597, 3.220977],
        ),
        (
            "{ yearly_share = 0.34 }",
            a_share,
            8.0,
            10.0,
            22.0,
            [9.401406, 0.7502, 8.587014, 3.890863],
        ),
        ("0.5", 0.5, 6.0, 8.0, 14.0, [7.565614, 0.6409, 7.044514, 3.764679]),
        (
            "0.35",
            0.35,
            10.0,
            10.0,
            26.0,
            [9.371354, 0.7675, 8.568271, 3.268960],
        ),
    ];
    for (seed, (attrition, hazard, hire, seats, ramp, published)) in rows.into_iter().enumerate() {
        let expected = formula(hazard, hire, seats, ramp);
        for (expected, published) in expected.iter().zip(published) {
            assert_close(*expected, published, 6e-5);
        }
        let settings = [
            format!("roles.seller.attrition_per_year={attrition}"),
            format!("roles.seller.time_to_hire_weeks={hire}"),
            format!("roles.seller.ramp_weeks={ramp}"),
            format!("budget.annual={}", seats * 52_000.0),
        ];
        let settings = settings.each_ref().map(String::as_str);
        let scenario = scenario("staffing", &settings);
        let role = &Company::of(&scenario).roles[0];
        assert_close(seats * role.filled_share(), expected[0], 1e-9);
        assert_close(seats * role.filled_share() * role.mean_ramp(), expected[2], 1e-9);
        let lived = live(&scenario, 3000, seed as u64);
        let [filled, sd, productive, leavers] = expected;
        for week in [1, 9, 104] {
            let heads = weekly(&lived, 0, "heads.seller", week);
            assert_mean(&heads, filled, 4.0);
            assert_variance(&heads, sd * sd, 4.0);
            assert_mean(&weekly(&lived, 0, "ramped.seller", week), productive, 4.0);
        }
        // In the steady state hires are leavers.
        assert_mean(&values(&lived, 0, "hires.seller"), 2.0 * leavers, 4.0);
    }
}
