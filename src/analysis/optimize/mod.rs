//! Searches for the best plan under limits, and says how sure that is (docs/optimize.md).

mod amounts;
mod answer;
mod beyond;
mod binds;
mod design;
mod evaluate;
mod found;
mod limits;
mod profile;
mod robust;
mod search;
mod space;
mod text;
mod words_beyond;
mod words_robust;

pub use answer::{Asked, Stopped, optimize};
pub use evaluate::{Evaluator, FRESH, SEARCH};
pub use found::{
    Best, Budgets, CashKept, FORMAT, FrontierPoint, Gain, NearBest, ObjectiveFacts, Optimum, PaysBack,
    Response, ResponsePoint, Shadow, Share, Sides,
};
pub use limits::{Breach, Limit};
pub use robust::{AskedOfSeveral, CaseFacts, Choice, Robust, robust};
pub use search::{Effort, SoFar, search};
pub use space::{Point, Space};
pub use text::{block, sentences, shares};
pub use words_robust::sentences_of_several;
