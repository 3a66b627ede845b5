//! Today's flows and pools, solved together with the lead coefficients (docs/model.md, 3, 4.10, 5).
//!
//! What is typed (leads a week of each channel) fixes coefficients given the pools; the pools follow from the
//! flows, since open opportunities, cooling accounts and deciding buyers are part of the aware accounts.
//! While solving, `SegmentLaw::leads` and `capture` hold today's hazards; at the end they are divided by
//! today's response.

use super::company::Company;
use super::deals;
use super::flows::{self, Arrivals, Prospects};
use super::leads::{self, Class};
use super::scenario::{ChannelLeads, Scenario};
use super::segment::OrganicLeads;
use super::segment_law::{FlowsToday, SegmentLaw, StartCounts};

/// Rounds after which pools and flows are taken as they are; they agree to 1e-13 after about ten.
const ROUNDS: usize = 200;
const AGREED: f64 = 1e-13;
/// Pools that still move by more than this share of the accounts have no balance.
const UNSETTLED: f64 = 1e-9;
/// Least part of a step towards new pools that is taken.
const LEAST_STEP: f64 = 0.02;
/// Largest hazard × window that is tried: beyond it every occasion is taken.
const MOST_HAZARD: f64 = 40.0;

/// Solves pools, flows and lead coefficients at index 0.
pub fn solve(company: &mut Company, scenario: &Scenario) {
    company.segments.iter_mut().for_each(set_pools);
    start_hazards(company, scenario);
    let mut change = 0.0_f64;
    for _ in 0..ROUNDS {
        company.moved.leads = false;
        let scale = within_occasions(company, scenario);
        let mut worst = f64::INFINITY;
        for _ in 0..ROUNDS * 4 {
            worst = invert_step(company, scenario, scale);
            if worst <= AGREED || worst.is_infinite() {
                break;
            }
        }
        company.moved.leads |= worst > 1e-6;
        outbound(company, scenario);
        for position in 0..company.segments.len() {
            set_flows(company, scenario, position);
        }
        serve(company);
        change = 0.0;
        for position in 0..company.segments.len() {
            change = change.max(update_start(&mut company.segments[position], scenario, position));
        }
        company.segments.iter_mut().for_each(set_pools);
        if change <= AGREED {
            break;
        }
    }
    company.moved.pools |= change > UNSETTLED || company.segments.iter().any(overdrawn);
    store_coefficients(company, scenario);
}

/// Aware accounts that are nowhere else, before this week's returns.
fn idle_aware(segment: &SegmentLaw) -> f64 {
    let start = &segment.start;
    start.aware_total - start.open - start.cooling - start.buying
}

fn overdrawn(segment: &SegmentLaw) -> bool {
    idle_aware(segment) < -0.5
        || segment.start.customers + segment.start.aware_total > segment.accounts as f64 + 0.5
}

/// The pools that this week's leads come from: what is aware and nowhere else, plus those whose cooling ends.
fn set_pools(segment: &mut SegmentLaw) {
    let start = segment.start;
    segment.today.aware = idle_aware(segment).max(0.0) + start.cooling / f64::from(segment.cool_off);
    segment.today.unaware = (segment.accounts as f64 - start.customers - start.aware_total).max(0.0);
}

fn start_hazards(company: &mut Company, scenario: &Scenario) {
    company.channel_hazards.clear();
    for (c, channel) in scenario.channels.iter().enumerate() {
        let hazard = match channel.leads {
            ChannelLeads::PerWeekToday(leads) => {
                let reach = company.segments.iter().enumerate().map(|(s, segment)| {
                    let pool = segment.today.aware + channel.capture * segment.today.unaware;
                    channel.weight[s] * pool * segment.occasions * segment.window
                });
                per(leads, reach.sum())
            }
            ChannelLeads::Hazard(hazard) => hazard * company.channels[c].response_today,
        };
        company.channel_hazards.push(hazard);
    }
    for (s, segment) in company.segments.iter_mut().enumerate() {
        segment.inbound = match scenario.segments[s].leads.organic {
            OrganicLeads::PerWeekToday(leads) => {
                per(leads, segment.today.aware * segment.occasions * segment.window)
            }
            OrganicLeads::Hazard(hazard) => hazard,
        };
    }
    spread(company, scenario);
}

