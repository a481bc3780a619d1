//! Items of streams that cannot be read.

use feign::mock::{Mock, Reply};
use feign::{Events, Ndjson};

use super::bank::Paid;
use super::{CANARY, Surfaces};

#[feign::client(service = "bank")]
trait Feeds {
    #[get("/lines")]
    async fn lines(&self) -> Result<Ndjson<Paid>, feign::Error>;

    #[get("/events")]
    async fn events(&self) -> Result<Events<Paid>, feign::Error>;
}

pub(super) async fn show(surfaces: &mut Surfaces) {
    let item = format!(r#"{{"iban":"{CANARY}"}}"#);
    let mock = Mock::new();
    let of = |kind, body: String| Reply::status(200).header("content-type", kind).body(body);
    mock.on(FeedsClient::LINES).reply(of("application/x-ndjson", format!("{item}\n")));
    mock.on(FeedsClient::EVENTS).reply(of("text/event-stream", format!("data: {item}\n\n")));
    let client: FeedsClient = surfaces.hub(mock.hub()).build().unwrap().client();
    let error = client.lines().await.unwrap().next().await.unwrap().unwrap_err();
    surfaces.add_error("an item of lines", &error);
    let error = client.events().await.unwrap().next().await.unwrap().unwrap_err();
    surfaces.add_error("an item of events", &error);
}
