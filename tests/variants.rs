//! One scenario from another: files that extend files, settings laid over them, samples from the rows of a file.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests may fail them

use gtm_sim::chance::distribution::Distribution;
use gtm_sim::model::scenario::{ResponseScale, Scenario};
use gtm_sim::model::segment::Churn;
use gtm_sim::scenario_file::{self, Checked, Document, Files, Request};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

const MINIMAL: &str = include_str!("../scenarios/minimal.toml");
const B2B: &str = include_str!("../scenarios/b2b.toml");

/// Files in memory.
struct Shelf(BTreeMap<String, Vec<u8>>);

impl Shelf {
    fn new(files: &[(&str, &str)]) -> Self {
        let bytes = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
        let mut shelf = Self(files.iter().map(bytes).collect());
        for (name, text) in [("minimal.toml", MINIMAL), ("b2b.toml", B2B)] {
            shelf.0.insert(name.to_owned(), text.as_bytes().to_vec());
        }
        shelf
    }

    fn load(&self, text: &str, settings: &[&str]) -> Result<Checked<Document>, String> {
        let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
        let request = Request {
            name: "mine/plan.toml",
            bytes: text.as_bytes(),
            settings: &settings,
            files: self,
        };
        scenario_file::load(&request).map_err(|report| report.render(false))
    }

    fn good(&self, text: &str, settings: &[&str]) -> Checked<Document> {
        self.load(text, settings).unwrap_or_else(|said| panic!("{said}"))
    }

    fn wrong(&self, text: &str, settings: &[&str]) -> String {
        self.load(text, settings).err().unwrap()
    }
}

impl Files for Shelf {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let found = self.0.get(path.to_str().unwrap());
        found
            .cloned()
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn names(&self, folder: &Path) -> Vec<String> {
        let here = |name: &&String| Path::new(name).parent() == Some(folder);
        self.0.keys().filter(here).cloned().collect()
    }
}

fn extending(text: &str) -> Scenario {
    let text = format!("extends = \"b2b.toml\"\n{text}");
    Shelf::new(&[]).good(&text, &[]).value.scenario
}

fn set(settings: &[&str]) -> Document {
    Shelf::new(&[]).good(MINIMAL, settings).value
}

fn unset(settings: &[&str]) -> String {
    Shelf::new(&[]).wrong(MINIMAL, settings)
}

/// The message contains all of these.
fn says(said: &str, words: &[&str]) {
    for word in words {
        assert!(said.contains(word), "lacks {word:?}:\n{said}");
    }
}

#[test]
fn sections_merge_and_values_are_replaced_whole() {
    let base = extending("");
    let scenario = extending(
        r#"
        [plans.today]
        channels = { search = 1 }
        [today]
        cash = 1
        [environment.events.recession]
        multiplies = { orders = 0.9 }
        [segments.mid-market.deals]
        hours = { lead = 2 }
        win_rate = { low = 0.3, high = 0.4 }
        [segments.mid-market.customers]
        churn = { covered = 0.01 }
        [scenario]
        target = { wins = 300 }
        "#,
    );
    // A mix makes sense as a whole only.
    assert_eq!(scenario.plans[0].channels, [1.0, 0.0, 0.0]);
    assert_eq!(scenario.plans[0].roles, base.plans[0].roles);
    assert_eq!(
        (scenario.today.cash, &scenario.today.customers),
        (Some(1.0), &base.today.customers)
    );
    let multiplies = &scenario.environment.events[0].multiplies;
    assert_eq!((multiplies.orders, multiplies.in_market), (0.9, 0.8));
    let (deals, before) = (&scenario.segments[0].deals, &base.segments[0].deals);
    assert_eq!(
        (deals.hours_lead, deals.hours_opportunity),
        (2.0, before.hours_opportunity)
    );
    // The typical value of the file before it is gone with its interval.
    let win_rate = scenario
        .unknowns
        .iter()
        .find(|unknown| unknown.path.ends_with("deals.win_rate"));
    let distribution = &win_rate.unwrap().distribution.distribution;
    assert!(
        matches!(distribution, Distribution::LogitNormal { .. }),
        "{distribution:?}"
    );
    let Churn::Care {
        uncovered: before, ..
    } = base.segments[0].customers.churn
    else {
        panic!("by care")
    };
    let after = &scenario.segments[0].customers.churn;
    assert!(matches!(after, Churn::Care { covered: 0.01, uncovered } if *uncovered == before));
}

