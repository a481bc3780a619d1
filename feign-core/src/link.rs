//! Links that answers gave: followed to the same origin or service, else refused.

use http::Uri;

use crate::discover::{Endpoint, Target, origin_of};
use crate::error::Error;
use crate::operation::Operation;
use crate::request::{Link, is_dots};

/// A link as it will be sent: its path and query, and the endpoint if the link names one.
#[derive(Debug)]
pub(crate) struct Followed {
    pub(crate) uri: Uri,
    pub(crate) endpoint: Option<Endpoint>,
    /// Whether the path is relative to the base path.
    pub(crate) under_base: bool,
}

/// Judges a link against the target and the origins that the hub allows.
pub(crate) fn follow(
    link: &Link,
    operation: &'static Operation,
    target: &Target,
    allowed: &[Endpoint],
) -> Result<Followed, Error> {
    let refused = |why: &str| Error::refused(operation, "the link", why);
    let text = link.text.split('#').next().unwrap_or_default();
    if text.starts_with("//") || text.contains('\\') {
        return Err(refused(
            "a link without a scheme but with a host, or with a backslash, is read differently by different servers",
        ));
    }
    let absolute = text.contains("://");
    let under_base = !absolute && !text.starts_with('/');
    let text = if under_base { format!("/{text}") } else { text.to_owned() };
    let uri: Uri = text.parse().map_err(|source| refused("not a URL").caused_by(source))?;
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(refused("it holds a user or a password"));
    }
    if uri.path().trim_end_matches('/').split('/').skip(1).any(is_dots) {
        return Err(refused("its path holds an empty segment, `.` or `..`"));
    }
    let endpoint = if absolute {
        endpoint_of(&uri, target, allowed).ok_or_else(|| elsewhere(&uri, operation))?
    } else {
        None
    };
    let uri = crate::uri::path_and_query(with_query(&uri, link), operation)?;
    Ok(Followed { uri, endpoint, under_base })
}

/// Returns the endpoint that a link names, `Some(None)` for the service as such, `None` for an
/// origin that is neither.
fn endpoint_of(uri: &Uri, target: &Target, allowed: &[Endpoint]) -> Option<Option<Endpoint>> {
    let origin = origin_of(uri)?;
    let same = |endpoint: &&Endpoint| endpoint.origin() == origin;
    if let Some(endpoint) = target.endpoints().iter().chain(allowed).find(same) {
        return Some(Some(endpoint.clone()));
    }
    origin.host.eq_ignore_ascii_case(&target.name).then_some(None)
}

fn elsewhere(uri: &Uri, operation: &'static Operation) -> Error {
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let scheme = uri.scheme_str().unwrap_or_default();
    let why = format!(
        "it leads to another origin, `{scheme}://{host}`; if that is meant, say `Hub::builder().allow_origin(\"{scheme}://{host}\")`"
    );
    Error::refused(operation, "the link", &why)
}

/// Path and query of the link, and what arguments add to it.
fn with_query(uri: &Uri, link: &Link) -> String {
    let mut text = uri.path().to_owned();
    if let Some(query) = uri.query() {
        text.push('?');
        text.push_str(query);
    }
    if link.added_query {
        text.push(if uri.query().is_some() { '&' } else { '?' });
        text.push_str(link.query.get(1..).unwrap_or_default());
    }
    text
}