fn per(of: f64, per: f64) -> f64 {
    if per > 0.0 { of / per } else { 0.0 }
}

/// Today's hazard of every channel in every segment.
fn spread(company: &mut Company, scenario: &Scenario) {
    for (s, segment) in company.segments.iter_mut().enumerate() {
        segment.leads.clear();
        segment.capture.clear();
        for (channel, hazard) in scenario.channels.iter().zip(&company.channel_hazards) {
            segment.leads.push(channel.weight[s] * hazard);
            segment.capture.push(channel.weight[s] * hazard * channel.capture);
        }
    }
}

/// Leads per unit of hazard from aware and from unaware accounts, at today's hazards.
fn yields(segment: &SegmentLaw) -> (f64, f64) {
    let of = |pool: f64, hazard: f64| {
        if hazard > 0.0 {
            pool * leads::inbound_probability(segment.occasions, segment.window, hazard) / hazard
        } else {
            pool * segment.occasions.min(1.0) * segment.window
        }
    };
    let aware = segment.inbound + segment.leads.iter().sum::<f64>();
    (
        of(segment.today.aware, aware),
        of(segment.today.unaware, segment.capture.iter().sum()),
    )
}

/// Scale that keeps typed leads within 99 % of the buying occasions.
fn within_occasions(company: &mut Company, scenario: &Scenario) -> f64 {
    let captures = scenario.channels.iter().any(|channel| channel.capture > 0.0);
    let (mut supply, mut typed) = (0.0, 0.0);
    for (position, segment) in company.segments.iter().enumerate() {
        let pool = segment.today.aware + if captures { segment.today.unaware } else { 0.0 };
        supply += 0.99 * pool * segment.occasions.min(1.0);
        if let OrganicLeads::PerWeekToday(leads) = scenario.segments[position].leads.organic {
            typed += leads;
        }
    }
    for channel in &scenario.channels {
        if let ChannelLeads::PerWeekToday(leads) = channel.leads {
            typed += leads;
        }
    }
    if typed <= supply {
        return 1.0;
    }
    company.moved.leads = true;
    supply / typed
}

/// One multiplicative step of every typed number towards what was typed; the largest relative gap before it.
fn invert_step(company: &mut Company, scenario: &Scenario, scale: f64) -> f64 {
    let mut worst = 0.0_f64;
    let mut toward = |hazard: f64, got: f64, wanted: f64, window: f64| {
        if got > 0.0 {
            worst = worst.max((wanted / got - 1.0).abs());
            (hazard * wanted / got).min(MOST_HAZARD / window)
        } else {
            worst = if wanted > 0.0 { f64::INFINITY } else { worst };
            hazard
        }
    };
    for (c, channel) in scenario.channels.iter().enumerate() {
        let ChannelLeads::PerWeekToday(leads) = channel.leads else {
            continue;
        };
        let (mut got, mut window) = (0.0, f64::INFINITY);
        for segment in &company.segments {
            let (aware, unaware) = yields(segment);
            got += segment.leads[c] * aware + segment.capture[c] * unaware;
            window = window.min(segment.window);
        }
        company.channel_hazards[c] = toward(company.channel_hazards[c], got, leads * scale, window);
    }
    for (s, segment) in company.segments.iter_mut().enumerate() {
        let OrganicLeads::PerWeekToday(leads) = scenario.segments[s].leads.organic else {
            continue;
        };
        let got = segment.inbound * yields(segment).0;
        segment.inbound = toward(segment.inbound, got, leads * scale, segment.window);
    }
    spread(company, scenario);
    worst
}

