//! Staffing: target heads, seats, who leaves, who is cut, who arrives (docs/model.md, 4.4).

use super::inversions;
use super::luck::{Luck, Watch};
use super::scenario::{Change, Plan, Scenario};
use super::sums::Item;
use super::week::Step;
use crate::model::company::whole;
use crate::units::time::WEEKS_PER_YEAR;

/// Heads below this difference are the same.
pub(super) const SAME_HEADS: f64 = 1e-9;

/// A role's coefficients.
#[derive(Debug, Clone, Default)]
pub struct RoleLaw {
    /// Hash of its name.
    pub key: u64,
    /// Weekly probability of leaving.
    pub leave: f64,
    /// Full weeks that a seat stays empty.
    pub hire_weeks: u32,
    /// Weeks to full productivity.
    pub ramp_weeks: f64,
    /// Money a week for a full head.
    pub weekly_cost: f64,
    /// Money per hire.
    pub cost_to_hire: f64,
    /// Weeks of pay for a head that is cut.
    pub severance_weeks: f64,
    /// Standard deviation of talent.
    pub talent_sd: f64,
    /// Annual quota of a head; 0 = none.
    pub quota: f64,
    /// Selling hours a week of a ramped head.
    pub selling_hours: f64,
    /// Touches a week of a ramped head.
    pub touches_per_week: f64,
    /// Customers covered by a ramped head.
    pub accounts_covered: f64,
    /// Raises availability.
    pub field: bool,
    /// Only looks after customers: not part of the cost of winning them.
    pub only_covers: bool,
    /// Segments served.
    pub segments: Vec<usize>,
    /// Recruits before a phase starts.
    pub hire_ahead: bool,
    /// Heads typed, or the seats of the first plan's first phase.
    pub heads_today: f64,
    /// Target heads of the first plan's first phase.
    pub first_target: f64,
    /// Whether `heads_today` was typed.
    pub typed: bool,
    /// Expected ramped heads today.
    pub ramped_today: f64,
    /// Typed weeks since hire, rounded, longest first.
    pub tenure_weeks: Vec<f64>,
}

impl RoleLaw {
    /// The law of a role whose target in the first phase of the first plan is `first_target`, into buffers that are
    /// kept.
    pub fn fill(&mut self, scenario: &Scenario, position: usize, first_target: f64) {
        let role = &scenario.roles[position];
        self.key = role.name.key();
        self.leave = -libm::expm1(-inversions::hazard_per_year(role.attrition) / WEEKS_PER_YEAR);
        self.hire_weeks = whole(role.time_to_hire_weeks, 0);
        self.ramp_weeks = role.ramp_weeks;
        self.weekly_cost = role.loaded_cost_per_year / WEEKS_PER_YEAR;
        self.cost_to_hire = role.cost_to_hire;
        self.severance_weeks = role.severance_weeks;
        self.talent_sd = role.talent_sd;
        self.quota = role.quota_per_year.unwrap_or(0.0);
        self.selling_hours = role.selling_hours_per_week;
        self.touches_per_week = role.touches_per_week;
        self.accounts_covered = role.accounts_covered;
        self.field = role.field;
        self.only_covers = role.accounts_covered > 0.0
            && role.selling_hours_per_week <= 0.0
            && role.touches_per_week <= 0.0
            && !role.field;
        self.segments.clone_from(&role.segments);
        self.hire_ahead = role.hire_ahead;
        self.tenure_weeks.clear();
        let typed_tenures = scenario.today.tenure_weeks[position].iter();
        self.tenure_weeks
            .extend(typed_tenures.map(|weeks| libm::round(*weeks)));
        let typed = scenario.today.team[position];
        self.typed = typed.is_some();
        self.first_target = first_target;
        self.heads_today = typed.unwrap_or(first_target);
        let filled = if self.typed { 1.0 } else { self.filled_share() };
        self.ramped_today = filled * self.mean_ramp_of_team();
    }

