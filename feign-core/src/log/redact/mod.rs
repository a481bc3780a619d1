//! What is never shown, whoever shows it.

mod json;
mod url;

use std::sync::{Arc, LazyLock};

use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE};
use http::{HeaderName, HeaderValue};

use crate::error::BoxError;

/// What stands in the place of a secret.
pub(crate) const MASK: &str = "***";

/// What stands in the place of a cause.
const NOT_SHOWN: &str = "the reason is not shown, since the body holds what is hidden";

/// Names under which secrets are sent, in queries, forms and JSON.
const FIELDS: [&str; 8] = [
    "access_token",
    "api_key",
    "client_secret",
    "id_token",
    "passwd",
    "password",
    "refresh_token",
    "secret",
];

/// What a hub shows to nobody: see [`HubBuilder::redact`](crate::HubBuilder::redact).
///
/// Hidden from the start are the headers `authorization`, `proxy-authorization`, `cookie`, `set-cookie` and
/// `x-api-key`; the user in any URL; and the values of `access_token`, `api_key`, `client_secret`, `id_token`,
/// `passwd`, `password`, `refresh_token` and `secret` in queries, forms and JSON. Names are compared without
/// regard to case.
///
/// ```
/// let hub = feign::Hub::builder()
///     .redact(|r| r.header("x-session").query("sig").field("iban").pointer("/card/number"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "it acts when it is returned"]
pub struct Redaction {
    headers: Vec<HeaderName>,
    query: Vec<String>,
    fields: Vec<String>,
    pointers: Vec<Vec<String>>,
    is_off: bool,
    pub(crate) wrong: Option<String>,
}

/// The rules of a hub that says nothing.
static DEFAULT: LazyLock<Redaction> = LazyLock::new(Redaction::default);

impl Default for Redaction {
    fn default() -> Self {
        let names = || FIELDS.map(str::to_owned).to_vec();
        Self {
            headers: vec![
                AUTHORIZATION,
                PROXY_AUTHORIZATION,
                COOKIE,
                SET_COOKIE,
                HeaderName::from_static("x-api-key"),
            ],
            query: names(),
            fields: names(),
            pointers: Vec::new(),
            is_off: false,
            wrong: None,
        }
    }
}

impl Redaction {
    /// Hides the values of a header.
    pub fn header(mut self, name: impl AsRef<str>) -> Self {
        match HeaderName::try_from(name.as_ref()) {
            Ok(name) => self.headers.push(name),
            Err(_) => {
                self.mistake(format!("`{}` is not a header name", name.as_ref().escape_debug()))
            }
        }
        self
    }

    /// Hides the values of that name in queries and forms.
    pub fn query(mut self, name: impl Into<String>) -> Self {
        self.query.push(name.into());
        self
    }

    /// Hides the fields of that name in JSON, however deep they stand, and in forms.
    pub fn field(mut self, name: impl Into<String>) -> Self {
        self.fields.push(name.into());
        self
    }

    /// Hides what a JSON pointer (RFC 6901) points to; `*` is any item of a list, `/cards/*/number`.
    pub fn pointer(mut self, pointer: impl AsRef<str>) -> Self {
        let pointer = pointer.as_ref();
        match pointer.strip_prefix('/') {
            Some(steps) => self.pointers.push(
                steps.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect(),
            ),
            None => self.mistake(format!(
                "`{}` is not a JSON pointer, which begins with `/`",
                pointer.escape_debug()
            )),
        }
        self
    }

    /// Hides nothing any more: no header, no field, no argument that is `#[sensitive]` or a
    /// [`Secret`](crate::Secret). For a test, or a machine of your own.
    pub fn off(mut self) -> Self {
        self.is_off = true;
        self
    }

    fn mistake(&mut self, what: String) {
        self.wrong.get_or_insert(what);
    }
}

/// The rules as they are passed around; `None` for those of a hub that says nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules(Option<Arc<Redaction>>);

impl Rules {
    pub(crate) fn new(redaction: Option<Redaction>) -> Self {
        Self(redaction.map(Arc::new))
    }

    fn get(&self) -> &Redaction {
        self.0.as_deref().unwrap_or_else(|| &DEFAULT)
    }

    pub(crate) const fn is_default(&self) -> bool {
        self.0.is_none()
    }

    pub(crate) fn is_off(&self) -> bool {
        self.get().is_off
    }

    pub(crate) fn hides_header(&self, name: &HeaderName, value: Option<&HeaderValue>) -> bool {
        let Redaction { headers, is_off, .. } = self.get();
        !is_off && (value.is_some_and(HeaderValue::is_sensitive) || headers.contains(name))
    }

    /// A URL, or text that holds some: without their users, and without the values of hidden names.
    pub(crate) fn url(&self, text: &str) -> String {
        let Redaction { query, is_off, .. } = self.get();
        if *is_off { text.to_owned() } else { url::masked(text, query) }
    }

    /// The text of a body, whole or cut anywhere: JSON, lines or events of it, pairs of a form, and URLs in
    /// anything. What it says it is does not count, since that may be wrong.
    pub(crate) fn text(&self, text: &str) -> String {
        let Redaction { query, fields, pointers, is_off, .. } = self.get();
        if *is_off {
            return text.to_owned();
        }
        let text = url::masked(&json::masked(text, fields, pointers), query);
        if text.trim_start().starts_with(['{', '[', '"', '<']) {
            return text;
        }
        let is_hidden = |name: &str| url::is_named(name, query) || url::is_named(name, fields);
        let lines: Vec<_> = text.split('\n').map(|line| url::pairs(line, is_hidden)).collect();
        lines.join("\n")
    }

