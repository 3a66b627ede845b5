//! The scenario file: TOML text to a validated scenario, with every mistake gathered, placed and explained.
//!
//! Text → tree (`parse`), over the files that it extends and under the settings typed beside it (`load`, `merge`,
//! `settings`), with the columns that it names (`samples`) → sections, each against what it asks for (`sections`) →
//! checks across sections (`checks`) → `Document`, or a `Report` of everything that is wrong.

mod alternatives;
mod brackets;
mod checks;
mod diagnostic;
mod document;
mod echoes;
mod feasible;
mod files;
mod foreign_forms;
mod forms;
mod headers;
pub mod keys;
mod load;
mod merge;
mod misspelt;
mod names;
mod occasions;
mod origin;
mod parse;
mod quantity;
mod reader;
mod render;
mod samples;
mod seasonality;
mod section;
mod sections;
mod settings;
mod sheet;
mod shipped;
mod source;
mod spends;
mod starter;
mod suspicious;
mod syntax;
mod tree;
mod typed;
mod values;
mod wording;

pub use diagnostic::{Diagnostic, Report, Severity};
pub use document::{Checked, Document, asked_keys};
pub use files::{Files, NoFiles, reason};
pub use load::{Request, load, read, read_bytes};
pub use shipped::{SHIPPED, Shipped};
pub use source::{Place, Sources, Span};
pub use starter::starter;
