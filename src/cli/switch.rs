//! `--switch`: the value of a key of the file at which the better of two choices changes.

use super::compare_settings::CompareSettings;
use super::failure::Failure;
use super::field::Field;
use super::terminal::Terminal;
use super::{progress, read};
use crate::analysis::contest::candidates;
use crate::analysis::contest::race::Series;
use crate::analysis::findings::Uncertain;
use crate::analysis::switch::{self, Known, Switch, SwitchPoint, Trial};
use crate::engine::simulate::{Control, Run, simulate};
use crate::outcome::estimate::{self, Influence};
use crate::scenario_file::Document;
use crate::units::unit::Unit;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Values looked at first, from end to end.
const FIRST: usize = 5;
/// Values looked at after these, where the sign changes.
const MORE: usize = 4;
/// Futures at every value at most.
const MOST: u64 = 1000;

/// What is compared at every value of which key.
pub(super) struct Choices {
    key: String,
    known: Option<Known>,
    range: (f64, f64),
    /// Positions in the field.
    first: Vec<usize>,
    second: Vec<usize>,
    names: [String; 2],
}

/// The two choices and the range to look in; `None` without `--switch`.
pub(super) fn choices(field: &Field, settings: &CompareSettings) -> Result<Option<Choices>, Failure> {
    let Some(key) = settings.switch.clone() else {
        return Ok(None);
    };
    let Some((file, document)) = field.only() else {
        return Err(Failure::Input(
            "--switch changes a key of one file; name one".to_owned(),
        ));
    };
    let known = switch::known(&document.scenario, &key);
    let range = settings.between.or(known.map(|known| known.range));
    let Some(range) = range.filter(|(from, to)| from < to) else {
        return Err(Failure::Input(format!(
            "{} says no number at {key} from which a range follows; say where to look, such as --between 0.1..0.4",
            file.display()
        )));
    };
    let splits = field.splits();
    let (first, second, names) = if splits.is_empty() {
        let labels = field.labels();
        let [a, b] = labels.as_slice() else {
            return Err(Failure::Input(format!(
                "--switch holds two plans against each other, these are {}: name two with --plans, or splits on both sides of 50 % with --sweep 10..90:10",
                labels.len()
            )));
        };
        (vec![0], vec![1], [a.clone(), b.clone()])
    } else {
        let side = |is_in: fn(f64) -> bool| -> Vec<usize> {
            let own = splits.iter().filter(|(share, _)| is_in(*share));
            own.map(|(_, plan)| *plan).collect()
        };
        let (below, above) = (side(|share| share < 0.5), side(|share| share > 0.5));
        if below.is_empty() || above.is_empty() {
            return Err(Failure::Input(
                "--switch needs splits on both sides of 50 %, such as --sweep 10..90:10".to_owned(),
            ));
        }
        let names = ["a split below 50 % marketing", "a split above 50 % marketing"];
        (below, above, names.map(str::to_owned))
    };
    // A key that cannot be set is told before anything is lived.
    at(field, settings, &key, range.0)?;
    at(field, settings, &key, range.1)?;
    Ok(Some(Choices {
        key,
        known,
        range,
        first,
        second,
        names,
    }))
}

/// The scenario with another value of the key.
fn at(field: &Field, settings: &CompareSettings, key: &str, value: f64) -> Result<Document, Failure> {
    let Some((file, document)) = field.only() else {
        return Err(Failure::Input("--switch changes a key of one file".to_owned()));
    };
    let mut scenario = settings.scenario.clone();
    scenario.set.push(format!("{key}={}", number(value)));
    let mut changed = document_of(file, &scenario)?;
    let base = field.plans.first().copied().unwrap_or_default();
    candidates::splits(&mut changed.scenario, base, &settings.splits);
    if changed.scenario.plans.len() != document.scenario.plans.len() {
        return Err(Failure::Input(format!(
            "--switch {key} would change the plans; name a key that does not"
        )));
    }
    Ok(changed)
}

