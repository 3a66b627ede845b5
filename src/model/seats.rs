//! Seats: who sits, who leaves, who arrives, who is cut (docs/model.md, 4.4).

use super::luck::{Address, Luck, Process};
use super::staffing::{RoleLaw, SAME_HEADS, share_of_seat};
use crate::chance::normal;

/// Most seats of a role; scenarios with more are refused.
pub const MOST_SEATS: f64 = 20_000.0;
/// A week that never comes.
const NEVER: u32 = u32::MAX;

/// A numbered seat: filled, or empty until `arrival`.
#[derive(Debug, Clone, Copy)]
struct Seat {
    number: u32,
    /// Its first number, by which its heads are drawn: cuts number seats anew, and plans still share their people.
    first_number: u32,
    /// Hires so far.
    hires: u32,
    filled: bool,
    hired: i64,
    leaves: u32,
    talent: f64,
    arrival: u32,
}

/// The seats of a role and what they amount to this week.
#[derive(Debug, Clone, Default)]
pub struct Team {
    seats: Vec<Seat>,
    /// Target heads.
    pub target: f64,
    /// Filled heads, part-time seats in part.
    pub filled: f64,
    /// Filled heads × ramp.
    pub ramped: f64,
    /// Σ talent × ramped heads.
    pub talent: f64,
    /// The same over today's team.
    pub talent_today: f64,
    /// Ramped heads of today's team as drawn.
    pub ramped_today: f64,
    /// Heads that arrived this week.
    pub arrived: f64,
    /// Heads cut this week.
    pub cut: f64,
    /// Before this week nobody leaves, arrives or ramps: what the team amounts to stays as measured.
    steady_until: u32,
}

fn seats_of(target: f64) -> u32 {
    (target - SAME_HEADS).ceil().clamp(0.0, MOST_SEATS) as u32
}

/// Probability that a typed head is there: whole heads for certain; a fraction in parts of the seat's full-time share
/// under the first plan, so that the heads expected are those typed.
fn typed_presence(number: u32, role: &RoleLaw) -> f64 {
    let fraction = share_of_seat(number, role.heads_today);
    let share = share_of_seat(number, role.first_target);
    if share > 0.0 {
        (fraction / share).min(1.0)
    } else {
        fraction
    }
}

/// First week from `earliest` in which a seat is wanted; without hiring ahead, a seat that is not wanted when
/// recruiting would start waits for the start of a phase.
fn arrival(role: &RoleLaw, targets: &[f64], number: u32, earliest: u32) -> u32 {
    let wanted = |week: u32| {
        targets
            .get(week as usize)
            .is_some_and(|target| number <= seats_of(*target))
    };
    let last = targets.len() as u32;
    if role.hire_ahead {
        return (earliest..last).find(|week| wanted(*week)).unwrap_or(NEVER);
    }
    let now = earliest.saturating_sub(role.hire_weeks).max(1);
    if wanted(now) && wanted(earliest) {
        return earliest;
    }
    (now + 1..last)
        .filter(|week| wanted(*week) && !wanted(week - 1))
        .map(|start| start + role.hire_weeks)
        .find(|week| wanted(*week))
        .unwrap_or(NEVER)
}

/// Geometric number of weeks, at least 1; never with `leave` = 0.
fn stay(leave: f64, uniform: f64) -> u32 {
    if leave <= 0.0 {
        return NEVER;
    }
    let weeks = libm::ceil(libm::log(uniform) / libm::log1p(-leave)).max(1.0);
    if weeks < 1e9 { weeks as u32 } else { NEVER }
}

impl Team {
    /// Today's team in one replication, with the seats that this plan will add.
    pub fn start<L: Luck>(&mut self, role: &RoleLaw, targets: &[f64], luck: &mut L) {
        let most = targets.iter().map(|target| seats_of(*target)).max().unwrap_or(0);
        let today = seats_of(role.heads_today);
        self.seats.clear();
        let mut vacant = 0;
        for number in 1..=most.max(today) {
            let seat = if number > today {
                Seat::empty(number, NEVER)
            } else {
                self.seat_today(role, targets, number, luck)
            };
            vacant += u32::from(role.typed && !seat.filled && number <= seats_of(role.first_target));
            self.seats.push(seat);
        }
        let mut filling = 0;
        for seat in self
            .seats
            .iter_mut()
            .filter(|seat| !seat.filled && seat.arrival == NEVER)
        {
            let earliest = if role.typed && seat.number <= seats_of(role.first_target) {
                filling += 1;
                let spread = (f64::from(filling) - 0.5) * f64::from(role.hire_weeks) / f64::from(vacant);
                (spread.ceil() as u32).max(1)
            } else {
                1 + role.hire_weeks
            };
            seat.arrival = arrival(role, targets, seat.number, earliest);
        }
        self.target = role.heads_today;
        self.measure(role, 0);
        self.talent_today = self.talent;
        self.ramped_today = self.ramped;
    }

