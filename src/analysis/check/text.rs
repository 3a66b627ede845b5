//! The words of `check`: warnings, and what to look at where a number is unusual.

use super::findings::{Actual, Beliefs, ChannelFacts, Inverted, PlanState};
use crate::units::format::{self, Style};

pub(super) const NEARLY_ALL_ASK: &str = "nearly every search of a firm that knows you becomes your lead: lower leads_per_week_today, or raise in_market or aware_today";
pub(super) const FEW_DEALS: &str =
    "few deals for the heads: check today.team, deals_per_rep_year and the leads of today";
pub(super) const MANY_DEALS: &str = "many deals for the heads: check today.team, win_rate and hours";
pub(super) const QUOTA_MISSED: &str = "the team wins less than half of its quota: check quota_per_year, value, leads of today and the number of heads";
pub(super) const QUOTA_PASSED: &str =
    "the team wins more than its quota: check quota_per_year, value and win_rate";
pub(super) const CHEAP: &str = "new business costs less than surveys of software firms say: check leads of today, win_rate and value, and whether the budget covers all of marketing and sales";
pub(super) const DEAR: &str = "new business costs more than surveys of software firms say: check leads of today, win_rate and value; a young company may look like this";
pub(super) const FAR_FROM_FULL: &str = "the channel is far from its ceiling, so that more money seems to work nearly in proportion: lower doubling_adds or half_saturation_per_week";
pub(super) const NEARLY_FULL: &str = "the channel is near its ceiling, so that more money does next to nothing: raise doubling_adds or half_saturation_per_week";

/// What to look at where an elasticity is below and above what is published.
pub(super) fn elastic(marketing: bool) -> (&'static str, &'static str) {
    if marketing {
        (
            "more marketing wins next to nothing: sellers are short of hours, or channels are near their ceiling; look at the load, today and where the plan settles",
            "more than marketing is known to do: lower doubling_adds, lifts or awareness_weight; published figures are of all sales, where old customers dilute the effect",
        )
    } else {
        (
            "more heads win next to nothing, since sellers have hours to spare: check the load (deals_per_rep_year, today.team); published figures are of busy teams",
            "more heads win nearly in proportion, since sellers are short of hours: look at the load, today and where the plan settles",
        )
    }
}

/// Share of draws that contradict themselves from which the typical values stand at the edge too.
const EDGE: f64 = 0.25;

/// More draws than usual contradict themselves.
pub fn contradictions(beliefs: &Beliefs) -> String {
    let moved = beliefs.moved;
    let of_all = moved.any as f64 / beliefs.drawn.max(1) as f64;
    let share = format::percent(of_all, Style::Sentence);
    let reasons = [
        (
            moved.leads,
            "more leads than buying occasions or touches (leads_per_week_today, in_market, aware_today)",
        ),
        (moved.doubling, "doubling_adds above what the slope allows"),
        (
            moved.awareness,
            "awareness that cannot be kept (aware_today, aware_after_a_year_dark, organic_per_week, word_of_mouth_per_week, and awareness_per_week or awareness_weight of the channels)",
        ),
        (
            moved.hours,
            "deals per rep where nothing is won (deals_per_rep_year, win_rate, qualify)",
        ),
        (
            moved.pools,
            "more accounts in the funnel than know us (aware_today, cycle, cool_off_weeks)",
        ),
    ];
    let told: Vec<String> = reasons
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, why)| format!("{} {why}", format::count(*count)))
        .collect();
    let mend = if of_all < EDGE {
        "make these intervals narrower"
    } else {
        "the typical values hardly go together either: move one of these first, then make the intervals narrower"
    };
    format!(
        "in {share} of {} futures drawn, unknowns contradict each other and are moved to the nearest that do not: {}; {mend}",
        format::count(beliefs.drawn),
        told.join("; ")
    )
}

