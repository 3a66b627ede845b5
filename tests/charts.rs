//! Charts: claims, layout without collisions, and pictures that are the same bytes every time.
#![cfg(feature = "charts")]

#[path = "charts/synthetic.rs"]
mod synthetic;

use gtm_sim::charts::{CHARTS, Figure, layout, png, svg};
use synthetic::cases;

fn figures() -> Vec<(String, Figure)> {
    let mut figures = Vec::new();
    for (name, findings) in cases() {
        for chart in CHARTS {
            if let Ok(figure) = (chart.build)(&findings) {
                figures.push((format!("{}_{name}", chart.key), figure));
            }
        }
    }
    figures
}

#[test]
fn pictures() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("charts");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, figure) in figures() {
        let svg = svg(&figure);
        let png = png(&svg).unwrap();
        std::fs::write(folder.join(format!("{name}.svg")), &svg).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
    }
}

#[test]
fn boxes() {
    let mut wrong = Vec::new();
    for (name, figure) in figures() {
        let texts = layout(&figure).texts;
        for (index, text) in texts.iter().enumerate() {
            if !text.bounds.is_within(gtm_sim::charts::style::SAFE) {
                wrong.push(format!("{name}: {:?} leaves the safe area", text.content()));
            }
            for other in &texts[index + 1..] {
                if text.bounds.meets(&other.bounds, 0.0) {
                    wrong.push(format!(
                        "{name}: {:?} meets {:?}",
                        text.content(),
                        other.content()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
