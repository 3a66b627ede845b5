//! Scenario files: shipped ones are read, wrong ones are explained, nothing panics.

use gtm_sim::scenario_file::{self, Checked, Document};

fn shipped(name: &str) -> String {
    std::fs::read_to_string(format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn good(text: &str) -> Checked<Document> {
    scenario_file::read(text, "test.toml").unwrap_or_else(|report| panic!("{}", report.render(false)))
}

#[test]
fn shipped_scenarios_are_read_without_a_word() {
    for name in ["minimal", "b2b"] {
        let checked = good(&shipped(name));
        assert!(checked.warnings.is_empty(), "{}", checked.render_warnings(false));
    }
}
