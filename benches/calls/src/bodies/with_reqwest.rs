//! The calls by reqwest, as people write them who look at what they cost.

use super::{Address, Bodies};
use crate::{
    Result,
    model::{Item, Order},
};
use reqwest::{
    Client, RequestBuilder, Response,
    multipart::{Form, Part},
};
use std::path::Path;

pub(crate) struct WithReqwest {
    client: Client,
    base: String,
}

impl WithReqwest {
    pub(crate) fn new(base: &str) -> Self {
        Self { client: Client::new(), base: base.to_owned() }
    }

    fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}/api/v1/{path}", self.base))
    }

    async fn get(&self, path: &str) -> reqwest::Result<Response> {
        self.client.get(format!("{}/api/v1/{path}", self.base)).send().await?.error_for_status()
    }
}

impl Bodies for WithReqwest {
    async fn orders(&self, orders: &[Order]) -> Result<Vec<Order>> {
        let answer = self.post("batches").json(orders).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    async fn address(&self, address: &Address<'_>) -> Result<Item> {
        let answer = self.post("addresses").form(address).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    async fn upload(&self, caption: &str, file: &Path) -> Result<Item> {
        let form = Form::new().text("caption", caption.to_owned());
        let form = form.part("file", Part::file(file).await?);
        let answer = self.post("pictures").multipart(form).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    async fn download(&self) -> Result<usize> {
        let mut answer = self.get("export").await?;
        let mut length = 0;
        while let Some(piece) = answer.chunk().await? {
            length += piece.len();
        }
        Ok(length)
    }

    async fn items(&self) -> Result<usize> {
        let mut answer = self.get("lines").await?;
        let (mut kept, mut count) = (Vec::new(), 0);
        while let Some(piece) = answer.chunk().await? {
            kept.extend_from_slice(&piece);
            let mut begin = 0;
            while let Some(length) = memchr::memchr(b'\n', &kept[begin..]) {
                let item: Item = serde_json::from_slice(&kept[begin..begin + length])?;
                count += usize::from(item.id == 1_042);
                begin += length + 1;
            }
            kept.drain(..begin);
        }
        Ok(count)
    }
}
