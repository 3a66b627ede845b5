//! Samples from the rows of a file, families of distributions, and what a legal range cuts off.

use crate::shelf::{MINIMAL, Shelf, says, set};

const WINS: &str = "\u{feff}quarter;win_rate ; hours\r\n1;0.20;1\r\n2;0.30;2\r\n3;0.10;3\r\n\r\n4;0.25;4\r\n";

/// The shortest scenario with win rate and hours from `rows.csv`.
fn from_rows() -> String {
    MINIMAL
        .replace(
            "{ low = 0.17, typical = 0.22, high = 0.28 }",
            "{ samples = { file = \"rows.csv\", column = \"win_rate\" } }",
        )
        .replace(
            "lead = 1.0",
            "lead = { samples = { file = \"./rows.csv\", column = \"hours\" } }",
        )
}

#[test]
fn columns_of_a_file_are_drawn_from_one_row() {
    let document = Shelf::new(&[("rows.csv", WINS)]).good(&from_rows(), &[]).value;
    let found = |end: &str| {
        document
            .scenario
            .unknowns
            .iter()
            .find(|unknown| unknown.path.ends_with(end))
            .unwrap()
    };
    let (win_rate, hours) = (found("win_rate"), found("hours.lead"));
    assert_eq!(win_rate.key, hours.key, "one draw for the file");
    let rows: Vec<(f64, f64)> = (0..8)
        .map(|i| (f64::from(i) + 0.5) / 8.0)
        .map(|u| (win_rate.distribution.quantile(u), hours.distribution.quantile(u)))
        .collect();
    let table = [(0.2, 1.0), (0.3, 2.0), (0.1, 3.0), (0.25, 4.0)];
    assert_eq!(
        rows,
        table.iter().flat_map(|row| [*row, *row]).collect::<Vec<_>>()
    );
    assert_eq!(
        document.scenario.segments[0].deals.win_rate, 0.2,
        "the median, not the middle row"
    );
    assert!((win_rate.distribution.mean() - 0.2125).abs() < 1e-12);
    assert_eq!(win_rate.distribution.distribution.family(), "rows of a file");
    let other = Shelf::new(&[("rows.csv", &WINS.replace("0.25", "0.26"))])
        .good(&from_rows(), &[])
        .value;
    assert_ne!(document.sha256, other.sha256, "the hash covers the samples");
    let moved = Shelf::new(&[("base/rows.csv", WINS), ("base/b.toml", &from_rows())]);
    moved.good("extends = \"base/b.toml\"", &[]);
}

#[test]
fn rows_outside_the_range_stay_in_their_places() {
    let rows = |n: usize| {
        (0..n)
            .map(|i| format!("{},{i}\n", if i == 7 { "1.2" } else { "0.2" }))
            .collect::<String>()
    };
    let read =
        |n| Shelf::new(&[("rows.csv", &format!("win_rate,hours\n{}", rows(n)))]).good(&from_rows(), &[]);
    let checked = read(10);
    says(
        &checked.render_warnings(false),
        &["10 % of this distribution", "win_rate"],
    );
    let unknowns = &checked.value.scenario.unknowns;
    let at = |end: &str, u| {
        unknowns
            .iter()
            .find(|unknown| unknown.path.ends_with(end))
            .unwrap()
            .distribution
            .quantile(u)
    };
    assert_eq!((at("win_rate", 0.75), at("hours.lead", 0.75)), (1.0, 7.0));
    assert_eq!(
        read(1_000).render_warnings(false),
        "",
        "a tenth of a percent is no news"
    );
}

/// Decimal commas between comma-separated cells would be read as other numbers.
#[test]
fn rows_of_another_length_are_refused() {
    let said = |csv: &str| Shelf::new(&[("rows.csv", csv)]).wrong(&from_rows(), &[]);
    says(
        &said("win_rate,hours\n0.2,1\n0,2,1,1\n"),
        &[
            "this row has 4 cells, the header 2",
            "mine/rows.csv:3:1",
            "decimal commas?",
            "put `;` between cells",
        ],
    );
    says(
        &said("win_rate;hours\n0.2;1;3\n"),
        &["this row has 3 cells, the header 2", "one cell for each name"],
    );
    Shelf::new(&[("rows.csv", "win_rate,hours\n0.2,1,,\n0.3,2,,\n")]).good(&from_rows(), &[]);
}

