//! The formatter: a number, its unit and the place where it stands make a text; no other file prints floats.
//!
//! Free functions write English. Signs are U+2212, units stand behind a narrow no-break space (U+202F), and an
//! undefined number (NaN, infinite) is an en dash for people and an empty text for machines.

use super::unit::Unit;

/// Narrow no-break space, between a number and its unit.
const THIN: &str = "\u{202f}";
/// Minus sign.
const MINUS: &str = "\u{2212}";
/// What stands for an undefined number.
const UNDEFINED: &str = "\u{2013}";

/// Where a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// In a column: money keeps one decimal, so that the column aligns.
    Table,
    /// At a tick: short, without trailing zeros.
    Axis,
    /// In running text: without trailing zeros, units in full.
    Sentence,
    /// In CSV and JSON: shortest digits that read back to the same number, no unit.
    Machine,
}

/// How a language writes numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locale {
    /// Between groups of three digits.
    pub thousands: &'static str,
    /// Before the decimals.
    pub decimal: &'static str,
    /// The currency stands behind the number.
    pub currency_after: bool,
}

/// English: `1,234.5`, `$4.2M`.
pub const ENGLISH: Locale = Locale {
    thousands: ",",
    decimal: ".",
    currency_after: false,
};

/// Whether a number that is not negative carries a plus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Minus,
    Both,
}

/// One unit for many amounts of money: an axis or a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    factor: f64,
    suffix: &'static str,
    /// Decimals, below zero whole tens or hundreds.
    digits: i32,
}

impl Scale {
    /// The unit of the largest amount, with the decimals that the smallest step between amounts needs.
    pub fn of(largest: f64, step: f64) -> Self {
        let (factor, suffix) = thousand_unit(largest.abs());
        Self {
            factor,
            suffix,
            digits: decimals_of(step / factor) as i32,
        }
    }

    /// The unit of the largest amount, with the digits that a standard error carries, three significant at most.
    pub fn with_error(largest: f64, error: f64) -> Self {
        Self::of(rounded_to(largest.abs(), error), 0.0).carrying(largest, error)
    }

    /// This unit, with the digits of amounts up to `largest` that a standard error carries.
    #[must_use]
    pub fn carrying(self, largest: f64, error: f64) -> Self {
        let size = largest.abs() / self.factor;
        let most = most_decimals(size);
        let digits = if error > 0.0 {
            (most as i32).min((-decade(error / self.factor)).max(-decade_floor(size)))
        } else {
            trimmed(round_to(size, -(most as i32)), most) as i32
        };
        Self { digits, ..self }
    }

    /// The same unit with one more digit.
    #[must_use]
    pub fn finer(self) -> Self {
        Self {
            digits: self.digits + 1,
            ..self
        }
    }

    /// An amount as it is printed, in currency units.
    pub fn rounded(self, x: f64) -> f64 {
        round_to(x / self.factor, -self.digits) * self.factor
    }

    /// The amount with currency and unit: `$30M`.
    pub fn money(self, x: f64, currency: &str) -> String {
        ENGLISH.scaled_money(x, currency, self, Sign::Minus)
    }

    /// The amount with its sign, currency and unit: `+$6.2M`.
    pub fn signed(self, x: f64, currency: &str) -> String {
        ENGLISH.scaled_money(x, currency, self, Sign::Both)
    }

    /// The amount in this unit without currency or unit: `30`.
    pub fn bare(self, x: f64) -> String {
        ENGLISH.fixed(x / self.factor, self.digits, Sign::Minus)
    }
}

impl Locale {
    /// Money with three significant digits at most.
    pub fn money(&self, x: f64, currency: &str, style: Style) -> String {
        self.amount(x, currency, style, Sign::Minus)
    }

    /// A difference of money, always signed.
    pub fn signed_money(&self, x: f64, currency: &str, style: Style) -> String {
        self.amount(x, currency, style, Sign::Both)
    }

