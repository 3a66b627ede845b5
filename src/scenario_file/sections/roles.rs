//! `[roles.NAME]`: kinds of salespeople, by what they do (docs/model.md, 4.4).

use crate::model::name::Name;
use crate::model::scenario::Role;
use crate::scenario_file::diagnostic::Diagnostic;
use crate::scenario_file::reader::{Names, Reader};
use crate::scenario_file::section::{Named, Section};
use crate::scenario_file::tree::{Key, Value};

/// Reads the sections.
pub(in crate::scenario_file) fn read(
    sections: Vec<Named<'_>>,
    reader: &mut Reader,
    names: &Names,
) -> Vec<Role> {
    sections
        .into_iter()
        .map(|named| role(named, reader, names))
        .collect()
}

fn role(named: Named<'_>, reader: &mut Reader, names: &Names) -> Role {
    let mut section = named.section;
    let role = Role {
        name: Name::new(&named.key.text),
        label: section.label(reader, named.key),
        loaded_cost_per_year: section.number(reader, "loaded_cost_per_year"),
        selling_hours_per_week: section.number(reader, "selling_hours_per_week"),
        touches_per_week: section.number(reader, "touches_per_week"),
        accounts_covered: section.number(reader, "accounts_covered"),
        field: section.flag(reader, "field").unwrap_or(false),
        segments: segments(&mut section, reader, names),
        time_to_hire_weeks: section.number(reader, "time_to_hire_weeks"),
        ramp_weeks: section.number(reader, "ramp_weeks"),
        attrition: section.hazard(reader, "attrition_per_year"),
        cost_to_hire: section.number(reader, "cost_to_hire"),
        severance_weeks: section.number(reader, "severance_weeks"),
        quota_per_year: section.told(reader, "quota_per_year"),
        talent_sd: section.number(reader, "talent_sd"),
        hire_ahead: section.flag(reader, "hire_ahead").unwrap_or(true),
    };
    let is_idle = role.selling_hours_per_week == 0.0
        && role.touches_per_week == 0.0
        && role.accounts_covered == 0.0
        && !role.field;
    if is_idle {
        reader.report(
            Diagnostic::warning(section.span, format!("the role `{}` costs money and does nothing", role.name))
                .expected("what it does: `selling_hours_per_week`, `touches_per_week`, `accounts_covered` or `field = true`"),
        );
    }
    section.finish(reader);
    role
}

/// Positions of the segments it serves; all unless told.
fn segments(section: &mut Section<'_>, reader: &mut Reader, names: &Names) -> Vec<usize> {
    let Some(entry) = section.entry("segments") else {
        return (0..names.segments.len()).collect();
    };
    let path = section.path_of("segments");
    let Value::List(items) = &entry.node.value else {
        reader.wrong_kind(
            &entry.node,
            &path,
            "a list of segments, such as `[\"mid-market\"]`",
        );
        return Vec::new();
    };
    let mut served = Vec::new();
    for item in items {
        if let Value::Text(text) = &item.value {
            let key = Key {
                text: text.clone(),
                span: item.span,
            };
            served.extend(reader.position(&key, &names.segments, "segment"));
        } else {
            reader.wrong_kind(item, &path, "the name of a segment in \"quotes\"");
        }
    }
    if items.is_empty() {
        reader.report(
            Diagnostic::error(entry.node.span, format!("`{path}` names no segment"))
                .expected("leave it out to serve all segments"),
        );
    }
    served.sort_unstable();
    served.dedup();
    served
}
