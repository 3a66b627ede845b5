//! Today's flows, and where every phase of every plan settles if it is held for good (docs/model.md, 7).

use super::findings::{PhaseOf, PlanState, RoleHeads, Side, SteadyPlans};
use crate::analysis::compare::Asked;
use crate::model::company::Company;
use crate::model::customers::CustomerBook;
use crate::model::expected::Pressure;
use crate::model::scenario::{Plan, Scenario};
use crate::model::segment::CustomerModel;
use crate::model::segment_law::SegmentLaw;
use crate::model::steady::{self, Steady};
use crate::units::time::WEEKS_PER_YEAR;

/// Share of leads worked from which none is said to be lost.
const ALL: f64 = 0.999;

/// Today and the plans that were asked for.
pub(super) fn steady(asked: &Asked<'_>, company: &Company) -> SteadyPlans {
    let scenario = asked.scenario;
    let mut plans = Vec::new();
    for plan in asked.plans.iter().filter_map(|plan| scenario.plans.get(*plan)) {
        for (number, phase) in plan.phases.iter().enumerate() {
            let pressure = Pressure::of(scenario, company, plan, phase.marketing_share);
            let steady = steady::settle(scenario, company, pressure);
            let of = plan.phases.len();
            let phase_of = (of > 1).then_some(PhaseOf {
                number: number + 1,
                of,
            });
            plans.push(settled(
                scenario,
                company,
                plan,
                phase.marketing_share,
                phase_of,
                &steady,
            ));
        }
    }
    SteadyPlans {
        now: now(scenario, company),
        plans,
    }
}

/// Today, as the law starts.
fn now(scenario: &Scenario, company: &Company) -> PlanState {
    let sum = |of: &dyn Fn(&SegmentLaw) -> f64| company.segments.iter().map(of).sum::<f64>();
    let pressure = Pressure::today(scenario, company);
    let wanted = sum(&|law| law.today.hours);
    let had = company.groups.iter().flat_map(|group| &group.roles);
    let had: f64 = had.map(|role| company.roles[*role].selling_hours_today()).sum();
    let assisted = sum(&|law| law.today.assisted);
    let worked = sum(&|law| law.today.assisted * law.today.served);
    let won = |law: &SegmentLaw| law.today.wins + law.today.self_serve_wins;
    let known = sum(&|law| law.start.aware_total);
    PlanState {
        plan: scenario
            .plans
            .first()
            .map(|plan| plan.name.to_string())
            .unwrap_or_default(),
        label: "Now".to_owned(),
        phase: None,
        marketing_share: None,
        leads_per_week: sum(&|law| law.today.inbound + law.today.outbound + law.today.referred),
        wins_per_year: sum(&won) * WEEKS_PER_YEAR,
        value_won_per_year: sum(&|law| won(law) * CustomerBook::value_of_a_win(law)) * WEEKS_PER_YEAR,
        revenue_per_year: sum(&|law| match law.model {
            CustomerModel::Subscription => law.start.customers * law.annual_value_today,
            CustomerModel::Repeat => law.start.customers * law.orders * WEEKS_PER_YEAR * law.basket_mean,
            CustomerModel::OneOff => won(law) * WEEKS_PER_YEAR * law.moments.mean,
        }),
        customers: sum(&|law| law.start.customers),
        customers_lost_per_year: WEEKS_PER_YEAR
            * sum(&|law| law.start.customers * steady::leaving(law, law.churn)),
        aware: known / sum(&|law| law.accounts as f64),
        settles: true,
        why_not: None,
        years_to_settle: None,
        ..money(
            scenario,
            company,
            &pressure,
            Work {
                assisted,
                worked,
                wanted,
                had,
            },
        )
    }
}

/// Work of a week, over all segments.
struct Work {
    assisted: f64,
    worked: f64,
    wanted: f64,
    had: f64,
}

/// What money buys and how it is used; the flows are filled in by the caller.
fn money(scenario: &Scenario, company: &Company, pressure: &Pressure, work: Work) -> PlanState {
    let media: f64 = pressure.spend.iter().sum::<f64>() * WEEKS_PER_YEAR;
    let overhead = scenario.budget.marketing_overhead;
    let roles = scenario.roles.iter().zip(&company.roles).zip(&pressure.heads);
    let heads: Vec<RoleHeads> = roles
        .map(|((role, law), heads)| RoleHeads {
            role: role.name.to_string(),
            heads: heads * law.filled_share(),
        })
        .collect();
    let pay = heads.iter().zip(&scenario.roles);
    let served = if work.assisted > 0.0 {
        work.worked / work.assisted
    } else {
        1.0
    };
    PlanState {
        plan: String::new(),
        label: String::new(),
        phase: None,
        marketing_share: None,
        marketing_per_year: if overhead < 1.0 {
            media / (1.0 - overhead)
        } else {
            media
        },
        payroll_per_year: pay
            .map(|(heads, role)| heads.heads * role.loaded_cost_per_year)
            .sum(),
        heads,
        leads_per_week: 0.0,
        hours_wanted: work.wanted,
        hours_had: work.had,
        load: (work.had > 0.0).then(|| work.wanted / work.had),
        leads_served: served,
        wins_per_year: 0.0,
        value_won_per_year: 0.0,
        revenue_per_year: 0.0,
        customers: 0.0,
        customers_lost_per_year: 0.0,
        aware: 0.0,
        limited_by: if served < ALL {
            Side::Capacity
        } else if work.had > 0.0 {
            Side::Demand
        } else {
            Side::Neither
        },
        settles: true,
        why_not: None,
        years_to_settle: None,
    }
}

fn settled(
    scenario: &Scenario,
    company: &Company,
    plan: &Plan,
    marketing_share: f64,
    phase: Option<PhaseOf>,
    steady: &Steady,
) -> PlanState {
    let work = Work {
        assisted: steady.sum(|segment| segment.flows.assisted),
        worked: steady.sum(|segment| segment.flows.worked),
        wanted: steady.sum(|segment| segment.flows.hours_wanted),
        had: steady.hours_had,
    };
    let accounts: f64 = company.segments.iter().map(|law| law.accounts as f64).sum();
    let why_not = if steady.settles {
        None
    } else if steady.piles_up {
        Some("opportunities pile up: work.new_lead_share keeps more hours for leads than their opportunities leave".to_owned())
    } else {
        Some("pools still move after more than a thousand years".to_owned())
    };
    let mut state = money(scenario, company, &steady.pressure, work);
    if !scenario.channels.is_empty() {
        state.marketing_per_year = plan.annual(&scenario.budget) * marketing_share;
    }
    PlanState {
        plan: plan.name.to_string(),
        label: plan.label.clone(),
        phase,
        marketing_share: Some(marketing_share),
        leads_per_week: steady.sum(|segment| segment.flows.leads.iter().sum()),
        wins_per_year: steady.wins() * WEEKS_PER_YEAR,
        value_won_per_year: steady.value_won(company) * WEEKS_PER_YEAR,
        revenue_per_year: steady.sum(|segment| segment.revenue) * WEEKS_PER_YEAR,
        customers: steady.sum(|segment| segment.customers),
        customers_lost_per_year: steady.sum(|segment| segment.lost) * WEEKS_PER_YEAR,
        aware: steady.sum(|segment| segment.aware) / accounts,
        settles: steady.settles,
        why_not,
        years_to_settle: steady
            .settles
            .then(|| f64::from(steady.weeks_to_settle) / WEEKS_PER_YEAR),
        ..state
    }
}
