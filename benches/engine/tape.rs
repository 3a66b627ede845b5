//! Draws on a tape: what a replication asked of its luck, to draw the same again alone, and to live on the answers
//! without drawing.

use gtm_sim::chance::{binomial, hypergeometric, poisson};
use gtm_sim::engine::streams::Addressed;
use gtm_sim::model::luck::{Address, Luck};
use gtm_sim::model::segment::DealValue;
use std::hint::black_box;

/// A draw that was asked for; certain ones are none.
#[derive(Debug, Clone, Copy)]
enum Draw {
    Uniform(Address),
    Count(Address, u64, f64),
    Poisson(Address, f64),
    Drawn(Address, u64, u64, u64),
    Value(Address, DealValue),
}

/// The draws of replications in the order in which they were asked for, and what came.
#[derive(Debug, Clone, Default)]
pub struct Tape {
    draws: Vec<Draw>,
    numbers: Vec<f64>,
    /// First draw and first number of every replication.
    starts: Vec<(usize, usize)>,
}

impl Tape {
    /// Marks the start of a replication.
    pub fn mark(&mut self) {
        self.starts.push((self.draws.len(), self.numbers.len()));
    }

    /// Draws a replication.
    pub fn draws_of_one(&self) -> f64 {
        self.draws.len() as f64 / self.starts.len() as f64
    }

    /// Makes the draws of a replication again, nothing else.
    pub fn draw_again(&self, replication: u64) {
        let position = replication as usize;
        let end = self
            .starts
            .get(position + 1)
            .map_or(self.draws.len(), |next| next.0);
        let mut luck = Addressed::new(1, replication);
        for draw in &self.draws[self.starts[position].0..end] {
            match draw {
                Draw::Uniform(at) => {
                    black_box(luck.uniform(*at));
                }
                Draw::Count(at, n, p) => {
                    black_box(binomial::quantile(*n, *p, luck.uniform(*at)));
                }
                Draw::Poisson(at, mean) => {
                    black_box(poisson::quantile(*mean, luck.uniform(*at)));
                }
                Draw::Drawn(at, population, marked, drawn) => {
                    let u = luck.uniform(*at);
                    black_box(hypergeometric::quantile(*population, *marked, *drawn, u));
                }
                Draw::Value(at, of) => {
                    black_box(of.quantile(luck.uniform(*at)));
                }
            }
        }
    }

    /// Luck that gives what came in a replication, without drawing.
    pub fn replay(&self, replication: u64) -> Replay<'_> {
        Replay {
            left: self.numbers[self.starts[replication as usize].1..].iter(),
        }
    }
}

/// Luck that draws and notes on a tape.
#[derive(Debug)]
pub struct Record<'a> {
    /// Where the numbers come from.
    pub luck: Addressed,
    /// Where they are noted.
    pub tape: &'a mut Tape,
}

impl Record<'_> {
    fn note(&mut self, draw: Draw, number: f64) {
        self.tape.draws.push(draw);
        self.tape.numbers.push(number);
    }
}

impl Luck for Record<'_> {
    fn uniform(&mut self, at: Address) -> f64 {
        let u = self.luck.uniform(at);
        self.note(Draw::Uniform(at), u);
        u
    }

    fn count(&mut self, at: Address, n: u64, p: f64) -> u64 {
        let k = self.luck.count(at, n, p);
        if n > 0 && p > 0.0 && p < 1.0 {
            self.note(Draw::Count(at, n, p), k as f64);
        }
        k
    }

    fn poisson(&mut self, at: Address, mean: f64) -> u64 {
        let k = self.luck.poisson(at, mean);
        if mean > 0.0 {
            self.note(Draw::Poisson(at, mean), k as f64);
        }
        k
    }

    fn drawn(&mut self, at: Address, population: u64, marked: u64, drawn: u64) -> u64 {
        let k = self.luck.drawn(at, population, marked, drawn);
        if marked > 0 && drawn > 0 && drawn < population && marked < population {
            self.note(Draw::Drawn(at, population, marked, drawn), k as f64);
        }
        k
    }

    fn value(&mut self, at: Address, of: &DealValue) -> f64 {
        let value = self.luck.value(at, of);
        if !matches!(of, DealValue::Fixed(_)) {
            self.note(Draw::Value(at, *of), value);
        }
        value
    }
}

/// Luck from a tape.
#[derive(Debug, Clone)]
pub struct Replay<'a> {
    left: std::slice::Iter<'a, f64>,
}

impl Replay<'_> {
    #[inline]
    fn next(&mut self) -> f64 {
        self.left.next().copied().unwrap_or(0.5)
    }
}

impl Luck for Replay<'_> {
    #[inline]
    fn uniform(&mut self, _at: Address) -> f64 {
        self.next()
    }

    #[inline]
    fn count(&mut self, _at: Address, n: u64, p: f64) -> u64 {
        if n == 0 || p <= 0.0 {
            0
        } else if p >= 1.0 {
            n
        } else {
            self.next() as u64
        }
    }

    #[inline]
    fn poisson(&mut self, _at: Address, mean: f64) -> u64 {
        if mean <= 0.0 { 0 } else { self.next() as u64 }
    }

    #[inline]
    fn drawn(&mut self, _at: Address, population: u64, marked: u64, drawn: u64) -> u64 {
        if marked == 0 || drawn == 0 {
            0
        } else if drawn >= population {
            marked
        } else if marked >= population {
            drawn
        } else {
            self.next() as u64
        }
    }

    #[inline]
    fn value(&mut self, _at: Address, of: &DealValue) -> f64 {
        match of {
            DealValue::Fixed(value) => *value,
            _ => self.next(),
        }
    }
}
