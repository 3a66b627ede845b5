//! The tokens of all charts: canvas, type, strokes, colours.

use super::text::Weight;

/// Width of a chart, px.
pub const WIDTH: f64 = 1920.0;
/// Height of a chart, px.
pub const HEIGHT: f64 = 1080.0;
/// Left margin of the content.
pub const LEFT: f64 = 72.0;
/// Right margin of the content.
pub const RIGHT: f64 = 1848.0;
/// No text leaves this area: left, top, right, bottom.
pub const SAFE: (f64, f64, f64, f64) = (40.0, 30.0, 1880.0, 1056.0);
/// First baseline of the title.
pub const TITLE_BASELINE: f64 = 94.0;
/// Step between the lines of the title.
pub const TITLE_STEP: f64 = 56.0;
/// From the last baseline of the title to the subtitle's.
pub const TO_SUBTITLE: f64 = 48.0;
/// From the subtitle's baseline to the panel heads'.
pub const TO_HEADS: f64 = 60.0;
/// From the heads' baseline to the top of the plot.
pub const TO_PLOT: f64 = 30.0;
/// Bottom of a plot without axis title.
pub const PLOT_BOTTOM: f64 = 950.0;
/// From the bottom of the plot to the baseline of the tick labels.
pub const TO_TICKS: f64 = 36.0;
/// The footer's rule.
pub const FOOTER_RULE: f64 = 1010.0;
/// The footer's baseline.
pub const FOOTER_BASELINE: f64 = 1042.0;
/// Between a mark and its label.
pub const LABEL_GAP: f64 = 12.0;
/// Step between lines of labels.
pub const LINE_STEP: f64 = 34.0;

/// Width of grid lines and the footer's rule.
pub const GRID: f64 = 1.5;
/// Width of the line that a row stands on.
pub const ROW_LINE: f64 = 2.0;
/// Width of the zero line.
pub const ZERO: f64 = 2.5;
/// Width of the target line.
pub const TARGET: f64 = 3.0;
/// Dash of the target line.
pub const TARGET_DASH: (f64, f64) = (10.0, 7.0);
/// Height of an interval bar.
pub const BAR: f64 = 7.0;
/// Width and height of the tick at the mean.
pub const MEAN_TICK: (f64, f64) = (6.0, 22.0);
/// Space between dots.
pub const DOT_GAP: f64 = 3.2;
/// Stroke of a hollow dot.
pub const HOLLOW: f64 = 2.4;
/// Width of the halo around text.
pub const HALO: f64 = 8.0;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The claim.
    Title,
    /// How to read the picture.
    Subtitle,
    /// The one number of a row.
    BigNumber,
    /// Head of a panel.
    Head,
    /// Name at its mark.
    Label,
    /// Name at its mark with five to eight plans.
    CrowdedLabel,
    /// Remark at a mark.
    Annotation,
    /// Ticks, band ends, notes.
    Axis,
    /// Source.
    Footer,
}

impl Role {
    /// Size in px.
    pub const fn size(self) -> f64 {
        match self {
            Self::Title => 46.0,
            Self::BigNumber => 40.0,
            Self::Head => 30.0,
            Self::Subtitle | Self::Label => 28.0,
            Self::Annotation => 26.0,
            Self::CrowdedLabel | Self::Axis => 24.0,
            Self::Footer => 20.0,
        }
    }

    /// Its usual weight.
    pub const fn weight(self) -> Weight {
        match self {
            Self::Title | Self::BigNumber | Self::Head | Self::Label | Self::CrowdedLabel => Weight::SemiBold,
            Self::Subtitle | Self::Annotation | Self::Axis | Self::Footer => Weight::Regular,
        }
    }
}

/// A colour by what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Behind everything.
    Background,
    /// Main text and base lines.
    Ink,
    /// Lesser text.
    Secondary,
    /// Grid, never information.
    Grid,
    /// Lines that join or carry.
    Connector,
    /// Fills of a plan: 0 baseline, 1 recommended, 2 to 7 the others.
    Plan(usize),
    /// Texts of a plan.
    PlanText(usize),
}

/// Colours of the plans: baseline, recommended, then the others.
pub const PLANS: usize = 8;

/// The colours of one background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    background: u32,
    ink: u32,
    secondary: u32,
    grid: u32,
    connector: u32,
    plans: [u32; PLANS],
    plan_texts: [u32; PLANS],
}

/// For white slides and paper.
pub const LIGHT: Theme = Theme {
    background: 0xFFFFFF,
    ink: 0x14181F,
    secondary: 0x4A5260,
    grid: 0xDFE3E8,
    connector: 0xB9C0CA,
    plans: [
        0x6B7280, 0x0952A6, 0xC24E00, 0x8B2A7A, 0x41986A, 0x1F97F4, 0xA89200, 0x3B2A20,
    ],
    plan_texts: [
        0x6B7280, 0x0952A6, 0xC24E00, 0x8B2A7A, 0x2F7A53, 0x0B6FC0, 0x766700, 0x3B2A20,
    ],
};

/// For dark slides and screens.
pub const DARK: Theme = Theme {
    background: 0x12161C,
    ink: 0xF2F4F7,
    secondary: 0xB4BDC9,
    grid: 0x2E3641,
    connector: 0x4A5462,
    plans: [
        0x9BA5B3, 0x6CB2FF, 0xEA9F2E, 0xBF52E6, 0x498C81, 0xB6F3FF, 0xFFE169, 0x876F23,
    ],
    plan_texts: [
        0x9BA5B3, 0x6CB2FF, 0xEA9F2E, 0xBF52E6, 0x498C81, 0xB6F3FF, 0xFFE169, 0xA68A36,
    ],
};

impl Theme {
    /// Red, green and blue of a colour.
    pub fn rgb(&self, colour: Colour) -> (u8, u8, u8) {
        let code = match colour {
            Colour::Background => self.background,
            Colour::Ink => self.ink,
            Colour::Secondary => self.secondary,
            Colour::Grid => self.grid,
            Colour::Connector => self.connector,
            Colour::Plan(index) => self.plans[index % PLANS],
            Colour::PlanText(index) => self.plan_texts[index % PLANS],
        };
        let [_, red, green, blue] = code.to_be_bytes();
        (red, green, blue)
    }
}