    fn amount(&self, x: f64, currency: &str, style: Style, sign: Sign) -> String {
        if !x.is_finite() || style == Style::Machine {
            return undefined_or_machine(x, style);
        }
        let rounded = round_to(x.abs(), decade_floor(x.abs()) - 2);
        let (factor, suffix) = thousand_unit(rounded);
        let mantissa = rounded / factor;
        let decimals = match style {
            Style::Table if !suffix.is_empty() => usize::from(mantissa < 100.0),
            Style::Table if mantissa >= 100.0 || mantissa == 0.0 => 0,
            _ => trimmed(mantissa, most_decimals(mantissa)),
        };
        let scale = Scale {
            factor,
            suffix,
            digits: decimals as i32,
        };
        self.scaled_money(x, currency, scale, sign)
    }

    fn scaled_money(&self, x: f64, currency: &str, scale: Scale, sign: Sign) -> String {
        if !x.is_finite() {
            return UNDEFINED.to_owned();
        }
        let signed = self.fixed(x / scale.factor, scale.digits, sign);
        let digits = signed.trim_start_matches(['+', '\u{2212}']);
        let before = &signed[..signed.len() - digits.len()];
        let symbol = symbol(currency);
        if self.currency_after {
            format!("{before}{digits}{}{THIN}{}", scale.suffix, symbol.trim_end())
        } else {
            format!("{before}{symbol}{digits}{}", scale.suffix)
        }
    }

    /// A plain number.
    pub fn number(&self, x: f64, style: Style) -> String {
        if !x.is_finite() || style == Style::Machine {
            return undefined_or_machine(x, style);
        }
        let size = x.abs();
        let decimals = if size >= 100.0 {
            0
        } else {
            trimmed(round_to(size, decade_floor(size) - 2), most_decimals(size))
        };
        self.fixed(x, decimals as i32, Sign::Minus)
    }

    /// Fixed digits after the point, or before it if negative, grouped thousands, sign; what rounds to zero has no sign.
    fn fixed(&self, x: f64, digits: i32, sign: Sign) -> String {
        if !x.is_finite() {
            return UNDEFINED.to_owned();
        }
        let x = if digits < 0 { round_to(x, -digits) } else { x };
        let plain = format!("{:.*}", digits.max(0) as usize, x.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let is_zero = plain.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        let before = match sign {
            _ if is_zero => "",
            _ if x < 0.0 => MINUS,
            Sign::Both => "+",
            Sign::Minus => "",
        };
        let mut text = before.to_owned();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push_str(self.thousands);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push_str(self.decimal);
            text.push_str(fraction);
        }
        text
    }
}

/// Money with three significant digits at most: `$950`, `$61k`, `$4.2M`, `$140M`, `−$1.6M`.
pub fn money(x: f64, currency: &str, style: Style) -> String {
    ENGLISH.money(x, currency, style)
}

/// A difference of money, always signed: `+$6.2M`.
pub fn signed_money(x: f64, currency: &str, style: Style) -> String {
    ENGLISH.signed_money(x, currency, style)
}

/// Money and its standard error in the same unit: `$20.3M ± 0.05`. The amount has three significant digits at
/// most and never more than the error carries.
pub fn money_with_error(x: f64, error: f64, currency: &str) -> String {
    if !x.is_finite() || !error.is_finite() || error <= 0.0 {
        return money(x, currency, Style::Sentence);
    }
    let scale = Scale::with_error(x.abs().max(error), error);
    let amount = scale.money(rounded_to(x, error), currency);
    let error = error / scale.factor;
    if error < 0.001 {
        return format!("{amount} \u{b1} under 0.001");
    }
    let error = ENGLISH.fixed(error, (-decade(error)).max(0), Sign::Minus);
    format!("{amount} \u{b1} {error}")
}

/// A money amount with the digits its standard error carries: `$20.3M`.
pub fn money_to(x: f64, error: f64, currency: &str) -> String {
    Scale::with_error(x, error).money(rounded_to(x, error), currency)
}

