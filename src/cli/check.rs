//! `gtm-sim check`: read, invert, settle, compare with what is known; nothing is simulated.

use super::arguments::{CheckOptions, Format, ScenarioOptions};
use super::failure::Failure;
use super::terminal::{self, Terminal};
use super::{check_table, read};
use crate::analysis::check::{self, Check, CheckDocument, Told};
use crate::analysis::compare::Asked;
use crate::report::json;
use crate::scenario_file::{Diagnostic, Document, Severity, Sources};
use std::path::Path;

/// Checks every file; the command fails if one of them cannot be run.
pub(super) fn check(options: &CheckOptions, terminal: &Terminal) -> Result<(), Failure> {
    if options.format == Format::Json && options.files.len() > 1 {
        return Err(Failure::Input(
            "--format json prints one document; check the files one by one".to_owned(),
        ));
    }
    let mut valid = true;
    for (position, file) in options.files.iter().enumerate() {
        if position > 0 && !options.quiet {
            terminal::print(b"\n")?;
        }
        match check_file(file, options, terminal) {
            Ok(is_valid) => valid &= is_valid,
            Err(failure) if failure.code() == 2 => {
                if let Some(message) = failure.message() {
                    terminal::complain(&terminal.error(&message));
                }
                valid = false;
            }
            Err(failure) => return Err(failure),
        }
    }
    if valid { Ok(()) } else { Err(Failure::Told) }
}

/// Checks a file; whether it can be run.
fn check_file(file: &Path, options: &CheckOptions, terminal: &Terminal) -> Result<bool, Failure> {
    let told = |diagnostics: &[Diagnostic], sources: &Sources| -> Vec<Told> {
        diagnostics
            .iter()
            .map(|diagnostic| facts(diagnostic, sources))
            .collect()
    };
    let (diagnostics, rendered, document) = match read::checked(file, &options.scenario)? {
        Ok(read) => {
            // What is to be looked at stands in one place: warnings of the file on the page with the others.
            let rendered = read.render_warnings_within(terminal.stdout_color, terminal.width);
            (told(&read.warnings, &read.sources), rendered, Some(read.value))
        }
        Err(report) => {
            let rendered = report.render_within(terminal.stderr_color, terminal.stderr_width);
            (told(&report.diagnostics, &report.sources), rendered, None)
        }
    };
    let found = document
        .as_ref()
        .map(|document| found(document, file, &options.scenario))
        .transpose()?;
    let name = file.display().to_string();
    let checked = CheckDocument::new(name, diagnostics, found);
    if options.format == Format::Json {
        let bytes = json::document(&checked).map_err(|error| Failure::Other(error.to_string()))?;
        terminal::print(&bytes)?;
        return Ok(checked.valid);
    }
    let is_read = document.is_some();
    if !is_read {
        terminal::complain(rendered.trim_end());
    }
    if options.quiet {
        for error in checked.found.iter().flat_map(|found| &found.errors) {
            terminal::complain(&terminal.error(error));
        }
    } else {
        let warnings = if is_read { rendered.trim_end() } else { "" };
        terminal::print(check_table::render(&checked, warnings, terminal).as_bytes())?;
    }
    Ok(checked.valid)
}

fn found(document: &Document, file: &Path, options: &ScenarioOptions) -> Result<Check, Failure> {
    let plans = read::plans(document, file, options)?;
    let name = file.file_name().map(|name| name.to_string_lossy());
    let asked = Asked {
        scenario: &document.scenario,
        plans: &plans,
        aim: &document.aim,
        file: name.as_deref().unwrap_or_default(),
        sha256: &document.sha256,
        settings: &options.set,
        seed: document.seed,
    };
    Ok(check::check(&asked, &document.assumed, document.replications))
}

fn facts(diagnostic: &Diagnostic, sources: &Sources) -> Told {
    let place = sources.place(diagnostic.span);
    let exact = place.filter(|_| !diagnostic.span.is_whole());
    Told {
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
        .to_owned(),
        file: place.map(|place| place.name.to_owned()).unwrap_or_default(),
        line: exact.map(|place| place.line),
        column: exact.map(|place| place.column),
        message: diagnostic.message.clone(),
        expected: diagnostic.expected.clone(),
        help: diagnostic.help.clone(),
    }
}
