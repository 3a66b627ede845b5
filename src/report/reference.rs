//! Reference pages made from declarations: `docs/measures.md`.

use crate::outcome::follow::SERIES;
use crate::outcome::life::Each;
use crate::outcome::measure::{MEASURES, Make};
use crate::outcome::outcomes::Better;
use std::fmt::Write;

/// `docs/measures.md`: every measure and weekly series with unit, direction and meaning.
pub fn measures() -> String {
    let mut page = String::from(
        "# Measures\n\nMade from the declarations in `src/outcome/measure.rs` and `src/outcome/follow.rs`; a test says when it is \
         stale. A measure is one number of one future; files and tables show its distribution over futures. Ratios are \
         ratios of means with the error of a ratio; futures without a denominator count as undefined.\n\n\
         | key | name | unit | better | what it means |\n|---|---|---|---|---|\n",
    );
    for measure in MEASURES {
        let ratio = if matches!(measure.make, Make::Ratio(..)) {
            " *Ratio of means.*"
        } else {
            ""
        };
        let _ = writeln!(
            page,
            "| `{}`{} | {} | {} | {} | {}{ratio} |",
            measure.id,
            suffix(measure.each),
            measure.label,
            measure.unit.key(),
            direction(measure.better),
            measure.about,
        );
    }
    page.push_str(
        "\n## Weekly series\n\nIn `weekly.csv`, week by week of the horizon: flows of the week, stocks at its end, summed over \
         segments. Series marked *paired* stand there once more as `difference.…`, the difference to the first plan in the \
         same futures.\n\n| key | name | unit | paired |\n|---|---|---|---|\n",
    );
    for series in SERIES {
        let paired = if series.paired { "yes" } else { "" };
        let _ = writeln!(
            page,
            "| `{}`{} | {} | {} | {paired} |",
            series.id,
            suffix(series.each),
            series.label,
            series.unit.key(),
        );
    }
    page
}

fn suffix(each: Each) -> &'static str {
    match each {
        Each::Once => "",
        Each::Role | Each::SellingRole => ".ROLE",
        Each::Channel => ".CHANNEL",
        Each::Year => ".YEAR",
    }
}

fn direction(better: Better) -> &'static str {
    match better {
        Better::More => "more",
        Better::Less => "less",
        Better::Neither => "",
    }
}
