//! Chart 2: when revenue comes and how its range opens, plan by plan on one scale.

use super::axis::{Measured, upright};
use super::figure::{Body, Fan, Fans, Figure, Footer, Head, NoChart, Reference};
use super::footer::footer;
use super::over_time_titles::{alt, title};
use super::plans::{Shown, by_panel, recommended, rival, shown, split};
use super::time_axis::time_axis;
use super::wording::short;
use crate::analysis::findings::{Band, Findings};
use crate::units::format::{Scale, count};

/// From this number of plans on panels are small.
const SMALL_FROM: usize = 5;
/// Most steps of the axis of amounts, in tall panels, in two rows of panels, and in small ones.
const STEPS: [f64; 3] = [7.0, 5.0, 4.0];
/// Weeks that are averaged where single weeks are noisy.
const AVERAGED: usize = 4;
/// Fewer futures than these make single weeks noisy.
const FEW: u64 = 500;
/// A median that leaves the middle of its neighbours by more than this part of the middle half is noisy.
const ROUGH: f64 = 0.05;
/// Width of the middle half of a normal distribution, in standard deviations.
const MIDDLE_HALF: f64 = 1.349;
/// Standard error of a 5 % quantile of a normal distribution, in standard errors of its mean.
const QUANTILE_ERROR: f64 = 2.11;

/// What is told of revenue over time.
pub(super) struct Story<'a> {
    /// The run.
    pub findings: &'a Findings,
    /// The plans in the order of their panels.
    pub plans: Vec<Shown<'a>>,
    /// Their revenue by week.
    pub bands: Vec<Vec<Band>>,
    /// Position of the plan that is held against the baseline, if there is one.
    pub rival: Option<usize>,
    /// How amounts are printed.
    pub scale: Scale,
    /// Whether weeks are averaged.
    pub is_averaged: bool,
}

/// The chart of a run.
pub fn build(findings: &Findings) -> Result<Figure, NoChart> {
    let (plans, warnings) = shown(findings);
    let plans = by_panel(findings, plans);
    let mut bands = Vec::new();
    for plan in &plans {
        bands.push(revenue(findings, plan)?);
    }
    let is_something = |band: &Band| band.p95 > 0.0 && band.p95.is_finite();
    if !bands.iter().flatten().any(is_something) {
        return Err(NoChart::because("revenue is zero in every week"));
    }
    let is_averaged = findings.weekly.replications < FEW || bands.iter().any(|bands| is_rough(bands));
    if is_averaged {
        bands = bands.iter().map(|bands| averaged(bands)).collect();
    }
    let rival = rival(findings, &plans)
        .and_then(|rival| plans.iter().position(|plan| plan.plan.name == rival.plan.name));
    let steps = match plans.len() {
        0..=3 => STEPS[0],
        4 => STEPS[1],
        _ => STEPS[2],
    };
    let amounts = bands.iter().flatten().flat_map(|band| [band.p05, band.p95]);
    let range = super::axis::range(amounts).unwrap_or((0.0, 1.0));
    let amounts = upright(range, steps, Measured::Money(&findings.scenario.currency));
    let story = Story {
        scale: scale(findings, &bands, amounts.high),
        findings,
        plans,
        bands,
        rival,
        is_averaged,
    };
    let title = title(&story);
    Ok(Figure {
        key: "over-time".to_owned(),
        subtitle: subtitle(&story),
        alt: alt(&story, &title),
        footer: notes(&story),
        title,
        body: Body::Fans(Fans {
            panels: (0..story.plans.len()).map(|index| fan(&story, index)).collect(),
            amounts,
            time: time_axis(findings.weekly.weeks),
            reference: reference(&story),
        }),
        warnings,
    })
}

/// Revenue by week; a week without a future that has it makes no chart.
fn revenue(findings: &Findings, plan: &Shown<'_>) -> Result<Vec<Band>, NoChart> {
    let position = findings
        .plans
        .iter()
        .position(|other| other.name == plan.plan.name);
    let bands = position.and_then(|position| findings.weekly.bands_of(position, "revenue"));
    match bands {
        Some([]) | None => Err(NoChart::because("there are no weekly series")),
        Some([_]) => Err(NoChart::because("there is only one week")),
        Some(bands) if bands.iter().any(|band| !band.p50.is_finite()) => {
            Err(NoChart::because("revenue is undefined in a week"))
        }
        Some(bands) => Ok(bands.to_vec()),
    }
}

