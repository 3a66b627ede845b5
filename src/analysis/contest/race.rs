//! The race: which plans may still be the best after every look at the futures, and when that is settled.
//!
//! Plans are lived in the same futures, and looked at after twice as many each time. At every look all paired
//! differences of the plans still in the race get intervals that hold together, over pairs (`multiple`) and over
//! looks (the chance of a mistake is cut evenly among them): repeated confidence intervals, Jennison and Turnbull,
//! *Interim Analyses: The Repeated Confidence Interval Approach*, J. R. Statist. Soc. B 51 (1989), 305–361. So they
//! hold whenever the race ends. A plan that another one surely beats gets no more futures. The race is settled when
//! no plan can beat the leading one by more than a tolerance: multiple comparisons with the best under an
//! indifference zone, valid for common luck, as in Nelson and Matejcik, *Using Common Random Numbers for
//! Indifference-Zone Selection and Multiple Comparisons in Simulation*, Management Science 41 (1995), 1935–1945.
//! Then the leading plan is the best, or within the tolerance of it, with the probability of the intervals.

use super::multiple::critical;
use crate::analysis::compare::FEWEST_TO_COMPARE;
use crate::outcome::estimate::{self, Estimate, Influence, LEVEL};
use crate::outcome::outcomes::{Better, Outcomes, Reading, Rule};

/// The objective of a plan, future by future, as far as the plan was lived.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    of: Vec<f64>,
    /// Denominators of a ratio; empty for an amount.
    per: Vec<f64>,
}

impl Series {
    /// The measure of a plan in all futures of `outcomes`.
    pub fn of(outcomes: &Outcomes, reading: &Reading, plan: usize) -> Self {
        let column = |column| outcomes.column(plan, column).collect();
        match reading.rule {
            Rule::Amount(of) => Self {
                of: column(of),
                per: Vec::new(),
            },
            Rule::Ratio { of, per } => Self {
                of: column(of),
                per: column(per),
            },
        }
    }

    /// An amount.
    pub fn amounts(of: Vec<f64>) -> Self {
        Self { of, per: Vec::new() }
    }

    /// Appends the futures that follow.
    pub fn extend(&mut self, more: Self) {
        self.of.extend(more.of);
        self.per.extend(more.per);
    }

    /// Futures lived.
    pub fn futures(&self) -> usize {
        self.of.len()
    }

    /// Its mean, or ratio of means; `None` where it is undefined in every future.
    pub fn influence(&self) -> Option<Influence> {
        if self.per.is_empty() {
            Influence::of_mean(&self.of)
        } else {
            Influence::of_ratio(&self.of, &self.per)
        }
    }

    /// One value a future; `None` for a ratio, which has none to average.
    pub fn values(&self) -> Option<&[f64]> {
        self.per.is_empty().then_some(self.of.as_slice())
    }
}

/// What ends a race.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// Which direction is better.
    pub better: Better,
    /// A loss that does not matter, in the unit of the objective.
    pub within: f64,
    /// Looks at most: intervals are widened for so many.
    pub looks: usize,
}

/// A paired difference of two plans.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    /// First plan minus second.
    pub difference: f64,
    /// Its standard error.
    pub error: f64,
    /// Lower end of the interval that holds together with all others.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Futures in which both were lived.
    pub futures: u64,
}

impl Held {
    fn of(estimate: Estimate, critical: f64, futures: u64) -> Self {
        let reach = critical * estimate.error;
        Self {
            difference: estimate.value,
            error: estimate.error,
            low: estimate.value - reach,
            high: estimate.value + reach,
            futures,
        }
    }

    /// Second plan minus first.
    #[must_use]
    pub fn turned(self) -> Self {
        Self {
            difference: -self.difference,
            low: -self.high,
            high: -self.low,
            ..self
        }
    }
}

/// Plans in a race.
#[derive(Debug, Clone, PartialEq)]
pub struct Race {
    rules: Rules,
    critical: Option<f64>,
    is_in: Vec<bool>,
    estimates: Vec<Option<(Estimate, u64)>>,
    /// First minus second of every pair of positions, the first one lower, by rows.
    held: Vec<Vec<Option<Held>>>,
    looks: Vec<u64>,
}

impl Race {
    /// So many plans, all of which may be the best.
    pub fn new(plans: usize, rules: Rules) -> Self {
        Self {
            rules,
            critical: None,
            is_in: vec![true; plans],
            estimates: vec![None; plans],
            held: vec![vec![None; plans]; plans],
            looks: Vec::new(),
        }
    }

