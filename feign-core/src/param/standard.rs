//! Arguments of the standard library's types.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZero;
use std::rc::Rc;
use std::sync::Arc;

use http::{HeaderValue, Uri};

use super::{HeaderParam, Param, QueryParam, Text, UrlParam, Values};

impl Param for str {
    fn text(&self, out: &mut Text<'_>) {
        out.push_str(self);
    }
}

impl Param for String {
    fn text(&self, out: &mut Text<'_>) {
        out.push_str(self);
    }
}

impl Param for bool {
    fn text(&self, out: &mut Text<'_>) {
        out.push_plain(if *self { "true" } else { "false" });
    }
}

impl Param for char {
    fn text(&self, out: &mut Text<'_>) {
        out.push_str(self.encode_utf8(&mut [0; 4]));
    }
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl Param for $type {
            fn text(&self, out: &mut Text<'_>) {
                out.push_plain(itoa::Buffer::new().format(*self));
            }
        }

        impl Param for NonZero<$type> {
            fn text(&self, out: &mut Text<'_>) {
                self.get().text(out);
            }
        }
    )*};
}
integers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

macro_rules! floats {
    ($($type:ty)*) => {$(
        impl Param for $type {
            fn text(&self, out: &mut Text<'_>) {
                if !self.is_finite() {
                    return out.refuse("a number that is not finite has no text");
                }
                out.push_display(self);
            }
        }
    )*};
}
floats!(f32 f64);

macro_rules! displayed {
    ($($type:ty)*) => {$(
        impl Param for $type {
            fn text(&self, out: &mut Text<'_>) {
                out.push_display(self);
            }
        }
    )*};
}
displayed!(IpAddr Ipv4Addr Ipv6Addr SocketAddr);

macro_rules! pointers {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<$($generics)* T: Param + ?Sized> Param for $type {
            fn text(&self, out: &mut Text<'_>) {
                (**self).text(out);
            }
        }

        impl<$($generics)* T: UrlParam + ?Sized> UrlParam for $type {
            fn link(&self, with: &mut dyn FnMut(&str)) {
                (**self).link(with);
            }
        }
    )*};
}
pointers! { [] &T; [] &mut T; [] Box<T>; [] Rc<T>; [] Arc<T>; }

impl<T: Param + ToOwned + ?Sized> Param for Cow<'_, T> {
    fn text(&self, out: &mut Text<'_>) {
        (**self).text(out);
    }
}

impl<T: QueryParam> QueryParam for Option<T> {
    fn query(&self, out: &mut Values<'_>) {
        if let Some(value) = self {
            value.query(out);
        }
    }
}

impl<T: HeaderParam> HeaderParam for Option<T> {
    fn header(&self, out: &mut Values<'_>) {
        if let Some(value) = self {
            value.header(out);
        }
    }
}

/// An element of a list or a value of a map: `None` is left out.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no text that could be sent as an argument",
    label = "not an argument",
    note = "help: derive `feign::Param` for it (a newtype or an enum of unit variants), or mark the argument \
            `display`, `serde` or `with = path::to_text`, as in `#[query(display)]`"
)]
pub trait Element {
    #[doc(hidden)]
    fn shown(&self) -> Option<&dyn Param>;
}

#[diagnostic::do_not_recommend]
impl<T: Param> Element for T {
    fn shown(&self) -> Option<&dyn Param> {
        Some(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> Element for Option<T> {
    fn shown(&self) -> Option<&dyn Param> {
        self.as_ref().map(|value| value as &dyn Param)
    }
}

/// A list may be shown by itself or by a reference: `Option<&[T]>` holds one.
macro_rules! lists {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        lists! { @one [$($generics)*] $type }
        lists! { @one [$($generics)*] &$type }
    )*};
    (@one [$($generics:tt)*] $type:ty) => {
        impl<T: Element, $($generics)*> QueryParam for $type {
            fn query(&self, out: &mut Values<'_>) {
                for item in self.iter().filter_map(Element::shown) {
                    out.item(item);
                }
            }
        }

        impl<T: Element, $($generics)*> HeaderParam for $type {
            fn header(&self, out: &mut Values<'_>) {
                for item in self.iter().filter_map(Element::shown) {
                    out.item(item);
                }
            }
        }
    };
}
lists! {
    [] [T]; [] Vec<T>; [const N: usize] [T; N]; [] VecDeque<T>; [] LinkedList<T>; [] BTreeSet<T>; [S] HashSet<T, S>;
}

macro_rules! entries {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        entries! { @one [$($generics)*] $type }
        entries! { @one [$($generics)*] &$type }
    )*};
    (@one [$($generics:tt)*] $type:ty) => {
        impl<K: Param, V: Element, $($generics)*> QueryParam for $type {
            fn query(&self, out: &mut Values<'_>) {
                for (key, value) in self.iter() {
                    if let Some(value) = value.shown() {
                        out.entry(key, value);
                    }
                }
            }
        }
    };
}
entries! {
    [] BTreeMap<K, V>; [S] HashMap<K, V, S>; [] [(K, V)]; [] Vec<(K, V)>; [const N: usize] [(K, V); N];
}

impl HeaderParam for HeaderValue {
    fn header(&self, out: &mut Values<'_>) {
        out.header_value(self.clone());
    }
}

impl UrlParam for str {
    fn link(&self, with: &mut dyn FnMut(&str)) {
        with(self);
    }
}

impl UrlParam for String {
    fn link(&self, with: &mut dyn FnMut(&str)) {
        with(self);
    }
}

impl UrlParam for Uri {
    fn link(&self, with: &mut dyn FnMut(&str)) {
        with(&self.to_string());
    }
}
