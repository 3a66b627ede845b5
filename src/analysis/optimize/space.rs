//! The plans that a search may try: shares, mixes and budget in whole percents.

use super::limits::{self, Breach};
use crate::model::decisions::Decisions;
use crate::model::name::Name;
use crate::model::scenario::{Phase, Plan, Scenario};

/// A plan of the search, in whole percents; a list is empty where nothing of it varies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// Marketing share of every phase.
    pub shares: Vec<u32>,
    /// Channel mix; sums to 100.
    pub channels: Vec<u32>,
    /// Role mix; sums to 100.
    pub roles: Vec<u32>,
    /// Budget as a share of today's.
    pub budget: u32,
}

/// All plans that may be tried.
#[derive(Debug, Clone)]
pub struct Space<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The plan whose parts stay where nothing varies.
    pub base: &'a Plan,
    /// What varies.
    pub decisions: &'a Decisions,
}

impl Space<'_> {
    /// Phases of a plan of the search; none where the split is as in the base.
    pub fn phases(&self) -> usize {
        if self.decisions.split {
            self.decisions.phase_weeks.len() + 1
        } else {
            0
        }
    }

    /// Whether the split is the same in every week and nothing else varies.
    pub fn is_one_split(&self) -> bool {
        let other = self.decisions.channels || self.decisions.roles || self.decisions.budget;
        self.phases() == 1 && !other
    }

    /// Numbers that vary freely.
    pub fn dimensions(&self) -> usize {
        let mix = |varies: bool, count: usize| if varies { count.saturating_sub(1) } else { 0 };
        self.phases()
            + mix(self.decisions.channels, self.scenario.channels.len())
            + mix(self.decisions.roles, self.scenario.roles.len())
            + usize::from(self.decisions.budget)
    }

    /// Least and greatest marketing share, percent.
    pub fn share_bounds(&self) -> (u32, u32) {
        let range = self.decisions.marketing_share;
        self.inner(range.low, range.high)
    }

    /// Least and greatest budget, percent of today's.
    pub fn budget_bounds(&self) -> (u32, u32) {
        if !self.decisions.budget {
            let own = percent(self.base.budget_factor);
            return (own, own);
        }
        let range = self.decisions.budget_factor;
        self.inner(range.low, range.high)
    }

    /// The multiples of the step within two shares; the first is above the second if there are none.
    fn inner(&self, low: f64, high: f64) -> (u32, u32) {
        let step = f64::from(self.decisions.step);
        let low = (low * 100.0 / step - 1e-9).ceil() * step;
        let high = (high * 100.0 / step + 1e-9).floor() * step;
        (low as u32, high as u32)
    }

    /// The base in the steps of the search, within the bounds of share and budget.
    pub fn home(&self) -> Point {
        let (low, high) = self.share_bounds();
        let share = |phase: usize| {
            let week = 1 + self.decisions.phase_weeks.iter().take(phase).sum::<u32>();
            let own = crate::model::schedule::share_in(self.base, week);
            self.rounded(own).clamp(low, high.max(low))
        };
        let (least, most) = self.budget_bounds();
        Point {
            shares: (0..self.phases()).map(share).collect(),
            channels: self.mix(self.decisions.channels, &self.base.channels),
            roles: self.mix(self.decisions.roles, &self.base.roles),
            budget: self
                .rounded(self.base.budget_factor)
                .clamp(least, most.max(least)),
        }
    }

    fn rounded(&self, share: f64) -> u32 {
        let step = f64::from(self.decisions.step);
        ((share * 100.0 / step).round() * step) as u32
    }

    fn mix(&self, varies: bool, shares: &[f64]) -> Vec<u32> {
        if varies && shares.len() > 1 {
            apportioned(shares, self.decisions.step)
        } else {
            Vec::new()
        }
    }

    /// The plan that a point means.
    pub fn plan(&self, point: &Point) -> Plan {
        let mut plan = self.base.clone();
        plan.name = Name::new("best");
        "Best found".clone_into(&mut plan.label);
        if !point.shares.is_empty() {
            let weeks = self.decisions.phase_weeks.iter().copied().map(Some);
            let shares = point.shares.iter().map(|share| f64::from(*share) / 100.0);
            plan.phases = weeks
                .chain([None])
                .zip(shares)
                .map(|(weeks, marketing_share)| Phase {
                    weeks,
                    marketing_share,
                })
                .collect();
        }
        for (mix, percents) in [
            (&mut plan.channels, &point.channels),
            (&mut plan.roles, &point.roles),
        ] {
            if !percents.is_empty() {
                *mix = percents.iter().map(|share| f64::from(*share) / 100.0).collect();
            }
        }
        if self.decisions.budget {
            plan.budget_factor = f64::from(point.budget) / 100.0;
        }
        plan
    }

    /// The limits that a point breaks, cash left out; none if it may be tried.
    pub fn breaches(&self, point: &Point) -> Vec<Breach> {
        limits::breaches(self, point)
    }

    /// Whether a point may be tried.
    pub fn allows(&self, point: &Point) -> bool {
        self.breaches(point).is_empty()
    }

    /// Points one step of `mesh` percent away, whether they may be tried or not, without those beyond 0 and 100 %.
    ///
    /// Shares move one by one, all together, and from a phase to the next; mixes from one part to another.
    pub fn around(&self, point: &Point, mesh: u32) -> Vec<Point> {
        let mut found = Vec::new();
        let phases = point.shares.len();
        for sign in [1, -1] {
            let by = sign * i64::from(mesh);
            for phase in 0..phases {
                found.extend(moved(point, |at| if at == phase { by } else { 0 }));
            }
            if phases > 1 {
                found.extend(moved(point, |_| by));
                for phase in 0..phases - 1 {
                    found.extend(moved(point, |at| match at {
                        _ if at == phase => by,
                        _ if at == phase + 1 => -by,
                        _ => 0,
                    }));
                }
            }
            let budget = i64::from(point.budget) + by;
            if self.decisions.budget && budget > 0 {
                found.push(Point {
                    budget: budget as u32,
                    ..point.clone()
                });
            }
        }
        for mix in shifted(&point.channels, mesh) {
            found.push(Point {
                channels: mix,
                ..point.clone()
            });
        }
        for mix in shifted(&point.roles, mesh) {
            found.push(Point {
                roles: mix,
                ..point.clone()
            });
        }
        found
    }

    /// The points of `around` that may be tried; steps across a bound end on it.
    pub fn neighbours(&self, point: &Point, mesh: u32) -> Vec<Point> {
        let mut found = Vec::new();
        for near in self.around(point, mesh) {
            let near = self.clamped(near);
            if near != *point && !found.contains(&near) && self.allows(&near) {
                found.push(near);
            }
        }
        found
    }

    /// The point with shares and budget within their bounds.
    pub fn clamped(&self, mut point: Point) -> Point {
        let (low, high) = self.share_bounds();
        let (least, most) = self.budget_bounds();
        for share in &mut point.shares {
            *share = (*share).clamp(low, high.max(low));
        }
        point.budget = point.budget.clamp(least, most.max(least));
        point
    }

    /// The point with every share moved by `by` percent, as far as bounds allow.
    pub fn shifted(&self, point: &Point, by: i64) -> Point {
        let shares = point
            .shares
            .iter()
            .map(|share| (i64::from(*share) + by).clamp(0, 100) as u32)
            .collect();
        self.clamped(Point {
            shares,
            ..point.clone()
        })
    }

    /// Percents by which two points differ.
    pub fn distance(a: &Point, b: &Point) -> u32 {
        let mix = |a: &[u32], b: &[u32]| a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).sum::<u32>();
        mix(&a.shares, &b.shares)
            + mix(&a.channels, &b.channels) / 2
            + mix(&a.roles, &b.roles) / 2
            + a.budget.abs_diff(b.budget)
    }
}

