//! What attribution credits every channel with, beside what its absence would change.

use super::figure::{Body, Figure, NoChart};
use super::labels::{Bounds, Measure, cut_letters};
use super::layout::{Anchor, Layout, Run, Shape, Text, plain};
use super::sampled::{footer, named, plan};
use super::style::{Colour, LABEL_GAP, LEFT, LINE_STEP, PLOT_BOTTOM, RIGHT, Role, TO_HEADS, ZERO};
use super::text::Weight;
use super::wording::fitting;
use crate::analysis::journeys::claims;
use crate::analysis::journeys::document::{Credit, Journeys};
use crate::outcome::estimate::deviate;
use crate::units::format::{Style, weeks};
use serde::Serialize;

/// Most channels.
const MOST: usize = 8;
/// Left edge of the bars.
const BARS: f64 = 420.0;
/// Least room for the words behind the longest bar.
const WORDS: f64 = 420.0;
/// Tallest bar.
const TALLEST: f64 = 60.0;
/// Of a row, what its bars fill.
const FILLED: f64 = 0.86;
/// Of the height of a bar, what is ink.
const INK: f64 = 0.84;
/// Width and cap of a whisker.
const WHISKER: (f64, f64) = (3.0, 18.0);
/// Most letters of a name in a title.
const NAME: usize = 24;

/// Channels with three bars each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Credits {
    /// The channels, the one with most credit first.
    pub rows: Vec<CreditRow>,
}

/// A channel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreditRow {
    /// Its name.
    pub name: String,
    /// Its bars, top to bottom.
    pub bars: Vec<CreditBar>,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreditBar {
    /// Wins a future.
    pub wins: f64,
    /// 95 % interval, where it is drawn.
    pub interval: Option<(f64, f64)>,
    /// What it is.
    pub kind: Kind,
    /// Its number in words.
    pub number: String,
    /// Its words.
    pub words: String,
}

/// Which bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Kind {
    /// Credit of the last touch.
    Last,
    /// Credit of the first touch.
    First,
    /// What its absence would change.
    Truth,
}

/// The chart of a sample.
///
/// # Errors
/// `NoChart` where there is no channel, or nothing is won.
pub fn build(journeys: &Journeys) -> Result<Figure, NoChart> {
    let mut channels: Vec<&Credit> = journeys
        .sources
        .iter()
        .filter(|credit| credit.truth.is_some())
        .collect();
    if channels.is_empty() {
        return Err(NoChart::because("there is no channel"));
    }
    if journeys.wins.all.value <= 0.0 {
        return Err(NoChart::because("nothing is won"));
    }
    channels.sort_by(|one, other| other.last.value.total_cmp(&one.last.value));
    let more = channels.len().saturating_sub(MOST);
    channels.truncate(MOST);
    let rows: Vec<CreditRow> = channels.iter().filter_map(|credit| row(credit)).collect();
    let title = title(journeys);
    let horizon = weeks(f64::from(journeys.sample.weeks), Style::Sentence);
    let note = match more {
        0 => "absences do not add up".to_owned(),
        more => format!("absences do not add up; {more} more channels not shown"),
    };
    Ok(Figure {
        key: "attribution".to_owned(),
        subtitle: format!(
            "Wins a future in {horizon} under {}: what rules of attribution credit, and how many fewer there are without the channel",
            cut_letters(plan(journeys), NAME)
        ),
        alt: alt(&title, &rows),
        footer: footer(journeys, note),
        title,
        body: Body::Credits(Credits { rows }),
        warnings: Vec::new(),
    })
}

fn title(journeys: &Journeys) -> String {
    let written = |label: &str| {
        let key = journeys.sources.iter().find(|credit| credit.label == label);
        cut_letters(named(label, key.map_or(label, |credit| &credit.source)), NAME)
    };
    fitting(claims::attribution(journeys, written))
        .unwrap_or_else(|| "What channels are credited with, and what their absence would change".to_owned())
}

fn row(credit: &Credit) -> Option<CreditRow> {
    let truth = credit.truth?;
    let reach = deviate(0.95) * truth.error;
    let bar = |kind, wins: f64, words: &str| CreditBar {
        wins,
        interval: None,
        kind,
        number: claims::wins(wins),
        words: words.to_owned(),
    };
    let fewer = if truth.value >= 0.0 { "fewer" } else { "more" };
    Some(CreditRow {
        name: named(&credit.label, &credit.source).to_owned(),
        bars: vec![
            bar(Kind::Last, credit.last.value, "credited by last touch"),
            bar(Kind::First, credit.first.value, "credited by first touch"),
            CreditBar {
                interval: Some((truth.value - reach, truth.value + reach)),
                number: claims::wins(truth.value.abs()),
                ..bar(Kind::Truth, truth.value, &format!("{fewer} without it"))
            },
        ],
    })
}

