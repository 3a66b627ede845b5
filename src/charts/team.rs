//! Chart 7: whether the heads are there when the plan needs them.

mod bars;
mod periods;
mod titles;

use super::figure::{Body, Figure, Head, NoChart};
use super::footer::footer;
use super::plans::{Shown, best, split};
use super::wording::{after_comma, more_plans};
use crate::analysis::findings::{Findings, Weekly};
use crate::units::format::{Style, heads, percent, ratio};
use periods::{Period, periods};
use serde::Serialize;

pub(super) use bars::lay;

/// Roles of the chart; of more, the dearest.
const MOST_ROLES: usize = 4;
/// Fewer heads of all roles in every week are no team.
const FEWEST: f64 = 0.05;
/// Weeks of the quarter that coverage is told for.
const QUARTER: f64 = 13.0;

/// Seats by role and period, one panel a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Team {
    /// The periods: `Q1`, or years.
    pub periods: Vec<String>,
    /// Years below quarters.
    pub years: Vec<Year>,
    /// The panels, left to right, all with the same roles.
    pub panels: Vec<TeamPanel>,
}

/// A year below its quarters.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Year {
    /// `2027`, or `year 1`.
    pub label: String,
    /// Its first period.
    pub first: usize,
    /// Its last period.
    pub last: usize,
}

/// The team of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TeamPanel {
    /// Its head.
    pub head: Head,
    /// Its colour.
    pub plan: usize,
    /// Roles, top to bottom.
    pub roles: Vec<TeamRole>,
    /// Numbers by period below the bars.
    pub figures: Vec<FigureRow>,
}

/// Seats of a role.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TeamRole {
    /// Its name.
    pub name: String,
    /// By period.
    pub seats: Vec<Seats>,
}

/// Mean seats of a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Seats {
    /// Heads that are ramped.
    pub ramped: f64,
    /// Heads that still ramp.
    pub ramping: f64,
    /// Seats without a head.
    pub open: f64,
    /// Filled seats in words.
    pub filled_label: String,
    /// Open seats in words.
    pub open_label: String,
    /// Heads hired within the period, in words.
    pub hired_label: String,
}

/// A number by period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureRow {
    /// `Quota attainment`.
    pub name: String,
    /// By period.
    pub values: Vec<String>,
    /// The period that the title names.
    pub told: Option<usize>,
}

/// A plan with its numbers by period.
struct Staffed<'a> {
    shown: Shown<'a>,
    /// By role, then period.
    roles: Vec<Vec<Counts>>,
    /// By period; none without a quota.
    attainment: Option<Vec<f64>>,
    coverage: Option<Vec<f64>>,
    /// Open seats of all roles over all seats.
    open_share: f64,
}

/// Mean seats of a role in a period.
#[derive(Debug, Clone, Copy)]
struct Counts {
    heads: f64,
    ramped: f64,
    open: f64,
    hired: f64,
}

/// What is told.
struct Story<'a> {
    findings: &'a Findings,
    plans: Vec<Staffed<'a>>,
    /// Names of the roles that are drawn.
    roles: Vec<String>,
    periods: Vec<Period>,
    /// Whether a period is a quarter; else a year.
    by_quarter: bool,
}

/// The chart of a run.
pub fn build(findings: &Findings) -> Result<Figure, NoChart> {
    let (plans, warnings) = best(findings, 2);
    let (periods, by_quarter) = periods(findings.scenario.weeks);
    let (roles, left_out) = roles(findings, &plans);
    let plans: Vec<Staffed<'_>> = plans
        .into_iter()
        .filter_map(|plan| staffed(findings, plan, &roles, &periods))
        .collect();
    if !plans.iter().any(Staffed::has_seats) {
        return Err(NoChart::because("no plan has a seat"));
    }
    let story = Story {
        findings,
        plans,
        roles: roles.into_iter().map(|(_, name)| name).collect(),
        periods,
        by_quarter,
    };
    let claim = titles::claim(&story);
    let panels: Vec<TeamPanel> = story
        .plans
        .iter()
        .enumerate()
        .map(|(index, plan)| panel(&story, plan, claim.told.filter(|(told, _)| *told == index)))
        .collect();
    Ok(Figure {
        key: "team".to_owned(),
        subtitle: format!(
            "Heads by {}, mean of all futures. Number: filled seats, ramped solid, ramping light; outline: open seats; below: hired",
            story.period()
        ),
        alt: titles::alt(&story, &claim.title),
        footer: footer(findings, notes(&story, left_out)),
        title: claim.title,
        body: Body::Team(Team {
            periods: story.periods.iter().map(|period| period.label.clone()).collect(),
            years: periods::years(&story.periods, by_quarter, &findings.scenario.start),
            panels,
        }),
        warnings,
    })
}

