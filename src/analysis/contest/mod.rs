//! Contests: many plans in the same futures, what of their order is sure, and what choosing each of them risks.
//!
//! `candidates` makes plans of splits, `joined` puts the plans of several scenarios side by side, `race` says after
//! every look at the futures which plans may still be the best, `facts` gathers what may be said, `text` says it.

pub mod candidates;
pub mod facts;
pub mod joined;
pub mod multiple;
pub mod race;
pub mod regret;
mod text;
