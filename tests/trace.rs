//! The labelled replay: events of accounts sum to the counts and the money of the same replication, and every account
//! lives one life.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests may fail them

mod support;

use gtm_sim::engine::simulate::{Control, Run, simulate};
use gtm_sim::engine::trace::event::{Event, Kind};
use gtm_sim::engine::trace::replay::{MOST_ACCOUNTS, Replay};
use gtm_sim::model::scenario::Scenario;
use gtm_sim::model::sources::Source;
use gtm_sim::outcome::life::MeasureSet;
use gtm_sim::outcome::outcomes::Rule;
use gtm_sim::scenario_file;
use std::collections::BTreeMap;
use support::bare::shipped_files;
use support::random::random;

const SEED: u64 = 77;

/// A shipped scenario, unknowns and all.
fn shipped(file: &str) -> Scenario {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    scenario_file::read(&text, file)
        .unwrap_or_else(|_| panic!("{file}"))
        .value
        .scenario
}

/// Numbers of a replication by measure.
struct Measured {
    set: MeasureSet,
    numbers: Vec<f64>,
}

impl Measured {
    fn of(scenario: &Scenario, replay: &Replay) -> Self {
        let set = MeasureSet::of(scenario);
        let mut numbers = vec![0.0; set.columns()];
        set.record(&replay.life(), &mut numbers);
        Self { set, numbers }
    }

    fn get(&self, id: &str) -> f64 {
        let reading = self.set.readings.iter().find(|reading| reading.id == id).unwrap();
        match reading.rule {
            Rule::Amount(column) => self.numbers[column],
            Rule::Ratio { .. } => panic!("{id} is a ratio"),
        }
    }

    fn numerator(&self, id: &str) -> f64 {
        let reading = self.set.readings.iter().find(|reading| reading.id == id).unwrap();
        match reading.rule {
            Rule::Ratio { of, .. } => self.numbers[of],
            Rule::Amount(_) => panic!("{id} is no ratio"),
        }
    }
}

/// What a log sums to.
#[derive(Default)]
struct Log {
    counts: BTreeMap<Kind, u64>,
    by_class: BTreeMap<&'static str, u64>,
    revenue: f64,
    waited: f64,
    won_value: f64,
}

fn class(by: Option<Source>) -> &'static str {
    match by {
        Some(Source::Referral) => "leads_referred",
        Some(Source::Role(_)) => "leads_outbound",
        Some(Source::Organic | Source::Channel(_)) => "leads_inbound",
        other => panic!("a lead by {other:?}"),
    }
}

impl Log {
    fn add(&mut self, event: &Event) {
        *self.counts.entry(event.kind).or_default() += 1;
        match event.kind {
            Kind::Lead | Kind::SelfServeLead => *self.by_class.entry(class(event.by)).or_default() += 1,
            Kind::Worked => self.waited += f64::from(event.wait.unwrap()),
            Kind::Won => self.won_value += event.value.unwrap(),
            kind if kind.is_revenue() => self.revenue += event.value.unwrap(),
            _ => {}
        }
    }

    fn count(&self, kinds: &[Kind]) -> f64 {
        kinds
            .iter()
            .map(|kind| self.counts.get(kind).copied().unwrap_or(0) as f64)
            .sum()
    }

    fn check(&self, measured: &Measured, name: &str) {
        use Kind::*;
        let same: &[(&str, &[Kind])] = &[
            ("became_aware", &[Aware]),
            ("forgot", &[Forgot]),
            ("leads", &[Lead, SelfServeLead]),
            ("leads_assisted", &[Lead]),
            ("leads_self_serve", &[SelfServeLead]),
            ("leads_worked", &[Worked]),
            ("leads_died", &[Expired]),
            ("disqualified", &[Misfit, Disqualified]),
            ("opportunities", &[Opportunity]),
            ("wins", &[Won]),
            ("lost", &[Lost, NoDecision, LostMisfit]),
            ("lost_misfit", &[LostMisfit]),
            ("self_serve_wins", &[SelfServeWon]),
            ("customers_won", &[Won, SelfServeWon]),
            ("customers_lost", &[Churned, Gone]),
            ("orders", &[Order]),
        ];
        for (id, kinds) in same {
            assert_eq!(self.count(kinds), measured.get(id), "{name}: {id}");
        }
        for id in ["leads_inbound", "leads_outbound", "leads_referred"] {
            let labelled = self.by_class.get(id).copied().unwrap_or(0) as f64;
            assert_eq!(labelled, measured.get(id), "{name}: {id}");
        }
        assert_eq!(
            self.waited,
            measured.numerator("lead_response_weeks"),
            "{name}: waits"
        );
        let revenue = measured.get("revenue");
        assert!(
            (self.revenue - revenue).abs() < 0.005_f64.max(1e-10 * revenue),
            "{name}: {} in the log, {revenue} in the replication",
            self.revenue
        );
    }
}

