//! Lays a figure out: every mark and every text box in pixels. Looks at no colour value and draws nothing.

use super::figure::{Body, Figure, Footer, Head};
use super::labels::{Bounds, Measure, title_lines};
use super::style::{
    Colour, FOOTER_BASELINE, FOOTER_RULE, GRID, LEFT, RIGHT, Role, TITLE_BASELINE, TITLE_STEP, TO_SUBTITLE,
};
use super::text::{Figures, Weight, width};
use super::{credits, fans, gains, hours, journey, money, rows, sweep, team};

/// A figure in pixels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// Marks, from the back to the front.
    pub shapes: Vec<Shape>,
    /// Texts, above all marks.
    pub texts: Vec<Text>,
}

/// A mark.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A straight line.
    Line {
        /// From here.
        from: (f64, f64),
        /// To here.
        to: (f64, f64),
        /// Its width.
        width: f64,
        /// Its colour.
        colour: Colour,
        /// Length of dashes and of the gaps between them.
        dash: Option<(f64, f64)>,
    },
    /// A path of straight pieces with round joins.
    Curve {
        /// Its points in order.
        points: Vec<(f64, f64)>,
        /// Its width.
        width: f64,
        /// Its colour.
        colour: Colour,
        /// Length of dashes and of the gaps between them.
        dash: Option<(f64, f64)>,
    },
    /// A filled area; its outline closes itself.
    Area {
        /// Its corners in order.
        points: Vec<(f64, f64)>,
        /// Its colour.
        colour: Colour,
        /// Opacity, 0 to 1.
        alpha: f64,
    },
    /// A dot.
    Dot {
        /// Its centre.
        centre: (f64, f64),
        /// Its outer radius.
        radius: f64,
        /// Its colour.
        colour: Colour,
        /// How it is filled.
        fill: Fill,
    },
    /// A filled rectangle.
    Rectangle {
        /// Its place.
        bounds: Bounds,
        /// Its colour.
        colour: Colour,
    },
}

/// How a dot is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// Filled: beyond the target.
    Solid,
    /// A ring: before the target.
    Hollow,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// What it is.
    pub role: Role,
    /// Its parts, left to right.
    pub runs: Vec<Run>,
    /// Left end of the baseline.
    pub at: (f64, f64),
    /// Its box.
    pub bounds: Bounds,
    /// Whether the background shines around it.
    pub halo: Halo,
}

/// Whether the background shines around a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halo {
    /// It stands on the background.
    Without,
    /// It stands over marks.
    Around,
}

/// A part of a line in one weight and colour.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its letters.
    pub text: String,
    /// Its weight.
    pub weight: Weight,
    /// Its colour.
    pub colour: Colour,
    /// Its figures.
    pub figures: Figures,
}

impl Run {
    /// As its role is written, with proportional figures.
    pub fn of(role: Role, text: impl Into<String>, colour: Colour) -> Self {
        Self {
            text: text.into(),
            weight: role.weight(),
            colour,
            figures: Figures::Proportional,
        }
    }

    /// With figures of one width.
    #[must_use]
    pub fn tabular(self) -> Self {
        Self {
            figures: Figures::Tabular,
            ..self
        }
    }

    /// In another weight.
    #[must_use]
    pub fn weighing(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }

    /// Width in pixels.
    pub fn width(&self, size: f64) -> f64 {
        width(&self.text, size, self.weight, self.figures)
    }
}

/// Which point of a line is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Left,
    /// Its middle.
    Middle,
    /// Its right end.
    Right,
}

impl Text {
    /// A line at a point of its baseline.
    pub fn new(role: Role, runs: Vec<Run>, anchor: Anchor, at: (f64, f64)) -> Self {
        let size = role.size();
        let width: f64 = runs.iter().map(|run| run.width(size)).sum();
        let left = match anchor {
            Anchor::Left => at.0,
            Anchor::Middle => at.0 - width / 2.0,
            Anchor::Right => at.0 - width,
        };
        Self {
            role,
            runs,
            at: (left, at.1),
            bounds: Bounds {
                left,
                top: at.1 - 0.77 * size,
                right: left + width,
                bottom: at.1 + 0.22 * size,
            },
            halo: Halo::Without,
        }
    }

    /// The same over marks.
    #[must_use]
    pub fn over_marks(self) -> Self {
        Self {
            halo: Halo::Around,
            ..self
        }
    }

