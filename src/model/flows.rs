//! Expected flows of a week, given pools, pressure and hours: what today and the steady state are made of
//! (docs/model.md, 3, 4.3, 4.5, 4.6).

use super::company::Company;
use super::deals;
use super::leads::{self, Class, Kind};
use super::segment_law::SegmentLaw;

/// Leads of a class in a week, and the share of them that fits.
#[derive(Debug, Clone, Copy, Default)]
pub struct Arrivals {
    /// Leads a week.
    pub leads: f64,
    /// Share that fits.
    pub fit: f64,
}

/// What the leads of a class become if all that need a rep are worked without waiting.
#[derive(Debug, Clone, Copy, Default)]
pub struct Prospects {
    /// Leads that need a rep.
    pub assisted: f64,
    /// Fit ones that decide by themselves.
    pub self_serve_fit: f64,
    /// Misfit ones that need no rep.
    pub self_serve_misfit: f64,
    /// Fit opportunities.
    pub qualified_fit: f64,
    /// Misfit opportunities.
    pub qualified_misfit: f64,
}

impl Prospects {
    /// What `arrivals` become.
    pub fn of(segment: &SegmentLaw, arrivals: Arrivals) -> Self {
        let Arrivals { leads, fit } = arrivals;
        let assisted = leads * segment.needs_a_rep;
        Self {
            assisted,
            self_serve_fit: (leads - assisted) * fit,
            self_serve_misfit: (leads - assisted) * (1.0 - fit),
            qualified_fit: assisted * fit * segment.qualify_fit,
            qualified_misfit: assisted * (1.0 - fit) * segment.qualify_misfit,
        }
    }

    /// Fit and misfit opportunities.
    pub fn qualified(&self) -> f64 {
        self.qualified_fit + self.qualified_misfit
    }
}

/// Kinds of the fit and of the misfit opportunities of a class.
pub fn kinds(class: Class) -> [Kind; 2] {
    let referred = class == Class::Referred;
    [Kind::of(referred, false), Kind::of(referred, true)]
}

/// Opportunities won of those `opened`, by kind, with `appeal` log-odds above today's.
pub fn wins(segment: &SegmentLaw, opened: &[f64; 4], appeal: f64) -> f64 {
    let mut wins = 0.0;
    for kind in Kind::ALL {
        let odds = segment.win_logit + appeal + deals::kind_log_odds(segment, kind);
        wins += opened[kind.index()] * deals::logistic(odds);
    }
    wins
}

/// Touches a week that reach a segment: each role's are spread over its segments in proportion to their accounts.
pub fn touches(
    company: &Company,
    segment: usize,
    accounts: impl Fn(usize) -> f64,
    ramped: impl Fn(usize) -> f64,
) -> f64 {
    let mut touches = 0.0;
    for (position, role) in company.roles.iter().enumerate() {
        if role.segments.contains(&segment) {
            let all: f64 = role.segments.iter().map(|s| accounts(*s)).sum();
            let share = if all > 0.0 { accounts(segment) / all } else { 0.0 };
            touches += role.touches_per_week * ramped(position) * share;
        }
    }
    touches
}

/// Share of the accounts of a segment that touches reach in a week.
pub fn reached(accounts: f64, touches: f64, touch_every_weeks: f64) -> f64 {
    let reached = leads::effective_touches(accounts, touches, touch_every_weeks);
    if accounts > 0.0 { reached / accounts } else { 0.0 }
}
