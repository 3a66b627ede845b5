//! Scenario files: those that are shipped, and those that try the format.

use std::path::{Path, PathBuf};

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Names and texts of the TOML files of a folder, in the order of their names.
pub fn texts(folder: &str) -> Vec<(String, String)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    let name = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    files
        .iter()
        .map(|path| (name(path), std::fs::read_to_string(path).unwrap()))
        .collect()
}

/// The shipped scenarios.
pub fn shipped() -> Vec<(String, String)> {
    let all = texts("scenarios");
    assert!(all.len() > 1);
    all
}

/// Legal scenarios that tell every key in some form.
pub fn good() -> Vec<(String, String)> {
    let all = texts("tests/scenario_file/good");
    assert!(all.len() > 1);
    all
}
