//! Families: the axis on which a planner's interval is symmetric, chosen by the legal range of the parameter.

/// The axis on which an interval is symmetric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Any number: the number itself is normal.
    Normal,
    /// Numbers above 0: the logarithm is normal.
    LogNormal,
    /// Shares between 0 and 1: the log-odds are normal.
    LogitNormal,
}

impl Family {
    /// The family of a parameter whose legal range is `low` to `high`: inside 0 to 1 logit-normal, from 0 upwards
    /// log-normal, else normal.
    pub fn of_range(low: f64, high: f64) -> Family {
        match (low >= 0.0, high <= 1.0) {
            (true, true) => Family::LogitNormal,
            (true, false) => Family::LogNormal,
            (false, _) => Family::Normal,
        }
    }

    /// Whether a value lies on the family's axis (its ends excluded).
    pub fn holds(self, value: f64) -> bool {
        match self {
            Family::Normal => value.is_finite(),
            Family::LogNormal => value > 0.0 && value.is_finite(),
            Family::LogitNormal => value > 0.0 && value < 1.0,
        }
    }

    /// The axis in words, for messages.
    pub(super) fn axis(self) -> &'static str {
        match self {
            Family::Normal => "must be finite numbers",
            Family::LogNormal => "must lie above 0",
            Family::LogitNormal => "must lie strictly between 0 and 1",
        }
    }

    /// From a value to its place on the axis; minus or plus infinity beyond its ends.
    pub(super) fn to_axis(self, value: f64) -> f64 {
        match self {
            Family::Normal => value,
            Family::LogNormal if value <= 0.0 => f64::NEG_INFINITY,
            Family::LogNormal => libm::log(value),
            Family::LogitNormal if value <= 0.0 => f64::NEG_INFINITY,
            Family::LogitNormal if value >= 1.0 => f64::INFINITY,
            Family::LogitNormal => libm::log(value) - libm::log1p(-value),
        }
    }

    /// The value that lies `step` along the axis from `median`; exactly `median` for a step of 0.
    pub(super) fn moved(self, median: f64, step: f64) -> f64 {
        if step == 0.0 {
            return median;
        }
        match self {
            Family::Normal => median + step,
            Family::LogNormal => median * libm::exp(step),
            Family::LogitNormal if step < 0.0 => {
                let e = libm::exp(step);
                median * e / ((1.0 - median) + median * e)
            }
            Family::LogitNormal => median / (median + (1.0 - median) * libm::exp(-step)),
        }
    }
}
