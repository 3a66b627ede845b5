//! Invented plans with journey, money and team, for tests of the charts that show them.

use super::synthetic::{Invented, findings, summary};
use gtm_sim::analysis::findings::*;
use std::collections::BTreeMap;

/// What is invented beside the plans.
#[derive(Clone)]
pub struct Company {
    pub weeks: u32,
    /// Names of roles.
    pub roles: Vec<String>,
    /// Names of channels.
    pub channels: Vec<String>,
    /// Heads of the first role.
    pub heads: f64,
    /// Cash today.
    pub cash: Option<f64>,
    /// Revenue of a plan, currency units; the sums of its kinds.
    pub revenue: f64,
    /// Money spent by a plan.
    pub spent: f64,
    /// Leads that decide alone, as a share.
    pub self_serve: f64,
    /// Orders of customers.
    pub orders: f64,
    /// Whether reps have a quota.
    pub quota: bool,
    /// Share of leads that nobody calls, by plan.
    pub died: Vec<f64>,
    /// Leads by plan.
    pub leads: Vec<f64>,
}

/// The house's example.
pub fn company() -> Company {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Company {
        weeks: 104,
        roles: names(&["Account executives", "SDRs", "Customer success"]),
        channels: names(&["Search", "Content", "Brand"]),
        heads: 8.0,
        cash: Some(3e6),
        revenue: 26e6,
        spent: 10e6,
        self_serve: 0.0,
        orders: 0.0,
        quota: true,
        died: vec![0.31, 0.06, 0.18],
        leads: vec![3_680.0, 3_250.0, 3_400.0],
    }
}

/// Findings of these plans with everything that the charts of planning show.
pub fn staffed(plans: &[Invented], company: &Company, recommended: Option<usize>) -> Findings {
    let mut findings = findings(plans, None, recommended);
    findings.scenario.weeks = company.weeks;
    let mut numbers: Vec<Vec<(String, String, f64)>> = Vec::new();
    for index in 0..plans.len() {
        let mut of_plan = journey_numbers(company, index);
        of_plan.extend(money_numbers(company, index));
        numbers.push(of_plan);
        findings.plans[index].journey = stages(company, index);
    }
    for (id, label, _) in numbers.first().into_iter().flatten() {
        findings.measures.retain(|measure| measure.id != *id);
        findings.measures.push(MeasureFacts {
            id: id.clone(),
            label: label.clone(),
            unit: "number".to_owned(),
            better: "more".to_owned(),
            about: String::new(),
        });
    }
    for (plan, numbers) in findings.plans.iter_mut().zip(&numbers) {
        for (id, _, number) in numbers {
            plan.measures.retain(|(other, _)| other != id);
            plan.measures.push((id.clone(), summary((*number, 0.0))));
        }
    }
    if let Some(comparison) = &mut findings.comparison {
        for (difference, numbers_of) in comparison.plans.iter_mut().zip(&numbers[1..]) {
            difference.others = numbers_of
                .iter()
                .zip(&numbers[0])
                .map(|((id, _, own), (_, _, first))| {
                    let value = own - first;
                    let error = 0.01 * value.abs();
                    (id.clone(), Uncertain { value, error })
                })
                .collect();
        }
    }
    findings.weekly = weekly(company, plans.len());
    findings
}

fn at(values: &[f64], index: usize) -> f64 {
    values.get(index).or(values.last()).copied().unwrap_or(0.0)
}

fn lost(reasons: &[(&str, f64)]) -> BTreeMap<String, f64> {
    let owned = |(reason, amount): &(&str, f64)| ((*reason).to_owned(), *amount);
    reasons.iter().map(owned).collect()
}

fn stage(name: &str, [entered, from_before, went_on, open]: [f64; 4], reasons: &[(&str, f64)]) -> Stage {
    Stage {
        name: name.to_owned(),
        entered,
        from_before,
        went_on,
        lost: lost(reasons),
        open,
    }
}

/// Stages whose parts are round shares.
fn stages(company: &Company, index: usize) -> Vec<Stage> {
    let (leads, died) = (at(&company.leads, index), at(&company.died, index));
    let assisted = leads * (1.0 - company.self_serve);
    let alone = leads * company.self_serve;
    let qualified = assisted * 0.24;
    let (bought, won) = (alone * 0.3, qualified * 0.2);
    let customers = won + bought;
    let fates = [
        ("died", assisted * died),
        ("disqualified", assisted * (0.759 - died)),
        ("did_not_buy", alone * 0.7),
    ];
    let closed = [
        ("other", qualified * 0.41),
        ("no_decision", qualified * 0.27),
        ("misfit", qualified * 0.07),
    ];
    let waiting = assisted * 0.001;
    vec![
        stage(
            "aware",
            [leads, leads, leads * 0.9, leads * 1.2],
            &[("forgot", leads * 0.6)],
        ),
        stage("leads", [leads, leads * 0.9, qualified + bought, waiting], &fates),
        stage(
            "opportunities",
            [qualified, qualified, won, qualified * 0.15],
            &closed,
        ),
        stage(
            "customers",
            [customers, won, 0.0, customers * 0.8],
            &[("churned", customers * 0.2)],
        ),
        stage("repeat", [company.orders, company.orders, 0.0, 0.0], &[]),
    ]
}