/// A share of today's in whole percents.
fn percent(share: f64) -> u32 {
    (share * 100.0).round() as u32
}

/// The point with shares moved; `None` if one leaves 0 to 100.
fn moved(point: &Point, by: impl Fn(usize) -> i64) -> Option<Point> {
    let shares: Option<Vec<u32>> = point
        .shares
        .iter()
        .enumerate()
        .map(|(at, share)| {
            let share = i64::from(*share) + by(at);
            u32::try_from(share).ok().filter(|share| *share <= 100)
        })
        .collect();
    shares.map(|shares| Point {
        shares,
        ..point.clone()
    })
}

/// Mixes with up to `mesh` percent moved from one part to another.
fn shifted(mix: &[u32], mesh: u32) -> Vec<Vec<u32>> {
    let mut found = Vec::new();
    for from in 0..mix.len() {
        for to in 0..mix.len() {
            let by = mesh.min(mix[from]);
            if from != to && by > 0 {
                let mut mix = mix.to_vec();
                mix[from] -= by;
                mix[to] += by;
                found.push(mix);
            }
        }
    }
    found
}

/// Shares that sum to 1 in multiples of `step` percent that sum to 100; the largest remainders are rounded up.
pub(super) fn apportioned(shares: &[f64], step: u32) -> Vec<u32> {
    let units = 100.0 / f64::from(step);
    let mut whole: Vec<u32> = shares
        .iter()
        .map(|share| (share * units + 1e-9).floor() as u32)
        .collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let rest = |at: &usize| shares[*at] * units - f64::from(whole[*at]);
    order.sort_by(|a, b| rest(b).total_cmp(&rest(a)).then(a.cmp(b)));
    let missing = (units.round() as u32).saturating_sub(whole.iter().sum());
    for at in order.into_iter().cycle().take(missing as usize) {
        whole[at] += 1;
    }
    whole.iter().map(|units| units * step).collect()
}
