//! Situations with a known answer, each a scenario file of this folder lived by the engine (docs/model.md, 6).
//!
//! What is exact is compared exactly. Random answers are compared within 4 standard errors at a fixed seed: a right
//! engine fails such a comparison with probability 6e-5, and all of them together (about 170) with 1 %. The answers are
//! worked out in the tests, and told in the head of the files, which can be run with the command.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests may fail them
#![allow(clippy::inconsistent_digit_grouping)] // numbers as published

#[path = "../support/mod.rs"]
mod support;

mod customers;
mod halves;
mod media;
mod ratios;
mod revenue;
mod spread;
mod staffing;
mod waiting;

use gtm_sim::model::scenario::Scenario;
use gtm_sim::scenario_file::{NoFiles, Request, load};
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/closed_forms")
}

/// The scenario of a file of this folder under settings, as `--set` lays them over it.
fn scenario(name: &str, settings: &[&str]) -> Scenario {
    let bytes = std::fs::read(folder().join(format!("{name}.toml"))).unwrap();
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let request = Request {
        name,
        bytes: &bytes,
        settings: &settings,
        files: &NoFiles,
    };
    load(&request)
        .unwrap_or_else(|report| panic!("{}", report.render(false)))
        .value
        .scenario
}

/// Every file says what it shows, by which formula, and how to run it; docs/validation.md tells of it.
#[test]
fn every_file_says_what_it_shows() {
    let page = std::fs::read_to_string(folder().join("../../docs/validation.md")).unwrap();
    let mut files = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        files += 1;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let head: String = text
            .lines()
            .take_while(|line| line.starts_with('#'))
            .map(|line| format!("{line}\n"))
            .collect();
        for word in ["# Formula ", "# Answer "] {
            assert!(head.contains(word), "{name} lacks {word}");
        }
        assert!(
            head.contains(&format!("gtm-sim run tests/closed_forms/{name} ")),
            "{name} does not say how it is run"
        );
        assert!(
            page.contains(&format!("`{name}`")),
            "docs/validation.md does not tell of {name}"
        );
    }
    assert!(files >= 19, "{files} files");
}
