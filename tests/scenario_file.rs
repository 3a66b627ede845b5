//! Scenario files: shipped ones are read, wrong ones are explained, nothing panics.

#![allow(clippy::unwrap_used, clippy::panic)]

use gtm_sim::chance::key::name_hash;
use gtm_sim::model::scenario::{ChannelLeads, Hazard, ResponseScale};
use gtm_sim::model::segment::{Churn, CustomerModel, DealValue};
use gtm_sim::scenario_file::{self, Checked, Document, Files, Request};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn shipped(name: &str) -> String {
    std::fs::read_to_string(root().join("scenarios").join(format!("{name}.toml"))).unwrap()
}

fn good(text: &str) -> Checked<Document> {
    scenario_file::read(text, "test.toml").unwrap_or_else(|report| panic!("{}", report.render(false)))
}

/// What is said about a file, warnings included.
fn said(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let request = Request {
        name,
        bytes: &bytes,
        settings: &[],
        files: &Beside(path.parent().unwrap()),
    };
    match scenario_file::load(&request) {
        Ok(checked) => checked.render_warnings(false),
        Err(report) => report.render(false),
    }
}

/// The files beside a scenario.
struct Beside<'a>(&'a Path);

impl Files for Beside<'_> {
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        std::fs::read(self.0.join(path))
    }

    fn names(&self, folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.join(folder)).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("scenario_file/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// Limits against accidents, in files too long to be kept.
#[test]
fn limits_are_named() {
    let repeat = |piece: &dyn Fn(usize) -> String, n: usize| (1..=n).map(piece).collect::<String>();
    let minimal = shipped("minimal");
    let (head, segment) = minimal.split_once("[segments.firms]").unwrap();
    let (segment, finance) = segment.split_once("[finance]").unwrap();
    let plan = |i: usize| format!("\n[plans.p{i}]\nmarketing_share = 0.4\n");
    let of_segment = |i: usize| format!("[segments.s{i}]{segment}");
    let segments = format!(
        "{}\n{}\n[finance]{finance}\ntail_weeks = 1040\n",
        head.replace("weeks    = 52", "weeks    = 1040")
            .replace("firms = 60", "s1 = 60"),
        repeat(&of_segment, 120)
    );
    let cases = [
        ("limit-of-work", format!("{segments}{}", repeat(&plan, 120))),
        ("limit-of-names", format!("{minimal}{}", repeat(&plan, 1_001))),
        ("limit-of-length", format!("{minimal}{}", "#".repeat(5 << 20))),
        (
            "limit-of-mistakes",
            format!("{minimal}{}", repeat(&|i| format!("key{i} = 1\n"), 60)),
        ),
    ];
    snapshots().bind(|| {
        for (name, text) in cases {
            let report = scenario_file::read(&text, "limit.toml").unwrap_err();
            let said = report.render(false);
            // Of many mistakes the first and the last tell how it looks.
            let (first, last) = (said.lines().take(12), said.lines().skip(12).last());
            let shown: Vec<&str> = first.chain(last).collect();
            insta::assert_snapshot!(name, shown.join("\n"));
        }
    });
}

#[test]
fn wrong_files_are_explained() {
    let folder = root().join("tests/scenario_file/bad");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 25);
    snapshots().bind(|| {
        for file in files {
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            let said = said(&file);
            assert!(!said.is_empty(), "nothing is said about {name}");
            insta::assert_snapshot!(name, said);
        }
    });
}

#[test]
fn advice_fits_the_terminal() {
    let text = shipped("minimal").replace("leads_per_week_today = 6", "leads_per_week_today = 60");
    let report = scenario_file::read(&text, "test.toml").unwrap_err();
    let advice = |said: String| {
        let lines = said.lines().skip_while(|line| !line.contains("= help: "));
        lines.map(|line| line.chars().count()).max().unwrap()
    };
    assert!(advice(report.render(false)) > 150);
    for width in [60, 80] {
        assert!(advice(report.render_within(false, Some(width))) <= width);
    }
}

/// What is offered where leads are more than occasions is no guess.
#[test]
fn leads_fit_as_it_is_offered() {
    let file = root().join("tests/scenario_file/bad/more-leads-than-occasions.toml");
    let said = said(&file);
    let offered = said.split("segments.firms.leads.in_market = ").nth(1).unwrap();
    let offered = offered.split(',').next().unwrap();
    let text = std::fs::read_to_string(file).unwrap();
    let mended = text.replace("in_market = 0.06", &format!("in_market = {offered}"));
    assert_ne!(text, mended);
    good(&mended);
}

