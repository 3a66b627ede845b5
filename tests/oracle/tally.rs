//! What a week and a replication add up to.

use gtm_sim::model::scenario::Scenario;

/// Amounts of a week, summed over segments.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum What {
    BecameAware,
    Forgot,
    Inbound,
    Outbound,
    Referred,
    Organic,
    FromAware,
    Assisted,
    SelfServe,
    Worked,
    Died,
    WaitedWeeks,
    Disqualified,
    Opportunities,
    Wins,
    Lost,
    LostMisfit,
    LostNoDecision,
    SelfServeWins,
    Orders,
    CustomersLost,
    WonLost,
    New,
    Renewal,
    Expansion,
    Repeat,
    Bookings,
    Channels,
    Overhead,
    Pay,
    Hiring,
    Severance,
    Commission,
    Unspent,
    /// Pay, hires and severance of roles that do more than cover accounts.
    AcquisitionTeam,
    NewAnnualValue,
    LifetimeValue,
    ValueWonByReps,
    Quota,
    PipelineValue,
    HoursWanted,
    HoursHad,
    HoursUsed,
    /// New hours that were neither used nor carried.
    HoursIdle,
    CapacityLimits,
    DemandLimits,
    Billed,
    /// Number of the others.
    Count,
}

/// Amounts of a channel: leads and money. Of a role: pay, everything paid, hires, hours had, hours used.
#[derive(Clone)]
pub struct Tally {
    all: [f64; What::Count as usize],
    pub leads_of: Vec<f64>,
    pub spend: Vec<f64>,
    pub pay: Vec<f64>,
    pub cost: Vec<f64>,
    pub hires: Vec<f64>,
    pub hours_had: Vec<f64>,
    pub hours_used: Vec<f64>,
}

impl Tally {
    pub fn of(scenario: &Scenario) -> Self {
        let (channels, roles) = (scenario.channels.len(), scenario.roles.len());
        Self {
            all: [0.0; What::Count as usize],
            leads_of: vec![0.0; channels],
            spend: vec![0.0; channels],
            pay: vec![0.0; roles],
            cost: vec![0.0; roles],
            hires: vec![0.0; roles],
            hours_had: vec![0.0; roles],
            hours_used: vec![0.0; roles],
        }
    }

    pub fn get(&self, what: What) -> f64 {
        self.all[what as usize]
    }

    pub fn add(&mut self, what: What, amount: f64) {
        self.all[what as usize] += amount;
    }

    pub fn clear(&mut self) {
        self.all = [0.0; What::Count as usize];
        for list in self.lists() {
            list.fill(0.0);
        }
    }

    fn lists(&mut self) -> [&mut Vec<f64>; 7] {
        [
            &mut self.leads_of,
            &mut self.spend,
            &mut self.pay,
            &mut self.cost,
            &mut self.hires,
            &mut self.hours_had,
            &mut self.hours_used,
        ]
    }

    fn take(&mut self, week: &mut Tally) {
        for (sum, amount) in self.all.iter_mut().zip(&week.all) {
            *sum += amount;
        }
        for (sums, amounts) in self.lists().into_iter().zip(week.lists()) {
            for (sum, amount) in sums.iter_mut().zip(amounts) {
                *sum += *amount;
            }
        }
    }

    pub fn revenue(&self) -> f64 {
        self.get(What::New) + self.get(What::Renewal) + self.get(What::Expansion) + self.get(What::Repeat)
    }

    pub fn spent(&self) -> f64 {
        self.get(What::Channels)
            + self.get(What::Overhead)
            + self.get(What::Pay)
            + self.get(What::Hiring)
            + self.get(What::Severance)
            + self.get(What::Commission)
    }

    /// Cost of winning customers.
    pub fn acquisition(&self) -> f64 {
        self.get(What::Channels)
            + self.get(What::Overhead)
            + self.get(What::Commission)
            + self.get(What::AcquisitionTeam)
    }
}

/// A replication so far; sums stop at the horizon, value at the end of the tail.
pub struct Total {
    pub sums: Tally,
    pub value: f64,
    pub value_of_horizon: f64,
    pub value_at_end: f64,
    pub contribution: f64,
    pub contribution_of_week: f64,
    pub cash: f64,
    pub lowest_cash: f64,
    pub lowest_week: usize,
    pub revenue_by_year: Vec<f64>,
    /// Annual value of today's customers: at the start, after week 52 net, and gross.
    pub retention: [f64; 3],
    pub arr_end: f64,
    pub customers_end: f64,
    pub aware_end: f64,
    pub open_end: f64,
    pub waiting_end: f64,
}

impl Total {
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            sums: Tally::of(scenario),
            value: 0.0,
            value_of_horizon: 0.0,
            value_at_end: 0.0,
            contribution: 0.0,
            contribution_of_week: 0.0,
            cash: 0.0,
            lowest_cash: 0.0,
            lowest_week: 0,
            revenue_by_year: vec![0.0; (scenario.weeks as usize).div_ceil(52)],
            retention: [0.0; 3],
            arr_end: 0.0,
            customers_end: 0.0,
            aware_end: 0.0,
            open_end: 0.0,
            waiting_end: 0.0,
        }
    }

    pub fn take(&mut self, week: &mut Tally) {
        self.sums.take(week);
    }
}
