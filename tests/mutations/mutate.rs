//! Ways to break a scenario file: values, keys, lines, sections and bytes.

use gtm_sim::chance::key;
use gtm_sim::model::parameters::PARAMETERS;
use std::ops::Range;

/// Choices from a number: the same for the same number.
pub struct Dice(u64, u32);

impl Dice {
    pub fn new(case: u64) -> Self {
        Self(key::replication_key(case, 99), 0)
    }

    fn unit(&mut self) -> f64 {
        self.1 += 1;
        key::uniform(self.0, 3, 1, 0, 0, self.1)
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const EXTREMES: [&str; 30] = [
    "0",
    "-0.0",
    "1",
    "-1",
    "0.5",
    "0.999999",
    "1e-300",
    "5e-324",
    "1e300",
    "1.7976931348623157e308",
    "-1e308",
    "1e15",
    "1e-9",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999999999",
    "0x7fffffffffffffff",
    "nan",
    "-nan",
    "inf",
    "-inf",
    "1e10",
    "1040",
    "1041",
    "52",
    "100",
    "20000",
];

const VALUES: [&str; 24] = [
    "\"text\"",
    "true",
    "2027-01-04",
    "07:30:00",
    "2027-01-04T07:30:00Z",
    "[]",
    "{}",
    "[1, 2, 3]",
    "[[1, 2], [2, 3]]",
    "{ low = 0.1, high = 0.2 }",
    "{ low = 1e-300, high = 1e300 }",
    "{ low = 0.2, typical = 0.2, high = 0.2 }",
    "{ pert = [0, 0.5, 1] }",
    "{ normal = [0.5, 1e300] }",
    "{ lognormal = [1, 700] }",
    "{ beta = [1e-300, 1e-300] }",
    "{ gamma = [1e-9, 1e9] }",
    "{ uniform = [0, 1e308] }",
    "{ discrete = [[0, 1], [1, 0]] }",
    "{ samples = [0, 0, 1] }",
    "{ covered = 0.1, uncovered = 0.9 }",
    "{ yearly_share = 0.9 }",
    "{ mean = 1e12, cv = 1e6 }",
    "\"\"",
];

const BYTES: [&str; 16] = [
    "\0",
    "\u{feff}",
    "\r",
    "\r\n",
    "\"",
    "'''",
    "\"\"\"",
    "{",
    "}",
    "[",
    "]",
    "=",
    ",",
    "#",
    "\u{1F600}",
    "é",
];

/// The text with one to four changes.
pub fn mutated(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    // Half of the cases change only numbers, so that many are accepted.
    let gentle = dice.below(2) == 0;
    for _ in 0..1 + dice.below(4) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        bytes = if gentle {
            gently(&text, dice).into_bytes()
        } else {
            roughly(&text, dice)
        };
    }
    bytes
}

fn gently(text: &str, dice: &mut Dice) -> String {
    match dice.below(8) {
        0..4 => {
            let factor = [0.0, 1e-6, 0.1, 0.5, 0.9, 1.1, 2.0, 10.0, 1e3, 1e6][dice.below(10)];
            with_number(text, dice, |typed| (typed * factor).to_string())
        }
        4 => {
            let extreme = dice.pick(&EXTREMES);
            with_number(text, dice, |_| extreme.to_owned())
        }
        5 => with_number(text, dice, |typed| {
            format!("{{ low = {}, high = {} }}", typed * 0.5, typed * 1.5)
        }),
        6 => without_line(text, dice),
        _ => with_parameter(text, dice),
    }
}

fn roughly(text: &str, dice: &mut Dice) -> Vec<u8> {
    let changed = match dice.below(16) {
        0 => with_value(text, dice, &EXTREMES),
        1 | 2 => with_value(text, dice, &VALUES),
        3 => with_word(text, dice),
        4 => without_line(text, dice),
        5 => with_line_twice(text, dice),
        6 => lines_swapped(text, dice),
        7 => sections_swapped(text, dice),
        8 => values_swapped(text, dice),
        9 => text.get(..boundary(text, dice)).unwrap_or_default().to_owned(),
        10 => with_piece(text, dice),
        11 => deep(text, dice),
        12 => long(text, dice),
        13 => line_ends(text, dice),
        14 => with_parameter(text, dice),
        _ => return with_random_bytes(text, dice),
    };
    changed.into_bytes()
}

fn boundary(text: &str, dice: &mut Dice) -> usize {
    let at = dice.below(text.len() + 1);
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The pieces of `text` outside comments for which `is` holds, letters, digits, `_`, `-` and `.` in a row.
fn words(text: &str, is: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let code = line.split('#').next().unwrap_or_default();
        let mut from = 0;
        for (at, c) in code.char_indices().chain([(code.len(), ' ')]) {
            if !(c.is_alphanumeric() || "_-.+".contains(c)) {
                if code
                    .get(from..at)
                    .is_some_and(|word| !word.is_empty() && is(word))
                {
                    found.push(start + from..start + at);
                }
                from = at + c.len_utf8();
            }
        }
        start += line.len();
    }
    found
}

fn number(word: &str) -> Option<f64> {
    word.replace('_', "").parse().ok()
}

fn replaced(text: &str, range: Range<usize>, by: &str) -> String {
    format!("{}{by}{}", &text[..range.start], &text[range.end..])
}

fn with_number(text: &str, dice: &mut Dice, by: impl Fn(f64) -> String) -> String {
    let numbers = words(text, |word| number(word).is_some());
    if numbers.is_empty() {
        return text.to_owned();
    }
    let range = numbers[dice.below(numbers.len())].clone();
    let typed = number(&text[range.clone()]).unwrap_or(1.0);
    replaced(text, range, &by(typed))
}

/// What stands behind `=` up to the end of the line or a comma.
fn values(text: &str) -> Vec<Range<usize>> {
    let equals = text.match_indices('=').map(|(at, _)| at + 1);
    equals
        .map(|start| {
            let rest = &text[start..];
            let whole = rest.find(['#', '\n']).unwrap_or(rest.len());
            let part = rest.find([',', '}', '#', '\n']).unwrap_or(rest.len());
            let end = if rest.trim_start().starts_with(['{', '[']) {
                whole
            } else {
                part
            };
            start..start + end
        })
        .collect()
}

fn with_value(text: &str, dice: &mut Dice, from: &[&str]) -> String {
    let values = values(text);
    if values.is_empty() {
        return text.to_owned();
    }
    let range = values[dice.below(values.len())].clone();
    let by = format!(" {}", dice.pick(from));
    replaced(text, range, &by)
}

fn values_swapped(text: &str, dice: &mut Dice) -> String {
    let values = values(text);
    if values.len() < 2 {
        return text.to_owned();
    }
    let first = dice.below(values.len() - 1);
    let (a, b) = (values[first].clone(), values[first + 1].clone());
    if a.end > b.start {
        return text.to_owned();
    }
    let swapped = replaced(text, b.clone(), &text[a.clone()]);
    replaced(&swapped, a, &text[b])
}

fn with_word(text: &str, dice: &mut Dice) -> String {
    let keys = words(text, |word| number(word).is_none());
    if keys.is_empty() {
        return text.to_owned();
    }
    let range = keys[dice.below(keys.len())].clone();
    let word = &text[range.clone()];
    let by = match dice.below(6) {
        0 => String::new(),
        1 => format!("{word}x"),
        2 => word.chars().rev().collect(),
        3 => word.to_uppercase(),
        4 => dice
            .pick(&["a", "today", "search", "low", "é", "\"a b\"", "''", "x.y"])
            .to_owned(),
        _ => text[keys[dice.below(keys.len())].clone()].to_owned(),
    };
    replaced(text, range, &by)
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn without_line(text: &str, dice: &mut Dice) -> String {
    let mut lines = lines(text);
    if !lines.is_empty() {
        lines.remove(dice.below(lines.len()));
    }
    lines.concat()
}

fn with_line_twice(text: &str, dice: &mut Dice) -> String {
    let mut lines = lines(text);
    if !lines.is_empty() {
        let line = lines[dice.below(lines.len())];
        lines.insert(dice.below(lines.len()), line);
    }
    lines.concat()
}

fn lines_swapped(text: &str, dice: &mut Dice) -> String {
    let mut lines = lines(text);
    if !lines.is_empty() {
        let (a, b) = (dice.below(lines.len()), dice.below(lines.len()));
        lines.swap(a, b);
    }
    lines.concat()
}

fn sections_swapped(text: &str, dice: &mut Dice) -> String {
    let mut parts: Vec<String> = text.split("\n[").map(str::to_owned).collect();
    let count = parts.len();
    if count > 2 {
        parts.swap(1 + dice.below(count - 1), 1 + dice.below(count - 1));
    }
    parts.join("\n[")
}

fn with_piece(text: &str, dice: &mut Dice) -> String {
    let at = boundary(text, dice);
    format!("{}{}{}", &text[..at], dice.pick(&BYTES), &text[at..])
}

fn deep(text: &str, dice: &mut Dice) -> String {
    let depth = [3, 100, 3_000][dice.below(3)];
    let (open, close) = [("[", "]"), ("{ a = ", " }"), ("a.", "")][dice.below(3)];
    let by = format!(" {}1{}", open.repeat(depth), close.repeat(depth));
    let values = values(text);
    if open == "a." || values.is_empty() {
        return format!("{text}\n{}a = 1\n", open.repeat(depth));
    }
    replaced(text, values[dice.below(values.len())].clone(), &by)
}

fn long(text: &str, dice: &mut Dice) -> String {
    let long = dice
        .pick(&["x", "é", "0", " ", "_"])
        .repeat([61, 5_000, 100_000][dice.below(3)]);
    let keys = words(text, |_| true);
    if keys.is_empty() {
        return long;
    }
    replaced(text, keys[dice.below(keys.len())].clone(), &long)
}

fn line_ends(text: &str, dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => text.replace('\n', "\r\n"),
        1 => text.replace('\n', "\r"),
        2 => format!("\u{feff}{text}"),
        _ => text.replace('\n', "\n\n"),
    }
}

/// A number of the registry in some section, where it may or may not belong.
fn with_parameter(text: &str, dice: &mut Dice) -> String {
    let path = PARAMETERS[dice.below(PARAMETERS.len())].path;
    let (section, key) = path.rsplit_once('.').unwrap_or(("", path));
    let value = if dice.below(2) == 0 {
        dice.pick(&EXTREMES)
    } else {
        dice.pick(&VALUES)
    };
    let home = format!("[{}", section.split('.').next().unwrap_or_default());
    let homes: Vec<usize> = text
        .match_indices("\n[")
        .map(|(at, _)| at + 1)
        .filter(|at| text[*at..].starts_with(&home))
        .collect();
    if homes.is_empty() {
        return text.to_owned();
    }
    let header = homes[dice.below(homes.len())];
    let end = text[header..].find('\n').map_or(text.len(), |i| header + i);
    format!("{}\n{key} = {value}{}", &text[..end], &text[end..])
}

fn with_random_bytes(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..1 + dice.below(6) {
        let byte = dice.below(256) as u8;
        let at = dice.below(bytes.len() + 1);
        if dice.below(2) == 0 || at >= bytes.len() {
            bytes.insert(at, byte);
        } else {
            bytes[at] = byte;
        }
    }
    bytes
}
