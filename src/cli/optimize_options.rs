//! Options of `optimize` as they are typed; those of the search are settings of `[optimize]`.

use super::arguments::Format;
use super::settings;
use clap::Args;
use std::path::PathBuf;

/// Options of `optimize`.
#[derive(Debug, Args)]
pub(super) struct OptimizeOptions {
    /// The scenario file; its first plan is the baseline.
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Change a number, a text, a mix or a whole section of the file, such as `optimize.most_share=0.5`; may be repeated.
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
    /// Futures behind the figures that are told, instead of the file's; the search has its own.
    #[arg(long, value_name = "N", value_parser = settings::futures, allow_negative_numbers = true)]
    pub(super) reps: Option<u64>,
    /// Seed of all luck, instead of the file's.
    #[arg(long, value_name = "N", value_parser = settings::seed, allow_negative_numbers = true)]
    pub(super) seed: Option<u64>,
    /// Threads; the results do not depend on it [default: one per core].
    #[arg(long, value_name = "N", value_parser = settings::threads, allow_negative_numbers = true)]
    pub(super) threads: Option<usize>,
    /// Folder of the result [default: output/FILE without .toml].
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What is printed: sentences, or optimum.json and nothing else.
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Print nothing but errors (and the JSON that was asked for).
    #[arg(long, short)]
    pub(super) quiet: bool,
}