    /// Gives a cause that may quote what is hidden in the body, in whatever form, another that does not.
    pub(crate) fn cause(&self, body: &[u8], cause: BoxError) -> BoxError {
        let body = String::from_utf8_lossy(body);
        if self.is_off() || self.text(&body) == body { cause } else { withheld(cause) }
    }
}

/// Of what serde says it keeps what was expected, and where: the rest quotes. Errors of serde_json that
/// are not about data quote nothing.
pub(crate) fn withheld(cause: BoxError) -> BoxError {
    #[cfg(feature = "json")]
    if let Some(error) = cause.downcast_ref::<serde_json::Error>()
        && error.classify() != serde_json::error::Category::Data
    {
        return cause;
    }
    let text = cause.to_string();
    let quotes = ["invalid type: ", "invalid value: ", "invalid length ", "unknown variant "];
    let begins = quotes.iter().find_map(|quotes| text.find(quotes));
    // Before it stands the place in the document, if anything.
    let said = begins.and_then(|at| text.split_at_checked(at));
    let said = said.filter(|(place, _)| !place.trim_end().contains(' '));
    let names_only = ["missing field `", "duplicate field `"];
    match said.and_then(|(place, what)| Some((place, what.rsplit_once(", expected ")?.1))) {
        Some((place, expected)) => format!("{place}{MASK}, expected {expected}").into(),
        None if names_only.iter().any(|names| text.starts_with(names)) => cause,
        None => NOT_SHOWN.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_masked_by_name_and_by_pointer() {
        let rules = Rules::new(Some(
            Redaction::default()
                .field("iban")
                .pointer("/card/no")
                .pointer("/a/*/x")
                .pointer("/*/z"),
        ));
        for (text, shown) in [
            (r#"{"user":"ann","Password":"pw","n":1}"#, r#"{"user":"ann","Password":"***","n":1}"#),
            (r#"{"iban": {"a":["}",1]}, "b":2}"#, r#"{"iban": "***", "b":2}"#),
            (r#"{"card":{"no":123,"cvc":1},"no":5}"#, r#"{"card":{"no":"***","cvc":1},"no":5}"#),
            (r#"{"a":[{"x":1,"y":2},{"x":[3]}]}"#, r#"{"a":[{"x":"***","y":2},{"x":"***"}]}"#),
            (r#"{"pass\u0077ord":"pw"}"#, r#"{"pass\u0077ord":"***"}"#),
            (r#"{"password":"half of i"#, r#"{"password":"***""#),
            (r#"{"password":{"half":"of"#, r#"{"password":"***""#),
            (
                "data: {\"password\":\"a\\\"b\"}\n\ndata: 5\" long",
                "data: {\"password\":\"***\"}\n\ndata: 5\" long",
            ),
            (r#"["password","x"]"#, r#"["password","x"]"#),
            (r#"{"a":"password","b":"password"}"#, r#"{"a":"password","b":"password"}"#),
            ("plain text", "plain text"),
            ("access_token=x&scope=a", "access_token=***&scope=a"),
            ("a=1\npassword=x", "a=1\npassword=***"),
            (r#"{"hook":"https://ann:pw@h?secret=x"}"#, r#"{"hook":"https://***@h?secret=***"}"#),
            (r#"{"hook":"https:\/\/ann:pw@h\/"}"#, r#"{"hook":"https:\/\/***@h\/"}"#),
            (r#"[{"z":1}]"#, r#"[{"z":"***"}]"#),
            (r#"{"z":1,"y":2}"#, r#"{"z":"***","y":2}"#),
            ("", ""),
        ] {
            assert_eq!(rules.text(text), shown);
            assert_eq!(Rules::new(Some(Redaction::default().off())).text(text), text);
        }
    }

    #[test]
    fn urls_lose_their_user_and_hidden_values() {
        let rules = Rules::default();
        for (text, shown) in [
            ("/a?q=1&password=x&Api_Key=y", "/a?q=1&password=***&Api_Key=***"),
            ("http://ann:pw@host/a?x=1#f", "http://***@host/a?x=1#f"),
            ("http://host/a@b", "http://host/a@b"),
            (
                "see http://u:p@a/ and https://v@b?secret=1#x",
                "see http://***@a/ and https://***@b?secret=***#x",
            ),
            ("/a?pass%77ord=x", "/a?pass%77ord=***"),
            ("/a?secret", "/a?secret"),
            (
                "/a?login.password=x&b[secret]=y&c%5Bsecret%5D=z",
                "/a?login.password=***&b[secret]=***&c%5Bsecret%5D=***",
            ),
            ("/a?password=it's&b=1", "/a?password=***&b=1"),
            ("/a?password=a?b#c", "/a?password=***#c"),
            ("https://app/cb#access_token=x&b=1", "https://app/cb#access_token=***&b=1"),
            ("http://ann:p'w@h/", "http://***@h/"),
            ("http://ann:p/w@h/", "http://***@h/"),
            ("http://a:p@h1,http://b:p@h2", "http://***@h1,http://***@h2"),
            ("http://h1:80,http://b:p@h2", "http://h1:80,http://***@h2"),
            ("see http://ann:half", "see http://***"),
            ("http://[::1]:80/a http://h:80", "http://[::1]:80/a http://h:80"),
            ("http://h:80/a@b mail@c", "http://h:80/a@b mail@c"),
        ] {
            assert_eq!(rules.url(text), shown);
        }
        assert_eq!(rules.text("a=1&password=x"), "a=1&password=***");
    }
}
