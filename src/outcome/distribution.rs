//! The distribution of a measure over replications: quantiles with their errors, tail mean, dots and histogram.
//!
//! One sort serves all of them. Quantiles are of type 7 (R. J. Hyndman and Y. Fan, *Sample Quantiles in
//! Statistical Packages*, The American Statistician 50, 1996), as in R and NumPy.

use super::estimate::Estimate;

/// Defined observations in ascending order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sorted {
    values: Vec<f64>,
}

/// Bins over the middle 99 % of the observations, about.
const BINS: f64 = 36.0;

/// Bins at most beyond the middle 99 % on either side; the outermost bin takes what lies farther out.
const OUTER_BINS: i64 = 12;

/// Half-width of the stretch of order statistics behind the error of a quantile, in standard errors.
const STRETCH: f64 = 1.96;

impl Sorted {
    /// Sorts the finite ones among `values`.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        // Integers that compare as the numbers do: sorted without branches.
        let mut keys: Vec<u64> = values.filter(|x| x.is_finite()).map(key).collect();
        keys.sort_unstable();
        let values = keys.into_iter().map(number).collect();
        Self { values }
    }

    /// The observations, ascending.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Quantile p, 0 to 1; `None` without observations.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let last = self.values.len().checked_sub(1)?;
        Some(self.at(p.clamp(0.0, 1.0) * last as f64))
    }

    /// Quantile p with its standard error; `None` below two observations.
    ///
    /// √(p(1−p)/n)/f(x_p), the density f from the order statistics within about two errors of the rank
    /// (R. S. Woodruff, *Confidence Intervals for Medians and Other Position Measures*, JASA 47, 1952).
    pub fn quantile_estimate(&self, p: f64) -> Option<Estimate> {
        let value = self.quantile(p)?;
        let n = self.values.len();
        if n < 2 {
            return None;
        }
        let last = (n - 1) as f64;
        let rank_error = (n as f64 * p * (1.0 - p)).max(0.0).sqrt();
        let reach = (STRETCH * rank_error).max(0.5);
        let low = (p * last - reach).max(0.0);
        let high = (p * last + reach).min(last);
        let slope = (self.at(high) - self.at(low)) / (high - low);
        Some(Estimate::new(value, slope * rank_error))
    }

    /// Mean of the worst `share` (above 0, at most 1) of the observations, the lowest ones; `None` below two.
    pub fn lower_tail_mean(&self, share: f64) -> Option<Estimate> {
        let n = self.values.len();
        let (threshold, count) = (self.quantile(share)?, n as f64);
        let whole = ((share * count).floor() as usize).min(n);
        let part = share * count - whole as f64;
        let next = self.values.get(whole).copied().unwrap_or(0.0);
        let value = (self.values[..whole].iter().sum::<f64>() + part * next) / (share * count);
        let short = |x: &f64| (threshold - x).max(0.0);
        let mean = self.values.iter().map(short).sum::<f64>() / count;
        let squares: f64 = self
            .values
            .iter()
            .map(|x| (short(x) - mean) * (short(x) - mean))
            .sum();
        let error = (squares / (count * (count - 1.0))).sqrt() / share;
        (n > 1).then(|| Estimate::new(value, error))
    }

    /// Quantiles at (i − 1/2)/count for i = 1…count, ascending; empty without observations.
    pub fn dots(&self, count: usize) -> Vec<f64> {
        (0..count)
            .filter_map(|i| self.quantile((i as f64 + 0.5) / count as f64))
            .collect()
    }

    /// Counts in about 40 bins of one round width; empty without observations.
    ///
    /// Far tails are gathered in the first and last bin, which may therefore be wider. Returns edges (one more than
    /// counts) and counts; the last bin includes its upper edge.
    pub fn histogram(&self) -> (Vec<f64>, Vec<u64>) {
        let (Some(&min), Some(&max)) = (self.values.first(), self.values.last()) else {
            return (Vec::new(), Vec::new());
        };
        let (low, high) = (self.at_share(0.005), self.at_share(0.995));
        let middle = if high > low { high - low } else { max - min };
        let size = min.abs().max(max.abs());
        // Widths far below the size would be noise of the arithmetic.
        let step = Step::at_least(if middle > size * 1e-10 {
            middle / BINS
        } else {
            size.max(1.0) / BINS
        });
        let first = step.below(min).max(step.below(low).saturating_sub(OUTER_BINS));
        let last = (step.below(max) + 1).min(step.below(high).saturating_add(1 + OUTER_BINS));
        let mut edges: Vec<f64> = (first..=last.max(first + 1)).map(|k| step.edge(k)).collect();
        let end = edges.len() - 1;
        edges[0] = edges[0].min(min);
        edges[end] = edges[end].max(max);
        let mut below = 0;
        let mut counts = Vec::with_capacity(end);
        for (i, &edge) in edges.iter().enumerate().skip(1) {
            let to = if i == end {
                self.values.len()
            } else {
                self.values.partition_point(|&x| x < edge)
            };
            counts.push((to - below) as u64);
            below = to;
        }
        (edges, counts)
    }

    fn at_share(&self, p: f64) -> f64 {
        self.at(p * (self.values.len() - 1) as f64)
    }

    /// The order statistic at a position from 0, between two by a straight line.
    fn at(&self, position: f64) -> f64 {
        let below = (position.floor() as usize).min(self.values.len() - 1);
        let above = (below + 1).min(self.values.len() - 1);
        let part = position - below as f64;
        let (low, high) = (self.values[below], self.values[above]);
        if part > 0.0 && high > low {
            low + (high - low) * part
        } else {
            low
        }
    }
}

