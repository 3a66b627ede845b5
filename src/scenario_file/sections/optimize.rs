//! `[optimize]`: what a search makes large, what it may change, and the limits that it keeps (docs/optimize.md).

use super::scenario::{Head, known_measure};
use crate::model::decisions::{CashFloor, Decisions};
use crate::model::parameters::Range;
use crate::outcome::aim::Aim;
use crate::outcome::goal::{Goal, Statistic};
use crate::scenario_file::diagnostic::Diagnostic;
use crate::scenario_file::reader::{Names, Reader};
use crate::scenario_file::section::Section;
use crate::scenario_file::tree::{Entry, Value};
use crate::scenario_file::wording::{listed, nearest, number, shown};

/// What may vary.
pub(in crate::scenario_file) const PARTS: [&str; 4] = ["split", "channels", "roles", "budget"];

/// Statistics by their words.
pub(in crate::scenario_file) const STATISTICS: [(&str, By); 5] = [
    ("mean", By::Mean),
    ("median", By::Median),
    ("p10", By::P10),
    ("cvar", By::Cvar),
    ("target", By::Target),
];

/// Greatest step, percent.
pub(in crate::scenario_file) const MOST_STEP: u64 = 25;

/// A statistic as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scenario_file) enum By {
    Mean,
    Median,
    P10,
    Cvar,
    Target,
}

/// Share of the worst futures unless told.
const TAIL: f64 = 0.1;
/// Share of futures that keep their cash unless told.
const KEPT: f64 = 0.9;

const SHARE: Range = Range { low: 0.0, high: 1.0 };

/// What `[optimize]` says.
#[derive(Debug)]
pub(in crate::scenario_file) struct Wish {
    /// `None` where what plans are judged by is not known.
    pub(in crate::scenario_file) goal: Option<Goal>,
    pub(in crate::scenario_file) decisions: Decisions,
}

/// Reads the section.
pub(in crate::scenario_file) fn read(
    mut section: Section<'_>,
    reader: &mut Reader,
    names: &Names,
    head: &Head,
) -> Wish {
    let goal = goal(&mut section, reader, head.aim.as_ref());
    let mut decisions = Decisions::split_alone(names.channels.len(), names.roles.len());
    vary(&mut section, reader, &mut decisions);
    decisions.phase_weeks = phase_weeks(&mut section, reader, head.weeks);
    if let Some(step) = section.whole(reader, "step", 1, MOST_STEP) {
        decisions.step = step as u32;
        if !100_u64.is_multiple_of(step) {
            let span = section
                .entry("step")
                .map_or(section.span, |entry| entry.node.span);
            reader.report(
                Diagnostic::error(span, format!("steps of {step} percent do not fill 100"))
                    .expected("expected 1, 2, 4, 5, 10, 20 or 25"),
            );
        }
    }
    limits(&mut section, reader, names, &mut decisions);
    section.finish(reader);
    Wish { goal, decisions }
}

fn goal(section: &mut Section<'_>, reader: &mut Reader, aim: Option<&Aim>) -> Option<Goal> {
    let by = section.choice(reader, "by", &STATISTICS).unwrap_or(By::Mean);
    let some = Range {
        low: f64::MIN_POSITIVE,
        high: 1.0,
    };
    let tail = plain(section, reader, "tail", some).unwrap_or(TAIL);
    let told = match section.entry("objective") {
        Some(entry) => {
            let id = section.text(reader, "objective")?;
            Some((known_measure(reader, &id, entry.node.span)?, entry.node.span))
        }
        None => None,
    };
    let aim = aim?;
    let statistic = match by {
        By::Mean => Statistic::Mean,
        By::Median => Statistic::Median,
        By::P10 => Statistic::P10,
        By::Cvar => Statistic::Cvar(tail),
        By::Target => return target(section, reader, aim, told.map(|(measure, _)| measure.id)),
    };
    let measure = told.map_or(aim.objective, |(measure, _)| measure);
    let goal = Goal { measure, statistic };
    if let (Some((_, span)), Some(why)) = (told, goal.unfit()) {
        reader.report(
            Diagnostic::error(span, format!("`optimize.objective` cannot be \"{}\": {why}", measure.id))
                .expected("expected for example \"value\", \"contribution\", \"revenue\", \"arr_end\" or \"customers_end\""),
        );
    }
    Some(goal)
}

fn target(section: &mut Section<'_>, reader: &mut Reader, aim: &Aim, told: Option<&str>) -> Option<Goal> {
    let span = section.entry("by").map_or(section.span, |entry| entry.node.span);
    let Some(target) = &aim.target else {
        reader.report(
            Diagnostic::error(span, "there is no target whose chance could be made large")
                .expected("needs `target` in [scenario], such as target = { revenue = 30_000_000 }"),
        );
        return None;
    };
    if let Some(other) = told.filter(|told| *told != target.measure.id) {
        reader.report(
            Diagnostic::error(
                span,
                format!(
                    "the target of [scenario] is one of {}, not of {other}",
                    target.measure.id
                ),
            )
            .expected("leave out `objective`, or change the target"),
        );
    }
    let goal = Goal {
        measure: target.measure,
        statistic: Statistic::Reaches(target.amount),
    };
    if let Some(why) = goal.unfit() {
        reader.report(
            Diagnostic::error(
                span,
                format!(
                    "the target of {} cannot be searched for: {why}",
                    target.measure.id
                ),
            )
            .expected("a target of an amount of which more is better, such as revenue"),
        );
    }
    Some(goal)
}

