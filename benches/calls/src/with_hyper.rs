//! The calls by hyper-util's pooled client, by hand.

use crate::{
    Calls, Result,
    model::{Item, Order},
};
use bytes::Bytes;
use http::{Request, header};
use http_body_util::{BodyExt as _, Full};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde::de::DeserializeOwned;
use std::error::Error;

pub(crate) struct WithHyper {
    client: Client<HttpConnector, Full<Bytes>>,
    base: String,
}

impl WithHyper {
    pub(crate) fn new(base: &str) -> Self {
        Self { client: Client::builder(TokioExecutor::new()).build_http(), base: base.to_owned() }
    }

    async fn send<T: DeserializeOwned>(&self, request: Request<Full<Bytes>>) -> Result<T> {
        let response = self.client.request(request).await?;
        if !response.status().is_success() {
            return Err(response.status().to_string().into());
        }
        let body = response.into_body().collect().await?.to_bytes();
        Ok(serde_json::from_slice(&body)?)
    }
}

impl Calls for WithHyper {
    type Error = Box<dyn Error>;

    async fn item(&self, id: u64, q: &str, request_id: &str) -> Result<Item> {
        let request = Request::get(format!("{}/api/v1/items/{id}?q={q}", self.base))
            .header("x-request-id", request_id)
            .header(header::ACCEPT, "application/json")
            .body(Full::default())?;
        self.send(request).await
    }

    async fn order(&self, order: &Order, request_id: &str) -> Result<Order> {
        let request = Request::post(format!("{}/api/v1/orders", self.base))
            .header("x-request-id", request_id)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::from(serde_json::to_vec(order)?))?;
        self.send(request).await
    }
}
