//! The expected week: what pools, pressure and teams bring if every draw came out at its mean (docs/model.md, 4, 7).

use super::company::Company;
use super::deals;
use super::flows::{self, Arrivals, Prospects};
use super::leads::{self, Class, Inbound};
use super::saturation;
use super::scenario::{Order, Plan, Scenario};
use super::staffing;
use crate::units::time::WEEKS_PER_YEAR;

/// What money buys: real spend a week by channel, heads paid for and ramped heads at work by role.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pressure {
    /// Spend a week at today's prices, by channel.
    pub spend: Vec<f64>,
    /// Heads paid for, by role.
    pub heads: Vec<f64>,
    /// Ramped heads expected of them, by role.
    pub ramped: Vec<f64>,
}

impl Pressure {
    /// Today's spend and today's expected team.
    pub fn today(scenario: &Scenario, company: &Company) -> Self {
        let spend = scenario
            .channels
            .iter()
            .map(|channel| channel.spend_today_per_week);
        Self {
            spend: spend.collect(),
            heads: company.roles.iter().map(|role| role.heads_today).collect(),
            ramped: company.roles.iter().map(|role| role.ramped_today).collect(),
        }
    }

    /// A plan with one marketing share held for good: hiring and ramp steady, no season, today's prices.
    pub fn of(scenario: &Scenario, company: &Company, plan: &Plan, marketing_share: f64) -> Self {
        let mut targets = Vec::new();
        staffing::target_heads(scenario, plan, marketing_share, &mut targets);
        Self::steady(scenario, company, plan, marketing_share, targets)
    }

    /// The same without whole heads, so that a little more money is a little more team.
    pub fn unrounded(scenario: &Scenario, company: &Company, plan: &Plan, marketing_share: f64) -> Self {
        let targets = (0..scenario.roles.len())
            .map(|role| staffing::unrounded_heads(scenario, plan, marketing_share, role))
            .collect();
        Self::steady(scenario, company, plan, marketing_share, targets)
    }

    fn steady(
        scenario: &Scenario,
        company: &Company,
        plan: &Plan,
        marketing_share: f64,
        heads: Vec<f64>,
    ) -> Self {
        let budget = &scenario.budget;
        let media =
            plan.annual(budget) / WEEKS_PER_YEAR * marketing_share * (1.0 - budget.marketing_overhead);
        let ramped = heads.iter().zip(&company.roles);
        Self {
            spend: plan.channels.iter().map(|mix| media * mix).collect(),
            ramped: ramped
                .map(|(heads, role)| heads * role.filled_share() * role.mean_ramp())
                .collect(),
            heads,
        }
    }

    /// The same with `marketing` times the spend and `sales` times the heads.
    pub fn times(&self, marketing: f64, sales: f64) -> Self {
        let scaled = |all: &[f64], by: f64| all.iter().map(|x| x * by).collect();
        Self {
            spend: scaled(&self.spend, marketing),
            heads: scaled(&self.heads, sales),
            ramped: scaled(&self.ramped, sales),
        }
    }
}

/// What the leads of a week of a segment come from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sources {
    /// Accounts that know us and are nowhere else.
    pub aware: f64,
    /// Accounts that do not know us.
    pub unaware: f64,
    /// Customers.
    pub customers: f64,
    /// Relationship, 0 to 1.
    pub relationship: f64,
}

/// What a week brings in a segment.
#[derive(Debug, Clone, Copy, Default)]
pub struct Flows {
    /// Leads by class.
    pub leads: [f64; 3],
    /// Those that knew us before.
    pub from_aware: f64,
    /// Those that did not.
    pub from_unaware: f64,
    /// Leads that need a rep.
    pub assisted: f64,
    /// Those that are worked.
    pub worked: f64,
    /// Weeks that leads of this week wait, summed over them.
    pub waited: f64,
    /// Hours that they and their opportunities want.
    pub hours_wanted: f64,
    /// Hours for leads alone, of those worked.
    pub lead_hours: f64,
    /// Opportunities opened, by kind.
    pub opened: [f64; 4],
    /// Fit leads that decide by themselves.
    pub deciding: f64,
    /// Deals won by reps.
    pub wins: f64,
    /// Buyers won without a rep.
    pub self_serve_wins: f64,
    /// Accounts that start to cool off, churned customers left out.
    pub cooling: f64,
}

/// The expected law under one pressure.
#[derive(Debug)]
pub struct ExpectedWeek<'a> {
    /// The scenario, for its rules of work and feedback.
    pub scenario: &'a Scenario,
    /// Coefficients.
    pub company: &'a Company,
    /// What money buys.
    pub pressure: Pressure,
    /// Response of every channel.
    pub response: Vec<f64>,
    availability: Vec<f64>,
}

