//! How long journeys took, from the first touch to the purchase.

use super::axis::range;
use super::figure::{
    Arrangement, Axis, BigNumber, Body, DotCell, DotPanel, DotRow, DotRows, Figure, Head, Interval, NoChart,
    Remark, Tick,
};
use super::sampled::{footer, plan};
use crate::analysis::journeys::claims;
use crate::analysis::journeys::document::{Journeys, Quantile, Time};
use crate::units::format::{Style, count, decimals, number, share_of_futures, weeks};

/// Rows from top to bottom.
const ROWS: [&str; 2] = ["touch_to_purchase", "lead_to_purchase"];
/// Steps between ticks, weeks.
const STEPS: [f64; 7] = [1.0, 2.0, 4.0, 13.0, 26.0, 52.0, 104.0];
/// Most steps of the axis.
const MOST_STEPS: f64 = 8.0;

/// The chart of a sample.
///
/// # Errors
/// `NoChart` where no journey began and ended within the horizon.
pub fn build(journeys: &Journeys) -> Result<Figure, NoChart> {
    let times: Vec<&Time> = ROWS
        .iter()
        .filter_map(|id| claims::time(journeys, id))
        .filter(|time| !time.dots.is_empty())
        .collect();
    let Some(title) = claims::times(journeys) else {
        return Err(NoChart::because("no journey began and ended within the horizon"));
    };
    let axis = axis(&times);
    let rows: Vec<DotRow> = times.iter().filter_map(|time| row(journeys, time)).collect();
    let horizon = weeks(f64::from(journeys.sample.weeks), Style::Sentence);
    Ok(Figure {
        key: "journey-times".to_owned(),
        subtitle: format!(
            "Weeks; journeys that began and ended within {horizon}. Each dot: 1 of 50 equally likely purchases. Bar: 8 in 10, with the mean"
        ),
        alt: alt(journeys, &title, &times),
        footer: footer(journeys, "longer journeys are not seen".to_owned()),
        title,
        body: Body::Dots(DotRows {
            arrangement: Arrangement::Measures,
            panels: vec![DotPanel {
                head: Some(Head {
                    text: plan(journeys).to_owned(),
                    plan: None,
                    after: touches(journeys),
                }),
                axis,
                target: None,
            }],
            rows,
        }),
        warnings: Vec::new(),
    })
}

fn axis(times: &[&Time]) -> Axis {
    let dots = times.iter().flat_map(|time| time.dots.iter().copied());
    let ends = times
        .iter()
        .flat_map(|time| time.quantiles.iter().map(|quantile| quantile.value));
    let (_, high) = range(dots.chain(ends)).unwrap_or((0.0, 1.0));
    let fits = |step: &&f64| high / **step <= MOST_STEPS;
    let step = STEPS.iter().find(fits).copied().unwrap_or(260.0);
    let count = libm::ceil((high + 0.5) / step).max(1.0);
    let ticks = (0..=count as u32).map(|tick| {
        let at = f64::from(tick) * step;
        let label = if f64::from(tick) == count {
            weeks(at, Style::Axis)
        } else {
            number(at, Style::Axis)
        };
        Tick { at, label }
    });
    Axis {
        low: 0.0,
        high: count * step,
        ticks: ticks.collect(),
    }
}

fn row(journeys: &Journeys, time: &Time) -> Option<DotRow> {
    let quantile = |share: f64| time.quantiles.iter().find(|quantile| quantile.share == share);
    let (low, median, high) = (quantile(0.1)?, quantile(0.5)?, quantile(0.9)?);
    let mean = time.mean?;
    let mut remarks = vec![Remark {
        strong: decimals(mean.value, 1, Style::Table),
        rest: " weeks on average".to_owned(),
    }];
    let share = journeys.first_is_lead.filter(|_| time.id == ROWS[0]);
    remarks.extend(share.map(|share| Remark {
        strong: share_of_futures(share.value, Style::Table),
        rest: " came as a lead".to_owned(),
    }));
    let text = |quantile: &Quantile| number(quantile.value, Style::Axis);
    Some(DotRow {
        name: time.label.clone(),
        plan: 0,
        named_in_colour: false,
        remarks,
        mean: String::new(),
        last: None,
        cells: vec![DotCell {
            dots: time.dots.clone(),
            target: None,
            bar: Some(Interval {
                low: low.value,
                median: median.value,
                mean: mean.value,
                high: high.value,
                low_label: text(low),
                median_label: String::new(),
                high_label: text(high),
            }),
            number: Some(BigNumber {
                number: weeks(median.value, Style::Table),
                words: "half within".to_owned(),
            }),
            atom: None,
        }],
    })
}

/// How many touches, in words behind the plan.
fn touches(journeys: &Journeys) -> String {
    let Some(time) = claims::time(journeys, "touches") else {
        return String::new();
    };
    let at = |share: f64| {
        let found = time.quantiles.iter().find(|quantile| quantile.share == share);
        found.map_or(0, |quantile| quantile.value as u64)
    };
    format!(
        "{} touches in the middle, {} to {} in 8 of 10 purchases",
        count(at(0.5)),
        count(at(0.1)),
        count(at(0.9))
    )
}

fn alt(journeys: &Journeys, title: &str, times: &[&Time]) -> String {
    let each = times.iter().map(|time| {
        let values: Vec<String> = time
            .quantiles
            .iter()
            .map(|quantile| number(quantile.value, Style::Sentence))
            .collect();
        format!(" {}: {} weeks.", time.label, values.join(", "))
    });
    format!(
        "Rows of dots. {title}. Plan {}; P10, P25, median, P75, P90.{}",
        plan(journeys),
        each.collect::<String>()
    )
}
