//! Files, settings and samples that nobody means: answered, soon, without a panic.

use crate::shelf::{MINIMAL, Shelf, says, unset};
use proptest::prelude::*;

#[test]
fn large_nonsense_is_answered_soon() {
    let many = |n: usize| (0..n).map(|i| format!("k{i} = 1\n")).collect::<String>();
    let shelf = Shelf::new(&[("many.toml", &many(100_000))]);
    shelf.wrong(&format!("extends = \"many.toml\"\n{}", many(100_000)), &[]);
    says(
        &unset(&[&format!("{}a=1", "a.".repeat(200_000))]),
        &["more parts than any"],
    );
    let column = "x{i} = { samples = { file = \"rows.csv\", column = \"win_rate\" } }\n";
    let columns: String = (0..5_000)
        .map(|i| column.replace("{i}", &i.to_string()))
        .collect();
    let rows = format!("win_rate\n{}", "0.2\n".repeat(90_000));
    Shelf::new(&[("rows.csv", &rows)]).wrong(&columns, &[]);
    Shelf::new(&[("rows.csv", &rows.replace("win_rate", "rate"))]).wrong(&columns, &[]);
}

/// Pieces that scenario files, settings and CSV files are made of, and some that they are not.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "extends = \"a.toml\"\n",
            "extends = \"b.toml\"\n",
            "[plans.today]\n",
            "[segments.firms.deals]\n",
            "[channels.search]\n",
            "win_rate = ",
            "marketing_share = ",
            "phases = ",
            "doubling_adds = ",
            "half_saturation_per_week = ",
            "channels = ",
            "weight = ",
            "{ samples = { file = \"a.csv\", column = \"x\" } }\n",
            "{ samples = { column = 3 } }\n",
            "{ low = 0.1, high = 0.2 }\n",
            "{ covered = 0.1 }\n",
            "0.3\n",
            "[{ marketing_share = 0.1 }]\n",
            "{}\n",
            "segments.firms.deals.",
            "plans.today.",
            "today.customers.firms",
            "extends",
            "=",
            ".",
            "\"",
            "'",
            "x",
            "x,y\n",
            ";",
            "\t",
            "1,2\n",
            "40%",
            "\u{1F600}",
            "\0",
            "\r\n",
            "\u{feff}",
        ])
        .prop_map(str::to_owned),
        ".{0,4}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(200)
    ))]

    #[test]
    fn nothing_panics(main in text(), base in text(), csv in text(), settings in prop::collection::vec(text(), 0..3), whole in any::<bool>()) {
        let shelf = Shelf::new(&[
            ("a.toml", &if whole { format!("{MINIMAL}{base}") } else { base }),
            ("b.toml", "extends = \"minimal.toml\"\n"),
            ("a.csv", &csv),
        ]);
        let main = format!("extends = \"a.toml\"\n{main}");
        let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
        match shelf.load(&main, &settings) {
            Ok(checked) => { checked.render_warnings(true); }
            Err(said) => prop_assert!(!said.is_empty()),
        }
    }
}
