//! Text as outlines: the shaper that measures a label is the shaper that makes its path.

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder, Tag};
use rustybuzz::{Face, Feature, UnicodeBuffer};
use std::fmt::Write;
use std::sync::OnceLock;

/// Units of a path a pixel: paths are written in whole numbers.
pub const UNITS: f64 = 40.0;

/// Weight of a typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Regular.
    Regular,
    /// SemiBold.
    SemiBold,
}

/// Shape of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// As the text runs.
    Proportional,
    /// All of one width, for columns and ticks.
    Tabular,
}

/// A glyph on its line, in font units.
struct Glyph {
    id: u16,
    x: i32,
    y: i32,
}

/// A shaped line, in font units.
struct Line {
    glyphs: Vec<Glyph>,
    advance: i32,
}

static REGULAR: OnceLock<Option<Face<'static>>> = OnceLock::new();
static SEMIBOLD: OnceLock<Option<Face<'static>>> = OnceLock::new();

fn face(weight: Weight) -> Option<&'static Face<'static>> {
    let (cell, bytes): (_, &'static [u8]) = match weight {
        Weight::Regular => (&REGULAR, include_bytes!("../../assets/fonts/Inter-Regular.otf")),
        Weight::SemiBold => (&SEMIBOLD, include_bytes!("../../assets/fonts/Inter-SemiBold.otf")),
    };
    cell.get_or_init(|| Face::from_slice(bytes, 0)).as_ref()
}

/// Width of a line of text in pixels.
pub fn width(text: &str, size: f64, weight: Weight, figures: Figures) -> f64 {
    face(weight).map_or(0.0, |face| {
        f64::from(shape(face, text, figures).advance) * size / f64::from(face.units_per_em())
    })
}

/// The first letter that the typeface lacks.
pub fn missing_letter(text: &str) -> Option<char> {
    let face = face(Weight::Regular)?;
    text.chars().find(|letter| {
        !letter.is_whitespace() && !is_invisible(*letter) && face.glyph_index(*letter).is_none()
    })
}

/// The path of a line of text whose baseline begins at a point, in [`UNITS`] a pixel.
pub fn path(text: &str, size: f64, weight: Weight, figures: Figures, at: (f64, f64)) -> String {
    let Some(face) = face(weight) else {
        return String::new();
    };
    let scale = size / f64::from(face.units_per_em()) * UNITS;
    let mut pen = Pen {
        scale,
        origin: (0.0, 0.0),
        last: (0, 0),
        start: (0, 0),
        path: String::new(),
    };
    for glyph in shape(face, text, figures).glyphs {
        if glyph.id != 0 {
            pen.origin = (
                at.0 * UNITS + f64::from(glyph.x) * scale,
                at.1 * UNITS - f64::from(glyph.y) * scale,
            );
            face.outline_glyph(GlyphId(glyph.id), &mut pen);
        }
    }
    pen.path
}

fn is_invisible(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn shape(face: &Face<'_>, text: &str, figures: Figures) -> Line {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let tabular = u32::from(figures == Figures::Tabular);
    let features = [
        Feature::new(Tag::from_bytes(b"kern"), 1, ..),
        Feature::new(Tag::from_bytes(b"tnum"), tabular, ..),
    ];
    let shaped = rustybuzz::shape(face, &features, buffer);
    let mut line = Line {
        glyphs: Vec::with_capacity(shaped.len()),
        advance: 0,
    };
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        line.glyphs.push(Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            x: line.advance + position.x_offset,
            y: position.y_offset,
        });
        line.advance += position.x_advance;
    }
    line
}

/// Writes an outline with relative commands in whole units.
struct Pen {
    scale: f64,
    origin: (f64, f64),
    last: (i64, i64),
    start: (i64, i64),
    path: String,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> (i64, i64) {
        (
            (self.origin.0 + f64::from(x) * self.scale).round() as i64,
            (self.origin.1 - f64::from(y) * self.scale).round() as i64,
        )
    }

    /// Appends a command with points relative to the last one.
    fn command(&mut self, letter: char, points: &[(i64, i64)]) {
        self.path.push(letter);
        let mut between = "";
        for (x, y) in points {
            for distance in [x - self.last.0, y - self.last.1] {
                let gap = if distance < 0 { "" } else { between };
                // Writing to a string cannot fail.
                let _ = write!(self.path, "{gap}{distance}");
                between = " ";
            }
        }
        if let Some(point) = points.last() {
            self.last = *point;
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let point = self.place(x, y);
        // The first command of a path counts from the origin, absolute or not.
        self.command('m', &[point]);
        self.start = point;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let point = self.place(x, y);
        self.command('l', &[point]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let points = [self.place(x1, y1), self.place(x, y)];
        self.command('q', &points);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let points = [self.place(x1, y1), self.place(x2, y2), self.place(x, y)];
        self.command('c', &points);
    }

    fn close(&mut self) {
        self.path.push('z');
        self.last = self.start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_weights_are_there_and_have_the_letters_of_plans() {
        for weight in [Weight::Regular, Weight::SemiBold] {
            let face = face(weight).expect("the font is built in");
            for letter in "Az0 Μάρκετινγκ Сначала → − × ± € \u{202f}\u{a0}…–·".chars()
            {
                assert!(face.glyph_index(letter).is_some(), "{letter:?}");
            }
        }
        assert_eq!(missing_letter("今 plan"), Some('今'));
        assert_eq!(missing_letter("plan"), None);
    }

    #[test]
    fn tabular_figures_have_one_width() {
        let of = |text| width(text, 24.0, Weight::Regular, Figures::Tabular);
        assert_eq!(of("111"), of("888"));
        assert!(width("111", 24.0, Weight::Regular, Figures::Proportional) < of("888"));
    }
}
