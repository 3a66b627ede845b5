//! What is legal but probably not meant, at typical values: warnings, each with what to check.

use super::diagnostic::Diagnostic;
use super::reader::Reader;
use super::source::Span;
use super::spends;
use super::wording::{listed, number};
use crate::model::company::Company;
use crate::model::scenario::{Channel, Plan, ResponseScale, Role, Scenario};
use crate::model::schedule::Schedule;
use crate::model::segment::{CareRate, Churn, Segment};
use crate::model::staffing::unrounded_heads;

/// Hardly anybody wins more of the opportunities that are worked.
const MOST_WON: f64 = 0.8;
/// Hours paid above this many times those that today's leads want are idle.
const MOST_IDLE: f64 = 4.0;
/// A half-saturation this many times the spend, or this part of it, is no response to the spend.
const MOST_SATURATION: f64 = 100.0;
/// Log-odds of appeal beyond which the law was never meant to be used (docs/model.md, 4.3).
const MOST_APPEAL: f64 = 0.7;
/// Hardly every occasion to buy becomes a lead.
const MOST_RAISED: f64 = 0.9;
/// Plans whose spends are further apart are no split of one budget.
const MOST_APART: f64 = 0.05;

/// Reports it; of a file that is right otherwise.
pub(super) fn all(reader: &mut Reader, scenario: &Scenario, company: &Company) {
    for (position, segment) in scenario.segments.iter().enumerate() {
        win_rate(reader, segment);
        occasions(reader, segment, company, position);
        horizon(reader, scenario, segment, position);
    }
    for (channel, law) in scenario.channels.iter().zip(&company.channels) {
        half_saturation(reader, scenario, channel, law.kappa);
    }
    spends::all(reader, scenario);
    appeal(reader, scenario, company);
    for (position, role) in scenario.roles.iter().enumerate() {
        needless(reader, scenario, role, position);
    }
    idle_sellers(reader, scenario, company);
    no_seller(reader, scenario);
    if !scenario.channels.is_empty() && !scenario.roles.is_empty() {
        apart(reader, scenario, company);
    }
}

fn place(reader: &Reader, paths: &[String]) -> Span {
    paths
        .iter()
        .find_map(|path| reader.place(path))
        .unwrap_or(Span::WHOLE)
}

fn percent(share: f64) -> String {
    format!("{} %", number((share * 100.0).round()))
}

/// Two digits are enough to see what is meant.
pub(super) fn rounded(x: f64) -> String {
    number(if x.abs() < 10.0 {
        (x * 10.0).round() / 10.0
    } else {
        x.round()
    })
}

fn win_rate(reader: &mut Reader, segment: &Segment) {
    let rate = segment.deals.win_rate;
    if rate <= MOST_WON || segment.leads.needs_a_rep <= 0.0 {
        return;
    }
    let path = format!("segments.{}.deals.win_rate", segment.name);
    let span = place(reader, std::slice::from_ref(&path));
    reader.report(
        Diagnostic::warning(span, format!("{} of the opportunities of `{}` are won", percent(rate), segment.name))
            .expected("15 to 35 % are usual")
            .help("check that lost and abandoned opportunities are counted: win_rate is won ÷ all that ended, after `qualify`"),
    );
}

/// Nearly every occasion to buy becomes a lead of ours.
fn occasions(reader: &mut Reader, segment: &Segment, company: &Company, position: usize) {
    let law = &company.segments[position];
    let channels = company.channels.iter().zip(&law.leads);
    let hazard = law.inbound
        + channels
            .map(|(channel, leads)| channel.response_today * leads)
            .sum::<f64>();
    let raised = -libm::expm1(-law.window * hazard);
    if raised <= MOST_RAISED || law.occasions <= 0.0 {
        return;
    }
    let path = format!("segments.{}", segment.name);
    let span = place(
        reader,
        &[
            format!("{path}.leads.in_market"),
            format!("{path}.leads.organic_leads_per_week_today"),
            format!("{path}.accounts"),
        ],
    );
    reader.report(
        Diagnostic::warning(
            span,
            format!(
                "{} of all aware accounts of `{}` that look for an offer become our leads",
                percent(raised),
                segment.name
            ),
        )
        .expected("more marketing can hardly add a lead")
        .help("check accounts, aware_today, in_market and buying_window_weeks (occasions to buy) against the leads a week of channels and `organic`"),
    );
}

