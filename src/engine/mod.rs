//! Lives many replications: streams, inputs, threads, recording.

pub mod simulate;
