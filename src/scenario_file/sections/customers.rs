//! `[segments.NAME.customers]`: what happens after the win (docs/model.md, 4.7).

use crate::model::segment::{Churn, CustomerModel, Customers};
use crate::scenario_file::reader::Reader;
use crate::scenario_file::section::Section;

/// Words of `model`.
pub(in crate::scenario_file) const MODELS: [(&str, CustomerModel); 3] = [
    ("subscription", CustomerModel::Subscription),
    ("repeat", CustomerModel::Repeat),
    ("one-off", CustomerModel::OneOff),
];

/// Reads the section; `customers` is how many there are today.
pub(in crate::scenario_file) fn read(
    mut section: Section<'_>,
    reader: &mut Reader,
    customers: f64,
) -> Customers {
    let model = section.choice(reader, "model", &MODELS);
    if !section.has("model") {
        section.lacks(reader, "model", "How customers pay: \"subscription\" (a value a year, renewed), \"repeat\" (orders) or \"one-off\".");
    }
    let model = model.unwrap_or(CustomerModel::Subscription);
    let churn = match section.care(reader, "churn") {
        Some((covered, uncovered)) => Churn::Care { covered, uncovered },
        None => Churn::Flat(section.hazard(reader, "churn")),
    };
    let expansion = section.care_rate(reader, "expansion");
    let mut basket = section.sub(reader, "basket");
    let orders = model == CustomerModel::Repeat;
    let read = Customers {
        model,
        contract_weeks: section.number(reader, "contract_weeks"),
        annual_value_today: annual_value(&mut section, reader, model, customers),
        churn,
        expansion,
        orders_per_year: if orders {
            section.required(reader, "orders_per_year")
        } else {
            section.number(reader, "orders_per_year")
        },
        order_effect: section.number(reader, "order_effect"),
        basket_mean: if orders {
            basket.required(reader, "mean")
        } else {
            basket.number(reader, "mean")
        },
        basket_cv: basket.number(reader, "cv"),
        relationship_speed: section.number(reader, "relationship_speed"),
        returns: section.number(reader, "returns"),
    };
    basket.finish(reader);
    section.finish(reader);
    read
}

/// Must be told where subscribers exist today.
fn annual_value(section: &mut Section<'_>, reader: &mut Reader, model: CustomerModel, customers: f64) -> f64 {
    match section.told(reader, "annual_value_today") {
        Some(value) => value,
        None if model == CustomerModel::Subscription && customers > 0.0 => {
            section.missing(reader, "annual_value_today")
        }
        None => 0.0,
    }
}
