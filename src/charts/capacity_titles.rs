//! What chart 5 claims: the first title whose condition the hours of the plans meet.

use super::capacity::{Sides, Story, died};
use super::labels::cut_letters;
use super::wording::{apart, fitting, picture_in_words, short};
use crate::analysis::findings::Summary;
use crate::units::format::{Style, count, percent, share_of_futures};

/// From this share of weeks on a plan is short of a side.
const SHORT: f64 = 0.5;
/// Up to this share of weeks neither side is short.
const MEET: f64 = 0.25;
/// Shares differ from this many points on, and clearly.
const APART: f64 = 0.05;
/// Standard errors from which on a difference of shares is clear.
const CLEAR: f64 = 2.0;
/// A plan is mostly short before a week if this part of its short weeks lies before it.
const MOSTLY: f64 = 2.0 / 3.0;
/// Hours have grown if they are higher by this part, and have stopped where this part of it is reached.
const GROWN: (f64, f64) = (0.1, 0.9);
/// Hours must have grown within this part of the horizon, else there is no time after.
const EARLY: f64 = 0.6;

/// The first title whose condition holds, in the first wording that fits.
pub(super) fn title(story: &Story<'_>) -> String {
    let templates = [
        short_of_hours,
        short_of_demand,
        both_meet,
        rival_short,
        both_shares,
    ];
    templates
        .iter()
        .filter_map(|template| fitting(template(story)?))
        .next()
        .unwrap_or_else(|| {
            let weeks = story.findings.weekly.weeks;
            format!("Selling hours wanted and had over {weeks} weeks")
        })
}

/// (a) The baseline is short of hours in most weeks.
fn short_of_hours(story: &Story<'_>) -> Option<Vec<String>> {
    let baseline = story.sides.first()?;
    let share = baseline.plan.plan.limited_by.capacity;
    if share < SHORT || (baseline.plan.plan.limited_by.demand > MEET && !baseline.tells_short()) {
        return None;
    }
    let (rival, name) = story.names();
    let weeks = format!(
        "{name} is short of selling hours in {} of weeks",
        weeks_text(share)
    );
    let leads = died(baseline.plan.plan)
        .filter(|_| baseline.tells_short())
        .map(|share| format!(" and {} of its leads die", percent(share, Style::Sentence)));
    let first = format!("{weeks}{}", leads.unwrap_or_default());
    let mut wordings = vec![first.clone(), weeks];
    if let Some(other) = story.sides.get(1) {
        if other.is_short_mostly_at_first() {
            wordings.insert(
                0,
                format!("{first}; {rival} is short mostly until its hours have grown"),
            );
        } else if is_lower(other, baseline, "weeks_limited_by_capacity") {
            let share = weeks_text(other.plan.plan.limited_by.capacity);
            wordings.insert(0, format!("{first}; {rival} is short in {share}"));
        }
    }
    Some(wordings)
}

/// (b) The baseline is short of demand in most weeks.
fn short_of_demand(story: &Story<'_>) -> Option<Vec<String>> {
    let baseline = story.sides.first()?;
    let share = baseline.plan.plan.limited_by.demand;
    if share < SHORT || (baseline.plan.plan.limited_by.capacity > MEET && !baseline.tells_idle()) {
        return None;
    }
    let (rival, name) = story.names();
    let weeks = format!("{name} is short of demand in {} of weeks", weeks_text(share));
    let idle = baseline
        .idle()
        .filter(|_| baseline.tells_idle())
        .map(|share| format!(": {} of its hours idle", percent(share, Style::Sentence)));
    let first = format!("{weeks}{}", idle.unwrap_or_default());
    let mut wordings = vec![first.clone(), weeks];
    if let Some(other) = story.sides.get(1) {
        let limits = &other.plan.plan.limited_by;
        if limits.capacity >= SHORT {
            let share = weeks_text(limits.capacity);
            wordings.insert(
                0,
                format!("{first}; {rival} is short of selling hours in {share}"),
            );
        } else if is_lower(other, baseline, "weeks_limited_by_demand")
            || is_lower(baseline, other, "weeks_limited_by_demand")
        {
            let share = weeks_text(limits.demand);
            wordings.insert(0, format!("{first}; {rival} is short of it in {share}"));
        }
    }
    Some(wordings)
}

