//! Index 0: lead hazards, hours, and the accounts in the funnel, solved together (docs/model.md, 3 and 5).

use super::channel::Response;
use super::facts::{self, RoleFacts, SegmentFacts};
use super::sources::{Fits, LeadHazards, Learning, Parts, groups, reached};
use gtm_sim::model::scenario::{ChannelLeads, Scenario};
use gtm_sim::model::segment::OrganicLeads;

/// The funnel of a segment at index 0.
#[derive(Clone, Default)]
pub struct Funnel {
    pub open: f64,
    pub cooling: f64,
    pub deciding: f64,
    /// Qualified a week: referred × 2 + misfit.
    pub qualified: [f64; 4],
    /// Wins a week by reps.
    pub wins: f64,
    /// Wins a week by self-serve.
    pub self_serve_wins: f64,
}

/// Everything at index 0.
pub struct Today {
    pub responses: Vec<Response>,
    /// R of every channel today.
    pub response: Vec<f64>,
    pub roles: Vec<RoleFacts>,
    pub segments: Vec<SegmentFacts>,
    pub hazards: Vec<LeadHazards>,
    /// Hours of a lead and of an opportunity a week.
    pub hours: Vec<(f64, f64)>,
    pub funnels: Vec<Funnel>,
    pub insight: f64,
    pub learned: f64,
}

/// Leads of a week at index 0 of one segment.
#[derive(Default)]
struct Flow {
    inbound: f64,
    inbound_fit: f64,
    outbound: f64,
    referred: f64,
}

pub fn learned(insight: f64, half_learned_after: f64) -> f64 {
    if half_learned_after.is_infinite() {
        return 0.0;
    }
    1.0 - libm::pow(2.0, -insight / half_learned_after)
}

pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

pub fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p)).clamp(-700.0, 700.0)
}

/// What the iteration carries.
struct Solver<'a> {
    scenario: &'a Scenario,
    segments: &'a [SegmentFacts],
    ramped: Vec<f64>,
    response: &'a [f64],
    hazards: Vec<LeadHazards>,
    hours: Vec<(f64, f64)>,
    funnels: Vec<Funnel>,
}

const ROUNDS: usize = 5_000;

impl Today {
    pub fn of(scenario: &Scenario) -> Self {
        let responses: Vec<Response> = scenario.channels.iter().map(Response::of).collect();
        let response: Vec<f64> = scenario
            .channels
            .iter()
            .zip(&responses)
            .map(|(channel, response)| response.at(channel.spend_today_per_week))
            .collect();
        let roles = facts::roles(scenario);
        let segments = facts::segments(scenario, &roles, &responses);
        let mut solver = Solver {
            scenario,
            segments: &segments,
            ramped: roles.iter().map(|role| role.ramped).collect(),
            response: &response,
            hazards: first_guess(scenario),
            hours: scenario
                .segments
                .iter()
                .map(|segment| (segment.deals.hours_lead, segment.deals.hours_opportunity))
                .collect(),
            funnels: vec![Funnel::default(); segments.len()],
        };
        for _ in 0..ROUNDS {
            if solver.round() < 1e-12 {
                break;
            }
        }
        let (hazards, hours, funnels) = (solver.hazards, solver.hours, solver.funnels);
        let half_life = scenario.feedback.insight_half_life_weeks;
        let closings: f64 = funnels.iter().flat_map(|funnel| funnel.qualified).sum();
        let insight = scenario
            .today
            .insight
            .unwrap_or(closings / (1.0 - libm::pow(2.0, -1.0 / half_life)));
        Self {
            learned: learned(insight, scenario.feedback.half_learned_after),
            insight,
            responses,
            response,
            roles,
            segments,
            hazards,
            hours,
            funnels,
        }
    }
}

