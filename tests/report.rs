//! Documents read back, and the folder of results whatever fails while it is written.

// Helpers of tests fail the test, as the tests do.
#![allow(clippy::unwrap_used)]

use gtm_sim::analysis::compare::{self, Asked};
use gtm_sim::analysis::findings::Findings;
use gtm_sim::engine::simulate::{Control, Lived, Run, simulate};
use gtm_sim::outcome::series;
use gtm_sim::report::csv::{self, Rows};
use gtm_sim::report::disk::{Document, Guard, OutputError, Step, Unguarded};
use gtm_sim::report::output::Folder;
use gtm_sim::report::{json, stored};
use gtm_sim::scenario_file;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

fn lived(futures: u64) -> (Findings, Lived) {
    let text = include_str!("../scenarios/minimal.toml");
    let document = scenario_file::read(text, "minimal.toml").unwrap().value;
    let run = Run {
        plans: vec![0, 1],
        seed: 7,
        replications: 0..futures,
        threads: 1,
        weekly_replications: 100,
    };
    let lived = simulate(&document.scenario, &run, &Control::default()).unwrap();
    let asked = Asked {
        scenario: &document.scenario,
        plans: &run.plans,
        aim: &document.aim,
        file: "minimal.toml",
        sha256: &document.sha256,
        settings: &[],
        seed: 7,
    };
    let weekly = series::reduce(&lived.weekly);
    (compare::findings(&asked, &lived, weekly), lived)
}

/// Everything below a folder, by path; a lock or a half-written folder would be seen.
fn everything(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(below) = left.pop() {
        for entry in fs::read_dir(below).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn documents(findings: &Findings, text: &'static str) -> Vec<Document<'static>> {
    let _ = findings;
    ["replications.csv", "weekly.csv", "charts/a.svg"]
        .map(|path| Document {
            path: path.to_owned(),
            write: Box::new(move |to| (0..3000).try_for_each(|line| writeln!(to, "{path} {text} {line}"))),
        })
        .into()
}

fn write(
    folder: &Path,
    guard: &dyn Guard,
    findings: &Findings,
    text: &'static str,
) -> Result<Vec<String>, OutputError> {
    let folder = Folder::claim(folder, guard)?;
    let written = folder.replace(&documents(findings, text), &|files| {
        let mut findings = findings.clone();
        findings.files.clone_from(files);
        json::results(&findings).map_err(io::Error::other)
    })?;
    Ok(written.remarks)
}

#[test]
fn results_read_back_equal() {
    let (mut findings, _) = lived(300);
    let bytes = json::results(&findings).unwrap();
    let read = json::read(&bytes).unwrap();
    // Weekly series are in weekly.csv.
    findings.weekly = gtm_sim::outcome::series::Weekly::default();
    assert_eq!(read, findings);
    assert_eq!(json::results(&read).unwrap(), bytes);
    let text = String::from_utf8(bytes).unwrap();
    assert!(!text.contains("NaN") && !text.contains("inf"));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    for key in [
        "format",
        "law",
        "version",
        "scenario",
        "measures",
        "plans",
        "comparison",
        "files",
    ] {
        assert!(value.get(key).is_some(), "{key}");
    }
    let summary = &value["plans"][0]["measures"]["value"];
    for key in [
        "mean",
        "mean_error",
        "sd",
        "p05",
        "p10",
        "p25",
        "p50",
        "p75",
        "p90",
        "p95",
        "errors",
        "undefined_in",
    ] {
        assert!(summary.get(key).is_some(), "{key}");
    }
    assert_eq!(summary["dots"]["20"].as_array().unwrap().len(), 20);
    assert!(value["comparison"]["plans"][0]["better_in"].is_number());
}

#[test]
fn replications_csv_holds_every_measure_of_every_plan() {
    let (findings, lived) = lived(20);
    let mut bytes = Vec::new();
    csv::replications(&lived.outcomes, &["today", "more"], Rows::First, &mut bytes).unwrap();
    let mut table = ::csv::Reader::from_reader(bytes.as_slice());
    let heads: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(&heads[..2], ["plan", "replication"]);
    let ids: Vec<&str> = findings
        .measures
        .iter()
        .map(|measure| measure.id.as_str())
        .collect();
    assert_eq!(&heads[2..], ids);
    let rows: Vec<::csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 40);
    assert_eq!((&rows[2][0], &rows[2][1]), ("today", "2"));
    for (index, reading) in lived.outcomes.readings.iter().enumerate() {
        for plan in 0..2 {
            let values = gtm_sim::outcome::estimate::values(&lived.outcomes, reading, plan);
            for (replication, expected) in values.into_iter().enumerate() {
                let cell = &rows[replication * 2 + plan][index + 2];
                if expected.is_finite() {
                    assert_eq!(cell.parse::<f64>().unwrap(), expected, "{}", reading.id);
                } else {
                    assert_eq!(cell, "", "{}", reading.id);
                }
            }
        }
    }
}

#[test]
fn replications_csv_is_cut_at_whole_futures_unless_all_are_asked_for() {
    let (_, mut lived) = lived(2);
    lived.outcomes.replications = 60_000;
    assert_eq!(Rows::First.futures(&lived.outcomes), 50_000);
    assert_eq!(Rows::All.futures(&lived.outcomes), 60_000);
    lived.outcomes.plans = 3;
    assert_eq!(Rows::First.futures(&lived.outcomes), 33_333);
}

#[test]
fn weekly_csv_holds_every_band() {
    let (findings, _) = lived(100);
    let mut bytes = Vec::new();
    csv::weekly(&findings.weekly, &["today", "more"], &mut bytes).unwrap();
    let mut table = ::csv::Reader::from_reader(bytes.as_slice());
    let heads = table.headers().unwrap().iter().collect::<Vec<_>>().join(",");
    assert_eq!(heads, "plan,week,series,mean,p5,p10,p25,p50,p75,p90,p95");
    let rows: Vec<::csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), findings.weekly.bands.len());
    for (row, band) in rows.iter().zip(&findings.weekly.bands) {
        for (cell, expected) in [(3, band.mean), (4, band.p05), (10, band.p95)] {
            let got: f64 = row[cell].parse().unwrap();
            assert!(
                (got - expected).abs() <= 5e-7 * expected.abs(),
                "{got} {expected}"
            );
            assert!(row[cell].len() <= 14, "{}", &row[cell]);
        }
    }
    assert!(
        rows.iter()
            .any(|row| &row[2] == "difference.contribution_to_date")
    );
}

