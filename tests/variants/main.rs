//! One scenario from another: files that extend files, settings laid over them, samples from the rows of a file.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests may fail them

mod extends;
mod hostile;
mod samples;
mod settings;
mod shelf;
