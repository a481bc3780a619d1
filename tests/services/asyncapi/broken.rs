//! The parser finds what is wrong, so that its silence means something.

use serde_json::{Value, json};

use super::parser::Parser;
use super::publishers;

const CHANNEL: &str = "/channels/env.orders.region.v1";

/// Where one field is damaged, what it becomes (nothing if it is taken away), and a word of what is said.
type Damage = (String, Option<Value>, &'static str);

fn damages() -> Vec<Damage> {
    let message = format!("{CHANNEL}/messages/Orders.placed");
    let operation = "/operations/Orders.placed";
    let dangling = |to: &str| Some(json!({ "$ref": to }));
    let other = format!("#{CHANNEL}/messages/Orders.other");
    let text = || Some(json!("text"));
    vec![
        ("/info/version".to_owned(), None, "\"version\""),
        ("/asyncapi".to_owned(), Some(json!("9.0.0")), "9.0.0"),
        (format!("{operation}/action"), Some(json!("publish")), "Orders.placed.action"),
        (format!("{operation}/channel"), dangling("#/channels/orders"), "'#/channels/orders'"),
        (format!("{operation}/messages/0"), dangling(&other), "Orders.other"),
        (format!("{CHANNEL}/parameters/region"), None, "Missed: region"),
        (format!("{CHANNEL}/address"), Some(json!(7)), "address"),
        (format!("{message}/headers/properties/x-count/type"), text(), "x-count.type"),
        (
            format!("{message}/payload/$ref"),
            Some(json!("#/components/schemas/Other")),
            "schemas/Other",
        ),
        (format!("{message}/bindings/kafka/key/type"), text(), "key.type"),
        ("/components/schemas/Line/properties/sku/type".to_owned(), text(), "sku.type"),
        ("/components/schemas/Line/required".to_owned(), Some(json!("sku")), "required"),
    ]
}

fn damaged(place: &str, value: Option<Value>) -> Value {
    let mut document = publishers::document();
    let (parent, name) = place.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap();
    let (name, at) = (name.to_owned(), name.parse::<usize>().ok().filter(|_| parent.is_array()));
    match (at, value) {
        (Some(at), Some(value)) => parent[at] = value,
        (_, Some(value)) => parent[name] = value,
        (_, None) => assert!(parent.as_object_mut().unwrap().remove(&name).is_some(), "{place}"),
    }
    document
}

pub(crate) async fn each_damage_is_found(parser: &Parser) {
    let damages = damages();
    let mut documents = vec![publishers::document()];
    documents.extend(damages.iter().map(|(place, value, _)| damaged(place, value.clone())));
    let mut answers = parser.ask(&documents).await.into_iter();
    assert_eq!(answers.next().unwrap().errors(), [""; 0]);
    for ((place, _, word), answer) in damages.iter().zip(answers) {
        let errors = answer.errors();
        assert!(errors.iter().any(|error| error.contains(word)), "{place}: {errors:?}");
    }
    println!("asyncapi: {} damages, each found", damages.len());
}
