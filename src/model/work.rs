//! Sales work: how the hours of sellers meet leads and opportunities, the coupling (docs/model.md, 4.5).
//!
//! First the hours are spent on counts, group by group; then each worked pool is drawn once.

use super::desk::{Desk, Pile};
use super::leads::{Class, Kind};
use super::luck::{Address, Luck, Next, Note, Process, Watch};
use super::market::Pool;
use super::scenario::Scenario;
use super::sums::Item;
use super::week::Step;

/// Share of idle hours above which a week is limited by demand.
const IDLE_SHARE: f64 = 0.1;

/// Sellers with the same list of segments.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Segments served, in the order of their names.
    pub segments: Vec<usize>,
    /// Roles.
    pub roles: Vec<usize>,
}

/// Groups in the order in which they act: shortest list first, ties by names of segments.
pub fn groups(scenario: &Scenario) -> Vec<Group> {
    let name = |segment: &usize| scenario.segments[*segment].name.as_str();
    let mut groups: Vec<Group> = Vec::new();
    for (position, role) in scenario.roles.iter().enumerate() {
        if role.selling_hours_per_week <= 0.0 {
            continue;
        }
        let mut segments = role.segments.clone();
        segments.sort_by(|a, b| name(a).cmp(name(b)));
        match groups.iter_mut().find(|group| group.segments == segments) {
            Some(group) => group.roles.push(position),
            None => groups.push(Group {
                segments,
                roles: vec![position],
            }),
        }
    }
    groups.sort_by(|a, b| {
        let names = |group: &Group| {
            group
                .segments
                .iter()
                .map(|s| name(s).to_owned())
                .collect::<Vec<_>>()
        };
        a.segments
            .len()
            .cmp(&b.segments.len())
            .then_with(|| names(a).cmp(&names(b)))
    });
    groups
}

