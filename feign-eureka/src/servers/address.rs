//! Where a server is, and who we are to it.

use feign_core::discover::Endpoint;
use feign_core::{Error, Hub};

use crate::api::ApiClient;
use crate::error::setup;

/// The base URL of a server, without the credentials that it was given with.
#[derive(Clone)]
pub(crate) struct Address {
    base: String,
    credentials: Option<(String, String)>,
    zone: Option<String>,
    /// Whether somebody else has pointed to it: what the hub says of us is not for it.
    is_foreign: bool,
}

impl Address {
    /// Reads several with commas between them.
    pub(crate) fn parse_all(urls: &str, zone: Option<&str>) -> Result<Vec<Self>, Error> {
        let urls: Vec<_> = urls.split(',').filter(|url| !url.trim().is_empty()).collect();
        // A part may be one of a password: nothing of it is shown.
        let is_cut = urls.iter().any(|url| !url.contains("://"));
        if is_cut && urls.iter().any(|url| url.contains('@')) {
            return Err(setup(
                "URL of a server: it has no scheme; write `http://` before each one, and `%2C` for a comma in a password",
            ));
        }
        urls.into_iter().map(|url| Self::parse(url, zone)).collect()
    }

    /// Cuts `http://user:password@host:8761/eureka/`. User and password are percent-decoded; the
    /// password may hold `:`, and `@` even as it is.
    pub(crate) fn parse(url: &str, zone: Option<&str>) -> Result<Self, Error> {
        let url = url.trim();
        if url.contains(['?', '#']) {
            // Either may stand in a password: nothing of it is shown.
            return Err(setup(
                "URL of a server: it holds `?` or `#`; leave it out, or write `%3F` and `%23` in a password",
            ));
        }
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        let authority = rest.split('/').next().unwrap_or_default();
        let (base, credentials) = match authority.rsplit_once('@') {
            None => (url.to_owned(), None),
            Some((user, host)) => {
                let path = rest.get(authority.len()..).unwrap_or_default();
                (format!("{scheme}://{host}{path}"), Some(credentials(user)?))
            }
        };
        let base = base.trim_end_matches('/').to_owned();
        Endpoint::new(&base)?;
        Ok(Self { base, credentials, zone: zone.map(str::to_owned), is_foreign: false })
    }

    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    /// The address that a server points to, with our credentials only where it is the same origin.
    pub(super) fn moved(&self, base: String) -> Self {
        let is_foreign = origin(&base) != origin(&self.base);
        let credentials = self.credentials.clone().filter(|_| !is_foreign);
        Self { base, credentials, zone: self.zone.clone(), is_foreign }
    }

    /// Makes a client of it.
    pub(super) fn client(&self, hub: &Hub) -> Result<ApiClient, Error> {
        let client: ApiClient = hub.client_at(&self.base)?;
        Ok(match &self.credentials {
            Some((user, password)) => client.with(|call| call.basic_auth(user, password)),
            None if self.is_foreign => {
                // What else the hub says may be a secret, too: these are the ones that always are.
                let secrets = ["authorization", "cookie", "proxy-authorization", "x-api-key"];
                client.with(|call| secrets.iter().fold(call, |call, name| call.remove_header(name)))
            }
            None => client,
        })
    }
}

/// Without the credentials.
impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.base)
    }
}

/// Scheme, host and port as they are written.
pub(super) fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(start..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| start + at);
    url.get(..end).unwrap_or(url)
}

fn credentials(text: &str) -> Result<(String, String), Error> {
    let wrong = |what: &str| setup(format!("URL of a server: {what}"));
    let (user, password) = text.split_once(':').unwrap_or((text, ""));
    let decode = |text| decoded(text).ok_or_else(|| wrong("its user or password is no UTF-8"));
    let (user, password) = (decode(user)?, decode(password)?);
    if user.contains(':') {
        return Err(wrong("a user of basic authentication cannot hold `:` (RFC 7617 §2)"));
    }
    let is_sendable = |text: &str| !text.chars().any(char::is_control);
    if !is_sendable(&user) || !is_sendable(&password) {
        return Err(wrong("its user or password holds a control character"));
    }
    Ok((user, password))
}

/// Percent-decodes (RFC 3986 §2.1); a `%` without two digits stands for itself.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    while let Some((&first, rest)) = bytes.split_first() {
        let byte = rest.first_chunk().filter(|_| first == b'%').and_then(hex);
        decoded.push(byte.unwrap_or(first));
        bytes = byte.and_then(|_| rest.get(2..)).unwrap_or(rest);
    }
    String::from_utf8(decoded).ok()
}

fn hex(digits: &[u8; 2]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u8::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_cut_off_and_decoded() {
        for (url, base, credentials) in [
            ("http://h:8761/eureka/", "http://h:8761/eureka", None),
            ("https://u:p@h/eureka", "https://h/eureka", Some(("u", "p"))),
            ("http://u:p%40s@h/eureka", "http://h/eureka", Some(("u", "p@s"))),
            ("http://u:a:b@h/eureka", "http://h/eureka", Some(("u", "a:b"))),
            ("http://u@h", "http://h", Some(("u", ""))),
            ("http://u:p@w@h/x", "http://h/x", Some(("u", "p@w"))),
            ("http://%C3%BC:%zz@h/x", "http://h/x", Some(("ü", "%zz"))),
            ("http://h/a@b", "http://h/a@b", None),
        ] {
            let address = Address::parse(url, None).unwrap();
            assert_eq!(address.base, base, "{url}");
            let pair = address.credentials.as_ref().map(|(u, p)| (u.as_str(), p.as_str()));
            assert_eq!(pair, credentials, "{url}");
            assert!(!format!("{address:?}").contains("p@s"), "{address:?}");
        }
        assert!(Address::parse("http://a%3Ab:p@h", None).is_err());
        assert!(Address::parse("http://a:%ff@h", None).is_err());
        assert!(Address::parse("http://a:%0d%0a@h", None).is_err());
    }

    #[test]
    fn credentials_stay_at_their_origin() {
        let address = Address::parse("http://u:p@h:1/eureka", None).unwrap();
        assert!(address.moved("http://h:1/other".to_owned()).credentials.is_some());
        for other in ["http://h:2/eureka", "https://h:1/eureka", "http://h:1.evil/eureka"] {
            assert!(address.moved(other.to_owned()).credentials.is_none(), "{other}");
        }
    }
}
