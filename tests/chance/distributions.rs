//! What is not known exactly: forms, intervals, truncation, means, and what is said of nonsense.

use gtm_sim::chance::distribution::{Distribution, DistributionError, Family, Truncated};
use proptest::prelude::*;

/// One of each form.
fn forms() -> Vec<Distribution> {
    use Distribution::*;
    let mut all = vec![
        Fixed(3.5),
        Normal { mean: 2.0, sd: 3.0 },
        LogNormal {
            median: 20_000.0,
            sigma: 0.8,
        },
        LogitNormal {
            median: 0.12,
            sigma: 0.7,
        },
        Uniform { low: -1.0, high: 4.0 },
        Triangular {
            low: 1.0,
            typical: 2.0,
            high: 7.0,
        },
        Triangular {
            low: 1.0,
            typical: 1.0,
            high: 7.0,
        },
        Pert {
            low: 1.0,
            typical: 2.0,
            high: 7.0,
        },
        Pert {
            low: 1.0,
            typical: 7.0,
            high: 7.0,
        },
        Beta { a: 2.0, b: 6.0 },
        Gamma {
            shape: 2.5,
            scale: 4.0,
        },
        Discrete(vec![(1.0, 2.0), (5.0, 1.0), (9.0, 1.0)]),
        Samples(vec![1.0, 2.0, 2.0, 8.0]),
    ];
    for family in [Family::Normal, Family::LogNormal, Family::LogitNormal] {
        all.push(Split {
            family,
            low: 0.1,
            typical: 0.2,
            high: 0.6,
        });
    }
    all
}

#[test]
fn every_form_is_legal_and_its_mean_is_that_of_its_quantiles() {
    let cells = 40_000;
    for form in forms() {
        assert_eq!(form.check(), Ok(()));
        let middle = |i| (f64::from(i) + 0.5) / f64::from(cells);
        let mean = (0..cells).map(|i| form.quantile(middle(i))).sum::<f64>() / f64::from(cells);
        assert!(
            (form.mean() / mean - 1.0).abs() < 1e-4,
            "{form:?}: {} against {mean}",
            form.mean()
        );
        assert_eq!(form.typical(), form.quantile(0.5));
    }
}

/// Means by mpmath.quad of the value at normal score z times the normal density, on both sides of 0.
#[test]
fn means_agree_with_the_oracle() {
    let logit = Distribution::LogitNormal {
        median: 0.12,
        sigma: 0.7,
    };
    let split = |family| Distribution::Split {
        family,
        low: 0.1,
        typical: 0.2,
        high: 0.6,
    };
    for (form, mean) in [
        (logit, ORACLE_LOGIT),
        (split(Family::Normal), ORACLE_SPLIT_NORMAL),
        (split(Family::LogNormal), ORACLE_SPLIT_LOG),
        (split(Family::LogitNormal), ORACLE_SPLIT_LOGIT),
    ] {
        assert!(
            (form.mean() / mean - 1.0).abs() < 1e-12,
            "{form:?}: {}",
            form.mean()
        );
    }
}

const ORACLE_LOGIT: f64 = 0.138_833_937_710_495_9;
const ORACLE_SPLIT_NORMAL: f64 = 0.272_761_905_472_553_47;
const ORACLE_SPLIT_LOG: f64 = 0.260_557_978_148_638_6;
const ORACLE_SPLIT_LOGIT: f64 = 0.264_321_577_509_507_24;

proptest! {
    #[test]
    fn quantiles_invert_distribution_functions(u in 1e-9..1.0f64, v in 1e-9..1.0f64) {
        for form in forms() {
            let x = form.quantile(u);
            prop_assert!(form.quantile(u.max(v)) >= form.quantile(u.min(v)), "{:?}", form);
            let (below, above) = (form.cdf(x - 1e-9 * x.abs()), form.cdf(x + 1e-9 * x.abs()));
            prop_assert!(below <= u + 1e-6 && above >= u - 1e-6, "{:?} at {}: {} {}", form, u, below, above);
        }
    }
}

#[test]
fn an_interval_says_p5_and_p95() {
    for (family, low, high) in [
        (Family::Normal, -3.0, 7.0),
        (Family::LogNormal, 0.5, 80.0),
        (Family::LogitNormal, 0.02, 0.3),
        (Family::Normal, 2.0, 2.0),
    ] {
        let interval = Distribution::interval(family, low, high).unwrap();
        assert!(
            (interval.quantile(0.05) - low).abs() < 1e-12 * high.abs(),
            "{interval:?}"
        );
        assert!(
            (interval.quantile(0.95) - high).abs() < 1e-12 * high.abs(),
            "{interval:?}"
        );
    }
    let half = Distribution::interval(Family::LogNormal, 1.0, 4.0).unwrap();
    assert!((half.typical() - 2.0).abs() < 1e-15);
    for family in [Family::Normal, Family::LogNormal, Family::LogitNormal] {
        let three = Distribution::three_point(family, 0.1, 0.2, 0.6).unwrap();
        assert!((three.quantile(0.05) - 0.1).abs() < 1e-14);
        assert_eq!(three.typical(), 0.2);
        assert!((three.quantile(0.95) - 0.6).abs() < 1e-14);
    }
}

