//! What is measured of a replication, and estimates with their error.

pub mod aim;
pub mod measure;
pub mod outcomes;
