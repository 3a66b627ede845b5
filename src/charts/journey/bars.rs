//! Lays out chart 4: a bar a stage, wedges that show of what the next one is made, words in the bars and below.

use super::super::labels::{Bounds, Measure};
use super::super::layout::{Anchor, Layout, Run, Shape, Text, plain};
use super::super::style::{Colour, LABEL_GAP, LEADER, LEFT, RIGHT, Role, TO_HEADS};
use super::super::text::Weight;
use super::{Fate, Journey, JourneyPanel, JourneyRow, Segment};

/// From the heads to the first bar.
const TO_BARS: f64 = 40.0;
/// Bottom of the last bar: two lines of words fit below it.
const LAST: f64 = 930.0;
/// Height of bars with up to four rows, and with five.
const TALL: f64 = 72.0;
const LOW: f64 = 62.0;
/// Least width between panels.
const GAP: f64 = 150.0;
/// Between the parts of a bar.
const SEAM: f64 = 3.0;
/// Opacity of wedges.
const WASH: f64 = 0.10;
/// No seam stands before what is narrower.
const SLIVER: f64 = 8.0;
/// Between a part's edge and its words.
const INSIDE: f64 = 11.0;
/// Around a percentage in a narrow part.
const NARROW: f64 = 5.0;
/// From a bar to the first line below, and to the second.
const BELOW: [f64; 2] = [29.0, 59.0];
/// From the line about those who came from elsewhere to its bar.
const ABOVE: f64 = 14.0;
/// Between texts.
const PAD: f64 = 10.0;

/// Where a panel's bars stand.
struct Frame {
    left: f64,
    right: f64,
    first: f64,
    pitch: f64,
    height: f64,
}

impl Frame {
    fn top(&self, row: usize) -> f64 {
        self.first + self.pitch * row as f64
    }
}

/// Lays the journey out below a subtitle.
pub(in super::super) fn lay(journey: &Journey, subtitle: f64, layout: &mut Layout) {
    let Some(rows) = journey.panels.first().map(|panel| &panel.rows) else {
        return;
    };
    let heads = subtitle + TO_HEADS;
    let height = if rows.len() > 4 { LOW } else { TALL };
    let first = heads + TO_BARS;
    let steps = rows.len().saturating_sub(1).max(1) as f64;
    let names = rows.iter().map(|row| Measure::of(Role::Label).width(&row.name));
    let counts = journey
        .panels
        .iter()
        .flat_map(|panel| &panel.rows)
        .map(count_width);
    let (names, counts) = (names.fold(0.0, f64::max), counts.fold(0.0, f64::max));
    let start = LEFT + names.max(counts) + 1.5 * LABEL_GAP;
    let gap = GAP.max(counts + 3.5 * LABEL_GAP);
    let count = journey.panels.len() as f64;
    let width = (RIGHT - start - gap * (count - 1.0)) / count;
    for (index, panel) in journey.panels.iter().enumerate() {
        let left = start + (width + gap) * index as f64;
        let frame = Frame {
            left,
            right: left + width,
            first,
            pitch: ((LAST - height - first) / steps).min(LARGEST_PITCH),
            height,
        };
        head(panel, &frame, heads, layout);
        for row in 0..panel.rows.len() {
            wedge(panel, row, &frame, layout);
        }
        for (row, content) in panel.rows.iter().enumerate() {
            side(content, index, frame.top(row) + height / 2.0, &frame, layout);
            bar(panel, row, &frame, layout);
        }
    }
}

/// Rows stand no farther apart.
const LARGEST_PITCH: f64 = 240.0;

fn count_width(row: &JourneyRow) -> f64 {
    count_run(row).width(Role::Annotation.size())
}

fn count_run(row: &JourneyRow) -> Run {
    Run::of(Role::Annotation, row.count.clone(), Colour::Secondary)
        .weighing(Weight::SemiBold)
        .tabular()
}

fn head(panel: &JourneyPanel, frame: &Frame, baseline: f64, layout: &mut Layout) {
    super::super::layout::panel_head(&panel.head, (frame.left, frame.right), baseline, layout);
}

