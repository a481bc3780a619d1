//! The calls declared.

use super::{Address, Bodies};
use crate::{
    Result,
    model::{Item, Order},
};
use feign::{Body, Error, Hub, Ndjson, Part, Reqwest};
use std::path::Path;

#[feign::client(path = "/api/v1")]
pub(crate) trait Warehouse {
    #[post("/batches")]
    async fn batch(&self, #[body] orders: &[Order]) -> Result<Vec<Order>, Error>;

    #[post("/addresses")]
    async fn move_to(&self, #[body(form)] address: &Address<'_>) -> Result<Item, Error>;

    #[post("/pictures")]
    async fn picture(&self, #[part] caption: &str, #[part] file: Part) -> Result<Item, Error>;

    #[get("/export")]
    async fn export(&self) -> Result<Body, Error>;

    #[get("/lines")]
    async fn lines(&self) -> Result<Ndjson<Item>, Error>;
}

/// The client that the calls by hand have.
pub(crate) fn on_reqwest(base: &str) -> Result<WarehouseClient, Error> {
    Hub::builder().transport(Reqwest::from(reqwest::Client::new())).build()?.client_at(base)
}

impl Bodies for WarehouseClient {
    async fn orders(&self, orders: &[Order]) -> Result<Vec<Order>> {
        Ok(self.batch(orders).await?)
    }

    async fn address(&self, address: &Address<'_>) -> Result<Item> {
        Ok(self.move_to(address).await?)
    }

    async fn upload(&self, caption: &str, file: &Path) -> Result<Item> {
        Ok(self.picture(caption, Part::file(file).await?).await?)
    }

    async fn download(&self) -> Result<usize> {
        let mut body = self.export().await?;
        let mut length = 0;
        while let Some(piece) = body.next().await {
            length += piece?.len();
        }
        Ok(length)
    }

    async fn items(&self) -> Result<usize> {
        let mut items = self.lines().await?;
        let mut count = 0;
        while let Some(item) = items.next().await {
            count += usize::from(item?.id == 1_042);
        }
        Ok(count)
    }
}
