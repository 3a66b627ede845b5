//! JSON Schema of the scenario format, made of the keys: what an editor completes, explains and underlines.
//!
//! Draft 7, because the TOML language server (Taplo, which is behind the common editor plugins) knows drafts 4 to 7.
//! A file that says `extends` may leave out anything, so what must be told is asked of the others only.

use super::entry::{Key, Kind, Told};
use crate::model::parameters::Range;
use crate::outcome::life::Each;
use crate::outcome::measure::MEASURES;
use crate::scenario_file::quantity::NUMBER_FORMS;
use crate::scenario_file::tree::Value as Typed;
use crate::scenario_file::wording::between;
use crate::scenario_file::{parse, source::Sources};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Names: letters and digits of any script, `-` and `_`. Told as what they do not have, spaces and the other signs of
/// ASCII, because classes of letters are no part of the patterns that every validator knows.
const NAME: &str = r"^[^\s!-,./:-@\[-^`{-~]{1,60}$";

/// The schema as text, with a line break at its end.
pub fn schema() -> String {
    let root = tree();
    let mut definitions = BTreeMap::new();
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A scenario of gtm-sim",
        "description": "One company, its market, and the plans to split one budget between marketing and sales. Every key is explained in docs/scenario.md.",
    });
    extend(&mut schema, object(&root, &mut definitions));
    schema["if"] = json!({ "not": { "required": ["extends"] } });
    schema["then"] = required(&root);
    schema["definitions"] = definitions.into_iter().collect();
    format!("{schema:#}\n")
}

