//! Contests: what is called better, settled or a regret holds as often as promised; known answers are found.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests may fail them

mod support;

use gtm_sim::analysis::compare::{self, Asked};
use gtm_sim::analysis::contest::candidates;
use gtm_sim::analysis::contest::facts::{self, Contest};
use gtm_sim::analysis::contest::joined::side_by_side;
use gtm_sim::analysis::contest::race::{Race, Rules, Series, looks};
use gtm_sim::analysis::contest::regret::regrets;
use gtm_sim::chance::normal;
use gtm_sim::engine::simulate::{Control, Lived, Run, simulate};
use gtm_sim::model::scenario::Scenario;
use gtm_sim::outcome::outcomes::{Better, Outcomes, Reading, Rule, WeeklyRecord};
use gtm_sim::outcome::series;
use gtm_sim::scenario_file::{self, Document};
use gtm_sim::units::unit::Unit;
use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use support::bare::shipped;

fn luck(seed: u64) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(seed)
}

fn gauss(rng: &mut Xoshiro256PlusPlus) -> f64 {
    normal::quantile(rng.random::<f64>().max(1e-300))
}

/// More futures of plans with these means: luck that all share, skewed luck of neighbours, luck of their own.
fn live(rng: &mut Xoshiro256PlusPlus, means: &[f64], futures: usize) -> Vec<Series> {
    let mut plans = vec![Vec::with_capacity(futures); means.len()];
    for _ in 0..futures {
        let common = 5.0 * gauss(rng);
        // An exponential number with mean 0 tilts the plans against each other.
        let tilt = -libm::log(1.0 - rng.random::<f64>()) - 1.0;
        for (index, (plan, mean)) in plans.iter_mut().zip(means).enumerate() {
            let side = index as f64 / means.len() as f64 - 0.5;
            plan.push(mean + common + side * tilt + 0.6 * gauss(rng));
        }
    }
    plans.into_iter().map(Series::amounts).collect()
}

/// A race to its end, the plans that are left living on.
fn race(rng: &mut Xoshiro256PlusPlus, means: &[f64], within: f64, looks: &[u64]) -> Race {
    let rules = Rules {
        better: Better::More,
        within,
        looks: looks.len(),
    };
    let mut race = Race::new(means.len(), rules);
    let mut lived = live(rng, means, looks[0] as usize);
    let mut futures = looks[0];
    for next in looks[1..].iter().copied().chain([0]) {
        let known = lived.iter().enumerate();
        let seen: Vec<Option<&Series>> = known
            .map(|(plan, series)| race.is_contender(plan).then_some(series))
            .collect();
        race.look(&seen, futures);
        if race.is_settled() || next == 0 {
            break;
        }
        let more = live(rng, means, (next - futures) as usize);
        for (own, more) in lived.iter_mut().zip(more) {
            own.extend(more);
        }
        futures = next;
    }
    race
}

/// Whether every interval of the race holds its true difference.
fn covers(race: &Race, means: &[f64]) -> bool {
    let pairs = (0..means.len()).flat_map(|a| (a + 1..means.len()).map(move |b| (a, b)));
    pairs.into_iter().all(|(a, b)| {
        let held = race.difference(a, b).unwrap();
        held.low <= means[a] - means[b] && means[a] - means[b] <= held.high
    })
}

#[test]
fn noise_is_called_significant_in_five_of_a_hundred_runs() {
    let mut rng = luck(1);
    let means = [0.0; 6];
    let mut alarms = 0;
    for _ in 0..500 {
        let race = race(&mut rng, &means, 0.0, &[400]);
        alarms += usize::from(!covers(&race, &means));
    }
    // 5 % of 500 = 25, and 4 standard errors (4.9) to either side: the intervals are no wider than they must be.
    assert!((6..=45).contains(&alarms), "{alarms}");
}

#[test]
fn intervals_hold_together_whenever_the_race_ends() {
    let mut rng = luck(2);
    let means = [0.0, 0.05, 0.1, 0.1, -0.4];
    let looks = looks(200, 1600);
    assert_eq!(looks, [200, 400, 800, 1600]);
    let (mut missed, mut early) = (0, 0);
    for _ in 0..500 {
        let race = race(&mut rng, &means, 0.1, &looks);
        missed += usize::from(!covers(&race, &means));
        early += usize::from(race.looks().len() < looks.len());
    }
    // At most 5 % of 500 = 25, and 4 standard errors (4.9) on top.
    assert!(missed <= 44, "{missed}");
    assert!(
        early > 100,
        "{early} ended early: the test must see what stopping does"
    );
}

