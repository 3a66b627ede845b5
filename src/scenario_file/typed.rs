//! What was probably meant by something typed as people write it: `5k`, `22 %`, `0,22`, `5.000.000`, `4.1.2027`.

use super::wording::number;

/// What a number is followed or preceded by, and what it multiplies.
const MULTIPLIERS: [(&str, f64); 14] = [
    ("thousand", 1e3),
    ("tsd", 1e3),
    ("k", 1e3),
    ("million", 1e6),
    ("millions", 1e6),
    ("mio", 1e6),
    ("mn", 1e6),
    ("mm", 1e6),
    ("m", 1e6),
    ("billion", 1e9),
    ("billions", 1e9),
    ("bn", 1e9),
    ("b", 1e9),
    ("%", 0.01),
];

/// Words that stand beside a number without changing it: units stand in the names of keys.
const UNITS: [&str; 20] = [
    "week", "weeks", "month", "months", "year", "years", "hour", "hours", "h", "head", "heads", "account",
    "accounts", "usd", "eur", "gbp", "chf", "$", "€", "£",
];

/// Quotation marks of typewriters and of word processors.
pub(super) const QUOTES: &str = "\"'“”„‚‘’«»";

/// How to type the number that `text` stands for, such as `5_000` for `5k`; two ways where it may mean either.
pub(super) fn as_number(text: &str) -> Option<String> {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || QUOTES.contains(c) || "~≈+".contains(c));
    if let Some((part, whole)) = bare.split_once('/') {
        let (part, whole) = (plain(part.trim())?, plain(whole.trim())?);
        return (whole != 0.0).then(|| number(part / whole));
    }
    let (digits, factor) = without_words(bare)?;
    let unsigned = digits.strip_prefix(['-', '−']).unwrap_or(&digits);
    let sign = if unsigned.len() == digits.len() {
        factor
    } else {
        -factor
    };
    let mut readings = readings(unsigned)?.into_iter().map(|x| number(sign * x));
    let first = readings.next()?;
    Some(match readings.next() {
        Some(second) => format!("{first} (or {second}, if the comma or point is a decimal one)"),
        None => first,
    })
}

fn plain(text: &str) -> Option<f64> {
    text.parse().ok().filter(|x: &f64| x.is_finite())
}

/// The digits with their separators, and what the words beside them multiply.
fn without_words(text: &str) -> Option<(String, f64)> {
    let mut rest = text.to_lowercase();
    let mut factor = 1.0;
    for _ in 0..3 {
        let before = rest.len();
        for (word, times) in UNITS.iter().map(|unit| (*unit, 1.0)).chain(MULTIPLIERS) {
            let is_symbol = !word.starts_with(char::is_alphabetic);
            let stands_alone = |left: &&str| is_symbol || !left.ends_with(char::is_alphabetic);
            let before_digit = |left: &&str| {
                left.trim_start()
                    .starts_with(|c: char| c.is_ascii_digit() || "-.".contains(c))
            };
            let at_end = rest.strip_suffix(word).filter(stands_alone);
            let at_start = rest
                .strip_prefix(word)
                .filter(|_| times == 1.0)
                .filter(before_digit);
            if let Some(left) = at_end.or(at_start) {
                factor *= times;
                rest = left.trim().to_owned();
                break;
            }
        }
        if rest.len() == before {
            break;
        }
    }
    let legal = |c: char| c.is_ascii_digit() || ".,' _-−\u{a0}\u{202f}’".contains(c);
    let has_digit = rest.contains(|c: char| c.is_ascii_digit());
    (has_digit && rest.chars().all(legal)).then_some((rest, factor))
}

