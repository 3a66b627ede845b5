//! The statistics of the reports against known answers and against their own promises.
//!
//! Seeds are fixed; beside every bound stands how often a correct program would fail it with another seed.

// Helpers of tests fail the test, as the tests do.
#![allow(clippy::unwrap_used)]

use gtm_sim::chance::normal;
use gtm_sim::outcome::distribution::Sorted;
use gtm_sim::outcome::estimate::{
    Estimate, Influence, best_in, better_in, deviate, mean, paired_difference, ratio, share,
};
use gtm_sim::outcome::outcomes::{BLOCK, Better, SeriesReading, WeeklyRecord};
use gtm_sim::outcome::series::{self, bands_of, difference_bands_of};
use gtm_sim::units::unit::Unit;
use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Standard errors from the expected value: a correct program fails once in 150,000 seeds.
const FAR: f64 = 4.5;

fn luck(seed: u64) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(seed)
}

fn gauss(rng: &mut Xoshiro256PlusPlus) -> f64 {
    normal::quantile(rng.random::<f64>().max(1e-300))
}

fn normals(rng: &mut Xoshiro256PlusPlus, count: usize) -> Vec<f64> {
    (0..count).map(|_| gauss(rng)).collect()
}

/// How often the intervals of `trials` samples hold the truth is within `FAR` errors of `expected`.
fn covers(trials: usize, expected: f64, slack: f64, truth: f64, sample: impl FnMut(usize) -> Estimate) {
    let hits = (0..trials)
        .map(sample)
        .filter(|estimate| !estimate.excludes(truth))
        .count();
    let got = hits as f64 / trials as f64;
    let bound = FAR * (expected * (1.0 - expected) / trials as f64).sqrt() + slack;
    assert!(
        (got - expected).abs() < bound,
        "covers {got}, not {expected} ± {bound}"
    );
}

#[test]
fn deviates_are_those_of_the_normal_law() {
    for (level, z) in [(0.95, 1.959964), (0.99, 2.575829), (1.0 - 0.05 / 6.0, 2.638257)] {
        assert!((deviate(level) - z).abs() < 1e-6, "{level}: {}", deviate(level));
    }
}

#[test]
fn intervals_of_a_mean_hold_it_as_often_as_they_say() {
    let mut rng = luck(1);
    // z instead of t with 49 degrees: 94.4 %.
    covers(3000, 0.944, 0.0, 0.0, |_| mean(&normals(&mut rng, 50)).unwrap());
    // A log-normal of 400: the skewness takes about a point.
    let truth = libm::exp(0.5);
    covers(2000, 0.935, 0.012, truth, |_| {
        let sample: Vec<f64> = normals(&mut rng, 400).into_iter().map(libm::exp).collect();
        mean(&sample).unwrap()
    });
}

#[test]
fn undefined_values_are_left_out_and_counted() {
    let with = [1.0, f64::NAN, 3.0, f64::INFINITY, 5.0];
    let influence = Influence::of_mean(&with).unwrap();
    assert_eq!((influence.value, influence.undefined), (3.0, 2));
    let (own, plain) = (influence.estimate().unwrap(), mean(&[1.0, 3.0, 5.0]).unwrap());
    assert!((own.error - plain.error).abs() < 1e-12);
    assert_eq!(mean(&with), Some(plain));
    assert_eq!(mean(&[f64::NAN; 4]), None);
    assert_eq!(mean(&[4.0]), None);
    assert_eq!(ratio(&[1.0, 2.0], &[0.0, 0.0]), None);
    assert_eq!(Sorted::of([f64::NAN].into_iter()).quantile(0.5), None);
}

/// Errors times √n of a normal and a log-normal, from sqrt(p(1 − p)/n)/f(x_p).
const QUANTILE_ERRORS: [(f64, f64); 5] = [
    (0.5, 1.253314),
    (0.75, 1.362633),
    (0.9, 1.709418),
    (0.95, 2.113188),
    (0.99, 3.733236),
];

