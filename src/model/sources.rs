//! Where awareness, leads and work come from: the parts of hazards, touches and hours, for whoever labels accounts
//! (docs/model.md, 2, 4.2, 4.3, 4.6).

use super::company::Company;
use super::feedback;
use super::leads::fit_share;
use super::market::{Market, SegmentState};
use super::scenario::{Scenario, Targeting};

/// Who or what reached an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Nothing that we did.
    Organic,
    /// Customers who speak of us.
    WordOfMouth,
    /// A channel, by position.
    Channel(usize),
    /// A role, by position.
    Role(usize),
    /// A customer who sent a lead.
    Referral,
}

impl Source {
    /// What it is called: `organic`, `word_of_mouth`, `referral`, `channels.KEY`, `roles.KEY`.
    pub fn key(self, scenario: &Scenario) -> String {
        match self {
            Self::Organic => "organic".to_owned(),
            Self::WordOfMouth => "word_of_mouth".to_owned(),
            Self::Referral => "referral".to_owned(),
            Self::Channel(c) => format!("channels.{}", scenario.channels[c].name),
            Self::Role(r) => format!("roles.{}", scenario.roles[r].name),
        }
    }
}

/// A source and its part of a hazard, of touches or of hours; parts need not sum to 1.
pub type Part = (Source, f64);

/// What makes accounts of a segment aware this week: the parts of the hazard.
pub fn of_awareness(company: &Company, market: &Market, segment: usize, parts: &mut Vec<Part>) {
    let (law, state) = (&company.segments[segment], &market.segments[segment]);
    let customers = state.customers as f64 / law.accounts as f64;
    parts.clear();
    parts.push((Source::Organic, law.organic));
    parts.push((Source::WordOfMouth, law.word_of_mouth * customers));
    let channels = law.awareness.iter().zip(&market.response).enumerate();
    parts.extend(channels.map(|(c, (hazard, response))| (Source::Channel(c), hazard * response)));
}

/// The same at index 0: what keeps awareness steady today.
pub fn of_awareness_today(company: &Company, segment: usize, parts: &mut Vec<Part>) {
    let law = &company.segments[segment];
    let customers = law.start.customers / law.accounts as f64;
    parts.clear();
    parts.push((Source::Organic, law.organic));
    parts.push((Source::WordOfMouth, law.word_of_mouth * customers));
    let channels = law.awareness.iter().zip(&company.channels).enumerate();
    parts
        .extend(channels.map(|(c, (hazard, channel))| (Source::Channel(c), hazard * channel.response_today)));
}

/// What an inbound lead answered to, given whether it was aware before and whether it fits: the parts of the hazard,
/// each times the share of its leads that fits or does not (Bayes).
pub fn of_inbound(
    company: &Company,
    market: &Market,
    segment: usize,
    (aware, misfit): (bool, bool),
    parts: &mut Vec<Part>,
) {
    let law = &company.segments[segment];
    let chance = |targeting: Targeting| {
        let learned = feedback::targeting(targeting, market.learned, company.learned_today);
        let fit = fit_share(law.fit, learned);
        if misfit { 1.0 - fit } else { fit }
    };
    parts.clear();
    if aware {
        parts.push((Source::Organic, law.inbound * chance(law.targeting_organic)));
    }
    let hazards = if aware { &law.leads } else { &law.capture };
    for (c, hazard) in hazards.iter().enumerate() {
        let share = chance(company.channels[c].targeting);
        parts.push((Source::Channel(c), hazard * market.response[c] * share));
    }
}

/// Which roles touch a segment this week: touches of each, as they are spread over its segments.
pub fn of_touches(company: &Company, market: &Market, segment: usize, parts: &mut Vec<Part>) {
    let accounts = |state: &SegmentState| (state.unaware + state.aware) as f64;
    parts.clear();
    for (position, (role, team)) in company.roles.iter().zip(&market.teams).enumerate() {
        let touches = role.touches_per_week * team.ramped;
        if touches > 0.0 && role.segments.contains(&segment) {
            let all: f64 = role.segments.iter().map(|s| accounts(&market.segments[*s])).sum();
            let own = accounts(&market.segments[segment]);
            parts.push((
                Source::Role(position),
                if all > 0.0 { touches * own / all } else { 0.0 },
            ));
        }
    }
}

/// Who works leads and opportunities of a segment: the hours of each role that serves it, by which the law weighs talent.
pub fn of_work(company: &Company, market: &Market, segment: usize, parts: &mut Vec<Part>) {
    parts.clear();
    for (position, (role, team)) in company.roles.iter().zip(&market.teams).enumerate() {
        if role.selling_hours > 0.0 && role.segments.contains(&segment) {
            parts.push((Source::Role(position), team.ramped * role.selling_hours));
        }
    }
}