/// A range of money in one unit: `$16.5–24.2M`; with a negative end both stand in full.
pub fn money_range(low: f64, high: f64, currency: &str) -> String {
    let largest = low.abs().max(high.abs());
    let finest = |x: f64| Scale::of(largest, round_to(x.abs(), decade_floor(largest) - 2));
    let scale = [finest(low), finest(high)]
        .into_iter()
        .max_by_key(|scale| scale.digits)
        .unwrap_or(finest(low));
    if low < 0.0 || high < 0.0 || !low.is_finite() || !high.is_finite() {
        let [low, high] = [low, high].map(|x| scale.money(x, currency));
        return format!("{low} to {high}");
    }
    let [low, high] = [low, high].map(|x| scale.bare(x));
    format!("{}{low}\u{2013}{high}{}", symbol(currency), scale.suffix)
}

/// A share (0 to 1) in whole percent: `23 %`.
pub fn percent(share: f64, style: Style) -> String {
    if !share.is_finite() || style == Style::Machine {
        return undefined_or_machine(share, style);
    }
    format!("{}{THIN}%", ENGLISH.fixed(share * 100.0, 0, Sign::Minus))
}

/// A difference of shares in percentage points, always signed: `+23 points`.
pub fn signed_points(difference: f64, style: Style) -> String {
    if !difference.is_finite() || style == Style::Machine {
        return undefined_or_machine(difference, style);
    }
    format!("{} points", ENGLISH.fixed(difference * 100.0, 0, Sign::Both))
}

/// A share of futures, never 0 or 100 percent: `under 1 %`, `23 %`, `over 99 %`.
pub fn share_of_futures(share: f64, style: Style) -> String {
    if style != Style::Machine && share < 0.01 {
        format!("under {}", percent(0.01, style))
    } else if style != Style::Machine && share > 0.99 {
        format!("over {}", percent(0.99, style))
    } else {
        percent(share, style)
    }
}

/// A plain number: whole from 100 (`1,235`), three significant digits below.
pub fn number(x: f64, style: Style) -> String {
    ENGLISH.number(x, style)
}

/// A count: `4,000`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push_str(ENGLISH.thousands);
        }
        text.push(digit);
    }
    text
}

/// Heads with one decimal: `6.5`.
pub fn heads(x: f64, style: Style) -> String {
    decimals(x, 1, style)
}

/// A ratio: `2.9×`.
pub fn ratio(x: f64, style: Style) -> String {
    if !x.is_finite() || style == Style::Machine {
        return undefined_or_machine(x, style);
    }
    let decimals = usize::from(x.abs() < 100.0);
    format!("{}\u{d7}", ENGLISH.fixed(x, decimals as i32, Sign::Minus))
}

/// A duration: `1 week`, `12.5 weeks`; `12 wk` in columns and at ticks.
pub fn weeks(x: f64, style: Style) -> String {
    if !x.is_finite() || style == Style::Machine {
        return undefined_or_machine(x, style);
    }
    let text = number(x, style);
    match style {
        Style::Sentence if text == "1" => format!("1{THIN}week"),
        Style::Sentence => format!("{text}{THIN}weeks"),
        _ => format!("{text}{THIN}wk"),
    }
}

/// A position on the calendar of the run: `week 34`; `wk 34` in columns and at ticks.
pub fn week(n: u32, style: Style) -> String {
    match style {
        Style::Machine => n.to_string(),
        Style::Sentence => format!("week{THIN}{n}"),
        Style::Table | Style::Axis => format!("wk{THIN}{n}"),
    }
}

/// A number with exactly so many decimals: `0.25`.
pub fn decimals(x: f64, decimals: usize, style: Style) -> String {
    if !x.is_finite() || style == Style::Machine {
        return undefined_or_machine(x, style);
    }
    ENGLISH.fixed(x, decimals as i32, Sign::Minus)
}

/// A number as its unit is printed.
pub fn quantity(x: f64, unit: Unit, currency: &str, style: Style) -> String {
    match unit {
        Unit::Money => money(x, currency, style),
        Unit::MoneyPerWeek => per(money(x, currency, style), "week", style),
        Unit::MoneyPerYear => per(money(x, currency, style), "year", style),
        Unit::Share => percent(x, style),
        Unit::Ratio => ratio(x, style),
        Unit::Heads => heads(x, style),
        Unit::Weeks => weeks(x, style),
        Unit::Hours if style == Style::Sentence && x.is_finite() => {
            format!("{}{THIN}hours", number(x, style))
        }
        Unit::PerWeek => per(number(x, style), "week", style),
        Unit::PerYear => per(number(x, style), "year", style),
        Unit::Count | Unit::Hours | Unit::LogOdds | Unit::Number => number(x, style),
    }
}

