//! What `check` finds without simulating: assumed, inverted, believed, held against actuals, settled, plausible.

mod actuals;
mod assumed;
mod beliefs;
mod elasticity;
mod findings;
mod inverted;
mod plans;
mod plausible;
mod published;
mod text;

pub use beliefs::beliefs;
pub use findings::{
    Actual, Assumed, AssumedDefault, Belief, Beliefs, ChannelFacts, Check, CheckDocument, Inverted,
    MovedDraws, PhaseOf, PlanState, Plausible, Published, RoleHeads, SegmentFacts, Side, SteadyPlans,
    SteadyStart, Told, Verdict, check,
};
pub use text::{MANY_TIMES, contradictions, parts_of};
