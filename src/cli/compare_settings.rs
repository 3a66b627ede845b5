//! Options of `compare` as they are meant: splits in percent become shares, looks are planned, the folder is named.

use super::arguments::{CompareOptions, Format, ScenarioOptions};
use super::failure::Failure;
use crate::analysis::contest::race::looks;
use crate::report::csv::Rows;
use std::path::{Path, PathBuf};

/// What stands below the options.
pub(super) const HELP: &str = "\
Without --splits or --sweep the plans of the files are compared. Every difference is taken future by future, all
intervals hold together with 95 %. Plans that another one surely beats get no more futures.

  gtm-sim compare b2b.toml                           the plans of the file
  gtm-sim compare b2b.toml --sweep 10..90:10         nine splits and today's
  gtm-sim compare b2b.toml --splits 20,40,60         three
  gtm-sim compare base.toml recession.toml           the same plans in two worlds
  gtm-sim compare b2b.toml --plans today,sales-led --switch segments.smb.deals.win_rate
                                                     from which win rate on the other plan is better";

/// Futures after which is looked first.
const FIRST_LOOK: u64 = 1000;
/// Futures at most without `--max-reps`.
const MOST: u64 = 16_000;
/// Splits at most.
const MOST_SPLITS: usize = 50;

/// Marketing shares, 0 to 1, ascending, each once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shares(pub(super) Vec<f64>);

/// What `compare` is to do.
#[derive(Debug)]
pub(super) struct CompareSettings {
    /// Scenario files.
    pub(super) files: Vec<PathBuf>,
    /// Splits that are tried with the mixes of the first plan.
    pub(super) splits: Vec<f64>,
    /// What of the files is taken, and what is changed.
    pub(super) scenario: ScenarioOptions,
    /// A difference that does not matter, as a share.
    pub(super) within: f64,
    /// Futures after which is looked.
    pub(super) looks: Vec<u64>,
    /// Key at whose values the better choice may change.
    pub(super) switch: Option<String>,
    /// Where to look for that.
    pub(super) between: Option<(f64, f64)>,
    /// Seed instead of that of the first file.
    pub(super) seed: Option<u64>,
    /// Threads; 0 = one per core.
    pub(super) threads: usize,
    /// Folder of the results.
    pub(super) out: PathBuf,
    /// What is printed.
    pub(super) format: Format,
    /// Whether charts are drawn.
    pub(super) charts: bool,
    /// Rows of `replications.csv`.
    pub(super) rows: Rows,
    /// Whether only errors are told.
    pub(super) quiet: bool,
}

impl CompareSettings {
    /// The settings that the options mean.
    pub(super) fn of(options: CompareOptions) -> Result<Self, Failure> {
        let splits = options.splits.or(options.sweep);
        Ok(Self {
            out: folder(&options.files, options.out)?,
            files: options.files,
            splits: splits.map_or_else(Vec::new, |splits| splits.0),
            scenario: options.scenario,
            within: options.precision,
            looks: match options.reps {
                Some(count) => vec![count],
                None => looks(FIRST_LOOK, options.max_reps.unwrap_or(MOST)),
            },
            switch: options.switch,
            between: options.between,
            seed: options.seed,
            threads: options.threads.unwrap_or(0),
            format: options.format,
            charts: !options.no_charts,
            rows: if options.all_rows { Rows::All } else { Rows::First },
            quiet: options.quiet,
        })
    }
}

/// `output/b2b-compare`, of several files `output/base-recession-compare`.
fn folder(files: &[PathBuf], out: Option<PathBuf>) -> Result<PathBuf, Failure> {
    if let Some(out) = out {
        return Ok(out);
    }
    let mut stems = Vec::with_capacity(files.len());
    for file in files {
        let Some(stem) = file.file_stem() else {
            return Err(Failure::Input(format!("{} names no file", file.display())));
        };
        stems.push(stem.to_string_lossy());
    }
    Ok(Path::new("output").join(format!("{}-compare", stems.join("-"))))
}

/// Shares typed one by one: `20,40,60`.
pub(super) fn splits(text: &str) -> Result<Shares, String> {
    let shares: Result<Vec<f64>, String> = text.split(',').map(|typed| percent(typed, "20,40,60")).collect();
    tidy(shares?)
}

