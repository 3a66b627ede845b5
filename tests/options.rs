//! What a user of the command sees of settings, extended files, picked plans, wrong numbers, completions and pages.

#![allow(clippy::unwrap_used)] // helpers of tests may fail them

use assert_cmd::Command;
use std::fs;

/// A folder with the two shipped scenarios and one that extends the other.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("minimal.toml", include_str!("../scenarios/minimal.toml")),
            ("b2b.toml", include_str!("../scenarios/b2b.toml")),
            (
                "cheap.toml",
                "extends = \"minimal.toml\"\n[budget]\nannual = 500_000\n",
            ),
        ] {
            fs::write(place.path().join(name), text).unwrap();
        }
        fs::create_dir(place.path().join("below")).unwrap();
        Self(place)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    /// Exit code, stdout and stderr.
    fn run(&self, words: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gtm-sim"));
        let output = command.current_dir(self.0.path()).args(words).output().unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }

    /// The scenario block and the plans' labels of a short run.
    fn ran(&self, words: &[&str]) -> (serde_json::Value, Vec<String>) {
        let short: &[&str] = if words.contains(&"--reps") {
            &[]
        } else {
            &["--reps", "20"]
        };
        let quick = ["--no-charts", "--format", "json"];
        let (code, stdout, stderr) = self.run(&[&["run"], words, short, &quick].concat());
        assert_eq!(code, 0, "{stderr}");
        let mut value: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        let plans = value["plans"].as_array().unwrap();
        let labels = plans
            .iter()
            .map(|plan| plan["label"].as_str().unwrap().to_owned())
            .collect();
        (value["scenario"].take(), labels)
    }

    /// What is said of an input that is wrong.
    fn refused(&self, words: &[&str]) -> String {
        let (code, stdout, stderr) = self.run(words);
        assert_eq!((code, stdout.as_str()), (2, ""), "{words:?}: {stderr}");
        stderr
    }
}

#[test]
fn a_setting_is_as_good_as_the_file() {
    let place = Place::new();
    let (extended, _) = place.ran(&["cheap.toml"]);
    let (set, labels) = place.ran(&["minimal.toml", "--set", "budget.annual=5e5"]);
    assert_eq!(extended["sha256"], set["sha256"]);
    assert_eq!(set["settings"], serde_json::json!(["budget.annual=5e5"]));
    assert_eq!(extended["settings"], serde_json::json!([]));
    assert_eq!(labels, ["Today", "More-marketing"]);
    let settings = [
        "minimal.toml",
        "--set",
        "plans.today.label=As it is",
        "--set",
        "plans.none.marketing_share=0",
    ];
    assert_eq!(place.ran(&settings).1, ["As it is", "More-marketing", "None"]);
    let said = place.refused(&[
        "run",
        "minimal.toml",
        "--set",
        "budget.annual=1",
        "--set",
        "budget.anual=2",
    ]);
    assert!(
        said.contains("--> --set:2:8") && said.contains("did you mean `annual`?"),
        "{said}"
    );
}

#[test]
fn files_are_found_from_the_file_that_names_them() {
    let place = Place::new();
    place.write("below/wins.csv", "rate\n0.2\n0.3\n");
    let rate = "deals.win_rate = { samples = { file = \"wins.csv\", column = \"rate\" } }";
    place.write(
        "below/own.toml",
        &format!("extends = \"../cheap.toml\"\n[segments.firms]\n{rate}\n"),
    );
    place.ran(&["below/own.toml"]);
    place.write("below/own.toml", "extends = \"minimal.toml\"");
    let said = place.refused(&["run", "below/own.toml"]);
    assert!(said.contains("looked for below/minimal.toml"), "{said}");
    place.write("typo.toml", "extends = \"minmal.toml\"");
    let said = place.refused(&["run", "typo.toml"]);
    assert!(
        said.contains("typo.toml:1:11") && said.contains("did you mean `minimal.toml`?"),
        "{said}"
    );
    place.write("folder.toml", "extends = \"below\"");
    assert!(
        place
            .refused(&["run", "folder.toml"])
            .contains("it is a folder, not a file")
    );
}

#[test]
fn plans_are_picked_by_key_or_label() {
    let place = Place::new();
    let picked = |plans: &str| place.ran(&["b2b.toml", "--plans", plans]).1;
    assert_eq!(picked("sales-led,today"), ["Sales-led", "Today"]);
    assert_eq!(
        picked("Build, then HARVEST, today"),
        ["Build, then harvest", "Today"]
    );
    assert_eq!(
        place
            .ran(&["b2b.toml", "--plans", "Marketing-Led", "--plans", "today"])
            .1,
        ["Marketing-led", "Today"]
    );
    let refused =
        |plans: &str, set: &str| place.refused(&["run", "b2b.toml", "--plans", plans, "--set", set]);
    let label = "plans.today.label=Today";
    let said = refused("", label);
    assert!(
        said.contains("--plans names no plan") && said.contains("--plans today,sales-led"),
        "{said}"
    );
    assert!(refused("today,", label).contains("--plans names no plan"));
    assert!(refused("tody", label).contains("did you mean today?"));
    assert!(refused("sales-led,SALES-LED", label).contains("names SALES-LED twice"));
    let two = place.refused(&[
        "run",
        "b2b.toml",
        "--plans",
        "both",
        "--set",
        "plans.today.label=Both",
        "--set",
        "plans.sales-led.label=both",
    ]);
    assert!(
        two.contains("several plans called both; say the key: today and sales-led"),
        "{two}"
    );
}

