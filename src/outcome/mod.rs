//! What is measured of a replication, and estimates with their error.

pub mod aim;
pub mod follow;
pub mod life;
pub mod measure;
pub mod outcomes;