#[test]
fn the_best_plan_is_found_in_ninety_five_of_a_hundred_races_where_it_is_hardest() {
    // The slippage configuration: one plan is ahead of all others by exactly what matters.
    let mut rng = luck(3);
    let means = [0.0, 0.0, 0.2, 0.0, 0.0, 0.0];
    let (mut wrong, mut unsettled, mut futures) = (0, 0, 0);
    // After the first look the leading plan is the wrong one in many races: who stops there is found out.
    for _ in 0..300 {
        let race = race(&mut rng, &means, 0.2, &looks(30, 3840));
        wrong += usize::from(race.leader() != Some(2));
        unsettled += usize::from(!race.is_settled());
        futures += race.looks().last().unwrap();
    }
    // At most 5 % of 300 = 15, and 4 standard errors (3.8) on top; most should be right, for the rule is a careful one.
    assert!(wrong <= 30, "{wrong}");
    assert!(unsettled <= 3, "{unsettled}");
    assert!(futures / 300 < 1600, "{} futures a race", futures / 300);
}

#[test]
fn plans_that_are_surely_beaten_get_no_more_futures() {
    let mut rng = luck(4);
    let race = race(&mut rng, &[0.0, 1.0, 1.0, -3.0], 0.0, &looks(200, 1600));
    assert!(!race.is_contender(0) && !race.is_contender(3));
    let of = |plan| race.estimate(plan).unwrap().1;
    assert_eq!((of(0), of(3)), (200, 200));
    assert_eq!((of(1), of(2)), (1600, 1600));
    let held = race.difference(3, 0).unwrap();
    assert_eq!(held.futures, 200);
    assert_eq!(race.difference(0, 3).unwrap(), held.turned());
}

#[test]
fn of_too_few_futures_nothing_is_concluded() {
    let race = race(&mut luck(5), &[0.0, 100.0], 0.0, &[29]);
    assert!(!race.is_settled() && race.is_contender(0));
}

#[test]
fn less_can_be_better_and_a_plan_without_a_value_is_out() {
    let rules = Rules {
        better: Better::Less,
        within: 0.1,
        looks: 1,
    };
    let mut race = Race::new(3, rules);
    let plans = live(&mut luck(6), &[0.0, 2.0], 400);
    let nothing = Series::amounts(vec![f64::NAN; 400]);
    race.look(&[Some(&plans[0]), Some(&plans[1]), Some(&nothing)], 400);
    assert_eq!(race.leader(), Some(0));
    assert!(race.is_settled() && !race.is_contender(1) && !race.is_contender(2));
    assert!(race.gain(0, 1).unwrap().low > 0.0 && race.difference(0, 1).unwrap().high < 0.0);
    assert_eq!(race.difference(0, 2), None);
}

#[test]
fn regret_is_what_the_better_plan_of_each_future_would_have_added() {
    // u and 1 − u, u uniform: the better one has 3/4 on average, each 1/2.
    let u: Vec<f64> = (0..10_000).map(|i| (f64::from(i) + 0.5) / 1e4).collect();
    let rest: Vec<f64> = u.iter().map(|u| 1.0 - u).collect();
    for better in [Better::More, Better::Less] {
        for regret in regrets(&[&u, &rest], better) {
            let regret = regret.unwrap();
            assert!((regret.value - 0.25).abs() < 1e-6, "{regret:?}");
            // |1 − 2u|·1[u < 1/2]: variance 1/6 − 1/16 over 10,000.
            let error = ((1.0 / 6.0 - 1.0 / 16.0) / 1e4_f64).sqrt();
            assert!((regret.error - error).abs() < 1e-5, "{regret:?}");
        }
    }
    // Futures in which a plan has no value are left out of all.
    let (a, b) = ([1.0, f64::NAN, 3.0], [2.0, 7.0, 1.0]);
    let found = regrets(&[&a, &b], Better::More);
    assert!((found[0].unwrap().value - 0.5).abs() < 1e-12);
    assert!((found[1].unwrap().value - 1.0).abs() < 1e-12);
}

