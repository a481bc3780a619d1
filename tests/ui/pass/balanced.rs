//! Policies and hash keys in every form.

use feign::balance::{Balance, EndpointSet, PickContext};
use feign::{Error, Response};
use serde::Serialize;

/// Takes the first.
#[derive(Debug)]
pub struct First<T>(pub T);

impl<T: std::fmt::Debug + Send + Sync + 'static> Balance for First<T> {
    fn pick(&self, _: &EndpointSet, _: &mut PickContext<'_>) -> usize {
        0
    }
}

impl First<u32> {
    /// A function of a type.
    #[must_use]
    pub const fn of_zero() -> Self {
        Self(0)
    }
}

/// A function of a module.
#[must_use]
pub fn mine() -> impl Balance {
    First("first")
}

/// One name is one function of `feign::balance`, whatever stands beside it.
#[feign::client(balance = least_loaded)]
pub trait Ours {
    /// Nothing is hashed here.
    #[get("/items")]
    async fn items(&self) -> Result<String, Error>;
}

/// A path is a function of the user's own.
#[feign::client(balance = self::mine, service = "own", dyn)]
pub trait Own {
    /// Nothing is hashed here.
    #[get("/items")]
    async fn items(&self) -> Result<String, Error>;
}

/// A function of a type, on a trait with parameters.
#[feign::client(balance = First::of_zero)]
pub trait Generic<T: Serialize + Sync> {
    /// Hashed by what is not sent.
    #[post("/items")]
    async fn add(&self, #[hash_key] user: u32, #[body] item: &T) -> Result<Response<()>, Error>;
}

/// Text that is no `Param`.
#[derive(Debug, Serialize)]
pub struct User {
    /// Its number.
    pub id: u32,
}

/// Says who it is.
#[must_use]
pub const fn id_of(user: &User) -> u32 {
    user.id
}

/// One method for each form of a key.
#[feign::client(service = "keys", balance = hash)]
pub trait Keys {
    /// Sent in the path, too.
    #[get("/items/{sku}")]
    async fn by_variable(&self, #[hash_key] sku: &str) -> Result<String, Error>;

    /// Sent in the query, too.
    #[get("/items")]
    async fn by_query(
        &self,
        #[hash_key]
        #[query("user-id")]
        user: Option<&str>,
    ) -> Result<String, Error>;

    /// Sent in a header as it is hashed.
    #[get("/items")]
    async fn by_header(
        &self,
        #[header("x-user", with = id_of)]
        #[hash_key]
        user: &User,
    ) -> Result<String, Error>;

    /// Sent whole, hashed by a part.
    #[post("/items")]
    async fn by_body(
        &self,
        #[hash_key(with = id_of)]
        #[body]
        user: User,
    ) -> Result<String, Error>;

    /// Not sent.
    #[get("/items")]
    async fn by_display(&self, #[hash_key(display)] user: Option<u32>) -> Result<String, Error>;

    /// Not sent.
    #[get("/items")]
    async fn by_serde(&self, #[hash_key(serde)] user: u32) -> Result<String, Error>;

    /// Beside a link.
    #[get]
    async fn by_link(&self, #[url] next: &str, #[hash_key] user: u32) -> Result<String, Error>;

    /// Of a type parameter.
    #[get("/items")]
    async fn by_any<T: feign::param::Param + Sync>(
        &self,
        #[hash_key] user: &T,
    ) -> Result<String, Error>;
}
