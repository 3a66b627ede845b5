//! One account: where it stands.

/// A lead that waits for a rep.
#[derive(Clone, Copy)]
pub struct Lead {
    /// 0 referred, 1 inbound, 2 outbound.
    pub class: usize,
    pub fit: bool,
    pub arrived: usize,
}

/// An open opportunity.
#[derive(Clone, Copy)]
pub struct Opportunity {
    pub referred: bool,
    pub fit: bool,
    /// Worked weeks left.
    pub left: usize,
    /// Week in which it was opened or last progressed: it is not worked again in it.
    pub touched: usize,
}

/// What a customer has signed.
#[derive(Clone, Copy)]
pub struct Contract {
    /// The renewal is at the end of this week.
    pub renews: usize,
    pub first: f64,
    pub value: f64,
    /// One of today's customers.
    pub of_today: bool,
    /// Has renewed within the replication.
    pub renewed: bool,
}

#[derive(Clone, Copy)]
pub enum Place {
    Unaware,
    Aware,
    Waiting(Lead),
    /// A misfit that needs no rep, until closings.
    Misled,
    /// A fit self-serve lead, until its week.
    Deciding(usize),
    Open(Opportunity),
    /// Aware again in this week.
    Cooling(usize),
    /// Bought this week; a customer from the end of the step customers on.
    Won(Contract),
    Customer(Contract),
    Gone,
}
