//! What a user of the command sees: texts, files, exit codes.

#![allow(clippy::unwrap_used)] // helpers of tests may fail them

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A folder with the two shipped scenarios.
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
        let output = self.command(words).output().unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gtm-sim"));
        command.current_dir(self.0.path()).env_remove("NO_COLOR");
        command.args(words.split_whitespace());
        command
    }

    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(&self.path(folder), Path::new(""), &mut found);
        found
    }
}

fn collect(root: &Path, below: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(root.join(below)).unwrap() {
        let entry = entry.unwrap();
        let path = below.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            collect(root, &path, found);
        } else {
            found.insert(path.display().to_string(), fs::read(entry.path()).unwrap());
        }
    }
}

/// Numbers become N and spaces one, so that the words are held and not the luck.
fn words(text: &str) -> String {
    let mut told = String::new();
    for line in text.lines() {
        let mut number = false;
        let mut space = false;
        for letter in line.replace('\u{202f}', " ").chars() {
            let digit = letter.is_ascii_digit() || number && matches!(letter, '.' | ',');
            if letter == ' ' && space {
                continue;
            }
            space = letter == ' ';
            match (digit, number) {
                (true, false) => told.push('N'),
                (true, true) => {}
                (false, _) => told.push(letter),
            }
            number = digit;
        }
        told.push('\n');
    }
    told
}

#[test]
fn a_run_prints_a_table_and_sentences_and_writes_the_folder() {
    let place = Place::new();
    let (code, stdout, stderr) = place.run("run minimal.toml --reps 400");
    assert_eq!((code, stderr.as_str()), (0, ""));
    let lines: Vec<&str> = stdout.lines().collect();
    assert_eq!(
        words(lines[0]),
        "Small software company · N weeks from N Jan N · N futures · seed N\n"
    );
    let heads = "plan marketing value (mean ± error) PN – PN revenue spent best in limited by\n";
    assert_eq!(words(lines[2]), heads);
    for (line, label) in [(lines[3], "Today"), (lines[4], "More-marketing")] {
        let row = format!("{label} N % $NM ± N $N–NM $N");
        assert!(words(line).starts_with(&row), "{line}");
    }
    assert!(
        lines[6].contains("Today") && lines[6].ends_with('.'),
        "{}",
        lines[6]
    );
    let written = "written  output/minimal: results.json, replications.csv, weekly.csv, 7 charts (SVG, PNG)";
    assert_eq!(lines.last(), Some(&written));
    let files = place.files("output/minimal");
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "charts/capacity.png",
            "charts/capacity.svg",
            "charts/difference.png",
            "charts/difference.svg",
            "charts/distribution.png",
            "charts/distribution.svg",
            "charts/journey.png",
            "charts/journey.svg",
            "charts/money.png",
            "charts/money.svg",
            "charts/over-time.png",
            "charts/over-time.svg",
            "charts/team.png",
            "charts/team.svg",
            "replications.csv",
            "results.json",
            "weekly.csv"
        ]
    );
    assert_eq!(
        fs::read_dir(place.path("output")).unwrap().count(),
        1,
        "a working file was left"
    );
}

#[test]
fn a_run_of_several_plans_keeps_its_words() {
    let place = Place::new();
    let (code, stdout, _) = place.run("run b2b.toml --reps 200 --no-charts");
    assert_eq!(code, 0);
    let table: Vec<&str> = stdout.lines().skip(2).take(5).collect();
    assert!(table.iter().all(|line| !line.ends_with(' ')));
    assert!(table[0].starts_with("plan ") && table[0].contains("best in"));
    assert!(!place.path("output/b2b/charts").exists());
}

#[test]
fn json_alone_is_on_stdout_and_is_the_file() {
    let place = Place::new();
    let (code, stdout, _) = place.run("run minimal.toml --reps 50 --format json --no-charts --out here");
    assert_eq!(code, 0);
    let value: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(value["scenario"]["replications"], 50);
    assert_eq!(
        fs::read_to_string(place.path("here/results.json")).unwrap(),
        stdout
    );
    assert_eq!(value["files"].as_object().unwrap().len(), 2);
}

