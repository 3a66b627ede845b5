//! Scenarios built in Rust for tests: a bare market, and random valid ones.
#![allow(dead_code, missing_docs)] // each test binary uses a part of it

pub mod bare;
pub mod lives;
pub mod random;