impl<'a> ExpectedWeek<'a> {
    /// The law under `pressure`, carry-over and availability at their levels.
    pub fn new(scenario: &'a Scenario, company: &'a Company, pressure: Pressure) -> Self {
        let response = company.channels.iter().zip(&pressure.spend);
        let response = response
            .map(|(law, spend)| saturation::response(*spend, law.kappa, law.slope))
            .collect();
        let availability = company.segments.iter().enumerate().map(|(segment, law)| {
            let serves = |role: &usize| {
                let law = &company.roles[*role];
                law.field && law.segments.contains(&segment)
            };
            let heads = (0..company.roles.len()).filter(serves);
            let heads: f64 = heads.map(|role| pressure.ramped[role]).sum();
            match law.availability {
                Some(of) if of.speed > 0.0 => leads::availability_level(of, heads),
                _ => law.availability_today,
            }
        });
        Self {
            scenario,
            company,
            response,
            availability: availability.collect(),
            pressure,
        }
    }

    /// Σ over channels of an effect × (R − R today).
    pub fn lift(&self, effect: impl Fn(&super::company::ChannelLaw) -> f64) -> f64 {
        let each = self.company.channels.iter().zip(&self.response);
        each.map(|(law, response)| effect(law) * (response - law.response_today))
            .sum()
    }

    /// Selling hours a week.
    pub fn hours_had(&self) -> f64 {
        let groups = self.company.groups.iter().flat_map(|group| &group.roles);
        groups.map(|role| self.hours_of(*role)).sum()
    }

    /// Selling hours of a role a week.
    pub fn hours_of(&self, role: usize) -> f64 {
        self.pressure.ramped[role] * self.company.roles[role].selling_hours
    }

    /// The flows of every segment from `sources`, with `learned` known.
    pub fn flows(&self, sources: &[Sources], learned: f64) -> Vec<Flows> {
        let feedback = &self.scenario.feedback;
        let news = learned - self.company.learned_today;
        let lift = libm::exp(self.lift(|channel| channel.lead_lift) + feedback.lead_lift * news);
        let appeal = self.lift(|channel| channel.win_lift) + feedback.win_lift * news;
        let mut flows = vec![Flows::default(); sources.len()];
        let mut left = sources.to_vec();
        let mut prospects = vec![[Prospects::default(); 3]; sources.len()];
        for segment in 0..sources.len() {
            let inbound = self.inbound(segment, &mut left[segment], &mut flows[segment], lift, learned);
            prospects[segment][Class::Inbound.index()] = inbound;
        }
        let reach: Vec<f64> = (0..sources.len()).map(|s| self.reach(s, &left)).collect();
        for segment in 0..sources.len() {
            let (source, flows) = (&mut left[segment], &mut flows[segment]);
            let outbound = self.outbound(
                segment,
                source,
                flows,
                reach[segment] * lift,
                reach[segment],
                learned,
            );
            prospects[segment][Class::Outbound.index()] = outbound;
            prospects[segment][Class::Referred.index()] = self.referred(segment, source, flows, learned);
        }
        self.work(&prospects, &mut flows);
        for (segment, flows) in flows.iter_mut().enumerate() {
            self.close(segment, &prospects[segment], flows, appeal);
        }
        flows
    }

    fn fit(&self, segment: usize, targeting: super::scenario::Targeting, learned: f64) -> f64 {
        let targeting = super::feedback::targeting(targeting, learned, self.company.learned_today);
        leads::fit_share(self.company.segments[segment].fit, targeting)
    }

    fn inbound(
        &self,
        segment: usize,
        from: &mut Sources,
        flows: &mut Flows,
        lift: f64,
        learned: f64,
    ) -> Prospects {
        let law = &self.company.segments[segment];
        let hazards = Inbound::of(self.company, law, &self.response, learned);
        let share = |hazard: f64| leads::inbound_probability(law.occasions, law.window, hazard * lift);
        let aware = from.aware * share(hazards.aware);
        let unaware = from.unaware * share(hazards.unaware);
        let leads = take(from, flows, Class::Inbound, aware, unaware);
        let fit = aware * hazards.fit_aware + unaware * hazards.fit_unaware;
        let fit = if leads > 0.0 { fit / leads } else { law.fit };
        Prospects::of(law, Arrivals { leads, fit })
    }

    /// Share of a segment's accounts that is touched.
    fn reach(&self, segment: usize, left: &[Sources]) -> f64 {
        let accounts = |s: usize| left[s].aware + left[s].unaware;
        let touches = flows::touches(self.company, segment, accounts, |role| self.pressure.ramped[role]);
        flows::reached(accounts(segment), touches, self.scenario.work.touch_every_weeks)
    }

    fn outbound(
        &self,
        segment: usize,
        from: &mut Sources,
        flows: &mut Flows,
        lifted: f64,
        reach: f64,
        learned: f64,
    ) -> Prospects {
        let law = &self.company.segments[segment];
        let share = |rate: f64| (rate * lifted).min(reach);
        let (aware, unaware) = (
            from.aware * share(law.meeting_aware),
            from.unaware * share(law.meeting_unaware),
        );
        let leads = take(from, flows, Class::Outbound, aware, unaware);
        let fit = self.fit(segment, law.targeting_outbound, learned);
        Prospects::of(law, Arrivals { leads, fit })
    }

