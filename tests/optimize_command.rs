//! `gtm-sim optimize` as it is used: what is written and printed, the plan as a file, several files, wrong questions, Ctrl-C.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("minimal.toml", include_str!("../scenarios/minimal.toml")),
            ("b2b.toml", include_str!("../scenarios/b2b.toml")),
        ] {
            fs::write(place.path().join(name), text).unwrap();
        }
        Self(place)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs with these words; returns exit code, stdout and stderr.
    fn run(&self, words: &str) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_gtm-sim"))
            .current_dir(self.0.path())
            .args(words.split_whitespace())
            .output()
            .unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.path(name)).unwrap()).unwrap()
    }
}

#[test]
fn the_plan_found_is_told_written_and_can_be_run() {
    let place = Place::new();
    let (code, stdout, stderr) =
        place.run("optimize minimal.toml --reps 100 --set optimize.step=5 --write plans.toml");
    assert_eq!((code, stderr.as_str()), (0, ""));
    for said in [
        "Best split found:",
        "95",
        "[plans.best]",
        "optimum.json; plans.toml",
    ] {
        assert!(stdout.contains(said), "{said}: {stdout}");
    }
    let found = place.json("output/minimal/optimum.json");
    let share = found["best"]["phases"][0]["marketing_share"].as_f64().unwrap();
    let (code, stdout, stderr) =
        place.run("run plans.toml --reps 100 --no-charts --format json --plans today,best");
    assert_eq!(code, 0, "{stderr}");
    let run: Value = serde_json::from_str(&stdout).unwrap();
    let best = &run["plans"][1];
    assert_eq!(best["marketing_share"].as_f64().unwrap(), share);
    assert_eq!(best["measures"]["value"]["mean"], found["estimate"]["value"]);
    assert_eq!(
        run["comparison"]["plans"][0]["difference"],
        found["gain"]["value"]
    );
    let (code, _, stderr) = place.run("optimize minimal.toml --write plans.toml");
    assert!(
        code == 2 && stderr.contains("plans.toml exists already"),
        "{stderr}"
    );
}

#[test]
fn a_search_adds_to_a_result_and_a_run_may_follow() {
    let place = Place::new();
    assert_eq!(place.run("run minimal.toml --reps 50 --no-charts --quiet").0, 0);
    let before = fs::read(place.path("output/minimal/results.json")).unwrap();
    let search = "optimize minimal.toml --reps 50 --set optimize.step=25 --quiet";
    assert_eq!(place.run(search), (0, String::new(), String::new()));
    assert_eq!(
        fs::read(place.path("output/minimal/results.json")).unwrap(),
        before
    );
    assert_eq!(place.run(&format!("{search} --out alone")).0, 0);
    assert_eq!(
        place
            .run("run minimal.toml --reps 50 --no-charts --quiet --out alone")
            .0,
        0
    );
    assert!(place.path("alone/optimum.json").exists() && place.path("alone/results.json").exists());
}

#[test]
fn one_split_serves_several_scenarios() {
    let place = Place::new();
    fs::write(
        place.path("boom.toml"),
        "extends = \"minimal.toml\"\n\n[segments.firms.leads]\nin_market = 0.08\n",
    )
    .unwrap();
    let several = "optimize minimal.toml boom.toml --reps 100 --set optimize.step=5";
    let (code, stdout, stderr) = place.run(&format!("{several} --weights 3,1"));
    assert_eq!((code, stderr.as_str()), (0, ""));
    for said in [
        "Best on the weighted mean",
        "Least regret at worst",
        "Best at worst",
        "boom.toml",
    ] {
        assert!(stdout.contains(said), "{said}: {stdout}");
    }
    let found = place.json("output/robust/robust.json");
    assert_eq!(found["scenarios"][0]["weight"], 0.75);
    let choice = &found["choices"][0];
    let of = |at: usize| choice["outcomes"][at]["value"].as_f64().unwrap();
    let weighted = choice["weighted"]["value"].as_f64().unwrap();
    assert!((weighted - (0.75 * of(0) + 0.25 * of(1))).abs() < 1e-6 * weighted.abs());
    for (options, said) in [
        ("--weights 1", "--weights needs one number"),
        ("--vary roles", "only one split"),
        ("--frontier", "single file"),
    ] {
        let (code, stdout, stderr) = place.run(&format!("{several} {options}"));
        assert!(
            code == 2 && stdout.is_empty() && stderr.contains(said),
            "{options}: {stderr}"
        );
    }
}

#[test]
fn wrong_questions_end_with_2_and_say_what_is_wrong() {
    let place = Place::new();
    for (options, said) in [
        ("--vary splits", "did you mean \"split\"?"),
        ("--objective cac", "a ratio is often best where little is done"),
        ("--by target", "there is no target"),
        ("--bounds 60..10", "10..60"),
        ("--phases 60", "leave no week for the last one"),
        (
            "--bounds 40..60 --set optimize.most_change=0.01",
            "optimize.most_change",
        ),
        (
            "--set optimize.most_heads.rep=0 --bounds 10..50",
            "optimize.most_heads.rep",
        ),
        ("--weights 1", "--weights needs several files"),
    ] {
        let (code, stdout, stderr) = place.run(&format!("optimize minimal.toml {options}"));
        assert!(
            code == 2 && stdout.is_empty() && stderr.contains(said),
            "{options}: {code} {stderr}"
        );
    }
    assert!(!place.path("output/minimal/optimum.json").exists());
}

#[test]
fn an_interrupted_search_ends_with_130_and_leaves_the_previous_result() {
    let place = Place::new();
    fs::create_dir_all(place.path("output/b2b")).unwrap();
    fs::write(place.path("output/b2b/optimum.json"), "before").unwrap();
    let search = std::process::Command::new(env!("CARGO_BIN_EXE_gtm-sim"))
        .current_dir(place.path(""))
        .args(["optimize", "b2b.toml", "--vary", "split,channels,roles"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_secs(3));
    let sent = std::process::Command::new("kill")
        .args(["-INT", &search.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
    let output = search.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{stderr}");
    assert_eq!(stderr, "error: interrupted; nothing was changed\n");
    let stdout = String::from_utf8(output.stdout).unwrap();
    let is_best = stdout.starts_with("interrupted; best so far: ") && stdout.contains("in marketing");
    assert!(stdout.is_empty() || is_best, "{stdout}");
    assert_eq!(
        fs::read_to_string(place.path("output/b2b/optimum.json")).unwrap(),
        "before"
    );
}
