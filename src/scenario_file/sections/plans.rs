//! `[plans.NAME]`: the budget splits to be judged; what a plan does not say is as in the first (docs/model.md, 4.1).

use crate::model::name::Name;
use crate::model::scenario::{Phase, Plan};
use crate::scenario_file::diagnostic::Diagnostic;
use crate::scenario_file::reader::{Names, Reader};
use crate::scenario_file::section::{Named, Section};
use crate::scenario_file::source::Span;
use crate::scenario_file::syntax::is_bare;
use crate::scenario_file::tree::{Entry, Node, Value};
use crate::scenario_file::wording::number;

/// Mixes may miss 1 by this much, and as much as digits after it are lost: people round shares.
const SLACK: f64 = 1e-3 + 1e-9;
/// Greatest factor on the annual budget.
pub(in crate::scenario_file) const MOST_BUDGET_FACTOR: f64 = 100.0;
/// Sums nearer to 1 than this are 1.
const EXACT: f64 = 1e-9;

/// Reads the sections.
pub(in crate::scenario_file) fn read(
    sections: Vec<Named<'_>>,
    reader: &mut Reader,
    names: &Names,
    weeks: u32,
) -> Vec<Plan> {
    if sections.is_empty() {
        reader.report(
            Diagnostic::error(Span::WHOLE, "there is no plan")
                .help("a plan is a split of the budget: `[plans.today]` with `marketing_share = 0.3`, `channels = { … }` and `roles = { … }`; the first is the baseline"),
        );
    }
    let mut plans: Vec<Plan> = Vec::new();
    for named in sections {
        let plan = plan(named, reader, names, weeks, plans.first());
        plans.push(plan);
    }
    plans
}

fn plan(named: Named<'_>, reader: &mut Reader, names: &Names, weeks: u32, first: Option<&Plan>) -> Plan {
    let mut section = named.section;
    let plan = Plan {
        name: Name::new(&named.key.text),
        label: section.label(reader, named.key),
        phases: phases(&mut section, reader, weeks, first),
        budget_factor: budget_factor(&mut section, reader, first),
        channels: mix(
            &mut section,
            reader,
            "channels",
            &names.channels,
            first.map(|first| &first.channels),
        ),
        roles: mix(
            &mut section,
            reader,
            "roles",
            &names.roles,
            first.map(|first| &first.roles),
        ),
        change: None,
    };
    reader.told_at(&section.path, section.span);
    section.finish(reader);
    plan
}

/// As in the first plan unless told; 1 if that says nothing either.
fn budget_factor(section: &mut Section<'_>, reader: &mut Reader, first: Option<&Plan>) -> f64 {
    let usual = first.map_or(1.0, |first| first.budget_factor);
    let Some(entry) = section.entry("budget_factor") else {
        return usual;
    };
    let path = section.path_of("budget_factor");
    let told = reader.plain(&entry.node, &path, 0.0, MOST_BUDGET_FACTOR);
    told.unwrap_or(usual)
}

fn phases(section: &mut Section<'_>, reader: &mut Reader, weeks: u32, first: Option<&Plan>) -> Vec<Phase> {
    let path = section.path_of("marketing_share");
    if let Some(entry) = section.entry("phases") {
        return path_of_shares(section, reader, entry, weeks);
    }
    if let Some(entry) = section.entry("marketing_share") {
        let marketing_share = reader.plain(&entry.node, &path, 0.0, 1.0).unwrap_or(f64::NAN);
        return vec![Phase {
            weeks: None,
            marketing_share,
        }];
    }
    if first.is_none() {
        section.lacks(
            reader,
            "marketing_share",
            "The first plan must say how it splits the budget: the share that goes to marketing, from 0 to 1 (the rest goes to sales), or `phases`.",
        );
    }
    first.map_or_else(Vec::new, |first| first.phases.clone())
}

