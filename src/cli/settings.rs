//! Options as they are meant: checked against each other, defaults filled in.

use super::arguments::{Format, RunOptions, ScenarioOptions};
use super::failure::Failure;
use crate::report::csv::Rows;
use std::path::{Path, PathBuf};

/// What `run` is to do.
#[derive(Debug)]
pub(super) struct RunSettings {
    /// Scenario files and the folders of their results.
    pub(super) jobs: Vec<Job>,
    /// What of the files is taken, and what is changed.
    pub(super) scenario: ScenarioOptions,
    /// How many futures.
    pub(super) futures: Futures,
    /// Seed instead of the file's.
    pub(super) seed: Option<u64>,
    /// Threads; 0 = one per core.
    pub(super) threads: usize,
    /// What is printed.
    pub(super) format: Format,
    /// Whether charts are drawn.
    pub(super) charts: bool,
    /// Whether other splits are tried.
    pub(super) sweep: bool,
    /// Rows of `replications.csv`.
    pub(super) rows: Rows,
    /// Whether only errors are told.
    pub(super) quiet: bool,
}

/// A scenario file and the folder of its results.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Job {
    pub(super) file: PathBuf,
    pub(super) out: PathBuf,
}

/// How many futures are simulated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Futures {
    /// As many as the scenario says.
    AsTheFileSays,
    /// So many.
    Exactly(u64),
    /// Until every plan's objective has this relative standard error.
    Precise(f64),
}

impl RunSettings {
    /// The settings that the options mean.
    pub(super) fn of(options: RunOptions) -> Result<Self, Failure> {
        if options.format == Format::Json && options.files.len() > 1 {
            return Err(Failure::Input(
                "--format json prints one result; run the files one by one, or read results.json in their folders".to_owned(),
            ));
        }
        Ok(Self {
            jobs: jobs(options.files, options.out)?,
            scenario: options.scenario,
            futures: match (options.reps, options.precision) {
                (Some(count), _) => Futures::Exactly(count),
                (None, Some(share)) => Futures::Precise(share),
                (None, None) => Futures::AsTheFileSays,
            },
            seed: options.seed,
            threads: options.threads.unwrap_or(0),
            format: options.format,
            charts: !options.no_charts,
            sweep: !options.no_sweep,
            rows: if options.all_rows { Rows::All } else { Rows::First },
            quiet: options.quiet,
        })
    }
}

/// A folder for every file; two files may not share one.
fn jobs(files: Vec<PathBuf>, out: Option<PathBuf>) -> Result<Vec<Job>, Failure> {
    let several = files.len() > 1;
    let mut jobs: Vec<Job> = Vec::with_capacity(files.len());
    for file in files {
        let Some(stem) = file.file_stem() else {
            return Err(Failure::Input(format!("{} names no file", file.display())));
        };
        let folder = match &out {
            Some(out) if several => out.join(stem),
            Some(out) => out.clone(),
            None => Path::new("output").join(stem),
        };
        if let Some(other) = jobs.iter().find(|job| job.out == folder) {
            return Err(Failure::Input(format!(
                "{} and {} would both write to {}; run them one by one with --out",
                other.file.display(),
                file.display(),
                folder.display()
            )));
        }
        jobs.push(Job { file, out: folder });
    }
    Ok(jobs)
}

/// A number of futures.
pub(super) fn futures(text: &str) -> Result<u64, String> {
    whole(text, 1, 100_000_000, "1 to 100,000,000, such as 20000")
}

/// The number of a future.
pub(super) fn replication(text: &str) -> Result<u64, String> {
    whole(text, 1, 100_000_000, "1 to 100,000,000, such as 7")
}

/// A number of futures to follow: fewer tell nothing.
pub(super) fn sample(text: &str) -> Result<u64, String> {
    whole(text, 20, 1_000_000, "20 to 1,000,000, such as 200")
}

/// The number of an account.
pub(super) fn account(text: &str) -> Result<u64, String> {
    whole(
        text,
        1,
        u64::from(u32::MAX),
        "1 to the accounts of the segment, such as 17",
    )
}

/// A number of events.
pub(super) fn limit(text: &str) -> Result<u64, String> {
    whole(text, 1, u64::MAX, "1 up, such as 1000")
}

/// A seed.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    whole(text, 0, u64::MAX, "0 to 18,446,744,073,709,551,615, such as 7")
}

/// A number of threads.
pub(super) fn threads(text: &str) -> Result<usize, String> {
    let threads = whole(text, 1, 1024, "1 to 1,024, such as 4 (left out: one per core)")?;
    Ok(threads as usize)
}

/// A whole number, digits in groups or not: `20000`, `20_000`, `2e4`.
fn whole(text: &str, low: u64, high: u64, allowed: &str) -> Result<u64, String> {
    let typed = text.trim().replace('_', "");
    let number = typed.parse::<u64>().ok().or_else(|| with_power(&typed));
    match number {
        Some(number) if (low..=high).contains(&number) => Ok(number),
        _ => {
            let grouped = text.trim().replace([',', ' ', '\'', '.'], "_");
            let is_grouped = grouped.contains('_')
                && grouped.split('_').skip(1).all(|group| group.len() == 3)
                && grouped.replace('_', "").parse::<u64>().is_ok();
            let hint = if is_grouped {
                format!("; digits are grouped with `_`: {grouped}")
            } else {
                String::new()
            };
            Err(format!("a whole number from {allowed}, is expected{hint}"))
        }
    }
}

/// `2e4`, `1.5e3`: digits and a power of ten that make a whole number.
fn with_power(typed: &str) -> Option<u64> {
    typed.contains(['e', 'E']).then_some(())?;
    let number = typed.parse::<f64>().ok()?;
    // Above this a double no longer tells neighbouring whole numbers apart.
    let is_whole = (0.0..9e15).contains(&number) && number.fract() == 0.0;
    is_whole.then_some(number as u64)
}

/// A relative precision: `1%` or `0.01`.
pub(super) fn precision(text: &str) -> Result<f64, String> {
    let (number, scale) = match text.trim().strip_suffix('%') {
        Some(number) => (number.trim(), 100.0),
        None => (text.trim(), 1.0),
    };
    match number.parse::<f64>() {
        Ok(x) if x > 0.0 && x / scale < 1.0 => Ok(x / scale),
        Ok(x) if scale == 1.0 && (1.0..100.0).contains(&x) => Err(format!(
            "a share above 0 and below 100 % is expected; {x} is {x}00 %, was {x}% meant?"
        )),
        _ => Err("a share above 0 and below 100 %, such as 1% or 0.01, is expected".to_owned()),
    }
}
