//! Leads that wait for reps: the bulk-service queue, light load and overload, the best split.

use crate::scenario;
use crate::support::lives::{assert_mean, assert_ratio, follow, live, mean, means, values};
use gtm_sim::model::sums::Item;

/// Weeks that a queue is given to forget its empty start.
const WARM_UP: usize = 100;

fn poisson(mean: f64) -> Vec<f64> {
    let mut p = vec![libm::exp(-mean)];
    for k in 1..200 {
        p.push(p[k - 1] * mean / k as f64);
    }
    p
}

fn binomial(n: usize, p: f64) -> Vec<f64> {
    let mut law = vec![libm::pow(1.0 - p, n as f64)];
    for k in 0..n {
        law.push(law[k] * (n - k) as f64 / (k + 1) as f64 * p / (1.0 - p));
    }
    law
}

/// Stationary law of Q' = max(Q + A(Q) − service, 0), by repeating the step until nothing moves.
fn queue(states: usize, service: usize, arrivals: impl Fn(usize) -> Vec<f64>) -> Vec<f64> {
    let steps: Vec<Vec<f64>> = (0..states).map(arrivals).collect();
    let mut law = vec![0.0; states];
    law[0] = 1.0;
    loop {
        let mut next = vec![0.0; states];
        for (q, weight) in law.iter().enumerate() {
            for (arrived, p) in steps[q].iter().enumerate() {
                let left = (q + arrived).saturating_sub(service).min(states - 1);
                next[left] += weight * p;
            }
        }
        let moved: f64 = next.iter().zip(&law).map(|(a, b)| (a - b).abs()).sum();
        law = next;
        if moved < 1e-13 {
            return law;
        }
    }
}

fn expectation(law: &[f64]) -> f64 {
    law.iter().enumerate().map(|(k, p)| k as f64 * p).sum()
}

#[track_caller]
fn assert_near(value: f64, expected: f64) {
    assert!((value - expected).abs() < 6e-7, "{value}, expected {expected}");
}

/// Poisson(4) leads a week, service 5, oldest first, nothing expires: the engine's queue, its idle weeks and waits against
/// the chain, and the chain against the published numbers.
#[test]
fn waiting_leads_are_a_bulk_service_queue() {
    let chain = queue(80, 5, |_| poisson(4.0));
    assert_near(expectation(&chain), 1.156240);
    for (p, published) in chain.iter().zip([0.615565, 0.120099, 0.087968, 0.060621]) {
        assert_near(*p, published);
    }
    let square: f64 = chain.iter().enumerate().map(|(k, p)| (k * k) as f64 * p).sum();
    let idle: f64 = chain
        .iter()
        .enumerate()
        .take(5)
        .map(|(q, p)| p * poisson(4.0)[..5 - q].iter().sum::<f64>())
        .sum();
    assert_near(idle, 0.466385);
    let is = |yes: bool| f64::from(u8::from(yes));
    let followed = follow(&scenario("queue", &[]), 250, 1, |market| {
        let q = market.segments[0].waiting_all() as f64;
        let week = &market.week;
        let idle = is(week.get(Item::HoursIdle) > 0.0);
        let limited = (week.get(Item::LimitedByCapacity), week.get(Item::LimitedByDemand));
        assert_eq!(limited, (is(q > 0.0), idle));
        let (waited, worked) = (week.get(Item::WaitedWeeks), week.get(Item::LeadsWorked));
        [
            q,
            q * q,
            is(q == 0.0),
            is(q == 1.0),
            is(q == 2.0),
            idle,
            waited,
            worked,
        ]
    });
    let [q, squares, q0, q1, q2, idle_weeks, waited, worked] = means(&followed, WARM_UP);
    assert_mean(&q, expectation(&chain), 4.0);
    assert_mean(&squares, square, 4.0);
    for (shares, expected) in [(q0, chain[0]), (q1, chain[1]), (q2, chain[2]), (idle_weeks, idle)] {
        assert_mean(&shares, expected, 4.0);
    }
    assert_mean(&worked, 4.0, 4.0);
    assert_ratio(&waited, &worked, expectation(&chain) / 4.0, 4.0);
}

/// `stop_after_weeks` 2: the share of leads that die, oldest and newest first, from the exact chains of three ages.
#[test]
fn leads_that_wait_too_long_die() {
    for (order, referral, dead, seed) in [
        ("oldest", 3.12, 0.168091, 2),
        ("newest", 3.12, 0.197467, 3),
        ("oldest", 2.08, 0.001069, 4),
        ("newest", 2.08, 0.033495, 5),
    ] {
        let settings = [
            "work.stop_after_weeks=2".to_owned(),
            format!("work.order=\"{order}\""),
            format!("segments.market.leads.referral_per_year={referral}"),
        ];
        let settings = settings.each_ref().map(String::as_str);
        let followed = follow(&scenario("queue", &settings), 150, seed, |market| {
            let (died, worked) = (Item::LeadsDied, Item::LeadsWorked);
            [
                market.week.get(died),
                market.week.get(died) + market.week.get(worked),
            ]
        });
        let [died, all] = means(&followed, WARM_UP);
        assert_ratio(&died, &all, dead, 4.0);
    }
}

