//! Next steps and hinges: what a little more or less brings where the answer is known, and what unknowns do to a lead.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests may fail them

mod support;

use gtm_sim::analysis::compare::{self, Asked};
use gtm_sim::analysis::findings::{Comparison, Next};
use gtm_sim::analysis::steps::{self, Steps};
use gtm_sim::engine::simulate::{Control, Lived, Run, simulate};
use gtm_sim::engine::streams::Addressed;
use gtm_sim::model::luck::{Address, Luck, Process};
use gtm_sim::model::scenario::Scenario;
use gtm_sim::outcome::series;
use gtm_sim::scenario_file;
use support::bare::{AddTo, bare, channel, plan, role, shipped};

fn lived(scenario: &Scenario, plans: &[usize], replications: u64) -> Lived {
    let run = Run {
        plans: plans.to_vec(),
        seed: 5,
        replications: 0..replications,
        threads: 1,
        weekly_replications: 0,
    };
    simulate(scenario, &run, &Control::default()).unwrap()
}

fn next(scenario: &Scenario, position: usize, replications: u64, measure: &str) -> Next {
    let base = lived(scenario, &[position], replications + 64);
    let steps = Steps::from(scenario, position).unwrap();
    let of_steps = lived(&steps.scenario, &steps.plans, replications);
    steps
        .next(&base.outcomes, 0, &of_steps.outcomes, measure)
        .unwrap()
}

/// A channel and a role that do nothing: every unit of money is lost, and every unit saved is gained.
#[test]
fn what_does_nothing_costs_its_money() {
    let mut scenario = bare(1000, 26)
        .with_channel(channel("poster", 400.0))
        .with_role(role("clerk"), None);
    scenario.budget.annual = 104_000.0;
    scenario.plans = vec![plan("today", 0.2, &[1.0], &[1.0])];
    for measure in ["value", "contribution"] {
        let next = next(&scenario, 0, 8, measure);
        assert!(next.net && next.plan == "today" && next.measure == measure && next.replications == 8);
        let poster = &next.channels["poster"];
        let clerk = &next.roles["clerk"];
        assert!((poster.step - 0.05 * 20_800.0).abs() < 1e-6);
        assert!((clerk.step - 52_000.0).abs() < 1e-6);
        for step in [poster, clerk, &next.sides["marketing"], &next.sides["sales"]] {
            assert!((step.value + 1.0).abs() < 1e-9, "{step:?}");
            assert!((step.less.unwrap().value - 1.0).abs() < 1e-9, "{step:?}");
            assert!(step.error < 1e-9);
        }
    }
    let revenue = next(&scenario, 0, 8, "revenue");
    assert!(!revenue.net, "nothing is taken off a revenue");
    assert_eq!(revenue.roles["clerk"].value, 0.0);
}

#[test]
fn steps_that_move_no_money_are_left_out() {
    let mut scenario = bare(1000, 26)
        .with_channel(channel("poster", 400.0))
        .with_channel(channel("dark", 0.0))
        .with_role(role("clerk"), None)
        .with_role(role("half"), None);
    scenario.budget.annual = 130_000.0;
    scenario.plans = vec![plan("today", 0.4, &[1.0, 0.0], &[2.0 / 3.0, 1.0 / 3.0])];
    let next = next(&scenario, 0, 4, "value");
    assert!(!next.channels.contains_key("dark"), "5 % of nothing");
    assert!(next.roles["clerk"].less.is_some());
    assert!(next.roles["half"].less.is_none(), "half a head is not a head");
}

/// Steps are further plans: today, and what the first plan lives, stay what they are.
#[test]
fn steps_leave_the_baseline_alone_and_are_the_plan_with_a_change() {
    let scenario = shipped("b2b.toml");
    let steps = Steps::from(&scenario, 1).unwrap();
    assert_eq!(steps.plans.len(), 16);
    assert_eq!(steps.plans[0], scenario.plans.len());
    for &plan in &steps.plans {
        assert_eq!(steps.scenario.plans[plan].phases, scenario.plans[1].phases);
    }
    let before = lived(&scenario, &[0, 1], 8);
    let after = lived(&steps.scenario, &[0, 1], 8);
    assert_eq!(before.outcomes.numbers, after.outcomes.numbers);
}

