//! Sales work: who is called, who progresses, who is left waiting (docs/model.md, 4.5).

use super::account::{Opportunity, Place};
use super::market::{Market, cycle};
use super::tally::What;
use gtm_sim::model::scenario::Order;

/// Hours below which a difference is none.
const NOTHING: f64 = 1e-9;

/// Work of one rank in one segment: the accounts that want it, at so many hours each.
struct Want {
    segment: usize,
    accounts: Vec<usize>,
    hours: f64,
}

impl Want {
    fn all(&self) -> f64 {
        self.hours * self.accounts.len() as f64
    }
}

/// How many items of every want are done with these hours.
fn done(wants: &[Want], hours: f64, name: impl Fn(usize) -> String) -> Vec<usize> {
    let all: f64 = wants.iter().map(Want::all).sum();
    if all <= hours + NOTHING {
        return wants.iter().map(|want| want.accounts.len()).collect();
    }
    let mut items: Vec<usize> = Vec::new();
    let mut remainders: Vec<f64> = Vec::new();
    let mut rest = hours;
    for want in wants {
        let given = hours * want.all() / all;
        let k = if want.hours == 0.0 {
            want.accounts.len()
        } else {
            (((given + NOTHING) / want.hours).floor() as usize).min(want.accounts.len())
        };
        items.push(k);
        remainders.push(given - k as f64 * want.hours);
        rest -= k as f64 * want.hours;
    }
    loop {
        let next = (0..wants.len())
            .filter(|i| items[*i] < wants[*i].accounts.len() && wants[*i].hours <= rest + NOTHING)
            .min_by(|a, b| {
                let by_name = || name(wants[*a].segment).cmp(&name(wants[*b].segment));
                remainders[*b].total_cmp(&remainders[*a]).then_with(by_name)
            });
        let Some(i) = next else {
            return items;
        };
        items[i] += 1;
        remainders[i] -= wants[i].hours;
        rest -= wants[i].hours;
    }
}

