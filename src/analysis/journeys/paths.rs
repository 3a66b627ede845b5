//! Paths of accounts as numbers: every path is a longer one of another, so that an account carries one number.

use crate::model::sources::Source;
use std::collections::BTreeMap;

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Knew us before week 1.
    Before,
    /// Reached by a source.
    By(Source),
    /// Bought from a rep.
    Won,
    /// Bought without one.
    Alone,
}

/// Number of the path without a step.
pub(super) const NOWHERE: u32 = 0;

/// All paths that were gone.
#[derive(Debug, Clone)]
pub(super) struct Paths {
    next: BTreeMap<(u32, Step), u32>,
    came_by: Vec<(u32, Option<Step>)>,
}

impl Paths {
    pub(super) fn new() -> Self {
        Self {
            next: BTreeMap::new(),
            came_by: vec![(NOWHERE, None)],
        }
    }

    /// The path one step longer.
    pub(super) fn then(&mut self, path: u32, step: Step) -> u32 {
        let came_by = &mut self.came_by;
        *self.next.entry((path, step)).or_insert_with(|| {
            came_by.push((path, Some(step)));
            came_by.len() as u32 - 1
        })
    }

    /// Its last step.
    pub(super) fn last(&self, path: u32) -> Option<Step> {
        self.came_by.get(path as usize)?.1
    }

    /// Its steps in order.
    pub(super) fn steps(&self, mut path: u32) -> Vec<Step> {
        let mut steps = Vec::new();
        while let Some((before, Some(step))) = self.came_by.get(path as usize) {
            steps.push(*step);
            path = *before;
        }
        steps.reverse();
        steps
    }
}
