//! The search: a coarse design halved as futures are added, then a pattern search from two starts.
//!
//! Successive halving: K. Jamieson and A. Talwalkar, *Non-stochastic Best Arm Identification and Hyperparameter
//! Optimization*, AISTATS 2016. Pattern search on common random numbers: T. G. Kolda, R. M. Lewis and V. Torczon,
//! *Optimization by Direct Search*, SIAM Review 45 (2003). Why these: docs/optimize.md.

use super::design;
use super::evaluate::{Evaluator, Merit};
use super::space::{Point, Space};
use crate::engine::simulate::Interrupted;

/// Futures of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Futures in which every point of the design is lived.
    pub first: u64,
    /// Futures of the comparisons at the finest mesh.
    pub last: u64,
}

impl Effort {
    /// What is spent unless told.
    pub const USUAL: Self = Self {
        first: 64,
        last: 1024,
    };
}

/// Meshes of the pattern search in steps, with the part of the last futures that each compares in.
const MESHES: [(u32, u64); 4] = [(8, 4), (4, 4), (2, 2), (1, 1)];
/// Points that are left after halving.
const LEFT: usize = 3;
/// Percents by which the second start differs from the first optimum at least.
const APART: u32 = 10;
/// Standard errors by which a neighbour may be behind after a few futures and is still looked at closely.
const CLEARLY: f64 = 1.5;
/// Moves at one mesh at most.
const MOVES: usize = 60;

/// The best so far, told while the search goes on.
#[derive(Debug, Clone, Copy)]
pub struct SoFar<'a> {
    /// The point.
    pub point: &'a Point,
    /// Its goal in the futures of the search; a little too high, as it was chosen by it.
    pub goal: f64,
    /// Futures lived so far, all points together.
    pub lives: u64,
}

/// A search on its way.
pub(super) struct Search<'a, 'b> {
    pub(super) evaluator: &'b mut Evaluator<'a>,
    pub(super) effort: Effort,
    pub(super) tell: &'b dyn Fn(&SoFar<'_>),
    /// The best so far and the futures in which it is known.
    pub(super) best: Option<(Point, u64)>,
}

impl Search<'_, '_> {
    /// The best point; `None` if nothing is allowed.
    ///
    /// # Errors
    /// `Interrupted`; the best so far stays in `best`.
    pub(super) fn run(&mut self) -> Result<Option<Point>, Interrupted> {
        let design = design::points(&self.evaluator.space);
        let ranked = self.halved(design)?;
        let Some(start) = ranked.first().cloned() else {
            return Ok(None);
        };
        let one = self.climbed(start)?;
        let other = ranked.iter().find(|point| Space::distance(point, &one) >= APART);
        let best = match other.cloned() {
            Some(start) => {
                let other = self.climbed(start)?;
                self.better(one, other)?
            }
            None => one,
        };
        self.note(&best, self.effort.last);
        Ok(Some(best))
    }

    /// All points, the best first: the better half is lived in twice as many futures, until few are left.
    fn halved(&mut self, mut points: Vec<Point>) -> Result<Vec<Point>, Interrupted> {
        let mut futures = self.effort.first;
        let mut out: Vec<Point> = Vec::new();
        loop {
            self.evaluator.live(&points, futures)?;
            self.sort(&mut points, futures);
            if let Some(best) = points.first() {
                let best = best.clone();
                self.note(&best, futures);
            }
            if points.len() <= LEFT || futures >= self.effort.last {
                break;
            }
            let keep = points.len().div_ceil(2).max(LEFT);
            let rest = points.split_off(keep);
            out.splice(0..0, rest);
            futures = (futures * 2).min(self.effort.last);
        }
        points.extend(out);
        Ok(points)
    }

    fn sort(&self, points: &mut [Point], futures: u64) {
        let merits: std::collections::BTreeMap<Point, Merit> = points
            .iter()
            .map(|point| (point.clone(), self.evaluator.merit(point, futures)))
            .collect();
        points.sort_by(|a, b| match (merits.get(a), merits.get(b)) {
            (Some(x), Some(y)) => y.order(x).then_with(|| a.cmp(b)),
            _ => std::cmp::Ordering::Equal,
        });
    }

    /// The best point that steps from `start` reach, at ever finer meshes and in ever more futures.
    fn climbed(&mut self, start: Point) -> Result<Point, Interrupted> {
        let mut point = start;
        for (mesh, part) in MESHES {
            let mesh = mesh * self.evaluator.space.decisions.step;
            let futures = (self.effort.last / part).max(self.effort.first);
            self.evaluator.live(std::slice::from_ref(&point), futures)?;
            for _ in 0..MOVES {
                let Some(next) = self.step(&point, mesh, futures)? else {
                    break;
                };
                point = next;
                self.note(&point, futures);
            }
        }
        Ok(point)
    }

    /// The best neighbour if it is better; those that fall clearly behind early are not lived further.
    fn step(&mut self, point: &Point, mesh: u32, futures: u64) -> Result<Option<Point>, Interrupted> {
        let mut near = self.evaluator.space.neighbours(point, mesh);
        let early = (futures / 4).max(self.effort.first);
        if early < futures {
            self.evaluator.live(&near, early)?;
            let own = self.evaluator.merit(point, early);
            near.retain(|near| self.may_win(near, point, &own, early));
        }
        self.evaluator.live(&near, futures)?;
        self.sort(&mut near, futures);
        let own = self.evaluator.merit(point, futures);
        let best = near.into_iter().next();
        Ok(best.filter(|best| self.evaluator.merit(best, futures).beats(&own)))
    }

    fn may_win(&self, near: &Point, point: &Point, own: &Merit, futures: u64) -> bool {
        let merit = self.evaluator.merit(near, futures);
        // Which plans keep their cash is not known after a few futures.
        if merit.missed > 0.0 || own.missed > 0.0 {
            return true;
        }
        match self.evaluator.gain(near, point, futures) {
            Some(gain) => gain.value + CLEARLY * gain.error > 0.0,
            None => true,
        }
    }

    /// The better of two points in all futures of the search.
    fn better(&mut self, one: Point, other: Point) -> Result<Point, Interrupted> {
        let last = self.effort.last;
        self.evaluator.live(&[one.clone(), other.clone()], last)?;
        let wins = self
            .evaluator
            .merit(&other, last)
            .beats(&self.evaluator.merit(&one, last));
        Ok(if wins { other } else { one })
    }

    fn note(&mut self, point: &Point, futures: u64) {
        let goal = self.evaluator.merit(point, futures).goal;
        (self.tell)(&SoFar {
            point,
            goal,
            lives: self.evaluator.lives,
        });
        self.best = Some((point.clone(), futures));
    }
}

/// The best allowed point by the futures of the search; `None` if nothing is allowed.
///
/// # Errors
/// `Interrupted` if the user stopped it.
pub fn search(
    evaluator: &mut Evaluator<'_>,
    effort: Effort,
    tell: &dyn Fn(&SoFar<'_>),
) -> Result<Option<Point>, Interrupted> {
    Search {
        evaluator,
        effort,
        tell,
        best: None,
    }
    .run()
}
