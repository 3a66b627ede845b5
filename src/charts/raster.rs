//! SVG to PNG, opaque; no fonts are needed, texts are paths.

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, FilterType};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Why a picture could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RasterError {
    /// The SVG cannot be read.
    #[error("the SVG cannot be read: {0}")]
    Svg(String),
    /// The picture has no size.
    #[error("the picture has no size")]
    Size,
    /// The picture cannot be packed.
    #[error("the PNG cannot be packed: {0}")]
    Png(String),
}

/// A PNG in the size that the SVG names.
pub fn png(svg: &str) -> Result<Vec<u8>, RasterError> {
    let tree =
        Tree::from_str(svg, &Options::default()).map_err(|error| RasterError::Svg(error.to_string()))?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(RasterError::Size)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    packed(&pixels).map_err(|error| RasterError::Png(error.to_string()))
}

/// Red, green and blue only: charts are opaque, and flat areas pack best unfiltered.
fn packed(pixels: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let colours: Vec<u8> = pixels
        .pixels()
        .iter()
        .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
        .collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Best);
    encoder.set_filter(FilterType::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&colours)?;
    writer.finish()?;
    Ok(file)
}
