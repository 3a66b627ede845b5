//! Documents made from findings, and the one writer of files.

pub mod csv;
pub mod json;
pub mod output;
pub mod stored;
