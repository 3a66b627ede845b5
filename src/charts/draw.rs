//! A layout as SVG: marks through plotters on a canvas of four times the size, texts as paths.

use super::figure::Figure;
use super::layout::{Fill, Halo, Layout, Shape, Text, layout};
use super::style::{Colour, HALO, HEIGHT, HOLLOW, LIGHT, Theme, WIDTH};
use super::text::{UNITS, path};
use crate::units::format::coordinate;
use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::{Color, RGBColor, ShapeStyle};
use std::fmt::Write;

/// Units of the canvas a pixel: plotters knows whole numbers only.
const FINE: f64 = 4.0;

/// The chart on a light background.
pub fn svg(figure: &Figure) -> String {
    svg_in(figure, &LIGHT)
}

/// The chart in the colours of a theme.
pub fn svg_in(figure: &Figure, theme: &Theme) -> String {
    let layout = layout(figure);
    let (width, height) = (WIDTH as u32, HEIGHT as u32);
    let (fine_width, fine_height) = (units(WIDTH), units(HEIGHT));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {fine_width} {fine_height}\" role=\"img\">\n<title>{}</title>\n<desc>{}</desc>\n",
        escaped(&figure.title),
        escaped(&figure.alt),
    );
    svg.push_str(&marks(&layout, theme));
    let finest = coordinate(FINE / UNITS);
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(svg, "<g transform=\"scale({finest})\" stroke-linejoin=\"round\">");
    for text in &layout.texts {
        write_text(&mut svg, text, theme);
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// All marks as SVG elements.
fn marks(layout: &Layout, theme: &Theme) -> String {
    let mut buffer = String::new();
    {
        let size = (units(WIDTH) as u32, units(HEIGHT) as u32);
        let mut canvas = SVGBackend::with_string(&mut buffer, size);
        let ground = style(theme, Colour::Background, 0.0);
        // A buffer in memory takes every mark, here and below.
        let _ = canvas.draw_rect((0, 0), (units(WIDTH), units(HEIGHT)), &ground, true);
        for shape in &layout.shapes {
            draw(&mut canvas, shape, theme);
        }
        let _ = canvas.present();
    }
    let inner = buffer.split_once('\n').map_or("", |(_, inner)| inner);
    let inner = inner.trim_end().trim_end_matches("</svg>");
    format!("<g stroke-linejoin=\"round\">\n{inner}</g>\n")
}

fn draw(canvas: &mut SVGBackend<'_>, shape: &Shape, theme: &Theme) {
    match shape {
        Shape::Line {
            from,
            to,
            width,
            colour,
            dash,
        } => {
            let style = style(theme, *colour, *width);
            for piece in dashes(&[*from, *to], *dash) {
                if let [from, .., to] = piece.as_slice() {
                    let _ = canvas.draw_line(point(*from), point(*to), &style);
                }
            }
        }
        Shape::Curve {
            points,
            width,
            colour,
            dash,
        } => {
            let style = style(theme, *colour, *width);
            for piece in dashes(points, *dash) {
                let _ = canvas.draw_path(piece.into_iter().map(point), &style);
            }
        }
        Shape::Area {
            points,
            colour,
            alpha,
        } => {
            let solid = style(theme, *colour, 0.0);
            let style = ShapeStyle {
                color: solid.color.mix(*alpha),
                ..solid
            };
            let _ = canvas.fill_polygon(points.iter().copied().map(point), &style);
        }
        Shape::Dot {
            centre,
            radius,
            colour,
            fill,
        } => dot(
            canvas,
            (*centre, *radius),
            style(theme, *colour, HOLLOW),
            *fill,
            theme,
        ),
        Shape::Rectangle { bounds, colour } => {
            let (from, to) = ((bounds.left, bounds.top), (bounds.right, bounds.bottom));
            let _ = canvas.draw_rect(point(from), point(to), &style(theme, *colour, 0.0), true);
        }
    }
}

/// A disc, or a ring on the background.
fn dot(
    canvas: &mut SVGBackend<'_>,
    (centre, radius): ((f64, f64), f64),
    style: ShapeStyle,
    fill: Fill,
    theme: &Theme,
) {
    let whole = units(radius) as u32;
    match fill {
        Fill::Solid => {
            let flat = ShapeStyle {
                stroke_width: 0,
                ..style
            };
            let _ = canvas.draw_circle(point(centre), whole, &flat, true);
        }
        Fill::Hollow => {
            let ground = self::style(theme, Colour::Background, 0.0);
            let _ = canvas.draw_circle(point(centre), whole, &ground, true);
            let inner = units(radius - HOLLOW / 2.0) as u32;
            let _ = canvas.draw_circle(point(centre), inner, &style, false);
        }
    }
}

/// The pieces of a path, whole or dashed.
fn dashes(points: &[(f64, f64)], dash: Option<(f64, f64)>) -> Vec<Vec<(f64, f64)>> {
    let Some((on, off)) = dash else {
        return vec![points.to_vec()];
    };
    let mut pieces = Vec::new();
    let mut piece = Vec::from_iter(points.first().copied());
    let (mut left, mut is_drawn) = (on, true);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let mut length = distance(from, to);
        while length > left {
            let part = left / length;
            from = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
            length -= left;
            if is_drawn {
                piece.push(from);
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece = vec![from];
            }
            is_drawn = !is_drawn;
            left = if is_drawn { on } else { off };
        }
        left -= length;
        if is_drawn {
            piece.push(to);
        }
    }
    pieces.push(piece);
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

fn distance(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    (dx * dx + dy * dy).sqrt()
}

/// A text as paths, its halo below.
fn write_text(svg: &mut String, text: &Text, theme: &Theme) {
    let size = text.role.size();
    let mut left = text.at.0;
    let mut runs = Vec::new();
    for run in &text.runs {
        let outline = path(&run.text, size, run.weight, run.figures, (left, text.at.1));
        left += run.width(size);
        if !outline.is_empty() {
            runs.push((outline, hex(theme, run.colour)));
        }
    }
    if text.halo == Halo::Around {
        let (ground, width) = (hex(theme, Colour::Background), (HALO * UNITS).round() as i64);
        for (outline, _) in &runs {
            let _ = writeln!(
                svg,
                "<path fill=\"{ground}\" stroke=\"{ground}\" stroke-width=\"{width}\" d=\"{outline}\"/>"
            );
        }
    }
    for (outline, colour) in &runs {
        let _ = writeln!(svg, "<path fill=\"{colour}\" d=\"{outline}\"/>");
    }
}

fn hex(theme: &Theme, colour: Colour) -> String {
    let (red, green, blue) = theme.rgb(colour);
    format!("#{red:02X}{green:02X}{blue:02X}")
}

fn style(theme: &Theme, colour: Colour, width: f64) -> ShapeStyle {
    let (red, green, blue) = theme.rgb(colour);
    ShapeStyle {
        color: RGBColor(red, green, blue).into(),
        filled: true,
        stroke_width: units(width) as u32,
    }
}

fn point(at: (f64, f64)) -> (i32, i32) {
    (units(at.0), units(at.1))
}

fn units(pixels: f64) -> i32 {
    (pixels * FINE).round() as i32
}

/// Text inside an element; what XML cannot hold becomes a space.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}
