//! What the streams of items have in common.

use std::fmt::Debug;

use feign::Error;
use serde_json::Value;

use crate::{look_at, run};

/// Reads a stream to its end; every item or error of it is looked at, and there are not many more than
/// bytes.
pub async fn items<T: Debug>(
    mut next: impl AsyncFnMut() -> Option<Result<T, Error>>,
    bytes: usize,
) -> Vec<Result<T, Error>> {
    let mut items = Vec::new();
    while let Some(item) = next().await {
        if let Err(error) = &item {
            look_at(error);
        }
        items.push(item);
        assert!(items.len() <= bytes + 2, "more items than bytes");
    }
    assert!(next().await.is_none(), "something follows the end");
    items
}

/// The outcome of a declared stream: its items, or the one error instead of it.
pub fn outcome<T: Debug, F: Future<Output = Result<Vec<Result<T, Error>>, Error>>>(
    call: F,
) -> Vec<Result<T, Error>> {
    run(call).unwrap_or_else(|error| {
        look_at(&error);
        vec![Err(error)]
    })
}

/// What JSON is, by the reader that everybody has.
pub fn value(text: &[u8]) -> Option<Value> {
    serde_json::from_slice(text).ok()
}
