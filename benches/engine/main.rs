//! The engine against a frozen hand-written kernel, what each mechanism costs, threads, accounts and allocations.
//!
//! Ratios are taken in one process, best of several turns: `cargo bench --bench engine`; one part alone, such as the
//! kernel: `cargo bench --bench engine -- kernel`.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs
)] // a bench tells what it measured

#[path = "../../tests/support/bare.rs"]
#[allow(dead_code, missing_docs)] // the bench uses a part of the tests' builders
mod bare;
mod kernel;
mod market;
mod sizes;
mod tape;

use gtm_sim::engine::replication::Worker;
use gtm_sim::engine::simulate::{Control, Run, simulate};
use gtm_sim::engine::streams::Addressed;
use gtm_sim::model::luck::Nobody;
use gtm_sim::model::scenario::Scenario;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::alloc::System;
use std::hint::black_box;
use std::time::Instant;
use tape::{Record, Tape};

/// Counts allocations, to show that a warm replication makes none.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const TURNS: usize = 7;
/// Turns of things compared with each other.
const ROUNDS: usize = 40;
/// Accounts of all segments together.
const SIZES: [u64; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// Best of several turns, microseconds a replication.
fn best(replications: u64, mut one: impl FnMut(u64)) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..TURNS {
        let start = Instant::now();
        (0..replications).for_each(&mut one);
        best = best.min(start.elapsed().as_secs_f64() * 1e6 / replications as f64);
    }
    best
}

fn engine(scenario: &Scenario, replications: u64) -> f64 {
    let mut worker = Worker::new(scenario, &[0]);
    best(replications, |replication| {
        let mut luck = worker.begin_numbered(1, replication);
        worker.live(0, &mut luck, &mut Nobody);
        black_box(worker.market().money.value);
    })
}

fn read(name: &str) -> Scenario {
    let path = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("a shipped scenario");
    match gtm_sim::scenario_file::read(&text, name) {
        Ok(checked) => checked.value.scenario,
        Err(report) => panic!("{}", report.render(false)),
    }
}

/// Replications on a tape.
const TAPED: u64 = 500;

/// Notes the draws of the first replications of a plan.
fn record(worker: &mut Worker, plan: usize, replications: u64) -> Tape {
    let mut tape = Tape::default();
    for replication in 0..replications {
        worker.begin_numbered(1, replication);
        tape.mark();
        let mut luck = Record {
            luck: Addressed::new(1, replication),
            tape: &mut tape,
        };
        worker.live(plan, &mut luck, &mut Nobody);
    }
    tape
}

/// Best of turns taken one after the other, so that a noisy neighbour hits all alike; microseconds a replication.
fn in_turns<const N: usize>(replications: u64, mut all: [&mut dyn FnMut(u64); N]) -> [f64; N] {
    let mut best = [f64::INFINITY; N];
    for _ in 0..ROUNDS {
        for (best, one) in best.iter_mut().zip(&mut all) {
            let start = Instant::now();
            (0..replications).for_each(&mut *one);
            *best = best.min(start.elapsed().as_secs_f64() * 1e6 / replications as f64);
        }
    }
    best
}

fn kernel_ratio() {
    let cycle = kernel::cycle_table();
    let scenario = market::plain(kernel::ACCOUNTS);
    let (mut one, mut other) = (Worker::new(&scenario, &[0]), Worker::new(&scenario, &[0]));
    let tape = record(&mut one, 0, TAPED);
    let [of_kernel, of_engine, draws, rest] = in_turns(
        TAPED,
        [
            &mut |replication| {
                black_box(kernel::live(1, replication, &cycle));
            },
            &mut |replication| {
                let mut luck = one.begin_numbered(1, replication);
                one.live(0, &mut luck, &mut Nobody);
                black_box(one.market().money.value);
            },
            &mut |replication| tape.draw_again(replication),
            &mut |replication| {
                other.begin_numbered(1, replication);
                other.live(0, &mut tape.replay(replication), &mut Nobody);
                black_box(other.market().money.value);
            },
        ],
    );
    println!(
        "kernel {of_kernel:.1} µs, engine {of_engine:.1} µs, ratio {:.2}; {:.0} draws alone {draws:.1} µs, engine without draws {rest:.1} µs",
        of_engine / of_kernel,
        tape.draws_of_one()
    );
}

fn mechanisms() {
    let base = engine(&market::plain(kernel::ACCOUNTS), 1_000);
    println!("\none year, 10,000 accounts, µs a replication (plain market {base:.1})");
    for (name, scenario) in market::one_more(kernel::ACCOUNTS) {
        println!("  {name:<28} {:+.1}", engine(&scenario, 1_000) - base);
    }
}

/// What a replication of the first plan costs, and its parts.
fn parts_of(scenario: &Scenario) -> [f64; 3] {
    let replications = 60;
    let (mut one, mut other) = (Worker::new(scenario, &[0]), Worker::new(scenario, &[0]));
    let tape = record(&mut one, 0, replications);
    in_turns(
        replications,
        [
            &mut |replication| {
                let mut luck = one.begin_numbered(1, replication);
                one.live(0, &mut luck, &mut Nobody);
                black_box(one.market().money.value);
            },
            &mut |replication| tape.draw_again(replication),
            &mut |replication| {
                other.begin_numbered(1, replication);
                other.live(0, &mut tape.replay(replication), &mut Nobody);
                black_box(other.market().money.value);
            },
        ],
    )
}

