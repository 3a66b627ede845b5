//! What the first plan pays a channel beside what is told to be spent today: far apart, one of them is a slip.

use super::diagnostic::Diagnostic;
use super::reader::Reader;
use super::source::Span;
use super::suspicious::{grows, media, rounded};
use super::wording::number;
use crate::model::scenario::Scenario;

/// The first plan is today's plan: hardly any pays a channel this many times what it spends today, or this part.
const FAR: f64 = 2.0;
/// Nor one that is about to grow, by this much.
const TOO_FAR: f64 = 20.0;

/// Reports it; of a file that is right otherwise.
pub(super) fn all(reader: &mut Reader, scenario: &Scenario) {
    let Some(plan) = scenario.plans.first() else {
        return;
    };
    let Some(phase) = plan.phases.first() else { return };
    let far = if grows(scenario, plan) { TOO_FAR } else { FAR };
    for (position, channel) in scenario.channels.iter().enumerate() {
        let planned = media(scenario, plan, phase.marketing_share, position);
        let today = channel.spend_today_per_week;
        let times = planned / today;
        if planned <= 0.0 || today <= 0.0 || (1.0 / far..=far).contains(&times) {
            continue;
        }
        let path = format!("channels.{}.spend_today_per_week", channel.name);
        let span = reader.place(&path).unwrap_or(Span::WHOLE);
        let (planned, today) = (number(planned.round()), number(today));
        let apart = if times > 1.0 {
            format!("{} times that", rounded(times))
        } else {
            format!("1/{} of that", rounded(1.0 / times))
        };
        reader.report(
            Diagnostic::warning(
                span,
                format!("`{path}` is {today}, but the first plan, `{}`, pays {planned} a week", plan.name),
            )
            .expected(apart)
            .help("check that it is working money a week (a month has 4.3 weeks, a year 52), and that budget.annual, marketing_share and the plan's mix are today's: all that is told of today belongs to this spend"),
        );
    }
}
