//! Follows every account from its first touch to its purchase, and credits the touches.

use super::lengths::Lengths;
use super::paths::{NOWHERE, Paths, Step};
use crate::engine::trace::event::{Event, Hear, Kind};
use crate::model::company::Company;
use crate::model::market::Market;
use crate::model::scenario::Scenario;
use crate::model::sources::{self, Source};
use std::collections::BTreeMap;

/// Steps of a path at most; repetitions are one.
const LONGEST_PATH: usize = 6;
/// Place of nobody, and of a touch before week 1, among the sources.
const NOBODY: u16 = 0;
const BEFORE: u16 = 1;
/// Place of the first source.
const FIRST: u16 = 2;

/// An account on its way.
#[derive(Debug, Clone, Copy, Default)]
struct Person {
    first: u32,
    lead: u32,
    opened: u32,
    path: u32,
    touches: u32,
    first_source: u16,
    last_source: u16,
    steps: u16,
    /// Was a customer before: what was known of it then does not count.
    again: bool,
}

/// Wins of a replication and their value, by source.
#[derive(Debug, Clone, Default)]
pub(super) struct Credits {
    pub(super) wins: f64,
    pub(super) value: f64,
    pub(super) wins_before: f64,
    pub(super) value_before: f64,
    /// Wins and value by first touch.
    pub(super) first: Vec<[f64; 2]>,
    /// Wins and value by last touch.
    pub(super) last: Vec<[f64; 2]>,
    /// Leads that nobody called in time.
    pub(super) never: f64,
    /// Wins by path.
    pub(super) paths: BTreeMap<u32, u32>,
}

/// All journeys of a sample.
#[derive(Debug)]
pub(super) struct Collector {
    pub(super) sources: Vec<Source>,
    people: Vec<Vec<Person>>,
    /// Accounts that know us at the start and are no customers, by segment: from, to.
    known: Vec<(u32, u32)>,
    /// What made them aware, by segment: source and share.
    today: Vec<Vec<(usize, f64)>>,
    pub(super) credits: Vec<Credits>,
    pub(super) paths: Paths,
    /// Weeks from the first touch to the lead.
    pub(super) to_lead: Lengths,
    /// Weeks from the lead to the purchase.
    pub(super) from_lead: Lengths,
    /// Weeks from the opportunity to the purchase.
    pub(super) cycle: Lengths,
    /// Weeks from the first touch to the purchase.
    pub(super) whole: Lengths,
    /// Touches from the first to the purchase.
    pub(super) touches: Lengths,
    /// Weeks from the lead to the call.
    pub(super) response: Lengths,
}

