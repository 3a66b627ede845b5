//! `[environment]` and `[environment.events.NAME]`: luck that hits everybody (docs/model.md, 4.0).

use super::scenario::MOST_WEEKS;
use crate::model::name::Name;
use crate::model::scenario::{Environment, Event, Multiplies};
use crate::scenario_file::diagnostic::Diagnostic;
use crate::scenario_file::reader::{Names, Reader};
use crate::scenario_file::seasonality::seasonality;
use crate::scenario_file::section::{Named, Section};
use crate::scenario_file::tree::Value;
use crate::units::time::Date;

/// Reads the section.
pub(in crate::scenario_file) fn read(
    mut section: Section<'_>,
    reader: &mut Reader,
    names: &Names,
    start: Date,
) -> Environment {
    let environment = Environment {
        volatility: section.number(reader, "volatility"),
        half_life_weeks: section.number(reader, "half_life_weeks"),
        demand_seasonality: seasonality(reader, &mut section, "demand_seasonality", start),
        demand_elasticity: section.number(reader, "demand_elasticity"),
        events: section
            .sub(reader, "events")
            .named(reader)
            .into_iter()
            .map(|named| event(named, reader, names))
            .collect(),
    };
    section.finish(reader);
    environment
}

fn event(named: Named<'_>, reader: &mut Reader, names: &Names) -> Event {
    let mut section = named.section;
    let event = Event {
        name: Name::new(&named.key.text),
        probability: section.number(reader, "probability"),
        window: window(&mut section, reader),
        weeks: section.number(reader, "weeks"),
        multiplies: multiplies(section.sub(reader, "multiplies"), reader, names),
    };
    let is_idle = event.multiplies == nothing(names);
    if is_idle {
        reader.report(
            Diagnostic::warning(
                section.span,
                format!("the event `{}` changes nothing", named.key.text),
            )
            .expected("`multiplies` names what it changes, such as `{ in_market = 0.7 }`"),
        );
    }
    section.finish(reader);
    event
}

fn window(section: &mut Section<'_>, reader: &mut Reader) -> (u32, u32) {
    const ANY: (u32, u32) = (1, 1);
    const ABOUT: &str = "The first and the last week in which it may start, such as window = [10, 90].";
    let Some(entry) = section.entry("window") else {
        section.lacks(reader, "window", ABOUT);
        return ANY;
    };
    let path = section.path_of("window");
    reader.told_at(&path, entry.node.span);
    let Value::List(items) = &entry.node.value else {
        reader.wrong_kind(&entry.node, &path, "two weeks, such as `[10, 90]`");
        return ANY;
    };
    let [first, last] = items.as_slice() else {
        reader.report(
            Diagnostic::error(entry.node.span, format!("`{path}` has {} values", items.len()))
                .expected("expected two weeks, the first and the last in which it may start"),
        );
        return ANY;
    };
    let whole = (
        reader.whole(first, &path, 1, 2 * MOST_WEEKS),
        reader.whole(last, &path, 1, 2 * MOST_WEEKS),
    );
    let (Some(first_week), Some(last_week)) = whole else {
        return ANY;
    };
    if first_week > last_week {
        reader.report(
            Diagnostic::error(last.span, format!("`{path}` ends before it begins"))
                .expected(format!("not before week {first_week}"))
                .related(first.span, "it begins here"),
        );
        return ANY;
    }
    (
        u32::try_from(first_week).unwrap_or(1),
        u32::try_from(last_week).unwrap_or(1),
    )
}

fn nothing(names: &Names) -> Multiplies {
    Multiplies {
        in_market: 1.0,
        meeting: 1.0,
        referral: 1.0,
        orders: 1.0,
        churn: 1.0,
        win_odds: 1.0,
        kappa: vec![1.0; names.channels.len()],
    }
}

fn multiplies(mut section: Section<'_>, reader: &mut Reader, names: &Names) -> Multiplies {
    let multiplies = Multiplies {
        in_market: section.number(reader, "in_market"),
        meeting: section.number(reader, "meeting"),
        referral: section.number(reader, "referral"),
        orders: section.number(reader, "orders"),
        churn: section.number(reader, "churn"),
        win_odds: section.number(reader, "win_odds"),
        kappa: kappa(&mut section, reader, names),
    };
    section.finish(reader);
    multiplies
}

/// A factor for all channels, or `{ channel = factor }`.
fn kappa(section: &mut Section<'_>, reader: &mut Reader, names: &Names) -> Vec<f64> {
    let mut factors = vec![1.0; names.channels.len()];
    let Some(entry) = section.entry("kappa") else {
        return factors;
    };
    let path = section.path_of("kappa");
    if let Value::Table(_) = entry.node.value {
        for (at, entry) in reader.by_name(entry, &path, &names.channels, "channel") {
            let factor = reader.plain(&entry.node, &path, f64::MIN_POSITIVE, f64::INFINITY);
            if let (Some(slot), Some(factor)) = (factors.get_mut(at), factor) {
                *slot = factor;
            }
        }
    } else if let Some(factor) = reader.plain(&entry.node, &path, f64::MIN_POSITIVE, f64::INFINITY) {
        factors.fill(factor);
    }
    factors
}
