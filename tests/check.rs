//! `gtm-sim check`: what is said of a scenario without simulating it, and that it is true.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests may fail them

use assert_cmd::Command;
use gtm_sim::analysis::check::{Check, Plausible, Side, Verdict, check};
use gtm_sim::analysis::compare::Asked;
use gtm_sim::scenario_file;
use std::fs;

const MINIMAL: &str = include_str!("../scenarios/minimal.toml");
const B2B: &str = include_str!("../scenarios/b2b.toml");

/// A shipped text with passages replaced.
fn with(text: &str, changes: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "no {from}");
        text = text.replacen(from, to, 1);
    }
    text
}

fn checked(text: &str) -> Check {
    let read =
        scenario_file::read(text, "test.toml").unwrap_or_else(|report| panic!("{}", report.render(false)));
    let document = read.value;
    let plans: Vec<usize> = (0..document.scenario.plans.len()).collect();
    let asked = Asked {
        scenario: &document.scenario,
        plans: &plans,
        aim: &document.aim,
        file: "test.toml",
        sha256: &document.sha256,
        settings: &[],
        seed: document.seed,
    };
    check(&asked, &document.assumed, document.replications)
}

fn row<'a>(check: &'a Check, id: &str) -> &'a Plausible {
    let found = check.plausibility.iter().find(|row| row.id == id);
    found.unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn what_was_typed_comes_out_of_week_1() {
    for text in [MINIMAL, B2B] {
        let found = checked(text);
        for channel in &found.inverted.channels {
            let typed = channel.leads_typed.unwrap();
            // Accounts in the funnel do not forget: a little more than is typed.
            assert!(
                (channel.leads_reproduced / typed - 1.0).abs() < 0.01,
                "{channel:?}"
            );
        }
        for segment in &found.inverted.segments {
            assert!((segment.aware_in_equilibrium - segment.aware_today).abs() < 1e-9);
        }
    }
    let deals = checked(B2B).inverted.segments[0].deals_per_rep_year;
    assert_eq!(deals, Some(16.0));
}

#[test]
fn a_default_is_told_until_the_file_says_it() {
    let path = "segments.firms.leads.cool_off_weeks";
    let found = checked(MINIMAL);
    let told = |found: &Check| found.assumed.defaults.iter().any(|default| default.path == path);
    assert!(told(&found));
    assert!(!told(&checked(&with(
        MINIMAL,
        &[(
            "lead_half_life_weeks = 1.5",
            "lead_half_life_weeks = 1.5, cool_off_weeks = 13"
        )]
    ))));
    let silent = [
        "touches_per_week",
        "self_serve",
        "orders_per_year",
        "inbound_per_week",
        "insight_half_life",
    ];
    for default in &found.assumed.defaults {
        assert!(
            !silent.iter().any(|key| default.path.contains(key)),
            "{}",
            default.path
        );
    }
    assert!(found.assumed.off.iter().any(|off| off == "learning"));
    assert!(!checked(B2B).assumed.off.iter().any(|off| off == "learning"));
    let starts: Vec<&str> = found
        .assumed
        .steady_starts
        .iter()
        .map(|start| start.path.as_str())
        .collect();
    assert_eq!(
        starts,
        ["today.team.rep", "today.pipeline.firms", "today.cooling.firms"]
    );
}

/// 7.6 leads a week are the most that 1,000 aware and .3 of 3,940 unaware accounts bring at 6 % in 8 weeks, nearly.
#[test]
fn draws_that_contradict_are_counted_by_reason_and_end_the_check() {
    let leads = |interval: &str| checked(&with(MINIMAL, &[("leads_per_week_today = 6\n", interval)]));
    let fine = leads("leads_per_week_today = { low = 5, high = 7 }\n");
    assert_eq!(fine.unknowns.moved.any, 0);
    let some = leads("leads_per_week_today = { low = 4, typical = 6, high = 28 }\n");
    let moved = some.unknowns.moved;
    assert!(moved.any > 10 && moved.any <= 100 && moved.leads > 0, "{moved:?}");
    assert!(some.errors.is_empty() && some.warnings.iter().any(|text| text.contains("buying occasions")));
    let many = leads("leads_per_week_today = { low = 4, typical = 6, high = 80 }\n");
    assert!(
        many.unknowns.moved.any > 100 && many.errors.len() == 1,
        "{:?}",
        many.unknowns.moved
    );
}