fn check_quantile(p: f64, truth: f64, error: f64, seed: u64, of: fn(f64) -> f64) {
    const SAMPLES: usize = 400;
    const SIZE: usize = 4000;
    let mut rng = luck(seed);
    let mut told = 0.0;
    let mut found = Vec::new();
    for _ in 0..SAMPLES {
        let sample = Sorted::of(normals(&mut rng, SIZE).into_iter().map(of));
        let estimate = sample.quantile_estimate(p).unwrap();
        told += estimate.error / SAMPLES as f64;
        found.push(estimate.value);
    }
    let expected = error / (SIZE as f64).sqrt();
    // The mean of 400 told errors, each good to about 20 %: 1 %; the stretch it is taken over bends it by 2 %.
    assert!(
        (told / expected - 1.0).abs() < 0.065,
        "{p}: told {told}, {expected}"
    );
    let spread = mean(&found).unwrap();
    let sd = spread.error * (SAMPLES as f64).sqrt();
    assert!(
        (sd / expected - 1.0).abs() < FAR / (2.0 * SAMPLES as f64).sqrt(),
        "{p}: {sd}"
    );
    assert!(
        (spread.value - truth).abs() < FAR * spread.error + 0.1 * expected,
        "{p}"
    );
}

#[test]
fn quantiles_have_the_errors_of_the_table() {
    for (index, (p, error)) in QUANTILE_ERRORS.into_iter().enumerate() {
        check_quantile(p, normal::quantile(p), error, 10 + index as u64, |x| x);
    }
    for (p, truth, error) in [
        (0.05, 0.193041, 0.407931),
        (0.5, 1.0, 1.253314),
        (0.95, 5.180252, 10.946843),
    ] {
        check_quantile(p, truth, error, 20 + (p * 100.0) as u64, libm::exp);
    }
}

#[test]
fn intervals_of_quantiles_hold_them_as_often_as_they_say() {
    let mut rng = luck(3);
    for p in [0.1, 0.5, 0.9] {
        covers(1500, 0.945, 0.01, normal::quantile(p), |_| {
            let sample = Sorted::of(normals(&mut rng, 1000).into_iter());
            sample.quantile_estimate(p).unwrap()
        });
    }
}

#[test]
fn pairing_shrinks_the_error_of_a_difference() {
    let mut rng = luck(4);
    let (mut paired, mut apart) = (0.0, 0.0);
    for _ in 0..300 {
        let common = normals(&mut rng, 1000);
        let own = normals(&mut rng, 1000);
        let a: Vec<f64> = common.iter().map(|x| 1000.0 + 300.0 * x).collect();
        let b: Vec<f64> = common
            .iter()
            .zip(&own)
            .map(|(x, y)| 900.0 + 330.0 * (0.9 * x + (1.0 - 0.81_f64).sqrt() * y))
            .collect();
        let difference = paired_difference(&a, &b).unwrap();
        let (one, two) = (Influence::of_mean(&a).unwrap(), Influence::of_mean(&b).unwrap());
        let same = one.minus(&two).unwrap();
        assert!((same.value - difference.value).abs() < 1e-9 && (same.error - difference.error).abs() < 1e-9);
        paired += difference.error / 300.0;
        let (a, b) = (mean(&a).unwrap().error, mean(&b).unwrap().error);
        apart += (a * a + b * b).sqrt() / 300.0;
    }
    // An error from 1,000 values is good to 2.2 %, the mean of 300 to 0.13 %.
    assert!((paired / 4.549725 - 1.0).abs() < 0.006, "{paired}");
    assert!((apart / 14.103191 - 1.0).abs() < 0.006, "{apart}");
}

/// Cost and customers of a future: customers are small counts, sometimes none.
fn cost_and_customers(rng: &mut Xoshiro256PlusPlus, count: usize) -> (Vec<f64>, Vec<f64>) {
    (0..count)
        .map(|_| {
            let demand = libm::exp(0.3 * gauss(rng));
            let customers = (0..12).filter(|_| rng.random::<f64>() < 0.15 * demand).count();
            (1000.0 + 100.0 * gauss(rng), customers as f64)
        })
        .unzip()
}

