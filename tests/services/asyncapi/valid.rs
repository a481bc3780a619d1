//! What we write is valid, and understood as it is meant.

use super::parser::{Message, Operation, Parser};
use super::publishers;

pub(crate) async fn every_kind_of_method(parser: &Parser) {
    let [answer] = parser.ask(&[publishers::document()]).await.try_into().unwrap();
    assert_eq!(answer.errors(), [""; 0]);
    assert_eq!(answer.doubts(), [""; 0]);
    assert_eq!(answer.operations(), 10);
    let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    let placed = Message {
        name: "Orders.placed".to_owned(),
        content_type: Some("application/json".to_owned()),
        headers: owned(&["x-app", "x-count", "x-tenant"]),
        payload: owned(&["before", "id", "labels", "lines", "payment", "place"]),
        key: Some("string".to_owned()),
    };
    let operation = Operation {
        id: "Orders.placed".to_owned(),
        action: "send".to_owned(),
        addresses: owned(&["{env}.orders.{region}.v1"]),
        parameters: owned(&["env", "region"]),
        messages: vec![placed],
    };
    assert_eq!(answer.operation("Orders.placed"), &operation);
    let message = |id: &str| answer.operation(id).messages[0].clone();
    // Found behind a name that no key can have.
    assert_eq!(message("Billing.paid").payload, ["iban"]);
    let cloud = ["ce_id", "ce_source", "ce_specversion", "ce_subject", "ce_type", "content-type"];
    assert_eq!(message("Billing.paid").headers, cloud);
    assert_eq!(message("Orders.lines").payload, ["count", "sku"]);
    assert_eq!(message("Orders.lines").key.as_deref(), Some("string"));
    assert_eq!(message("Orders.text").key, None);
}

pub(crate) async fn a_document_without_events(parser: &Parser) {
    let [answer] = parser.ask(&[publishers::nothing()]).await.try_into().unwrap();
    assert_eq!(answer.errors(), [""; 0]);
    assert_eq!(answer.operations(), 0);
}
