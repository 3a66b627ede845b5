//! `gtm-sim compare`: read, live until the best is told, reduce, find, draw, write, print.

use super::arguments::Format;
use super::compare_settings::CompareSettings;
use super::failure::Failure;
use super::field::Field;
use super::pictures::Pictures;
use super::terminal::{self, Look, Terminal};
use super::{compare_table, progress, run, switch};
use crate::analysis::compare::{self, Asked};
use crate::analysis::contest::facts::{self, Contest};
use crate::analysis::contest::race::{Race, Rules, Series};
use crate::analysis::findings::Findings;
use crate::analysis::near_best;
use crate::analysis::sweep::{Base, Sweep};
use crate::analysis::verdicts;
use crate::engine::simulate::{self as engine, Control, Lived};
use crate::outcome::outcomes::Outcomes;
use crate::report::json;
use crate::report::output::Folder;
use std::sync::atomic::{AtomicU64, Ordering};

/// Compares the plans of all files.
pub(super) fn compare(settings: &CompareSettings, terminal: &Terminal) -> Result<(), Failure> {
    let control = run::interruptible();
    let field = Field::read(settings, terminal)?;
    let Some(document) = field.first() else {
        return Err(Failure::Input("no file is named".to_owned()));
    };
    let choices = switch::choices(&field, settings)?;
    let guard = run::Stoppable(&control);
    let folder = Folder::claim(&settings.out, &guard)?;
    let (file, sha256) = (field.file(), field.sha256());
    let asked = Asked {
        scenario: &field.scenario,
        plans: &field.plans,
        aim: &document.aim,
        file: &file,
        sha256: &sha256,
        settings: &settings.scenario.set,
        seed: field.seed,
    };
    let (lived, race) = live(&asked, &field, settings, &control, terminal)?;
    let weekly = engine::weekly(&lived.weekly, settings.threads);
    let mut findings = compare::findings_within(&asked, &lived, weekly, settings.within);
    findings.warnings.extend(field.remarks.iter().cloned());
    run::refuse_undefined(&findings)?;
    facts::sharpen(&mut findings, &race);
    findings.sweep = sweep(&asked, &findings, &lived.outcomes, &race, &field.splits());
    verdicts::tell(&mut findings);
    let mut contest = facts::contest(&findings, &lived.outcomes, &race, &field.files);
    if let Some(text) = near_best::sentence(&findings) {
        contest.sentences.push(text);
    }
    if let Some(choices) = choices {
        let found = switch::search(&choices, &field, settings, &control, terminal)?;
        contest
            .sentences
            .push(found.sentence(&findings.scenario.currency));
        contest.switch = Some(found);
    }
    finish(&folder, findings, &contest, &lived.outcomes, settings, terminal)
}

/// The sweep around the first plan, where splits were asked for.
fn sweep(
    asked: &Asked,
    findings: &Findings,
    outcomes: &Outcomes,
    race: &Race,
    splits: &[(f64, usize)],
) -> Option<Sweep> {
    let first = findings.plans.first()?;
    let base = Base {
        name: &first.name,
        plan: 0,
        share: first.marketing_share,
    };
    Sweep::of(asked, outcomes, race, base, splits)
}

/// All plans in the futures of the first look, and the race up to its end.
fn live(
    asked: &Asked,
    field: &Field,
    settings: &CompareSettings,
    control: &Control,
    terminal: &Terminal,
) -> Result<(Lived, Race), Failure> {
    let total = AtomicU64::new(settings.looks.first().copied().unwrap_or(0) * field.parts());
    let shown = terminal.watched && !settings.quiet;
    progress::watched(shown, "", control, &total, || {
        let mut looks = settings.looks.iter().copied();
        let mut futures = looks.next().unwrap_or(0);
        let lived = field.live(0..futures, true, |_| true, control)?;
        let Some(lived) = lived else {
            return Err(Failure::Input("no plan is named".to_owned()));
        };
        let Some(reading) = lived.outcomes.reading(asked.aim.objective.id) else {
            return Err(Failure::Input(format!(
                "the files have no measure {} in common; set the same objective: --set scenario.objective=\"value\"",
                asked.aim.objective.id
            )));
        };
        let rules = Rules {
            better: reading.better,
            within: compare::tolerance(asked, &lived.outcomes, settings.within),
            looks: settings.looks.len(),
        };
        let plans = field.plans.len();
        let mut race = Race::new(plans, rules);
        let mut series: Vec<Series> = (0..plans)
            .map(|plan| Series::of(&lived.outcomes, reading, plan))
            .collect();
        loop {
            let own: Vec<Option<&Series>> = series
                .iter()
                .map(|series| (series.futures() as u64 == futures).then_some(series))
                .collect();
            race.look(&own, futures);
            let Some(next) = looks.next().filter(|_| !race.is_settled()) else {
                return Ok((lived, race));
            };
            total.fetch_add((next - futures) * field.parts(), Ordering::Relaxed);
            let more = field.live(futures..next, false, |plan| race.is_contender(plan), control)?;
            let Some(more) = more else {
                return Ok((lived, race));
            };
            let contenders: Vec<usize> = race.contenders().collect();
            for (position, plan) in contenders.into_iter().enumerate() {
                if let Some(reading) = more.outcomes.reading(asked.aim.objective.id) {
                    series[plan].extend(Series::of(&more.outcomes, reading, position));
                }
            }
            futures = next;
        }
    })
}

/// Draws, writes and prints.
fn finish(
    folder: &Folder,
    mut findings: Findings,
    contest: &Contest,
    outcomes: &Outcomes,
    settings: &CompareSettings,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let pictures = if settings.charts {
        Pictures::of(&findings)?
    } else {
        Pictures::default()
    };
    let bytes = json::document(contest).map_err(|error| Failure::Other(error.to_string()))?;
    let more = [("comparison.json".to_owned(), bytes)];
    let written = run::write(folder, &findings, outcomes, &pictures, settings.rows, &more)?;
    findings.files.clone_from(&written.files);
    if !settings.quiet {
        run::tell_notes(&findings, &pictures, &written, terminal);
    }
    match settings.format {
        Format::Json => terminal::print(&more[0].1),
        Format::Table if settings.quiet => Ok(()),
        Format::Table => {
            let mut text = compare_table::render(&findings, contest, terminal);
            let files = ["comparison.json"];
            let list = run::listing(&settings.out, &files, &pictures, settings.rows, outcomes);
            text.push('\n');
            text.push_str(&terminal.paint(&list, Look::Aside));
            text.push('\n');
            terminal::print(text.as_bytes())
        }
    }
}
