//! Links that answers gave: followed to the same origin or service, else refused.

use http::Uri;

use crate::discover::{Endpoint, Target, origin_of};
use crate::error::Error;
use crate::operation::Operation;
use crate::uri::is_dots;

/// A link that takes the template's place.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) argument: &'static str,
    pub(crate) text: String,
    /// What arguments add to its query, a `?` before it; empty if none does.
    pub(crate) query: String,
    /// Whether it is shown to nobody.
    pub(crate) is_hidden: bool,
}

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
    let refused = |why: &str| Error::refused(operation, link.argument, why);
    let is_hidden = link.is_hidden && !target.rules().is_off();
    if link.text.bytes().any(|byte| byte <= b' ' || byte == 0x7f) {
        return Err(refused("a URL holds no spaces and no control characters"));
    }
    let text = link.text.split('#').next().unwrap_or_default();
    let form = Form::of(text).map_err(refused)?;
    let text = match form {
        Form::UnderBase => format!("/{text}"),
        Form::Absolute | Form::FromRoot => text.to_owned(),
    };
    let uri: Uri = text.parse().map_err(|source| refused("not a URL").caused_by(source))?;
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(refused("it holds a user or a password"));
    }
    if uri.path().trim_end_matches('/').split('/').skip(1).any(is_dots) {
        return Err(refused("its path holds an empty segment, `.` or `..`"));
    }
    let endpoint = match form {
        Form::Absolute => endpoint_of(&uri, target, allowed)
            .ok_or_else(|| refused(&elsewhere(&uri, is_hidden)))?,
        Form::FromRoot | Form::UnderBase => None,
    };
    let uri = crate::uri::path_and_query(with_query(&uri, link), operation)?;
    Ok(Followed { uri, endpoint, under_base: matches!(form, Form::UnderBase) })
}

/// What a link is relative to (RFC 3986 §4).
#[derive(Clone, Copy)]
enum Form {
    Absolute,
    FromRoot,
    UnderBase,
}

impl Form {
    fn of(text: &str) -> Result<Self, &'static str> {
        if text.starts_with("//") || text.contains('\\') {
            return Err(
                "a host without a scheme, or a backslash, is read differently by different servers",
            );
        }
        let before_slash = text.split(['/', '?']).next().unwrap_or_default();
        match before_slash.split_once(':') {
            Some((scheme, "")) if is_http(scheme) => Ok(Self::Absolute),
            Some(_) => Err("its scheme is neither `http` nor `https`"),
            None if text.starts_with('/') => Ok(Self::FromRoot),
            None => Ok(Self::UnderBase),
        }
    }
}

fn is_http(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Returns the endpoint that a link names, `Some(None)` for the service as such, `None` for an
/// origin that is neither.
fn endpoint_of(uri: &Uri, target: &Target, allowed: &[Endpoint]) -> Option<Option<Endpoint>> {
    let origin = origin_of(uri)?;
    let same = |endpoint: &&Endpoint| endpoint.address().origin() == origin;
    if let Some(endpoint) = target.endpoints().iter().chain(allowed).find(same) {
        return Some(Some(endpoint.clone()));
    }
    origin.host.eq_ignore_ascii_case(&target.name).then_some(None)
}

fn elsewhere(uri: &Uri, is_hidden: bool) -> String {
    if is_hidden {
        return "it leads to another origin, which is not shown; if that is meant, name it to \
                `Hub::builder().allow_origin(..)`"
            .to_owned();
    }
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let origin = format!("{}://{host}", uri.scheme_str().unwrap_or_default());
    format!(
        "it leads to another origin, `{origin}`; if that is meant, say \
         `Hub::builder().allow_origin(\"{origin}\")`"
    )
}

/// Path and query of the link, and what arguments add to it.
fn with_query(uri: &Uri, link: &Link) -> String {
    let query = uri.query().filter(|query| !query.is_empty());
    let mut text = uri.path().to_owned();
    if let Some(query) = query {
        text.push('?');
        text.push_str(query);
    }
    if let Some(added) = link.query.strip_prefix('?') {
        text.push(if query.is_some() { '&' } else { '?' });
        text.push_str(added);
    }
    text
}
