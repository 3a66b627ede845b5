//! `gtm-sim journeys`: a sample of futures by name, its tables, `journeys.json` and charts.

use super::arguments::{Format, JourneysOptions, ScenarioOptions};
use super::failure::Failure;
use super::pictures::Pictures;
use super::run::{Stoppable, interruptible};
use super::terminal::{self, Look, Terminal};
use super::{journeys_table, progress, read, trace};
use crate::analysis::compare::Asked;
use crate::analysis::journeys::document::Journeys;
use crate::analysis::journeys::sample::{NoSample, sample};
use crate::report::disk::{Document, Written};
use crate::report::json;
use crate::report::output::Folder;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

/// Name of the document.
const INDEX: &str = "journeys.json";

/// Follows the journeys, writes and prints them.
pub(super) fn journeys(options: &JourneysOptions, terminal: &Terminal) -> Result<(), Failure> {
    let control = interruptible();
    let asked = ScenarioOptions {
        plans: Vec::new(),
        set: options.set.clone(),
    };
    let document = read::scenario(&options.file, &asked, options.quiet, terminal)?;
    let plan = read::plan(&document, &options.file, options.plan.as_deref())?;
    let guard = Stoppable(&control);
    let out = folder(options);
    let folder = Folder::claim_for(&out, INDEX, &guard)?;
    let file = options.file.file_name().map(|name| name.to_string_lossy());
    let asked = Asked {
        scenario: &document.scenario,
        plans: &[plan],
        aim: &document.aim,
        file: file.as_deref().unwrap_or_default(),
        sha256: &document.sha256,
        settings: &options.set,
        seed: options.seed.unwrap_or(document.seed),
    };
    let shown = terminal.watched && !options.quiet;
    let total = AtomicU64::new(options.sample);
    let mut found = progress::watched(shown, "", &control, &total, || {
        sample(&asked, options.sample, &control)
    })
    .map_err(|error| match error {
        NoSample::TooMany(many) => trace::too_many(many),
        NoSample::Interrupted(stopped) => stopped.into(),
    })?;
    let pictures = if options.no_charts {
        Pictures::default()
    } else {
        Pictures::of_journeys(&found)?
    };
    let written = write(&folder, &found, &pictures)?;
    found.files.clone_from(&written.files);
    if !options.quiet {
        let told = found
            .warnings
            .iter()
            .chain(&pictures.remarks)
            .chain(&written.remarks);
        for note in told {
            terminal::complain(&terminal.note(note));
        }
    }
    print(options, &found, &out, pictures.drawn, terminal)
}

fn print(
    options: &JourneysOptions,
    found: &Journeys,
    out: &Path,
    charts: usize,
    terminal: &Terminal,
) -> Result<(), Failure> {
    match options.format {
        Format::Json => {
            let bytes = json::document(found).map_err(|error| Failure::Other(error.to_string()))?;
            terminal::print(&bytes)
        }
        Format::Table if options.quiet => Ok(()),
        Format::Table => {
            let mut text = journeys_table::render(found, terminal);
            let charts = match charts {
                0 => String::new(),
                1 => ", 1 chart (SVG, PNG)".to_owned(),
                drawn => format!(", {drawn} charts (SVG, PNG)"),
            };
            let list = format!("\nwritten  {}: {INDEX}{charts}\n", out.display());
            text.push_str(&terminal.paint(&list, Look::Aside));
            terminal::print(text.as_bytes())
        }
    }
}

/// The folder of the results: `output/b2b-journeys` of `b2b.toml`.
fn folder(options: &JourneysOptions) -> PathBuf {
    options.out.clone().unwrap_or_else(|| {
        let stem = options.file.file_stem().unwrap_or_default().to_string_lossy();
        Path::new("output").join(format!("{stem}-journeys"))
    })
}

fn write(folder: &Folder, found: &Journeys, pictures: &Pictures) -> Result<Written, Failure> {
    let mut documents = Vec::new();
    for (path, bytes) in &pictures.files {
        let path = path.clone();
        let write = Box::new(move |to: &mut dyn io::Write| to.write_all(bytes));
        documents.push(Document { path, write });
    }
    let written = folder.replace(&documents, &|files| {
        let mut found = found.clone();
        found.files.clone_from(files);
        json::document(&found).map_err(io::Error::other)
    })?;
    Ok(written)
}
