//! Keys of `[optimize]`, which only `gtm-sim optimize` looks at.

use super::entry::{Key, Kind, words};
use crate::model::parameters::Range;
use crate::scenario_file::sections::optimize::{MOST_STEP, PARTS, STATISTICS};
use crate::scenario_file::sections::plans::MOST_BUDGET_FACTOR;
use crate::scenario_file::sections::scenario::MOST_WEEKS;

const SHARE: Range = Range { low: 0.0, high: 1.0 };
const SOME: Range = Range {
    low: f64::MIN_POSITIVE,
    high: 1.0,
};
const FACTOR: Range = Range {
    low: 0.01,
    high: MOST_BUDGET_FACTOR,
};
const NOT_NEGATIVE: Range = Range {
    low: 0.0,
    high: f64::INFINITY,
};
const ANY: Range = Range {
    low: f64::NEG_INFINITY,
    high: f64::INFINITY,
};

/// The section, in the order of the file.
pub(super) const OPTIMIZE: &[Key] = &[
    Key::new("optimize", Kind::Section, "What `gtm-sim optimize` searches for: what is to be large, what may change, which limits hold. No simulation depends on it."),
    Key::new("optimize.objective", Kind::Measure, "The measure that is made as large as possible: an amount of which more is better.")
        .left_out("the objective of [scenario]")
        .acts("", "which plan is found")
        .example("\"value\""),
    Key::new("optimize.by", Kind::Choice(&words(STATISTICS)), "How futures become one number: mean, median, P10, mean of the worst (`cvar`), chance of the target (`target`).")
        .left_out("\"mean\"")
        .acts("", "how much bad futures count")
        .example("\"cvar\""),
    Key::new("optimize.tail", Kind::Plain(SOME), "The share of worst futures whose mean counts, where `by` is \"cvar\".")
        .left_out("0.1")
        .acts("", "which futures count")
        .example("0.1"),
    Key::new("optimize.vary", Kind::Words(&PARTS), "What may change: the split, the channel mix, the role mix, the budget.")
        .left_out("only the split")
        .acts("", "everything else stays as in the first plan")
        .example("[\"split\", \"channels\", \"roles\"]"),
    Key::new("optimize.phase_weeks", Kind::WholeList(1, MOST_WEEKS), "Lengths of the phases that each have a split of their own, without the last one, which lasts to the end.")
        .left_out("one split for all weeks")
        .acts("", "in which weeks the split may change")
        .example("[26]"),
    Key::new("optimize.step", Kind::Whole(1, MOST_STEP), "Steps of shares, mixes and budget, in whole percents that fill 100.")
        .left_out("1")
        .acts("", "how fine the plans are")
        .example("5"),
    Key::new("optimize.least_share", Kind::Plain(SHARE), "Least marketing share of every phase.")
        .left_out("0")
        .acts("", "plans below are not tried")
        .example("0.10"),
    Key::new("optimize.most_share", Kind::Plain(SHARE), "Greatest marketing share of every phase.")
        .left_out("1")
        .acts("", "plans above are not tried")
        .example("0.60"),
    Key::new("optimize.most_change", Kind::Plain(SHARE), "Most by which the marketing share may change from one phase to the next, the first against today's.")
        .left_out("no limit")
        .acts("", "plans that change faster are not tried")
        .example("0.15"),
    Key::new("optimize.least_budget", Kind::Plain(FACTOR), "Least budget, as a factor on `budget.annual`, where the budget may change.")
        .left_out("0.5")
        .acts("", "plans below are not tried")
        .example("0.8"),
    Key::new("optimize.most_budget", Kind::Plain(FACTOR), "Greatest budget, as a factor on `budget.annual`, where the budget may change.")
        .left_out("2")
        .acts("", "plans above are not tried")
        .example("1.5"),
    Key::new("optimize.least_spend", Kind::PlainByName("channel", NOT_NEGATIVE), "Least working money a year of channels, in every phase.")
        .left_out("no limit")
        .acts("", "plans that spend less are not tried")
        .example("{ search = 100_000 }"),
    Key::new("optimize.most_spend", Kind::PlainByName("channel", NOT_NEGATIVE), "Most working money a year of channels, in every phase.")
        .left_out("no limit")
        .acts("", "plans that spend more are not tried")
        .example("{ search = 600_000 }"),
    Key::new("optimize.most_heads", Kind::PlainByName("role", NOT_NEGATIVE), "Most target heads of roles, in every phase.")
        .left_out("no limit")
        .acts("", "plans that want more are not tried")
        .example("{ ae = 12 }"),
    Key::new("optimize.least_cash", Kind::Plain(ANY), "Cash below which no week of the horizon should end; needs today.cash.")
        .left_out("no limit")
        .acts("", "plans that fall below in too many futures are not chosen")
        .example("500_000"),
    Key::new("optimize.cash_kept_in", Kind::Plain(SHARE), "Share of futures in which the least cash is to be kept.")
        .left_out("0.9")
        .acts("", "how many futures may fall below")
        .example("0.95"),
];
