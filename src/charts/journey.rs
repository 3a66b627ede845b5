//! Chart 4: where accounts fall out on the way from aware to customer.

mod bars;
mod titles;

use super::figure::{Body, Figure, Head, NoChart};
use super::footer::footer;
use super::plans::{Shown, best, split};
use crate::analysis::findings::{Findings, Stage};
use crate::units::format::{Style, count, decimals, rounded_to, share_of_futures};
use serde::Serialize;

pub(super) use bars::lay;

/// A stage with fewer accounts on average is no row.
const FEWEST: f64 = 1.0;
/// Smaller parts of a row are folded into one.
const FOLDED: f64 = 0.01;
/// Most reasons of a row.
const MOST_REASONS: usize = 4;

/// Rows of parts, one panel a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Journey {
    /// The panels, left to right, all with the same rows.
    pub panels: Vec<JourneyPanel>,
}

/// The journey of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JourneyPanel {
    /// Its head.
    pub head: Head,
    /// Colour of what goes on.
    pub plan: usize,
    /// The stages, top to bottom.
    pub rows: Vec<JourneyRow>,
}

/// A stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JourneyRow {
    /// `Leads`.
    pub name: String,
    /// How many accounts: `3,680`.
    pub count: String,
    /// Those that did not come from the stage before: `plus 440 not aware before`.
    pub plus: Option<String>,
    /// Its parts, left to right; none where the row is words.
    pub segments: Vec<Segment>,
    /// Said instead of parts.
    pub words: Option<String>,
}

/// A part of a stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Segment {
    /// Part of the row, 0 to 1.
    pub share: f64,
    /// `24 %`.
    pub percent: String,
    /// `qualified`; empty where the part is too small for words.
    pub words: String,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Fate {
    /// Goes on to the next row.
    On,
    /// Goes on past the next row.
    Past,
    /// Falls out or stays.
    Out,
    /// Falls out, and the title says so.
    Told,
}

/// The plans and what the chart tells of them.
struct Story<'a> {
    findings: &'a Findings,
    plans: Vec<Shown<'a>>,
    /// No lead needs a rep.
    alone: bool,
}

/// The chart of a run.
pub fn build(findings: &Findings) -> Result<Figure, NoChart> {
    let (plans, warnings) = best(findings, 2);
    let names: Vec<&str> = ["aware", "leads", "opportunities", "customers", "repeat"]
        .into_iter()
        .filter(|name| {
            let mut stages = plans.iter().filter_map(|plan| stage(plan, name));
            stages.any(|stage| total(stage) >= FEWEST)
        })
        .collect();
    if !names.contains(&"leads") {
        return Err(NoChart::because("fewer than one lead in a future"));
    }
    let story = Story {
        alone: !names.contains(&"opportunities"),
        findings,
        plans,
    };
    let claim = titles::claim(&story);
    let panels: Vec<JourneyPanel> = story
        .plans
        .iter()
        .map(|plan| panel(&story, plan, &names, claim.reason))
        .collect();
    Ok(Figure {
        key: "journey".to_owned(),
        subtitle: format!(
            "How many accounts were in each stage during {}, mean of all futures. Each row is {}; its coloured part goes on",
            super::wording::horizon(findings),
            crate::units::format::percent(1.0, Style::Sentence),
        ),
        alt: titles::alt(&story, &claim.title, &panels),
        footer: footer(findings, notes(&story, &names)),
        title: claim.title,
        body: Body::Journey(Journey { panels }),
        warnings,
    })
}

fn panel(story: &Story<'_>, plan: &Shown<'_>, names: &[&str], told: Option<&str>) -> JourneyPanel {
    JourneyPanel {
        head: Head {
            text: plan.name.clone(),
            plan: Some(plan.colour),
            after: split(plan.plan),
        },
        plan: plan.colour,
        rows: names
            .iter()
            .map(|name| match stage(plan, name) {
                Some(stage) => row(story, plan, stage, told),
                None => empty_row(story, name),
            })
            .collect(),
    }
}