/// Where hours are short the share hours/wanted is worked, marketing wins nothing more and hours win in proportion.
#[test]
fn overload_is_warned_of_and_turns_the_elasticities() {
    let busy = checked(&with(
        MINIMAL,
        &[("deals_per_rep_year = 10 ", "deals_per_rep_year = 5 ")],
    ));
    let now = &busy.steady.now;
    assert!(now.load.unwrap() > 1.5 && now.limited_by == Side::Capacity);
    assert!((now.leads_served - 1.0 / now.load.unwrap()).abs() < 1e-9);
    assert!(
        busy.warnings
            .iter()
            .any(|text| text.contains("of the sellers' hours")),
        "{:?}",
        busy.warnings
    );
    assert!(row(&busy, "elasticity_marketing_short").value.unwrap().abs() < 1e-9);
    assert!((row(&busy, "elasticity_sales_short").value.unwrap() - 1.0).abs() < 1e-9);
    let idle = checked(MINIMAL);
    assert!(idle.warnings.is_empty(), "{:?}", idle.warnings);
    assert!(row(&idle, "elasticity_sales_short").value.unwrap().abs() < 1e-9);
}

/// One channel that brings all leads far below the buying occasions: the elasticity of its response, s(1 − R).
#[test]
fn the_short_run_elasticity_is_that_of_the_response() {
    let text = with(
        MINIMAL,
        &[
            ("leads_per_week_today = 6\n", "leads_per_week_today = 0.001\n"),
            ("organic_leads_per_week_today = 2, ", ""),
            (
                "doubling_adds        = { low = 0.2, high = 0.5 }",
                "half_saturation_per_week = 3_800",
            ),
        ],
    );
    let found = checked(&text);
    let elasticity = row(&found, "elasticity_marketing_short").value.unwrap();
    assert!((elasticity - 0.5).abs() < 1e-3, "{elasticity}");
    assert_eq!(row(&found, "spend_over_half_saturation").value, Some(1.0));
}

#[test]
fn the_model_is_held_against_the_last_52_weeks() {
    let actuals =
        "[actuals]\nleads = 416\nwins = 20\nrevenue = 1_250_000\nheads = { rep = 4.8 }\n\n[today]\n";
    let found = checked(&with(MINIMAL, &[("[today]\n", actuals)]));
    let of = |name: &str| found.actuals.iter().find(|actual| actual.name == name).unwrap();
    assert!((of("leads").model - 416.0).abs() < 1e-9 && of("leads").near);
    assert_eq!(of("revenue").model, 60.0 * 20_000.0);
    assert!(of("heads.rep").near);
    let wins = of("wins");
    assert!(!wins.near && wins.ratio.unwrap() > 1.5);
    assert!(
        found
            .warnings
            .iter()
            .any(|text| text.contains("wins") && text.contains("win_rate"))
    );
}

#[test]
fn an_actual_of_another_size_is_an_alarm_in_words_that_fit_every_name() {
    let actuals = "[actuals]\nleads = 41_600\nwins = 0.4\nrevenue = 800_000\n\n[today]\n";
    let found = checked(&with(MINIMAL, &[("[today]\n", actuals)]));
    let [leads, wins, revenue] = &found.warnings[..3] else {
        panic!("{:?}", found.warnings)
    };
    assert!(
        leads.starts_with("leads: 52 weeks of the model are 1/100 of what happened, too far"),
        "{leads}"
    );
    assert!(wins.contains("× what happened, too far apart"), "{wins}");
    assert_eq!(
        revenue.split(';').next().unwrap(),
        "revenue: 52 weeks of the model are 1.5× what happened"
    );
    let text = with(MINIMAL, &[("[today]\n", actuals)]);
    let (_, printed, _) = run(&[("far.toml", &text)], "check far.toml");
    assert_eq!(printed.matches("FAR OFF").count(), 2, "{printed}");
    assert!(printed.contains("0.01  FAR OFF"), "{printed}");
}

