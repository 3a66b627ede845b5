//! Exact inversion of a unimodal law on whole numbers: sum the thinner tail from a guess, then step to the answer.
//!
//! This is the judge of the count laws: it costs as many steps as the law is wide (a few standard deviations), keeps
//! its relative accuracy in both tails, and is asked only when the fast ways cannot decide.

/// A law on the whole numbers `lowest..=highest`, by its probabilities and their ratios.
pub(super) trait Rungs {
    /// The smallest possible count.
    fn lowest(&self) -> u64;
    /// The largest possible count.
    fn highest(&self) -> u64;
    /// A count near the mode, where the probability does not underflow.
    fn mode(&self) -> u64;
    /// P(count = k).
    fn probability(&self, k: u64) -> f64;
    /// P(count = k + 1) / P(count = k).
    fn up(&self, k: u64) -> f64;
    /// P(count = k − 1) / P(count = k).
    fn down(&self, k: u64) -> f64;
}

/// A place between the two tails of a law. The answer is the smallest k with P(count ≤ k) ≥ `below`, which is the
/// same as P(count > k) ≤ `above`; `below` + `above` = 1, each as exact as the caller has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    pub below: f64,
    pub above: f64,
    /// Strict: the answer must have P(count ≤ k) > `below`, P(count > k) < `above`.
    pub strict: bool,
}

impl Level {
    /// The least probability that a sum from below must reach.
    pub fn goal(self) -> f64 {
        if self.strict {
            self.below.next_up()
        } else {
            self.below
        }
    }

    fn reached_from_below(&self, mass: f64) -> bool {
        if self.strict {
            mass > self.below
        } else {
            mass >= self.below
        }
    }

    fn reached_from_above(&self, mass: f64) -> bool {
        if self.strict {
            mass < self.above
        } else {
            mass <= self.above
        }
    }
}

/// Steps down a tail stop when this little of it is left, before rounding drowns it, and its sum is taken anew.
const THINNED: f64 = 1e-3;
/// More passes than any tail of double precision needs.
const MOST_PASSES: usize = 200;
/// Terms smaller than this part of a sum are left out; what follows them is smaller still.
const NEGLIGIBLE: f64 = 1e-21;

/// P(count ≤ k).
pub(super) fn lower_tail(law: &impl Rungs, k: u64) -> f64 {
    if k >= law.highest() {
        return 1.0;
    }
    if k < law.lowest() {
        return 0.0;
    }
    if k >= law.mode() {
        return 1.0 - upper_tail(law, k);
    }
    let mut term = law.probability(k);
    let mut sum = term;
    let mut at = k;
    while at > law.lowest() && term > sum * NEGLIGIBLE {
        term *= law.down(at);
        sum += term;
        at -= 1;
    }
    sum
}

/// P(count > k).
pub(super) fn upper_tail(law: &impl Rungs, k: u64) -> f64 {
    if k >= law.highest() {
        return 0.0;
    }
    if k < law.lowest() {
        return 1.0;
    }
    if k < law.mode() {
        return 1.0 - lower_tail(law, k);
    }
    let mut at = k + 1;
    let mut term = law.probability(at);
    let mut sum = term;
    while at < law.highest() && term > sum * NEGLIGIBLE {
        term *= law.up(at);
        sum += term;
        at += 1;
    }
    sum
}

/// The smallest count that reaches `level`, found from any `guess`; the nearer the guess, the fewer the steps.
pub(super) fn invert(law: &impl Rungs, level: Level, guess: u64) -> u64 {
    let mut at = guess.clamp(law.lowest(), law.highest());
    while law.probability(at) <= 0.0 && at != law.mode() {
        at = towards(at, law.mode());
    }
    // Each pass starts from a fresh sum; the answer is the place from which no pass moves.
    for _ in 0..MOST_PASSES {
        let next = if level.below <= 0.5 {
            climb(law, level, at)
        } else {
            descend(law, level, at)
        };
        if next == at {
            break;
        }
        at = next;
    }
    at
}

/// Half the way from `from` to `to`, ending there.
fn towards(from: u64, to: u64) -> u64 {
    if from < to {
        to - (to - from) / 2
    } else {
        to + (from - to) / 2
    }
}

/// Steps to the answer by the lower tail.
fn climb(law: &impl Rungs, level: Level, from: u64) -> u64 {
    let mut at = from;
    let mut term = law.probability(at);
    let mut mass = lower_tail(law, at);
    if level.reached_from_below(mass) {
        let enough = mass * THINNED;
        while at > law.lowest() && mass >= enough && level.reached_from_below(mass - term) {
            mass -= term;
            term *= law.down(at);
            at -= 1;
        }
        return at;
    }
    while at < law.highest() && !level.reached_from_below(mass) {
        term *= law.up(at);
        at += 1;
        mass += term;
    }
    at
}

/// Steps to the answer by the upper tail.
fn descend(law: &impl Rungs, level: Level, from: u64) -> u64 {
    let mut at = from;
    let mut term = law.probability(at);
    let mut mass = upper_tail(law, at);
    if !level.reached_from_above(mass) {
        let enough = mass * THINNED;
        while at < law.highest() && mass >= enough && !level.reached_from_above(mass) {
            term *= law.up(at);
            at += 1;
            mass -= term;
        }
        return at;
    }
    while at > law.lowest() && level.reached_from_above(mass + term) {
        mass += term;
        term *= law.down(at);
        at -= 1;
    }
    at
}