/// Nobody hired now closes a deal before the end.
fn horizon(reader: &mut Reader, scenario: &Scenario, segment: &Segment, position: usize) {
    if segment.leads.needs_a_rep <= 0.0 {
        return;
    }
    let sellers = scenario
        .roles
        .iter()
        .filter(|role| role.selling_hours_per_week > 0.0 && role.segments.contains(&position));
    let Some(ramp) = sellers.map(|role| role.ramp_weeks).reduce(f64::min) else {
        return;
    };
    let needed = ramp + segment.deals.cycle.mean_weeks;
    if f64::from(scenario.weeks) >= needed {
        return;
    }
    let span = place(reader, &["scenario.weeks".to_owned()]);
    reader.report(
        Diagnostic::warning(
            span,
            format!(
                "the horizon ends before a head hired today closes a deal with `{}`",
                segment.name
            ),
        )
        .expected(format!(
            "ramp_weeks and the sales cycle together last {} weeks",
            number(needed.ceil())
        ))
        .help("plans that hire look worse than they are; choose at least twice as many weeks, and a `tail_weeks`"),
    );
}

fn half_saturation(reader: &mut Reader, scenario: &Scenario, channel: &Channel, kappa: f64) {
    let today = channel.spend_today_per_week;
    let position = scenario
        .channels
        .iter()
        .position(|other| other.name == channel.name);
    let planned = scenario
        .plans
        .iter()
        .map(|plan| most_spent(scenario, plan, position.unwrap_or(0)))
        .fold(0.0, f64::max);
    let (spend, whose) = if today > 0.0 {
        (today, "today's spend")
    } else {
        (planned, "the spend of every plan")
    };
    let times = kappa / spend;
    if spend <= 0.0 || (1.0 / MOST_SATURATION..=MOST_SATURATION).contains(&times) {
        return;
    }
    let path = format!("channels.{}", channel.name);
    let key = match channel.scale {
        ResponseScale::DoublingAdds(_) => "doubling_adds",
        ResponseScale::HalfSaturation(_) => "half_saturation_per_week",
    };
    let span = place(reader, &[format!("{path}.{key}")]);
    let (how, means) = if times > 1.0 {
        (
            format!("{} times {whose}", rounded(times)),
            "the channel never tires: every amount more brings as much as the one before",
        )
    } else {
        (
            format!("{} of {whose}", percent_fine(times)),
            "the channel is full: twice the money, or half of it, changes nothing",
        )
    };
    reader.report(
        Diagnostic::warning(span, format!("half of what `{path}` can bring is reached at {how}"))
            .expected(means)
            .help("check that half_saturation_per_week and spend_today_per_week are both money a week; a busy channel has doubling_adds from 0.2 to 0.5, a young one from 0.6 to 0.9"),
    );
}

fn percent_fine(share: f64) -> String {
    format!("{} %", number((share * 1e4).round() / 100.0))
}

fn most_spent(scenario: &Scenario, plan: &Plan, channel: usize) -> f64 {
    let shares = plan.phases.iter().map(|phase| phase.marketing_share);
    media(scenario, plan, shares.fold(0.0, f64::max), channel)
}

/// Money a week that a plan pays a channel at this share of marketing.
pub(super) fn media(scenario: &Scenario, plan: &Plan, share: f64, channel: usize) -> f64 {
    let all = plan.annual(&scenario.budget) * share * (1.0 - scenario.budget.marketing_overhead) / 52.0;
    all * plan.channels.get(channel).copied().unwrap_or(0.0)
}

/// How far appeal could move, all channels full or none spent, everything learned.
fn appeal(reader: &mut Reader, scenario: &Scenario, company: &Company) {
    let feedback = &scenario.feedback;
    let learns = feedback.half_learned_after.is_finite();
    let to_learn = if learns { 1.0 - company.learned_today } else { 0.0 };
    let channel_lift: fn(&Channel, bool) -> f64 =
        |channel, wins| if wins { channel.win_lift } else { channel.lead_lift };
    for (wins, key, learned, what) in [
        (false, "lead_lift", feedback.lead_lift, "of a lead"),
        (true, "win_lift", feedback.win_lift, "of winning"),
    ] {
        let (mut up, mut down) = (learned.max(0.0) * to_learn, (-learned).max(0.0) * to_learn);
        let mut largest = (learned.abs() * to_learn, format!("feedback.{key}"));
        for (channel, law) in scenario.channels.iter().zip(&company.channels) {
            let lift = channel_lift(channel, wins);
            let (more, less) = (lift * (1.0 - law.response_today), -lift * law.response_today);
            up += more.max(less).max(0.0);
            down += (-more).max(-less).max(0.0);
            if lift.abs() > largest.0 {
                largest = (lift.abs(), format!("channels.{}.{key}", channel.name));
            }
        }
        let most = up.max(down);
        if most <= MOST_APPEAL {
            continue;
        }
        let span = place(reader, std::slice::from_ref(&largest.1));
        let odds = libm::exp(most);
        reader.report(
            Diagnostic::warning(span, format!("channels and learning could change the odds {what} {} times", rounded(odds)))
                .expected(format!("all `{key}` together: {} log-odds", number((most * 100.0).round() / 100.0)))
                .help(format!("beyond 0.7 (odds doubled) nothing is known; `{key}` is log-odds, not percent: 0.1 raises a win rate of 20 % to 21.6 %")),
        );
    }
}