#[test]
fn wrong_files_of_samples_are_explained() {
    let said = |csv: &str| Shelf::new(&[("rows.csv", csv)]).wrong(&from_rows(), &[]);
    says(
        &said(&WINS.replace("win_rate", "win_rates")),
        &[
            "has no column `win_rate`",
            "did you mean `win_rates`?",
            "mine/plan.toml:49:64",
        ],
    );
    says(
        &said(&WINS.replace("0.30", "0,30")),
        &[
            "`0,30` in the column `win_rate` is not a number",
            "mine/rows.csv:3:3",
            "decimal point",
        ],
    );
    says(&said(&WINS.replace("0.30", "30 %")), &["as a share: 0.3"]);
    says(
        &said(&WINS.replace("2;0.30;2", "2;0.30")),
        &["nothing in the column `hours`", "mine/rows.csv:3"],
    );
    says(
        &said(&WINS.replace("4;0.25", "\"4\";x")),
        &["`x` in the column", "mine/rows.csv:6:1"],
    );
    says(&said("a,b\n1,2\n"), &["the columns are `a` and `b`"]);
    says(
        &said("win_rate,win_rate,hours\n1,2,3\n"),
        &["several columns called `win_rate`"],
    );
    says(&said("win_rate,hours\n"), &["has no row below its header"]);
    says(&said(""), &["has no column"]);
    says(
        &said(&format!("win_rate,hours\n{}", "0.2,1\n".repeat(100_001))),
        &["more than 100_000 rows"],
    );
    says(
        &said("win_rate,hours\n20,1\n30,1\n0.3,2\n"),
        &[
            "cannot be 20 as in half of the rows",
            "looks like a percentage: 0.20?",
        ],
    );
    let many: String = (0..50).map(|_| "x,y\n").collect();
    // Five a column, told once.
    let said = said(&format!("win_rate,hours\n{many}"));
    for (words, count) in [("error", 2), ("4 more like this, lines 3, 4, 5, 6", 2)] {
        assert_eq!(said.matches(words).count(), count, "{said}");
    }
}

#[test]
fn samples_told_wrongly_are_explained() {
    says(
        &Shelf::new(&[("row.csv", WINS)]).wrong(&from_rows(), &[]),
        &["there is no such file", "did you mean `row.csv`?"],
    );
    let form = |form: &str| {
        Shelf::new(&[("rows.csv", WINS)]).wrong(&from_rows().replace("column = \"win_rate\"", form), &[])
    };
    says(&form("colum = \"win_rate\""), &["`samples` has no key `colum`"]);
    says(
        &form("column = 2"),
        &["cannot be a number", "`quarter`, `win_rate` and `hours`"],
    );
    let settings = ["segments.firms.deals.win_rate={ samples = { file = \"rows.csv\" } }"];
    says(
        &Shelf::new(&[("rows.csv", WINS)]).wrong(MINIMAL, &settings),
        &["have no `column`", "--set:1"],
    );
}

#[test]
fn every_family_says_what_it_is() {
    let kinds = [
        ("{ low = 0.1, high = 0.3 }", "logit-normal"),
        ("{ low = 0.1, typical = 0.2, high = 0.3 }", "logit-normal"),
        ("{ pert = [0.1, 0.2, 0.3] }", "PERT"),
        ("{ triangular = [0.1, 0.2, 0.3] }", "triangular"),
        ("{ normal = [0.2, 0.05] }", "normal"),
        ("{ lognormal = [0.2, 0.2] }", "log-normal"),
        ("{ beta = [4, 16] }", "beta"),
        ("{ gamma = [4, 0.05] }", "gamma"),
        ("{ uniform = [0.1, 0.3] }", "uniform"),
        ("{ discrete = [[0.3, 1], [0.2, 3]] }", "discrete"),
        ("{ samples = [0.3, 0.1, 0.2] }", "samples"),
    ];
    for (form, kind) in kinds {
        let scenario = set(&[&format!("segments.firms.deals.win_rate={form}")]).scenario;
        let unknown = scenario
            .unknowns
            .iter()
            .find(|unknown| unknown.path.ends_with("win_rate"));
        assert_eq!(unknown.unwrap().distribution.distribution.family(), kind);
    }
    let hours = set(&["segments.firms.deals.hours.lead={ low = 1, high = 3 }"]).scenario;
    let lead = hours
        .unknowns
        .iter()
        .find(|unknown| unknown.path.ends_with("hours.lead"));
    assert_eq!(lead.unwrap().distribution.distribution.family(), "log-normal");
}

#[test]
fn what_a_range_cuts_off_is_told_above_one_percent() {
    let warned = |sd: &str| {
        let setting = format!("segments.firms.deals.win_rate={{ normal = [0.2, {sd}] }}");
        Shelf::new(&[]).good(MINIMAL, &[&setting]).render_warnings(false)
    };
    assert_eq!(warned("0.08"), "", "0.6 % lie below 0");
    says(&warned("0.1"), &["2.3 % of this distribution"]);
}
