//! A replication that was lived, as measures and series see it, and their expansion over a scenario.

use super::follow::{Follow, SERIES, Series};
use super::measure::{MEASURES, Make, Read};
use super::outcomes::{Reading, Rule, SeriesReading};
use crate::model::company::Company;
use crate::model::market::Market;
use crate::model::scenario::Scenario;
use crate::model::schedule::Schedule;
use crate::model::sums::Sums;

/// What something is told for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Each {
    /// Once.
    Once,
    /// Every role.
    Role,
    /// Every role that sells.
    SellingRole,
    /// Every channel.
    Channel,
    /// Every year of the horizon.
    Year,
}

/// A replication of one plan.
#[derive(Debug, Clone, Copy)]
pub struct Life<'a> {
    /// Coefficients.
    pub company: &'a Company,
    /// The plan.
    pub schedule: &'a Schedule,
    /// The market.
    pub market: &'a Market,
}

impl Life<'_> {
    /// Sums over the horizon.
    pub fn sums(&self) -> &Sums {
        &self.market.totals
    }
}

/// Positions, keys and names of what something is told for.
fn expand(each: Each, scenario: &Scenario) -> Vec<(usize, String, String)> {
    let named = |text: &str, label: &str| (format!(".{text}"), format!(", {label}"));
    match each {
        Each::Once => vec![(0, String::new(), String::new())],
        Each::Role | Each::SellingRole => scenario
            .roles
            .iter()
            .enumerate()
            .filter(|(_, role)| each == Each::Role || role.selling_hours_per_week > 0.0)
            .map(|(position, role)| {
                let (id, label) = named(role.name.as_str(), &role.label);
                (position, id, label)
            })
            .collect(),
        Each::Channel => scenario
            .channels
            .iter()
            .enumerate()
            .map(|(position, channel)| {
                let (id, label) = named(channel.name.as_str(), &channel.label);
                (position, id, label)
            })
            .collect(),
        Each::Year => (0..scenario.weeks.div_ceil(52) as usize)
            .map(|year| (year, format!(".{}", year + 1), format!(" {}", year + 1)))
            .collect(),
    }
}

/// The measures of a scenario and the numbers they are read from.
#[derive(Debug)]
pub struct MeasureSet {
    /// The measures.
    pub readings: Vec<Reading>,
    columns: Vec<(Read, usize)>,
}

impl MeasureSet {
    /// The measures of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let mut set = Self {
            readings: Vec::new(),
            columns: Vec::new(),
        };
        for measure in MEASURES {
            for (position, id, label) in expand(measure.each, scenario) {
                let first = set.columns.len();
                let rule = match measure.make {
                    Make::Amount(read) => {
                        set.columns.push((read, position));
                        Rule::Amount(first)
                    }
                    Make::Ratio(of, per) => {
                        set.columns.push((of, position));
                        set.columns.push((per, position));
                        Rule::Ratio {
                            of: first,
                            per: first + 1,
                        }
                    }
                };
                set.readings.push(Reading {
                    id: format!("{}{id}", measure.id),
                    label: format!("{}{label}", measure.label),
                    unit: measure.unit,
                    better: measure.better,
                    about: measure.about,
                    rule,
                });
            }
        }
        set
    }

    /// Recorded numbers per replication.
    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    /// Records a finished replication.
    pub fn record(&self, life: &Life<'_>, to: &mut [f64]) {
        for ((read, position), to) in self.columns.iter().zip(to) {
            *to = read(life, *position);
        }
    }
}

/// The weekly series of a scenario.
#[derive(Debug)]
pub struct SeriesSet {
    /// The series.
    pub readings: Vec<SeriesReading>,
    columns: Vec<(Follow, usize)>,
}

impl SeriesSet {
    /// The series of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let mut set = Self {
            readings: Vec::new(),
            columns: Vec::new(),
        };
        for series in SERIES {
            if series.needs_cash && scenario.today.cash.is_none() {
                continue;
            }
            for (position, id, label) in expand(series.each, scenario) {
                set.push(series, position, &id, &label);
            }
        }
        set
    }

    fn push(&mut self, series: &Series, position: usize, id: &str, label: &str) {
        self.columns.push((series.read, position));
        self.readings.push(SeriesReading {
            id: format!("{}{id}", series.id),
            label: format!("{}{label}", series.label),
            unit: series.unit,
            paired: series.paired,
        });
    }

    /// Records a week.
    pub fn record(&self, market: &Market, to: &mut [f32]) {
        for ((read, position), to) in self.columns.iter().zip(to) {
            *to = read(market, *position) as f32;
        }
    }
}
