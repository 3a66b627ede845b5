//! Randomness: addressed uniforms, distributions by their quantile functions, counts by inversion.

pub mod distribution;
pub mod key;
