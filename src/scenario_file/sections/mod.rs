//! One file per section of the scenario file: what it may say, and the part of the scenario it becomes.

pub(super) mod actuals;
pub(super) mod budget;
pub(super) mod channels;
pub(super) mod customers;
pub(super) mod deals;
pub(super) mod environment;
pub(super) mod feedback;
pub(super) mod finance;
pub(super) mod leads;
pub(super) mod optimize;
pub(super) mod plans;
pub(super) mod roles;
pub(super) mod scenario;
pub(super) mod segments;
pub(super) mod today;
pub(super) mod work;
