//! What is typed, turned into coefficients at index 0: docs/model.md, 5, 4.4 and 4.7.

use super::channel::Response;
use super::plan::target_heads;
use gtm_sim::model::scenario::{ChannelAwareness, Hazard, Scenario};
use gtm_sim::model::segment::{CareRate, Churn, CycleFamily, DealValue, Fading, Segment};
use statrs::distribution::{ContinuousCDF, Gamma, LogNormal};

/// A role at index 0.
pub struct RoleFacts {
    /// Weekly probability of leaving.
    pub leaves: f64,
    /// Weeks to hire.
    pub hire: usize,
    /// Heads of week 0: typed, or the first target of the first plan.
    pub heads: f64,
    /// First target of the first plan.
    pub first_target: f64,
    pub typed: bool,
    /// Share of seats filled where the team starts steady.
    pub filled_share: f64,
    /// Expected ramped heads.
    pub ramped: f64,
}

/// A rate that follows the relationship.
#[derive(Clone, Copy)]
pub struct Care {
    pub rate: f64,
    pub effect: f64,
}

/// A segment at index 0 without what depends on its leads.
pub struct SegmentFacts {
    pub relationship: f64,
    /// Hazard a year.
    pub churn: Care,
    pub referral: Care,
    pub expansion: Care,
    /// Weekly probability of forgetting.
    pub forgets: f64,
    /// Weekly hazard of becoming aware at full response of each channel, weights included.
    pub awareness: Vec<f64>,
    pub availability: Option<f64>,
    /// P(T ≥ j) of the worked weeks, from j = 1.
    pub cycle_survival: Vec<f64>,
    pub mean_cycle: f64,
    pub mean_value: f64,
    pub stop_after: usize,
    pub cool_off: usize,
    pub decision: usize,
    pub contract: usize,
}

/// Whole weeks, halves up.
pub fn whole(weeks: f64, least: usize) -> usize {
    ((weeks + 0.5).floor() as usize).max(least)
}

pub fn yearly(hazard: Hazard) -> f64 {
    match hazard {
        Hazard::PerYear(rate) => rate,
        Hazard::YearlyShare(share) => -libm::log(1.0 - share),
    }
}

pub fn ramp(weeks: f64, ramp_weeks: f64) -> f64 {
    if ramp_weeks == 0.0 {
        1.0
    } else {
        (weeks / ramp_weeks).min(1.0)
    }
}

pub fn roles(scenario: &Scenario) -> Vec<RoleFacts> {
    let first = &scenario.plans[0];
    let targets = target_heads(scenario, first, first.phases[0].marketing_share);
    (0..scenario.roles.len())
        .map(|r| role(scenario, r, targets[r]))
        .collect()
}

fn role(scenario: &Scenario, r: usize, first_target: f64) -> RoleFacts {
    let role = &scenario.roles[r];
    let leaves = 1.0 - libm::exp(-yearly(role.attrition) / 52.0);
    let hire = whole(role.time_to_hire_weeks, 0);
    let filled_share = if leaves == 0.0 {
        1.0
    } else {
        (1.0 / leaves) / (1.0 / leaves + hire as f64)
    };
    let typical_ramp = mean_ramp(leaves, role.ramp_weeks);
    let typed = scenario.today.team[r];
    let ramped = match typed {
        None => first_target * filled_share * typical_ramp,
        Some(heads) => {
            let mut rest = heads;
            let mut ramped = 0.0;
            for tenure in tenures(&scenario.today.tenure_weeks[r]) {
                let part = rest.min(1.0);
                ramped += part * ramp(tenure, role.ramp_weeks);
                rest -= part;
            }
            ramped + rest * typical_ramp
        }
    };
    RoleFacts {
        leaves,
        hire,
        heads: typed.unwrap_or(first_target),
        first_target,
        typed: typed.is_some(),
        filled_share,
        ramped,
    }
}

/// Typed tenures, rounded, longest first.
pub fn tenures(typed: &[f64]) -> Vec<f64> {
    let mut weeks: Vec<f64> = typed.iter().map(|weeks| whole(*weeks, 0) as f64).collect();
    weeks.sort_by(|a, b| b.total_cmp(a));
    weeks
}

