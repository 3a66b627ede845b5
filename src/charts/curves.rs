//! Weekly series as marks: lines with a casing, bands between two of them.

use super::layout::Shape;
use super::plot::Plot;
use super::style::{CASING, Colour};

/// From this number of points on a path is thinned.
const THINNED_FROM: usize = 150;
/// Pixels a point of a thinned path.
const PIXELS: f64 = 1.5;

/// A line on its casing.
pub fn line(
    plot: &Plot,
    amounts: &[f64],
    colour: Colour,
    width: f64,
    dash: Option<(f64, f64)>,
) -> [Shape; 2] {
    let points = thinned(plot.points(amounts));
    let casing = Shape::Curve {
        points: points.clone(),
        width: width + CASING,
        colour: Colour::Background,
        dash: None,
    };
    let line = Shape::Curve {
        points,
        width,
        colour,
        dash,
    };
    [casing, line]
}

/// The area between two series.
pub fn band(plot: &Plot, low: &[f64], high: &[f64], colour: Colour, alpha: f64) -> Shape {
    let mut points = thinned(plot.points(high));
    points.extend(thinned(plot.points(low)).into_iter().rev());
    Shape::Area {
        points,
        colour,
        alpha,
    }
}

/// A long path with one point per 1.5 px: of several the one that stands out most; both ends stay.
pub fn thinned(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else {
        return points;
    };
    if points.len() < THINNED_FROM {
        return points;
    }
    let cell = |point: &(f64, f64)| libm::floor((point.0 - first.0) / PIXELS) as i64;
    let stands_out = |index: usize| {
        let (before, here, after) = (points[index - 1].1, points[index].1, points[index + 1].1);
        (here - (before + after) / 2.0).abs()
    };
    let mut kept: Vec<(f64, f64)> = vec![first];
    let mut best: Option<(i64, usize)> = None;
    for index in 1..points.len() - 1 {
        let own = cell(&points[index]);
        best = match best {
            Some((before, other)) if before == own => Some((
                own,
                if stands_out(index) > stands_out(other) {
                    index
                } else {
                    other
                },
            )),
            Some((_, other)) => {
                kept.push(points[other]);
                Some((own, index))
            }
            None => Some((own, index)),
        };
    }
    kept.extend(best.map(|(_, index)| points[index]));
    kept.push(last);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_paths_are_thinned_and_keep_peaks_and_ends() {
        let mut points: Vec<(f64, f64)> = (0..520).map(|week| (f64::from(week) * 0.5, 10.0)).collect();
        points[301].1 = -40.0;
        let kept = thinned(points.clone());
        assert!(kept.len() < 190, "{}", kept.len());
        assert!(kept.contains(&points[301]));
        assert_eq!((kept.first(), kept.last()), (points.first(), points.last()));
        assert_eq!(thinned(points[..104].to_vec()).len(), 104);
    }
}
