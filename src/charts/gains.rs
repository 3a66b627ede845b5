//! Lays out the difference to the baseline: weeks at the left, what stands at the end at the right.

use super::curves::{band, line};
use super::end_labels::{EndLabel, distinct, end_labels, room};
use super::endings;
use super::figure::{Gains, WeekMark};
use super::layout::{Anchor, Fill, Layout, Run, Shape, Text, plain};
use super::plot::{Plot, amount_labels, grid, time_marks};
use super::style::{
    Colour, LABEL_GAP, LEADER, LEFT, LONE_BAND, PLAN_LINE, PLOT_BOTTOM, RECOMMENDED_LINE, RIGHT, Role,
    TO_HEADS, TO_PLOT,
};
use super::text::Weight;

/// From the labels at the ends of the weeks to the panel beside.
const GAP: f64 = 52.0;
/// Radius of the ring where the plan turns ahead.
const RING: f64 = 9.0;
/// Space between text and the marks around it.
const CLEAR: f64 = 12.0;
/// Least length of the line from the ring to its words.
const STALK: f64 = 70.0;
/// Where the name of the band may stand, as a part of the width, best first.
const BAND_NAMES: [f64; 5] = [0.72, 0.55, 0.86, 0.4, 0.25];

/// Lays the differences out below a subtitle.
pub(super) fn lay(gains: &Gains, subtitle: f64, layout: &mut Layout) {
    let heads = subtitle + TO_HEADS;
    let mut plot = Plot {
        left: LEFT,
        right: RIGHT,
        top: heads + TO_PLOT,
        bottom: PLOT_BOTTOM,
        weeks: gains.time.weeks,
        low: gains.amounts.low,
        high: gains.amounts.high,
    };
    plot.left -= amount_labels(&gains.amounts, &plot)
        .iter()
        .map(|text| text.bounds.left - LEFT)
        .fold(0.0, f64::min);
    plot.right -= room(&labels(gains, &plot)) + LABEL_GAP;
    if let Some(endings) = &gains.endings {
        let frame = endings::frame(endings, heads);
        if endings.shares_scale {
            plot.top = frame.top;
        }
        plot.right = frame.left - GAP - room(&labels(gains, &plot));
        endings::lay(endings, &frame, heads, layout);
    }
    let head = super::labels::Measure::of(Role::Head).cut(&gains.head, plot.right - plot.left);
    layout.texts.push(plain(
        Role::Head,
        head,
        Colour::Ink,
        Anchor::Left,
        (plot.left, heads),
    ));
    grid(&gains.amounts, &plot, layout);
    layout.texts.extend(amount_labels(&gains.amounts, &plot));
    time_marks(&gains.time, &plot, GAP / 2.0, layout);
    curves(gains, &plot, layout);
    end_labels(labels(gains, &plot), plot.right, (plot.top, plot.bottom), layout);
    if let Some(turn) = &gains.turn {
        turn_mark(gains, turn, &plot, layout);
    }
    if let Some(lowest) = &gains.lowest {
        lowest_words(gains, lowest, &plot, layout);
    }
    band_name(gains, &plot, layout);
}

fn curves(gains: &Gains, plot: &Plot, layout: &mut Layout) {
    let colour = Colour::Plan(gains.plan);
    layout
        .shapes
        .push(band(plot, &gains.low, &gains.high, colour, LONE_BAND));
    let width = if gains.is_recommended {
        RECOMMENDED_LINE
    } else {
        PLAN_LINE
    };
    layout.shapes.extend(line(plot, &gains.mean, colour, width, None));
}

fn labels(gains: &Gains, plot: &Plot) -> Vec<EndLabel> {
    let [low, mean, high] = &gains.last_labels;
    let end = |series: &[f64]| series.last().map_or(plot.bottom, |amount| plot.y(*amount));
    let outer = |at, text: &String| EndLabel::of(at, Role::Axis, text.clone(), Colour::Secondary);
    let labels = vec![
        outer(end(&gains.high), high),
        EndLabel::of(
            end(&gains.mean),
            Role::Label,
            mean.clone(),
            Colour::PlanText(gains.plan),
        ),
        outer(end(&gains.low), low),
    ];
    distinct(labels, mean)
}

