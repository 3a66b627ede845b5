//! A second opinion: the law of docs/model.md once more, one account at a time and one week at a time, against the engine.
//!
//! The oracle shares nothing with the engine but the parsed scenario. It is written from docs/model.md, slow and
//! obvious: every account stands somewhere, every week it is asked what it does, every answer is a Bernoulli draw.
//! `cargo test --test oracle` compares few replications of every scenario; the long version many (docs/validation.md).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

mod account;
mod beliefs;
mod books;
mod channel;
mod climate;
mod closings;
mod compare;
mod dice;
mod facts;
mod index_zero;
mod market;
mod plan;
mod readout;
mod report;
mod sales;
mod sample;
mod serve;
mod sources;
mod tally;
mod team;
mod today;
mod week;

use compare::{ALARM, Comparison, Judge, correct};
use gtm_sim::model::scenario::Scenario;
use gtm_sim::scenario_file::{Files, Request, load};
use sample::Layout;
use std::path::{Path, PathBuf};

const SEED: u64 = 20_270_104;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/scenarios")
}

struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        std::fs::read(folder().join(path))
    }
}

/// The scenarios by name of their file, in order; `ORACLE_ONLY` keeps those whose name contains it.
fn scenarios() -> Vec<(String, Scenario)> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    let only = std::env::var("ORACLE_ONLY").unwrap_or_default();
    paths
        .iter()
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .filter(|(name, _)| name.contains(&only))
        .map(|(name, path)| {
            let bytes = std::fs::read(path).unwrap();
            let request = Request {
                name: &name,
                bytes: &bytes,
                settings: &[],
                files: &Disk,
            };
            let document = load(&request).unwrap_or_else(|report| panic!("{name}: {}", report.render(false)));
            (name, document.value.scenario)
        })
        .collect()
}

/// Compares plans of every scenario, so many replications on each side: the last, and the first where `both`.
fn compare(n: u64, both: bool) -> Vec<(String, Scenario, Vec<Comparison>)> {
    let mut all = Vec::new();
    for (name, scenario) in scenarios() {
        let layout = Layout::of(&scenario);
        let mut list = Vec::new();
        let last = scenario.plans.len() - 1;
        let plans = if both && last > 0 {
            vec![0, last]
        } else {
            vec![last]
        };
        for plan in plans {
            let oracle = sample::oracle(&scenario, plan, &layout, n, SEED + plan as u64);
            let engine = sample::engine(&scenario, plan, &layout, n, SEED);
            let pilot = sample::engine(&scenario, plan, &layout, 1_000, SEED + 1);
            let mut judge = Judge {
                scenario: &name,
                plan: scenario.plans[plan].name.as_str(),
                list: &mut list,
            };
            judge.plan(&layout, &oracle, &engine, &pilot);
        }
        all.push((name, scenario, list));
    }
    all
}

/// Corrects over all scenarios together, and tells what disagrees.
fn verdict(all: &mut [(String, Scenario, Vec<Comparison>)]) -> Vec<Comparison> {
    let mut flat: Vec<Comparison> = all.iter().flat_map(|(_, _, list)| list.clone()).collect();
    correct(&mut flat);
    let mut next = flat.iter();
    for (_, _, list) in all.iter_mut() {
        for comparison in list {
            comparison.adjusted = next.next().unwrap().adjusted;
        }
    }
    flat.retain(|comparison| comparison.adjusted < ALARM);
    flat.sort_by(|a, b| a.p.total_cmp(&b.p).then(b.z.abs().total_cmp(&a.z.abs())));
    flat
}

#[test]
fn index_zero_is_the_same() {
    let wrong: String = scenarios()
        .iter()
        .map(|(name, scenario)| index_zero::differences(name, scenario))
        .collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_engine_agrees_with_the_oracle() {
    let mut all = compare(1_000, false);
    let wrong = verdict(&mut all);
    assert!(wrong.is_empty(), "\n{}", report::disagreements(&wrong));
}

/// `cargo test --release --test oracle -- --ignored --nocapture` prints the tables of docs/validation.md.
#[test]
#[ignore = "minutes of all cores; see docs/validation.md"]
fn the_engine_agrees_with_the_oracle_in_many_replications() {
    let told = std::env::var("ORACLE_REPLICATIONS").ok();
    let count = told.map_or(100_000, |text| text.parse().unwrap());
    let mut all = compare(count, true);
    let wrong = verdict(&mut all);
    println!("{}", report::tables(&all, count));
    assert!(wrong.is_empty(), "\n{}", report::disagreements(&wrong));
}
