//! Chart 1: what each plan is worth, how widely it can turn out, how often the target is met.

use super::axis;
use super::distribution_titles::{Claim, Scales, Story, alt, claim};
use super::figure::{
    Arrangement, Atom, Axis, BigNumber, Body, DotCell, DotPanel, DotRow, DotRows, Figure, Footer, Head,
    Interval, NoChart, Remark, TargetMark,
};
use super::footer::footer;
use super::lattice;
use super::plans::{Shown, shown, split};
use super::wording::{horizon, in_words, more_plans};
use crate::analysis::findings::{Findings, Summary};
use crate::units::format::{Scale, Style, money, money_to, share_of_futures};

/// From this number of plans on, only the objective is drawn, sorted.
const RANKING_FROM: usize = 5;

/// A measure that is drawn.
pub(super) struct Drawn {
    /// Its key.
    pub id: &'static str,
    /// Its name.
    pub label: &'static str,
    /// The amount to be reached, if the target is on this measure.
    pub target: Option<f64>,
}

/// The chart of a run.
pub fn build(findings: &Findings) -> Result<Figure, NoChart> {
    let (mut plans, warnings) = shown(findings);
    let measures = drawn(findings, &plans)?;
    let is_ranking = plans.len() >= RANKING_FROM;
    if is_ranking {
        let merit = |plan: &Shown<'_>| plan.mean(measures[0].id).unwrap_or(f64::NEG_INFINITY);
        plans.sort_by(|one, other| merit(other).total_cmp(&merit(one)));
    }
    let (axes, scales) = axes(findings, &plans, &measures, is_ranking);
    let story = Story {
        findings,
        scale: mean_scale(findings, &plans, measures[0].id),
        plans,
        measures,
        axes,
        scales,
        is_ranking,
    };
    let claim = claim(&story);
    let body = if story.scales == Scales::Joint {
        measure_rows(&story, &claim)
    } else {
        plan_rows(&story, &claim)
    };
    Ok(Figure {
        key: "distribution".to_owned(),
        subtitle: subtitle(&story),
        alt: alt(&story, &claim.title),
        footer: notes(&story),
        title: claim.title,
        body: Body::Dots(body),
        warnings,
    })
}

