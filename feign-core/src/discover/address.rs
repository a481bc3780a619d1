//! The address of an endpoint: parsed once, and never again.

use std::fmt;

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

use super::origin::{Origin, scrubbed};
use crate::error::Error;
use crate::operation::Operation;
use crate::uri::is_dots;

/// A base URL in the forms in which calls want it.
pub(crate) struct Address {
    pub(crate) text: String,
    pub(crate) scheme: Scheme,
    pub(crate) authority: Authority,
    pub(crate) base_path: String,
    #[cfg(feature = "reqwest")]
    pub(crate) url: url::Url,
    /// What the header `host` says (RFC 9110 §7.2): a port only where it is not the scheme's own.
    #[cfg(feature = "reqwest")]
    pub(crate) host: http::HeaderValue,
}

impl Address {
    pub(crate) fn parse(url: &str) -> Result<Self, Error> {
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
        let text = format!("{scheme}://{authority}");
        #[cfg(feature = "reqwest")]
        let invalid = || wrong("its host or its port is not valid");
        #[cfg(feature = "reqwest")]
        let url = url::Url::parse(&text).map_err(|_| invalid())?;
        Ok(Self {
            #[cfg(feature = "reqwest")]
            host: host(&url).ok_or_else(invalid)?,
            #[cfg(feature = "reqwest")]
            url,
            text,
            scheme,
            authority,
            base_path,
        })
    }

    /// Puts scheme, authority and base path before a path; nothing is parsed but a base path.
    pub(crate) fn absolute(
        &self,
        path: &Uri,
        with_base: bool,
        operation: &'static Operation,
    ) -> Result<Uri, Error> {
        let mut parts = path.clone().into_parts();
        if with_base && !self.base_path.is_empty() {
            let text = path.path_and_query().map_or("/", PathAndQuery::as_str);
            let joined = crate::uri::path_and_query(self.join(text), operation)?;
            parts.path_and_query = joined.into_parts().path_and_query;
        }
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        Uri::from_parts(parts).map_err(Error::other)
    }

    pub(crate) fn join(&self, path: &str) -> String {
        let mut joined = String::with_capacity(self.base_path.len() + path.len());
        joined.push_str(&self.base_path);
        joined.push_str(path);
        joined
    }

    pub(crate) fn origin(&self) -> Origin<'_> {
        Origin {
            scheme: self.scheme.as_str(),
            host: self.authority.host(),
            port: self.authority.port_u16(),
        }
    }
}

#[cfg(feature = "reqwest")]
fn host(url: &url::Url) -> Option<http::HeaderValue> {
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let host = http::HeaderValue::from_str(host).ok()?;
    // The first copy takes memory, later ones share it: not on the way of a call.
    drop(host.clone());
    Some(host)
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.base_path == other.base_path
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.text, self.base_path)
    }
}
