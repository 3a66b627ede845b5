//! Measures the next steps from the first plan after a run, and says how long it took.

use super::failure::Failure;
use super::progress;
use super::settings::RunSettings;
use super::terminal::{self, Terminal};
use crate::analysis::compare::Asked;
use crate::analysis::findings::Next;
use crate::analysis::steps::{self, Steps};
use crate::engine::simulate::{Control, Run, simulate};
use crate::outcome::outcomes::Outcomes;
use crate::units::format::{self, Style};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// What a little more or less of everything brings to the first plan, in the first futures of the run; `None` after
/// a run of too few.
pub(super) fn steps(
    asked: &Asked,
    base: &Outcomes,
    settings: &RunSettings,
    control: &Control,
    terminal: &Terminal,
) -> Result<Option<Next>, Failure> {
    let from = asked
        .plans
        .first()
        .and_then(|&plan| Steps::from(asked.scenario, plan));
    let Some((steps, futures)) = from.zip(steps::futures(base.replications as u64)) else {
        return Ok(None);
    };
    let run = Run {
        plans: steps.plans.clone(),
        seed: asked.seed,
        replications: 0..futures,
        threads: settings.threads,
        weekly_replications: 0,
    };
    let start = Instant::now();
    let shown = terminal.watched && !settings.quiet;
    control.done.store(0, Ordering::Relaxed);
    let lived = progress::watched(
        shown,
        " for the next steps",
        control,
        &AtomicU64::new(futures),
        || simulate(&steps.scenario, &run, control),
    )?;
    if shown {
        let seconds = format::number(start.elapsed().as_secs_f64(), Style::Sentence);
        let futures = format::count(futures);
        let text = format!(
            "next steps measured in {seconds} s ({} steps, {futures} futures)",
            run.plans.len()
        );
        terminal::complain(&text);
    }
    Ok(steps.next(base, 0, &lived.outcomes, asked.aim.objective.id))
}
