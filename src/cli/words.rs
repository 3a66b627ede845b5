//! Small services to messages: lists in words, the names nearest to a mistyped one, names as shells take them.

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let items: Vec<&str> = items.collect();
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

/// Up to three names like `typed`, the likeliest first.
pub(super) fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let typed = typed.to_lowercase();
    let mut near: Vec<(f64, &str)> = names
        .map(|name| {
            let lower = name.to_lowercase();
            let within = typed.len() > 3 && lower.contains(&typed);
            let similar = strsim::jaro_winkler(&typed, &lower);
            (if within { similar.max(0.9) } else { similar }, name)
        })
        .filter(|(similar, _)| *similar > 0.8)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// A file name as it is typed in a shell: quoted where it holds more than letters, digits and plain signs.
pub(super) fn for_shells(name: &str) -> String {
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '-' | '_' | '+' | ',' | '=' | ':' | '@');
    if !name.is_empty() && name.chars().all(is_plain) {
        return name.to_owned();
    }
    if name.chars().any(char::is_control) {
        // Only this form of quotes keeps a line break in one line.
        let shown = |c: char| match c {
            '\'' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
            c => c.to_string(),
        };
        return format!("$'{}'", name.chars().map(shown).collect::<String>());
    }
    format!("'{}'", name.replace('\'', "'\\''"))
}
