//! What a chart says, as data: claim, words, numbers and their places on the axes; no pixels.

use serde::Serialize;

/// A chart before it is laid out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Key of the chart.
    pub key: String,
    /// The claim, two lines at most.
    pub title: String,
    /// What is drawn and how to read it, one line.
    pub subtitle: String,
    /// The picture.
    pub body: Body,
    /// Where it comes from.
    pub footer: Footer,
    /// The picture in words, at most 600 letters.
    pub alt: String,
    /// Things the reader of the run must know, such as letters that cannot be written.
    pub warnings: Vec<String>,
}

/// The line below the picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Footer {
    /// Name of the scenario; cut first.
    pub scenario: String,
    /// Horizon, futures, seed, assumptions, note; never cut.
    pub facts: Vec<String>,
    /// Program and version.
    pub program: String,
}

/// The kinds of picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Body {
    /// Rows of quantile dots.
    Dots(DotRows),
    /// Stages of the journey.
    Journey(super::journey::Journey),
    /// Money spent, earned and held.
    Money(super::money::Money),
    /// Seats by role and quarter.
    Team(super::team::Team),
}

/// Rows of quantile dots over one or more panels.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DotRows {
    /// How the rows stand.
    pub arrangement: Arrangement,
    /// The panels, left to right.
    pub panels: Vec<DotPanel>,
    /// The rows, top to bottom.
    pub rows: Vec<DotRow>,
}

/// How rows of dots stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Arrangement {
    /// One to four rows with names, remarks and a number of their own.
    Rows,
    /// The same with a measure a row, for a plan alone.
    Measures,
    /// Five to eight rows with a column of means and a column at the right.
    Ranking,
}

/// A panel of dots with its own axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DotPanel {
    /// Its head; none where the subtitle says it.
    pub head: Option<Head>,
    /// Its axis.
    pub axis: Axis,
    /// The amount to be reached.
    pub target: Option<TargetMark>,
}

/// Head of a panel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Head {
    /// Words.
    pub text: String,
    /// Plan whose colour it takes; ink without.
    pub plan: Option<usize>,
    /// Lesser words behind it.
    pub after: String,
}

/// An axis of numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Axis {
    /// Left end.
    pub low: f64,
    /// Right end.
    pub high: f64,
    /// Ticks in order.
    pub ticks: Vec<Tick>,
}

/// A tick.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// Its label.
    pub label: String,
}

/// The axis of time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimeAxis {
    /// Weeks of the horizon.
    pub weeks: u32,
    /// Where ticks stand, in weeks.
    pub marks: Vec<f64>,
    /// Labels and where they stand, in weeks: at ticks, or between them where years are told.
    pub labels: Vec<Tick>,
}

/// The amount to be reached.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetMark {
    /// Where.
    pub at: f64,
    /// `target $30M`.
    pub label: String,
}

/// A row of dots: a plan, or a measure of the only plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DotRow {
    /// Its name.
    pub name: String,
    /// Colour of its dots.
    pub plan: usize,
    /// Whether the name is in the plan's colour.
    pub named_in_colour: bool,
    /// Remarks below the name.
    pub remarks: Vec<Remark>,
    /// The mean, for the column of a ranking.
    pub mean: String,
    /// For the last column of a ranking.
    pub last: Option<String>,
    /// One cell a panel.
    pub cells: Vec<DotCell>,
}

/// A remark of two parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Remark {
    /// Said with weight.
    pub strong: String,
    /// The rest.
    pub rest: String,
}

/// The dots of a row in a panel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DotCell {
    /// Equally likely amounts, ascending.
    pub dots: Vec<f64>,
    /// Dots below this amount are hollow.
    pub target: Option<f64>,
    /// The bar below.
    pub bar: Option<Interval>,
    /// The one number of the cell.
    pub number: Option<BigNumber>,
    /// An amount that many futures share.
    pub atom: Option<Atom>,
}

/// P10 to P90 with mean and median.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Interval {
    /// P10.
    pub low: f64,
    /// Median.
    pub median: f64,
    /// Mean.
    pub mean: f64,
    /// P90.
    pub high: f64,
    /// P10 in words.
    pub low_label: String,
    /// Median in words; empty where it is not said.
    pub median_label: String,
    /// P90 in words.
    pub high_label: String,
}

/// A number with the words below it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BigNumber {
    /// `81 %`.
    pub number: String,
    /// `reach $30M`.
    pub words: String,
}

/// An amount that many futures share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Atom {
    /// The amount.
    pub at: f64,
    /// `no revenue in 40 %`.
    pub label: String,
}

/// Why there is no chart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct NoChart {
    /// In words, such as `no segment needs a rep`.
    pub reason: String,
}

impl NoChart {
    /// With a reason.
    pub fn because(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
        }
    }
}
