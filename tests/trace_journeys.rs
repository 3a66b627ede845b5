//! Journeys of a sample where the answer is known: lengths, touches, credits, and what absence changes; their two charts.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests may fail them

#[path = "charts/boxes.rs"]
mod boxes;
mod support;

use gtm_sim::analysis::compare::Asked;
use gtm_sim::analysis::findings::Uncertain;
use gtm_sim::analysis::journeys::claims::{self, Rule};
use gtm_sim::analysis::journeys::document::{Credit, Journeys};
use gtm_sim::analysis::journeys::sample::sample;
use gtm_sim::charts::{Figure, JOURNEY_CHARTS, NoChart, png, svg};
use gtm_sim::engine::simulate::Control;
use gtm_sim::model::scenario::{ChannelAwareness, ChannelLeads, Scenario};
use gtm_sim::outcome::aim::Aim;
use gtm_sim::outcome::measure::measure;
use support::bare::{AddTo, bare, channel, role};

fn journeys(scenario: &Scenario, futures: u64) -> Journeys {
    let aim = Aim {
        objective: measure("value").unwrap(),
        target: None,
    };
    let asked = Asked {
        scenario,
        plans: &[0],
        aim: &aim,
        file: "bare.toml",
        sha256: "0123456789",
        settings: &[],
        seed: 3,
    };
    sample(&asked, futures, &Control::default()).unwrap()
}

/// 2,000 accounts that nobody knows. Brand alone makes them aware, search alone makes leads of aware ones, and every
/// lead buys by itself three weeks later.
fn relay() -> Scenario {
    let mut brand = channel("brand", 1000.0);
    brand.awareness = ChannelAwareness::PerWeek(0.02);
    let mut search = channel("search", 1000.0);
    search.leads = ChannelLeads::Hazard(0.02);
    let mut scenario = bare(2000, 40).with_channel(brand).with_channel(search);
    let leads = &mut scenario.segments[0].leads;
    (
        leads.needs_a_rep,
        leads.self_serve_conversion,
        leads.decision_weeks,
    ) = (0.0, 1.0, 3.0);
    scenario.budget.annual = 104_000.0;
    scenario.plans[0].phases[0].marketing_share = 1.0;
    scenario.plans[0].channels = vec![0.5, 0.5];
    scenario
}

fn credit<'a>(journeys: &'a Journeys, source: &str) -> &'a Credit {
    let found = journeys.sources.iter().find(|credit| credit.source == source);
    found.unwrap_or_else(|| panic!("no {source}"))
}

fn quantiles(journeys: &Journeys, id: &str) -> Vec<f64> {
    let time = journeys.times.iter().find(|time| time.id == id).unwrap();
    time.quantiles.iter().map(|quantile| quantile.value).collect()
}

fn close(one: f64, other: f64) {
    assert!(
        (one - other).abs() <= 1e-9 * other.abs().max(1.0),
        "{one}, expected {other}"
    );
}

/// Each rule gives one of the two everything and the other nothing; without either, nothing at all is won. The two
/// truths sum to twice the wins, which no rule of attribution can say.
#[test]
fn a_relay_needs_both_and_credits_one() {
    let journeys = journeys(&relay(), 30);
    let all = journeys.wins.all.value;
    assert!(all > 30.0 && journeys.wins.leads_before.value == 0.0);
    close(journeys.wins.value.value, 10_000.0 * all);
    let (brand, search) = (
        credit(&journeys, "channels.brand"),
        credit(&journeys, "channels.search"),
    );
    for (channel, first, last) in [(brand, all, 0.0), (search, 0.0, all)] {
        close(channel.first.value, first);
        close(channel.last.value, last);
        close(channel.first_value.value, 10_000.0 * first);
        close(channel.last_value.value, 10_000.0 * last);
        close(channel.truth.unwrap().value, all);
        close(channel.truth_value.unwrap().value, 10_000.0 * all);
        close(channel.first_gap.unwrap().value, first - all);
        close(channel.last_gap.unwrap().value, last - all);
    }
    assert_eq!(journeys.sources.len(), 2, "others made nothing");
    assert_eq!(quantiles(&journeys, "lead_to_purchase"), [3.0; 5]);
    assert_eq!(quantiles(&journeys, "touches"), [2.0; 5]);
    assert_eq!(journeys.paths.len(), 1);
    assert_eq!(
        journeys.paths[0].steps,
        ["channels.brand", "channels.search", "self_serve_won"]
    );
    close(journeys.paths[0].share.value, 1.0);
    let (worst, rule) = claims::worst(&journeys).unwrap();
    assert!((worst.source == "channels.brand") == (rule == Rule::Last));
}

