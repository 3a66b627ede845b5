//! When a plan is ahead of the baseline: from the weekly paired difference of the contribution so far.

use super::findings::Band;
use crate::outcome::estimate::deviate;

/// Standard deviations between P10 and P90 of a normal distribution.
const TENTHS: f64 = 2.563;

/// When a plan is behind the baseline and when ahead, in the mean of its contribution so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turning {
    /// Never clearly behind, clearly ahead at the end.
    AheadFromTheStart,
    /// Behind up to this week and at no time before clearly ahead; ahead from then on, clearly at the end.
    BehindUntil(u32),
    /// Ahead and behind by turns up to this week; ahead from then on, clearly at the end.
    AheadAfter(u32),
    /// Clearly behind at the end.
    BehindAtTheEnd,
    /// Nothing of this.
    Unclear,
}

/// The turning of a weekly difference, of which each band is over so many futures.
pub fn turning(bands: &[Band], futures: u64) -> Turning {
    let clear = deviate(0.95) / (futures.max(1) as f64).sqrt() / TENTHS;
    let is_below = |band: &Band| band.mean < -clear * (band.p90 - band.p10);
    let is_above = |band: &Band| band.mean > clear * (band.p90 - band.p10);
    let Some(last) = bands.last() else {
        return Turning::Unclear;
    };
    if is_below(last) {
        return Turning::BehindAtTheEnd;
    }
    if !is_above(last) {
        return Turning::Unclear;
    }
    if !bands.iter().any(is_below) {
        return Turning::AheadFromTheStart;
    }
    match bands.iter().rposition(|band| band.mean < 0.0) {
        Some(behind) if bands[..behind].iter().any(is_above) => Turning::AheadAfter(behind as u32 + 1),
        Some(behind) => Turning::BehindUntil(behind as u32 + 1),
        None => Turning::Unclear,
    }
}

/// The week with the lowest mean, if that is clearly below zero and below the last one.
pub fn lowest(bands: &[Band], futures: u64) -> Option<(u32, f64)> {
    let (index, band) = bands
        .iter()
        .enumerate()
        .min_by(|one, other| one.1.mean.total_cmp(&other.1.mean))?;
    let clear = deviate(0.95) / (futures.max(1) as f64).sqrt() / TENTHS;
    let is_clear = band.mean < -clear * (band.p90 - band.p10);
    let turns = bands.last().is_some_and(|last| last.mean > 0.0);
    (is_clear && turns).then_some((index as u32 + 1, band.mean))
}
