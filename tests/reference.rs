//! Generated pages are up to date. Refresh them with `UPDATE_REFERENCE=1 cargo test --test reference`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

use std::path::Path;

/// Compares a stored file with what is made now; refreshes it if that is wanted.
fn is_fresh(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored.replace("\r\n", "\n") == made,
        "{name} is stale; refresh it with UPDATE_REFERENCE=1 cargo test --test reference"
    );
}

#[test]
fn measures_page_is_fresh() {
    is_fresh("docs/measures.md", &gtm_sim::report::reference::measures());
}

#[test]
fn scenario_page_is_fresh() {
    is_fresh("docs/scenario.md", &gtm_sim::scenario_file::keys::page());
}

#[test]
fn schema_is_fresh() {
    is_fresh(
        "docs/scenario.schema.json",
        &gtm_sim::scenario_file::keys::schema(),
    );
}

#[test]
fn the_scenario_page_has_a_target_for_every_link() {
    let page = gtm_sim::scenario_file::keys::page();
    let law = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/model.md")).unwrap();
    let slugs: Vec<String> = law
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| {
            line.trim_start_matches('#')
                .trim()
                .to_lowercase()
                .replace('.', "")
                .replace(' ', "-")
        })
        .collect();
    let mut links = 0;
    for target in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        if let Some(id) = target.strip_prefix('#') {
            links += 1;
            assert!(page.contains(&format!("<a id=\"{id}\">")), "{target}");
        } else if let Some(slug) = target.strip_prefix("model.md#") {
            links += 1;
            assert!(slugs.iter().any(|own| own == slug), "{target}");
        }
    }
    assert!(links > 100, "{links}");
}