/// Names and counts of the first panel, counts of the others.
fn side(row: &JourneyRow, panel: usize, middle: f64, frame: &Frame, layout: &mut Layout) {
    let (anchor, x, baseline) = if panel == 0 {
        let name = plain(
            Role::Label,
            row.name.clone(),
            Colour::Ink,
            Anchor::Left,
            (LEFT, middle - 7.0),
        );
        layout.texts.push(name);
        (Anchor::Left, LEFT, middle + 27.0)
    } else {
        (
            Anchor::Right,
            frame.left - 1.5 * LABEL_GAP,
            middle + 0.36 * Role::Annotation.size(),
        )
    };
    layout.texts.push(Text::new(
        Role::Annotation,
        vec![count_run(row)],
        anchor,
        (x, baseline),
    ));
}

/// From the part that goes on to the whole of the next bar.
fn wedge(panel: &JourneyPanel, row: usize, frame: &Frame, layout: &mut Layout) {
    let Some(next) = panel.rows.get(row + 1) else {
        return;
    };
    let share: f64 = panel.rows[row]
        .segments
        .iter()
        .filter(|segment| segment.fate == Fate::On)
        .map(|segment| segment.share)
        .sum();
    if share <= 0.0 || next.segments.is_empty() {
        return;
    }
    let (from, to) = (frame.top(row) + frame.height, frame.top(row + 1));
    let onward = frame.left + share * (frame.right - frame.left);
    layout.shapes.push(Shape::Area {
        points: vec![
            (frame.left, from),
            (onward, from),
            (frame.right, to),
            (frame.left, to),
        ],
        colour: Colour::Plan(panel.plan),
        alpha: WASH,
    });
}

/// The parts of a row with their words.
fn bar(panel: &JourneyPanel, index: usize, frame: &Frame, layout: &mut Layout) {
    let row = &panel.rows[index];
    let (top, bottom) = (frame.top(index), frame.top(index) + frame.height);
    let width = frame.right - frame.left;
    let mut below: Vec<Below> = Vec::new();
    let mut start = 0.0;
    for segment in &row.segments {
        let end = start + segment.share;
        let rest = (1.0 - end) * width;
        let seam = if rest < SLIVER {
            0.0
        } else {
            SEAM.min(segment.share * width / 2.0)
        };
        let bounds = Bounds {
            left: frame.left + start * width,
            top,
            right: frame.left + end * width - seam,
            bottom,
        };
        start = end;
        layout.shapes.push(Shape::Rectangle {
            bounds,
            colour: fill(segment.fate, panel.plan),
        });
        below.extend(inside(segment, bounds, layout));
    }
    if let Some(words) = &row.words {
        layout.shapes.push(Shape::Area {
            points: vec![
                (frame.left, top),
                (frame.right, top),
                (frame.right, bottom),
                (frame.left, bottom),
            ],
            colour: Colour::Plan(panel.plan),
            alpha: WASH,
        });
        let at = (
            frame.left + INSIDE,
            (top + bottom) / 2.0 + 0.36 * Role::CrowdedLabel.size(),
        );
        let colour = Colour::PlanText(panel.plan);
        layout
            .texts
            .push(plain(Role::CrowdedLabel, words.clone(), colour, Anchor::Left, at));
    }
    let placed = place_below(below, panel.plan, frame, bottom, layout);
    plus(panel.rows.get(index + 1), &placed, frame, index, layout);
}

fn fill(fate: Fate, plan: usize) -> Colour {
    match fate {
        Fate::On => Colour::Plan(plan),
        Fate::Past => Colour::PlanTint(plan),
        Fate::Out => Colour::Neutral,
        Fate::Told => Colour::Bad,
    }
}

/// Words that found no room in their part.
struct Below {
    bounds: Bounds,
    text: String,
    fate: Fate,
}

