//! Compares and explains what was lived; ends in `Findings`.

pub mod findings;