#[test]
fn quiet_says_nothing() {
    let place = Place::new();
    let (code, stdout, stderr) = place.run("run minimal.toml --reps 50 --quiet --no-charts");
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "", ""));
    assert!(place.path("output/minimal/results.json").exists());
}

#[test]
fn threads_and_repetition_change_no_byte() {
    let place = Place::new();
    let mut seen = Vec::new();
    for (out, threads) in [("a", 1), ("b", 2), ("c", 7), ("d", 7)] {
        let (code, ..) = place.run(&format!(
            "run b2b.toml --reps 300 --seed 5 --threads {threads} --out {out}"
        ));
        assert_eq!(code, 0);
        seen.push(place.files(out));
    }
    assert!(seen.iter().all(|files| *files == seen[0]));
    let (code, ..) = place.run("run b2b.toml --reps 300 --seed 6 --threads 2 --out e");
    assert_eq!(code, 0);
    assert_ne!(place.files("e")["replications.csv"], seen[0]["replications.csv"]);
}

#[test]
fn precision_lives_until_it_is_reached_and_is_a_longer_run() {
    let place = Place::new();
    let (code, stdout, _) = place.run("run minimal.toml --precision 0.25% --format json --no-charts --out a");
    assert_eq!(code, 0);
    let value: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let futures = value["scenario"]["replications"].as_u64().unwrap();
    assert!(futures >= 2000 && (futures / 1000).is_power_of_two(), "{futures}");
    for plan in value["plans"].as_array().unwrap() {
        let value = &plan["measures"]["value"];
        let (mean, error) = (
            value["mean"].as_f64().unwrap(),
            value["mean_error"].as_f64().unwrap(),
        );
        assert!(error / mean.abs() <= 0.0025);
    }
    let (code, ..) = place.run(&format!("run minimal.toml --reps {futures} --no-charts --out b"));
    assert_eq!(code, 0);
    assert_eq!(place.files("a"), place.files("b"));
}

#[test]
fn a_precision_out_of_reach_is_said() {
    let place = Place::new();
    let (code, _, stderr) = place.run("run minimal.toml --precision 0.001% --no-charts");
    assert_eq!(code, 0);
    assert!(
        stderr.contains("is not reached") && stderr.contains("million would be needed"),
        "{stderr}"
    );
}

#[test]
fn plans_can_be_picked_and_the_first_is_the_baseline() {
    let place = Place::new();
    let (code, stdout, _) =
        place.run("run b2b.toml --plans sales-led,today --reps 50 --format json --no-charts");
    assert_eq!(code, 0);
    let value: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(value["comparison"]["baseline"], "sales-led");
    assert_eq!(value["plans"].as_array().unwrap().len(), 2);
    let (code, _, stderr) = place.run("run b2b.toml --plans sale-led --reps 50");
    assert_eq!(code, 2);
    assert_eq!(
        stderr,
        "error: b2b.toml has no plan sale-led; did you mean sales-led?\n"
    );
    let (code, _, stderr) = place.run("run minimal.toml --plans xyz --reps 50");
    assert_eq!(code, 2);
    assert_eq!(
        stderr,
        "error: minimal.toml has no plan xyz; it has today and more-marketing\n"
    );
    let (code, _, stderr) = place.run("run b2b.toml --plans today,today");
    assert_eq!((code, stderr.as_str()), (2, "error: --plans names today twice\n"));
}

