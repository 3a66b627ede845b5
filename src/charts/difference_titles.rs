//! What chart 3 claims: the first title whose condition the paired differences meet.

use super::difference::{Held, Story};
use super::labels::{Measure, cut_letters};
use super::style::{LEFT, RIGHT, Role};
use super::wording::{apart, fitting, picture_in_words, short};
use crate::analysis::gap::Closeness;
use crate::analysis::turning::Turning;
use crate::units::format::{Scale, Style, count, share_of_futures, week};

/// A plan that is behind for fewer weeks than these is not said to be behind.
const WEEKS_BEHIND: u32 = 4;
/// The last difference must be within this part of the highest for the plan to pull away.
const PULLS_AWAY: f64 = 0.95;

/// The first title whose condition holds, in the first wording that fits.
pub(super) fn title(story: &Story<'_>) -> String {
    let templates = [
        all_behind,
        later_ahead,
        ahead_from_the_start,
        ahead_after_the_weeks,
        ahead,
        told_apart,
        behind,
        by_contribution,
    ];
    templates
        .iter()
        .filter_map(|template| fitting(template(story)?))
        .next()
        .unwrap_or_else(|| {
            let weeks = story.findings.weekly.weeks;
            format!("Contribution against the first plan over {weeks} weeks")
        })
}

/// The rival's value against the baseline's, if plans are judged by it.
struct Judged<'a> {
    held: &'a Held<'a>,
    rival: String,
    baseline: String,
    within: f64,
}

impl Judged<'_> {
    fn gain(&self) -> f64 {
        self.held.difference.difference
    }

    fn is_ahead(&self) -> bool {
        is_ahead(self.held, self.within)
    }

    fn is_behind(&self) -> bool {
        is_behind(self.held, self.within)
    }
}

fn is_ahead(held: &Held<'_>, within: f64) -> bool {
    held.gap.is_clear(within) && held.gap.ahead.name == held.difference.name
}

fn is_behind(held: &Held<'_>, within: f64) -> bool {
    held.gap.is_clear(within) && held.gap.behind.name == held.difference.name
}

fn judged<'a>(story: &'a Story<'_>) -> Option<Judged<'a>> {
    let comparison = story.findings.comparison.as_ref()?;
    let held = story.held().filter(|_| comparison.measure == "value")?;
    let (rival, baseline) = story.names();
    Some(Judged {
        held,
        rival,
        baseline,
        within: comparison.within,
    })
}

/// (e) Every other plan is clearly worth less.
fn all_behind(story: &Story<'_>) -> Option<Vec<String>> {
    let judged = judged(story)?;
    let is_shown = story.endings.len() + 1 == story.findings.plans.len();
    let mut all = story.endings.iter();
    if !is_shown || !all.all(|held| is_behind(held, judged.within)) {
        return None;
    }
    let (name, baseline) = (&judged.rival, &judged.baseline);
    let less = story.amount(&judged, -judged.gain());
    if story.endings.len() == 1 {
        let better = better_in(judged.held);
        let worth = format!("{name} is worth {less} less than {baseline}");
        return Some(vec![
            format!("{worth}; it is better in {better} of futures"),
            worth,
        ]);
    }
    let all = format!("Every other plan is worth less than {baseline}");
    Some(vec![format!("{all}; the best of them, {name}, by {less}"), all])
}

/// (a) Behind at first, then clearly ahead.
fn later_ahead(story: &Story<'_>) -> Option<Vec<String>> {
    let (judged, Turning::BehindUntil(until)) = (judged(story)?, story.turning) else {
        return None;
    };
    if !judged.is_ahead() || until < WEEKS_BEHIND {
        return None;
    }
    let then = format!("{}, then {}", story.behind_until(until), story.then());
    let more = story.amount(&judged, judged.gain());
    let worth = format!("{then}: worth {more} more");
    Some(vec![
        format!("{worth}, and better in {} of futures", better_in(judged.held)),
        worth,
        then,
    ])
}

/// (b) Ahead from the start.
fn ahead_from_the_start(story: &Story<'_>) -> Option<Vec<String>> {
    let judged = judged(story)?;
    if !judged.is_ahead() || story.turning != Turning::AheadFromTheStart {
        return None;
    }
    let more = story.amount(&judged, judged.gain());
    let worth = format!(
        "{} is ahead of {} from the start: worth {more} more",
        judged.rival, judged.baseline
    );
    Some(vec![
        format!("{worth}, and better in {} of futures", better_in(judged.held)),
        worth,
    ])
}

