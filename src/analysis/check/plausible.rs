//! Numbers that follow from the scenario, beside published ones: is this our company?

use super::elasticity::{self, Money};
use super::findings::{PlanState, Plausible, Verdict};
use super::published::{self, Figure};
use super::text;
use crate::model::company::{ChannelLaw, Company};
use crate::model::customers::CustomerBook;
use crate::model::leads::inbound_probability;
use crate::model::scenario::Scenario;
use crate::model::segment::CustomerModel;
use crate::model::segment_law::SegmentLaw;
use crate::units::time::WEEKS_PER_YEAR;
use crate::units::unit::Unit;

/// Load above which today's hours are short.
const BUSY: f64 = 1.0;
/// Learned today above which little is left to learn, so that forgetting weighs heavily.
const MUCH_LEARNED: f64 = 0.8;
/// Log-odds beyond which an appeal is a bet.
const MUCH_APPEAL: f64 = 0.7;

/// A row without a number yet.
fn row(id: &str, name: Option<&str>, label: &str, value: Option<f64>, unit: Unit) -> Plausible {
    Plausible {
        id: id.to_owned(),
        name: name.map(str::to_owned),
        label: label.to_owned(),
        value: value.filter(|value| value.is_finite()),
        unit,
        published: None,
        verdict: Verdict::Told,
        remark: String::new(),
    }
}

impl Plausible {
    /// Held against a figure; the remarks say what to look at below and above it.
    fn against(mut self, figure: &Figure, below: &str, above: &str) -> Self {
        self.published = Some(figure.told());
        match self.value {
            Some(value) if figure.holds(value) => self.verdict = Verdict::Plausible,
            Some(value) => {
                self.verdict = Verdict::Unusual;
                below_or_above(figure, value, below, above).clone_into(&mut self.remark);
            }
            None => {}
        }
        self
    }
}

fn below_or_above<'a>(figure: &Figure, value: f64, below: &'a str, above: &'a str) -> &'a str {
    if figure.is_above(value) { below } else { above }
}

/// Every number that has something to be compared with.
pub(super) fn plausible(scenario: &Scenario, company: &Company, now: &PlanState) -> Vec<Plausible> {
    let mut rows = occasions(scenario, company);
    rows.extend(sellers(scenario, company, now));
    rows.extend(costs(scenario, company, now));
    rows.extend(elasticities(scenario, company));
    rows.extend(half_saturations(scenario, company));
    rows
}

/// Leads of aware accounts a year, their buying occasions, and the share of these that brings a lead.
fn occasions(scenario: &Scenario, company: &Company) -> Vec<Plausible> {
    let mut rows = Vec::new();
    for (segment, law) in scenario.segments.iter().zip(&company.segments) {
        let occasions = WEEKS_PER_YEAR * law.occasions.min(1.0);
        let channels = law.leads.iter().zip(&company.channels);
        let hazard: f64 = channels
            .map(|(hazard, channel)| hazard * channel.response_today)
            .sum();
        let leads = WEEKS_PER_YEAR * inbound_probability(law.occasions, law.window, law.inbound + hazard);
        if leads <= 0.0 {
            continue;
        }
        let name = Some(segment.name.as_str());
        rows.push(row(
            "leads_per_aware_account",
            name,
            "inbound leads per aware account and year",
            Some(leads),
            Unit::Number,
        ));
        rows.push(row(
            "occasions_per_account",
            name,
            "buying occasions per account and year",
            Some(occasions),
            Unit::Number,
        ));
        rows.push(
            row(
                "leads_per_occasion",
                name,
                "share of those occasions that becomes a lead",
                Some(leads / occasions),
                Unit::Share,
            )
            .against(&published::LEADS_PER_OCCASION, "", text::NEARLY_ALL_ASK),
        );
    }
    rows
}