#[test]
fn wrong_numbers_are_answered_with_what_is_allowed() {
    let place = Place::new();
    for (option, value, answer) in [
        (
            "--reps",
            "abc",
            "a whole number from 1 to 100,000,000, such as 20000, is expected",
        ),
        ("--reps", "0", "from 1 to 100,000,000"),
        ("--reps", "-5", "from 1 to 100,000,000"),
        ("--reps", "200_000_000", "from 1 to 100,000,000"),
        (
            "--threads",
            "x",
            "from 1 to 1,024, such as 4 (left out: one per core)",
        ),
        ("--seed", "-1", "from 0 to 18,446,744,073,709,551,615"),
        ("--reps", "1,000", "digits are grouped with `_`: 1_000"),
        ("--reps", "1.5e0", "from 1 to 100,000,000"),
        ("--precision", "5", "5 is 500 %, was 5% meant?"),
        (
            "--precision",
            "-1%",
            "a share above 0 and below 100 %, such as 1% or 0.01",
        ),
    ] {
        let said = place.refused(&["run", "minimal.toml", option, value]);
        assert!(said.contains(answer), "{option} {value}: {said}");
    }
    let (code, ..) = place.run(&["run", "minimal.toml", "--no-charts", "--reps", "1_0", "--quiet"]);
    assert_eq!(code, 0, "digits may stand in groups");
    assert_eq!(
        place.ran(&["minimal.toml", "--reps", "4e1"]).0["replications"],
        40
    );
}

#[test]
fn shells_and_man_are_told_the_options() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, _) = place.run(&["completions", shell]);
        assert!(code == 0 && script.contains("precision"), "{shell}");
    }
    assert!(
        place
            .refused(&["completions", "tcsh"])
            .contains("bash, elvish, fish, powershell, zsh")
    );
    let (code, page, _) = place.run(&["man"]);
    assert!(
        code == 0 && page.contains(".TH gtm-sim 1") && page.contains("gtm\\-sim\\-run(1)"),
        "{page}"
    );
    let (code, page, _) = place.run(&["man", "run"]);
    assert!(
        code == 0 && page.contains(".TH gtm-sim-run 1") && page.contains("\\-\\-set"),
        "{page}"
    );
    assert!(place.refused(&["man", "rum"]).contains("did you mean run?"));
}

/// What bash offers after these words; nothing where there is no bash.
fn offered(place: &Place, words: &[&str]) -> Option<String> {
    let (_, script, _) = place.run(&["completions", "bash"]);
    place.write("gtm-sim.bash", &script);
    let typed = words.join(" ");
    let last = words.last().unwrap();
    let call = format!(
        "source gtm-sim.bash; COMP_WORDS=(gtm-sim {typed}); COMP_CWORD={}; $(complete -p gtm-sim | grep -o '_gtm[a-z_-]*' | head -1) gtm-sim {last} x; echo \"${{COMPREPLY[@]}}\"",
        words.len()
    );
    let mut bash = std::process::Command::new("bash");
    let output = bash
        .current_dir(place.0.path())
        .args(["--norc", "-c", &call])
        .output()
        .ok()?;
    Some(String::from_utf8(output.stdout).unwrap().trim().to_owned())
}

#[test]
fn bash_completes_commands_and_their_options() {
    let place = Place::new();
    for (words, offers) in [
        (&["expl"][..], "explain"),
        (&["run", "--prec"], "--precision"),
        (&["check", "--pl"], "--plans"),
        (&["new", "--fr"], "--from"),
    ] {
        if let Some(offered) = offered(&place, words) {
            assert_eq!(offered, offers, "{words:?}");
        }
    }
}

/// What a command prints on a terminal of this width; nothing where there is no `script` to make one.
fn on_a_terminal(place: &Place, width: usize, words: &str) -> Option<String> {
    let binary = env!("CARGO_BIN_EXE_gtm-sim");
    let call = format!("stty cols {width} rows 40; '{binary}' {words} --color never");
    let mut script = std::process::Command::new("script");
    script
        .current_dir(place.0.path())
        .args(["-qec", &call, "/dev/null"]);
    let output = script.stdin(std::process::Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).unwrap().replace('\r', "\n"))
}