/// Shares from, to and step: `10..90:10`; the step may be left out and is 10 then.
pub(super) fn sweep(text: &str) -> Result<Shares, String> {
    const SUCH: &str = "10..90:10";
    let (range, step) = match text.split_once(':') {
        Some((range, step)) => (range, percent(step, SUCH)?),
        None => (text, 0.1),
    };
    let Some((from, to)) = range.split_once("..") else {
        return Err(format!(
            "from, to and step in percent are expected, such as {SUCH}"
        ));
    };
    let (from, to) = (percent(from, SUCH)?, percent(to, SUCH)?);
    if from >= to {
        return Err(format!(
            "a sweep goes from the lower share to the higher one, such as {SUCH}"
        ));
    }
    if step <= 0.0 {
        return Err(format!("the step must be above 0, such as {SUCH}"));
    }
    let count = libm::floor((to - from) / step + 1e-9) as usize + 1;
    if count > MOST_SPLITS {
        return Err(format!(
            "these are {count} splits, {MOST_SPLITS} are the most; take a longer step"
        ));
    }
    // Rounding keeps 0.1 + 2 × 0.1 the share that `30` is.
    let share = |index: usize| ((from + index as f64 * step) * 1e8).round() / 1e8;
    tidy((0..count).map(share).collect())
}

/// Values from and to: `0.1..0.4`.
pub(super) fn between(text: &str) -> Result<(f64, f64), String> {
    let ends = text
        .split_once("..")
        .map(|(from, to)| (from.trim().parse(), to.trim().parse()));
    match ends {
        Some((Ok(from), Ok(to))) if from < to && f64::is_finite(from) && f64::is_finite(to) => Ok((from, to)),
        Some((Ok(_), Ok(_))) => Err("the lower value stands first, such as 0.1..0.4".to_owned()),
        _ => Err("from and to are expected, such as 0.1..0.4".to_owned()),
    }
}

/// A marketing share in percent: `20`, `20%`, `12.5`.
fn percent(typed: &str, such: &str) -> Result<f64, String> {
    let number = typed.trim().trim_end_matches('%').trim();
    match number.parse::<f64>() {
        Ok(x) if x > 0.0 && x < 1.0 => Err(format!(
            "shares are typed in percent: {} for {number}, such as {such}",
            (x * 1e8).round() / 1e6
        )),
        Ok(x) if (0.0..=100.0).contains(&x) => Ok((x * 1e6).round() / 1e8),
        Ok(_) => Err(format!(
            "a marketing share lies between 0 and 100 percent, {number} does not"
        )),
        Err(_) => Err(format!(
            "marketing shares in percent are expected, such as {such}"
        )),
    }
}

fn tidy(mut shares: Vec<f64>) -> Result<Shares, String> {
    shares.sort_by(f64::total_cmp);
    shares.dedup();
    if shares.len() > MOST_SPLITS {
        return Err(format!(
            "these are {} splits, {MOST_SPLITS} are the most",
            shares.len()
        ));
    }
    Ok(Shares(shares))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_become_shares() {
        assert_eq!(splits("60, 20%,20,12.5"), Ok(Shares(vec![0.125, 0.2, 0.6])));
        assert_eq!(sweep("10..30:10"), Ok(Shares(vec![0.1, 0.2, 0.3])));
        assert_eq!(sweep("10..35"), Ok(Shares(vec![0.1, 0.2, 0.3])));
        assert_eq!(sweep("0..100:50"), Ok(Shares(vec![0.0, 0.5, 1.0])));
    }

    #[test]
    fn what_is_no_share_is_told() {
        for (typed, part) in [
            ("0.2,0.4", "in percent: 20 for 0.2"),
            ("20,140", "between 0 and 100"),
            ("-5", "between 0 and 100"),
            ("a", "are expected"),
        ] {
            assert!(splits(typed).is_err_and(|told| told.contains(part)), "{typed}");
        }
        for (typed, part) in [
            ("10-90", "from, to and step"),
            ("90..10:10", "lower share"),
            ("10..110:10", "between 0 and 100"),
            ("10..90:0", "above 0"),
            ("0..100:1", "101 splits"),
        ] {
            assert!(sweep(typed).is_err_and(|told| told.contains(part)), "{typed}");
        }
    }
}
