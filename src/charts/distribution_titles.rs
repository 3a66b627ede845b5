//! What chart 1 claims: the first title whose condition the results meet.

use super::distribution::Drawn;
use super::figure::Axis;
use super::labels::{cut_letters, title_lines};
use super::plans::{Shown, gap, recommended};
use super::wording::{apart, horizon, in_words, picture_in_words, plans_in_words, short};
use crate::analysis::findings::{Findings, Uncertain};
use crate::analysis::gap::Closeness;
use crate::units::format::{Scale, Style, count, money_range, share_of_futures};

/// A share rises if it rises by this much and clearly.
const RISE: f64 = 0.05;
/// Standard errors from which on a difference of shares is clear.
const CLEAR: f64 = 2.0;
/// A lead is seen from this part of the value on, and from this part of the range of 8 futures in 10.
const VISIBLE: (f64, f64) = (0.02, 0.1);

/// What is told and what stands in the picture.
pub(super) struct Story<'a> {
    /// The run.
    pub findings: &'a Findings,
    /// The plans in the order of their rows.
    pub plans: Vec<Shown<'a>>,
    /// The measures that are drawn.
    pub measures: Vec<Drawn>,
    /// How means are printed.
    pub scale: Scale,
    /// The axis of each measure.
    pub axes: Vec<Axis>,
    /// How the axes relate.
    pub scales: Scales,
    /// Five plans or more.
    pub is_ranking: bool,
}

/// How the axes of several measures relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scales {
    /// One axis for all.
    Joint,
    /// The same money per pixel.
    Same,
    /// Each its own.
    Own,
}

/// A title, and what it needs in the picture.
pub(super) struct Claim {
    /// The title.
    pub title: String,
    /// It says in how many futures a plan is best.
    pub says_best_in: bool,
}

/// A title in its full and its shorter wordings.
struct Template {
    wordings: Vec<String>,
    says_best_in: bool,
}

impl Template {
    fn of<const N: usize>(wordings: [String; N]) -> Option<Self> {
        Some(Self {
            wordings: wordings.into(),
            says_best_in: false,
        })
    }
}

/// The first title whose condition holds, in the first wording that fits into two lines.
pub(super) fn claim(story: &Story<'_>) -> Claim {
    let templates = [
        one_plan,
        earns_nothing,
        lifts_the_chance,
        hardly_more,
        best_in,
        another_reaches_more_often,
        worth_most,
        the_same,
    ];
    for template in templates.iter().filter_map(|template| template(story)) {
        let full = template.wordings.first().cloned();
        for title in template.wordings {
            if title_lines(&title).is_some() {
                return Claim {
                    says_best_in: template.says_best_in && full.as_ref() == Some(&title),
                    title,
                };
            }
        }
    }
    Claim {
        title: format!(
            "{} of {} over {}",
            story.measure_words(),
            plans_in_words(story.plans.len()),
            horizon(story.findings)
        ),
        says_best_in: false,
    }
}

/// (f) One plan.
fn one_plan(story: &Story<'_>) -> Option<Template> {
    let ([plan], "value") = (story.plans.as_slice(), story.measures[0].id) else {
        return None;
    };
    let summary = plan.plan.measure("value")?;
    let (low, high) = (summary.p10?, summary.p90?);
    let scale = story.interval_scale(0);
    let currency = &story.findings.scenario.currency;
    let range = format!(
        "between {} and {}",
        scale.money(low, currency),
        scale.money(high, currency)
    );
    let short = format!("8 futures in 10 are worth {range}");
    match story.target().zip(plan.plan.target_reached) {
        Some((target, reached)) => {
            Template::of([format!("{short}; {} reach {target}", share_text(reached)), short])
        }
        None => Template::of([short]),
    }
}

/// (e) All means are below 0 by two errors.
fn earns_nothing(story: &Story<'_>) -> Option<Template> {
    let best = story.judged_by_value()?.first().copied()?;
    let is_lost = |plan: &Shown<'_>| {
        let summary = plan.plan.measure("value");
        summary
            .and_then(|summary| Some((summary.mean?, summary.mean_error.unwrap_or(0.0))))
            .is_some_and(|(mean, error)| mean + CLEAR * error < 0.0)
    };
    if story.plans.len() < 2 || !story.plans.iter().all(is_lost) {
        return None;
    }
    let worth = story.mean_text(best);
    Template::of([
        format!(
            "No plan earns its money back; the best, {}, is worth {worth}",
            short(best)
        ),
        "No plan earns its money back".to_owned(),
    ])
}

