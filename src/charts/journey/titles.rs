//! What chart 4 claims, and the picture in words.

use super::super::labels::{cut_letters, title_lines};
use super::super::plans::Shown;
use super::super::wording::{apart, horizon, picture_in_words, short};
use super::{JourneyPanel, Story, accounts, rounded, share, stage, total};
use crate::analysis::findings::{Stage, Uncertain};
use crate::analysis::gap::is_enough;
use crate::units::format::{Style, count, share_of_futures};

/// Shares of a row differ if they do by so much.
const APART: f64 = 0.05;
/// Standard errors from which on a difference is clear.
const CLEAR: f64 = 2.0;

/// A title, and the reason of falling out that it names.
pub(super) struct Claim {
    pub title: String,
    pub reason: Option<&'static str>,
}

/// The wordings of a title, longest first, and the reason that they name.
type Template = (Vec<String>, Option<&'static str>);

/// The first title whose condition holds, in the first wording that fits.
pub(super) fn claim(story: &Story<'_>) -> Claim {
    let templates = [calls, largest_reason, leads_and_customers];
    for (wordings, reason) in templates.iter().filter_map(|template| template(story)) {
        for title in wordings {
            if title_lines(&title).is_some() {
                return Claim { title, reason };
            }
        }
    }
    Claim {
        title: format!("From aware to customer in {}", horizon(story.findings)),
        reason: None,
    }
}

/// (a) The plans differ in the leads that nobody calls in time.
fn calls(story: &Story<'_>) -> Option<Template> {
    let [first, second] = story.plans.as_slice() else {
        return None;
    };
    let (x, y) = (
        share(stage(first, "leads")?, "died"),
        share(stage(second, "leads")?, "died"),
    );
    let is_clear = difference(story, second, "leads_died").is_some_and(|died| died.1 * (x - y) < 0.0);
    if (x - y).abs() < APART || !is_clear {
        return None;
    }
    let (one, other) = apart(first, second);
    let (more, less) = if x > y {
        ((one, x), (other, y))
    } else {
        ((other, y), (one, x))
    };
    let calls = format!(
        "{} lets {} of its leads die without a call, {} {}",
        more.0,
        percent(more.1),
        less.0,
        percent(less.1)
    );
    let mut wordings = Vec::new();
    if let Some((is_more, wins)) = customers_in_words(story, second) {
        let (it, joint) = match (x > y, is_more) {
            (true, true) => ("it", ";"),
            (true, false) => ("it", "; yet"),
            (false, true) => (more.0.as_str(), "; yet"),
            (false, false) => (more.0.as_str(), ";"),
        };
        wordings.extend(wins.iter().map(|wins| format!("{calls}{joint} {it} wins {wins}")));
    }
    wordings.push(calls);
    Some((wordings, Some("died")))
}

/// Whether the second plan wins more customers, and how many more or fewer in a longer and a shorter wording, if that is
/// clear.
fn customers_in_words(story: &Story<'_>, second: &Shown<'_>) -> Option<(bool, Vec<String>)> {
    let (customers, wins) = difference(story, second, "customers_won")?;
    let is_more = wins > 0.0;
    let word = |is_more: bool| if is_more { "more" } else { "fewer" };
    let short = format!(
        "{customers}\u{a0}{} {}",
        word(is_more),
        noun(&customers, "customer")
    );
    let mut wordings = vec![short.clone()];
    let leads =
        difference(story, second, "leads").filter(|(_, more)| !story.alone && (*more < 0.0 || !is_more));
    if let Some((leads, more)) = leads {
        let (word, leads_word) = (word(more > 0.0), noun(&leads, "lead"));
        wordings.insert(0, format!("{short} from {leads}\u{a0}{word} {leads_word}"));
    }
    Some((is_more, wordings))
}

/// (b) A reason that costs more leads than any other.
fn largest_reason(story: &Story<'_>) -> Option<Template> {
    let first = story.plans.first()?;
    let (reason, x) = largest(stage(first, "leads")?)?;
    let phrase = match reason {
        "died" => "are never called",
        "disqualified" => "do not qualify",
        _ => "do not buy",
    };
    let who = if story.alone { "who show interest" } else { "leads" };
    let own = percent(x);
    let name = short(first);
    let mut wordings = Vec::new();
    if let Some(second) = story.plans.get(1) {
        let (one, other) = apart(first, second);
        let same = largest(stage(second, "leads")?).filter(|(theirs, y)| *theirs == reason && *y > 0.5);
        if let (true, Some((_, y))) = (x > 0.5, same) {
            let both = format!(
                "Most {who} {phrase}: {own} with {one}, {} with {other}",
                percent(y)
            );
            if let Some((_, wins)) = customers_in_words(story, second) {
                wordings.extend(wins.iter().map(|wins| format!("{both}, which wins {wins}")));
            }
            wordings.push(both);
        }
    }
    if x > 0.5 {
        wordings.push(format!("Most {who} {phrase} with {name}: {own}"));
    } else {
        wordings.push(format!(
            "Of the leads of {name} {own} {phrase}, more than fall out in any other way"
        ));
    }
    Some((wordings, Some(reason)))
}

/// The reason that is larger than all others by 5 points.
fn largest(leads: &Stage) -> Option<(&'static str, f64)> {
    let mut shares = ["died", "disqualified", "did_not_buy"].map(|reason| (reason, share(leads, reason)));
    shares.sort_by(|one, other| other.1.total_cmp(&one.1));
    (shares[0].1 - shares[1].1 >= APART).then_some(shares[0])
}

/// (c) How many leads become how many customers.
fn leads_and_customers(story: &Story<'_>) -> Option<Template> {
    let numbers = |plan: &Shown<'_>| {
        let leads = total(stage(plan, "leads")?);
        let customers = stage(plan, "customers").map_or(0.0, total);
        Some((accounts(customers), accounts(leads)))
    };
    let first = story.plans.first()?;
    let (won, leads) = numbers(first)?;
    let name = short(first);
    let mut wordings = Vec::new();
    if let Some(second) = story.plans.get(1) {
        let (one, other) = apart(first, second);
        let (more, of) = numbers(second)?;
        wordings.push(format!(
            "{one} wins {won} customers and sees {leads} leads, {other} wins {more} and sees {of}"
        ));
    }
    wordings.push(format!("{name} wins {won} customers and sees {leads} leads"));
    Some((wordings, None))
}

