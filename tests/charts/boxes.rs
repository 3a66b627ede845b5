//! What every layout must keep: texts apart, inside the slide, and off the marks.

use gtm_sim::charts::Figure;
use gtm_sim::charts::layout;
use gtm_sim::charts::layout::{Halo, Layout, Shape, Text};
use gtm_sim::charts::style::SAFE;

/// Letters that reach out of a text's box by less do no harm.
const HARMLESS: f64 = 3.0;

/// Every broken rule of a figure, in words.
pub fn faults(name: &str, figure: &Figure) -> Vec<String> {
    let layout = layout::layout(figure);
    let mut faults = Vec::new();
    for (index, text) in layout.texts.iter().enumerate() {
        if !text.bounds.is_within(SAFE) {
            faults.push(format!("{name}: {:?} leaves the safe area", text.content()));
        }
        for other in &layout.texts[index + 1..] {
            if text.bounds.meets(&other.bounds, 0.0) {
                faults.push(format!(
                    "{name}: {:?} meets {:?}",
                    text.content(),
                    other.content()
                ));
            }
        }
        if crosses(text, &layout) {
            faults.push(format!("{name}: {:?} crosses a mark", text.content()));
        }
    }
    for shape in &layout.shapes {
        if let Shape::Rectangle { bounds, .. } = shape {
            let is_sound =
                bounds.left <= bounds.right && bounds.top <= bounds.bottom && bounds.left.is_finite();
            if !is_sound || !bounds.is_within((0.0, 0.0, 1920.0, 1080.0)) {
                faults.push(format!("{name}: a rectangle leaves the slide: {bounds:?}"));
            }
        }
    }
    faults
}

/// A text stands wholly inside a rectangle or off it, and over lines only with a halo.
fn crosses(text: &Text, layout: &Layout) -> bool {
    let (left, right) = (text.bounds.left, text.bounds.right);
    let (top, bottom) = (text.bounds.top + HARMLESS, text.bounds.bottom - HARMLESS);
    let meets = |a: (f64, f64), b: (f64, f64)| {
        left < a.0.max(b.0) && a.0.min(b.0) < right && top < a.1.max(b.1) && a.1.min(b.1) < bottom
    };
    layout.shapes.iter().any(|shape| match shape {
        Shape::Rectangle { bounds, .. } => {
            let is_inside =
                bounds.left <= left && right <= bounds.right && bounds.top <= top && bottom <= bounds.bottom;
            !is_inside && meets((bounds.left, bounds.top), (bounds.right, bounds.bottom))
        }
        Shape::Line { from, to, .. } => text.halo == Halo::Without && meets(*from, *to),
        Shape::Curve { points, .. } => {
            text.halo == Halo::Without && points.windows(2).any(|pair| meets(pair[0], pair[1]))
        }
        Shape::Dot { centre, radius, .. } => meets(
            (centre.0 - radius, centre.1 - radius),
            (centre.0 + radius, centre.1 + radius),
        ),
        _ => false,
    })
}
