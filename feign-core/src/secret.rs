//! A value that is sent and never shown.

use std::cell::Cell;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::body::Body;
use crate::codec::IntoBody;
use crate::error::BoxError;
use crate::param::{Param, Text};

/// A value that is sent and never shown: neither in a log, whatever its level, nor in an error, nor by
/// `Debug`. It has no `Display`.
///
/// It stands for a single value of a path, a query, a header, a cookie or a form, also within a list or a
/// map, and for a body or anything in one; such a body is not shown at all. What a function named by
/// `with = …` makes of it is a plain value again: mark that argument `#[sensitive]`. In an answer it keeps
/// the value from `Debug`; the answer's text is hidden by the names of its fields, see
/// [`HubBuilder::redact`](crate::HubBuilder::redact).
///
/// ```
/// use feign::Secret;
///
/// #[feign::client]
/// trait Vault {
///     #[get("/secrets/{name}")]
///     async fn read(&self, name: &str, #[header("x-vault-token")] token: &Secret<String>) -> Result<String, feign::Error>;
/// }
///
/// let token = Secret::new("s.1234".to_owned());
/// assert_eq!(format!("{token:?}"), "Secret(***)");
/// assert_eq!(token.expose(), "s.1234");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Secret<T: ?Sized>(T);

impl<T> Secret<T> {
    /// Makes a secret of a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Returns the value: whoever has it can show it.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: ?Sized> Secret<T> {
    /// Returns the value: whoever has it can show it.
    #[must_use]
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: ?Sized> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl<T: Param + ?Sized> Param for Secret<T> {
    fn text(&self, out: &mut Text<'_>) {
        self.0.text(out);
        out.hide();
    }
}

thread_local! {
    /// How many secrets this thread has written.
    static WRITTEN: Cell<u64> = const { Cell::new(0) };
}

impl<T: Serialize + ?Sized> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        WRITTEN.set(WRITTEN.get().wrapping_add(1));
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T: IntoBody> IntoBody for Secret<T> {
    const CONTENT_TYPE: Option<&'static str> = T::CONTENT_TYPE;

    fn into_body(self) -> Result<Body, BoxError> {
        WRITTEN.set(WRITTEN.get().wrapping_add(1));
        self.0.into_body()
    }
}

impl<'a, T: ?Sized> IntoBody for &'a Secret<T>
where
    &'a T: IntoBody,
{
    const CONTENT_TYPE: Option<&'static str> = <&'a T>::CONTENT_TYPE;

    fn into_body(self) -> Result<Body, BoxError> {
        WRITTEN.set(WRITTEN.get().wrapping_add(1));
        self.0.into_body()
    }
}

/// Writes something, and says whether a secret is in it.
pub(crate) fn seen<R>(write: impl FnOnce() -> R) -> (R, bool) {
    let before = WRITTEN.get();
    let written = write();
    (written, WRITTEN.get() != before)
}
