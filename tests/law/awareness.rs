//! Awareness: forgetting and regaining (docs/model.md, 4.2); the Bass curve is in tests/closed_forms.

use crate::support::bare::bare;
use crate::support::lives::{assert_close, assert_mean, live, values, weekly};

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
