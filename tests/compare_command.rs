//! What a user of `gtm-sim compare` sees: plans, splits, files, wrong options, the same bytes, an interruption.

#![allow(clippy::unwrap_used)] // helpers of tests may fail them

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A folder with scenarios.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("minimal.toml", include_str!("../scenarios/minimal.toml")),
            ("b2b.toml", include_str!("../scenarios/b2b.toml")),
            (
                "lean.toml",
                "extends = \"minimal.toml\"\n[budget]\nannual = 700_000\n",
            ),
            (
                "euro.toml",
                "extends = \"minimal.toml\"\n[scenario]\ncurrency = \"EUR\"\n",
            ),
        ] {
            fs::write(place.path().join(name), text).unwrap();
        }
        Self(place)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Exit code, stdout and stderr.
    fn run(&self, words: &str) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gtm-sim"));
        command.current_dir(self.0.path()).env_remove("NO_COLOR");
        let output = command.args(words.split_whitespace()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap().replace('\u{202f}', " ");
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    /// `comparison.json` of a comparison, and what was noted.
    fn compared(&self, words: &str) -> (Value, String) {
        let (code, stdout, stderr) =
            self.run(&format!("compare {words} --no-charts --format json --out out"));
        assert_eq!(code, 0, "{words}: {stderr}");
        (serde_json::from_str(&stdout).unwrap(), stderr)
    }
}

fn names(contest: &Value) -> Vec<&str> {
    let plans = contest["plans"].as_array().unwrap();
    plans.iter().map(|plan| plan["name"].as_str().unwrap()).collect()
}

#[test]
fn a_sweep_prints_plans_pairs_and_sentences_and_writes_the_folder() {
    let place = Place::new();
    let (code, stdout, stderr) = place.run("compare minimal.toml --sweep 10..40:10 --reps 60");
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    for part in [
        "Small software company · 52 weeks from 4 Jan 2027 · 60 futures · seed 1",
        "mean regret   futures",
        "Differences in the same futures, with intervals that hold together (95 %)",
        "Today − 10 % marketing",
        "Whoever chooses ",
        "written  output/minimal-compare: results.json, comparison.json, replications.csv, weekly.csv, 8 charts (SVG, PNG)",
    ] {
        assert!(stdout.contains(part), "{part}\n{stdout}");
    }
    for file in [
        "results.json",
        "comparison.json",
        "replications.csv",
        "weekly.csv",
        "charts/sweep.svg",
        "charts/sweep.png",
    ] {
        assert!(place.path("output/minimal-compare").join(file).exists(), "{file}");
    }
    let results: Value =
        serde_json::from_slice(&fs::read(place.path("output/minimal-compare/results.json")).unwrap())
            .unwrap();
    assert!(results["files"]["comparison.json"].is_string());
    assert_eq!(results["sweep"]["points"].as_array().unwrap().len(), 4);
}

#[test]
fn plans_are_those_of_the_file_or_the_splits_or_both() {
    let place = Place::new();
    let (contest, _) = place.compared("minimal.toml --reps 40");
    assert_eq!(names(&contest), ["today", "more-marketing"]);
    let (contest, _) = place.compared("minimal.toml --splits 20,40,60% --reps 40");
    assert_eq!(names(&contest), ["today", "marketing-40", "marketing-60"]);
    let (contest, _) = place.compared("minimal.toml --splits 40 --plans more-marketing,today --reps 40");
    assert_eq!(names(&contest), ["more-marketing", "today", "marketing-40"]);
    assert_eq!(contest["baseline"], "more-marketing");
    assert_eq!(contest["looks"], serde_json::json!([40]));
}

#[test]
fn a_split_of_the_file_is_the_same_as_one_typed() {
    let place = Place::new();
    let (file, _) = place.compared("minimal.toml --reps 40 --set plans.more-marketing.marketing_share=0.4");
    let (typed, _) = place.compared("minimal.toml --reps 40 --splits 40");
    for key in ["difference", "error", "low", "high", "better_in"] {
        assert_eq!(file["pairs"][0][key], typed["pairs"][0][key], "{key}");
    }
}