/// (c) Neither side is short for long in any plan that is drawn.
fn both_meet(story: &Story<'_>) -> Option<Vec<String>> {
    let meets = |sides: &Sides<'_>| {
        let limits = &sides.plan.plan.limited_by;
        limits.capacity <= MEET && limits.demand <= MEET
    };
    story.sides.iter().all(meets).then(|| {
        vec![
            "Demand and capacity meet: neither is short in more than a quarter of weeks".to_owned(),
            "Demand and capacity meet".to_owned(),
        ]
    })
}

/// The baseline is short of neither side for long, the rival is.
fn rival_short(story: &Story<'_>) -> Option<Vec<String>> {
    let [baseline, other] = story.sides.as_slice() else {
        return None;
    };
    let (own, base) = (&other.plan.plan.limited_by, &baseline.plan.plan.limited_by);
    let (rival, name) = story.names();
    let (what, share, from) = if own.capacity >= SHORT && (own.demand <= MEET || other.tells_short()) {
        ("selling hours", own.capacity, base.capacity)
    } else if own.demand >= SHORT && (own.capacity <= MEET || other.tells_idle()) {
        ("demand", own.demand, base.demand)
    } else {
        return None;
    };
    let weeks = format!("{rival} is short of {what} in {} of weeks", weeks_text(share));
    Some(vec![format!("{weeks}, {name} in {}", weeks_text(from)), weeks])
}

/// Both shares of the plans that are drawn.
fn both_shares(story: &Story<'_>) -> Option<Vec<String>> {
    let limits = &story.sides.first()?.plan.plan.limited_by;
    let (rival, name) = story.names();
    let shares = [limits.capacity, limits.demand].map(weeks_text);
    let claim = |who: &str| {
        format!(
            "{who} short of selling hours in {} of weeks and of demand in {}",
            shares[0], shares[1]
        )
    };
    let alone = claim(&format!("{name} is"));
    let Some(other) = story.sides.get(1) else {
        return Some(vec![alone]);
    };
    let limits = &other.plan.plan.limited_by;
    let theirs = [limits.capacity, limits.demand].map(weeks_text);
    let both = if theirs == shares {
        claim("Both plans are")
    } else {
        format!("{alone}, {rival} in {} and {}", theirs[0], theirs[1])
    };
    Some(vec![both, alone])
}

/// A share of weeks over all futures.
fn weeks_text(share: f64) -> String {
    share_of_futures(share, Style::Sentence)
}

/// Whether a share is lower in one plan than in another: by five points and clear of noise.
fn is_lower(one: &Sides<'_>, other: &Sides<'_>, measure: &str) -> bool {
    let estimate = |sides: &Sides<'_>| sides.plan.plan.measure(measure).and_then(Summary::estimate);
    match (estimate(one), estimate(other)) {
        (Some(one), Some(other)) => {
            let error = (one.error * one.error + other.error * other.error).sqrt();
            let gap = other.value - one.value;
            gap >= APART && gap > CLEAR * error
        }
        _ => false,
    }
}

impl Sides<'_> {
    /// Whether hours grow early on, and most weeks short of hours lie before.
    fn is_short_mostly_at_first(&self) -> bool {
        let (Some(first), Some(last)) = (self.had.first(), self.had.last()) else {
            return false;
        };
        let grown = first + GROWN.1 * (last - first);
        let Some(week) = self.had.iter().position(|had| *had >= grown) else {
            return false;
        };
        let before: f64 = self.short_of_hours[..week].iter().sum();
        let all: f64 = self.short_of_hours.iter().sum();
        *last >= (1.0 + GROWN.0) * first
            && week as f64 <= EARLY * self.had.len() as f64
            && before >= MOSTLY * all
            && all > 0.0
    }
}

impl Story<'_> {
    /// The names of rival and baseline; the baseline's twice where it is alone.
    fn names(&self) -> (String, String) {
        match self.sides.as_slice() {
            [baseline, rival] => apart(&rival.plan, &baseline.plan),
            [baseline, ..] => (short(&baseline.plan), short(&baseline.plan)),
            [] => (String::new(), String::new()),
        }
    }
}

/// The picture in words.
pub(super) fn alt(story: &Story<'_>, title: &str) -> String {
    let head = format!(
        "Lines over time. {title}. Selling hours wanted and had over {} weeks in {} futures.",
        story.findings.weekly.weeks,
        count(story.findings.weekly.replications)
    );
    picture_in_words(&head, story.sides.len(), |index, most| {
        let sides = &story.sides[index];
        let limits = &sides.plan.plan.limited_by;
        format!(
            "{}: short of hours in {} of weeks, of demand in {}.",
            cut_letters(&sides.plan.name, most),
            weeks_text(limits.capacity),
            weeks_text(limits.demand)
        )
    })
}
