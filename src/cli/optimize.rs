//! `gtm-sim optimize`: read, search, estimate afresh, write, print.

use super::arguments::{Format, ScenarioOptions};
use super::failure::Failure;
use super::optimize_options::OptimizeOptions;
use super::terminal::{self, Look, Terminal};
use super::{progress, read, robust, run};
use crate::analysis::compare;
use crate::analysis::optimize::{self, Asked, Effort, Optimum, SoFar, Space, Stopped};
use crate::engine::simulate::Control;
use crate::model::scenario::Scenario;
use crate::report::disk::Document as Written;
use crate::report::json;
use crate::report::output::{Folder, OPTIMUM};
use crate::report::single;
use crate::scenario_file::Document;
use crate::units::format::{self, Style};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

/// Searches for the best plan of a scenario.
pub(super) fn optimize(options: OptimizeOptions, terminal: &Terminal) -> Result<(), Failure> {
    let [file] = options.files.as_slice() else {
        return robust::robust(&options, terminal);
    };
    if !options.weights.is_empty() {
        return Err(Failure::Input("--weights needs several files".to_owned()));
    }
    let control = run::interruptible();
    if let Some(path) = options.write.as_ref().filter(|path| path.exists()) {
        let name = path.display();
        return Err(Failure::Input(format!(
            "{name} exists already; --write another file"
        )));
    }
    let scenario = ScenarioOptions {
        plans: Vec::new(),
        set: options.settings(),
    };
    let mut document = read::scenario(file, &scenario, options.quiet, terminal)?;
    document.seed = options.seed.unwrap_or(document.seed);
    document.replications = options.reps.unwrap_or(document.replications);
    let out = folder(&options, file);
    let guard = run::Stoppable(&control);
    let folder = Folder::claim(&out, &guard)?;
    let found = search(&options, file, &document, &control, terminal)?;
    if let Some(path) = &options.write {
        let text = extending(file, path, &document, &found);
        single::write(path, text.as_bytes(), false).map_err(|error| Failure::Input(error.to_string()))?;
    }
    let bytes = json::document(&found).map_err(|error| Failure::Other(error.to_string()))?;
    folder.add(&[Written {
        path: OPTIMUM.to_owned(),
        write: Box::new(|to| to.write_all(&bytes)),
    }])?;
    match options.format {
        Format::Json => terminal::print(&bytes),
        Format::Table if options.quiet => Ok(()),
        Format::Table => {
            let name = free_name(&document.scenario);
            terminal::print(text(&found, &name, (&out, options.write.as_deref()), terminal).as_bytes())
        }
    }
}

/// `best`, or `best-2` and so on where a plan has that name.
fn free_name(scenario: &Scenario) -> String {
    let taken = |name: &str| scenario.plans.iter().any(|plan| plan.name.as_str() == name);
    let mut name = "best".to_owned();
    let mut number = 2;
    while taken(&name) {
        name = format!("best-{number}");
        number += 1;
    }
    name
}

