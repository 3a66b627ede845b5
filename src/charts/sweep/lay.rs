//! Lays out the objective against the marketing share: curve and band, the best, today, and which side is short.

use super::{ShareMark, Shares, Side, StripPart};
use crate::charts::end_labels::{EndLabel, distinct, end_labels, room};
use crate::charts::labels::Bounds;
use crate::charts::layout::{Anchor, Fill, Layout, Run, Shape, Text, plain};
use crate::charts::plot::{Plot, amount_labels, grid};
use crate::charts::style::{
    CASING, Colour, LABEL_GAP, LEADER, LEFT, LONE_BAND, RECOMMENDED_LINE, RIGHT, Role, TICK, TO_TICKS,
};
use crate::charts::text::Weight;

/// From the subtitle to the words over the strip, and from there to the strip and the plot.
const TO_STRIP_WORDS: f64 = 74.0;
const TO_STRIP: f64 = 20.0;
const STRIP: f64 = 12.0;
const TO_PLOT: f64 = 12.0;
/// Bottom of the plot, above ticks and the title of the axis.
const BOTTOM: f64 = 890.0;
const TO_TITLE: f64 = 76.0;
/// Radii of the splits, of today's and of the best one.
const POINT: f64 = 6.5;
const TODAY: f64 = 12.0;
const BEST: f64 = 12.0;
/// From the edges of the plot to the outermost splits: their marks stay off the labels beside.
const INSET: f64 = 18.0;
/// Width of the caps of an error, and of its stroke.
const CAP: f64 = 18.0;
const WHISKER: f64 = 3.0;
/// Opacity of the near-best range.
const NEAR_BEST: f64 = 0.16;
/// Least length of a line from a mark to its words.
const STALK: f64 = 60.0;
/// Space between text and the marks around it.
const CLEAR: f64 = 12.0;
/// Plan whose colour the curve takes.
const CURVE: usize = 1;
/// Where the name of the band may stand, as a part of the width, best first.
const BAND_NAMES: [f64; 7] = [0.66, 0.78, 0.5, 0.88, 0.35, 0.2, 0.12];

/// The plot of a sweep.
struct Frame<'a> {
    shares: &'a Shares,
    plot: Plot,
    strip_words: f64,
}

/// Lays a sweep out below a subtitle.
pub(in crate::charts) fn lay(shares: &Shares, subtitle: f64, layout: &mut Layout) {
    let strip_words = subtitle + TO_STRIP_WORDS;
    let mut plot = Plot {
        left: LEFT,
        right: RIGHT,
        top: strip_words + TO_STRIP + STRIP + TO_PLOT,
        bottom: BOTTOM,
        weeks: 2,
        low: shares.amounts.low,
        high: shares.amounts.high,
    };
    plot.left -= amount_labels(&shares.amounts, &plot)
        .iter()
        .map(|text| text.bounds.left - LEFT)
        .fold(0.0, f64::min);
    plot.right -= room(&last_labels(shares, &plot)) + LABEL_GAP;
    let frame = Frame {
        shares,
        plot,
        strip_words,
    };
    frame.near_best(layout);
    grid(&shares.amounts, &plot, layout);
    layout.texts.extend(amount_labels(&shares.amounts, &plot));
    frame.curve(layout);
    frame.strip(layout);
    frame.axis(layout);
    end_labels(
        last_labels(shares, &plot),
        plot.right,
        (plot.top, plot.bottom),
        layout,
    );
    frame.marks(layout);
    frame.near_best_words(layout);
    frame.band_name(layout);
}

/// What the band and the curve end at.
fn last_labels(shares: &Shares, plot: &Plot) -> Vec<EndLabel> {
    let [high, mean, low] = &shares.last_labels;
    let Some(last) = shares.points.last() else {
        return Vec::new();
    };
    let outer = |at, text: &String| EndLabel::of(plot.y(at), Role::Axis, text.clone(), Colour::Secondary);
    let labels = vec![
        outer(last.high, high),
        EndLabel::of(
            plot.y(last.mean),
            Role::CrowdedLabel,
            mean.clone(),
            Colour::PlanText(CURVE),
        ),
        outer(last.low, low),
    ];
    distinct(labels, mean)
}

