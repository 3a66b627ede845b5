//! docs/first-scenario.md: what it shows is what the program prints for docs/first-scenario.toml.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::path::{Path, PathBuf};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn page() -> String {
    std::fs::read_to_string(docs().join("first-scenario.md"))
        .unwrap()
        .replace("\r\n", "\n")
}

/// The blocks of a kind, each with its lines.
fn blocks(page: &str, kind: &str) -> Vec<String> {
    let open = format!("```{kind}\n");
    page.split(open.as_str())
        .skip(1)
        .map(|rest| rest.split("\n```").next().unwrap().to_owned())
        .collect()
}

/// stdout and stderr of a command in a folder that holds the scenario as `nordlicht.toml`.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::cargo_bin("gtm-sim")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_page_shows_what_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = std::fs::read_to_string(docs().join("first-scenario.toml")).unwrap();
    let wrong = scenario.replace(
        "win_rate           = { low = 0.24, high = 0.32 }",
        "win_rate           = 28",
    );
    assert_ne!(scenario, wrong);
    std::fs::write(folder.path().join("nordlicht.toml"), wrong).unwrap();
    let mut printed = said(folder.path(), &["check", "nordlicht.toml"]);
    std::fs::write(folder.path().join("nordlicht.toml"), &scenario).unwrap();
    printed += &said(folder.path(), &["check", "nordlicht.toml"]);
    printed += &said(folder.path(), &["run", "nordlicht.toml", "--no-charts"]);
    let setting = "segments.labs.deals.deals_per_rep_year=9";
    printed += &said(
        folder.path(),
        &["run", "nordlicht.toml", "--no-charts", "--set", setting],
    );
    // Numbers and their units are printed with a narrow space that does not break.
    let printed = printed.replace('\u{202f}', " ");
    let lines: Vec<&str> = printed.lines().map(str::trim_end).collect();
    for block in blocks(&page(), "text") {
        for line in block.lines() {
            assert!(
                lines.contains(&line),
                "the page shows, but nothing prints: {line}\n{printed}"
            );
        }
    }
}

#[test]
fn the_page_quotes_the_files() {
    let files = ["first-scenario.toml", "first-scenario-recession.toml"];
    let texts = files.map(|file| std::fs::read_to_string(docs().join(file)).unwrap());
    // Keys of the page may stand under another section than beside one another in the file, and aligned otherwise.
    let plain = |line: &str| {
        let line = line.split('#').next().unwrap_or_default();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let told: Vec<String> = texts.iter().flat_map(|text| text.lines().map(plain)).collect();
    for block in blocks(&page(), "toml") {
        for line in block.lines().map(plain).filter(|line| !line.is_empty()) {
            assert!(told.contains(&line), "in no file: {line}");
        }
    }
}
