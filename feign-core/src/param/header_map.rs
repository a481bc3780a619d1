//! Several headers in one argument: `#[headers] extra: &HeaderMap`.

use std::collections::{BTreeMap, HashMap};

use http::{HeaderMap, HeaderName, HeaderValue};

use super::{Param, Text};
use crate::error::Error;
use crate::log::MASK;
use crate::request::RequestBuilder;
use crate::template::Allow;

/// An argument that holds several headers: `HeaderMap`, or a map or list of names and values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be several headers",
    label = "not a map of headers",
    note = "help: write `&HeaderMap`, a map, or a slice of pairs of name and value; one header is marked `#[header(\"x-name\")]`"
)]
pub trait HeaderMapParam {
    /// Shows each header to `out`.
    fn headers(&self, out: &mut HeaderPairs<'_>);
}

/// Receives the headers of one argument.
#[derive(Debug)]
pub struct HeaderPairs<'a> {
    request: &'a mut RequestBuilder,
    argument: &'static str,
    seen: Vec<HeaderName>,
    /// What is shown here is shown to nobody else.
    hides: bool,
}

impl<'a> HeaderPairs<'a> {
    pub(crate) fn new(request: &'a mut RequestBuilder, argument: &'static str) -> Self {
        let hides = request.hides();
        Self { request, argument, seen: Vec::new(), hides }
    }

    /// Adds a header by the texts of its name and its value.
    pub fn pair(&mut self, name: &dyn Param, value: &dyn Param) {
        self.hides = self.request.hides();
        let Some(name) = self.text(name) else { return };
        let hides_name = self.hides;
        let Some(value) = self.text(value) else { return };
        let Ok(header) = HeaderName::try_from(&name) else {
            let shown = if hides_name { MASK.escape_debug() } else { name.escape_debug() };
            return self.refuse(&format!("`{shown}` is not a header name"));
        };
        match crate::header::value(&header, value.as_str()) {
            Ok(value) => self.push(header, value),
            Err(why) => self.refuse(&format!("`{header}`: {why}")),
        }
    }

    /// A name that comes for the first time replaces what is there; the rest of a list follows.
    fn push(&mut self, name: HeaderName, mut value: HeaderValue) {
        if self.hides {
            value.set_sensitive(true);
        }
        if let Err(why) = crate::header::check_name(&name) {
            return self.refuse(&format!("`{name}`: {why}"));
        }
        if !self.seen.contains(&name) {
            self.request.clear_header(&name);
            self.seen.push(name.clone());
        }
        self.request.append_header(name, value);
    }

    fn text(&mut self, value: &dyn Param) -> Option<String> {
        let mut text = String::new();
        let mut sink = Text::new(&mut text, Allow::All, None);
        value.text(&mut sink);
        let (refused, is_hidden) = (sink.refused(), sink.is_hidden());
        self.hides |= is_hidden;
        match refused {
            None => Some(text),
            Some(why) => {
                self.refuse(why);
                None
            }
        }
    }

    fn refuse(&mut self, why: &str) {
        self.request.fail(|operation| Error::refused(operation, self.argument, why));
    }
}

impl HeaderMapParam for HeaderMap {
    fn headers(&self, out: &mut HeaderPairs<'_>) {
        for (name, value) in self {
            out.push(name.clone(), value.clone());
        }
    }
}

impl<T: HeaderMapParam> HeaderMapParam for Option<T> {
    fn headers(&self, out: &mut HeaderPairs<'_>) {
        if let Some(headers) = self {
            headers.headers(out);
        }
    }
}

impl<T: HeaderMapParam + ?Sized> HeaderMapParam for &T {
    fn headers(&self, out: &mut HeaderPairs<'_>) {
        (**self).headers(out);
    }
}

macro_rules! pairs {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<K: Param, V: Param, $($generics)*> HeaderMapParam for $type {
            fn headers(&self, out: &mut HeaderPairs<'_>) {
                for (name, value) in self.iter() {
                    out.pair(name, value);
                }
            }
        }
    )*};
}
pairs! { [] BTreeMap<K, V>; [S] HashMap<K, V, S>; [] [(K, V)]; [] Vec<(K, V)>; [const N: usize] [(K, V); N]; }
