//! Leads: inbound, outbound and referred, their fit, and who needs a rep (docs/model.md, 4.3).

use super::company::Company;
use super::luck::{Address, Luck, Next, Process, Watch};
use super::market::{Pool, SegmentState};
use super::scenario::Targeting;
use super::segment::Availability;
use super::segment_law::SegmentLaw;
use super::sums::Item;
use super::week::Step;

/// Where a lead came from, in the order in which leads are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Sent by a customer.
    Referred,
    /// Raised a hand.
    Inbound,
    /// Touched by a rep.
    Outbound,
}

impl Class {
    /// All, in the order in which leads are called.
    pub const ALL: [Self; 3] = [Self::Referred, Self::Inbound, Self::Outbound];

    /// Position in `ALL`.
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// What the law of deals tells apart: referred or not, fit or misfit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind(u8);

impl Kind {
    /// All four.
    pub const ALL: [Self; 4] = [Self(0), Self(1), Self(2), Self(3)];

    /// The kind of such opportunities.
    pub const fn of(referred: bool, misfit: bool) -> Self {
        Self((referred as u8) * 2 + misfit as u8)
    }

    /// Position in `ALL`.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// Sent by a customer.
    pub const fn is_referred(self) -> bool {
        self.0 >= 2
    }

    /// Does not fit.
    pub const fn is_misfit(self) -> bool {
        self.0 % 2 == 1
    }
}

/// Probability that an account becomes a lead in a week: min(1, o) × (1 − e^(−W h)), `hazard` h with e^appeal in it.
#[inline]
pub fn inbound_probability(occasions: f64, window: f64, hazard: f64) -> f64 {
    occasions.min(1.0) * -libm::expm1(-window * hazard)
}

/// Accounts reached by `touches` spread over `accounts`, each answering to one touch in `every_weeks`:
/// E = (P/w)(1 − exp(−T w/P)).
pub fn effective_touches(accounts: f64, touches: f64, every_weeks: f64) -> f64 {
    if accounts <= 0.0 || touches <= 0.0 {
        return 0.0;
    }
    let most = accounts / every_weeks;
    most * -libm::expm1(-touches / most)
}

/// Share of leads that fit when `targeting` of the misfits are replaced.
#[inline]
pub fn fit_share(fit: f64, targeting: f64) -> f64 {
    fit + (1.0 - fit) * targeting
}

/// Level to which availability moves with `heads` ramped field heads.
pub fn availability_level(availability: Availability, heads: f64) -> f64 {
    availability.base + (1.0 - availability.base) * heads / (heads + availability.half_heads)
}

/// Hazards of a segment in a week and the fit of what they bring.
pub(super) struct Inbound {
    pub(super) aware: f64,
    pub(super) unaware: f64,
    pub(super) fit_aware: f64,
    pub(super) fit_unaware: f64,
}

impl Inbound {
    pub(super) fn of(company: &Company, segment: &SegmentLaw, response: &[f64], learned: f64) -> Self {
        let fit = |targeting: Targeting| {
            fit_share(
                segment.fit,
                super::feedback::targeting(targeting, learned, company.learned_today),
            )
        };
        let mut aware = segment.inbound;
        let mut fit_aware = segment.inbound * fit(segment.targeting_organic);
        let (mut unaware, mut fit_unaware) = (0.0, 0.0);
        for (c, channel) in company.channels.iter().enumerate() {
            let of_fit = fit(channel.targeting);
            let hazard = segment.leads[c] * response[c];
            let captured = segment.capture[c] * response[c];
            aware += hazard;
            fit_aware += hazard * of_fit;
            unaware += captured;
            fit_unaware += captured * of_fit;
        }
        let share = |of: f64, all: f64| {
            if all > 0.0 {
                (of / all).min(1.0)
            } else {
                segment.fit
            }
        };
        let (fit_aware, fit_unaware) = (share(fit_aware, aware), share(fit_unaware, unaware));
        Self {
            aware,
            unaware,
            fit_aware,
            fit_unaware,
        }
    }
}

impl<L: Luck, W: Watch> Step<'_, L, W> {
    /// Leads of the week: inbound, outbound, referred, each in every segment before the next.
    pub(super) fn raise_hands(&mut self) {
        let appeal = self.lead_appeal();
        let lift = if appeal == 0.0 { 1.0 } else { libm::exp(appeal) };
        let segments = self.company.segments.len();
        for segment in 0..segments {
            self.move_availability(segment);
            self.inbound(segment, lift);
        }
        self.spread_touches();
        self.watch
            .before(self.now, Next::Touches, self.company, self.market);
        for segment in 0..segments {
            self.outbound(segment, lift);
        }
        for segment in 0..segments {
            self.referred(segment);
        }
    }