    /// Steady share of seats that are filled: (1/p)/(1/p + weeks to hire).
    pub fn filled_share(&self) -> f64 {
        if self.leave <= 0.0 {
            1.0
        } else {
            1.0 / (1.0 + self.leave * f64::from(self.hire_weeks))
        }
    }

    /// Selling hours of today's expected team a week.
    pub fn selling_hours_today(&self) -> f64 {
        self.selling_hours * self.ramped_today
    }

    /// Productivity of a head `weeks` after its hire: min(1, weeks/ramp).
    #[inline]
    pub fn ramp(&self, weeks: f64) -> f64 {
        if weeks >= self.ramp_weeks {
            1.0
        } else {
            weeks / self.ramp_weeks
        }
    }

    /// Expected ramp of a head whose weeks since hire are geometric from 0.
    pub fn mean_ramp(&self) -> f64 {
        if self.leave <= 0.0 || self.ramp_weeks <= 0.0 {
            return 1.0;
        }
        let mut left = 1.0;
        let mut sum = 0.0;
        let mut weeks = 0.0;
        while weeks < self.ramp_weeks {
            sum += self.leave * left * weeks / self.ramp_weeks;
            left *= 1.0 - self.leave;
            weeks += 1.0;
        }
        sum + left
    }

    /// Σ over today's heads of their ramp: known where tenures are typed, expected elsewhere.
    fn mean_ramp_of_team(&self) -> f64 {
        let mut known = 0.0;
        let mut ramped = 0.0;
        for (position, weeks) in self.tenure_weeks.iter().enumerate() {
            let share = share_of_seat(position as u32 + 1, self.heads_today);
            known += share;
            ramped += share * self.ramp(*weeks);
        }
        ramped + (self.heads_today - known).max(0.0) * self.mean_ramp()
    }
}

/// Full-time share of a seat under a target: 1 up to the last, which carries the fraction.
pub fn share_of_seat(number: u32, target: f64) -> f64 {
    (target - f64::from(number - 1)).clamp(0.0, 1.0)
}

/// Target heads of a role without rounding: annual × (1 − m) × mix / loaded cost.
pub fn unrounded_heads(scenario: &Scenario, plan: &Plan, marketing_share: f64, role: usize) -> f64 {
    let sales = plan.change.map_or(1.0, Change::sales);
    plan.annual(&scenario.budget) * (1.0 - marketing_share) * sales * plan.roles[role]
        / scenario.roles[role].loaded_cost_per_year
}

/// Target heads of every role. With whole heads: rounded down, then the rest goes head by head to the role
/// with the least missing money that it still affords, ties by name. A plan's change of heads comes on top; returns
/// the money a week that it takes.
pub fn target_heads(scenario: &Scenario, plan: &Plan, marketing_share: f64, heads: &mut Vec<f64>) -> f64 {
    split_heads(scenario, plan, marketing_share, heads);
    let mut extra = 0.0;
    for (role, head) in heads.iter_mut().enumerate() {
        let more = plan.change.map_or(0.0, |change| change.heads(role)).max(-*head);
        *head += more;
        extra += more * scenario.roles[role].loaded_cost_per_year / WEEKS_PER_YEAR;
    }
    extra
}

/// Target heads as the split pays them.
fn split_heads(scenario: &Scenario, plan: &Plan, marketing_share: f64, heads: &mut Vec<f64>) {
    heads.clear();
    heads
        .extend((0..scenario.roles.len()).map(|role| unrounded_heads(scenario, plan, marketing_share, role)));
    if !scenario.budget.whole_heads {
        return;
    }
    let mut rest = 0.0;
    for (head, role) in heads.iter_mut().zip(&scenario.roles) {
        let whole = (*head + SAME_HEADS).floor();
        rest += (*head - whole) * role.loaded_cost_per_year;
        *head = whole;
    }
    loop {
        let next = (0..heads.len())
            .filter(|role| plan.roles[*role] > 0.0)
            .map(|role| {
                let missing =
                    (heads[role] + 1.0 - unrounded_heads(scenario, plan, marketing_share, role)).max(0.0);
                (missing * scenario.roles[role].loaded_cost_per_year, role)
            })
            .filter(|(_, role)| scenario.roles[*role].loaded_cost_per_year <= rest + SAME_HEADS)
            .min_by(|a, b| {
                let names = |role: usize| scenario.roles[role].name.as_str();
                a.0.total_cmp(&b.0).then_with(|| names(a.1).cmp(names(b.1)))
            });
        let Some((_, role)) = next else { return };
        rest -= scenario.roles[role].loaded_cost_per_year;
        heads[role] += 1.0;
    }
}

