//! Every key of the scenario format, declared once: what it is, its range and default, where it acts, an example.
//!
//! The reader asks for exactly these keys (a test holds the two together), and the schema, the reference page and
//! `explain` are made of them. Numbers of the law refer to the registry of parameters, which has their unit, range,
//! default and meaning.

mod company;
mod declared;
mod entry;
mod market;
mod optimize;
mod page;
mod schema;
mod segments;
mod wording;

pub use declared::{all, below, called};
pub(super) use declared::{homes_of, instead_of_one};
pub use entry::{Key, Kind, Told};
pub use page::page;
pub use schema::schema;
