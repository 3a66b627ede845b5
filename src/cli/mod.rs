//! The command line: options, progress, terminal text, exit codes; the only reader of clock and environment.
//!
//! One file per command; `arguments` as typed, `settings` as meant.

mod arguments;
mod check;
mod check_inputs;
mod check_table;
mod entry;
mod explain;
mod failure;
mod futures;
mod grid;
mod journeys;
mod journeys_table;
mod manual;
mod new;
mod next;
mod page;
mod pictures;
mod progress;
mod read;
mod run;
mod settings;
mod table;
mod terminal;
mod terms;
mod trace;
mod words;

pub use entry::main;