/// E[ramp at Geo(p) − 1], term by term.
fn mean_ramp(p: f64, ramp_weeks: f64) -> f64 {
    if p == 0.0 {
        return 1.0;
    }
    let mut mean = 0.0;
    let mut still_there = 1.0;
    let mut weeks = 0.0;
    while weeks < ramp_weeks {
        mean += still_there * p * ramp(weeks, ramp_weeks);
        still_there *= 1.0 - p;
        weeks += 1.0;
    }
    mean + still_there
}

/// Share of the customers of a segment that are looked after, given the ramped heads and customers.
pub fn coverage(scenario: &Scenario, s: usize, ramped: &[f64], customers: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (r, role) in scenario.roles.iter().enumerate() {
        if role.accounts_covered > 0.0 && role.segments.contains(&s) {
            let served: f64 = role.segments.iter().map(|t| customers[*t]).sum();
            if served == 0.0 {
                return 1.0;
            }
            sum += ramped[r] * role.accounts_covered / served;
        }
    }
    sum.min(1.0)
}

fn care(rate: CareRate, relationship: f64) -> Care {
    match rate {
        CareRate::Flat(rate) => Care { rate, effect: 0.0 },
        CareRate::Care { covered, uncovered } => Care {
            rate: uncovered + (covered - uncovered) * relationship,
            effect: covered - uncovered,
        },
    }
}

fn churn(churn: Churn, relationship: f64) -> Care {
    match churn {
        Churn::Flat(hazard) => Care {
            rate: yearly(hazard),
            effect: 0.0,
        },
        Churn::Care { covered, uncovered } => {
            let hazard = |share: f64| -libm::log(1.0 - share.max(1e-9));
            let effect = libm::log(hazard(uncovered) / hazard(covered));
            Care {
                rate: hazard(uncovered) * libm::exp(-effect * relationship),
                effect,
            }
        }
    }
}

pub fn segments(scenario: &Scenario, roles: &[RoleFacts], responses: &[Response]) -> Vec<SegmentFacts> {
    let ramped: Vec<f64> = roles.iter().map(|role| role.ramped).collect();
    (0..scenario.segments.len())
        .map(|s| {
            let segment = &scenario.segments[s];
            let covered = coverage(scenario, s, &ramped, &scenario.today.customers);
            let relationship = scenario.today.relationship[s].unwrap_or(covered);
            let survival = cycle_survival(segment);
            let forgets = forgets(scenario, s);
            SegmentFacts {
                relationship,
                churn: churn(segment.customers.churn, relationship),
                referral: care(segment.leads.referral_per_year, relationship),
                expansion: care(segment.customers.expansion, relationship),
                forgets,
                awareness: awareness(scenario, s, forgets, responses),
                availability: availability_level(scenario, s, &ramped),
                mean_cycle: survival.iter().sum(),
                cycle_survival: survival,
                mean_value: mean_value(segment.deals.value),
                stop_after: stop_after(scenario, segment),
                cool_off: whole(segment.leads.cool_off_weeks, 1),
                decision: whole(segment.leads.decision_weeks, 0),
                contract: whole(segment.customers.contract_weeks, 1),
            }
        })
        .collect()
}

fn stop_after(scenario: &Scenario, segment: &Segment) -> usize {
    let half_life = segment.leads.lead_half_life_weeks;
    match scenario.work.stop_after_weeks {
        Some(weeks) => whole(weeks, 0),
        None if half_life.is_infinite() => 52,
        None => whole(2.0 * half_life, 1).min(1040),
    }
}

fn mean_value(value: DealValue) -> f64 {
    match value {
        DealValue::Fixed(value) => value,
        DealValue::Gamma { mean, .. } => mean,
        DealValue::LogNormal { median, sigma } => median * libm::exp(sigma * sigma / 2.0),
    }
}

