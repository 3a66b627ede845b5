//! The hypergeometric distribution: how many of those chosen without replacement bear a mark.

use crate::chance::ladder::{self, Level, Rungs};
use crate::chance::{normal, saddle_point};

/// A hypergeometric law, no margin of its table empty.
struct Law {
    population: u64,
    marked: u64,
    drawn: u64,
}

impl Rungs for Law {
    fn lowest(&self) -> u64 {
        (self.marked + self.drawn).saturating_sub(self.population)
    }
    fn highest(&self) -> u64 {
        self.marked.min(self.drawn)
    }
    fn mode(&self) -> u64 {
        let top = (u128::from(self.marked) + 1) * (u128::from(self.drawn) + 1);
        let mode = (top / (u128::from(self.population) + 2)) as u64;
        mode.clamp(self.lowest(), self.highest())
    }
    fn probability(&self, k: u64) -> f64 {
        saddle_point::hypergeometric(self.population, self.marked, self.drawn, k)
    }
    fn up(&self, k: u64) -> f64 {
        let gain = (self.marked - k) as f64 * (self.drawn - k) as f64;
        let plain = self.population - self.marked + k + 1 - self.drawn;
        gain / ((k + 1) as f64 * plain as f64)
    }
    fn down(&self, k: u64) -> f64 {
        1.0 / self.up(k - 1)
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
    invert(
        &Law {
            population,
            marked,
            drawn,
        },
        u,
    )
}

/// The quantile when nothing is certain.
fn invert(law: &Law, u: f64) -> u64 {
    if u.is_nan() || u <= 0.0 {
        return law.lowest();
    }
    if u >= 1.0 {
        return law.highest();
    }
    let share = law.marked as f64 / law.population as f64;
    let left = (law.population - law.drawn) as f64 / (law.population - 1) as f64;
    let mean = law.drawn as f64 * share;
    let z = normal::quantile(u);
    let guess = mean + z * (mean * (1.0 - share) * left).sqrt();
    ladder::invert(
        law,
        Level {
            below: u,
            above: 1.0 - u,
            strict: false,
        },
        guess.max(0.0) as u64,
    )
}

/// P(marked among the drawn ≤ k).
pub fn cdf(population: u64, marked: u64, drawn: u64, k: u64) -> f64 {
    let (marked, drawn) = (marked.min(population), drawn.min(population));
    if k >= marked.min(drawn) {
        return 1.0;
    }
    if drawn == population || marked == population {
        return 0.0;
    }
    ladder::lower_tail(
        &Law {
            population,
            marked,
            drawn,
        },
        k,
    )
}