/// The model's today is far from what happened.
pub(super) fn far_off(actual: &Actual) -> String {
    let name = &actual.name;
    let look_at = &actual.look_at;
    match actual.ratio {
        Some(ratio) if actual.is_another() => {
            let apart = if ratio > 1.0 {
                format!("are {}", format::ratio(ratio, Style::Sentence))
            } else if ratio > 0.0 {
                format!("are 1/{} of", format::number(1.0 / ratio, Style::Sentence))
            } else {
                "are nothing of".to_owned()
            };
            format!(
                "{name}: 52 weeks of the model {apart} what happened, too far apart for one company: compare the units (a week for a year, thousands, another currency) and both numbers before anything is believed; then look at {look_at}"
            )
        }
        Some(ratio) => {
            let ratio = format::ratio(ratio, Style::Sentence);
            format!("{name}: 52 weeks of the model are {ratio} what happened; look at {look_at}")
        }
        None => format!("{name}: the model has some where there were none; look at {look_at}"),
    }
}

/// A plan that does not settle.
pub(super) fn restless(state: &PlanState) -> Option<String> {
    let why = state.why_not.as_ref()?;
    Some(format!(
        "held for good, the plan {} does not settle: {why}",
        state.plan
    ))
}

/// Load from which it is told as a multiple.
pub const MANY_TIMES: f64 = 10.0;

/// A load before the hours it is of: `81 % of`, `57×`.
pub fn parts_of(load: f64) -> String {
    if load < MANY_TIMES {
        format!("{} of", format::percent(load, Style::Sentence))
    } else {
        format::ratio(load, Style::Sentence)
    }
}

/// Today's sellers have less hours than today's leads want.
pub(super) fn overloaded(now: &PlanState) -> String {
    let load = parts_of(now.load.unwrap_or(f64::NAN));
    let number = |x: f64| format::number(x, Style::Sentence);
    let served = format::percent(now.leads_served, Style::Sentence);
    format!(
        "today's leads want {load} the sellers' hours ({} a week, {} had): {served} of them can be worked, but the queue starts empty; if reps keep up in truth, raise deals_per_rep_year or today.team, or lower the leads of today",
        number(now.hours_wanted),
        number(now.hours_had)
    )
}

/// Leads need a rep and there is none.
pub(super) fn nobody_sells(now: &PlanState) -> String {
    format!(
        "today's leads want {} hours a week and nobody sells: check selling_hours_per_week, today.team and the plan's roles",
        format::number(now.hours_wanted, Style::Sentence)
    )
}

/// Little is left to learn.
pub(super) fn much_learned(learned: f64) -> String {
    format!(
        "{} is learned today: a plan that closes fewer deals loses nearly all targeting that learning brought; raise feedback.half_learned_after until it is below {}",
        format::percent(learned, Style::Sentence),
        format::percent(0.8, Style::Sentence)
    )
}

/// Lifts that change odds by a factor of 2 or more.
pub(super) fn much_appeal(what: &str, least: f64, most: f64) -> String {
    let factor = |x: f64| format::ratio(libm::exp(x), Style::Sentence);
    format!(
        "channels and learning together can move the odds of a {what} from {} to {} of today's: lower {what}_lift of channels or of feedback, unless you have measured it",
        factor(least),
        factor(most)
    )
}

/// Share by which week 1 may miss what was typed for a channel.
const DRIFT: f64 = 0.05;

/// Awareness moves so fast that week 1 no longer brings the leads that were typed.
pub(super) fn drifting(inverted: &Inverted) -> Option<String> {
    let ratio = |channel: &ChannelFacts| {
        let typed = channel.leads_typed.filter(|typed| *typed > 0.0)?;
        Some(channel.leads_reproduced / typed)
    };
    let ratios = inverted
        .channels
        .iter()
        .filter_map(|channel| Some((channel, ratio(channel)?)));
    let far = |ratio: f64| (ratio - 1.0).abs();
    let (channel, ratio) = ratios.max_by(|a, b| far(a.1).total_cmp(&far(b.1)))?;
    (far(ratio) > DRIFT).then(|| {
        format!(
            "awareness is not steady today: week 1 brings {} the leads typed for {}; right where awareness is growing or fading, else tell aware_after_a_year_dark with awareness_weight, or aware_a_year_ago",
            format::ratio(ratio, Style::Sentence),
            channel.name
        )
    })
}
