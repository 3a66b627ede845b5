//! What `journeys` prints: times, attribution against the truth, paths, and what may be said of them.

use super::grid::{Flush, grid};
use super::terminal::{Look, Terminal};
use crate::analysis::findings::Uncertain;
use crate::analysis::journeys::claims;
use crate::analysis::journeys::document::{Journeys, Path, Time};
use crate::units::format::{self, Style};

/// Width where there is no terminal.
const WIDTH: usize = 110;

/// Tables and sentences.
pub(super) fn render(journeys: &Journeys, terminal: &Terminal) -> String {
    let sample = &journeys.sample;
    let title = format!(
        "{} · {} · {} from {} · {} futures · seed {}",
        sample.name,
        sample.label,
        format::weeks(f64::from(sample.weeks), Style::Sentence),
        sample.start,
        format::count(sample.replications),
        sample.seed
    );
    let mut text = terminal.paint(&title, Look::Strong);
    text.push_str("\n\n");
    for table in [times(journeys), credits(journeys), paths(journeys)] {
        text.push_str(&table);
        text.push('\n');
    }
    for sentence in sentences(journeys) {
        let width = terminal.width.unwrap_or(usize::MAX);
        text.push_str(&super::grid::hanging(&sentence, 0, width));
        text.push('\n');
    }
    text
}

fn times(journeys: &Journeys) -> String {
    let head = [
        "weeks, of journeys seen whole",
        "mean",
        "P10",
        "P25",
        "median",
        "P75",
        "P90",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for time in journeys.times.iter().filter(|time| !time.quantiles.is_empty()) {
        rows.push(time_row(time));
    }
    let mut columns = vec![Flush::Left];
    columns.resize(head.len(), Flush::Right);
    grid(&rows, &columns, 0, WIDTH)
}

fn time_row(time: &Time) -> Vec<String> {
    let mean = time.mean.map(|mean| {
        let told = |x| format::decimals(x, 1, Style::Table);
        format!(
            "{} ± {}",
            told(mean.value),
            format::decimals(mean.error, 2, Style::Table)
        )
    });
    let mut row = vec![time.label.clone(), mean.unwrap_or_default()];
    let quantiles = time.quantiles.iter();
    row.extend(quantiles.map(|quantile| format::number(quantile.value, Style::Table)));
    row
}

fn credits(journeys: &Journeys) -> String {
    let head = ["wins a future", "last touch", "first touch", "fewer without it"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for credit in &journeys.sources {
        rows.push(vec![
            credit.label.clone(),
            wins(credit.last),
            wins(credit.first),
            credit.truth.map(wins).unwrap_or_default(),
        ]);
    }
    let before = journeys.wins.leads_before;
    if before.value > 0.0 {
        let none = String::new();
        rows.push(vec![
            "Leads from before week 1".to_owned(),
            wins(before),
            wins(before),
            none,
        ]);
    }
    let none = String::new();
    rows.push(vec![
        "All".to_owned(),
        wins(journeys.wins.all),
        wins(journeys.wins.all),
        none,
    ]);
    let columns = [Flush::Left, Flush::Right, Flush::Right, Flush::Right];
    grid(&rows, &columns, 0, WIDTH)
}

fn wins(mean: Uncertain) -> String {
    let told = |x| format::decimals(x, 1, Style::Table);
    format!("{} ± {}", told(mean.value), told(mean.error))
}

fn paths(journeys: &Journeys) -> String {
    let mut rows = vec![vec!["path to a purchase".to_owned(), "share".to_owned()]];
    for path in &journeys.paths {
        let share = format::share_of_futures(path.share.value, Style::Table);
        rows.push(vec![in_words(path, journeys), share]);
    }
    grid(&rows, &[Flush::Left, Flush::Right], 0, WIDTH)
}

fn in_words(path: &Path, journeys: &Journeys) -> String {
    let step = |key: &String| {
        let known = journeys.sources.iter().find(|credit| credit.source == *key);
        match (known, key.as_str()) {
            (Some(credit), _) => credit.label.clone(),
            (None, "before") => "known before week 1".to_owned(),
            (None, "won") => "won".to_owned(),
            (None, "self_serve_won") => "bought alone".to_owned(),
            (None, other) => other.to_owned(),
        }
    };
    path.steps.iter().map(step).collect::<Vec<String>>().join(" > ")
}

fn sentences(journeys: &Journeys) -> Vec<String> {
    let full = |text: String| format!("{text}.");
    let attribution = claims::attribution(journeys, str::to_owned).map(|told| {
        format!("{told} (a future, on average). No attribution tool can see that: it has one past, and no second one without the channel.")
    });
    [
        claims::times(journeys).map(full),
        claims::response(journeys),
        attribution,
    ]
    .into_iter()
    .flatten()
    .collect()
}
