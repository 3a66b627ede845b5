//! Inversion of a continuous law: Halley's iteration on the logarithm of its thinner tail.
//!
//! The unknown runs over the whole line (a logarithm or log-odds), where the logarithm of a tail is nearly straight, so
//! that few steps suffice; a bracket and bisection catch whatever the iteration would lose.

/// What the law knows at one place y of its line.
pub(super) struct Place {
    /// P(at most y).
    pub below: f64,
    /// P(more than y).
    pub above: f64,
    /// Density per unit of y.
    pub density: f64,
    /// Derivative of the logarithm of that density.
    pub bend: f64,
}

/// A logarithm of the tail that is off by less than this ends the search: Halley's step leaves its cube.
const SMALL: f64 = 3e-5;
/// More steps than any bisection needs.
const MOST_STEPS: usize = 200;

/// The y at which `at(y).below` is u, from a `start` inside the bracket `low..high`.
pub(super) fn invert(u: f64, start: f64, bracket: (f64, f64), at: impl Fn(f64) -> Place) -> f64 {
    let (mut low, mut high) = bracket;
    let by_lower = u <= 0.5;
    let goal = if by_lower { u } else { 1.0 - u };
    let mut y = start.clamp(low, high);
    for _ in 0..MOST_STEPS {
        let place = at(y);
        let tail = if by_lower { place.below } else { place.above };
        let off = libm::log(tail / goal);
        if (off < 0.0) == by_lower {
            low = y;
        } else {
            high = y;
        }
        let slope = place.density / tail * if by_lower { 1.0 } else { -1.0 };
        let newton = off / slope;
        let damping = (1.0 - 0.5 * newton * (place.bend - slope)).clamp(0.5, 2.0);
        let next = y - newton / damping;
        if next.is_finite() && off.abs() <= SMALL {
            return next;
        }
        y = if next > low && next < high {
            next
        } else {
            0.5 * (low + high)
        };
        if high - low <= 1e-15 * low.abs().max(high.abs()) {
            return y;
        }
    }
    y
}
