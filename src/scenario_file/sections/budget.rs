//! `[budget]`: the money that plans split (docs/model.md, 4.1).

use crate::model::scenario::Budget;
use crate::scenario_file::reader::Reader;
use crate::scenario_file::seasonality::seasonality;
use crate::scenario_file::section::Section;
use crate::units::time::Date;

/// Reads the section.
pub(in crate::scenario_file) fn read(mut section: Section<'_>, reader: &mut Reader, start: Date) -> Budget {
    let budget = Budget {
        annual: section.number(reader, "annual"),
        marketing_overhead: section.number(reader, "marketing_overhead"),
        price_growth: section.number(reader, "price_growth"),
        seasonality: seasonality(reader, &mut section, "seasonality", start),
        whole_heads: section.flag(reader, "whole_heads").unwrap_or(false),
        includes: section.text(reader, "includes").unwrap_or_default(),
    };
    section.finish(reader);
    budget
}