#[test]
fn another_form_of_a_value_replaces_it() {
    let scenario = extending(
        "[segments.mid-market]\ncustomers.churn = { yearly_share = 0.2 }\ndeals.value = { mean = 3, cv = 1 }",
    );
    assert!(matches!(scenario.segments[0].customers.churn, Churn::Flat(_)));
    let none = Shelf::new(&[]).wrong(
        "extends = \"b2b.toml\"\n[scenario]\ntarget = { revenue = 1, wins = 2 }",
        &[],
    );
    says(&none, &["names one measure", "mine/plan.toml:3"]);
}

#[test]
fn the_later_way_of_telling_a_number_wins() {
    let scenario = extending(
        "[plans.today]\nphases = [{ marketing_share = 0.5 }]\n[plans.build-then-harvest]\nmarketing_share = 0.1\n[channels.search]\nhalf_saturation_per_week = 5000",
    );
    assert_eq!(scenario.plans[0].phases[0].marketing_share, 0.5);
    assert_eq!(scenario.plans[3].phases.len(), 1);
    assert_eq!(scenario.channels[0].scale, ResponseScale::HalfSaturation(5000.0));
    assert!(
        !scenario
            .unknowns
            .iter()
            .any(|unknown| unknown.path.ends_with("search.doubling_adds"))
    );
    let both =
        "extends = \"b2b.toml\"\n[plans.today]\nphases = [{ marketing_share = 0.5 }]\nmarketing_share = 0.2";
    says(
        &Shelf::new(&[]).wrong(both, &[]),
        &["same thing in two ways", "mine/plan.toml:4"],
    );
}

#[test]
fn names_keep_the_order_of_the_base_and_new_ones_follow() {
    let scenario =
        extending("[plans.more]\nmarketing_share = 0.6\n[plans.sales-led]\nlabel = \"Sales first\"");
    let labels: Vec<&str> = scenario.plans.iter().map(|plan| plan.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "Today",
            "Sales first",
            "Marketing-led",
            "Build, then harvest",
            "More"
        ]
    );
}

#[test]
fn a_name_that_may_be_a_slip_is_told() {
    let told = |name: &str| {
        let text = format!("extends = \"b2b.toml\"\n[plans.{name}]\nmarketing_share = 0.6");
        Shelf::new(&[]).good(&text, &[]).render_warnings(false)
    };
    says(
        &told("sales-lead"),
        &[
            "adds a plan called `sales-lead`",
            "did you mean `sales-led`?",
            "mine/plan.toml:2",
        ],
    );
    says(&told("tdoay"), &["did you mean `today`?"]);
    for name in ["today-2", "todays-plan", "sales-led", "more"] {
        assert_eq!(told(name), "");
    }
}

#[test]
fn a_merged_scenario_has_the_hash_of_one_file() {
    let shelf = Shelf::new(&[
        (
            "base.toml",
            "extends = \"b2b.toml\" # as ever\n[budget]\nannual = 4e6",
        ),
        (
            "other/base.toml",
            "extends = \"../b2b.toml\"\n[budget]\nannual = 4_000_000",
        ),
    ]);
    let hash = |text: &str, settings: &[&str]| shelf.good(text, settings).value.sha256;
    let one = B2B.replace("= 5_000_000 ", "= 4_000_000 ").replace(
        "doubling_adds            = { low = 0.20, typical = 0.35, high = 0.53 }  # D; long-run",
        "half_saturation_per_week = 9000 # D; long-run",
    );
    let last = "[channels.search]\nhalf_saturation_per_week = 9e3";
    assert_eq!(
        hash(&one, &[]),
        hash(&format!("extends = \"base.toml\"\n{last}"), &[])
    );
    assert_eq!(
        hash(&one, &[]),
        hash(&format!("extends = \"other/base.toml\"\n{last}"), &[])
    );
    let settings = [
        "budget.annual=4e6",
        "channels.search.half_saturation_per_week=9000",
    ];
    assert_eq!(hash(&one, &[]), hash(B2B, &settings));
    assert_ne!(hash(&one, &[]), hash(B2B, &settings[..1]));
    // The first plan is the baseline: the order of plans means something, the order of sections does not.
    let swapped = MINIMAL
        .replace("plans.today", "plans.x")
        .replace("plans.more-marketing", "plans.today")
        .replace("plans.x", "plans.more-marketing");
    assert_ne!(hash(MINIMAL, &[]), hash(&swapped, &[]));
    let (head, tail) = MINIMAL.split_at(MINIMAL.find("[finance]").unwrap());
    assert_eq!(hash(MINIMAL, &[]), hash(&format!("{tail}{head}"), &[]));
}

