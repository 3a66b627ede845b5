//! Addressed randomness: nobody's luck hangs on who else is there, no number is drawn twice (docs/model.md, 2).

use crate::support::bare::{channel, plan, role, segment, shipped};
use crate::support::lives::{live, values};
use crate::support::random::random;
use gtm_sim::engine::replication::Worker;
use gtm_sim::engine::simulate::{Control, Lived, Run, simulate};
use gtm_sim::engine::streams::Addressed;
use gtm_sim::model::luck::{Address, Luck, Nobody};
use gtm_sim::model::scenario::{Hazard, Scenario};
use gtm_sim::outcome::outcomes::BLOCK;
use std::collections::BTreeSet;

fn company() -> Scenario {
    let mut scenario = shipped("b2b.toml");
    scenario.weeks = 60;
    scenario.finance.tail_weeks = 12;
    scenario
}

/// Bits of a series of a plan over all weeks and replications.
fn series(lived: &Lived, plan: usize, id: &str) -> Vec<u32> {
    let record = &lived.weekly;
    let position = record.series.iter().position(|series| series.id == id).unwrap();
    let block = record.weeks * BLOCK;
    let row = (plan * record.series.len() + position) * block;
    record.values[row..row + block]
        .iter()
        .map(|x| x.to_bits())
        .collect()
}

/// Every measure and series of `lived` stands in `with` by the same name and with the same bits, plan by plan.
#[track_caller]
fn assert_shared(lived: &Lived, with: &Lived, plans: &[(usize, usize)], but: &[&str]) {
    for (plan, other) in plans {
        for reading in &lived.outcomes.readings {
            let bits = |lived, plan| {
                values(lived, plan, &reading.id)
                    .iter()
                    .map(|x| x.to_bits())
                    .collect::<Vec<_>>()
            };
            assert_eq!(bits(lived, *plan), bits(with, *other), "{}", reading.id);
        }
        for of in lived
            .weekly
            .series
            .iter()
            .filter(|series| !but.contains(&series.id.as_str()))
        {
            assert!(
                series(lived, *plan, &of.id) == series(with, *other, &of.id),
                "series {}",
                of.id
            );
        }
    }
}

const SAME: [(usize, usize); 4] = [(0, 0), (1, 1), (2, 2), (3, 3)];

#[test]
fn another_channel_changes_nobody() {
    let scenario = company();
    let lived = live(&scenario, 30, 1);
    for at in [0, 3] {
        let mut changed = scenario.clone();
        let mut idle = channel("idle", 0.0);
        idle.effectiveness_volatility = 0.5;
        changed.channels.insert(at, idle);
        changed
            .plans
            .iter_mut()
            .for_each(|plan| plan.channels.insert(at, 0.0));
        changed
            .environment
            .events
            .iter_mut()
            .for_each(|event| event.multiplies.kappa.insert(at, 1.0));
        assert_shared(&lived, &live(&changed, 30, 1), &SAME, &[]);
    }
}

#[test]
fn another_role_changes_nobody() {
    let scenario = company();
    let lived = live(&scenario, 30, 1);
    for at in [0, 3] {
        let mut changed = scenario.clone();
        let mut idle = role("idle");
        idle.talent_sd = 0.5;
        idle.attrition = Hazard::PerYear(0.5);
        idle.selling_hours_per_week = 10.0;
        changed.roles.insert(at, idle);
        changed.today.team.insert(at, Some(0.0));
        changed.today.tenure_weeks.insert(at, Vec::new());
        changed
            .plans
            .iter_mut()
            .for_each(|plan| plan.roles.insert(at, 0.0));
        assert_shared(&lived, &live(&changed, 30, 1), &SAME, &[]);
    }
}

/// A segment that nobody has heard of and nobody serves is counted among the unaware, that is all.
#[test]
fn another_segment_changes_nobody() {
    let scenario = company();
    let lived = live(&scenario, 30, 1);
    for at in [0, 1] {
        let mut changed = scenario.clone();
        let served = 1 - at;
        let mut idle = segment("idle", 5000);
        idle.leads.fit = 0.5;
        changed.segments.insert(at, idle);
        changed
            .roles
            .iter_mut()
            .for_each(|role| role.segments = vec![served]);
        changed
            .channels
            .iter_mut()
            .for_each(|channel| channel.weight.insert(at, 0.0));
        changed.today.customers.insert(at, 0.0);
        changed.today.pipeline.insert(at, None);
        changed.today.relationship.insert(at, None);
        changed.today.cooling.insert(at, None);
        assert_shared(&lived, &live(&changed, 30, 1), &SAME, &["unaware"]);
    }
}

/// Plans live in the same worlds whoever else is judged, in any order after the first, which is the baseline.
#[test]
fn another_plan_changes_nobody() {
    let scenario = company();
    let lived = live(&scenario, 30, 1);
    let mut changed = scenario.clone();
    let mut other = plan(
        "other",
        0.4,
        &scenario.plans[0].channels,
        &scenario.plans[0].roles,
    );
    other.phases[0].marketing_share = 0.6;
    changed.plans.insert(1, other);
    assert_shared(
        &lived,
        &live(&changed, 30, 1),
        &[(0, 0), (1, 2), (2, 3), (3, 4)],
        &[],
    );
    let run = Run {
        plans: vec![3, 1],
        seed: 1,
        replications: 0..30,
        threads: 1,
        weekly_replications: 30,
    };
    let few = simulate(&scenario, &run, &Control::default()).unwrap();
    assert_shared(&lived, &few, &[(3, 0), (1, 1)], &[]);
}

/// Remembers every address and refuses to answer twice.
struct Once {
    luck: Addressed,
    seen: BTreeSet<(u16, u64, u32, u32, u32)>,
}

impl Luck for Once {
    fn uniform(&mut self, at: Address) -> f64 {
        let fresh = self
            .seen
            .insert((at.process as u16, at.who, at.week, at.lane, at.ordinal));
        assert!(fresh, "{at:?} drawn twice");
        self.luck.uniform(at)
    }
}

#[test]
fn no_address_is_drawn_twice() {
    let scenarios = (0..150).map(random).chain([company()]);
    for (seed, scenario) in scenarios.enumerate() {
        let plans: Vec<usize> = (0..scenario.plans.len()).collect();
        let mut worker = Worker::new(&scenario, &plans);
        let mut luck = Once {
            luck: Addressed::new(seed as u64, 0),
            seen: BTreeSet::new(),
        };
        worker.begin(&mut luck);
        let shared = luck.seen.clone();
        for plan in plans {
            luck.seen.clone_from(&shared);
            worker.live(plan, &mut luck, &mut Nobody);
        }
    }
}
