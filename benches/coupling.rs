//! How well plans are coupled by common random numbers: (variance A + variance B) over variance (A − B) of value,
//! every unknown at its typical value: neighbouring plans of every shipped scenario, and splits 2, 5, 10 and 20 points
//! apart, in companies with 1,000, 10,000 and 100,000 accounts. `cargo bench --bench coupling`, or with the names of
//! scenarios behind `--`.
//!
//! The last column tells what deal values add: the variance of A − B, in percent of what it is, if every deal had
//! the mean value. Money is linear in deal values, so that this is all that integrating them out could save.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)] // a bench tells what it measured

use gtm_sim::engine::simulate::{Control, Run, simulate};
use gtm_sim::model::scenario::{ChannelLeads, Phase, ResponseScale, Scenario};
use gtm_sim::model::segment::{DealValue, OrganicLeads};
use gtm_sim::outcome::outcomes::Rule;

const REPLICATIONS: u64 = 1_000;
const SIZES: [u64; 3] = [1_000, 10_000, 100_000];
/// Points of split apart.
const APART: [f64; 4] = [0.02, 0.05, 0.10, 0.20];
const SHIPPED: [&str; 6] = [
    "minimal",
    "startup",
    "b2b",
    "b2b_services",
    "established",
    "consumer_goods",
];

fn read(name: &str) -> Scenario {
    let path = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("a shipped scenario");
    let mut scenario = match gtm_sim::scenario_file::read(&text, name) {
        Ok(checked) => checked.value.scenario,
        Err(report) => panic!("{}", report.render(false)),
    };
    scenario.unknowns.clear();
    scenario
}

/// The company with so many accounts: budget, team, media and everything counted today grow alike.
fn company(scenario: &Scenario, accounts: u64) -> Scenario {
    let mut scaled = scenario.clone();
    let before: u64 = scenario.segments.iter().map(|segment| segment.accounts).sum();
    let factor = accounts as f64 / before as f64;
    for segment in &mut scaled.segments {
        segment.accounts = ((segment.accounts as f64 * factor).round() as u64).max(1);
        if let OrganicLeads::PerWeekToday(leads) = &mut segment.leads.organic {
            *leads *= factor;
        }
        if let Some(leads) = &mut segment.leads.outbound_leads_per_week_today {
            *leads *= factor;
        }
    }
    for channel in &mut scaled.channels {
        channel.spend_today_per_week *= factor;
        if let ResponseScale::HalfSaturation(money) = &mut channel.scale {
            *money *= factor;
        }
        if let ChannelLeads::PerWeekToday(leads) = &mut channel.leads {
            *leads *= factor;
        }
    }
    let today = &mut scaled.today;
    let counts = today.pipeline.iter_mut().chain(&mut today.cooling).flatten();
    counts
        .chain(today.team.iter_mut().flatten())
        .chain(&mut today.customers)
        .chain(&mut today.insight)
        .chain(&mut today.cash)
        .for_each(|count| *count *= factor);
    scaled.today.tenure_weeks.iter_mut().for_each(Vec::clear);
    scaled.budget.annual *= factor;
    scaled.budget.whole_heads = false;
    scaled.finance.other_costs_annual *= factor;
    scaled.feedback.half_learned_after *= factor;
    scaled
}

/// The shipped plans, then the first one's split, and that moved by each of `APART`.
fn with_splits(mut scenario: Scenario) -> Scenario {
    let first = scenario.plans[0].clone();
    let share = first.phases[0].marketing_share;
    for apart in [0.0].into_iter().chain(APART) {
        let mut moved = first.clone();
        moved.phases = vec![Phase {
            weeks: None,
            marketing_share: (share + apart).min(1.0),
        }];
        scenario.plans.push(moved);
    }
    scenario
}

fn at_mean_values(mut scenario: Scenario) -> Scenario {
    for segment in &mut scenario.segments {
        segment.deals.value = DealValue::Fixed(segment.deals.value.moments().mean);
    }
    scenario
}

fn variance(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / n;
    values.map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)
}

/// Of each pair of plans: variance of both, and of their difference.
fn variances(scenario: &Scenario, pairs: &[(usize, usize)]) -> Vec<(f64, f64)> {
    let run = Run {
        plans: (0..scenario.plans.len()).collect(),
        seed: 11,
        replications: 0..REPLICATIONS,
        threads: 0,
        weekly_replications: 0,
    };
    let lived = simulate(scenario, &run, &Control::default()).expect("not interrupted");
    let Some(Rule::Amount(column)) = lived.outcomes.reading("value").map(|reading| reading.rule) else {
        panic!("value is an amount");
    };
    let of = |plan: usize| lived.outcomes.column(plan, column).collect::<Vec<f64>>();
    pairs
        .iter()
        .map(|(a, b)| {
            let (a, b) = (of(*a), of(*b));
            let both = variance(a.iter().copied()) + variance(b.iter().copied());
            (both, variance(a.iter().zip(&b).map(|(a, b)| a - b)))
        })
        .collect()
}

fn print_company(name: &str, accounts: u64) {
    let scenario = with_splits(company(&read(name), accounts));
    let shipped = scenario.plans.len() - APART.len() - 1;
    let neighbours = (1..shipped).map(|plan| (plan - 1, plan));
    let splits = (1..=APART.len()).map(|apart| (shipped, shipped + apart));
    let pairs: Vec<(usize, usize)> = neighbours.chain(splits).collect();
    let plain = variances(&scenario, &pairs);
    let at_mean = variances(&at_mean_values(scenario.clone()), &pairs);
    for (((a, b), (both, apart)), (_, apart_at_mean)) in pairs.iter().zip(plain).zip(at_mean) {
        let share = |plan: usize| 100.0 * scenario.plans[plan].phases[0].marketing_share;
        let what = if *a < shipped {
            format!(
                "{} – {}",
                scenario.plans[*a].name.as_str(),
                scenario.plans[*b].name.as_str()
            )
        } else {
            format!("{:.0} – {:.0} %", share(*a), share(*b))
        };
        println!(
            "| {name} | {accounts} | {what} | {:.1} | {:.0} % |",
            both / apart,
            100.0 * apart_at_mean / apart
        );
    }
}

fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    println!(
        "| scenario | accounts | plans | variance ratio | variance of the difference at mean deal values |"
    );
    println!("|---|---|---|---|---|");
    for name in SHIPPED {
        if wanted.is_empty() || wanted.iter().any(|word| word == name) {
            for accounts in SIZES {
                print_company(name, accounts);
            }
        }
    }
}
