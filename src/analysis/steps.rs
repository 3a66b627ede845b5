//! Next steps: what a little more, and a little less, of everything brings to a plan, per unit of money, in the
//! same futures.
//!
//! Every step is a plan of its own, the plan it starts from with a `Change`, appended to the plans of the scenario,
//! so that today stays what it is. `run` measures them from the baseline; a search can from any plan.

use super::findings::{Next, NextStep, Uncertain};
use crate::model::company::Company;
use crate::model::scenario::{Change, Plan, Scenario};
use crate::model::schedule::Schedule;
use crate::outcome::estimate::{self, Estimate, Influence};
use crate::outcome::goal::{Goal, Statistic};
use crate::outcome::outcomes::{Outcomes, Reading, Rule};
use crate::units::time::WEEKS_PER_YEAR;
use std::collections::BTreeMap;

/// A step of a channel or a side, as a share of its money.
pub(super) const SHARE: f64 = 0.05;

/// Futures at least and at most.
const FUTURES: (u64, u64) = (200, 1000);

/// Measures from which everything spent is taken off already.
const NET: [&str; 5] = [
    "value",
    "value_horizon",
    "contribution",
    "cash_end",
    "cash_lowest",
];

/// Futures in which steps are measured beside a run of `lived` futures: an eighth, 200 to 1,000; `None` where a run
/// is too short to tell anything.
pub fn futures(lived: u64) -> Option<u64> {
    let (least, most) = FUTURES;
    (lived >= least).then(|| (lived / 8).clamp(least, most))
}

/// Which part of a plan a step changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Marketing,
    Sales,
    Channel(usize),
    Role(usize),
}

/// A step as a plan.
#[derive(Debug, Clone)]
struct Try {
    part: Part,
    more: bool,
    /// Money a year that the step adds or saves, above 0.
    money: f64,
}

/// The steps from a plan, ready to be lived.
#[derive(Debug, Clone)]
pub struct Steps {
    /// The scenario with a plan for every step behind its own.
    pub scenario: Scenario,
    /// Positions of those plans.
    pub plans: Vec<usize>,
    from: String,
    tries: Vec<Try>,
}

impl Steps {
    /// Every step from the plan at `position`: 5 % of each side and channel, a head of each role, up and down; left
    /// out: steps that change no money, and the step down of a role without a whole head in every week.
    pub fn from(scenario: &Scenario, position: usize) -> Option<Self> {
        let plan = scenario.plans.get(position)?;
        let company = Company::of(scenario);
        let money = |plan: &Plan| yearly_money(&Schedule::of(scenario, plan, &company));
        let base = money(plan);
        let mut steps = Self {
            scenario: scenario.clone(),
            plans: Vec::new(),
            from: plan.name.as_str().to_owned(),
            tries: Vec::new(),
        };
        for part in parts(scenario) {
            let mut up = 0.0;
            for more in [true, false] {
                let changed = Plan {
                    change: Some(part.change(more)),
                    ..plan.clone()
                };
                let sign = if more { 1.0 } else { -1.0 };
                let money = sign * (money(&changed) - base);
                // Less than a whole head throughout is another step than the one up.
                let whole = more || money > 0.999 * up;
                if money > 1e-9 * base && whole {
                    up = money;
                    steps.plans.push(steps.scenario.plans.len());
                    steps.scenario.plans.push(changed);
                    steps.tries.push(Try { part, more, money });
                }
            }
        }
        Some(steps)
    }

    /// What the steps bring by a measure; `None` where it is undefined.
    ///
    /// `base` are the outcomes of the plan that the steps start from, at `position`, over at least the futures of
    /// `lived`, which are those of the steps in the order of `plans`.
    pub fn next(&self, base: &Outcomes, position: usize, lived: &Outcomes, measure: &str) -> Option<Next> {
        let reading = lived.reading(measure)?;
        let base = influence_of_first(base, reading, position, lived.replications)?;
        let own = |step| estimate::influence(lived, reading, step);
        Some(self.gains(measure, &base, lived.replications, NET.contains(&measure), &own))
    }

