//! What `run` prints: one row a plan, the sentences, the files that were written.

use super::terminal::{Look, Terminal};
use crate::analysis::findings::{Findings, Limits, MeasureFacts, PlanFindings, Summary};
use crate::analysis::verdicts;
use crate::units::format::{self, Style};
use crate::units::unit::Unit;
use console::measure_text_width;

/// A column of the table.
#[derive(Clone)]
pub(super) struct Column {
    head: String,
    cells: Vec<String>,
    /// Text flush left, numbers flush right.
    left: bool,
    /// Columns with the highest number go below first where the terminal is narrow; 0 stays.
    later: u8,
}

/// The table and the sentences.
pub(super) fn render(findings: &Findings, terminal: &Terminal) -> String {
    let said = verdicts::verdicts(findings);
    let mut text = head(findings, Vec::new(), terminal);
    text.push('\n');
    text.push_str(&paragraphs(
        said.iter().map(|verdict| verdict.text.as_str()),
        terminal,
    ));
    text
}

/// The title and the table, with more columns.
pub(super) fn head(findings: &Findings, more: Vec<Column>, terminal: &Terminal) -> String {
    let mut text = terminal.paint(&title(findings), Look::Strong);
    text.push_str("\n\n");
    text.push_str(&table(findings, more, terminal));
    text
}

/// Sentences, each on lines of its own.
pub(super) fn paragraphs<'a>(sentences: impl Iterator<Item = &'a str>, terminal: &Terminal) -> String {
    let lines = sentences.map(|sentence| wrapped(sentence, terminal.width) + "\n");
    lines.collect()
}

fn title(findings: &Findings) -> String {
    let facts = &findings.scenario;
    let weeks = format::weeks(f64::from(facts.weeks), Style::Sentence);
    let futures = match facts.replications {
        1 => "1 future".to_owned(),
        many => format!("{} futures", format::count(many)),
    };
    format!(
        "{} · {weeks} from {} · {futures} · seed {}",
        facts.name, facts.start, facts.seed
    )
}

fn table(findings: &Findings, more: Vec<Column>, terminal: &Terminal) -> String {
    let recommended = findings
        .comparison
        .as_ref()
        .and_then(|comparison| comparison.recommended.as_deref());
    let mut text = String::new();
    let mut columns = columns(findings);
    columns.extend(more);
    for (position, columns) in fitting(columns, terminal.width).iter().enumerate() {
        if position > 0 {
            text.push('\n');
        }
        text.push_str(&terminal.paint(&line(columns, |column| &column.head), Look::Aside));
        text.push('\n');
        for (row, plan) in findings.plans.iter().enumerate() {
            let look = if recommended == Some(plan.name.as_str()) {
                Look::Accent
            } else {
                Look::Plain
            };
            text.push_str(&terminal.paint(&line(columns, |column| &column.cells[row]), look));
            text.push('\n');
        }
    }
    text
}

/// The columns in blocks that fit: what can wait stands in a block below, beside the plans once more.
fn fitting(columns: Vec<Column>, limit: Option<usize>) -> Vec<Vec<Column>> {
    let Some(limit) = limit else {
        return vec![columns];
    };
    let width = |columns: &[&Column]| columns.iter().map(|column| column.width() + GAP).sum::<usize>();
    let mut first: Vec<&Column> = columns.iter().collect();
    let mut later: Vec<u8> = Vec::new();
    while width(&first) > limit + GAP
        && let Some(most) = first.iter().map(|column| column.later).max()
        && most > 0
    {
        first.retain(|column| column.later < most);
        later.push(most);
    }
    let mut blocks = vec![first];
    let mut block: Vec<&Column> = Vec::new();
    for column in columns.iter().filter(|column| later.contains(&column.later)) {
        let fits = block.is_empty() || width(&block) + column.width() <= limit;
        if !fits {
            blocks.push(std::mem::take(&mut block));
        }
        if block.is_empty() {
            block.extend(columns.first());
        }
        block.push(column);
    }
    if !block.is_empty() {
        blocks.push(block);
    }
    let owned = |block: Vec<&Column>| block.into_iter().cloned().collect();
    blocks.into_iter().map(owned).collect()
}

/// Letters between columns.
const GAP: usize = 3;

impl Column {
    /// A column of numbers.
    pub(super) fn new(head: String, findings: &Findings, cell: impl Fn(&PlanFindings) -> String) -> Self {
        Self {
            head,
            cells: findings.plans.iter().map(cell).collect(),
            left: false,
            later: 0,
        }
    }

    fn left(self) -> Self {
        Self { left: true, ..self }
    }

    /// A column that can wait: those with the highest number go below first.
    pub(super) fn later(self, later: u8) -> Self {
        Self { later, ..self }
    }

    fn width(&self) -> usize {
        let cells = self.cells.iter().map(|cell| measure_text_width(cell));
        cells.fold(measure_text_width(&self.head), usize::max)
    }
}

fn line(columns: &[Column], cell: impl Fn(&Column) -> &str) -> String {
    let mut text = String::new();
    for (index, column) in columns.iter().enumerate() {
        let cell = cell(column);
        let space = " ".repeat(column.width() - measure_text_width(cell));
        if index > 0 {
            text.push_str(&" ".repeat(GAP));
        }
        if column.left {
            text.push_str(cell);
            text.push_str(&space);
        } else {
            text.push_str(&space);
            text.push_str(cell);
        }
    }
    text.trim_end().to_owned()
}