#[test]
fn several_files_live_the_same_futures() {
    let place = Place::new();
    let (contest, notes) = place.compared("minimal.toml lean.toml --reps 40");
    assert_eq!(
        names(&contest),
        [
            "minimal/today",
            "minimal/more-marketing",
            "lean/today",
            "lean/more-marketing"
        ]
    );
    assert!(
        notes.contains("differ in budget.annual (1000000 and 700000)"),
        "{notes}"
    );
    // Today's plan alone in its file is the one beside others.
    let (alone, _) = place.compared("lean.toml --reps 40 --seed 1");
    assert_eq!(contest["plans"][2]["mean"], alone["plans"][0]["mean"]);
    let twice = place
        .compared("minimal.toml minimal.toml --plans today --reps 40")
        .0;
    assert_eq!(twice["pairs"][0]["difference"], 0.0);
    assert_eq!(twice["pairs"][0]["error"], 0.0);
}

#[test]
fn futures_are_added_for_those_that_may_be_the_best() {
    let place = Place::new();
    let (contest, _) = place.compared("minimal.toml --splits 25,26,80 --max-reps 1100 --precision 0.001%");
    assert_eq!(contest["looks"], serde_json::json!([1000, 1100]));
    let plans = contest["plans"].as_array().unwrap();
    let far = plans.iter().find(|plan| plan["name"] == "marketing-80").unwrap();
    assert_eq!(
        (&far["replications"], &far["is_contender"]),
        (&1000.into(), &false.into())
    );
    let near: Vec<&Value> = plans.iter().filter(|plan| plan["is_contender"] == true).collect();
    assert!(
        near.len() == 2 && near.iter().all(|plan| plan["replications"] == 1100),
        "{near:?}"
    );
    assert_eq!(contest["settled"], false);
}

#[test]
fn the_threads_change_no_byte() {
    let place = Place::new();
    let runs = [
        "--splits 25,26 --max-reps 1050 --precision 0.001%",
        "--sweep 10..90:20 --reps 100 --switch work.new_lead_share",
    ];
    let mut results = Vec::new();
    for threads in [1, 2] {
        for (index, run) in runs.iter().enumerate() {
            let out = format!("out{threads}{index}");
            let words = format!("compare minimal.toml {run} --threads {threads} --out {out} --quiet");
            let (code, _, stderr) = place.run(&words);
            assert_eq!(code, 0, "{stderr}");
            let files = [
                "results.json",
                "comparison.json",
                "replications.csv",
                "weekly.csv",
                "charts/sweep.svg",
            ];
            results.push(files.map(|file| fs::read(place.path(&out).join(file)).unwrap()));
        }
    }
    assert!(results[..2] == results[2..]);
}