impl Market<'_> {
    pub fn sell(&mut self, now: usize) {
        let wanted = self.hours_wanted(now);
        self.tally.add(What::HoursWanted, wanted);
        for group in 0..self.groups.len() {
            self.work(group, now);
        }
        let undone = self.undone(now);
        self.die(now);
        let (idle, had) = (self.tally.get(What::HoursIdle), self.tally.get(What::HoursHad));
        if undone {
            self.tally.add(What::CapacityLimits, 1.0);
        } else if idle > 0.1 * had {
            self.tally.add(What::DemandLimits, 1.0);
        }
    }

    /// Hours of everything that could be worked at the beginning of the step.
    fn hours_wanted(&self, now: usize) -> f64 {
        (0..self.crowds.len())
            .map(|s| {
                let (lead, opportunity) = self.today.hours[s];
                let leads = self.crowds[s]
                    .accounts
                    .iter()
                    .filter(|p| matches!(p, Place::Waiting(_)));
                leads.count() as f64 * lead + self.open_untouched(s, now).len() as f64 * opportunity
            })
            .sum()
    }

    /// Opportunities that were neither opened nor progressed this week.
    fn open_untouched(&self, s: usize, now: usize) -> Vec<usize> {
        let accounts = self.crowds[s].accounts.iter().enumerate();
        accounts
            .filter(|(_, place)| matches!(place, Place::Open(deal) if deal.touched < now))
            .map(|(i, _)| i)
            .collect()
    }

    /// Leads by rank: the class, then the week of arrival in the order in which they are called.
    fn ranks(&self, segments: &[usize]) -> Vec<(usize, usize)> {
        let mut ranks = Vec::new();
        for s in segments {
            for place in &self.crowds[*s].accounts {
                if let Place::Waiting(lead) = place {
                    ranks.push((lead.class, lead.arrived));
                }
            }
        }
        ranks.sort_unstable();
        ranks.dedup();
        if self.scenario.work.order == Order::Newest {
            ranks.sort_by_key(|(class, arrived)| (*class, std::cmp::Reverse(*arrived)));
        }
        ranks
    }

    fn work(&mut self, group: usize, now: usize) {
        let (roles, segments) = self.groups[group].clone();
        let new_hours: Vec<f64> = roles
            .iter()
            .map(|r| self.staffed[*r].ramped * self.scenario.roles[*r].selling_hours_per_week)
            .collect();
        let new: f64 = new_hours.iter().sum();
        let all = new + self.carried[group];
        let mut left = all;
        let reserve = self.scenario.work.new_lead_share * all;
        left -= self.call(&segments, reserve, now);
        left -= self.progress(&segments, left, now);
        left -= self.call(&segments, left, now);
        let used = all - left;
        let waits = segments.iter().any(|s| {
            !self.open_untouched(*s, now).is_empty()
                || self.crowds[*s]
                    .accounts
                    .iter()
                    .any(|p| matches!(p, Place::Waiting(_)))
        });
        self.carried[group] = if waits { left } else { 0.0 };
        self.tally.add(What::HoursHad, new);
        self.tally.add(What::HoursUsed, used);
        self.tally.add(What::HoursIdle, if waits { 0.0 } else { left });
        for (r, hours) in roles.iter().zip(&new_hours) {
            self.tally.hours_had[*r] += hours;
            if new > 0.0 {
                self.tally.hours_used[*r] += used * hours / new;
            }
        }
    }

    /// Which of the wants are worked, and the hours that takes.
    fn choose(&mut self, wants: Vec<Want>, hours: f64) -> (Vec<(usize, usize)>, f64) {
        let names = &self.scenario.segments;
        let items = done(&wants, hours, |s| names[s].name.as_str().to_owned());
        let mut chosen = Vec::new();
        let mut used = 0.0;
        for (want, k) in wants.into_iter().zip(items) {
            used += want.hours * k as f64;
            for account in self.dice.some_of(want.accounts, k) {
                chosen.push((want.segment, account));
            }
        }
        (chosen, used)
    }

    /// Calls leads rank by rank; returns the hours used.
    fn call(&mut self, segments: &[usize], hours: f64, now: usize) -> f64 {
        let mut used = 0.0;
        for rank in self.ranks(segments) {
            let mut wants = Vec::new();
            for s in segments {
                let accounts = self.crowds[*s].accounts.iter().enumerate();
                let of_rank = |place: &Place| matches!(place, Place::Waiting(lead) if (lead.class, lead.arrived) == rank);
                let accounts: Vec<usize> = accounts.filter(|(_, p)| of_rank(p)).map(|(i, _)| i).collect();
                if !accounts.is_empty() {
                    wants.push(Want {
                        segment: *s,
                        accounts,
                        hours: self.today.hours[*s].0,
                    });
                }
            }
            let (chosen, hours) = self.choose(wants, hours - used);
            used += hours;
            for (s, account) in chosen {
                self.work_lead(s, account, now);
            }
        }
        used
    }

    fn work_lead(&mut self, s: usize, account: usize, now: usize) {
        let Place::Waiting(lead) = self.crowds[s].accounts[account] else {
            unreachable!("only leads are called");
        };
        let segment = &self.scenario.segments[s];
        let waited = (now - lead.arrived) as f64;
        let qualifies = if lead.fit {
            segment.deals.qualify_fit
        } else {
            segment.deals.qualify_misfit
        };
        let fresh = libm::pow(2.0, -waited / segment.leads.lead_half_life_weeks);
        self.tally.add(What::Worked, 1.0);
        self.tally.add(What::WaitedWeeks, waited);
        self.crowds[s].accounts[account] = if self.dice.chance(qualifies * fresh) {
            self.tally.add(What::Opportunities, 1.0);
            Place::Open(Opportunity {
                referred: lead.class == 0,
                fit: lead.fit,
                left: cycle(self.scenario, s, &mut self.dice),
                touched: now,
            })
        } else {
            self.tally.add(What::Disqualified, 1.0);
            Place::Cooling(now + self.today.segments[s].cool_off)
        };
    }

    /// Progresses opportunities; returns the hours used.
    fn progress(&mut self, segments: &[usize], hours: f64, now: usize) -> f64 {
        let wants = segments
            .iter()
            .map(|s| Want {
                segment: *s,
                accounts: self.open_untouched(*s, now),
                hours: self.today.hours[*s].1,
            })
            .filter(|want| !want.accounts.is_empty())
            .collect();
        let (chosen, used) = self.choose(wants, hours);
        for (s, account) in chosen {
            if let Place::Open(deal) = &mut self.crowds[s].accounts[account] {
                deal.left -= 1;
                deal.touched = now;
            }
        }
        used
    }

    /// Whether leads or opportunities are left undone in any segment.
    fn undone(&self, now: usize) -> bool {
        (0..self.crowds.len()).any(|s| {
            !self.open_untouched(s, now).is_empty()
                || self.crowds[s]
                    .accounts
                    .iter()
                    .any(|p| matches!(p, Place::Waiting(_)))
        })
    }

    fn die(&mut self, now: usize) {
        for (crowd, facts) in self.crowds.iter_mut().zip(&self.today.segments) {
            for place in &mut crowd.accounts {
                if let Place::Waiting(lead) = place
                    && now >= lead.arrived + facts.stop_after
                {
                    *place = Place::Cooling(now + facts.cool_off);
                    self.tally.add(What::Died, 1.0);
                }
            }
        }
    }
}
