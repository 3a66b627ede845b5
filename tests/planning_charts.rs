//! Charts of planning: journey, money and team say what holds, add up, and keep their texts apart.
#![cfg(feature = "charts")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail them

#[path = "charts/boxes.rs"]
mod boxes;
#[path = "charts/company.rs"]
mod company;
#[allow(dead_code)] // the cases of the distribution chart
#[path = "charts/synthetic.rs"]
mod synthetic;
#[allow(dead_code)] // as above
#[path = "charts/weeks.rs"]
mod weeks;

use company::{Company, company, staffed};
use gtm_sim::analysis::findings::{Findings, Uncertain};
use gtm_sim::charts::figure::Body;
use gtm_sim::charts::layout::Shape;
use gtm_sim::charts::style::{DARK, Role};
use gtm_sim::charts::{CHARTS, Figure, journey::Journey, layout, money::Money, png, svg, svg_in, team::Team};
use synthetic::{Invented, eight, three};

const KEYS: [&str; 3] = ["journey", "money", "team"];

fn chart(key: &str, findings: &Findings) -> Figure {
    built(key, findings).unwrap_or_else(|none| panic!("{key}: {none}"))
}

fn built(key: &str, findings: &Findings) -> Result<Figure, gtm_sim::charts::NoChart> {
    let chart = CHARTS.iter().find(|chart| chart.key == key).expect("a chart");
    (chart.build)(findings)
}

fn title(key: &str, findings: &Findings) -> String {
    chart(key, findings).title.replace(['\u{202f}', '\u{a0}'], " ")
}

fn journey(findings: &Findings) -> Journey {
    match chart("journey", findings).body {
        Body::Journey(journey) => journey,
        other => panic!("{other:?}"),
    }
}

fn money(findings: &Findings) -> Money {
    match chart("money", findings).body {
        Body::Money(money) => money,
        other => panic!("{other:?}"),
    }
}

fn team(findings: &Findings) -> Team {
    match chart("team", findings).body {
        Body::Team(team) => team,
        other => panic!("{other:?}"),
    }
}

fn with(change: impl Fn(&mut Company)) -> Findings {
    let mut company = company();
    change(&mut company);
    staffed(&three(), &company, Some(1))
}

/// Named cases, from tidy to ugly.
fn cases() -> Vec<(String, Findings)> {
    let long = |letters: &str| letters.repeat(60 / letters.chars().count());
    let mut ugly: Vec<Invented> = three();
    ugly[0].label = long("Ανάπτυξη αγοράς ");
    ugly[1].label = long("Сначалапродажи");
    ugly[2].label = "\u{0416}".repeat(60);
    let many = |count: usize, word: &str| (0..count).map(|n| format!("{word} {n}")).collect::<Vec<_>>();
    let plain = |plans: &[Invented], best| staffed(plans, &company(), best);
    let mut cases = vec![
        ("one", plain(&three()[..1], None)),
        ("two", plain(&three()[..2], Some(1))),
        ("three", plain(&three(), Some(1))),
        ("baseline_best", plain(&three(), Some(0))),
        ("eight", plain(&eight(), Some(1))),
        ("nobody", plain(&eight(), None)),
        ("long_names", plain(&ugly, Some(1))),
        ("no_cash", with(|company| company.cash = None)),
        ("negative_cash", with(|company| company.cash = Some(-3e6))),
        ("no_revenue", with(|company| company.revenue = 0.0)),
        (
            "huge",
            with(|company| (company.revenue, company.spent, company.cash) = (3e12, 1e12, Some(2e11))),
        ),
        (
            "tiny",
            with(|company| (company.revenue, company.spent, company.cash) = (3.0, 1.0, Some(2.0))),
        ),
        ("no_quota", with(|company| company.quota = false)),
        ("few_heads", with(|company| company.heads = 1.0)),
        ("many_heads", with(|company| company.heads = 1234.0)),
        ("many_leads", with(|company| company.leads = vec![4_321_000.0])),
        (
            "alone",
            with(|company| (company.self_serve, company.orders) = (1.0, 123_456.0)),
        ),
        (
            "both",
            with(|company| (company.self_serve, company.orders) = (0.5, 9_000.0)),
        ),
        (
            "many_roles",
            with(|company| company.roles = many(7, "Managers of strategic accounts")),
        ),
        ("one_role", with(|company| company.roles = many(1, "Rep"))),
        (
            "many_channels",
            with(|company| company.channels = many(9, "Channel of long name")),
        ),
    ];
    for weeks in [6, 52, 110, 156, 260, 520] {
        let name: &'static str = Box::leak(format!("weeks_{weeks}").into_boxed_str());
        cases.push((name, with(|company| company.weeks = weeks)));
    }
    cases
        .into_iter()
        .map(|(name, findings)| (name.to_owned(), findings))
        .collect()
}

