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
mod search;
mod space;
mod text;
mod words_beyond;

pub use answer::{Asked, Stopped, optimize};
pub use evaluate::{Evaluator, FRESH, SEARCH};
pub use found::{
    Best, Budgets, CashKept, FORMAT, FrontierPoint, Gain, NearBest, ObjectiveFacts, Optimum, PaysBack,
    Response, ResponsePoint, Shadow, Share, Sides,
};
pub use limits::{Breach, Limit};
pub use search::{Effort, SoFar, search};
pub use space::{Point, Space};
pub use text::{block, sentences, shares};