/// A round width: 1, 2 or 5 times a power of ten. Edges are its multiples, as short decimals.
#[derive(Debug, Clone, Copy)]
struct Step {
    digit: f64,
    /// Power of ten, and whether it divides.
    power: f64,
    divides: bool,
}

impl Step {
    fn at_least(width: f64) -> Self {
        let exponent = libm::floor(libm::log10(width.clamp(1e-15, 1e20)));
        let power = (0..exponent.abs() as u32).fold(1.0, |power, _| power * 10.0);
        let divides = exponent < 0.0;
        let step = |digit: f64| Self {
            digit,
            power,
            divides,
        };
        [1.0, 2.0, 5.0]
            .map(step)
            .into_iter()
            .find(|step| step.edge(1) >= width)
            .unwrap_or_else(|| step(10.0))
    }

    fn edge(self, k: i64) -> f64 {
        if self.divides {
            k as f64 * self.digit / self.power
        } else {
            k as f64 * self.digit * self.power
        }
    }

    /// The greatest multiple that is not above `x`.
    fn below(self, x: f64) -> i64 {
        let k = (x / self.edge(1)).floor() as i64;
        if self.edge(k) > x {
            k - 1
        } else if self.edge(k.saturating_add(1)) <= x {
            k + 1
        } else {
            k
        }
    }
}

/// An integer that compares as the number does (the order of `f64::total_cmp`).
fn key(x: f64) -> u64 {
    // −0 and 0 are one number: adding 0 leaves only 0.
    let bits = (x + 0.0).to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

fn number(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 { key & !(1 << 63) } else { !key })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_numbers() {
        let sorted = Sorted::of([3.0, -1.5, f64::NAN, 0.0, -0.0, 1e300, -1e300, f64::INFINITY].into_iter());
        assert_eq!(sorted.values(), [-1e300, -1.5, 0.0, 0.0, 3.0, 1e300]);
    }

    #[test]
    fn quantiles_are_of_type_7() {
        // numpy.quantile([1, 2, 4, 8], [0, .1, .5, .9, 1])
        let sorted = Sorted::of([8.0, 1.0, 4.0, 2.0].into_iter());
        for (p, expected) in [(0.0, 1.0), (0.1, 1.3), (0.5, 3.0), (0.9, 6.8), (1.0, 8.0)] {
            let x = sorted.quantile(p).unwrap();
            assert!((x - expected).abs() < 1e-12, "{p}: {x}");
        }
    }

    #[test]
    fn edges_are_round_and_counts_complete() {
        for scale in [1e-9, 0.013, 1.0, 7e5, 3e12] {
            let sorted = Sorted::of((0..1000).map(|i| scale * (f64::from(i) - 200.0) / 1000.0));
            let (edges, counts) = sorted.histogram();
            assert!(edges.windows(2).all(|pair| pair[0] < pair[1]));
            assert_eq!(counts.iter().sum::<u64>(), 1000);
            assert!((15..=70).contains(&counts.len()), "{}", counts.len());
        }
        let (edges, counts) = Sorted::of([0.15, 0.25, 0.3].into_iter()).histogram();
        assert!(
            edges.contains(&0.3) && counts.iter().sum::<u64>() == 3,
            "{edges:?}"
        );
    }

    #[test]
    fn one_value_and_far_tails_have_a_histogram() {
        let (edges, counts) = Sorted::of([5.0; 9].into_iter()).histogram();
        assert_eq!((edges.len(), counts), (2, vec![9]));
        let (edges, counts) =
            Sorted::of((0..1000).map(|i| if i == 7 { 1e12 } else { f64::from(i) })).histogram();
        assert!(edges.len() < 80 && edges.last() == Some(&1e12));
        assert_eq!(counts.iter().sum::<u64>(), 1000);
    }
}