/// Weeks from awareness to the lead are geometric while they are seen: the hazard of an aware account is the same in
/// every week, so the median is that of a geometric law cut off at the horizon.
#[test]
fn weeks_to_the_lead_are_those_of_the_hazard() {
    let mut scenario = relay();
    // Everybody hears of us in week 1, and is followed for 40 weeks less three.
    scenario.channels[0].awareness = ChannelAwareness::PerWeek(1_400.0);
    let journeys = journeys(&scenario, 40);
    let p: f64 = 1.0 - libm::exp(-0.01);
    let within = |weeks: f64| 1.0 - libm::pow(1.0 - p, weeks + 1.0);
    let seen = within(36.0);
    for (share, told) in [0.1, 0.25, 0.5, 0.75, 0.9]
        .into_iter()
        .zip(quantiles(&journeys, "touch_to_lead"))
    {
        let expected = (0..40)
            .find(|week| within(f64::from(*week)) >= share * seen)
            .unwrap();
        // 40 futures hold some 25,000 journeys: a week more or less is the noise of the quantile.
        assert!(
            (told - f64::from(expected)).abs() <= 1.0,
            "{share}: {told}, {expected}"
        );
    }
    let whole = quantiles(&journeys, "touch_to_purchase");
    let lead = quantiles(&journeys, "touch_to_lead");
    assert!(whole.iter().zip(&lead).all(|(whole, lead)| whole - lead == 3.0));
    for time in &journeys.times {
        for quantile in &time.quantiles {
            assert!(quantile.low <= quantile.value && quantile.value <= quantile.high);
        }
    }
}

/// Accounts that knew us before week 1 had their first touch then: it is spread over what makes accounts aware today,
/// organic .003 to brand .02/2, and their journeys are not seen whole.
#[test]
fn first_touches_before_week_1_are_spread_over_todays_sources() {
    let mut scenario = relay();
    scenario.segments[0].awareness.aware_today = 1.0;
    scenario.segments[0].awareness.organic_per_week = 0.003;
    let journeys = journeys(&scenario, 20);
    // Those who were deciding at the start are credited to nobody.
    let all = journeys.wins.all.value - journeys.wins.leads_before.value;
    assert!(all > 100.0 && journeys.wins.leads_before.value > 10.0);
    close(credit(&journeys, "organic").first.value, all * 3.0 / 13.0);
    close(credit(&journeys, "channels.brand").first.value, all * 10.0 / 13.0);
    close(credit(&journeys, "channels.search").last.value, all);
    assert!(credit(&journeys, "organic").truth.is_none());
    assert_eq!(
        journeys.paths[0].steps,
        ["before", "channels.search", "self_serve_won"]
    );
    assert!(quantiles(&journeys, "touch_to_purchase").is_empty());
    assert!(claims::times(&journeys).is_none());
    assert!((JOURNEY_CHARTS[0].build)(&journeys).is_err());
}

/// Ten leads a week on average and hours for two: newest first, nobody waits and four of five are never called.
#[test]
fn response_counts_those_called_and_those_never_called() {
    let mut seller = role("seller");
    seller.selling_hours_per_week = 2.0;
    let mut scenario = relay().with_role(seller, Some(1.0));
    scenario.channels[0].awareness = ChannelAwareness::PerWeek(1_400.0);
    scenario.segments[0].leads.needs_a_rep = 1.0;
    scenario.segments[0].deals.hours_opportunity = 0.0;
    scenario.work.stop_after_weeks = Some(0.0);
    scenario.budget.annual = 156_000.0;
    scenario.plans[0].phases[0].marketing_share = 2.0 / 3.0;
    scenario.plans[0].roles = vec![1.0];
    let journeys = journeys(&scenario, 20);
    let response = journeys.response;
    close(response.weeks.unwrap().value, 0.0);
    let (same, never) = (response.same_week.unwrap().value, response.never.unwrap().value);
    close(same + never, 1.0);
    assert!(never > 0.7 && same > 0.05, "{never}");
    let told = claims::response(&journeys).unwrap();
    assert!(told.contains("never; those called wait 0"), "{told}");
}