#[test]
fn mistakes_are_shown_in_the_file_that_makes_them() {
    let shelf = Shelf::new(&[(
        "base.toml",
        "extends = \"minimal.toml\"\n\n[budget]\nanual = 3\nannual = \"much\"\n[wrok]\n",
    )]);
    let said = shelf.wrong("extends = \"base.toml\"\n[budget]\nmarketing_overhead = 40", &[]);
    says(
        &said,
        &[
            "mine/base.toml:4:1",
            "mine/base.toml:5:10",
            "mine/base.toml:6:2",
            "mine/plan.toml:3:22",
            "looks like a percentage",
        ],
    );
    // What is missing everywhere is missing in the file that is read.
    let shelf = Shelf::new(&[("base.toml", &MINIMAL.replace("annual = 1_000_000", ""))]);
    says(
        &shelf.wrong("extends = \"base.toml\"\n\n[budget]\n", &[]),
        &["`budget.annual` is missing", "mine/plan.toml:3"],
    );
    says(
        &shelf.wrong("extends = \"base.toml\"", &[]),
        &["`budget.annual` is missing", "mine/base.toml:"],
    );
    // A broken line hides only what follows from it.
    let shelf = Shelf::new(&[(
        "base.toml",
        &MINIMAL.replace("gross_margin = 0.75", "gross_margin = much"),
    )]);
    let said = shelf.wrong("extends = \"base.toml\"\n[budget]\nanual = 4", &[]);
    says(
        &said,
        &[
            "`much` is neither",
            "mine/base.toml",
            "no key `anual`",
            "did you mean `annual`?",
            "told here already",
        ],
    );
    assert_eq!(said.matches("error:").count(), 2, "{said}");
}

#[test]
fn files_that_cannot_be_extended_are_explained() {
    let shelf = Shelf::new(&[
        ("a.toml", "extends = \"./b.toml\""),
        ("b.toml", "# b\nextends = \"x/../a.toml\""),
        ("deep/c.toml", "extends = \"gone.toml\""),
        ("numbers.toml", "extends = 3"),
    ]);
    says(
        &shelf.wrong("extends = \"plan.toml\"", &[]),
        &["this file extends itself", "plan.toml → plan.toml"],
    );
    says(
        &shelf.wrong("extends = \"a.toml\"", &[]),
        &["in a circle", "a.toml → b.toml → a.toml", "mine/b.toml:2:11"],
    );
    says(
        &shelf.wrong("extends = \"b2c.toml\"", &[]),
        &[
            "there is no such file",
            "did you mean `b2b.toml`?",
            "mine/plan.toml:1:11",
        ],
    );
    says(
        &shelf.wrong("extends = \"deep/c.toml\"", &[]),
        &[
            "`gone.toml` cannot be read",
            "looked for mine/deep/gone.toml",
            "mine/deep/c.toml:1",
        ],
    );
    says(
        &shelf.wrong("extends = \"numbers.toml\"", &[]),
        &["`extends` cannot be a number", "mine/numbers.toml:1"],
    );
    says(
        &shelf.wrong("extend = \"b2b.toml\"", &[]),
        &["did you mean `extends`?"],
    );
    says(
        &shelf.wrong(&format!("{MINIMAL}\nextends = \"b2b.toml\""), &[]),
        &["goes above the first [section]", "belongs to the file"],
    );
    let mut shelf = shelf;
    shelf
        .0
        .insert("latin.toml".to_owned(), b"[scenario]\nname = \"\xff\"".to_vec());
    says(
        &shelf.wrong("extends = \"latin.toml\"", &[]),
        &["not UTF-8", "line 2", "mine/plan.toml:1"],
    );
    shelf
        .0
        .insert("long.toml".to_owned(), "#".repeat(5 << 20).into_bytes());
    says(
        &shelf.wrong("extends = \"long.toml\"", &[]),
        &["too long", "mine/long.toml"],
    );
    for i in 0..30 {
        shelf.0.insert(
            format!("f{i}.toml"),
            format!("extends = \"f{}.toml\"", i + 1).into_bytes(),
        );
    }
    says(
        &shelf.wrong("extends = \"f0.toml\"", &[]),
        &["more than 16 files"],
    );
    let alone = scenario_file::read("extends = \"b2b.toml\"", "alone.toml").unwrap_err();
    says(&alone.render(false), &["handed over as a text"]);
}

