//! Values as they come: numbers written as texts, texts as numbers, and what is neither.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// One value that should be simple. Anything else is passed over, since one odd field of one
/// instance must not cost the whole registry.
#[derive(Debug, PartialEq)]
pub(super) enum Loose<'de> {
    Text(Cow<'de, str>),
    Number(i64),
    Truth(bool),
    Nothing,
}

impl<'de> Loose<'de> {
    pub(super) fn into_text(self) -> Option<Box<str>> {
        match self {
            Self::Text(text) => Some(text.into()),
            Self::Number(number) => Some(number.to_string().into()),
            Self::Truth(truth) => Some(if truth { "true" } else { "false" }.into()),
            Self::Nothing => None,
        }
    }

    /// A text, without a copy where the document holds it as it is.
    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Self::Text(text) => text.trim().parse().ok(),
            Self::Number(number) => Some(*number),
            Self::Truth(_) | Self::Nothing => None,
        }
    }

    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Self::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            Self::Truth(truth) => Some(*truth),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Loose<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor)
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Loose<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Loose<'de>, E> {
        Ok(Loose::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Loose<'de>, E> {
        Ok(Loose::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Loose<'de>, E> {
        Ok(Loose::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Loose<'de>, E> {
        Ok(Loose::Number(i64::try_from(number).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Loose<'de>, E> {
        Ok(Loose::Text(Cow::Owned(number.to_string())))
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Loose<'de>, E> {
        Ok(Loose::Truth(truth))
    }

    fn visit_unit<E: Error>(self) -> Result<Loose<'de>, E> {
        Ok(Loose::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Loose<'de>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Loose::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Loose::Nothing)
    }
}

/// What is read from an object, entry by entry; anything else in its place leaves the default.
pub(super) trait FromObject<'de>: Default {
    /// Reads the value of a key; one that is not needed is read as [`IgnoredAny`].
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;

    /// Is told that it is an object, which may be empty.
    fn begin(&mut self) {}

    /// Takes a value that is no object, where that says something.
    fn simple(&mut self, _: &Loose<'de>) {}
}

/// Deserialises a [`FromObject`].
#[derive(Debug)]
pub(super) struct Object<T>(pub(super) T);

impl<'de, T: FromObject<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectVisitor(T::default())).map(Self)
    }
}

/// Deserialises a [`FromObject`] only from an object: what stands for a whole registry is never
/// taken for an empty one.
#[derive(Debug)]
pub(super) struct Whole<T>(pub(super) Option<T>);

impl<'de, T: FromObject<'de>> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectVisitor(Self(None)))
    }
}

impl<'de, T: FromObject<'de>> FromObject<'de> for Whole<T> {
    fn begin(&mut self) {
        self.0 = Some(T::default());
    }

    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match &mut self.0 {
            Some(object) => object.entry(key, map),
            None => skip(map),
        }
    }
}

impl<T> Default for Whole<T> {
    fn default() -> Self {
        Self(None)
    }
}

/// Fills what it holds.
pub(super) struct ObjectVisitor<T>(pub(super) T);

impl<'de, T: FromObject<'de>> ObjectVisitor<T> {
    fn simple(mut self, value: &Loose<'de>) -> T {
        self.0.simple(value);
        self.0
    }
}

impl<'de, T: FromObject<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<T, A::Error> {
        self.0.begin();
        while let Some(key) = map.next_key::<Loose<'de>>()? {
            self.0.entry(key.as_str().unwrap_or_default(), &mut map)?;
        }
        Ok(self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        LooseVisitor.visit_seq(list).map(|nothing| self.simple(&nothing))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<T, E> {
        Ok(self.simple(&Loose::Text(Cow::Borrowed(text))))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        LooseVisitor.visit_str(text).map(|text| self.simple(&text))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        Ok(self.simple(&Loose::Number(number)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        LooseVisitor.visit_u64(number).map(|number| self.simple(&number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        LooseVisitor.visit_f64(number).map(|number| self.simple(&number))
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<T, E> {
        Ok(self.simple(&Loose::Truth(truth)))
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Ok(self.simple(&Loose::Nothing))
    }
}

/// Reads the value of a key that is not needed.
pub(super) fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}