#[test]
fn a_load_beyond_all_measure_is_told_as_a_multiple() {
    let busy = checked(&with(
        MINIMAL,
        &[("deals_per_rep_year = 10 ", "deals_per_rep_year = 0.1 ")],
    ));
    let said = busy
        .warnings
        .iter()
        .find(|text| text.contains("the sellers' hours"))
        .unwrap();
    assert!(
        said.contains("× the sellers' hours") && !said.contains("% of the sellers'"),
        "{said}"
    );
}

#[test]
fn where_plans_settle_long_after_the_horizon_no_forecast_is_claimed() {
    let (_, printed, _) = run(&[("b2b.toml", B2B)], "check b2b.toml");
    assert!(printed.contains("no forecast"), "{printed}");
    let long = with(MINIMAL, &[("weeks    = 52\n", "weeks    = 780\n")]);
    let (_, printed, _) = run(&[("long.toml", &long)], "check long.toml");
    assert!(!printed.contains("no forecast"), "{printed}");
}

#[test]
fn what_is_nearly_all_learned_and_what_moves_odds_far_is_warned_of() {
    let learned = checked(&with(
        B2B,
        &[("half_learned_after      = 450 ", "half_learned_after      = 200 ")],
    ));
    assert!(
        learned
            .warnings
            .iter()
            .any(|text| text.contains("is learned today"))
    );
    let lifted = checked(&with(
        B2B,
        &[(
            "win_lift                 = { low = 0.05, typical = 0.15, high = 0.30 }",
            "win_lift = 1.5",
        )],
    ));
    assert!(
        lifted.warnings.iter().any(|text| text.contains("odds of a win")),
        "{:?}",
        lifted.warnings
    );
    assert!(checked(B2B).warnings.is_empty());
}

#[test]
fn shipped_scenarios_can_be_run_and_a_growing_one_says_so() {
    for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let found = checked(&fs::read_to_string(&path).unwrap());
        assert!(found.errors.is_empty(), "{}: {:?}", path.display(), found.errors);
        assert!(
            found.steady.plans.iter().all(|plan| plan.settles),
            "{}",
            path.display()
        );
        let drifts = found
            .warnings
            .iter()
            .any(|text| text.contains("awareness is not steady"));
        assert_eq!(drifts, path.ends_with("startup.toml"), "{}", path.display());
    }
}

#[test]
fn every_compared_number_has_a_verdict_and_a_source() {
    for text in [MINIMAL, B2B] {
        for row in checked(text).plausibility {
            let value = row.value.unwrap();
            match &row.published {
                Some(published) => {
                    let inside = value >= published.low && value <= published.high;
                    assert_eq!(inside, row.verdict == Verdict::Plausible, "{}", row.id);
                    assert_eq!(inside, row.remark.is_empty(), "{}", row.id);
                    assert!(!published.source.is_empty() && !published.figure.is_empty());
                }
                None => assert_eq!(row.verdict, Verdict::Told),
            }
        }
    }
}

/// A folder with these files; runs with these words there: exit code, stdout, stderr.
fn run(files: &[(&str, &str)], words: &str) -> (i32, String, String) {
    let place = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(place.path().join(name), text).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_gtm-sim"));
    let command = command.current_dir(place.path()).env_remove("NO_COLOR");
    let output = command.args(words.split_whitespace()).output().unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn minimal_is_checked_for_people_and_for_programs() {
    let files = [("minimal.toml", MINIMAL)];
    let (code, table, stderr) = run(&files, "check minimal.toml");
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(
        table
            .lines()
            .all(|line| line.chars().count() <= 100 && !line.ends_with(' '))
    );
    insta::assert_snapshot!("check_table", table);
    let (code, json, stderr) = run(&files, "check minimal.toml --format json");
    assert_eq!((code, stderr.as_str()), (0, ""));
    let mut value: serde_json::Value = serde_json::from_str(&json).unwrap();
    value["version"] = "0".into();
    insta::assert_snapshot!("check_json", serde_json::to_string_pretty(&value).unwrap());
}

#[test]
fn a_wrong_file_ends_with_2_and_its_mistakes_are_in_the_json() {
    let wrong = with(MINIMAL, &[("deals.win_rate ", "deals.win_rat ")]);
    let files = [("wrong.toml", wrong.as_str()), ("good.toml", MINIMAL)];
    let (code, json, stderr) = run(&files, "check wrong.toml --format json");
    assert_eq!((code, stderr.as_str()), (2, ""));
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["valid"], false);
    assert_eq!(value["diagnostics"][0]["severity"], "error");
    assert!(value["diagnostics"][0]["line"].as_u64() > Some(1));
    assert!(value.get("scenario").is_none());
    let (code, stdout, stderr) = run(&files, "check wrong.toml good.toml");
    assert_eq!(code, 2);
    assert!(stdout.starts_with("wrong.toml is not valid: 1 error"), "{stdout}");
    assert!(stdout.contains("good.toml is valid: 0 errors"));
    assert!(stderr.contains("wrong.toml:") && stderr.contains("did you mean"));
    let (code, stdout, stderr) = run(&files, "check good.toml --quiet");
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "", ""));
}

