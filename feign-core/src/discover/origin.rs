//! Scheme, host and port: what two URLs share when they lead to the same place.

use http::Uri;

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