impl Frame<'_> {
    fn x(&self, share: f64) -> f64 {
        let axis = &self.shares.shares;
        let part = (share - axis.low) / (axis.high - axis.low).max(f64::MIN_POSITIVE);
        let (left, right) = (self.plot.left + INSET, self.plot.right - INSET);
        left + part.clamp(0.0, 1.0) * (right - left)
    }

    fn near_best(&self, layout: &mut Layout) {
        let (low, high, _) = &self.shares.near_best;
        let (left, right) = (self.x(*low), self.x(*high));
        let (top, bottom) = (self.plot.top - TO_PLOT, self.plot.bottom);
        layout.shapes.push(Shape::Area {
            points: vec![(left, top), (right, top), (right, bottom), (left, bottom)],
            colour: Colour::Good,
            alpha: NEAR_BEST,
        });
    }

    fn curve(&self, layout: &mut Layout) {
        let points = &self.shares.points;
        let at = |share: f64, amount: f64| (self.x(share), self.plot.y(amount));
        let mut band: Vec<(f64, f64)> = points.iter().map(|point| at(point.share, point.high)).collect();
        band.extend(points.iter().rev().map(|point| at(point.share, point.low)));
        layout.shapes.push(Shape::Area {
            points: band,
            colour: Colour::Plan(CURVE),
            alpha: LONE_BAND,
        });
        let means: Vec<(f64, f64)> = points.iter().map(|point| at(point.share, point.mean)).collect();
        for (width, colour) in [
            (RECOMMENDED_LINE + CASING, Colour::Background),
            (RECOMMENDED_LINE, Colour::Plan(CURVE)),
        ] {
            layout.shapes.push(Shape::Curve {
                points: means.clone(),
                width,
                colour,
                dash: None,
            });
        }
        for (point, mean) in points.iter().zip(means) {
            let (low, high) = (self.plot.y(point.interval.0), self.plot.y(point.interval.1));
            // An error within its dot needs no whisker.
            if low - high > 2.0 * POINT + CASING {
                self.whisker(mean.0, (high, low), layout);
            }
            layout.shapes.push(Shape::Dot {
                centre: mean,
                radius: POINT,
                colour: Colour::Plan(CURVE),
                fill: Fill::Solid,
            });
        }
    }

    fn whisker(&self, x: f64, (high, low): (f64, f64), layout: &mut Layout) {
        let line = |from, to| Shape::Line {
            from,
            to,
            width: WHISKER,
            colour: Colour::Plan(CURVE),
            dash: None,
        };
        layout.shapes.push(line((x, high), (x, low)));
        for y in [high, low] {
            layout.shapes.push(line((x - CAP / 2.0, y), (x + CAP / 2.0, y)));
        }
    }

    /// The strip of sides and its words.
    fn strip(&self, layout: &mut Layout) {
        let top = self.strip_words + TO_STRIP;
        for part in &self.shares.strip {
            layout.shapes.push(Shape::Rectangle {
                bounds: Bounds {
                    left: self.x(part.from),
                    top,
                    right: self.x(part.to),
                    bottom: top + STRIP,
                },
                colour: match part.side {
                    Side::Demand => Colour::ShortOfDemand,
                    Side::Capacity => Colour::ShortOfCapacity,
                    Side::Neither => Colour::Connector,
                },
            });
        }
        // The longest stretches get their words first.
        let mut parts: Vec<&StripPart> = self.shares.strip.iter().collect();
        parts.sort_by(|a, b| (b.to - b.from).total_cmp(&(a.to - a.from)));
        for part in parts {
            let (words, colour) = match part.side {
                Side::Demand => ("short of demand", Colour::ShortOfDemand),
                Side::Capacity => ("short of sales capacity", Colour::ShortOfCapacityText),
                Side::Neither => continue,
            };
            let run = || Run::of(Role::Annotation, words, colour).weighing(Weight::SemiBold);
            let places = [
                (Anchor::Left, self.x(part.from)),
                (Anchor::Right, self.x(part.to)),
            ];
            let text = places
                .into_iter()
                .map(|(anchor, x)| Text::new(Role::Annotation, vec![run()], anchor, (x, self.strip_words)))
                .find(|text| {
                    let is_inside = text.bounds.left >= LEFT && text.bounds.right <= RIGHT;
                    is_inside && layout.has_room(&text.bounds, CLEAR)
                });
            layout.texts.extend(text);
        }
    }

    fn axis(&self, layout: &mut Layout) {
        for tick in &self.shares.shares.ticks {
            let x = self.x(tick.at);
            layout.shapes.push(Shape::Line {
                from: (x, self.plot.bottom),
                to: (x, self.plot.bottom + TICK.1),
                width: TICK.0,
                colour: Colour::Ink,
                dash: None,
            });
            let run = Run::of(Role::Axis, tick.label.clone(), Colour::Secondary).tabular();
            let at = (x, self.plot.bottom + TO_TICKS);
            layout
                .texts
                .push(Text::new(Role::Axis, vec![run], Anchor::Middle, at));
        }
        let middle = f64::midpoint(self.plot.left, self.plot.right);
        layout.texts.push(plain(
            Role::Axis,
            self.shares.shares_title.clone(),
            Colour::Secondary,
            Anchor::Middle,
            (middle, self.plot.bottom + TO_TITLE),
        ));
    }

    /// Highest and lowest place of the band over the width of a box.
    fn heights(&self, bounds: &Bounds) -> (f64, f64) {
        let points = &self.shares.points;
        let is_over = |pair: &&[super::SharePoint]| {
            self.x(pair[1].share) >= bounds.left && self.x(pair[0].share) <= bounds.right
        };
        let over = points.windows(2).filter(is_over).flatten();
        let band = over.map(|point| (self.plot.y(point.high), self.plot.y(point.low)));
        let today = self.shares.today.iter().map(|mark| {
            let y = self.plot.y(mark.mean);
            (y - TODAY, y + TODAY)
        });
        band.chain(today.filter(|_| self.is_over_today(bounds))).fold(
            (f64::INFINITY, f64::NEG_INFINITY),
            |(high, low), (top, bottom)| (high.min(top), low.max(bottom)),
        )
    }

    fn is_over_today(&self, bounds: &Bounds) -> bool {
        let x = self.shares.today.as_ref().map(|mark| self.x(mark.share));
        x.is_some_and(|x| x + TODAY >= bounds.left && x - TODAY <= bounds.right)
    }

    /// Today's split and the best one, each with its words outside the band.
    fn marks(&self, layout: &mut Layout) {
        let shares = self.shares;
        if let Some(today) = &shares.today {
            self.mark(today, Colour::Ink, Colour::Ink, [true, false], layout);
            layout.shapes.push(Shape::Dot {
                centre: (self.x(today.share), self.plot.y(today.mean)),
                radius: TODAY,
                colour: Colour::Ink,
                fill: Fill::Hollow,
            });
        }
        let best = &shares.best;
        let (line, text) = (Colour::Plan(CURVE), Colour::PlanText(CURVE));
        self.mark(best, line, text, [false, true], layout);
        for (radius, colour) in [(BEST + CASING, Colour::Background), (BEST, Colour::Plan(CURVE))] {
            layout.shapes.push(Shape::Dot {
                centre: (self.x(best.share), self.plot.y(best.mean)),
                radius,
                colour,
                fill: Fill::Solid,
            });
        }
    }

    /// The words of a mark, above or below the band, and the line to them.
    fn mark(
        &self,
        mark: &ShareMark,
        line: Colour,
        colour: Colour,
        above_first: [bool; 2],
        layout: &mut Layout,
    ) {
        let (x, y) = (self.x(mark.share), self.plot.y(mark.mean));
        let text = |baseline: f64| {
            let run = Run::of(Role::Label, mark.label.clone(), colour).tabular();
            let text = Text::new(Role::Label, vec![run], Anchor::Middle, (x, baseline));
            let under = (self.plot.left + CLEAR - text.bounds.left).max(0.0);
            let over = (text.bounds.right - self.plot.right).max(0.0);
            text.moved(under - over).over_marks()
        };
        let sized = text(0.0);
        let (top, bottom) = self.heights(&sized.bounds);
        for is_above in above_first {
            // A step farther each time, where other words stand in the way.
            for step in 0..4 {
                let away = f64::from(step) * 1.4 * Role::Label.size();
                let baseline = if is_above {
                    (top - CLEAR - sized.bounds.bottom).min(y - STALK) - away
                } else {
                    (bottom + CLEAR - sized.bounds.top).max(y + STALK) + away
                };
                let text = text(baseline);
                let is_inside = text.bounds.top >= self.plot.top && text.bounds.bottom <= self.plot.bottom;
                let end = if is_above {
                    text.bounds.bottom + 6.0
                } else {
                    text.bounds.top - 6.0
                };
                let stalk = Bounds {
                    left: x - CLEAR,
                    top: y.min(end),
                    right: x + CLEAR,
                    bottom: y.max(end),
                };
                let is_free = layout.has_room(&text.bounds, 8.0) && layout.has_room(&stalk, 0.0);
                if !is_inside || !is_free {
                    continue;
                }
                layout.shapes.push(Shape::Line {
                    from: (x, y),
                    to: (x, end),
                    width: LEADER,
                    colour: line,
                    dash: None,
                });
                layout.texts.push(text);
                return;
            }
        }
    }

    /// What the shaded range is, at its foot or its head.
    fn near_best_words(&self, layout: &mut Layout) {
        let (low, high, words) = &self.shares.near_best;
        let middle = f64::midpoint(self.x(*low), self.x(*high));
        let text = |baseline: f64| {
            let run = Run::of(Role::Annotation, words.clone(), Colour::Good)
                .weighing(Weight::SemiBold)
                .tabular();
            let text = Text::new(Role::Annotation, vec![run], Anchor::Middle, (middle, baseline));
            let under = (self.plot.left + CLEAR - text.bounds.left).max(0.0);
            let over = (text.bounds.right - self.plot.right).max(0.0);
            text.moved(under - over).over_marks()
        };
        let sized = text(0.0);
        let (top, bottom) = self.heights(&sized.bounds);
        let step = 1.4 * Role::Annotation.size();
        let foot = self.plot.bottom - 16.0;
        let below = (0..6).map(|index| foot - f64::from(index) * step);
        let above = (0..3).map(|index| self.plot.top + 30.0 + f64::from(index) * step);
        let place = below.chain(above).map(text).find(|text| {
            let is_off = text.bounds.bottom + CLEAR <= top || text.bounds.top - CLEAR >= bottom;
            is_off && text.bounds.top >= self.plot.top && layout.has_room(&text.bounds, 8.0)
        });
        layout.texts.extend(place.or_else(|| {
            let foot = text(self.plot.bottom - 16.0);
            let is_off_dots = self.shares.points.iter().all(|point| {
                let y = self.plot.y(point.mean);
                y < foot.bounds.top - BEST || y > foot.bounds.bottom + BEST
            });
            (is_off_dots && layout.has_room(&foot.bounds, 8.0)).then_some(foot)
        }));
    }

    /// What the band is, between mean and P90 where there is room, else above or below it.
    fn band_name(&self, layout: &mut Layout) {
        let text = |part: f64, baseline: f64| {
            let run = Run::of(Role::Axis, "8 futures in 10", Colour::PlanText(CURVE));
            let x = self.plot.left + part * (self.plot.right - self.plot.left);
            Text::new(Role::Axis, vec![run], Anchor::Middle, (x, baseline)).over_marks()
        };
        for part in BAND_NAMES {
            let sized = text(part, 0.0);
            let (top, bottom) = self.heights(&sized.bounds);
            for baseline in [
                top - CLEAR - sized.bounds.bottom,
                bottom + CLEAR - sized.bounds.top,
            ] {
                let text = text(part, baseline);
                let is_inside = text.bounds.top >= self.plot.top && text.bounds.bottom <= self.plot.bottom;
                let zero = self.plot.y(0.0);
                let is_off_zero = zero < text.bounds.top - 4.0 || zero > text.bounds.bottom + 4.0;
                let crosses = |shape: &Shape| match shape {
                    Shape::Line { from, to, width, .. } if *width == LEADER => {
                        from.0 > text.bounds.left - CLEAR
                            && to.0 < text.bounds.right + CLEAR
                            && from.1.min(to.1) < text.bounds.bottom
                            && from.1.max(to.1) > text.bounds.top
                    }
                    _ => false,
                };
                let is_off_stalks = !layout.shapes.iter().any(crosses);
                if is_inside && is_off_zero && is_off_stalks && layout.has_room(&text.bounds, 8.0) {
                    layout.texts.push(text);
                    return;
                }
            }
        }
    }
}