/// Whether the median jumps from week to week.
fn is_rough(bands: &[Band]) -> bool {
    let jumps = bands
        .windows(3)
        .map(|weeks| (weeks[1].p50 - (weeks[0].p50 + weeks[2].p50) / 2.0).abs());
    let widths = bands.iter().map(|band| band.p75 - band.p25);
    jumps.sum::<f64>() > ROUGH * widths.sum::<f64>()
}

/// Every week as the mean of the last four.
fn averaged(bands: &[Band]) -> Vec<Band> {
    (0..bands.len())
        .map(|week| {
            let weeks = &bands[(week + 1).saturating_sub(AVERAGED)..=week];
            let mean = |of: fn(&Band) -> f64| weeks.iter().map(of).sum::<f64>() / weeks.len() as f64;
            Band {
                mean: mean(|band| band.mean),
                p05: mean(|band| band.p05),
                p10: mean(|band| band.p10),
                p25: mean(|band| band.p25),
                p50: mean(|band| band.p50),
                p75: mean(|band| band.p75),
                p90: mean(|band| band.p90),
                p95: mean(|band| band.p95),
            }
        })
        .collect()
}

/// The unit of the largest label, with the digits that the error of the outer bands' ends carries.
fn scale(findings: &Findings, bands: &[Vec<Band>], highest: f64) -> Scale {
    let futures = findings.weekly.replications.max(1) as f64;
    let last = || bands.iter().filter_map(|bands| bands.last());
    let error = last()
        .map(|band| QUANTILE_ERROR * (band.p75 - band.p25) / MIDDLE_HALF / futures.sqrt())
        .fold(0.0, f64::max);
    let largest = last().map(|band| band.p95).fold(0.0, f64::max);
    Scale::of(largest.max(highest / 10.0), 0.0).carrying(largest, error)
}

fn fan(story: &Story<'_>, index: usize) -> Fan {
    let (plan, bands) = (&story.plans[index], &story.bands[index]);
    let currency = &story.findings.scenario.currency;
    let series = |of: fn(&Band) -> f64| bands.iter().map(of).collect::<Vec<f64>>();
    let text = |amount: f64| story.scale.money(amount, currency);
    let is_alone = story.plans.len() == 1;
    let ends = |band: &Band| [text(band.p05), text(band.p50), text(band.p95)];
    Fan {
        head: Head {
            text: plan.name.clone(),
            plan: Some(plan.colour),
            after: if story.plans.len() < SMALL_FROM {
                split(plan.plan)
            } else {
                String::new()
            },
        },
        plan: plan.colour,
        is_recommended: recommended(story.findings) == Some(plan.plan.name.as_str()),
        is_reference: index == 0,
        p05: series(|band| band.p05),
        p25: series(|band| band.p25),
        p50: series(|band| band.p50),
        p75: series(|band| band.p75),
        p95: series(|band| band.p95),
        first_label: match bands.first() {
            Some(first) if is_alone => text(first.p50),
            _ => String::new(),
        },
        last_labels: bands.last().map(ends).unwrap_or_default(),
    }
}

/// The baseline's median, for the panels of the others.
fn reference(story: &Story<'_>) -> Option<Reference> {
    let (baseline, bands) = (story.plans.first()?, story.bands.first()?);
    (story.plans.len() > 1).then(|| Reference {
        name: short(baseline),
        plan: baseline.colour,
        amounts: bands.iter().map(|band| band.p50).collect(),
    })
}

fn subtitle(story: &Story<'_>) -> String {
    let averaged = if story.is_averaged {
        " (means of 4 weeks)"
    } else {
        ""
    };
    let weeks = story.findings.weekly.weeks;
    let thin = match story.plans.as_slice() {
        [baseline, _, ..] => format!(". Thin line: median of {}", short(baseline)),
        _ => String::new(),
    };
    format!(
        "Revenue per week{averaged} over {weeks} weeks: median, middle half of futures (dark), 9 futures in 10 (light){thin}"
    )
}

fn notes(story: &Story<'_>) -> Footer {
    let facts = &story.findings.scenario;
    let mut notes = Vec::new();
    if story.findings.weekly.replications < facts.replications {
        let futures = count(story.findings.weekly.replications);
        notes.push(format!("weeks from {futures} of them"));
    }
    let left_out = story.findings.plans.len() - story.plans.len();
    if left_out > 0 {
        notes.push(format!("{left_out} more plans not shown"));
    }
    footer(story.findings, notes)
}
