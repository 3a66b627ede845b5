//! How numbers are printed.

use Style::{Axis, Machine, Sentence, Table};
use gtm_sim::units::format::*;
use gtm_sim::units::unit::Unit;

#[test]
fn money_has_three_digits_at_most() {
    let cases = [
        (950.0, "$950"),
        (61_000.0, "$61k"),
        (61_234.0, "$61.2k"),
        (96_450.0, "$96.5k"),
        (4.2e6, "$4.2M"),
        (26.5e6, "$26.5M"),
        (140e6, "$140M"),
        (999_600.0, "$1M"),
        (1e12, "$1,000B"),
        (-1.6e6, "\u{2212}$1.6M"),
        (0.05, "$0.05"),
        (0.0, "$0"),
        (-0.0, "$0"),
        (f64::NAN, "\u{2013}"),
    ];
    for (x, text) in cases {
        assert_eq!(money(x, "USD", Sentence), text, "{x}");
    }
}

#[test]
fn money_in_columns_keeps_a_decimal() {
    assert_eq!(money(13.0e6, "USD", Table), "$13.0M");
    assert_eq!(money(140e6, "USD", Table), "$140M");
    assert_eq!(money(950.0, "USD", Table), "$950");
    assert_eq!(money(12_345.678, "USD", Machine), "12345.678");
    assert_eq!(money(30e6, "USD", Axis), "$30M");
}

#[test]
fn differences_are_signed_and_the_sign_precedes_the_currency() {
    assert_eq!(signed_money(6.2e6, "USD", Sentence), "+$6.2M");
    assert_eq!(signed_money(-6.2e6, "EUR", Sentence), "\u{2212}\u{20ac}6.2M");
    assert_eq!(signed_money(0.0, "USD", Sentence), "$0");
    assert_eq!(signed_points(0.7, Sentence), "+70 points");
}

#[test]
fn no_more_digits_than_the_error_carries() {
    assert_eq!(money_with_error(20.31e6, 0.05e6, "USD"), "$20.3M \u{b1} 0.05");
    assert_eq!(money_with_error(20.31e6, 2.3e6, "USD"), "$20M \u{b1} 2");
    assert_eq!(money_with_error(143e6, 15e6, "USD"), "$140M \u{b1} 15");
    assert_eq!(money_with_error(143e6, 10.0, "USD"), "$143M \u{b1} under 0.001");
    assert_eq!(money_to(26.49e6, 0.07e6, "USD"), "$26.5M");
    assert_eq!(money_to(26.49e6, 0.7e6, "USD"), "$26.5M");
    assert_eq!(money_to(26.49e6, 0.97e6, "USD"), "$26M");
    assert_eq!(money_to(0.0, 0.0, "USD"), "$0");
    assert_eq!(rounded_to(143.0, 15.0), 140.0);
    assert_eq!(rounded_to(0.123, 0.02), 0.12);
}

#[test]
fn one_scale_serves_a_whole_axis() {
    let axis = Scale::of(30e6, 5e6);
    assert_eq!(axis.money(30e6, "USD"), "$30M");
    assert_eq!(axis.bare(-5e6), "\u{2212}5");
    assert_eq!(Scale::of(2e6, 0.25e6).bare(0.5e6), "0.50");
    assert_eq!(
        Scale::with_error(26.5e6, 0.05e6).finer().money(26.53e6, "USD"),
        "$26.53M"
    );
    assert_eq!(Scale::with_error(26.5e6, 0.05e6).signed(6.21e6, "USD"), "+$6.2M");
    // An error of tens of thousands carries no thousands.
    let coarse = Scale::with_error(281e3, 51e3);
    assert_eq!(coarse.money(149e3, "USD"), "$150k");
    assert_eq!(coarse.bare(16e3), "20");
    assert_eq!(coarse.finer().money(149e3, "USD"), "$149k");
    assert_eq!(Scale::with_error(5e3, 14e3).money(5.2e3, "USD"), "$5k");
}

#[test]
fn ranges_share_a_unit() {
    assert_eq!(money_range(16.5e6, 24.2e6, "USD"), "$16.5\u{2013}24.2M");
    assert_eq!(money_range(-1.6e6, 3.25e6, "USD"), "\u{2212}$1.60M to $3.25M");
}

#[test]
fn shares_are_never_none_or_all() {
    assert_eq!(percent(0.23, Sentence), "23\u{202f}%");
    assert_eq!(share_of_futures(0.0, Table), "under 1\u{202f}%");
    assert_eq!(share_of_futures(0.004, Table), "under 1\u{202f}%");
    assert_eq!(share_of_futures(0.9951, Table), "over 99\u{202f}%");
    assert_eq!(share_of_futures(0.81, Table), "81\u{202f}%");
    assert_eq!(share_of_futures(1.0, Machine), "1");
}

#[test]
fn other_units() {
    assert_eq!(number(1234.6, Sentence), "1,235");
    assert_eq!(number(-12.34, Sentence), "\u{2212}12.3");
    assert_eq!(number(0.25, Sentence), "0.25");
    assert_eq!(count(4000), "4,000");
    assert_eq!(heads(6.54, Table), "6.5");
    assert_eq!(ratio(2.94, Sentence), "2.9\u{d7}");
    assert_eq!(weeks(1.0, Sentence), "1\u{202f}week");
    assert_eq!(weeks(12.5, Axis), "12.5\u{202f}wk");
    assert_eq!(week(34, Axis), "wk\u{202f}34");
    assert_eq!(
        quantity(215e3, Unit::MoneyPerYear, "USD", Sentence),
        "$215k a year"
    );
    assert_eq!(symbol("CHF"), "CHF\u{a0}");
    assert_eq!(money(4.2e6, "CHF", Sentence), "CHF\u{a0}4.2M");
}

#[test]
fn machine_numbers_read_back() {
    for x in [0.1 + 0.2, 1e-300, 123_456_789.125, -7.0] {
        assert_eq!(machine(x).parse::<f64>(), Ok(x));
    }
    assert_eq!(machine(-0.0), "0");
    assert_eq!(machine(f64::INFINITY), "");
    assert_eq!(coordinate(-3.26), "-3.3");
    assert_eq!(coordinate(7.0), "7");
}

#[test]
fn a_locale_may_put_the_currency_behind() {
    let german = Locale {
        thousands: ".",
        decimal: ",",
        currency_after: true,
    };
    assert_eq!(
        german.money(-4.2e6, "EUR", Sentence),
        "\u{2212}4,2M\u{202f}\u{20ac}"
    );
}