/// A role whose work changes nothing.
fn needless(reader: &mut Reader, scenario: &Scenario, role: &Role, position: usize) {
    let served: Vec<&Segment> = role
        .segments
        .iter()
        .filter_map(|s| scenario.segments.get(*s))
        .collect();
    let mut reasons = Vec::new();
    let mut is_needed = false;
    let mut does = |does: bool, has_use: bool, reason: &'static str| {
        if does && !has_use {
            reasons.push(reason);
        }
        is_needed |= does && has_use;
    };
    does(
        role.selling_hours_per_week > 0.0,
        served.iter().any(|segment| segment.leads.needs_a_rep > 0.0),
        "it sells, but no lead there needs a rep",
    );
    does(
        role.touches_per_week > 0.0,
        served.iter().any(|segment| {
            segment.leads.meeting_rate_aware > 0.0 || segment.leads.meeting_rate_unaware > 0.0
        }),
        "it calls accounts, but `meeting_rate` is 0",
    );
    does(
        role.accounts_covered > 0.0,
        served.iter().any(|segment| care_matters(segment)),
        "it looks after customers, but churn, expansion, referrals and orders are the same without it; tell them as `{ covered = …, uncovered = … }`",
    );
    does(
        role.field,
        served.iter().any(|segment| segment.availability.is_some()),
        "it works in the field, but no segment has `availability`",
    );
    let is_paid = scenario.plans.iter().any(|plan| pays(scenario, plan, position));
    if is_needed || reasons.is_empty() || !is_paid {
        return without_customers(reader, scenario, role, is_paid);
    }
    let span = place(reader, &[format!("roles.{}.loaded_cost_per_year", role.name)]);
    reader.report(
        Diagnostic::warning(span, format!("nobody needs the role `{}`", role.name))
            .expected(reasons.join("; ")),
    );
}

/// Looks only after customers, where there are none.
fn without_customers(reader: &mut Reader, scenario: &Scenario, role: &Role, is_paid: bool) {
    let only_covers = role.accounts_covered > 0.0
        && role.selling_hours_per_week == 0.0
        && role.touches_per_week == 0.0
        && !role.field;
    let customers: f64 = role
        .segments
        .iter()
        .filter_map(|s| scenario.today.customers.get(*s))
        .sum();
    if !only_covers || !is_paid || customers > 0.0 {
        return;
    }
    let span = place(reader, &[format!("roles.{}.accounts_covered", role.name)]);
    reader.report(
        Diagnostic::warning(
            span,
            format!(
                "the role `{}` looks after customers, but there is none today",
                role.name
            ),
        )
        .expected("it is paid from week 1 on")
        .help("tell `today.customers`, or give this role its money in a plan only once there are customers"),
    );
}

fn care_matters(segment: &Segment) -> bool {
    let differs =
        |rate: CareRate| matches!(rate, CareRate::Care { covered, uncovered } if covered != uncovered);
    let customers = &segment.customers;
    matches!(customers.churn, Churn::Care { covered, uncovered } if covered != uncovered)
        || differs(customers.expansion)
        || differs(segment.leads.referral_per_year)
        || customers.order_effect != 0.0
}

/// Whether a plan pays heads of a role.
fn pays(scenario: &Scenario, plan: &Plan, role: usize) -> bool {
    plan.phases
        .iter()
        .any(|phase| unrounded_heads(scenario, plan, phase.marketing_share, role) > 0.0)
}

/// Selling hours a week of a plan when everybody is trained, in the phase with fewest.
fn least_hours(scenario: &Scenario, plan: &Plan) -> f64 {
    let hours = |share: f64| {
        let roles = scenario.roles.iter().enumerate();
        roles
            .map(|(role, typed)| unrounded_heads(scenario, plan, share, role) * typed.selling_hours_per_week)
            .sum::<f64>()
    };
    plan.phases
        .iter()
        .map(|phase| hours(phase.marketing_share))
        .reduce(f64::min)
        .unwrap_or(0.0)
}

