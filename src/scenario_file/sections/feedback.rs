//! `[feedback]`: what closed opportunities teach (docs/model.md, 4.8).

use crate::model::scenario::Feedback;
use crate::scenario_file::reader::Reader;
use crate::scenario_file::section::Section;

/// Reads the section.
pub(in crate::scenario_file) fn read(mut section: Section<'_>, reader: &mut Reader) -> Feedback {
    let feedback = Feedback {
        insight_half_life_weeks: section.number(reader, "insight_half_life_weeks"),
        half_learned_after: section.number(reader, "half_learned_after"),
        win_lift: section.number(reader, "win_lift"),
        lead_lift: section.number(reader, "lead_lift"),
    };
    section.finish(reader);
    feedback
}
