//! `[segments.NAME.deals]`: who buys (docs/model.md, 4.5, 4.6).

use super::segments::Context;
use crate::model::segment::{CustomerModel, Cycle, CycleFamily, DealValue, Deals};
use crate::scenario_file::reader::Reader;
use crate::scenario_file::section::Section;
use crate::scenario_file::tree::{Table, Value};

/// Words of `cycle.family`.
pub(in crate::scenario_file) const FAMILIES: [(&str, CycleFamily); 2] = [
    ("gamma", CycleFamily::Gamma),
    ("lognormal", CycleFamily::LogNormal),
];

/// Reads the section; what a lead that needs a rep goes through must be told if there are any.
pub(in crate::scenario_file) fn read(
    mut section: Section<'_>,
    reader: &mut Reader,
    context: &Context,
    needs_a_rep: f64,
    model: CustomerModel,
) -> Deals {
    let is_sold = needs_a_rep > 0.0;
    let win_rate = if is_sold {
        section.required(reader, "win_rate")
    } else {
        section.told(reader, "win_rate").unwrap_or(0.0)
    };
    let mut hours = section.sub(reader, "hours");
    let mut qualify = section.sub(reader, "qualify");
    let deals = Deals {
        deals_per_rep_year: section.told(reader, "deals_per_rep_year"),
        hours_lead: hours.number(reader, "lead"),
        hours_opportunity: hours.number(reader, "opportunity"),
        qualify_fit: qualify.number(reader, "fit"),
        qualify_misfit: qualify.number(reader, "misfit"),
        cycle: cycle(section.sub(reader, "cycle"), reader),
        win_rate,
        value: value(&mut section, reader, model),
        referral_bonus: section.number(reader, "referral_bonus"),
        misfit_penalty: section.number(reader, "misfit_penalty"),
        no_decision_share: section.number(reader, "no_decision_share"),
        commission: section.number(reader, "commission"),
    };
    hours.finish(reader);
    qualify.finish(reader);
    if is_sold && context.somebody_sells && deals.hours_lead == 0.0 && deals.hours_opportunity == 0.0 {
        let about = if deals.deals_per_rep_year.is_some() {
            "The proportion of the work: hours for a lead, and hours a week for an open opportunity, such as hours = { lead = 1.0, opportunity = 0.7 }."
        } else {
            "The work of a seller: hours for a lead, and hours a week for an open opportunity. With deals_per_rep_year beside it only their proportion counts: hours = { lead = 1.0, opportunity = 0.7 }."
        };
        section.lacks(reader, "hours", about);
    }
    section.finish(reader);
    deals
}

fn cycle(mut section: Section<'_>, reader: &mut Reader) -> Cycle {
    let cycle = Cycle {
        mean_weeks: section.number(reader, "mean_weeks"),
        cv: section.number(reader, "cv"),
        family: section
            .choice(reader, "family", &FAMILIES)
            .unwrap_or(CycleFamily::Gamma),
    };
    section.finish(reader);
    cycle
}

/// A number, `{ median, sigma }` or `{ mean, cv }`.
fn value(section: &mut Section<'_>, reader: &mut Reader, model: CustomerModel) -> DealValue {
    let table: Option<&Table> = match section.entry("value").map(|entry| &entry.node.value) {
        Some(Value::Table(table)) => Some(table),
        _ => None,
    };
    let has = |keys: [&str; 2]| table.is_some_and(|table| keys.iter().any(|key| table.has(key)));
    if has(["median", "sigma"]) {
        let mut below = section.sub(reader, "value");
        let value = DealValue::LogNormal {
            median: below.required(reader, "median"),
            sigma: below.required(reader, "sigma"),
        };
        below.finish(reader);
        return value;
    }
    if has(["mean", "cv"]) {
        let mut below = section.sub(reader, "value");
        let value = DealValue::Gamma {
            mean: below.required(reader, "mean"),
            cv: below.required(reader, "cv"),
        };
        below.finish(reader);
        return value;
    }
    match section.told_or(reader, "value", &["median", "sigma", "mean", "cv"]) {
        Some(fixed) => DealValue::Fixed(fixed),
        // The win itself brings no money where customers order.
        None if model == CustomerModel::Repeat => DealValue::Fixed(0.0),
        None => DealValue::Fixed(section.missing(reader, "value")),
    }
}