#[test]
fn a_key_at_which_the_choice_changes_is_found() {
    let place = Place::new();
    let (contest, _) = place.compared("minimal.toml --reps 300 --switch segments.firms.deals.win_rate");
    let found = &contest["switch"];
    assert_eq!(found["crossings"].as_array().unwrap().len(), 1, "{found}");
    let at = found["crossings"][0]["at"].as_f64().unwrap();
    assert!((0.19..0.23).contains(&at), "{at}");
    assert!(
        found["crossings"][0]["ahead_above"].as_bool().unwrap(),
        "better closing needs fewer leads: {found}"
    );
    assert!(found["points"].as_array().unwrap().len() > 5);
    let last = contest["sentences"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .as_str()
        .unwrap();
    assert!(
        last.starts_with("The better choice changes where `segments.firms.deals.win_rate` is "),
        "{last}"
    );
}

#[test]
fn what_cannot_be_compared_is_told_with_a_remedy() {
    let place = Place::new();
    for (words, part) in [
        ("minimal.toml --plans todai", "did you mean today?"),
        (
            "minimal.toml --plans today",
            "name splits to compare it with, such as --sweep 10..90:10",
        ),
        (
            "minimal.toml --splits 20,140",
            "between 0 and 100 percent, 140 does not",
        ),
        (
            "minimal.toml --splits 0.2",
            "shares are typed in percent: 20 for 0.2",
        ),
        ("minimal.toml --sweep 10..110:10", "between 0 and 100 percent"),
        (
            "minimal.toml --sweep 10..90:10 --splits 20",
            "cannot be used with",
        ),
        ("minimal.toml --reps 40 --max-reps 80", "cannot be used with"),
        ("minimal.toml --between 1..2", "--switch <KEY>"),
        (
            "minimal.toml --switch budget.annual --between 2..1",
            "the lower value stands first",
        ),
        (
            "minimal.toml --switch budget.anual --between 1..2",
            "did you mean `annual`?",
        ),
        (
            "minimal.toml --switch scenario.name",
            "say where to look, such as --between 0.1..0.4",
        ),
        (
            "minimal.toml --splits 10,20 --switch budget.annual",
            "both sides of 50 %",
        ),
        ("b2b.toml --switch budget.annual", "name two with --plans"),
        ("minimal.toml lean.toml --switch budget.annual", "one file"),
        ("minimal.toml b2b.toml", "differ in weeks: 52 and 104"),
        ("minimal.toml euro.toml", "differ in currency: USD and EUR"),
        ("nothing.toml", "nothing.toml"),
    ] {
        let (code, stdout, stderr) = place.run(&format!("compare {words}"));
        assert_eq!((code, stdout.as_str()), (2, ""), "{words}: {stderr}");
        assert!(stderr.contains(part), "{words}: {stderr}");
    }
    assert!(!place.path("output").exists(), "nothing was begun");
}

#[test]
fn a_long_run_ends_with_the_range_of_good_splits_unless_it_is_not_wanted() {
    let place = Place::new();
    let (code, stdout, stderr) = place.run("run minimal.toml --plans today --reps 3800");
    assert_eq!(
        (code, stderr.as_str()),
        (0, "note: no chart difference: there is only one plan\n")
    );
    let said = stdout.lines().rev().nth(2).unwrap();
    assert!(
        said.contains(" % marketing ") && said.contains("mixes as in Today"),
        "{stdout}"
    );
    assert!(stdout.contains("7 charts"), "{stdout}");
    let results: Value =
        serde_json::from_slice(&fs::read(place.path("output/minimal/results.json")).unwrap()).unwrap();
    let splits = results["sweep"]["points"].as_array().unwrap().len();
    assert!((11..=13).contains(&splits), "{splits}");
    assert_eq!(
        results["plans"].as_array().unwrap().len(),
        1,
        "splits are no plans of the run"
    );
    let (_, stdout, _) = place.run("run minimal.toml --plans today --reps 3800 --no-sweep --no-charts");
    assert!(!stdout.contains("mixes as in"), "{stdout}");
}

#[test]
fn an_interrupted_comparison_ends_with_130_and_leaves_the_previous_result() {
    let place = Place::new();
    place.compared("minimal.toml --reps 30");
    let before = fs::read(place.path("out/comparison.json")).unwrap();
    let child = std::process::Command::new(env!("CARGO_BIN_EXE_gtm-sim"))
        .current_dir(place.path(""))
        .args(["compare", "b2b.toml", "--reps", "1000000", "--out", "out"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // The folder is claimed once the work begins.
    let start = Instant::now();
    while !place.path(".out.gtm-sim-lock").exists() && start.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(300));
    let kill = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: interrupted; nothing was changed\n"
    );
    assert_eq!(fs::read(place.path("out/comparison.json")).unwrap(), before);
}