#[test]
fn a_setting_says_any_value_of_the_format() {
    let document = set(&[
        "plans.today.label=Status quo",
        "plans.more-marketing.label = \"a = b # c\"",
        "scenario.start=2028-02-29",
        "plans.more-marketing.phases=[{ weeks = 26, marketing_share = 0.4 }, { marketing_share = 0.1 }]",
        "segments.\"firms\".deals.win_rate={ low = 0.2, high = 0.3 }",
        "segments.firms.deals.hours={ lead = 3 }",
        "budget.annual=2e6",
        "budget.annual=3e6",
        "budget.whole_heads=true",
        "environment.events.crash={ probability = 1, window = [1, 1], weeks = 9, multiplies = { in_market = 0.5 } }",
        "plans.calm.marketing_share=0.1",
    ]);
    let scenario = &document.scenario;
    let labels: Vec<&str> = scenario.plans.iter().map(|plan| plan.label.as_str()).collect();
    assert_eq!(labels, ["Status quo", "a = b # c", "Calm"]);
    assert_eq!((scenario.start.month, scenario.start.day), (2, 29));
    assert_eq!(scenario.plans[1].phases.len(), 2);
    assert_eq!((scenario.budget.annual, scenario.budget.whole_heads), (3e6, true));
    let deals = &scenario.segments[0].deals;
    assert_eq!((deals.hours_lead, deals.hours_opportunity), (3.0, 0.7));
    assert!((0.2..0.3).contains(&deals.win_rate));
    assert_eq!(scenario.environment.events.len(), 1);
}

#[test]
fn a_setting_may_lead_into_a_value() {
    let scenario = set(&[
        "segments.firms.deals.win_rate.high=0.4",
        "segments.firms.deals.value.sigma=1",
    ])
    .scenario;
    let win_rate = scenario
        .unknowns
        .iter()
        .find(|unknown| unknown.path.ends_with("win_rate"))
        .unwrap();
    let Distribution::Split { low, high, .. } = win_rate.distribution.distribution else {
        panic!("three points")
    };
    assert_eq!((low, high), (0.17, 0.4));
    let b2b = |setting: &str| Shelf::new(&[]).load(B2B, &[setting]);
    says(
        &b2b("plans.today.channels.search=0.5").unwrap_err(),
        &["sums to 1.1", "--set"],
    );
    says(
        &unset(&["segments.firms.deals.win_rate.pert=[0.1, 0.2]"]),
        &["`pert` in `segments.firms.deals.win_rate`", "--set:1"],
    );
    says(&unset(&["segments.firms.accounts.low=3"]), &["accounts", "--set"]);
}

#[test]
fn a_setting_replaces_the_other_way_of_telling_a_number() {
    let scenario = set(&[
        "channels.search.half_saturation_per_week=4000",
        "plans.today.phases=[{ marketing_share = 0.3 }]",
    ])
    .scenario;
    assert_eq!(scenario.channels[0].scale, ResponseScale::HalfSaturation(4000.0));
    let there_and_back = set(&[
        "channels.search.half_saturation_per_week=4000",
        "channels.search.doubling_adds=0.3",
    ]);
    assert_eq!(
        there_and_back.scenario.channels[0].scale,
        ResponseScale::DoublingAdds(0.3)
    );
}

