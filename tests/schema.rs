//! The JSON Schema against an independent validator: legal files pass, wrong ones are refused where a schema can see it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

mod support {
    pub mod files;
}

use gtm_sim::scenario_file::{self, keys};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::files::{changed, good, shipped, texts};

/// Wrong files that a schema accepts, and why it must.
const UNSEEN: &[(&str, &str)] = &[
    ("aware-in-the-dark", "two numbers are held against each other"),
    (
        "awareness-without-weight",
        "what is told must be possible together",
    ),
    ("deals-from-nothing", "what is told must be possible together"),
    ("doubling-adds-too-much", "the limit depends on `slope`"),
    ("heads-without-end", "the budget over the cost of a head"),
    ("idle-role", "only a warning: several keys are all left out"),
    (
        "interval-touches-its-end",
        "the ends are legal numbers, but no interval reaches them",
    ),
    ("interval-upside-down", "two numbers are held against each other"),
    (
        "missing-number",
        "`win_rate` must be told only where leads need a rep",
    ),
    ("mix-missing", "only the first plan must say its mixes"),
    ("mix-sum", "the sum of shares"),
    (
        "more-leads-than-occasions",
        "what is told must be possible together",
    ),
    (
        "more-leads-than-occasions-of-two",
        "what is told must be possible together",
    ),
    ("no-spend-today", "what is told must be possible together"),
    ("order-not-told", "must be told only where leads need a rep"),
    ("outbound-without-rates", "what is told must be possible together"),
    ("phases", "the sum of weeks against the horizon"),
    ("phases-too-short", "the sum of weeks against the horizon"),
    ("self-serve-without-buyers", "only a warning"),
    ("tenures", "the length of a list against a number"),
    ("too-many-customers", "two numbers are held against each other"),
    (
        "availability-without-field",
        "only a warning: held against other sections",
    ),
    (
        "deals-per-rep-of-nothing",
        "two numbers are held against each other",
    ),
    ("event-misspelt", "what stands in another file"),
    ("extends-itself", "what stands in another file"),
    ("extends-nothing", "what stands in another file"),
    ("funnel-above-awareness", "what is told must be possible together"),
    ("labels-alike", "only a warning"),
    ("latin-1", "bytes, not values"),
    ("names-alike", "only a warning"),
    ("no-channels", "only a warning: held against the plans"),
    ("no-roles", "only a warning: held against the plans"),
    (
        "organic-leads-without-end",
        "what is told must be possible together",
    ),
    (
        "outbound-without-callers",
        "what is told must be possible together",
    ),
    ("outbound-without-end", "what is told must be possible together"),
    ("samples-cells", "what stands in another file"),
    ("suspicious-apart", "only a warning"),
    ("suspicious-appeal", "only a warning"),
    ("suspicious-care-for-nobody", "only a warning"),
    ("suspicious-doubling", "only a warning"),
    ("suspicious-full-channel", "only a warning"),
    ("suspicious-half-saturation", "only a warning"),
    ("suspicious-horizon", "only a warning"),
    ("suspicious-idle-sellers", "only a warning"),
    ("suspicious-needless-roles", "only a warning"),
    ("suspicious-no-seller", "only a warning"),
    ("suspicious-occasions", "only a warning"),
    ("suspicious-seller-of-nothing", "only a warning"),
    ("suspicious-spend", "only a warning"),
    ("suspicious-win-rate", "only a warning"),
    (
        "thousands-with-a-point",
        "only warnings, and two numbers held against each other",
    ),
    ("unknown-name", "a name must be that of another section"),
];

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

#[test]
fn names_are_those_that_the_reader_accepts_and_need_no_classes_of_letters() {
    let schema = keys::schema();
    assert!(
        !schema.contains(r"\\p{"),
        "not every validator knows classes of letters"
    );
    let validator = validator();
    for (name, is_legal) in [
        ("today", true),
        ("mid-market_2", true),
        ("münchen", true),
        ("東京", true),
        ("a b", false),
        ("a.b", false),
        ("a/b", false),
        ("", false),
        ("[a]", false),
        ("a^b", false),
        ("a`b", false),
        ("{a", false),
        (&"x".repeat(61), false),
    ] {
        let text = format!("extends = 'x'\n[plans.'{name}']\nmarketing_share = 0.2");
        assert_eq!(validator.is_valid(&document(&text).unwrap()), is_legal, "{name}");
    }
}

/// Values that some keys may have and most may not.
const VALUES: &[&str] = &[
    "0",
    "1",
    "-1",
    "0.3",
    "1.5",
    "7",
    "60",
    "1e12",
    "nan",
    "inf",
    "true",
    "'newest'",
    "'gamma'",
    "'repeat'",
    "'flat'",
    "'EUR'",
    "'revenue'",
    "[]",
    "[3, 9]",
    "[9, 3.5]",
    "['mid-market']",
    "[1,1,1,1,1,1,1,1,1,1,1,1]",
    "{}",
    "{ low = 0.1, high = 0.3 }",
    "{ low = 2, high = 9 }",
    "{ normal = [0.2, 0.01] }",
    "{ pert = [0.1, 0.2, 0.9] }",
    "{ discrete = [[0.2, 1], [0.3, 2]] }",
    "{ samples = [0.2, 0.3] }",
    "{ base = 0.1 }",
    "{ search = 1 }",
    "{ yearly_share = 0.2 }",
    "{ covered = 0.1, uncovered = 0.2 }",
    "{ mean = 3, cv = 0.2 }",
    "{ ae = [3, 2] }",
    "{ revenue = 5 }",
    "[{ marketing_share = 0.3 }]",
    "[{ weeks = 3, marketing_share = 0.2 }, { marketing_share = 0.3 }]",
];

#[test]
fn what_the_reader_accepts_passes_and_a_wrong_kind_or_size_does_not() {
    let validator = validator();
    let files = good();
    let mut accepted = 0;
    let mut refused = 0;
    for (key, typed) in keys::all().flat_map(|key| VALUES.iter().map(move |typed| (key, *typed))) {
        let typed: toml::Table = format!("x = {typed}").parse().unwrap();
        let with = |text: &String| {
            changed(text, key, |table, word| {
                table.insert(word.to_owned(), typed["x"].clone());
            })
        };
        let Some(text) = files.iter().find_map(|(_, text)| with(text)) else {
            continue;
        };
        let passes = validator.is_valid(&document(&text).unwrap());
        match scenario_file::read(&text, "test.toml") {
            Ok(_) => {
                accepted += 1;
                assert!(
                    passes,
                    "{} = {} is legal, but the schema refuses it",
                    key.path, typed["x"]
                );
            }
            Err(report) => {
                let said = report.render(false);
                let own = format!(".{}` cannot be ", key.word());
                if said.contains(&own) && !said.contains("in quotes") {
                    refused += 1;
                    assert!(!passes, "{} = {} passes:\n{said}", key.path, typed["x"]);
                }
            }
        }
    }
    assert!(accepted > 500 && refused > 2_000, "{accepted} {refused}");
}
