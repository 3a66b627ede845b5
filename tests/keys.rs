//! The declared keys and the reader know the same format; what is declared of a key is true.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

mod support {
    pub mod files;
}

use gtm_sim::scenario_file::keys::{self, Key, Kind, Told};
use gtm_sim::scenario_file::{self, Checked, Document};
use std::collections::BTreeSet;
use support::files::{changed, good, shipped};
use toml::Table;

fn texts() -> Vec<(String, String)> {
    let mut all = shipped();
    all.extend(good());
    all
}

fn read(text: &str) -> Result<Checked<Document>, String> {
    scenario_file::read(text, "test.toml").map_err(|report| report.render(false))
}

#[test]
fn the_reader_asks_for_the_declared_keys_and_no_others() {
    let asked: BTreeSet<String> = texts()
        .iter()
        .flat_map(|(_, text)| scenario_file::asked_keys(text))
        .collect();
    let declared: BTreeSet<String> = keys::all().map(|key| key.asked().to_owned()).collect();
    let above = |path: &String| declared.iter().any(|key| key.starts_with(&format!("{path}.")));
    let undeclared: Vec<&String> = asked.difference(&declared).filter(|path| !above(path)).collect();
    assert!(undeclared.is_empty(), "read but not declared: {undeclared:?}");
    let unread: Vec<&String> = declared.difference(&asked).collect();
    assert!(unread.is_empty(), "declared but never read: {unread:?}");
}

#[test]
fn every_number_of_the_law_is_declared_once() {
    let declared: Vec<&str> = keys::all()
        .filter_map(Key::parameter)
        .map(|parameter| parameter.path)
        .collect();
    for parameter in gtm_sim::model::parameters::PARAMETERS.iter() {
        let times = declared.iter().filter(|path| **path == parameter.path).count();
        assert_eq!(times, 1, "{}", parameter.path);
    }
    for key in keys::all() {
        let is_number = matches!(key.kind, Kind::Number | Kind::NumberByName(_));
        assert_eq!(
            is_number,
            key.parameter().is_some(),
            "{} is a number of the law",
            key.path
        );
    }
}

#[test]
fn everything_is_said_of_every_key() {
    for key in keys::all() {
        assert!(!key.about().is_empty(), "{}: no meaning", key.path);
        assert_eq!(keys::called(key.path).len(), 1, "{} is declared twice", key.path);
        if key.kind != Kind::Section {
            assert!(!key.acts.is_empty(), "{}: acts nowhere", key.path);
            assert!(!key.example.is_empty(), "{}: no example", key.path);
            let line = key.line().parse::<Table>();
            assert!(line.is_ok(), "{}: `{}` is no TOML", key.path, key.line());
            let told = key.told != Told::Never || key.is_form();
            assert!(
                told || !key.default().is_empty(),
                "{}: what if it is left out?",
                key.path
            );
        }
        for other in key.instead {
            let (above, _) = key.path.rsplit_once('.').unwrap();
            let other = keys::called(&format!("{above}.{other}"))[0];
            assert!(
                other.instead.contains(&key.word()),
                "{} excludes in one direction",
                key.path
            );
        }
    }
}

#[test]
fn names_are_found() {
    let path = |name: &str| keys::called(name).iter().map(|key| key.path).collect::<Vec<_>>();
    assert_eq!(
        path("segments.mid-market.deals.win_rate"),
        ["segments.*.deals.win_rate"]
    );
    assert_eq!(path("deals.win_rate"), ["segments.*.deals.win_rate"]);
    assert_eq!(path("channels"), ["channels.*"]);
    assert_eq!(path("channels.search"), ["channels.*"]);
    assert_eq!(path("today.team.ae"), ["today.team"]);
    assert_eq!(path("plans.today.roles.ae"), ["plans.*.roles"]);
    assert_eq!(path("plans.today.phases"), ["plans.*.phases"]);
    assert_eq!(
        path("half_life_weeks"),
        ["environment.half_life_weeks", "channels.*.half_life_weeks"]
    );
    assert!(path("nothing").is_empty() && path("").is_empty() && path("a..b").is_empty());
}

/// Without `extends`, whose value is another file.
fn keys_with_values() -> impl Iterator<Item = &'static Key> {
    keys::all().filter(|key| key.kind != Kind::Section && key.path != "extends")
}

#[test]
fn examples_are_legal() {
    let mut tried = 0;
    for key in keys_with_values() {
        let example: Table = format!("x = {}", key.example).parse().unwrap();
        for (_, text) in good() {
            let text = changed(&text, key, |table, word| {
                table.insert(word.to_owned(), example["x"].clone());
            });
            let Some(text) = text else { continue };
            tried += 1;
            let said = read(&text).err().unwrap_or_default();
            // What the example breaks elsewhere, such as a mix of other channels, says nothing about its form.
            let wrong = ["cannot be", "cannot have", "has no key", "has no form"];
            let is_wrong = said
                .lines()
                .any(|line| line.contains(key.word()) && wrong.iter().any(|words| line.contains(words)));
            assert!(!is_wrong, "{}:\n{said}", key.path);
        }
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn what_must_be_told_is_missed_and_nothing_else() {
    let mut tried = 0;
    for key in keys_with_values() {
        for (_, text) in good() {
            let Some(text) = changed(&text, key, |table, word| {
                table.remove(word);
            }) else {
                continue;
            };
            tried += 1;
            let said = read(&text).err().unwrap_or_default();
            let is_missed = said.contains(&format!(".{}` is missing", key.word()));
            match key.told {
                Told::Always | Told::Beside(_) => assert!(is_missed, "{} is not missed:\n{said}", key.path),
                Told::Never => assert!(!is_missed, "{} must be told:\n{said}", key.path),
                Told::Where(_) => {}
            }
        }
    }
    assert!(tried > 150, "{tried}");
}

/// What a scenario means, without the texts of unknowns.
fn meaning(text: &str) -> Option<String> {
    let document = read(text).ok()?.value;
    let (replications, seed) = (document.replications, document.seed);
    Some(format!(
        "{:?} {:?} {replications} {seed}",
        document.scenario, document.aim
    ))
}

#[test]
fn defaults_that_are_values_mean_the_same_as_nothing() {
    let mut tried = 0;
    for key in keys_with_values() {
        let Ok(default) = format!("x = {}", key.default()).parse::<Table>() else {
            continue;
        };
        for (name, text) in good() {
            let told = changed(&text, key, |table, word| {
                table.insert(word.to_owned(), default["x"].clone());
            });
            let left_out = changed(&text, key, |table, word| {
                table.remove(word);
            });
            if let (Some(told), Some(left_out)) = (told, left_out)
                && let (Some(told), Some(left_out)) = (meaning(&told), meaning(&left_out))
            {
                tried += 1;
                assert!(
                    told == left_out,
                    "{name}: {} = {} is not the default",
                    key.path,
                    key.default()
                );
            }
        }
    }
    assert!(tried > 40, "{tried}");
}
