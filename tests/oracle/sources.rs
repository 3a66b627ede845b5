//! Where inbound and outbound leads come from: docs/model.md, 4.3.

use gtm_sim::model::scenario::{Scenario, Targeting};

/// Lead hazards of one segment at full response; weights included, capture not.
#[derive(Clone)]
pub struct LeadHazards {
    pub organic: f64,
    pub channels: Vec<f64>,
    pub meeting_unaware: f64,
    pub meeting_aware: f64,
}

/// Hazards of a pool: organic first, then the channels.
pub struct Parts(pub Vec<f64>);

impl Parts {
    pub fn aware(hazards: &LeadHazards, response: &[f64]) -> Self {
        let channels = hazards.channels.iter().zip(response).map(|(h, r)| h * r);
        Self(std::iter::once(hazards.organic).chain(channels).collect())
    }

    pub fn unaware(scenario: &Scenario, hazards: &LeadHazards, response: &[f64]) -> Self {
        let channels = hazards
            .channels
            .iter()
            .zip(response)
            .zip(&scenario.channels)
            .map(|((h, r), channel)| channel.capture * h * r);
        Self(std::iter::once(0.0).chain(channels).collect())
    }

    pub fn sum(&self) -> f64 {
        self.0.iter().sum()
    }

    pub fn shares(&self) -> Vec<f64> {
        let sum = self.sum();
        self.0
            .iter()
            .map(|part| if sum > 0.0 { part / sum } else { 0.0 })
            .collect()
    }

    /// Weekly probability that an account of the pool becomes a lead; `occasions` a week, `window` weeks each.
    pub fn lead_probability(&self, occasions: f64, window: f64, appeal: f64) -> f64 {
        occasions.clamp(0.0, 1.0) * (1.0 - libm::exp(-window * libm::exp(appeal) * self.sum()))
    }

    /// Mean fit of the leads, given the fit of every source.
    pub fn fit(&self, fits: &[f64]) -> f64 {
        self.shares()
            .iter()
            .zip(fits)
            .map(|(share, fit)| share * fit)
            .sum()
    }
}

/// Learning now and at index 0.
#[derive(Clone, Copy)]
pub struct Learning {
    pub now: f64,
    pub then: f64,
}

impl Learning {
    fn targeting(self, law: Targeting) -> f64 {
        if self.now >= self.then {
            if self.then >= 1.0 {
                return law.base;
            }
            law.base + (law.max - law.base).max(0.0) * (self.now - self.then) / (1.0 - self.then)
        } else {
            law.base * self.now / self.then
        }
    }
}

/// Fit of leads by source.
pub struct Fits {
    /// Organic, then the channels.
    pub inbound: Vec<f64>,
    pub referred: f64,
    pub outbound: f64,
}

impl Fits {
    pub fn of(scenario: &Scenario, s: usize, learning: Learning) -> Self {
        let leads = &scenario.segments[s].leads;
        let fit = |law: Targeting| leads.fit + (1.0 - leads.fit) * learning.targeting(law).clamp(0.0, 1.0);
        let organic = std::iter::once(fit(leads.targeting_organic));
        let channels = scenario.channels.iter().map(|channel| fit(channel.targeting));
        Self {
            inbound: organic.chain(channels).collect(),
            referred: fit(leads.targeting_referred),
            outbound: fit(leads.targeting_outbound),
        }
    }
}

/// Share of the accounts of each segment that outbound reaches this week, given the ramped heads of every role and the
/// accounts that may be touched.
pub fn reached(scenario: &Scenario, ramped: &[f64], pools: &[f64]) -> Vec<f64> {
    let mut touches = vec![0.0; pools.len()];
    for (role, heads) in scenario.roles.iter().zip(ramped) {
        let all: f64 = role.segments.iter().map(|s| pools[*s]).sum();
        if all > 0.0 {
            for s in &role.segments {
                touches[*s] += heads * role.touches_per_week * pools[*s] / all;
            }
        }
    }
    let weeks = scenario.work.touch_every_weeks;
    touches
        .iter()
        .zip(pools)
        .map(|(touches, pool)| {
            if *pool > 0.0 {
                (1.0 - libm::exp(-touches * weeks / pool)) / weeks
            } else {
                0.0
            }
        })
        .collect()
}

/// Roles that sell to the same segments, in the order in which groups act.
pub fn groups(scenario: &Scenario) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut groups: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    for (r, role) in scenario.roles.iter().enumerate() {
        if role.selling_hours_per_week > 0.0 {
            match groups.iter_mut().find(|(_, segments)| *segments == role.segments) {
                Some((roles, _)) => roles.push(r),
                None => groups.push((vec![r], role.segments.clone())),
            }
        }
    }
    let names = |segments: &[usize]| -> Vec<String> {
        let mut names: Vec<String> = segments
            .iter()
            .map(|s| scenario.segments[*s].name.as_str().to_owned())
            .collect();
        names.sort();
        names
    };
    groups.sort_by_key(|(_, segments)| (segments.len(), names(segments)));
    groups
}
