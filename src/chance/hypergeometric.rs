//! The hypergeometric distribution: how many of those chosen without replacement bear a mark.

use crate::chance::cornish_fisher::{self, Body, Count};
use crate::chance::ladder::{self, Level, Rungs};
use crate::chance::{normal, saddle_point};

/// From this variance on the quantile is expanded; below, probabilities are summed upwards from zero.
const WIDE: f64 = 16.0;
/// Beyond this tail probability the tail itself is summed, not its complement.
const THIN_TAIL: f64 = 1e-9;
/// Up to this many, P(0) is a plain product.
const FEW: u64 = 48;
/// So many factors of up to 2^34 are far from overflow.
const CHUNK: u64 = 24;

/// A hypergeometric law: at most half of the population is marked, at most half is drawn, neither is empty.
struct Law {
    population: u64,
    marked: u64,
    drawn: u64,
}

impl Law {
    fn mean(&self) -> f64 {
        self.marked as f64 * self.drawn as f64 / self.population as f64
    }
}

impl Rungs for Law {
    fn lowest(&self) -> u64 {
        0
    }
    fn highest(&self) -> u64 {
        self.marked.min(self.drawn)
    }
    fn mode(&self) -> u64 {
        let top = (u128::from(self.marked) + 1) * (u128::from(self.drawn) + 1);
        ((top / (u128::from(self.population) + 2)) as u64).min(self.highest())
    }
    fn probability(&self, k: u64) -> f64 {
        saddle_point::hypergeometric(self.population, self.marked, self.drawn, k)
    }
    fn up(&self, k: u64) -> f64 {
        let gain = (self.marked - k) as f64 * (self.drawn - k) as f64;
        gain / ((k + 1) as f64 * (self.population - self.marked - self.drawn + k + 1) as f64)
    }
    fn down(&self, k: u64) -> f64 {
        1.0 / self.up(k - 1)
    }
}

/// How a count of the law with both margins at most half answers for the law that was asked.
struct Halved {
    law: Law,
    /// The count is `most` − k instead of k, and the tails change places.
    mirrored: bool,
    /// Added to k, or from which k is taken.
    most: u64,
}

/// Counts the unmarked instead of the marked, the undrawn instead of the drawn, where they are fewer.
fn halve(population: u64, marked: u64, drawn: u64) -> Halved {
    let (few_marked, few_drawn) = (marked <= population / 2, drawn <= population / 2);
    let law = Law {
        population,
        marked: if few_marked { marked } else { population - marked },
        drawn: if few_drawn { drawn } else { population - drawn },
    };
    match (few_marked, few_drawn) {
        (true, true) => Halved {
            law,
            mirrored: false,
            most: 0,
        },
        (false, true) => Halved {
            law,
            mirrored: true,
            most: drawn,
        },
        (true, false) => Halved {
            law,
            mirrored: true,
            most: marked,
        },
        (false, false) => Halved {
            law,
            mirrored: false,
            most: marked - (population - drawn),
        },
    }
}

/// The smallest k with P(marked among the drawn ≤ k) ≥ u, when `drawn` of `population` accounts, `marked` of which
/// bear a mark, are drawn without replacement. Counts above the population are taken as the population.
///
/// Exact, hence monotone in u; populations up to 1e10.
#[inline]
pub fn quantile(population: u64, marked: u64, drawn: u64, u: f64) -> u64 {
    if marked == 0 || drawn == 0 {
        return 0;
    }
    if drawn >= population {
        return marked.min(population);
    }
    if marked >= population {
        return drawn;
    }
    invert(population, marked, drawn, u)
}

/// The quantile when nothing is certain.
fn invert(population: u64, marked: u64, drawn: u64, u: f64) -> u64 {
    if u.is_nan() || u <= 0.0 {
        return (marked + drawn).saturating_sub(population);
    }
    if u >= 1.0 {
        return marked.min(drawn);
    }
    let Halved { law, mirrored, most } = halve(population, marked, drawn);
    if mirrored {
        most - reach(
            &law,
            Level {
                below: 1.0 - u,
                above: u,
                strict: true,
            },
        )
    } else {
        most + reach(
            &law,
            Level {
                below: u,
                above: 1.0 - u,
                strict: false,
            },
        )
    }
}

