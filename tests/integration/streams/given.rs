//! Streams that a fake gives.

use std::convert::Infallible;

use feign::{Event, Events, JsonArray, Ndjson};
use futures_util::stream;

use super::{Item, drain, item};

#[feign::client]
trait Shop {
    #[get("/lines")]
    async fn lines(&self) -> Result<Ndjson<Item>, feign::Error>;
    #[get("/items")]
    async fn items(&self) -> Result<JsonArray<Item>, feign::Error>;
    #[get("/events")]
    async fn events(&self) -> Result<Events<Item>, feign::Error>;
}

struct Fake;

impl Shop for Fake {
    async fn lines(&self) -> Result<Ndjson<Item>, feign::Error> {
        Ok(Ndjson::from_iter([item(1, "a"), item(2, "b")]))
    }

    async fn items(&self) -> Result<JsonArray<Item>, feign::Error> {
        let items = [Ok(item(1, "a")), Err(feign::Error::timeout())];
        Ok(JsonArray::from_stream(stream::iter(items)))
    }

    async fn events(&self) -> Result<Events<Item>, feign::Error> {
        let events = stream::iter([Event::new(item(1, "a")).with_id("7")]);
        Ok(Events::from_stream(futures_util::StreamExt::map(events, Ok::<_, Infallible>)))
    }
}

#[tokio::test]
async fn a_fake_gives_items_and_errors() {
    assert_eq!(drain!(Fake.lines().await.unwrap()), [Ok(item(1, "a")), Ok(item(2, "b"))]);

    let mut items = Fake.items().await.unwrap();
    assert_eq!(items.next().await.unwrap().unwrap(), item(1, "a"));
    assert!(items.next().await.unwrap().unwrap_err().is_timeout(), "the error is what it was");

    // Whoever reconnects to a fake gets what it gives.
    let mut events = Fake.events().await.unwrap().reconnecting().unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().id, "7");
    assert!(events.next().await.is_none());
}