/// The numbers that digits with separators may stand for, likeliest first.
fn readings(text: &str) -> Option<Vec<f64>> {
    let text: String = text
        .chars()
        .filter(|c| c.is_ascii_digit() || ".,".contains(*c))
        .collect();
    let last = text.rfind(['.', ',']);
    let Some(last) = last else {
        return Some(vec![plain(&text)?]);
    };
    let separator = text.get(last..=last)?;
    let other = if separator == "." { "," } else { "." };
    let groups: Vec<&str> = text.split(separator).collect();
    let as_decimal = |whole: &str, rest: &str| {
        let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
        plain(&format!("{whole}.{rest}"))
    };
    let decimal = as_decimal(text.get(..last)?, text.get(last + 1..)?);
    if text.contains(other) {
        return Some(vec![decimal?]);
    }
    let in_threes = groups.iter().skip(1).all(|group| group.len() == 3)
        && groups
            .first()
            .is_some_and(|first| (1..=3).contains(&first.len()) && *first != "0");
    let joined = plain(&groups.concat());
    match (groups.len(), in_threes) {
        (2, true) => Some(vec![joined?, decimal?]),
        (2, false) => Some(vec![decimal?]),
        (_, true) => Some(vec![joined?]),
        _ => None,
    }
}

/// How to type the day that `text` stands for; two ways where day and month may stand in either order.
pub(super) fn as_day(text: &str) -> Option<String> {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || QUOTES.contains(c));
    let parts: Vec<&str> = bare
        .split(['.', '/', '-', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let (first_number, second_number) = (part_of_day(first), part_of_day(second));
    if first.len() == 4 {
        return day(first_number?, second_number?, part_of_day(third)?);
    }
    let year = part_of_day(third).filter(|_| third.len() == 4)?;
    match (first_number, second_number) {
        (Some(month), Some(number)) if first.starts_with(char::is_alphabetic) => day(year, month, number),
        (Some(a), Some(b)) if bare.contains('/') => {
            let both = (day(year, a, b), day(year, b, a));
            match both {
                (Some(us), Some(other)) if us != other => Some(format!("{us} or {other}")),
                (us, other) => us.or(other),
            }
        }
        (Some(a), Some(b)) => day(year, b, a),
        _ => None,
    }
}

/// A number, or the name of a month.
fn part_of_day(text: &str) -> Option<u16> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let text = text.trim_end_matches(',').to_lowercase();
    let of_name = || {
        let month = MONTHS.iter().position(|month| text.starts_with(month))?;
        u16::try_from(month + 1).ok()
    };
    text.parse().ok().or_else(of_name)
}

fn day(year: u16, month: u16, day: u16) -> Option<String> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    crate::units::time::Date::new(year, month, day)?;
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::{as_day, as_number};

    #[test]
    fn numbers_as_people_write_them() {
        let pairs = [
            ("5k", "5000"),
            ("5M", "5_000_000"),
            ("$5M", "5_000_000"),
            ("5 Mio €", "5_000_000"),
            ("22%", "0.22"),
            ("22 %", "0.22"),
            ("7,5 %", "0.075"),
            ("0,22", "0.22"),
            ("5.000.000", "5_000_000"),
            ("5 000 000", "5_000_000"),
            ("1'250'000", "1_250_000"),
            ("1.234,56", "1234.56"),
            ("1,234.56", "1234.56"),
            ("-3,5", "-3.5"),
            ("0.22", "0.22"),
            ("1/4", "0.25"),
            ("52 weeks", "52"),
            ("~20000", "20_000"),
            ("“0.22”", "0.22"),
        ];
        for (typed, meant) in pairs {
            assert_eq!(as_number(typed).as_deref(), Some(meant), "{typed}");
        }
        assert_eq!(
            as_number("3,800").as_deref(),
            Some("3800 (or 3.8, if the comma or point is a decimal one)")
        );
        for nothing in [
            "",
            "about ten",
            "newest",
            "1/0",
            "a1",
            "1.2.3",
            "$",
            "k",
            "--",
            "9m9",
        ] {
            assert_eq!(as_number(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn days_as_people_write_them() {
        for (typed, meant) in [
            ("4.1.2027", "2027-01-04"),
            ("2027-01-04", "2027-01-04"),
            ("2027/1/4", "2027-01-04"),
            ("13/1/2027", "2027-01-13"),
            ("1/4/2027", "2027-01-04 or 2027-04-01"),
            ("4 January 2027", "2027-01-04"),
            ("Jan 4, 2027", "2027-01-04"),
        ] {
            assert_eq!(as_day(typed).as_deref(), Some(meant), "{typed}");
        }
        for nothing in ["", "soon", "31.2.2027", "4.1.27", "1.2.3.4"] {
            assert_eq!(as_day(nothing), None, "{nothing}");
        }
    }
}
