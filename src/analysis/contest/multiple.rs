//! Intervals that hold together: how many standard errors all paired differences of some plans stay within at once.
//!
//! The means of plans in the same futures are together close to normal, with the correlations of what each future
//! does to them. The largest studentised difference of all pairs is simulated from that distribution; its quantile
//! replaces Bonferroni's, which ignores that neighbouring splits rise and fall together. Hothorn, Bretz, Westfall,
//! *Simultaneous Inference in General Parametric Models*, Biometrical Journal 50 (2008), 346–363.

use crate::chance::key::{name_hash, replication_key, uniform};
use crate::chance::normal;
use crate::outcome::estimate::{Influence, deviate};

/// Draws of the largest difference.
const DRAWS: u64 = 20_000;
/// The seed of these draws: the same futures have the same intervals.
const SEED: u64 = 20_080_501;
/// A variance below this part of the largest is rounding.
const ROUNDING: f64 = 1e-12;

/// Standard errors within which all paired differences of the plans lie together with probability `level`: at least
/// that of one pair, at most Bonferroni's. Plans without a value are left out.
pub fn critical(plans: &[Option<Influence>], level: f64) -> f64 {
    let plans: Vec<&Influence> = plans.iter().flatten().collect();
    let covariance = covariance(&plans);
    let pairs = pairs(&covariance);
    let one = deviate(level);
    if pairs.len() < 2 {
        return one;
    }
    let root = cholesky(&covariance);
    let mut largest: Vec<f64> = (0..DRAWS).map(|draw| largest(&root, &pairs, draw)).collect();
    largest.sort_by(f64::total_cmp);
    let at = libm::ceil(level * DRAWS as f64) as usize;
    let quantile = largest[at.clamp(1, largest.len()) - 1];
    let bonferroni = deviate(1.0 - (1.0 - level) / pairs.len() as f64);
    quantile.clamp(one, bonferroni)
}

/// Covariances of what a future does to the plans, row by row.
fn covariance(plans: &[&Influence]) -> Vec<Vec<f64>> {
    let product = |a: &Influence, b: &Influence| -> f64 {
        let pairs = a.pull.iter().zip(&b.pull);
        pairs.map(|(x, y)| x * y).sum::<f64>() / a.pull.len().max(1) as f64
    };
    let row = |a: &&Influence| plans.iter().map(|b| product(a, b)).collect();
    plans.iter().map(row).collect()
}

/// A pair of plans and one over the standard deviation of their difference.
type Pair = (usize, usize, f64);

/// The pairs whose difference is not the same in every future.
fn pairs(covariance: &[Vec<f64>]) -> Vec<Pair> {
    let most = (0..covariance.len())
        .map(|i| covariance[i][i])
        .fold(0.0, f64::max);
    let mut pairs = Vec::new();
    for a in 0..covariance.len() {
        for b in a + 1..covariance.len() {
            let variance = covariance[a][a] + covariance[b][b] - 2.0 * covariance[a][b];
            if variance > ROUNDING * most {
                pairs.push((a, b, 1.0 / variance.sqrt()));
            }
        }
    }
    pairs
}

/// The lower triangular root of a covariance; directions without variance are left out.
fn cholesky(covariance: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = covariance.len();
    let most = (0..size).map(|i| covariance[i][i]).fold(0.0, f64::max);
    let mut root = vec![vec![0.0; size]; size];
    for column in 0..size {
        let known: f64 = root[column][..column].iter().map(|x| x * x).sum();
        let left = covariance[column][column] - known;
        if left <= ROUNDING * most {
            continue;
        }
        let diagonal = left.sqrt();
        root[column][column] = diagonal;
        for row in column + 1..size {
            let known: f64 = (0..column).map(|k| root[row][k] * root[column][k]).sum();
            root[row][column] = (covariance[row][column] - known) / diagonal;
        }
    }
    root
}

/// The largest studentised difference of one draw.
fn largest(root: &[Vec<f64>], pairs: &[Pair], draw: u64) -> f64 {
    let key = replication_key(SEED, draw);
    let who = name_hash("largest difference");
    let luck: Vec<f64> = (0..root.len())
        .map(|plan| normal::quantile(uniform(key, who, 0, 0, 0, plan as u32)))
        .collect();
    let means: Vec<f64> = root
        .iter()
        .map(|row| row.iter().zip(&luck).map(|(a, b)| a * b).sum())
        .collect();
    pairs
        .iter()
        .map(|(a, b, scale)| ((means[*a] - means[*b]) * scale).abs())
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plans of independent luck, `pull` one after the other.
    fn plans(count: usize, futures: usize) -> Vec<Option<Influence>> {
        let who = name_hash("test");
        let values = |plan: usize| -> Vec<f64> {
            let draw = |future| normal::quantile(uniform(future, who, 0, 0, 0, plan as u32));
            (0..futures as u64).map(draw).collect()
        };
        (0..count).map(|plan| Influence::of_mean(&values(plan))).collect()
    }

    #[test]
    fn independent_plans_need_the_studentised_range() {
        // Upper 5 % points of the studentised range with infinite degrees of freedom, over √2 (Harter 1960).
        for (count, range) in [(2, 2.772), (3, 3.314), (5, 3.858), (9, 4.387)] {
            let expected = range / std::f64::consts::SQRT_2;
            let found = critical(&plans(count, 4000), 0.95);
            assert!((found - expected).abs() < 0.03, "{count}: {found} {expected}");
        }
    }

    #[test]
    fn plans_that_rise_and_fall_together_need_less() {
        let mut alike = plans(3, 400);
        let first = alike[0].clone();
        alike.push(first.clone());
        alike.push(first);
        let (few, more) = (critical(&alike[..3], 0.95), critical(&alike, 0.95));
        assert_eq!(few, more, "copies add nothing");
        assert_eq!(critical(&alike[..1], 0.95), deviate(0.95));
        alike.push(None);
        assert_eq!(critical(&alike, 0.95), more);
    }
}
