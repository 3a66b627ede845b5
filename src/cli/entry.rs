//! From the command line to an exit code: 0 done, 1 failed, 2 wrong input, 130 interrupted.

use super::arguments::{Arguments, Command};
use super::failure::Failure;
use super::settings::RunSettings;
use super::terminal::{self, Terminal};
use super::{check, compare, compare_settings, explain, journeys, manual, new, optimize, run, trace};
use crate::scenario_file::keys;
use clap::Parser;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// Runs the command that was typed.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(told) => {
            // Help goes to stdout, mistakes to stderr; a closed pipe is nobody's mistake.
            let _ = told.print();
            return ExitCode::from(u8::try_from(told.exit_code()).unwrap_or(2));
        }
    };
    let terminal = Terminal::new(arguments.color);
    std::panic::set_hook(Box::new(|panic| {
        terminal::complain(&format!(
            "gtm-sim broke: {panic}\nThis is a mistake in gtm-sim, not in your scenario. Please report it with the scenario file."
        ));
    }));
    let result = catch_unwind(AssertUnwindSafe(|| dispatch(arguments.command, &terminal)));
    match result {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(failure)) => {
            if let Some(message) = failure.message() {
                terminal::complain(&terminal.error(&message));
            }
            ExitCode::from(failure.code())
        }
        Err(_) => ExitCode::from(1),
    }
}

fn dispatch(command: Command, terminal: &Terminal) -> Result<(), Failure> {
    match command {
        Command::Run(options) => run::run(&RunSettings::of(options)?, terminal),
        Command::Compare(options) => {
            compare::compare(&compare_settings::CompareSettings::of(options)?, terminal)
        }
        Command::Optimize(options) => optimize::optimize(options, terminal),
        Command::Check(options) => check::check(&options, terminal),
        Command::Trace(options) => trace::trace(&options, terminal),
        Command::Journeys(options) => journeys::journeys(&options, terminal),
        Command::Explain { name } => explain::explain(&name, terminal),
        Command::New(options) => new::new(&options, terminal),
        Command::Schema => terminal::print(keys::schema().as_bytes()),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { command } => manual::page(command.as_deref()),
    }
}
