//! The scenario as meant, and the law of one week; one file per section of docs/model.md.

pub mod adstock;
pub mod awareness;
pub mod books;
pub mod budget;
pub mod company;
pub mod contracts;
pub mod customers;
pub mod deals;
pub mod environment;
pub mod feedback;
pub mod inversions;
pub mod leads;
pub mod luck;
pub mod market;
pub mod marketing;
pub mod name;
pub mod parameters;
pub mod saturation;
pub mod scenario;
pub mod schedule;
pub mod segment;
pub mod staffing;
pub mod today;
pub mod week;
pub mod work;
