//! `gtm-sim explain` and `gtm-sim schema`, as a user sees them.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

use assert_cmd::Command;
use gtm_sim::outcome::follow::SERIES;
use gtm_sim::report::reference::FIELDS;
use gtm_sim::scenario_file::keys;
use std::path::Path;

/// Exit code, stdout and stderr.
fn run(words: &str) -> (i32, String, String) {
    let output = Command::cargo_bin("gtm-sim")
        .unwrap()
        .args(words.split_whitespace())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn names_are_explained() {
    let mut told = String::new();
    for name in [
        "cac",
        "utilisation.ae",
        "win_rate",
        "segments.mid-market.deals.win_rate",
        "half_life_weeks",
        "plans.today.phases",
        "order",
        "extends",
        "segments.*.customers.churn",
        "today.team.ae",
        "work",
        "environment",
        "hours_wanted",
        "limited_by",
    ] {
        let (code, stdout, stderr) = run(&format!("explain {name}"));
        assert_eq!((code, stderr.as_str()), (0, ""), "{name}");
        told.push_str(&format!("> explain {name}\n{stdout}\n"));
    }
    insta::assert_snapshot!("explain", told);
}

#[test]
fn everything_that_can_be_named_is_explained() {
    let mut names: Vec<String> = keys::all()
        .flat_map(|key| [key.shown(), key.word().to_owned()])
        .collect();
    names.extend(FIELDS.iter().map(|field| field.name.to_owned()));
    names.extend(SERIES.iter().map(|series| series.id.to_owned()));
    names.sort();
    names.dedup();
    // Every tenth, for the time that a process takes.
    for name in names.iter().step_by(10) {
        let (code, stdout, stderr) = run(&format!("explain {name}"));
        assert_eq!((code, stderr.as_str()), (0, ""), "{name}");
        assert!(
            stdout.contains(name.rsplit('.').find(|word| *word != "NAME").unwrap()),
            "{name}: {stdout}"
        );
    }
}

#[test]
fn a_mistyped_name_has_near_ones() {
    for (typed, near) in [
        ("win_rat", "win_rate"),
        ("segments.mid-market.deals.win_rat", "win_rate"),
        ("seasonalty", "seasonality"),
        ("best_im", "best_in"),
        ("budget.anual", "did you mean budget.annual"),
        (
            "segments.firms.deals.win_rat",
            "did you mean segments.firms.deals.win_rate",
        ),
        ("sampels", "samples"),
        ("zzz", "docs/scenario.md"),
    ] {
        let (code, stdout, stderr) = run(&format!("explain {typed}"));
        assert_eq!((code, stdout.as_str()), (2, ""), "{typed}");
        assert!(stderr.contains(near), "{typed}: {stderr}");
    }
}

#[test]
fn the_schema_is_printed_and_nothing_else() {
    let (code, stdout, stderr) = run("schema");
    assert_eq!((code, stderr.as_str()), (0, ""));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scenario.schema.json");
    let stored = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    assert!(
        stdout == stored,
        "gtm-sim schema is not docs/scenario.schema.json"
    );
}

#[test]
fn words_of_the_format_are_explained_whatever_their_case() {
    for word in "samples low typical high interval pert triangular uniform mix P10 p90 median".split(' ') {
        let (code, stdout, stderr) = run(&format!("explain {word}"));
        assert_eq!((code, stderr.as_str()), (0, ""), "{word}");
        assert!(
            stdout.to_lowercase().contains(&word.to_lowercase()),
            "{word}: {stdout}"
        );
    }
    assert_eq!(run("explain Win_Rate"), run("explain win_rate"));
    let nothing = Command::cargo_bin("gtm-sim")
        .unwrap()
        .args(["explain", " "])
        .output()
        .unwrap();
    let said = String::from_utf8(nothing.stderr).unwrap();
    assert!(
        nothing.status.code() == Some(2) && said.contains("gtm-sim explain win_rate"),
        "{said}"
    );
}