    /// The same farther to the right.
    #[must_use]
    pub fn moved(self, by: f64) -> Self {
        Self {
            at: (self.at.0 + by, self.at.1),
            bounds: Bounds {
                left: self.bounds.left + by,
                right: self.bounds.right + by,
                ..self.bounds
            },
            ..self
        }
    }

    /// Its letters.
    pub fn content(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

impl Layout {
    /// Whether no text stands within `pad` of a box.
    pub fn has_room(&self, bounds: &Bounds, pad: f64) -> bool {
        !self.texts.iter().any(|text| text.bounds.meets(bounds, pad))
    }
}

/// Lays a figure out.
pub fn layout(figure: &Figure) -> Layout {
    let mut layout = Layout::default();
    let subtitle = heading(figure, &mut layout);
    match &figure.body {
        Body::Dots(dots) => rows::lay(dots, subtitle, &mut layout),
        Body::Fans(fans) => fans::lay(fans, subtitle, &mut layout),
        Body::Gains(gains) => gains::lay(gains, subtitle, &mut layout),
        Body::Hours(hours) => hours::lay(hours, subtitle, &mut layout),
        Body::Credits(body) => credits::lay(body, subtitle, &mut layout),
        Body::Journey(body) => journey::lay(body, subtitle, &mut layout),
        Body::Money(body) => money::lay(body, subtitle, &mut layout),
        Body::Team(body) => team::lay(body, subtitle, &mut layout),
        Body::Shares(body) => sweep::lay(body, subtitle, &mut layout),
    }
    footer(&figure.footer, &mut layout);
    layout
}

/// Title and subtitle; returns the subtitle's baseline.
fn heading(figure: &Figure, layout: &mut Layout) -> f64 {
    let lines = title_lines(&figure.title)
        .unwrap_or_else(|| Measure::of(Role::Title).wrap(&figure.title, RIGHT - LEFT, 2));
    let mut baseline = TITLE_BASELINE;
    for (index, line) in lines.into_iter().enumerate() {
        baseline = TITLE_BASELINE + TITLE_STEP * index as f64;
        layout.texts.push(plain(
            Role::Title,
            line,
            Colour::Ink,
            Anchor::Left,
            (LEFT, baseline),
        ));
    }
    let baseline = baseline + TO_SUBTITLE;
    let subtitle = Measure::of(Role::Subtitle).cut(&figure.subtitle, RIGHT - LEFT);
    layout.texts.push(plain(
        Role::Subtitle,
        subtitle,
        Colour::Secondary,
        Anchor::Left,
        (LEFT, baseline),
    ));
    baseline
}

fn footer(footer: &Footer, layout: &mut Layout) {
    layout.shapes.push(Shape::Line {
        from: (LEFT, FOOTER_RULE),
        to: (RIGHT, FOOTER_RULE),
        width: GRID,
        colour: Colour::Grid,
        dash: None,
    });
    let program = plain(
        Role::Footer,
        footer.program.clone(),
        Colour::Secondary,
        Anchor::Right,
        (RIGHT, FOOTER_BASELINE),
    );
    let measure = Measure::of(Role::Footer);
    let facts = footer.facts.join(" \u{b7} ");
    let room = program.bounds.left - 40.0 - LEFT - measure.width(&format!(" \u{b7} {facts}"));
    let scenario = measure.cut(&footer.scenario, room.max(0.0));
    let line = if scenario.is_empty() || room < 60.0 {
        facts
    } else {
        format!("{scenario} \u{b7} {facts}")
    };
    layout.texts.push(plain(
        Role::Footer,
        line,
        Colour::Secondary,
        Anchor::Left,
        (LEFT, FOOTER_BASELINE),
    ));
    layout.texts.push(program);
}

/// The head of a panel between two edges, with the lesser words where they have room.
pub(super) fn panel_head(head: &Head, (left, right): (f64, f64), baseline: f64, layout: &mut Layout) {
    let name = plain(
        Role::Head,
        Measure::of(Role::Head).cut(&head.text, right - left),
        head.plan.map_or(Colour::Ink, Colour::PlanText),
        Anchor::Left,
        (left, baseline),
    );
    let after = plain(
        Role::Axis,
        head.after.clone(),
        Colour::Secondary,
        Anchor::Left,
        (name.bounds.right + 16.0, baseline),
    );
    layout.texts.push(name);
    if !head.after.is_empty() && after.bounds.right <= right {
        layout.texts.push(after);
    }
}

/// A line in one colour.
pub fn plain(role: Role, text: impl Into<String>, colour: Colour, anchor: Anchor, at: (f64, f64)) -> Text {
    Text::new(role, vec![Run::of(role, text, colour)], anchor, at)
}
