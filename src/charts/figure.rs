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
    /// Bands over time, a panel a plan.
    Fans(Fans),
    /// The difference to the baseline over time and at the end.
    Gains(Box<Gains>),
    /// Hours wanted and had over time.
    Hours(Hours),
    /// What channels are credited with, beside what their absence would change.
    Credits(super::credits::Credits),
    /// Stages of the journey.
    Journey(super::journey::Journey),
    /// Money spent, earned and held.
    Money(super::money::Money),
    /// Seats by role and quarter.
    Team(super::team::Team),
    /// The objective against the marketing share.
    Shares(Box<super::sweep::Shares>),
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

/// Bands over time, a panel a plan on one scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fans {
    /// The panels, row by row.
    pub panels: Vec<Fan>,
    /// Amounts of all panels.
    pub amounts: Axis,
    /// Weeks of all panels.
    pub time: TimeAxis,
    /// The line that stands thin in every other panel.
    pub reference: Option<Reference>,
}

/// The bands of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fan {
    /// Name and split.
    pub head: Head,
    /// Its colour.
    pub plan: usize,
    /// Whether the plan is recommended.
    pub is_recommended: bool,
    /// Whether it is the reference itself.
    pub is_reference: bool,
    /// P5 by week.
    pub p05: Vec<f64>,
    /// P25 by week.
    pub p25: Vec<f64>,
    /// Median by week.
    pub p50: Vec<f64>,
    /// P75 by week.
    pub p75: Vec<f64>,
    /// P95 by week.
    pub p95: Vec<f64>,
    /// First median in words, where the panel stands alone.
    pub first_label: String,
    /// Last P5, median and P95 in words.
    pub last_labels: [String; 3],
}

/// A line to compare with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reference {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub plan: usize,
    /// Amounts by week.
    pub amounts: Vec<f64>,
}

/// The difference to the baseline over time, and its distribution at the end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gains {
    /// Head of the weeks.
    pub head: String,
    /// Colour of the plan.
    pub plan: usize,
    /// Whether the plan is recommended.
    pub is_recommended: bool,
    /// Amounts of the weeks.
    pub amounts: Axis,
    /// Weeks.
    pub time: TimeAxis,
    /// P10 by week.
    pub low: Vec<f64>,
    /// Mean by week.
    pub mean: Vec<f64>,
    /// P90 by week.
    pub high: Vec<f64>,
    /// Last P10, mean and P90 in words.
    pub last_labels: [String; 3],
    /// From when on the plan is ahead, in words.
    pub turn: Option<WeekMark>,
    /// Where it is farthest behind, in words.
    pub lowest: Option<WeekMark>,
    /// The differences at the end.
    pub endings: Option<Endings>,
}

/// A week with words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeekMark {
    /// The week, from 1.
    pub week: u32,
    /// Its words.
    pub label: String,
}

/// Differences to the baseline at the end, plan by plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Endings {
    /// Head.
    pub head: String,
    /// Amounts.
    pub amounts: Axis,
    /// Whether the amounts are those of the weeks beside.
    pub shares_scale: bool,
    /// Whether they stand as interval bars in rows, else as columns of dots.
    pub are_bars: bool,
    /// The plans.
    pub plans: Vec<Ending>,
}

/// The difference of a plan to the baseline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ending {
    /// Name.
    pub name: String,
    /// Colour.
    pub plan: usize,
    /// Equally likely differences, ascending; those below zero are behind.
    pub dots: Vec<f64>,
    /// P10, mean and P90.
    pub interval: [f64; 3],
    /// The mean in words.
    pub number: String,
    /// Its 95 % interval in words.
    pub range: String,
    /// In how many futures the plan is better.
    pub better: String,
    /// How many dots are behind: with weight, and the rest.
    pub behind: Remark,
}

/// Hours wanted and had over time, a panel a plan on one scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hours {
    /// The panels, left to right.
    pub panels: Vec<HoursPanel>,
    /// Hours of all panels.
    pub amounts: Axis,
    /// Weeks of all panels.
    pub time: TimeAxis,
}

/// The hours of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HoursPanel {
    /// Name and split.
    pub head: Head,
    /// Mean hours wanted by week.
    pub wanted: Vec<f64>,
    /// Mean hours had by week.
    pub had: Vec<f64>,
    /// Words at the area where more is wanted than had.
    pub short: String,
    /// Words at the area where more is had than wanted.
    pub idle: String,
    /// Share of futures short of hours by week, 0 to 1.
    pub short_of_hours: Vec<f64>,
    /// Share of futures short of demand by week, 0 to 1.
    pub short_of_demand: Vec<f64>,
    /// Share of weeks short of hours, in words.
    pub hours_share: String,
    /// Share of weeks short of demand, in words.
    pub demand_share: String,
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

    /// Without a word: nobody asked for it.
    pub fn unasked() -> Self {
        Self {
            reason: String::new(),
        }
    }

    /// Whether nobody asked for it.
    pub fn is_unasked(&self) -> bool {
        self.reason.is_empty()
    }
}