fn named(id: &str, number: f64) -> (String, String, f64) {
    (id.to_owned(), id.to_owned(), number)
}

fn journey_numbers(company: &Company, index: usize) -> Vec<(String, String, f64)> {
    let stages = stages(company, index);
    let won = stages[3].entered;
    vec![
        named("leads", stages[1].entered),
        named("leads_died", stages[1].lost["died"]),
        named("customers_won", won),
        named("customers_lost", 0.2 * won + 40.0),
        named("customers_end", 0.8 * won + 360.0),
    ]
}

fn money_numbers(company: &Company, index: usize) -> Vec<(String, String, f64)> {
    let spent = company.spent;
    let revenue = company.revenue * (1.0 + 0.3 * f64::from(u8::from(index == 1)));
    let mut numbers = vec![
        named("spent", spent),
        named("spent_on_channels", 0.3 * spent),
        named("spent_on_overhead", 0.1 * spent),
        named("spent_on_pay", 0.55 * spent),
        named("spent_on_commission", 0.015 * spent),
        named("spent_on_hiring", 0.025 * spent),
        named("spent_on_severance", 0.01 * spent),
        named("revenue", revenue),
        named("revenue_new", 0.3 * revenue),
        named("revenue_expansion", 0.1 * revenue),
        named("revenue_renewal", 0.6 * revenue),
        named("revenue_repeat", 0.0),
    ];
    let each = |prefix: &str, words: &str, names: &[String], total: f64| -> Vec<(String, String, f64)> {
        let share = total / names.len().max(1) as f64;
        let number =
            |(key, name): (usize, &String)| (format!("{prefix}.{key}"), format!("{words}, {name}"), share);
        names.iter().enumerate().map(number).collect()
    };
    numbers.extend(each("spend", "Spend", &company.channels, 0.3 * spent));
    numbers.extend(each("pay", "Pay", &company.roles, 0.55 * spent));
    numbers.extend(each("cost", "Cost", &company.roles, 0.58 * spent));
    numbers.extend(each("hires", "Hires", &company.roles, 3.0));
    if company.cash.is_some() {
        numbers.push(named("cash_end", 5e6));
        numbers.push(named(
            "cash_below_zero",
            0.02 + 0.1 * f64::from(u8::from(index == 2)),
        ));
    }
    numbers
}

/// Weekly means; bands are as narrow as a line.
fn weekly(company: &Company, plans: usize) -> Weekly {
    let mut ids: Vec<String> = ["quota", "value_won", "pipeline_value"]
        .map(str::to_owned)
        .to_vec();
    ids.extend(company.cash.map(|_| "cash".to_owned()));
    for role in 0..company.roles.len() {
        ids.extend(["heads", "ramped", "vacancies", "hires"].map(|id| format!("{id}.{role}")));
    }
    let mut bands = Vec::new();
    for plan in 0..plans {
        for id in &ids {
            bands.extend((1..=company.weeks).map(|week| band(value(company, id, plan, week))));
        }
    }
    Weekly {
        series: ids
            .into_iter()
            .map(|id| SeriesFacts {
                label: id.clone(),
                id,
                unit: "number".to_owned(),
            })
            .collect(),
        bands,
        weeks: company.weeks,
        replications: 4_000,
    }
}

fn band(mean: f64) -> Band {
    Band {
        mean,
        p05: mean,
        p10: mean,
        p25: mean,
        p50: mean,
        p75: mean,
        p90: mean,
        p95: mean,
    }
}

/// Plan 1 starts with open seats and a lower attainment that recovers; its cash falls before it turns.
fn value(company: &Company, id: &str, plan: usize, week: u32) -> f64 {
    let (kind, role) = id.split_once('.').unwrap_or((id, "0"));
    let heads =
        company.heads / (1.0 + role.parse::<f64>().unwrap_or(0.0)) * if plan == 1 { 1.3 } else { 1.0 };
    let starts = plan == 1 && week <= 13;
    let through = f64::from(week) / f64::from(company.weeks);
    match kind {
        "heads" if starts => 0.7 * heads,
        "heads" => heads,
        "ramped" if plan == 1 && week <= 26 => 0.6 * heads,
        "ramped" => 0.9 * heads,
        "vacancies" if starts => 0.3 * heads,
        "vacancies" => 0.05 * heads,
        "hires" => 0.05 * heads,
        "quota" => f64::from(u8::from(company.quota)) * 100.0,
        "value_won" if plan == 1 && (14..=39).contains(&week) => 57.0,
        "value_won" if plan == 1 && week > 52 => 80.0,
        "value_won" => 70.0,
        "pipeline_value" => 13.0 * 100.0 * 3.1,
        "cash" => {
            let dip = if plan == 1 { 0.7 } else { 0.2 };
            company.cash.unwrap_or(0.0) * (1.0 - 4.0 * dip * through * (1.0 - through))
                + 2e6 * through * through * f64::from(u8::from(company.cash.unwrap_or(0.0) > 0.0))
        }
        other => panic!("no series {other}"),
    }
}
