//! One declared call: what it sends and what becomes of the answer.

mod accept;
mod bodies;
mod custom;
mod generic;
mod optional;
mod results;
mod streams;
mod unsent;
mod verbs;

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Item {
    id: u32,
    name: String,
}

fn apple() -> Item {
    Item { id: 1, name: "apple".to_owned() }
}

const APPLE: &str = r#"{"id":1,"name":"apple"}"#;