/// (c) Ahead by what is left at the end, behind inside the horizon.
fn ahead_after_the_weeks(story: &Story<'_>) -> Option<Vec<String>> {
    let judged = judged(story)?;
    if !judged.is_ahead() || story.turning != Turning::BehindAtTheEnd {
        return None;
    }
    let more = story.amount(&judged, judged.gain());
    let less = story.bands.last().map(|band| -band.mean)?;
    let less = story.weekly_scale.money(less, &story.findings.scenario.currency);
    let weeks = story.findings.weekly.weeks;
    let worth = format!(
        "{} is worth {more} more than {}, but only after the {weeks} weeks",
        judged.rival, judged.baseline
    );
    Some(vec![format!("{worth}: inside them it earns {less} less"), worth])
}

/// Clearly worth more, and nothing clear about the weeks.
fn ahead(story: &Story<'_>) -> Option<Vec<String>> {
    let judged = judged(story).filter(Judged::is_ahead)?;
    let more = story.amount(&judged, judged.gain());
    let worth = format!("{} is worth {more} more than {}", judged.rival, judged.baseline);
    let better = better_in(judged.held);
    let ahead = match story.turning {
        Turning::AheadAfter(behind) => Some(format!(
            "{worth}, better in {better} of futures, and ahead for good from {}",
            week(behind + 1, Style::Sentence)
        )),
        _ => None,
    };
    let shorter = [format!("{worth}, and better in {better} of futures"), worth];
    Some(ahead.into_iter().chain(shorter).collect())
}

/// (d) Within the noise, or too small to matter.
fn told_apart(story: &Story<'_>) -> Option<Vec<String>> {
    let judged = judged(story)?;
    if judged.is_ahead() || judged.is_behind() {
        return None;
    }
    let (name, baseline, gap) = (&judged.rival, &judged.baseline, &judged.held.gap);
    let nearly = format!("{name} and {baseline} are worth nearly the same");
    Some(match gap.closeness(judged.within) {
        Closeness::Clear | Closeness::Hardly | Closeness::TooLittle => {
            let gain = story.amount(&judged, gap.gain);
            vec![format!("{nearly}: they differ by {gain}"), nearly]
        }
        Closeness::Negligible => vec![nearly],
        Closeness::Noise => vec![format!(
            "{name} and {baseline} are worth the same within the noise"
        )],
        Closeness::NotToldApart => {
            let noise = format!("{name} and {baseline} cannot be told apart");
            let futures = gap.futures_to_tell(judged.within).map(count);
            let settled = futures.map(|futures| format!("{noise}; about {futures} futures would settle it"));
            settled.into_iter().chain([noise]).collect()
        }
    })
}

/// The rival is clearly worth less, though not every other plan is.
fn behind(story: &Story<'_>) -> Option<Vec<String>> {
    let judged = judged(story).filter(Judged::is_behind)?;
    let less = story.amount(&judged, -judged.gain());
    Some(vec![format!(
        "{}, the best other plan, is worth {less} less than {}",
        judged.rival, judged.baseline
    )])
}

/// Plans are judged by something else: what the weeks say.
fn by_contribution(story: &Story<'_>) -> Option<Vec<String>> {
    if judged(story).is_some() {
        return None;
    }
    let (name, baseline) = story.names();
    let end = story.bands.last()?.mean;
    let amount = story
        .weekly_scale
        .money(end.abs(), &story.findings.scenario.currency);
    let weeks = story.findings.weekly.weeks;
    Some(match story.turning {
        Turning::BehindUntil(until) if until >= WEEKS_BEHIND => {
            let then = format!("{}, then {}", story.behind_until(until), story.then());
            vec![format!("{then}: it contributes {amount} more"), then]
        }
        Turning::AheadFromTheStart => vec![format!(
            "{name} contributes {amount} more than {baseline} over {weeks} weeks, ahead from the start"
        )],
        Turning::BehindAtTheEnd => {
            vec![format!(
                "{name} contributes {amount} less than {baseline} over {weeks} weeks"
            )]
        }
        Turning::BehindUntil(_) | Turning::AheadAfter(_) | Turning::Unclear => {
            vec![format!(
                "Contribution of {name} against {baseline} over {weeks} weeks"
            )]
        }
    })
}

