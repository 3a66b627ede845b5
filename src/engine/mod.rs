//! Lives many replications: streams, inputs, threads, recording.

pub mod replication;
pub mod simulate;
pub mod streams;
pub mod trace;