fn print_sizes(name: &str, years: f64, of: impl Fn(u64) -> Scenario) {
    for accounts in SIZES {
        let scenario = of(accounts);
        let segment_years = years * scenario.segments.len() as f64;
        let [whole, draws, rest] = parts_of(&scenario);
        println!(
            "| {name} | {accounts} | {whole:.0} | {draws:.0} | {rest:.0} | {:.1} | {:.0} |",
            rest / segment_years,
            1e6 / whole
        );
    }
}

fn sizes() {
    println!("\nfirst plan, unknowns at typical values, µs a replication");
    println!(
        "| scenario | accounts | engine | draws alone | without draws | the same a segment and year | replications a second |"
    );
    println!("|---|---|---|---|---|---|---|");
    print_sizes("bench market", 1.0, market::scaled);
    for name in sizes::SHIPPED {
        let scenario = read(name);
        let years = f64::from(scenario.weeks + scenario.finance.tail_weeks) / 52.0;
        print_sizes(name, years, |accounts| sizes::with_accounts(&scenario, accounts));
    }
}

fn threads() {
    let scenario = read("b2b");
    let time = |threads| {
        let run = Run {
            plans: (0..scenario.plans.len()).collect(),
            seed: 1,
            replications: 0..2_000,
            threads,
            weekly_replications: 0,
        };
        (0..5)
            .map(|_| {
                let start = Instant::now();
                black_box(simulate(&scenario, &run, &Control::default()).is_ok());
                start.elapsed().as_secs_f64()
            })
            .fold(f64::INFINITY, f64::min)
    };
    let (one, two) = (time(1), time(2));
    let lives = 2_000.0 * scenario.plans.len() as f64;
    println!(
        "\nb2b.toml: {:.0} µs a life of {} weeks; two threads {:.2} times one ({one:.2} s, {two:.2} s)",
        one * 1e6 / lives,
        scenario.weeks + scenario.finance.tail_weeks,
        one / two
    );
}

fn allocated() -> usize {
    let stats = ALLOCATOR.stats();
    stats.allocations + stats.reallocations
}

fn allocations() {
    println!("\nallocations in 1,000 warm replications");
    for name in ["minimal", "b2b"] {
        let scenario = read(name);
        let plans: Vec<usize> = (0..scenario.plans.len()).collect();
        let mut worker = Worker::new(&scenario, &plans);
        let mut live = |range: std::ops::Range<u64>| {
            for replication in range {
                let luck = worker.begin_numbered(1, replication);
                for plan in &plans {
                    worker.live(*plan, &mut luck.clone(), &mut Nobody);
                }
            }
        };
        live(0..1_000);
        let before = allocated();
        live(0..1_000);
        println!("  {name:<10} {}", allocated() - before);
    }
}

/// Bytes that a warm worker holds; a heap that grows with accounts would show.
fn memory() {
    println!("\nKB held by a thread's buffers after 200 replications");
    let of = |scenario: &Scenario| {
        let before = held();
        let mut worker = Worker::new(scenario, &[0]);
        for replication in 0..200 {
            let mut luck = worker.begin_numbered(1, replication);
            worker.live(0, &mut luck, &mut Nobody);
        }
        (held() - before) / 1_000
    };
    let b2b = read("b2b");
    for accounts in SIZES {
        println!(
            "  {accounts:>10} accounts: bench market {}, b2b {}",
            of(&market::scaled(accounts)),
            of(&sizes::with_accounts(&b2b, accounts))
        );
    }
}

fn held() -> usize {
    let stats = ALLOCATOR.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}

/// Ten plans beside one, and many replications beside few, each in turn.
fn plans_and_replications() {
    let mut scenario = read("b2b");
    let plan = scenario.plans[0].clone();
    scenario.plans = vec![plan; 10];
    let live = |plans: usize, replications: u64| {
        let run = Run {
            plans: (0..plans).collect(),
            seed: 1,
            replications: 0..replications,
            threads: 1,
            weekly_replications: 0,
        };
        black_box(simulate(&scenario, &run, &Control::default()).is_ok());
    };
    let mut best = [f64::INFINITY; 3];
    for _ in 0..5 {
        for (best, (plans, replications)) in best.iter_mut().zip([(1, 200), (10, 200), (1, 2_000)]) {
            let start = Instant::now();
            live(plans, replications);
            *best = best.min(start.elapsed().as_secs_f64());
        }
    }
    println!(
        "\nb2b.toml: ten plans {:.2} times one; ten times the replications {:.2} times as long",
        best[1] / best[0],
        best[2] / best[0]
    );
}

fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let parts: [(&str, fn()); 7] = [
        ("kernel", kernel_ratio),
        ("mechanisms", mechanisms),
        ("sizes", sizes),
        ("allocations", allocations),
        ("memory", memory),
        ("threads", threads),
        ("plans", plans_and_replications),
    ];
    for (name, part) in parts {
        if wanted.is_empty() || wanted.iter().any(|word| word == name) {
            part();
        }
    }
}
