//! Starters: what `gtm-sim new` writes says the same as the scenario it was made from.

use gtm_sim::scenario_file::{SHIPPED, read, starter};
use std::collections::BTreeSet;

#[test]
fn every_scenario_of_the_folder_is_shipped() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
        .collect();
    let shipped: BTreeSet<String> = SHIPPED.iter().map(|shipped| shipped.name.to_owned()).collect();
    assert_eq!(files, shipped);
}

/// A value lost, changed or put into another section would change the scenario that is read.
#[test]
fn a_starter_says_what_its_scenario_says() {
    for shipped in SHIPPED {
        let original = read(shipped.text, shipped.name).expect(shipped.name).value;
        let text = starter(shipped, "my.toml");
        let copy = match read(&text, "my.toml") {
            Ok(checked) => checked.value,
            Err(report) => panic!("{}:\n{}", shipped.name, report.render(false)),
        };
        assert_eq!(
            format!("{:#?}", original.scenario),
            format!("{:#?}", copy.scenario),
            "{}",
            shipped.name
        );
        assert_eq!(
            (original.replications, original.seed),
            (copy.replications, copy.seed)
        );
        assert_eq!(format!("{:?}", original.aim), format!("{:?}", copy.aim));
    }
}

#[test]
fn every_key_of_a_starter_is_explained_once() {
    let text = starter(&SHIPPED[2], "my.toml");
    let explained = "Doubling today's spend adds this share of response";
    assert_eq!(text.matches(explained).count(), 1);
    let longest = text
        .lines()
        .filter(|line| line.starts_with("# "))
        .map(|line| line.chars().count())
        .max();
    assert!(longest <= Some(125), "{longest:?}");
}

#[test]
fn the_starter_of_minimal_reads_like_this() {
    insta::assert_snapshot!(starter(&SHIPPED[0], "my.toml"));
}
