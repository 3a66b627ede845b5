//! Options as they are typed; their texts are the help.

use super::compare_settings::Shares;
use super::optimize_options::OptimizeOptions;
use super::{compare_settings, manual, settings};
use crate::scenario_file::SHIPPED;
use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// Simulates budget splits between marketing and sales, in thousands of possible futures.
#[derive(Debug, Parser)]
#[command(
    name = "gtm-sim",
    version,
    max_term_width = 110,
    disable_help_subcommand = true,
    after_help = "Exit codes: 0 done, 1 failed, 2 wrong input, 130 interrupted."
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
    /// Compare splits, plans or scenarios in the same futures, with as many futures as it takes to tell the best.
    #[command(after_help = compare_settings::HELP)]
    Compare(CompareOptions),
    /// Search for the best split, path or mix under limits, and say how sure that is.
    Optimize(OptimizeOptions),
    /// Check scenarios without simulating: what is assumed, what your numbers mean, where plans settle, what looks odd.
    Check(CheckOptions),
    /// Tell one future as a log: every event of every account, from first hearing of you to leaving.
    Trace(TraceOptions),
    /// Follow the journeys of a sample of futures: how long, by which paths, and attribution against the truth.
    Journeys(JourneysOptions),
    /// Say what a key of the scenario file, a measure, a weekly series or a field of the results means.
    Explain {
        /// A key, such as `win_rate`, `segments.mid-market.deals.win_rate` or `roles`; or a name of the results, such as `value`.
        name: String,
    },
    /// Write a commented starter to fill in: the numbers of a shipped scenario, every key explained.
    New(NewOptions),
    /// Print the JSON Schema of the scenario file, from which editors complete and explain.
    Schema,
    /// Print the completions of a shell: commands and options at the Tab key.
    #[command(after_help = manual::COMPLETIONS_HELP)]
    Completions {
        /// Which shell.
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page of gtm-sim, or of one of its commands, as roff.
    #[command(hide = true, after_help = manual::MAN_HELP)]
    Man {
        /// A command, such as `run`.
        command: Option<String>,
    },
}

/// Options of `new`.
#[derive(Debug, Args)]
pub(super) struct NewOptions {
    /// The scenario file to be written, such as `my.toml`.
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The shipped scenario to begin from: the one most like your company.
    #[arg(long, value_name = "NAME", default_value = "minimal", value_parser = PossibleValuesParser::new(SHIPPED.iter().map(|shipped| shipped.name)))]
    pub(super) from: String,
    /// Overwrite the file if there is one.
    #[arg(long)]
    pub(super) force: bool,
}

