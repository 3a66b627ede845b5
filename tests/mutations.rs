//! Whatever a scenario file holds, it is answered: shipped scenarios, broken in many ways, are read, told and, where
//! they are accepted, lived, without a panic, a hang or money that is no number.
//!
//! The short version runs with the others. The long one, 6,000 cases or `MUTATIONS` of them:
//! `cargo test --test mutations -- --ignored`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

#[path = "mutations/mutate.rs"]
mod mutate;

use gtm_sim::engine::replication::Worker;
use gtm_sim::model::company::Company;
use gtm_sim::model::luck::Watch;
use gtm_sim::model::market::Market;
use gtm_sim::model::scenario::Scenario;
use gtm_sim::scenario_file::{self, Diagnostic, Place, Sources, Span};
use mutate::{Dice, mutated};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// No case may take longer; the slowest takes a few seconds on a slow machine.
const HANGS: Duration = Duration::from_secs(180);
/// Accepted scenarios are lived for at most so many weeks of the horizon, as many of the tail, and three plans, so
/// that a mutated `weeks = 1040` costs no minute.
const MOST_WEEKS: u32 = 60;
const MOST_PLANS: usize = 3;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The texts of a folder's TOML files, by name.
fn texts(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut texts: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    texts.sort();
    texts
}

fn shipped() -> Vec<String> {
    let texts = texts(&root().join("scenarios"));
    assert!(texts.len() >= 2);
    texts
        .into_iter()
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect()
}

/// Every number that a week adds or moves is one.
struct Finite;

impl Watch for Finite {
    fn week(&mut self, week: u32, market: &Market) {
        let money = &market.money;
        for (what, amount) in [
            ("value", money.value),
            ("change", money.change),
            ("lowest", money.lowest),
        ] {
            assert!(amount.is_finite(), "{what} is {amount} in week {week}");
        }
    }
}

fn live(mut scenario: Scenario) {
    let company = Company::of(&scenario);
    assert!(company.learned_today.is_finite());
    scenario.weeks = scenario.weeks.min(MOST_WEEKS);
    scenario.finance.tail_weeks = scenario.finance.tail_weeks.min(MOST_WEEKS);
    let plans: Vec<usize> = (0..scenario.plans.len().min(MOST_PLANS)).collect();
    let mut worker = Worker::new(&scenario, &plans);
    let luck = worker.begin_numbered(1, 0);
    for plan in plans {
        worker.live(plan, &mut luck.clone(), &mut Finite);
    }
}

fn check(diagnostics: &[Diagnostic], sources: &Sources) {
    let length = sources
        .place(Span::WHOLE)
        .map_or(0, |place: Place<'_>| place.text.len());
    let spans = diagnostics.iter().flat_map(|diagnostic| {
        diagnostic
            .related
            .iter()
            .map(|(span, _)| *span)
            .chain([diagnostic.span])
    });
    for span in spans {
        assert!(
            span.start <= span.end && span.end <= length,
            "{span:?} of {length} bytes"
        );
        let place = sources.place(span).unwrap();
        assert!(place.text.get(place.start..place.end).is_some());
        assert!(place.line >= 1 && place.column >= 1);
    }
}

/// Reads, tells and lives; whether it was accepted.
fn answer(bytes: &[u8]) -> bool {
    match scenario_file::read_bytes(bytes, "mutated.toml") {
        Ok(checked) => {
            check(&checked.warnings, &checked.sources);
            let told = checked.render_warnings(true).len() + checked.render_warnings(false).len();
            assert_eq!(told == 0, checked.warnings.is_empty());
            live(checked.value.scenario);
            true
        }
        Err(report) => {
            check(&report.diagnostics, &report.sources);
            assert!(!report.render(true).is_empty() && !report.render(false).is_empty());
            false
        }
    }
}

/// Runs cases in a thread of their own and tells the first that hangs, or all that panic.
fn all(cases: impl Iterator<Item = (String, Vec<u8>)> + Send + 'static) -> (usize, usize) {
    let (say, hear) = channel();
    let worker = std::thread::spawn(move || {
        for (name, bytes) in cases {
            say.send((name.clone(), None)).unwrap();
            let answered = catch_unwind(AssertUnwindSafe(|| answer(&bytes)));
            if answered.is_err()
                && let Ok(folder) = std::env::var("MUTATIONS_TO")
            {
                std::fs::write(Path::new(&folder).join(format!("{name}.toml")), &bytes).unwrap();
            }
            say.send((name, Some(answered.ok()))).unwrap();
        }
    });
    let (mut read, mut accepted, mut broken, mut now) = (0, 0, Vec::new(), String::new());
    loop {
        match hear.recv_timeout(HANGS) {
            Ok((name, None)) => now = name,
            Ok((name, Some(answered))) => {
                read += 1;
                accepted += usize::from(answered == Some(true));
                if answered.is_none() {
                    broken.push(name);
                }
            }
            Err(RecvTimeoutError::Timeout) => panic!("{now} hangs"),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    worker.join().unwrap();
    assert!(
        broken.is_empty(),
        "{} of {read} cases panic: {broken:?}",
        broken.len()
    );
    (read, accepted)
}

fn mutations(cases: u64) {
    let texts = shipped();
    let count = texts.len() as u64;
    let numbered = (0..cases).map(move |case| {
        let text = &texts[(case % count) as usize];
        (format!("case-{case}"), mutated(text, &mut Dice::new(case)))
    });
    let (read, accepted) = all(numbered);
    assert_eq!(read as u64, cases);
    // Neither side of the reader may be left untried.
    assert!(
        accepted * 20 > read && accepted * 10 < read * 9,
        "{accepted} of {read} accepted"
    );
}

#[test]
fn mutated_scenarios_are_answered() {
    mutations(400);
}

#[test]
#[ignore = "minutes long; run it with `cargo test --test mutations -- --ignored`"]
fn many_mutated_scenarios_are_answered() {
    let cases = std::env::var("MUTATIONS")
        .ok()
        .and_then(|cases| cases.parse().ok());
    mutations(cases.unwrap_or(6_000));
}

/// Files that once broke the reader or the engine.
#[test]
fn what_broke_once_is_answered() {
    let found = texts(&root().join("tests/mutations/found"));
    assert!(!found.is_empty());
    all(found.into_iter());
}
