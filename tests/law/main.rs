//! Situations with a known answer, one module per section of docs/model.md.
//!
//! Random answers are compared within 4 standard errors at a fixed seed: a right engine fails such a comparison
//! with probability 6e-5. Numbers of figures carry the formula they come from.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests may fail them
#![allow(clippy::inconsistent_digit_grouping, clippy::approx_constant)] // numbers as published

#[path = "../support/mod.rs"]
mod support;

mod absence;
mod adstock;
mod anchored;
mod awareness;
mod books;
mod changes;
mod customers;
mod deals;
mod edges;
mod environment;
mod feedback;
mod inversions;
mod leads;
mod staffing;
mod steady;
mod streams;
mod today;
mod work;