    /// Looks at the plans after `futures` futures; those that are out may be `None`. Plans without a value, and plans
    /// that another one surely beats, are out from now on. Of too few futures nothing is concluded.
    pub fn look(&mut self, series: &[Option<&Series>], futures: u64) {
        let influence = |series: &Option<&Series>| series.and_then(|series| series.influence());
        let influences: Vec<Option<Influence>> = series.iter().map(influence).collect();
        self.looks.push(futures);
        let level = 1.0 - (1.0 - LEVEL) / self.rules.looks.max(1) as f64;
        // The pairs of the first look are the most: their value holds for those that are left.
        let critical = *self.critical.get_or_insert_with(|| critical(&influences, level));
        for (plan, influence) in influences.iter().enumerate() {
            if let Some(estimate) = influence.as_ref().and_then(Influence::estimate) {
                self.estimates[plan] = Some((estimate, futures));
            } else if self.is_in[plan] {
                self.is_in[plan] = false;
            }
        }
        for a in 0..influences.len() {
            for b in a + 1..influences.len() {
                let both = influences[a].as_ref().zip(influences[b].as_ref());
                if let Some(difference) = both.and_then(|(a, b)| a.minus(b)) {
                    self.held[a][b] = Some(Held::of(difference, critical, futures));
                }
            }
        }
        if futures >= FEWEST_TO_COMPARE {
            let beaten: Vec<usize> = self.contenders().filter(|plan| self.is_beaten(*plan)).collect();
            for plan in beaten {
                self.is_in[plan] = false;
            }
        }
    }

    /// The plans that may still be the best.
    pub fn contenders(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.is_in.len()).filter(|plan| self.is_in[*plan])
    }

    /// Whether a plan may still be the best.
    pub fn is_contender(&self, plan: usize) -> bool {
        self.is_in[plan]
    }

    /// The plan with the best estimate among those that may be the best.
    pub fn leader(&self) -> Option<usize> {
        let merit = |plan: &usize| {
            let (estimate, _) = self.estimates[*plan]?;
            Some((self.sign() * estimate.value, *plan))
        };
        let ranked = self.contenders().filter_map(|plan| merit(&plan));
        ranked
            .reduce(|best, other| if other.0 > best.0 { other } else { best })
            .map(|(_, plan)| plan)
    }

    /// Whether no plan can beat the leading one by more than the tolerance.
    pub fn is_settled(&self) -> bool {
        let enough = self
            .looks
            .last()
            .is_some_and(|futures| *futures >= FEWEST_TO_COMPARE);
        let worst = self.leader().and_then(|leader| self.most_behind(leader));
        enough && worst.is_some_and(|worst| worst <= self.rules.within)
    }

    /// How far a plan can be behind the best of those that may be it, by the upper ends of the intervals; at least 0.
    pub fn most_behind(&self, plan: usize) -> Option<f64> {
        self.contenders()
            .filter(|other| *other != plan)
            .try_fold(0.0, |most: f64, other| {
                Some(most.max(self.gain(other, plan)?.high))
            })
    }

    /// First plan minus second; `None` where they were not lived together.
    pub fn difference(&self, a: usize, b: usize) -> Option<Held> {
        if a < b {
            self.held[a][b]
        } else {
            self.held[b][a].map(Held::turned)
        }
    }

    /// How much better the first plan is than the second: above 0 is better, whatever the objective.
    pub fn gain(&self, a: usize, b: usize) -> Option<Held> {
        let held = self.difference(a, b)?;
        Some(if self.sign() < 0.0 { held.turned() } else { held })
    }

    /// The last estimate of a plan, and the futures behind it.
    pub fn estimate(&self, plan: usize) -> Option<(Estimate, u64)> {
        self.estimates[plan]
    }

    /// Futures after which the race was looked at.
    pub fn looks(&self) -> &[u64] {
        &self.looks
    }

    /// Standard errors that every interval reaches; `None` before the first look.
    pub fn critical(&self) -> Option<f64> {
        self.critical
    }

    /// What ends it.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    fn is_beaten(&self, plan: usize) -> bool {
        self.contenders()
            .any(|other| other != plan && self.gain(other, plan).is_some_and(|gain| gain.low > 0.0))
    }

    fn sign(&self) -> f64 {
        estimate::sign(self.rules.better)
    }
}

/// Futures after which is looked: a first number, then twice as many each time, up to `most`.
pub fn looks(first: u64, most: u64) -> Vec<u64> {
    let mut looks = vec![first.min(most)];
    while let Some(&last) = looks.last()
        && last < most
    {
        looks.push(last.saturating_mul(2).min(most));
    }
    looks
}
