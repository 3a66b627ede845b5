//! Plans of several scenarios side by side: what was lived of each in the same futures as one table.

use crate::engine::simulate::Lived;
use crate::outcome::outcomes::{BLOCK, Outcomes, Reading, Rule, SeriesReading, WeeklyRecord};

/// The plans of all parts, one behind the other, with the measures and weekly series that all of them have.
///
/// The parts were lived in the same futures, with as many of them recorded by week, over the same horizon.
pub fn side_by_side(parts: Vec<Lived>) -> Option<Lived> {
    if parts.len() < 2 {
        return parts.into_iter().next();
    }
    Some(Lived {
        outcomes: outcomes(&parts)?,
        weekly: weekly(&parts)?,
        moved: parts.iter().map(|part| part.moved).max().unwrap_or(0),
    })
}

fn outcomes(parts: &[Lived]) -> Option<Outcomes> {
    let first = &parts.first()?.outcomes;
    let is_common = |reading: &&Reading| {
        parts.iter().all(|part| {
            let other = part.outcomes.reading(&reading.id);
            other.is_some_and(|other| is_ratio(other) == is_ratio(reading) && other.unit == reading.unit)
        })
    };
    let common: Vec<&Reading> = first.readings.iter().filter(is_common).collect();
    let mut readings = Vec::with_capacity(common.len());
    let mut columns = 0;
    for reading in &common {
        let rule = if is_ratio(reading) {
            columns += 2;
            Rule::Ratio {
                of: columns - 2,
                per: columns - 1,
            }
        } else {
            columns += 1;
            Rule::Amount(columns - 1)
        };
        readings.push(Reading {
            rule,
            ..(*reading).clone()
        });
    }
    let taken: Vec<Vec<usize>> = parts.iter().map(|part| taken(&part.outcomes, &common)).collect();
    let plans = parts.iter().map(|part| part.outcomes.plans).sum();
    let mut numbers = Vec::with_capacity(first.replications * plans * columns);
    for replication in 0..first.replications {
        for (part, taken) in parts.iter().zip(&taken) {
            let own = &part.outcomes;
            let rows = own.numbers.chunks(own.columns.max(1));
            for row in rows.skip(replication * own.plans).take(own.plans) {
                numbers.extend(taken.iter().map(|column| row[*column]));
            }
        }
    }
    Some(Outcomes {
        readings,
        columns,
        plans,
        replications: first.replications,
        numbers,
    })
}

fn is_ratio(reading: &Reading) -> bool {
    matches!(reading.rule, Rule::Ratio { .. })
}

/// Where the columns of the common measures stand in a part.
fn taken(outcomes: &Outcomes, common: &[&Reading]) -> Vec<usize> {
    let own = common.iter().filter_map(|reading| outcomes.reading(&reading.id));
    own.flat_map(|reading| match reading.rule {
        Rule::Amount(column) => vec![column],
        Rule::Ratio { of, per } => vec![of, per],
    })
    .collect()
}

fn weekly(parts: &[Lived]) -> Option<WeeklyRecord> {
    let first = &parts.first()?.weekly;
    let position = |part: &Lived, series: &SeriesReading| {
        part.weekly.series.iter().position(|other| other.id == series.id)
    };
    let is_common = |series: &&SeriesReading| parts.iter().all(|part| position(part, series).is_some());
    let common: Vec<&SeriesReading> = first.series.iter().filter(is_common).collect();
    let cells = first.weeks * BLOCK;
    let mut values = Vec::new();
    for block in 0..first.replications.div_ceil(BLOCK) {
        for part in parts {
            let own = &part.weekly;
            for plan in 0..own.plans {
                let rows = common.iter().filter_map(|series| position(part, series));
                for row in rows {
                    let from = ((block * own.plans + plan) * own.series.len() + row) * cells;
                    values.extend_from_slice(&own.values[from..from + cells]);
                }
            }
        }
    }
    Some(WeeklyRecord {
        series: common.into_iter().cloned().collect(),
        weeks: first.weeks,
        plans: parts.iter().map(|part| part.weekly.plans).sum(),
        replications: first.replications,
        values,
    })
}
