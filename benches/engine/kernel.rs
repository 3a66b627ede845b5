//! A frozen hand-written market, the yardstick of the engine: 10,000 accounts, one segment, 52 weeks, awareness,
//! inbound leads, four reps' hours, a gamma cycle, wins and log-normal values, drawn by the same inversions.

use gtm_sim::chance::{binomial, gamma, key, log_normal};

pub const ACCOUNTS: u64 = 10_000;
pub const WEEKS: u32 = 52;
pub const FORGET: f64 = 0.005;
pub const HAZARD: f64 = 0.01;
pub const OCCASIONS: f64 = 0.05;
pub const INBOUND: f64 = 0.16;
pub const HOURS: f64 = 100.0;
pub const HOURS_LEAD: f64 = 0.8;
pub const HOURS_OPPORTUNITY: f64 = 0.5;
pub const QUALIFY: f64 = 0.4;
pub const WIN: f64 = 0.35;
pub const MEDIAN: f64 = 30_000.0;
pub const SIGMA: f64 = 0.8;
pub const CYCLE_SHAPE: f64 = 4.0;
pub const CYCLE_MEAN: f64 = 8.0;
pub const COOL: usize = 13;
pub const AWARE_TODAY: u64 = 3_000;
pub const STOP: usize = 4;

/// Cumulated probabilities of the worked weeks, computed once.
pub fn cycle_table() -> Vec<f64> {
    let mut table: Vec<f64> = (1..60)
        .map(|week| gamma::cdf(CYCLE_SHAPE, f64::from(week) * CYCLE_SHAPE / CYCLE_MEAN))
        .collect();
    table.push(1.0);
    table
}

/// One replication; returns revenue.
pub fn live(seed: u64, replication: u64, cycle: &[f64]) -> f64 {
    let stream = key::replication_key(seed, replication);
    let draw = |process: u16, week: u32, ordinal: u32| key::uniform(stream, 17, process, week, 0, ordinal);
    let (mut unaware, mut aware) = (ACCOUNTS - AWARE_TODAY, AWARE_TODAY);
    let mut leads = [0u64; STOP + 1];
    let mut open = vec![0u64; cycle.len() + 1];
    let mut cooling = [0u64; COOL + 1];
    let (mut head, mut deals, mut running, mut revenue, mut carried) = (0, 0, 0.0, 0.0, 0.0);
    for week in 1..=WEEKS {
        let slot = week as usize % (COOL + 1);
        aware += std::mem::take(&mut cooling[slot]);
        let forgot = binomial::quantile(aware, FORGET, draw(1, week, 0));
        let heard = binomial::quantile(unaware + forgot, 1.0 - libm::exp(-HAZARD), draw(2, week, 0));
        unaware = unaware + forgot - heard;
        aware = aware - forgot + heard;
        let raised = binomial::quantile(aware, OCCASIONS * (1.0 - libm::exp(-INBOUND)), draw(3, week, 0));
        aware -= raised;
        leads[week as usize % (STOP + 1)] = raised;
        let mut hours = HOURS + carried;
        let n: u64 = open.iter().sum();
        let mut closing = 0;
        if n as f64 * HOURS_OPPORTUNITY <= hours {
            hours -= n as f64 * HOURS_OPPORTUNITY;
            head = (head + 1) % open.len();
            closing = std::mem::take(&mut open[head]);
        }
        let back = (week as usize + COOL) % (COOL + 1);
        for wait in 0..=STOP {
            let cell = (week as usize + STOP + 1 - wait) % (STOP + 1);
            let worked = leads[cell].min((hours / HOURS_LEAD) as u64);
            hours -= worked as f64 * HOURS_LEAD;
            leads[cell] -= worked;
            let qualified = binomial::quantile(worked, QUALIFY, draw(4, week, wait as u32));
            cooling[back] += worked - qualified;
            for opportunity in 0..qualified {
                let u = draw(5, week, (wait as u32) << 16 | opportunity as u32);
                let weeks = cycle.partition_point(|p| *p < u) + 1;
                let at = (head + weeks) % open.len();
                open[at] += 1;
            }
        }
        carried = if leads.iter().any(|n| *n > 0) { hours } else { 0.0 };
        cooling[back] += std::mem::take(&mut leads[(week as usize + 1) % (STOP + 1)]);
        let won = binomial::quantile(closing, WIN, draw(6, week, 0));
        cooling[back] += closing - won;
        revenue += running / 52.0;
        for _ in 0..won {
            running += log_normal::quantile(MEDIAN, SIGMA, draw(7, 0, deals));
            deals += 1;
        }
    }
    revenue + f64::from(deals) * 1e-9
}
