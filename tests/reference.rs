//! Generated pages are up to date. Refresh them with `UPDATE_REFERENCE=1 cargo test --test reference`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

use std::path::Path;

#[test]
fn measures_page_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/measures.md");
    let made = gtm_sim::report::reference::measures();
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(stored.replace("\r\n", "\n"), made, "docs/measures.md is stale");
}