/// A scenario file that adds the plan to the one that was searched.
fn extending(file: &Path, to: &Path, document: &Document, found: &Optimum) -> String {
    let folder = |path: &Path| {
        let parent = path.parent().unwrap_or(Path::new(""));
        let parent = if parent.as_os_str().is_empty() {
            Path::new(".")
        } else {
            parent
        };
        parent.canonicalize().unwrap_or_else(|_| parent.to_owned())
    };
    let (from, own) = (folder(to), folder(file));
    let shared = from
        .components()
        .zip(own.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    let mut path: PathBuf = up.collect();
    path.extend(own.components().skip(shared));
    path.extend(file.file_name());
    let path = path
        .display()
        .to_string()
        .replace('\\', "\\\\")
        .replace('"', "\\\"");
    format!(
        "# {} with the plan that gtm-sim optimize found.\nextends = \"{path}\"\n\n{}",
        document.scenario.name.replace(char::is_control, " "),
        optimize::block(found, &free_name(&document.scenario))
    )
}

/// `output/FILE` without `.toml` unless told.
fn folder(options: &OptimizeOptions, file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default();
    options
        .out
        .clone()
        .unwrap_or_else(|| Path::new("output").join(stem))
}

fn search(
    options: &OptimizeOptions,
    file: &Path,
    document: &Document,
    control: &Control,
    terminal: &Terminal,
) -> Result<Optimum, Failure> {
    let settings = options.settings();
    let file = file.file_name().map(|name| name.to_string_lossy());
    let goal = document.goal;
    if let Some(why) = goal.unfit() {
        return Err(Failure::Input(format!(
            "the objective {} cannot be searched for: {why}; choose another, such as --objective value",
            goal.measure.id
        )));
    }
    let asked = Asked {
        run: compare::Asked {
            scenario: &document.scenario,
            plans: &[0],
            aim: &document.aim,
            file: file.as_deref().unwrap_or_default(),
            sha256: &document.sha256,
            settings: &settings,
            seed: document.seed,
        },
        goal,
        decisions: &document.decisions,
        replications: document.replications,
        effort: Effort::USUAL,
        frontier: options.frontier,
        response: options.response,
        threads: options.threads.unwrap_or(0),
    };
    let status = Mutex::new("searching".to_owned());
    let tell = |so_far: &SoFar<'_>| {
        if let Ok(mut status) = status.lock() {
            *status = told(&asked, so_far);
        }
    };
    let shown = terminal.watched && !options.quiet;
    let found = progress::told(shown, &status, || optimize::optimize(&asked, control, &tell));
    found.map_err(|stopped| match stopped {
        Stopped::Impossible(why) => Failure::Input(why),
        Stopped::Interrupted(best) => {
            if let Some(best) = best {
                let text = format!("interrupted; best so far: {best}\n");
                if let Err(failure) = terminal::print(text.as_bytes()) {
                    return failure;
                }
            }
            Failure::Interrupted
        }
    })
}

/// `best so far 26 % in marketing, about $20.1M · 4,032 futures lived`.
fn told(asked: &Asked, so_far: &SoFar<'_>) -> String {
    let scenario = asked.run.scenario;
    let Some(base) = scenario.plans.first() else {
        return String::new();
    };
    let space = Space {
        scenario,
        base,
        decisions: asked.decisions,
    };
    let plan = space.plan(so_far.point);
    let shares: Vec<String> = plan
        .phases
        .iter()
        .map(|phase| format::percent(phase.marketing_share, Style::Sentence))
        .collect();
    let goal = format::quantity(
        so_far.goal,
        asked.goal.unit(),
        &scenario.currency,
        Style::Sentence,
    );
    format!(
        "best so far {} in marketing, about {goal} · {} futures lived",
        shares.join(", "),
        format::count(so_far.lives)
    )
}

fn text(found: &Optimum, name: &str, (out, written): (&Path, Option<&Path>), terminal: &Terminal) -> String {
    let facts = &found.scenario;
    let weeks = format::weeks(f64::from(facts.weeks), Style::Sentence);
    let title = format!(
        "{} · {weeks} from {} · searched {} plans in {} futures · seed {}",
        facts.name,
        facts.start,
        format::count(found.evaluations),
        format::count(found.replications),
        facts.seed
    );
    let mut text = terminal.paint(&title, Look::Strong);
    text.push_str("\n\n");
    for sentence in optimize::sentences(found) {
        text.push_str(&super::table::wrapped(&sentence, terminal.width));
        text.push('\n');
    }
    text.push_str("\nTo keep the plan, paste:\n\n");
    text.push_str(&optimize::block(found, name));
    let mut list = format!("written  {}: {OPTIMUM}", out.display());
    if let Some(written) = written {
        list.push_str(&format!("; {}", written.display()));
    }
    text.push('\n');
    text.push_str(&terminal.paint(&list, Look::Aside));
    text.push('\n');
    text
}