/// Traces a replication, checks the sums, and returns the events per account if they are wanted.
fn trace(scenario: &Scenario, plan: usize, replication: u64, name: &str) -> Lives {
    let mut replay = Replay::new(scenario, plan).unwrap();
    let mut log = Log::default();
    let accounts: u64 = scenario.segments.iter().map(|segment| segment.accounts).sum();
    let mut lives = Lives {
        every: 1 + (accounts / 100_000) as u32,
        last: BTreeMap::new(),
        week: 0,
        wrong: Vec::new(),
    };
    replay.live(SEED, replication, &mut |event: &Event| {
        log.add(event);
        lives.add(event);
    });
    log.check(&Measured::of(scenario, &replay), name);
    lives
}

/// The last step of every account, and what was wrong with any.
struct Lives {
    /// Every so manieth account is followed.
    every: u32,
    last: BTreeMap<(usize, u32), (Kind, u32)>,
    week: u32,
    wrong: Vec<String>,
}

impl Lives {
    fn add(&mut self, event: &Event) {
        if event.week < self.week {
            self.wrong.push(format!("{event:?} after week {}", self.week));
        }
        self.week = event.week;
        let Some(account) = event.account else {
            return;
        };
        if account % self.every != 0 {
            return;
        }
        let at = (event.segment, account);
        let before = self.last.get(&at).copied();
        let wait = before.map(|(_, week)| event.week - week);
        if event.wait != wait {
            self.wrong.push(format!("{event:?} after {before:?}"));
        }
        if event.kind.is_money() {
            return;
        }
        if !follows(before.map(|(kind, _)| kind), event.kind) {
            self.wrong.push(format!("{event:?} after {before:?}"));
        }
        self.last.insert(at, (event.kind, event.week));
    }

    fn check(&self, name: &str) {
        let few: Vec<&String> = self.wrong.iter().take(5).collect();
        assert!(few.is_empty(), "{name}: {few:#?}");
    }
}

/// Whether a step can follow another in one life; before the log an account may stand anywhere but in the queue.
fn follows(before: Option<Kind>, now: Kind) -> bool {
    use Kind::*;
    let knows_us = [Forgot, Lead, SelfServeLead];
    match before {
        None => !matches!(
            now,
            Worked | Misfit | Disqualified | Expired | Opportunity | SelfServeMisfit
        ),
        Some(Aware | CooledOff | Returned) => knows_us.contains(&now),
        Some(Forgot) => matches!(now, Aware | Lead | SelfServeLead),
        Some(Lead) => matches!(now, Worked | Expired),
        Some(SelfServeLead) => matches!(now, SelfServeMisfit | NotBought | SelfServeWon),
        Some(Worked) => matches!(now, Misfit | Disqualified | Opportunity),
        Some(Opportunity) => matches!(now, Won | Lost | NoDecision | LostMisfit),
        Some(Won | SelfServeWon | Renewed) => matches!(now, Renewed | Churned | Gone),
        Some(Churned) => now == Returned,
        Some(
            SelfServeMisfit | NotBought | Misfit | Disqualified | Expired | Lost | NoDecision | LostMisfit,
        ) => now == CooledOff,
        Some(Gone | Expanded | Order | Revenue) => false,
    }
}

#[test]
fn events_sum_to_the_replication_for_every_shipped_scenario() {
    for name in &shipped_files() {
        let scenario = shipped(name);
        let last = scenario.plans.len() - 1;
        for (plan, replication) in [(0, 0), (last, 1)] {
            let lives = trace(&scenario, plan, replication, name);
            lives.check(name);
            assert!(lives.last.len() > 500, "{name}: {} accounts", lives.last.len());
        }
    }
}

#[test]
fn events_sum_to_the_replication_for_random_scenarios() {
    for number in 0..150 {
        let mut scenario = random(number);
        for (segment, customers) in scenario.segments.iter_mut().zip(&mut scenario.today.customers) {
            // Large enough for count and sum, small enough to be named.
            segment.accounts = segment.accounts.min(300_000);
            *customers = customers.min(0.3 * segment.accounts as f64);
        }
        let name = format!("random {number}");
        trace(&scenario, 0, number, &name).check(&name);
    }
}

