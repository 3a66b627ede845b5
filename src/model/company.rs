//! The company of one replication: every coefficient of the law at index 0, after unknowns are drawn and
//! what the planner typed is inverted (docs/model.md, 3, 5). The same for every plan.

use super::inversions;
use super::scenario::{ChannelAwareness, ResponseScale, Scenario, Targeting};
use super::segment::Fading;
use super::segment_law::SegmentLaw;
use super::staffing::{self, RoleLaw};
use super::work::{self, Group};
use super::{adstock, saturation};

/// Accounts above which a segment's deals are drawn as count and sum.
pub const LARGE_SEGMENT: u64 = 100_000;

/// A channel's coefficients.
#[derive(Debug, Clone, Default)]
pub struct ChannelLaw {
    /// λ of the adstock.
    pub retention: f64,
    /// Half-saturation κ, money a week.
    pub kappa: f64,
    /// Slope s.
    pub slope: f64,
    /// Response R at today's spend.
    pub response_today: f64,
    /// Lift of lead log-odds.
    pub lead_lift: f64,
    /// Lift of win log-odds.
    pub win_lift: f64,
    /// Cut of the log churn hazard.
    pub churn_cut: f64,
    /// Lift of the log order rate.
    pub order_lift: f64,
    /// Fit of its leads.
    pub targeting: Targeting,
}

/// The company at index 0.
#[derive(Debug, Clone, Default)]
pub struct Company {
    /// Per channel of the scenario.
    pub channels: Vec<ChannelLaw>,
    /// Per role of the scenario.
    pub roles: Vec<RoleLaw>,
    /// Per segment of the scenario.
    pub segments: Vec<SegmentLaw>,
    /// Insight today, closed deals.
    pub insight_today: f64,
    /// Learned today, 0 to 1.
    pub learned_today: f64,
    /// Shares of insight kept a week.
    pub insight_keep: f64,
    /// Sellers with the same list of segments, in the order in which they act.
    pub groups: Vec<Group>,
    /// Target heads of the first plan's first phase, by role.
    pub first_targets: Vec<f64>,
    /// Wishes that could not be met exactly.
    pub moved: Moved,
    /// Lead hazard of each channel today, unweighted.
    pub(super) channel_hazards: Vec<f64>,
}

/// Wishes of the planner that cannot be met and were moved to the nearest that can (docs/model.md, 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    /// More leads than buying occasions.
    pub leads: bool,
    /// `doubling_adds` beyond what the slope allows.
    pub doubling: bool,
    /// A negative hazard of awareness or forgetting.
    pub awareness: bool,
    /// Deals per rep where nothing qualifies or is won.
    pub hours: bool,
    /// More open, cooling and deciding accounts than aware ones.
    pub pools: bool,
}

impl Moved {
    /// Whether anything was moved.
    pub fn any(self) -> bool {
        self.leads || self.doubling || self.awareness || self.hours || self.pools
    }
}

impl Company {
    /// The company of `scenario` with its numbers as they stand.
    pub fn of(scenario: &Scenario) -> Self {
        let mut company = Self {
            groups: work::groups(scenario),
            ..Self::default()
        };
        company.fill(scenario);
        company
    }

    /// Another draw of the unknowns of the same scenario, into buffers that are kept.
    pub fn fill(&mut self, scenario: &Scenario) {
        self.moved = Moved::default();
        self.fill_channels(scenario);
        self.fill_roles(scenario);
        self.segments
            .resize_with(scenario.segments.len(), SegmentLaw::empty);
        for position in 0..scenario.segments.len() {
            let relationship = scenario.today.relationship[position]
                .unwrap_or_else(|| staffing::coverage_today(scenario, &self.roles, position));
            self.segments[position].fill(scenario, position, relationship);
            self.fill_availability(scenario, position);
            self.fill_awareness(scenario, position);
        }
        super::today::solve(self, scenario);
        self.fill_feedback(scenario);
    }