#[test]
fn the_family_follows_the_legal_range() {
    assert_eq!(Family::of_range(0.0, 1.0), Family::LogitNormal);
    assert_eq!(Family::of_range(0.0, f64::INFINITY), Family::LogNormal);
    assert_eq!(Family::of_range(-1.0, 1.0), Family::Normal);
    assert_eq!(Family::of_range(f64::NEG_INFINITY, f64::INFINITY), Family::Normal);
}

#[test]
fn the_typical_value_is_the_median_not_the_mode() {
    let triangle = Distribution::Triangular {
        low: 0.0,
        typical: 0.0,
        high: 1.0,
    };
    assert!((triangle.typical() - (1.0 - 0.5f64.sqrt())).abs() < 1e-15);
    let pert = Distribution::Pert {
        low: 0.0,
        typical: 0.0,
        high: 1.0,
    };
    assert!((pert.typical() - (1.0 - libm::pow(0.5, 0.2))).abs() < 1e-14);
}

#[test]
fn lists_are_sorted_and_drawn_by_weight() {
    let list = Distribution::discrete(vec![(9.0, 1.0), (1.0, 2.0), (4.0, 0.0), (5.0, 1.0)]).unwrap();
    let drawn = [0.01, 0.5, 0.51, 0.75, 0.76, 0.999].map(|u| list.quantile(u));
    assert_eq!(drawn, [1.0, 1.0, 5.0, 5.0, 9.0, 9.0]);
    let samples = Distribution::samples(vec![3.0, 1.0, 2.0]).unwrap();
    assert_eq!(
        [0.001, 0.33, 0.34, 0.67, 0.999].map(|u| samples.quantile(u)),
        [1.0, 1.0, 2.0, 3.0, 3.0]
    );
}

#[test]
fn nonsense_is_named_in_plain_words() {
    use Distribution::*;
    let said = |form: Distribution| form.check().unwrap_err().to_string();
    let interval = |family, low, high| Distribution::interval(family, low, high).unwrap_err().to_string();
    assert_eq!(interval(Family::Normal, 3.0, 2.0), "low (3) is above high (2)");
    assert_eq!(
        interval(Family::LogNormal, 0.0, 2.0),
        "low (0) cannot be reached: values of this distribution must lie above 0"
    );
    assert_eq!(
        interval(Family::LogitNormal, 0.5, 1.0),
        "high (1) cannot be reached: values of this distribution must lie strictly between 0 and 1"
    );
    let out_of_order = Distribution::three_point(Family::Normal, 0.0, 5.0, 4.0);
    assert!(matches!(
        out_of_order,
        Err(DistributionError::OutOfOrder {
            lesser_name: "typical",
            ..
        })
    ));
    assert_eq!(
        said(Normal { mean: 0.0, sd: -1.0 }),
        "sd (-1) is negative; a spread is 0 or more"
    );
    assert_eq!(said(Fixed(f64::NAN)), "the value is not a finite number");
    assert_eq!(
        said(Gamma {
            shape: 0.0,
            scale: 1.0
        }),
        "shape (0) must be above 0"
    );
    assert_eq!(
        said(Beta {
            a: 1.0,
            b: f64::INFINITY
        }),
        "b is not a finite number"
    );
    assert_eq!(
        said(Samples(vec![])),
        "the list holds no values that could be drawn"
    );
    assert_eq!(
        said(Discrete(vec![(1.0, 0.0)])),
        "the list holds no values that could be drawn"
    );
    assert_eq!(
        said(Discrete(vec![(1.0, -0.5)])),
        "the weight of 1 is negative (-0.5)"
    );
    assert_eq!(
        said(Samples(vec![2.0, 1.0])),
        "the values must be listed from the smallest to the largest: 2 stands before 1"
    );
}

#[test]
fn truncation_keeps_the_shape_inside() {
    let normal = Distribution::Normal { mean: 0.0, sd: 1.0 };
    let half = Truncated::new(normal.clone(), 0.0, f64::INFINITY);
    assert!((half.outside() - 0.5).abs() < 1e-15);
    assert!((half.typical() - normal.quantile(0.75)).abs() < 1e-14);
    assert!((half.mean() - (2.0 / std::f64::consts::PI).sqrt()).abs() < 1e-9);
    for i in 1..1000 {
        assert!(half.quantile(f64::from(i) / 1000.0) >= 0.0);
    }
    assert!(half.quantile(1.0f64.next_down()).is_finite());
    let whole = Truncated::new(normal.clone(), f64::NEG_INFINITY, f64::INFINITY);
    assert_eq!(
        (whole.outside(), whole.quantile(0.123)),
        (0.0, normal.quantile(0.123))
    );
    let positive = Truncated::new(
        Distribution::LogNormal {
            median: 2.0,
            sigma: 1.0,
        },
        0.0,
        f64::INFINITY,
    );
    assert_eq!(
        (positive.outside(), positive.mean()),
        (0.0, positive.distribution.mean())
    );
    let beyond = Truncated::new(normal, 50.0, 60.0);
    assert_eq!((beyond.outside(), beyond.typical()), (1.0, 50.0));
    let lumps = Truncated::new(Distribution::Samples(vec![0.0, 1.0, 2.0, 3.0]), 1.0, 2.0);
    assert_eq!(
        (lumps.outside(), lumps.quantile(0.01), lumps.quantile(0.99)),
        (0.5, 1.0, 2.0)
    );
    let fixed = Truncated::new(Distribution::Fixed(0.0), 0.0, 1.0);
    assert_eq!((fixed.outside(), fixed.typical()), (0.0, 0.0));
}
