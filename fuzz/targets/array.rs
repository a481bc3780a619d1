//! Any bytes as a JSON array that is read item by item: the same as when it is read as a whole.
#![no_main]

use feign::{Error, JsonArray};
use feign_fuzz::stream::{items, outcome, value};
use feign_fuzz::{BODY_LIMIT, Wire, hub};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

#[feign::client]
trait Arrays {
    #[get("/")]
    async fn items(&self) -> Result<JsonArray<Value>, Error>;
}

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";

fuzz_target!(|input: &[u8]| {
    let wire = Wire::with_head(HEAD, input);
    let body = wire.bytes()[HEAD.len()..].to_vec();
    let ends = wire.ends();
    let found = outcome(async {
        let client: ArraysClient = hub(wire).build()?.client_at("http://h.example")?;
        let mut array = client.items().await?;
        Ok(items(async || array.next().await, body.len()).await)
    });
    let found: Result<Vec<Value>, Error> = found.into_iter().collect();
    match (found, value(&body)) {
        (Ok(items), Some(Value::Array(whole))) => assert_eq!(items, whole),
        // Within an item one level more may be nested than within the whole.
        (Ok(items), None) if body.len() > 120 => drop(items),
        (Ok(items), other) => panic!("{items:?} although it is {other:?}"),
        (Err(error), Some(Value::Array(_))) => {
            assert!(!ends || body.len() > BODY_LIMIT, "{error:?}");
        }
        (Err(_), _) => {}
    }
});
