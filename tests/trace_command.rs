//! `gtm-sim trace` as its user sees it: the log in both forms, what is picked, what is refused.

#![allow(clippy::unwrap_used)] // helpers of tests may fail them

use assert_cmd::Command;
use std::collections::BTreeSet;
use std::fs;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("minimal.toml", include_str!("../scenarios/minimal.toml")),
            ("b2b.toml", include_str!("../scenarios/b2b.toml")),
        ] {
            fs::write(place.path().join(name), text).unwrap();
        }
        let text =
            include_str!("../scenarios/minimal.toml").replace("{ firms = 60 }", "{ firms = 60, shops = 20 }");
        let (_, segment) = text.split_once("[segments.firms]").unwrap();
        let (segment, _) = segment.split_once("[finance]").unwrap();
        let two = format!("{text}\n[segments.shops]{segment}");
        fs::write(place.path().join("two.toml"), two).unwrap();
        Self(place)
    }

    /// Exit code, stdout and stderr.
    fn run(&self, words: &str) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gtm-sim"));
        let words = words.split_whitespace();
        let output = command.current_dir(self.0.path()).args(words).output().unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }

    fn refused(&self, words: &str, told: &[&str]) {
        let (code, stdout, stderr) = self.run(words);
        assert_eq!((code, stdout.as_str()), (2, ""), "{words}: {stderr}");
        for part in told {
            assert!(stderr.contains(part), "{words}: {part} is not in\n{stderr}");
        }
    }
}

fn revenue(log: &str) -> f64 {
    let mut table = csv::Reader::from_reader(log.as_bytes());
    let rows = table.records().map(Result::unwrap);
    let money = rows.filter(|row| matches!(&row[3], "revenue" | "order"));
    money.map(|row| row[6].parse::<f64>().unwrap()).sum()
}

/// Row 3 of replications.csv and the log of replication 3 are the same future, whatever the plans beside.
#[test]
fn the_log_is_that_of_the_row_with_its_number() {
    let place = Place::new();
    let options = "--seed 11 --set budget.annual=4e6";
    let (code, _, stderr) = place.run(&format!(
        "run b2b.toml {options} --reps 3 --plans sales-led --no-charts --quiet --out out"
    ));
    assert_eq!(code, 0, "{stderr}");
    let mut table = csv::Reader::from_path(place.0.path().join("out/replications.csv")).unwrap();
    let header = table.headers().unwrap().clone();
    let at = header.iter().position(|name| name == "revenue").unwrap();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let (code, log, stderr) = place.run(&format!(
        "trace b2b.toml {options} --plan Sales-led --replication 3"
    ));
    assert_eq!((code, stderr.as_str()), (0, ""));
    let told: f64 = rows[2][at].parse().unwrap();
    assert!(
        (revenue(&log) - told).abs() < 0.005,
        "{} and {told}",
        revenue(&log)
    );
    assert!((revenue(&log) - rows[1][at].parse::<f64>().unwrap()).abs() > 1.0);
}

#[test]
fn both_forms_tell_the_same() {
    let place = Place::new();
    let (_, table, note) = place.run("trace minimal.toml --limit 50");
    let (_, lines, _) = place.run("trace minimal.toml --limit 50 --format jsonl --quiet");
    assert!(note.starts_with("note: the first 50 of "), "{note}");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(
        columns.join(","),
        "account,segment,week,event,by,wait_weeks,value"
    );
    let mut rows = 0;
    for (row, line) in reader.records().map(Result::unwrap).zip(lines.lines()) {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        for (column, cell) in columns.iter().zip(&row) {
            let told = match &object[column] {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                number => number.to_string().trim_end_matches(".0").to_owned(),
            };
            assert_eq!(told, cell, "{column} of {line}");
        }
        rows += 1;
    }
    assert_eq!((rows, lines.lines().count()), (50, 50));
}

