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
    text += "\n| kind | comparisons | a disagreement lies beyond, standard errors | largest seen |\n|---|---|---|---|\n";
    for kind in Kind::ALL {
        let of: Vec<&&Comparison> = flat.iter().filter(|c| c.kind == kind).collect();
        let worst = of.iter().map(|c| c.z.abs()).fold(0.0, f64::max);
        let limit = threshold(kind, of.len());
        let _ = writeln!(
            text,
            "| {} | {} | {limit:.2} | {worst:.2} |",
            kind.label(),
            of.len()
        );
    }
    text + &powers(&flat, count)
}

/// Among the errors that must be found, the share that is found with a given probability, by replications.
fn powers(flat: &[&Comparison], count: u64) -> String {
    let mut text = String::from(
        "\n| replications | kind | errors to find | found with 99 % | 90 % | 50 % | mean power |\n",
    );
    text += "|---|---|---|---|---|---|---|\n";
    for replications in [1_000, count, 100_000, 300_000] {
        let more = (replications as f64 / count as f64).sqrt();
        for kind in [Kind::Mean, Kind::Deviation] {
            let of: Vec<&&Comparison> = flat.iter().filter(|c| c.kind == kind).collect();
            let limit = threshold(kind, of.len());
            let must_find = of.iter().filter_map(|c| c.must_find);
            let powers: Vec<f64> = must_find.map(|errors| power(errors * more, limit)).collect();
            let n = powers.len() as f64;
            let share = |least: f64| 100.0 * powers.iter().filter(|p| **p >= least).count() as f64 / n;
            let mean = 100.0 * powers.iter().sum::<f64>() / n;
            let _ = writeln!(
                text,
                "| {replications} | {} | {n} | {:.0} % | {:.0} % | {:.0} % | {mean:.0} % |",
                kind.label(),
                share(0.99),
                share(0.9),
                share(0.5)
            );
        }
    }
    text
}
