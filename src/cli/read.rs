//! Reads scenario files and picks the plans that were asked for.

use super::failure::Failure;
use super::terminal::{self, Terminal};
use super::words;
use crate::scenario_file::{self, Checked, Document, Report};
use std::io::ErrorKind;
use std::path::Path;

/// Reads a scenario; what is wrong with it is told on stderr.
pub(super) fn scenario(path: &Path, quiet: bool, terminal: &Terminal) -> Result<Document, Failure> {
    match checked(path)? {
        Ok(checked) => {
            let warnings = checked.render_warnings(terminal.stderr_color);
            if !quiet && !warnings.is_empty() {
                terminal::complain(warnings.trim_end());
            }
            Ok(checked.value)
        }
        Err(report) => {
            terminal::complain(report.render(terminal.stderr_color).trim_end());
            Err(Failure::Told)
        }
    }
}

/// Reads a scenario, or everything that is wrong with it; fails only where the file cannot be read at all.
pub(super) fn checked(path: &Path) -> Result<Result<Checked<Document>, Report>, Failure> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| {
        let reason = match error.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::PermissionDenied => "it may not be read".to_owned(),
            ErrorKind::IsADirectory => "it is a folder, not a scenario file".to_owned(),
            _ => error.to_string(),
        };
        Failure::Input(format!("{name}: {reason}"))
    })?;
    Ok(scenario_file::read_bytes(&bytes, &name))
}

/// Positions of the plans with these keys, all without any.
pub(super) fn plans(document: &Document, file: &Path, keys: &[String]) -> Result<Vec<usize>, Failure> {
    let plans = &document.scenario.plans;
    if keys.is_empty() {
        return Ok((0..plans.len()).collect());
    }
    let mut positions = Vec::with_capacity(keys.len());
    for key in keys {
        let names = || plans.iter().map(|plan| plan.name.as_str());
        let Some(position) = names().position(|name| name == key) else {
            let near = words::nearest(key, names());
            let hint = match near.first() {
                Some(near) => format!("did you mean {near}?"),
                None => format!("it has {}", words::list(names())),
            };
            return Err(Failure::Input(format!(
                "{} has no plan {key}; {hint}",
                file.display()
            )));
        };
        if positions.contains(&position) {
            return Err(Failure::Input(format!("--plans names {key} twice")));
        }
        positions.push(position);
    }
    Ok(positions)
}
