//! Hubs of a mock find every service.

use feign::discover::{self, Endpoint};
use feign::mock::Mock;
use feign::{Error, Hub};

use super::{Stock as _, StockClient};

#[feign::client(service = "größen")]
trait Sizes {
    #[get("/sizes")]
    async fn sizes(&self) -> Result<(), Error>;
}

fn uris(mock: &Mock) -> Vec<String> {
    mock.requests().iter().map(|request| request.uri().to_string()).collect()
}

async fn ask(hub: &Hub) -> Result<(), Error> {
    hub.client::<StockClient>().item("A-1").await.map(drop)
}

#[tokio::test]
async fn nothing_has_to_be_said_of_a_service() {
    let mock = Mock::new();
    mock.on(StockClient::ITEM).reply(404);
    mock.on(SizesClient::SIZES).reply(204);
    let hub = mock.hub().build().unwrap();
    ask(&hub).await.unwrap();
    hub.client::<SizesClient>().sizes().await.unwrap();
    assert_eq!(uris(&mock), ["http://inventory/api/v1/items/A-1", "http://mock/sizes"]);
    hub.warm_up(["anything"]).await.unwrap();
    assert_eq!(hub.endpoints("anything").source(), "the mock");
}

#[tokio::test]
async fn what_is_said_stands_above() {
    let mock = Mock::new();
    mock.on(StockClient::ITEM).reply(404);
    let given = mock.hub().service("inventory", |s| s.url("http://given")).build().unwrap();
    ask(&given).await.unwrap();
    let listed = [("inventory", vec![Endpoint::new("http://listed").unwrap()])];
    let listed = mock.hub().discover(discover::fixed(listed)).build().unwrap();
    ask(&listed).await.unwrap();
    let none = mock.hub().discover(discover::fixed([("orders", vec![])])).build().unwrap();
    let error = ask(&none).await.unwrap_err();
    assert!(error.is_no_endpoint(), "a source of one's own is believed: {error}");
    let hosts = uris(&mock).into_iter().map(|uri| uri.split('/').nth(2).unwrap().to_owned());
    assert_eq!(hosts.collect::<Vec<_>>(), ["given", "listed"]);
}