/// Value and revenue, as far as they are not zero throughout; a ranking shows the first only.
fn drawn(findings: &Findings, plans: &[Shown<'_>]) -> Result<Vec<Drawn>, NoChart> {
    let is_something = |id: &str| {
        plans
            .iter()
            .filter_map(|plan| plan.plan.measure(id))
            .any(|summary| {
                summary
                    .dots
                    .fifty
                    .iter()
                    .any(|dot| *dot != 0.0 && dot.is_finite())
            })
    };
    let mut measures: Vec<Drawn> = [("value", "Value"), ("revenue", "Revenue")]
        .into_iter()
        .filter(|(id, _)| is_something(id))
        .map(|(id, label)| Drawn {
            id,
            label,
            target: findings
                .scenario
                .target
                .as_ref()
                .filter(|target| target.measure == id)
                .map(|target| target.amount),
        })
        .collect();
    if measures.is_empty() {
        return Err(NoChart::because("value and revenue are zero in every future"));
    }
    if plans.len() >= RANKING_FROM {
        measures.truncate(1);
    }
    Ok(measures)
}

/// One unit and as many digits for all means as their errors carry; one more where the best two would print alike.
fn mean_scale(findings: &Findings, plans: &[Shown<'_>], measure: &str) -> Scale {
    let mut means: Vec<f64> = plans.iter().filter_map(|plan| plan.mean(measure)).collect();
    means.sort_by(|one, other| other.total_cmp(one));
    let largest = means.iter().map(|mean| mean.abs()).fold(0.0, f64::max);
    let scale = Scale::with_error(largest, worst_error(plans, measure));
    let are_alike = means.len() > 1 && scale.rounded(means[0]) == scale.rounded(means[1]);
    if are_alike && super::plans::recommended(findings).is_some() {
        scale.finer()
    } else {
        scale
    }
}

fn worst_error(plans: &[Shown<'_>], measure: &str) -> f64 {
    plans
        .iter()
        .filter_map(|plan| plan.plan.measure(measure)?.mean_error)
        .fold(0.0, f64::max)
}

/// An axis a measure: one for both where a plan stands alone, else with the same money per pixel if that can be.
fn axes(
    findings: &Findings,
    plans: &[Shown<'_>],
    measures: &[Drawn],
    is_ranking: bool,
) -> (Vec<Axis>, Scales) {
    let currency = &findings.scenario.currency;
    let mut ranges: Vec<(f64, f64)> = measures
        .iter()
        .map(|measure| range(plans, measure, is_ranking))
        .collect();
    let alike = axis::are_alike(&ranges);
    if let ([_], [one, other]) = (plans, ranges.as_slice()) {
        ranges.push((one.0.min(other.0), one.1.max(other.1)));
        if axis::are_alike(&ranges) {
            let axis = axis::money_axes(&ranges[2..], currency).remove(0);
            return (vec![axis.clone(), axis], Scales::Joint);
        }
        ranges.truncate(2);
    }
    if alike {
        (axis::money_axes(&ranges, currency), Scales::Same)
    } else {
        let own = ranges
            .iter()
            .flat_map(|range| axis::money_axes(&[*range], currency));
        (own.collect(), Scales::Own)
    }
}

/// From the lowest to the highest dot or bar end of all plans, with a target that is not far off.
fn range(plans: &[Shown<'_>], measure: &Drawn, is_ranking: bool) -> (f64, f64) {
    let amounts = plans
        .iter()
        .filter_map(|plan| plan.plan.measure(measure.id))
        .flat_map(|summary| {
            let ends = [summary.p10, summary.mean, summary.p90];
            dots(is_ranking, summary)
                .iter()
                .copied()
                .chain(ends.into_iter().flatten())
        });
    let range = axis::range(amounts).unwrap_or((0.0, 1.0));
    measure
        .target
        .map_or(range, |target| axis::with_near(range, target))
}

fn dots(is_ranking: bool, summary: &Summary) -> &[f64] {
    if is_ranking {
        &summary.dots.twenty
    } else {
        &summary.dots.fifty
    }
}

/// A row a plan, a panel a measure.
fn plan_rows(story: &Story<'_>, claim: &Claim) -> DotRows {
    let rows = story
        .plans
        .iter()
        .map(|plan| DotRow {
            name: plan.name.clone(),
            plan: plan.colour,
            named_in_colour: true,
            remarks: remarks(story, plan),
            mean: story.mean_text(plan),
            last: (story.is_ranking && story.is_judged())
                .then(|| share_of_futures(plan.plan.best_in, Style::Table)),
            cells: (0..story.measures.len())
                .map(|index| cell(story, claim, plan, index))
                .collect(),
        })
        .collect();
    let panels = story
        .measures
        .iter()
        .zip(&story.axes)
        .map(|(measure, axis)| DotPanel {
            head: (!story.is_ranking).then(|| Head {
                text: measure.label.to_owned(),
                plan: None,
                after: String::new(),
            }),
            target: target_mark(story, measure),
            axis: axis.clone(),
        })
        .collect();
    DotRows {
        arrangement: if story.is_ranking {
            Arrangement::Ranking
        } else {
            Arrangement::Rows
        },
        panels,
        rows,
    }
}

/// The only plan: a row a measure on one axis.
fn measure_rows(story: &Story<'_>, claim: &Claim) -> DotRows {
    let plan = &story.plans[0];
    let currency = &story.findings.scenario.currency;
    let rows = story
        .measures
        .iter()
        .enumerate()
        .map(|(index, measure)| {
            let mean = plan.mean(measure.id).unwrap_or(f64::NAN);
            let error = worst_error(&story.plans, measure.id);
            DotRow {
                name: measure.label.to_owned(),
                plan: plan.colour,
                named_in_colour: false,
                remarks: vec![Remark {
                    strong: money_to(mean, error, currency),
                    rest: " on average".to_owned(),
                }],
                mean: String::new(),
                last: None,
                cells: vec![cell(story, claim, plan, index)],
            }
        })
        .collect();
    let target = story
        .measures
        .iter()
        .find_map(|measure| target_mark(story, measure));
    DotRows {
        arrangement: Arrangement::Measures,
        panels: vec![DotPanel {
            head: Some(Head {
                text: plan.name.clone(),
                plan: Some(plan.colour),
                after: split(plan.plan),
            }),
            axis: story.axes[0].clone(),
            target,
        }],
        rows,
    }
}

fn remarks(story: &Story<'_>, plan: &Shown<'_>) -> Vec<Remark> {
    if story.is_ranking {
        return Vec::new();
    }
    vec![
        Remark {
            strong: String::new(),
            rest: split(plan.plan),
        },
        Remark {
            strong: story.mean_text(plan),
            rest: " on average".to_owned(),
        },
    ]
}

fn target_mark(story: &Story<'_>, measure: &Drawn) -> Option<TargetMark> {
    let amount = measure.target?;
    Some(TargetMark {
        at: amount,
        label: format!("target {}", story.amount_text(amount)),
    })
}

fn cell(story: &Story<'_>, claim: &Claim, plan: &Shown<'_>, index: usize) -> DotCell {
    let measure = &story.measures[index];
    let nothing = Summary::default();
    let summary = plan.plan.measure(measure.id).unwrap_or(&nothing);
    let dots = dots(story.is_ranking, summary);
    DotCell {
        dots: dots.to_vec(),
        target: measure.target,
        bar: interval(story, index, summary),
        number: big_number(story, claim, plan, index),
        atom: lattice::atom(dots)
            .filter(|(at, count)| *at == 0.0 && *count < dots.len())
            .map(|(at, count)| Atom {
                at,
                label: format!(
                    "no {} in {}",
                    measure.label.to_lowercase(),
                    share_of_futures(count as f64 / dots.len() as f64, Style::Table)
                ),
            }),
    }
}

/// The share that reaches the target; where there is none, how often the plan is best if the title says so.
fn big_number(story: &Story<'_>, claim: &Claim, plan: &Shown<'_>, index: usize) -> Option<BigNumber> {
    if story.is_ranking {
        return None;
    }
    if let Some(amount) = story.measures[index].target {
        return plan.plan.target_reached.map(|reached| BigNumber {
            number: share_of_futures(reached.value, Style::Table),
            words: format!("reach {}", story.amount_text(amount)),
        });
    }
    (index == 0 && claim.says_best_in).then(|| BigNumber {
        number: share_of_futures(plan.plan.best_in, Style::Table),
        words: format!("best of {}", in_words(story.findings.plans.len())),
    })
}

/// P10 to P90 in the unit of the axis, with the digits that the worst error of all plans carries.
fn interval(story: &Story<'_>, index: usize, summary: &Summary) -> Option<Interval> {
    let (low, median, mean, high) = (summary.p10?, summary.p50?, summary.mean?, summary.p90?);
    let scale = story.interval_scale(index);
    let median_label = if story.is_ranking {
        String::new()
    } else {
        format!("median {}", scale.bare(median))
    };
    Some(Interval {
        low,
        median,
        mean,
        high,
        low_label: scale.bare(low),
        median_label,
        high_label: scale.bare(high),
    })
}

fn subtitle(story: &Story<'_>) -> String {
    let order = if story.is_ranking { ", plans by mean" } else { "" };
    let count = if story.is_ranking { 20 } else { 50 };
    let scales = if story.scales == Scales::Own {
        ". Scales differ"
    } else {
        ""
    };
    format!(
        "{} over {}{order}. Each dot: 1 of {count} equally likely futures. Bar: 8 futures in 10, with the mean{scales}",
        story.measure_words(),
        horizon(story.findings),
    )
}

fn notes(story: &Story<'_>) -> Footer {
    let mut notes = Vec::new();
    let error = worst_error(&story.plans, story.measures[0].id);
    if error > 0.0 {
        let text = money_to(error, error, &story.findings.scenario.currency);
        notes.push(format!("means \u{b1}\u{a0}{text}"));
    }
    if story.measures.iter().any(|measure| measure.id == "value") {
        notes.push("value with later margin".to_owned());
    }
    let left_out = story.findings.plans.len() - story.plans.len();
    if left_out > 0 {
        notes.push(more_plans(left_out));
    }
    footer(story.findings, notes)
}

impl Story<'_> {
    /// An amount as it is told, such as a target.
    pub(super) fn amount_text(&self, amount: f64) -> String {
        money(amount, &self.findings.scenario.currency, Style::Sentence)
    }

    /// How the ends of bars are printed: the unit of the axis, the digits that the worst error carries.
    pub(super) fn interval_scale(&self, index: usize) -> Scale {
        let axis = &self.axes[index];
        let (mut error, mut largest): (f64, f64) = (0.0, 0.0);
        for summary in self
            .plans
            .iter()
            .filter_map(|plan| plan.plan.measure(self.measures[index].id))
        {
            for (key, quantile) in [("p10", summary.p10), ("p90", summary.p90)] {
                largest = largest.max(quantile.unwrap_or(0.0).abs());
                error = error.max(summary.errors.get(key).copied().unwrap_or(0.0));
            }
        }
        let step = axis.ticks.get(1).map_or(axis.high, |tick| tick.at - axis.low);
        Scale::of(axis.low.abs().max(axis.high.abs()), step).carrying(largest, error)
    }

    /// The mean of a plan as the picture prints it.
    pub(super) fn mean_text(&self, plan: &Shown<'_>) -> String {
        let mean = plan.mean(self.measures[0].id).unwrap_or(f64::NAN);
        self.scale.money(mean, &self.findings.scenario.currency)
    }
}