fn idle_sellers(reader: &mut Reader, scenario: &Scenario, company: &Company) {
    if scenario
        .segments
        .iter()
        .all(|segment| segment.leads.needs_a_rep <= 0.0)
    {
        return;
    }
    let wanted: f64 = company.segments.iter().map(|segment| segment.today.hours).sum();
    let told = |plan: &Plan| (least_hours(scenario, plan), plan.name.to_string());
    let steady = scenario.plans.iter().filter(|plan| !grows(scenario, plan));
    let Some((hours, plan)) = steady.map(told).max_by(|a, b| a.0.total_cmp(&b.0)) else {
        return;
    };
    if hours <= MOST_IDLE * wanted || hours < 1.0 {
        return;
    }
    let span = place(reader, &[format!("plans.{plan}")]);
    reader.report(
        Diagnostic::warning(span, format!("the plan `{plan}` pays sellers whom nobody can keep busy"))
            .expected(format!(
                "it pays {} selling hours a week; today's leads and opportunities want {}",
                rounded(hours),
                rounded(wanted)
            ))
            .help("check the leads a week, `hours` or `deals_per_rep_year`, selling_hours_per_week and loaded_cost_per_year"),
    );
}

/// Whether a plan spends so much more than today that today's leads say little about it.
pub(super) fn grows(scenario: &Scenario, plan: &Plan) -> bool {
    let planned: f64 = (0..scenario.channels.len())
        .map(|channel| most_spent(scenario, plan, channel))
        .sum();
    let today: f64 = scenario
        .channels
        .iter()
        .map(|channel| channel.spend_today_per_week)
        .sum();
    planned > 2.0 * today
}

fn no_seller(reader: &mut Reader, scenario: &Scenario) {
    let sold: Vec<&str> = scenario
        .segments
        .iter()
        .filter(|segment| segment.leads.needs_a_rep > 0.0)
        .map(|segment| segment.name.as_str())
        .collect();
    let somebody_sells = scenario
        .roles
        .iter()
        .any(|role| role.selling_hours_per_week > 0.0);
    if sold.is_empty() || !somebody_sells {
        return;
    }
    for plan in &scenario.plans {
        if least_hours(scenario, plan) > 0.0 || scenario.budget.annual <= 0.0 {
            continue;
        }
        let sells = |role: &Role| role.selling_hours_per_week > 0.0;
        let mut roles = scenario.roles.iter().enumerate();
        let when = if roles.any(|(position, role)| sells(role) && pays(scenario, plan, position)) {
            " in one of its phases"
        } else {
            ""
        };
        let span = place(reader, &[format!("plans.{}", plan.name)]);
        reader.report(
            Diagnostic::warning(span, format!("the plan `{}` pays no seller{when}", plan.name))
                .expected(format!("leads of {} need a rep and die", listed(sold.iter().copied().take(5), "and")))
                .help("leave a share to sales in every phase, and to a role with selling_hours_per_week in `roles`"),
        );
    }
}

/// Plans are splits of one budget; what stays unspent in one is a saving that nobody decided on.
fn apart(reader: &mut Reader, scenario: &Scenario, company: &Company) {
    let spends: Vec<f64> = scenario
        .plans
        .iter()
        .map(|plan| spent(scenario, plan, company))
        .collect();
    let Some((first, others)) = spends.split_first().filter(|(first, _)| **first > 0.0) else {
        return;
    };
    for (spend, plan) in others.iter().zip(scenario.plans.iter().skip(1)) {
        let apart = spend / first - 1.0;
        if apart.abs() <= MOST_APART {
            continue;
        }
        let span = place(reader, &[format!("plans.{}", plan.name)]);
        let than = if apart < 0.0 { "less" } else { "more" };
        let baseline = scenario
            .plans
            .first()
            .map(|plan| plan.name.to_string())
            .unwrap_or_default();
        reader.report(
            Diagnostic::warning(
                span,
                format!("the plan `{}` will spend about {} {than} than `{baseline}`", plan.name, percent(apart.abs())),
            )
            .expected("plans are compared as splits of one budget")
            .help("seats that stay empty while they are hired for, whole heads that the money does not reach, and hiring itself make spends differ; check time_to_hire_weeks, attrition_per_year, cost_to_hire, whole_heads and that every side has somebody to pay"),
        );
    }
}

/// Expected money over the horizon: channels, overhead, filled seats and hiring.
fn spent(scenario: &Scenario, plan: &Plan, company: &Company) -> f64 {
    let schedule = Schedule::of(scenario, plan, company);
    let weeks = schedule.horizon as usize;
    let channels = scenario.channels.len();
    let mut money: f64 = schedule.spend.iter().take((weeks + 1) * channels).sum();
    money += schedule.overhead.iter().take(weeks + 1).sum::<f64>();
    for (position, law) in company.roles.iter().enumerate() {
        let a_week = law.filled_share() * (law.weekly_cost + law.leave * law.cost_to_hire);
        let heads: f64 = schedule.targets_of(position).iter().skip(1).take(weeks).sum();
        money += heads * a_week;
    }
    money
}
