//! Charts as files: every chart of the registry as SVG and PNG, or the reason why it is not drawn.

use super::failure::Failure;
use crate::analysis::findings::Findings;
use crate::analysis::journeys::document::Journeys;
use crate::charts::{CHARTS, Figure, JOURNEY_CHARTS, NoChart, png, svg};

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
    /// Draws every chart of a run.
    pub(super) fn of(findings: &Findings) -> Result<Self, Failure> {
        let mut pictures = Self::default();
        for chart in CHARTS {
            pictures.draw(chart.key, (chart.build)(findings))?;
        }
        Ok(pictures)
    }

    /// Draws every chart of a sample of journeys.
    pub(super) fn of_journeys(journeys: &Journeys) -> Result<Self, Failure> {
        let mut pictures = Self::default();
        for chart in JOURNEY_CHARTS {
            pictures.draw(chart.key, (chart.build)(journeys))?;
        }
        Ok(pictures)
    }

    fn draw(&mut self, key: &str, built: Result<Figure, NoChart>) -> Result<(), Failure> {
        let figure = match built {
            Ok(figure) => figure,
            Err(reason) if reason.is_unasked() => return Ok(()),
            Err(reason) => {
                self.remarks.push(format!("no chart {key}: {reason}"));
                return Ok(());
            }
        };
        let drawing = svg(&figure);
        let pixels = png(&drawing).map_err(|error| Failure::Other(format!("chart {key}: {error}")))?;
        self.files
            .push((format!("charts/{key}.svg"), drawing.into_bytes()));
        self.files.push((format!("charts/{key}.png"), pixels));
        self.drawn += 1;
        // Every chart says the same of a name that it cannot write.
        for warning in figure.warnings {
            if !self.remarks.contains(&warning) {
                self.remarks.push(warning);
            }
        }
        Ok(())
    }
}
