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
/// Width of a line from a mark to its label.
pub const LEADER: f64 = 2.0;
/// Width and length of a tick.
pub const TICK: (f64, f64) = (2.0, 8.0);
/// Width of a line to compare with, such as the baseline's.
pub const REFERENCE: f64 = 3.0;
/// Width of a plan's line.
pub const PLAN_LINE: f64 = 4.0;
/// Width of the recommended plan's line.
pub const RECOMMENDED_LINE: f64 = 5.0;
/// How much wider a line's casing is.
pub const CASING: f64 = 3.0;
/// Dash of what is wanted.
pub const WANTED_DASH: (f64, f64) = (12.0, 8.0);
/// Opacity of P5 to P95.
pub const OUTER_BAND: f64 = 0.18;
/// Opacity of P25 to P75 above it.
pub const INNER_BAND: f64 = 0.30;
/// Opacity of the lighter of two tints.
pub const TINT: f64 = 0.42;
/// Opacity of a band that stands alone.
pub const LONE_BAND: f64 = 0.20;
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
    /// The ends of a strip's scale.
    StripEnd,
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
            Self::StripEnd | Self::Footer => 20.0,
        }
    }

    /// Its usual weight.
    pub const fn weight(self) -> Weight {
        match self {
            Self::Title | Self::BigNumber | Self::Head | Self::Label | Self::CrowdedLabel => Weight::SemiBold,
            Self::Subtitle | Self::Annotation | Self::Axis | Self::StripEnd | Self::Footer => Weight::Regular,
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
    /// Behind the areas of a strip.
    StripGround,
    /// Weeks short of selling hours.
    ShortOfCapacity,
    /// Texts about them.
    ShortOfCapacityText,
    /// Weeks short of demand, and texts about them.
    ShortOfDemand,
    /// What is not the point.
    Neutral,
    /// What is lost, and texts about it.
    Bad,
    /// What is good, and texts about it.
    Good,
    /// Lighter fills of a plan, 0.42 of its colour on the background.
    PlanTint(usize),
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
    neutral: u32,
    bad: u32,
    good: u32,
    strip_ground: u32,
    short_of_capacity: u32,
    short_of_capacity_text: u32,
    short_of_demand: u32,
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
    neutral: 0xD5DAE1,
    bad: 0xB42318,
    good: 0x0B6E4F,
    strip_ground: 0xE9ECF0,
    short_of_capacity: 0xB45309,
    short_of_capacity_text: 0x8A3E06,
    short_of_demand: 0x6D4AA8,
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
    neutral: 0x353E4A,
    bad: 0xFF7A6B,
    good: 0x4CC79A,
    strip_ground: 0x222A34,
    short_of_capacity: 0xF0A04B,
    short_of_capacity_text: 0xF0A04B,
    short_of_demand: 0xB49BF0,
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
            Colour::StripGround => self.strip_ground,
            Colour::ShortOfCapacity => self.short_of_capacity,
            Colour::ShortOfCapacityText => self.short_of_capacity_text,
            Colour::ShortOfDemand => self.short_of_demand,
            Colour::Neutral => self.neutral,
            Colour::Bad => self.bad,
            Colour::Good => self.good,
            Colour::PlanTint(index) => return self.mixed(self.plans[index % PLANS], TINT),
            Colour::Plan(index) => self.plans[index % PLANS],
            Colour::PlanText(index) => self.plan_texts[index % PLANS],
        };
        let [_, red, green, blue] = code.to_be_bytes();
        (red, green, blue)
    }

    /// A colour on the background, as opaque as an overlay of this opacity looks.
    fn mixed(&self, code: u32, alpha: f64) -> (u8, u8, u8) {
        let (over, under) = (code.to_be_bytes(), self.background.to_be_bytes());
        let part = |index: usize| {
            (f64::from(over[index]) * alpha + f64::from(under[index]) * (1.0 - alpha)).round() as u8
        };
        (part(1), part(2), part(3))
    }
}
