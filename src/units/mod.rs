//! Units: how quantities are named, converted and printed. No domain, no randomness.

pub mod format;
pub mod time;
pub mod unit;
