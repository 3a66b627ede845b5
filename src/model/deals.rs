//! Deals: the sales cycle, who wins, what a deal is worth (docs/model.md, 4.6).

use super::leads::Kind;
use super::luck::{Address, Luck, Process, Watch};
use super::market::Pool;
use super::segment::{Cycle, CycleFamily, DealValue};
use super::segment_law::SegmentLaw;
use super::sums::Item;
use super::week::Step;
use crate::chance::{gamma, log_normal, normal};

/// Probability beyond which a cycle is cut.
const CYCLE_TAIL: f64 = 1e-9;
/// Parts of the guide table of the cycle's quantile (Chen & Asau 1974: a search from the right place); so many that
/// most hold no step, and the search ends where it starts.
const GUIDES: usize = 512;
/// Longest cycle in worked weeks.
const LONGEST_CYCLE: u32 = 520;

/// Log-odds that mean certainty: e^(−700) is no probability that a run can see, and sums stay finite.
const CERTAIN: f64 = 700.0;

/// ln(p/(1 − p)); ±700 at 1 and 0.
pub fn logit(p: f64) -> f64 {
    (libm::log(p) - libm::log1p(-p)).clamp(-CERTAIN, CERTAIN)
}

/// 1/(1 + e^(−x)); exactly 0 where it is below e^(−350).
pub fn logistic(x: f64) -> f64 {
    if x < -CERTAIN / 2.0 {
        0.0
    } else {
        1.0 / (1.0 + libm::exp(-x))
    }
}

/// Log-odds that a kind of opportunity adds: the bonus of a referral, the penalty of a misfit.
pub fn kind_log_odds(segment: &SegmentLaw, kind: Kind) -> f64 {
    let bonus = if kind.is_referred() {
        segment.referral_bonus
    } else {
        0.0
    };
    if kind.is_misfit() {
        bonus - segment.misfit_penalty
    } else {
        bonus
    }
}

/// Probability that a fit self-serve lead buys, with `appeal` log-odds above today's.
pub fn conversion(segment: &SegmentLaw, appeal: f64, availability: f64) -> f64 {
    let available = match segment.availability {
        Some(_) if segment.availability_today > 0.0 => availability / segment.availability_today,
        _ => 1.0,
    };
    (logistic(segment.conversion_logit + appeal) * available).min(1.0)
}

/// Distribution of the worked weeks T = ⌈cycle⌉, at least 1, cut where less than 1e-9 lies beyond.
#[derive(Debug, Clone, Default)]
pub struct CycleTable {
    at_most: Vec<f64>,
    /// First T to look at for u in each of `GUIDES` equal parts.
    guide: Vec<u32>,
    mean: f64,
    of: Option<Cycle>,
}

impl CycleTable {
    /// The table of a cycle; nothing is done if it is the same as before.
    pub fn fill(&mut self, cycle: Cycle) {
        if self.of == Some(cycle) {
            return;
        }
        self.of = Some(cycle);
        self.at_most.clear();
        let mut weeks = 0;
        loop {
            weeks += 1;
            let p = probability_within(cycle, f64::from(weeks));
            if p >= 1.0 - CYCLE_TAIL || weeks >= LONGEST_CYCLE {
                self.at_most.push(1.0);
                break;
            }
            self.at_most.push(p);
        }
        self.guide.clear();
        let mut first = 0;
        for part in 0..GUIDES {
            while self.at_most[first] < part as f64 / GUIDES as f64 {
                first += 1;
            }
            self.guide.push(first as u32);
        }
        self.mean = (1..=weeks).map(|week| self.at_least(week)).sum();
    }

    /// E\[T\] = Σ P(T ≥ j).
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Longest T.
    pub fn longest(&self) -> u32 {
        self.at_most.len() as u32
    }

    /// P(T ≥ weeks), weeks from 1.
    pub fn at_least(&self, weeks: u32) -> f64 {
        if weeks <= 1 {
            1.0
        } else {
            1.0 - self.at_most[weeks as usize - 2]
        }
    }

    /// Smallest T with P(T at most that) ≥ u.
    #[inline]
    pub fn quantile(&self, u: f64) -> u32 {
        let mut week = self.guide[((u * GUIDES as f64) as usize).min(GUIDES - 1)] as usize;
        while self.at_most[week] < u {
            week += 1;
        }
        week as u32 + 1
    }
}

fn probability_within(cycle: Cycle, weeks: f64) -> f64 {
    if cycle.cv <= 0.0 {
        return if weeks >= cycle.mean_weeks { 1.0 } else { 0.0 };
    }
    match cycle.family {
        CycleFamily::Gamma => {
            let shape = 1.0 / (cycle.cv * cycle.cv);
            gamma::cdf(shape, weeks / (cycle.mean_weeks * cycle.cv * cycle.cv))
        }
        CycleFamily::LogNormal => {
            let variance = libm::log1p(cycle.cv * cycle.cv);
            let center = libm::log(cycle.mean_weeks) - variance / 2.0;
            normal::cdf((libm::log(weeks) - center) / variance.sqrt())
        }
    }
}

