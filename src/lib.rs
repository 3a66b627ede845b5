//! gtm-sim: a Monte Carlo simulator of go-to-market plans.
pub mod chance;