fn row(story: &Story<'_>, plan: &Shown<'_>, stage: &Stage, told: Option<&str>) -> JourneyRow {
    let told = told.filter(|_| stage.name == "leads");
    let of = accounts(total(stage));
    let counted = if stage.name == "customers" {
        format!("{of} new")
    } else {
        of
    };
    JourneyRow {
        name: row_name(story, &stage.name).to_owned(),
        count: counted,
        plus: plus(plan, stage),
        segments: if stage.name == "repeat" {
            Vec::new()
        } else {
            segments(plan, stage, told)
        },
        words: (stage.name == "repeat").then(|| orders_in_words(plan, stage)),
    }
}

fn empty_row(story: &Story<'_>, name: &str) -> JourneyRow {
    JourneyRow {
        name: row_name(story, name).to_owned(),
        count: accounts(0.0),
        plus: None,
        segments: Vec::new(),
        words: None,
    }
}

fn row_name<'a>(story: &Story<'_>, stage: &'a str) -> &'a str {
    match stage {
        "aware" => "Aware",
        "leads" if story.alone => "Interested",
        "leads" => "Leads",
        "opportunities" => "Opportunities",
        "customers" => "Customers",
        "repeat" => "Orders",
        other => other,
    }
}

/// Accounts of a row that the row above does not show.
fn plus(plan: &Shown<'_>, row: &Stage) -> Option<String> {
    let (more, words) = match row.name.as_str() {
        "leads" => (row.entered - row.from_before, "not aware before"),
        "opportunities" => (total(row) - row.entered, "open at the start"),
        "customers" if stage(plan, "opportunities").is_some_and(|stage| total(stage) >= FEWEST) => {
            (row.entered - row.from_before, "who bought without a rep")
        }
        _ => return None,
    };
    (more >= FEWEST.max(FOLDED * total(row))).then(|| format!("plus {} {words}", accounts(more)))
}

/// Every order, over the customers that there were.
fn orders_in_words(plan: &Shown<'_>, orders: &Stage) -> String {
    let mean = |id: &str| plan.mean(id).unwrap_or(0.0);
    let customers = mean("customers_end") + mean("customers_lost");
    let each = decimals(orders.entered / customers.max(FEWEST), 1, Style::Sentence);
    format!("{each} for each customer, today\u{2019}s and new ones alike")
}

/// What goes on, then what falls out, then what is still there; the shares sum to 1.
fn segments(plan: &Shown<'_>, row: &Stage, told: Option<&str>) -> Vec<Segment> {
    let all = total(row);
    if all <= 0.0 {
        return Vec::new();
    }
    let part = |amount: f64, words: &str, fate: Fate| Segment {
        share: amount / all,
        percent: share_of_futures(amount / all, Style::Table),
        words: words.to_owned(),
        fate,
    };
    let mut parts: Vec<Segment> = going_on(plan, row)
        .into_iter()
        .map(|(amount, words, fate)| part(amount, words, fate))
        .collect();
    let mut out: Vec<Segment> = Vec::new();
    for (reason, amount) in reasons(row) {
        let fate = if told == Some(reason) {
            Fate::Told
        } else {
            Fate::Out
        };
        out.push(part(amount, in_words(&row.name, reason), fate));
    }
    if row.name != "customers" {
        let words = if row.name == "opportunities" {
            "still open"
        } else if row.name == "aware" {
            "still aware"
        } else {
            "waiting"
        };
        out.push(part(row.open, words, Fate::Out));
    }
    parts.extend(folded(out));
    parts.retain(|part| part.share > 0.0);
    parts
}

fn going_on(plan: &Shown<'_>, row: &Stage) -> Vec<(f64, &'static str, Fate)> {
    let qualified = stage(plan, "opportunities").map_or(0.0, |stage| stage.entered);
    match row.name.as_str() {
        "aware" if qualified < FEWEST => vec![(row.went_on, "showed interest", Fate::On)],
        "aware" => vec![(row.went_on, "became a lead", Fate::On)],
        "leads" if qualified < FEWEST => vec![(row.went_on, "bought", Fate::On)],
        "leads" if row.went_on - qualified < FOLDED * total(row) => {
            vec![(row.went_on, "qualified", Fate::On)]
        }
        "leads" => vec![
            (qualified, "qualified", Fate::On),
            (row.went_on - qualified, "bought", Fate::Past),
        ],
        "opportunities" => vec![(row.went_on, "won", Fate::On)],
        _ => vec![(row.open, "stayed", Fate::On)],
    }
}