#[test]
fn a_folder_is_written_read_and_replaced() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("new/deep/out");
    let (findings, _) = lived(30);
    assert!(write(&out, &Unguarded, &findings, "first").unwrap().is_empty());
    let first = everything(place.path());
    assert_eq!(first.len(), 4, "{:?}", first.keys());
    let read = stored::read(&out).unwrap();
    assert_eq!(read.files.len(), 3);
    assert!(write(&out, &Unguarded, &findings, "first").unwrap().is_empty());
    assert_eq!(everything(place.path()), first);
    write(&out, &Unguarded, &findings, "second").unwrap();
    assert_ne!(everything(place.path()), first);
    stored::read(&out).unwrap();
    fs::write(out.join("weekly.csv"), "of another run").unwrap();
    let error = stored::read(&out).unwrap_err().to_string();
    assert!(error.contains("weekly.csv does not belong"), "{error}");
}

/// Fails one step, the `at`-th that it is asked about.
struct Saboteur {
    at: usize,
    asked: Cell<usize>,
    kind: ErrorKind,
    failed: RefCell<Option<Step>>,
    /// Whether the system cannot exchange folders.
    no_exchange: bool,
}

impl Guard for Saboteur {
    fn before(&self, step: Step, _path: &Path) -> io::Result<()> {
        let asked = self.asked.get();
        self.asked.set(asked + 1);
        if asked == self.at {
            *self.failed.borrow_mut() = Some(step);
            return Err(self.kind.into());
        }
        if self.no_exchange && step == Step::Exchange {
            return Err(io::Error::from_raw_os_error(22));
        }
        Ok(())
    }
}

#[test]
fn whatever_fails_the_previous_result_stays_whole() {
    let (findings, _) = lived(30);
    for kind in [
        ErrorKind::StorageFull,
        ErrorKind::PermissionDenied,
        ErrorKind::Other,
    ] {
        let mut steps = Vec::new();
        for at in 0.. {
            let place = tempfile::tempdir().unwrap();
            let out = place.path().join("out");
            write(&out, &Unguarded, &findings, "old").unwrap();
            let old = everything(place.path());
            let saboteur = Saboteur {
                at,
                asked: Cell::new(0),
                kind,
                failed: RefCell::new(None),
                no_exchange: false,
            };
            let result = write(&out, &saboteur, &findings, "new");
            let Some(step) = *saboteur.failed.borrow() else {
                result.unwrap();
                break;
            };
            steps.push(step);
            if result.is_err() {
                assert_eq!(everything(place.path()), old, "{step:?} {at}");
            } else {
                // Beyond the exchange only tidying is left, and the first lock has a second place.
                assert!(
                    matches!(step, Step::Remove | Step::Sync | Step::Lock),
                    "{step:?} {at}"
                );
            }
            stored::read(&out).unwrap();
            // The next run is not disturbed by what was left.
            assert!(write(&out, &Unguarded, &findings, "next").unwrap().is_empty());
            assert_eq!(everything(place.path()).len(), 4);
        }
        for step in [
            Step::Lock,
            Step::MakeFolder,
            Step::Create,
            Step::Write,
            Step::Sync,
            Step::Exchange,
            Step::Remove,
        ] {
            assert!(steps.contains(&step), "{step:?} was never failed");
        }
    }
}

