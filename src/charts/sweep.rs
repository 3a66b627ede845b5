//! Chart 8: how much to marketing, how flat the top is, and which side is short.

mod lay;
mod titles;

use super::axis::{Measured, range, upright};
use super::figure::{Axis, Body, Figure, Footer, NoChart, Tick};
use super::footer::footer;
use super::plans::{Shown, shown};
use crate::analysis::findings::{Findings, Limits};
use crate::analysis::sweep::{Sweep, SweepPoint, between};
use crate::outcome::estimate::{LEVEL, deviate};
use crate::units::format::{Scale, Style, count, money, percent, quantity};
use crate::units::unit::Unit;
use serde::Serialize;

pub(super) use lay::lay;

/// Most steps of the axis of amounts.
const STEPS: f64 = 8.0;
/// Room above the highest amount, as a part of the range.
const HEADROOM: f64 = 0.12;
/// A side is short where it limits this much more of the weeks than the other.
const CLEARLY: f64 = 0.1;
/// Most labels of the axis of shares.
const MOST_TICKS: usize = 11;
/// Parts of the axis at which the shorter side is looked up.
const STRIP_PARTS: usize = 200;

/// The objective against the marketing share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shares {
    /// Amounts.
    pub amounts: Axis,
    /// Marketing shares.
    pub shares: Axis,
    /// Below the shares.
    pub shares_title: String,
    /// The splits, by ascending share.
    pub points: Vec<SharePoint>,
    /// Last P90, mean and P10 in words.
    pub last_labels: [String; 3],
    /// The range of shares around the best, and its words.
    pub near_best: (f64, f64, String),
    /// The best split.
    pub best: ShareMark,
    /// Today's split; `None` where it is the best.
    pub today: Option<ShareMark>,
    /// Which side is short, from the lowest share to the highest; empty where neither is anywhere.
    pub strip: Vec<StripPart>,
}

/// A split.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SharePoint {
    /// Marketing share.
    pub share: f64,
    /// Mean.
    pub mean: f64,
    /// 95 % interval of the mean.
    pub interval: (f64, f64),
    /// P10.
    pub low: f64,
    /// P90.
    pub high: f64,
}

/// A split with words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShareMark {
    /// Marketing share.
    pub share: f64,
    /// Mean.
    pub mean: f64,
    /// Its words.
    pub label: String,
}

/// A stretch of shares and the side that is short there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StripPart {
    /// Lowest share.
    pub from: f64,
    /// Highest share.
    pub to: f64,
    /// The side; none where both are about equally short.
    pub side: Side,
}

/// The side that is short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Side {
    /// Over a tenth more of the weeks is short of demand than of hours.
    Demand,
    /// Over a tenth more is short of hours.
    Capacity,
    /// Neither.
    Neither,
}

/// What is told of a sweep.
pub(super) struct Story<'a> {
    /// The run.
    pub findings: &'a Findings,
    /// Its sweep.
    pub sweep: &'a Sweep,
    /// The plan that the sweep is made of.
    pub plan: &'a Shown<'a>,
    /// The best split.
    pub best: &'a SweepPoint,
    /// Unit of the objective.
    pub unit: Unit,
}

/// The chart of a run.
pub fn build(findings: &Findings) -> Result<Figure, NoChart> {
    let Some(sweep) = &findings.sweep else {
        return Err(NoChart::unasked());
    };
    let (plans, warnings) = shown(findings);
    let plan = plans.iter().find(|plan| plan.plan.name == sweep.plan);
    let Some((plan, best)) = plan.zip(sweep.best_point()) else {
        return Err(NoChart::because(
            "the plan that splits are tried with is not shown",
        ));
    };
    let is_drawn = |point: &SweepPoint| point.mean.is_finite() && point.p10.is_some() && point.p90.is_some();
    if !sweep.points.iter().all(is_drawn) {
        return Err(NoChart::because("the objective has no value at some splits"));
    }
    let unit = findings
        .measure(&sweep.measure)
        .map_or(Unit::Number, |measure| measure.unit());
    let story = Story {
        findings,
        sweep,
        plan,
        best,
        unit,
    };
    let title = titles::title(&story);
    Ok(Figure {
        key: "sweep".to_owned(),
        subtitle: titles::subtitle(&story),
        alt: titles::alt(&story, &title),
        footer: notes(&story),
        title,
        body: Body::Shares(Box::new(shares(&story))),
        warnings,
    })
}

