//! `gtm-sim optimize` with several files: one split for all of them.

use super::arguments::{Format, ScenarioOptions};
use super::failure::Failure;
use super::optimize_options::OptimizeOptions;
use super::terminal::{self, Terminal};
use super::{progress, read, run, table};
use crate::analysis::compare;
use crate::analysis::optimize::{self, AskedOfSeveral, Robust, Stopped};
use crate::report::disk::Document as Written;
use crate::report::json;
use crate::report::output::{Folder, ROBUST};
use crate::scenario_file::Document;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Searches for one split for all files.
pub(super) fn robust(options: &OptimizeOptions, terminal: &Terminal) -> Result<(), Failure> {
    let control = run::interruptible();
    let scenario = ScenarioOptions {
        plans: Vec::new(),
        set: options.settings(),
    };
    let read = |file: &PathBuf| read::scenario(file, &scenario, options.quiet, terminal);
    let documents = options
        .files
        .iter()
        .map(read)
        .collect::<Result<Vec<Document>, Failure>>()?;
    let weights = weights(options)?;
    let Some(first) = documents.first() else {
        return Err(Failure::Input("no file is named".to_owned()));
    };
    refuse(options, first, &documents)?;
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| Path::new("output").join("robust"));
    let guard = run::Stoppable(&control);
    let folder = Folder::claim(&out, &guard)?;
    let names: Vec<String> = options.files.iter().map(|file| name(file)).collect();
    let cases: Vec<compare::Asked> = documents
        .iter()
        .zip(&names)
        .map(|(document, file)| compare::Asked {
            scenario: &document.scenario,
            plans: &[0],
            aim: &document.aim,
            file,
            sha256: &document.sha256,
            settings: &scenario.set,
            seed: options.seed.unwrap_or(document.seed),
        })
        .collect();
    let asked = AskedOfSeveral {
        cases: &cases,
        weights: &weights,
        goal: first.goal,
        decisions: &first.decisions,
        replications: options.reps.unwrap_or(first.replications),
        threads: options.threads.unwrap_or(0),
    };
    let status = Mutex::new(format!("one split for {} scenarios", cases.len()));
    let shown = terminal.watched && !options.quiet;
    let found = progress::told(shown, &status, || optimize::robust(&asked, &control));
    let found = found.map_err(|stopped| match stopped {
        Stopped::Impossible(why) => Failure::Input(why),
        Stopped::Interrupted(_) => Failure::Interrupted,
    })?;
    tell(&found, options, (&folder, &out), terminal)
}

/// Writes and prints what was found.
fn tell(
    found: &Robust,
    options: &OptimizeOptions,
    (folder, out): (&Folder, &Path),
    terminal: &Terminal,
) -> Result<(), Failure> {
    let bytes = json::document(found).map_err(|error| Failure::Other(error.to_string()))?;
    folder.add(&[Written {
        path: ROBUST.to_owned(),
        write: Box::new(|to| to.write_all(&bytes)),
    }])?;
    match options.format {
        Format::Json => terminal::print(&bytes),
        Format::Table if options.quiet => Ok(()),
        Format::Table => terminal::print(text(found, out, terminal).as_bytes()),
    }
}

fn name(file: &Path) -> String {
    file.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// A weight a file, all alike unless told.
fn weights(options: &OptimizeOptions) -> Result<Vec<f64>, Failure> {
    if options.weights.is_empty() {
        return Ok(vec![1.0; options.files.len()]);
    }
    let fits = options.weights.len() == options.files.len();
    let legal = options
        .weights
        .iter()
        .all(|weight| weight.is_finite() && *weight >= 0.0);
    if fits && legal && options.weights.iter().sum::<f64>() > 0.0 {
        return Ok(options.weights.clone());
    }
    Err(Failure::Input(format!(
        "--weights needs one number of 0 or more for each of the {} files, such as --weights 1,2,1",
        options.files.len()
    )))
}

/// What several files cannot have.
fn refuse(options: &OptimizeOptions, first: &Document, documents: &[Document]) -> Result<(), Failure> {
    let decisions = &first.decisions;
    let more = decisions.channels || decisions.roles || decisions.budget || !decisions.phase_weeks.is_empty();
    let other = |differs: &dyn Fn(&Document) -> bool| documents.iter().any(differs);
    let why = if more || !decisions.split {
        "over several files only one split for all weeks can vary: leave out --vary and --phases, or name one file"
    } else if decisions.cash.is_some() {
        "over several files cash cannot be limited: leave out optimize.least_cash, or name one file"
    } else if options.frontier || options.response || options.write.is_some() {
        "--frontier, --response and --write need a single file"
    } else if other(&|document| document.scenario.currency != first.scenario.currency) {
        "the files are in different currencies, so their outcomes cannot be weighed against each other"
    } else if other(&|document| document.scenario.weeks != first.scenario.weeks) {
        "the files have different horizons: set scenario.weeks alike, such as --set scenario.weeks=104"
    } else if other(&|document| document.goal != first.goal) {
        "the files judge plans differently: say --objective and --by"
    } else if let Some(why) = first.goal.unfit() {
        return Err(Failure::Input(format!(
            "the objective {} cannot be searched for: {why}; choose another, such as --objective value",
            first.goal.measure.id
        )));
    } else {
        return Ok(());
    };
    Err(Failure::Input(why.to_owned()))
}

fn text(found: &Robust, out: &Path, terminal: &Terminal) -> String {
    let mut text = String::new();
    for sentence in optimize::sentences_of_several(found) {
        text.push_str(&table::wrapped(&sentence, terminal.width));
        text.push('\n');
    }
    let list = format!("\nwritten  {}: {ROBUST}\n", out.display());
    text.push_str(&terminal.paint(&list, terminal::Look::Aside));
    text
}
