//! What chart 2 claims: the first title whose condition the weekly revenue meets.

use super::labels::cut_letters;
use super::over_time::Story;
use super::plans::Shown;
use super::wording::{apart, fitting, last_stretch, picture_in_words, plans_in_words};
use crate::analysis::findings::Band;
use crate::analysis::gap::is_enough;
use crate::outcome::estimate::Estimate;
use crate::units::format::count;

/// Medians that differ by less than this part are alike.
const ALIKE: f64 = 0.05;

/// The first title whose condition holds, in the first wording that fits.
pub(super) fn title(story: &Story<'_>) -> String {
    let weeks = story.findings.weekly.weeks;
    [one_plan, rival_apart, alike_at_the_end, farthest_apart]
        .iter()
        .filter_map(|template| fitting(template(story)?))
        .next()
        .unwrap_or_else(|| {
            let plans = plans_in_words(story.plans.len());
            format!("Revenue a week of {plans} over {weeks} weeks")
        })
}

/// (d) One plan: where its median begins and ends.
fn one_plan(story: &Story<'_>) -> Option<Vec<String>> {
    let ([_], [bands]) = (story.plans.as_slice(), story.bands.as_slice()) else {
        return None;
    };
    let (first, last) = (bands.first()?.p50, bands.last()?.p50);
    let (from, to) = (story.text(first), story.text(last));
    let title = if from == to || (last - first).abs() <= ALIKE * first {
        format!(
            "Median revenue ends {} near where it began, at {to} a week",
            story.ending()
        )
    } else if last > first {
        format!("Median revenue grows from {from} to {to} a week")
    } else {
        format!("Median revenue falls from {from} to {to} a week")
    };
    Some(vec![title])
}

/// (a), (b) The rival ends apart from the baseline.
fn rival_apart(story: &Story<'_>) -> Option<Vec<String>> {
    apart_at_the_end(story, story.rival?)
}

/// Not all end alike, and the rival hardly differs: the plan that ends farthest from the baseline.
fn farthest_apart(story: &Story<'_>) -> Option<Vec<String>> {
    let base = story.last(0)?.p50;
    let distance = |plan: &usize| story.last(*plan).map_or(0.0, |band| (band.p50 - base).abs());
    let mut others: Vec<usize> = (1..story.plans.len()).collect();
    others.sort_by(|one, other| distance(other).total_cmp(&distance(one)));
    others.into_iter().find_map(|plan| apart_at_the_end(story, plan))
}

/// A plan ends apart from the baseline, and its whole revenue clearly differs the same way.
fn apart_at_the_end(story: &Story<'_>, rival: usize) -> Option<Vec<String>> {
    let (own, base) = (story.last(rival)?, story.last(0)?);
    let gain = own.p50 - base.p50;
    let (to, from) = (story.text(own.p50), story.text(base.p50));
    if gain.abs() <= ALIKE * base.p50 || gain * story.clear_gain(rival)? <= 0.0 || to == from {
        return None;
    }
    let (name, baseline) = apart(&story.plans[rival], &story.plans[0]);
    let both = format!(
        "{name} ends {} at {to} revenue a week, {baseline} at {from}",
        story.ending()
    );
    let (high, low) = if gain > 0.0 { (own, base) } else { (base, own) };
    let mut wordings = vec![both.clone()];
    if high.p25 > low.p75 {
        wordings.insert(
            0,
            format!("{both}; the middle halves of their futures do not overlap"),
        );
    }
    Some(wordings)
}

/// (c) All medians end alike.
fn alike_at_the_end(story: &Story<'_>) -> Option<Vec<String>> {
    if story.plans.len() < 2 || story.findings.plans.len() > story.plans.len() {
        return None;
    }
    let medians: Vec<f64> = story
        .bands
        .iter()
        .filter_map(|bands| Some(bands.last()?.p50))
        .collect();
    let (low, high) = super::axis::range(medians.iter().copied())?;
    if high - low > ALIKE * high {
        return None;
    }
    let all = if story.plans.len() == 2 { "Both" } else { "All" };
    let near = story.text(*medians.first()?);
    Some(vec![format!(
        "{all} plans end {} near {near} revenue a week",
        story.ending()
    )])
}

impl Story<'_> {
    /// An amount as the picture prints it.
    pub(super) fn text(&self, amount: f64) -> String {
        self.scale.money(amount, &self.findings.scenario.currency)
    }

    fn last(&self, plan: usize) -> Option<&Band> {
        self.bands.get(plan)?.last()
    }

    fn ending(&self) -> String {
        last_stretch(self.findings.weekly.weeks)
    }

    /// The paired difference of all revenue to the baseline, if it is clear of noise over all pairs.
    fn clear_gain(&self, plan: usize) -> Option<f64> {
        let comparison = self
            .findings
            .comparison
            .as_ref()
            .filter(|_| is_enough(self.findings))?;
        let name = &self.plans.get(plan)?.plan.name;
        let difference = comparison.plans.iter().find(|plan| plan.name == *name)?;
        let revenue = difference.others.get("revenue")?;
        let plans = self.findings.plans.len();
        let interval = Estimate::new(revenue.value, revenue.error).simultaneous(plans * (plans - 1) / 2);
        (interval.low() > 0.0 || interval.high() < 0.0).then_some(revenue.value)
    }
}

/// The picture in words.
pub(super) fn alt(story: &Story<'_>, title: &str) -> String {
    let facts = &story.findings.scenario;
    let head = format!(
        "Bands over time. {title}. Revenue a week of {} over {} weeks in {} futures.",
        plans_in_words(story.plans.len()),
        story.findings.weekly.weeks,
        count(story.findings.weekly.replications.min(facts.replications))
    );
    picture_in_words(&head, story.plans.len(), |index, most| {
        sentence(story, &story.plans[index], &story.bands[index], most)
    })
}

fn sentence(story: &Story<'_>, plan: &Shown<'_>, bands: &[Band], most: usize) -> String {
    let name = cut_letters(&plan.name, most);
    match (bands.first(), bands.last()) {
        (Some(first), Some(last)) => format!(
            "{name}: median {} to {}, at the end 9 in 10 {} to {}.",
            story.text(first.p50),
            story.text(last.p50),
            story.text(last.p05),
            story.text(last.p95)
        ),
        _ => format!("{name}."),
    }
}