fn shares(story: &Story<'_>) -> Shares {
    let sweep = story.sweep;
    let points: Vec<SharePoint> = sweep.points.iter().map(point).collect();
    let today = &sweep.today;
    let all = points
        .iter()
        .flat_map(|point| {
            [
                point.low,
                point.high,
                point.mean,
                point.interval.0,
                point.interval.1,
            ]
        })
        .chain([today.mean]);
    let currency = story.findings.scenario.currency.as_str();
    let measured = if story.unit == Unit::Money {
        Measured::Money(currency)
    } else {
        Measured::Quantity(story.unit, currency)
    };
    let (low, mean, high) = points
        .last()
        .map_or((0.0, 0.0, 0.0), |last| (last.low, last.mean, last.high));
    let name = if sweep.is_clear() {
        "near-best lies within"
    } else if sweep.near_best.is_told {
        "near-best"
    } else {
        "not told from the best:"
    };
    Shares {
        amounts: upright(with_headroom(range(all).unwrap_or((0.0, 1.0))), STEPS, measured),
        shares: share_axis(&points),
        shares_title: "marketing share of the budget; the rest goes to sales".to_owned(),
        last_labels: [
            format!("P90 {}", story.coarse(high)),
            format!("mean {}", story.coarse(mean)),
            format!("P10 {}", story.coarse(low)),
        ],
        near_best: (
            sweep.near_best.low,
            sweep.near_best.high,
            format!("{name} {}", story.near_best()),
        ),
        best: best_mark(story),
        today: today_mark(story),
        strip: strip(&sweep.points),
        points,
    }
}

fn best_mark(story: &Story<'_>) -> ShareMark {
    let name = if story.today_is_best() {
        "today and best"
    } else {
        "best"
    };
    let share = story.sweep.best;
    ShareMark {
        share,
        mean: story.best.mean,
        label: format!("{name} {}: {}", percent_of(share), story.mean(story.best)),
    }
}

/// Today's split, where it is not the best.
fn today_mark(story: &Story<'_>) -> Option<ShareMark> {
    let today = &story.sweep.today;
    let share = today.marketing_share;
    (!story.today_is_best()).then(|| ShareMark {
        share,
        mean: today.mean,
        label: format!(
            "{}, {}: {}",
            super::wording::short(story.plan),
            percent_of(share),
            story.mean(today)
        ),
    })
}

/// Room above the band for the words of a mark.
fn with_headroom((low, high): (f64, f64)) -> (f64, f64) {
    (low, high + HEADROOM * (high.max(0.0) - low.min(0.0)))
}

fn point(point: &SweepPoint) -> SharePoint {
    let reach = deviate(LEVEL) * point.mean_error;
    SharePoint {
        share: point.marketing_share,
        mean: point.mean,
        interval: (point.mean - reach, point.mean + reach),
        low: point.p10.unwrap_or(point.mean),
        high: point.p90.unwrap_or(point.mean),
    }
}

/// A share as it was tried: `20 %`, `12.5 %`.
pub(super) fn percent_of(share: f64) -> String {
    let exact = (share * 1000.0).round() / 10.0;
    if exact.fract() == 0.0 {
        percent(share, Style::Sentence)
    } else {
        crate::units::format::decimals(exact, 1, Style::Sentence) + "\u{202f}%"
    }
}

/// Ticks at round shares that the range holds.
fn share_axis(points: &[SharePoint]) -> Axis {
    let low = points.first().map_or(0.0, |point| point.share);
    let high = points.last().map_or(1.0, |point| point.share);
    let first = |step: f64| libm::ceil(low / step - 1e-9) as usize;
    let last = |step: f64| libm::floor(high / step + 1e-9) as usize;
    let steps = [0.01, 0.02, 0.05, 0.1, 0.2];
    let fits = |step: &&f64| last(**step) < first(**step) + MOST_TICKS;
    let step = steps.iter().find(fits).copied().unwrap_or(0.2);
    let ticks = (first(step)..=last(step))
        .map(|index| {
            let at = index as f64 * step;
            let label = if index == first(step) {
                percent(at, Style::Axis)
            } else {
                percent(at, Style::Axis)
                    .trim_end_matches(['\u{202f}', '%'])
                    .to_owned()
            };
            Tick { at, label }
        })
        .collect();
    Axis { low, high, ticks }
}