/// Forty accounts that ask with .1 a week, those who wait excepted: Bin(40 − Q, .1) arrivals. Leads that live for a week: Bin(40,
/// .2) arrivals, E min(A, 5) = 4.886086 are called, .389239 die.
#[test]
fn few_accounts_are_a_queue_with_binomial_arrivals() {
    let open = queue(80, 5, |_| binomial(40, 0.1));
    assert_near(expectation(&open), 0.990537);
    let closed = queue(41, 5, |waiting| binomial(40 - waiting, 0.1));
    let followed = follow(&scenario("queue_of_accounts", &[]), 250, 6, |market| {
        let week = &market.week;
        [
            market.segments[0].waiting_all() as f64,
            week.get(Item::WaitedWeeks),
            week.get(Item::LeadsWorked),
        ]
    });
    let [waiting, waited, worked] = means(&followed, WARM_UP);
    assert_mean(&waiting, expectation(&closed), 4.0);
    let arrivals = 0.1 * (40.0 - expectation(&closed));
    assert_mean(&worked, arrivals, 4.0);
    assert_ratio(&waited, &worked, expectation(&closed) / arrivals, 4.0);

    let settings = ["work.stop_after_weeks=0", "segments.market.leads.in_market=0.2"];
    let called: f64 = binomial(40, 0.2)
        .iter()
        .enumerate()
        .map(|(k, p)| (k as f64).min(5.0) * p)
        .sum();
    assert_near(called, 4.886086);
    let followed = follow(&scenario("queue_of_accounts", &settings), 100, 7, |market| {
        [
            market.week.get(Item::LeadsWorked),
            market.week.get(Item::LeadsDied),
        ]
    });
    let [worked, died] = means(&followed, 0);
    assert_mean(&worked, called, 4.0);
    assert_mean(&died, 8.0 - called, 4.0);
}

/// Light load: every lead is called in its week, .3 qualify, a quarter of them is won. Overload: 60/(2 + 1.5 × .3 × 10) leads are
/// called a week; opportunities stall in few weeks only, so that open ones exceed q L T by less than 3 %.
#[test]
fn wins_are_limited_by_demand_or_by_hours() {
    let read = |settings: &[&str], seed| {
        let followed = follow(&scenario("light_load", settings), 60, seed, |market| {
            let week = &market.week;
            [
                week.get(Item::LeadsInbound),
                week.get(Item::LeadsWorked),
                week.get(Item::WaitedWeeks),
                week.get(Item::Wins),
                market.segments[0].open_all() as f64,
                week.get(Item::HoursUsed),
            ]
        });
        means(&followed, WARM_UP)
    };
    let [leads, worked, waited, wins, open, _] = read(&[], 8);
    assert!(leads == worked && waited.iter().all(|waited| *waited == 0.0));
    assert_ratio(&wins, &leads, 0.075, 4.0);
    assert_mean(&wins, 0.225, 4.0);
    assert_mean(&open, 9.0, 4.0);
    let settings = [
        "roles.seller.selling_hours_per_week=60",
        "segments.market.leads.organic_leads_per_week_today=100",
    ];
    let [_, worked, _, wins, open, used] = read(&settings, 9);
    assert_near(60.0 / 6.5, 9.2307692);
    assert_mean(&worked, 60.0 / 6.5, 4.0);
    assert_mean(&wins, 60.0 / 6.5 * 0.075, 4.0);
    assert_mean(&used, 60.0, 4.0);
    let (open, error) = mean(&open);
    let all = 60.0 / 6.5 * 3.0;
    assert!(open > all - 4.0 * error && open < 1.03 * all, "{open} ± {error}");
}

/// Leads 100 M/(M + 10,000) against calls c = (20,000 − M)/300: E min(A, c) of Poisson arrivals is the greatest at c = 42, a share of
/// .37, with 39.664653 a week. Every plan of the sweep is met within its error, and the best is told from its neighbours.
#[test]
fn the_best_split_makes_both_sides_bind() {
    let scenario_of = |settings: &[&str]| scenario("best_split", settings);
    let weeks = 200.0;
    let yields = |calls: usize| {
        let media = 20_000.0 - 300.0 * calls as f64;
        let arrivals = poisson(100.0 * media / (media + 10_000.0));
        let called = arrivals.iter().enumerate();
        called.map(|(k, p)| k.min(calls) as f64 * p).sum::<f64>()
    };
    assert_near(yields(42), 39.664653);
    let lived = live(&scenario_of(&[]), 150, 10);
    let calls: Vec<Vec<f64>> = (0..9).map(|plan| values(&lived, plan, "leads_worked")).collect();
    for (plan, calls) in calls.iter().enumerate() {
        assert_mean(calls, weeks * yields(38 + plan), 4.0);
    }
    let best = 42 - 38;
    for (plan, other) in calls.iter().enumerate().filter(|(plan, _)| *plan != best) {
        let ahead: Vec<f64> = calls[best].iter().zip(other).map(|(a, b)| a - b).collect();
        let (ahead, error) = mean(&ahead);
        assert!(ahead > 2.0 * error, "plan {plan}: {ahead} ± {error}");
    }
    // Leads that wait lose nothing but what is left in the queue: the lesser of leads and calls, best at .366025.
    let media: f64 = 7_320.508;
    assert!((100.0 * media / (media + 10_000.0) - (20_000.0 - media) / 300.0).abs() < 1e-4);
    let lived = live(&scenario_of(&["work.stop_after_weeks=52"]), 40, 11);
    let patient: Vec<f64> = (0..9)
        .map(|plan| mean(&values(&lived, plan, "leads_worked")).0 / weeks)
        .collect();
    let (most, _) = patient
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1))
        .unwrap();
    assert!((41..=43).contains(&(38 + most)), "{patient:?}");
    assert!(
        (patient[0] - 38.0).abs() < 0.02 && patient[4] > 41.5,
        "{patient:?}"
    );
}