fn alt(title: &str, rows: &[CreditRow]) -> String {
    let told = |row: &CreditRow| {
        let bars: Vec<String> = row
            .bars
            .iter()
            .map(|bar| format!("{} {}", bar.number, bar.words))
            .collect();
        format!(" {}: {}.", cut_letters(&row.name, NAME), bars.join(", "))
    };
    let mut text = format!("Bars. {title}.");
    for sentence in rows.iter().map(told) {
        if text.chars().count() + sentence.chars().count() <= 600 {
            text.push_str(&sentence);
        }
    }
    text
}

/// Lays the bars out below a subtitle.
pub(super) fn lay(credits: &Credits, subtitle: f64, layout: &mut Layout) {
    let top = subtitle + TO_HEADS - LINE_STEP / 2.0;
    let pitch = (PLOT_BOTTOM - top) / credits.rows.len().max(1) as f64;
    let bars = || credits.rows.iter().flat_map(|row| &row.bars);
    let ends = |bar: &CreditBar| [bar.wins, bar.interval.map_or(0.0, |(_, high)| high)];
    let high = bars().flat_map(ends).fold(0.0, f64::max);
    let low = bars()
        .map(|bar| bar.interval.map_or(bar.wins, |(low, _)| low))
        .fold(0.0, f64::min);
    let words = bars()
        .map(|bar| words(bar).bounds.right + LABEL_GAP)
        .fold(WORDS, f64::max);
    let scale = (RIGHT - words - BARS) / (high - low).max(1e-9);
    let x = |wins: f64| BARS + (wins - low) * scale;
    for (index, row) in credits.rows.iter().enumerate() {
        let from = top + pitch * index as f64;
        let step = (pitch * FILLED / row.bars.len().max(1) as f64).min(TALLEST);
        let first = from + (pitch - step * row.bars.len() as f64) / 2.0;
        name(row, first + step * row.bars.len() as f64 / 2.0, layout);
        for (place, bar) in row.bars.iter().enumerate() {
            let middle = first + step * (place as f64 + 0.5);
            bar_marks(bar, (middle, step * INK), x, layout);
        }
    }
    layout.shapes.push(Shape::Line {
        from: (x(0.0), top),
        to: (x(0.0), PLOT_BOTTOM),
        width: ZERO,
        colour: Colour::Ink,
        dash: None,
    });
}

/// The channel's name, in two lines at most, centred on its bars.
fn name(row: &CreditRow, middle: f64, layout: &mut Layout) {
    let lines = Measure::of(Role::Label).wrap(&row.name, BARS - LEFT - 2.0 * LABEL_GAP, 2);
    let first = middle - (lines.len() as f64 - 1.0) * LINE_STEP / 2.0 + 0.36 * Role::Label.size();
    for (line, text) in lines.into_iter().enumerate() {
        let at = (LEFT, first + LINE_STEP * line as f64);
        layout
            .texts
            .push(plain(Role::Label, text, Colour::Ink, Anchor::Left, at));
    }
}

fn bar_marks(bar: &CreditBar, (middle, height): (f64, f64), x: impl Fn(f64) -> f64, layout: &mut Layout) {
    let colour = match bar.kind {
        Kind::Last => Colour::Connector,
        Kind::First => Colour::Neutral,
        Kind::Truth => Colour::Plan(0),
    };
    let (from, to) = (x(bar.wins.min(0.0)), x(bar.wins.max(0.0)));
    layout.shapes.push(Shape::Rectangle {
        bounds: Bounds {
            left: from,
            top: middle - height / 2.0,
            right: to,
            bottom: middle + height / 2.0,
        },
        colour,
    });
    let mut end = to;
    if let Some((low, high)) = bar.interval {
        end = end.max(x(high));
        let line = |from: (f64, f64), to: (f64, f64)| Shape::Line {
            from,
            to,
            width: WHISKER.0,
            colour: Colour::Ink,
            dash: None,
        };
        layout.shapes.push(line((x(low), middle), (x(high), middle)));
        let cap = WHISKER.1.min(height) / 2.0;
        for at in [x(low), x(high)] {
            layout.shapes.push(line((at, middle - cap), (at, middle + cap)));
        }
    }
    let baseline = middle + 0.36 * Role::Axis.size();
    let text = words(bar);
    layout.texts.push(Text::new(
        Role::Axis,
        text.runs,
        Anchor::Left,
        (end + LABEL_GAP, baseline),
    ));
}

/// Number and words of a bar, from the left edge.
fn words(bar: &CreditBar) -> Text {
    let ink = if bar.kind == Kind::Truth {
        Colour::Ink
    } else {
        Colour::Secondary
    };
    let number = Run::of(Role::Axis, format!("{} ", bar.number), ink).weighing(Weight::SemiBold);
    let words = Run::of(Role::Axis, bar.words.clone(), ink);
    Text::new(Role::Axis, vec![number, words], Anchor::Left, (0.0, 0.0))
}