/// Where availability settles with these ramped heads.
pub fn availability_level(scenario: &Scenario, s: usize, ramped: &[f64]) -> Option<f64> {
    let law = scenario.segments[s].availability?;
    let heads: f64 = scenario
        .roles
        .iter()
        .zip(ramped)
        .filter(|(role, _)| role.field && role.segments.contains(&s))
        .map(|(_, heads)| heads)
        .sum();
    Some(law.base + (1.0 - law.base) * heads / (heads + law.half_heads))
}

/// Mean and standard deviation of the log of a log-normal with this mean and coefficient of variation.
pub fn log_normal(mean: f64, cv: f64) -> (f64, f64) {
    let variance = libm::log(1.0 + cv * cv);
    (libm::log(mean) - variance / 2.0, variance.sqrt())
}

fn cycle_survival(segment: &Segment) -> Vec<f64> {
    let cycle = segment.deals.cycle;
    let (mean, cv) = (cycle.mean_weeks, cycle.cv);
    let beyond = |weeks: f64| {
        if cv == 0.0 {
            return f64::from(u8::from(weeks < mean));
        }
        match cycle.family {
            CycleFamily::Gamma => Gamma::new(1.0 / (cv * cv), 1.0 / (mean * cv * cv))
                .unwrap()
                .sf(weeks),
            CycleFamily::LogNormal => {
                let (mu, sigma) = log_normal(mean, cv);
                LogNormal::new(mu, sigma).unwrap().sf(weeks)
            }
        }
    };
    let mut survival = vec![1.0];
    while survival.len() < 520 {
        let next = beyond(survival.len() as f64);
        if next < 1e-9 {
            break;
        }
        survival.push(next);
    }
    survival
}

/// Where a falling function of x crosses 0 between the ends; the nearer end if it does not.
pub fn falls_to_zero(mut low: f64, mut high: f64, f: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if f(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Weekly probability of forgetting.
fn forgets(scenario: &Scenario, s: usize) -> f64 {
    let segment = &scenario.segments[s];
    let law = &segment.awareness;
    match law.fading {
        Fading::PerWeek(hazard) => 1.0 - libm::exp(-hazard),
        Fading::AfterAYearDark(left) => {
            let customers = scenario.today.customers[s] / segment.accounts as f64;
            let hazard = law.organic_per_week + law.word_of_mouth_per_week * customers;
            let gains = 1.0 - libm::exp(-hazard);
            falls_to_zero(0.0, 1.0, |f| {
                let mut aware = law.aware_today;
                for _ in 0..52 {
                    aware *= 1.0 - f;
                    aware += (1.0 - aware - customers) * gains;
                }
                aware - left
            })
        }
    }
}

/// Weekly hazard of becoming aware at full response of each channel.
fn awareness(scenario: &Scenario, s: usize, f: f64, responses: &[Response]) -> Vec<f64> {
    let segment = &scenario.segments[s];
    let law = &segment.awareness;
    let c = scenario.today.customers[s] / segment.accounts as f64;
    let alpha = law.aware_today;
    let q = match law.aware_a_year_ago {
        None => alpha * f / (1.0 - c - alpha + alpha * f),
        Some(then) => falls_to_zero(0.0, 1.0, |q| {
            let mut aware = then;
            for _ in 0..52 {
                aware *= 1.0 - f;
                aware += (1.0 - aware - c) * q;
            }
            alpha - aware
        }),
    };
    let mut wanted =
        -libm::log(1.0 - q.clamp(0.0, 1.0)) - law.organic_per_week - law.word_of_mouth_per_week * c;
    let mut per_z = 0.0;
    for (channel, response) in scenario.channels.iter().zip(responses) {
        let today = channel.weight[s] * response.at(channel.spend_today_per_week);
        match channel.awareness {
            ChannelAwareness::PerWeek(hazard) => wanted -= hazard * today,
            ChannelAwareness::Weight(weight) => per_z += weight * today,
        }
    }
    let z = if per_z > 0.0 {
        (wanted / per_z).max(0.0)
    } else {
        0.0
    };
    scenario
        .channels
        .iter()
        .map(|channel| match channel.awareness {
            ChannelAwareness::PerWeek(hazard) => channel.weight[s] * hazard,
            ChannelAwareness::Weight(weight) => channel.weight[s] * z * weight,
        })
        .collect()
}
