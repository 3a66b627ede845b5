//! The seats of a role: docs/model.md, 3 (today's team) and 4.4.

use super::dice::Dice;
use super::facts::{RoleFacts, ramp, tenures};
use gtm_sim::model::scenario::{Role, Scenario};

/// Who fills a seat.
#[derive(Clone, Copy)]
pub struct Head {
    /// Week of hire; negative for today's.
    hired: i64,
    /// Gone from this week on.
    leaves: i64,
    talent: f64,
}

#[derive(Clone, Copy)]
enum Seat {
    Filled(Head),
    /// The week in which the next head arrives, if that is settled.
    Vacant(Option<usize>),
}

/// What a week brought.
#[derive(Clone, Copy, Default)]
pub struct Staffed {
    /// Filled heads, full time.
    pub filled: f64,
    pub ramped: f64,
    pub wanted: f64,
    pub hires: f64,
    /// Full-time heads that were cut.
    pub cut: f64,
}

pub struct Team {
    seats: Vec<Seat>,
    /// Targets by week; week 0 is today's.
    targets: Vec<f64>,
    phase_starts: Vec<usize>,
    leaves: f64,
    hire: usize,
    ramp_weeks: f64,
    hire_ahead: bool,
    talent_sd: f64,
}

/// Full-time share of a seat, numbered from 1.
fn share_of(target: f64, number: usize) -> f64 {
    (target - number as f64 + 1.0).clamp(0.0, 1.0)
}

fn seats_for(target: f64) -> usize {
    (target - 1e-9).ceil().max(0.0) as usize
}

impl Team {
    pub fn start(
        scenario: &Scenario,
        r: usize,
        facts: &RoleFacts,
        targets: &[f64],
        starts: &[usize],
        dice: &mut Dice,
    ) -> Self {
        let role = &scenario.roles[r];
        let mut targets = targets.to_vec();
        targets[0] = facts.heads;
        let mut team = Self {
            seats: Vec::new(),
            targets,
            phase_starts: starts.to_vec(),
            leaves: facts.leaves,
            hire: facts.hire,
            ramp_weeks: role.ramp_weeks,
            hire_ahead: role.hire_ahead,
            talent_sd: role.talent_sd,
        };
        if facts.typed {
            team.start_typed(facts, &tenures(&scenario.today.tenure_weeks[r]), dice);
        } else {
            team.start_steady(facts, dice);
        }
        team.open_further_seats();
        team
    }

    fn start_typed(&mut self, facts: &RoleFacts, tenures: &[f64], dice: &mut Dice) {
        let heads = facts.heads;
        let wanted = seats_for(facts.first_target);
        for number in 1..=seats_for(heads) {
            let part = share_of(heads, number);
            let at_target = share_of(facts.first_target, number);
            let there = if part >= 1.0 {
                true
            } else if at_target > 0.0 {
                dice.chance((part / at_target).min(1.0))
            } else {
                dice.chance(part)
            };
            let seat = if there {
                Seat::Filled(self.holder(tenures.get(number - 1).copied(), dice))
            } else {
                Seat::Vacant(None)
            };
            self.seats.push(seat);
        }
        while self.seats.len() < wanted {
            self.seats.push(Seat::Vacant(None));
        }
        // Vacancies up to the first plan's first target are being filled already, evenly over the weeks to hire.
        let vacant: Vec<usize> = (0..wanted)
            .filter(|i| matches!(self.seats[*i], Seat::Vacant(_)))
            .collect();
        let n = vacant.len() as f64;
        for (i, seat) in vacant.into_iter().enumerate() {
            let week = ((i as f64 + 0.5) * self.hire as f64 / n - 1e-9).ceil().max(1.0) as usize;
            self.seats[seat] = Seat::Vacant(self.if_wanted(seat + 1, week));
        }
    }

    fn start_steady(&mut self, facts: &RoleFacts, dice: &mut Dice) {
        for number in 1..=seats_for(facts.first_target) {
            let seat = if dice.chance(facts.filled_share) {
                Seat::Filled(self.holder(None, dice))
            } else {
                let week = 1 + dice.below(self.hire);
                Seat::Vacant(self.if_wanted(number, week))
            };
            self.seats.push(seat);
        }
    }

    /// A head of today.
    fn holder(&self, tenure: Option<f64>, dice: &mut Dice) -> Head {
        let weeks = match tenure {
            Some(weeks) => weeks as i64,
            None if self.leaves == 0.0 => i64::from(u32::MAX),
            None => i64::from(dice.geometric(self.leaves)) - 1,
        };
        Head {
            hired: -weeks,
            leaves: self.stay(dice),
            talent: self.talent_sd * dice.normal(),
        }
    }

    fn stay(&self, dice: &mut Dice) -> i64 {
        if self.leaves == 0.0 {
            i64::MAX / 2
        } else {
            i64::from(dice.geometric(self.leaves))
        }
    }

    /// Seats beyond today's team: those that the first phase wants, and those that a later one adds.
    fn open_further_seats(&mut self) {
        let most = self.targets.iter().copied().fold(0.0, f64::max);
        for i in 0..seats_for(most) {
            if i >= self.seats.len() {
                self.seats.push(Seat::Vacant(None));
            }
            if let Seat::Vacant(None) = self.seats[i] {
                self.seats[i] = Seat::Vacant(if self.wants(i + 1, 1) {
                    self.if_wanted(i + 1, 1 + self.hire)
                } else {
                    self.added_later(i + 1, 1)
                });
            }
        }
    }

