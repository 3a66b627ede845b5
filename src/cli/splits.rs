//! Tries other splits after a run: around the first plan, in the first futures, in at most a third of the run's time.

use super::failure::Failure;
use super::progress;
use super::settings::RunSettings;
use super::terminal::{self, Terminal};
use crate::analysis::compare::{self, Asked};
use crate::analysis::contest::candidates::{self, Split};
use crate::analysis::contest::joined::side_by_side;
use crate::analysis::contest::race::{Race, Rules, Series};
use crate::analysis::sweep::{self, Base, Sweep};
use crate::engine::simulate::{Control, Lived, Run, simulate};
use crate::model::scenario::Scenario;
use crate::outcome::outcomes::Outcomes;
use crate::units::format::{self, Style};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Shares tried first, in tenths.
const TENTHS: std::ops::RangeInclusive<u32> = 1..=9;

/// The range of splits that are as good as the best, with the mixes of the first plan; `None` where it was not wanted
/// or the run is too short to tell anything.
pub(super) fn sweep(
    asked: &Asked,
    base: &Outcomes,
    settings: &RunSettings,
    control: &Control,
    terminal: &Terminal,
) -> Result<Option<Sweep>, Failure> {
    let futures = sweep::futures(base.plans as u64, base.replications as u64);
    let Some((futures, first)) = futures
        .filter(|_| settings.sweep)
        .zip(asked.plans.first().copied())
    else {
        return Ok(None);
    };
    let mut tried = Tried {
        asked,
        scenario: asked.scenario.clone(),
        base: first,
        run: Run {
            plans: vec![first],
            seed: asked.seed,
            replications: 0..futures,
            threads: settings.threads,
            weekly_replications: 0,
        },
        splits: Vec::new(),
        plans: vec![first],
        lived: Vec::new(),
    };
    let start = Instant::now();
    let shown = terminal.watched && !settings.quiet;
    control.done.store(0, Ordering::Relaxed);
    let total = AtomicU64::new(2 * futures);
    let found = progress::watched(shown, " for other splits", control, &total, || {
        let tenths: Vec<f64> = TENTHS.map(|tenth| f64::from(tenth) / 10.0).collect();
        tried.live(&tenths, control)?;
        let Some(coarse) = tried.sweep() else {
            return Ok::<_, Failure>(None);
        };
        let between = coarse.between();
        if between.is_empty() {
            return Ok(Some(coarse));
        }
        tried.live(&between, control)?;
        Ok(tried.sweep())
    })?;
    if shown {
        let seconds = format::number(start.elapsed().as_secs_f64(), Style::Sentence);
        let (splits, futures) = (tried.splits.len(), format::count(futures));
        let text = format!("other splits tried in {seconds} s ({splits} splits, {futures} futures)");
        terminal::complain(&text);
    }
    Ok(found)
}

/// Splits that were lived.
struct Tried<'a> {
    asked: &'a Asked<'a>,
    /// With a plan for every split behind its own.
    scenario: Scenario,
    /// Position of the first plan.
    base: usize,
    run: Run,
    splits: Vec<Split>,
    /// Plans in the order in which they were lived.
    plans: Vec<usize>,
    lived: Vec<Lived>,
}

impl Tried<'_> {
    /// Lives more shares; the first time the first plan as well.
    fn live(&mut self, shares: &[f64], control: &Control) -> Result<(), Failure> {
        let more = candidates::splits(&mut self.scenario, self.base, shares);
        let known = self.plans.clone();
        self.plans.extend(
            more.iter()
                .map(|split| split.plan)
                .filter(|plan| !known.contains(plan)),
        );
        let from = if self.lived.is_empty() { 0 } else { known.len() };
        self.run.plans = self.plans[from..].to_vec();
        self.splits.extend(more);
        self.splits.sort_by(|a, b| a.share.total_cmp(&b.share));
        if !self.run.plans.is_empty() {
            self.lived.push(simulate(&self.scenario, &self.run, control)?);
        }
        Ok(())
    }

    fn sweep(&self) -> Option<Sweep> {
        let lived = side_by_side(self.lived.clone())?;
        let outcomes = &lived.outcomes;
        let reading = outcomes.reading(self.asked.aim.objective.id)?;
        let rules = Rules {
            better: reading.better,
            within: compare::tolerance(self.asked, outcomes, compare::WITHIN),
            looks: 1,
        };
        let series: Vec<Series> = (0..outcomes.plans)
            .map(|plan| Series::of(outcomes, reading, plan))
            .collect();
        let mut race = Race::new(outcomes.plans, rules);
        let own: Vec<Option<&Series>> = series.iter().map(Some).collect();
        race.look(&own, outcomes.replications as u64);
        let base = self.scenario.plans.get(self.base)?;
        let position = |plan: usize| self.plans.iter().position(|other| *other == plan);
        let mut splits: Vec<(f64, usize)> = self
            .splits
            .iter()
            .filter_map(|split| Some((split.share, position(split.plan)?)))
            .collect();
        if let Some(own) = candidates::constant(base).filter(|_| splits.iter().all(|(_, plan)| *plan != 0)) {
            splits.push((own, 0));
            splits.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        let base = Base {
            name: base.name.as_str(),
            plan: 0,
            share: compare::mean_share(base, self.scenario.weeks),
        };
        Sweep::of(self.asked, outcomes, &race, base, &splits)
    }
}
