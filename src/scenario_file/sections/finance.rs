//! `[finance]`: margins, cash and the rule of value (docs/model.md, 4.9).

use super::scenario::MOST_WEEKS;
use crate::model::scenario::Finance;
use crate::scenario_file::reader::Reader;
use crate::scenario_file::section::Section;

/// Reads the section.
pub(in crate::scenario_file) fn read(mut section: Section<'_>, reader: &mut Reader) -> Finance {
    let tail = section.whole(reader, "tail_weeks", 0, MOST_WEEKS).unwrap_or(0);
    let finance = Finance {
        gross_margin: section.number(reader, "gross_margin"),
        discount: section.number(reader, "discount"),
        collection_weeks: section.number(reader, "collection_weeks"),
        billing_weeks: section.number(reader, "billing_weeks"),
        other_costs_annual: section.number(reader, "other_costs_annual"),
        value_years: section.number(reader, "value_years"),
        tail_weeks: u32::try_from(tail).unwrap_or(0),
    };
    section.finish(reader);
    finance
}