    /// What the steps bring by the statistic of a goal, whose measure is an amount; else as `next`.
    pub fn next_by(&self, base: &Outcomes, position: usize, lived: &Outcomes, goal: Goal) -> Option<Next> {
        let measure = goal.measure.id;
        let reading = lived.reading(measure)?;
        let mut values = estimate::values(base, reading, position);
        values.truncate(lived.replications);
        let base = goal.statistic.influence(&values)?;
        let own = |step| goal.statistic.influence(&estimate::values(lived, reading, step));
        let is_money = !matches!(goal.statistic, Statistic::Reaches(_));
        let net = is_money && NET.contains(&measure);
        Some(self.gains(measure, &base, lived.replications, net, &own))
    }

    /// The gain of every step, whose statistic `own` gives by its position, over `base`.
    fn gains(
        &self,
        measure: &str,
        base: &Influence,
        replications: usize,
        net: bool,
        own: &dyn Fn(usize) -> Option<Influence>,
    ) -> Next {
        let mut next = Next {
            plan: self.from.clone(),
            measure: measure.to_owned(),
            replications: replications as u64,
            net,
            sides: BTreeMap::new(),
            channels: BTreeMap::new(),
            roles: BTreeMap::new(),
        };
        let years = f64::from(self.scenario.weeks) / WEEKS_PER_YEAR;
        for (index, step) in self.tries.iter().enumerate() {
            let Some(gain) = own(index).and_then(|own| own.minus(base)) else {
                continue;
            };
            let per_money = Estimate::new(
                gain.value / (step.money * years),
                gain.error / (step.money * years),
            );
            self.enter(&mut next, step, per_money);
        }
        next
    }

    fn enter(&self, next: &mut Next, step: &Try, gain: Estimate) {
        let scenario = &self.scenario;
        let (entries, name, label) = match step.part {
            Part::Marketing => (&mut next.sides, "marketing", "Marketing"),
            Part::Sales => (&mut next.sides, "sales", "Sales"),
            Part::Channel(c) => {
                let channel = &scenario.channels[c];
                (&mut next.channels, channel.name.as_str(), channel.label.as_str())
            }
            Part::Role(r) => {
                let role = &scenario.roles[r];
                (&mut next.roles, role.name.as_str(), role.label.as_str())
            }
        };
        let gain = Uncertain::from(gain);
        if step.more {
            let step = NextStep {
                label: label.to_owned(),
                value: gain.value,
                error: gain.error,
                step: step.money,
                less: None,
            };
            entries.insert(name.to_owned(), step);
        } else if let Some(entry) = entries.get_mut(name) {
            entry.less = Some(gain);
        }
    }
}

impl Part {
    fn change(self, more: bool) -> Change {
        let factor = if more { 1.0 + SHARE } else { 1.0 - SHARE };
        match self {
            Self::Marketing => Change::Marketing(factor),
            Self::Sales => Change::Sales(factor),
            Self::Channel(channel) => Change::Channel(channel, factor),
            Self::Role(role) => Change::Heads(role, if more { 1.0 } else { -1.0 }),
        }
    }
}

fn parts(scenario: &Scenario) -> impl Iterator<Item = Part> {
    let sides = [
        (Part::Marketing, scenario.channels.is_empty()),
        (Part::Sales, scenario.roles.is_empty()),
    ];
    let sides = sides
        .into_iter()
        .filter(|(_, absent)| !absent)
        .map(|(part, _)| part);
    let channels = (0..scenario.channels.len()).map(Part::Channel);
    sides
        .chain(channels)
        .chain((0..scenario.roles.len()).map(Part::Role))
}

/// Budget of a plan, money a year over the horizon.
fn yearly_money(schedule: &Schedule) -> f64 {
    let weeks = schedule.horizon as usize;
    let channels = schedule.spend.len() / (schedule.weeks as usize + 1);
    let spend: f64 = schedule.spend[channels..channels * (weeks + 1)].iter().sum();
    let rest = schedule.overhead[1..=weeks]
        .iter()
        .chain(&schedule.sales_money[1..=weeks]);
    (spend + rest.sum::<f64>()) * WEEKS_PER_YEAR / weeks as f64
}

/// The statistic of a plan over the first `count` replications.
fn influence_of_first(
    outcomes: &Outcomes,
    reading: &Reading,
    plan: usize,
    count: usize,
) -> Option<Influence> {
    let column = |column| outcomes.column(plan, column).take(count).collect::<Vec<f64>>();
    match reading.rule {
        Rule::Amount(of) => Influence::of_mean(&column(of)),
        Rule::Ratio { of, per } => Influence::of_ratio(&column(of), &column(per)),
    }
}
