//! `[work]`: how the hours of sellers are spent (docs/model.md, 4.5).

use super::segments::Context;
use crate::model::scenario::{Order, Work};
use crate::model::segment::Segment;
use crate::scenario_file::reader::Reader;
use crate::scenario_file::section::Section;

/// Words of `order`.
pub(in crate::scenario_file) const ORDERS: [(&str, Order); 2] =
    [("newest", Order::Newest), ("oldest", Order::Oldest)];

/// Reads the section; the order must be told where leads can wait for sellers.
pub(in crate::scenario_file) fn read(
    mut section: Section<'_>,
    reader: &mut Reader,
    segments: &[Segment],
    context: &Context,
) -> Work {
    let order = section.choice(reader, "order", &ORDERS);
    let leads_wait = context.somebody_sells && segments.iter().any(|segment| segment.leads.needs_a_rep > 0.0);
    if !section.has("order") && leads_wait {
        section.lacks(
            reader,
            "order",
            "Which waiting lead is called first when leads need a rep: \"newest\" or \"oldest\".",
        );
    }
    let work = Work {
        order: order.unwrap_or(Order::Newest),
        new_lead_share: section.number(reader, "new_lead_share"),
        stop_after_weeks: section.told(reader, "stop_after_weeks"),
        touch_every_weeks: section.number(reader, "touch_every_weeks"),
    };
    section.finish(reader);
    work
}
