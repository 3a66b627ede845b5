//! A grid of text: columns as wide as their cells, the last one wrapped to the width of the terminal.

use console::measure_text_width;

/// Letters between columns.
const GAP: usize = 2;
/// Least width of a column that is wrapped.
const NARROWEST: usize = 24;

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flush {
    /// Text.
    Left,
    /// Numbers.
    Right,
    /// Text of any length; only the last column.
    Wrapped,
}

/// The lines of a grid, `indent` letters from the left, at most `width` letters long where a column wraps.
pub(super) fn grid(rows: &[Vec<String>], columns: &[Flush], indent: usize, width: usize) -> String {
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| measure_text_width(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(widest).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = " ".repeat(indent);
        for (column, (cell, flush)) in row.iter().zip(columns).enumerate() {
            if column > 0 {
                line.push_str(&" ".repeat(GAP));
            }
            let space = " ".repeat(widths[column] - measure_text_width(cell));
            match flush {
                Flush::Left => line.extend([cell, space.as_str()]),
                Flush::Right => line.extend([space.as_str(), cell]),
                Flush::Wrapped => {
                    let from = measure_text_width(&line);
                    line.push_str(&hanging(cell, from, width));
                }
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Text that begins in column `from` and goes on below it.
pub(super) fn hanging(text: &str, from: usize, width: usize) -> String {
    let room = width.saturating_sub(from).max(NARROWEST);
    let mut lines = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let length = measure_text_width(word);
        if used > 0 && used + 1 + length > room {
            lines.push('\n');
            lines.push_str(&" ".repeat(from));
            used = 0;
        } else if used > 0 {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += length;
    }
    lines
}

/// The rows cut into grids that fit `width`, each with the first column.
pub(super) fn split(rows: &[Vec<String>], indent: usize, width: usize) -> Vec<Vec<Vec<String>>> {
    let columns = rows.first().map_or(0, Vec::len);
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| measure_text_width(cell)).max().unwrap_or(0)
    };
    let first = indent + widest(0);
    let mut parts: Vec<Vec<usize>> = Vec::new();
    let mut used = usize::MAX;
    for column in 1..columns {
        let takes = GAP + widest(column);
        if used.saturating_add(takes) > width {
            parts.push(vec![0]);
            used = first;
        }
        if let Some(part) = parts.last_mut() {
            part.push(column);
        }
        used += takes;
    }
    let cut = |part: &Vec<usize>| -> Vec<Vec<String>> {
        let cells = |row: &Vec<String>| {
            part.iter()
                .filter_map(|column| row.get(*column).cloned())
                .collect()
        };
        rows.iter().map(cells).collect()
    };
    parts.iter().map(cut).collect()
}
