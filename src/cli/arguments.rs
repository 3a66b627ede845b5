//! Options as they are typed; their texts are the help.

use super::settings;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Simulates budget splits between marketing and sales, in thousands of possible futures.
#[derive(Debug, Parser)]
#[command(
    name = "gtm-sim",
    version,
    max_term_width = 110,
    disable_help_subcommand = true
)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
    /// Colours on the terminal.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Simulate every plan of a scenario in the same futures: table, sentences, charts, data.
    Run(RunOptions),
    /// Check scenarios without simulating: what is assumed, what your numbers mean, where plans settle, what looks odd.
    Check(CheckOptions),
    /// Say what a measure or a parameter means, with its unit, range and default.
    Explain {
        /// A measure, such as `value`, or a parameter, such as `win_rate` or `segments.mid-market.deals.win_rate`.
        name: String,
    },
}

/// Options of `run`.
#[derive(Debug, Args)]
pub(super) struct RunOptions {
    /// Scenario files.
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Only these plans, by their keys; the first one is the baseline.
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub(super) plans: Vec<String>,
    /// Futures to simulate, instead of the file's `replications`.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub(super) reps: Option<u64>,
    /// Simulate until the standard error of every plan's objective is this share of it: `1%`.
    #[arg(long, value_name = "SHARE", value_parser = settings::precision, conflicts_with = "reps")]
    pub(super) precision: Option<f64>,
    /// Seed of all luck, instead of the file's.
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Threads; the results do not depend on it [default: one per core].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// Folder of the results [default: output/FILE without .toml]; with several files one folder each below it.
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What is printed: a table with sentences, or results.json and nothing else.
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Draw no charts.
    #[arg(long)]
    pub(super) no_charts: bool,
    /// Write every future to replications.csv, not only the first 100,000 rows.
    #[arg(long)]
    pub(super) all_rows: bool,
    /// Print nothing but errors (and the JSON that was asked for).
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub(super) struct CheckOptions {
    /// Scenario files.
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Only these plans, by their keys; today stays that of the file's first plan.
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub(super) plans: Vec<String>,
    /// What is printed: tables for people, or one JSON document and nothing else.
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Print nothing but errors (and the JSON that was asked for).
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What is printed on stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Table,
    /// A JSON document.
    Json,
}
