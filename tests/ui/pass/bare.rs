//! No prelude at all: every name in generated code has its whole path.

#![no_implicit_prelude]

/// Has nothing in scope.
#[::feign::client(service = "bare", dyn)]
pub trait Bare {
    /// Uses every role.
    #[post("/items/{sku}{?tags*}")]
    #[headers("x-a: 1")]
    #[idempotent(key = "idempotency-key")]
    #[expect(clippy::too_many_arguments, reason = "every role at once")]
    async fn item(
        &self,
        sku: &str,
        tags: &[::std::string::String],
        #[query] page: ::core::option::Option<u32>,
        #[query(flatten)] filter: &::std::collections::BTreeMap<::std::string::String, u32>,
        #[query(display)] shown: u32,
        #[query(serde)] written: u32,
        #[header] x_day: u32,
        #[headers] extra: &::feign::HeaderMap,
        #[cookie] session: &str,
        #[body] order: &str,
    ) -> ::core::result::Result<::core::option::Option<::std::string::String>, ::feign::Error>;

    /// Follows a link.
    #[get]
    async fn follow(&self, #[url] next: &str) -> ::core::result::Result<(), ::feign::Error>;
}

/// Has default bodies.
#[::feign::client(partial)]
pub trait Partial {
    /// Returns one.
    #[get("/items")]
    async fn item(&self) -> ::core::result::Result<::std::string::String, ::feign::Error>;
}

/// A newtype.
#[derive(::core::fmt::Debug, ::feign::Param)]
pub struct Sku(pub ::std::string::String);

/// Names.
#[derive(::core::fmt::Debug, ::feign::Param)]
pub enum Sort {
    /// Up.
    Up,
    /// Down.
    Down,
}
