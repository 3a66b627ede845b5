//! Charts as files: every chart of the registry as SVG and PNG, or the reason why it is not drawn.

use super::failure::Failure;
use crate::analysis::findings::Findings;
use crate::charts::{CHARTS, png, svg};

/// Charts as files, and what is said of those that were not drawn.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// Path within the folder of results, and bytes.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// Charts drawn.
    pub(super) drawn: usize,
    /// Charts left out, and why; letters that could not be written.
    pub(super) remarks: Vec<String>,
}

impl Pictures {
    /// Draws every chart.
    pub(super) fn of(findings: &Findings) -> Result<Self, Failure> {
        let mut pictures = Self::default();
        for chart in CHARTS {
            let figure = match (chart.build)(findings) {
                Ok(figure) => figure,
                Err(reason) if reason.is_unasked() => continue,
                Err(reason) => {
                    pictures.remarks.push(format!("no chart {}: {reason}", chart.key));
                    continue;
                }
            };
            let drawing = svg(&figure);
            let pixels =
                png(&drawing).map_err(|error| Failure::Other(format!("chart {}: {error}", chart.key)))?;
            pictures
                .files
                .push((format!("charts/{}.svg", chart.key), drawing.into_bytes()));
            pictures.files.push((format!("charts/{}.png", chart.key), pixels));
            pictures.drawn += 1;
            // Every chart says the same of a name that it cannot write.
            for warning in figure.warnings {
                if !pictures.remarks.contains(&warning) {
                    pictures.remarks.push(warning);
                }
            }
        }
        Ok(pictures)
    }
}