/// One line, two lines, or the percentage alone; returns what must go below.
fn inside(segment: &Segment, bounds: Bounds, layout: &mut Layout) -> Option<Below> {
    if segment.words.is_empty() {
        return None;
    }
    let (role, colour) = match segment.fate {
        Fate::On | Fate::Told => (Role::CrowdedLabel, Colour::Background),
        Fate::Past | Fate::Out => (Role::Axis, Colour::Ink),
    };
    let measure = Measure::of(role);
    let room = bounds.right - bounds.left;
    let middle = (bounds.top + bounds.bottom) / 2.0;
    let centred = middle + 0.36 * role.size();
    let mut line = |text: &str, anchor, x: f64, baseline: f64| {
        layout
            .texts
            .push(plain(role, text, colour, anchor, (x, baseline)));
    };
    let whole = format!("{} {}", segment.percent, segment.words);
    let (percent, words) = (measure.width(&segment.percent), measure.width(&segment.words));
    let below = |text: &str| {
        Some(Below {
            bounds,
            text: text.to_owned(),
            fate: segment.fate,
        })
    };
    if measure.width(&whole) + 2.0 * INSIDE <= room {
        line(&whole, Anchor::Left, bounds.left + INSIDE, centred);
        None
    } else if percent.max(words) + 2.0 * INSIDE <= room {
        line(&segment.percent, Anchor::Left, bounds.left + INSIDE, middle - 5.0);
        line(&segment.words, Anchor::Left, bounds.left + INSIDE, middle + 23.0);
        None
    } else if percent + 2.0 * NARROW <= room {
        line(
            &segment.percent,
            Anchor::Middle,
            (bounds.left + bounds.right) / 2.0,
            centred,
        );
        below(&segment.words)
    } else {
        below(&whole)
    }
}

/// Whether two texts come too close: letters may come closer above each other than side by side.
fn near(one: &Bounds, other: &Bounds) -> bool {
    let wide = Bounds {
        left: one.left - PAD,
        right: one.right + PAD,
        ..*one
    };
    wide.meets(other, 1.0)
}

/// Words below their parts: flush with the part's outer edge, on the second line with a leader where the first is taken.
fn place_below(
    labels: Vec<Below>,
    plan: usize,
    frame: &Frame,
    bottom: f64,
    layout: &mut Layout,
) -> Vec<Text> {
    let mut placed: Vec<Text> = Vec::new();
    for label in labels {
        let middle = (label.bounds.left + label.bounds.right) / 2.0;
        let (role, colour) = match label.fate {
            Fate::Told => (Role::CrowdedLabel, Colour::Bad),
            Fate::On => (Role::CrowdedLabel, Colour::PlanText(plan)),
            Fate::Past | Fate::Out => (Role::Axis, Colour::Secondary),
        };
        let (anchor, x) = if middle > (frame.left + frame.right) / 2.0 {
            (Anchor::Right, label.bounds.right)
        } else {
            (Anchor::Left, label.bounds.left)
        };
        for (line, down) in BELOW.into_iter().enumerate() {
            let text = plain(role, label.text.clone(), colour, anchor, (x, bottom + down));
            let over = (text.bounds.right - frame.right).max(0.0) - (frame.left - text.bounds.left).max(0.0);
            let text = text.moved(-over);
            let leader = Bounds {
                left: middle - PAD,
                top: bottom + 4.0,
                right: middle + PAD,
                bottom: text.bounds.top,
            };
            let is_free = placed.iter().all(|other| {
                !near(&other.bounds, &text.bounds) && (line == 0 || !other.bounds.meets(&leader, 0.0))
            });
            if !is_free {
                continue;
            }
            if line > 0 {
                layout.shapes.push(Shape::Line {
                    from: (middle, bottom + 5.0),
                    to: (middle, text.bounds.top - 1.0),
                    width: LEADER,
                    colour: Colour::Connector,
                    dash: None,
                });
            }
            placed.push(text);
            break;
        }
    }
    layout.texts.extend(placed.iter().cloned());
    placed
}

/// Those who came from elsewhere, above the right end of their bar, or left of what stands there.
fn plus(next: Option<&JourneyRow>, placed: &[Text], frame: &Frame, index: usize, layout: &mut Layout) {
    let Some(words) = next.and_then(|next| next.plus.as_ref()) else {
        return;
    };
    let baseline = frame.top(index + 1) - ABOVE;
    let mut right = frame.right;
    for _ in 0..=placed.len() {
        let text = plain(
            Role::Axis,
            words.clone(),
            Colour::Secondary,
            Anchor::Right,
            (right, baseline),
        );
        let Some(other) = placed.iter().find(|other| other.bounds.meets(&text.bounds, 1.0)) else {
            if text.bounds.left >= frame.left {
                layout.texts.push(text);
            }
            return;
        };
        right = other.bounds.left - 2.0 * PAD;
    }
}
