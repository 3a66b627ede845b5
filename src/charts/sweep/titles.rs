//! What chart 8 claims: the first title whose condition the sweep meets.

use super::{Side, Story, percent_of, side};
use crate::analysis::findings::Limits;
use crate::charts::labels::Measure;
use crate::charts::style::{LEFT, RIGHT, Role};
use crate::charts::wording::{fitting, horizon, in_words, picture_in_words, short};
use crate::units::format::{Style, count, number};

/// A side is the reason where it limits over this share of weeks.
const MOSTLY: f64 = 0.5;
/// A near-best range wider than this part of what was tried: the split hardly matters.
const FLAT: f64 = 0.5;

/// The first title whose condition holds, in the first wording that fits.
pub(super) fn title(story: &Story<'_>) -> String {
    let templates = [not_told, flat, edge, clear, outside, inside];
    templates
        .iter()
        .filter_map(|template| fitting(template(story)?))
        .next()
        .unwrap_or_else(|| {
            let splits = in_words(story.sweep.points.len());
            format!(
                "{} of {splits} splits over {}",
                measure(story),
                horizon(story.findings)
            )
        })
}

/// Every other split surely costs more than does not matter.
fn clear(story: &Story<'_>) -> Option<Vec<String>> {
    story.sweep.is_clear().then(|| {
        let best = percent_of(story.sweep.best);
        let clear = format!("Of the splits tried {best} marketing is clearly the best");
        let gives_up = gives_up(story).map(|gives_up| format!("{clear}; {gives_up}"));
        gives_up.into_iter().chain([clear]).collect()
    })
}

/// Differences are too uncertain for a near-best range.
fn not_told(story: &Story<'_>) -> Option<Vec<String>> {
    if story.sweep.near_best.is_told || story.sweep.is_clear() {
        return None;
    }
    let (low, high) = story.ends();
    let range = format!("No split from {low} to {high}\u{202f}% marketing can be told from the best");
    let most = story.amount(story.sweep.near_best.at_most);
    let gives_up = gives_up(story).map(|gives_up| format!("{range}; {gives_up}"));
    let alone = [format!("{range}: they differ by at most {most}"), range];
    Some(gives_up.into_iter().chain(alone).collect())
}

/// (d) Over half of what was tried is near-best.
fn flat(story: &Story<'_>) -> Option<Vec<String>> {
    let points = &story.sweep.points;
    let tried = points.last()?.marketing_share - points.first()?.marketing_share;
    let near = &story.sweep.near_best;
    (near.high - near.low > FLAT * tried).then(|| {
        let (low, high) = story.ends();
        let within = story.amount(story.sweep.within);
        let flat = "The split hardly matters";
        vec![
            format!("{flat}: from {low} to {high}\u{202f}% marketing it costs less than {within}"),
            flat.to_owned(),
        ]
    })
}

/// (c) Nothing lies beyond the best.
fn edge(story: &Story<'_>) -> Option<Vec<String>> {
    let points = &story.sweep.points;
    let best = story.sweep.best;
    let is_edge = points.first()?.marketing_share == best || points.last()?.marketing_share == best;
    is_edge.then(|| {
        let edge = format!(
            "The best split lies at the edge of what was tried, {} marketing",
            percent_of(best)
        );
        let gives_up = gives_up(story).map(|gives_up| format!("{edge}; {gives_up}"));
        gives_up.into_iter().chain([edge]).collect()
    })
}

/// (a) Today gives up what matters.
fn outside(story: &Story<'_>) -> Option<Vec<String>> {
    let gives_up = gives_up(story)?;
    let (low, high) = story.ends();
    let range = format!("Anything from {low} to {high}\u{202f}% marketing is as good as the best");
    let because = reason(story).map(|reason| format!("{range}; {gives_up}, because {reason}"));
    let shorter = [format!("{range}; {gives_up}"), range];
    Some(because.into_iter().chain(shorter).collect())
}

/// (b) Today is near-best.
fn inside(story: &Story<'_>) -> Option<Vec<String>> {
    let (near, today) = (&story.sweep.near_best, &story.sweep.today);
    let share = today.marketing_share;
    let is_inside = story.sweep.today_is_a_point && near.low <= share && share <= near.high;
    let (low, high) = story.ends();
    is_inside.then(|| {
        vec![format!(
            "{}\u{2019}s {} is as good as any: from {low} to {high}\u{202f}% marketing it costs less than {}",
            short(story.plan),
            percent_of(share),
            story.amount(story.sweep.within)
        )]
    })
}

/// `today's 40 % gives up $6.3M`, where that is clear of noise and matters.
fn gives_up(story: &Story<'_>) -> Option<String> {
    let today = &story.sweep.today;
    let near = &story.sweep.near_best;
    let behind = &today.behind;
    let is_inside = near.low <= today.marketing_share && today.marketing_share <= near.high;
    let is_clear = behind.low > 0.0 && behind.value > story.sweep.within;
    let is_split = story.sweep.today_is_a_point && !is_inside;
    (is_clear && is_split).then(|| {
        format!(
            "{}\u{2019}s {} gives up {}",
            short(story.plan),
            percent_of(today.marketing_share),
            story.sure(behind.value, behind.error.max(today.mean_error))
        )
    })
}

/// The side that is short today, where the better splits lie towards it.
fn reason(story: &Story<'_>) -> Option<&'static str> {
    let today = &story.sweep.today;
    let limits: &Limits = &today.limited_by;
    let is_above = today.marketing_share > story.sweep.near_best.high;
    match side(limits) {
        Side::Capacity if is_above && limits.capacity > MOSTLY => Some("sales is short"),
        Side::Demand if !is_above && limits.demand > MOSTLY => Some("demand is short"),
        _ => None,
    }
}

/// The name of the objective.
fn measure(story: &Story<'_>) -> String {
    let measure = story.findings.measure(&story.sweep.measure);
    measure.map_or_else(|| story.sweep.measure.clone(), |measure| measure.label.clone())
}

/// What is drawn, in the first wording that fits a line.
pub(super) fn subtitle(story: &Story<'_>) -> String {
    let what = format!(
        "{} over {} at each marketing share, same budget",
        measure(story),
        horizon(story.findings)
    );
    let mixes = format!("mixes as in {}", short(story.plan));
    let within = story.amount(story.sweep.within);
    let wordings = [
        format!("{what}, {mixes}. Band: 8 futures in 10. Near-best: within {within} of the best"),
        format!("{what}, {mixes}. Near-best: within {within} of the best"),
        format!("{what}. Near-best: within {within} of the best"),
        what,
    ];
    let measure = Measure::of(Role::Subtitle);
    let fits = |text: &&String| measure.width(text) <= RIGHT - LEFT;
    wordings
        .iter()
        .find(fits)
        .or(wordings.last())
        .cloned()
        .unwrap_or_default()
}

/// The picture in words.
pub(super) fn alt(story: &Story<'_>, title: &str) -> String {
    let sweep = story.sweep;
    let head = format!(
        "{} against the marketing share. {title}. {} splits over {} in {} futures: best {} with a mean of {}, {} {} with {}.",
        measure(story),
        count(sweep.points.len() as u64),
        horizon(story.findings),
        count(sweep.replications),
        percent_of(sweep.best),
        story.mean(story.best),
        short(story.plan),
        percent_of(sweep.today.marketing_share),
        story.mean(&sweep.today)
    );
    picture_in_words(&head, sweep.points.len(), |index, _| {
        let point = &sweep.points[index];
        format!(
            "{}\u{202f}%: {}.",
            number(point.marketing_share * 100.0, Style::Sentence),
            story.mean(point)
        )
    })
}