fn figures() -> Vec<(String, Figure)> {
    cases()
        .into_iter()
        .flat_map(|(name, findings)| KEYS.map(|key| (format!("{key}_{name}"), chart(key, &findings))))
        .collect()
}

#[test]
fn texts_stay_apart_inside_the_slide_and_off_the_marks() {
    let faults: Vec<String> = figures()
        .iter()
        .flat_map(|(name, figure)| boxes::faults(name, figure))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pictures_are_the_same_bytes_and_no_panel_is_empty() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("planning_charts");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, figure) in figures() {
        let picture = svg(&figure);
        assert_eq!(picture, svg(&figure), "{name}");
        assert!(
            !picture.contains("<text") && !picture.contains("NaN") && !picture.contains("inf"),
            "{name}"
        );
        assert!(
            figure.alt.chars().count() <= 600 && figure.alt.contains(&figure.title),
            "{name}"
        );
        let filled = |from: f64, to: f64| {
            layout::layout(&figure).shapes.iter().any(|shape| {
                matches!(shape, Shape::Rectangle { bounds, .. } if bounds.left >= from && bounds.right <= to && bounds.right - bounds.left >= 2.0)
            })
        };
        assert!(filled(72.0, 1200.0), "{name}: nothing at the left");
        let is_pair = match &figure.body {
            Body::Journey(journey) => journey.panels.len() > 1,
            Body::Team(team) => team.panels.len() > 1,
            _ => false,
        };
        assert!(!is_pair || filled(1000.0, 1848.0), "{name}: nothing at the right");
        // Pixels cost seconds: some cases of each chart.
        if ["_three", "_one", "_long_names", "_negative_cash", "_weeks_520"]
            .iter()
            .any(|case| name.ends_with(case))
        {
            let dark = svg_in(&figure, &DARK);
            std::fs::write(folder.join(format!("{name}.png")), png(&picture).unwrap()).unwrap();
            std::fs::write(folder.join(format!("{name}_dark.png")), png(&dark).unwrap()).unwrap();
        }
    }
}

#[test]
fn parts_of_every_row_are_the_whole_row() {
    for (name, findings) in cases() {
        for panel in journey(&findings).panels {
            for row in panel.rows.iter().filter(|row| row.words.is_none()) {
                let sum: f64 = row.segments.iter().map(|segment| segment.share).sum();
                assert!((sum - 1.0).abs() < 1e-9, "{name}: {} sums to {sum}", row.name);
                assert!(
                    row.segments
                        .iter()
                        .all(|segment| segment.share < 0.04 || !segment.words.is_empty())
                );
            }
        }
    }
}

#[test]
fn items_sum_to_the_totals_of_the_measures() {
    for (name, findings) in cases() {
        let money = money(&findings);
        for (index, column) in money.columns.iter().enumerate() {
            let plan = findings
                .plans
                .iter()
                .find(|plan| column.name.starts_with(plan.label.trim()))
                .unwrap();
            for (section, id) in money.sections.iter().zip(["spent", "revenue"]) {
                let mean = plan.measure(id).unwrap().mean.unwrap();
                let sum: f64 = section.items.iter().map(|item| item.amounts[index]).sum();
                assert!((sum - mean).abs() <= 1e-9 * mean, "{name}: {id} {sum} {mean}");
                assert!(section.items.len() <= 9, "{name}");
            }
        }
    }
    let shown = money(&with(|company| {
        company.channels = (0..9).map(|n| format!("{n}")).collect()
    }));
    let names: Vec<&str> = shown.sections[0]
        .items
        .iter()
        .map(|item| item.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "Channels",
            "Marketing overhead",
            "Pay",
            "Commission",
            "Hiring, severance"
        ]
    );
}

#[test]
fn totals_are_printed_as_the_measures() {
    let money = money(&staffed(&three(), &company(), Some(1)));
    assert_eq!(money.sections[0].totals, ["$10.0M", "$10.0M", "$10.0M"]);
    assert_eq!(money.sections[1].totals, ["$26.0M", "$33.8M", "$26.0M"]);
    let lowest = money.cash.unwrap().lines[1].lowest.unwrap();
    assert_eq!(lowest.0, 42);
}