/// A channel alone, whose leads need nobody else: every rule is right, and nothing is said against it.
#[test]
fn nothing_is_said_where_attribution_is_right() {
    let mut only = channel("only", 1000.0);
    (only.leads, only.capture) = (ChannelLeads::Hazard(0.02), 1.0);
    let mut scenario = relay();
    scenario.channels.clear();
    scenario.plans[0].channels.clear();
    let mut scenario = scenario.with_channel(only);
    scenario.plans[0].channels = vec![1.0];
    let journeys = journeys(&scenario, 20);
    let only = credit(&journeys, "channels.only");
    assert!(only.truth.unwrap().value > 30.0);
    close(only.last_gap.unwrap().value, 0.0);
    close(only.first_gap.unwrap().value, 0.0);
    assert!(claims::worst(&journeys).is_none());
    let figure = (JOURNEY_CHARTS[1].build)(&journeys).unwrap();
    assert!(
        figure.title.starts_with("What channels are credited with"),
        "{}",
        figure.title
    );
}

/// An invented sample: so many channels, their names, the size of their wins.
fn invented(channels: usize, name: &str, wins: f64) -> Journeys {
    let mut journeys = journeys(&relay(), 4);
    let sure = |value: f64| Uncertain {
        value,
        error: 0.02 * value.abs(),
    };
    let shape = journeys.sources[0].clone();
    let made = (0..channels).map(|number| {
        let part = wins * (1.0 - 0.08 * number as f64);
        Credit {
            source: format!("channels.c{number}"),
            label: format!("{name} {number}"),
            first: sure(0.4 * part),
            last: sure(part),
            truth: Some(sure(if number == 2 { -0.3 * part } else { 0.7 * part })),
            first_gap: Some(sure(-0.3 * part)),
            last_gap: Some(sure(0.3 * part)),
            ..shape.clone()
        }
    });
    journeys.sources = made.collect();
    journeys.wins.all = sure(wins * channels as f64);
    journeys.sample.label = name.to_owned();
    journeys
}

#[test]
fn texts_stand_apart_whatever_the_channels() {
    let long = "Παν-ευρωπαϊκή προβολή και Реклама во всех регионах страны";
    let mut faults = Vec::new();
    for channels in [1, 2, 3, 5, 8, 11] {
        for name in ["Search", long] {
            for wins in [0.04, 3.0, 61.0, 48_000.0, 1e12] {
                let invented = invented(channels, name, wins);
                for chart in JOURNEY_CHARTS {
                    let figure = (chart.build)(&invented).unwrap();
                    let case = format!("{} {channels} {name} {wins}", chart.key);
                    faults.extend(boxes::faults(&case, &figure));
                    assert!(figure.alt.chars().count() <= 600, "{case}");
                    assert!(!figure.title.contains("NaN"), "{case}");
                }
            }
        }
    }
    let few: Vec<&String> = faults.iter().take(10).collect();
    assert!(faults.is_empty(), "{few:#?}");
}

/// The title's numbers stand in the picture, rounded alike.
#[test]
fn the_title_of_attribution_is_what_the_bars_say() {
    let figure: Result<Figure, NoChart> = (JOURNEY_CHARTS[1].build)(&invented(3, "Search", 61.0));
    let figure = figure.unwrap();
    let title = figure.title.replace('\u{202f}', " ");
    assert_eq!(
        title,
        "Last touch credits Search 0 with 61 wins; without it 43 fewer would be won"
    );
    let drawn = svg(&figure);
    assert!(png(&drawn).is_ok());
    assert!(
        figure
            .alt
            .contains("61 credited by last touch, 24 credited by first touch, 43 fewer without it")
    );
    assert!(figure.alt.contains("15 more without it"), "{}", figure.alt);
}

#[test]
fn no_channel_and_no_win_are_no_chart() {
    let none = invented(0, "Search", 61.0);
    let reason = |journeys: &Journeys| (JOURNEY_CHARTS[1].build)(journeys).unwrap_err().reason;
    assert_eq!(reason(&none), "there is no channel");
    let mut nothing = invented(2, "Search", 61.0);
    nothing.wins.all.value = 0.0;
    assert_eq!(reason(&nothing), "nothing is won");
}
