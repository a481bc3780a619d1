//! What an argument shows of itself: nothing, one value, a list or a map.

use http::{HeaderName, HeaderValue};

use super::{Param, Text};
use crate::codec::multipart;
use crate::error::Error;
use crate::request::RequestBuilder;
use crate::template::{Allow, Variable};

/// Receives what an argument has to send, and writes it as its place and style want it.
///
/// Call [`one`](Self::one) once for a single value, [`item`](Self::item) for each of a list,
/// [`entry`](Self::entry) for each of a map, and nothing at all for an absent value.
#[derive(Debug)]
pub struct Values<'a> {
    request: &'a mut RequestBuilder,
    argument: &'static str,
    place: Place,
    shown: usize,
    /// What is shown here is shown to nobody else.
    hides: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Expression(Variable),
    Query(&'static str, Style),
    /// As a query, into the form that the request has for its buffer then.
    Form(&'static str, Style),
    Part(&'static str),
    Header(&'static HeaderName),
    Cookie(&'static str),
}

/// How several values of one query argument are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `x=1&x=2`
    Multi,
    /// `x=1,2`
    Csv,
    /// `x=1%202`
    Ssv,
    /// `x=1%092`
    Tsv,
    /// `x=1%7C2`
    Pipes,
    /// `x%5Bkey%5D=value`, for maps (OpenAPI's `deepObject`)
    DeepObject,
}

impl Style {
    const fn separator(self, allow: Allow) -> &'static str {
        match self {
            Self::Multi | Self::DeepObject | Self::Csv => ",",
            Self::Ssv if matches!(allow, Allow::Form) => "+",
            Self::Ssv => "%20",
            Self::Tsv => "%09",
            Self::Pipes => "%7C",
        }
    }
}

impl<'a> Values<'a> {
    pub(crate) fn new(
        request: &'a mut RequestBuilder,
        argument: &'static str,
        place: Place,
    ) -> Self {
        let hides = request.hides();
        Self { request, argument, place, shown: 0, hides }
    }

    /// Hides what follows, if it `is` a secret.
    pub(crate) const fn hiding(mut self, is: bool) -> Self {
        self.hides |= is;
        self
    }

    pub(crate) const fn hide(&mut self, is: bool) {
        self.hides |= is;
    }

    /// Shows a single value.
    pub fn one(&mut self, value: &dyn Param) {
        self.show(None, value, false);
    }

    /// Shows the next value of a list.
    pub fn item(&mut self, value: &dyn Param) {
        self.show(None, value, true);
    }

    /// Shows the next entry of a map.
    pub fn entry(&mut self, key: &dyn Param, value: &dyn Param) {
        self.show(Some(key), value, true);
    }

    /// Shows a header's value that is ready, keeping its mark of being sensitive.
    pub fn header_value(&mut self, mut value: HeaderValue) {
        if self.hides {
            value.set_sensitive(true);
        }
        match self.place {
            Place::Header(name) => self.request.push_header(name, value, self.shown == 0),
            _ => self.refuse("a header's value belongs into a header"),
        }
        self.shown += 1;
    }

    fn show(&mut self, key: Option<&dyn Param>, value: &dyn Param, many: bool) {
        match self.place {
            Place::Expression(variable) => self.expand(variable, key, value, many),
            Place::Query(name, style) => self.query(name, style, Allow::Unreserved, key, value),
            Place::Form(name, style) => self.query(name, style, Allow::Form, key, value),
            Place::Part(name) => self.part(name, key, value),
            Place::Header(name) => self.header(name, key, value),
            Place::Cookie(name) => self.cookie(name, key, value),
        }
        self.shown += 1;
    }

    /// RFC 6570 §3.2.1 and appendix A, for the value that comes next.
    fn expand(
        &mut self,
        variable: Variable,
        key: Option<&dyn Param>,
        value: &dyn Param,
        many: bool,
    ) {
        let (operator, allow) = (self.request.operator(), self.request.allow());
        let exploded = variable.explode && many;
        let mut named = None;
        if self.shown == 0 || exploded {
            self.request.open_variable();
            if operator.is_named() && !(exploded && key.is_some()) {
                named = Some(self.request.push_name(variable.name));
            }
        } else {
            self.request.push_text(",");
        }
        if let Some(key) = key {
            self.write(key, allow, None);
            self.request.push_text(if exploded { "=" } else { "," });
            if exploded && operator.is_named() {
                named = Some(self.request.buffer().len());
            }
        }
        self.write(value, allow, variable.prefix);
        self.request.close_name(named, operator);
    }

    fn query(
        &mut self,
        name: &'static str,
        style: Style,
        allow: Allow,
        key: Option<&dyn Param>,
        value: &dyn Param,
    ) {
        match (style, key) {
            (Style::Multi, Some(key)) => {
                self.request.query_separator();
                self.write(key, allow, None);
                self.request.push_text("=");
            }
            (Style::DeepObject, Some(key)) => {
                self.request.query_separator();
                self.request.push_text(name);
                self.request.push_text("%5B");
                self.write(key, allow, None);
                self.request.push_text("%5D=");
            }
            (Style::Multi | Style::DeepObject, None) => self.named(name),
            (_, key) => return self.separated(name, style.separator(allow), allow, key, value),
        }
        self.write(value, allow, None);
    }

    fn part(&mut self, name: &'static str, key: Option<&dyn Param>, value: &dyn Param) {
        let key = match key.map(|key| self.text_of(key, Allow::All)) {
            None => None,
            Some(Some(key)) => Some(key),
            Some(None) => return,
        };
        let Some(text) = self.text_of(value, Allow::Content) else { return };
        if key.as_deref().is_some_and(|key| !multipart::is_name(key)) {
            return self.refuse(multipart::NO_NAME);
        }
        if let Some(parts) = self.request.multipart() {
            parts.push_text(key.as_deref().unwrap_or(name), &text);
        }
    }

    /// Several values in one, between separators that a URI cannot hold as they are.
    fn separated(
        &mut self,
        name: &'static str,
        separator: &'static str,
        allow: Allow,
        key: Option<&dyn Param>,
        value: &dyn Param,
    ) {
        if self.shown == 0 {
            self.named(name);
        } else {
            self.request.push_text(separator);
        }
        for (at, text) in key.into_iter().chain([value]).enumerate() {
            if at > 0 {
                self.request.push_text(separator);
            }
            let start = self.request.buffer().len();
            self.write(text, allow, None);
            // A comma is escaped in a value, and is none between values.
            let written = self.request.buffer().get(start..).unwrap_or_default();
            if separator != "," && written.contains(separator) {
                self.refuse("it holds the separator of its style and would be read as two; take another style");
            }
        }
    }

    fn named(&mut self, name: &str) {
        self.request.query_separator();
        self.request.push_text(name);
        self.request.push_text("=");
    }

    fn header(&mut self, name: &'static HeaderName, key: Option<&dyn Param>, value: &dyn Param) {
        if key.is_some() {
            return self.refuse("a map cannot be one header; mark it `#[headers]`");
        }
        let Some(text) = self.text_of(value, Allow::All) else { return };
        match crate::header::value(name, text) {
            Ok(mut value) => {
                if self.hides {
                    value.set_sensitive(true);
                }
                self.request.push_header(name, value, self.shown == 0);
            }
            Err(why) => self.refuse(why),
        }
    }

    /// `cookie-octet` of RFC 6265 §4.1.1.
    fn cookie(&mut self, name: &'static str, key: Option<&dyn Param>, value: &dyn Param) {
        if key.is_some() || self.shown > 0 {
            return self.refuse("a cookie has one value");
        }
        let Some(text) = self.text_of(value, Allow::All) else { return };
        let octet =
            |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
        if !text.bytes().all(octet) {
            return self.refuse(
                "a cookie cannot hold spaces, quotes, commas, semicolons, backslashes or non-ASCII",
            );
        }
        self.request.push_cookie(name, &text);
    }

    fn text_of(&mut self, value: &dyn Param, allow: Allow) -> Option<String> {
        let mut text = String::new();
        let mut sink = Text::new(&mut text, allow, None);
        value.text(&mut sink);
        let (refused, is_hidden) = (sink.refused(), sink.is_hidden());
        self.hides |= is_hidden;
        if let Some(why) = refused {
            self.refuse(why);
            return None;
        }
        Some(text)
    }

    fn write(&mut self, value: &dyn Param, allow: Allow, prefix: Option<u16>) {
        let begun = self.request.buffer().len();
        let (refused, is_hidden) = {
            let mut text = Text::new(self.request.buffer(), allow, prefix);
            value.text(&mut text);
            (text.refused(), text.is_hidden())
        };
        if is_hidden || self.hides {
            self.request.hide_from(begun);
        }
        if let Some(why) = refused {
            self.refuse(why);
        }
    }

    pub(crate) fn refuse(&mut self, why: &str) {
        self.request.fail(|operation| Error::refused(operation, self.argument, why));
    }
}
