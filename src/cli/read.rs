//! Reads scenario files with what they name, and picks the plans that were asked for.

use super::arguments::ScenarioOptions;
use super::failure::Failure;
use super::terminal::{self, Terminal};
use super::words;
use crate::model::scenario::Plan;
use crate::scenario_file::{self, Checked, Document, Files, Report, Request};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// A longer file is neither a scenario nor its samples.
const LONGEST: u64 = 64 << 20;
/// Names of a folder that are looked through for suggestions.
const MOST_NAMES: usize = 1_000;

/// Reads a scenario; what is wrong with it is told on stderr.
pub(super) fn scenario(
    path: &Path,
    options: &ScenarioOptions,
    quiet: bool,
    terminal: &Terminal,
) -> Result<Document, Failure> {
    match checked(path, options)? {
        Ok(checked) => {
            let warnings = checked.render_warnings_within(terminal.stderr_color, terminal.stderr_width);
            if !quiet && !warnings.is_empty() {
                terminal::complain(warnings.trim_end());
            }
            Ok(checked.value)
        }
        Err(report) => {
            let told = report.render_within(terminal.stderr_color, terminal.stderr_width);
            terminal::complain(told.trim_end());
            Err(Failure::Told)
        }
    }
}

/// Reads a scenario, or everything that is wrong with it; fails only where the file cannot be read at all.
pub(super) fn checked(
    path: &Path,
    options: &ScenarioOptions,
) -> Result<Result<Checked<Document>, Report>, Failure> {
    let name = path.display().to_string();
    let bytes = bytes_of(path)
        .map_err(|error| Failure::Input(format!("{name}: {}", scenario_file::reason(&error))))?;
    Ok(scenario_file::load(&Request {
        name: &name,
        bytes: &bytes,
        settings: &options.set,
        files: &Beside(path.parent().unwrap_or(Path::new(""))),
    }))
}

/// The files beside a scenario.
struct Beside<'a>(&'a Path);

impl Files for Beside<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        bytes_of(&self.0.join(path))
    }

    fn names(&self, folder: &Path) -> Vec<String> {
        let folder = self.0.join(folder);
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &folder
        };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names.truncate(MOST_NAMES);
        names
    }
}

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(io::Error::new(
            ErrorKind::FileTooLarge,
            "it is longer than 64 MiB",
        ));
    }
    Ok(bytes)
}

/// Positions of the plans that were asked for, all without any.
pub(super) fn plans(
    document: &Document,
    file: &Path,
    options: &ScenarioOptions,
) -> Result<Vec<usize>, Failure> {
    let plans = &document.scenario.plans;
    let mut positions = Vec::new();
    for typed in &options.plans {
        // Labels may hold commas: the longest run of pieces that is a plan counts as one.
        let pieces: Vec<&str> = typed.split(',').collect();
        let mut at = 0;
        while at < pieces.len() {
            let runs = (at + 1..=pieces.len()).rev();
            let called = runs.filter_map(|end| {
                let name = pieces.get(at..end)?.join(",");
                Some((end, name.trim().to_owned(), find(plans, name.trim())))
            });
            let (end, name, found) = called
                .reduce(|longer, shorter| if longer.2.is_empty() { shorter } else { longer })
                .unwrap_or_default();
            let position = only(&found, &name, plans, file)?;
            if positions.contains(&position) {
                return Err(Failure::Input(format!("--plans names {name} twice")));
            }
            positions.push(position);
            at = end.max(at + 1);
        }
    }
    if positions.is_empty() {
        positions.extend(0..plans.len());
    }
    Ok(positions)
}

/// Position of the plan that was asked for, the first without.
pub(super) fn plan(document: &Document, file: &Path, name: Option<&str>) -> Result<usize, Failure> {
    let plans = &document.scenario.plans;
    match name {
        Some(name) => only(&find(plans, name.trim()), name.trim(), plans, file),
        None => Ok(0),
    }
}

/// Positions of the plans with this key, else of those with this key or label in other letters.
fn find(plans: &[Plan], name: &str) -> Vec<usize> {
    if let Some(position) = plans.iter().position(|plan| plan.name.as_str() == name) {
        return vec![position];
    }
    let folded = name.to_lowercase();
    let is_called = |text: &str| !folded.is_empty() && text.to_lowercase() == folded;
    (0..plans.len())
        .filter(|at| {
            plans
                .get(*at)
                .is_some_and(|plan| is_called(plan.name.as_str()) || is_called(&plan.label))
        })
        .collect()
}

fn only(found: &[usize], name: &str, plans: &[Plan], file: &Path) -> Result<usize, Failure> {
    let keys = || plans.iter().map(|plan| plan.name.as_str());
    let message = match found {
        [only] => return Ok(*only),
        [] if name.is_empty() => {
            let few: Vec<&str> = keys().take(2).collect();
            format!(
                "--plans names no plan; {} has {}, such as --plans {}",
                file.display(),
                words::list(keys()),
                few.join(",")
            )
        }
        [] => {
            let labels = plans.iter().map(|plan| plan.label.as_str());
            let near = words::nearest(name, keys().chain(labels));
            let hint = match near.first() {
                Some(near) => format!("did you mean {near}?"),
                None => format!("it has {}", words::list(keys())),
            };
            format!("{} has no plan {name}; {hint}", file.display())
        }
        several => {
            let keys = several.iter().filter_map(|at| keys().nth(*at));
            format!(
                "{} has several plans called {name}; say the key: {}",
                file.display(),
                words::list(keys)
            )
        }
    };
    Err(Failure::Input(message))
}
