//! What other libraries refuse and ours does not: the rows of `SOURCES.md` that name this file.

use std::collections::BTreeMap;

use feign::{Body, Error, HeaderMap, Part, Response};
use serde::Serialize;

/// Part of a filter.
#[derive(Debug, Serialize)]
pub struct Filter {
    /// Sent as `name=…`.
    pub name: String,
}

/// Every method is a row.
#[feign::client(service = "accepted")]
// On the trait itself rustc has expanded it before the macro is asked.
#[cfg_attr(all(), timeout("2s"))]
pub trait Accepted {
    /// The order of arguments has no meaning: `getWithQueryThenPathThrows`, `getWithQueryNameThenPathThrows`.
    #[get("/foo/bar/{ping}")]
    async fn query_then_path(&self, #[query] kit: &str, ping: &str) -> Result<String, Error>;

    /// The same for a map: `getWithQueryMapThenPathThrows`.
    #[get("/foo/bar/{ping}")]
    async fn map_then_path(
        &self,
        #[query(flatten)] queries: &BTreeMap<String, String>,
        ping: &str,
    ) -> Result<String, Error>;

    /// The same for a link: `getWithQueryNameThenUrlThrows`.
    #[get]
    async fn query_then_url(&self, #[query] name: &str, #[url] url: &str) -> Result<String, Error>;

    /// The same for a map before a link: `getWithQueryMapThenUrlThrows`.
    #[get]
    async fn map_then_url(
        &self,
        #[query(flatten)] queries: &BTreeMap<String, String>,
        #[url] url: &str,
    ) -> Result<String, Error>;

    /// Several flattened values, each with its own names: `query-map-twice`.
    #[get("/items")]
    async fn two_maps(
        &self,
        #[query(flatten)] filter: &Filter,
        #[query(flatten)] more: &BTreeMap<String, String>,
    ) -> Result<String, Error>;

    /// The keys of a map of headers are any text, a number's too: `map-key-string`.
    #[get("/items")]
    async fn number_keys(&self, #[headers] extra: &BTreeMap<u32, String>) -> Result<String, Error>;

    /// A variable inside the text of the query is one value that is always there: `pathParamNotAllowedInQuery`.
    #[get("/items?tag={tag}&fixed=1")]
    async fn variable_in_query(&self, tag: &str) -> Result<String, Error>;

    /// A body where it is asked for by name.
    #[get("/search")]
    async fn search(&self, #[body(allow)] filter: &Filter) -> Result<String, Error>;

    /// A head without a body to read.
    #[head("/items/{sku}")]
    async fn exists(&self, sku: &str) -> Result<Option<()>, Error>;

    /// The same, with its headers.
    #[head("/items/{sku}")]
    async fn head(&self, sku: &str, #[headers] extra: &HeaderMap) -> Result<Response<()>, Error>;

    /// Deprecated, generic and by an alias: rows of `rust-peers.md` §1.4.
    #[deprecated = "old"]
    #[get("/old/{id}")]
    async fn old<T: serde::de::DeserializeOwned + Send + 'static>(&self, id: u32) -> Answer<T>;

    /// A field says that the body is a form: `implicitFormEncodingByFieldForbidden` and `…FieldMapForbidden`.
    #[post("/form")]
    async fn form(
        &self,
        #[form] name: &str,
        #[form] map: &BTreeMap<String, u32>,
    ) -> Result<String, Error>;

    /// A part says that the body is multipart, under its argument's name or one that is given:
    /// `implicitMultipartForbidden`, `multipart…RequiresName`, `multipart…OkHttpPart`.
    #[post("/parts")]
    async fn parts(
        &self,
        #[part] text: &str,
        #[part] list: &[String],
        #[part] file: Part,
        #[part("ping")] files: Vec<Part>,
        #[part] pair: [Part; 2],
        #[part] map: BTreeMap<String, Part>,
    ) -> Result<String, Error>;

    /// Bytes as they come.
    #[get("/raw")]
    async fn raw(&self) -> Result<Body, Error>;
}

/// An alias.
pub type Answer<T> = Result<T, Error>;

/// Parameterised types, and more than one supertrait: rows of `OpenFeign`'s checks.
#[feign::client]
pub trait Parameterised<T: Send + 'static>: Send + Sync + std::fmt::Debug + Clone
where
    T: serde::de::DeserializeOwned,
{
    /// Returns one.
    #[get("/items")]
    async fn item(&self) -> Result<T, Error>;
}
