//! What is counted every week and summed over the horizon (docs/model.md, 4.9).

macro_rules! items {
    ($($(#[$doc:meta])* $item:ident),* $(,)?) => {
        /// What is counted every week over all segments.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Item { $($(#[$doc])* $item),* }

        /// How many items there are.
        pub const ITEMS: usize = [$(Item::$item),*].len();
    };
}

items! {
    /// Accounts that became aware.
    BecameAware,
    /// Aware accounts that forgot us.
    Forgot,
    /// Leads that raised a hand.
    LeadsInbound,
    /// Leads that reps touched.
    LeadsOutbound,
    /// Leads that customers sent.
    LeadsReferred,
    /// Expected share of inbound leads that no channel made.
    LeadsOrganic,
    /// Leads that were aware before.
    LeadsFromAware,
    /// Leads that need a rep.
    LeadsAssisted,
    /// Leads that decide by themselves.
    LeadsSelfServe,
    /// Leads that a rep worked.
    LeadsWorked,
    /// Weeks that worked leads had waited.
    WaitedWeeks,
    /// Leads that died unworked.
    LeadsDied,
    /// Worked leads that did not qualify.
    Disqualified,
    /// Leads that became opportunities.
    Opportunities,
    /// Opportunities won.
    Wins,
    /// Opportunities lost.
    Lost,
    /// Of these, misfits.
    LostMisfit,
    /// Of these, expected no-decisions.
    LostNoDecision,
    /// Self-serve buyers won.
    SelfServeWins,
    /// Customers who left.
    CustomersLost,
    /// Of these, won within the horizon; the expected part where customers have no contracts.
    WonLost,
    /// Orders of customers.
    Orders,
    /// Hours that leads and opportunities wanted.
    HoursWanted,
    /// Hours that sellers had.
    HoursHad,
    /// Hours worked.
    HoursUsed,
    /// Hours idle.
    HoursIdle,
    /// 1 in a week limited by capacity.
    LimitedByCapacity,
    /// 1 in a week limited by demand.
    LimitedByDemand,
    /// Quota of the week of filled heads.
    Quota,
    /// Annual value of open opportunities at the end of the week.
    PipelineValue,
    /// Value of contracts signed and orders taken.
    Bookings,
    /// Annual value of the deals that reps won.
    ValueWonByReps,
    /// Annual value of the customers won.
    NewAnnualValue,
    /// Margin that the customers won bring over their life at today's churn.
    LifetimeValue,
    /// Revenue of customers won, first contract or one-off.
    RevenueNew,
    /// Revenue of renewed contracts and today's customers at their first value.
    RevenueRenewal,
    /// Revenue that growth at renewals added.
    RevenueExpansion,
    /// Revenue of orders.
    RevenueRepeat,
    /// Money for media.
    ChannelMoney,
    /// Money for marketing people and tools.
    Overhead,
    /// Pay of heads.
    Payroll,
    /// Cost of hires.
    Hiring,
    /// Severance.
    Severance,
    /// Pay, hires and severance of roles that win customers.
    AcquisitionPay,
    /// Commission.
    Commission,
    /// Budget that could not be spent.
    Unspent,
    /// Money received.
    CashIn,
    /// Money paid.
    CashOut,
}

/// Of one channel in a week or a horizon.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ChannelSum {
    /// Expected leads.
    pub leads: f64,
    /// Money for media.
    pub money: f64,
}

/// Of one role in a week or a horizon.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct RoleSum {
    /// Pay, hires, severance.
    pub money: f64,
    /// Pay of filled seats.
    pub pay: f64,
    /// Heads hired.
    pub hires: f64,
    /// Selling hours had.
    pub hours_had: f64,
    /// Selling hours worked.
    pub hours_used: f64,
}

/// Sums over a week or a horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Sums {
    items: [f64; ITEMS],
    /// Per channel.
    pub channels: Vec<ChannelSum>,
    /// Per role.
    pub roles: Vec<RoleSum>,
}

impl Default for Sums {
    fn default() -> Self {
        Self {
            items: [0.0; ITEMS],
            channels: Vec::new(),
            roles: Vec::new(),
        }
    }
}

impl Sums {
    /// Adds to an item.
    #[inline]
    pub fn add(&mut self, item: Item, amount: f64) {
        self.items[item as usize] += amount;
    }

    /// An item.
    #[inline]
    pub fn get(&self, item: Item) -> f64 {
        self.items[item as usize]
    }

    /// Revenue of every origin.
    pub fn revenue(&self) -> f64 {
        self.get(Item::RevenueNew)
            + self.get(Item::RevenueRenewal)
            + self.get(Item::RevenueExpansion)
            + self.get(Item::RevenueRepeat)
    }

    /// Money spent on marketing and sales.
    pub fn spent(&self) -> f64 {
        self.get(Item::ChannelMoney)
            + self.get(Item::Overhead)
            + self.get(Item::Payroll)
            + self.get(Item::Hiring)
            + self.get(Item::Severance)
            + self.get(Item::Commission)
    }

    pub(super) fn clear(&mut self, channels: usize, roles: usize) {
        self.items = [0.0; ITEMS];
        self.channels.clear();
        self.channels.resize(channels, ChannelSum::default());
        self.roles.clear();
        self.roles.resize(roles, RoleSum::default());
    }

    pub(super) fn add_all(&mut self, week: &Self) {
        for (sum, amount) in self.items.iter_mut().zip(&week.items) {
            *sum += amount;
        }
        for (sum, week) in self.channels.iter_mut().zip(&week.channels) {
            sum.leads += week.leads;
            sum.money += week.money;
        }
        for (sum, week) in self.roles.iter_mut().zip(&week.roles) {
            sum.money += week.money;
            sum.pay += week.pay;
            sum.hires += week.hires;
            sum.hours_had += week.hours_had;
            sum.hours_used += week.hours_used;
        }
    }
}
