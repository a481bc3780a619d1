//! The shapes that must compile, in edition 2021 and with feign under another name.

#![deny(warnings, missing_docs, rust_2018_idioms, unused, unreachable_pub, unused_qualifications)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]

use std::collections::BTreeMap;
use std::sync::Arc;

use http_clients::{Error, HeaderMap, Response};
use serde::{Serialize, de::DeserializeOwned};

/// Named by the user.
#[derive(Debug, Clone, http_clients::Param)]
#[param(crate = ::http_clients)]
pub struct Sku(pub String);

/// Sent as its names.
#[derive(Debug, Clone, Copy, http_clients::Param)]
#[param(crate = ::http_clients, rename_all = "snake_case")]
pub enum Sort {
    /// Sent as `newest_first`.
    NewestFirst,
}

/// Stock levels.
#[http_clients::client(
    crate = ::http_clients,
    service = "inventory",
    balance = ewma,
    path = "/api/v1",
    rename_all = "camelCase",
    dyn,
    partial
)]
#[timeout("2s")]
#[headers("x-caller: tests")]
pub trait Inventory {
    /// `None` when the item does not exist.
    #[get("/items/{sku}")]
    async fn item(&self, sku: &Sku) -> Result<Option<String>, Error>;

    /// Has every role of an argument.
    #[post("/items/{sku}{?tags*,pageSize}")]
    #[idempotent(key = "idempotency-key")]
    #[accept(409)]
    async fn add(
        &self,
        sku: &Sku,
        tags: &[String],
        page_size: Option<u32>,
        #[query] sort: Sort,
        #[query(display)] shown: u32,
        #[query(serde)] written: u32,
        #[query(flatten)] filter: &BTreeMap<String, String>,
        #[header] x_day: u32,
        #[headers] extra: &HeaderMap,
        #[cookie("session")] session: Option<&str>,
        #[hash_key] user: Option<&str>,
        #[body] order: &[u32],
    ) -> Result<Response<String>, Error>;

    /// Follows a link.
    #[get]
    async fn follow(&self, #[url] next: &str) -> Result<(), Error>;
}

/// Things of one kind.
#[http_clients::client(crate = ::http_clients)]
pub trait Things<T: Serialize + DeserializeOwned + Send + Sync + 'static> {
    /// Reads one.
    #[get("/{id}")]
    async fn get(&self, id: u64) -> Result<T, Error>;

    /// Reads it as another type.
    #[get("/{id}")]
    async fn get_as<'a, U: DeserializeOwned + Send + 'static>(
        &self,
        id: &'a str,
    ) -> Result<U, Error>;
}

/// Implements what it uses.
#[derive(Debug)]
pub struct Fake;

impl Inventory for Fake {
    async fn item(&self, sku: &Sku) -> Result<Option<String>, Error> {
        Ok(Some(sku.0.clone()))
    }
}

/// Takes any implementation, also behind `dyn`.
///
/// # Errors
///
/// Whatever the call gives.
pub async fn any(inventory: Arc<dyn DynInventory>) -> Result<Option<String>, Error> {
    inventory.item(&Sku("1".to_owned())).await
}

/// Can be spawned.
pub fn is_send() {
    const fn is_send<F: std::future::Future + Send>(_: &F) {}

    is_send(&any(Arc::new(Fake)));
}
