//! `gtm-sim run`: read, simulate, reduce, find, draw, write, print.

use super::arguments::Format;
use super::failure::Failure;
use super::futures::{self, Simulated, Wanted};
use super::pictures::Pictures;
use super::progress;
use super::settings::{Job, RunSettings};
use super::terminal::{self, Look, Terminal};
use super::{next, read, table};
use crate::analysis::check;
use crate::analysis::compare::{self, Asked};
use crate::analysis::findings::{Findings, PlanFindings};
use crate::analysis::verdicts;
use crate::engine::simulate::{self as engine, Control, Lived, Run};
use crate::outcome::outcomes::Outcomes;
use crate::report::disk::{Document, Guard, Step, Written};
use crate::report::output::Folder;
use crate::report::{csv, json};
use crate::scenario_file;
use crate::units::format;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Runs every file; all are read and checked before the first is simulated.
pub(super) fn run(settings: &RunSettings, terminal: &Terminal) -> Result<(), Failure> {
    let control = interruptible();
    let read = |job| read_job(job, settings, terminal);
    let mut tasks = Vec::with_capacity(settings.jobs.len());
    let mut failed = 0;
    for result in settings.jobs.iter().map(read) {
        match result {
            Ok(task) => tasks.push(task),
            Err(failure) => {
                if let Some(message) = failure.message() {
                    terminal::complain(&terminal.error(&message));
                }
                failed += 1;
            }
        }
    }
    match (failed, settings.jobs.len()) {
        (0, _) => {}
        (_, 1) => return Err(Failure::Told),
        (failed, files) => {
            return Err(Failure::Input(format!(
                "nothing was run: {failed} of {files} files cannot be; mend what is told above, or leave such files out"
            )));
        }
    }
    for task in tasks {
        run_task(&task, settings, &control, terminal)?;
    }
    Ok(())
}

/// A scenario that was read, and where its results go.
struct Task<'a> {
    job: &'a Job,
    document: scenario_file::Document,
    plans: Vec<usize>,
}

fn read_job<'a>(job: &'a Job, settings: &RunSettings, terminal: &Terminal) -> Result<Task<'a>, Failure> {
    let mut document = read::scenario(&job.file, &settings.scenario, settings.quiet, terminal)?;
    let plans = read::plans(&document, &job.file, &settings.scenario)?;
    document.seed = settings.seed.unwrap_or(document.seed);
    Ok(Task { job, document, plans })
}

fn run_task(
    task: &Task,
    settings: &RunSettings,
    control: &Control,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let guard = Stoppable(control);
    let folder = Folder::claim(&task.job.out, &guard)?;
    let Simulated { lived, remark } = simulate(task, settings, control, terminal)?;
    refuse_contradictions(&lived, task)?;
    let weekly = engine::weekly(&lived.weekly, settings.threads);
    let file = task.job.file.file_name().map(|name| name.to_string_lossy());
    let asked = Asked {
        scenario: &task.document.scenario,
        plans: &task.plans,
        aim: &task.document.aim,
        file: file.as_deref().unwrap_or_default(),
        sha256: &task.document.sha256,
        settings: &settings.scenario.set,
        seed: task.document.seed,
    };
    let mut findings = compare::findings(&asked, &lived, weekly);
    findings.warnings.extend(remark);
    refuse_undefined(&findings)?;
    findings.next = next::steps(&asked, &lived.outcomes, settings, control, terminal)?;
    verdicts::tell(&mut findings);
    let pictures = if settings.charts {
        Pictures::of(&findings)?
    } else {
        Pictures::default()
    };
    let written = write(&folder, &findings, &lived.outcomes, &pictures, settings)?;
    findings.files.clone_from(&written.files);
    if !settings.quiet {
        let told = findings
            .warnings
            .iter()
            .chain(&pictures.remarks)
            .chain(&written.remarks);
        for note in told {
            terminal::complain(&terminal.note(note));
        }
    }
    match settings.format {
        Format::Json => {
            let bytes = json::results(&findings).map_err(|error| Failure::Other(error.to_string()))?;
            terminal::print(&bytes)
        }
        Format::Table if settings.quiet => Ok(()),
        Format::Table => {
            let mut text = table::render(&findings, terminal);
            let list = listing(&task.job.out, &pictures, settings.rows, &lived.outcomes);
            text.push('\n');
            text.push_str(&terminal.paint(&list, Look::Aside));
            text.push('\n');
            terminal::print(text.as_bytes())
        }
    }
}

