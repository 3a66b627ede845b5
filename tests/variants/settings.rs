//! Settings laid over a scenario: any value, any place, mistakes shown as typed.

use crate::shelf::{B2B, MINIMAL, Shelf, says, set, unset};
use gtm_sim::chance::distribution::Distribution;
use gtm_sim::model::scenario::ResponseScale;

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

/// What stands between two marks.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("lacks {before}:\n{text}"));
    rest.split_once(after).unwrap().0
}

#[test]
fn a_suggested_mix_is_accepted() {
    let shelf = Shelf::new(&[]);
    for (setting, keeps) in [
        ("plans.today.channels.search=0.5", "search = 0.5,"),
        ("plans.today.channels.search=0.12345", "search = 0.12345,"),
        ("plans.today.channels.search=1", "search = 0.625,"),
        (
            "plans.today.channels={ search = 1, content = 1, brand = 1 }",
            "search = 0.3333,",
        ),
        ("plans.today.roles.ae=0.1", "ae = 0.1,"),
    ] {
        let said = shelf.wrong(B2B, &[setting]);
        let suggested = between(&said, "--set '", "'");
        assert!(suggested.contains(keeps), "{said}");
        let plan = &shelf.good(B2B, &[suggested]).value.scenario.plans[0];
        for mix in [&plan.channels, &plan.roles] {
            assert!((mix.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{suggested}");
        }
    }
    let told = "channels        = { search = 0.40, content = 0.30, brand = 0.30 }";
    let with = |mix: &str| B2B.replacen(told, &format!("channels = {mix}"), 1);
    let said = shelf.wrong(&with("{ search = 0.5, content = 0.3, brand = 0.3 }"), &[]);
    let suggested = between(&said, "in the same proportion: ", " }");
    shelf.good(&with(&format!("{suggested} }}")), &[]);
    for thirds in ["0.333", "0.3333", "0.33333"] {
        let mix = format!("{{ search = {thirds}, content = {thirds}, brand = {thirds} }}");
        let plan = shelf.good(&with(&mix), &[]).value.scenario.plans.remove(0);
        assert!(
            plan.channels
                .iter()
                .all(|share| (share - 1.0 / 3.0).abs() < 1e-12)
        );
    }
    says(
        &shelf.wrong(&with("{ search = 0.33, content = 0.33, brand = 0.33 }"), &[]),
        &["sums to 0.99, not 1"],
    );
}

#[test]
fn slips_without_quotes_are_not_told_of_quotes() {
    for (setting, said) in [
        ("budget.annual=6M", "type 6_000_000"),
        ("budget.annual=6,5", "type 6.5"),
        ("scenario.start=4.1.2027", "a day is year-month-day: 2027-01-04"),
        ("scenario.start=2027-13-01", "the calendar has no such day"),
        ("scenario.start=soon", "year-month-day"),
    ] {
        let wrong = unset(&[setting]);
        says(&wrong, &[said, "--set:1"]);
        assert!(!wrong.contains("quotes"), "{wrong}");
    }
    says(&unset(&["budget.annual=\"6M\""]), &["without quotes: 6_000_000"]);
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
        &["no section `budgt`", "did you mean `budget`?", "--set:1:1"],
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
        &["--set:1", "never closed"],
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
}

#[test]
fn what_is_no_setting_is_explained() {
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
