//! `[actuals]`: what the last 52 weeks brought, to hold the model against (docs/check.md).

use crate::model::scenario::Actuals;
use crate::scenario_file::reader::{Names, Reader};
use crate::scenario_file::section::Section;

/// Reads the section: plain numbers of 0 or more, all optional.
pub(in crate::scenario_file) fn read(
    mut section: Section<'_>,
    reader: &mut Reader,
    names: &Names,
) -> Actuals {
    let actuals = Actuals {
        leads: amount(&mut section, reader, "leads"),
        opportunities: amount(&mut section, reader, "opportunities"),
        wins: amount(&mut section, reader, "wins"),
        revenue: amount(&mut section, reader, "revenue"),
        customers_lost: amount(&mut section, reader, "customers_lost"),
        heads: heads(&mut section, reader, &names.roles),
    };
    section.finish(reader);
    actuals
}

fn amount(section: &mut Section<'_>, reader: &mut Reader, key: &'static str) -> Option<f64> {
    let entry = section.entry(key)?;
    let path = section.path_of(key);
    reader.told_at(&path, entry.node.span);
    reader.plain(&entry.node, &path, 0.0, f64::INFINITY)
}

/// Mean heads by role, `heads = { ae = 7.6 }`.
fn heads(section: &mut Section<'_>, reader: &mut Reader, roles: &[String]) -> Vec<Option<f64>> {
    let mut heads = vec![None; roles.len()];
    let Some(entry) = section.entry("heads") else {
        return heads;
    };
    let path = section.path_of("heads");
    for (position, entry) in reader.by_name(entry, &path, roles, "role") {
        let path = format!("{path}.{}", entry.key.text);
        heads[position] = reader.plain(&entry.node, &path, 0.0, f64::INFINITY);
    }
    heads
}