    fn move_availability(&mut self, segment: usize) {
        let Some(availability) = self.company.segments[segment].availability else {
            return;
        };
        let heads = self.ramped_heads(segment, |role| role.field, |_| 1.0);
        let level = availability_level(availability, heads);
        let state = &mut self.market.segments[segment];
        state.availability += availability.speed * (level - state.availability);
    }

    fn inbound(&mut self, segment: usize, lift: f64) {
        let law = &self.company.segments[segment];
        let world = self.world.in_market[self.now as usize];
        let hazards = Inbound::of(self.company, law, &self.market.response, self.market.learned);
        let occasions = law.occasions * world;
        let state = &self.market.segments[segment];
        let at = Address::new(Process::InboundAware, law.key, self.now);
        let p = inbound_probability(occasions, law.window, hazards.aware * lift);
        let aware = self.luck.count(at, state.aware, p);
        let at = Address::new(Process::InboundUnaware, law.key, self.now);
        let p = inbound_probability(occasions, law.window, hazards.unaware * lift);
        let unaware = self.luck.count(at, state.unaware, p);
        self.note_sources(segment, &hazards, aware, unaware);
        self.arrive(segment, Class::Inbound, Pool::Aware, aware, hazards.fit_aware);
        self.arrive(
            segment,
            Class::Inbound,
            Pool::Unaware,
            unaware,
            hazards.fit_unaware,
        );
    }

    /// Expected leads by source: the share of each hazard.
    fn note_sources(&mut self, segment: usize, hazards: &Inbound, aware: u64, unaware: u64) {
        let law = &self.company.segments[segment];
        let market = &mut *self.market;
        market.week.add(Item::LeadsInbound, (aware + unaware) as f64);
        let per_aware = if hazards.aware > 0.0 {
            aware as f64 / hazards.aware
        } else {
            0.0
        };
        let per_unaware = if hazards.unaware > 0.0 {
            unaware as f64 / hazards.unaware
        } else {
            0.0
        };
        market.week.add(Item::LeadsOrganic, law.inbound * per_aware);
        for c in 0..self.company.channels.len() {
            let leads = law.leads[c] * per_aware + law.capture[c] * per_unaware;
            market.week.channels[c].leads += leads * market.response[c];
        }
    }

    fn outbound(&mut self, segment: usize, lift: f64) {
        let touches = self.market.segments[segment].touches;
        if touches <= 0.0 {
            return;
        }
        let law = &self.company.segments[segment];
        let state = &self.market.segments[segment];
        let accounts = (state.unaware + state.aware) as f64;
        if accounts <= 0.0 {
            return;
        }
        let reached = effective_touches(accounts, touches, self.schedule.touch_every_weeks) / accounts;
        let lift = self.world.meeting[self.now as usize] * lift;
        let at = Address::new(Process::OutboundUnaware, law.key, self.now);
        let p = reached * (law.meeting_unaware * lift).min(1.0);
        let unaware = self.luck.count(at, state.unaware, p);
        let at = Address::new(Process::OutboundAware, law.key, self.now);
        let p = reached * (law.meeting_aware * lift).min(1.0);
        let aware = self.luck.count(at, state.aware, p);
        self.market
            .week
            .add(Item::LeadsOutbound, (aware + unaware) as f64);
        let fit = self.fit_of(segment, law.targeting_outbound);
        self.arrive(segment, Class::Outbound, Pool::Aware, aware, fit);
        self.arrive(segment, Class::Outbound, Pool::Unaware, unaware, fit);
    }