#[test]
fn pooled_ratios_have_the_error_of_the_delta_method() {
    let mut rng = luck(5);
    let (costs, customers) = cost_and_customers(&mut rng, 2_000_000);
    // The cost of futures without a customer belongs to the customers of the others.
    let truth = costs.iter().sum::<f64>() / customers.iter().sum::<f64>();
    let (mut told, mut found) = (0.0, Vec::new());
    covers(1000, 0.945, 0.006, truth, |_| {
        let (costs, customers) = cost_and_customers(&mut rng, 500);
        let influence = Influence::of_ratio(&costs, &customers).unwrap();
        let none = customers.iter().filter(|n| **n == 0.0).count();
        assert!(none > 20 && influence.undefined == 0);
        assert!(influence.pull.iter().sum::<f64>().abs() < 1e-6 * truth * 500.0);
        let estimate = influence.estimate().unwrap();
        told += estimate.error / 1000.0;
        found.push(estimate.value);
        estimate
    });
    let sd = mean(&found).unwrap().error * 1000.0_f64.sqrt();
    assert!((told / sd - 1.0).abs() < FAR / 2000.0_f64.sqrt(), "{told} {sd}");
}

#[test]
fn paired_ratios_are_compared_in_the_same_futures() {
    let mut rng = luck(6);
    let mut gains = 0.0;
    covers(1000, 0.945, 0.008, 0.0, |_| {
        let (mut a, mut b) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
        for _ in 0..400 {
            let (x, y) = (gauss(&mut rng), gauss(&mut rng));
            let per = libm::exp(0.4 * x);
            // Two plans with the same expected ratio, close in every future.
            a.0.push(5.0 * per + 0.3 * y);
            a.1.push(per);
            b.0.push(5.0 * per + 0.3 * gauss(&mut rng));
            b.1.push(per * (1.0 + 0.0 * x));
        }
        let (one, two) = (
            Influence::of_ratio(&a.0, &a.1).unwrap(),
            Influence::of_ratio(&b.0, &b.1).unwrap(),
        );
        let difference = one.minus(&two).unwrap();
        let apart = one.estimate().unwrap().error.hypot(two.estimate().unwrap().error);
        gains += (difference.error / apart) / 1000.0;
        difference
    });
    assert!(gains < 1.05, "{gains}");
}

#[test]
fn shares_have_the_binomial_error() {
    let estimate = share(25.0, 101).unwrap();
    let p: f64 = 25.0 / 101.0;
    assert_eq!(estimate.value, p);
    assert!((estimate.error - (p * (1.0 - p) / 100.0).sqrt()).abs() < 1e-15);
    let mut rng = luck(7);
    covers(3000, 0.947, 0.006, 0.3, |_| {
        let hits = (0..400).filter(|_| rng.random::<f64>() < 0.3).count();
        share(hits as f64, 400).unwrap()
    });
}

#[test]
fn tail_means_are_those_of_the_table() {
    let mut rng = luck(8);
    let sample: Vec<f64> = normals(&mut rng, 1_000_000);
    for (alpha, factor) in [(0.01, 2.665214), (0.05, 2.062713), (0.10, 1.754983)] {
        let tail = Sorted::of(sample.iter().map(|x| 1000.0 + 300.0 * x))
            .lower_tail_mean(alpha)
            .unwrap();
        assert!(
            (tail.value - (1000.0 - 300.0 * factor)).abs() < FAR * tail.error,
            "{alpha}: {tail:?}"
        );
        assert!(tail.error < 3.0);
    }
    for (sigma, truth) in [(0.5, 0.362206), (0.8, 0.199561), (1.0, 0.134744)] {
        let tail = Sorted::of(sample.iter().map(|x| libm::exp(sigma * x)))
            .lower_tail_mean(0.05)
            .unwrap();
        assert!((tail.value - truth).abs() < FAR * tail.error, "{sigma}: {tail:?}");
    }
    covers(1000, 0.94, 0.01, 1000.0 - 300.0 * 2.062713, |_| {
        let sample = normals(&mut rng, 2000);
        Sorted::of(sample.iter().map(|x| 1000.0 + 300.0 * x))
            .lower_tail_mean(0.05)
            .unwrap()
    });
    // By hand: the worst quarter of six values is one and a half values.
    let tail = Sorted::of([6.0, 1.0, 5.0, 2.0, 4.0, 3.0].into_iter())
        .lower_tail_mean(0.25)
        .unwrap();
    assert!((tail.value - (1.0 + 0.5 * 2.0) / 1.5).abs() < 1e-12);
}