/// A clear paired difference of the second plan to the first, in words without sign, and as number.
fn difference(story: &Story<'_>, second: &Shown<'_>, id: &str) -> Option<(String, f64)> {
    let plans = &story
        .findings
        .comparison
        .as_ref()
        .filter(|_| is_enough(story.findings))?
        .plans;
    let all = plans
        .iter()
        .find(|difference| difference.name == second.plan.name)?;
    let Uncertain { value, error } = *all.others.get(id)?;
    let (from, to) = (story.plans.first()?.mean(id)?, second.mean(id)?);
    let printed = rounded(to) - rounded(from);
    (value.abs() > CLEAR * error && printed * value > 0.0 && printed.abs() >= 1.0)
        .then(|| (accounts(printed.abs()), value))
}

fn noun(number: &str, one: &str) -> String {
    if number == "1" {
        one.to_owned()
    } else {
        format!("{one}s")
    }
}

fn percent(share: f64) -> String {
    share_of_futures(share, Style::Sentence)
}

/// The picture in words, with the shares of the leads.
pub(super) fn alt(story: &Story<'_>, title: &str, panels: &[JourneyPanel]) -> String {
    let head = format!(
        "Stacked bars. {title}. Accounts by stage over {} in {} futures.",
        horizon(story.findings),
        count(story.findings.scenario.replications)
    );
    picture_in_words(&head, panels.len(), |index, most| {
        let panel = &panels[index];
        let counts = panel
            .rows
            .iter()
            .map(|row| format!("{} {}", row.name.to_lowercase(), row.count));
        let leads = panel
            .rows
            .iter()
            .filter(|row| row.name == "Leads" || row.name == "Interested")
            .flat_map(|row| &row.segments)
            .filter(|segment| !segment.words.is_empty())
            .map(|segment| format!("{} {}", segment.percent, segment.words));
        format!(
            "{}: {}; of the leads {}.",
            cut_letters(&panel.head.text, most),
            counts.collect::<Vec<_>>().join(", "),
            leads.collect::<Vec<_>>().join(", ")
        )
    })
}
