//! Compares and explains what was lived; ends in `Findings`.

pub mod check;
pub mod compare;
pub mod findings;
mod gap;
mod hinges;
mod journey;
pub mod steps;
mod summary;
mod verdict_text;
pub mod verdicts;
