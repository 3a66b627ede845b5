//! Invented weekly series for tests of charts.

use super::synthetic::Invented;
use gtm_sim::analysis::findings::{Band, Findings, SeriesFacts, Weekly};

/// What is followed, in order.
const SERIES: [&str; 7] = [
    "revenue",
    "difference.contribution_to_date",
    "hours_wanted",
    "hours_had",
    "hours_used",
    "limited_by_capacity",
    "limited_by_demand",
];

/// A band of a normal distribution.
pub fn band(mean: f64, sd: f64) -> Band {
    let at = |z: f64| mean + z * sd;
    Band {
        mean,
        p05: at(-1.645),
        p10: at(-1.282),
        p25: at(-0.674),
        p50: mean,
        p75: at(0.674),
        p90: at(1.282),
        p95: at(1.645),
    }
}

/// Weekly series of plans over so many weeks.
pub fn weekly(plans: &[Invented], weeks: u32) -> Weekly {
    let mut bands = Vec::new();
    for index in 0..plans.len() {
        for id in SERIES {
            let of = |week| of_week(plans, index, id, f64::from(week) / f64::from(weeks));
            bands.extend((1..=weeks).map(of));
        }
    }
    Weekly {
        series: SERIES.iter().map(|id| facts(id)).collect(),
        bands,
        weeks,
        replications: 4000,
    }
}

/// The same run over another horizon.
pub fn over(mut findings: Findings, plans: &[Invented], weeks: u32) -> Findings {
    findings.scenario.weeks = weeks;
    findings.weekly = weekly(plans, weeks);
    findings
}

/// The bands of a series, to be changed.
pub fn bands_mut<'a>(findings: &'a mut Findings, plan: usize, id: &str) -> &'a mut [Band] {
    let weekly = &mut findings.weekly;
    let series = weekly.series.iter().position(|series| series.id == id).unwrap();
    let weeks = weekly.weeks as usize;
    let first = (plan * weekly.series.len() + series) * weeks;
    &mut weekly.bands[first..first + weeks]
}

fn facts(id: &str) -> SeriesFacts {
    SeriesFacts {
        id: id.to_owned(),
        label: id.to_owned(),
        unit: "money".to_owned(),
    }
}

/// A week at a part of the horizon, 0 to 1.
fn of_week(plans: &[Invented], index: usize, id: &str, part: f64) -> Band {
    let (plan, first) = (&plans[index], &plans[0]);
    match id {
        "revenue" => {
            let start = 0.75 * first.revenue.0 / 104.0;
            let end = 2.0 * plan.revenue.0 / 104.0 - start;
            let mean = start + (end - start) * part * part * (3.0 - 2.0 * part);
            let spread = if plan.revenue.0 > 0.0 {
                plan.revenue.1 / plan.revenue.0
            } else {
                0.0
            };
            band(mean, mean * spread * (0.3 + 0.9 * part))
        }
        "difference.contribution_to_date" if index == 0 => band(0.0, 0.0),
        "difference.contribution_to_date" => {
            let gain = plan.value.0 - first.value.0;
            let mean = 0.7 * gain * part * part - 0.12 * gain.abs() * part * (1.0 - part);
            let spread = if plan.value.1 > 0.0 {
                0.3 * gain.abs() * part
            } else {
                0.0
            };
            band(mean, spread)
        }
        "hours_wanted" => band(wanted(part), 12.0),
        "hours_had" => band(had(index, part), 4.0),
        "hours_used" => band(0.9 * had(index, part).min(wanted(part)), 4.0),
        "limited_by_capacity" => band(
            (0.5 + (wanted(part) - had(index, part)) / 80.0).clamp(0.0, 0.97),
            0.0,
        ),
        _ => band(
            (0.3 - (wanted(part) - had(index, part)) / 80.0).clamp(0.0, 0.97),
            0.0,
        ),
    }
}

fn wanted(part: f64) -> f64 {
    150.0 + 26.0 * libm::sin(9.0 * part)
}

fn had(plan: usize, part: f64) -> f64 {
    if plan == 0 {
        105.0 + 14.0 * part
    } else {
        105.0 + 80.0 * (1.0 - libm::exp(-4.0 * part))
    }
}