fn better_in(held: &Held<'_>) -> String {
    share_of_futures(held.difference.better_in, Style::Sentence)
}

impl Story<'_> {
    fn names(&self) -> (String, String) {
        apart(&self.plans[self.rival], &self.plans[0])
    }

    fn amount(&self, judged: &Judged<'_>, amount: f64) -> String {
        let scale: Scale = judged.held.scale;
        scale.money(amount, &self.findings.scenario.currency)
    }

    fn behind_until(&self, until: u32) -> String {
        let (name, baseline) = self.names();
        let until = week(until, Style::Sentence);
        format!("{name} is behind {baseline} until {until}")
    }

    /// Whether the plan is farthest ahead at the end.
    fn then(&self) -> &'static str {
        let highest = self.bands.iter().map(|band| band.mean).fold(0.0, f64::max);
        match self.bands.last() {
            Some(last) if last.mean >= PULLS_AWAY * highest => "pulls away",
            _ => "is ahead",
        }
    }
}

/// What is drawn, in the first wording that fits a line.
pub(super) fn subtitle(story: &Story<'_>) -> String {
    let (name, baseline) = (short(&story.plans[story.rival]), short(&story.plans[0]));
    let minus = format!("{name} minus {baseline}, future by future");
    let scales = if story.shares_scale || story.endings.is_empty() {
        ""
    } else {
        ". Scales differ"
    };
    let measure = story.findings.measure(&story.findings.scenario.objective);
    let is_value = measure.is_some_and(|measure| measure.id == "value");
    let wordings = match story.endings.len() {
        0 => vec![format!(
            "{minus}: contribution added up by week, mean and 8 futures in 10"
        )],
        1 if is_value => vec![
            format!(
                "{minus}. Left: contribution added up by week. Right: value, which also counts what is left at the end{scales}"
            ),
            format!("{minus}. Left: contribution added up by week. Right: value, with what is left{scales}"),
            format!("{minus}. Left: contribution by week. Right: value{scales}"),
        ],
        1 => vec![format!(
            "{minus}. Left: contribution added up by week. Right: the objective{scales}"
        )],
        2..=4 => vec![
            format!(
                "Left: {name} minus {baseline}, added up by week. Right: every plan minus {baseline}; dots: 50 futures, hollow: behind{scales}"
            ),
            format!(
                "Left: {name} minus {baseline}. Right: every plan; dots: 50 futures, hollow: behind{scales}"
            ),
            format!(
                "Differences to the first plan, future by future. Dots: 50 futures, hollow: behind{scales}"
            ),
        ],
        _ => vec![
            format!(
                "Left: {name} minus {baseline}, added up by week. Right: every plan minus {baseline}; bars: 8 futures in 10, with the mean{scales}"
            ),
            format!(
                "Left: {name} minus {baseline}. Right: every plan; bars: 8 futures in 10, with the mean{scales}"
            ),
            format!(
                "Differences to the first plan, future by future. Bars: 8 futures in 10, with the mean{scales}"
            ),
        ],
    };
    let measure = Measure::of(Role::Subtitle);
    let fits = |text: &&String| measure.width(text) <= RIGHT - LEFT;
    let first = wordings.iter().find(fits).or(wordings.last());
    // A cut name before a full stop would end in four dots.
    first.map_or_else(String::new, |text| text.replace("\u{2026}.", "\u{2026}"))
}

/// The picture in words.
pub(super) fn alt(story: &Story<'_>, title: &str) -> String {
    let (name, baseline) = (short(&story.plans[story.rival]), short(&story.plans[0]));
    let weeks = story.findings.weekly.weeks;
    let futures = count(story.findings.scenario.replications);
    let end = story.bands.last().copied().unwrap_or_default();
    let head = format!(
        "Difference over time and at the end. {title}. {name} minus {baseline} over {weeks} weeks in {futures} futures: \
         contribution {} at the end, 8 in 10 {} to {}.",
        story.weekly_text(end.mean),
        story.weekly_text(end.p10),
        story.weekly_text(end.p90)
    );
    picture_in_words(&head, story.endings.len(), |index, most| {
        let held = &story.endings[index];
        let name = cut_letters(&story.plans[held.plan].name, most);
        let currency = &story.findings.scenario.currency;
        let gain = held.scale.signed(held.difference.difference, currency);
        format!("{name}: {gain} at the end, better in {}.", better_in(held))
    })
}