/// Shortest digits that read back to the same number; nothing where undefined.
pub fn machine(x: f64) -> String {
    if x == 0.0 {
        "0".to_owned()
    } else if x.is_finite() {
        format!("{x}")
    } else {
        String::new()
    }
}

/// A coordinate of a drawing, to a tenth.
pub fn coordinate(x: f64) -> String {
    let tenths = (x * 10.0).round() as i64;
    let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs());
    match size % 10 {
        0 => format!("{sign}{}", size / 10),
        tenth => format!("{sign}{}.{tenth}", size / 10),
    }
}

/// The number rounded to the digits that its standard error carries.
pub fn rounded_to(x: f64, error: f64) -> f64 {
    if error > 0.0 && error.is_finite() && x.is_finite() {
        round_to(x, decade(error))
    } else {
        x
    }
}

/// What stands for a currency, with a space where it is a code: `$`, `€`, `CHF `.
pub fn symbol(currency: &str) -> String {
    let known = match currency {
        "USD" => "$",
        "EUR" => "\u{20ac}",
        "GBP" => "\u{a3}",
        "JPY" => "\u{a5}",
        "CNY" => "CN\u{a5}",
        "INR" => "\u{20b9}",
        "KRW" => "\u{20a9}",
        "ILS" => "\u{20aa}",
        "BRL" => "R$",
        "CAD" => "CA$",
        "AUD" => "A$",
        "NZD" => "NZ$",
        "MXN" => "MX$",
        _ => return format!("{currency}\u{a0}"),
    };
    known.to_owned()
}

fn per(text: String, what: &str, style: Style) -> String {
    match style {
        Style::Machine => text,
        Style::Sentence => format!("{text} a {what}"),
        Style::Table | Style::Axis => format!("{text}/{}", if what == "week" { "wk" } else { "yr" }),
    }
}

fn undefined_or_machine(x: f64, style: Style) -> String {
    if style == Style::Machine {
        machine(x)
    } else {
        UNDEFINED.to_owned()
    }
}

/// The largest of 1, thousand, million, billion that an amount reaches.
fn thousand_unit(size: f64) -> (f64, &'static str) {
    if size >= 1e9 {
        (1e9, "B")
    } else if size >= 1e6 {
        (1e6, "M")
    } else if size >= 1e3 {
        (1e3, "k")
    } else {
        (1.0, "")
    }
}

/// The power of ten of the first significant digit after rounding to one digit; −3 for zero.
fn decade(x: f64) -> i32 {
    let size = x.abs();
    if size == 0.0 || !size.is_finite() {
        return -3;
    }
    let power = libm::floor(libm::log10(size)) as i32;
    if round_to(size, power) >= power_of_ten(power + 1) {
        power + 1
    } else {
        power
    }
}

fn round_to(x: f64, decade: i32) -> f64 {
    if decade >= 0 {
        let step = power_of_ten(decade);
        (x / step).round() * step
    } else {
        let steps = power_of_ten(-decade);
        (x * steps).round() / steps
    }
}

fn power_of_ten(power: i32) -> f64 {
    libm::pow(10.0, f64::from(power))
}

/// Decimals that keep three significant digits.
fn most_decimals(size: f64) -> usize {
    (2 - decade_floor(size)).clamp(0, 6) as usize
}

fn decade_floor(size: f64) -> i32 {
    if size > 0.0 && size.is_finite() {
        libm::floor(libm::log10(size) + 1e-12) as i32
    } else {
        2
    }
}

/// The fewest decimals, at most `most`, that print the same amount.
fn trimmed(x: f64, most: usize) -> usize {
    let text = format!("{x:.most$}");
    text.split_once('.')
        .map_or(0, |(_, fraction)| fraction.trim_end_matches('0').len())
}

/// Decimals that a step needs, six at most.
fn decimals_of(step: f64) -> usize {
    if step.is_finite() { trimmed(step, 6) } else { 0 }
}