#[test]
fn shipped_scenarios_are_read_without_a_word() {
    for entry in std::fs::read_dir(root().join("scenarios")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let checked = good(&shipped(name));
        assert!(checked.warnings.is_empty(), "{}", checked.render_warnings(false));
    }
}

#[test]
fn things_keep_the_order_of_the_file() {
    let scenario = good(&shipped("b2b")).value.scenario;
    let plans: Vec<&str> = scenario.plans.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(
        plans,
        [
            "today",
            "sales-led",
            "marketing-led",
            "build-then-harvest",
            "customer-care"
        ]
    );
    let channels: Vec<&str> = scenario.channels.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(channels, ["search", "content", "brand"]);
    let roles: Vec<&str> = scenario.roles.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(roles, ["ae", "sdr", "success"]);
    assert_eq!(scenario.plans[0].roles, [0.58, 0.22, 0.20]);
}

#[test]
fn a_plan_says_only_what_differs() {
    let scenario = good(&shipped("b2b")).value.scenario;
    let [today, sales_led, _, phased, care] = scenario.plans.as_slice() else {
        panic!("five plans")
    };
    assert_eq!(sales_led.channels, today.channels);
    assert_eq!(sales_led.phases[0].marketing_share, 0.20);
    assert_eq!(phased.phases.len(), 2);
    assert_eq!(phased.phases[0].weeks, Some(26));
    assert_eq!(phased.phases[1].weeks, None);
    assert_eq!(phased.roles, today.roles);
    assert_eq!(care.channels, today.channels);
    assert_eq!(care.roles, [0.50, 0.20, 0.30]);
}

#[test]
fn what_the_minimal_scenario_says_arrives() {
    let document = good(&shipped("minimal")).value;
    let scenario = &document.scenario;
    assert_eq!(document.replications, 1_000);
    assert_eq!(document.aim.objective.id, "value");
    assert_eq!(scenario.plans[0].channels, [1.0]);
    assert_eq!(scenario.today.customers, [60.0]);
    assert_eq!(scenario.today.team, [None]);
    assert_eq!(scenario.channels[0].leads, ChannelLeads::PerWeekToday(6.0));
    assert!(matches!(
        scenario.channels[0].scale,
        ResponseScale::DoublingAdds(_)
    ));
    assert_eq!(scenario.roles[0].attrition, Hazard::YearlyShare(0.25));
    let segment = &scenario.segments[0];
    assert_eq!(segment.accounts, 5_000);
    assert_eq!(segment.customers.model, CustomerModel::Subscription);
    assert_eq!(segment.customers.churn, Churn::Flat(Hazard::YearlyShare(0.12)));
    assert_eq!(
        segment.deals.value,
        DealValue::LogNormal {
            median: 18_000.0,
            sigma: 0.6
        }
    );
    assert!(scenario.finance.tail_weeks == 0 && scenario.budget.seasonality.is_empty());
}

#[test]
fn every_unknown_reaches_its_number() {
    for name in ["minimal", "b2b"] {
        let mut scenario = good(&shipped(name)).value.scenario;
        let unknowns = scenario.unknowns.clone();
        assert!(!unknowns.is_empty());
        for unknown in unknowns {
            let typical = unknown.distribution.typical();
            let told = (unknown.parameter.at)(&mut scenario, unknown.item);
            assert_eq!(told.copied(), Some(typical), "{}", unknown.path);
            assert_eq!(unknown.key, name_hash(&unknown.path));
        }
    }
}

#[test]
fn a_distribution_stands_where_a_number_can() {
    let forms = [
        "{ low = 0.1, high = 0.3 }",
        "{ low = 0.1, typical = 0.2, high = 0.4 }",
        "{ pert = [0.1, 0.2, 0.3] }",
        "{ triangular = [0.1, 0.2, 0.3] }",
        "{ uniform = [0.1, 0.3] }",
        "{ normal = [0.2, 0.05] }",
        "{ lognormal = [0.2, 0.2] }",
        "{ beta = [4, 16] }",
        "{ gamma = [4, 0.05] }",
        "{ discrete = [[0.3, 1], [0.2, 3]] }",
        "{ samples = [0.3, 0.1, 0.2] }",
    ];
    for form in forms {
        let text = shipped("minimal").replace("{ low = 0.17, typical = 0.22, high = 0.28 }", form);
        let scenario = good(&text).value.scenario;
        let win_rate = scenario.segments[0].deals.win_rate;
        assert!((0.1..=0.3).contains(&win_rate), "{form}: {win_rate}");
        assert!(
            scenario
                .unknowns
                .iter()
                .any(|unknown| unknown.path == "segments.firms.deals.win_rate")
        );
    }
}

