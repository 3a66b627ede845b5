//! Chart 3: whether and from when a plan is ahead of the baseline in the same futures.

use super::axis::{Measured, range, upright};
use super::difference_titles::{alt, subtitle, title};
use super::figure::{Axis, Body, Ending, Endings, Figure, Footer, Gains, NoChart, Remark, WeekMark};
use super::footer::footer;
use super::plans::{Shown, gap, recommended, rival, shown};
use super::time_axis::time_axis;
use super::wording::short;
use crate::analysis::findings::{Band, Difference, Findings};
use crate::analysis::gap::Gap;
use crate::analysis::turning::{Turning, lowest, turning};
use crate::units::format::{Scale, Style, percent, share_of_futures, week};
use crate::units::unit::Unit;

/// The weekly series.
const SERIES: &str = "difference.contribution_to_date";
/// Most steps of the axis of amounts, and of the axis below rows of bars.
const STEPS: (f64, f64) = (9.0, 5.0);
/// Up to this number of plans beside the baseline differences at the end are dots.
const DOTS_UP_TO: usize = 4;
/// Where one panel would take less than this part of a common scale, each has its own.
const TOO_FLAT: f64 = 0.15;

/// What is told of the differences to the baseline.
pub(super) struct Story<'a> {
    /// The run.
    pub findings: &'a Findings,
    /// All plans that are shown; the first is the baseline.
    pub plans: Vec<Shown<'a>>,
    /// Position of the plan whose weeks are drawn.
    pub rival: usize,
    /// Its weekly differences of the contribution so far.
    pub bands: &'a [Band],
    /// When it is ahead.
    pub turning: Turning,
    /// The differences of the objective, if that is money.
    pub endings: Vec<Held<'a>>,
    /// How weekly amounts are printed.
    pub weekly_scale: Scale,
    /// Whether both panels have one scale.
    pub shares_scale: bool,
}

/// A plan held against the baseline.
#[derive(Clone, Copy)]
pub(super) struct Held<'a> {
    /// Position among the plans shown.
    pub plan: usize,
    /// Its difference.
    pub difference: &'a Difference,
    /// The same as it may be told.
    pub gap: Gap<'a>,
    /// Simultaneous 95 % interval of its mean.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How mean and interval are printed.
    pub scale: Scale,
}

/// The chart of a run.
pub fn build(findings: &Findings) -> Result<Figure, NoChart> {
    let (plans, warnings) = shown(findings);
    let Some(rival) = rival(findings, &plans) else {
        return Err(NoChart::because("there is only one plan"));
    };
    let rival = plans
        .iter()
        .position(|plan| plan.plan.name == rival.plan.name)
        .unwrap_or_default();
    let bands = weekly(findings, plans[rival].plan.name.as_str())?;
    let endings = endings(findings, &plans);
    let is_zero = |band: &Band| band.p10 == 0.0 && band.mean == 0.0 && band.p90 == 0.0;
    let has_dots = |held: &Held<'_>| held.difference.summary.dots.fifty.iter().any(|dot| *dot != 0.0);
    if bands.iter().all(is_zero) && !endings.iter().any(has_dots) {
        return Err(NoChart::because("the plans do not differ in any future"));
    }
    let (ranges, shares_scale) = ranges(bands, &endings);
    let futures = findings.weekly.replications;
    let story = Story {
        weekly_scale: weekly_scale(bands, futures),
        turning: turning(bands, futures),
        findings,
        plans,
        rival,
        bands,
        endings,
        shares_scale,
    };
    let title = title(&story);
    Ok(Figure {
        key: "difference".to_owned(),
        subtitle: subtitle(&story),
        alt: alt(&story, &title),
        footer: notes(&story),
        title,
        body: Body::Gains(Box::new(gains(&story, &ranges))),
        warnings,
    })
}

fn weekly<'a>(findings: &'a Findings, plan: &str) -> Result<&'a [Band], NoChart> {
    let position = findings.plans.iter().position(|other| other.name == plan);
    match position.and_then(|position| findings.weekly.bands_of(position, SERIES)) {
        Some([]) | None => Err(NoChart::because("there are no weekly series")),
        Some([_]) => Err(NoChart::because("there is only one week")),
        Some(bands) if bands.iter().any(|band| !band.mean.is_finite()) => {
            Err(NoChart::because("the contribution is undefined in a week"))
        }
        Some(bands) => Ok(bands),
    }
}

