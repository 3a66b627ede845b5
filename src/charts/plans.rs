//! The plans as all charts show them: which, in which colour, under which name.

use super::style::PLANS;
use super::text::missing_letter;
use crate::analysis::findings::{Findings, PlanFindings};
use crate::analysis::gap::Gap;
use crate::units::format::{Style, percent};

/// Behind the label of a baseline that has earned the accent.
const BASELINE: &str = " (baseline)";

/// A plan in a chart.
#[derive(Debug, Clone)]
pub struct Shown<'a> {
    /// What came out of it.
    pub plan: &'a PlanFindings,
    /// Its colour: 0 baseline, 1 recommended, 2 to 7 the others.
    pub colour: usize,
    /// Its name as labelled.
    pub name: String,
}

impl Shown<'_> {
    /// Mean of a measure.
    pub fn mean(&self, measure: &str) -> Option<f64> {
        self.plan.measure(measure)?.mean
    }

    /// Its name in a sentence, where nobody asks which plan is the baseline.
    pub fn plain_name(&self) -> &str {
        self.name.strip_suffix(BASELINE).unwrap_or(&self.name)
    }
}

/// The plans of all charts in the order of the file, eight at most, and what is to be said of their names.
pub fn shown(findings: &Findings) -> (Vec<Shown<'_>>, Vec<String>) {
    let recommended = recommended(findings);
    let mut next = 2;
    let mut warnings = Vec::new();
    let mut plans = Vec::new();
    for index in chosen(findings) {
        let plan = &findings.plans[index];
        let is_recommended = recommended == Some(plan.name.as_str());
        let colour = if is_recommended {
            1
        } else if index == 0 {
            0
        } else {
            next += 1;
            if next > PLANS { 1 } else { next - 1 }
        };
        let mut name = tidy(&plan.label, &plan.name);
        if let Some(letter) = missing_letter(&name) {
            let stand_in = format!("Plan {}", index + 1);
            warnings.push(format!(
                "charts say \u{201c}{stand_in}\u{201d} for \u{201c}{name}\u{201d}: their typeface has no \u{201c}{letter}\u{201d}"
            ));
            name = stand_in;
        }
        if is_recommended && index == 0 {
            name.push_str(BASELINE);
        }
        plans.push(Shown { plan, colour, name });
    }
    (plans, warnings)
}

/// The plans of a chart that has room for a few: the baseline, then the recommended plan, then the best of the others.
pub fn best(findings: &Findings, most: usize) -> (Vec<Shown<'_>>, Vec<String>) {
    let (mut plans, warnings) = shown(findings);
    let recommended = recommended(findings);
    let rank = |plan: &Shown<'_>| {
        let is_recommended = recommended == Some(plan.plan.name.as_str());
        (is_recommended, merit(findings, plan.plan))
    };
    if let Some((_, others)) = plans.split_first_mut() {
        others.sort_by(|one, other| {
            let ((is_one, worth), (is_other, more)) = (rank(one), rank(other));
            is_other.cmp(&is_one).then(more.total_cmp(&worth))
        });
    }
    plans.truncate(most);
    (plans, warnings)
}

/// The plan that is clearly best, if any.
pub fn recommended(findings: &Findings) -> Option<&str> {
    findings.comparison.as_ref()?.recommended.as_deref()
}

/// The plan to hold against the baseline: the recommended one, else the best other one by the objective.
pub fn rival<'a, 'b>(findings: &Findings, plans: &'b [Shown<'a>]) -> Option<&'b Shown<'a>> {
    let baseline = &findings.plans.first()?.name;
    let others = || plans.iter().filter(|plan| plan.plan.name != *baseline);
    let recommended = recommended(findings);
    others()
        .find(|plan| recommended == Some(plan.plan.name.as_str()))
        .or_else(|| {
            others().max_by(|one, other| merit(findings, one.plan).total_cmp(&merit(findings, other.plan)))
        })
}

/// The plans in the order of panels: baseline, recommended, then as in the file.
pub fn by_panel<'a>(findings: &Findings, mut plans: Vec<Shown<'a>>) -> Vec<Shown<'a>> {
    let recommended = recommended(findings);
    let is_recommended = |plan: &Shown<'a>| recommended == Some(plan.plan.name.as_str());
    if let Some(from) = plans.iter().position(is_recommended).filter(|from| *from > 1) {
        plans[1..=from].rotate_right(1);
    }
    plans
}

/// The gap between two plans, whichever is ahead, by the objective.
pub fn gap<'a>(findings: &'a Findings, one: &str, other: &str) -> Option<Gap<'a>> {
    let comparison = findings.comparison.as_ref()?;
    let position = |name: &str| findings.plans.iter().position(|plan| plan.name == name);
    Gap::between(findings, comparison, position(one)?, position(other)?)
}

/// A split: `40 % marketing`, or phase by phase `45→20 % marketing`.
pub fn split(plan: &PlanFindings) -> String {
    let unit = percent(0.0, Style::Axis).trim_start_matches('0').to_owned();
    let mut shares: Vec<String> = plan
        .phases
        .iter()
        .map(|phase| {
            percent(phase.marketing_share, Style::Axis)
                .trim_end_matches(&unit)
                .to_owned()
        })
        .collect();
    shares.dedup();
    let shares = match shares.as_slice() {
        [] => percent(plan.marketing_share, Style::Axis)
            .trim_end_matches(&unit)
            .to_owned(),
        [first, _, .., _, last] => format!("{first}\u{2192}\u{2026}\u{2192}{last}"),
        few => few.join("\u{2192}"),
    };
    format!("{shares}{unit} marketing")
}

/// Indices in the order of the file: all up to eight; else baseline, recommended and the best others.
fn chosen(findings: &Findings) -> Vec<usize> {
    let mut order: Vec<usize> = (0..findings.plans.len()).collect();
    if order.len() <= PLANS {
        return order;
    }
    let merit = |index: usize| merit(findings, &findings.plans[index]);
    let recommended = recommended(findings);
    let is_fixed = |index: usize| index == 0 || recommended == Some(findings.plans[index].name.as_str());
    order.sort_by(|one, other| {
        is_fixed(*other)
            .cmp(&is_fixed(*one))
            .then(merit(*other).total_cmp(&merit(*one)))
    });
    order.truncate(PLANS);
    order.sort_unstable();
    order
}

/// The mean of the objective, higher for better plans.
fn merit(findings: &Findings, plan: &PlanFindings) -> f64 {
    let objective = findings.scenario.objective.as_str();
    let is_less = findings
        .measure(objective)
        .is_some_and(|measure| measure.better == "less");
    match plan.measure(objective).and_then(|summary| summary.mean) {
        Some(mean) if is_less => -mean,
        Some(mean) => mean,
        None => f64::NEG_INFINITY,
    }
}

/// A label on one line; the key where there is none.
fn tidy(label: &str, key: &str) -> String {
    let words: Vec<&str> = label
        .split(char::is_control)
        .flat_map(str::split_ascii_whitespace)
        .collect();
    if words.is_empty() {
        key.to_owned()
    } else {
        words.join(" ")
    }
}