    /// Touches of every segment: each role's are spread over its segments in proportion to their accounts.
    fn spread_touches(&mut self) {
        let market = &mut *self.market;
        for state in &mut market.segments {
            state.touches = 0.0;
        }
        for (role, team) in self.company.roles.iter().zip(&market.teams) {
            let touches = role.touches_per_week * team.ramped;
            if touches <= 0.0 {
                continue;
            }
            let accounts = |state: &SegmentState| (state.unaware + state.aware) as f64;
            let all: f64 = role.segments.iter().map(|s| accounts(&market.segments[*s])).sum();
            for s in &role.segments {
                let state = &mut market.segments[*s];
                if all > 0.0 {
                    state.touches += touches * accounts(state) / all;
                }
            }
        }
    }

    fn referred(&mut self, segment: usize) {
        let law = &self.company.segments[segment];
        let state = &self.market.segments[segment];
        let away = state.relationship - law.relationship_today;
        let rate = (law.referral + law.referral_effect * away).max(0.0);
        let mean = state.customers as f64 * rate * self.world.referral[self.now as usize];
        if mean <= 0.0 {
            return;
        }
        let at = Address::new(Process::Referred, law.key, self.now);
        let leads = self.luck.poisson(at, mean).min(state.unaware + state.aware);
        let aware = leads.min(state.aware);
        self.market.week.add(Item::LeadsReferred, leads as f64);
        let fit = self.fit_of(segment, law.targeting_referred);
        self.arrive(segment, Class::Referred, Pool::Aware, aware, fit);
        self.arrive(segment, Class::Referred, Pool::Unaware, leads - aware, fit);
    }

    fn fit_of(&self, segment: usize, targeting: Targeting) -> f64 {
        let targeting =
            super::feedback::targeting(targeting, self.market.learned, self.company.learned_today);
        fit_share(self.company.segments[segment].fit, targeting)
    }

    /// `n` leads leave a pool of accounts: they fit or not, wait for a rep or decide by themselves.
    fn arrive(&mut self, segment: usize, class: Class, from: Pool, n: u64, fit: f64) {
        if n == 0 {
            return;
        }
        self.watch
            .before(self.now, Next::Leads(segment, class), self.company, self.market);
        let law = &self.company.segments[segment];
        let (key, needs_a_rep, decision) = (law.key, law.needs_a_rep, law.decision_weeks);
        let aware = from == Pool::Aware;
        let lane = class.index() as u32 * 2 + u32::from(aware);
        let fits = self
            .luck
            .count(Address::new(Process::Fit, key, self.now).lane(lane), n, fit);
        if aware {
            self.market.week.add(Item::LeadsFromAware, n as f64);
        }
        for (misfit, n) in [(false, fits), (true, n - fits)] {
            let at = Address::new(Process::NeedsRep, key, self.now)
                .lane(lane)
                .ordinal(u32::from(misfit));
            let assisted = self.luck.count(at, n, needs_a_rep);
            self.shift(
                segment,
                from,
                Pool::Lead {
                    class,
                    misfit,
                    arrival: self.now,
                },
                assisted,
            );
            let alone = if misfit {
                Pool::SelfServeMisfit
            } else {
                Pool::Buying(self.now + decision)
            };
            self.shift(segment, from, alone, n - assisted);
            self.market.week.add(Item::LeadsAssisted, assisted as f64);
            self.market.week.add(Item::LeadsSelfServe, (n - assisted) as f64);
        }
    }
}