fn columns(findings: &Findings) -> Vec<Column> {
    let facts = &findings.scenario;
    let currency = facts.currency.as_str();
    let mut columns = vec![
        Column::new("plan".to_owned(), findings, |plan| plan.label.clone()).left(),
        Column::new("marketing".to_owned(), findings, share).later(2),
    ];
    if let Some(measure) = findings.measure(&facts.objective) {
        let unit = measure.unit();
        let head = format!("{} (mean ± error)", lowered(&measure.label));
        let cell = |plan: &PlanFindings| with_error(plan.measure(&measure.id), unit, currency);
        columns.push(Column::new(head, findings, cell));
        let cell = |plan: &PlanFindings| range(plan.measure(&measure.id), unit, currency);
        columns.push(Column::new("P10 – P90".to_owned(), findings, cell).later(3));
    }
    for id in ["revenue", "spent"]
        .into_iter()
        .filter(|id| *id != facts.objective)
    {
        if let Some(measure) = findings.measure(id) {
            let cell = |plan: &PlanFindings| mean(plan.measure(id), measure, currency);
            columns.push(Column::new(lowered(&measure.label), findings, cell).later(4));
        }
    }
    if let Some((target, measure)) = facts
        .target
        .as_ref()
        .and_then(|target| Some((target, findings.measure(&target.measure)?)))
    {
        let amount = format::quantity(target.amount, measure.unit(), currency, Style::Sentence);
        let head = match measure.id.as_str() {
            "revenue" => format!("{amount} in"),
            _ => format!("{} {amount} in", lowered(&measure.label)),
        };
        let cell = |plan: &PlanFindings| {
            let reached = plan.target_reached.map_or(f64::NAN, |reached| reached.value);
            futures(reached)
        };
        columns.push(Column::new(head, findings, cell).later(1));
    }
    if findings.plans.len() > 1 {
        let cell = |plan: &PlanFindings| futures(plan.best_in);
        columns.push(Column::new("best in".to_owned(), findings, cell).later(1));
    }
    let cell = |plan: &PlanFindings| limited(&plan.limited_by);
    columns.push(
        Column::new("limited by".to_owned(), findings, cell)
            .left()
            .later(5),
    );
    columns
}

/// A share of futures in a narrow column: `<1 %`, `23 %`, `>99 %`.
pub(super) fn futures(share: f64) -> String {
    if !share.is_finite() {
        return format::percent(share, Style::Table);
    }
    let whole = share <= 0.0 || share >= 1.0;
    if !whole && share < 0.005 {
        format!("<{}", format::percent(0.01, Style::Table))
    } else if !whole && share >= 0.995 {
        format!(">{}", format::percent(0.99, Style::Table))
    } else {
        format::percent(share, Style::Table)
    }
}

/// `40 %`, or the shares of the phases: `45→20 %`.
fn share(plan: &PlanFindings) -> String {
    let shares: Vec<String> = plan
        .phases
        .iter()
        .map(|phase| format::decimals(phase.marketing_share * 100.0, 0, Style::Table))
        .collect();
    match shares.as_slice() {
        [] | [_] => format::percent(plan.marketing_share, Style::Table),
        several if several.len() <= 4 => {
            let last = format::percent(
                plan.phases.last().map_or(0.0, |phase| phase.marketing_share),
                Style::Table,
            );
            format!("{}→{last}", several[..several.len() - 1].join("→"))
        }
        several => {
            let mean = format::percent(plan.marketing_share, Style::Table);
            format!("{mean} in {} phases", several.len())
        }
    }
}

fn with_error(summary: Option<&Summary>, unit: Unit, currency: &str) -> String {
    let value = summary.and_then(|summary| summary.mean).unwrap_or(f64::NAN);
    let error = summary.and_then(|summary| summary.mean_error).unwrap_or(f64::NAN);
    match unit {
        Unit::Money if error.is_finite() => format::money_with_error(value, error, currency),
        _ if error.is_finite() => format!(
            "{} ± {}",
            format::quantity(value, unit, currency, Style::Table),
            format::quantity(error, unit, currency, Style::Table)
        ),
        _ => format::quantity(value, unit, currency, Style::Table),
    }
}

fn range(summary: Option<&Summary>, unit: Unit, currency: &str) -> String {
    let Some((low, high)) = summary.and_then(|summary| Some((summary.p10?, summary.p90?))) else {
        return format::quantity(f64::NAN, unit, currency, Style::Table);
    };
    if unit == Unit::Money {
        return format::money_range(low, high, currency);
    }
    let print = |x| format::quantity(x, unit, currency, Style::Table);
    format!("{}–{}", print(low), print(high))
}

fn mean(summary: Option<&Summary>, measure: &MeasureFacts, currency: &str) -> String {
    let mean = summary.and_then(|summary| summary.mean).unwrap_or(f64::NAN);
    format::quantity(mean, measure.unit(), currency, Style::Table)
}

/// The side that is short in more weeks: `sales capacity, 71 % of weeks`.
fn limited(limits: &Limits) -> String {
    let (side, weeks) = if limits.capacity >= limits.demand {
        ("sales capacity", limits.capacity)
    } else {
        ("demand", limits.demand)
    };
    if weeks < 0.05 {
        return "neither side".to_owned();
    }
    format!("{side}, {} of weeks", format::percent(weeks, Style::Table))
}

/// A label as the head of a column: `value`, but `CAC`.
fn lowered(label: &str) -> String {
    if label.chars().nth(1).is_some_and(char::is_uppercase) {
        return label.to_owned();
    }
    let mut letters = label.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Text in lines of the terminal's width, at most 110 letters; as it is where nobody looks.
pub(super) fn wrapped(text: &str, width: Option<usize>) -> String {
    let Some(width) = width else {
        return text.to_owned();
    };
    let width = width.clamp(20, 110);
    let mut lines = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let length = measure_text_width(word);
        if used > 0 && used + 1 + length > width {
            lines.push('\n');
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
