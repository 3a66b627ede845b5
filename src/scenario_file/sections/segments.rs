//! `[segments.NAME]` with `.awareness`, `.leads`, `.deals`, `.availability`, `.customers` (docs/model.md, 4.2 to 4.7).

use super::{customers, deals, leads};
use crate::model::name::Name;
use crate::model::scenario::{Channel, ChannelLeads, Role, Today};
use crate::model::segment::{Availability, Awareness, Fading, Segment};
use crate::scenario_file::diagnostic::Diagnostic;
use crate::scenario_file::reader::Reader;
use crate::scenario_file::section::{Named, Section};
use crate::scenario_file::source::Span;

/// Most accounts of a segment.
pub(in crate::scenario_file) const MOST_ACCOUNTS: u64 = 10_000_000_000;

/// What decides which numbers of a segment must be told.
#[derive(Debug)]
pub(in crate::scenario_file) struct Context {
    /// A role has selling hours.
    pub(in crate::scenario_file) somebody_sells: bool,
    /// A role is in the field.
    pub(in crate::scenario_file) somebody_is_in_the_field: bool,
    /// A channel makes leads.
    pub(in crate::scenario_file) channels_make_leads: bool,
    /// Customers today per segment.
    pub(in crate::scenario_file) customers: Vec<f64>,
}

impl Context {
    pub(in crate::scenario_file) fn of(channels: &[Channel], roles: &[Role], today: &Today) -> Self {
        Self {
            somebody_sells: roles.iter().any(|role| role.selling_hours_per_week != 0.0),
            somebody_is_in_the_field: roles.iter().any(|role| role.field),
            channels_make_leads: channels.iter().any(|channel| {
                let (ChannelLeads::PerWeekToday(leads) | ChannelLeads::Hazard(leads)) = channel.leads;
                leads != 0.0
            }),
            customers: today.customers.clone(),
        }
    }
}

/// Reads the sections.
pub(in crate::scenario_file) fn read(
    sections: Vec<Named<'_>>,
    reader: &mut Reader,
    context: &Context,
) -> Vec<Segment> {
    if sections.is_empty() {
        reader.report(
            Diagnostic::error(Span::WHOLE, "there is no segment")
                .help("a segment is a group of accounts that could buy: `[segments.NAME]` with `accounts = …`, and `.awareness`, `.leads`, `.deals`, `.customers` below it"),
        );
    }
    sections
        .into_iter()
        .enumerate()
        .map(|(item, named)| segment(named, reader, context, item))
        .collect()
}

fn segment(named: Named<'_>, reader: &mut Reader, context: &Context, item: usize) -> Segment {
    let mut section = named.section;
    let accounts = section.whole(reader, "accounts", 1, MOST_ACCOUNTS);
    if !section.has("accounts") {
        section.lacks(
            reader,
            "accounts",
            "How many firms or households could buy, from 1 to 10,000,000,000.",
        );
    }
    let label = section.label(reader, named.key);
    let awareness = awareness(section.sub(reader, "awareness"), reader);
    let leads = leads::read(section.sub(reader, "leads"), reader, context);
    let customers_section = section.sub(reader, "customers");
    let customers = customers::read(
        customers_section,
        reader,
        context.customers.get(item).copied().unwrap_or(0.0),
    );
    let deals = deals::read(
        section.sub(reader, "deals"),
        reader,
        context,
        leads.needs_a_rep,
        customers.model,
    );
    let availability = availability(section.sub(reader, "availability"), reader, context);
    section.finish(reader);
    Segment {
        name: Name::new(&named.key.text),
        label,
        accounts: accounts.unwrap_or(MOST_ACCOUNTS),
        awareness,
        leads,
        deals,
        availability,
        customers,
    }
}

fn awareness(mut section: Section<'_>, reader: &mut Reader) -> Awareness {
    let forget = section.number(reader, "forget_per_week");
    let fading = match section.told(reader, "aware_after_a_year_dark") {
        Some(share) => Fading::AfterAYearDark(share),
        None => Fading::PerWeek(forget),
    };
    let awareness = Awareness {
        aware_today: section.number(reader, "aware_today"),
        fading,
        aware_a_year_ago: section.told(reader, "aware_a_year_ago"),
        organic_per_week: section.number(reader, "organic_per_week"),
        word_of_mouth_per_week: section.number(reader, "word_of_mouth_per_week"),
    };
    section.finish(reader);
    awareness
}

fn availability(mut section: Section<'_>, reader: &mut Reader, context: &Context) -> Option<Availability> {
    if !section.is_present() {
        return None;
    }
    let availability = Availability {
        base: section.number(reader, "base"),
        half_heads: section.number(reader, "half_heads"),
        speed: section.number(reader, "speed"),
    };
    if !context.somebody_is_in_the_field {
        reader.report(
            Diagnostic::warning(
                section.span,
                format!("nobody raises the availability of `{}`", section.path),
            )
            .expected("only roles with `field = true` do, and there is none"),
        );
    }
    section.finish(reader);
    Some(availability)
}