fn document() -> Document {
    let text = include_str!("../scenarios/b2b.toml");
    scenario_file::read(text, "b2b.toml").unwrap().value
}

/// Value, revenue and whether cash fell below zero, of plans whose values are `value(plan, future)`.
fn invented(plans: usize, futures: usize, value: impl Fn(usize, usize) -> [f64; 3]) -> Lived {
    let reading = |id: &str, unit, column| Reading {
        id: id.to_owned(),
        label: id.to_owned(),
        unit,
        better: Better::More,
        about: "",
        rule: Rule::Amount(column),
    };
    let futures_of = |future| (0..plans).flat_map(move |plan| [(plan, future)]);
    let numbers = (0..futures)
        .flat_map(futures_of)
        .flat_map(|(plan, future)| value(plan, future))
        .collect();
    Lived {
        outcomes: Outcomes {
            readings: vec![
                reading("value", Unit::Money, 0),
                reading("revenue", Unit::Money, 1),
                reading("cash_below_zero", Unit::Share, 2),
            ],
            columns: 3,
            plans,
            replications: futures,
            numbers,
        },
        weekly: WeeklyRecord {
            series: Vec::new(),
            weeks: 3,
            plans,
            replications: 0,
            values: Vec::new(),
        },
        moved: 0,
    }
}

fn contest(lived: &Lived) -> Contest {
    let document = document();
    let plans: Vec<usize> = (0..lived.outcomes.plans).collect();
    let asked = Asked {
        scenario: &document.scenario,
        plans: &plans,
        aim: &document.aim,
        file: "b2b.toml",
        sha256: "",
        settings: &[],
        seed: 1,
    };
    let mut findings = compare::findings(&asked, lived, series::reduce(&lived.weekly));
    let reading = lived.outcomes.reading("value").unwrap();
    let rules = Rules {
        better: reading.better,
        within: compare::tolerance(&asked, &lived.outcomes, 0.01),
        looks: 1,
    };
    let series: Vec<Series> = plans
        .iter()
        .map(|plan| Series::of(&lived.outcomes, reading, *plan))
        .collect();
    let mut race = Race::new(plans.len(), rules);
    let seen: Vec<Option<&Series>> = series.iter().map(Some).collect();
    race.look(&seen, lived.outcomes.replications as u64);
    facts::sharpen(&mut findings, &race);
    let contest = facts::contest(
        &findings,
        &lived.outcomes,
        &race,
        &vec!["b2b.toml".to_owned(); plans.len()],
    );
    let sharpened = findings.comparison.unwrap();
    for (pair, duel) in sharpened.pairs.iter().zip(&contest.pairs) {
        assert_eq!(
            (&pair.name, pair.low, pair.high),
            (&duel.name, duel.low, duel.high)
        );
    }
    contest
}

#[test]
fn chances_and_regrets_of_known_distributions_are_exact() {
    let target = document().aim.target.unwrap().amount;
    // Revenue uniform from 0 to twice and to four times the target; cash runs out in 3 futures of 10, and never.
    let lived = invented(2, 1000, |plan, future| {
        let u = (future as f64 + 0.5) / 1000.0;
        let value = if plan == 0 { 1e7 * u } else { 1e7 * (1.0 - u) };
        let cash = f64::from(plan == 0 && future % 10 < 3);
        [value, target * (2.0 + 2.0 * plan as f64) * u, cash]
    });
    let contest = contest(&lived);
    let chance = |of: fn(&facts::Entrant) -> Option<f64>| -> Vec<f64> {
        contest.plans.iter().map(|plan| of(plan).unwrap()).collect()
    };
    assert_eq!(
        chance(|plan| plan.target_reached.map(|own| own.value)),
        [0.5, 0.75]
    );
    assert_eq!(
        chance(|plan| plan.cash_below_zero.map(|own| own.value)),
        [0.3, 0.0]
    );
    for regret in chance(|plan| plan.regret.map(|own| own.value)) {
        assert!((regret - 0.25e7).abs() < 10.0, "{regret}");
    }
    assert_eq!(chance(|plan| Some(plan.best_in)), [0.5, 0.5]);
}

