//! Scenarios built in Rust for tests: a bare market, and random valid ones.
#![allow(dead_code, missing_docs)] // each test binary uses a part of it
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests may fail them

pub mod bare;
pub mod lives;
pub mod random;
