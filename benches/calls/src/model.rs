//! What is sent and what comes back.

use serde::{Deserialize, Serialize};

/// The answer to a GET, about 150 bytes of JSON.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only decoded")]
pub(crate) struct Item {
    pub(crate) id: u64,
    sku: String,
    name: String,
    price: u32,
    currency: String,
    stock: Option<u32>,
    tags: Vec<String>,
    updated: String,
}

/// The body of a POST and its answer, about 300 bytes of JSON.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Order {
    pub(crate) number: u64,
    customer: String,
    street: String,
    city: String,
    currency: String,
    express: bool,
    note: Option<String>,
    lines: Vec<Line>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Line {
    sku: String,
    quantity: u32,
    price: u32,
}

impl Order {
    pub(crate) fn example() -> Self {
        let line = |sku: &str, quantity, price| Line { sku: sku.to_owned(), quantity, price };
        Self {
            number: 4_711,
            customer: "Ada Lovelace".to_owned(),
            street: "12 St James's Square".to_owned(),
            city: "London SW1Y 4JH".to_owned(),
            currency: "GBP".to_owned(),
            express: true,
            note: Some("ring twice, please".to_owned()),
            lines: vec![
                line("A-1042", 2, 1_250),
                line("B-0007", 1, 18_900),
                line("C-3310", 12, 95),
            ],
        }
    }
}