#[test]
fn a_wrong_setting_is_shown_as_typed() {
    says(
        &unset(&["budget.annual=5e6", "budget.anual=5e6"]),
        &["--> --set:2:8", "2 | budget.anual=5e6", "did you mean `annual`?"],
    );
    says(
        &unset(&["budgt.annual=5e6"]),
        &["no key `budgt`", "did you mean `budget`?", "--set:1:1"],
    );
    says(
        &unset(&["segments.firms.deal.win_rate=0.3"]),
        &["did you mean `deals`?"],
    );
    says(
        &unset(&["segments.frims.deals.win_rate=0.3"]),
        &["no segment called `frims`", "did you mean `firms`?"],
    );
    says(
        &unset(&["channels.radio.capture=0.3"]),
        &["no channel called `radio`", "the channels are `search`"],
    );
    says(
        &unset(&["segments.firms.deals.win_rate=40"]),
        &["cannot be 40", "--set:1:31", "looks like a percentage"],
    );
    says(
        &unset(&["segments.firms.deals.win_rate=40%"]),
        &["as a share: 0.4"],
    );
    says(
        &unset(&["segments.firms.deals.win_rate={ low = 0.2"]),
        &["--set:1", "not TOML"],
    );
    says(
        &unset(&["budget.annual=a lot"]),
        &["cannot be text", "money a year"],
    );
    says(
        &unset(&["budget.annual=1\nplans.today.marketing_share=2"]),
        &["cannot be text"],
    );
    says(&unset(&["scenario.start=2027-02-30"]), &["--set"]);
    for (setting, said) in [
        ("budget.annual", "has no `=`"),
        ("budget.annual=", "has no value"),
        ("=3", "key is empty"),
        ("budget..annual=3", "key is empty"),
        ("", "key is empty"),
        ("\"budget.annual=3", "not closed"),
        ("\"budget\"x=3", "has no `=`"),
        ("extends=b2b.toml", "stands in the file"),
        ("ключ=3", "no key `ключ`"),
    ] {
        says(&unset(&[setting]), &[said, "--set"]);
    }
    let mistyped = Shelf::new(&[]).good(MINIMAL, &["plans.todya.marketing_share=0.3"]);
    says(
        &mistyped.render_warnings(false),
        &["adds a plan called `todya`", "did you mean `today`?"],
    );
}

#[test]
fn settings_lie_over_what_is_extended() {
    let shelf = Shelf::new(&[]);
    let scenario = shelf
        .good(
            "extends = \"b2b.toml\"\n[budget]\nannual = 1e6",
            &["budget.annual=2e6"],
        )
        .value
        .scenario;
    assert_eq!(scenario.budget.annual, 2e6);
    // Two settings that belong to one mistake are shown with their own texts.
    let both = [
        "plans.today.phases=[{ marketing_share = 0.3 }]",
        "segments.firms.accounts=10",
        "today.customers.firms=9",
    ];
    let said = unset(&both);
    says(
        &said,
        &["2 | segments.firms.accounts=10", "3 | today.customers.firms=9"],
    );
}

#[test]
fn large_nonsense_is_answered_soon() {
    let many = |n: usize| (0..n).map(|i| format!("k{i} = 1\n")).collect::<String>();
    let shelf = Shelf::new(&[("many.toml", &many(100_000))]);
    shelf.wrong(&format!("extends = \"many.toml\"\n{}", many(100_000)), &[]);
    says(
        &unset(&[&format!("{}a=1", "a.".repeat(200_000))]),
        &["more parts than any"],
    );
    let column = "x{i} = { samples = { file = \"rows.csv\", column = \"win_rate\" } }\n";
    let columns: String = (0..5_000)
        .map(|i| column.replace("{i}", &i.to_string()))
        .collect();
    let rows = format!("win_rate\n{}", "0.2\n".repeat(90_000));
    Shelf::new(&[("rows.csv", &rows)]).wrong(&columns, &[]);
    Shelf::new(&[("rows.csv", &rows.replace("win_rate", "rate"))]).wrong(&columns, &[]);
}

const WINS: &str = "\u{feff}quarter;win_rate ; hours\r\n1;0.20;1\r\n2;0.30;2\r\n3;0.10;3\r\n\r\n4;0.25;4\r\n";

/// The shortest scenario with win rate and hours from `rows.csv`.
fn from_rows() -> String {
    MINIMAL
        .replace(
            "{ low = 0.17, typical = 0.22, high = 0.28 }",
            "{ samples = { file = \"rows.csv\", column = \"win_rate\" } }",
        )
        .replace(
            "lead = 1.0",
            "lead = { samples = { file = \"./rows.csv\", column = \"hours\" } }",
        )
}

