//! The scenario file: TOML text to a validated scenario, with every mistake gathered, placed and explained.
//!
//! Text → tree (`parse`) → sections, each against what it asks for (`sections`) → checks across sections
//! (`checks`) → `Document`, or a `Report` of everything that is wrong.

mod brackets;
mod checks;
mod diagnostic;
mod document;
mod echoes;
mod feasible;
mod forms;
mod misspelt;
mod parse;
mod quantity;
mod reader;
mod seasonality;
mod section;
mod sections;
mod source;
mod suspicious;
mod syntax;
mod tree;
mod typed;
mod wording;

pub use diagnostic::{Diagnostic, Report, Severity};
pub use document::{Checked, Document, read, read_bytes};
pub use source::{Place, Sources, Span};