/// Options of `run`.
#[derive(Debug, Args)]
pub(super) struct RunOptions {
    /// Scenario files.
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// What of the files is taken, and what is changed.
    #[command(flatten)]
    pub(super) scenario: ScenarioOptions,
    /// Futures to simulate, instead of the file's `replications`.
    #[arg(long, value_name = "N", value_parser = settings::futures, allow_negative_numbers = true)]
    pub(super) reps: Option<u64>,
    /// Simulate until the standard error of every plan's objective is this share of it: `1%`.
    #[arg(long, value_name = "SHARE", value_parser = settings::precision, allow_hyphen_values = true, conflicts_with = "reps")]
    pub(super) precision: Option<f64>,
    /// Seed of all luck, instead of the file's.
    #[arg(long, value_name = "N", value_parser = settings::seed, allow_negative_numbers = true)]
    pub(super) seed: Option<u64>,
    /// Threads; the results do not depend on it [default: one per core].
    #[arg(long, value_name = "N", value_parser = settings::threads, allow_negative_numbers = true)]
    pub(super) threads: Option<usize>,
    /// Folder of the results [default: output/FILE without .toml]; with several files one folder each below it.
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What is printed: a table with sentences, or results.json and nothing else.
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Draw no charts.
    #[arg(long)]
    pub(super) no_charts: bool,
    /// Try no other splits: no range of splits that are as good as the best, and no chart of them.
    #[arg(long)]
    pub(super) no_sweep: bool,
    /// Write every future to replications.csv, not only the first 100,000 rows.
    #[arg(long)]
    pub(super) all_rows: bool,
    /// Print nothing but errors (and the JSON that was asked for).
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// Options of `compare`.
#[derive(Debug, Args)]
pub(super) struct CompareOptions {
    /// Scenario files; the plans of several stand side by side, the first plan of the first file is the baseline.
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Marketing shares in percent, each tried with the mixes of the first plan: `20,40,60`.
    #[arg(long, value_name = "PERCENT", value_parser = compare_settings::splits, allow_hyphen_values = true)]
    pub(super) splits: Option<Shares>,
    /// Marketing shares from, to and step, in percent: `10..90:10`.
    #[arg(long, value_name = "FROM..TO:STEP", value_parser = compare_settings::sweep, allow_hyphen_values = true, conflicts_with = "splits")]
    pub(super) sweep: Option<Shares>,
    /// What of the files is taken, and what is changed.
    #[command(flatten)]
    pub(super) scenario: ScenarioOptions,
    /// A difference that does not matter, as a share of the annual budget (of the first plan's mean where the objective is no money).
    #[arg(long, value_name = "SHARE", value_parser = settings::precision, allow_hyphen_values = true, default_value = "1%")]
    pub(super) precision: f64,
    /// Futures of the plans that may be the best, at most [default: 16,000].
    #[arg(long, value_name = "N", value_parser = settings::futures, allow_negative_numbers = true)]
    pub(super) max_reps: Option<u64>,
    /// Futures of every plan, no more and no fewer, instead of as many as it takes.
    #[arg(long, value_name = "N", value_parser = settings::futures, allow_negative_numbers = true, conflicts_with = "max_reps")]
    pub(super) reps: Option<u64>,
    /// Also look for the value of this key at which the better choice changes: of two plans, or of the side of 50 % on which the best of the splits lies.
    #[arg(long, value_name = "KEY")]
    pub(super) switch: Option<String>,
    /// Where to look [default: the 90 % interval of an unknown number, else half to twice of what the file says].
    #[arg(long, value_name = "FROM..TO", value_parser = compare_settings::between, allow_hyphen_values = true, requires = "switch")]
    pub(super) between: Option<(f64, f64)>,
    /// Seed of all luck, instead of that of the first file.
    #[arg(long, value_name = "N", value_parser = settings::seed, allow_negative_numbers = true)]
    pub(super) seed: Option<u64>,
    /// Threads; the results do not depend on it [default: one per core].
    #[arg(long, value_name = "N", value_parser = settings::threads, allow_negative_numbers = true)]
    pub(super) threads: Option<usize>,
    /// Folder of the results [default: output/FILE-compare].
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What is printed: tables with sentences, or comparison.json and nothing else.
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

/// Options of every command that reads scenarios.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct ScenarioOptions {
    /// Only these plans, by key or label; the first one is the baseline.
    #[arg(long, value_name = "A,B")]
    pub(super) plans: Vec<String>,
    /// Change a number, a text, a mix or a whole section of the files: `budget.annual=6e6`; may be repeated, later ones win.
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub(super) struct CheckOptions {
    /// Scenario files.
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Plans and settings.
    #[command(flatten)]
    pub(super) scenario: ScenarioOptions,
    /// What is printed: tables for people, or one JSON document and nothing else.
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Print nothing but errors (and the JSON that was asked for).
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// Options of `trace`.
#[derive(Debug, Args)]
pub(super) struct TraceOptions {
    /// The scenario file.
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The plan that is lived, by key or label [default: the first].
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(super) plan: Option<String>,
    /// Which future, as numbered in replications.csv.
    #[arg(long, value_name = "N", default_value = "1", value_parser = settings::replication, allow_negative_numbers = true)]
    pub(super) replication: u64,
    /// Only this segment.
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(super) segment: Option<String>,
    /// Only the account with this number in the segment.
    #[arg(long, value_name = "K", value_parser = settings::account, allow_negative_numbers = true)]
    pub(super) account: Option<u64>,
    /// Only the first events.
    #[arg(long, value_name = "M", value_parser = settings::limit, allow_negative_numbers = true)]
    pub(super) limit: Option<u64>,
    /// How events are written: a table with a header, or a JSON object a line.
    #[arg(long, value_enum, default_value_t = LogFormat::Csv, value_name = "FORMAT")]
    pub(super) format: LogFormat,
    /// Change a number, a text, a mix or a whole section of the file: `budget.annual=6e6`; may be repeated, later ones win.
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
    /// Seed of all luck, instead of the file's.
    #[arg(long, value_name = "N", value_parser = settings::seed, allow_negative_numbers = true)]
    pub(super) seed: Option<u64>,
    /// File that the log is written to, instead of being printed.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Overwrite that file if there is one.
    #[arg(long, requires = "out")]
    pub(super) force: bool,
    /// Print nothing but errors (and the log, if it is printed).
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// Options of `journeys`.
#[derive(Debug, Args)]
pub(super) struct JourneysOptions {
    /// The scenario file.
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The plan that is lived, by key or label [default: the first].
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(super) plan: Option<String>,
    /// Futures to follow, each once more without every channel.
    #[arg(long, value_name = "N", default_value = "200", value_parser = settings::sample, allow_negative_numbers = true)]
    pub(super) sample: u64,
    /// Change a number, a text, a mix or a whole section of the file: `budget.annual=6e6`; may be repeated, later ones win.
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
    /// Seed of all luck, instead of the file's.
    #[arg(long, value_name = "N", value_parser = settings::seed, allow_negative_numbers = true)]
    pub(super) seed: Option<u64>,
    /// Folder of the results [default: output/FILE-journeys].
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What is printed: tables with sentences, or journeys.json and nothing else.
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Draw no charts.
    #[arg(long)]
    pub(super) no_charts: bool,
    /// Print nothing but errors (and the JSON that was asked for).
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// How events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// Comma-separated values with a header.
    Csv,
    /// A JSON object a line.
    Jsonl,
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
