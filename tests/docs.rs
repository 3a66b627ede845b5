//! The pages of documentation: links lead somewhere, every page is reachable, what is said of files is what is written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

mod support {
    pub mod dictionary;
}

use assert_cmd::Command;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use support::dictionary::{compare, page, root, rows_below};

/// README, changelog and every page below `docs/`.
fn pages() -> Vec<String> {
    let mut names = vec!["README.md".to_owned(), "CHANGELOG.md".to_owned()];
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") {
            names.push(format!("docs/{name}"));
        }
    }
    names.sort();
    names
}

/// Lines outside fenced blocks of code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    })
}

/// Targets of links and pictures, `[…](TARGET)`.
fn links(text: &str) -> Vec<String> {
    let target = |rest: &str| {
        let end = rest.find([')', ' '])?;
        Some(rest[..end].to_owned())
    };
    prose(text)
        .flat_map(|line| line.split("](").skip(1))
        .filter_map(target)
        .collect()
}

/// What a heading is called in a link: small letters, digits, hyphens for spaces.
fn slug(heading: &str) -> String {
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text).filter(|line| line.starts_with('#')).map(slug);
    let told = text.split("<a id=\"").skip(1);
    let told = told.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
    headings.chain(told).collect()
}

/// A path without `..`.
fn resolved(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut found, part| {
        match part {
            Component::ParentDir => {
                found.pop();
            }
            part => found.push(part),
        }
        found
    })
}

/// Every relative link as file (from the root) and anchor.
fn relative_links(name: &str) -> Vec<(String, Option<String>)> {
    let folder = Path::new(name).parent().unwrap().to_owned();
    links(&page(name))
        .into_iter()
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .map(|target| {
            let (file, anchor) = match target.split_once('#') {
                Some((file, anchor)) => (file.to_owned(), Some(anchor.to_owned())),
                None => (target, None),
            };
            let file = if file.is_empty() {
                name.to_owned()
            } else {
                resolved(&folder.join(file)).to_string_lossy().into_owned()
            };
            (file, anchor)
        })
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut broken = Vec::new();
    let mut seen = 0;
    for name in pages() {
        for (file, anchor) in relative_links(&name) {
            seen += 1;
            if !root().join(&file).exists() {
                broken.push(format!("{name}: {file} does not exist"));
            } else if let Some(anchor) = anchor
                && !anchors(&page(&file)).contains(&anchor)
            {
                broken.push(format!("{name}: {file} has no heading #{anchor}"));
            }
        }
    }
    assert!(seen > 200, "{seen}");
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_page_is_reached_from_the_readme() {
    let mut reached = BTreeSet::new();
    let mut open = vec!["README.md".to_owned()];
    while let Some(name) = open.pop() {
        if reached.insert(name.clone()) {
            let next = relative_links(&name).into_iter().map(|(file, _)| file);
            open.extend(next.filter(|file| file.ends_with(".md") && root().join(file).exists()));
        }
    }
    let lost: Vec<String> = pages()
        .into_iter()
        .filter(|page| !reached.contains(page))
        .collect();
    assert!(lost.is_empty(), "nothing leads to {lost:?}");
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = page("Cargo.toml");
    let told = page("docs/dependencies.md");
    let told: BTreeSet<&str> = told
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" |").next())
        .flat_map(|names| names.split(", "))
        .collect();
    let mut used = 0;
    for part in ["[dependencies]", "[dev-dependencies]"] {
        let (_, rest) = manifest.split_once(&format!("\n{part}\n")).unwrap();
        for line in rest.lines().take_while(|line| !line.starts_with('[')) {
            if let Some((name, _)) = line.split_once(" = ") {
                used += 1;
                assert!(told.contains(name), "docs/dependencies.md lacks {name}");
            }
        }
    }
    assert!(used > 20, "{used}");
}

/// Files of a folder and below, with `/`, from the root.
fn files_below(folder: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            files_below(&name, found);
        } else {
            found.push(name);
        }
    }
}

#[test]
fn architecture_names_what_is_there() {
    let text = page("docs/architecture.md");
    let mut files = Vec::new();
    for folder in ["src", "tests", "benches"] {
        files_below(folder, &mut files);
    }
    let code = text.split('`').skip(1).step_by(2);
    for name in code.filter(|name| name.ends_with(".rs") && !name.contains('…')) {
        let end = format!("/{name}");
        let is_there = files.iter().any(|file| file == name || file.ends_with(&end));
        assert!(
            is_there,
            "docs/architecture.md speaks of {name}, which is not there"
        );
    }
    for file in &files {
        let mut parts = file.split('/');
        let (top, second) = (parts.next(), parts.next().unwrap());
        let named = match (top, second.strip_suffix(".rs")) {
            (Some("tests"), Some(_)) => text.contains(second) || text.contains(&second.replace(".rs", "/")),
            (Some("src"), None) => text.contains(&format!("`{second}`")),
            _ => true,
        };
        assert!(named, "docs/architecture.md does not speak of {file}");
    }
}

