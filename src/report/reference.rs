//! Reference pages made from declarations: `docs/measures.md`.

use crate::outcome::follow::SERIES;
use crate::outcome::life::Each;
use crate::outcome::measure::{MEASURES, Make};
use crate::outcome::outcomes::Better;
use std::fmt::Write;

/// A field of `results.json` that is no measure.
#[derive(Debug)]
pub struct Field {
    /// Its name in the file.
    pub name: &'static str,
    /// What it says.
    pub about: &'static str,
}

/// The fields of `results.json` that a planner meets beside the measures.
pub static FIELDS: &[Field] = &[
    Field {
        name: "best_in",
        about: "Share of the futures in which the plan is the best of all by the objective; ties are split evenly.",
    },
    Field {
        name: "better_in",
        about: "Share of the futures in which the plan is better than the first one, in the same futures; ties are split evenly.",
    },
    Field {
        name: "difference",
        about: "Mean difference of a plan to the first one in the same futures; difference_error is its standard error.",
    },
    Field {
        name: "limited_by",
        about: "Mean share of weeks in which sales capacity was short (capacity), and in which over 10 % of the selling hours were idle (demand); the rest is neither.",
    },
    Field {
        name: "target_reached",
        about: "Share of the futures in which the plan reaches the target of the scenario.",
    },
    Field {
        name: "mean_error",
        about: "Standard error of a mean: how far more futures may still move it.",
    },
    Field {
        name: "undefined_in",
        about: "Futures in which a measure has no value, such as a ratio without a denominator.",
    },
];

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
    page.push_str("\n## Other fields of results.json\n\n| field | what it says |\n|---|---|\n");
    for field in FIELDS {
        let _ = writeln!(page, "| `{}` | {} |", field.name, field.about);
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
