//! The desk: how the hours of a group of sellers are spent on counts (docs/model.md, 4.5).

use super::company::Company;
use super::leads::Class;
use super::market::SegmentState;
use super::segment_law::SegmentLaw;
use super::work::Group;

/// Hours below this are rounding.
const NO_HOURS: f64 = 1e-9;

/// What lies on the desk of a segment: counts still to be worked, and worked this week.
#[derive(Debug, Clone, Default)]
pub(super) struct Pile {
    /// Waiting leads by weeks waited and class.
    leads: Vec<[u64; 3]>,
    /// Worked ones, laid out alike.
    pub(super) worked: Vec<[u64; 3]>,
    /// Waiting leads by class.
    by_class: [u64; 3],
    pub(super) waiting: u64,
    pub(super) open: u64,
    pub(super) progress: u64,
}

/// Scratch of the week's work.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    pub(super) piles: Vec<Pile>,
    /// (segment, items, hours of an item, items done, remainder) of a tie.
    tie: Vec<Share>,
}

#[derive(Debug, Clone, Copy)]
struct Share {
    segment: usize,
    wanted: u64,
    hours: f64,
    done: u64,
    rest: f64,
}

impl Share {
    fn of(segment: usize, wanted: u64, hours: f64) -> Self {
        Self {
            segment,
            wanted,
            hours,
            done: 0,
            rest: 0.0,
        }
    }
}

/// Spends hours on a tie: in proportion to the hours wanted, whole items; what the floors leave goes item by
/// item to the largest remainder, ties in the order given. Returns the hours spent.
fn split_hours(tie: &mut [Share], hours: f64) -> f64 {
    let wanted: f64 = tie.iter().map(|share| share.wanted as f64 * share.hours).sum();
    if wanted <= hours + NO_HOURS {
        for share in tie.iter_mut() {
            share.done = share.wanted;
        }
        return wanted.min(hours);
    }
    let mut left = hours;
    for share in tie.iter_mut() {
        if share.hours <= 0.0 {
            share.done = share.wanted;
            continue;
        }
        let own = hours * (share.wanted as f64 * share.hours) / wanted;
        share.done = (((own + NO_HOURS) / share.hours).floor() as u64).min(share.wanted);
        share.rest = own - share.done as f64 * share.hours;
        left -= share.done as f64 * share.hours;
    }
    loop {
        let mut best: Option<usize> = None;
        for (position, share) in tie.iter().enumerate() {
            let affordable = share.done < share.wanted && share.hours <= left + NO_HOURS;
            if affordable && best.is_none_or(|best| share.rest > tie[best].rest) {
                best = Some(position);
            }
        }
        let Some(best) = best else {
            return (hours - left).max(0.0);
        };
        tie[best].done += 1;
        tie[best].rest -= tie[best].hours;
        left -= tie[best].hours;
    }
}

impl Desk {
    pub(super) fn lay(&mut self, company: &Company, market: &[SegmentState], now: u32) {
        self.piles.resize_with(company.segments.len(), Pile::default);
        for ((pile, law), state) in self.piles.iter_mut().zip(&company.segments).zip(market) {
            pile.lay(law, state, now);
        }
    }

    /// Works everything of a group's segments if `hours` suffice; returns the hours spent.
    pub(super) fn everything(&mut self, company: &Company, group: &Group, hours: f64) -> Option<f64> {
        let wanted: f64 = group
            .segments
            .iter()
            .map(|s| self.piles[*s].hours(&company.segments[*s]))
            .sum();
        if wanted > hours {
            return None;
        }
        for s in &group.segments {
            self.piles[*s].finish();
        }
        Some(wanted)
    }

    /// Works leads of a group's segments for at most `hours`; returns the hours spent.
    pub(super) fn leads(&mut self, company: &Company, group: &Group, newest_first: bool, hours: f64) -> f64 {
        if group.segments.iter().all(|s| self.piles[*s].waiting == 0) {
            return 0.0;
        }
        let mut spent = 0.0;
        let waits = group
            .segments
            .iter()
            .map(|s| self.piles[*s].leads.len())
            .max()
            .unwrap_or(0);
        for class in 0..Class::ALL.len() {
            if group.segments.iter().all(|s| self.piles[*s].by_class[class] == 0) {
                continue;
            }
            for step in 0..waits {
                let wait = if newest_first { step } else { waits - 1 - step };
                self.tie.clear();
                for s in &group.segments {
                    let wanted = self.piles[*s].leads.get(wait).map_or(0, |row| row[class]);
                    if wanted > 0 {
                        let hours = company.segments[*s].hours_lead;
                        self.tie.push(Share::of(*s, wanted, hours));
                    }
                }
                if self.tie.is_empty() {
                    continue;
                }
                spent += split_hours(&mut self.tie, hours - spent);
                for share in &self.tie {
                    let pile = &mut self.piles[share.segment];
                    pile.leads[wait][class] -= share.done;
                    pile.worked[wait][class] += share.done;
                    pile.by_class[class] -= share.done;
                    pile.waiting -= share.done;
                }
            }
        }
        spent
    }

    /// Progresses opportunities of a group's segments for at most `hours`; returns the hours spent.
    pub(super) fn opportunities(&mut self, company: &Company, group: &Group, hours: f64) -> f64 {
        self.tie.clear();
        for s in &group.segments {
            let wanted = self.piles[*s].open;
            if wanted > 0 {
                let hours = company.segments[*s].hours_opportunity;
                self.tie.push(Share::of(*s, wanted, hours));
            }
        }
        let spent = split_hours(&mut self.tie, hours);
        for share in &self.tie {
            let pile = &mut self.piles[share.segment];
            pile.open -= share.done;
            pile.progress += share.done;
        }
        spent
    }

    pub(super) fn waits(&self, group: &Group) -> bool {
        group
            .segments
            .iter()
            .any(|s| self.piles[*s].waiting > 0 || self.piles[*s].open > 0)
    }

    pub(super) fn hours_wanted(&self, company: &Company) -> f64 {
        self.piles
            .iter()
            .zip(&company.segments)
            .map(|(pile, law)| pile.hours(law))
            .sum()
    }
}

impl Pile {
    /// Hours that everything on the pile wants.
    fn hours(&self, law: &SegmentLaw) -> f64 {
        self.waiting as f64 * law.hours_lead + self.open as f64 * law.hours_opportunity
    }

    /// Works all that is left.
    fn finish(&mut self) {
        if self.waiting > 0 {
            for (worked, left) in self.worked.iter_mut().zip(&mut self.leads) {
                for (worked, left) in worked.iter_mut().zip(left) {
                    *worked += std::mem::take(left);
                }
            }
            self.by_class = [0; 3];
            self.waiting = 0;
        }
        self.progress += std::mem::take(&mut self.open);
    }

    fn lay(&mut self, law: &SegmentLaw, state: &SegmentState, now: u32) {
        let waits = (law.stop_after.min(now.saturating_sub(1)) + 1) as usize;
        self.worked.clear();
        self.worked.resize(waits, [0; 3]);
        self.leads.clear();
        self.by_class = [0; 3];
        for row in state.waiting_rows(now).take(waits) {
            let row = [row[0] + row[1], row[2] + row[3], row[4] + row[5]];
            for (sum, n) in self.by_class.iter_mut().zip(row) {
                *sum += n;
            }
            self.leads.push(row);
        }
        self.waiting = self.by_class.iter().sum();
        self.open = state.open_all();
        self.progress = 0;
    }
}
