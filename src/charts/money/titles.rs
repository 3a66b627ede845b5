//! What chart 6 claims, and the picture in words.

use super::super::labels::cut_letters;
use super::super::plans::{Shown, recommended};
use super::super::wording::{apart, fitting, horizon, picture_in_words, short};
use super::{Section, Story};
use crate::analysis::gap::is_enough;
use crate::outcome::estimate::Estimate;
use crate::units::format::{Style, count, money, share_of_futures, week};

/// Plans spend about the same up to this part of it.
const ALIKE: f64 = 0.05;
/// A difference smaller than this part of the amounts is not seen in the picture.
const VISIBLE: f64 = 0.02;
/// Cash below zero in this share of futures is the claim.
const OFTEN: f64 = 0.05;
/// A low point later than this part of the horizon has not turned.
const TURNS_BEFORE: f64 = 0.75;

/// The first title whose condition holds, in the first wording that fits.
pub(super) fn title(story: &Story<'_>) -> String {
    let templates = [below_zero, compared, alike, alone];
    let wordings = templates.iter().filter_map(|template| template(story)).flatten();
    fitting(wordings).unwrap_or_else(|| format!("Money spent and earned over {}", horizon(story.findings)))
}

/// The plan that is told, and the one that it is held against: the recommended plan, else the one that brings in more.
fn told<'a, 'b>(story: &'a Story<'b>) -> Option<(&'a Shown<'b>, &'a Shown<'b>)> {
    let [first, second, ..] = story.plans.as_slice() else {
        return None;
    };
    let is_first = match recommended(story.findings) {
        Some(name) => name == first.plan.name,
        None => first.mean("revenue") >= second.mean("revenue"),
    };
    Some(if is_first {
        (first, second)
    } else {
        (second, first)
    })
}

/// (c) Cash falls below zero in many futures.
fn below_zero(story: &Story<'_>) -> Option<Vec<String>> {
    story.cash.as_ref()?;
    let plan = told(story).map_or(story.plans.first()?, |(plan, _)| plan);
    let share = plan.mean("cash_below_zero").filter(|share| *share >= OFTEN)?;
    let short_of = format!(
        "Cash falls below zero in {} of futures",
        share_of_futures(share, Style::Sentence)
    );
    Some(vec![format!("{short_of} with {}", short(plan)), short_of])
}

/// (a), (b) One plan brings in clearly more or less than the other.
fn compared(story: &Story<'_>) -> Option<Vec<String>> {
    let (plan, other) = told(story)?;
    let (more, earned) = difference(story, plan, other, "revenue")?;
    let (name, than) = apart(plan, other);
    let word = |is_more: bool| if is_more { "more" } else { "less" };
    if spend_alike(plan, other)? {
        let claim = format!(
            "For about the same money {name} brings in {earned} {}",
            word(more)
        );
        let than = format!("{claim} than {than}");
        return Some(match cash_clause(story, plan) {
            Some(cash) => vec![format!("{than}; {cash}"), format!("{claim}; {cash}"), than, claim],
            None => vec![than, claim],
        });
    }
    let (dearer, spent) = difference(story, plan, other, "spent")?;
    let joint = if dearer && !more { "but" } else { "and" };
    let claim = format!(
        "{name} spends {spent} {} {joint} brings in {earned} {}",
        word(dearer),
        word(more)
    );
    Some(vec![format!("{claim} than {than}"), claim])
}

/// Both bring in about the same for about the same money.
fn alike(story: &Story<'_>) -> Option<Vec<String>> {
    let (plan, other) = told(story)?;
    let interval = interval(story, plan, other, "revenue")?;
    let earns = |shown: &Shown<'_>| shown.mean("revenue").is_some_and(|mean| mean > 0.0);
    if !earns(plan)
        || !earns(other)
        || !spend_alike(plan, other)?
        || difference(story, plan, other, "revenue").is_some()
        || interval.value.abs() > ALIKE * other.mean("revenue")?
    {
        return None;
    }
    let [one, two] = [plan, other].map(|plan| story.total(plan, "revenue"));
    let amounts = if one == two {
        one
    } else {
        format!("{one} and {two}")
    };
    let (name, than) = apart(plan, other);
    let claim = if interval.low() <= 0.0 && interval.high() >= 0.0 {
        format!("For about the same money {name} and {than} bring in the same within the noise")
    } else {
        format!("For about the same money {name} and {than} bring in nearly the same")
    };
    Some(vec![format!("{claim}, {amounts}"), claim])
}