/// The smallest count that reaches the level.
fn reach(law: &Law, level: Level) -> u64 {
    let mean = law.mean();
    let share = law.marked as f64 / law.population as f64;
    let left = (law.population - law.drawn) as f64 / (law.population - 1) as f64;
    let variance = mean * (1.0 - share) * left;
    if variance >= WIDE {
        return expand(law, variance, level);
    }
    if level.above < THIN_TAIL {
        return ladder::invert(law, level, mean as u64);
    }
    let goal = if level.strict {
        level.below.next_up()
    } else {
        level.below
    };
    if goal <= 1.0 - mean {
        return 0; // P(at least one) is at most the mean.
    }
    from_zero(law, goal)
}

/// The quantile of a wide law by expansion, by summing where that cannot decide.
fn expand(law: &Law, variance: f64, level: Level) -> u64 {
    let z = if level.below <= 0.5 {
        normal::quantile(level.below)
    } else {
        -normal::quantile(level.above)
    };
    let (whole, marked, drawn) = (law.population as f64, law.marked as f64, law.drawn as f64);
    let (plain, left) = (whole - marked, whole - drawn);
    let table = marked * plain * (drawn * left);
    let skewness = (plain - marked) * (left - drawn) * ((whole - 1.0) / table).sqrt() / (whole - 2.0);
    let off_normal = whole * (whole + 1.0) - 6.0 * marked * plain - 6.0 * drawn * left;
    let kurtosis = ((whole - 1.0) * whole * whole * off_normal / table + 6.0 * (5.0 * whole - 6.0))
        / ((whole - 2.0) * (whole - 3.0));
    let product = u128::from(law.marked) * u128::from(law.drawn);
    let (full, over) = (
        product / u128::from(law.population),
        product % u128::from(law.population),
    );
    let body = Body {
        mean: (full as f64, over as f64 / whole),
        variance,
    };
    match cornish_fisher::count_by_moments(body, skewness, kurtosis, z) {
        Count::Sure(k) => k.min(law.highest()),
        Count::Guess(k) => ladder::invert(law, level, k),
    }
}

/// Sums upwards from zero until `goal` is reached.
fn from_zero(law: &Law, goal: f64) -> u64 {
    let highest = law.highest();
    let mut term = if highest <= FEW {
        none(law)
    } else {
        law.probability(0)
    };
    let mut sum = term;
    let mut k = 0;
    while sum < goal && k < highest {
        term *= law.up(k);
        sum += term;
        k += 1;
    }
    k
}

/// P(0), the product of (population − most − i)/(population − i) over the fewer of marked and drawn, `most` the other.
fn none(law: &Law) -> f64 {
    let (few, most) = (law.marked.min(law.drawn), law.marked.max(law.drawn));
    let mut result = 1.0;
    let mut from = 0;
    while from < few {
        let to = few.min(from + CHUNK);
        let (mut above, mut below) = (1.0, 1.0);
        for i in from..to {
            above *= (law.population - most - i) as f64;
            below *= (law.population - i) as f64;
        }
        result *= above / below;
        from = to;
    }
    result
}

/// P(marked among the drawn ≤ k).
pub fn cdf(population: u64, marked: u64, drawn: u64, k: u64) -> f64 {
    let (marked, drawn) = (marked.min(population), drawn.min(population));
    if k >= marked.min(drawn) {
        return 1.0;
    }
    if k < (marked + drawn).saturating_sub(population) {
        return 0.0;
    }
    let Halved { law, mirrored, most } = halve(population, marked, drawn);
    if mirrored {
        ladder::upper_tail(&law, most - k - 1)
    } else {
        ladder::lower_tail(&law, k - most)
    }
}
