//! The items of spend and the kinds of revenue.

use super::super::plans::Shown;
use super::{Item, Section, Story};

/// More items than this and channels and roles are summed.
const MOST: usize = 9;
/// Items below this part of the spend of every plan become one.
const SMALL: f64 = 0.01;

/// An item before it is printed.
struct Amounts {
    name: String,
    means: Vec<f64>,
}

/// Spent and revenue with their totals.
pub(super) fn sections(story: &Story<'_>) -> Vec<Section> {
    vec![
        section(story, "Spent", "spent", spend(story)),
        section(story, "Revenue", "revenue", revenue(story)),
    ]
}

fn section(story: &Story<'_>, name: &str, total: &str, items: Vec<Amounts>) -> Section {
    let scale = story.scale(total);
    Section {
        name: name.to_owned(),
        totals: means(story, &[total])
            .into_iter()
            .map(|mean| story.in_words(total, mean))
            .collect(),
        items: items
            .into_iter()
            .map(|item| Item {
                labels: item.means.iter().map(|mean| scale.bare(*mean)).collect(),
                name: item.name,
                amounts: item.means,
            })
            .collect(),
    }
}

/// Channels, overhead, pay of roles, commission, hiring and severance.
fn spend(story: &Story<'_>) -> Vec<Amounts> {
    let channels = each(story, "spend.");
    let roles = each(story, "pay.");
    let one = |name: &str, ids: &[&str]| Amounts {
        name: name.to_owned(),
        means: means(story, ids),
    };
    let overhead = one("Marketing overhead", &["spent_on_overhead"]);
    let rest = [
        one("Commission", &["spent_on_commission"]),
        one("Hiring, severance", &["spent_on_hiring", "spent_on_severance"]),
    ];
    let is_something = |item: &Amounts| item.means.iter().any(|mean| *mean != 0.0);
    let count = channels
        .iter()
        .chain([&overhead])
        .chain(&roles)
        .chain(&rest)
        .filter(|item| is_something(item))
        .count();
    let mut items = if count > MOST {
        vec![
            one("Channels", &["spent_on_channels"]),
            overhead,
            one("Pay", &["spent_on_pay"]),
        ]
    } else {
        channels.into_iter().chain([overhead]).chain(roles).collect()
    };
    items.extend(rest);
    items.retain(is_something);
    folded(items, &means(story, &["spent"]))
}

/// Small items as one, if there are several.
fn folded(items: Vec<Amounts>, totals: &[f64]) -> Vec<Amounts> {
    let is_small = |item: &Amounts| {
        item.means
            .iter()
            .zip(totals)
            .all(|(mean, total)| *mean < SMALL * total)
    };
    let (small, mut kept): (Vec<Amounts>, Vec<Amounts>) = items.into_iter().partition(is_small);
    if small.len() < 2 {
        kept.extend(small);
        return kept;
    }
    let sum = |index: usize| small.iter().map(|item| item.means[index]).sum();
    kept.push(Amounts {
        name: "Other".to_owned(),
        means: (0..totals.len()).map(sum).collect(),
    });
    kept
}

fn revenue(story: &Story<'_>) -> Vec<Amounts> {
    let kinds = [
        ("New customers", "revenue_new"),
        ("Expansion", "revenue_expansion"),
        ("Renewals", "revenue_renewal"),
        ("Orders", "revenue_repeat"),
    ];
    kinds
        .into_iter()
        .map(|(name, id)| Amounts {
            name: name.to_owned(),
            means: means(story, &[id]),
        })
        .filter(|item| item.means.iter().any(|mean| *mean != 0.0))
        .collect()
}

/// The measures of all channels or roles, by the name behind their comma.
fn each(story: &Story<'_>, prefix: &str) -> Vec<Amounts> {
    story
        .findings
        .measures
        .iter()
        .filter(|measure| measure.id.starts_with(prefix))
        .map(|measure| Amounts {
            name: super::super::wording::after_comma(&measure.label).to_owned(),
            means: means(story, &[&measure.id]),
        })
        .filter(|item| item.means.iter().any(|mean| *mean != 0.0))
        .collect()
}

/// Sums of means by column.
fn means(story: &Story<'_>, ids: &[&str]) -> Vec<f64> {
    let sum = |plan: &Shown<'_>| ids.iter().map(|id| plan.mean(id).unwrap_or(0.0)).sum();
    story.plans.iter().map(sum).collect()
}
