//! Where a search begins: a coarse grid of constant splits, and points spread evenly over everything else.

use super::space::{Point, Space, apportioned};

/// Percents between the constant splits that are tried first.
const GRID: u32 = 5;
/// The same where more than the split varies.
const COARSE_GRID: u32 = 10;
/// Spread points: so many, and so many more for every number that varies.
const SPREAD: (usize, usize) = (8, 8);
/// Spread points at most.
const MOST: usize = 64;
/// Meshes by which a point that may not be tried is moved towards those that may.
const MESHES: [u32; 5] = [16, 8, 4, 2, 1];
/// Steps of such a repair at most.
const REPAIRS: usize = 200;

/// The first points, each allowed and none twice; the base comes first if it is allowed.
pub(super) fn points(space: &Space) -> Vec<Point> {
    let mut found: Vec<Point> = Vec::new();
    let home = space.home();
    for point in std::iter::once(home.clone())
        .chain(grid(space, &home))
        .chain(spread(space, &home))
    {
        if let Some(point) = repaired(space, point)
            && !found.contains(&point)
        {
            found.push(point);
        }
    }
    found
}

fn grid(space: &Space, home: &Point) -> Vec<Point> {
    if space.phases() == 0 {
        return Vec::new();
    }
    let (low, high) = space.share_bounds();
    let between = if space.is_one_split() { GRID } else { COARSE_GRID }.max(space.decisions.step);
    let between = between.div_ceil(space.decisions.step) * space.decisions.step;
    let mut shares: Vec<u32> = (low..=high).step_by(between as usize).collect();
    shares.push(high);
    shares
        .iter()
        .map(|share| Point {
            shares: vec![*share; space.phases()],
            ..home.clone()
        })
        .collect()
}

/// Points of the additive recurrence of M. Roberts, *The Unreasonable Effectiveness of Quasirandom Sequences* (2018):
/// multiples of the powers of 1/φ_d, φ_d the root of x^(d+1) = x + 1.
fn spread(space: &Space, home: &Point) -> Vec<Point> {
    if space.is_one_split() {
        return Vec::new();
    }
    // Level and slope of the path, one number a part of each mix, the budget.
    let dimensions = 3 + home.channels.len() + home.roles.len();
    let mut phi = 2.0;
    for _ in 0..40 {
        phi = libm::pow(1.0 + phi, 1.0 / (dimensions as f64 + 1.0));
    }
    let count = (SPREAD.0 + SPREAD.1 * space.dimensions()).min(MOST);
    (1..=count)
        .map(|i| {
            let u = |d: usize| {
                let x = 0.5 + i as f64 * libm::pow(phi, -(d as f64 + 1.0));
                x - x.floor()
            };
            spread_point(space, home, &u)
        })
        .collect()
}

fn spread_point(space: &Space, home: &Point, u: &dyn Fn(usize) -> f64) -> Point {
    let step = f64::from(space.decisions.step);
    let snapped = |x: f64| (x / step).round().max(0.0) * step;
    let (low, high) = space.share_bounds();
    let wide = f64::from(high.saturating_sub(low));
    let phases = home.shares.len();
    let shares = (0..phases)
        .map(|phase| {
            // From −1 to 1 over the phases.
            let place = 2.0 * (phase as f64 + 0.5) / phases as f64 - 1.0;
            let slope = if phases > 1 {
                (u(1) - 0.5) * 0.6 * wide
            } else {
                0.0
            };
            let share = f64::from(low) + u(0) * wide + slope * place;
            snapped(share.clamp(0.0, 100.0)) as u32
        })
        .collect();
    let mix = |own: &[u32], first: usize| {
        let drawn: Vec<f64> = (0..own.len())
            .map(|at| -libm::log(1.0 - 0.999 * u(first + at)))
            .collect();
        let sum: f64 = drawn.iter().sum::<f64>().max(1e-12);
        // Half as today: mixes far from it are seldom good in every part.
        let shares: Vec<f64> = own
            .iter()
            .zip(&drawn)
            .map(|(own, drawn)| 0.5 * f64::from(*own) / 100.0 + 0.5 * drawn / sum)
            .collect();
        apportioned(&shares, space.decisions.step)
    };
    let (least, most) = space.budget_bounds();
    let budget = f64::from(least) + u(2) * f64::from(most.saturating_sub(least));
    let channels = mix(&home.channels, 3);
    let roles = mix(&home.roles, 3 + home.channels.len());
    space.clamped(Point {
        shares,
        channels: if home.channels.is_empty() {
            Vec::new()
        } else {
            channels
        },
        roles: if home.roles.is_empty() { Vec::new() } else { roles },
        budget: if space.decisions.budget {
            snapped(budget) as u32
        } else {
            home.budget
        },
    })
}

/// The point, moved until no limit is broken; `None` if that leads nowhere.
fn repaired(space: &Space, point: Point) -> Option<Point> {
    let (point, breach) = nearest(space, point);
    (breach <= 0.0).then_some(point)
}

/// The point moved step by step to where limits are broken least, and by how much in all.
pub(super) fn nearest(space: &Space, point: Point) -> (Point, f64) {
    let total = |point: &Point| {
        space
            .breaches(point)
            .iter()
            .map(|breach| breach.part)
            .sum::<f64>()
    };
    let mut point = space.clamped(point);
    let mut breach = total(&point);
    let step = space.decisions.step;
    for _ in 0..REPAIRS {
        if breach <= 0.0 {
            break;
        }
        let near = MESHES
            .iter()
            .flat_map(|mesh| space.around(&point, mesh * step))
            .map(|near| space.clamped(near));
        let best = near
            .map(|near| (total(&near), near))
            .min_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        match best {
            Some((less, near)) if less < breach => (breach, point) = (less, near),
            _ => break,
        }
    }
    (point, breach)
}