fn document_of(file: &Path, options: &super::arguments::ScenarioOptions) -> Result<Document, Failure> {
    match read::checked(file, options)? {
        Ok(checked) => Ok(checked.value),
        Err(report) => {
            super::terminal::complain(report.render(false).trim_end());
            Err(Failure::Told)
        }
    }
}

/// A number as a setting types it: with a point or a power, so that it is one whatever it is.
fn number(value: f64) -> String {
    let text = crate::units::format::machine(value);
    if text.contains(['.', 'e']) {
        text
    } else {
        format!("{text}.0")
    }
}

/// Looks at values from end to end, then where the sign changes.
pub(super) fn search(
    choices: &Choices,
    field: &Field,
    settings: &CompareSettings,
    control: &Control,
    terminal: &Terminal,
) -> Result<Switch, Failure> {
    let futures = settings.looks.first().copied().unwrap_or(MOST).min(MOST);
    control.done.store(0, Ordering::Relaxed);
    let total = AtomicU64::new((FIRST + MORE) as u64 * futures);
    let shown = terminal.watched && !settings.quiet;
    let trials = progress::watched(shown, " for the switch point", control, &total, || {
        let (from, to) = choices.range;
        let mut trials = Vec::with_capacity(FIRST + MORE);
        for step in 0..FIRST {
            let value = from + (to - from) * step as f64 / (FIRST - 1) as f64;
            trials.push(trial(choices, field, settings, value, futures, control)?);
        }
        for _ in 0..MORE {
            let Some(value) = switch::next(&trials) else {
                break;
            };
            trials.push(trial(choices, field, settings, value, futures, control)?);
            trials.sort_by(|a, b| a.at.total_cmp(&b.at));
        }
        Ok::<_, Failure>(trials)
    })?;
    let point = |trial: &Trial| {
        let estimate = trial.difference.estimate()?;
        Some(SwitchPoint {
            at: trial.at,
            difference: Uncertain::from(estimate),
        })
    };
    let [ahead, behind] = choices.names.clone();
    Ok(Switch {
        parameter: choices.key.clone(),
        unit: choices
            .known
            .map_or(Unit::Number, |known| known.unit)
            .key()
            .to_owned(),
        from: choices.range.0,
        to: choices.range.1,
        now: choices.known.map(|known| known.now),
        ahead,
        behind,
        replications: futures,
        points: trials.iter().filter_map(point).collect(),
        crossings: switch::crossings(&trials),
    })
}

/// Both choices at a value, in the futures of the comparison.
fn trial(
    choices: &Choices,
    field: &Field,
    settings: &CompareSettings,
    value: f64,
    futures: u64,
    control: &Control,
) -> Result<Trial, Failure> {
    let document = at(field, settings, &choices.key, value)?;
    let positions: Vec<usize> = choices.first.iter().chain(&choices.second).copied().collect();
    let run = Run {
        plans: positions
            .iter()
            .filter_map(|index| field.plans.get(*index).copied())
            .collect(),
        seed: field.seed,
        replications: 0..futures,
        threads: settings.threads,
        weekly_replications: 0,
    };
    let outcomes = simulate(&document.scenario, &run, control)?.outcomes;
    let influences = |from: usize, to: usize| -> Option<(Vec<Influence>, f64)> {
        let reading = outcomes.reading(document.aim.objective.id)?;
        let own = (from..to).filter_map(|plan| Series::of(&outcomes, reading, plan).influence());
        Some((own.collect(), estimate::sign(reading.better)))
    };
    let count = choices.first.len();
    let found = influences(0, count)
        .zip(influences(count, positions.len()))
        .and_then(|((first, sign), (second, _))| Trial::of(value, &first, &second, sign));
    found.ok_or_else(|| {
        Failure::Input(format!(
            "the objective has no value where {} is {}; look elsewhere with --between",
            choices.key,
            number(value)
        ))
    })
}