    fn wants(&self, number: usize, week: usize) -> bool {
        week < self.targets.len() && number <= seats_for(self.targets[week])
    }

    /// The first week of a phase from `from` on that wants the seat.
    fn phase_that_wants(&self, number: usize, from: usize) -> Option<usize> {
        self.phase_starts
            .iter()
            .copied()
            .find(|start| *start >= from && self.wants(number, *start))
    }

    /// Arrival of a seat that is not wanted in week `from`, but perhaps later.
    fn added_later(&self, number: usize, from: usize) -> Option<usize> {
        let phase = self.phase_that_wants(number, from)?;
        if self.hire_ahead {
            self.if_wanted(number, phase.max(1 + self.hire))
        } else {
            self.if_wanted(number, phase + self.hire)
        }
    }

    /// Arrival in a week that recruiting leads to, where the seat is wanted then.
    fn if_wanted(&self, number: usize, week: usize) -> Option<usize> {
        if self.wants(number, week) {
            return Some(week);
        }
        if self.hire_ahead {
            return (week..self.targets.len()).find(|week| self.wants(number, *week));
        }
        None
    }

    /// Arrival at a seat that falls vacant in week `now`.
    fn successor(&self, number: usize, now: usize) -> Option<usize> {
        if self.hire_ahead || self.wants(number, now) {
            self.if_wanted(number, now + self.hire)
        } else {
            self.added_later(number, now)
        }
    }

    /// Leavers, cuts, arrivals.
    pub fn live(&mut self, now: usize, dice: &mut Dice) -> Staffed {
        let mut week = Staffed::default();
        for i in 0..self.seats.len() {
            if let Seat::Filled(head) = self.seats[i]
                && head.leaves <= now as i64
            {
                self.seats[i] = Seat::Vacant(self.successor(i + 1, now));
            }
        }
        let (before, target) = (self.targets[now - 1], self.targets[now]);
        if target < before - 1e-12 {
            let had = self.filled(before);
            self.cut(now);
            week.cut = (had - self.filled(target)).max(0.0);
        }
        for i in 0..self.seats.len() {
            if let Seat::Vacant(Some(arrival)) = self.seats[i]
                && arrival == now
            {
                let head = Head {
                    hired: now as i64,
                    leaves: (now as i64).saturating_add(self.stay(dice)),
                    talent: self.talent_sd * dice.normal(),
                };
                self.seats[i] = Seat::Filled(head);
                week.hires += share_of(target, i + 1);
            }
        }
        week.filled = self.filled(target);
        week.ramped = self.weights(now).iter().map(|(ramped, _)| ramped).sum();
        week.wanted = target;
        week
    }

    fn filled(&self, target: f64) -> f64 {
        (0..self.seats.len())
            .filter(|i| matches!(self.seats[*i], Seat::Filled(_)))
            .map(|i| share_of(target, i + 1))
            .sum()
    }

    /// Ramped full-time share and talent of everyone there in a week; week 0 is today.
    pub fn weights(&self, now: usize) -> Vec<(f64, f64)> {
        let mut weights = Vec::new();
        for (i, seat) in self.seats.iter().enumerate() {
            if let Seat::Filled(head) = seat {
                let ramped = ramp((now as i64 - head.hired) as f64, self.ramp_weeks);
                weights.push((share_of(self.targets[now], i + 1) * ramped, head.talent));
            }
        }
        weights
    }

    fn cut(&mut self, now: usize) {
        let mut filled: Vec<Head> = Vec::new();
        let mut vacant: Vec<Option<usize>> = Vec::new();
        for seat in &self.seats {
            match seat {
                Seat::Filled(head) => filled.push(*head),
                Seat::Vacant(arrival) => vacant.push(*arrival),
            }
        }
        filled.sort_by_key(|head| head.hired);
        vacant.sort_by_key(|arrival| arrival.unwrap_or(usize::MAX));
        let seats = self.seats.len();
        let kept = seats_for(self.targets[now]);
        self.seats.clear();
        for head in filled {
            self.seats.push(Seat::Filled(head));
        }
        for arrival in vacant {
            self.seats.push(Seat::Vacant(arrival));
        }
        for i in 0..seats {
            let number = i + 1;
            let seat = self.seats[i];
            if matches!(seat, Seat::Filled(_)) && number <= kept {
                continue;
            }
            // Recruiting that runs ends when it would have; other seats start now.
            let begun = match seat {
                Seat::Vacant(arrival) => arrival.filter(|week| *week <= now + self.hire),
                Seat::Filled(_) => None,
            };
            self.seats[i] = Seat::Vacant(if number <= kept || self.hire_ahead {
                self.if_wanted(number, begun.unwrap_or(now + self.hire))
            } else {
                self.added_later(number, now)
            });
        }
    }
}

/// Money of a head a week.
pub fn weekly_pay(role: &Role) -> f64 {
    role.loaded_cost_per_year / 52.0
}

/// Severance of a full-time head.
pub fn severance(role: &Role) -> f64 {
    role.severance_weeks * weekly_pay(role)
}
