//! Changes of a plan (4.1): more or less of one thing, within the horizon, everything else as it is.

use crate::support::bare::{AddTo, bare, channel, plan, role, shipped};
use gtm_sim::engine::replication::Worker;
use gtm_sim::model::scenario::{Change, Plan, Scenario};
use gtm_sim::model::schedule::Schedule;

/// Two channels, two roles, two phases, a tail of ten weeks; money of 104,000 a year.
fn company() -> Scenario {
    let mut scenario = bare(1000, 20)
        .with_channel(channel("search", 300.0))
        .with_channel(channel("brand", 100.0))
        .with_role(role("ae"), None)
        .with_role(role("sdr"), None);
    scenario.budget.annual = 104_000.0;
    scenario.budget.marketing_overhead = 0.2;
    scenario.finance.tail_weeks = 10;
    let mut first = plan("today", 0.5, &[0.75, 0.25], &[0.5, 0.5]);
    first.phases[0].weeks = Some(8);
    first.phases.push(gtm_sim::model::scenario::Phase {
        weeks: None,
        marketing_share: 0.25,
    });
    scenario.plans = vec![first];
    scenario
}

/// The schedules of the first plan with and without a change, the change as a second plan.
fn schedules(scenario: &Scenario, change: Change) -> (Schedule, Schedule) {
    let mut scenario = scenario.clone();
    let changed = Plan {
        change: Some(change),
        ..scenario.plans[0].clone()
    };
    scenario.plans.push(changed);
    let worker = Worker::new(&scenario, &[0, scenario.plans.len() - 1]);
    (worker.schedule(0).clone(), worker.schedule(1).clone())
}

#[test]
fn a_channel_gets_more_and_nothing_else_moves() {
    let (before, after) = schedules(&company(), Change::Channel(0, 1.05));
    for week in 1..=30 {
        let factor = if week <= 20 { 1.05 } else { 1.0 };
        assert!((after.spend[week * 2] - factor * before.spend[week * 2]).abs() < 1e-9);
        assert_eq!(after.spend[week * 2 + 1], before.spend[week * 2 + 1]);
    }
    assert_eq!(after.overhead, before.overhead);
    assert_eq!(after.sales_money, before.sales_money);
    assert_eq!(after.targets, before.targets);
}

#[test]
fn a_head_comes_on_top_in_every_phase_with_its_money() {
    for (heads, money) in [(1.0, 1000.0), (-0.25, -250.0)] {
        let (before, after) = schedules(&company(), Change::Heads(1, heads));
        assert_eq!(after.spend, before.spend);
        assert_eq!(after.targets_of(0), before.targets_of(0));
        for week in 1..=30 {
            let more = if week <= 20 { heads } else { 0.0 };
            assert!((after.targets_of(1)[week] - before.targets_of(1)[week] - more).abs() < 1e-12);
            let paid = if week <= 20 { money } else { 0.0 };
            assert!((after.sales_money[week] - before.sales_money[week] - paid).abs() < 1e-9);
        }
        assert_eq!(
            after.targets_of(1)[0],
            before.targets_of(1)[0],
            "today stays what it is"
        );
    }
}

#[test]
fn no_more_heads_go_than_there_are() {
    let (before, after) = schedules(&company(), Change::Heads(0, -5.0));
    assert!(before.targets_of(0)[1] > 0.4);
    assert_eq!(after.targets_of(0)[1], 0.0);
    let saved = before.sales_money[1] - after.sales_money[1];
    assert!((saved - 1000.0 * before.targets_of(0)[1]).abs() < 1e-9);
}

#[test]
fn a_side_grows_as_a_whole() {
    let (before, after) = schedules(&company(), Change::Marketing(1.05));
    for week in 1..=20 {
        assert!((after.marketing_money[week] - 1.05 * before.marketing_money[week]).abs() < 1e-9);
        assert!((after.overhead[week] - 1.05 * before.overhead[week]).abs() < 1e-9);
        assert!((after.spend[week * 2] - 1.05 * before.spend[week * 2]).abs() < 1e-9);
    }
    assert_eq!(after.targets, before.targets);
    let (before, after) = schedules(&company(), Change::Sales(1.05));
    for week in 1..=20 {
        assert!((after.sales_money[week] - 1.05 * before.sales_money[week]).abs() < 1e-9);
        assert!((after.targets_of(0)[week] - 1.05 * before.targets_of(0)[week]).abs() < 1e-12);
    }
    assert_eq!(after.spend, before.spend);
    assert_eq!(
        after.sales_money[21..],
        before.sales_money[21..],
        "the tail is the first plan's"
    );
}

#[test]
fn a_change_of_nothing_is_no_change() {
    let scenario = shipped("b2b.toml");
    let nothing = [
        Change::Marketing(1.0),
        Change::Sales(1.0),
        Change::Channel(0, 1.0),
        Change::Heads(0, 0.0),
    ];
    for change in nothing {
        let (before, after) = schedules(&scenario, change);
        assert!(after.spend == before.spend, "{change:?}");
        assert!(after.response == before.response, "{change:?}");
        assert!(after.targets == before.targets, "{change:?}");
        assert!(after.sales_money == before.sales_money, "{change:?}");
    }
}

/// After the horizon every plan lives on under the last share and the mixes of the first.
#[test]
fn the_tail_is_that_of_the_first_plan() {
    let mut scenario = company();
    scenario.plans.push(plan("other", 0.9, &[0.1, 0.9], &[0.2, 0.8]));
    let worker = Worker::new(&scenario, &[0, 1]);
    let (first, other) = (worker.schedule(0), worker.schedule(1));
    for week in 1..=30 {
        let same = week > 20;
        assert_eq!(first.marketing_share[week] == other.marketing_share[week], same);
        assert_eq!(first.overhead[week] == other.overhead[week], same);
        assert_eq!(first.sales_money[week] == other.sales_money[week], same);
        for position in 0..2 {
            let spend = |schedule: &Schedule| schedule.spend[week * 2 + position];
            assert_eq!(spend(first) == spend(other), same, "week {week}");
            let heads = |schedule: &Schedule| schedule.targets_of(position)[week];
            assert_eq!(heads(first) == heads(other), same, "week {week}");
        }
    }
    assert_eq!(other.marketing_share[30], 0.25);
}

/// The season of the budget moves channel money alone; overhead and sales money are as without.
#[test]
fn a_season_moves_channel_money_alone() {
    let flat = company();
    let mut seasonal = flat.clone();
    seasonal.budget.seasonality = [0.5, 1.5].repeat(26);
    let (flat, seasonal) = (Worker::new(&flat, &[0]), Worker::new(&seasonal, &[0]));
    let (flat, seasonal) = (flat.schedule(0), seasonal.schedule(0));
    for week in 1..=30 {
        let factor = if week % 2 == 1 { 0.5 } else { 1.5 };
        for channel in 0..2 {
            let (before, after) = (flat.spend[week * 2 + channel], seasonal.spend[week * 2 + channel]);
            assert!((after - factor * before).abs() < 1e-9, "week {week}");
        }
    }
    assert_eq!(flat.overhead, seasonal.overhead);
    assert_eq!(flat.sales_money, seasonal.sales_money);
}
