//! The calls declared.

use crate::{
    Calls,
    model::{Item, Order},
};
use feign::{
    Error, Hub, Reqwest,
    discover::{self, Endpoint},
};

#[feign::client(path = "/api/v1")]
pub(crate) trait Shop {
    #[get("/items/{id}{?q}")]
    async fn item(
        &self,
        id: u64,
        q: &str,
        #[header("x-request-id")] request_id: &str,
    ) -> Result<Item, Error>;

    #[post("/orders")]
    async fn order(
        &self,
        #[body] order: &Order,
        #[header("x-request-id")] request_id: &str,
    ) -> Result<Order, Error>;
}

/// The transport that a hub makes by itself.
pub(crate) fn by_default(base: &str) -> Result<ShopClient, Error> {
    ShopClient::at(base)
}

/// The client that the row by hand has, so that nothing but the call differs.
pub(crate) fn on_reqwest(base: &str) -> Result<ShopClient, Error> {
    Hub::builder().transport(Reqwest::from(reqwest::Client::new())).build()?.client_at(base)
}

/// A service that is found: so many instances, which are all the same server.
pub(crate) fn found(base: &str, size: usize) -> Result<ShopClient, Error> {
    let endpoint = |number| Ok(Endpoint::new(base)?.with_id(format!("shop-{number}")));
    let endpoints = (0..size).map(endpoint).collect::<Result<_, Error>>()?;
    let hub = Hub::builder().discover(discover::fixed([("shop", endpoints)]));
    hub.build()?.client_at("shop")
}

impl Calls for ShopClient {
    type Error = Error;

    async fn item(&self, id: u64, q: &str, request_id: &str) -> Result<Item, Error> {
        Shop::item(self, id, q, request_id).await
    }

    async fn order(&self, order: &Order, request_id: &str) -> Result<Order, Error> {
        Shop::order(self, order, request_id).await
    }
}