    fn fill_channels(&mut self, scenario: &Scenario) {
        self.channels.clear();
        for channel in &scenario.channels {
            let spend = channel.spend_today_per_week;
            let kappa = match channel.scale {
                ResponseScale::HalfSaturation(kappa) => kappa,
                ResponseScale::DoublingAdds(adds) => {
                    let most = 0.99 * (libm::exp2(channel.slope) - 1.0);
                    self.moved.doubling |= adds > most;
                    saturation::kappa_from_doubling(spend, adds.min(most), channel.slope).unwrap_or(f64::MAX)
                }
            };
            self.channels.push(ChannelLaw {
                retention: adstock::retention(channel.half_life_weeks),
                kappa,
                slope: channel.slope,
                response_today: saturation::response(spend, kappa, channel.slope),
                lead_lift: channel.lead_lift,
                win_lift: channel.win_lift,
                churn_cut: channel.churn_cut,
                order_lift: channel.order_lift,
                targeting: channel.targeting,
            });
        }
    }

    fn fill_roles(&mut self, scenario: &Scenario) {
        self.roles.resize_with(scenario.roles.len(), RoleLaw::default);
        let first = &scenario.plans[0];
        staffing::target_heads(
            scenario,
            first,
            first.phases[0].marketing_share,
            &mut self.first_targets,
        );
        for (position, role) in self.roles.iter_mut().enumerate() {
            role.fill(scenario, position, self.first_targets[position]);
        }
    }

    fn fill_availability(&mut self, scenario: &Scenario, position: usize) {
        let segment = &mut self.segments[position];
        segment.availability_today = segment.availability.map_or(1.0, |availability| {
            let heads = field_heads_today(scenario, &self.roles, position);
            super::leads::availability_level(availability, heads)
        });
    }

    fn fill_awareness(&mut self, scenario: &Scenario, position: usize) {
        let typed = &scenario.segments[position].awareness;
        let customers = scenario.today.customers[position] / scenario.segments[position].accounts as f64;
        let own = typed.organic_per_week + typed.word_of_mouth_per_week * customers;
        let (forget, forced) = match typed.fading {
            Fading::PerWeek(hazard) => (hazard, false),
            Fading::AfterAYearDark(after) => {
                inversions::forget_hazard(typed.aware_today, customers, own, after)
            }
        };
        self.moved.awareness |= forced;
        let weighted = scenario
            .channels
            .iter()
            .any(|channel| matches!(channel.awareness, ChannelAwareness::Weight(weight) if weight > 0.0));
        let inverted =
            weighted || matches!(typed.fading, Fading::AfterAYearDark(_)) || typed.aware_a_year_ago.is_some();
        let wanted = if inverted {
            let (hazard, forced) = match typed.aware_a_year_ago {
                Some(before) => inversions::growing_hazard(before, typed.aware_today, customers, forget),
                None => inversions::steady_hazard(typed.aware_today, customers, forget),
            };
            self.moved.awareness |= forced || hazard < own - 1e-12;
            (hazard - own).max(0.0)
        } else {
            0.0
        };
        let segment = &mut self.segments[position];
        segment.forget = -libm::expm1(-forget);
        let carried = segment.fill_awareness(scenario, position, &self.channels, wanted);
        self.moved.awareness |= inverted && !carried;
    }

    fn fill_feedback(&mut self, scenario: &Scenario) {
        let feedback = &scenario.feedback;
        self.insight_keep = libm::exp2(-1.0 / feedback.insight_half_life_weeks);
        self.insight_today = scenario.today.insight.unwrap_or_else(|| {
            let closings = self
                .segments
                .iter()
                .map(|segment| segment.today.qualified.iter().sum::<f64>())
                .sum::<f64>();
            closings / (1.0 - self.insight_keep)
        });
        self.learned_today = super::feedback::learned(self.insight_today, feedback.half_learned_after);
    }
}

fn field_heads_today(scenario: &Scenario, roles: &[RoleLaw], segment: usize) -> f64 {
    scenario
        .roles
        .iter()
        .zip(roles)
        .filter(|(role, _)| role.field && role.segments.contains(&segment))
        .map(|(_, law)| law.ramped_today)
        .sum()
}

/// Whole weeks, at least `least`.
pub fn whole(weeks: f64, least: u32) -> u32 {
    (libm::round(weeks) as u32).max(least)
}