#[test]
fn what_does_not_fit_beside_stands_below() {
    let place = Place::new();
    for width in [60, 80, 100, 120, 160] {
        let run = "run b2b.toml --reps 60 --no-charts";
        let Some(printed) = on_a_terminal(&place, width, run) else {
            continue;
        };
        for head in [
            "marketing ",
            "P10 – P90",
            "revenue",
            "spent",
            "best in",
            "limited by",
        ] {
            assert!(printed.contains(head), "{width}: {head} in {printed}");
        }
        let table = printed.lines().filter(|line| line.starts_with("Today  "));
        let rows: Vec<&str> = table.collect();
        assert!(
            rows.iter().all(|row| row.chars().count() <= width),
            "{width}: {rows:?}"
        );
        assert_eq!(rows.len() > 1, width <= 120, "{width}: {printed}");
    }
}

#[test]
fn two_futures_recommend_nothing() {
    let place = Place::new();
    for (reps, is_few) in [("29", true), ("30", false)] {
        let (_, printed, _) = place.run(&["run", "b2b.toml", "--reps", reps, "--no-charts"]);
        assert_eq!(
            printed.contains("futures are too few to compare plans: simulate 30"),
            is_few,
            "{printed}"
        );
    }
    let (code, printed, _) = place.run(&["run", "b2b.toml", "--reps", "2", "--no-charts"]);
    assert!(
        code == 0 && printed.contains("2 futures are too few"),
        "{printed}"
    );
    assert!(
        !printed.contains("of futures") && !printed.contains("is worth"),
        "{printed}"
    );
    let short = [
        "run",
        "b2b.toml",
        "--reps",
        "2",
        "--no-charts",
        "--format",
        "json",
    ];
    let value: serde_json::Value = serde_json::from_str(&place.run(&short).1).unwrap();
    assert!(value["comparison"]["recommended"].is_null());
    let (_, printed, _) = place.run(&["run", "minimal.toml", "--reps", "1", "--no-charts"]);
    assert!(printed.contains("· 1 future ·"), "{printed}");
}

#[test]
fn a_place_that_cannot_be_written_is_told_in_words() {
    let place = Place::new();
    let (code, _, said) = place.run(&["new", "below", "--force"]);
    assert!(
        code == 2 && said.contains("below is a folder; name a file in it"),
        "{said}"
    );
    let (code, _, said) = place.run(&["new", "below"]);
    assert!(code == 2 && !said.contains("--force"), "{said}");
    let out = [
        "run",
        "minimal.toml",
        "--reps",
        "30",
        "--no-charts",
        "--out",
        "/proc/x",
    ];
    let (code, _, said) = place.run(&out);
    assert!(
        code == 1 && said.contains("name another place with --out"),
        "{said}"
    );
    assert!(!said.contains("os error"), "{said}");
    let (_, help, _) = place.run(&["--help"]);
    assert!(
        help.contains("0 done, 1 failed, 2 wrong input, 130 interrupted"),
        "{help}"
    );
}

#[test]
fn commands_that_are_shown_can_be_pasted() {
    let place = Place::new();
    for (name, shown) in [
        ("my company.toml", "'my company.toml'"),
        ("it's.toml", r"'it'\''s.toml'"),
        ("plain.toml", "plain.toml"),
    ] {
        let (code, printed, _) = place.run(&["new", name]);
        assert!(
            code == 0 && printed.contains(&format!("gtm-sim check {shown}\n")),
            "{printed}"
        );
        let written = fs::read_to_string(place.0.path().join(name)).unwrap();
        assert!(written.contains(&format!("gtm-sim run {shown} ")), "{written}");
        let (code, printed, _) = place.run(&["check", name]);
        assert!(
            code == 0 && printed.ends_with(&format!("gtm-sim run {shown}\n")),
            "{printed}"
        );
    }
}

#[test]
fn one_wrong_file_of_two_keeps_both_from_running_and_says_so() {
    let place = Place::new();
    place.write("wrong.toml", "extends = \"minimal.toml\"\n[budget]\nanual = 1\n");
    let said = place.refused(&["run", "minimal.toml", "wrong.toml"]);
    assert!(said.contains("nothing was run: 1 of 2 files"), "{said}");
    assert!(!place.refused(&["run", "wrong.toml"]).contains("nothing was run"));
}

#[test]
fn contradicting_intervals_name_the_same_keys_in_run_and_check() {
    let place = Place::new();
    let set = [
        "--set",
        "channels.search.leads_per_week_today={low=4,typical=6,high=80}",
    ];
    let ran = place.refused(&[&["run", "minimal.toml", "--reps", "200"][..], &set].concat());
    assert!(ran.contains("leads_per_week_today, in_market"), "{ran}");
    let (_, _, checked) = place.run(&[&["check", "minimal.toml", "--quiet"][..], &set].concat());
    assert_eq!(ran, checked);
}
