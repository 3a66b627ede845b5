//! Words of the format and of the results that are neither keys nor measures: ways to tell a number, mixes, percentiles.

/// A word and what it means.
pub(super) struct Term {
    /// The word and those that are explained with it, in small letters.
    pub(super) names: &'static [&'static str],
    /// What it means, in sentences.
    pub(super) about: &'static str,
    /// How it is written.
    pub(super) example: &'static str,
}

/// Every word.
pub(super) const TERMS: &[Term] = &[
    Term {
        names: &["interval", "low", "typical", "high", "distribution", "unknown"],
        about: "What nobody knows well: with 90 % of your belief the number lies between low and high; half of your belief lies below typical, which may be left out. A new value is drawn in every future.",
        example: "win_rate = { low = 0.18, typical = 0.22, high = 0.27 }",
    },
    Term {
        names: &["pert", "triangular"],
        about: "Never below the first number, never above the last, most likely the middle one; triangular has straight sides.",
        example: "win_rate = { pert = [0.15, 0.22, 0.30] }",
    },
    Term {
        names: &["uniform"],
        about: "Every value between the two is equally likely.",
        example: "win_rate = { uniform = [0.15, 0.30] }",
    },
    Term {
        names: &["normal", "lognormal"],
        about: "normal: mean and standard deviation. lognormal: median and standard deviation of the logarithm.",
        example: "mean = { lognormal = [24_000, 0.2] }",
    },
    Term {
        names: &["beta", "gamma"],
        about: "beta: a and b, such as wins and losses. gamma: shape and scale.",
        example: "win_rate = { beta = [22, 78] }",
    },
    Term {
        names: &["discrete"],
        about: "A few values, each with its weight.",
        example: "win_rate = { discrete = [[0.2, 3], [0.3, 1]] }",
    },
    Term {
        names: &["samples"],
        about: "Values seen before, all equally likely: a list, or a column of a CSV file beside the scenario. Columns of one file are drawn by the same row.",
        example: "win_rate = { samples = { file = \"wins.csv\", column = \"rate\" } }",
    },
    Term {
        names: &["mix", "split"],
        about: "Shares by name that sum to 1, such as a plan's marketing money over the channels or its sales money over the roles.",
        example: "channels = { search = 0.6, fairs = 0.4 }",
    },
    Term {
        names: &["p05", "p5", "p10", "p50", "p90", "p95", "percentile", "median"],
        about: "P10 is the value below which a tenth of the futures end, P90 that below which nine tenths do: 8 futures of 10 end between them. P50 is the median.",
        example: "P10 – P90   $16.5–24.2M",
    },
];

/// The word, whatever its letters' case.
pub(super) fn called(name: &str) -> Option<&'static Term> {
    let name = name.to_lowercase();
    TERMS.iter().find(|term| term.names.contains(&name.as_str()))
}