    fn seat_today<L: Luck>(&self, role: &RoleLaw, targets: &[f64], number: u32, luck: &mut L) -> Seat {
        let at = |process| Address::new(process, role.key, 0).lane(number);
        let present = if role.typed {
            typed_presence(number, role)
        } else {
            role.filled_share()
        };
        if present < 1.0 && luck.uniform(at(Process::SeatToday)) >= present {
            if role.typed {
                return Seat::empty(number, NEVER);
            }
            let left = 1 + (luck.uniform(at(Process::VacancyToday)) * f64::from(role.hire_weeks)) as u32;
            return Seat::empty(number, arrival(role, targets, number, left));
        }
        let tenure = match role.tenure_weeks.get(number as usize - 1) {
            Some(weeks) => *weeks as i64,
            None if role.leave <= 0.0 => i64::from(u32::MAX),
            None => i64::from(stay(role.leave, luck.uniform(at(Process::TenureToday))) - 1),
        };
        Seat {
            number,
            first_number: number,
            hires: 0,
            filled: true,
            hired: -tenure,
            leaves: if role.leave > 0.0 {
                stay(role.leave, luck.uniform(at(Process::Stay)))
            } else {
                NEVER
            },
            talent: talent(role, at(Process::Talent), luck),
            arrival: NEVER,
        }
    }

    /// One week: leavers, cuts, arrivals; money due in `Staffed`.
    pub(super) fn live<L: Luck>(&mut self, role: &RoleLaw, targets: &[f64], now: u32, luck: &mut L) {
        let target = targets[now as usize];
        if now < self.steady_until && target == self.target {
            (self.cut, self.arrived) = (0.0, 0.0);
            return;
        }
        for seat in &mut self.seats {
            if seat.filled && seat.leaves <= now {
                *seat = seat.vacated(arrival(role, targets, seat.number, now + role.hire_weeks));
            }
        }
        self.cut = 0.0;
        if target < self.target - SAME_HEADS {
            self.cut_to(role, targets, now);
        }
        self.target = target;
        self.arrived = 0.0;
        for position in 0..self.seats.len() {
            let seat = self.seats[position];
            if !seat.filled && seat.arrival == now {
                let hires = seat.hires + 1;
                let at = Address::new(Process::Stay, role.key, 0)
                    .lane(seat.first_number)
                    .ordinal(hires);
                let stays = if role.leave > 0.0 {
                    stay(role.leave, luck.uniform(at))
                } else {
                    NEVER
                };
                self.seats[position] = Seat {
                    hires,
                    filled: true,
                    hired: i64::from(now),
                    leaves: now.saturating_add(stays),
                    talent: talent(
                        role,
                        Address {
                            process: Process::Talent,
                            ..at
                        },
                        luck,
                    ),
                    ..seat
                };
                self.arrived += share_of_seat(seat.number, target);
            }
        }
        self.measure(role, now);
    }

    /// A lower target: vacancies go first, then the shortest tenures; seats are numbered anew by tenure.
    fn cut_to(&mut self, role: &RoleLaw, targets: &[f64], now: u32) {
        let target = targets[now as usize];
        let before = self.filled_at(self.target);
        self.seats.sort_unstable_by_key(|seat| {
            let order = if seat.filled {
                seat.hired
            } else {
                i64::from(seat.arrival)
            };
            (!seat.filled, order, seat.number)
        });
        let kept = seats_of(target);
        for position in 0..self.seats.len() {
            let number = position as u32 + 1;
            let seat = &mut self.seats[position];
            seat.number = number;
            let leaves = seat.filled && number > kept;
            if leaves || !seat.filled {
                // Recruiting for a seat that is cut goes on only for a later phase, and that is hiring ahead.
                let goes_on = number <= kept || role.hire_ahead;
                let recruiting = goes_on && !seat.filled && seat.arrival <= now + role.hire_weeks;
                let earliest = if recruiting {
                    seat.arrival
                } else {
                    now + role.hire_weeks
                };
                *seat = seat.vacated(arrival(role, targets, number, earliest));
            }
        }
        self.cut = (before - self.filled_at(target)).max(0.0);
    }

    fn filled_at(&self, target: f64) -> f64 {
        self.seats
            .iter()
            .filter(|seat| seat.filled)
            .map(|seat| share_of_seat(seat.number, target))
            .sum()
    }

    fn measure(&mut self, role: &RoleLaw, now: u32) {
        (self.filled, self.ramped, self.talent) = (0.0, 0.0, 0.0);
        self.steady_until = NEVER;
        for seat in &self.seats {
            let next = if seat.filled { seat.leaves } else { seat.arrival };
            if next > now {
                self.steady_until = self.steady_until.min(next);
            }
            if !seat.filled {
                continue;
            }
            let share = share_of_seat(seat.number, self.target);
            let ramp = role.ramp((i64::from(now) - seat.hired) as f64);
            if ramp < 1.0 {
                self.steady_until = 0;
            }
            let ramped = share * ramp;
            self.filled += share;
            self.ramped += ramped;
            self.talent += seat.talent * ramped;
        }
    }

    /// Open seats, part-time seats in part.
    pub fn vacant(&self) -> f64 {
        (self.target - self.filled).max(0.0)
    }
}

impl Seat {
    fn empty(number: u32, arrival: u32) -> Self {
        Self {
            number,
            first_number: number,
            hires: 0,
            filled: false,
            hired: 0,
            leaves: NEVER,
            talent: 0.0,
            arrival,
        }
    }

    /// The same seat without its head.
    fn vacated(self, arrival: u32) -> Self {
        Self {
            first_number: self.first_number,
            hires: self.hires,
            ..Self::empty(self.number, arrival)
        }
    }
}

fn talent<L: Luck>(role: &RoleLaw, at: Address, luck: &mut L) -> f64 {
    if role.talent_sd > 0.0 {
        role.talent_sd * normal::quantile(luck.uniform(at))
    } else {
        0.0
    }
}
