//! The steady state: where a plan that is held for good settles, without luck (docs/model.md, 7).
//!
//! The expected week is repeated until nothing moves. Pools that keep accounts for several weeks let go an even
//! share each week, which changes the way to the steady state but not the state itself.

use super::company::Company;
use super::expected::{ExpectedWeek, Flows, Pressure, Sources};
use super::scenario::Scenario;
use super::segment::CustomerModel;
use super::segment_law::SegmentLaw;
use super::staffing;
use crate::units::time::WEEKS_PER_YEAR;

/// Weeks after which a plan that still moves is said not to settle.
const MOST_WEEKS: u32 = 60_000;
/// A change a week, as a share of the accounts, below which nothing moves.
const STILL: f64 = 1e-12;
/// Part of its way at which a pool has arrived for people.
const ARRIVED: f64 = 0.05;

/// Where a segment settles.
#[derive(Debug, Clone, Copy, Default)]
pub struct SteadySegment {
    /// Accounts that know us and are no customers, wherever they are.
    pub aware: f64,
    /// Customers.
    pub customers: f64,
    /// Customers lost a week.
    pub lost: f64,
    /// Customers lost a week who never return: they are taken as replaced by accounts that do not know us.
    pub gone: f64,
    /// Relationship.
    pub relationship: f64,
    /// Revenue a week, every customer at the value of a new deal, growth of renewed contracts left out.
    pub revenue: f64,
    /// Flows of a week.
    pub flows: Flows,
}

/// Where a plan settles.
#[derive(Debug, Clone, Default)]
pub struct Steady {
    /// By segment.
    pub segments: Vec<SteadySegment>,
    /// What money buys.
    pub pressure: Pressure,
    /// Selling hours had a week.
    pub hours_had: f64,
    /// Learned, 0 to 1.
    pub learned: f64,
    /// Whether it settles; if not, everything else is the state after the last week tried.
    pub settles: bool,
    /// Weeks until 95 % of the way to the steady number of customers are gone, roughly.
    pub weeks_to_settle: u32,
    /// Open opportunities pile up: more hours are kept for leads than their opportunities leave.
    pub piles_up: bool,
}

/// Pools of a segment at the end of a week.
#[derive(Debug, Clone, Copy, Default)]
struct Pools {
    unaware: f64,
    waiting: f64,
    open: f64,
    cooling: f64,
    deciding: f64,
    customers: f64,
    relationship: f64,
}

impl Pools {
    fn today(law: &SegmentLaw) -> Self {
        let start = law.start;
        Self {
            unaware: (law.accounts as f64 - start.customers - start.aware_total).max(0.0),
            waiting: 0.0,
            open: start.open,
            cooling: start.cooling,
            deciding: start.buying,
            customers: start.customers,
            relationship: law.relationship_today,
        }
    }

    /// Aware accounts that are nowhere else.
    fn idle(&self, accounts: f64) -> f64 {
        let busy = self.waiting + self.open + self.cooling + self.deciding;
        (accounts - self.unaware - busy - self.customers).max(0.0)
    }

    /// Sum of what the pools differ by.
    fn far_from(&self, other: &Self) -> f64 {
        let pairs = [
            (self.unaware, other.unaware),
            (self.waiting, other.waiting),
            (self.open, other.open),
            (self.cooling, other.cooling),
            (self.deciding, other.deciding),
            (self.customers, other.customers),
        ];
        pairs.iter().map(|(a, b)| (a - b).abs()).sum()
    }
}

/// Where `pressure` settles if it is held for good, from today's state, at demand index 1.
pub fn settle(scenario: &Scenario, company: &Company, pressure: Pressure) -> Steady {
    let week = ExpectedWeek::new(scenario, company, pressure);
    let mut pools: Vec<Pools> = company.segments.iter().map(Pools::today).collect();
    let mut insight = company.insight_today;
    let mut steady = Steady {
        hours_had: week.hours_had(),
        ..Steady::default()
    };
    let customers = |pools: &[Pools]| pools.iter().map(|pools| pools.customers).sum::<f64>();
    let mut path = vec![customers(&pools)];
    let mut quiet = 0;
    for _ in 0..MOST_WEEKS {
        let (moved, next) = live(&week, &mut pools, insight, &mut steady);
        let change = (next - insight).abs() / (1.0 + insight.abs());
        insight = next;
        path.push(customers(&pools));
        // A pool may rest for a week on its way.
        let still = moved < STILL && change < STILL;
        quiet = if still { quiet + 1 } else { 0 };
        if quiet > 10 {
            steady.settles = true;
            break;
        }
    }
    steady.learned = super::feedback::learned(insight, scenario.feedback.half_learned_after);
    steady.weeks_to_settle = weeks_to_settle(&path);
    steady.piles_up = piles_up(&week, &steady);
    steady.settles &= !steady.piles_up;
    steady.pressure = week.pressure;
    steady
}

