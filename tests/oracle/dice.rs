//! Random numbers of the oracle: one stream, drawn as needed.

use rand::{RngExt, SeedableRng};
use rand_distr::{Beta, Distribution, Gamma, Geometric, Poisson, StandardNormal};
use rand_xoshiro::Xoshiro256PlusPlus;

pub struct Dice(Xoshiro256PlusPlus);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    pub fn unit(&mut self) -> f64 {
        self.0.random()
    }

    /// One Bernoulli trial.
    pub fn chance(&mut self, probability: f64) -> bool {
        probability > 0.0 && (probability >= 1.0 || self.unit() < probability)
    }

    /// A whole number from 0 to `n` − 1.
    pub fn below(&mut self, n: usize) -> usize {
        self.0.random_range(0..n)
    }

    pub fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.0)
    }

    pub fn gamma(&mut self, shape: f64, scale: f64) -> f64 {
        Gamma::new(shape, scale).unwrap().sample(&mut self.0)
    }

    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        Beta::new(a, b).unwrap().sample(&mut self.0)
    }

    pub fn poisson(&mut self, mean: f64) -> u64 {
        if mean <= 0.0 {
            return 0;
        }
        let count: f64 = Poisson::new(mean).unwrap().sample(&mut self.0);
        count as u64
    }

    /// 1, 2, …: the number of the first of many trials that succeeds.
    pub fn geometric(&mut self, probability: f64) -> u32 {
        let failures = Geometric::new(probability).unwrap().sample(&mut self.0);
        u32::try_from(failures).unwrap_or(u32::MAX / 4).min(u32::MAX / 4) + 1
    }

    /// A position with probability in proportion to its weight.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut rest = self.unit() * weights.iter().sum::<f64>();
        for (position, weight) in weights.iter().enumerate() {
            rest -= weight;
            if rest < 0.0 {
                return position;
            }
        }
        weights.iter().rposition(|weight| *weight > 0.0).unwrap()
    }

    /// `k` of the items, each set of `k` alike.
    pub fn some_of(&mut self, mut items: Vec<usize>, k: usize) -> Vec<usize> {
        for i in 0..k {
            let other = i + self.below(items.len() - i);
            items.swap(i, other);
        }
        items.truncate(k);
        items
    }

    /// Rounded down, plus one with the probability of the fraction; at most `most`.
    pub fn rounded(&mut self, x: f64, most: usize) -> usize {
        let more = self.chance(x - x.floor());
        (x.floor() as usize + usize::from(more)).min(most)
    }
}