#[test]
fn the_hash_is_of_what_is_said() {
    let text = shipped("minimal");
    let hash = good(&text).value.sha256;
    assert_eq!(hash.len(), 64);
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(good(&windows).value.sha256, hash);
    let commented = format!("# another comment\n{}", text.replace("  ", " "));
    assert_eq!(good(&commented).value.sha256, hash);
    let other = text.replace("0.33", "0.34");
    assert_ne!(good(&other).value.sha256, hash);
}

#[test]
fn hostile_bytes_are_answered() {
    let deep_key = format!("{}a = 1", "a.".repeat(200_000));
    let deep_list = format!("a = {}", "[".repeat(200_000));
    let deep_table = format!("a = {}", "{ b = ".repeat(100_000));
    let long_line = format!("[scenario]\nname = 3 {}", "x".repeat(2_000_000));
    let many = (0..20_000).map(|i| format!("k{i} = 1\n")).collect::<String>();
    let texts = [
        "",
        "\u{feff}",
        "\0",
        "[scenario]\nname = \"\0\"",
        "scenario = 3",
        "[[scenario]]",
        "é = \"",
        "[plans]\n\"\" = 3\n\"a\\nb\" = {}",
        &deep_key,
        &deep_list,
        &deep_table,
        &long_line,
        &many,
    ];
    for text in texts {
        let report = scenario_file::read(text, "hostile.toml").unwrap_err();
        assert!(!report.render(true).is_empty());
    }
    let report = scenario_file::read_bytes(b"[scenario]\nname = \"\xff\"", "latin.toml").unwrap_err();
    assert!(report.render(false).contains("line 2"));
}

#[test]
fn large_nonsense_is_answered_soon() {
    let repeat = |piece: &dyn Fn(usize) -> String, n: usize| (0..n).map(piece).collect::<String>();
    let texts = [
        repeat(&|i| format!("[segments.s{i}]\nacounts = 1\n"), 20_000),
        repeat(&|i| format!("[plans.p{i}]\nchannels = {{ a{i} = 1 }}\n"), 20_000),
        format!(
            "[plans.a]\nchannels = {{ {} }}",
            repeat(&|i| format!("x{i} = 0.1, "), 50_000)
        ),
        repeat(&|_| "x = ]\n".to_owned(), 60_000),
        repeat(&|_| "x = 1\n".to_owned(), 60_000),
        repeat(&|i| format!("k{i} = 1\n"), 200_000),
        format!("[segments.a]\naccounts = [{}]", "1, ".repeat(300_000)),
    ];
    for text in texts {
        let report = scenario_file::read(&text, "large.toml").unwrap_err();
        assert!(report.render(false).len() < 1_000_000);
    }
    let long = "#".repeat(5 << 20);
    assert!(
        scenario_file::read(&long, "long.toml")
            .unwrap_err()
            .render(false)
            .contains("too long")
    );
}

/// Cuts, doubles and overwrites pieces of a text.
fn mutated(text: &str, edits: &[(usize, usize, String)]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (at, length, instead) in edits {
        let at = at % bytes.len().max(1);
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, instead.bytes());
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(200)
    ))]

    #[test]
    fn nothing_panics(
        minimal in any::<bool>(),
        edits in prop::collection::vec(
            (any::<usize>(), 0usize..40, prop_oneof![
                Just(String::new()), Just("{".to_owned()), Just("]".to_owned()), Just("\"".to_owned()), Just("-1e308".to_owned()),
                Just(" = nan\n".to_owned()), Just("[[x]]\n".to_owned()), Just("0".to_owned()), Just("\u{1F600}".to_owned()), ".{0,6}",
            ]),
            1..5,
        ),
    ) {
        let text = shipped(if minimal { "minimal" } else { "b2b" });
        let bytes = mutated(&text, &edits);
        match scenario_file::read_bytes(&bytes, "mutated.toml") {
            Ok(checked) => { checked.render_warnings(true); }
            Err(report) => { prop_assert!(!report.render(true).is_empty()); }
        }
    }
}
