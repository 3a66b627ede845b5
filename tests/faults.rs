//! The deliberate faults of tests/faults: each still applies to the code, names a test that exists, and is told in
//! docs/validation.md. `tests/faults/run.sh` builds them and requires that the named tests fail.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests may fail them

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A fault as its file tells it.
struct Fault {
    name: String,
    /// What is broken, in words.
    words: String,
    /// Test target and path of the test that must fail.
    target: String,
    test: String,
    /// By file: the lines that each hunk expects, and those it puts there.
    hunks: Vec<(String, String, String)>,
}

fn read(path: &Path) -> Fault {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let text = fs::read_to_string(path).unwrap();
    let header = |key: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(key))
            .unwrap_or_else(|| panic!("{name} has no line `{key}`"))
            .trim()
            .to_owned()
    };
    let (words, caught) = (header("Fault:"), header("Caught by:"));
    let (target, test) = caught.split_once(' ').unwrap();
    let mut hunks: Vec<(String, String, String)> = Vec::new();
    let mut file = String::new();
    for line in text.lines().skip_while(|line| !line.starts_with("--- a/")) {
        if let Some(path) = line.strip_prefix("+++ b/") {
            path.clone_into(&mut file);
        } else if line.starts_with("@@ ") {
            hunks.push((file.clone(), String::new(), String::new()));
        } else if let Some((_, old, new)) = hunks.last_mut() {
            let code = line.get(1..).unwrap_or_default();
            if !line.starts_with('+') {
                *old += &format!("{code}\n");
            }
            if !line.starts_with('-') {
                *new += &format!("{code}\n");
            }
        }
    }
    Fault {
        name: name.clone(),
        words,
        target: target.to_owned(),
        test: test.to_owned(),
        hunks,
    }
}

fn faults() -> Vec<Fault> {
    let mut paths: Vec<PathBuf> = fs::read_dir(root().join("tests/faults"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "patch"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 25, "{} faults", paths.len());
    paths.iter().map(|path| read(path)).collect()
}

fn check(broken: &[String]) {
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// What a hunk expects stands in its file exactly once, so that nothing but the intended place is broken.
#[test]
fn every_fault_applies() {
    let mut broken = Vec::new();
    for fault in faults() {
        if fault.hunks.is_empty() {
            broken.push(format!("{}: changes nothing", fault.name));
        }
        for (file, old, new) in &fault.hunks {
            let code = fs::read_to_string(root().join(file)).unwrap_or_default();
            let found = code.matches(old.as_str()).count();
            if found != 1 || old == new {
                broken.push(format!(
                    "{}: found {found} times in {file}; adapt the fault to the code:\n{old}",
                    fault.name
                ));
            }
        }
    }
    check(&broken);
}

#[test]
fn every_fault_names_a_test_that_exists() {
    let mut broken = Vec::new();
    for Fault {
        name, target, test, ..
    } in faults()
    {
        let file = match test.rsplit_once("::") {
            Some((module, _)) => format!("tests/{target}/{}.rs", module.replace("::", "/")),
            None => format!("tests/{target}.rs"),
        };
        let function = format!("fn {}(", test.rsplit("::").next().unwrap_or_default());
        let code = fs::read_to_string(root().join(&file)).unwrap_or_default();
        if !code.contains(&function) {
            broken.push(format!("{name}: {file} has no `{function}`"));
        }
    }
    check(&broken);
}

/// Rows `| 07 | words | target | test |` of the page are those of the files.
#[test]
fn the_page_tells_every_fault() {
    let page = fs::read_to_string(root().join("docs/validation.md")).unwrap();
    let faults = faults();
    let mut broken = Vec::new();
    for fault in &faults {
        let number = fault.name.split('-').next().unwrap_or_default();
        let row = format!(
            "| {number} | {} | `{}` | `{}` |",
            fault.words, fault.target, fault.test
        );
        if !page.lines().any(|line| line == row) {
            broken.push(format!("docs/validation.md lacks\n{row}"));
        }
    }
    check(&broken);
}