/// An objective without a value in any plan decides nothing.
fn refuse_undefined(findings: &Findings) -> Result<(), Failure> {
    let objective = &findings.scenario.objective;
    let mean = |plan: &PlanFindings| plan.measure(objective).and_then(|summary| summary.mean);
    if findings.plans.iter().any(|plan| mean(plan).is_some()) {
        return Ok(());
    }
    let about = findings
        .measure(objective)
        .map(|measure| measure.about.as_str())
        .unwrap_or_default();
    Err(Failure::Input(format!(
        "the objective {objective} is undefined in every future of every plan ({about}); choose another, or tell what it needs (cash measures need today.cash)"
    )))
}

/// Intervals that contradict each other in too many futures are no scenario.
fn refuse_contradictions(lived: &Lived, task: &Task) -> Result<(), Failure> {
    let share = lived.moved as f64 / lived.outcomes.replications.max(1) as f64;
    if share <= compare::MOST_MOVED {
        return Ok(());
    }
    let beliefs = check::beliefs(&task.document.scenario, task.document.seed);
    Err(Failure::Input(check::contradictions(&beliefs)))
}

fn simulate(
    task: &Task,
    settings: &RunSettings,
    control: &Control,
    terminal: &Terminal,
) -> Result<Simulated, Failure> {
    let run = Run {
        plans: task.plans.clone(),
        seed: task.document.seed,
        replications: 0..0,
        threads: settings.threads,
        weekly_replications: 0,
    };
    control.done.store(0, Ordering::Relaxed);
    let total = AtomicU64::new(0);
    let wanted = Wanted {
        scenario: &task.document.scenario,
        objective: task.document.aim.objective.id,
        futures: settings.futures,
        told: task.document.replications,
    };
    let shown = terminal.watched && !settings.quiet;
    progress::watched(shown, "", control, &total, || {
        futures::live(&wanted, run, control, &total)
    })
}

fn write(
    folder: &Folder,
    findings: &Findings,
    outcomes: &Outcomes,
    pictures: &Pictures,
    settings: &RunSettings,
) -> Result<Written, Failure> {
    let plans: Vec<&str> = findings.plans.iter().map(|plan| plan.name.as_str()).collect();
    let mut documents = vec![
        Document {
            path: "replications.csv".to_owned(),
            write: Box::new(|to| csv::replications(outcomes, &plans, settings.rows, to)),
        },
        Document {
            path: "weekly.csv".to_owned(),
            write: Box::new(|to| csv::weekly(&findings.weekly, &plans, to)),
        },
    ];
    for (path, bytes) in &pictures.files {
        let path = path.clone();
        let write = Box::new(move |to: &mut dyn io::Write| to.write_all(bytes));
        documents.push(Document { path, write });
    }
    let written = folder.replace(&documents, &|files| {
        let mut findings = findings.clone();
        findings.files.clone_from(files);
        json::results(&findings).map_err(io::Error::other)
    })?;
    Ok(written)
}

/// `written  output/b2b: results.json, replications.csv, weekly.csv, 7 charts (SVG, PNG)`.
fn listing(out: &Path, pictures: &Pictures, rows: csv::Rows, outcomes: &Outcomes) -> String {
    let futures = rows.futures(outcomes);
    let cut = if futures < outcomes.replications {
        let futures = format::count(futures as u64);
        format!(" (the first {futures} futures; all with --all-rows)")
    } else {
        String::new()
    };
    let charts = match pictures.drawn {
        0 => String::new(),
        1 => ", 1 chart (SVG, PNG)".to_owned(),
        drawn => format!(", {drawn} charts (SVG, PNG)"),
    };
    let out = out.display();
    format!("written  {out}: results.json, replications.csv{cut}, weekly.csv{charts}")
}

/// A control that Ctrl-C sets; the second Ctrl-C ends at once.
pub(super) fn interruptible() -> Arc<Control> {
    let control = Arc::new(Control::default());
    let heard = Arc::clone(&control);
    // Without a handler the system's own way to stop a program stays.
    let _ = ctrlc::set_handler(move || {
        if heard.cancel.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    control
}

/// Stops the writing of files after Ctrl-C, up to the exchange.
pub(super) struct Stoppable<'a>(pub(super) &'a Control);

impl Guard for Stoppable<'_> {
    fn before(&self, step: Step, _path: &Path) -> io::Result<()> {
        let can_stop = matches!(step, Step::Create | Step::Exchange);
        if can_stop && self.0.cancel.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        Ok(())
    }
}