#[test]
fn what_cannot_be_checked_ends_with_2() {
    let many = with(
        MINIMAL,
        &[(
            "leads_per_week_today = 6\n",
            "leads_per_week_today = { low = 4, typical = 6, high = 80 }\n",
        )],
    );
    let files = [("minimal.toml", MINIMAL), ("many.toml", many.as_str())];
    for (words, message) in [
        ("check nowhere.toml", "there is no such file"),
        ("check minimal.toml many.toml --format json", "one by one"),
        ("check minimal.toml --plans tomorrow", "has no plan tomorrow"),
        ("check many.toml --quiet", "make these intervals narrower"),
    ] {
        let (code, stdout, stderr) = run(&files, words);
        assert_eq!((code, stdout.as_str()), (2, ""), "{words}");
        assert!(stderr.contains(message), "{words}: {stderr}");
    }
    let (code, stdout, _) = run(&files, "check minimal.toml --plans more-marketing");
    assert_eq!(code, 0);
    assert!(!stdout.contains("\n  Today  ") && stdout.contains("\n  More-marketing  "));
}

/// `minimal` with its segment so many times.
fn segmented(count: usize) -> String {
    let (start, end) = (
        MINIMAL.find("[segments.firms]").unwrap(),
        MINIMAL.find("[finance]").unwrap(),
    );
    let names: Vec<String> = (0..count).map(|number| format!("s{number:02}")).collect();
    let own = MINIMAL[start..end]
        .replace("today = 2,", "today = 0.05,")
        .replace("5_000", "600");
    let segments: String = names.iter().map(|name| own.replace("firms", name)).collect();
    let counts: Vec<String> = names.iter().map(|name| format!("{name} = 2")).collect();
    let text = format!("{}{segments}{}", &MINIMAL[..start], &MINIMAL[end..]);
    let line = text.lines().find(|line| line.starts_with("customers")).unwrap();
    text.replacen(line, &format!("customers = {{ {} }}", counts.join(", ")), 1)
}

#[test]
fn many_segments_are_a_range_or_a_row_each() {
    let (code, printed, stderr) = run(&[("many.toml", &segmented(40))], "check many.toml");
    assert_eq!((code, stderr.as_str()), (0, ""), "{stderr}");
    assert_eq!(printed.matches("(all 40)").count(), 5, "{printed}");
    assert_eq!(printed.matches("limit of 80").count(), 1, "{printed}");
    assert!(printed.contains("awareness hazard, 40 segments"), "{printed}");
    assert!(printed.lines().count() < 300, "{}", printed.lines().count());
    let (_, few, _) = run(&[("few.toml", &segmented(3))], "check few.toml");
    assert!(few.contains("of those who know it forget") && few.contains("pipeline.s02"));
    assert!(!few.contains("(all 3)"), "{few}");
}

#[test]
fn warnings_of_the_file_stand_with_the_others() {
    let text = with(
        MINIMAL,
        &[(
            "deals.win_rate     = { low = 0.17, typical = 0.22, high = 0.28 }",
            "deals.win_rate = 0.995",
        )],
    );
    let (code, printed, stderr) = run(&[("odd.toml", &text)], "check odd.toml");
    assert_eq!((code, stderr.as_str()), (0, ""));
    let head = printed.lines().next().unwrap();
    let told = printed.lines().filter(|line| line.starts_with("warning")).count();
    assert!(
        told > 0 && head.contains(&format!("{told} warning")),
        "{head}: {printed}"
    );
}
