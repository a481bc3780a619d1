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
    let plain = url.split(['?', '#']).next().unwrap_or_default();
    let shown = match (plain.split_once("://"), plain.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        // Who knows whether it is the `?` of a query or of a password.
        (Some((scheme, _)), None) if url.contains('@') => format!("{scheme}://…"),
        _ => plain.to_owned(),
    };
    shown.chars().take(200).flat_map(char::escape_debug).collect()
}

#[cfg(test)]
mod tests {
    use super::scrubbed;

    #[test]
    fn no_part_of_a_password_is_shown() {
        for (url, shown) in [
            ("http://u:secret@h:80/x?q=secret", "http://…@h:80/x"),
            ("http://u:se@cret@h/", "http://…@h/"),
            ("http://u:secret#x@h", "http://…"),
            ("http://u:secret?x@h", "http://…"),
            ("http://h/x?mail=secret@b", "http://…"),
            ("http://h/\u{1b}x#y", "http://h/\\u{1b}x"),
        ] {
            assert_eq!(scrubbed(url), shown, "{url}");
        }
    }
}
