//! Carry-over and saturation as other libraries parameterise them, and what their parameters become here.

use crate::scenario;
use crate::support::lives::assert_close;
use gtm_sim::engine::replication::Worker;
use gtm_sim::model::schedule::Schedule;

/// Responses of a channel of a file, week by week from 1.
fn responses(name: &str, settings: &[&str], channel: &str) -> Vec<f64> {
    let scenario = scenario(name, settings);
    let channels = scenario.channels.len();
    let position = scenario
        .channels
        .iter()
        .position(|of| of.name.as_str() == channel)
        .unwrap();
    let worker = Worker::new(&scenario, &[0]);
    let schedule: &Schedule = worker.schedule(0);
    (1..=scenario.weeks as usize)
        .map(|week| schedule.response[week * channels + position])
        .collect()
}

fn cube(x: f64) -> f64 {
    x * x * x
}

/// Robyn `adstock_geometric`, `100×5, θ = .5`: y_t = x_t + θ y_(t−1) = 100, 150, 175, 187.5, 193.75; then `saturation_hill` with
/// α = 3, γ = .5 of the greatest. Here λ = θ, s = α, κ = γ × 193.75 × (1 − θ).
#[test]
fn robyn() {
    let mut adstock: f64 = 0.0;
    let response = responses("libraries", &[], "robyn");
    for (week, golden) in [100.0, 150.0, 175.0, 187.5, 193.75].into_iter().enumerate() {
        adstock = 100.0 + 0.5 * adstock;
        assert_eq!(adstock, golden);
        let hill = cube(adstock) / (cube(adstock) + cube(0.5 * 193.75));
        assert_close(response[week], hill, 1e-12);
    }
    // Its own example of the Hill curve, (100, 150, 170, 190, 200), α = 3, γ = .5.
    for (x, golden) in [
        (100.0, 0.5),
        (150.0, 0.771429),
        (170.0, 0.830881),
        (190.0, 0.872757),
        (200.0, 0.888889),
    ] {
        assert_close(cube(x) / (cube(x) + cube(100.0)), golden, 5e-7);
        assert_close(gtm_sim::model::saturation::response(x, 100.0, 3.0), golden, 5e-7);
    }
}

/// Meridian's geometric weights α^i over a window w, divided by their sum; its Hill 1/(1 + (x/ec)^−slope).
fn meridian(media: &[f64], alpha: f64, window: usize) -> f64 {
    let weights = (0..window).map(|lag| libm::pow(alpha, lag as f64));
    let sum: f64 = weights.clone().sum();
    let carried = weights.zip(media.iter().rev()).map(|(weight, x)| weight * x);
    carried.sum::<f64>() / sum
}

/// From nothing, Meridian's adstock of a steady spend is ours ÷ (1 − α^w); its test media have .751014, .435161, .572220
/// in the last week, ours without a window .751007, .421562, .234330.
#[test]
fn meridian_window() {
    let response = responses("libraries", &[], "meridian");
    for week in 1..=26_usize {
        let steady = vec![100.0; week.min(5)];
        let windowed = meridian(&steady, 0.9, 5);
        let ours = 100.0 * (1.0 - libm::pow(0.9, week as f64));
        if week <= 5 {
            assert_close(windowed * (1.0 - libm::pow(0.9, 5.0)), ours, 1e-9);
        }
        assert_close(response[week - 1], ours / (ours + 80.0), 1e-12);
    }
    let columns = [
        ([0.12, 0.34, 0.91, 0.45, 0.78], 0.1, 0.751014, 0.751007),
        ([0.55, 0.71, 0.08, 0.82, 0.29], 0.5, 0.435161, 0.421562),
        ([0.89, 0.23, 0.67, 0.11, 0.95], 0.9, 0.572220, 0.234330),
    ];
    for (media, alpha, golden, ours) in columns {
        assert_close(meridian(&media, alpha, 5), golden, 6e-7);
        let phases: Vec<String> = media
            .iter()
            .map(|share| format!("{{ weeks = 1, marketing_share = {share} }}"))
            .collect();
        let settings = [
            format!("plans.today.phases=[{}]", phases.join(", ")),
            format!("channels.media.half_life_weeks={}", -1.0 / libm::log2(alpha)),
        ];
        let settings = settings.each_ref().map(String::as_str);
        let response = responses("media_weeks", &settings, "media")[4];
        assert_close(response / (1.0 - response), ours, 6e-7);
    }
}

/// PyMC-Marketing `geometric_adstock(alpha=.5, l_max=12, normalize=True)` of a constant 100; `hill(slope, kappa)` and
/// `michaelis_menten(lam)` are this law's curve; `logistic(lam)` = tanh(λx/2) meets it at half-saturation only.
#[test]
fn pymc_marketing() {
    let golden = [50.012210, 75.018315, 87.521368, 93.772894, 96.898657];
    let share = 1.0 - libm::pow(0.5, 12.0);
    let (hill, menten) = (
        responses("libraries", &[], "pymc_hill"),
        responses("libraries", &[], "pymc_menten"),
    );
    for (week, golden) in golden.into_iter().enumerate() {
        let weights: f64 = (0..=week).map(|lag| libm::pow(0.5, lag as f64)).sum();
        let all: f64 = (0..12).map(|lag| libm::pow(0.5, f64::from(lag))).sum();
        assert_close(100.0 * weights / all, golden, 6e-7);
        let ours = golden * share;
        assert_close(hill[week], 1.0 - 2500.0 / (2500.0 + ours * ours), 2e-8);
        assert_close(menten[week], ours / (50.0 + ours), 2e-8);
    }
    assert_close(1.0 - 0.25 / (0.25 + 1.0), 0.8, 1e-12); // hill(slope 2, kappa .5) at 1
    // logistic(1) at 1 is .462117; λ = .02 is half saturated at ln 3/λ, where the file's channel is too.
    let logistic = |lam: f64, x: f64| libm::tanh(lam * x / 2.0);
    assert_close(logistic(1.0, 1.0), 0.462117, 6e-7);
    let half = libm::log(3.0) / 0.02;
    assert_close(logistic(0.02, half), 0.5, 1e-12);
    let curve = responses("libraries", &[], "pymc_logistic");
    for (week, response) in curve.iter().enumerate() {
        let pressure = 100.0 * (1.0 - libm::pow(0.5, week as f64 + 1.0));
        assert_close(*response, pressure / (pressure + half), 1e-12);
    }
    // At a steady 100 a week it is .645 here and .762 there: another curve.
    assert_close(curve[25], 0.645450, 1e-5);
    assert_close(logistic(0.02, 100.0), 0.761594, 6e-7);
}
