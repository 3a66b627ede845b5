//! Two ways of telling the same number: told together in one file they are a mistake, across files the later one wins.

/// Section, as in the registry, and the two keys that exclude each other in it.
pub(super) const ALTERNATIVES: [(&str, [&str; 2]); 6] = [
    ("plans.*", ["marketing_share", "phases"]),
    ("channels.*", ["doubling_adds", "half_saturation_per_week"]),
    ("channels.*", ["leads_per_week_today", "lead_hazard_per_week"]),
    ("channels.*", ["awareness_weight", "awareness_per_week"]),
    (
        "segments.*.awareness",
        ["aware_after_a_year_dark", "forget_per_week"],
    ),
    (
        "segments.*.leads",
        ["organic_leads_per_week_today", "inbound_per_week"],
    ),
];

/// The pairs of the section `pattern`.
pub(super) fn of(pattern: &str) -> impl Iterator<Item = [&'static str; 2]> {
    ALTERNATIVES
        .into_iter()
        .filter(move |(section, _)| *section == pattern)
        .map(|(_, pair)| pair)
}

/// The other way of telling what `key` tells in the section `pattern`.
pub(super) fn other(pattern: &str, key: &str) -> Option<&'static str> {
    of(pattern).find_map(|[a, b]| match key {
        key if key == a => Some(b),
        key if key == b => Some(a),
        _ => None,
    })
}