/// Outbound leads of every segment today; typed ones scale both meeting rates.
fn outbound(company: &mut Company, scenario: &Scenario) {
    for position in 0..company.segments.len() {
        let own = |s: usize| accounts(&company.segments[s]);
        let touches = flows::touches(company, position, own, |role| company.roles[role].ramped_today);
        let typed = &scenario.segments[position].leads;
        let segment = &mut company.segments[position];
        let share = flows::reached(accounts(segment), touches, scenario.work.touch_every_weeks);
        let unscaled = share
            * (segment.today.unaware * typed.meeting_rate_unaware
                + segment.today.aware * typed.meeting_rate_aware);
        let highest = typed.meeting_rate_unaware.max(typed.meeting_rate_aware);
        let mut scale = 1.0;
        if let Some(leads) = typed.outbound_leads_per_week_today {
            scale = if unscaled > 0.0 { leads / unscaled } else { 1.0 };
            let possible = if highest > 0.0 { 0.99 / highest } else { 1.0 };
            company.moved.leads |= scale > possible || (unscaled <= 0.0 && leads > 0.0);
            scale = scale.min(possible);
        }
        segment.meeting_unaware = typed.meeting_rate_unaware * scale;
        segment.meeting_aware = typed.meeting_rate_aware * scale;
        segment.today.outbound = unscaled * scale;
    }
}

fn accounts(segment: &SegmentLaw) -> f64 {
    segment.today.aware + segment.today.unaware
}

/// Leads of every class, what qualifies and what they cost in hours, as if all were served.
fn set_flows(company: &mut Company, scenario: &Scenario, position: usize) {
    let (inbound, fit_inbound) = inbound_today(company, position);
    set_hours(company, scenario, position, fit_inbound);
    let segment = &mut company.segments[position];
    let referred = (segment.start.customers * segment.referral.max(0.0)).min(accounts(segment));
    let by_class = [
        (
            referred,
            leads::fit_share(segment.fit, segment.targeting_referred.base),
        ),
        (inbound, fit_inbound),
        (
            segment.today.outbound,
            leads::fit_share(segment.fit, segment.targeting_outbound.base),
        ),
    ];
    let mut flows = FlowsToday {
        aware: segment.today.aware,
        unaware: segment.today.unaware,
        outbound: segment.today.outbound,
        inbound,
        referred,
        ..FlowsToday::default()
    };
    for (class, (leads, fit)) in Class::ALL.into_iter().zip(by_class) {
        let prospects = Prospects::of(segment, Arrivals { leads, fit });
        let [fit, misfit] = flows::kinds(class);
        flows.assisted += prospects.assisted;
        flows.self_serve_fit += prospects.self_serve_fit;
        flows.cooling += prospects.self_serve_misfit;
        flows.qualified[fit.index()] += prospects.qualified_fit;
        flows.qualified[misfit.index()] += prospects.qualified_misfit;
    }
    let opened: f64 = flows.qualified.iter().sum();
    flows.hours =
        flows.assisted * segment.hours_lead + opened * segment.cycle.mean() * segment.hours_opportunity;
    segment.today = flows;
}

/// Inbound leads today and the share of them that fits.
fn inbound_today(company: &Company, position: usize) -> (f64, f64) {
    let segment = &company.segments[position];
    let (aware, unaware) = yields(segment);
    let organic = segment.inbound * aware;
    let mut leads = organic;
    let mut fit = organic * leads::fit_share(segment.fit, segment.targeting_organic.base);
    for (c, channel) in company.channels.iter().enumerate() {
        let of_channel = segment.leads[c] * aware + segment.capture[c] * unaware;
        leads += of_channel;
        fit += of_channel * leads::fit_share(segment.fit, channel.targeting.base);
    }
    let share = if leads > 0.0 { fit / leads } else { segment.fit };
    (leads, share)
}

/// Hours per lead and opportunity from deals per rep, where those are typed.
fn set_hours(company: &mut Company, scenario: &Scenario, position: usize, fit: f64) {
    let deals = &scenario.segments[position].deals;
    let Some(deals_per_year) = deals.deals_per_rep_year else {
        return;
    };
    let hours = scenario
        .roles
        .iter()
        .filter(|role| role.segments.contains(&position))
        .map(|role| role.selling_hours_per_week)
        .fold(0.0, f64::max);
    let segment = &mut company.segments[position];
    let qualified = fit * segment.qualify_fit + (1.0 - fit) * segment.qualify_misfit;
    let scale = super::inversions::hours_scale(
        deals_per_year,
        hours,
        qualified,
        segment.win_rate,
        deals.hours_lead,
        deals.hours_opportunity,
        segment.cycle.mean(),
    );
    company.moved.hours |= scale <= 0.0 && hours > 0.0;
    segment.hours_lead = deals.hours_lead * scale;
    segment.hours_opportunity = deals.hours_opportunity * scale;
}

