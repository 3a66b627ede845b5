//! `docs/scenario.md`: the reference of the scenario format, made of the keys.

use super::entry::{Key, Kind};
use super::{all, below};
use std::fmt::Write;

const INTRODUCTION: &str = "\
# The scenario file

Every key of the format: what it means, what it may be, what holds when it is left out, where it acts, an example. Made from the
declarations in `src/scenario_file/keys/` and `src/model/parameters.rs`; a test says when it is stale. `gtm-sim explain KEY` prints the
same, and an editor shows it while you type.

## <a id=\"editor\"></a>In an editor

Install an extension that speaks to a TOML language server: *Even Better TOML* in VS Code, or [Taplo](https://taplo.tamasfe.dev) in any editor with
language servers. A file that begins with `#:schema PATH` (or the address of the schema) is then completed, explained under the
pointer and underlined where a key or a value cannot be. Beside a file of your own, put the schema with `gtm-sim schema > scenario.schema.json` and begin
with `#:schema scenario.schema.json`. Sums of mixes, names of other sections and what is possible together are seen by
gtm-sim only.

## How to read and write it

**Shape.** A scenario is one [TOML](https://toml.io) file that reads top-down like a briefing: the question, the budget and the plans that split it,
then where the company stands and how its market behaves. Plans, channels, roles, segments and events have names of your choice
(`NAME` below): letters, digits, `-` and `_`; what people should read goes into `label`. Every number has one path, such as
`segments.mid-market.deals.win_rate`; options and messages use the same path. A section may be written with a header or as a table in one line:
`deals.hours = { lead = 1.0, opportunity = 0.7 }` says the same as a header `[segments.mid-market.deals.hours]` with two lines.

**What is left out** is off or has the neutral default told here. What moves money must be told.

**Units** stand in the names: `…_weeks`, `…_per_week`, `…_per_year`. Shares are 0 to 1, not percent. Money is in the currency of the scenario.
Digits may be grouped: `5_000_000`. A *rate a year* is a hazard: 0.27 loses 24 % within a year; where you know the share, say
`{ yearly_share = 0.24 }`. *Log-odds* move a chance p to p/(1 − p) × e^x: at 22 %, 0.10 makes about 24 %.

**Numbers that nobody knows.** Where a key says *or a distribution*, the number may be told in any of these ways; a distribution is drawn anew in
every future:

| typed | means |
|---|---|
| `0.22` | known exactly |
| `{ low = 0.18, high = 0.27 }` | you believe with 90 % that it lies between; of a share logit-normal, of a number of 0 or more log-normal, else normal |
| `{ low = 0.18, typical = 0.22, high = 0.27 }` | the same, with half of your belief below the typical value |
| `{ pert = [0.15, 0.22, 0.30] }` | never below the first, never above the last, most likely the middle one |
| `{ triangular = [0.15, 0.22, 0.30] }`, `{ uniform = [0.15, 0.30] }` | the same with straight sides; every value between alike |
| `{ normal = [0.22, 0.03] }`, `{ lognormal = [24_000, 0.2] }` | mean and standard deviation; median and standard deviation of the logarithm |
| `{ beta = [22, 78] }`, `{ gamma = [4, 0.05] }` | a and b; shape and scale |
| `{ discrete = [[0.2, 3], [0.3, 1]] }` | a few values with their weights |
| `{ samples = [0.21, 0.24, 0.19] }` | values that are all alike |
| `{ samples = { file = \"wins.csv\", column = \"rate\" } }` | the same from a column of a CSV file; columns of one file are drawn by the same row |

All are cut to the range that the key allows. Horizon, seed, `accounts`, mixes and phases are known exactly.

**Building on another file.** `extends = \"b2b.toml\"` at the top reads that file first; this one then says only what differs. Tables merge, mixes
and lists are replaced whole.

**Patching from the command line.** `--set segments.mid-market.deals.win_rate=0.25` changes one key before the file is checked; the value is
written as in the file.

**Where it acts** names the section of [the law](model.md) in which the number works.

";

/// The page, as Markdown.
pub fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    contents(&mut page);
    page.push_str("## Above all sections\n\n");
    for key in all().filter(|key| key.kind != Kind::Section && !key.path.contains('.')) {
        entry(&mut page, key, key.path);
    }
    for key in all().filter(|key| key.kind == Kind::Section) {
        section(&mut page, key);
    }
    page
}

fn contents(page: &mut String) {
    page.push_str("## Sections\n\n");
    let tops = all().filter(|key| key.kind == Kind::Section);
    for key in tops {
        let about = key.about.split(['.', ':']).next().unwrap_or_default();
        let _ = writeln!(
            page,
            "- [`[{}]`](#{}): {}",
            key.shown(),
            anchor(key),
            lower(about)
        );
    }
    page.push('\n');
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Begins small, so that it can follow a colon.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A link target that does not depend on names: `segments.deals.win_rate`.
fn anchor(key: &Key) -> String {
    key.path.replace(".*", "")
}

fn section(page: &mut String, key: &Key) {
    let _ = writeln!(page, "## <a id=\"{}\"></a>`[{}]`\n", anchor(key), key.shown());
    let _ = writeln!(page, "{} *{}.*\n", key.about, capital(&key.told()));
    let start = key.path.len() + 1;
    for below in below(key) {
        entry(page, below, &below.path[start..]);
    }
}

fn entry(page: &mut String, key: &Key, name: &str) {
    let _ = writeln!(page, "### <a id=\"{}\"></a>`{name}`\n", anchor(key));
    let alternatives = match key.alternatives() {
        none if none.is_empty() => none,
        others => format!(" ({others})"),
    };
    let _ = writeln!(page, "{}\n", key.about());
    let _ = writeln!(page, "- Is {}; {}{alternatives}.", key.is(), key.told());
    let law = if key.law.is_empty() {
        String::new()
    } else {
        format!(" in [{} {}](model.md#{})", key.law, key.law_title(), heading(key))
    };
    let _ = writeln!(page, "- Acts{law}: {}.", key.acts);
    let _ = writeln!(page, "- Example: `{}`\n", key.line());
}

/// The anchor that GitHub gives to a heading of docs/model.md.
fn heading(key: &Key) -> String {
    let text = format!("{} {}", key.law, key.law_title()).to_lowercase();
    text.replace('.', "").replace(' ', "-")
}