/// `vary = ["split", "channels"]`.
fn vary(section: &mut Section<'_>, reader: &mut Reader, decisions: &mut Decisions) {
    let Some(entry) = section.entry("vary") else {
        return;
    };
    let path = section.path_of("vary");
    let expected = "a list of what may change, such as `[\"split\", \"channels\"]`";
    let Value::List(items) = &entry.node.value else {
        return reader.wrong_kind(&entry.node, &path, expected);
    };
    if items.is_empty() {
        reader.report(
            Diagnostic::error(entry.node.span, format!("`{path}` leaves nothing to search"))
                .expected(format!("expected some of {}", listed(PARTS.into_iter(), "and"))),
        );
    }
    decisions.split = false;
    for item in items {
        let Value::Text(text) = &item.value else {
            reader.wrong_kind(item, &path, "text in \"quotes\"");
            continue;
        };
        match text.as_str() {
            "split" => decisions.split = true,
            "channels" => decisions.channels = true,
            "roles" => decisions.roles = true,
            "budget" => decisions.budget = true,
            _ => {
                let diagnostic =
                    Diagnostic::error(item.span, format!("nothing called `{}` can vary", shown(text)));
                reader.report(match nearest(text, PARTS) {
                    Some(near) => diagnostic.expected(format!("did you mean \"{near}\"?")),
                    None => {
                        diagnostic.expected(format!("expected some of {}", listed(PARTS.into_iter(), "and")))
                    }
                });
            }
        }
    }
}

/// `phase_weeks = [26]`: lengths of the phases but the last.
fn phase_weeks(section: &mut Section<'_>, reader: &mut Reader, weeks: u32) -> Vec<u32> {
    let Some(entry) = section.entry("phase_weeks") else {
        return Vec::new();
    };
    let path = section.path_of("phase_weeks");
    let Value::List(items) = &entry.node.value else {
        reader.wrong_kind(&entry.node, &path, "a list of weeks, such as `[26]`");
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in items {
        let whole = reader.whole(item, &path, 1, super::scenario::MOST_WEEKS);
        found.extend(whole.and_then(|weeks| u32::try_from(weeks).ok()));
    }
    let sum: u32 = found.iter().sum();
    if sum >= weeks {
        reader.report(
            Diagnostic::error(
                entry.node.span,
                format!("the phases of `{path}` leave no week for the last one"),
            )
            .expected(format!(
                "they last {sum} of {weeks} weeks; the last phase is not told, it lasts to the end"
            )),
        );
    }
    found
}

fn limits(section: &mut Section<'_>, reader: &mut Reader, names: &Names, decisions: &mut Decisions) {
    let factor = Range {
        low: 0.01,
        high: 100.0,
    };
    let ends =
        |section: &mut Section<'_>,
         reader: &mut Reader,
         keys: [&'static str; 2],
         range: Range,
         usual: Range| {
            let low = plain(section, reader, keys[0], range).unwrap_or(usual.low);
            let high = plain(section, reader, keys[1], range).unwrap_or(usual.high);
            if low > high {
                let entry = section.entry(keys[0]).or(section.entry(keys[1]));
                let span = entry.map_or(section.span, |entry| entry.node.span);
                reader.report(
                    Diagnostic::error(span, format!("`{}` is above `{}`", keys[0], keys[1]))
                        .expected(format!("{} and {}", number(low), number(high))),
                );
            }
            Range { low, high }
        };
    decisions.marketing_share = ends(section, reader, ["least_share", "most_share"], SHARE, SHARE);
    let usual = decisions.budget_factor;
    decisions.budget_factor = ends(section, reader, ["least_budget", "most_budget"], factor, usual);
    let least = by_name(section, reader, "least_spend", &names.channels, "channel");
    let most = by_name(section, reader, "most_spend", &names.channels, "channel");
    for (spend, (least, most)) in decisions.spend.iter_mut().zip(least.into_iter().zip(most)) {
        spend.low = least.unwrap_or(spend.low);
        spend.high = most.unwrap_or(spend.high);
    }
    decisions.most_change = plain(section, reader, "most_change", SHARE);
    decisions.most_heads = by_name(section, reader, "most_heads", &names.roles, "role");
    let any = Range {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
    };
    let least = plain(section, reader, "least_cash", any);
    let probability = plain(section, reader, "cash_kept_in", SHARE).unwrap_or(KEPT);
    decisions.cash = least.map(|least| CashFloor { least, probability });
}

fn plain(section: &mut Section<'_>, reader: &mut Reader, key: &'static str, range: Range) -> Option<f64> {
    let entry = section.entry(key)?;
    let path = section.path_of(key);
    reader.told_at(&path, entry.node.span);
    reader.plain(&entry.node, &path, range.low, range.high)
}

fn by_name(
    section: &mut Section<'_>,
    reader: &mut Reader,
    key: &'static str,
    names: &[String],
    what: &str,
) -> Vec<Option<f64>> {
    let mut found = vec![None; names.len()];
    let Some(entry) = section.entry(key) else {
        return found;
    };
    let path = section.path_of(key);
    let told: Vec<(usize, &Entry)> = reader.by_name(entry, &path, names, what);
    for (position, entry) in told {
        let path = format!("{path}.{}", entry.key.text);
        if let Some(slot) = found.get_mut(position) {
            *slot = reader.plain(&entry.node, &path, 0.0, f64::INFINITY);
        }
    }
    found
}