#[test]
fn one_account_is_a_part_of_the_log() {
    let place = Place::new();
    let (_, all, _) = place.run("trace b2b.toml");
    let (_, one, _) = place.run("trace b2b.toml --account 3");
    let own: Vec<&str> = all.lines().filter(|line| line.starts_with("3,")).collect();
    assert_eq!(one.lines().skip(1).collect::<Vec<_>>(), own);
    assert!(own.len() > 3);
    let (code, _, note) =
        place.run("trace minimal.toml --account 5000 --replication 2 --set scenario.weeks=1");
    assert_eq!(code, 0);
    assert!(note.contains("nothing happened"), "{note}");
}

#[test]
fn a_file_is_written_whole_and_not_twice() {
    let place = Place::new();
    let (code, stdout, note) = place.run("trace minimal.toml --out log.csv");
    assert_eq!((code, stdout.as_str()), (0, ""), "{note}");
    assert!(note.contains("events written to log.csv"), "{note}");
    let (_, printed, _) = place.run("trace minimal.toml --quiet");
    assert_eq!(
        fs::read_to_string(place.0.path().join("log.csv")).unwrap(),
        printed
    );
    place.refused(
        "trace minimal.toml --out log.csv",
        &["log.csv exists already", "--force"],
    );
    let (code, _, _) = place.run("trace minimal.toml --replication 2 --out log.csv --force --quiet");
    assert_eq!(code, 0);
    assert_ne!(
        fs::read_to_string(place.0.path().join("log.csv")).unwrap(),
        printed
    );
    place.refused(
        "trace minimal.toml --out nowhere/log.csv",
        &["there is no folder nowhere"],
    );
}

#[test]
fn what_is_not_there_is_refused_with_what_is() {
    let place = Place::new();
    place.refused(
        "trace b2b.toml --plan sales-leed",
        &["no plan sales-leed", "did you mean sales-led?"],
    );
    place.refused(
        "trace b2b.toml --replication 0",
        &["--replication", "1 to 100,000,000"],
    );
    place.refused("trace b2b.toml --replication -3", &["1 to 100,000,000"]);
    place.refused(
        "trace b2b.toml --account 15001",
        &[
            "mid-market has 15,000 accounts, none with the number 15,001",
            "from 1 to 15000",
        ],
    );
    place.refused(
        "trace b2b.toml --account 0",
        &["1 to the accounts of the segment"],
    );
    place.refused(
        "trace b2b.toml --segment mid-markt",
        &["no segment mid-markt", "did you mean mid-market?"],
    );
    place.refused("trace b2b.toml --limit 0", &["1 up"]);
    place.refused(
        "trace minimal.toml --set segments.firms.accounts=60_000_000",
        &[
            "60000000 accounts are too many to be named",
            "50,000,000 at most",
            "accounts=5000000",
        ],
    );
    place.refused("trace nothing.toml", &["nothing.toml"]);
}

/// Several segments: their numbers begin anew, so one must be named.
#[test]
fn accounts_of_several_segments_need_its_name() {
    let place = Place::new();
    let (code, log, stderr) = place.run("trace two.toml --quiet");
    assert_eq!(code, 0, "{stderr}");
    let mut names: Vec<&str> = log
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(1))
        .collect();
    names.sort_unstable();
    names.dedup();
    assert!(names.len() > 1, "{names:?}");
    place.refused(
        "trace two.toml --account 1",
        &["numbered within their segment", "--segment", names[0]],
    );
    let (code, one, _) = place.run(&format!(
        "trace two.toml --account 1 --segment {} --quiet",
        names[1]
    ));
    assert_eq!(code, 0);
    assert!(
        one.lines()
            .skip(1)
            .all(|line| line.starts_with(&format!("1,{},", names[1])))
    );
}

/// The page on journeys is the dictionary of the log.
#[test]
fn the_page_tells_every_event_and_column() {
    use gtm_sim::engine::trace::event::Kind;
    let page = include_str!("../docs/journeys.md");
    for kind in Kind::ALL {
        let (key, about) = (kind.key(), kind.about());
        let about = format!(
            "{}{}",
            about[..1].to_lowercase(),
            about[1..].trim_end_matches('.')
        );
        assert!(page.contains(&format!("| `{key}` | {about} |")), "{key}");
    }
    for column in gtm_sim::report::log::COLUMNS {
        assert!(page.contains(&format!("| `{column}` |")), "{column}");
    }
}

