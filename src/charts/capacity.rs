//! Chart 5: which side is short, selling hours or demand, and when.

use super::axis::{Measured, range, upright};
use super::capacity_titles::{alt, title};
use super::figure::{Body, Figure, Footer, Head, Hours, HoursPanel, NoChart};
use super::footer::footer;
use super::plans::{Shown, rival, shown, split};
use super::time_axis::time_axis;
use crate::analysis::findings::{Findings, PlanFindings};
use crate::units::format::{Style, percent, share_of_futures};

/// Most steps of the axis of hours.
const STEPS: f64 = 5.0;
/// A share of leads or hours below this is not told.
const TOLD: f64 = 0.005;
/// An area between the lines has its name from this part of all areas on, and its number from this part on.
const NAMED: f64 = 0.1;
const NUMBERED: f64 = 0.25;

/// What is told of hours wanted and had.
pub(super) struct Story<'a> {
    /// The run.
    pub findings: &'a Findings,
    /// The plans that are drawn; the first is the baseline.
    pub sides: Vec<Sides<'a>>,
}

/// The two sides of a plan, by week.
pub(super) struct Sides<'a> {
    /// The plan.
    pub plan: Shown<'a>,
    /// Mean hours wanted.
    pub wanted: Vec<f64>,
    /// Mean hours had.
    pub had: Vec<f64>,
    /// Mean hours worked.
    pub used: Vec<f64>,
    /// Share of futures short of hours.
    pub short_of_hours: Vec<f64>,
    /// Share of futures short of demand.
    pub short_of_demand: Vec<f64>,
}

/// The chart of a run.
pub fn build(findings: &Findings) -> Result<Figure, NoChart> {
    let (plans, warnings) = shown(findings);
    let rival = rival(findings, &plans).cloned();
    let baseline = plans.into_iter().next();
    let mut sides = Vec::new();
    for plan in baseline.into_iter().chain(rival) {
        sides.push(sides_of(findings, plan)?);
    }
    let hours = || {
        sides
            .iter()
            .flat_map(|sides| sides.wanted.iter().chain(&sides.had).copied())
    };
    if !hours().any(|hours| hours > 0.0) {
        return Err(NoChart::because("no segment needs a rep"));
    }
    let amounts = upright(range(hours()).unwrap_or((0.0, 1.0)), STEPS, Measured::Hours);
    let story = Story { findings, sides };
    let title = title(&story);
    Ok(Figure {
        key: "capacity".to_owned(),
        subtitle: "Selling hours wanted and had per week, mean of all futures. Strip: share of futures in which the week is short of hours or of demand".to_owned(),
        alt: alt(&story, &title),
        footer: notes(&story),
        title,
        body: Body::Hours(Hours {
            panels: story.sides.iter().map(panel).collect(),
            amounts,
            time: time_axis(findings.weekly.weeks),
        }),
        warnings,
    })
}

fn sides_of<'a>(findings: &Findings, plan: Shown<'a>) -> Result<Sides<'a>, NoChart> {
    let position = findings
        .plans
        .iter()
        .position(|other| other.name == plan.plan.name);
    let means = |id: &str| -> Result<Vec<f64>, NoChart> {
        let bands = position.and_then(|position| findings.weekly.bands_of(position, id));
        match bands {
            Some([]) | None => Err(NoChart::because("there are no weekly series")),
            Some([_]) => Err(NoChart::because("there is only one week")),
            Some(bands) if bands.iter().any(|band| !band.mean.is_finite()) => {
                Err(NoChart::because("hours are undefined in a week"))
            }
            Some(bands) => Ok(bands.iter().map(|band| band.mean).collect()),
        }
    };
    Ok(Sides {
        wanted: means("hours_wanted")?,
        had: means("hours_had")?,
        used: means("hours_used")?,
        short_of_hours: means("limited_by_capacity")?,
        short_of_demand: means("limited_by_demand")?,
        plan,
    })
}

/// The side that is short more often gets its number, the other its name.
fn panel(sides: &Sides<'_>) -> HoursPanel {
    let (plan, limits) = (&sides.plan, &sides.plan.plan.limited_by);
    let hours_first = limits.capacity >= limits.demand;
    let short = match died(plan.plan).filter(|_| hours_first && sides.tells_short()) {
        Some(share) => format!("short: {} of leads die unworked", percent(share, Style::Table)),
        None if sides.short_part() >= NAMED => "short".to_owned(),
        None => String::new(),
    };
    let idle = match sides.idle().filter(|_| !hours_first && sides.tells_idle()) {
        Some(share) => format!("idle: {} of hours", percent(share, Style::Table)),
        None if sides.short_part() <= 1.0 - NAMED => "idle".to_owned(),
        None => String::new(),
    };
    HoursPanel {
        head: Head {
            text: plan.name.clone(),
            plan: Some(plan.colour),
            after: split(plan.plan),
        },
        wanted: sides.wanted.clone(),
        had: sides.had.clone(),
        short,
        idle,
        short_of_hours: sides.short_of_hours.clone(),
        short_of_demand: sides.short_of_demand.clone(),
        hours_share: share_of_futures(limits.capacity, Style::Table),
        demand_share: share_of_futures(limits.demand, Style::Table),
    }
}

/// Share of a plan's leads that die unworked, if it is worth telling.
pub(super) fn died(plan: &PlanFindings) -> Option<f64> {
    plan.measure("leads_died_share")?
        .mean
        .filter(|share| *share >= TOLD)
}

impl Sides<'_> {
    /// Share of the hours had that nobody used, if it is worth telling.
    pub(super) fn idle(&self) -> Option<f64> {
        let (had, used) = (self.had.iter().sum::<f64>(), self.used.iter().sum::<f64>());
        let share = 1.0 - used / had;
        (share.is_finite() && share >= TOLD).then_some(share)
    }

    /// Whether the area where hours are short carries its number.
    pub(super) fn tells_short(&self) -> bool {
        self.short_part() >= NUMBERED
    }

    /// Whether the area where hours are idle carries its number.
    pub(super) fn tells_idle(&self) -> bool {
        self.short_part() <= 1.0 - NUMBERED
    }

    /// Of the areas between the lines, the part where hours are short; not a number where the lines are one.
    fn short_part(&self) -> f64 {
        let gaps = || {
            self.wanted
                .iter()
                .zip(&self.had)
                .map(|(wanted, had)| wanted - had)
        };
        let short: f64 = gaps().map(|gap| gap.max(0.0)).sum();
        short / gaps().map(f64::abs).sum::<f64>()
    }
}

fn notes(story: &Story<'_>) -> Footer {
    let left_out = story.findings.plans.len() - story.sides.len();
    let notes = match left_out {
        0 => Vec::new(),
        1 => vec!["1 more plan not shown".to_owned()],
        more => vec![format!("{more} more plans not shown")],
    };
    footer(story.findings, notes)
}