/// Keys and names of the roles that have seats, the dearest if there are many, in the order of the file; and how many are
/// left out.
fn roles(findings: &Findings, plans: &[Shown<'_>]) -> (Vec<(String, String)>, usize) {
    let cost = |key: &str| -> f64 {
        let id = format!("cost.{key}");
        plans.iter().filter_map(|plan| plan.mean(&id)).sum()
    };
    let mut roles: Vec<(String, String)> = findings
        .measures
        .iter()
        .filter_map(|measure| {
            let key = measure.id.strip_prefix("hires.")?;
            Some((key.to_owned(), after_comma(&measure.label).to_owned()))
        })
        .filter(|(key, _)| has_seats(findings, plans, key))
        .collect();
    let left_out = roles.len().saturating_sub(MOST_ROLES);
    if left_out > 0 {
        let mut costs: Vec<f64> = roles.iter().map(|(key, _)| cost(key)).collect();
        costs.sort_by(|one, other| other.total_cmp(one));
        let least = costs[MOST_ROLES - 1];
        roles.retain(|(key, _)| cost(key) >= least);
        roles.truncate(MOST_ROLES);
    }
    (roles, left_out)
}

fn has_seats(findings: &Findings, plans: &[Shown<'_>], key: &str) -> bool {
    plans.iter().any(|plan| {
        ["heads", "vacancies"].iter().any(|series| {
            means(findings, plan, &format!("{series}.{key}"))
                .is_some_and(|means| means.iter().any(|mean| *mean >= FEWEST))
        })
    })
}

/// Weekly means of a series of a plan.
fn means(findings: &Findings, plan: &Shown<'_>, id: &str) -> Option<Vec<f64>> {
    let weekly: &Weekly = &findings.weekly;
    let position = findings
        .plans
        .iter()
        .position(|other| other.name == plan.plan.name)?;
    let bands = weekly.bands_of(position, id)?;
    Some(bands.iter().map(|band| band.mean).collect())
}

fn staffed<'a>(
    findings: &Findings,
    shown: Shown<'a>,
    roles: &[(String, String)],
    periods: &[Period],
) -> Option<Staffed<'a>> {
    let series = |id: String| means(findings, &shown, &id);
    let counts = |key: &str| -> Option<Vec<Counts>> {
        let [filled, ramped, open, hired] =
            ["heads", "ramped", "vacancies", "hires"].map(|id| series(format!("{id}.{key}")));
        let (filled, ramped, open, hired) = (filled?, ramped?, open?, hired?);
        let count = |period: &Period| Counts {
            heads: period.mean(&filled),
            ramped: period.mean(&ramped),
            open: period.mean(&open),
            hired: period.sum(&hired),
        };
        Some(periods.iter().map(count).collect())
    };
    let counts: Vec<Vec<Counts>> = roles.iter().map(|(key, _)| counts(key)).collect::<Option<_>>()?;
    let quota = series("quota".to_owned())?;
    let over_quota = |id: &str, quarters: f64| -> Option<Vec<f64>> {
        let amounts = series(id.to_owned())?;
        let share = |period: &Period| {
            let quota = period.sum(&quota);
            (quota > 0.0).then(|| period.sum(&amounts) / (quarters * quota))
        };
        periods.iter().map(share).collect()
    };
    let all = |of: &dyn Fn(&Counts) -> f64| counts.iter().flatten().map(of).sum::<f64>();
    let (open, filled) = (all(&|counts| counts.open), all(&|counts| counts.heads));
    Some(Staffed {
        attainment: over_quota("value_won", 1.0),
        coverage: over_quota("pipeline_value", QUARTER),
        open_share: if open + filled > 0.0 {
            open / (open + filled)
        } else {
            0.0
        },
        roles: counts,
        shown,
    })
}

impl Staffed<'_> {
    fn has_seats(&self) -> bool {
        self.roles
            .iter()
            .flatten()
            .any(|counts| counts.heads + counts.open >= FEWEST)
    }
}

impl Story<'_> {
    /// `quarter` or `year`.
    fn period(&self) -> &'static str {
        if self.by_quarter { "quarter" } else { "year" }
    }
}

fn panel(story: &Story<'_>, plan: &Staffed<'_>, told: Option<(usize, usize)>) -> TeamPanel {
    let roles = story
        .roles
        .iter()
        .zip(&plan.roles)
        .map(|(name, counts)| TeamRole {
            name: name.clone(),
            seats: counts.iter().map(seats).collect(),
        });
    let row = |name: &str, values: &Option<Vec<f64>>, print: &dyn Fn(f64) -> String, told| {
        values.as_ref().map(|values| FigureRow {
            name: name.to_owned(),
            values: values.iter().map(|value| print(*value)).collect(),
            told,
        })
    };
    let figures = [
        row(
            "Quota attainment",
            &plan.attainment,
            &|share| percent(share, Style::Table),
            told.map(|(_, period)| period),
        ),
        row(
            "Pipeline coverage",
            &plan.coverage,
            &|times| ratio(times, Style::Table),
            None,
        ),
    ];
    TeamPanel {
        head: Head {
            text: plan.shown.name.clone(),
            plan: Some(plan.shown.colour),
            after: format!(
                "{} \u{b7} {} of seats open",
                split(plan.shown.plan),
                percent(plan.open_share, Style::Table)
            ),
        },
        plan: plan.shown.colour,
        roles: roles.collect(),
        figures: figures.into_iter().flatten().collect(),
    }
}

fn seats(counts: &Counts) -> Seats {
    Seats {
        ramped: counts.ramped,
        ramping: (counts.heads - counts.ramped).max(0.0),
        open: counts.open,
        filled_label: heads(counts.heads, Style::Table),
        open_label: heads(counts.open, Style::Table),
        hired_label: match heads(counts.hired, Style::Table) {
            none if none == heads(0.0, Style::Table) => "0".to_owned(),
            some => format!("+{some}"),
        },
    }
}

fn notes(story: &Story<'_>, left_out: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if left_out > 0 {
        let roles = if left_out == 1 { "role" } else { "roles" };
        notes.push(format!("{left_out} cheaper {roles} not shown"));
    }
    let more = story.findings.plans.len() - story.plans.len();
    if more > 0 {
        notes.push(more_plans(more));
    }
    notes
}
