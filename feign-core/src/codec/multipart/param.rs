//! Which arguments are parts.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;

use super::{Multipart, Part};
use crate::body::Body;
use crate::param::QueryParam;

/// An argument marked `#[part]` that is one part or several of bytes: [`Part`], `Bytes`, `Vec<u8>`,
/// `&[u8]`, [`Body`], `Json<T>`, a list of these, or a map or list of pairs that bring names of their own.
///
/// ```
/// use feign::codec::{IntoParts, Parts};
///
/// struct Thumbnail(Vec<u8>);
///
/// impl IntoParts for Thumbnail {
///     fn into_parts(self, out: &mut Parts<'_>) {
///         out.push(feign::Part::bytes(self.0).file_name("thumbnail.png").content_type("image/png"));
///     }
/// }
/// ```
pub trait IntoParts {
    /// Pushes what there is to `out`.
    fn into_parts(self, out: &mut Parts<'_>);
}

/// An argument marked `#[part]` that is sent as text: nothing, one value, a list (which repeats the part),
/// or a map (each entry under its own name).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a part",
    label = "neither a `Part` nor text",
    note = "help: mark it `#[part(json)]` to send it as JSON, write `feign::Part` (by value, since it is sent once) \
            or bytes, derive `feign::Param` for it, or mark it `#[part(display)]`, `#[part(serde)]` or \
            `#[part(with = path::to_text)]`"
)]
pub trait PartText: QueryParam {}

#[diagnostic::do_not_recommend]
impl<T: QueryParam + ?Sized> PartText for T {}

/// Receives the parts of one argument.
pub struct Parts<'a> {
    multipart: &'a mut Multipart,
    name: &'static str,
    wrong: Option<String>,
}

impl<'a> Parts<'a> {
    pub(crate) const fn new(multipart: &'a mut Multipart, name: &'static str) -> Self {
        Self { multipart, name, wrong: None }
    }

    /// Adds a part under the argument's name.
    pub fn push(&mut self, part: Part) {
        self.push_named(self.name, part);
    }

    /// Adds a part under a name of its own.
    pub fn push_named(&mut self, name: &str, mut part: Part) {
        match part.wrong.take() {
            Some(wrong) => self.refuse(wrong),
            None if !super::is_name(name) => self.refuse(super::NO_NAME),
            None => self.multipart.push(name, part),
        }
    }

    /// Refuses the argument: the call fails before anything is sent, naming it and `why`.
    pub fn refuse(&mut self, why: impl Into<String>) {
        self.wrong.get_or_insert(why.into());
    }

    pub(crate) fn into_wrong(self) -> Option<String> {
        self.wrong
    }
}

impl std::fmt::Debug for Parts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts").field("name", &self.name).finish_non_exhaustive()
    }
}

impl IntoParts for Part {
    fn into_parts(self, out: &mut Parts<'_>) {
        out.push(self);
    }
}

macro_rules! bytes {
    ($($type:ty, |$value:ident| $bytes:expr;)*) => {$(
        impl IntoParts for $type {
            fn into_parts(self, out: &mut Parts<'_>) {
                let $value = self;
                out.push(Part::bytes($bytes));
            }
        }
    )*};
}
bytes! {
    Bytes, |bytes| bytes;
    &Bytes, |bytes| bytes.clone();
    Vec<u8>, |bytes| bytes;
    &Vec<u8>, |bytes| bytes.clone();
    &[u8], |bytes| bytes.to_vec();
}

impl IntoParts for Body {
    fn into_parts(self, out: &mut Parts<'_>) {
        out.push(Part::new(self).content_type(super::writer::BYTES));
    }
}

#[cfg(feature = "json")]
impl<T: serde::Serialize> IntoParts for crate::Json<T> {
    fn into_parts(self, out: &mut Parts<'_>) {
        push_json(&self.0, out);
    }
}

/// An argument marked `#[part(json)]`.
#[cfg(feature = "json")]
pub(crate) fn push_json<T: serde::Serialize + ?Sized>(value: &T, out: &mut Parts<'_>) {
    use super::super::{Codec as _, JsonCodec};

    match JsonCodec::encode(value) {
        Ok(json) => out.push(Part::bytes(json).content_type(JsonCodec::CONTENT_TYPE)),
        Err(error) => out.refuse(error.to_string()),
    }
}

impl<P: IntoParts> IntoParts for Vec<P> {
    fn into_parts(self, out: &mut Parts<'_>) {
        self.into_iter().for_each(|part| part.into_parts(out));
    }
}

impl<P: IntoParts, const N: usize> IntoParts for [P; N] {
    fn into_parts(self, out: &mut Parts<'_>) {
        self.into_iter().for_each(|part| part.into_parts(out));
    }
}

macro_rules! named {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<K: AsRef<str>, $($generics)*> IntoParts for $type {
            fn into_parts(self, out: &mut Parts<'_>) {
                for (name, part) in self {
                    out.push_named(name.as_ref(), part);
                }
            }
        }
    )*};
}
named! { [] BTreeMap<K, Part>; [S] HashMap<K, Part, S>; [] Vec<(K, Part)>; [const N: usize] [(K, Part); N]; }
