//! Published figures that numbers of a scenario are held against, each with its source and how sure that is.
//!
//! Sources were read in stored public text, often a page that quotes the study; "derived" marks a range that was
//! chosen here for lack of a published one.

use super::findings::Published;

/// A figure with its source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    low: f64,
    high: f64,
    figure: &'static str,
    source: &'static str,
}

impl Figure {
    /// Whether `x` lies inside.
    pub(super) fn holds(&self, x: f64) -> bool {
        x >= self.low && x <= self.high
    }

    /// Whether all of it lies above `x`.
    pub(super) fn is_above(&self, x: f64) -> bool {
        x < self.low
    }

    /// As it is told.
    pub(super) fn told(&self) -> Published {
        Published {
            low: self.low,
            high: self.high,
            figure: self.figure.to_owned(),
            source: self.source.to_owned(),
        }
    }
}

/// Sales and marketing money per unit of new annual value, software subscriptions.
pub(super) const COST_PER_NEW_VALUE: Figure = Figure {
    low: 1.1,
    high: 2.82,
    figure: "median 1.76 (2023) and 2.00 (2024), worst quarter from 2.82; 1.13 to 1.18 in 2015–16",
    source: "Benchmarkit, surveys of software firms, 2024 and 2025; KeyBanc/Pacific Crest as quoted by Insivia",
};

/// Months until the margin of new business has paid for winning it, software subscriptions.
pub(super) const PAYBACK_MONTHS: Figure = Figure {
    low: 6.0,
    high: 32.0,
    figure: "median 15 to 20, best quarter below 12; 6 to 32 derived (2.00 per new annual value at a margin of 75 % are 32)",
    source: "OpenView survey as quoted by eaglerockcfo.com, 2026",
};

/// Inbound leads of aware accounts as a share of their buying occasions.
pub(super) const LEADS_PER_OCCASION: Figure = Figure {
    low: 0.0,
    high: 0.8,
    figure: "at most 100 %; providers are changed about every 5 years, so that 0.1 to 0.5 leads per aware account and year are usual; limit of 80 % derived",
    source: "Dawes, \"95:5 rule\" as quoted by customerthink.com, a heuristic of its author",
};

/// Annual value won by reps over the quota of the heads at work.
pub(super) const QUOTA_REACHED: Figure = Figure {
    low: 0.5,
    high: 1.0,
    figure: "66 to 87 % of all quotas are reached, 20 to 28 % of reps reach theirs; 50 to 100 % derived",
    source: "PulseRevOps, Benchsights and scalinggtm.com, trade surveys",
};

/// Deals won a year per filled head that sells.
pub(super) const DEALS_PER_REP: Figure = Figure {
    low: 5.0,
    high: 30.0,
    figure: "no survey found; 750k of quota at 28k a deal, half to two thirds reached, are 13 to 17; 5 to 30 derived",
    source: "derived from quotas in trade surveys (PulseRevOps)",
};

/// Advertising, current period.
pub(super) const MARKETING_SHORT: Figure = Figure {
    low: 0.02,
    high: 0.5,
    figure: "mean 0.12 of 751 estimates, 0.22 in an earlier collection; television −0.05 to 0.5 by category",
    source: "Sethuraman, Tellis & Briesch 2011 (abstract); Hanssens, advertising impact generalizations",
};

/// Advertising, carry-over included.
pub(super) const MARKETING_LONG: Figure = Figure {
    low: 0.05,
    high: 1.0,
    figure: "mean 0.24, 0.41 in an earlier collection; 0.05 to 1 derived as twice the short run",
    source: "Sethuraman, Tellis & Briesch 2011 (abstract)",
};

/// Personal selling.
pub(super) const SALES: Figure = Figure {
    low: 0.1,
    high: 0.7,
    figure: "mean 0.34, 0.31 corrected for bias (from memory), visits to doctors 0.245; 0.1 to 0.7 derived",
    source: "Albers, Mantrala & Sridhar 2010 as quoted by what-when-how.com and Hanssens",
};

/// Spend today over the spend of half the ceiling.
pub(super) const SPEND_OVER_HALF: Figure = Figure {
    low: 0.3,
    high: 3.0,
    figure: "no survey found; 0.5 to 3, young channels 0.3 to 1",
    source: "derived from elasticities of advertising",
};