/// (d) What a plan costs and brings in.
fn alone(story: &Story<'_>) -> Option<Vec<String>> {
    let plan = told(story).map_or(story.plans.first()?, |(plan, _)| plan);
    let [spent, earned] = ["spent", "revenue"].map(|id| story.total(plan, id));
    let claim = format!("{} costs {spent} and brings in {earned}", short(plan));
    Some(match cash_clause(story, plan) {
        Some(cash) => vec![format!("{claim}; {cash}"), claim],
        None => vec![claim],
    })
}

/// How low cash falls, if it turns before the last quarter.
fn cash_clause(story: &Story<'_>, plan: &Shown<'_>) -> Option<String> {
    let lines = &story.cash.as_ref()?.lines;
    let (low_week, amount) = lines.iter().find(|line| line.name == plan.name)?.lowest?;
    if f64::from(low_week) > TURNS_BEFORE * f64::from(story.findings.scenario.weeks) {
        return None;
    }
    let amount = story.cash_scale.money(amount, &story.findings.scenario.currency);
    Some(format!(
        "cash falls to {amount} in {} before it turns",
        week(low_week, Style::Sentence)
    ))
}

fn spend_alike(plan: &Shown<'_>, other: &Shown<'_>) -> Option<bool> {
    let (one, two) = (plan.mean("spent")?, other.mean("spent")?);
    Some((one - two).abs() <= ALIKE * two)
}

/// Whether a measure is more, and by how much as printed, where the paired difference to the first plan is clear and not
/// too small to matter.
fn difference(story: &Story<'_>, plan: &Shown<'_>, other: &Shown<'_>, id: &str) -> Option<(bool, String)> {
    let interval = interval(story, plan, other, id)?;
    let is_clear = interval.low() > 0.0 || interval.high() < 0.0;
    let matters = interval.value.abs() >= story.findings.comparison.as_ref()?.within
        && interval.value.abs() >= VISIBLE * other.mean(id)?.abs();
    let scale = story.scale(id);
    let by = scale.rounded(plan.mean(id)?) - scale.rounded(other.mean(id)?);
    let by_text = money(by.abs(), &story.findings.scenario.currency, Style::Sentence);
    (is_clear && matters && by * interval.value > 0.0).then_some((by > 0.0, by_text))
}

/// The paired difference of two plans, one of them the first, with a simultaneous interval.
fn interval(story: &Story<'_>, plan: &Shown<'_>, other: &Shown<'_>, id: &str) -> Option<Estimate> {
    let comparison = story
        .findings
        .comparison
        .as_ref()
        .filter(|_| is_enough(story.findings))?;
    let of = |shown: &Shown<'_>| {
        let all = comparison.plans.iter().find(|all| all.name == shown.plan.name)?;
        all.others.get(id).copied()
    };
    let (value, error) = match (of(plan), of(other)) {
        (Some(own), _) => (own.value, own.error),
        (None, theirs) => {
            let theirs = theirs?;
            (-theirs.value, theirs.error)
        }
    };
    Some(Estimate::new(value, error).simultaneous(comparison.pairs.len()))
}

/// The picture in words, with totals and the low point of cash.
pub(super) fn alt(story: &Story<'_>, title: &str, sections: &[Section]) -> String {
    let lines = if story.cash.is_some() {
        " and lines of cash"
    } else {
        ""
    };
    let head = format!(
        "Table of bars{lines}. {title}. Money spent and earned over {} in {} futures.",
        horizon(story.findings),
        count(story.findings.scenario.replications)
    );
    picture_in_words(&head, story.plans.len(), |index, most| {
        let plan = &story.plans[index];
        let totals: Vec<String> = sections
            .iter()
            .map(|section| format!("{} {}", section.name.to_lowercase(), section.totals[index]))
            .collect();
        let cash = story.cash.as_ref().and_then(|cash| {
            let line = cash.lines.iter().find(|line| line.name == plan.name)?;
            let below = line.below_zero.iter().cloned();
            let words: Vec<String> = line.words.iter().cloned().chain(below).collect();
            Some(format!("; cash {}", words.join(", ")))
        });
        let name = cut_letters(&plan.name, most);
        format!("{name}: {}{}.", totals.join(", "), cash.unwrap_or_default())
    })
}
