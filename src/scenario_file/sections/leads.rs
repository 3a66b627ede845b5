//! `[segments.NAME.leads]`: who raises a hand (docs/model.md, 4.3).

use super::segments::Context;
use crate::model::segment::{Leads, OrganicLeads};
use crate::scenario_file::diagnostic::Diagnostic;
use crate::scenario_file::reader::Reader;
use crate::scenario_file::section::Section;

/// Reads the section.
pub(in crate::scenario_file) fn read(
    mut section: Section<'_>,
    reader: &mut Reader,
    context: &Context,
) -> Leads {
    let organic = organic(&mut section, reader);
    let in_market = in_market(&mut section, reader, organic, context);
    let mut self_serve = section.sub(reader, "self_serve");
    let mut meeting = section.sub(reader, "meeting_rate");
    let mut targeting = section.sub(reader, "targeting");
    let leads = Leads {
        in_market,
        buying_window_weeks: section.number(reader, "buying_window_weeks"),
        organic,
        fit: section.number(reader, "fit"),
        needs_a_rep: section.number(reader, "needs_a_rep"),
        self_serve_conversion: self_serve.number(reader, "conversion"),
        decision_weeks: self_serve.number(reader, "decision_weeks"),
        meeting_rate_unaware: meeting.number(reader, "unaware"),
        meeting_rate_aware: meeting.number(reader, "aware"),
        outbound_leads_per_week_today: section.told(reader, "outbound_leads_per_week_today"),
        targeting_organic: targeting.targeting(reader, "organic"),
        targeting_referred: targeting.targeting(reader, "referred"),
        targeting_outbound: targeting.targeting(reader, "outbound"),
        referral_per_year: section.care_rate(reader, "referral_per_year"),
        lead_half_life_weeks: section.number(reader, "lead_half_life_weeks"),
        cool_off_weeks: section.number(reader, "cool_off_weeks"),
    };
    self_serve.finish(reader);
    meeting.finish(reader);
    targeting.finish(reader);
    check(&section, reader, &leads);
    section.finish(reader);
    leads
}

fn organic(section: &mut Section<'_>, reader: &mut Reader) -> OrganicLeads {
    let hazard = section.number(reader, "inbound_per_week");
    match section.told(reader, "organic_leads_per_week_today") {
        Some(leads) => OrganicLeads::PerWeekToday(leads),
        None => OrganicLeads::Hazard(hazard),
    }
}

/// Must be told where accounts come by themselves or by channels.
fn in_market(
    section: &mut Section<'_>,
    reader: &mut Reader,
    organic: OrganicLeads,
    context: &Context,
) -> f64 {
    let (OrganicLeads::PerWeekToday(leads) | OrganicLeads::Hazard(leads)) = organic;
    if leads != 0.0 || context.channels_make_leads {
        return section.required(reader, "in_market");
    }
    section.told(reader, "in_market").unwrap_or(0.0)
}

fn check(section: &Section<'_>, reader: &mut Reader, leads: &Leads) {
    if let Some(span) = reader.place(&section.path_of("outbound_leads_per_week_today"))
        && leads.outbound_leads_per_week_today > Some(0.0)
        && leads.meeting_rate_unaware == 0.0
        && leads.meeting_rate_aware == 0.0
    {
        reader.report(
            Diagnostic::error(span, "outbound leads are told, but no meeting rate")
                .expected("this number scales `meeting_rate`, whose two rates are in proportion")
                .help("add `meeting_rate = { unaware = 0.010, aware = 0.025 }`: aware accounts answer 2 to 3 times as often"),
        );
    }
    if leads.needs_a_rep < 1.0 && leads.self_serve_conversion == 0.0 {
        let span = reader
            .place(&section.path_of("needs_a_rep"))
            .unwrap_or(section.span);
        reader.report(
            Diagnostic::warning(span, "leads that need no rep never buy")
                .expected("the others serve themselves, but `self_serve.conversion` is 0"),
        );
    }
}