fn said(shift: [f64; 3], own: f64, futures: usize) -> Vec<String> {
    let mut rng = luck(7);
    let noise: Vec<f64> = (0..futures * 3).map(|_| own * gauss(&mut rng)).collect();
    let lived = invented(3, futures, |plan, future| {
        let value = 2e7 + shift[plan] + noise[future * 3 + plan];
        [value, 3e7, 0.0]
    });
    let told = contest(&lived).sentences;
    told.into_iter()
        .map(|text| text.replace('\u{202f}', " "))
        .collect()
}

#[test]
fn sentences_hold_under_their_conditions() {
    let clear = said([0.0, 1e6, 0.0], 5e5, 2000);
    assert!(
        clear[0].starts_with(
            "Sales-led is the best of the 3 plans: it is worth $0.99M more than the next best, "
        ),
        "{clear:?}"
    );
    let small = said([0.0, 3e4, 0.0], 5e5, 200_000);
    assert!(small[0].ends_with("; too little to matter."), "{small:?}");
    let settled = said([0.0, 1e6, 1e6], 5e5, 4000);
    assert!(
        settled[0].contains("is the best of the plans, or at most $50k from it, at 95 % confidence"),
        "{settled:?}"
    );
    assert!(
        settled[1].starts_with("Within the noise: ")
            && settled[1].contains("cannot be told apart, and it does not matter more than $"),
        "{settled:?}"
    );
    assert!(settled[2].contains(" than Today (95 % interval "), "{settled:?}");
    let open = said([0.0, 1e4, 1e4], 2e6, 400);
    assert!(
        open[0].starts_with("After 400 futures it is not settled which plan is best: "),
        "{open:?}"
    );
    assert!(open[1].contains(" costs $"), "{open:?}");
    let few = said([0.0, 1e6, 0.0], 5e5, 20);
    assert_eq!(few.len(), 1);
    assert!(few[0].starts_with("20 futures are too few"), "{few:?}");
}

fn lived(scenario: &Scenario, plans: &[usize], replications: u64) -> Lived {
    let run = Run {
        plans: plans.to_vec(),
        seed: 5,
        replications: 0..replications,
        threads: 1,
        weekly_replications: 70,
    };
    simulate(scenario, &run, &Control::default()).unwrap()
}

#[test]
fn plans_lived_apart_are_those_lived_together() {
    let scenario = shipped("minimal.toml");
    let together = lived(&scenario, &[1, 0], 80);
    let apart = side_by_side(vec![lived(&scenario, &[1], 80), lived(&scenario, &[0], 80)]).unwrap();
    let all = |lived: &Lived, id: &str, plan| -> Vec<f64> {
        let reading = lived.outcomes.reading(id).unwrap();
        gtm_sim::outcome::estimate::values(&lived.outcomes, reading, plan)
    };
    for reading in &together.outcomes.readings {
        for plan in [0, 1] {
            let (one, other) = (all(&together, &reading.id, plan), all(&apart, &reading.id, plan));
            let bits = |values: Vec<f64>| -> Vec<u64> { values.iter().map(|x| x.to_bits()).collect() };
            assert_eq!(bits(one), bits(other), "{}", reading.id);
        }
    }
    let bands = |lived: &Lived| series::reduce(&lived.weekly);
    assert_eq!(bands(&together), bands(&apart));
}

#[test]
fn splits_are_plans_behind_those_of_the_file() {
    let mut scenario = shipped("minimal.toml");
    let before = scenario.plans.clone();
    let own = before[0].phases[0].marketing_share;
    let splits = candidates::splits(&mut scenario, 0, &[0.1, own, 0.125]);
    assert_eq!(
        splits.iter().map(|split| split.plan).collect::<Vec<_>>(),
        [2, 0, 3]
    );
    assert_eq!(scenario.plans[2].name.as_str(), "marketing-10");
    assert_eq!(scenario.plans[3].label, "12.5\u{202f}% marketing");
    assert_eq!(scenario.plans[3].channels, before[0].channels);
    assert_eq!(scenario.plans[0].phases, before[0].phases);
    // Its own name again: another plan.
    candidates::splits(&mut scenario, 0, &[0.1]);
    assert_eq!(scenario.plans[4].name.as_str(), "marketing-10'");
}
