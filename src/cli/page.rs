//! A page of text for people: titles, paragraphs and grids within the width of the terminal.

use super::grid::{Flush, grid, hanging, split};
use super::terminal::{Look, Terminal};
use crate::units::format::{self, Style};
use crate::units::unit::Unit;

/// Width where nobody's terminal says another.
const WIDTH: usize = 100;
/// Least and greatest width that is used.
const WIDTHS: (usize, usize) = (60, 120);

/// A page that is written section by section.
pub(super) struct Page<'a> {
    pub(super) text: String,
    pub(super) width: usize,
    pub(super) currency: &'a str,
    pub(super) terminal: &'a Terminal,
}

impl<'a> Page<'a> {
    /// An empty page.
    pub(super) fn new(terminal: &'a Terminal, currency: &'a str) -> Self {
        Self {
            text: String::new(),
            width: terminal.width.unwrap_or(WIDTH).clamp(WIDTHS.0, WIDTHS.1),
            currency,
            terminal,
        }
    }

    pub(super) fn title(&mut self, title: &str, aside: &str) {
        self.text.push('\n');
        self.text.push_str(&self.terminal.paint(title, Look::Strong));
        self.text.push('\n');
        if !aside.is_empty() {
            let aside = format!("  {}", hanging(aside, 2, self.width));
            self.text.push_str(&self.terminal.paint(&aside, Look::Aside));
            self.text.push('\n');
        }
    }

    pub(super) fn grid(&mut self, rows: &[Vec<String>], columns: &[Flush]) {
        self.text.push_str(&grid(rows, columns, 2, self.width));
    }

    /// A name and numbers, cut into grids that fit.
    pub(super) fn grids(&mut self, rows: &[Vec<String>]) {
        for (position, part) in split(rows, 2, self.width).iter().enumerate() {
            if position > 0 {
                self.text.push('\n');
            }
            let mut columns = vec![Flush::Right; part.first().map_or(0, Vec::len)];
            if let Some(first) = columns.first_mut() {
                *first = Flush::Left;
            }
            self.grid(part, &columns);
        }
    }

    pub(super) fn amount(&self, x: f64, unit: Unit) -> String {
        match unit {
            Unit::Share if x > 0.0 && x < 0.1 => fine_percent(x),
            Unit::PerWeek | Unit::PerYear => format::number(x, Style::Table),
            Unit::MoneyPerWeek | Unit::MoneyPerYear => format::money(x, self.currency, Style::Table),
            unit => format::quantity(x, unit, self.currency, Style::Table),
        }
    }
}

/// `1 warning`, `2 warnings`.
pub(super) fn count(n: usize, one: &str) -> String {
    let many = if n == 1 { "" } else { "s" };
    format!("{n} {one}{many}")
}

/// Shares below a tenth with the digits that matter.
pub(super) fn fine_percent(share: f64) -> String {
    format!("{}\u{202f}%", format::number(share * 100.0, Style::Table))
}
