//! Compares and explains what was lived; ends in `Findings`, and of named journeys in `Journeys`.

pub mod check;
pub mod compare;
pub mod contest;
pub mod findings;
pub mod gap;
mod hinges;
mod journey;
pub mod journeys;
pub mod near_best;
pub mod optimize;
pub mod steps;
mod summary;
pub mod sweep;
pub mod switch;
pub mod turning;
mod verdict_text;
pub mod verdicts;
