//! What chart 7 claims, and the picture in words.

use super::super::labels::{cut_letters, title_lines};
use super::super::wording::{apart, horizon, ordinal, picture_in_words, short};
use super::{Counts, Staffed, Story};
use crate::units::format::{Style, count, heads, percent};

/// Attainment dips by so much.
const DIP: f64 = 0.05;
/// This share of open seats is a claim.
const OPEN: f64 = 0.08;
/// Heads that make a difference.
const HEAD: f64 = 1.0;

/// Most letters of a role's name in a title.
const NAME: usize = 24;

/// A title, and the plan and period whose attainment it names.
pub(super) struct Claim {
    pub title: String,
    pub told: Option<(usize, usize)>,
}

/// Wordings, longest first, each with the plan and period that it names.
type Template = Vec<(String, Option<(usize, usize)>)>;

/// The first title whose condition holds, in the first wording that fits.
pub(super) fn claim(story: &Story<'_>) -> Claim {
    let templates = [starts_short, open_seats, grows, steady];
    for template in templates.iter().filter_map(|template| template(story)) {
        for (title, told) in template {
            if title_lines(&title).is_some() {
                return Claim { title, told };
            }
        }
    }
    Claim {
        title: format!("The team by {} over {}", story.period(), horizon(story.findings)),
        told: None,
    }
}

/// (a) A plan starts with open seats, and what that does to its attainment.
fn starts_short(story: &Story<'_>) -> Option<Template> {
    let index = story.plans.len().checked_sub(1)?;
    let plan = &story.plans[index];
    let (role, first) = most(plan, |counts| counts.first().map(|counts| counts.open))?;
    if first < HEAD {
        return None;
    }
    let starts = format!(
        "{} starts {} {} short",
        short(&plan.shown),
        heads(first, Style::Sentence),
        in_a_sentence(&story.roles[role])
    );
    let mut wordings = Vec::new();
    if let Some((period, dip)) = plan.attainment.as_ref().and_then(|shares| dip(shares)) {
        let told = Some((index, period));
        let dips = format!(
            "{starts}; its quota attainment dips to {} in the {} {}",
            percent(dip, Style::Sentence),
            ordinal(period + 1),
            story.period()
        );
        if let (1, Some(passes)) = (index, passes(&story.plans[0], plan, period)) {
            let (other, _) = apart(&story.plans[0].shown, &plan.shown);
            wordings.push((
                format!("{dips} and passes {other} in the {}", ordinal(passes + 1)),
                told,
            ));
        }
        wordings.push((dips, told));
    }
    let filled = heads(plan.roles[role].last()?.heads, Style::Sentence);
    wordings.push((
        format!(
            "{starts}; {filled} seats are filled in the last {}",
            story.period()
        ),
        None,
    ));
    wordings.push((starts, None));
    Some(wordings)
}

/// The lowest attainment after the first period, if it is a dip.
fn dip(shares: &[f64]) -> Option<(usize, f64)> {
    let first = shares.first()?;
    let (period, share) = shares
        .iter()
        .copied()
        .enumerate()
        .min_by(|one, other| one.1.total_cmp(&other.1))?;
    (first - share >= DIP).then_some((period, share))
}

/// From which period after the dip on the attainment is above another plan's to the end.
fn passes(other: &Staffed<'_>, plan: &Staffed<'_>, after: usize) -> Option<usize> {
    let (own, theirs) = (plan.attainment.as_ref()?, other.attainment.as_ref()?);
    let behind = own.iter().zip(theirs).rposition(|(own, theirs)| own <= theirs)?;
    (behind >= after && behind + 1 < own.len()).then_some(behind + 1)
}

/// (b) Many seats are open.
fn open_seats(story: &Story<'_>) -> Option<Template> {
    let first = story.plans.first()?;
    if first.open_share < OPEN {
        return None;
    }
    let own = percent(first.open_share, Style::Sentence);
    let mut wordings = Vec::new();
    if let Some(second) = story.plans.get(1) {
        let (one, other) = apart(&first.shown, &second.shown);
        wordings.push((
            format!(
                "{one} runs with {own} of its seats open, {other} with {}",
                percent(second.open_share, Style::Sentence)
            ),
            None,
        ));
    }
    wordings.push((
        format!("{} runs with {own} of its seats open", short(&first.shown)),
        None,
    ));
    Some(wordings)
}