#[test]
fn the_gallery_shows_every_chart() {
    let shown = page("docs/gallery.md");
    let script = page("docs/gallery.sh");
    for chart in gtm_sim::charts::CHARTS {
        assert!(
            shown.contains(&format!("(images/{}.png)", chart.key)),
            "{}",
            chart.key
        );
        assert!(script.contains(chart.key), "{}", chart.key);
    }
}

/// Runs the command in a folder of its own beside the shipped scenarios; its stdout.
fn say(place: &Path, words: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_gtm-sim"))
        .current_dir(place)
        .args(words.split_whitespace())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    for name in ["minimal", "b2b", "consumer_goods"] {
        let file = format!("{name}.toml");
        fs::copy(root().join("scenarios").join(&file), place.path().join(&file)).unwrap();
    }
    place
}

/// With target and cash; without, and draws that contradict; one plan and too few futures for next steps; nothing to
/// take from a role.
const RUNS: [&str; 4] = [
    "b2b.toml --reps 200",
    "minimal.toml --reps 300 --set channels.search.doubling_adds={low=0.2,high=0.95}",
    "minimal.toml --reps 64 --plans today",
    "minimal.toml --reps 200 --set plans.today.marketing_share=0.9",
];

#[test]
fn results_page_is_the_dictionary_of_what_is_written() {
    let place = place();
    let mut documents = Vec::new();
    let text = page("docs/results.md");
    let columns = |file| {
        let rows = rows_below(&text, file).into_iter();
        rows.map(|(column, _)| column).collect::<Vec<String>>()
    };
    for run in RUNS {
        let stdout = say(
            place.path(),
            &format!("run {run} --no-charts --format json --out out"),
        );
        let results: Value = serde_json::from_str(&stdout).unwrap();
        let header = |file: &str| {
            let mut table = csv::Reader::from_path(place.path().join("out").join(file)).unwrap();
            let header = table.headers().unwrap().clone();
            header.iter().map(str::to_owned).collect::<Vec<String>>()
        };
        let measures = results["measures"].as_array().unwrap();
        let measures = measures
            .iter()
            .map(|measure| measure["id"].as_str().unwrap().to_owned());
        let mut wanted = columns("replications.csv");
        assert_eq!(wanted.pop().as_deref(), Some("MEASURE"));
        wanted.extend(measures);
        assert_eq!(header("replications.csv"), wanted, "{run}");
        assert_eq!(header("weekly.csv"), columns("weekly.csv"), "{run}");
        documents.push(results);
    }
    for run in COMPARISONS {
        say(place.path(), &format!("compare {run} --no-charts --out out"));
        let written = fs::read(place.path().join("out/results.json")).unwrap();
        documents.push(serde_json::from_slice(&written).unwrap());
    }
    compare("docs/results.md", "results.json", &documents);
}

/// Splits with a range that is told, and one that is not; more futures for some; a ratio; a switch point, and none; target and cash.
const COMPARISONS: [&str; 6] = [
    "minimal.toml --sweep 10..90:20 --reps 60",
    "minimal.toml --sweep 10..90:20 --reps 60 --precision 40%",
    "minimal.toml --reps 400 --switch segments.firms.deals.win_rate",
    "minimal.toml --splits 25,26 --max-reps 1010 --precision 0.001%",
    "minimal.toml --reps 60 --set scenario.objective=\"cac\" --switch work.new_lead_share",
    "b2b.toml --reps 40 --plans today,sales-led --switch plans.sales-led.marketing_share --between 0.1..0.5",
];

#[test]
fn compare_page_is_the_dictionary_of_comparison_json() {
    let place = place();
    let documents: Vec<Value> = COMPARISONS
        .iter()
        .map(|run| {
            let said = say(
                place.path(),
                &format!("compare {run} --no-charts --out out --format json"),
            );
            serde_json::from_str(&said).unwrap_or_else(|error| panic!("{run}: {error}"))
        })
        .collect();
    compare("docs/compare.md", "comparison.json", &documents);
}

/// As shipped; impossible, odd and broken ones.
const CHECKS: [&str; 10] = [
    "b2b.toml",
    "b2b.toml --set actuals.customers_lost=0",
    "consumer_goods.toml",
    "minimal.toml",
    "minimal.toml --set segments.firms.leads.in_market={low=0.015,high=0.06}",
    "minimal.toml --set work.new_lead_share=1",
    "minimal.toml --set budget.anual=2",
    "hazard.toml",
    "broken.toml",
    "nothing.toml",
];

