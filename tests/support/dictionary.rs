//! Tables of documented fields, held against real documents.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// First and second cell of every row of the tables of a page whose first cell is `code`.
fn rows(text: &str) -> Vec<(String, String)> {
    text.lines()
        .filter_map(|line| {
            let (path, rest) = line.strip_prefix("| `")?.split_once("` |")?;
            Some((path.to_owned(), rest.split('|').next()?.trim().to_owned()))
        })
        .collect()
}

/// The rows of the part of a page below a heading of the second rank.
pub fn rows_below(text: &str, heading: &str) -> Vec<(String, String)> {
    let (_, rest) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    rows(rest.split("\n## ").next().unwrap())
}

/// A documented path: as the row says it, in full where the row is of a shape, and what may stand there.
struct Field {
    row: String,
    path: String,
    kinds: BTreeSet<String>,
}

/// Where `STEP` stands; where `SUMMARY` stands, the tables say.
const STEPS: [&str; 3] = ["next.sides.SIDE", "next.channels.CHANNEL", "next.roles.ROLE"];

/// The documented paths of a part of a page; shapes are put where they occur.
fn documented(text: &str, heading: &str) -> Vec<Field> {
    let rows = rows_below(text, heading);
    let is_shape = |kind: &str| kind.chars().all(|c| c.is_ascii_uppercase());
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::from([("STEP", STEPS.to_vec())]);
    for (path, kind) in rows.iter().filter(|(_, kind)| is_shape(kind)) {
        places.entry(kind).or_default().push(path);
    }
    let mut fields = Vec::new();
    for (row, kind) in rows.iter().filter(|(_, kind)| !is_shape(kind)) {
        let kind = kind.replace("true or false", "boolean");
        let kinds: BTreeSet<String> = kind.split(" or ").map(str::to_owned).collect();
        let (head, rest) = row.split_once('.').unwrap_or((row, ""));
        let paths = match places.get(head) {
            Some(places) => places.iter().map(|place| format!("{place}.{rest}")).collect(),
            None => vec![row.clone()],
        };
        fields.extend(paths.into_iter().map(|path| Field {
            row: row.clone(),
            path,
            kinds: kinds.clone(),
        }));
    }
    fields
}

/// A leaf of a JSON document: keys and `[]` from the root, and what stands there.
type Leaf = (Vec<String>, &'static str);

fn leaves(value: &Value, at: &mut Vec<String>, found: &mut BTreeSet<Leaf>) {
    let kind = match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                at.push(key.clone());
                leaves(value, at, found);
                at.pop();
            }
            return;
        }
        Value::Array(values) => {
            let last = at.last_mut().unwrap();
            last.push_str("[]");
            for value in values {
                leaves(value, at, found);
            }
            let last = at.last_mut().unwrap();
            last.truncate(last.len() - 2);
            return;
        }
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
    };
    found.insert((at.clone(), kind));
}

/// Whether a documented path, with keys in capitals for any key, is that of a leaf.
fn matches(path: &str, keys: &[String]) -> bool {
    let any = |part: &str| part.len() > 1 && part.chars().all(|c| c.is_ascii_uppercase());
    let parts: Vec<&str> = path.split('.').collect();
    parts.len() == keys.len() && parts.iter().zip(keys).all(|(part, key)| any(part) || part == key)
}

/// Holds the documented paths and kinds of a page against documents: both must cover each other.
pub fn compare(name: &str, heading: &str, documents: &[Value]) {
    let fields = documented(&page(name), heading);
    let mut found = BTreeSet::new();
    for document in documents {
        leaves(document, &mut Vec::new(), &mut found);
    }
    let mut wrong = BTreeSet::new();
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (keys, kind) in &found {
        let known: Vec<&Field> = fields.iter().filter(|field| matches(&field.path, keys)).collect();
        if !known.iter().any(|field| field.kinds.contains(*kind)) {
            wrong.insert(format!("{name} lacks {} ({kind})", keys.join(".")));
        }
        for field in known {
            // What occurs in one place of a shape may occur in all.
            seen.insert((&field.row, kind));
        }
    }
    for field in &fields {
        for kind in &field.kinds {
            if !seen.contains(&(&field.row, kind)) {
                wrong.insert(format!(
                    "{name} documents {} ({kind}), which never occurs",
                    field.row
                ));
            }
        }
    }
    let wrong: Vec<String> = wrong.into_iter().take(40).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
