//! Type, const and lifetime parameters; aliases; any error that has `From<feign::Error>`.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Serialize, de::DeserializeOwned};

/// An alias, which only the compiler can see through.
pub type Answer<T> = Result<T, Failed>;

/// Wraps what went wrong.
#[derive(Debug)]
pub struct Failed(pub feign::Error);

impl From<feign::Error> for Failed {
    fn from(error: feign::Error) -> Self {
        Self(error)
    }
}

/// A number of something.
#[derive(Debug, Clone, Copy, feign::Param)]
pub struct Id(pub u64);

/// An order of things.
#[derive(Debug, Clone, Copy, feign::Param)]
#[param(rename_all = "kebab-case")]
pub enum Sort {
    /// Sent as `newest-first`.
    NewestFirst,
    /// Sent as `a-z`.
    #[param(rename = "a-z")]
    ByName,
}

/// Things of one kind.
#[feign::client(path = "/things")]
pub trait Things<T>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    /// Reads one.
    #[get("/{id}")]
    async fn get(&self, id: Id) -> Answer<Option<T>>;

    /// Writes one.
    #[put("/{id}")]
    async fn put(&self, id: Id, #[body] thing: &T) -> Answer<()>;

    /// Reads it as another type.
    #[get("/{id}")]
    async fn get_as<U: DeserializeOwned + Send + 'static>(&self, id: Id) -> Answer<U>;

    /// Sends any list.
    #[get("/some{?ids*,sort}")]
    async fn some<const N: usize>(&self, ids: [Id; N], sort: Option<Sort>) -> Answer<Vec<T>>;

    /// Names its lifetimes.
    #[get("/named/{first}/{second}")]
    async fn named<'a, 'b: 'a>(&self, first: &'a str, second: &'b str) -> Answer<String>;

    /// Takes what borrows or owns.
    #[get("/mixed{?a,b,c}")]
    async fn mixed(&self, a: Cow<'_, str>, b: Arc<str>, c: &Option<String>) -> Answer<String>;
}

/// Errors that others have written.
#[feign::client(path = "/others")]
pub trait Others {
    /// Boxed, as many a `main` has it.
    #[get("/boxed")]
    async fn boxed(&self) -> Result<String, Box<dyn std::error::Error + Send + Sync>>;

    /// Any that the caller names.
    #[get("/any")]
    async fn any<E: From<feign::Error> + Send>(&self) -> Result<String, E>;
}

/// Calls that are generic over the client can be spawned.
///
/// # Errors
///
/// Whatever the call gives.
pub fn spawned<C: Things<String> + Clone + 'static>(
    things: &C,
) -> impl Future<Output = Answer<Option<String>>> + Send + 'static + use<C> {
    let things = things.clone();
    async move { things.get(Id(1)).await }
}
