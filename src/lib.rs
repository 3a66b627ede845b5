//! gtm-sim: a Monte Carlo simulator of go-to-market plans.
pub mod analysis;
pub mod chance;
#[cfg(feature = "charts")]
pub mod charts;
#[cfg(feature = "cli")]
pub mod cli;
pub mod engine;
pub mod model;
pub mod outcome;
pub mod report;
pub mod scenario_file;
pub mod units;
