//! The calls by reqwest, as people write them.

use crate::{
    Calls,
    model::{Item, Order},
};
use reqwest::{Client, Error};

pub(crate) struct WithReqwest {
    client: Client,
    base: String,
}

impl WithReqwest {
    pub(crate) fn new(base: &str) -> Self {
        Self { client: Client::new(), base: base.to_owned() }
    }
}

impl Calls for WithReqwest {
    type Error = Error;

    async fn item(&self, id: u64, q: &str, request_id: &str) -> Result<Item, Error> {
        let base = &self.base;
        self.client
            .get(format!("{base}/api/v1/items/{id}?q={q}"))
            .header("x-request-id", request_id)
            .send()
            .await?
            .error_for_status()?
            .json::<Item>()
            .await
    }

    async fn order(&self, order: &Order, request_id: &str) -> Result<Order, Error> {
        let base = &self.base;
        self.client
            .post(format!("{base}/api/v1/orders"))
            .header("x-request-id", request_id)
            .json(order)
            .send()
            .await?
            .error_for_status()?
            .json::<Order>()
            .await
    }
}
