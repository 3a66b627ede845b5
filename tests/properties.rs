//! Invariants over random valid scenarios: accounts and money conserved, numbers finite, streams independent of
//! threads and cuts. Debug builds also assert conservation in every week.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

mod support;

use gtm_sim::engine::replication::Worker;
use gtm_sim::engine::simulate::{Control, Run, simulate};
use gtm_sim::model::luck::Watch;
use gtm_sim::model::market::Market;
use gtm_sim::model::sums::Item;
use support::random::random;

struct Audit {
    cash: f64,
    traffic: f64,
    accounts: Vec<u64>,
}

impl Watch for Audit {
    fn week(&mut self, week: u32, market: &Market) {
        let (inward, outward) = (market.week.get(Item::CashIn), market.week.get(Item::CashOut));
        self.cash += inward - outward;
        self.traffic += inward.abs() + outward.abs();
        for (state, accounts) in market.segments.iter().zip(&self.accounts) {
            assert_eq!(state.accounts(), *accounts, "accounts conserved in week {week}");
        }
        assert!(market.money.value.is_finite(), "value finite in week {week}");
    }
}

#[test]
fn accounts_and_money_are_conserved_every_week() {
    for seed in 0..300 {
        let scenario = random(seed);
        let plans: Vec<usize> = (0..scenario.plans.len()).collect();
        let mut worker = Worker::new(&scenario, &plans);
        for replication in 0..3 {
            let luck = worker.begin_numbered(seed, replication);
            for plan in &plans {
                let accounts = scenario.segments.iter().map(|segment| segment.accounts).collect();
                let mut audit = Audit {
                    cash: 0.0,
                    traffic: 0.0,
                    accounts,
                };
                worker.live(*plan, &mut luck.clone(), &mut audit);
                let change = worker.market().money.change;
                let slack = (1e-9 * audit.traffic).max(0.005);
                assert!(
                    (change - audit.cash).abs() <= slack,
                    "scenario {seed}: {change} against {}",
                    audit.cash
                );
            }
        }
    }
}

#[test]
fn threads_and_cuts_change_no_bit() {
    for seed in 0..12 {
        let scenario = random(seed);
        let plans: Vec<usize> = (0..scenario.plans.len()).collect();
        let run = |threads, replications| {
            let run = Run {
                plans: plans.clone(),
                seed: 5,
                replications,
                threads,
                weekly_replications: 100,
            };
            simulate(&scenario, &run, &Control::default()).unwrap()
        };
        let one = run(1, 0..300);
        let bits = |numbers: &[f64]| numbers.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        for threads in [2, 7] {
            let many = run(threads, 0..300);
            assert_eq!(bits(&one.outcomes.numbers), bits(&many.outcomes.numbers));
            assert_eq!(one.weekly, many.weekly);
        }
        let mut joined = Vec::new();
        for piece in [0..1, 1..130, 130..300] {
            joined.extend(run(2, piece).outcomes.numbers);
        }
        assert_eq!(bits(&one.outcomes.numbers), bits(&joined));
    }
}
