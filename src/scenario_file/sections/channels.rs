//! `[channels.NAME]`: ways to spend marketing money (docs/model.md, 4.2).

use crate::model::name::Name;
use crate::model::scenario::{Channel, ChannelAwareness, ChannelLeads, ResponseScale};
use crate::scenario_file::reader::{Names, Reader};
use crate::scenario_file::section::{Named, Section};

/// Reads the sections.
pub(in crate::scenario_file) fn read(
    sections: Vec<Named<'_>>,
    reader: &mut Reader,
    names: &Names,
) -> Vec<Channel> {
    sections
        .into_iter()
        .map(|named| channel(named, reader, names))
        .collect()
}

fn channel(named: Named<'_>, reader: &mut Reader, names: &Names) -> Channel {
    let mut section = named.section;
    let channel = Channel {
        name: Name::new(&named.key.text),
        label: section.label(reader, named.key),
        spend_today_per_week: section.number(reader, "spend_today_per_week"),
        scale: scale(&mut section, reader),
        slope: section.number(reader, "slope"),
        half_life_weeks: section.number(reader, "half_life_weeks"),
        leads: leads(&mut section, reader),
        capture: section.number(reader, "capture"),
        awareness: awareness(&mut section, reader),
        lead_lift: section.number(reader, "lead_lift"),
        win_lift: section.number(reader, "win_lift"),
        churn_cut: section.number(reader, "churn_cut"),
        order_lift: section.number(reader, "order_lift"),
        targeting: section.targeting(reader, "targeting"),
        effectiveness_volatility: section.number(reader, "effectiveness_volatility"),
        effectiveness_half_life_weeks: section.number(reader, "effectiveness_half_life_weeks"),
        weight: weight(&mut section, reader, names),
    };
    section.finish(reader);
    channel
}

fn scale(section: &mut Section<'_>, reader: &mut Reader) -> ResponseScale {
    let half_saturation = section.told(reader, "half_saturation_per_week");
    match (section.told(reader, "doubling_adds"), half_saturation) {
        (Some(share), _) => ResponseScale::DoublingAdds(share),
        (None, Some(money)) => ResponseScale::HalfSaturation(money),
        (None, None) => {
            section.lacks(
                reader,
                "doubling_adds",
                "How the response bends: twice today's spend would add this share of leads, such as doubling_adds = 0.35; or half_saturation_per_week, the money a week that brings half of the most it could.",
            );
            ResponseScale::DoublingAdds(f64::NAN)
        }
    }
}

fn leads(section: &mut Section<'_>, reader: &mut Reader) -> ChannelLeads {
    let hazard = section.number(reader, "lead_hazard_per_week");
    match section.told(reader, "leads_per_week_today") {
        Some(leads) => ChannelLeads::PerWeekToday(leads),
        None => ChannelLeads::Hazard(hazard),
    }
}

fn awareness(section: &mut Section<'_>, reader: &mut Reader) -> ChannelAwareness {
    let weight = section.number(reader, "awareness_weight");
    match section.told(reader, "awareness_per_week") {
        Some(hazard) => ChannelAwareness::PerWeek(hazard),
        None => ChannelAwareness::Weight(weight),
    }
}

fn weight(section: &mut Section<'_>, reader: &mut Reader, names: &Names) -> Vec<f64> {
    let mut weights = vec![1.0; names.segments.len()];
    if let Some(entry) = section.entry("weight") {
        let path = section.path_of("weight");
        for (at, entry) in reader.by_name(entry, &path, &names.segments, "segment") {
            let weight = reader.plain(&entry.node, &path, 0.0, f64::INFINITY);
            if let (Some(slot), Some(weight)) = (weights.get_mut(at), weight) {
                *slot = weight;
            }
        }
    }
    weights
}