#[test]
fn one_future_has_no_errors_and_no_comparison() {
    let place = Place::new();
    let (code, stdout, _) = place.run("run minimal.toml --reps 1 --format json --no-charts");
    assert_eq!(code, 0);
    let value: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert!(value["comparison"].is_null());
    let summary = &value["plans"][0]["measures"]["value"];
    assert!(summary["mean"].is_number() && summary["mean_error"].is_null());
    let (code, stdout, _) = place.run("run minimal.toml --reps 1");
    assert_eq!(code, 0, "{stdout}");
}

#[test]
fn next_steps_are_measured_from_the_first_plan_asked_for() {
    let place = Place::new();
    let run = |options: &str| {
        let (code, stdout, _) = place.run(&format!("run minimal.toml --format json --no-charts {options}"));
        assert_eq!(code, 0);
        serde_json::from_str::<serde_json::Value>(&stdout).unwrap()["next"].clone()
    };
    let next = run("--plans more-marketing --reps 200");
    assert_eq!(
        (&next["plan"], &next["measure"]),
        (&"more-marketing".into(), &"value".into())
    );
    assert_eq!((&next["replications"], &next["net"]), (&200.into(), &true.into()));
    let step = &next["channels"]["search"];
    assert!(step["value"].is_number() && step["error"].is_number() && step["less"]["value"].is_number());
    assert!(run("--reps 199").is_null(), "too few futures to tell anything");
}

#[test]
fn one_plan_has_no_comparison() {
    let place = Place::new();
    let (code, stdout, _) = place.run("run minimal.toml --plans today --reps 100 --no-charts");
    assert_eq!(code, 0);
    assert!(!stdout.contains("best in"));
    assert!(
        stdout.contains("In 8 futures of 10 the value of Today lies between"),
        "{stdout}"
    );
}

#[test]
fn wrong_input_ends_with_2_and_says_what_is_wrong() {
    let place = Place::new();
    fs::create_dir(place.path("folder.toml")).unwrap();
    fs::write(place.path("broken.toml"), "[scenario]\nweks = 3\n").unwrap();
    fs::create_dir(place.path("other")).unwrap();
    fs::copy(place.path("b2b.toml"), place.path("other/b2b.toml")).unwrap();
    for (words, told) in [
        ("run nothing.toml", "nothing.toml: there is no such file"),
        ("run folder.toml", "it is a folder, not a file"),
        ("run broken.toml", "weks"),
        ("run b2b.toml other/b2b.toml", "would both write to output/b2b"),
        ("run b2b.toml --precision 0", "a share above 0 and below 100 %"),
        ("run b2b.toml --precision 100%", "a share above 0 and below 100 %"),
        ("run b2b.toml --precision one", "a share above 0 and below 100 %"),
        ("run b2b.toml --precision 1% --reps 10", "cannot be used with"),
        ("run b2b.toml --reps 0", "a whole number from 1 to 100,000,000"),
        ("run b2b.toml --threads 0", "a whole number from 1 to 1,024"),
        ("run b2b.toml --formt json", "--format"),
        ("run", "<FILE>"),
        ("explain valeu", "did you mean value"),
        ("", "Usage"),
    ] {
        let (code, stdout, stderr) = place.run(words);
        assert_eq!((code, stdout.as_str()), (2, ""), "{words}");
        assert!(stderr.contains(told), "{words}: {stderr}");
    }
    assert!(!place.path("output").exists(), "something was written");
}

#[test]
fn all_files_are_read_before_the_first_is_simulated() {
    let place = Place::new();
    let (code, _, stderr) = place.run("run minimal.toml nothing.toml missing.toml --reps 50");
    assert_eq!(code, 2);
    assert!(
        stderr.contains("nothing.toml") && stderr.contains("missing.toml"),
        "{stderr}"
    );
    assert!(!place.path("output").exists());
    let (code, stdout, _) = place.run("run minimal.toml b2b.toml --reps 50 --no-charts --out both");
    assert_eq!(code, 0);
    assert!(
        stdout.contains("both/minimal:") && stdout.contains("both/b2b:"),
        "{stdout}"
    );
}