/// Stretches by the side that is short, read off straight lines between the points.
fn strip(points: &[SweepPoint]) -> Vec<StripPart> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Vec::new();
    };
    let width = last.marketing_share - first.marketing_share;
    let mut parts: Vec<StripPart> = Vec::new();
    for index in 0..STRIP_PARTS {
        let at = |index: f64| first.marketing_share + width * index / STRIP_PARTS as f64;
        let side = side(&limits(points, at(index as f64 + 0.5)));
        match parts.last_mut() {
            Some(part) if part.side == side => part.to = at(index as f64 + 1.0),
            _ => parts.push(StripPart {
                from: at(index as f64),
                to: at(index as f64 + 1.0),
                side,
            }),
        }
    }
    if parts.iter().all(|part| part.side == Side::Neither) {
        parts.clear();
    }
    parts
}

pub(super) fn side(limits: &Limits) -> Side {
    let more = limits.capacity - limits.demand;
    if more > CLEARLY {
        Side::Capacity
    } else if more < -CLEARLY {
        Side::Demand
    } else {
        Side::Neither
    }
}

fn limits(points: &[SweepPoint], share: f64) -> Limits {
    Limits {
        demand: between(points, share, |point| point.limited_by.demand),
        capacity: between(points, share, |point| point.limited_by.capacity),
    }
}

fn notes(story: &Story<'_>) -> Footer {
    let sweep = story.sweep;
    let mut notes = Vec::new();
    if sweep.replications != story.findings.scenario.replications {
        notes.push(format!("splits in {} futures", count(sweep.replications)));
    }
    let most = |of: fn(&SweepPoint) -> f64| sweep.points.iter().map(of).fold(0.0, f64::max);
    let means = story.amount(deviate(LEVEL) * most(|point| point.mean_error));
    let near = sweep.points.iter().filter(|point| {
        point.marketing_share >= sweep.near_best.low && point.marketing_share <= sweep.near_best.high
    });
    let reach = near
        .map(|point| point.behind.high - point.behind.value)
        .fold(0.0, f64::max);
    let differences = if reach > 0.0 {
        format!(", differences \u{b1}{}", story.amount(reach))
    } else {
        String::new()
    };
    let level = percent(LEVEL, Style::Table);
    notes.push(format!("{level} error: means \u{b1}{means}{differences}"));
    footer(story.findings, notes)
}

impl Story<'_> {
    fn today_is_best(&self) -> bool {
        self.sweep.today_is_a_point && self.sweep.today.marketing_share == self.sweep.best
    }

    /// An amount of the objective.
    pub(super) fn amount(&self, x: f64) -> String {
        let currency = &self.findings.scenario.currency;
        if self.unit == Unit::Money {
            money(x, currency, Style::Sentence)
        } else {
            quantity(x, self.unit, currency, Style::Sentence)
        }
    }

    /// An amount with the digits that the errors of all means carry.
    pub(super) fn coarse(&self, x: f64) -> String {
        let error = self.sweep.points.iter().map(|point| point.mean_error);
        self.sure(x, error.fold(0.0, f64::max))
    }

    /// The mean of a split with the digits that its error carries.
    pub(super) fn mean(&self, point: &SweepPoint) -> String {
        self.sure(point.mean, point.mean_error)
    }

    /// A number with the digits that its error carries.
    pub(super) fn sure(&self, x: f64, error: f64) -> String {
        if self.unit == Unit::Money {
            Scale::with_error(x, error).money(x, &self.findings.scenario.currency)
        } else {
            self.amount(x)
        }
    }

    /// The near-best range: `21–27 %`.
    pub(super) fn near_best(&self) -> String {
        let (low, high) = self.ends();
        format!("{low}\u{2013}{high}\u{202f}%")
    }

    /// The ends of the near-best range in whole percents, rounded inwards; those that were tried as they are.
    pub(super) fn ends(&self) -> (String, String) {
        let (low, high) = self.sweep.near_best.whole_percents();
        let text = |x: f64| crate::units::format::number(x, Style::Axis);
        (text(low), text(high))
    }
}
