//! A client can be declared wherever a trait can.

/// Re-exports feign, as a company's own prelude crate would.
pub mod vendor {
    pub use feign as http;
}

/// Reaches feign by the path that it names.
pub mod renamed {
    use super::vendor::http;

    /// Renamed by `crate = …`.
    #[http::client(crate = crate::places::vendor::http, name = HttpItems)]
    pub trait Items {
        /// Returns some text.
        #[get("/items")]
        async fn item(&self) -> Result<String, http::Error>;
    }

    /// The name that was asked for.
    #[must_use]
    pub fn same(items: &HttpItems) -> HttpItems {
        items.clone()
    }
}

macro_rules! declared {
    ($name:ident, $path:literal, $verb:ident, $result:ty) => {
        /// Written by a macro.
        #[feign::client]
        pub trait $name {
            /// Returns what was asked for.
            #[$verb($path)]
            async fn item(&self, sku: &str) -> Result<$result, feign::Error>;
        }
    };
}

declared!(Declared, "/items/{sku}", get, Option<String>);

/// Declares a client inside a function.
///
/// # Errors
///
/// When the address is none.
pub fn inside(
    url: &str,
) -> Result<impl Future<Output = Result<String, feign::Error>> + Send + use<>, feign::Error> {
    #[feign::client]
    trait Inside {
        #[get("/items")]
        async fn item(&self) -> Result<String, feign::Error>;
    }

    let items = InsideClient::at(url)?;
    Ok(async move { items.item().await })
}

/// Is seen within the crate only, and so is its client.
#[feign::client]
pub(crate) trait Within {
    /// Returns some text.
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

/// Uses `Within`.
///
/// # Errors
///
/// Whatever the call gives.
pub async fn within(url: &str) -> Result<String, feign::Error> {
    WithinClient::at(url)?.item().await
}
