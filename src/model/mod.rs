//! The scenario as meant, and the law of one week.

pub mod name;
pub mod parameters;
pub mod scenario;
pub mod segment;
