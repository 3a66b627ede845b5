//! Files that extend files: what is joined, what is replaced, who is right, where mistakes are shown.

use crate::shelf::{B2B, MINIMAL, Shelf, says};
use gtm_sim::chance::distribution::Distribution;
use gtm_sim::model::scenario::{ResponseScale, Scenario};
use gtm_sim::model::segment::Churn;
use gtm_sim::scenario_file;

fn extending(text: &str) -> Scenario {
    let text = format!("extends = \"b2b.toml\"\n{text}");
    Shelf::new(&[]).good(&text, &[]).value.scenario
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
            "Customer care",
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
}

#[test]
fn files_that_hold_no_scenario_are_explained() {
    let mut shelf = Shelf::new(&[]);
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
