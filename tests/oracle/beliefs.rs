//! Unknown numbers drawn by rejection: docs/model.md, 5.

use super::dice::Dice;
use gtm_sim::chance::distribution::{Distribution, Family, Truncated};
use gtm_sim::model::scenario::Scenario;
use std::collections::BTreeMap;

/// The normal score of P95.
const P95: f64 = 1.644_853_626_951_472_6;
const PATIENCE: usize = 100_000;

/// The scenario with every unknown drawn.
pub fn draw(scenario: &Scenario, dice: &mut Dice) -> Scenario {
    let mut drawn = scenario.clone();
    // What comes from columns of one file comes from one row: such unknowns share their key.
    let mut rows: BTreeMap<u64, f64> = BTreeMap::new();
    for unknown in &scenario.unknowns {
        let belief = &unknown.distribution;
        let value = if let Distribution::Rows(table) = &belief.distribution {
            let u = *rows.entry(unknown.key).or_insert_with(|| dice.unit());
            let row = (u * table.values().len() as f64).floor() as usize;
            table.values()[row].max(belief.low).min(belief.high)
        } else {
            inside(belief, dice)
        };
        *(unknown.parameter.at)(&mut drawn, unknown.item).unwrap() = value;
    }
    drawn
}

fn inside(belief: &Truncated, dice: &mut Dice) -> f64 {
    let mut value = f64::NAN;
    for _ in 0..PATIENCE {
        value = free(&belief.distribution, dice);
        if value >= belief.low && value <= belief.high {
            return value;
        }
    }
    value.max(belief.low).min(belief.high)
}

fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

fn on_axis(family: Family, value: f64) -> f64 {
    match family {
        Family::Normal => value,
        Family::LogNormal => libm::log(value),
        Family::LogitNormal => logit(value),
    }
}

fn off_axis(family: Family, place: f64) -> f64 {
    match family {
        Family::Normal => place,
        Family::LogNormal => libm::exp(place),
        Family::LogitNormal => logistic(place),
    }
}

fn free(distribution: &Distribution, dice: &mut Dice) -> f64 {
    match distribution {
        Distribution::Fixed(value) => *value,
        Distribution::Normal { mean, sd } => mean + sd * dice.normal(),
        Distribution::LogNormal { median, sigma } => median * libm::exp(sigma * dice.normal()),
        Distribution::LogitNormal { median, sigma } => logistic(logit(*median) + sigma * dice.normal()),
        Distribution::Split {
            family,
            low,
            typical,
            high,
        } => {
            let z = dice.normal();
            let middle = on_axis(*family, *typical);
            let side = if z < 0.0 { *low } else { *high };
            off_axis(
                *family,
                middle + z.abs() / P95 * (on_axis(*family, side) - middle),
            )
        }
        Distribution::Uniform { low, high } => low + (high - low) * dice.unit(),
        Distribution::Triangular { low, typical, high } => triangular(*low, *typical, *high, dice),
        Distribution::Pert { low, typical, high } => {
            let range = high - low;
            let a = 1.0 + 4.0 * (typical - low) / range;
            let b = 1.0 + 4.0 * (high - typical) / range;
            low + range * dice.beta(a, b)
        }
        Distribution::Beta { a, b } => dice.beta(*a, *b),
        Distribution::Gamma { shape, scale } => dice.gamma(*shape, *scale),
        Distribution::Discrete(values) => {
            let weights: Vec<f64> = values.iter().map(|(_, weight)| *weight).collect();
            values[dice.weighted(&weights)].0
        }
        Distribution::Samples(values) => values[dice.below(values.len())],
        Distribution::Rows(_) => unreachable!("rows are drawn by file"),
    }
}

/// The side of the mode by its share of the area, then the distance from it as the root of a uniform.
fn triangular(low: f64, mode: f64, high: f64, dice: &mut Dice) -> f64 {
    let share_below = (mode - low) / (high - low);
    if dice.chance(share_below) {
        low + (mode - low) * dice.unit().sqrt()
    } else {
        high - (high - mode) * dice.unit().sqrt()
    }
}
