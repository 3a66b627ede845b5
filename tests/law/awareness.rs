//! Awareness: Bass diffusion (docs/model.md, 4.2).

use crate::support::bare::bare;
use crate::support::lives::{assert_close, assert_mean, assert_variance, live, values, weekly};
use gtm_sim::model::scenario::Scenario;
use gtm_sim::model::segment::{CustomerModel, OrganicLeads};

const P: f64 = 0.03;
const Q: f64 = 0.38;
const ACCOUNTS: u64 = 200_000;

/// Whoever becomes aware raises a hand and buys without a rep after `decision` weeks; nobody forgets or leaves.
fn bass(decision: f64, years: u32) -> Scenario {
    let mut scenario = bare(ACCOUNTS, years * 52);
    let segment = &mut scenario.segments[0];
    segment.awareness.organic_per_week = P / 52.0;
    segment.awareness.word_of_mouth_per_week = Q / 52.0;
    segment.leads.organic = OrganicLeads::Hazard(1000.0);
    segment.leads.needs_a_rep = 0.0;
    segment.leads.self_serve_conversion = 1.0;
    segment.leads.decision_weeks = decision;
    segment.customers.model = CustomerModel::OneOff;
    scenario
}

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

/// No delay: who becomes aware is a customer in the same week, so the lag is none. 30 futures, 4 errors: 4 false
/// alarms in 10,000 over 6 comparisons. The mean of a random path lies below the recursion by O(1/accounts).
#[test]
fn bass_curve_without_delay() {
    let published = [
        (1, 0.035608),
        (2, 0.084658),
        (3, 0.149744),
        (5, 0.329554),
        (8, 0.649669),
        (10, 0.811322),
    ];
    let lived = live(&bass(0.0, 10), 30, 1);
    for (year, share) in published {
        assert_close(recursion(0, year * 52), share, 6e-7);
        let customers = weekly(&lived, 0, "customers", year * 52);
        assert_mean(&customers, share * ACCOUNTS as f64, 4.0);
    }
}

/// A decision of one week: the hazard sees buyers a week late.
#[test]
fn bass_curve_with_a_week_of_delay() {
    let published = [(1, 0.035319), (5, 0.326323), (8, 0.645556), (10, 0.808353)];
    let lived = live(&bass(1.0, 10), 30, 2);
    for (year, share) in published {
        assert_close(recursion(1, year * 52), share, 6e-7);
        let unaware = weekly(&lived, 0, "unaware", year * 52);
        assert_mean(&unaware, (1.0 - share) * ACCOUNTS as f64, 4.0);
    }
}

/// q = 0: after 52 weeks Binomial(accounts, 1 − e^(−.03) = .029554466), exactly.
#[test]
fn organic_awareness_is_binomial() {
    let mut scenario = bare(2000, 52);
    scenario.segments[0].awareness.organic_per_week = P / 52.0;
    let aware = weekly(&live(&scenario, 4000, 3), 0, "aware", 52);
    assert_mean(&aware, 2000.0 * 0.029554466, 4.0);
    assert_variance(&aware, 2000.0 * 0.029554466 * (1.0 - 0.029554466), 4.0);
}

/// Forgetting then regaining: from all aware the share a falls by (1 − f)(1 − g) towards g/(1 − (1 − f)(1 − g)).
#[test]
fn forgetting_and_regaining_settle() {
    let mut scenario = bare(5000, 60);
    let awareness = &mut scenario.segments[0].awareness;
    awareness.aware_today = 1.0;
    awareness.fading = gtm_sim::model::segment::Fading::PerWeek(0.05);
    awareness.organic_per_week = 0.02;
    let lived = live(&scenario, 500, 4);
    let (forget, gain) = (-libm::expm1(-0.05), -libm::expm1(-0.02));
    let mut share = 1.0;
    for week in 1..=60 {
        share = share * (1.0 - forget) + (1.0 - share * (1.0 - forget)) * gain;
        if week == 1 || week % 20 == 0 {
            assert_mean(&weekly(&lived, 0, "aware", week), 5000.0 * share, 4.0);
        }
    }
    let [aware, heard, forgot] = ["aware_end", "became_aware", "forgot"].map(|id| values(&lived, 0, id));
    for future in 0..aware.len() {
        assert_close(aware[future], 5000.0 + heard[future] - forgot[future], 1e-9);
    }
}