/// Deals and quota of the heads that sell.
fn sellers(scenario: &Scenario, company: &Company, now: &PlanState) -> Vec<Plausible> {
    let (mut heads, mut quota) = (0.0, 0.0);
    for (role, filled) in scenario.roles.iter().zip(&now.heads) {
        if role.selling_hours_per_week > 0.0 {
            heads += filled.heads;
            quota += filled.heads * role.quota_per_year.unwrap_or(0.0);
        }
    }
    if heads <= 0.0 {
        return Vec::new();
    }
    let wins: f64 = company
        .segments
        .iter()
        .map(|law| law.today.wins * WEEKS_PER_YEAR)
        .sum();
    let deals = row(
        "deals_per_rep",
        None,
        "deals a year per head that sells, new ones included",
        Some(wins / heads),
        Unit::Number,
    );
    let mut rows = vec![deals.against(&published::DEALS_PER_REP, text::FEW_DEALS, text::MANY_DEALS)];
    if quota > 0.0 {
        let value = company
            .segments
            .iter()
            .map(|law| law.today.wins * WEEKS_PER_YEAR * CustomerBook::value_of_a_win(law));
        let reached = value.sum::<f64>() / quota;
        rows.push(
            row(
                "quota_reached",
                None,
                "value won by reps over their quotas",
                Some(reached),
                Unit::Share,
            )
            .against(&published::QUOTA_REACHED, text::QUOTA_MISSED, text::QUOTA_PASSED),
        );
    }
    rows
}

/// What winning costs today: money of both sides at today's spend and team, commissions included.
fn costs(scenario: &Scenario, company: &Company, now: &PlanState) -> Vec<Plausible> {
    let commission = company.segments.iter().map(|law| {
        let value = CustomerBook::value_of_a_win(law);
        law.today.wins * WEEKS_PER_YEAR * value * law.commission
    });
    let selling = now.marketing_per_year + commission.sum::<f64>();
    let all = selling + now.payroll_per_year;
    let pay = now.heads.iter().zip(&scenario.roles).zip(&company.roles);
    let acquiring: f64 = pay
        .filter(|(_, law)| !law.only_covers)
        .map(|((heads, role), _)| heads.heads * role.loaded_cost_per_year)
        .sum();
    let winning = selling + acquiring;
    let annual: f64 = company
        .segments
        .iter()
        .filter(|law| law.model != CustomerModel::OneOff)
        .map(|law| {
            let wins = law.today.wins + law.today.self_serve_wins;
            wins * WEEKS_PER_YEAR * CustomerBook::value_of_a_win(law)
        })
        .sum();
    let over = |money: f64, per: f64| (per > 0.0).then(|| money / per);
    let margin = annual * scenario.finance.gross_margin;
    let cost = row(
        "cost_per_win",
        None,
        "marketing and sales money per customer won (CAC)",
        over(winning, now.wins_per_year),
        Unit::Money,
    );
    let ratio = row(
        "cost_per_new_value",
        None,
        "all marketing and sales money per new annual value",
        over(all, annual),
        Unit::Ratio,
    );
    let payback = row(
        "payback_months",
        None,
        "months of margin that pay for winning it",
        over(winning, margin).map(|years| years * 12.0),
        Unit::Number,
    );
    if annual <= 0.0 {
        return vec![cost];
    }
    let software = scenario
        .segments
        .iter()
        .all(|segment| segment.customers.model == CustomerModel::Subscription);
    if !software {
        return vec![cost, ratio, payback];
    }
    vec![
        cost,
        ratio.against(&published::COST_PER_NEW_VALUE, text::CHEAP, text::DEAR),
        payback.against(&published::PAYBACK_MONTHS, text::CHEAP, text::DEAR),
    ]
}

