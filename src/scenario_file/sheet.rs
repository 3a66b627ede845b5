//! A CSV file of observations: its header, its columns, and where each cell stands.

use super::diagnostic::Diagnostic;
use super::source::Span;
use super::wording::{number, shown};
use csv::{Reader as Csv, ReaderBuilder, StringRecord, Trim};

/// More wrong cells of a column than this are not told one by one.
const MOST_WRONG: usize = 5;

/// The text of a CSV file, its first row the header.
#[derive(Debug)]
pub(super) struct Sheet {
    text: String,
    /// First byte in the sources.
    base: usize,
    separator: u8,
    header: StringRecord,
}

impl Sheet {
    /// The sheet whose text, without byte order mark and carriage returns, is numbered from `base`. Spreadsheets of
    /// many countries separate by semicolons: the separator is the one that the header has.
    pub(super) fn new(text: String, base: usize) -> Self {
        let header = text.lines().next().unwrap_or_default();
        let separator = [b',', b';', b'\t']
            .into_iter()
            .find(|separator| header.as_bytes().contains(separator))
            .unwrap_or(b',');
        let header = csv(&text, separator).headers().cloned().unwrap_or_default();
        Self {
            text,
            base,
            separator,
            header,
        }
    }

    /// Names of the columns.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.header.iter().filter(|name| !name.is_empty())
    }

    /// Positions of the columns called `name`.
    pub(super) fn positions(&self, name: &str) -> Vec<usize> {
        (0..self.header.len())
            .filter(|at| self.header.get(*at) == Some(name))
            .collect()
    }

    /// The first `most` + 1 numbers of the column at `position`, one a row; or the first cells that hold none.
    pub(super) fn values(&self, position: usize, most: usize) -> Result<Vec<f64>, Vec<Diagnostic>> {
        let name = shown(self.header.get(position).unwrap_or_default());
        let mut values = Vec::new();
        let mut wrong = Vec::new();
        for record in csv(&self.text, self.separator).into_records().take(most + 1) {
            let Ok(record) = record else {
                continue;
            };
            if record.iter().skip(self.header.len()).any(|cell| !cell.is_empty()) {
                wrong.push(self.too_many(&record));
            } else {
                match record.get(position).map(str::parse::<f64>) {
                    Some(Ok(value)) if value.is_finite() => values.push(value),
                    _ => wrong.push(self.no_number(&record, position, &name)),
                }
            }
            if wrong.len() >= MOST_WRONG {
                break;
            }
        }
        if wrong.is_empty() { Ok(values) } else { Err(wrong) }
    }

    /// More cells than names: the separator stands inside numbers, or a column has no name.
    fn too_many(&self, record: &StringRecord) -> Diagnostic {
        let diagnostic = Diagnostic::error(
            self.line(record),
            format!(
                "this row has {} cells, the header {}",
                record.len(),
                self.header.len()
            ),
        );
        if self.separator == b',' {
            diagnostic
                .expected("decimal commas?")
                .help("put `;` between cells and type numbers with a decimal point; or name every column in the header")
        } else {
            diagnostic.expected("one cell for each name of the header")
        }
    }

    /// The whole line of a record.
    fn line(&self, record: &StringRecord) -> Span {
        let from = self.start(record);
        let line = self.text.get(from..).and_then(|rest| rest.lines().next());
        Span {
            start: self.base + from,
            end: self.base + from + line.unwrap_or_default().len(),
        }
    }

    /// The first byte of a record.
    fn start(&self, record: &StringRecord) -> usize {
        let from = record.position().map_or(0, |place| place.byte() as usize);
        let rest = self.text.get(from..).unwrap_or_default();
        from + (rest.len() - rest.trim_start_matches('\n').len())
    }

    fn no_number(&self, record: &StringRecord, position: usize, name: &str) -> Diagnostic {
        let span = self.cell(record, position);
        let cell = record.get(position).unwrap_or_default();
        if cell.is_empty() {
            return Diagnostic::error(span, format!("this row has nothing in the column `{name}`"))
                .expected("a number in every row: rows of one file are drawn whole")
                .help("fill the cell or take the row out");
        }
        let diagnostic = Diagnostic::error(
            span,
            format!("`{}` in the column `{name}` is not a number", shown(cell)),
        );
        match cell.trim_end_matches('%').trim_end().parse::<f64>() {
            Ok(percent) if cell.ends_with('%') => {
                diagnostic.expected(format!("as a share: {}", number(percent / 100.0)))
            }
            _ if cell.replace(',', ".").parse::<f64>().is_ok() => {
                diagnostic.expected(format!("with a decimal point: {}", cell.replace(',', ".")))
            }
            _ => diagnostic.expected("a plain number: 0.22, 5000, 5e6"),
        }
    }

    /// Where the cell of a record stands: the whole line where quotes make that hard to tell.
    fn cell(&self, record: &StringRecord, position: usize) -> Span {
        let from = self.start(record);
        let line = self.text.get(from..).and_then(|rest| rest.lines().next());
        let line = line.unwrap_or_default();
        let mut start = 0;
        let mut end = line.len();
        if !line.contains('"') {
            let separator = char::from(self.separator);
            let before: usize = line
                .split(separator)
                .take(position)
                .map(|cell| cell.len() + 1)
                .sum();
            if let Some(cell) = line.get(before..).and_then(|rest| rest.split(separator).next()) {
                start = before + (cell.len() - cell.trim_start().len());
                end = (before + cell.trim_end().len()).max(start);
            }
        }
        Span {
            start: self.base + from + start,
            end: self.base + from + end,
        }
    }
}

fn csv(text: &str, separator: u8) -> Csv<&[u8]> {
    ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes())
}
