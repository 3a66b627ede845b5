//! The command line: options, progress, terminal text, exit codes; the only reader of clock and environment.
//!
//! One file per command; `arguments` as typed, `settings` as meant.

mod arguments;
mod check;
mod check_inputs;
mod check_table;
mod compare;
mod compare_settings;
mod compare_table;
mod entry;
mod explain;
mod failure;
mod field;
mod futures;
mod grid;
mod journeys;
mod journeys_table;
mod manual;
mod new;
mod next;
mod optimize;
mod optimize_options;
mod page;
mod pictures;
mod progress;
mod read;
mod robust;
mod run;
mod settings;
mod splits;
mod switch;
mod table;
mod terminal;
mod terms;
mod trace;
mod words;

pub use entry::main;