fn elasticities(scenario: &Scenario, company: &Company) -> Vec<Plausible> {
    let several = company.segments.len() > 1;
    let mut rows = Vec::new();
    let sides = [
        (Money::Marketing, "marketing", !company.channels.is_empty()),
        (Money::Sales, "sales", !company.roles.is_empty()),
    ];
    for (side, name, exists) in sides {
        if !exists {
            continue;
        }
        let marketing = side == Money::Marketing;
        let (short, long) = if marketing {
            (&published::MARKETING_SHORT, &published::MARKETING_LONG)
        } else {
            (&published::SALES, &published::SALES)
        };
        let spans = [
            (
                "short",
                "within weeks",
                elasticity::short_run(scenario, company, side),
                short,
            ),
            (
                "long",
                "in the long run",
                elasticity::long_run(scenario, company, side),
                long,
            ),
        ];
        for (key, span, elasticity, figure) in spans {
            let (below, above) = text::elastic(marketing);
            let of = |id: String, what: &str, value| {
                let label = format!("1 % more {name} money, {span}: % more {what}");
                row(&id, None, &label, value, Unit::Number)
            };
            let value = of(format!("elasticity_{name}_{key}"), "value won", elasticity.value);
            rows.push(value.against(figure, below, above));
            if several {
                let wins = of(
                    format!("elasticity_of_wins_{name}_{key}"),
                    "wins",
                    elasticity.wins,
                );
                rows.push(wins);
            }
        }
    }
    rows
}

fn half_saturations(scenario: &Scenario, company: &Company) -> Vec<Plausible> {
    let channels = scenario.channels.iter().zip(&company.channels);
    let spent = channels.filter(|(channel, _)| channel.spend_today_per_week > 0.0);
    spent
        .map(|(channel, law)| {
            let ratio = channel.spend_today_per_week / law.kappa;
            row(
                "spend_over_half_saturation",
                Some(channel.name.as_str()),
                "spend today over the spend of half the ceiling",
                Some(ratio),
                Unit::Ratio,
            )
            .against(
                &published::SPEND_OVER_HALF,
                text::FAR_FROM_FULL,
                text::NEARLY_FULL,
            )
        })
        .collect()
}

/// What to look at before anything is believed.
pub(super) fn warnings(scenario: &Scenario, company: &Company, now: &PlanState) -> Vec<String> {
    let mut warnings = Vec::new();
    if now.load.is_some_and(|load| load > BUSY) {
        warnings.push(text::overloaded(now));
    }
    if now.hours_wanted > 0.0 && now.load.is_none() {
        warnings.push(text::nobody_sells(now));
    }
    let targets = |law: &SegmentLaw| {
        let sources = [
            law.targeting_organic,
            law.targeting_referred,
            law.targeting_outbound,
        ];
        sources.iter().any(|source| source.base > 0.0)
    };
    let targeted = company.segments.iter().any(targets)
        || company
            .channels
            .iter()
            .any(|channel| channel.targeting.base > 0.0);
    if company.learned_today > MUCH_LEARNED && targeted {
        warnings.push(text::much_learned(company.learned_today));
    }
    let feedback = &scenario.feedback;
    for (what, of_channel, of_learning) in [
        (
            "lead",
            (|channel| channel.lead_lift) as fn(&ChannelLaw) -> f64,
            feedback.lead_lift,
        ),
        ("win", |channel| channel.win_lift, feedback.win_lift),
    ] {
        let (least, most) = reach(company, of_channel, of_learning);
        if least < -MUCH_APPEAL || most > MUCH_APPEAL {
            warnings.push(text::much_appeal(what, least, most));
        }
    }
    warnings
}

/// Log-odds below and above today's if every response and what is learned go to their ends.
fn reach(company: &Company, of_channel: fn(&ChannelLaw) -> f64, of_learning: f64) -> (f64, f64) {
    let learns = if company.insight_today > 0.0 && company.learned_today > 0.0 {
        of_learning
    } else {
        0.0
    };
    let channels = company
        .channels
        .iter()
        .map(|law| (of_channel(law), law.response_today));
    let effects = channels.chain(std::iter::once((learns, company.learned_today)));
    let (mut least, mut most) = (0.0, 0.0);
    for (size, today) in effects {
        let (down, up) = (-size * today, size * (1.0 - today));
        least += down.min(up);
        most += down.max(up);
    }
    (least, most)
}
