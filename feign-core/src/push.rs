//! One push per argument: what a generated method calls, generic over the argument alone.
//!
//! Never inlined: one copy per type in the user's crate instead of one per method. Its release build
//! feels that (`cargo bench --bench compile`), and a call costs a few instructions more.

use http::HeaderName;
use serde::Serialize;

use crate::codec::{PartText, tree};
use crate::param::{
    FormParam, HashKeyParam, HeaderMapParam, HeaderPairs, HeaderParam, PathParam, Place,
    QueryParam, Style, Text, UrlParam, Values,
};
use crate::request::RequestBuilder;
use crate::secret;
use crate::template::{Allow, Variable};

/// A variable that is one value: in a path, and wherever a `:n` modifier stands.
#[inline(never)]
pub fn scalar<T: PathParam + ?Sized>(
    request: &mut RequestBuilder,
    variable: Variable,
    argument: &'static str,
    value: &T,
) {
    let allow = request.allow();
    let start = request.begin_scalar(variable);
    let begun = request.buffer().len();
    let mut text = Text::new(request.buffer(), allow, variable.prefix);
    value.path(&mut text);
    let (refused, is_hidden) = (text.refused(), text.is_hidden());
    if is_hidden || request.hides() {
        request.hide_from(begun);
    }
    request.end_scalar(start, argument, refused);
}

/// The shape that most paths consist of: text, and a segment behind it that is one value.
#[inline(never)]
pub fn segment<T: PathParam + ?Sized>(
    request: &mut RequestBuilder,
    before: &str,
    argument: &'static str,
    value: &T,
) {
    request.begin_segment(before);
    let begun = request.buffer().len();
    let mut text = Text::new(request.buffer(), Allow::Unreserved, None);
    value.path(&mut text);
    let (refused, is_hidden) = (text.refused(), text.is_hidden());
    if is_hidden || request.hides() {
        request.hide_from(begun);
    }
    request.end_scalar(None, argument, refused);
    request.segment_end(argument);
}

/// A variable that may be absent, one value, a list or a map.
#[inline(never)]
pub fn value<T: QueryParam + ?Sized>(
    request: &mut RequestBuilder,
    variable: Variable,
    argument: &'static str,
    value: &T,
) {
    value.query(&mut Values::new(request, argument, Place::Expression(variable)));
}

/// An argument marked `#[query]`.
#[inline(never)]
pub fn query<T: QueryParam + ?Sized>(
    request: &mut RequestBuilder,
    name: &'static str,
    style: Style,
    argument: &'static str,
    value: &T,
) {
    value.query(&mut Values::new(request, argument, Place::Query(name, style)));
}

/// An argument marked `#[query(flatten)]`.
pub(crate) fn query_flatten<T: Serialize + ?Sized>(
    request: &mut RequestBuilder,
    argument: &'static str,
    value: &T,
) {
    flatten(request, argument, Place::Query("", Style::Multi), value);
}

fn flatten<T: Serialize + ?Sized>(
    request: &mut RequestBuilder,
    argument: &'static str,
    place: Place,
    value: &T,
) {
    let (tree, has_secret) = secret::seen(|| tree::of(value));
    let mut values = Values::new(request, argument, place).hiding(has_secret);
    let pushed =
        tree.and_then(|node| tree::flatten(node, &mut |name, text| values.entry(&name, &text)));
    if let Err(why) = pushed {
        values.refuse(&why.to_string());
    }
}

/// An argument marked `#[form]`.
#[inline(never)]
pub fn form<T: FormParam + ?Sized>(
    request: &mut RequestBuilder,
    name: &'static str,
    style: Style,
    argument: &'static str,
    value: &T,
) {
    request.within_form(|request| {
        value.query(&mut Values::new(request, argument, Place::Form(name, style)));
    });
}

/// An argument marked `#[form(flatten)]`.
pub(crate) fn form_flatten<T: Serialize + ?Sized>(
    request: &mut RequestBuilder,
    argument: &'static str,
    value: &T,
) {
    request.within_form(|request| flatten(request, argument, Place::Form("", Style::Multi), value));
}

/// An argument marked `#[part]` that is text.
#[inline(never)]
pub fn part<T: PartText + ?Sized>(
    request: &mut RequestBuilder,
    name: &'static str,
    argument: &'static str,
    value: &T,
) {
    value.query(&mut Values::new(request, argument, Place::Part(name)));
}

/// An argument marked `#[header]`.
#[inline(never)]
pub fn header<T: HeaderParam + ?Sized>(
    request: &mut RequestBuilder,
    name: &'static HeaderName,
    argument: &'static str,
    value: &T,
) {
    value.header(&mut Values::new(request, argument, Place::Header(name)));
}

/// An argument marked `#[headers]`.
#[inline(never)]
pub fn header_map<T: HeaderMapParam + ?Sized>(
    request: &mut RequestBuilder,
    argument: &'static str,
    value: &T,
) {
    value.headers(&mut HeaderPairs::new(request, argument));
}

/// An argument marked `#[cookie]`.
#[inline(never)]
pub fn cookie<T: HeaderParam + ?Sized>(
    request: &mut RequestBuilder,
    name: &'static str,
    argument: &'static str,
    value: &T,
) {
    value.header(&mut Values::new(request, argument, Place::Cookie(name)));
}

/// An argument marked `#[hash_key]`.
#[inline(never)]
pub fn hash_key<T: HashKeyParam + ?Sized>(
    request: &mut RequestBuilder,
    argument: &'static str,
    value: &T,
) {
    let start = request.buffer().len();
    let mut text = Text::new(request.buffer(), Allow::Content, None);
    let is_some = value.hash_key(&mut text);
    let refused = text.refused();
    request.end_hash_key(start, argument, is_some, refused);
}

/// An argument marked `#[url]`.
#[inline(never)]
pub fn link<T: UrlParam + ?Sized>(request: &mut RequestBuilder, argument: &'static str, value: &T) {
    value.link(&mut |link| request.set_link(argument, link));
}
