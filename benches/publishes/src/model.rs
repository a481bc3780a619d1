//! What is published.

use serde::Serialize;

/// An event of four fields; about 100 bytes of JSON with a short note, and 1 KiB with a long one.
#[derive(Debug, Serialize)]
pub(crate) struct OrderCreated {
    pub(crate) number: u64,
    customer: String,
    total: u32,
    note: String,
}

impl OrderCreated {
    pub(crate) fn of_size(size: &str) -> Option<Self> {
        let note = match size {
            "100" => "ring twice, please".to_owned(),
            "1024" => "leave it with the neighbours".repeat(34),
            _ => return None,
        };
        Some(Self { number: 4_711_000, customer: "Ada Lovelace".to_owned(), total: 21_340, note })
    }
}
