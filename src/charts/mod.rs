//! Charts: what a run found, as pictures that state one claim each.
//!
//! `Findings` → [`figure::Figure`] (data, no pixels) → [`layout::Layout`] (marks and text boxes) → SVG → PNG.
//! Texts are paths of a typeface that is built in, so that a chart looks alike everywhere.

pub mod axis;
pub mod capacity;
mod capacity_titles;
pub mod credits;
pub mod curves;
pub mod difference;
mod difference_titles;
pub mod distribution;
mod distribution_titles;
mod dots;
pub mod draw;
pub mod end_labels;
mod endings;
mod fans;
pub mod figure;
mod footer;
mod gains;
mod hours;
pub mod journey;
pub mod labels;
pub mod lattice;
pub mod layout;
pub mod money;
pub mod over_time;
mod over_time_titles;
pub mod plans;
pub mod plot;
mod ranking;
pub mod raster;
mod rows;
mod sampled;
pub mod style;
pub mod sweep;
pub mod team;
pub mod text;
pub mod time_axis;
pub mod times;
mod wording;

pub use draw::{svg, svg_in};
pub use figure::{Figure, NoChart};
pub use layout::layout;
pub use raster::{RasterError, png};

use crate::analysis::findings::Findings;
use crate::analysis::journeys::document::Journeys;

/// A chart.
#[derive(Debug)]
pub struct Chart {
    /// Key: name of its files and of `gtm-sim chart`.
    pub key: &'static str,
    /// Builds it, or says why there is none.
    pub build: fn(&Findings) -> Result<Figure, NoChart>,
}

/// All charts, in the order of a deck.
pub const CHARTS: &[Chart] = &[
    Chart {
        key: "distribution",
        build: distribution::build,
    },
    Chart {
        key: "over-time",
        build: over_time::build,
    },
    Chart {
        key: "difference",
        build: difference::build,
    },
    Chart {
        key: "journey",
        build: journey::build,
    },
    Chart {
        key: "capacity",
        build: capacity::build,
    },
    Chart {
        key: "money",
        build: money::build,
    },
    Chart {
        key: "team",
        build: team::build,
    },
    Chart {
        key: "sweep",
        build: sweep::build,
    },
];

/// A chart of a sample of journeys.
#[derive(Debug)]
pub struct JourneyChart {
    /// Key: name of its files.
    pub key: &'static str,
    /// Builds it, or says why there is none.
    pub build: fn(&Journeys) -> Result<Figure, NoChart>,
}

/// The charts of `gtm-sim journeys`.
pub const JOURNEY_CHARTS: &[JourneyChart] = &[
    JourneyChart {
        key: "journey-times",
        build: times::build,
    },
    JourneyChart {
        key: "attribution",
        build: credits::build,
    },
];
