//! Journeys of a sample of futures: how long, over how many touches, by which paths, and what attribution makes of them.

pub mod claims;
mod collect;
pub mod document;
mod lengths;
mod paths;
pub mod sample;
mod tally;
