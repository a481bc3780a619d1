//! What is known about a trait method at compile time.

use std::fmt;
use std::time::Duration;

use http::{HeaderName, HeaderValue, Method, Request};

use crate::body::Body;
use crate::compress::Compression;
use crate::log::Level;

/// A trait method as an HTTP exchange: everything about it that the declaration says.
///
/// Each declared method has one, as a constant of the generated client (`InventoryClient::ITEM`);
/// a layer finds the one of its request by [`Operation::of`].
///
/// ```
/// # #[cfg(feature = "json")] {
/// #[feign::client(service = "inventory")]
/// trait Inventory {
///     #[get("/items/{sku}")]
///     #[tags(tier = "gold")]
///     async fn item(&self, sku: &str) -> Result<String, feign::Error>;
/// }
///
/// assert_eq!(InventoryClient::ITEM.name(), "Inventory.item");
/// assert_eq!(InventoryClient::ITEM.template(), "/items/{sku}");
/// assert_eq!(InventoryClient::ITEM.tag("tier"), Some("gold"));
/// # }
/// ```
pub struct Operation {
    declaration: Declaration,
}

impl Operation {
    #[doc(hidden)]
    #[must_use]
    pub const fn declared(declaration: Declaration) -> Self {
        Self { declaration }
    }

    /// Returns the name of the service, where the trait names one.
    #[must_use]
    pub const fn service(&self) -> Option<&'static str> {
        self.declaration.service
    }

    /// Returns the name of the client trait: `Inventory`.
    #[must_use]
    pub const fn client(&self) -> &'static str {
        self.declaration.client
    }

    /// Returns the trait's name and the method's: `Inventory.item`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.declaration.name
    }

    /// Returns the name of the trait method: `item`. Settings of a method are found by it.
    #[must_use]
    pub const fn function(&self) -> &'static str {
        self.declaration.function
    }

    /// Returns the HTTP method as it was declared.
    #[must_use]
    pub const fn verb(&self) -> Verb {
        self.declaration.verb
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.declaration.verb.method()
    }

    /// Returns the path template of trait and method, joined, as it was written: a label of low
    /// cardinality.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        self.declaration.template
    }

    /// Returns whether the operation may be repeated: by its verb (RFC 9110 §9.2.2) or by
    /// `#[idempotent]`.
    #[must_use]
    pub const fn is_idempotent(&self) -> bool {
        self.declaration.idempotent
    }

    /// Returns what `#[tags(..)]` says; a tag without a value has the value `""`.
    #[must_use]
    pub const fn tags(&self) -> &'static [(&'static str, &'static str)] {
        self.declaration.tags
    }

    /// Returns the value of one tag.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<&'static str> {
        self.tags().iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }

    /// Returns a captured request as a `curl` command, with its secrets masked: what is hidden in a log
    /// is hidden here.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
    /// use feign::{Body, Operation, Request};
    ///
    /// #[feign::client]
    /// trait Vault {
    ///     #[get("/secrets{?password}")]
    ///     async fn read(&self, password: &str) -> Result<Request<Body>, feign::Error>;
    /// }
    ///
    /// let request = VaultClient::at("http://vault")?.read("hunter2").await?;
    /// let command = Operation::to_curl(&request);
    /// assert!(command.starts_with("curl -X GET 'http://vault/secrets?password=***'"));
    /// # Ok::<(), feign::Error>(()) }).unwrap();
    /// # }
    /// ```
    #[must_use]
    pub fn to_curl(request: &Request<Body>) -> String {
        crate::log::curl(request)
    }

    pub(crate) const fn declaration(&self) -> &Declaration {
        &self.declaration
    }

    /// Whether a status is a success for this operation: 2xx, or let through by `#[accept]`.
    pub(crate) fn accepts(&self, status: u16) -> bool {
        (200..300).contains(&status)
            || self.declaration.accept.iter().any(|(low, high)| (*low..=*high).contains(&status))
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.name(), self.verb(), self.template())
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An HTTP method that a declaration can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verb {
    /// `#[get]`
    Get,
    /// `#[post]`
    Post,
    /// `#[put]`
    Put,
    /// `#[delete]`
    Delete,
    /// `#[patch]`
    Patch,
    /// `#[head]`
    Head,
    /// `#[options]`
    Options,
    /// `#[request("PURGE", ..)]`
    Custom(&'static str),
}

impl Verb {
    /// Returns the verb as it is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Patch => "PATCH",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Custom(name) => name,
        }
    }

    fn method(self) -> Method {
        match self {
            Self::Get => Method::GET,
            Self::Post => Method::POST,
            Self::Put => Method::PUT,
            Self::Delete => Method::DELETE,
            Self::Patch => Method::PATCH,
            Self::Head => Method::HEAD,
            Self::Options => Method::OPTIONS,
            Self::Custom(name) => Method::from_bytes(name.as_bytes())
                .unwrap_or_else(|_| unreachable!("validated: `{name}` is a token")),
        }
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the macro writes about a method; see [`Operation`] for the meaning.
#[doc(hidden)]
#[derive(Debug)]
pub struct Declaration {
    pub service: Option<&'static str>,
    pub client: &'static str,
    pub function: &'static str,
    pub name: &'static str,
    pub verb: Verb,
    pub template: &'static str,
    pub idempotent: bool,
    pub tags: &'static [(&'static str, &'static str)],
    pub timeout: Option<Duration>,
    pub attempt_timeout: Option<Duration>,
    pub idle_timeout: Option<Duration>,
    pub headers: &'static [StaticHeader],
    pub accept: &'static [(u16, u16)],
    pub none: NoneWhen,
    pub compress: Option<Compression>,
    pub log: Option<Level>,
}

/// A header that the declaration sends or takes away.
#[doc(hidden)]
#[derive(Debug)]
pub struct StaticHeader {
    pub(crate) name: HeaderName,
    pub(crate) value: Option<HeaderValue>,
}

impl StaticHeader {
    #[must_use]
    pub const fn set(name: &'static str, value: &'static str) -> Self {
        Self { name: HeaderName::from_static(name), value: Some(HeaderValue::from_static(value)) }
    }

    #[must_use]
    pub const fn remove(name: &'static str) -> Self {
        Self { name: HeaderName::from_static(name), value: None }
    }
}

/// When a result of `Option<T>` is `None`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct NoneWhen {
    pub statuses: &'static [u16],
    pub empty: bool,
    pub null: bool,
}

