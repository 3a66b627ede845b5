//! Distributions of unknown numbers.

/// The axis on which an interval is symmetric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Any number.
    Normal,
    /// Positive numbers.
    LogNormal,
    /// Shares.
    LogitNormal,
}

/// A distribution cut to the legal range.
#[derive(Debug, Clone, PartialEq)]
pub struct Truncated {}
