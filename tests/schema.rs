//! The JSON Schema against an independent validator: legal files pass, wrong ones are refused where a schema can see it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

mod support {
    pub mod files;
}

use gtm_sim::scenario_file::keys;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::files::{good, shipped, texts};

/// Wrong files that a schema accepts, and why it must.
const UNSEEN: &[(&str, &str)] = &[];

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&keys::schema()).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "the schema is no schema");
    jsonschema::draft7::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

/// A TOML document as a language server shows it to a schema; none if it is no TOML.
fn document(text: &str) -> Option<Value> {
    text.parse::<toml::Table>()
        .ok()
        .map(|table| value(toml::Value::Table(table)))
}

fn value(toml: toml::Value) -> Value {
    match toml {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(whole) => json!(whole),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(flag) => json!(flag),
        toml::Value::Datetime(moment) => json!(moment.to_string()),
        toml::Value::Array(items) => items.into_iter().map(value).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, item)| (key, value(item))).collect())
        }
    }
}

fn complaints(validator: &Validator, document: &Value) -> String {
    validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}\n", error.instance_path()))
        .collect()
}

#[test]
fn legal_files_pass() {
    let validator = validator();
    for (name, text) in shipped().into_iter().chain(good()) {
        let said = complaints(&validator, &document(&text).unwrap());
        assert!(said.is_empty(), "{name}:\n{said}");
    }
}

#[test]
fn wrong_files_are_refused_or_stand_in_the_list() {
    let validator = validator();
    let unseen: BTreeSet<&str> = UNSEEN.iter().map(|(name, _)| *name).collect();
    let mut wrong = Vec::new();
    for (name, text) in texts("tests/scenario_file/bad") {
        let passes = document(&text).is_some_and(|document| validator.is_valid(&document));
        if passes != unseen.contains(name.as_str()) {
            wrong.push(format!(
                "{name}: {}",
                if passes { "passes" } else { "is refused after all" }
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_file_that_extends_may_leave_out_anything() {
    let validator = validator();
    for text in [
        "extends = 'b2b.toml'",
        "extends = 'b2b.toml'\n[scenario]\nseed = 2\n[segments.new.deals]\nwin_rate = 0.2",
        "extends = 'b2b.toml'\n[segments.new.customers]\nchurn = { covered = 0.1 }",
    ] {
        let said = complaints(&validator, &document(text).unwrap());
        assert!(said.is_empty(), "{text}:\n{said}");
        let alone = text.replace("extends = 'b2b.toml'", "");
        assert!(!validator.is_valid(&document(&alone).unwrap()), "{alone}");
    }
    let unknown = document("extends = 'b2b.toml'\n[segments.new.deals]\nwin_rte = 0.2").unwrap();
    assert!(!validator.is_valid(&unknown), "an unknown key passes");
}

#[test]
fn every_form_of_a_number_is_known_and_its_ends_are() {
    let validator = validator();
    let with = |value: &str| {
        let text = format!(
            "extends = 'x'\n[segments.s.deals]\nwin_rate = {value}\nvalue = 1\n[channels.c]\ndoubling_adds = 0.1"
        );
        validator.is_valid(&document(&text).unwrap())
    };
    for right in [
        "0",
        "1",
        "0.2",
        "{ low = 0.1, high = 0.2 }",
        "{ low = 0.1, typical = 0.15, high = 0.2 }",
        "{ pert = [0, 0.1, 1] }",
        "{ triangular = [0, 0.1, 1] }",
        "{ normal = [0.2, 0.1] }",
        "{ lognormal = [0.2, 0.1] }",
        "{ beta = [20, 80] }",
        "{ gamma = [4, 0.05] }",
        "{ uniform = [0, 1] }",
        "{ discrete = [[0.1, 3], [0.2, 1]] }",
        "{ samples = [0.1, 0.2] }",
        "{ samples = { file = 'w.csv', column = 'rate' } }",
    ] {
        assert!(with(right), "{right} is refused");
    }
    for wrong in [
        "-0.1",
        "1.1",
        "'0.2'",
        "{}",
        "[0.2]",
        "{ low = 0.1 }",
        "{ low = 0.1, typical = 0.2 }",
        "{ low = 0.1, high = 2 }",
        "{ low = 0.1, high = 0.2, pert = [0, 0.1, 1] }",
        "{ pert = [0, 0.1] }",
        "{ pert = [0, 0.1, 2] }",
        "{ normal = [2, 0.1] }",
        "{ beta = [20] }",
        "{ discrete = [0.1, 0.2] }",
        "{ samples = [] }",
        "{ samples = [2] }",
        "{ samples = { file = 'w.csv' } }",
        "{ covered = 0.1, uncovered = 0.2 }",
    ] {
        assert!(!with(wrong), "{wrong} passes");
    }
}