/// Mean, standard deviation and skewness of the value of one deal.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Skewness.
    pub skewness: f64,
}

impl DealValue {
    /// The value below which a share `u` of deals lies.
    pub fn quantile(&self, u: f64) -> f64 {
        match *self {
            Self::LogNormal { median, sigma } => log_normal::quantile(median, sigma, u),
            Self::Gamma { mean, cv } if cv > 0.0 => gamma::quantile(1.0 / (cv * cv), u) * mean * cv * cv,
            Self::Gamma { mean, .. } => mean,
            Self::Fixed(value) => value,
        }
    }

    /// Moments of one deal.
    pub fn moments(&self) -> Moments {
        match *self {
            Self::LogNormal { median, sigma } => {
                let growth = libm::exp(sigma * sigma);
                let mean = median * growth.sqrt();
                let cv = (growth - 1.0).sqrt();
                Moments {
                    mean,
                    sd: mean * cv,
                    skewness: (growth + 2.0) * cv,
                }
            }
            Self::Gamma { mean, cv } => Moments {
                mean,
                sd: mean * cv,
                skewness: 2.0 * cv,
            },
            Self::Fixed(value) => Moments {
                mean: value,
                sd: 0.0,
                skewness: 0.0,
            },
        }
    }
}

impl Moments {
    /// Sum of n deals by one uniform, matched in mean, variance and skewness:
    /// nμ + σ√n (G − k)/√k, G ~ Gamma(k), k = 4n/γ².
    pub fn sum(&self, n: u64, u: f64) -> f64 {
        let n = n as f64;
        if self.sd <= 0.0 || self.skewness <= 0.0 {
            return n * self.mean;
        }
        let k = 4.0 * n / (self.skewness * self.skewness);
        n * self.mean + self.sd * n.sqrt() * (gamma::quantile(k, u) - k) / k.sqrt()
    }
}

impl<L: Luck, W: Watch> Step<'_, L, W> {
    /// Opportunities at the end of their cycle are won or lost; self-serve buyers decide.
    pub(super) fn close(&mut self) {
        self.market.closed = 0;
        let appeal = self.win_appeal() + self.world.win_log_odds[self.now as usize];
        for segment in 0..self.company.segments.len() {
            self.close_opportunities(segment, appeal);
            self.close_self_serve(segment, appeal);
        }
    }

    fn close_opportunities(&mut self, segment: usize, appeal: f64) {
        let law = &self.company.segments[segment];
        let cooled = Pool::Cooling(self.now + law.cool_off);
        let mut talent = None;
        for kind in Kind::ALL {
            let n = *self.market.segments[segment].slot(Pool::Closing(kind));
            if n == 0 {
                continue;
            }
            let talent = match talent {
                Some(talent) => talent,
                None => *talent.insert(self.talent(segment)),
            };
            let odds = law.win_logit + appeal + talent + kind_log_odds(law, kind);
            let at = Address::new(Process::Win, law.key, self.now).lane(kind.index() as u32);
            let won = self.luck.count(at, n, logistic(odds));
            self.shift(segment, Pool::Closing(kind), Pool::Won, won);
            self.shift(segment, Pool::Closing(kind), cooled, n - won);
            let market = &mut *self.market;
            market.closed += n;
            market.segments[segment].book.won_by_reps += won;
            market.week.add(Item::Wins, won as f64);
            market.week.add(Item::Lost, (n - won) as f64);
            if kind.is_misfit() {
                market.week.add(Item::LostMisfit, (n - won) as f64);
            } else {
                market
                    .week
                    .add(Item::LostNoDecision, (n - won) as f64 * law.no_decision_share);
            }
        }
    }

    fn close_self_serve(&mut self, segment: usize, appeal: f64) {
        let law = &self.company.segments[segment];
        let cooled = Pool::Cooling(self.now + law.cool_off);
        let misfits = *self.market.segments[segment].slot(Pool::SelfServeMisfit);
        self.shift(segment, Pool::SelfServeMisfit, cooled, misfits);
        let deciding = Pool::Buying(self.now);
        let n = *self.market.segments[segment].slot(deciding);
        if n == 0 {
            return;
        }
        let p = conversion(law, appeal, self.market.segments[segment].availability);
        let at = Address::new(Process::SelfServe, law.key, self.now);
        let won = self.luck.count(at, n, p);
        self.shift(segment, deciding, Pool::Won, won);
        self.shift(segment, deciding, cooled, n - won);
        self.market.week.add(Item::SelfServeWins, won as f64);
    }
}
