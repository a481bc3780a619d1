//! Publishers, whose bodies need no schema unless a document is asked for.

use std::borrow::Cow;

use feign::publish::asyncapi::Document;
use feign::publish::{Error, Pending, Receipt};

/// Something that has no schema.
#[derive(Debug, serde::Serialize)]
pub struct Placed<'a> {
    /// Which one.
    pub id: Cow<'a, str>,
}

/// A text that is an argument.
#[derive(Debug, feign::Param)]
pub struct Shop<'a>(pub &'a str);

/// A name that is an argument.
#[derive(Clone, Copy, Debug, feign::Param)]
pub enum Region {
    /// Europe.
    Eu,
}

/// Shapes of methods.
#[feign::publisher(settings(env), cloud_events(type = "placed", source = "/"))]
pub trait Shapes<'t, T: serde::Serialize + Send + Sync + ?Sized, const N: usize> {
    /// Lifetimes in every place.
    #[topic("{env}.{region}")]
    async fn lifetimes<'a>(
        &self,
        region: Region,
        #[key] id: Option<&'a str>,
        #[header("x-shop")] shop: &Shop<'_>,
        #[body] event: Option<&Placed<'a>>,
    ) -> Result<Receipt, Error>;

    /// What the trait is generic over.
    #[topic("generic")]
    async fn generic(&self, #[key] id: [u8; N], #[body] event: &T) -> Result<Pending, Error>;

    /// What the method is generic over.
    #[topic("method")]
    async fn method<B: serde::Serialize + Sync>(
        &self,
        #[header(display)] of: &str,
        #[body] event: &B,
    ) -> Result<(), Error>;

    /// What the trait borrows.
    #[topic("borrowed")]
    async fn borrowed(&self, #[body] events: &'t str) -> Result<(), Error>;

    /// Several at once.
    #[topic("many")]
    async fn many(&self, #[body(each)] events: &[Placed<'_>]) -> Vec<Result<Receipt, Error>>;

    /// Several at once, each with a key of its own.
    #[topic("keyed")]
    async fn keyed(
        &self,
        #[body(each, key = String::as_str)] events: &[String],
    ) -> Vec<Result<Receipt, Error>>;

    /// The same, given away.
    #[topic("keyed")]
    async fn given(
        &self,
        #[body(each, key = ToString::to_string)] events: Vec<u32>,
    ) -> Vec<Result<Receipt, Error>>;

    /// Not there.
    #[cfg(any())]
    #[topic("never")]
    async fn never(&self, #[body] event: &Nothing) -> Result<(), Error>;
}

/// A publisher of text, which has a schema.
#[feign::publisher]
pub trait Texts {
    /// Says something.
    #[topic("texts")]
    async fn said(&self, #[body] text: &str) -> Result<(), Error>;
}

/// One without events.
#[feign::publisher]
pub trait Silent {}

mod private {
    #[derive(serde::Serialize)]
    struct Hidden;

    #[feign::publisher]
    trait Own {
        #[topic("own")]
        async fn own(&self, #[body] event: &Hidden) -> Result<(), feign::publish::Error>;
    }
}

/// Describes them.
#[must_use]
pub fn document() -> Document {
    TextsPublisher::asyncapi("Texts", "1").publisher::<SilentPublisher>()
}
