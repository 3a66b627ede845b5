//! Situations with a known answer, one module per section of docs/model.md.
//!
//! Random answers are compared within 4 standard errors at a fixed seed: a right engine fails such a comparison
//! with probability 6e-5. Numbers of figures carry the formula they come from.

#[path = "../support/mod.rs"]
mod support;

mod adstock;
mod awareness;
mod customers;
mod deals;
mod leads;
mod work;