/// Up and down agree: the law bends little over 5 %, and the pairs share their luck.
#[test]
fn the_step_down_mirrors_the_step_up() {
    let next = next(&shipped("consumer_goods.toml"), 0, 200, "value");
    for (name, step) in &next.channels {
        let less = step.less.unwrap();
        let sum = step.value + less.value;
        assert!(
            sum < 0.05 && sum.abs() < 0.3 * step.value.abs().max(0.5),
            "{name}: {step:?}"
        );
        assert!(step.error < 0.2, "{name}: {step:?}");
    }
}

#[test]
fn an_eighth_of_the_futures_measures_the_steps() {
    let cases = [
        (1, None),
        (199, None),
        (200, Some(200)),
        (1600, Some(200)),
        (4000, Some(500)),
        (8000, Some(1000)),
        (1_000_000, Some(1000)),
    ];
    for (lived, expected) in cases {
        assert_eq!(steps::futures(lived), expected, "{lived}");
    }
}

/// The comparison of b2b's plans with values that are `gain` of the uniform number behind the win rate.
fn hinged(replications: usize, gain: impl Fn(f64) -> f64) -> Comparison {
    let text = include_str!("../scenarios/b2b.toml");
    let document = scenario_file::read(text, "b2b.toml").unwrap().value;
    let mut lived = lived(&document.scenario, &[0, 1], 2);
    let unknown = document
        .scenario
        .unknowns
        .iter()
        .find(|unknown| unknown.path.ends_with("win_rate"))
        .unwrap();
    let outcomes = &mut lived.outcomes;
    let value = outcomes
        .readings
        .iter()
        .position(|reading| reading.id == "value")
        .unwrap();
    let gtm_sim::outcome::outcomes::Rule::Amount(column) = outcomes.readings[value].rule else {
        panic!("value is an amount");
    };
    outcomes.replications = replications;
    outcomes.numbers = vec![0.0; replications * 2 * outcomes.columns];
    for replication in 0..replications {
        let at = Address::new(Process::Input, unknown.key, 0);
        let u = Addressed::new(9, replication as u64).uniform(at);
        outcomes.numbers[(replication * 2 + 1) * outcomes.columns + column] = gain(u);
    }
    let asked = Asked {
        scenario: &document.scenario,
        plans: &[0, 1],
        aim: &document.aim,
        file: "b2b.toml",
        sha256: "",
        settings: &[],
        seed: 9,
    };
    let weekly = series::reduce(&lived.weekly);
    compare::findings(&asked, &lived, weekly).comparison.unwrap()
}

#[test]
fn the_unknown_behind_a_difference_is_found_with_its_ends() {
    let comparison = hinged(4000, |u| 1e6 * (u - 0.4));
    let hinge = &comparison.hinges[0];
    assert!(hinge.unknown.ends_with("deals.win_rate"), "{hinge:?}");
    assert_eq!((hinge.plan.as_str(), hinge.than.as_str()), ("sales-led", "today"));
    // Means of the lowest and the highest fifth of a uniform number: 0.1 and 0.9.
    assert!(
        (hinge.at_low.value + 3e5).abs() < 4.0 * hinge.at_low.error,
        "{hinge:?}"
    );
    assert!(
        (hinge.at_high.value - 5e5).abs() < 4.0 * hinge.at_high.error,
        "{hinge:?}"
    );
    assert!(hinge.below < hinge.above);
    assert!(comparison.hinges.len() <= 10);
    let unknowns = comparison.ends_looked_at;
    assert!(unknowns > 40 && unknowns % 2 == 0, "{unknowns}");
    // The others say the same at both ends: the mean.
    for other in &comparison.hinges[1..] {
        for end in [other.at_low, other.at_high] {
            assert!((end.value - 1e5).abs() < 4.5 * end.error, "{other:?}");
        }
    }
}

#[test]
fn too_few_futures_hinge_on_nothing() {
    assert!(hinged(200, |u| u).hinges.is_empty());
}

#[test]
fn the_first_futures_of_the_run_are_the_pairs() {
    let scenario = shipped("minimal.toml");
    let steps = Steps::from(&scenario, 0).unwrap();
    let of_steps = lived(&steps.scenario, &steps.plans, 64);
    let of = |base: &Lived, position| {
        steps
            .next(&base.outcomes, position, &of_steps.outcomes, "value")
            .unwrap()
    };
    let long = of(&lived(&scenario, &[1, 0], 300), 1);
    let short = of(&lived(&scenario, &[0], 64), 0);
    assert_eq!(long, short);
}