/// (a) The recommended plan lifts the chance of the target.
fn lifts_the_chance(story: &Story<'_>) -> Option<Template> {
    let best = story.recommended()?;
    let baseline = story.baseline()?;
    let target = story.target().filter(|_| !story.is_ranking)?;
    let (from, to) = (baseline.plan.target_reached?, best.plan.target_reached?);
    if best.plan.name == baseline.plan.name || to.value - from.value < RISE || !is_higher(to, from) {
        return None;
    }
    let worth = worth_most_words(story, best);
    Template::of([
        format!(
            "{worth}, and lifts the chance of {target} from {} to {}",
            share_text(from),
            share_text(to)
        ),
        worth,
    ])
}

/// The recommended plan leads by less than anybody sees in the picture.
fn hardly_more(story: &Story<'_>) -> Option<Template> {
    let best = story.recommended()?;
    let second = story.judged_by_value()?.get(1).copied()?;
    let summary = best.plan.measure("value")?;
    let (worth, other) = (summary.mean?, second.mean("value")?);
    let lead = worth - other;
    if lead >= VISIBLE.0 * worth.abs() || lead >= VISIBLE.1 * (summary.p90? - summary.p10?) {
        return None;
    }
    let amounts = (story.mean_text(best), story.mean_text(second));
    let (name, than) = apart(best, second);
    let claim = format!("{name} is worth most, but hardly more than {than}");
    if amounts.0 == amounts.1 {
        return Template::of([claim]);
    }
    let against = format!("{claim}: {} against {}", amounts.0, amounts.1);
    let shorter = [format!("{against} on average"), claim];
    if story.findings.plans.len() < 3 || !story.has_room_for_best_in() {
        return Template::of(shorter);
    }
    let best_in = share_of_futures(best.plan.best_in, Style::Sentence);
    Some(Template {
        wordings: [format!("{against}; it is best in {best_in} of futures")]
            .into_iter()
            .chain(shorter)
            .collect(),
        says_best_in: true,
    })
}

/// (b) Of three plans or more the recommended one is most often the best.
fn best_in(story: &Story<'_>) -> Option<Template> {
    let best = story.recommended()?;
    let is_highest = story
        .findings
        .plans
        .iter()
        .all(|plan| plan.name == best.plan.name || plan.best_in < best.plan.best_in);
    if story.findings.plans.len() < 3 || !is_highest {
        return None;
    }
    let number = in_words(story.findings.plans.len());
    let worth = worth_most_words(story, best);
    let full = format!(
        "Of {number} plans {worth}, and it is best in {} of futures",
        share_of_futures(best.plan.best_in, Style::Sentence)
    );
    let shorter = [format!("Of {number} plans {worth}"), worth];
    if !story.has_room_for_best_in() {
        return Template::of(shorter);
    }
    Some(Template {
        wordings: [full].into_iter().chain(shorter).collect(),
        says_best_in: true,
    })
}

/// (c) Another plan reaches the target clearly more often than the recommended one.
fn another_reaches_more_often(story: &Story<'_>) -> Option<Template> {
    let best = story.recommended()?;
    let target = story.target().filter(|_| !story.is_ranking)?;
    let share = best.plan.target_reached?;
    let other = story
        .plans
        .iter()
        .filter(|plan| {
            plan.plan
                .target_reached
                .is_some_and(|other| is_higher(other, share))
        })
        .max_by(|one, other| reached(one).total_cmp(&reached(other)))?;
    let (best, other) = apart(best, other);
    Template::of([
        format!("{best} is worth most, but {other} reaches {target} more often"),
        format!("{best} is worth most"),
    ])
}

/// A plan is recommended, and nothing more can be said.
fn worth_most(story: &Story<'_>) -> Option<Template> {
    Template::of([worth_most_words(story, story.recommended()?)])
}

/// (d) The best two cannot be told apart, or hardly differ.
fn the_same(story: &Story<'_>) -> Option<Template> {
    let ranked = story.judged_by_value()?;
    let [first, second, ..] = ranked.as_slice() else {
        return None;
    };
    let within = story.findings.comparison.as_ref()?.within;
    let closeness = gap(story.findings, &first.plan.name, &second.plan.name)?.closeness(within);
    let (one, other) = (story.mean_text(first), story.mean_text(second));
    let worth = if one == other {
        one
    } else {
        format!("{one} and {other}")
    };
    let (first, second) = apart(first, second);
    let both = format!("{first} and {second} are worth");
    match closeness {
        Closeness::Clear => None,
        Closeness::Hardly | Closeness::TooLittle | Closeness::Negligible => Template::of([
            format!("{both} nearly the same, {worth}"),
            format!("{both} nearly the same"),
        ]),
        Closeness::Noise => Template::of([
            format!("{both} the same within the noise, about {worth}"),
            format!("{both} the same within the noise"),
        ]),
        Closeness::NotToldApart => {
            let claim = format!("{first} and {second} cannot be told apart");
            Template::of([format!("{claim}: worth {worth} on average"), claim])
        }
    }
}

