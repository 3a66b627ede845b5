//! The rules of the house that a machine can check: layers, sizes, names, who may use what (docs/architecture.md).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every layer with those it may import from.
const LAYERS: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("chance", &["units"]),
    ("model", &["units", "chance"]),
    ("outcome", &["units", "chance", "model"]),
    ("engine", &["units", "chance", "model", "outcome"]),
    ("analysis", &["units", "chance", "model", "outcome", "engine"]),
    ("charts", &["units", "outcome", "analysis"]),
    (
        "report",
        &[
            "units", "chance", "model", "outcome", "engine", "analysis", "charts",
        ],
    ),
    ("scenario_file", &["units", "chance", "model", "outcome"]),
    (
        "cli",
        &[
            "units",
            "chance",
            "model",
            "outcome",
            "engine",
            "analysis",
            "charts",
            "report",
            "scenario_file",
        ],
    ),
];

/// Words of code that only some files may use.
const OWNERS: &[(&str, &[&str])] = &[
    ("rayon::", &["src/engine/simulate.rs"]),
    ("toml::", &["src/scenario_file/"]),
    ("plotters::", &["src/charts/draw.rs"]),
    ("clap::", &["src/cli/"]),
    ("rand::", &["src/engine/streams.rs", "src/analysis/"]),
    ("std::env::", &["src/cli/"]),
    ("Instant::now", &["src/cli/"]),
    ("SystemTime", &["src/cli/"]),
    ("fs::write", &["src/report/output.rs"]),
    ("File::create", &["src/report/output.rs"]),
    ("HashMap", &[]),
    ("HashSet", &[]),
    ("{:.", &["src/units/format.rs"]),
];

const MOST_LINES: usize = 500;
const MOST_LINES_OF_A_FUNCTION: usize = 60;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(under: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(under)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path
                    .strip_prefix(root())
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    assert!(!files.is_empty(), "no Rust files under {under}");
    files
}

fn all_files() -> Vec<(String, String)> {
    ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| rust_files(folder))
        .collect()
}

/// The code of a file without its unit tests.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (number + 1, line))
}

fn check(broken: Vec<String>) {
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn a_layer_imports_only_from_those_above_it() {
    let allowed: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    let mut broken = Vec::new();
    for (name, text) in rust_files("src") {
        let Some(layer) = name
            .strip_prefix("src/")
            .and_then(|rest| rest.split_once('/'))
            .map(|(layer, _)| layer)
        else {
            continue;
        };
        let may = allowed
            .get(layer)
            .unwrap_or_else(|| panic!("{name}: {layer} is no layer"));
        for (number, line) in code(&text) {
            for part in line.split("crate::").skip(1) {
                let used: String = part
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if used != layer && allowed.contains_key(used.as_str()) && !may.contains(&used.as_str()) {
                    broken.push(format!("{name}:{number}: {layer} may not know {used}"));
                }
            }
        }
    }
    check(broken);
}

#[test]
fn words_stay_with_their_owners() {
    let mut broken = Vec::new();
    for (name, text) in rust_files("src") {
        for (number, line) in code(&text) {
            for (word, owners) in OWNERS {
                let used = line.contains(word)
                    && !line.contains(&format!("libm::{word}"))
                    && !owners.iter().any(|owner| name.starts_with(owner));
                let other_crate = word.ends_with("::")
                    && !line.match_indices(word).any(|(at, _)| {
                        !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                    });
                if used && !other_crate {
                    broken.push(format!("{name}:{number}: {word}"));
                }
            }
        }
    }
    check(broken);
}

#[test]
fn files_have_one_subject_and_say_it() {
    let mut broken = Vec::new();
    for (name, text) in all_files() {
        if !text.starts_with("//!") {
            broken.push(format!("{name}: does not name its subject"));
        }
        let lines = text.lines().count();
        if lines > MOST_LINES {
            broken.push(format!("{name}: {lines} lines"));
        }
        let file = Path::new(&name)
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        if ["utils", "util", "helpers", "helper", "common", "misc", "types"].contains(&file.as_str()) {
            broken.push(format!("{name}: the name says nothing"));
        }
    }
    check(broken);
}

#[test]
fn functions_fit_on_a_screen() {
    let mut broken = Vec::new();
    for (name, text) in all_files() {
        let lines: Vec<&str> = text.lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let opens = line.split_whitespace().take(5).any(|word| word == "fn")
                && !line.trim_start().starts_with("//")
                && !line.contains(';');
            if !opens {
                continue;
            }
            let close = format!("{}}}", " ".repeat(indent));
            let end = lines[start..].iter().position(|line| *line == close).unwrap_or(0);
            let in_macro = lines[start + 1..(start + 3).min(lines.len())]
                .iter()
                .any(|line| line.trim() == "parameters! {");
            if end > MOST_LINES_OF_A_FUNCTION && !in_macro {
                broken.push(format!("{name}:{}: {end} lines", start + 1));
            }
        }
    }
    check(broken);
}

