//! What a planner knows, turned into coefficients of the law: pure formulas (docs/model.md, 5).

use super::scenario::Hazard;
use super::segment::{CareRate, Churn};
use crate::units::time::WEEKS_PER_YEAR;

/// Yearly hazard, from either way of telling it: h = −ln(1 − share).
pub fn hazard_per_year(hazard: Hazard) -> f64 {
    match hazard {
        Hazard::PerYear(rate) => rate,
        Hazard::YearlyShare(share) => hazard_of_share(share),
    }
}

fn hazard_of_share(share: f64) -> f64 {
    -libm::log1p(-share.min(1.0 - 1e-12))
}

/// Yearly churn hazard at `relationship`, and how much its log falls from relationship 0 to 1.
pub fn churn_today(churn: Churn, relationship: f64) -> (f64, f64) {
    match churn {
        Churn::Flat(hazard) => (hazard_per_year(hazard), 0.0),
        Churn::Care { covered, uncovered } => {
            let (best, worst) = (
                hazard_of_share(covered.max(1e-9)),
                hazard_of_share(uncovered.max(1e-9)),
            );
            let effect = libm::log(worst / best);
            (worst * libm::exp(-effect * relationship), effect)
        }
    }
}

/// Rate at `relationship`, and its change from relationship 0 to 1.
pub fn care_today(rate: CareRate, relationship: f64) -> (f64, f64) {
    match rate {
        CareRate::Flat(rate) => (rate, 0.0),
        CareRate::Care { covered, uncovered } => (
            uncovered + (covered - uncovered) * relationship,
            covered - uncovered,
        ),
    }
}

/// Awareness share after 52 weeks of forgetting (weekly probability `forget`), then regaining (weekly
/// probability `regain`) among those who are neither aware nor customers; `open` is their sum of shares.
fn after_a_year(aware: f64, open: f64, forget: f64, regain: f64) -> f64 {
    let keep = (1.0 - forget) * (1.0 - regain);
    let gain = regain * open;
    let mut share = aware;
    for _ in 0..WEEKS_PER_YEAR as u32 {
        share = share * keep + gain;
    }
    share
}

/// Weekly hazard of forgetting that takes `aware` to `after` in a dark year, with the hazard `own` of regaining.
/// The second value tells whether the wish was impossible and the nearest possible hazard was taken.
pub fn forget_hazard(aware: f64, customers: f64, own: f64, after: f64) -> (f64, bool) {
    let open = (1.0 - customers).max(0.0);
    let regain = -libm::expm1(-own);
    if after >= after_a_year(aware, open, 0.0, regain) {
        let exact = (after - after_a_year(aware, open, 0.0, regain)).abs() < 1e-12;
        return (0.0, !exact);
    }
    if after < after_a_year(aware, open, 1.0, regain) {
        return (50.0, true);
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if after_a_year(aware, open, middle, regain) > after {
            low = middle;
        } else {
            high = middle;
        }
    }
    (-libm::log1p(-(low + high) / 2.0), false)
}

/// Weekly hazard of becoming aware that keeps `aware` steady against `forget`: those who forgot this week
/// may become aware again in it.
pub fn steady_hazard(aware: f64, customers: f64, forget: f64) -> (f64, bool) {
    let lost = aware * -libm::expm1(-forget);
    let unaware = 1.0 - customers - aware + lost;
    if lost <= 0.0 {
        return (0.0, false);
    }
    if unaware <= lost {
        return (50.0, true);
    }
    (-libm::log1p(-lost / unaware), false)
}

/// Weekly hazard of becoming aware that takes `before` to `aware` within a year.
pub fn growing_hazard(before: f64, aware: f64, customers: f64, forget: f64) -> (f64, bool) {
    let open = (1.0 - customers).max(0.0);
    let forget = -libm::expm1(-forget);
    if after_a_year(before, open, forget, 0.0) >= aware {
        return (0.0, true);
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if after_a_year(before, open, forget, middle) < aware {
            low = middle;
        } else {
            high = middle;
        }
    }
    (-libm::log1p(-(low + high) / 2.0), false)
}

/// Factor that turns the typed proportion of hours into hours: deals a year of a ramped rep at full load =
/// 52 × selling hours × q × win rate / (lead + opportunity × q × E\[T\]).
pub fn hours_scale(
    deals_per_year: f64,
    selling_hours: f64,
    qualified: f64,
    win_rate: f64,
    lead: f64,
    opportunity: f64,
    worked_weeks: f64,
) -> f64 {
    let per_lead = lead + opportunity * qualified * worked_weeks;
    if per_lead <= 0.0 || deals_per_year <= 0.0 {
        return 0.0;
    }
    WEEKS_PER_YEAR * selling_hours * qualified * win_rate / (deals_per_year * per_lead)
}
