//! Options of `optimize` as they are typed; those of the search are settings of `[optimize]`.

use super::arguments::Format;
use super::settings;
use clap::Args;
use std::path::PathBuf;

/// Options of `optimize`.
#[derive(Debug, Args)]
pub(super) struct OptimizeOptions {
    /// The scenario file, whose first plan is the baseline; several files: one split for all of them.
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Weights of several files, in their order [default: all alike].
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(super) weights: Vec<f64>,
    /// What may change: `split`, `channels`, `roles`, `budget`, with commas [default: split].
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub(super) vary: Vec<String>,
    /// Lengths of phases with a split of their own, in weeks; the last one, which lasts to the end, is left out: `26` is two phases.
    #[arg(long, value_name = "WEEKS", value_delimiter = ',')]
    pub(super) phases: Vec<String>,
    /// The measure that is made large, such as `revenue` [default: the file's].
    #[arg(long, value_name = "MEASURE")]
    pub(super) objective: Option<String>,
    /// How futures count: `mean`, `median`, `p10`, `cvar` (the mean of the worst tenth), `target` (the chance to reach it).
    #[arg(long, value_name = "HOW")]
    pub(super) by: Option<String>,
    /// Least and greatest marketing share in percent: `10..60`.
    #[arg(long, value_name = "LOW..HIGH", value_parser = bounds)]
    pub(super) bounds: Option<Bounds>,
    /// Change a number, a text, a mix or a whole section of the file, such as `optimize.most_share=0.5`; may be repeated.
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
    /// Also tell, for every split, the mean against bad futures, and which splits are efficient.
    #[arg(long)]
    pub(super) frontier: bool,
    /// Also tell the objective against the total budget: the best split from half to double, and up to where money pays back.
    #[arg(long)]
    pub(super) response: bool,
    /// Write the plan found as a scenario file that extends this one; it must not exist.
    #[arg(long, value_name = "FILE")]
    pub(super) write: Option<PathBuf>,
    /// Futures behind the figures that are told, instead of the file's; the search has its own.
    #[arg(long, value_name = "N", value_parser = settings::futures, allow_negative_numbers = true)]
    pub(super) reps: Option<u64>,
    /// Seed of all luck, instead of the file's.
    #[arg(long, value_name = "N", value_parser = settings::seed, allow_negative_numbers = true)]
    pub(super) seed: Option<u64>,
    /// Threads; the results do not depend on it [default: one per core].
    #[arg(long, value_name = "N", value_parser = settings::threads, allow_negative_numbers = true)]
    pub(super) threads: Option<usize>,
    /// Folder of the result [default: output/FILE without .toml; of several files output/robust].
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What is printed: sentences, or optimum.json and nothing else.
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Print nothing but errors (and the JSON that was asked for).
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// Two percents as shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    low: f64,
    high: f64,
}

/// `10..60`, `10%..60%`.
fn bounds(text: &str) -> Result<Bounds, String> {
    let expected =
        || "two percents from 0 to 100, the lower one first, such as 10..60, are expected".to_owned();
    let (low, high) = text.split_once("..").ok_or_else(expected)?;
    let percent = |text: &str| text.trim().trim_end_matches('%').trim().parse::<f64>().ok();
    match (percent(low), percent(high)) {
        (Some(low), Some(high)) if 0.0 <= low && low <= high && high <= 100.0 => Ok(Bounds {
            low: low / 100.0,
            high: high / 100.0,
        }),
        _ => Err(expected()),
    }
}

impl OptimizeOptions {
    /// All changes of the file: what stands in `--set`, then the options that are keys of `[optimize]`.
    pub(super) fn settings(&self) -> Vec<String> {
        let quoted = |word: &String| format!("\"{}\"", word.trim().replace(['\\', '"'], ""));
        let mut settings = self.set.clone();
        if !self.vary.is_empty() {
            let words: Vec<String> = self.vary.iter().map(quoted).collect();
            settings.push(format!("optimize.vary=[{}]", words.join(", ")));
        }
        if !self.phases.is_empty() {
            settings.push(format!("optimize.phase_weeks=[{}]", self.phases.join(", ")));
        }
        let texts = [("objective", &self.objective), ("by", &self.by)];
        for (key, told) in texts {
            settings.extend(told.iter().map(|word| format!("optimize.{key}={}", quoted(word))));
        }
        if let Some(bounds) = self.bounds {
            settings.push(format!("optimize.least_share={}", bounds.low));
            settings.push(format!("optimize.most_share={}", bounds.high));
        }
        settings
    }
}