/// Coverage of a segment's customers today: expected ramped heads × accounts covered, over the customers that
/// those roles look after; 1 if there are none, 0 if no role looks after them.
pub fn coverage_today(scenario: &Scenario, roles: &[RoleLaw], segment: usize) -> f64 {
    coverage(
        roles,
        segment,
        |s| scenario.today.customers[s],
        |role| roles[role].ramped_today,
    )
}

/// Coverage from customers by segment and ramped heads by role.
pub fn coverage(
    roles: &[RoleLaw],
    segment: usize,
    customers: impl Fn(usize) -> f64,
    ramped: impl Fn(usize) -> f64,
) -> f64 {
    let mut share = 0.0;
    let mut covered = false;
    for (position, role) in roles.iter().enumerate() {
        if role.accounts_covered > 0.0 && role.segments.contains(&segment) {
            covered = true;
            let served: f64 = role.segments.iter().map(|s| customers(*s)).sum();
            if served <= 0.0 {
                return 1.0;
            }
            share += ramped(position) * role.accounts_covered / served;
        }
    }
    if covered { share.min(1.0) } else { 0.0 }
}

impl<L: Luck, W: Watch> Step<'_, L, W> {
    /// Leavers, cuts and arrivals of every role, and what they cost.
    pub(super) fn staff(&mut self) {
        for position in 0..self.company.roles.len() {
            let role = &self.company.roles[position];
            let team = &mut self.market.teams[position];
            team.live(role, self.schedule.targets_of(position), self.now, self.luck);
            let pay = team.filled * role.weekly_cost;
            let hiring = team.arrived * role.cost_to_hire;
            let severance = team.cut * role.severance_weeks * role.weekly_cost;
            let week = &mut self.market.week;
            week.add(Item::Payroll, pay);
            week.add(Item::Hiring, hiring);
            week.add(Item::Severance, severance);
            week.add(Item::Quota, team.filled * role.quota / WEEKS_PER_YEAR);
            if !role.only_covers {
                week.add(Item::AcquisitionPay, pay + hiring + severance);
            }
            week.roles[position].money = pay + hiring + severance;
            week.roles[position].pay = pay;
            week.roles[position].hires = team.arrived;
        }
    }

    /// Σ over roles that serve a segment and pass `is` of ramped heads × `each`.
    pub(super) fn ramped_heads(
        &self,
        segment: usize,
        is: impl Fn(&RoleLaw) -> bool,
        each: impl Fn(&RoleLaw) -> f64,
    ) -> f64 {
        let mut sum = 0.0;
        for (role, team) in self.company.roles.iter().zip(&self.market.teams) {
            if is(role) && role.segments.contains(&segment) {
                sum += team.ramped * each(role);
            }
        }
        sum
    }

    /// Talent of the sellers of a segment above that of today's team, win log-odds.
    pub(super) fn talent(&self, segment: usize) -> f64 {
        let (mut now, mut hours, mut today, mut hours_today) = (0.0, 0.0, 0.0, 0.0);
        for (role, team) in self.company.roles.iter().zip(&self.market.teams) {
            if role.selling_hours > 0.0 && role.segments.contains(&segment) {
                now += team.talent * role.selling_hours;
                hours += team.ramped * role.selling_hours;
                today += team.talent_today * role.selling_hours;
                hours_today += team.ramped_today * role.selling_hours;
            }
        }
        let mean = |sum: f64, weight: f64| if weight > 0.0 { sum / weight } else { 0.0 };
        mean(now, hours) - mean(today, hours_today)
    }
}