/// A text moved into the width of a panel.
fn inside(text: Text, plot: &Plot) -> Text {
    let under = (plot.left + CLEAR - text.bounds.left).max(0.0);
    let over = (text.bounds.right - plot.right + CLEAR).max(0.0);
    text.moved(under - over)
}

/// The ring where the mean turns ahead, and its words above the band.
fn turn_mark(gains: &Gains, turn: &WeekMark, plot: &Plot, layout: &mut Layout) {
    let at = (plot.x(f64::from(turn.week)), plot.y(0.0));
    let strong = Run::of(Role::Annotation, turn.label.clone(), Colour::Ink).weighing(Weight::SemiBold);
    let text = |run: &Run, baseline| {
        let text = Text::new(
            Role::Annotation,
            vec![run.clone()],
            Anchor::Middle,
            (at.0, baseline),
        );
        inside(text, plot).over_marks()
    };
    let sized = text(&strong, 0.0);
    let (band_top, _) = plot.heights(&gains.high, &sized.bounds);
    let low = (at.1 - STALK)
        .min(band_top - CLEAR)
        .max(plot.top + 2.0 * Role::Annotation.size() + CLEAR);
    let rest = Run::of(Role::Annotation, "on average", Colour::Secondary);
    let below = text(&rest, low - 0.25 * Role::Annotation.size());
    let above = text(&strong, below.at.1 - 1.3 * Role::Annotation.size());
    let middle = |text: &Text| (text.bounds.left + text.bounds.right) / 2.0;
    let below = below.clone().moved(middle(&above) - middle(&below));
    layout.shapes.push(Shape::Line {
        from: (at.0, below.bounds.bottom + 4.0),
        to: at,
        width: LEADER,
        colour: Colour::Ink,
        dash: None,
    });
    layout.shapes.push(Shape::Dot {
        centre: at,
        radius: RING,
        colour: Colour::Ink,
        fill: Fill::Hollow,
    });
    layout.texts.extend([above, below]);
}

/// How far the plan is behind at most, below that week.
fn lowest_words(gains: &Gains, lowest: &WeekMark, plot: &Plot, layout: &mut Layout) {
    let run = Run::of(Role::Axis, lowest.label.clone(), Colour::Secondary);
    let text = |baseline| {
        let at = (plot.x(f64::from(lowest.week)), baseline);
        let text = Text::new(Role::Axis, vec![run.clone()], Anchor::Middle, at);
        inside(text, plot).over_marks()
    };
    let sized = text(0.0);
    let (_, band_bottom) = plot.heights(&gains.low, &sized.bounds);
    let text = text(band_bottom.max(plot.y(0.0)) + CLEAR - sized.bounds.top);
    if text.bounds.bottom <= plot.bottom - 2.0 && layout.has_room(&text.bounds, 6.0) {
        layout.texts.push(text);
    }
}

/// What the band is, at the first free place above or below it.
fn band_name(gains: &Gains, plot: &Plot, layout: &mut Layout) {
    let run = Run::of(Role::Axis, "8 futures in 10", Colour::PlanText(gains.plan));
    let text = |part: f64, baseline| {
        let at = (plot.left + part * (plot.right - plot.left), baseline);
        Text::new(Role::Axis, vec![run.clone()], Anchor::Middle, at).over_marks()
    };
    let zero = plot.y(0.0);
    let stalk = gains.turn.as_ref().map(|turn| plot.x(f64::from(turn.week)));
    for part in BAND_NAMES {
        let sized = text(part, 0.0);
        let (top, _) = plot.heights(&gains.high, &sized.bounds);
        let (_, bottom) = plot.heights(&gains.low, &sized.bounds);
        for baseline in [
            top - CLEAR - sized.bounds.bottom,
            bottom + CLEAR - sized.bounds.top,
        ] {
            let text = text(part, baseline);
            let is_inside = text.bounds.top >= plot.top && text.bounds.bottom <= plot.bottom;
            let is_off_zero = zero < text.bounds.top - 4.0 || zero > text.bounds.bottom + 4.0;
            let is_off_stalk = stalk.is_none_or(|x| {
                text.bounds.top > zero || x < text.bounds.left - CLEAR || x > text.bounds.right + CLEAR
            });
            if is_off_stalk && is_inside && is_off_zero && layout.has_room(&text.bounds, 8.0) {
                layout.texts.push(text);
                return;
            }
        }
    }
}
