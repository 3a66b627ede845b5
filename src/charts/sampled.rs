//! What both charts of a sample of journeys share: their footer, and letters that cannot be written.

use super::figure::Footer;
use super::text::missing_letter;
use crate::analysis::journeys::document::Journeys;
use crate::units::format::{Style, count, weeks};

/// Scenario, plan, horizon, futures, seed, assumptions, and the note of the chart.
pub(super) fn footer(journeys: &Journeys, note: String) -> Footer {
    let sample = &journeys.sample;
    let hash: String = sample.sha256.chars().take(8).collect();
    let is_written = |text: &str| missing_letter(text).is_none();
    let name = if is_written(&sample.name) {
        &sample.name
    } else {
        &sample.file
    };
    Footer {
        scenario: format!("{name}, {}", plan(journeys)),
        facts: vec![
            format!(
                "{} from {}",
                weeks(f64::from(sample.weeks), Style::Sentence),
                sample.start
            ),
            format!("{} futures", count(sample.replications)),
            format!("seed {}", sample.seed),
            format!("assumptions {hash}"),
            note,
        ],
        program: format!("gtm-sim {}", journeys.version),
    }
}

/// The plan's name, or its key where a letter cannot be written.
pub(super) fn plan(journeys: &Journeys) -> &str {
    let sample = &journeys.sample;
    if missing_letter(&sample.label).is_none() {
        &sample.label
    } else {
        &sample.plan
    }
}

/// The name of a channel that can be written: its label, else its key.
pub(super) fn named<'a>(label: &'a str, key: &'a str) -> &'a str {
    if missing_letter(label).is_none() {
        label
    } else {
        key.rsplit('.').next().unwrap_or(key)
    }
}