impl<L: Luck, W: Watch> Step<'_, L, W> {
    /// Spends the hours of every group, then moves what was worked.
    pub(super) fn work(&mut self) {
        let mut desk = std::mem::take(&mut self.market.desk);
        desk.lay(self.company, &self.market.segments, self.now);
        self.market
            .week
            .add(Item::HoursWanted, desk.hours_wanted(self.company));
        for position in 0..self.company.groups.len() {
            self.work_group(&mut desk, position);
        }
        let mut waits = false;
        for segment in 0..self.company.segments.len() {
            let pile = &desk.piles[segment];
            waits |= pile.waiting > 0 || pile.open > 0;
            let progress = pile.progress;
            self.watch
                .before(self.now, Next::Work(segment), self.company, self.market);
            self.progress(segment, progress);
            self.qualify(segment, &desk.piles[segment]);
            self.bury(segment);
            self.open_qualified(segment);
        }
        self.market.desk = desk;
        let idle = self.market.week.get(Item::HoursIdle);
        if waits {
            self.market.week.add(Item::LimitedByCapacity, 1.0);
        } else if idle > IDLE_SHARE * self.market.week.get(Item::HoursHad) {
            self.market.week.add(Item::LimitedByDemand, 1.0);
        }
    }

    fn work_group(&mut self, desk: &mut Desk, position: usize) {
        let group = &self.company.groups[position];
        let mut had = 0.0;
        for role in &group.roles {
            let hours = self.market.teams[*role].ramped * self.company.roles[*role].selling_hours;
            self.market.week.roles[*role].hours_had += hours;
            had += hours;
        }
        let hours = had + self.market.carried[position];
        let spent = match desk.everything(self.company, group, hours) {
            Some(spent) => spent,
            None => self.ration(desk, group, hours),
        };
        let left = (hours - spent).max(0.0);
        let carries = desk.waits(group);
        self.market.carried[position] = if carries { left } else { 0.0 };
        let week = &mut self.market.week;
        week.add(Item::HoursHad, had);
        week.add(Item::HoursUsed, spent);
        week.add(Item::HoursIdle, if carries { 0.0 } else { left });
        for role in &group.roles {
            let share = if had > 0.0 {
                week.roles[*role].hours_had / had
            } else {
                0.0
            };
            week.roles[*role].hours_used += spent * share;
        }
    }

    /// Short hours: leads up to their share, then opportunities, then leads again; returns the hours spent.
    fn ration(&self, desk: &mut Desk, group: &Group, hours: f64) -> f64 {
        let newest = self.schedule.newest_first;
        let kept = self.schedule.new_lead_share * hours;
        let mut spent = desk.leads(self.company, group, newest, kept);
        spent += desk.opportunities(self.company, group, hours - spent);
        spent + desk.leads(self.company, group, newest, hours - spent)
    }

    /// `n` opportunities, chosen uniformly, have a worked week less to go.
    fn progress(&mut self, segment: usize, n: u64) {
        let key = self.company.segments[segment].key;
        let state = &mut self.market.segments[segment];
        let mut population = state.open_all();
        if n == 0 {
            return;
        }
        if n == population {
            state.rotate();
            self.watch.note(self.now, segment, Note::Progressed);
            for kind in Kind::ALL {
                let done = self.market.segments[segment].open(kind, 0);
                self.close_now(segment, Pool::Open(kind, 0), kind, done);
            }
            return;
        }
        let mut chosen = n;
        for kind in Kind::ALL {
            if self.market.segments[segment].open_by_kind[kind.index()] == 0 {
                continue;
            }
            for remaining in 1..=self.market.segments[segment].longest() {
                let here = self.market.segments[segment].open(kind, remaining);
                if here == 0 {
                    continue;
                }
                let at = Address::new(Process::Progress, key, self.now)
                    .lane(kind.index() as u32)
                    .ordinal(remaining);
                let moved = self.luck.drawn(at, population, here, chosen);
                population -= here;
                chosen -= moved;
                if remaining == 1 {
                    self.close_now(segment, Pool::Open(kind, 1), kind, moved);
                } else {
                    self.shift(
                        segment,
                        Pool::Open(kind, remaining),
                        Pool::Open(kind, remaining - 1),
                        moved,
                    );
                }
            }
        }
    }

    fn close_now(&mut self, segment: usize, from: Pool, kind: Kind, n: u64) {
        self.shift(segment, from, Pool::Closing(kind), n);
        self.market.segments[segment].open_by_kind[kind.index()] -= n;
    }

    /// Worked leads become opportunities or cool off.
    fn qualify(&mut self, segment: usize, pile: &Pile) {
        let law = &self.company.segments[segment];
        let cooled = Pool::Cooling(self.now + law.cool_off);
        for (wait, row) in pile.worked.iter().enumerate() {
            if *row == [0; 3] {
                continue;
            }
            for class in Class::ALL {
                let worked = row[class.index()];
                if worked == 0 {
                    continue;
                }
                let arrival = self.now - wait as u32;
                let (fit, misfit) = self.market.segments[segment].waiting(class, arrival);
                let lane = class.index() as u32;
                let at = Address::new(Process::WorkedFit, law.key, self.now)
                    .lane(lane)
                    .ordinal(wait as u32);
                let of_fit = self.luck.drawn(at, fit + misfit, fit, worked);
                let week = &mut self.market.week;
                week.add(Item::LeadsWorked, worked as f64);
                week.add(Item::WaitedWeeks, worked as f64 * wait as f64);
                for (misfit, n, rate) in [
                    (false, of_fit, law.qualify_fit),
                    (true, worked - of_fit, law.qualify_misfit),
                ] {
                    let at = Address {
                        process: Process::Qualify,
                        ..at
                    }
                    .lane(lane * 2 + u32::from(misfit));
                    let qualified = self.luck.count(at, n, rate * law.decay[wait]);
                    let from = Pool::Lead {
                        class,
                        misfit,
                        arrival,
                    };
                    let kind = Kind::of(class == Class::Referred, misfit);
                    self.shift(segment, from, Pool::Qualified(kind), qualified);
                    self.shift(segment, from, cooled, n - qualified);
                    self.market.week.add(Item::Opportunities, qualified as f64);
                    self.market.week.add(Item::Disqualified, (n - qualified) as f64);
                }
            }
        }
    }

    /// Leads whose last week this was die.
    fn bury(&mut self, segment: usize) {
        let law = &self.company.segments[segment];
        let Some(arrival) = self.now.checked_sub(law.stop_after) else {
            return;
        };
        self.watch
            .before(self.now, Next::Dying(segment), self.company, self.market);
        for class in Class::ALL {
            let (fit, misfit) = self.market.segments[segment].waiting(class, arrival);
            if fit + misfit == 0 {
                continue;
            }
            for (misfit, n) in [(false, fit), (true, misfit)] {
                let from = Pool::Lead {
                    class,
                    misfit,
                    arrival,
                };
                self.shift(segment, from, Pool::Cooling(self.now + law.cool_off), n);
                self.market.week.add(Item::LeadsDied, n as f64);
            }
        }
    }

    /// New opportunities get the length of their cycle; they progress from next week.
    fn open_qualified(&mut self, segment: usize) {
        let company = self.company;
        let law = &company.segments[segment];
        for kind in Kind::ALL {
            let from = Pool::Qualified(kind);
            let n = *self.market.segments[segment].slot(from);
            if n == 0 {
                continue;
            }
            self.market.segments[segment].open_by_kind[kind.index()] += n;
            let at = Address::new(Process::Cycle, law.key, self.now).lane(kind.index() as u32);
            if !law.large {
                for opportunity in 0..n {
                    let u = self.luck.uniform(at.ordinal(opportunity as u32));
                    self.shift(segment, from, Pool::Open(kind, law.cycle.quantile(u)), 1);
                }
                continue;
            }
            let mut left = n;
            for weeks in 1..=law.cycle.longest() {
                if left == 0 {
                    break;
                }
                let beyond = law.cycle.at_least(weeks + 1).max(0.0);
                let here = law.cycle.at_least(weeks);
                let share = if weeks == law.cycle.longest() {
                    1.0
                } else {
                    1.0 - beyond / here
                };
                let now = self.luck.count(at.ordinal(weeks), left, share);
                self.shift(segment, from, Pool::Open(kind, weeks), now);
                left -= now;
            }
        }
    }
}
