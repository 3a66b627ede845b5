//! One replication: inputs drawn, company inverted, world drawn, then every plan lived in it.

use super::streams::Addressed;
use crate::model::company::Company;
use crate::model::environment::World;
use crate::model::luck::{Address, Luck, Process, Watch};
use crate::model::market::Market;
use crate::model::scenario::Scenario;
use crate::model::schedule::Schedule;
use crate::model::week::Step;

/// Buffers of a thread: everything that replications are lived in.
#[derive(Debug, Clone)]
pub struct Worker {
    scenario: Scenario,
    plans: Vec<usize>,
    company: Company,
    schedules: Vec<Schedule>,
    world: World,
    market: Market,
}

impl Worker {
    /// A worker for some plans of a scenario.
    pub fn new(scenario: &Scenario, plans: &[usize]) -> Self {
        let company = Company::of(scenario);
        let schedules = plans
            .iter()
            .map(|plan| Schedule::of(scenario, &scenario.plans[*plan], &company))
            .collect();
        Self {
            scenario: scenario.clone(),
            plans: plans.to_vec(),
            company,
            schedules,
            world: World::default(),
            market: Market::default(),
        }
    }

    /// The company of the replication begun last.
    pub fn company(&self) -> &Company {
        &self.company
    }

    /// The schedule of a plan, by its position among the worker's plans.
    pub fn schedule(&self, plan: usize) -> &Schedule {
        &self.schedules[plan]
    }

    /// The market of the plan lived last.
    pub fn market(&self) -> &Market {
        &self.market
    }

    /// Draws what all plans of a replication share: unknown inputs and the world.
    pub fn begin<L: Luck>(&mut self, luck: &mut L) {
        if !self.scenario.unknowns.is_empty() {
            let mut unknowns = std::mem::take(&mut self.scenario.unknowns);
            for unknown in &mut unknowns {
                let u = luck.uniform(Address::new(Process::Input, unknown.key, 0));
                let drawn = unknown.distribution.quantile(u);
                if let Some(to) = (unknown.parameter.at)(&mut self.scenario, unknown.item) {
                    *to = drawn;
                }
            }
            self.scenario.unknowns = unknowns;
            self.company.fill(&self.scenario);
            for (schedule, plan) in self.schedules.iter_mut().zip(&self.plans) {
                schedule.fill(&self.scenario, &self.scenario.plans[*plan], &self.company);
            }
        }
        let weeks = self.scenario.weeks + self.scenario.finance.tail_weeks;
        self.world.draw(&self.scenario, weeks, luck);
    }

    /// Lives a plan, by its position among the worker's plans, from today to the end of the tail.
    pub fn live<L: Luck, W: Watch>(&mut self, plan: usize, luck: &mut L, watch: &mut W) {
        let schedule = &self.schedules[plan];
        self.market
            .start(&self.company, schedule, self.scenario.today.cash, luck);
        watch.start(&self.company, &self.market);
        for now in 1..=schedule.weeks {
            Step {
                now,
                company: &self.company,
                schedule,
                world: &self.world,
                market: &mut self.market,
                luck,
                watch,
            }
            .live();
        }
    }

    /// Begins a numbered replication.
    pub fn begin_numbered(&mut self, seed: u64, replication: u64) -> Addressed {
        let mut luck = Addressed::new(seed, replication);
        self.begin(&mut luck);
        luck
    }
}
