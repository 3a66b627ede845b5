//! What happens to an account, one row each: the events of a journey.

use crate::model::company::Company;
use crate::model::market::Market;
use crate::model::sources::Source;

/// An event of an account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// Position of the segment.
    pub segment: usize,
    /// Number of the account within the segment, from 1; `None`: money of deals won before week 1.
    pub account: Option<u32>,
    /// The week.
    pub week: u32,
    /// What happened.
    pub kind: Kind,
    /// Who or what reached the account, or who worked it.
    pub by: Option<Source>,
    /// Weeks since the account's last event, orders and revenue left out; `None` for the first.
    pub wait: Option<u32>,
    /// Money.
    pub value: Option<f64>,
}

/// Hears the events of a replication as they happen.
pub trait Hear {
    /// A replication begins, from today's market.
    fn start(&mut self, _company: &Company, _market: &Market) {}

    /// Something happened.
    fn event(&mut self, event: &Event);

    /// Whether orders are wanted; without them a market of many customers is heard faster. All other labels stay as
    /// they are.
    fn hears_money(&self) -> bool {
        true
    }
}

impl<F: FnMut(&Event)> Hear for F {
    fn event(&mut self, event: &Event) {
        self(event);
    }
}

macro_rules! kinds {
    ($($kind:ident $key:literal $about:literal;)*) => {
        /// Kinds of events.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind { $(#[doc = $about] $kind),* }

        impl Kind {
            /// All, in the order of a journey.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// Name in the log.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$kind => $key),* }
            }

            /// What it means.
            pub const fn about(self) -> &'static str {
                match self { $(Self::$kind => $about),* }
            }
        }
    };
}

kinds! {
    Aware "aware" "Heard of us.";
    Forgot "forgot" "Forgot us.";
    Lead "lead" "Became a lead that needs a rep.";
    SelfServeLead "self_serve_lead" "Became a lead that decides by itself.";
    SelfServeMisfit "self_serve_misfit" "Saw by itself that it does not fit.";
    NotBought "not_bought" "Decided by itself, and did not buy.";
    Worked "worked" "A rep worked the lead.";
    Misfit "misfit" "The rep saw that it does not fit.";
    Disqualified "disqualified" "It fits, but nothing came of the talk.";
    Expired "expired" "Nobody called the lead in time.";
    Opportunity "opportunity" "The rep found it worth pursuing.";
    Won "won" "A rep won the deal; value: of the deal, a year's for subscriptions and orders.";
    SelfServeWon "self_serve_won" "Bought without a rep; value as for won.";
    Lost "lost" "The deal was lost to somebody else.";
    NoDecision "no_decision" "The deal was lost to nobody.";
    LostMisfit "lost_misfit" "The deal was lost because the account does not fit.";
    CooledOff "cooled_off" "Can become a lead again.";
    Renewed "renewed" "Renewed the contract; value: a year's from now on, growth included.";
    Expanded "expanded" "What growth at the renewal added to a year's value, or took off.";
    Order "order" "Ordered; value: of the order, revenue of the week.";
    Revenue "revenue" "Revenue recognised since the term began (or the log, or the deal); value: money.";
    Churned "churned" "Left, and may come back; value: a year's, of subscriptions.";
    Gone "gone" "Left for good; value: a year's, of subscriptions.";
    Returned "returned" "A customer who had left can become a lead again.";
}

impl Kind {
    /// Whether it is money of a customer rather than a step of the journey: waits do not count from it.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Order | Self::Revenue | Self::Expanded)
    }

    /// Whether its value is revenue of the horizon.
    pub const fn is_revenue(self) -> bool {
        matches!(self, Self::Order | Self::Revenue)
    }

    /// Whether somebody or something of ours reached the account.
    pub const fn is_touch(self) -> bool {
        matches!(
            self,
            Self::Aware | Self::Lead | Self::SelfServeLead | Self::Worked
        )
    }
}
