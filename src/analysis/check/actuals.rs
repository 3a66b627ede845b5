//! The model's today against the last 52 weeks: 52 weeks at today's rates beside what happened.

use super::findings::{Actual, PlanState};
use crate::model::company::Company;
use crate::model::scenario::Scenario;
use crate::units::time::WEEKS_PER_YEAR;
use crate::units::unit::Unit;

/// Model and actual may differ by this share.
const NEAR: f64 = 0.2;

/// Every actual that is told.
pub(super) fn actuals(scenario: &Scenario, company: &Company, now: &PlanState) -> Vec<Actual> {
    let told = &scenario.actuals;
    let opened: f64 = company
        .segments
        .iter()
        .map(|law| law.today.qualified.iter().sum::<f64>())
        .sum();
    let rows = [
        (
            "leads",
            Unit::Count,
            told.leads,
            now.leads_per_week * WEEKS_PER_YEAR,
            "leads_per_week_today, organic_leads_per_week_today, meeting_rate, referral_per_year",
        ),
        (
            "opportunities",
            Unit::Count,
            told.opportunities,
            opened * WEEKS_PER_YEAR,
            "qualify, fit, targeting; if reps are busy: deals_per_rep_year and selling_hours_per_week",
        ),
        (
            "wins",
            Unit::Count,
            told.wins,
            now.wins_per_year,
            "win_rate, self_serve.conversion; if reps are busy: deals_per_rep_year and today.team",
        ),
        (
            "revenue",
            Unit::Money,
            told.revenue,
            now.revenue_per_year,
            "today.customers, annual_value_today, orders_per_year, basket, value",
        ),
        (
            "customers_lost",
            Unit::Count,
            told.customers_lost,
            now.customers_lost_per_year,
            "churn, today.customers, today.relationship, accounts_covered",
        ),
    ];
    let mut all: Vec<Actual> = rows
        .into_iter()
        .filter_map(|(name, unit, actual, model, look_at)| {
            Some(row(name.to_owned(), unit, actual?, model, look_at))
        })
        .collect();
    for (position, heads) in told.heads.iter().enumerate() {
        if let (Some(actual), Some(model)) = (heads, now.heads.get(position)) {
            let name = format!("heads.{}", model.role);
            let look_at = "today.team, time_to_hire_weeks, attrition_per_year, loaded_cost_per_year";
            all.push(row(name, Unit::Heads, *actual, model.heads, look_at));
        }
    }
    all
}

fn row(name: String, unit: Unit, actual: f64, model: f64, look_at: &str) -> Actual {
    Actual {
        name,
        unit,
        model,
        actual,
        ratio: (actual > 0.0).then(|| model / actual),
        near: (model - actual).abs() <= NEAR * actual.max(f64::MIN_POSITIVE),
        look_at: look_at.to_owned(),
    }
}