/// Paths of a document, `[]` for every entry of a list, with what stands there.
fn leaves(value: &serde_json::Value, path: &str, found: &mut BTreeSet<(String, &'static str)>) {
    use serde_json::Value;
    let kind = match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                // Files are keyed by their paths.
                let key = if path == "files" { "PATH" } else { key };
                let dot = if path.is_empty() { "" } else { "." };
                leaves(value, &format!("{path}{dot}{key}"), found);
            }
            return;
        }
        Value::Array(values) => {
            return values
                .iter()
                .for_each(|value| leaves(value, &format!("{path}[]"), found));
        }
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "number",
        Value::String(_) => "text",
    };
    found.insert((path.to_owned(), kind));
}

/// What is written is told, and what is told is written: in a run with everything, in one of a week without reps whose
/// draws contradict each other.
#[test]
fn the_page_is_the_dictionary_of_journeys_json() {
    let place = Place::new();
    let page = include_str!("../docs/journeys.md");
    let (_, rows) = page.split_once("\n## journeys.json\n").unwrap();
    let told: BTreeSet<(String, String)> = rows
        .lines()
        .filter_map(|line| {
            let (path, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
            Some((path.to_owned(), rest.split(" |").next()?.to_owned()))
        })
        .collect();
    let mut found = BTreeSet::new();
    for run in [
        "b2b.toml",
        "minimal.toml --no-charts --set scenario.weeks=1 --set segments.firms.leads.needs_a_rep=0 \
         --set channels.search.doubling_adds={low=0.2,high=0.95}",
    ] {
        let (code, stdout, stderr) = place.run(&format!("journeys {run} --sample 20 --format json"));
        assert_eq!(code, 0, "{stderr}");
        leaves(&serde_json::from_str(&stdout).unwrap(), "", &mut found);
    }
    let found: BTreeSet<(String, String)> = found
        .into_iter()
        .map(|(path, kind)| (path, kind.to_owned()))
        .collect();
    let missing: Vec<_> = found.difference(&told).collect();
    let idle: Vec<_> = told.difference(&found).collect();
    assert!(
        missing.is_empty() && idle.is_empty(),
        "not told {missing:#?}, never written {idle:#?}"
    );
}

#[test]
fn journeys_write_a_folder_of_their_own_and_print_what_it_says() {
    let place = Place::new();
    let (code, stdout, stderr) = place.run("journeys b2b.toml --plan customer-care --sample 20");
    assert_eq!(code, 0, "{stderr}");
    for part in [
        "Customer care · 104 weeks",
        "First touch to purchase",
        "fewer without it",
        "Search and paid > won",
        "written  output/b2b-journeys: journeys.json, 2 charts (SVG, PNG)",
    ] {
        assert!(
            stdout.replace('\u{202f}', " ").contains(part),
            "{part} is not in\n{stdout}"
        );
    }
    let read = |name: &str| fs::read(place.0.path().join("output/b2b-journeys").join(name)).unwrap();
    let first = [
        read("journeys.json"),
        read("charts/attribution.svg"),
        read("charts/journey-times.png"),
    ];
    let (code, _, stderr) = place.run("journeys b2b.toml --plan customer-care --sample 20 --quiet");
    assert_eq!(code, 0, "{stderr}");
    let again = [
        read("journeys.json"),
        read("charts/attribution.svg"),
        read("charts/journey-times.png"),
    ];
    assert_eq!(first, again, "the same bytes");
    let json: serde_json::Value = serde_json::from_slice(&first[0]).unwrap();
    assert_eq!(json["files"].as_object().unwrap().len(), 4);
    assert_eq!(json["sample"]["plan"], "customer-care");
    // A run's folder is not overwritten by journeys.
    let (code, _, _) = place.run("run minimal.toml --reps 20 --no-charts --quiet --out kept");
    assert_eq!(code, 0);
    place.refused(
        "journeys minimal.toml --sample 20 --out kept",
        &["kept holds files", "--out"],
    );
    place.refused("journeys b2b.toml --sample 3", &["20 to 1,000,000"]);
    place.refused(
        "journeys b2b.toml --plan todey",
        &["no plan todey", "did you mean today?"],
    );
}