/// The other plans against the baseline, if the objective is an amount of money.
fn endings<'a>(findings: &'a Findings, plans: &[Shown<'a>]) -> Vec<Held<'a>> {
    let Some(comparison) = &findings.comparison else {
        return Vec::new();
    };
    let is_money = findings
        .measure(&comparison.measure)
        .is_some_and(|measure| measure.unit() == Unit::Money);
    if !is_money {
        return Vec::new();
    }
    let held = |(plan, shown): (usize, &Shown<'a>)| {
        let name = &shown.plan.name;
        let difference = comparison.plans.iter().find(|plan| plan.name == *name)?;
        let gap = gap(findings, name, &comparison.baseline)?;
        let (low, high) = if difference.difference >= 0.0 {
            (gap.low, gap.high)
        } else {
            (-gap.high, -gap.low)
        };
        let has_dots = !difference.summary.dots.fifty.is_empty();
        has_dots.then(|| Held {
            plan,
            difference,
            gap,
            low,
            high,
            scale: ending_scale(difference, low, high),
        })
    };
    plans.iter().enumerate().filter_map(held).collect()
}

/// The unit of the interval's larger end, fine enough that its ends differ from the mean.
fn ending_scale(difference: &Difference, low: f64, high: f64) -> Scale {
    let scale = Scale::with_error(low.abs().max(high.abs()), difference.difference_error);
    let is_same = scale.rounded(low) >= scale.rounded(difference.difference)
        || scale.rounded(high) <= scale.rounded(difference.difference);
    if is_same && difference.difference_error > 0.0 {
        scale.finer()
    } else {
        scale
    }
}

/// The digits that the error of a weekly mean carries.
fn weekly_scale(bands: &[Band], futures: u64) -> Scale {
    let last = bands.last().copied().unwrap_or_default();
    let error = (last.p90 - last.p10) / (futures.max(1) as f64).sqrt();
    let largest = bands
        .iter()
        .flat_map(|band| [band.p10, band.p90])
        .fold(0.0, |most: f64, amount| most.max(amount.abs()));
    Scale::with_error(largest, error)
}

/// The ranges of weeks and endings, one for both where neither would be flat.
fn ranges(bands: &[Band], endings: &[Held<'_>]) -> ([(f64, f64); 2], bool) {
    let weeks = bands.iter().flat_map(|band| [band.p10, band.mean, band.p90, 0.0]);
    let weeks = range(weeks).unwrap_or((0.0, 1.0));
    let are_bars = endings.len() > DOTS_UP_TO;
    let ends = endings.iter().flat_map(|held| {
        let summary = &held.difference.summary;
        let dots = if are_bars {
            &[]
        } else {
            summary.dots.fifty.as_slice()
        };
        let bar = [summary.p10, summary.p90, Some(held.difference.difference)];
        dots.iter().copied().chain(bar.into_iter().flatten()).chain([0.0])
    });
    let Some(ends) = range(ends) else {
        return ([weeks, weeks], true);
    };
    let both = (weeks.0.min(ends.0), weeks.1.max(ends.1));
    let width = |range: (f64, f64)| range.1 - range.0;
    let is_flat = |range| width(range) < TOO_FLAT * width(both);
    if are_bars || is_flat(weeks) || is_flat(ends) {
        ([weeks, ends], false)
    } else {
        ([both, both], true)
    }
}

fn gains(story: &Story<'_>, ranges: &[(f64, f64); 2]) -> Gains {
    let measured = Measured::Differences(&story.findings.scenario.currency);
    let series = |of: fn(&Band) -> f64| story.bands.iter().map(of).collect::<Vec<f64>>();
    let plan = &story.plans[story.rival];
    let last = story.bands.last().copied().unwrap_or_default();
    let amounts = upright(ranges[0], STEPS.0, measured);
    let ends = if story.shares_scale {
        amounts.clone()
    } else {
        let are_bars = story.endings.len() > DOTS_UP_TO;
        upright(ranges[1], if are_bars { STEPS.1 } else { STEPS.0 }, measured)
    };
    Gains {
        head: format!("Contribution inside the {} weeks", story.findings.weekly.weeks),
        plan: plan.colour,
        is_recommended: recommended(story.findings) == Some(plan.plan.name.as_str()),
        time: time_axis(story.findings.weekly.weeks),
        amounts,
        low: series(|band| band.p10),
        mean: series(|band| band.mean),
        high: series(|band| band.p90),
        last_labels: [last.p10, last.mean, last.p90].map(|amount| story.weekly_text(amount)),
        turn: turn(story),
        lowest: lowest(story.bands, story.findings.weekly.replications).map(|(at, amount)| WeekMark {
            week: at,
            label: format!(
                "lowest {} in {}",
                story.weekly_text(amount),
                week(at, Style::Sentence)
            ),
        }),
        endings: (!story.endings.is_empty()).then(|| endings_panel(story, ends)),
    }
}

/// The first week ahead, where the plan is behind before.
fn turn(story: &Story<'_>) -> Option<WeekMark> {
    let (Turning::BehindUntil(behind) | Turning::AheadAfter(behind)) = story.turning else {
        return None;
    };
    Some(WeekMark {
        week: behind + 1,
        label: format!("ahead from {}", week(behind + 1, Style::Sentence)),
    })
}

fn endings_panel(story: &Story<'_>, amounts: Axis) -> Endings {
    let are_bars = story.endings.len() > DOTS_UP_TO;
    let measure = story.findings.measure(&story.findings.scenario.objective);
    let head = match measure {
        Some(measure) if measure.id == "value" => "Value, with later margin".to_owned(),
        Some(measure) => measure.label.clone(),
        None => String::new(),
    };
    let mut held = story.endings.clone();
    if are_bars {
        held.sort_by(|one, other| {
            let (one, other) = (one.difference.difference, other.difference.difference);
            other.total_cmp(&one)
        });
    }
    Endings {
        head,
        amounts,
        shares_scale: story.shares_scale,
        are_bars,
        plans: held.iter().map(|held| ending(story, held)).collect(),
    }
}

fn ending(story: &Story<'_>, held: &Held<'_>) -> Ending {
    let difference = held.difference;
    let dots = &difference.summary.dots.fifty;
    let behind = dots.iter().filter(|dot| **dot < 0.0).count();
    let currency = &story.findings.scenario.currency;
    let mean = difference.difference;
    Ending {
        name: story.plans[held.plan].name.clone(),
        plan: story.plans[held.plan].colour,
        dots: dots.clone(),
        interval: [
            difference.summary.p10.unwrap_or(mean),
            mean,
            difference.summary.p90.unwrap_or(mean),
        ],
        number: held.scale.signed(mean, currency),
        range: format!(
            "{}: {} to {}",
            percent(0.95, Style::Table),
            held.scale.bare(held.low),
            held.scale.bare(held.high)
        ),
        better: format!(
            "better in {}",
            share_of_futures(difference.better_in, Style::Table)
        ),
        behind: Remark {
            strong: format!("{behind} of {} dots", dots.len()),
            rest: format!(" behind {}", short(&story.plans[0])),
        },
    }
}

fn notes(story: &Story<'_>) -> Footer {
    let mut notes = Vec::new();
    let left_out = story.findings.plans.len() - story.plans.len();
    if left_out > 0 {
        notes.push(format!("{left_out} more plans not shown"));
    }
    footer(story.findings, notes)
}

impl Story<'_> {
    /// A weekly amount as the picture prints it.
    pub(super) fn weekly_text(&self, amount: f64) -> String {
        if amount != 0.0 && self.weekly_scale.rounded(amount) == 0.0 {
            return "about 0".to_owned();
        }
        self.weekly_scale.signed(amount, &self.findings.scenario.currency)
    }

    /// The rival's difference of the objective, if that is money.
    pub(super) fn held(&self) -> Option<&Held<'_>> {
        self.endings.iter().find(|held| held.plan == self.rival)
    }
}