impl<'a> Story<'a> {
    /// `Value and revenue`.
    pub(super) fn measure_words(&self) -> String {
        match self.measures.as_slice() {
            [first, second] => format!("{} and {}", first.label, second.label.to_lowercase()),
            [first, ..] => first.label.to_owned(),
            [] => String::new(),
        }
    }

    /// Whether no target takes the place of the share of futures in which a plan is best.
    fn has_room_for_best_in(&self) -> bool {
        self.is_ranking || self.measures[0].target.is_none()
    }

    /// Whether plans are judged by what is drawn first.
    pub(super) fn is_judged(&self) -> bool {
        let comparison = self.findings.comparison.as_ref();
        comparison.is_some_and(|comparison| comparison.measure == self.measures[0].id)
    }

    /// The plans by mean value, if they are judged by it.
    fn judged_by_value(&self) -> Option<Vec<&Shown<'a>>> {
        if self.measures[0].id != "value" || !self.is_judged() {
            return None;
        }
        let mut ranked: Vec<&Shown<'a>> = self.plans.iter().collect();
        let merit = |plan: &Shown<'_>| plan.mean("value").unwrap_or(f64::NEG_INFINITY);
        ranked.sort_by(|one, other| merit(other).total_cmp(&merit(one)));
        Some(ranked)
    }

    /// The plan that has earned the accent, if plans are judged by value.
    fn recommended(&self) -> Option<&Shown<'a>> {
        let name = recommended(self.findings)?;
        let best = self.judged_by_value()?.first().copied()?;
        (best.plan.name == name).then_some(best)
    }

    fn baseline(&self) -> Option<&Shown<'a>> {
        let name = &self.findings.comparison.as_ref()?.baseline;
        self.plans.iter().find(|plan| plan.plan.name == *name)
    }

    /// The target in words, where it is drawn: `$30M revenue`.
    fn target(&self) -> Option<String> {
        let measure = self.measures.iter().find(|measure| measure.target.is_some())?;
        let amount = self.amount_text(measure.target?);
        Some(format!("{amount}\u{a0}{}", measure.label.to_lowercase()))
    }
}

/// The picture in words.
pub(super) fn alt(story: &Story<'_>, title: &str) -> String {
    let head = format!(
        "Dots. {title}. {} of {} over {} in {} futures.",
        story.measure_words(),
        plans_in_words(story.plans.len()),
        horizon(story.findings),
        count(story.findings.scenario.replications)
    );
    picture_in_words(&head, story.plans.len(), |index, most| {
        plan_sentence(story, &story.plans[index], most)
    })
}

fn plan_sentence(story: &Story<'_>, plan: &Shown<'_>, most: usize) -> String {
    let mut text = format!("{}: {}", cut_letters(&plan.name, most), story.mean_text(plan));
    if let Some((low, high)) = plan
        .plan
        .measure(story.measures[0].id)
        .and_then(|summary| Some((summary.p10?, summary.p90?)))
    {
        let range = money_range(low, high, &story.findings.scenario.currency);
        text.push_str(&format!(", 8 in 10 {range}"));
    }
    if let Some((target, share)) = story.target().zip(plan.plan.target_reached) {
        text.push_str(&format!(", {} reach {target}", share_text(share)));
    }
    text.push('.');
    text
}

fn worth_most_words(story: &Story<'_>, best: &Shown<'_>) -> String {
    format!(
        "{} is worth most, {} on average",
        short(best),
        story.mean_text(best)
    )
}

fn is_higher(one: Uncertain, other: Uncertain) -> bool {
    let error = (one.error * one.error + other.error * other.error).sqrt();
    one.value - other.value > CLEAR * error
}

fn reached(plan: &Shown<'_>) -> f64 {
    plan.plan.target_reached.map_or(0.0, |share| share.value)
}

fn share_text(share: Uncertain) -> String {
    share_of_futures(share.value, Style::Sentence)
}
