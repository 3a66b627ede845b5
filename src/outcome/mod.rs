//! What is measured of a replication, and estimates with their error.

pub mod aim;
pub mod distribution;
pub mod estimate;
pub mod follow;
pub mod goal;
pub mod life;
pub mod measure;
pub mod outcomes;
pub mod series;