/// A key and those below it.
#[derive(Default)]
struct Node {
    key: Option<&'static Key>,
    below: Vec<(&'static str, Node)>,
}

fn tree() -> Node {
    let mut root = Node::default();
    for key in super::all() {
        let mut node = &mut root;
        for word in key.path.split('.') {
            let known = node.below.iter().position(|(own, _)| *own == word);
            let at = known.unwrap_or(node.below.len());
            if known.is_none() {
                node.below.push((word, Node::default()));
            }
            node = &mut node.below[at].1;
        }
        node.key = Some(key);
    }
    root
}

type Definitions = BTreeMap<String, Value>;

fn extend(schema: &mut Value, more: Value) {
    if let (Value::Object(schema), Value::Object(more)) = (schema, more) {
        schema.extend(more);
    }
}

/// A table of known keys, or one by names of the planner's choice.
fn object(node: &Node, definitions: &mut Definitions) -> Value {
    let mut properties = Map::new();
    let mut schema = json!({ "type": "object" });
    for (word, below) in &node.below {
        let value = property(below, definitions);
        if *word == "*" {
            schema["patternProperties"] = json!({ NAME: value });
        } else {
            properties.insert((*word).to_owned(), value);
        }
    }
    if !properties.is_empty() {
        schema["properties"] = Value::Object(properties);
    }
    schema["additionalProperties"] = json!(false);
    let both = exclusive(node);
    if !both.is_empty() {
        schema["allOf"] = Value::Array(both);
    }
    schema
}

/// That two keys which say the same do not stand together.
fn exclusive(node: &Node) -> Vec<Value> {
    let words = || node.below.iter().map(|(word, _)| *word);
    let mut both = Vec::new();
    for (at, (word, below)) in node.below.iter().enumerate() {
        for other in below.key.map_or(&[][..], |key| key.instead) {
            if words().skip(at).any(|later| later == *other) {
                both.push(json!({ "not": { "required": [word, other] } }));
            }
        }
    }
    both
}

/// A key with what is said of it.
fn property(node: &Node, definitions: &mut Definitions) -> Value {
    let mut schema = json!({});
    if let Some(key) = node.key {
        if key.kind != Kind::Number {
            schema["description"] = json!(description(key));
        }
        if let Some(default) = typed(&key.default()) {
            schema["default"] = default;
        }
        if let Some(example) = typed(key.example) {
            schema["examples"] = json!([example]);
        }
    }
    let shape = match node.key {
        Some(key) if !matches!(key.kind, Kind::Section | Kind::Table) => shape(key, node, definitions),
        _ => object(node, definitions),
    };
    extend(&mut schema, shape);
    schema
}

fn description(key: &Key) -> String {
    let mut text = key.about().to_owned();
    if key.kind == Kind::Section {
        return text;
    }
    text.push_str(&format!("\n\nIt is {}; {}", key.is(), key.told()));
    let alternatives = key.alternatives();
    if !alternatives.is_empty() {
        text.push_str(&format!(" ({alternatives})"));
    }
    text.push_str(&format!(".\n\nActs on: {}.", key.acts));
    text
}

/// A value as TOML writes it, if it is one.
fn typed(text: &str) -> Option<Value> {
    let (tree, errors) = parse::parse(&format!("x = {text}"), "", &mut Sources::default());
    let entry = tree
        .get("x")
        .filter(|_| errors.diagnostics.is_empty() && !text.is_empty())?;
    Some(in_json(&entry.node.value))
}

fn in_json(value: &Typed) -> Value {
    match value {
        Typed::Text(text) | Typed::Moment(text) => json!(text),
        Typed::Number(number) => match number.integer.and_then(|whole| i64::try_from(whole).ok()) {
            Some(whole) => json!(whole),
            None => json!(number.value),
        },
        Typed::Flag(flag) => json!(flag),
        // A column is read from a file of its own; no example names one that is there.
        Typed::Column(_) => Value::Null,
        Typed::Date { year, month, day } => json!(format!("{year:04}-{month:02}-{day:02}")),
        Typed::List(items) => items.iter().map(|item| in_json(&item.value)).collect(),
        Typed::Table(table) => Value::Object(
            table
                .entries
                .iter()
                .map(|entry| (entry.key.text.clone(), in_json(&entry.node.value)))
                .collect(),
        ),
    }
}

fn shape(key: &Key, node: &Node, definitions: &mut Definitions) -> Value {
    let by_name = |value: Value| json!({ "type": "object", "patternProperties": { NAME: value }, "additionalProperties": false });
    match key.kind {
        Kind::Section | Kind::Table => object(node, definitions),
        // Beside `allOf` the language server would not show the description.
        Kind::Number => {
            json!({ "allOf": [{ "description": description(key) }, quantity(key, node, definitions)] })
        }
        Kind::NumberByName(_) => by_name(quantity(key, node, definitions)),
        Kind::Plain(range) => plain(range),
        Kind::PlainByName(_, range) => by_name(plain(range)),
        Kind::PlainOrByName(_, range) => {
            let mut schema = plain(range);
            schema["type"] = json!(["number", "object"]);
            schema["patternProperties"] = json!({ NAME: plain(range) });
            schema["additionalProperties"] = json!(false);
            schema
        }
        Kind::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Kind::Text => json!({ "type": "string" }),
        Kind::Currency => json!({ "type": "string", "pattern": "^[A-Z]{3}$" }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::Words(words) => json!({ "type": "array", "items": { "enum": words }, "minItems": 1 }),
        Kind::WholeList(low, high) => {
            json!({ "type": "array", "items": { "type": "integer", "minimum": low, "maximum": high } })
        }
        Kind::Measure => json!({ "enum": measures().collect::<Vec<_>>() }),
        Kind::Target => {
            let amounts: Map<String, Value> = measures()
                .map(|id| (id.to_owned(), json!({ "type": "number" })))
                .collect();
            json!({ "type": "object", "properties": amounts, "additionalProperties": false, "minProperties": 1, "maxProperties": 1 })
        }
        Kind::Mix(_) => by_name(json!({ "type": "number", "minimum": 0, "maximum": 1 })),
        Kind::Names(_) => json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 }),
        Kind::Phases => json!({ "type": "array", "items": object(node, definitions), "minItems": 1 }),
        Kind::Window(latest) => {
            json!({ "type": "array", "items": { "type": "integer", "minimum": 1, "maximum": latest }, "minItems": 2, "maxItems": 2 })
        }
        Kind::Seasonality => {
            let factors = |count: u32| json!({ "type": "array", "items": { "type": "number", "minimum": 0 }, "minItems": count, "maxItems": count });
            json!({ "anyOf": [{ "const": "flat" }, factors(12), factors(52)] })
        }
        Kind::Tenures => {
            by_name(json!({ "type": "array", "items": { "type": "number", "minimum": 0 }, "minItems": 1 }))
        }
    }
}

fn measures() -> impl Iterator<Item = &'static str> {
    MEASURES
        .iter()
        .filter(|measure| measure.each == Each::Once)
        .map(|measure| measure.id)
}

/// A plain number within a range.
fn plain(range: Range) -> Value {
    let mut schema = json!({ "type": "number" });
    if range.low == f64::MIN_POSITIVE {
        schema["exclusiveMinimum"] = json!(0);
    } else if range.low.is_finite() {
        schema["minimum"] = short(range.low);
    }
    if range.high.is_finite() {
        schema["maximum"] = short(range.high);
    }
    schema
}

/// A whole number without a decimal point.
fn short(x: f64) -> Value {
    if x == x.trunc() && x.abs() < 1e15 {
        json!(x as i64)
    } else {
        json!(x)
    }
}

