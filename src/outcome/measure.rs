//! Measures: each declared once, used by table, JSON, CSV, documentation and `explain`.

use crate::units::unit::Unit;

/// A measure of a replication.
#[derive(Debug)]
pub struct Measure {
    /// Key in JSON, CSV and options.
    pub id: &'static str,
    /// Name for people.
    pub label: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// What it means.
    pub about: &'static str,
}

/// The measure with this key.
pub fn measure(id: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.id == id)
}

/// All measures.
pub static MEASURES: &[Measure] = &[
    Measure {
        id: "value",
        label: "Value",
        unit: Unit::Money,
        about: "",
    },
    Measure {
        id: "revenue",
        label: "Revenue",
        unit: Unit::Money,
        about: "",
    },
];