#[test]
fn nothing_is_exported_by_the_handful() {
    let mut broken = Vec::new();
    for (name, text) in rust_files("src") {
        for (number, line) in code(&text) {
            if line.contains("pub use") && line.contains("::*") {
                broken.push(format!("{name}:{number}: {line}"));
            }
        }
        if name.ends_with("/mod.rs") && name != "src/cli/mod.rs" {
            for (number, line) in code(&text) {
                let word = line.split_whitespace().find(|word| !word.starts_with("pub"));
                if line.starts_with(char::is_alphabetic) && word == Some("fn") {
                    broken.push(format!("{name}:{number}: code in a mod.rs"));
                }
            }
        }
    }
    check(broken);
}

#[test]
fn the_law_cites_its_sections() {
    let law = fs::read_to_string(root().join("docs/model.md")).unwrap();
    let mut broken = Vec::new();
    for (name, text) in rust_files("src/model") {
        for part in text.split("docs/model.md, ").skip(1) {
            let list: String = part
                .chars()
                .take_while(|c| c.is_ascii_digit() || ".,; ".contains(*c))
                .collect();
            for section in list
                .split([',', ';'])
                .map(|section| section.trim().trim_end_matches('.'))
            {
                let heading = |line: &str| {
                    line.starts_with('#')
                        && line.trim_start_matches('#').trim_start().split([' ', '.']).next()
                            == section.split('.').next()
                        && (!section.contains('.') || line.contains(&format!(" {section} ")))
                };
                if !section.is_empty() && !law.lines().any(heading) {
                    broken.push(format!("{name}: docs/model.md has no section {section}"));
                }
            }
        }
    }
    check(broken);
}

#[test]
fn process_numbers_are_pinned() {
    let text = fs::read_to_string(root().join("src/model/luck.rs")).unwrap();
    let numbers: Vec<u16> = text
        .lines()
        .filter_map(|line| line.trim().strip_suffix(',')?.split_once(" = ")?.1.parse().ok())
        .collect();
    assert_eq!(
        numbers,
        (1..=numbers.len() as u16).collect::<Vec<_>>(),
        "append, never change"
    );
    assert!(text.contains("Input = 1,") && text.contains("Win = 29,") && text.contains("Baskets = 37,"));
}

#[test]
fn what_is_declared_is_documented() {
    let measures = fs::read_to_string(root().join("docs/measures.md")).unwrap();
    let mut broken = Vec::new();
    for measure in gtm_sim::outcome::measure::MEASURES {
        if !measures.contains(&format!("`{}`", measure.id)) {
            broken.push(format!("docs/measures.md lacks {}", measure.id));
        }
    }
    for series in gtm_sim::outcome::follow::SERIES {
        if !measures.contains(&format!("`{}`", series.id)) {
            broken.push(format!("docs/measures.md lacks series {}", series.id));
        }
    }
    let paths: Vec<&str> = gtm_sim::model::parameters::PARAMETERS
        .iter()
        .map(|parameter| parameter.path)
        .collect();
    for (position, path) in paths.iter().enumerate() {
        if paths[..position].contains(path) {
            broken.push(format!("parameter {path} is declared twice"));
        }
    }
    check(broken);
}