#[test]
fn without_an_exchange_a_reader_sees_the_old_the_new_or_a_refusal() {
    let (findings, _) = lived(30);
    for at in 0.. {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("out");
        write(&out, &Unguarded, &findings, "old").unwrap();
        let old = everything(&out);
        let saboteur = Saboteur {
            at,
            asked: Cell::new(0),
            kind: ErrorKind::Other,
            failed: RefCell::new(None),
            no_exchange: true,
        };
        let result = write(&out, &saboteur, &findings, "new");
        let now = everything(&out);
        if result.is_err() && now != old {
            assert!(stored::read(&out).is_err(), "a mixed set was believed");
        }
        if result.is_ok() && !matches!(*saboteur.failed.borrow(), Some(Step::Exchange)) {
            stored::read(&out).unwrap();
            assert_eq!(now.keys().collect::<Vec<_>>(), old.keys().collect::<Vec<_>>());
        }
        if saboteur.failed.borrow().is_none() {
            assert_ne!(now, old);
            break;
        }
    }
}

#[test]
fn the_errors_say_what_to_do() {
    let place = tempfile::tempdir().unwrap();
    let (findings, _) = lived(30);
    let file = place.path().join("file");
    fs::write(&file, "mine").unwrap();
    let error = write(&file, &Unguarded, &findings, "x").unwrap_err();
    assert!(matches!(error, OutputError::NotAFolder(_)), "{error}");
    let error = write(&file.join("below"), &Unguarded, &findings, "x").unwrap_err();
    assert!(matches!(error, OutputError::NotAFolder(_)), "{error}");
    let error = write(place.path(), &Unguarded, &findings, "x").unwrap_err();
    assert!(error.to_string().contains("did not write"), "{error}");
    let error = write(Path::new("/"), &Unguarded, &findings, "x").unwrap_err();
    assert!(matches!(error, OutputError::Foreign(_)), "{error}");
    assert_eq!(everything(place.path()).len(), 1);
    for (kind, words) in [
        (ErrorKind::StorageFull, "no space is left"),
        (ErrorKind::ReadOnlyFilesystem, "may not be written"),
        (ErrorKind::Interrupted, "interrupted"),
    ] {
        let out = place.path().join("out");
        let full = Saboteur {
            at: 6,
            asked: Cell::new(0),
            kind,
            failed: RefCell::new(None),
            no_exchange: false,
        };
        let error = write(&out, &full, &findings, "x").unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        assert!(!out.exists());
    }
}

#[test]
fn a_parent_that_may_not_be_written_is_told_before_the_work() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let parent = place.path().join("closed");
    fs::create_dir(&parent).unwrap();
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(parent.join("probe"), "").is_ok() {
        // Root may write anywhere.
        return;
    }
    let error = Folder::claim(&parent.join("out"), &Unguarded).unwrap_err();
    assert!(matches!(error, OutputError::Denied(_)), "{error}");
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn two_runs_do_not_write_into_one_folder() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let first = Folder::claim(&out, &Unguarded).unwrap();
    let error = Folder::claim(&out, &Unguarded).unwrap_err();
    assert!(matches!(error, OutputError::Busy(_)), "{error}");
    drop(first);
    drop(Folder::claim(&out, &Unguarded).unwrap());
    assert!(everything(place.path()).is_empty());
}

#[test]
fn files_of_the_planner_are_carried_over_and_old_ones_of_ours_go() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let (findings, _) = lived(30);
    let extra = Document {
        path: "charts/old.svg".to_owned(),
        write: Box::new(|to| to.write_all(b"old")),
    };
    let folder = Folder::claim(&out, &Unguarded).unwrap();
    let mut all = documents(&findings, "old");
    all.push(extra);
    folder
        .replace(&all, &|files| {
            let mut findings = findings.clone();
            findings.files.clone_from(files);
            json::results(&findings).map_err(io::Error::other)
        })
        .unwrap();
    drop(folder);
    fs::write(out.join("notes.txt"), "mine").unwrap();
    fs::write(out.join("charts/mine.png"), "mine").unwrap();
    assert!(write(&out, &Unguarded, &findings, "new").unwrap().is_empty());
    let now = everything(&out);
    assert_eq!(now["notes.txt"], b"mine");
    assert_eq!(now["charts/mine.png"], b"mine");
    assert!(!now.contains_key("charts/old.svg"));
    assert_eq!(now.len(), 6);
}