#[test]
fn a_place_that_cannot_be_written_is_told_and_left_alone() {
    let place = Place::new();
    fs::write(place.path("taken"), "mine").unwrap();
    let (code, _, stderr) = place.run("run minimal.toml --reps 50 --out taken");
    assert_eq!(code, 2);
    assert!(stderr.contains("is not a folder"), "{stderr}");
    assert_eq!(fs::read_to_string(place.path("taken")).unwrap(), "mine");
    let (code, _, stderr) = place.run("run minimal.toml --reps 50 --out .");
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("did not write"), "{stderr}");
}

#[test]
fn a_run_into_the_current_folder_leaves_the_shell_where_it_is() {
    let place = Place::new();
    fs::create_dir(place.path("here")).unwrap();
    let scenario = place.path("minimal.toml");
    for futures in ["50", "60"] {
        let mut command = place.command("run --no-charts --out . --reps");
        let output = command
            .current_dir(place.path("here"))
            .arg(futures)
            .arg(&scenario)
            .output();
        assert_eq!(output.unwrap().status.code(), Some(0));
    }
    let names: Vec<String> = place.files("here").into_keys().collect();
    assert_eq!(names, ["replications.csv", "results.json", "weekly.csv"]);
    let read = gtm_sim::report::stored::read(&place.path("here")).unwrap();
    assert_eq!(read.scenario.replications, 60);
}

#[test]
fn colours_follow_the_option() {
    let place = Place::new();
    let (_, plain, _) = place.run("run minimal.toml --reps 50 --no-charts");
    assert!(!plain.contains('\u{1b}'));
    let (_, painted, _) = place.run("run minimal.toml --reps 50 --no-charts --color always");
    assert!(painted.contains("\u{1b}[1m"));
    let (_, never, stderr) = place.run("run nothing.toml --color never");
    assert!(!never.contains('\u{1b}') && !stderr.contains('\u{1b}'));
    let (_, _, stderr) = place.run("run nothing.toml --color always");
    assert!(stderr.contains("\u{1b}[1;31merror"), "{stderr}");
}

#[test]
fn help_names_every_option() {
    let place = Place::new();
    let (code, stdout, _) = place.run("run --help");
    assert_eq!(code, 0);
    for option in [
        "--plans",
        "--reps",
        "--precision",
        "--seed",
        "--threads",
        "--out",
        "--format",
        "--no-charts",
        "--all-rows",
        "--quiet",
        "--color",
    ] {
        assert!(stdout.contains(option), "{option}");
    }
    let (code, stdout, _) = place.run("--version");
    assert_eq!(
        (code, stdout),
        (0, format!("gtm-sim {}\n", env!("CARGO_PKG_VERSION")))
    );
}

#[test]
fn an_interrupted_run_ends_with_130_and_leaves_the_previous_result() {
    let place = Place::new();
    assert_eq!(place.run("run minimal.toml --reps 50 --no-charts").0, 0);
    let before = place.files("output");
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_gtm-sim"))
        .current_dir(place.path(""))
        .args(["run", "minimal.toml", "--reps", "5000000", "--all-rows"])
        .stderr(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    let kill = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
    let asked = Instant::now();
    let status = child.wait().unwrap();
    assert!(asked.elapsed() < Duration::from_secs(10), "{:?}", asked.elapsed());
    let mut stderr = String::new();
    std::io::Read::read_to_string(&mut child.stderr.unwrap(), &mut stderr).unwrap();
    assert_eq!(status.code(), Some(130), "{stderr}");
    assert_eq!(stderr, "error: interrupted; nothing was changed\n");
    assert_eq!(place.files("output"), before);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let place = Place::new();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_gtm-sim"))
        .current_dir(place.path(""))
        .args([
            "run",
            "minimal.toml",
            "--reps",
            "50",
            "--no-charts",
            "--format",
            "json",
        ])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(place.path("output/minimal/results.json").exists());
}