    fn referred(&self, segment: usize, from: &mut Sources, flows: &mut Flows, learned: f64) -> Prospects {
        let law = &self.company.segments[segment];
        let away = from.relationship - law.relationship_today;
        let rate = (law.referral + law.referral_effect * away).max(0.0);
        let wanted = (from.customers * rate).min(from.aware + from.unaware);
        let aware = wanted.min(from.aware);
        let leads = take(from, flows, Class::Referred, aware, wanted - aware);
        let fit = self.fit(segment, law.targeting_referred, learned);
        Prospects::of(law, Arrivals { leads, fit })
    }

    /// Hours of the groups in their order to referred, inbound and outbound leads with what follows from them.
    ///
    /// Where hours are short, the newest leads are worked at once and the rest dies; oldest first, all that are
    /// worked have waited, up to the last week in which they can be.
    fn work(&self, prospects: &[[Prospects; 3]], flows: &mut [Flows]) {
        let mut unserved = vec![[1.0_f64; 3]; prospects.len()];
        for group in &self.company.groups {
            let mut hours: f64 = group.roles.iter().map(|role| self.hours_of(*role)).sum();
            for class in Class::ALL {
                let c = class.index();
                let (mut wanted, mut waited_long) = (0.0, 0.0);
                for s in &group.segments {
                    let (lead, opportunity) = self.hours_wanted(*s, &prospects[*s][c]);
                    wanted += unserved[*s][c] * (lead + opportunity);
                    waited_long += unserved[*s][c] * (lead + opportunity * self.decayed(*s));
                }
                let wait = if wanted <= hours || wanted <= waited_long {
                    f64::from(u8::from(wanted > hours))
                } else {
                    ((wanted - hours) / (wanted - waited_long)).min(1.0)
                };
                let asked = wanted - wait * (wanted - waited_long);
                let share = if asked > hours { hours / asked } else { 1.0 };
                hours = (hours - share * asked).max(0.0);
                for s in &group.segments {
                    let part = unserved[*s][c] * share;
                    unserved[*s][c] -= part;
                    self.worked(*s, class, &prospects[*s][c], part, wait, &mut flows[*s]);
                }
            }
        }
        for (s, flows) in flows.iter_mut().enumerate() {
            for (prospects, unserved) in prospects[s].iter().zip(unserved[s]) {
                let (lead, opportunity) = self.hours_wanted(s, prospects);
                flows.hours_wanted += lead + opportunity;
                flows.assisted += prospects.assisted;
                flows.waited +=
                    unserved * prospects.assisted * f64::from(self.company.segments[s].stop_after);
            }
        }
    }

    /// Hours that leads and what qualifies of them want if none waits.
    fn hours_wanted(&self, segment: usize, prospects: &Prospects) -> (f64, f64) {
        let law = &self.company.segments[segment];
        (
            prospects.assisted * law.hours_lead,
            prospects.qualified() * law.cycle.mean() * law.hours_opportunity,
        )
    }

    /// Share of the chance to qualify that the longest wait leaves, where the oldest lead is called first.
    fn decayed(&self, segment: usize) -> f64 {
        match self.scenario.work.order {
            Order::Newest => 1.0,
            Order::Oldest => self.company.segments[segment]
                .decay
                .last()
                .copied()
                .unwrap_or(1.0),
        }
    }

    /// A `part` of the leads of a class is worked after `wait`, a share of the way to the longest wait.
    fn worked(&self, segment: usize, class: Class, of: &Prospects, part: f64, wait: f64, flows: &mut Flows) {
        let law = &self.company.segments[segment];
        let oldest = self.scenario.work.order == Order::Oldest;
        let left = 1.0 - wait * (1.0 - self.decayed(segment));
        let [fit, misfit] = flows::kinds(class);
        flows.worked += part * of.assisted;
        flows.lead_hours += part * of.assisted * law.hours_lead;
        flows.opened[fit.index()] += part * left * of.qualified_fit;
        flows.opened[misfit.index()] += part * left * of.qualified_misfit;
        if oldest {
            flows.waited += part * of.assisted * wait * f64::from(law.stop_after);
        }
    }

    fn close(&self, segment: usize, prospects: &[Prospects; 3], flows: &mut Flows, appeal: f64) {
        let law = &self.company.segments[segment];
        flows.wins = flows::wins(law, &flows.opened, appeal);
        flows.deciding = prospects.iter().map(|class| class.self_serve_fit).sum();
        let misfits: f64 = prospects.iter().map(|class| class.self_serve_misfit).sum();
        flows.self_serve_wins = flows.deciding * deals::conversion(law, appeal, self.availability[segment]);
        flows.cooling = flows.assisted - flows.wins + misfits + flows.deciding - flows.self_serve_wins;
    }
}

/// Leads leave their pools; returns how many they are.
fn take(from: &mut Sources, flows: &mut Flows, class: Class, aware: f64, unaware: f64) -> f64 {
    from.aware -= aware;
    from.unaware -= unaware;
    flows.from_aware += aware;
    flows.from_unaware += unaware;
    flows.leads[class.index()] = aware + unaware;
    aware + unaware
}
