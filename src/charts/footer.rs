//! The line that lets a stranger repeat a chart.

use super::figure::Footer;
use super::text::missing_letter;
use super::wording::horizon;
use crate::analysis::findings::Findings;
use crate::units::format::count;

/// Scenario, horizon, futures, seed, assumptions, and the notes of the chart.
pub fn footer(findings: &Findings, notes: Vec<String>) -> Footer {
    let facts = &findings.scenario;
    let name = if missing_letter(&facts.name).is_some() {
        facts.file.clone()
    } else {
        facts.name.clone()
    };
    let hash: String = facts.sha256.chars().take(8).collect();
    let mut parts = vec![
        format!("{} from {}", horizon(findings), facts.start),
        format!("{} futures", count(facts.replications)),
        format!("seed {}", facts.seed),
        format!("assumptions {hash}"),
    ];
    parts.extend(notes);
    Footer {
        scenario: name,
        facts: parts,
        program: format!("gtm-sim {}", findings.version),
    }
}