#[test]
fn ties_are_split_evenly() {
    let plans = [
        vec![1.0, 2.0, 3.0, f64::NAN],
        vec![1.0, 1.0, 3.0, f64::NAN],
        vec![0.0, 2.0, 3.0, f64::NAN],
    ];
    let thirds = [0.5 + 0.5, 0.5, 0.5].map(|x| (x + 2.0 / 3.0) / 4.0);
    for (got, expected) in best_in(&plans, Better::More).into_iter().zip(thirds) {
        assert!((got - expected).abs() < 1e-12);
    }
    assert!((best_in(&plans, Better::Less).iter().sum::<f64>() - 1.0).abs() < 1e-12);
    assert_eq!(
        better_in(&plans[0], &plans[1], Better::More),
        (0.5 + 1.0 + 0.5 + 0.5) / 4.0
    );
    assert_eq!(
        better_in(&plans[0], &plans[1], Better::Less),
        (0.5 + 0.0 + 0.5 + 0.5) / 4.0
    );
    // Undefined loses against defined, whichever direction is better.
    assert_eq!(better_in(&[f64::NAN], &[9.0], Better::Less), 0.0);
}

fn record(plans: usize, replications: usize, value: impl Fn(usize, usize, usize) -> f32) -> WeeklyRecord {
    let weeks = 3;
    let reading = |id: &str, paired| SeriesReading {
        id: id.to_owned(),
        label: id.to_owned(),
        unit: Unit::Money,
        paired,
    };
    let mut record = WeeklyRecord {
        series: vec![reading("revenue", false), reading("contribution_to_date", true)],
        weeks,
        plans,
        replications,
        values: vec![0.0; replications.div_ceil(BLOCK) * plans * 2 * weeks * BLOCK],
    };
    for replication in 0..replications {
        for plan in 0..plans {
            for s in 0..2 {
                for week in 0..weeks {
                    let row = ((replication / BLOCK * plans + plan) * 2 + s) * weeks + week;
                    let x = value(plan, week, replication) * (s + 1) as f32;
                    record.values[row * BLOCK + replication % BLOCK] = x;
                }
            }
        }
    }
    record
}

#[test]
fn weekly_bands_and_paired_differences_are_those_of_the_values() {
    let value = |plan: usize, week: usize, replication: usize| {
        let base = ((replication * 37) % 101) as f32 + week as f32 * 10.0;
        if plan == 1 { base * 1.5 - 3.0 } else { base }
    };
    let record = record(2, 150, value);
    let weekly = series::reduce(&record);
    let ids: Vec<&str> = weekly.series.iter().map(|series| series.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "revenue",
            "contribution_to_date",
            "difference.contribution_to_date"
        ]
    );
    assert_eq!(weekly.bands.len(), 2 * 3 * 3);
    assert_eq!((weekly.weeks, weekly.replications), (3, 150));
    for week in 0..3 {
        let own = Sorted::of((0..150).map(|r| f64::from(value(1, week, r))));
        let band = bands_of(&record, 1, 0)[week];
        assert_eq!(band, weekly.bands_of(1, "revenue").unwrap()[week]);
        assert!((band.p05 - own.quantile(0.05).unwrap()).abs() < 1e-4);
        assert!((band.p50 - own.quantile(0.5).unwrap()).abs() < 1e-4);
        let gap = Sorted::of((0..150).map(|r| 2.0 * f64::from(value(1, week, r) - value(0, week, r))));
        let band = difference_bands_of(&record, 1, 1)[week];
        assert_eq!(
            band,
            weekly.bands_of(1, "difference.contribution_to_date").unwrap()[week]
        );
        assert!((band.p90 - gap.quantile(0.9).unwrap()).abs() < 1e-3);
        let mean = gap.values().iter().sum::<f64>() / 150.0;
        assert!((band.mean - mean).abs() < 1e-3);
    }
    // One plan has nothing to differ from.
    let alone = series::reduce(&self::record(1, 10, value));
    assert_eq!(alone.series.len(), 2);
}
