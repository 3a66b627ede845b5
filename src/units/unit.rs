//! The unit of a number, from which its printing follows.

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Money in the scenario's currency.
    Money,
    /// Money a week.
    MoneyPerWeek,
    /// Money a year.
    MoneyPerYear,
    /// A share, 0 to 1; printed as percent.
    Share,
    /// A ratio such as 2.9×.
    Ratio,
    /// Things counted: accounts, leads, deals.
    Count,
    /// Heads, one decimal.
    Heads,
    /// A duration or a position in weeks.
    Weeks,
    /// Hours.
    Hours,
    /// A rate or hazard a week.
    PerWeek,
    /// A rate or hazard a year.
    PerYear,
    /// Log-odds.
    LogOdds,
    /// A plain number.
    Number,
}

impl Unit {
    /// Key in JSON and documentation.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::MoneyPerWeek => "money_per_week",
            Self::MoneyPerYear => "money_per_year",
            Self::Share => "share",
            Self::Ratio => "ratio",
            Self::Count => "count",
            Self::Heads => "heads",
            Self::Weeks => "weeks",
            Self::Hours => "hours",
            Self::PerWeek => "per_week",
            Self::PerYear => "per_year",
            Self::LogOdds => "log_odds",
            Self::Number => "number",
        }
    }
}