/// The share of today's leads that today's hours serve: groups act in their order on the hours still wanted,
/// in proportion.
fn serve(company: &mut Company) {
    for segment in &mut company.segments {
        segment.today.served = 0.0;
    }
    for group in &company.groups {
        let hours: f64 = group
            .roles
            .iter()
            .map(|role| company.roles[*role].selling_hours_today())
            .sum();
        let wanted: f64 = group
            .segments
            .iter()
            .map(|s| company.segments[*s].today.hours * (1.0 - company.segments[*s].today.served))
            .sum();
        let share = if wanted > hours { hours / wanted } else { 1.0 };
        for s in &group.segments {
            let flows = &mut company.segments[*s].today;
            flows.served += (1.0 - flows.served) * share;
        }
    }
}

/// Counts at the start from today's flows; the largest change relative to the accounts.
fn update_start(segment: &mut SegmentLaw, scenario: &Scenario, position: usize) -> f64 {
    let served = segment.today.served;
    let mut flows = segment.today;
    for opened in &mut flows.qualified {
        *opened *= served;
    }
    let opened: f64 = flows.qualified.iter().sum();
    flows.wins = flows::wins(segment, &flows.qualified, 0.0);
    let converted = deals::logistic(segment.conversion_logit);
    flows.self_serve_wins = flows.self_serve_fit * converted;
    flows.cooling += flows.assisted - flows.wins + flows.self_serve_fit - flows.self_serve_wins;
    flows.cooling += segment.start.customers * -libm::expm1(-segment.churn) * segment.returns;
    let before = segment.start;
    let pools = [
        (
            before.open,
            scenario.today.pipeline[position],
            opened * segment.cycle.mean(),
        ),
        (
            before.cooling,
            scenario.today.cooling[position],
            flows.cooling * f64::from(segment.cool_off),
        ),
        (
            before.buying,
            None,
            flows.self_serve_fit * f64::from(segment.decision_weeks),
        ),
    ];
    segment.today = flows;
    let untyped: f64 = pools
        .iter()
        .filter(|(_, typed, _)| typed.is_none())
        .map(|(_, _, steady)| steady)
        .sum();
    let step = step_towards(idle_aware(segment).max(0.0), untyped);
    let mut next = [0.0; 3];
    let mut change = 0.0;
    for (next, (before, typed, steady)) in next.iter_mut().zip(pools) {
        *next = typed.unwrap_or(before + step * (steady - before));
        change += (typed.unwrap_or(steady) - before).abs();
    }
    segment.start = StartCounts {
        open: next[0],
        cooling: next[1],
        buying: next[2],
        ..before
    };
    change / segment.accounts as f64
}

/// Part of the way to the pools that idle accounts x would fill, x/(x + pools): exact in one step where flows
/// grow in proportion to x, and never overshooting where they take more than there is.
fn step_towards(idle: f64, pools: f64) -> f64 {
    if pools <= 0.0 {
        1.0
    } else {
        (idle / (idle + pools)).max(LEAST_STEP)
    }
}

/// From today's hazards to hazards at full response.
fn store_coefficients(company: &mut Company, scenario: &Scenario) {
    for (s, segment) in company.segments.iter_mut().enumerate() {
        for (c, channel) in scenario.channels.iter().enumerate() {
            let coefficient = match channel.leads {
                ChannelLeads::Hazard(hazard) => hazard,
                ChannelLeads::PerWeekToday(_) => {
                    per(company.channel_hazards[c], company.channels[c].response_today)
                }
            };
            segment.leads[c] = channel.weight[s] * coefficient;
            segment.capture[c] = channel.weight[s] * coefficient * channel.capture;
        }
    }
}