#[test]
fn check_page_is_the_dictionary_of_what_check_prints() {
    let place = place();
    fs::write(place.path().join("broken.toml"), "[scenario\n").unwrap();
    fs::write(place.path().join("nothing.toml"), "").unwrap();
    let typed = page("scenarios/minimal.toml")
        .replace("leads_per_week_today = 6", "lead_hazard_per_week = 0.02")
        .replace(", lead_half_life_weeks = 1.5", "");
    fs::write(place.path().join("hazard.toml"), typed).unwrap();
    let documents: Vec<Value> = CHECKS
        .iter()
        .map(|file| serde_json::from_str(&say(place.path(), &format!("check {file} --format json"))).unwrap())
        .collect();
    compare("docs/check.md", "JSON", &documents);
}

/// Key and whether it is one of several: `spend`.CHANNEL.
fn declared(text: &str) -> BTreeMap<String, bool> {
    text.lines()
        .filter_map(|line| {
            let (id, rest) = line.strip_prefix("| `")?.split_once('`')?;
            Some((id.to_owned(), rest.starts_with('.')))
        })
        .collect()
}

#[test]
fn measures_page_knows_every_measure_and_series_that_is_written() {
    let place = place();
    let text = page("docs/measures.md");
    let (measures, rest) = text.split_once("\n## Weekly series\n").unwrap();
    let (measures, series) = (declared(measures), declared(rest.split("\n## ").next().unwrap()));
    let known = |declared: &BTreeMap<String, bool>, id: &str| {
        let of_several = |(id, _): (&str, &str)| declared.get(id) == Some(&true);
        declared.get(id) == Some(&false) || id.split_once('.').is_some_and(of_several)
    };
    let mut differences = BTreeSet::new();
    for run in RUNS {
        let stdout = say(
            place.path(),
            &format!("run {run} --no-charts --format json --out out"),
        );
        let results: Value = serde_json::from_str(&stdout).unwrap();
        for measure in results["measures"].as_array().unwrap() {
            let id = measure["id"].as_str().unwrap();
            assert!(known(&measures, id), "docs/measures.md lacks the measure {id}");
        }
        let mut table = csv::Reader::from_path(place.path().join("out/weekly.csv")).unwrap();
        for row in table.records() {
            let id = row.unwrap()[2].to_owned();
            match id.strip_prefix("difference.") {
                Some(of) => {
                    assert!(known(&series, of), "docs/measures.md lacks the series {of}");
                    differences.insert(id);
                }
                None => assert!(known(&series, &id), "docs/measures.md lacks the series {id}"),
            }
        }
    }
    for id in differences {
        assert!(page("docs/results.md").contains(&format!("`{id}`")), "{id}");
    }
}

#[test]
fn every_chart_is_listed() {
    let told: Vec<String> = rows_below(&page("docs/results.md"), "charts")
        .into_iter()
        .map(|(file, _)| file.trim_start_matches("charts/").to_owned())
        .collect();
    let drawn: Vec<&str> = gtm_sim::charts::CHARTS.iter().map(|chart| chart.key).collect();
    assert_eq!(told, drawn);
}

/// Everything that may be asked at once; as little as can be; a search that changes no split.
const SEARCHES: [&str; 3] = [
    "minimal.toml --reps 200 --phases 26 --vary split,budget --by cvar --frontier --response --set optimize.step=25 --set today.cash=1e8 --set optimize.least_cash=0 --set optimize.most_budget=1.25",
    "minimal.toml --reps 64 --set optimize.step=10 --set plans.today.marketing_share=0.9 --response --set scenario.target={revenue=2e6} --by target",
    "minimal.toml --reps 200 --vary budget --set optimize.step=25 --set plans.today.marketing_share=0.95",
];

#[test]
fn optimize_page_is_the_dictionary_of_what_a_search_finds() {
    let place = place();
    let documents: Vec<Value> = SEARCHES
        .iter()
        .map(|search| {
            let stdout = say(
                place.path(),
                &format!("optimize {search} --format json --out out"),
            );
            serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{search}: {error}\n{stdout}"))
        })
        .collect();
    compare("docs/optimize.md", "optimum.json", &documents);
    let several = "optimize minimal.toml b2b.toml --reps 64 --set scenario.weeks=52 --bounds 20..30 --set optimize.step=10 --weights 2,1";
    let stdout = say(place.path(), &format!("{several} --format json --out several"));
    compare(
        "docs/optimize.md",
        "robust.json",
        &[serde_json::from_str(&stdout).unwrap()],
    );
}
