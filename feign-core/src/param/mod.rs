//! The text of one argument, and the roles in which it may be sent.

mod adapter;
#[cfg(any(
    feature = "chrono",
    feature = "jiff",
    feature = "time",
    feature = "url",
    feature = "uuid"
))]
mod crates;
mod hash_key;
mod header_map;
mod standard;
mod values;

use std::fmt;

pub use adapter::{Displayed, Each, Serialized, displayed};
pub use hash_key::HashKeyParam;
pub use header_map::{HeaderMapParam, HeaderPairs};
pub use standard::Element;
pub(crate) use values::Place;

/// Named here as well, so that rustc's notes about an argument name a public path.
#[doc(hidden)]
pub use crate::push::{
    cookie, form, hash_key, header, header_map, link, part, query, scalar, segment, value,
};
pub use values::{Style, Values};

use crate::template::{self, Allow};

/// A value that has exactly one text.
///
/// Implemented for the standard scalars, for references and smart pointers to them, and by
/// `#[derive(feign::Param)]` for a newtype or an enum of unit variants. By hand it is one line:
///
/// ```
/// struct Celsius(i32);
///
/// impl feign::param::Param for Celsius {
///     fn text(&self, out: &mut feign::param::Text<'_>) {
///         out.push_display(format_args!("{}C", self.0));
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no text that could be sent as an argument",
    label = "not an argument",
    note = "help: derive `feign::Param` for it (a newtype or an enum of unit variants), or mark the argument \
            `display`, `serde` or `with = path::to_text`, as in `#[query(display)]`"
)]
pub trait Param {
    /// Writes the text; escaping is done by where it goes.
    fn text(&self, out: &mut Text<'_>);
}

/// An argument in the path: one value that is always there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a path parameter",
    label = "not one value that is always there",
    note = "help: an optional or repeated value goes where a template can leave it out: write `{{?x}}`, `{{/x*}}` or \
            mark it `#[query]`; for a type of yours derive `feign::Param`, or mark it `#[path(display)]`, \
            `#[path(serde)]` or `#[path(with = path::to_text)]` (also for a `Duration`, which has no one text)"
)]
pub trait PathParam {
    /// Writes the text of the value.
    fn path(&self, out: &mut Text<'_>);
}

#[diagnostic::do_not_recommend]
impl<T: Param + ?Sized> PathParam for T {
    fn path(&self, out: &mut Text<'_>) {
        self.text(out);
    }
}

/// An argument in the query: nothing, one value, a list, or a map.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a query parameter",
    label = "not a value, a list or a map of values",
    note = "help: derive `feign::Param` for it (a newtype or an enum of unit variants), or mark it \
            `#[query(flatten)]` (a struct), `#[query(display)]`, `#[query(serde)]` or \
            `#[query(with = path::to_text)]` (also for a `Duration`, which has no one text)"
)]
pub trait QueryParam {
    /// Shows what there is to `out`.
    fn query(&self, out: &mut Values<'_>);
}

#[diagnostic::do_not_recommend]
impl<T: Param + ?Sized> QueryParam for T {
    fn query(&self, out: &mut Values<'_>) {
        out.one(&self);
    }
}

/// A field of a form: what may be in a query may be in a form.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a form",
    label = "not a value, a list or a map of values",
    note = "help: derive `feign::Param` for it (a newtype or an enum of unit variants), or mark it \
            `#[form(flatten)]` (a struct), `#[form(display)]`, `#[form(serde)]` or \
            `#[form(with = path::to_text)]` (also for a `Duration`, which has no one text)"
)]
pub trait FormParam: QueryParam {}

#[diagnostic::do_not_recommend]
impl<T: QueryParam + ?Sized> FormParam for T {}

/// An argument in a header or a cookie: nothing, one value, or a list of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a header",
    label = "not a value or a list of values",
    note = "help: derive `feign::Param` for it (a newtype or an enum of unit variants), or mark it \
            `#[header(display)]`, `#[header(serde)]` or `#[header(with = path::to_text)]` (also for a `Duration`)"
)]
pub trait HeaderParam {
    /// Shows what there is to `out`.
    fn header(&self, out: &mut Values<'_>);
}

#[diagnostic::do_not_recommend]
impl<T: Param + ?Sized> HeaderParam for T {
    fn header(&self, out: &mut Values<'_>) {
        out.one(&self);
    }
}

/// A link that an answer gave: an argument marked `#[url]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a link",
    label = "not a link",
    note = "help: write `&str`, `String`, `http::Uri`, or with the feature `url` a `url::Url`"
)]
pub trait UrlParam {
    /// Calls `with` with the link as it was given.
    fn link(&self, with: &mut dyn FnMut(&str));
}

/// Where the text of a value goes; it escapes what its place needs escaped.
#[derive(Debug)]
pub struct Text<'a> {
    out: &'a mut String,
    allow: Allow,
    /// Characters that may still be written, under a `:n` modifier.
    left: Option<usize>,
    refused: Option<&'static str>,
    is_hidden: bool,
}

impl<'a> Text<'a> {
    pub(crate) const fn new(out: &'a mut String, allow: Allow, prefix: Option<u16>) -> Self {
        let left = match prefix {
            Some(count) => Some(count as usize),
            None => None,
        };
        Self { out, allow, left, refused: None, is_hidden: false }
    }

    /// Appends text.
    pub fn push_str(&mut self, text: &str) {
        // Keys and headers of events are content, and written often.
        if self.left.is_none() && self.allow == Allow::Content {
            return self.out.push_str(text);
        }
        // Without an early exit, so that it takes many bytes at once.
        let ends = |found, byte| found | matches!(byte, b'\r' | b'\n' | 0);
        if !self.allow.has_lines() && text.bytes().fold(false, ends) {
            return self.refuse("CR, LF and NUL are never sent");
        }
        let text = match &mut self.left {
            None => text,
            Some(left) => {
                let cut = template::prefix(text, *left, self.allow);
                *left -= cut.chars().count().min(*left);
                cut
            }
        };
        template::push_encoded(self.out, text, self.allow);
    }

    /// Appends what `value` displays.
    pub fn push_display(&mut self, value: impl fmt::Display) {
        use fmt::Write as _;

        // A `Display` that fails has no text at all: sending half of it would be a guess.
        if write!(self, "{value}").is_err() {
            self.refuse("its `Display` failed");
        }
    }

    /// Refuses the value: the call fails before anything is sent, naming the argument and `why`.
    pub fn refuse(&mut self, why: &'static str) {
        self.refused.get_or_insert(why);
    }

    /// Shows the value to nobody: no log and no error has it.
    pub fn hide(&mut self) {
        self.is_hidden = true;
    }

    pub(crate) const fn is_hidden(&self) -> bool {
        self.is_hidden
    }

    /// Digits and the like, which need no escaping anywhere.
    fn push_plain(&mut self, text: &str) {
        if self.left.is_some() { self.push_str(text) } else { self.out.push_str(text) }
    }

    pub(crate) const fn refused(&self) -> Option<&'static str> {
        self.refused
    }
}

impl fmt::Write for Text<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text);
        Ok(())
    }
}
