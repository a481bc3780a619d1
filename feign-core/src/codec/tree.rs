//! What a `Serialize` value shows of itself, as a tree of texts: for flat forms such as a query.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{self, Serialize};

/// A value as text, or several of them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// `None` and `()`.
    Absent,
    Text(String),
    List(Vec<Self>),
    Map(Vec<(Cow<'static, str>, Self)>),
}

/// Shows a value as a tree.
pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Node, Unshown> {
    value.serialize(Tree)
}

/// Calls `with` for each text of a tree under its path, names joined by `.`; a list repeats its name.
pub(crate) fn flatten(node: Node, with: &mut dyn FnMut(&str, &str)) -> Result<(), Unshown> {
    flatten_at(None, node, with)
}

fn flatten_at(
    path: Option<&str>,
    node: Node,
    with: &mut dyn FnMut(&str, &str),
) -> Result<(), Unshown> {
    match (node, path) {
        (Node::Absent, _) => Ok(()),
        (Node::Text(_) | Node::List(_), None) => {
            Err(Unshown("only a struct or a map has names to send".into()))
        }
        (Node::Text(text), Some(path)) => {
            with(path, &text);
            Ok(())
        }
        (Node::List(items), Some(path)) => items.into_iter().try_for_each(|item| match item {
            Node::List(_) | Node::Map(_) => Err(Unshown(format!(
                "`{path}` is a list of more than plain values, which has no flat form"
            ))),
            plain => flatten_at(Some(path), plain, with),
        }),
        (Node::Map(entries), _) => entries.into_iter().try_for_each(|(key, value)| {
            let key = match path {
                None => key,
                Some(path) => format!("{path}.{key}").into(),
            };
            flatten_at(Some(&key), value, with)
        }),
    }
}

/// Why a value has no such form.
#[derive(Debug)]
pub(crate) struct Unshown(String);

impl fmt::Display for Unshown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unshown {}

impl ser::Error for Unshown {
    fn custom<T: fmt::Display>(why: T) -> Self {
        Self(why.to_string())
    }
}

struct Tree;

macro_rules! texts {
    ($($method:ident $type:ty;)*) => {$(
        fn $method(self, value: $type) -> Result<Node, Unshown> {
            Ok(Node::Text(value.to_string()))
        }
    )*};
}

macro_rules! floats {
    ($($method:ident $type:ty;)*) => {$(
        fn $method(self, value: $type) -> Result<Node, Unshown> {
            if value.is_finite() { Ok(Node::Text(value.to_string())) } else { Err(Unshown("a number that is not finite has no text".into())) }
        }
    )*};
}

impl ser::Serializer for Tree {
    type Ok = Node;
    type Error = Unshown;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = Entries;

    texts! {
        serialize_bool bool; serialize_char char; serialize_str &str;
        serialize_i8 i8; serialize_i16 i16; serialize_i32 i32; serialize_i64 i64; serialize_i128 i128;
        serialize_u8 u8; serialize_u16 u16; serialize_u32 u32; serialize_u64 u64; serialize_u128 u128;
    }
    floats! { serialize_f32 f32; serialize_f64 f64; }

    fn serialize_bytes(self, _: &[u8]) -> Result<Node, Unshown> {
        Err(Unshown("bytes have no text".into()))
    }

    fn serialize_none(self) -> Result<Node, Unshown> {
        Ok(Node::Absent)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, Unshown> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Node, Unshown> {
        Ok(Node::Absent)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Node, Unshown> {
        Ok(Node::Absent)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<Node, Unshown> {
        Ok(Node::Text(name.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Node, Unshown> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<Node, Unshown> {
        Ok(Node::Map(vec![(name.into(), of(value)?)]))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items, Unshown> {
        Ok(Items { variant: None, items: Vec::with_capacity(length.unwrap_or_default().min(64)) })
    }

    fn serialize_tuple(self, length: usize) -> Result<Items, Unshown> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items, Unshown> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Items, Unshown> {
        Ok(Items { variant: Some(name), items: Vec::new() })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries, Unshown> {
        Ok(Entries { variant: None, key: None, entries: Vec::new() })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Entries, Unshown> {
        Ok(Entries { variant: None, key: None, entries: Vec::with_capacity(length) })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Entries, Unshown> {
        Ok(Entries { variant: Some(name), key: None, entries: Vec::new() })
    }
}

struct Items {
    variant: Option<&'static str>,
    items: Vec<Node>,
}

impl Items {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unshown> {
        self.items.push(of(value)?);
        Ok(())
    }

    fn finish(self) -> Node {
        under(self.variant, Node::List(self.items))
    }
}

struct Entries {
    variant: Option<&'static str>,
    key: Option<String>,
    entries: Vec<(Cow<'static, str>, Node)>,
}

impl Entries {
    fn finish(self) -> Node {
        under(self.variant, Node::Map(self.entries))
    }
}

/// Serde's external tag: a variant is a map of its name.
fn under(variant: Option<&'static str>, node: Node) -> Node {
    match variant {
        None => node,
        Some(name) => Node::Map(vec![(name.into(), node)]),
    }
}

macro_rules! items {
    ($($trait:ident $method:ident;)*) => {$(
        impl ser::$trait for Items {
            type Ok = Node;
            type Error = Unshown;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unshown> {
                self.push(value)
            }

            fn end(self) -> Result<Node, Unshown> {
                Ok(self.finish())
            }
        }
    )*};
}
items! {
    SerializeSeq serialize_element; SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field; SerializeTupleVariant serialize_field;
}

impl ser::SerializeMap for Entries {
    type Ok = Node;
    type Error = Unshown;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unshown> {
        match of(key)? {
            Node::Text(text) => self.key = Some(text),
            _ => return Err(Unshown("the key of a map must be one value".into())),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unshown> {
        let key = self.key.take().ok_or_else(|| Unshown("a value came before its key".into()))?;
        self.entries.push((key.into(), of(value)?));
        Ok(())
    }

    fn end(self) -> Result<Node, Unshown> {
        Ok(self.finish())
    }
}

macro_rules! fields {
    ($($trait:ident)*) => {$(
        impl ser::$trait for Entries {
            type Ok = Node;
            type Error = Unshown;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Unshown> {
                self.entries.push((key.into(), of(value)?));
                Ok(())
            }

            fn end(self) -> Result<Node, Unshown> {
                Ok(self.finish())
            }
        }
    )*};
}
fields!(SerializeStruct SerializeStructVariant);