impl NoneWhen {
    /// 404, 204, a success without a body, and JSON `null`.
    pub const DEFAULT: Self = Self { statuses: &[404, 204], empty: true, null: true };
}

impl Declaration {
    /// What nothing but its verb and path is said of; `service` is empty where none is named, and
    /// `name` is `Trait.method`.
    ///
    /// Few arguments, since what is printed for each method costs the user's build.
    #[must_use]
    pub const fn of(
        service: &'static str,
        name: &'static str,
        verb: Verb,
        template: &'static str,
        idempotent: bool,
    ) -> Self {
        let (client, function) = cut(name);
        Self {
            service: if service.is_empty() { None } else { Some(service) },
            client,
            function,
            name,
            verb,
            template,
            idempotent,
            tags: &[],
            timeout: None,
            attempt_timeout: None,
            idle_timeout: None,
            headers: &[],
            accept: &[],
            none: NoneWhen::DEFAULT,
            compress: None,
            log: None,
        }
    }

    pub(crate) const fn limits_nothing(&self) -> bool {
        self.timeout.is_none()
            && self.attempt_timeout.is_none()
            && self.idle_timeout.is_none()
            && self.compress.is_none()
    }
}

/// `Trait.method` as its two parts.
const fn cut(name: &'static str) -> (&'static str, &'static str) {
    let mut dot = 0;
    while dot < name.len() && name.as_bytes()[dot] != b'.' {
        dot += 1;
    }
    let (client, rest) = name.split_at(dot);
    match rest.split_at_checked(1) {
        Some((_, function)) => (client, function),
        None => (client, ""),
    }
}
