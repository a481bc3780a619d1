//! One network address that can serve a target.

use std::fmt;
use std::sync::Arc;

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

use crate::error::Error;
use crate::operation::Operation;
use crate::request::is_dots;

/// One network address that can serve a target, with the base path under which it does.
///
/// Cheap to clone. Its address was parsed once and is never parsed again.
///
/// ```
/// let endpoint = feign::discover::Endpoint::new("http://10.0.0.7:8080/inventory/")?;
/// assert_eq!(endpoint.as_str(), "http://10.0.0.7:8080");
/// assert_eq!(endpoint.base_path(), "/inventory");
/// # Ok::<(), feign::Error>(())
/// ```
#[derive(Clone)]
pub struct Endpoint(Arc<Inner>);

struct Inner {
    text: String,
    scheme: Scheme,
    authority: Authority,
    base_path: String,
    #[cfg(feature = "reqwest")]
    url: url::Url,
}

impl Endpoint {
    /// Parses a base URL: `http` or `https`, a host, perhaps a port and a path.
    ///
    /// # Errors
    ///
    /// When it is no such URL, or has a user, a query or a fragment; the error says which part.
    pub fn new(url: &str) -> Result<Self, Error> {
        let wrong = |why: &str| Error::build(format!("base URL `{}`: {why}", scrubbed(url)));
        if url.contains('#') {
            return Err(wrong("it has a fragment, which is never sent; remove it"));
        }
        let uri: Uri = url.parse().map_err(|source| {
            wrong("not a URL; write `http://host:port/path`").caused_by(source)
        })?;
        let (Some(scheme), Some(authority)) = (uri.scheme().cloned(), uri.authority().cloned())
        else {
            return Err(wrong("it has no scheme and host; write `http://host:port/path`"));
        };
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err(wrong("its scheme is neither `http` nor `https`"));
        }
        if authority.as_str().contains('@') {
            return Err(wrong(
                "it holds a user or a password, which would show in logs; remove them and say `basic_auth(user, password)` for the service",
            ));
        }
        if authority.host().is_empty()
            || (authority.port().is_some() && authority.port_u16().is_none_or(|port| port == 0))
        {
            return Err(wrong("its host is empty or its port is not between 1 and 65535"));
        }
        if uri.query().is_some() {
            return Err(wrong(
                "it has a query, which would be sent with every call; remove it and declare an argument",
            ));
        }
        let base_path = uri.path().trim_end_matches('/').to_owned();
        if base_path.split('/').skip(1).any(is_dots) {
            return Err(wrong("its path holds an empty segment, `.` or `..`"));
        }
        Self::from_parts(scheme, authority, base_path)
            .ok_or_else(|| wrong("its host or its port is not valid"))
    }

    fn from_parts(scheme: Scheme, authority: Authority, base_path: String) -> Option<Self> {
        let text = format!("{scheme}://{authority}");
        Some(Self(Arc::new(Inner {
            #[cfg(feature = "reqwest")]
            url: url::Url::parse(&text).ok()?,
            text,
            scheme,
            authority,
            base_path,
        })))
    }

    /// Returns scheme, host and port as they were given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Returns the scheme.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.0.scheme
    }

    /// Returns host and port.
    #[must_use]
    pub fn authority(&self) -> &Authority {
        &self.0.authority
    }

    /// Returns the path that stands before every operation's, without a `/` at its end.
    #[must_use]
    pub fn base_path(&self) -> &str {
        &self.0.base_path
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn url(&self) -> &url::Url {
        &self.0.url
    }

    /// Puts scheme, authority and base path before a path; nothing is parsed but a base path.
    pub(crate) fn absolute(
        &self,
        path: &Uri,
        with_base: bool,
        operation: &'static Operation,
    ) -> Result<Uri, Error> {
        let mut parts = path.clone().into_parts();
        if with_base && !self.0.base_path.is_empty() {
            let text = path.path_and_query().map_or("/", PathAndQuery::as_str);
            let joined = crate::uri::path_and_query(self.join(text), operation)?;
            parts.path_and_query = joined.into_parts().path_and_query;
        }
        parts.scheme = Some(self.0.scheme.clone());
        parts.authority = Some(self.0.authority.clone());
        Uri::from_parts(parts).map_err(Error::other)
    }

    pub(crate) fn join(&self, path: &str) -> String {
        let mut joined = String::with_capacity(self.0.base_path.len() + path.len());
        joined.push_str(&self.0.base_path);
        joined.push_str(path);
        joined
    }

    pub(crate) fn origin(&self) -> Origin<'_> {
        Origin {
            scheme: self.0.scheme.as_str(),
            host: self.0.authority.host(),
            port: self.0.authority.port_u16(),
        }
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({self})")
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.text, self.0.base_path)
    }
}

/// Scheme, host and port (RFC 6454 §4), compared without case and with the scheme's own port.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin<'a> {
    pub(crate) scheme: &'a str,
    pub(crate) host: &'a str,
    pub(crate) port: Option<u16>,
}

impl Origin<'_> {
    fn port(&self) -> u16 {
        self.port.unwrap_or(if self.scheme.eq_ignore_ascii_case("https") { 443 } else { 80 })
    }
}

impl PartialEq for Origin<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.scheme.eq_ignore_ascii_case(other.scheme)
            && self.host.eq_ignore_ascii_case(other.host)
            && self.port() == other.port()
    }
}

/// Returns the origin of an absolute URI.
pub(crate) fn origin_of(uri: &Uri) -> Option<Origin<'_>> {
    let (scheme, authority) = (uri.scheme()?, uri.authority()?);
    Some(Origin { scheme: scheme.as_str(), host: authority.host(), port: authority.port_u16() })
}

/// A URL as it may be shown: without user and password, without the query's values.
pub(crate) fn scrubbed(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let shown = match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
    };
    shown.chars().take(200).flat_map(char::escape_debug).collect()
}
