//! The journey: how many accounts a future brings to every stage, and where they fall out (docs/model.md, 3).
//!
//! Read from the means of measures; self-serve buyers who still decide count as `did_not_buy`, customers are those won
//! within the horizon. A stage whose count of entries is no measure of the run is left out.

use super::findings::{Stage, Summary};
use std::collections::BTreeMap;

/// Where the numbers of a stage stand among the measures.
struct Recipe {
    name: &'static str,
    entered: &'static str,
    /// Summed.
    from_before: &'static [&'static str],
    /// Summed.
    went_on: &'static [&'static str],
    /// Reason and measure.
    lost: &'static [(&'static str, &'static str)],
    /// All that were lost; what no reason explains is `other`.
    lost_in_all: Option<&'static str>,
    open: Option<&'static str>,
}

const RECIPES: [Recipe; 5] = [
    Recipe {
        name: "aware",
        entered: "became_aware",
        from_before: &["became_aware"],
        went_on: &["leads_from_aware"],
        lost: &[("forgot", "forgot")],
        lost_in_all: None,
        open: Some("aware_end"),
    },
    Recipe {
        name: "leads",
        entered: "leads",
        from_before: &["leads_from_aware"],
        went_on: &["opportunities", "self_serve_wins"],
        lost: &[("died", "leads_died"), ("disqualified", "disqualified")],
        lost_in_all: None,
        open: Some("waiting_leads_end"),
    },
    Recipe {
        name: "opportunities",
        entered: "opportunities",
        from_before: &["opportunities"],
        went_on: &["wins"],
        lost: &[("no_decision", "lost_no_decision"), ("misfit", "lost_misfit")],
        lost_in_all: Some("lost"),
        open: Some("open_opportunities_end"),
    },
    Recipe {
        name: "customers",
        entered: "customers_won",
        from_before: &["wins"],
        went_on: &[],
        lost: &[("churned", "customers_won_lost")],
        lost_in_all: None,
        open: None,
    },
    Recipe {
        name: "repeat",
        entered: "orders",
        from_before: &["orders"],
        went_on: &[],
        lost: &[],
        lost_in_all: None,
        open: None,
    },
];

/// The stages of a plan, from the means of its measures.
pub(super) fn journey(measures: &[(String, Summary)]) -> Vec<Stage> {
    let mean = |id: &str| {
        let (_, summary) = measures.iter().find(|(name, _)| name == id)?;
        summary.mean
    };
    let sum = |ids: &[&str]| {
        ids.iter()
            .filter_map(|id| mean(id))
            .fold(0.0, |sum, mean| sum + mean)
    };
    RECIPES
        .iter()
        .filter_map(|recipe| {
            let mut lost: BTreeMap<String, f64> = recipe
                .lost
                .iter()
                .filter_map(|(reason, id)| Some(((*reason).to_owned(), mean(id)?)))
                .collect();
            if let (true, Some(buyers)) = (recipe.name == "leads", mean("leads_self_serve")) {
                let left = buyers - mean("self_serve_wins").unwrap_or(0.0);
                lost.insert("did_not_buy".to_owned(), left.max(0.0));
            }
            if let Some(all) = recipe.lost_in_all.and_then(mean) {
                let explained: f64 = lost.values().sum();
                lost.insert("other".to_owned(), (all - explained).max(0.0));
            }
            let entered = mean(recipe.entered)?;
            let open = match recipe.name {
                "customers" => (entered - lost.values().sum::<f64>()).max(0.0),
                _ => recipe.open.and_then(mean).unwrap_or(0.0),
            };
            Some(Stage {
                name: recipe.name.to_owned(),
                entered,
                from_before: sum(recipe.from_before),
                went_on: sum(recipe.went_on),
                lost,
                open,
            })
        })
        .collect()
}