/// `phases = [{ weeks = 26, marketing_share = 0.45 }, { marketing_share = 0.2 }]`.
fn path_of_shares(section: &Section<'_>, reader: &mut Reader, entry: &Entry, weeks: u32) -> Vec<Phase> {
    let path = section.path_of("phases");
    let items: &[Node] = match &entry.node.value {
        Value::List(items) if !items.is_empty() => items,
        _ => {
            reader.report(
                Diagnostic::error(entry.node.span, format!("`{path}` cannot be this"))
                    .expected("expected for example `[{ weeks = 26, marketing_share = 0.4 }, { marketing_share = 0.2 }]`"),
            );
            return Vec::new();
        }
    };
    let mut phases = Vec::new();
    let mut start = 0u64;
    for (i, item) in items.iter().enumerate() {
        let Value::Table(table) = &item.value else {
            reader.wrong_kind(item, &path, "a phase, `{ weeks = 26, marketing_share = 0.4 }`");
            continue;
        };
        if start >= u64::from(weeks) {
            reader.report(
                Diagnostic::error(
                    item.span,
                    format!("this phase of `{path}` begins after the horizon"),
                )
                .expected(format!("the phases before it last {start} of {weeks} weeks")),
            );
            break;
        }
        let is_last = i + 1 == items.len();
        let (length, phase) = phase(reader, section.of_item("phases", item.span, table), is_last);
        start += length.unwrap_or(0);
        if is_last && length.is_some() {
            check_end(reader, item, &path, start, weeks);
        }
        phases.push(phase);
    }
    phases
}

fn phase(reader: &mut Reader, mut section: Section<'_>, is_last: bool) -> (Option<u64>, Phase) {
    let share_path = section.path_of("marketing_share");
    let marketing_share = match section.entry("marketing_share") {
        Some(entry) => reader.plain(&entry.node, &share_path, 0.0, 1.0),
        None => {
            section.lacks(
                reader,
                "marketing_share",
                "The share of the budget that goes to marketing in this phase, from 0 to 1.",
            );
            None
        }
    };
    let length = section.whole(reader, "weeks", 1, super::scenario::MOST_WEEKS);
    if !section.has("weeks") && !is_last {
        section.lacks(reader, "weeks", "Only the last phase lasts to the end.");
    }
    section.finish(reader);
    let weeks = if is_last {
        None
    } else {
        length.and_then(|weeks| u32::try_from(weeks).ok())
    };
    (
        length,
        Phase {
            weeks,
            marketing_share: marketing_share.unwrap_or(f64::NAN),
        },
    )
}

/// The last phase, if it says its length, must end with the horizon.
fn check_end(reader: &mut Reader, item: &Node, path: &str, end: u64, weeks: u32) {
    let horizon = u64::from(weeks);
    if end != horizon {
        let beyond = if end > horizon { "after" } else { "before" };
        reader.report(
            Diagnostic::error(
                item.span,
                format!("`{path}` ends in week {end}, {beyond} the horizon of {weeks} weeks"),
            )
            .expected("leave out `weeks` of the last phase: it lasts to the end"),
        );
    }
}

/// Shares by name that sum to 1; as in the first plan unless told.
fn mix(
    section: &mut Section<'_>,
    reader: &mut Reader,
    key: &'static str,
    names: &[String],
    first: Option<&Vec<f64>>,
) -> Vec<f64> {
    let what = key.trim_end_matches('s');
    let Some(entry) = section.entry(key) else {
        if let Some(first) = first {
            return first.clone();
        }
        if names.len() > 1 {
            let example = names
                .iter()
                .map(|name| format!("{name} = …"))
                .collect::<Vec<_>>()
                .join(", ");
            section.lacks(reader, key, &format!("The first plan must say which share of its money each {what} gets: {key} = {{ {example} }}, summing to 1."));
        }
        // With a single one there is nothing to split.
        return vec![1.0; names.len()];
    };
    let path = section.path_of(key);
    let mut shares = vec![0.0; names.len()];
    let told = reader.by_name(entry, &path, names, what);
    let mut is_whole = !told.is_empty();
    for (at, share) in &told {
        match (
            shares.get_mut(*at),
            reader.plain(&share.node, &format!("{path}.{}", share.key.text), 0.0, 1.0),
        ) {
            (Some(slot), Some(share)) => *slot = share,
            _ => is_whole = false,
        }
    }
    let sum: f64 = shares.iter().sum();
    let unknown = matches!(&entry.node.value, Value::Table(table) if table.entries.len() != told.len());
    if is_whole && !unknown && (sum - 1.0).abs() > SLACK {
        let kept = kept(reader, &told);
        reader.report(wrong_sum(entry, &path, names, &shares, &kept));
    } else if !is_whole
        && !unknown
        && matches!(&entry.node.value, Value::Table(table) if table.entries.is_empty())
        && !names.is_empty()
    {
        reader.report(
            Diagnostic::error(entry.node.span, format!("`{path}` gives money to nobody"))
                .expected("shares that sum to 1"),
        );
    }
    if is_whole && (sum - 1.0).abs() > EXACT {
        shares.iter_mut().for_each(|share| *share /= sum);
    }
    shares
}