/// (c) A role grows or shrinks.
fn grows(story: &Story<'_>) -> Option<Template> {
    let plan = story.plans.last()?;
    let change = |counts: &[Counts]| Some(counts.last()?.heads - counts.first()?.heads);
    let (role, size) = most(plan, |counts| change(counts).map(f64::abs))?;
    if size < HEAD {
        return None;
    }
    let counts = &plan.roles[role];
    let verb = if change(counts)? > 0.0 { "grows" } else { "shrinks" };
    let [from, to] = [counts.first()?, counts.last()?].map(|counts| heads(counts.heads, Style::Sentence));
    let claim = format!(
        "{} {verb} from {from} to {to} {} within {}",
        short(&plan.shown),
        in_a_sentence(&story.roles[role]),
        horizon(story.findings)
    );
    Some(vec![(claim, None)])
}

/// No role of either plan changes by a head from the first period to the last.
fn steady(story: &Story<'_>) -> Option<Template> {
    let is_steady = |counts: &Vec<Counts>| {
        let (low, high) = counts
            .iter()
            .fold((f64::INFINITY, 0.0_f64), |(low, high), counts| {
                (low.min(counts.heads), high.max(counts.heads))
            });
        high - low < HEAD
    };
    if !story.plans.iter().flat_map(|plan| &plan.roles).all(is_steady) {
        return None;
    }
    let last = |plan: &Staffed<'_>, role: usize| plan.roles.get(role)?.last().map(|counts| counts.heads);
    let plan = story.plans.first()?;
    let alone = (
        format!("No role of {} changes by a head", short(&plan.shown)),
        None,
    );
    let Some(second) = story.plans.get(1) else {
        return Some(vec![alone]);
    };
    let (one, other) = apart(&plan.shown, &second.shown);
    let gap = |role: usize| Some((last(plan, role)? - last(second, role)?).abs());
    let (role, size) = (0..story.roles.len())
        .filter_map(|role| Some((role, gap(role)?)))
        .reduce(|most, next| if next.1 > most.1 { next } else { most })?;
    let name = in_a_sentence(&story.roles[role]);
    let [own, theirs] = [last(plan, role)?, last(second, role)?].map(|count| heads(count, Style::Sentence));
    let claim = if size >= HEAD {
        format!("{other} ends with {theirs} {name}, {one} with {own}")
    } else {
        format!("No role changes by a head: {one} ends with {own} {name}, {other} with {theirs}")
    };
    Some(vec![(claim, None), alone])
}

/// The role for which a number is largest; the first of equals.
fn most(plan: &Staffed<'_>, of: impl Fn(&[Counts]) -> Option<f64>) -> Option<(usize, f64)> {
    let mut most: Option<(usize, f64)> = None;
    for (role, counts) in plan.roles.iter().enumerate() {
        let number = of(counts)?;
        if most.is_none_or(|(_, largest)| number > largest) {
            most = Some((role, number));
        }
    }
    most
}

/// `account executives`, `sales development seats`, but `SDRs`.
fn in_a_sentence(label: &str) -> String {
    let label = cut_letters(label, NAME);
    let mut letters = label.chars();
    let name: String = match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.clone(),
    };
    if name.ends_with('s') && !name.ends_with("ss") {
        name
    } else {
        format!("{name} seats")
    }
}

/// The picture in words, with heads in the first and the last period.
pub(super) fn alt(story: &Story<'_>, title: &str) -> String {
    let head = format!(
        "Bars of seats. {title}. Heads by role and {} over {} in {} futures.",
        story.period(),
        horizon(story.findings),
        count(story.findings.scenario.replications)
    );
    picture_in_words(&head, story.plans.len(), |index, most| {
        let plan = &story.plans[index];
        let roles: Vec<String> = story
            .roles
            .iter()
            .zip(&plan.roles)
            .filter_map(|(name, counts)| {
                let [from, to] =
                    [counts.first()?, counts.last()?].map(|counts| heads(counts.heads, Style::Table));
                Some(format!("{} {from} to {to}", cut_letters(name, most)))
            })
            .collect();
        format!(
            "{}: {}; {} of seats open.",
            cut_letters(&plan.shown.name, most),
            roles.join(", "),
            percent(plan.open_share, Style::Sentence)
        )
    })
}
