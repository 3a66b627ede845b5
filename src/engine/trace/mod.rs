//! The labelled replay: who the accounts of a replication were, drawn with luck of its own (docs/model.md, 2).

mod contracts;
mod crowd;
mod draws;
pub mod event;
mod recorder;
pub mod replay;