/// Reasons of falling out in the order in which they strike.
fn reasons(row: &Stage) -> Vec<(&str, f64)> {
    const ORDER: [&str; 7] = [
        "died",
        "disqualified",
        "did_not_buy",
        "other",
        "no_decision",
        "misfit",
        "forgot",
    ];
    let place = |reason: &str| ORDER.iter().position(|known| *known == reason);
    let mut reasons: Vec<(&str, f64)> = row
        .lost
        .iter()
        .map(|(reason, amount)| (reason.as_str(), *amount))
        .collect();
    reasons.sort_by_key(|(reason, _)| place(reason).unwrap_or(ORDER.len()));
    reasons
}

fn in_words(stage: &str, reason: &str) -> &'static str {
    match (stage, reason) {
        (_, "died") => "never called",
        (_, "disqualified") => "not qualified",
        (_, "did_not_buy") => "did not buy",
        (_, "no_decision") => "no decision",
        (_, "misfit") => "poor fit",
        (_, "forgot") => "forgot us",
        (_, "churned") => "churned",
        ("opportunities", _) => "lost",
        _ => "other",
    }
}

/// Parts under 1 %, and the smallest of more than four, become one at the end.
fn folded(mut parts: Vec<Segment>) -> Vec<Segment> {
    let mut by_size: Vec<f64> = parts.iter().map(|part| part.share).collect();
    by_size.sort_by(|one, other| other.total_cmp(one));
    let smallest = by_size.get(MOST_REASONS - 1).copied().unwrap_or(0.0).max(FOLDED);
    let is_kept = |part: &Segment| part.fate == Fate::Told || part.share >= smallest;
    let rest: f64 = parts
        .iter()
        .filter(|part| !is_kept(part))
        .map(|part| part.share)
        .sum();
    let small: Vec<String> = parts
        .iter()
        .filter(|part| !is_kept(part) && part.share > 0.0)
        .map(|part| part.words.clone())
        .collect();
    parts.retain(is_kept);
    if rest > 0.0 {
        let words = match small.as_slice() {
            [only] => only.clone(),
            _ => "other".to_owned(),
        };
        parts.push(Segment {
            share: rest,
            percent: share_of_futures(rest, Style::Table),
            words: if rest < FOLDED { String::new() } else { words },
            fate: Fate::Out,
        });
    }
    parts
}

fn notes(story: &Story<'_>, names: &[&str]) -> Vec<String> {
    let mut notes = Vec::new();
    let today = story.plans.first().map_or(0.0, |plan| {
        let mean = |id: &str| plan.mean(id).unwrap_or(0.0);
        mean("customers_end") + mean("customers_lost") - mean("customers_won")
    });
    if today >= FEWEST && names.contains(&"customers") {
        notes.push(format!("today\u{2019}s {} customers not shown", accounts(today)));
    }
    let more = story.findings.plans.len() - story.plans.len();
    if more > 0 {
        notes.push(super::wording::more_plans(more));
    }
    notes
}

fn stage<'a>(plan: &Shown<'a>, name: &str) -> Option<&'a Stage> {
    plan.plan.journey.iter().find(|stage| stage.name == name)
}

/// All accounts of a row: its parts sum to it.
fn total(stage: &Stage) -> f64 {
    match stage.name.as_str() {
        "repeat" => stage.entered,
        _ => stage.went_on + stage.lost.values().sum::<f64>() + stage.open,
    }
}

/// A share of a row.
fn share(stage: &Stage, reason: &str) -> f64 {
    let all = total(stage);
    if all > 0.0 {
        stage.lost.get(reason).copied().unwrap_or(0.0) / all
    } else {
        0.0
    }
}

/// A mean number of accounts, whole and with three significant digits: `9,400`, `161`.
fn accounts(mean: f64) -> String {
    count(rounded(mean) as u64)
}

/// As `accounts` prints it.
fn rounded(mean: f64) -> f64 {
    let power = libm::floor(libm::log10(mean.abs().max(1.0))) as i32;
    rounded_to(mean, libm::pow(10.0, f64::from((power - 2).max(0))))
}