/// Pools from which the leads of week 1 come under today's spend: cooled-off accounts are back, some have forgotten
/// us, others have heard of us.
pub fn week_one(scenario: &Scenario, company: &Company) -> Vec<Sources> {
    let week = ExpectedWeek::new(scenario, company, Pressure::today(scenario, company));
    let segments = company.segments.iter();
    segments
        .map(|law| after_awareness(&week, law, &Pools::today(law)))
        .collect()
}

/// Weeks after which the path stays within a twentieth of its way from its end.
fn weeks_to_settle(path: &[f64]) -> u32 {
    let (Some(first), Some(last)) = (path.first(), path.last()) else {
        return 0;
    };
    let near = ARRIVED * (first - last).abs();
    let far = path.iter().rposition(|x| (x - last).abs() > near);
    far.map_or(0, |week| week as u32 + 1)
}

/// An expected week: what the pools changed by, as shares of their segments, and next week's insight.
fn live(week: &ExpectedWeek<'_>, pools: &mut [Pools], insight: f64, steady: &mut Steady) -> (f64, f64) {
    let company = week.company;
    let learned = super::feedback::learned(insight, week.scenario.feedback.half_learned_after);
    let sources: Vec<Sources> = company
        .segments
        .iter()
        .zip(pools.iter())
        .map(|(law, pools)| after_awareness(week, law, pools))
        .collect();
    let flows = week.flows(&sources, learned);
    let coverage: Vec<f64> = (0..pools.len())
        .map(|segment| {
            staffing::coverage(
                &company.roles,
                segment,
                |s| pools[s].customers,
                |role| week.pressure.ramped[role],
            )
        })
        .collect();
    let mut moved = 0.0;
    let mut closed = 0.0;
    steady.segments.clear();
    for (s, law) in company.segments.iter().enumerate() {
        let before = pools[s];
        let segment = carry(week, law, &mut pools[s], &sources[s], &flows[s], coverage[s]);
        closed += flows[s].opened.iter().sum::<f64>();
        let gap = (pools[s].relationship - before.relationship).abs();
        moved += pools[s].far_from(&before) / law.accounts as f64 + gap;
        steady.segments.push(segment);
    }
    (moved, insight * company.insight_keep + closed)
}

/// Cooling accounts return, aware ones forget, unaware ones hear of us.
fn after_awareness(week: &ExpectedWeek<'_>, law: &SegmentLaw, pools: &Pools) -> Sources {
    let accounts = law.accounts as f64;
    let aware = pools.idle(accounts) + pools.cooling / f64::from(law.cool_off);
    let forgot = aware * law.forget;
    let mut hazard = law.organic + law.word_of_mouth * pools.customers / accounts;
    for (coefficient, response) in law.awareness.iter().zip(&week.response) {
        hazard += coefficient * response;
    }
    let heard = (pools.unaware + forgot) * -libm::expm1(-hazard);
    Sources {
        aware: aware - forgot + heard,
        unaware: pools.unaware + forgot - heard,
        customers: pools.customers,
        relationship: pools.relationship,
    }
}

