//! Scenario files: those that are shipped, and those that try the format.

use gtm_sim::scenario_file::keys::Key;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

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
        .map(|path| {
            (
                name(path),
                String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned(),
            )
        })
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

/// The places of a key in a document: for each its table and the last word.
fn places<'t>(table: &'t mut Table, path: &[&str]) -> Vec<(&'t mut Table, String)> {
    let (word, below) = path.split_first().unwrap();
    if below.is_empty() {
        return vec![(table, (*word).to_owned())];
    }
    let inner: Vec<&mut Value> = match *word {
        "*" => table.iter_mut().map(|(_, value)| value).collect(),
        word => table.get_mut(word).into_iter().collect(),
    };
    inner
        .into_iter()
        .flat_map(|value| match value {
            Value::Table(table) => vec![table],
            Value::Array(items) => items.iter_mut().filter_map(Value::as_table_mut).collect(),
            _ => Vec::new(),
        })
        .flat_map(|table| places(table, below))
        .collect()
}

/// The same document with a change at every place where `key` is told.
pub fn changed(text: &str, key: &Key, change: impl Fn(&mut Table, &str)) -> Option<String> {
    let mut document: Table = text.parse().unwrap();
    let path: Vec<&str> = key.path.split('.').collect();
    let told: Vec<(&mut Table, String)> = places(&mut document, &path)
        .into_iter()
        .filter(|(table, word)| table.contains_key(word))
        .collect();
    if told.is_empty() {
        return None;
    }
    for (table, word) in told {
        change(table, &word);
    }
    Some(document.to_string())
}