#[test]
fn quarters_hold_means_of_seats_and_sums_of_hires() {
    let team = team(&with(|_| ()));
    assert_eq!(team.periods.len(), 8);
    let seats = &team.panels[1].roles[0].seats;
    let heads = 8.0 * 1.3;
    assert!((seats[0].ramped + seats[0].ramping - 0.7 * heads).abs() < 1e-9);
    assert!((seats[0].open - 0.3 * heads).abs() < 1e-9);
    assert_eq!(seats[3].filled_label, "10.4");
    assert_eq!(seats[3].hired_label, "+6.8");
    let figures = &team.panels[1].figures;
    assert_eq!(figures[0].values[2].replace('\u{202f}', " "), "57 %");
    assert_eq!(figures[1].values[2], "3.1×");
    assert_eq!(figures[0].told, Some(1));
}

#[test]
fn the_journey_says_what_holds() {
    assert_eq!(
        title("journey", &with(|_| ())),
        "Today lets 31 % of its leads die without a call, Sales-led 6 %; yet it wins 21 fewer customers from 430 fewer leads"
    );
    let won = |leads: f64| with(|company| company.leads = vec![3_680.0, leads]);
    assert!(title("journey", &won(3_900.0)).ends_with("Sales-led 6 %; it wins 10 more customers"));
    // Five points apart are told, four are not.
    let died = |share: f64| with(|company| company.died = vec![0.31, share, 0.3]);
    assert!(title("journey", &died(0.26)).starts_with("Today lets 31 %"));
    assert!(title("journey", &died(0.27)).starts_with("Of the leads of Today 45 % do not qualify"));
    assert!(
        title("journey", &died(0.37))
            .starts_with("Sales-led lets 37 % of its leads die without a call, Today 31 %")
    );
    // What the paired difference does not bear out is not told.
    let mut noisy = died(0.20);
    for difference in &mut noisy.comparison.as_mut().unwrap().plans {
        difference.others.insert(
            "leads_died".to_owned(),
            Uncertain {
                value: -5.0,
                error: 3.0,
            },
        );
    }
    assert!(title("journey", &noisy).starts_with("Of the leads"));
    // The largest reason leads by five points, or none is named.
    let only = |share: f64| {
        let mut company = company();
        company.died = vec![share];
        title("journey", &staffed(&three()[..1], &company, None))
    };
    assert_eq!(only(0.1), "Most leads do not qualify with Today: 66 %");
    assert_eq!(
        only(0.35),
        "Of the leads of Today 41 % do not qualify, more than fall out in any other way"
    );
    assert_eq!(only(0.36), "Today wins 177 customers and sees 3,680 leads");
}

#[test]
fn buyers_without_reps_have_rows_of_their_own() {
    let journey = journey(&with(|company| {
        (company.self_serve, company.orders) = (1.0, 123_456.0)
    }));
    let names: Vec<&str> = journey.panels[0]
        .rows
        .iter()
        .map(|row| row.name.as_str())
        .collect();
    assert_eq!(names, ["Aware", "Interested", "Customers", "Orders"]);
    assert!(
        journey.panels[0].rows[3]
            .words
            .as_ref()
            .unwrap()
            .starts_with("82.1 for each customer")
    );
}

#[test]
fn money_says_what_holds() {
    assert_eq!(
        title("money", &with(|_| ())),
        "For about the same money Sales-led brings in $7.8M more than Today; cash falls to $1.30M in week 42 before it turns"
    );
    let spends = |by: f64| {
        let mut findings = with(|_| ());
        let spent = findings.plans[1]
            .measures
            .iter_mut()
            .find(|(id, _)| id == "spent")
            .unwrap();
        *spent = ("spent".to_owned(), synthetic::summary((10e6 * by, 0.0)));
        let value = 10e6 * (by - 1.0);
        let others = &mut findings.comparison.as_mut().unwrap().plans[0].others;
        others.insert("spent".to_owned(), Uncertain { value, error: 1.0 });
        title("money", &findings)
    };
    assert!(spends(1.05).starts_with("For about the same money"));
    assert_eq!(
        spends(1.06),
        "Sales-led spends $600k more and brings in $7.8M more than Today"
    );
    assert_eq!(
        spends(0.90),
        "Sales-led spends $1M less and brings in $7.8M more than Today"
    );
    let poor = |share: f64| {
        let mut findings = with(|_| ());
        let summary = synthetic::summary((share, 0.0));
        findings.plans[1]
            .measures
            .retain(|(id, _)| id != "cash_below_zero");
        findings.plans[1]
            .measures
            .push(("cash_below_zero".to_owned(), summary));
        title("money", &findings)
    };
    assert!(poor(0.049).starts_with("For about the same money"));
    assert_eq!(
        poor(0.05),
        "Cash falls below zero in 5 % of futures with Sales-led"
    );
    let mut alike = with(|_| ());
    let others = &mut alike.comparison.as_mut().unwrap().plans[0].others;
    others.insert(
        "revenue".to_owned(),
        Uncertain {
            value: 1e6,
            error: 0.6e6,
        },
    );
    let noisy = title("money", &alike);
    assert!(!noisy.contains("more than"), "{noisy}");
    let one = staffed(&three()[..1], &company(), None);
    assert!(title("money", &one).starts_with("Today costs $10.0M and brings in $26.0M"));
}

