//! Dots on a lattice of one diameter whose origin is the target, so that no column straddles it.

use super::figure::DotCell;

/// Smallest diameter, px.
const SMALLEST: f64 = 12.0;
/// From this share of the dots on one amount, it is an atom.
const ATOM: f64 = 0.1;

/// From amounts to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ruler {
    /// Amount at the left edge.
    pub low: f64,
    /// Amount at the right edge.
    pub high: f64,
    /// Left edge, px.
    pub left: f64,
    /// Right edge, px.
    pub right: f64,
}

impl Ruler {
    /// The place of an amount.
    pub fn x(&self, amount: f64) -> f64 {
        self.left + (amount - self.low) / (self.high - self.low) * (self.right - self.left)
    }

    /// Whether an amount lies between the edges.
    pub fn holds(&self, amount: f64) -> bool {
        (self.low..=self.high).contains(&amount)
    }
}

/// A column of dots.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// Its middle, px.
    pub x: f64,
    /// How many dots.
    pub count: usize,
    /// Whether it reaches the target.
    pub reaches: bool,
}

/// The columns of a cell at a diameter, left to right.
pub fn columns(cell: &DotCell, ruler: &Ruler, diameter: f64) -> Vec<Column> {
    let origin = ruler.x(cell.target.unwrap_or(0.0));
    let mut columns: Vec<(i64, Column)> = Vec::new();
    for dot in &cell.dots {
        let reaches = cell.target.is_none_or(|target| *dot >= target);
        let step = libm::floor((ruler.x(*dot) - origin) / diameter) as i64;
        let step = match cell.target {
            Some(_) if reaches => step.max(0),
            Some(_) => step.min(-1),
            None => step,
        };
        match columns.last_mut() {
            Some((last, column)) if *last == step => column.count += 1,
            _ => columns.push((
                step,
                Column {
                    x: origin + (step as f64 + 0.5) * diameter,
                    count: 1,
                    reaches,
                },
            )),
        }
    }
    columns.into_iter().map(|(_, column)| column).collect()
}

/// The largest diameter, up to `largest`, at which the highest stack of all cells fits into a height.
pub fn diameter(cells: &[(&DotCell, Ruler)], height: f64, largest: f64) -> f64 {
    let mut diameter = largest;
    while diameter > SMALLEST {
        let highest = cells
            .iter()
            .flat_map(|(cell, ruler)| columns(&without_atom(cell), ruler, diameter))
            .map(|column| column.count)
            .max()
            .unwrap_or(0);
        if highest as f64 * diameter <= height {
            return diameter;
        }
        diameter -= 0.5;
    }
    SMALLEST
}

/// The amount that many dots share, and how many.
pub fn atom(dots: &[f64]) -> Option<(f64, usize)> {
    let longest = dots
        .chunk_by(|one, other| one == other)
        .max_by_key(|run| run.len())?;
    (longest.len() >= 3 && longest.len() as f64 >= ATOM * dots.len() as f64)
        .then(|| (longest[0], longest.len()))
}

fn without_atom(cell: &DotCell) -> DotCell {
    let mut cell = cell.clone();
    if let Some((at, _)) = atom(&cell.dots) {
        cell.dots.retain(|dot| *dot != at);
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(dots: Vec<f64>, target: Option<f64>) -> DotCell {
        DotCell {
            dots,
            target,
            bar: None,
            number: None,
            atom: None,
        }
    }

    #[test]
    fn no_column_straddles_the_target() {
        let ruler = Ruler {
            low: 0.0,
            high: 100.0,
            left: 0.0,
            right: 1000.0,
        };
        let cell = cell(vec![28.0, 29.9, 30.0, 30.1], Some(30.0));
        let columns = columns(&cell, &ruler, 20.0);
        assert_eq!(
            columns.iter().map(|column| column.count).collect::<Vec<_>>(),
            [2, 2]
        );
        assert_eq!(columns[0].x, 290.0);
        assert!(!columns[0].reaches && columns[1].reaches);
    }

    #[test]
    fn an_atom_does_not_shrink_the_dots() {
        let ruler = Ruler {
            low: 0.0,
            high: 100.0,
            left: 0.0,
            right: 1000.0,
        };
        let mut dots = vec![0.0; 30];
        dots.extend((1..=20).map(|index| f64::from(index) * 5.0));
        assert_eq!(atom(&dots), Some((0.0, 30)));
        assert_eq!(diameter(&[(&cell(dots, None), ruler)], 100.0, 26.0), 26.0);
    }
}
