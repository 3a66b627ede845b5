//! Documents made from findings, and the one writer of files.

pub mod csv;
pub mod disk;
pub mod json;
pub mod log;
pub mod output;
pub mod reference;
pub mod single;
pub mod stored;