#[test]
fn columns_of_a_file_are_drawn_from_one_row() {
    let document = Shelf::new(&[("rows.csv", WINS)]).good(&from_rows(), &[]).value;
    let found = |end: &str| {
        document
            .scenario
            .unknowns
            .iter()
            .find(|unknown| unknown.path.ends_with(end))
            .unwrap()
    };
    let (win_rate, hours) = (found("win_rate"), found("hours.lead"));
    assert_eq!(win_rate.key, hours.key, "one draw for the file");
    let rows: Vec<(f64, f64)> = (0..8)
        .map(|i| (f64::from(i) + 0.5) / 8.0)
        .map(|u| (win_rate.distribution.quantile(u), hours.distribution.quantile(u)))
        .collect();
    let table = [(0.2, 1.0), (0.3, 2.0), (0.1, 3.0), (0.25, 4.0)];
    assert_eq!(
        rows,
        table.iter().flat_map(|row| [*row, *row]).collect::<Vec<_>>()
    );
    assert_eq!(
        document.scenario.segments[0].deals.win_rate, 0.2,
        "the median, not the middle row"
    );
    assert!((win_rate.distribution.mean() - 0.2125).abs() < 1e-12);
    assert_eq!(win_rate.distribution.distribution.kind(), "rows of a file");
    let other = Shelf::new(&[("rows.csv", &WINS.replace("0.25", "0.26"))])
        .good(&from_rows(), &[])
        .value;
    assert_ne!(document.sha256, other.sha256, "the hash covers the samples");
    let moved = Shelf::new(&[("base/rows.csv", WINS), ("base/b.toml", &from_rows())]);
    moved.good("extends = \"base/b.toml\"", &[]);
}

#[test]
fn rows_outside_the_range_stay_in_their_places() {
    let rows = |n: usize| {
        (0..n)
            .map(|i| format!("{},{i}\n", if i == 7 { "1.2" } else { "0.2" }))
            .collect::<String>()
    };
    let read =
        |n| Shelf::new(&[("rows.csv", &format!("win_rate,hours\n{}", rows(n)))]).good(&from_rows(), &[]);
    let checked = read(10);
    says(
        &checked.render_warnings(false),
        &["10 % of this distribution", "win_rate"],
    );
    let unknowns = &checked.value.scenario.unknowns;
    let at = |end: &str, u| {
        unknowns
            .iter()
            .find(|unknown| unknown.path.ends_with(end))
            .unwrap()
            .distribution
            .quantile(u)
    };
    assert_eq!((at("win_rate", 0.75), at("hours.lead", 0.75)), (1.0, 7.0));
    assert_eq!(
        read(1_000).render_warnings(false),
        "",
        "a tenth of a percent is no news"
    );
}

#[test]
fn wrong_files_of_samples_are_explained() {
    let said = |csv: &str| Shelf::new(&[("rows.csv", csv)]).wrong(&from_rows(), &[]);
    says(
        &said(&WINS.replace("win_rate", "win_rates")),
        &[
            "has no column `win_rate`",
            "did you mean `win_rates`?",
            "mine/plan.toml:48:64",
        ],
    );
    says(
        &said(&WINS.replace("0.30", "0,30")),
        &[
            "`0,30` in the column `win_rate` is not a number",
            "mine/rows.csv:3:3",
            "decimal point",
        ],
    );
    says(&said(&WINS.replace("0.30", "30 %")), &["as a share: 0.3"]);
    says(
        &said(&WINS.replace("2;0.30;2", "2;0.30")),
        &["nothing in the column `hours`", "mine/rows.csv:3"],
    );
    says(
        &said(&WINS.replace("4;0.25", "\"4\";x")),
        &["`x` in the column", "mine/rows.csv:6:1"],
    );
    says(&said("a,b\n1,2\n"), &["the columns are `a` and `b`"]);
    says(
        &said("win_rate,win_rate,hours\n1,2,3\n"),
        &["several columns called `win_rate`"],
    );
    says(&said("win_rate,hours\n"), &["has no row below its header"]);
    says(&said(""), &["has no column"]);
    says(
        &said(&format!("win_rate,hours\n{}", "0.2,1\n".repeat(100_001))),
        &["more than 100_000 rows"],
    );
    says(
        &said("win_rate,hours\n20,1\n30,1\n0.3,2\n"),
        &[
            "cannot be 20 as in half of the rows",
            "looks like a percentage: 0.20?",
        ],
    );
    says(
        &Shelf::new(&[("row.csv", WINS)]).wrong(&from_rows(), &[]),
        &["there is no such file", "did you mean `row.csv`?"],
    );
    let form = |form: &str| {
        Shelf::new(&[("rows.csv", WINS)]).wrong(&from_rows().replace("column = \"win_rate\"", form), &[])
    };
    says(&form("colum = \"win_rate\""), &["`samples` has no key `colum`"]);
    says(
        &form("column = 2"),
        &["cannot be a number", "`quarter`, `win_rate` and `hours`"],
    );
    let settings = ["segments.firms.deals.win_rate={ samples = { file = \"rows.csv\" } }"];
    says(
        &Shelf::new(&[("rows.csv", WINS)]).wrong(MINIMAL, &settings),
        &["have no `column`", "--set:1"],
    );
    let many: String = (0..50).map(|_| "x,y\n").collect();
    assert_eq!(
        said(&format!("win_rate,hours\n{many}")).matches("error").count(),
        10,
        "five a column"
    );
}

