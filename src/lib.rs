//! gtm-sim: a Monte Carlo simulator of go-to-market plans. One budget, two engines: how much should go to marketing,
//! how much to sales, how sure is that, and what limits us?
//!
//! The command `gtm-sim` is made of this library. A scenario file becomes a [`scenario_file::Document`]; the engine
//! lives its plans in many futures and returns numbers ([`outcome::outcomes::Outcomes`]); the analysis turns these
//! into [`analysis::findings::Findings`], from which tables, files and charts are made.
//!
//! ```
//! use gtm_sim::analysis::compare::{self, Asked};
//! use gtm_sim::engine::simulate::{self as engine, Control, Run};
//! use gtm_sim::scenario_file;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let text = std::fs::read_to_string("scenarios/minimal.toml")?;
//! // Every mistake is gathered: `render` shows them as the command does.
//! let read = scenario_file::read(&text, "minimal.toml").map_err(|report| report.render(false))?;
//! let document = read.value;
//!
//! let plans: Vec<usize> = (0..document.scenario.plans.len()).collect();
//! let run = Run {
//!     plans: plans.clone(),
//!     seed: document.seed,
//!     replications: 0..200,
//!     threads: 0, // one per core; results do not depend on it
//!     weekly_replications: 200,
//! };
//! let lived = engine::simulate(&document.scenario, &run, &Control::default())?;
//!
//! let asked = Asked {
//!     scenario: &document.scenario,
//!     plans: &plans,
//!     aim: &document.aim,
//!     file: "minimal.toml",
//!     sha256: &document.sha256,
//!     settings: &[],
//!     seed: document.seed,
//! };
//! let findings = compare::findings(&asked, &lived, engine::weekly(&lived.weekly, 0));
//! for plan in &findings.plans {
//!     let value = plan.measure("value").and_then(|summary| summary.estimate());
//!     let value = value.ok_or("value is defined in every future")?;
//!     println!("{}: {:.0} ± {:.0}", plan.label, value.value, value.error);
//! }
//! assert_eq!(findings.scenario.replications, 200);
//! # Ok(())
//! # }
//! ```
//!
//! From here `report::json::results(&findings)` is `results.json`, and `charts::CHARTS` draws. A [`model::scenario::Scenario`]
//! can also be built without a file. Which module may know which stands in `docs/architecture.md`, the law that is simulated
//! in `docs/model.md`.
//!
//! # Features
//!
//! `charts` (SVG and PNG) and `cli` (the command) are on by default; without them the library computes and writes numbers.
pub mod analysis;
pub mod chance;
#[cfg(feature = "charts")]
pub mod charts;
#[cfg(feature = "cli")]
pub mod cli;
pub mod engine;
pub mod model;
pub mod outcome;
pub mod report;
pub mod scenario_file;
pub mod units;