/// A reference to the number in all its forms, with the further ones of this key; defined where it is new.
fn quantity(key: &Key, node: &Node, definitions: &mut Definitions) -> Value {
    let any = Range {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
    };
    let range = key.parameter().map_or(any, |parameter| parameter.range);
    let name = if node.below.is_empty() {
        format!("number {}", between(range)).replace(' ', "_")
    } else {
        key.path.replace(".*", "")
    };
    let mut schema = forms(range);
    for (word, below) in &node.below {
        schema["properties"][*word] = property(below, definitions);
        let others: Vec<&str> = below
            .key
            .into_iter()
            .filter_map(|key| match key.told {
                Told::Beside(other) => Some(other),
                _ => None,
            })
            .collect();
        let only: Vec<&str> = std::iter::once(*word).chain(others).collect();
        schema["dependencies"][*word] = json!({ "propertyNames": { "enum": only } });
    }
    let reference = json!({ "$ref": format!("#/definitions/{name}") });
    definitions.entry(name).or_insert(schema);
    reference
}

/// A number or a distribution; one schema, so that an editor says what is wrong with the form that was chosen.
fn forms(range: Range) -> Value {
    let one = plain(range);
    let any = json!({ "type": "number" });
    let mut schema = one.clone();
    schema["type"] = json!(["number", "object"]);
    let ends = |about: &str| {
        let mut end = one.clone();
        end["description"] = json!(about);
        end
    };
    let mut properties = json!({
        "low": ends("5 % of what you believe lies below."),
        "typical": ends("Half of what you believe lies below."),
        "high": ends("5 % of what you believe lies above."),
    });
    let mut dependencies = json!({});
    for end in ["low", "typical", "high"] {
        dependencies[end] =
            json!({ "required": ["low", "high"], "propertyNames": { "enum": ["low", "typical", "high"] } });
    }
    for form in NUMBER_FORMS {
        let items: Vec<&Value> = (0..form.places)
            .map(|place| if place < form.legal { &one } else { &any })
            .collect();
        properties[form.key] = json!({
            "description": format!("{}: {}.", form.about, form.shape),
            "type": "array", "items": items, "minItems": form.places, "maxItems": form.places,
        });
        dependencies[form.key] = json!({ "maxProperties": 1 });
    }
    properties["discrete"] = json!({
        "description": "A few values with their weights: [[value, weight], …].",
        "type": "array", "items": { "type": "array", "items": [one, any], "minItems": 2, "maxItems": 2 }, "minItems": 1,
    });
    properties["samples"] = json!({
        "description": "Values that are all alike: a list, or a column of a CSV file as { file = \"…\", column = \"…\" }.",
        "type": ["array", "object"], "items": one, "minItems": 1,
        "properties": { "file": { "type": "string" }, "column": { "type": "string" } },
        "required": ["file", "column"], "additionalProperties": false,
    });
    for form in ["discrete", "samples"] {
        dependencies[form] = json!({ "maxProperties": 1 });
    }
    schema["properties"] = properties;
    schema["additionalProperties"] = json!(false);
    schema["minProperties"] = json!(1);
    schema["dependencies"] = dependencies;
    schema
}

/// What must be told below a table, if the file builds on no other.
fn required(node: &Node) -> Value {
    let mut schema = json!({});
    let mut must = Vec::new();
    let mut one_of = Vec::new();
    let mut together = Map::new();
    let mut properties = Map::new();
    for (word, below) in &node.below {
        match below.key {
            Some(key) if key.told == Told::Always && *word == "*" => schema["minProperties"] = json!(1),
            Some(key) if key.told == Told::Always && key.instead.is_empty() => must.push(*word),
            Some(key) if key.told == Told::Always => {
                let either: Vec<Value> = std::iter::once(word)
                    .chain(key.instead)
                    .map(|word| json!({ "required": [word] }))
                    .collect();
                one_of.push(json!({ "anyOf": either }));
            }
            // A table that is there only to hold sections by name must be there if they must.
            None if below
                .below
                .iter()
                .any(|(_, below)| below.key.is_some_and(|key| key.told == Told::Always)) =>
            {
                must.push(*word);
            }
            _ => {}
        }
        if let Some(Told::Beside(other)) = below.key.map(|key| key.told) {
            together.insert((*word).to_owned(), json!([other]));
        }
        let inner = required(below);
        let is_empty = inner.as_object().is_none_or(Map::is_empty);
        let is_list = below.key.is_some_and(|key| key.kind == Kind::Phases);
        if !is_empty && *word == "*" {
            schema["patternProperties"] = json!({ NAME: inner });
        } else if !is_empty {
            let inner = if is_list { json!({ "items": inner }) } else { inner };
            properties.insert((*word).to_owned(), inner);
        }
    }
    if !must.is_empty() {
        schema["required"] = json!(must);
    }
    if !properties.is_empty() {
        schema["properties"] = Value::Object(properties);
    }
    if !one_of.is_empty() {
        schema["allOf"] = Value::Array(one_of);
    }
    if !together.is_empty() {
        schema["dependencies"] = Value::Object(together);
    }
    schema
}
