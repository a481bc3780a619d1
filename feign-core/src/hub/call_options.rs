//! What is said for some calls only.

use http::HeaderName;

use super::options::{Options, setters};

/// What a view of a client says for its calls, above every other level: see the generated
/// client's `with`.
///
/// ```
/// # #[cfg(feature = "json")] {
/// # use std::time::Duration;
/// # #[feign::client] trait Inventory { #[get("/items/{sku}")] async fn item(&self, sku: &str) -> Result<String, feign::Error>; }
/// # fn view(inventory: &InventoryClient) {
/// let tenant = inventory.with(|call| call.header("x-tenant", "acme").timeout(Duration::from_millis(300)));
/// # } }
/// ```
///
/// What cannot be sent, such as a header value with a line break, fails the calls of the view.
#[derive(Clone, Debug, Default)]
#[must_use = "options act when they are returned"]
pub struct CallOptions {
    pub(crate) options: Options,
    pub(crate) removed: Vec<HeaderName>,
    pub(crate) key: Option<u64>,
}

impl CallOptions {
    setters!(options);

    /// Compresses the bodies of requests, or leaves them as they are (`None`), whatever `#[compress]` says.
    #[cfg(feature = "compression")]
    pub fn compress(mut self, coding: impl Into<Option<crate::Compression>>) -> Self {
        self.options.compression = Some(coding.into());
        self
    }

    /// Sends calls of the same key to the same endpoint, where the policy hashes: see
    /// [`balance::hash`](crate::balance::hash). In place of an argument marked `#[hash_key]`.
    pub fn hash_key(mut self, key: impl AsRef<str>) -> Self {
        self.key = Some(crate::balance::hash_of(key.as_ref().as_bytes()));
        self
    }

    /// Sends no header of that name, whoever sets it.
    pub fn remove_header(mut self, name: impl AsRef<str>) -> Self {
        match HeaderName::try_from(name.as_ref()) {
            Ok(name) => self.removed.push(name),
            Err(_) => self
                .options
                .mistake(format!("`{}` is not a header name", name.as_ref().escape_debug())),
        }
        self
    }
}