#[test]
fn every_family_says_what_it_is() {
    let kinds = [
        ("{ low = 0.1, high = 0.3 }", "logit-normal"),
        (
            "{ low = 0.1, typical = 0.2, high = 0.3 }",
            "three points, logit-normal",
        ),
        ("{ pert = [0.1, 0.2, 0.3] }", "PERT"),
        ("{ triangular = [0.1, 0.2, 0.3] }", "triangular"),
        ("{ normal = [0.2, 0.05] }", "normal"),
        ("{ lognormal = [0.2, 0.2] }", "log-normal"),
        ("{ beta = [4, 16] }", "beta"),
        ("{ gamma = [4, 0.05] }", "gamma"),
        ("{ uniform = [0.1, 0.3] }", "uniform"),
        ("{ discrete = [[0.3, 1], [0.2, 3]] }", "discrete"),
        ("{ samples = [0.3, 0.1, 0.2] }", "samples"),
    ];
    for (form, kind) in kinds {
        let scenario = set(&[&format!("segments.firms.deals.win_rate={form}")]).scenario;
        let unknown = scenario
            .unknowns
            .iter()
            .find(|unknown| unknown.path.ends_with("win_rate"));
        assert_eq!(unknown.unwrap().distribution.distribution.kind(), kind);
    }
    let hours = set(&["segments.firms.deals.hours.lead={ low = 1, high = 3 }"]).scenario;
    let lead = hours
        .unknowns
        .iter()
        .find(|unknown| unknown.path.ends_with("hours.lead"));
    assert_eq!(lead.unwrap().distribution.distribution.kind(), "log-normal");
}

#[test]
fn what_a_range_cuts_off_is_told_above_one_percent() {
    let warned = |sd: &str| {
        let setting = format!("segments.firms.deals.win_rate={{ normal = [0.2, {sd}] }}");
        Shelf::new(&[]).good(MINIMAL, &[&setting]).render_warnings(false)
    };
    assert_eq!(warned("0.08"), "", "0.6 % lie below 0");
    says(&warned("0.1"), &["2.3 % of this distribution"]);
}

/// Pieces that scenario files, settings and CSV files are made of, and some that they are not.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "extends = \"a.toml\"\n",
            "extends = \"b.toml\"\n",
            "[plans.today]\n",
            "[segments.firms.deals]\n",
            "[channels.search]\n",
            "win_rate = ",
            "marketing_share = ",
            "phases = ",
            "doubling_adds = ",
            "half_saturation_per_week = ",
            "channels = ",
            "weight = ",
            "{ samples = { file = \"a.csv\", column = \"x\" } }\n",
            "{ samples = { column = 3 } }\n",
            "{ low = 0.1, high = 0.2 }\n",
            "{ covered = 0.1 }\n",
            "0.3\n",
            "[{ marketing_share = 0.1 }]\n",
            "{}\n",
            "segments.firms.deals.",
            "plans.today.",
            "today.customers.firms",
            "extends",
            "=",
            ".",
            "\"",
            "'",
            "x",
            "x,y\n",
            ";",
            "\t",
            "1,2\n",
            "40%",
            "\u{1F600}",
            "\0",
            "\r\n",
            "\u{feff}",
        ])
        .prop_map(str::to_owned),
        ".{0,4}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(200)
    ))]

    #[test]
    fn nothing_panics(main in text(), base in text(), csv in text(), settings in prop::collection::vec(text(), 0..3), whole in any::<bool>()) {
        let shelf = Shelf::new(&[
            ("a.toml", &if whole { format!("{MINIMAL}{base}") } else { base }),
            ("b.toml", "extends = \"minimal.toml\"\n"),
            ("a.csv", &csv),
        ]);
        let main = format!("extends = \"a.toml\"\n{main}");
        let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
        match shelf.load(&main, &settings) {
            Ok(checked) => { checked.render_warnings(true); }
            Err(said) => prop_assert!(!said.is_empty()),
        }
    }
}
