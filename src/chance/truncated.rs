//! Distributions cut to the legal range of a parameter.

use crate::chance::distribution::Distribution;
use crate::chance::quadrature;

/// A distribution truncated to a range: its uniform number is mapped between the probabilities of the two ends, so
/// that every draw is legal and the shape inside the range is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Truncated {
    /// The distribution before the cut.
    pub distribution: Distribution,
    /// Smallest legal value; minus infinity if there is none.
    pub low: f64,
    /// Largest legal value; plus infinity if there is none.
    pub high: f64,
    /// P(value < low).
    from: f64,
    /// P(low ≤ value ≤ high).
    inside: f64,
}

impl Truncated {
    /// Cuts `distribution` to `low..=high`. Where nothing of it lies inside, every draw is the nearest end.
    pub fn new(distribution: Distribution, low: f64, high: f64) -> Truncated {
        // The largest number below an end counts a lump of probability that sits on the end as inside.
        let from = if low == f64::NEG_INFINITY {
            0.0
        } else {
            distribution.cdf(low.next_down())
        };
        let to = if high == f64::INFINITY {
            1.0
        } else {
            distribution.cdf(high)
        };
        Truncated {
            distribution,
            low,
            high,
            from,
            inside: (to - from).max(0.0),
        }
    }

    /// The value below which the truncated number falls with probability `u`: non-decreasing in u. Rows keep their
    /// places, so that those of one table stay together: a value beyond the range becomes its nearest end.
    pub fn quantile(&self, u: f64) -> f64 {
        if let Distribution::Rows(_) = self.distribution {
            return self.distribution.quantile(u).max(self.low).min(self.high);
        }
        // Rounding must not reach 1, whose quantile may be infinite.
        let level = (self.from + u * self.inside).min(1.0f64.next_down());
        self.distribution.quantile(level).max(self.low).min(self.high)
    }

    /// The probability that the range cuts away.
    pub fn outside(&self) -> f64 {
        1.0 - self.inside
    }

    /// The median inside the range: the value at which the unknown is held when it is not drawn.
    pub fn typical(&self) -> f64 {
        if let Distribution::Rows(_) = self.distribution {
            return self.distribution.typical().max(self.low).min(self.high);
        }
        self.quantile(0.5)
    }

    /// The mean inside the range; that of the distribution, exactly, if nothing is cut away.
    pub fn mean(&self) -> f64 {
        if self.outside() <= 0.0 {
            return self.distribution.mean();
        }
        if let Distribution::Rows(rows) = &self.distribution {
            let cut = rows
                .values()
                .iter()
                .map(|value| value.max(self.low).min(self.high));
            return cut.sum::<f64>() / rows.values().len() as f64;
        }
        quadrature::mean_of(|u| self.quantile(u))
    }
}