#[test]
fn seats_have_their_numbers_though_nobody_is_ramped() {
    let mut findings = with(|_| ());
    let open = ["vacancies.0", "vacancies.1", "vacancies.2"].map(|id| (id, 1.2));
    for (id, mean) in [("ramped.0", 0.0)].into_iter().chain(open) {
        weeks::bands_mut(&mut findings, 1, id)[..13].fill(weeks::band(mean, 0.0));
    }
    let figure = chart("team", &findings);
    assert!(title("team", &findings).contains("starts 1.2 account executives short"));
    let layout = layout(&figure);
    let runs = layout.texts.iter().flat_map(|text| &text.runs);
    let words: Vec<&str> = runs.map(|run| run.text.as_str()).collect();
    assert!(words.contains(&"1.2") && words.contains(&"7.3"));
}

#[test]
fn money_makes_no_claim_of_a_trifle() {
    let mut trifle = with(|_| ());
    let (revenue, error) = (26e6 * 1.015, 1e3);
    trifle.plans[1].measures.retain(|(id, _)| id != "revenue");
    trifle.plans[1]
        .measures
        .push(("revenue".to_owned(), synthetic::summary((revenue, 0.0))));
    let value = revenue - 26e6;
    let others = &mut trifle.comparison.as_mut().unwrap().plans[0].others;
    others.insert("revenue".to_owned(), Uncertain { value, error });
    let nearly = title("money", &trifle);
    assert!(nearly.contains("bring in nearly the same"), "{nearly}");
}

#[test]
fn the_team_says_what_holds() {
    assert_eq!(
        title("team", &with(|_| ())),
        "Sales-led starts 3.1 account executives short; its quota attainment dips to 57 % in the second quarter and passes Today in the fifth"
    );
    let unquoted = title("team", &with(|company| company.quota = false));
    assert_eq!(
        unquoted,
        "Sales-led starts 3.1 account executives short; 10.4 seats are filled in the last quarter"
    );
    // With fewer than one open seat the claim goes.
    let small = title("team", &with(|company| company.heads = 2.5));
    assert!(!small.contains("short"), "{small}");
    let one = staffed(&three()[..1], &company(), None);
    assert_eq!(title("team", &one), "No role of Today changes by a head");
    let rep = with(|company| (company.roles, company.quota) = (vec!["Rep".to_owned()], false));
    assert!(title("team", &rep).contains("3.1 rep seats short"));
}

#[test]
fn percentages_of_titles_stand_in_the_picture() {
    for (name, figure) in figures() {
        let texts: Vec<String> = layout::layout(&figure)
            .texts
            .iter()
            .filter(|text| text.role != Role::Title)
            .map(|text| text.content())
            .collect();
        let title = figure.title.replace(" %", "\u{202f}%");
        for token in title
            .split([' ', ';', ','])
            .filter(|token| token.ends_with("\u{202f}%"))
        {
            assert!(
                texts.iter().any(|text| text.split(' ').any(|word| word == token)),
                "{name}: {token} of {title}"
            );
        }
    }
}

#[test]
fn without_anything_to_draw_there_is_a_reason() {
    let mut nothing = staffed(&three(), &company(), Some(1));
    nothing.measures.clear();
    for plan in &mut nothing.plans {
        plan.measures.clear();
        plan.journey.clear();
    }
    let reasons = KEYS.map(|key| built(key, &nothing).unwrap_err().to_string());
    assert_eq!(
        reasons,
        [
            "fewer than one lead in a future",
            "nothing is spent and nothing comes back",
            "no plan has a seat"
        ]
    );
}

/// The figure as text, with whole amounts.
fn told(figure: &Figure) -> String {
    fn tidy(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(map) => map.values_mut().for_each(tidy),
            serde_json::Value::Array(values) if values.len() > 20 => {
                *value = format!("{} numbers", values.len()).into();
            }
            serde_json::Value::Array(values) => values.iter_mut().for_each(tidy),
            serde_json::Value::Number(number) if number.is_f64() => {
                let rounded = (number.as_f64().unwrap() * 100.0).round() / 100.0;
                *value = rounded.into();
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(figure).unwrap();
    tidy(&mut value);
    serde_json::to_string_pretty(&value).unwrap()
}

#[test]
fn figures_of_two_plans() {
    let findings = staffed(&three()[..2], &company(), Some(1));
    for key in KEYS {
        insta::assert_snapshot!(format!("{key}_two"), told(&chart(key, &findings)));
    }
}
