//! `[scenario]`: name, question, currency, calendar, what plans are judged by, how many futures.

use crate::outcome::aim::{Aim, Target};
use crate::outcome::life::Each;
use crate::outcome::measure::{MEASURES, Measure, measure};
use crate::scenario_file::diagnostic::Diagnostic;
use crate::scenario_file::reader::Reader;
use crate::scenario_file::section::Section;
use crate::scenario_file::source::Span;
use crate::scenario_file::tree::Value;
use crate::scenario_file::typed::as_day;
use crate::scenario_file::wording::{listed, nearest, nearest_few, shown};
use crate::units::time::Date;

/// Longest horizon.
pub(in crate::scenario_file) const MOST_WEEKS: u64 = 1040;
/// Futures unless told.
const REPLICATIONS: u64 = 1_000;
/// Most futures of one run.
pub(in crate::scenario_file) const MOST_REPLICATIONS: u64 = 100_000_000;
/// Greatest seed.
pub(in crate::scenario_file) const MOST_SEED: u64 = u64::MAX;
/// Seed unless told.
const SEED: u64 = 1;

/// What `[scenario]` says.
#[derive(Debug)]
pub(in crate::scenario_file) struct Head {
    pub(in crate::scenario_file) name: String,
    pub(in crate::scenario_file) question: String,
    pub(in crate::scenario_file) currency: String,
    pub(in crate::scenario_file) start: Date,
    pub(in crate::scenario_file) weeks: u32,
    pub(in crate::scenario_file) aim: Option<Aim>,
    pub(in crate::scenario_file) replications: u64,
    pub(in crate::scenario_file) seed: u64,
}

/// Reads the section.
pub(in crate::scenario_file) fn read(mut section: Section<'_>, reader: &mut Reader) -> Head {
    let name = section.text(reader, "name");
    if !section.has("name") {
        section.lacks(
            reader,
            "name",
            "What the scenario is called, such as name = \"B2B software, mid-market\".",
        );
    }
    let question = section.text(reader, "question").unwrap_or_default();
    let currency = currency(&mut section, reader);
    let start = start(&mut section, reader);
    let weeks = section.whole(reader, "weeks", 1, MOST_WEEKS);
    if !section.has("weeks") {
        section.lacks(
            reader,
            "weeks",
            "The horizon in weeks, from 1 to 1040; two years are weeks = 104.",
        );
    }
    let objective = objective(&mut section, reader);
    let target = target(&mut section, reader);
    let replications = section
        .whole(reader, "replications", 1, MOST_REPLICATIONS)
        .unwrap_or(REPLICATIONS);
    let seed = section.whole(reader, "seed", 0, MOST_SEED).unwrap_or(SEED);
    section.finish(reader);
    Head {
        name: name.unwrap_or_default(),
        question,
        currency,
        start,
        weeks: weeks
            .and_then(|weeks| u32::try_from(weeks).ok())
            .unwrap_or(MOST_WEEKS as u32),
        aim: objective.map(|objective| Aim { objective, target }),
        replications,
        seed,
    }
}

fn currency(section: &mut Section<'_>, reader: &mut Reader) -> String {
    let Some(entry) = section.entry("currency") else {
        section.lacks(
            reader,
            "currency",
            "The ISO code of the currency of every amount, such as currency = \"USD\".",
        );
        return String::new();
    };
    let currency = section.text(reader, "currency").unwrap_or_default();
    let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_code && matches!(entry.node.value, Value::Text(_)) {
        reader.report(
            Diagnostic::error(
                entry.node.span,
                format!("`scenario.currency` cannot be \"{}\"", shown(&currency)),
            )
            .expected("expected the three capital letters of its ISO code, such as \"USD\" or \"EUR\""),
        );
    }
    currency
}

fn start(section: &mut Section<'_>, reader: &mut Reader) -> Date {
    const SOME_DAY: Date = Date {
        year: 2027,
        month: 1,
        day: 4,
    };
    let Some(entry) = section.entry("start") else {
        section.lacks(
            reader,
            "start",
            "The day on which week 1 begins, without quotes: start = 2027-01-04.",
        );
        return SOME_DAY;
    };
    match &entry.node.value {
        Value::Date { year, month, day } => Date::new(*year, *month, *day).unwrap_or_else(|| {
            reader.report(
                Diagnostic::error(
                    entry.node.span,
                    format!("the calendar has no day {year:04}-{month:02}-{day:02}"),
                )
                .expected("expected a day of the calendar, year-month-day"),
            );
            SOME_DAY
        }),
        Value::Text(text) => {
            let day = as_day(text).unwrap_or_else(|| "2027-01-04 (year-month-day)".to_owned());
            let is_bare = reader.typed.is_bare(entry.node.span);
            reader.report(if is_bare && as_day(text).is_none() && has_form_of_a_day(text) {
                Diagnostic::error(entry.node.span, "the calendar has no such day")
                    .expected("expected a day of the calendar, year-month-day")
            } else if is_bare {
                let message = format!("`{}` is no day as a scenario writes it", shown(text));
                Diagnostic::error(entry.node.span, message)
                    .expected(format!("a day is year-month-day: {day}"))
            } else {
                Diagnostic::error(entry.node.span, "`scenario.start` is a date, not text")
                    .expected(format!("without quotes: start = {day}"))
            });
            SOME_DAY
        }
        _ => {
            reader.wrong_kind(&entry.node, "scenario.start", "a day, such as start = 2027-01-04");
            SOME_DAY
        }
    }
}

/// Whether digits and hyphens stand as in 2027-01-04.
fn has_form_of_a_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(digits)
}

fn objective(section: &mut Section<'_>, reader: &mut Reader) -> Option<&'static Measure> {
    let Some(entry) = section.entry("objective") else {
        return measure("value");
    };
    let id = section.text(reader, "objective")?;
    known_measure(reader, &id, entry.node.span)
}

/// The measure of a plan as a whole with this key; those of each role, channel or year judge nothing.
pub(super) fn known_measure(reader: &mut Reader, id: &str, span: Span) -> Option<&'static Measure> {
    let found = measure(id).filter(|measure| measure.each == Each::Once);
    if found.is_none() {
        let once = MEASURES.iter().filter(|measure| measure.each == Each::Once);
        let ids: Vec<&str> = once.map(|measure| measure.id).collect();
        let mut diagnostic = Diagnostic::error(span, format!("there is no measure called `{}`", shown(id)));
        diagnostic = match nearest(id, ids.iter().copied()) {
            Some(near) => diagnostic.expected(format!("did you mean `{near}`?")),
            None => diagnostic.expected(format!(
                "nearest are {}",
                listed(nearest_few(id, ids.iter().copied(), 5), "and")
            )),
        };
        reader.report(diagnostic);
    }
    found
}

fn target(section: &mut Section<'_>, reader: &mut Reader) -> Option<Target> {
    let entry = section.entry("target")?;
    let Value::Table(table) = &entry.node.value else {
        reader.wrong_kind(
            &entry.node,
            "scenario.target",
            "a measure and an amount, such as `{ revenue = 30_000_000 }`",
        );
        return None;
    };
    let [only] = table.entries.as_slice() else {
        reader.report(
            Diagnostic::error(
                entry.node.span,
                "`scenario.target` names one measure and its amount",
            )
            .expected("expected for example `{ revenue = 30_000_000 }`"),
        );
        return None;
    };
    let measure = known_measure(reader, &only.key.text, only.key.span)?;
    let amount = reader.plain(&only.node, "scenario.target", f64::NEG_INFINITY, f64::INFINITY)?;
    Some(Target { measure, amount })
}