/// The log changes nothing: the numbers of a traced replication are those of a run, to the last bit.
#[test]
fn a_traced_replication_is_that_of_a_run() {
    for name in ["b2b.toml", "consumer_goods.toml"] {
        let scenario = shipped(name);
        let run = Run {
            plans: vec![1],
            seed: SEED,
            replications: 2..3,
            threads: 1,
            weekly_replications: 0,
        };
        let lived = simulate(&scenario, &run, &Control::default()).unwrap();
        let mut replay = Replay::new(&scenario, 1).unwrap();
        replay.live(SEED, 2, &mut |_: &Event| {});
        let bits = |numbers: &[f64]| numbers.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        let traced = Measured::of(&scenario, &replay).numbers;
        assert_eq!(bits(&traced), bits(&lived.outcomes.numbers), "{name}");
    }
}

#[test]
fn the_same_replication_tells_the_same_log() {
    let scenario = shipped("b2b.toml");
    let log = |seed, replication| {
        let mut events = Vec::new();
        let mut replay = Replay::new(&scenario, 0).unwrap();
        // Whatever was lived before.
        replay.live(seed, 9, &mut |_: &Event| {});
        replay.live(seed, replication, &mut |event: &Event| events.push(*event));
        events
    };
    let first = log(SEED, 3);
    assert_eq!(first, log(SEED, 3));
    assert_ne!(first, log(SEED, 4));
    assert_ne!(first, log(SEED + 1, 3));
}

/// Sources are drawn in proportion to the parts of the hazard, which are what `leads_of` sums: over 300 replications the
/// labels of each channel differ from them by less than 4.5 standard errors (five comparisons, false alarm 3e-5).
#[test]
fn inbound_leads_are_labelled_in_proportion_to_the_hazard() {
    let scenario = shipped("b2b.toml");
    let mut replay = Replay::new(&scenario, 0).unwrap();
    let channels = scenario.channels.len();
    let mut gaps = vec![Vec::new(); channels + 1];
    for replication in 0..300 {
        let mut labels = vec![0.0; channels + 1];
        replay.live(SEED, replication, &mut |event: &Event| {
            if matches!(event.kind, Kind::Lead | Kind::SelfServeLead) {
                match event.by {
                    Some(Source::Channel(channel)) => labels[channel] += 1.0,
                    Some(Source::Organic) => labels[channels] += 1.0,
                    _ => {}
                }
            }
        });
        let measured = Measured::of(&scenario, &replay);
        for (channel, typed) in scenario.channels.iter().enumerate() {
            gaps[channel].push(labels[channel] - measured.get(&format!("leads_of.{}", typed.name)));
        }
        gaps[channels].push(labels[channels] - measured.get("leads_organic"));
    }
    for gap in &gaps {
        let (mean, error) = support::lives::mean(gap);
        assert!(error > 0.1, "labels that never differ are not drawn");
        assert!(mean.abs() < 4.5 * error, "{mean} ± {error}");
    }
}

/// Where targeting makes all leads of a channel fit and no other, misfits come from the others alone.
#[test]
fn what_fits_tells_where_it_came_from() {
    let mut scenario = shipped("b2b.toml");
    scenario.unknowns.clear();
    scenario.feedback.half_learned_after = f64::INFINITY;
    for (position, channel) in scenario.channels.iter_mut().enumerate() {
        let share = if position == 0 { 1.0 } else { 0.0 };
        (channel.targeting.base, channel.targeting.max) = (share, share);
    }
    let mut replay = Replay::new(&scenario, 0).unwrap();
    let mut source = BTreeMap::new();
    let (mut of_first, mut misfits) = (0, 0);
    replay.live(SEED, 0, &mut |event: &Event| {
        let account = event.account.unwrap_or(0);
        match event.kind {
            Kind::Lead => {
                source.insert(account, event.by);
            }
            Kind::Misfit => {
                misfits += 1;
                of_first += u32::from(source[&account] == Some(Source::Channel(0)));
            }
            _ => {}
        }
    });
    assert!(misfits > 100 && of_first == 0, "{of_first} of {misfits}");
}

#[test]
fn more_accounts_than_can_be_named_are_refused() {
    let mut scenario = shipped("minimal.toml");
    scenario.segments[0].accounts = MOST_ACCOUNTS + 1;
    let refused = Replay::new(&scenario, 0).unwrap_err();
    assert_eq!(refused.accounts, MOST_ACCOUNTS + 1);
}