/// Moves the pools by a week's flows.
fn carry(
    week: &ExpectedWeek<'_>,
    law: &SegmentLaw,
    pools: &mut Pools,
    from: &Sources,
    flows: &Flows,
    coverage: f64,
) -> SteadySegment {
    pools.relationship += law.relationship_speed * (coverage - pools.relationship);
    let away = pools.relationship - law.relationship_today;
    let cut = week.lift(|channel| channel.churn_cut);
    let hazard = law.churn * libm::exp(-(law.retention_effect * away + cut));
    let lost = pools.customers * leaving(law, hazard);
    let gone = lost * (1.0 - law.returns);
    let wins = flows.wins + flows.self_serve_wins;
    let customers = pools.customers;
    let revenue = revenue(week, law, customers, wins, away);
    if wins > 0.0 {
        let sum = pools.relationship * customers + law.relationship_today * wins;
        pools.relationship = sum / (customers + wins);
    }
    pools.customers += wins - lost;
    pools.unaware = from.unaware - flows.from_unaware + gone;
    let opened: f64 = flows.opened.iter().sum();
    pools.open = kept(pools.open, opened, law.cycle.mean());
    pools.waiting = kept_for(pools.waiting, flows.waited, f64::from(law.stop_after));
    pools.deciding = kept(pools.deciding, flows.deciding, f64::from(law.decision_weeks));
    let cooling = flows.cooling + lost * law.returns;
    pools.cooling = kept(pools.cooling, cooling, f64::from(law.cool_off));
    let accounts = law.accounts as f64;
    SteadySegment {
        aware: accounts - pools.unaware - pools.customers,
        customers: pools.customers,
        lost,
        gone,
        relationship: pools.relationship,
        revenue,
        flows: *flows,
    }
}

/// A pool that keeps what enters for `weeks`.
fn kept(before: f64, enters: f64, weeks: f64) -> f64 {
    kept_for(before, enters * weeks, weeks)
}

/// A pool on its way to `level` with a stay of `weeks`.
fn kept_for(before: f64, level: f64, weeks: f64) -> f64 {
    before + (level - before) / weeks.max(1.0)
}

/// Share of customers that leaves in a week at a steady churn hazard.
pub fn leaving(law: &SegmentLaw, hazard: f64) -> f64 {
    match law.model {
        CustomerModel::Subscription => {
            let weeks = f64::from(law.contract_weeks);
            -libm::expm1(-hazard * weeks) / weeks
        }
        CustomerModel::Repeat | CustomerModel::OneOff => -libm::expm1(-hazard),
    }
}

fn revenue(week: &ExpectedWeek<'_>, law: &SegmentLaw, customers: f64, wins: f64, away: f64) -> f64 {
    match law.model {
        CustomerModel::Subscription => customers * law.moments.mean / WEEKS_PER_YEAR,
        CustomerModel::Repeat => {
            let lift = law.order_effect * away + week.lift(|channel| channel.order_lift);
            customers * law.orders * libm::exp(lift) * law.basket_mean
        }
        CustomerModel::OneOff => wins * law.moments.mean,
    }
}

/// Whether leads take so many hours, since some are kept for them, that their opportunities cannot all progress.
fn piles_up(week: &ExpectedWeek<'_>, steady: &Steady) -> bool {
    week.company.groups.iter().any(|group| {
        let of = |segment: &usize| steady.segments[*segment].flows;
        let unworked = |segment: &usize| of(segment).assisted - of(segment).worked;
        let short = group.segments.iter().map(unworked).sum::<f64>() > STILL;
        let lead_hours: f64 = group.segments.iter().map(|s| of(s).lead_hours).sum();
        let had: f64 = group.roles.iter().map(|role| week.hours_of(*role)).sum();
        short && lead_hours < week.scenario.work.new_lead_share * had * (1.0 - 1e-9)
    })
}

impl Steady {
    /// A sum over segments.
    pub fn sum(&self, of: impl Fn(&SteadySegment) -> f64) -> f64 {
        self.segments.iter().map(of).sum()
    }

    /// Wins a week, by reps and without.
    pub fn wins(&self) -> f64 {
        self.sum(|segment| segment.flows.wins + segment.flows.self_serve_wins)
    }

    /// Value of the wins of a week: annual for subscriptions and repeat customers, whole for one-off deals.
    pub fn value_won(&self, company: &Company) -> f64 {
        let laws = company.segments.iter().zip(&self.segments);
        laws.map(|(law, segment)| {
            let wins = segment.flows.wins + segment.flows.self_serve_wins;
            wins * super::customers::CustomerBook::value_of_a_win(law)
        })
        .sum()
    }
}
