//! Tables of what was compared, for docs/validation.md, and of what disagrees.

use super::compare::{Comparison, Kind, power, threshold};
use gtm_sim::model::scenario::Scenario;
use std::fmt::Write;

/// The worst disagreements, one a line.
pub fn disagreements(wrong: &[Comparison]) -> String {
    let mut text = format!("{} disagreements:\n", wrong.len());
    for c in wrong.iter().take(60) {
        let _ = writeln!(
            text,
            "{} {}: {}: oracle {:.6} engine {:.6} z {:.1} adjusted p {:.1e}",
            c.scenario, c.plan, c.what, c.oracle, c.engine, c.z, c.adjusted
        );
    }
    text
}

/// A row a scenario, then the power.
pub fn tables(all: &[(String, Scenario, Vec<Comparison>)], count: u64) -> String {
    let mut text = format!("{count} replications of each plan on each side\n\n");
    text += "| file | what it switches on | comparisons | smallest adjusted p | largest difference, standard errors |\n";
    text += "|---|---|---|---|---|\n";
    for (name, scenario, list) in all {
        let least = list.iter().map(|c| c.adjusted).fold(1.0, f64::min);
        let worst = list.iter().map(|c| c.z.abs()).fold(0.0, f64::max);
        let _ = writeln!(
            text,
            "| `{name}` | {} | {} | {least:.2} | {worst:.1} |",
            scenario.name,
            list.len()
        );
    }
    let flat: Vec<&Comparison> = all.iter().flat_map(|(_, _, list)| list).collect();
    text += "\n| kind | comparisons | found beyond, standard errors | largest | must be found in | of these with power ≥ 99 % | ≥ 90 % | ≥ 50 % |\n";
    text += "|---|---|---|---|---|---|---|---|\n";
    for kind in Kind::ALL {
        let of: Vec<&&Comparison> = flat.iter().filter(|c| c.kind == kind).collect();
        let limit = threshold(kind, of.len());
        let worst = of.iter().map(|c| c.z.abs()).fold(0.0, f64::max);
        let powers: Vec<f64> = of
            .iter()
            .filter_map(|c| c.must_find)
            .map(|d| power(d, limit))
            .collect();
        let share =
            |least: f64| 100.0 * powers.iter().filter(|p| **p >= least).count() as f64 / powers.len() as f64;
        let _ = writeln!(
            text,
            "| {kind:?} | {} | {limit:.2} | {worst:.2} | {} | {:.1} % | {:.1} % | {:.1} % |",
            of.len(),
            powers.len(),
            share(0.99),
            share(0.9),
            share(0.5)
        );
    }
    text
}