/// What `--set` says of a mix.
struct Kept {
    /// Whether it says anything of it.
    any: bool,
    /// Positions of the shares that it says, if the others can make room for them.
    positions: Vec<usize>,
}

fn kept(reader: &Reader, told: &[(usize, &Entry)]) -> Kept {
    let is_typed = |entry: &Entry| reader.typed.has(entry.key.span);
    let positions: Vec<usize> = told
        .iter()
        .filter(|(_, entry)| is_typed(entry))
        .map(|(at, _)| *at)
        .collect();
    Kept {
        any: !positions.is_empty(),
        positions,
    }
}

fn wrong_sum(entry: &Entry, path: &str, names: &[String], shares: &[f64], kept: &Kept) -> Diagnostic {
    let sum: f64 = shares.iter().sum();
    let diagnostic = Diagnostic::error(
        entry.node.span,
        format!("`{path}` sums to {}, not 1", number((sum * 1e6).round() / 1e6)),
    )
    .expected("shares of one whole");
    if sum <= 0.0 {
        return diagnostic;
    }
    let is_kept = |at: &usize| kept.positions.contains(at);
    let typed: f64 = kept.positions.iter().filter_map(|at| shares.get(*at)).sum();
    let has_room = kept.any && typed < 1.0 && sum > typed;
    let wanted: Vec<f64> = shares
        .iter()
        .enumerate()
        .map(|(at, share)| match (has_room, is_kept(&at)) {
            (true, true) => *share,
            (true, false) => share * (1.0 - typed) / (sum - typed),
            _ => share / sum,
        })
        .collect();
    let fixed = |at: &usize| has_room && is_kept(at);
    let mix = in_a_table(names, &rounded(&wanted, &fixed));
    diagnostic.help(match (kept.any, has_room) {
        (true, true) => format!("the others in proportion to what is left: --set '{path}={mix}'"),
        (true, false) => format!("in the same proportion: --set '{path}={mix}'"),
        _ => format!("in the same proportion: {mix}"),
    })
}

/// Shares with four digits whose sum is 1: the largest that may change takes what rounding leaves.
fn rounded(shares: &[f64], is_fixed: &dyn Fn(&usize) -> bool) -> Vec<f64> {
    let short = |x: f64| (x * 1e4).round() / 1e4;
    let mut rounded: Vec<f64> = shares
        .iter()
        .enumerate()
        .map(|(at, share)| if is_fixed(&at) { *share } else { short(*share) })
        .collect();
    let rest = 1.0 - rounded.iter().sum::<f64>();
    let free = rounded.iter_mut().enumerate().filter(|(at, _)| !is_fixed(at));
    if let Some((_, largest)) = free.max_by(|a, b| a.1.total_cmp(b.1)) {
        *largest = ((*largest + rest) * 1e9).round() / 1e9;
    }
    rounded
}

/// `{ search = 0.6, "a b" = 0.4 }`, without those that get nothing.
fn in_a_table(names: &[String], shares: &[f64]) -> String {
    let told: Vec<String> = names
        .iter()
        .zip(shares)
        .filter(|(_, share)| **share > 0.0)
        .map(|(name, share)| {
            if is_bare(name) {
                format!("{name} = {}", number(*share))
            } else {
                format!("\"{name}\" = {}", number(*share))
            }
        })
        .collect();
    format!("{{ {} }}", told.join(", "))
}