/// Hazards as typed; where leads are typed, a start for the iteration.
fn first_guess(scenario: &Scenario) -> Vec<LeadHazards> {
    scenario
        .segments
        .iter()
        .enumerate()
        .map(|(s, segment)| LeadHazards {
            organic: match segment.leads.organic {
                OrganicLeads::Hazard(hazard) => hazard,
                OrganicLeads::PerWeekToday(leads) => f64::from(u8::from(leads > 0.0)) * 0.01,
            },
            channels: scenario
                .channels
                .iter()
                .map(|channel| {
                    channel.weight[s]
                        * match channel.leads {
                            ChannelLeads::Hazard(hazard) => hazard,
                            ChannelLeads::PerWeekToday(leads) => f64::from(u8::from(leads > 0.0)) * 0.01,
                        }
                })
                .collect(),
            meeting_unaware: segment.leads.meeting_rate_unaware,
            meeting_aware: segment.leads.meeting_rate_aware,
        })
        .collect()
}

impl Solver<'_> {
    /// Aware and unaware pools of a segment.
    fn pools(&self, s: usize) -> (f64, f64) {
        let accounts = self.scenario.segments[s].accounts as f64;
        let aware = self.scenario.segments[s].awareness.aware_today * accounts;
        let funnel = &self.funnels[s];
        let idle = (aware - funnel.open - funnel.cooling - funnel.deciding).max(0.0);
        let back = funnel.cooling / self.segments[s].cool_off as f64;
        let unaware = (accounts - self.scenario.today.customers[s] - aware).max(0.0);
        (idle + back, unaware)
    }

    fn occasions(&self, s: usize) -> f64 {
        let leads = &self.scenario.segments[s].leads;
        leads.in_market / leads.buying_window_weeks
    }

    /// Inbound leads a week of every source: organic, then the channels.
    fn inbound_by_source(&self, s: usize) -> Vec<f64> {
        let (aware, unaware) = self.pools(s);
        let window = self.scenario.segments[s].leads.buying_window_weeks;
        let mut leads = vec![0.0; self.scenario.channels.len() + 1];
        let from_aware = Parts::aware(&self.hazards[s], self.response);
        let from_unaware = Parts::unaware(self.scenario, &self.hazards[s], self.response);
        for (pool, parts) in [(aware, from_aware), (unaware, from_unaware)] {
            let all = pool * parts.lead_probability(self.occasions(s), window, 0.0);
            for (leads, share) in leads.iter_mut().zip(parts.shares()) {
                *leads += all * share;
            }
        }
        leads
    }

    /// By how much typed leads must be scaled so that there are occasions for them.
    fn possible(&self) -> f64 {
        let captures = self.scenario.channels.iter().any(|channel| channel.capture > 0.0);
        let mut occasions = 0.0;
        let mut typed = 0.0;
        for (s, segment) in self.scenario.segments.iter().enumerate() {
            let (aware, unaware) = self.pools(s);
            occasions += (aware + if captures { unaware } else { 0.0 }) * self.occasions(s).min(1.0);
            if let OrganicLeads::PerWeekToday(leads) = segment.leads.organic {
                typed += leads;
            }
        }
        for channel in &self.scenario.channels {
            if let ChannelLeads::PerWeekToday(leads) = channel.leads {
                typed += leads;
            }
        }
        if typed > 0.99 * occasions {
            0.99 * occasions / typed
        } else {
            1.0
        }
    }

    /// Multiplies each typed source's hazard with wanted/got until all agree.
    fn invert_inbound(&mut self) {
        let possible = self.possible();
        for _ in 0..ROUNDS {
            let got: Vec<Vec<f64>> = (0..self.segments.len())
                .map(|s| self.inbound_by_source(s))
                .collect();
            let mut worst: f64 = 0.0;
            let mut factor = |wanted: f64, got: f64| {
                if got <= 0.0 {
                    return 1.0;
                }
                worst = worst.max((wanted * possible / got - 1.0).abs());
                wanted * possible / got
            };
            for (s, segment) in self.scenario.segments.iter().enumerate() {
                if let OrganicLeads::PerWeekToday(wanted) = segment.leads.organic {
                    self.hazards[s].organic *= factor(wanted, got[s][0]);
                }
            }
            for (c, channel) in self.scenario.channels.iter().enumerate() {
                if let ChannelLeads::PerWeekToday(wanted) = channel.leads {
                    let all: f64 = got.iter().map(|of| of[c + 1]).sum();
                    let factor = factor(wanted, all);
                    for hazards in &mut self.hazards {
                        hazards.channels[c] *= factor;
                    }
                }
            }
            if worst < 1e-13 {
                return;
            }
        }
    }

    /// Scales both meeting rates to the outbound leads that are typed.
    fn invert_outbound(&mut self) {
        let pools: Vec<f64> = (0..self.segments.len())
            .map(|s| self.pools(s).0 + self.pools(s).1)
            .collect();
        let reached = reached(self.scenario, &self.ramped, &pools);
        for (s, segment) in self.scenario.segments.iter().enumerate() {
            let leads = &segment.leads;
            let Some(wanted) = leads.outbound_leads_per_week_today else {
                continue;
            };
            let (unaware, aware) = (leads.meeting_rate_unaware, leads.meeting_rate_aware);
            let got = reached[s] * (self.pools(s).1 * unaware + self.pools(s).0 * aware);
            if got > 0.0 {
                let factor = (wanted / got).min(0.99 / unaware.max(aware));
                self.hazards[s].meeting_unaware = unaware * factor;
                self.hazards[s].meeting_aware = aware * factor;
            }
        }
    }

    fn flows(&self) -> Vec<Flow> {
        let untaught = Learning { now: 0.0, then: 0.0 };
        let pools: Vec<f64> = (0..self.segments.len())
            .map(|s| self.pools(s).0 + self.pools(s).1)
            .collect();
        let reached = reached(self.scenario, &self.ramped, &pools);
        (0..self.segments.len())
            .map(|s| {
                let (aware, unaware) = self.pools(s);
                let hazards = &self.hazards[s];
                let by_source = self.inbound_by_source(s);
                let fits = Fits::of(self.scenario, s, untaught);
                let meetings =
                    unaware * hazards.meeting_unaware.min(1.0) + aware * hazards.meeting_aware.min(1.0);
                let referrals = self.scenario.today.customers[s] * self.segments[s].referral.rate / 52.0;
                Flow {
                    inbound: by_source.iter().sum(),
                    inbound_fit: by_source.iter().zip(&fits.inbound).map(|(n, fit)| n * fit).sum(),
                    outbound: reached[s] * meetings,
                    referred: referrals.clamp(0.0, aware + unaware),
                }
            })
            .collect()
    }

    /// Deals per rep and year tell the hours of a lead and of an opportunity.
    fn invert_hours(&mut self, flows: &[Flow]) {
        for (s, segment) in self.scenario.segments.iter().enumerate() {
            let deals = &segment.deals;
            let Some(per_year) = deals.deals_per_rep_year else {
                continue;
            };
            let most = self
                .scenario
                .roles
                .iter()
                .filter(|role| role.segments.contains(&s))
                .map(|role| role.selling_hours_per_week)
                .fold(0.0, f64::max);
            let misfit = flows[s].inbound - flows[s].inbound_fit;
            let q =
                (flows[s].inbound_fit * deals.qualify_fit + misfit * deals.qualify_misfit) / flows[s].inbound;
            let (lead, opportunity) = (deals.hours_lead, deals.hours_opportunity);
            let factor = 52.0 * most * q * deals.win_rate
                / (per_year * (lead + opportunity * q * self.segments[s].mean_cycle));
            self.hours[s] = (lead * factor, opportunity * factor);
        }
    }

    /// Leads for reps and those that would qualify: referred × 2 + misfit.
    fn assisted(&self, s: usize, flow: &Flow) -> (f64, [f64; 4]) {
        let segment = &self.scenario.segments[s];
        let fits = Fits::of(self.scenario, s, Learning { now: 0.0, then: 0.0 });
        let other_fit = flow.inbound_fit + flow.outbound * fits.outbound;
        let other_misfit = flow.inbound - flow.inbound_fit + flow.outbound * (1.0 - fits.outbound);
        let need = segment.leads.needs_a_rep;
        let (fit, misfit) = (segment.deals.qualify_fit, segment.deals.qualify_misfit);
        let referred_fit = flow.referred * fits.referred;
        let qualify = [
            other_fit * need * fit,
            other_misfit * need * misfit,
            referred_fit * need * fit,
            (flow.referred - referred_fit) * need * misfit,
        ];
        ((flow.inbound + flow.outbound + flow.referred) * need, qualify)
    }

    /// Share of the hours wanted in every segment that sellers can give.
    fn served(&self, wanted: &[f64]) -> Vec<f64> {
        let mut rest = wanted.to_vec();
        for (roles, segments) in groups(self.scenario) {
            let hours: f64 = roles
                .iter()
                .map(|r| self.ramped[*r] * self.scenario.roles[*r].selling_hours_per_week)
                .sum();
            let all: f64 = segments.iter().map(|s| rest[*s]).sum();
            let share = if all > 0.0 { (hours / all).min(1.0) } else { 0.0 };
            for s in segments {
                rest[s] *= 1.0 - share;
            }
        }
        wanted
            .iter()
            .zip(&rest)
            .map(|(wanted, rest)| if *wanted > 0.0 { 1.0 - rest / wanted } else { 1.0 })
            .collect()
    }

    /// One round: how far the funnels moved, relative to the accounts.
    fn round(&mut self) -> f64 {
        self.invert_inbound();
        self.invert_outbound();
        let flows = self.flows();
        self.invert_hours(&flows);
        let assisted: Vec<(f64, [f64; 4])> = (0..flows.len()).map(|s| self.assisted(s, &flows[s])).collect();
        let wanted: Vec<f64> = (0..flows.len())
            .map(|s| {
                let (leads, qualify) = &assisted[s];
                let opportunities: f64 = qualify.iter().sum();
                leads * self.hours[s].0 + opportunities * self.segments[s].mean_cycle * self.hours[s].1
            })
            .collect();
        let served = self.served(&wanted);
        let mut moved: f64 = 0.0;
        for s in 0..flows.len() {
            let (leads, qualify) = &assisted[s];
            let next = self.funnel(s, &flows[s], *leads, qualify.map(|n| n * served[s]));
            let before = &mut self.funnels[s];
            let accounts = self.scenario.segments[s].accounts as f64;
            for (old, new) in [
                (before.open, next.open),
                (before.cooling, next.cooling),
                (before.deciding, next.deciding),
            ] {
                moved = moved.max((new - old).abs() / accounts);
            }
            // Half a step: a full one can swing for ever.
            let half = |old: f64, new: f64| f64::midpoint(old, new);
            *before = Funnel {
                open: half(before.open, next.open),
                cooling: half(before.cooling, next.cooling),
                deciding: half(before.deciding, next.deciding),
                ..next
            };
        }
        moved
    }

    fn funnel(&self, s: usize, flow: &Flow, assisted: f64, qualified: [f64; 4]) -> Funnel {
        let segment = &self.scenario.segments[s];
        let (deals, leads, facts) = (&segment.deals, &segment.leads, &self.segments[s]);
        let fits = Fits::of(self.scenario, s, Learning { now: 0.0, then: 0.0 });
        let odds = |bonus: f64, penalty: f64| logistic(logit(deals.win_rate) + bonus - penalty);
        let (bonus, penalty) = (deals.referral_bonus, deals.misfit_penalty);
        let rates = [
            odds(0.0, 0.0),
            odds(0.0, penalty),
            odds(bonus, 0.0),
            odds(bonus, penalty),
        ];
        let wins: f64 = qualified.iter().zip(rates).map(|(n, rate)| n * rate).sum();
        let fit = flow.inbound_fit + flow.outbound * fits.outbound + flow.referred * fits.referred;
        let all = flow.inbound + flow.outbound + flow.referred;
        let alone = 1.0 - leads.needs_a_rep;
        let opportunities: f64 = qualified.iter().sum();
        let lost_customers = self.scenario.today.customers[s]
            * (1.0 - libm::exp(-facts.churn.rate / 52.0))
            * segment.customers.returns;
        let cooling = (all - fit) * alone
            + fit * alone * (1.0 - leads.self_serve_conversion)
            + (assisted - opportunities)
            + (opportunities - wins)
            + lost_customers;
        Funnel {
            open: self.scenario.today.pipeline[s].unwrap_or(opportunities * facts.mean_cycle),
            cooling: self.scenario.today.cooling[s].unwrap_or(cooling * facts.cool_off as f64),
            deciding: fit * alone * facts.decision as f64,
            qualified,
            wins,
            self_serve_wins: fit * alone * leads.self_serve_conversion,
        }
    }
}
