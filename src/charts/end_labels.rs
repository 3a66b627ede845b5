//! Labels at the right ends of lines: pushed apart where they would meet, with a leader where that takes them far.

use super::layout::{Anchor, Layout, Run, Shape, Text};
use super::style::{Colour, LABEL_GAP, LEADER, Role};

/// Distance of two baselines, as a part of the letters' mean size.
const STEP: f64 = 36.0 / 28.0;
/// From this distance on a label is joined to its line by a leader.
const FAR: f64 = 24.0;
/// From the end of the lines to their labels where one has a leader.
const WITH_LEADER: f64 = 36.0;

/// A label at the end of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct EndLabel {
    /// Height of the line's end, px.
    pub y: f64,
    /// What it is.
    pub role: Role,
    /// Its parts.
    pub runs: Vec<Run>,
}

impl EndLabel {
    /// A label in one colour with figures of one width.
    pub fn of(y: f64, role: Role, text: impl Into<String>, colour: Colour) -> Self {
        Self {
            y,
            role,
            runs: vec![Run::of(role, text, colour).tabular()],
        }
    }

    /// Width in pixels.
    pub fn width(&self) -> f64 {
        let size = self.role.size();
        self.runs.iter().map(|run| run.width(size)).sum()
    }
}

/// Puts labels right of `x`, in the order of their lines and between a top and a bottom.
pub fn end_labels(mut labels: Vec<EndLabel>, x: f64, (top, bottom): (f64, f64), layout: &mut Layout) {
    labels.sort_by(|one, other| one.y.total_cmp(&other.y));
    let places = places(&labels, top, bottom);
    let is_far = |label: &EndLabel, place: f64| (label.y - place).abs() > FAR;
    let any_far = labels
        .iter()
        .zip(&places)
        .any(|(label, place)| is_far(label, *place));
    let left = x + if any_far { WITH_LEADER } else { LABEL_GAP };
    for (label, place) in labels.into_iter().zip(places) {
        if is_far(&label, place) {
            layout.shapes.push(Shape::Line {
                from: (x + 4.0, label.y),
                to: (left - 6.0, place),
                width: LEADER,
                colour: Colour::Connector,
                dash: None,
            });
        }
        let baseline = place + 0.36 * label.role.size();
        layout
            .texts
            .push(Text::new(label.role, label.runs, Anchor::Left, (left, baseline)));
    }
}

/// Width that labels take right of their lines.
pub fn room(labels: &[EndLabel]) -> f64 {
    labels.iter().map(EndLabel::width).fold(0.0, f64::max) + LABEL_GAP
}

/// Middles of the labels: each as near to its line as the others allow (least squares), then all between the edges.
fn places(labels: &[EndLabel], top: f64, bottom: f64) -> Vec<f64> {
    let mut offsets = Vec::with_capacity(labels.len());
    let mut offset = 0.0;
    for (index, label) in labels.iter().enumerate() {
        if index > 0 {
            offset += STEP * (label.role.size() + labels[index - 1].role.size()) / 2.0;
        }
        offsets.push(offset);
    }
    let wanted = labels
        .iter()
        .zip(&offsets)
        .map(|(label, offset)| label.y - offset);
    let highest = (bottom - offset).max(top);
    ascending(wanted)
        .into_iter()
        .zip(offsets)
        .map(|(place, offset)| place.clamp(top, highest) + offset)
        .collect()
}

/// The ascending series nearest to another: neighbours out of order share their mean.
fn ascending(wanted: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for value in wanted {
        groups.push((value, 1));
        while let [.., (before, n), (last, m)] = groups.as_slice() {
            if before <= last {
                break;
            }
            let count = n + m;
            let mean = (before * *n as f64 + last * *m as f64) / count as f64;
            groups.truncate(groups.len() - 2);
            groups.push((mean, count));
        }
    }
    groups
        .into_iter()
        .flat_map(|(mean, count)| std::iter::repeat_n(mean, count))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(y: f64) -> EndLabel {
        EndLabel::of(y, Role::Label, "$1M", Colour::Ink)
    }

    #[test]
    fn labels_stand_at_their_lines_or_share_the_way() {
        assert_eq!(places(&[label(100.0), label(200.0)], 0.0, 900.0), [100.0, 200.0]);
        assert_eq!(places(&[label(100.0), label(110.0)], 0.0, 900.0), [87.0, 123.0]);
        let at_the_edge = places(&[label(880.0), label(890.0), label(895.0)], 0.0, 900.0);
        assert_eq!(at_the_edge, [828.0, 864.0, 900.0]);
    }

    #[test]
    fn far_labels_have_a_leader() {
        let mut layout = Layout::default();
        end_labels(
            vec![label(100.0), label(101.0), label(102.0)],
            500.0,
            (0.0, 900.0),
            &mut layout,
        );
        assert_eq!(layout.shapes.len(), 2);
        assert_eq!(layout.texts.len(), 3);
    }
}
