//! Awareness that spreads by buyers: the Bass curve.

use crate::scenario;
use crate::support::lives::{assert_close, assert_mean, assert_variance, live, weekly};

const P: f64 = 0.03;
const Q: f64 = 0.38;
const ACCOUNTS: f64 = 200_000.0;

/// F += (1 − F)(1 − e^(−(p + q F)/52)), F in the hazard `lag` weeks late.
fn recursion(lag: usize, weeks: usize) -> f64 {
    let mut path = vec![0.0; lag + 1];
    for _ in 0..weeks {
        let now = path[path.len() - 1];
        let buyers: f64 = path[path.len() - 1 - lag];
        path.push(now + (1.0 - now) * -libm::expm1(-(P + Q * buyers) / 52.0));
    }
    path[path.len() - 1]
}

/// Who becomes aware is a customer in the same week: the recursion has no lag. The mean of a random path lies below it
/// by O(1/accounts).
#[test]
fn bass_curve() {
    let published = [
        (1, 0.035608),
        (2, 0.084658),
        (3, 0.149744),
        (5, 0.329554),
        (8, 0.649669),
        (10, 0.811322),
    ];
    let lived = live(&scenario("bass", &[]), 30, 1);
    for (year, share) in published {
        assert_close(recursion(0, year * 52), share, 6e-7);
        let customers = weekly(&lived, 0, "customers", year * 52);
        assert_mean(&customers, share * ACCOUNTS, 4.0);
    }
    // The continuous curve (1 − e^(−(p+q)t))/(1 + q/p e^(−(p+q)t)) lies half a point above.
    let fading = libm::exp(-(P + Q) * 5.0);
    assert_close((1.0 - fading) / (1.0 + Q / P * fading), 0.331199, 6e-7);
}

/// A decision of one week: the hazard sees buyers a week late.
#[test]
fn bass_curve_with_a_week_of_delay() {
    let published = [(1, 0.035319), (5, 0.326323), (8, 0.645556), (10, 0.808353)];
    let late = "segments.market.leads.self_serve.decision_weeks=1";
    let lived = live(&scenario("bass", &[late]), 30, 2);
    for (year, share) in published {
        assert_close(recursion(1, year * 52), share, 6e-7);
        let unaware = weekly(&lived, 0, "unaware", year * 52);
        assert_mean(&unaware, (1.0 - share) * ACCOUNTS, 4.0);
    }
}

/// q = 0: after 52 weeks Binomial(accounts, 1 − e^(−.03) = .029554466), exactly.
#[test]
fn without_word_of_mouth_buyers_are_binomial() {
    let settings = [
        "scenario.weeks=52",
        "segments.market.awareness.word_of_mouth_per_week=0",
    ];
    let customers = weekly(&live(&scenario("bass", &settings), 2000, 3), 0, "customers", 52);
    let p = 0.029554466;
    assert_close(-libm::expm1(-P), p, 6e-10);
    assert_mean(&customers, ACCOUNTS * p, 4.0);
    assert_variance(&customers, ACCOUNTS * p * (1.0 - p), 4.0);
}
