//! What a sample of journeys lets one say: sentences whose conditions hold, for the terminal and for charts.

use super::document::{Credit, Journeys, Quantile, Time};
use crate::analysis::findings::Uncertain;
use crate::outcome::estimate;
use crate::units::format::{Style, decimals, share_of_futures, weeks};

/// Chance that any of the differences told is noise.
const ALARM: f64 = 0.05;

/// A mean number of wins: whole from 10 up.
pub fn wins(mean: f64) -> String {
    decimals(mean, usize::from(mean.abs() < 9.95), Style::Sentence)
}

/// The times of a kind.
pub fn time<'a>(journeys: &'a Journeys, id: &str) -> Option<&'a Time> {
    journeys
        .times
        .iter()
        .find(|time| time.id == id && time.quantiles.len() == 5)
}

/// The median of a time.
pub fn median(time: &Time) -> Option<&Quantile> {
    time.quantiles.iter().find(|quantile| quantile.share == 0.5)
}

/// How long the journey took: `Half of the purchases came within 16 weeks of the first touch, and half within 9 weeks
/// of the lead`.
pub fn times(journeys: &Journeys) -> Option<String> {
    let half = |id: &str| {
        let half = median(time(journeys, id)?)?;
        Some(weeks(half.value, Style::Sentence))
    };
    let whole = half("touch_to_purchase")?;
    let first = format!("Half of the purchases came within {whole} of the first touch");
    Some(match half("lead_to_purchase") {
        Some(lead) => format!("{first}, and half within {lead} of the lead"),
        None => first,
    })
}

/// How fast leads were called.
pub fn response(journeys: &Journeys) -> Option<String> {
    let response = &journeys.response;
    let (mean, same, never) = (response.weeks?, response.same_week?, response.never?);
    Some(format!(
        "Of the leads that need a rep, {} are called in the week in which they come and {} never; those called wait {} weeks on average.",
        share(same),
        share(never),
        decimals(mean.value, 2, Style::Sentence)
    ))
}

fn share(share: Uncertain) -> String {
    share_of_futures(share.value, Style::Sentence)
}

/// A rule of attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// All credit to the first touch.
    First,
    /// All credit to the last touch before the purchase, the lead.
    Last,
}

impl Rule {
    const ALL: [Self; 2] = [Self::Last, Self::First];

    /// `Last touch`.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "First touch",
            Self::Last => "Last touch",
        }
    }

    fn credit(self, of: &Credit) -> Uncertain {
        match self {
            Self::First => of.first,
            Self::Last => of.last,
        }
    }

    fn gap(self, of: &Credit) -> Option<Uncertain> {
        match self {
            Self::First => of.first_gap,
            Self::Last => of.last_gap,
        }
    }
}

/// The channel that a rule misjudges most, beyond noise in simultaneous intervals over all rules and channels.
pub fn worst(journeys: &Journeys) -> Option<(&Credit, Rule)> {
    let all = || {
        let rules = Rule::ALL.into_iter();
        rules.flat_map(|rule| journeys.sources.iter().map(move |credit| (credit, rule)))
    };
    let looks = all().filter(|(credit, rule)| rule.gap(credit).is_some()).count();
    let reach = estimate::deviate(1.0 - ALARM / looks.max(1) as f64);
    let clear = all().filter_map(|(credit, rule)| {
        let gap = rule.gap(credit)?;
        // What rounds alike is no difference that anybody sees.
        let is_seen = wins(rule.credit(credit).value) != wins(credit.truth?.value);
        (gap.value.abs() > reach * gap.error && is_seen).then_some((credit, rule, gap.value.abs()))
    });
    let (credit, rule, _) = clear.reduce(|most, next| if next.2 > most.2 { next } else { most })?;
    Some((credit, rule))
}

/// What attribution makes of the channel that it misjudges most; `name` may shorten it.
pub fn attribution(journeys: &Journeys, name: impl Fn(&str) -> String) -> Option<String> {
    let (credit, rule) = worst(journeys)?;
    let truth = credit.truth?;
    let changed = if truth.value.abs() <= 2.0 * truth.error {
        "without it as many would be won, within noise".to_owned()
    } else if truth.value > 0.0 {
        format!("without it {} fewer would be won", wins(truth.value))
    } else {
        format!("without it {} more would be won", wins(-truth.value))
    };
    Some(format!(
        "{} credits {} with {} wins; {changed}",
        rule.name(),
        name(&credit.label),
        wins(rule.credit(credit).value)
    ))
}