impl Collector {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let channels = (0..scenario.channels.len()).map(Source::Channel);
        let roles = (0..scenario.roles.len()).map(Source::Role);
        let others = [Source::Organic, Source::WordOfMouth, Source::Referral];
        Self {
            sources: channels.chain(roles).chain(others).collect(),
            people: Vec::new(),
            known: Vec::new(),
            today: Vec::new(),
            credits: Vec::new(),
            paths: Paths::new(),
            to_lead: Lengths::default(),
            from_lead: Lengths::default(),
            cycle: Lengths::default(),
            whole: Lengths::default(),
            touches: Lengths::default(),
            response: Lengths::default(),
        }
    }

    fn place(&self, source: Source) -> usize {
        let found = self.sources.iter().position(|own| *own == source);
        found.unwrap_or(self.sources.len() - 1)
    }

    /// Something reaches an account.
    fn touch(&mut self, event: &Event, person: &mut Person) {
        person.touches += 1;
        let Some(source) = event.by else {
            return;
        };
        let place = self.place(source) as u16 + FIRST;
        if person.first_source == NOBODY {
            (person.first_source, person.first) = (place, event.week);
        }
        if event.kind != Kind::Aware {
            (person.last_source, person.lead) = (place, event.week);
        }
        self.step(person, Step::By(source));
    }

    fn step(&mut self, person: &mut Person, step: Step) {
        let is_repeated = self.paths.last(person.path) == Some(step);
        if !is_repeated && usize::from(person.steps) < LONGEST_PATH {
            person.path = self.paths.then(person.path, step);
            person.steps += 1;
        }
    }

    fn win(&mut self, event: &Event, person: Person) {
        let value = event.value.unwrap_or(0.0);
        let ending = if event.kind == Kind::Won {
            Step::Won
        } else {
            Step::Alone
        };
        let path = self.paths.then(person.path, ending);
        let today = &self.today[event.segment];
        let Some(credits) = self.credits.last_mut() else {
            return;
        };
        credits.wins += 1.0;
        credits.value += value;
        let Some(last) = person.last_source.checked_sub(FIRST) else {
            credits.wins_before += 1.0;
            credits.value_before += value;
            return;
        };
        let credit = |to: &mut [f64; 2], share: f64| {
            to[0] += share;
            to[1] += share * value;
        };
        credit(&mut credits.last[usize::from(last)], 1.0);
        match person.first_source.checked_sub(FIRST) {
            Some(first) => credit(&mut credits.first[usize::from(first)], 1.0),
            None => {
                for (place, share) in today {
                    credit(&mut credits.first[*place], *share);
                }
            }
        }
        *credits.paths.entry(path).or_default() += 1;
        self.from_lead.add(event.week - person.lead);
        if event.kind == Kind::Won {
            self.cycle.add(event.week - person.opened);
        }
        if person.first_source != BEFORE {
            self.to_lead.add(person.lead - person.first);
            self.whole.add(event.week - person.first);
            self.touches.add(person.touches);
        }
    }
}

impl Hear for Collector {
    fn start(&mut self, company: &Company, market: &Market) {
        self.people.resize_with(company.segments.len(), Vec::new);
        self.known.clear();
        self.today.clear();
        let mut parts = Vec::new();
        for (segment, (law, state)) in company.segments.iter().zip(&market.segments).enumerate() {
            let people = &mut self.people[segment];
            people.clear();
            people.resize(law.accounts as usize, Person::default());
            let known = (state.customers, law.accounts - state.unaware);
            self.known.push((known.0 as u32, known.1 as u32));
            sources::of_awareness_today(company, segment, &mut parts);
            let all: f64 = parts.iter().map(|part| part.1).sum();
            let shares = parts.iter().filter(|part| part.1 > 0.0);
            self.today.push(
                shares
                    .map(|(source, part)| (self.place(*source), part / all))
                    .collect(),
            );
        }
        let none = vec![[0.0; 2]; self.sources.len()];
        self.credits.push(Credits {
            first: none.clone(),
            last: none,
            ..Credits::default()
        });
        for lengths in [
            &mut self.to_lead,
            &mut self.from_lead,
            &mut self.cycle,
            &mut self.whole,
            &mut self.touches,
            &mut self.response,
        ] {
            lengths.begin();
        }
    }

    fn event(&mut self, event: &Event) {
        let Some(number) = event.account.map(|account| account - 1) else {
            return;
        };
        let (segment, at) = (event.segment, number as usize);
        let mut person = self.people[segment][at];
        let (from, to) = self.known[segment];
        if person.first_source == NOBODY && !person.again && (from..to).contains(&number) {
            person.first_source = BEFORE;
            person.path = self.paths.then(NOWHERE, Step::Before);
        }
        match event.kind {
            Kind::Aware | Kind::Lead | Kind::SelfServeLead => self.touch(event, &mut person),
            Kind::Worked => {
                person.touches += 1;
                self.response.add(event.week - person.lead);
            }
            Kind::Expired => {
                if let Some(credits) = self.credits.last_mut() {
                    credits.never += 1.0;
                }
            }
            Kind::Opportunity => person.opened = event.week,
            Kind::Won | Kind::SelfServeWon => {
                self.win(event, person);
                person = Person {
                    again: true,
                    ..Person::default()
                };
            }
            _ => {}
        }
        self.people[segment][at] = person;
    }

    fn hears_money(&self) -> bool {
        false
    }
}
