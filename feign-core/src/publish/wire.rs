//! A record in a table or a file: what serde writes and reads.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{self, Deserializer, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::record::Record;

#[derive(Serialize, Deserialize)]
struct Row<'a> {
    topic: Cow<'a, str>,
    #[serde(borrow, default)]
    key: Option<Octets<'a>>,
    #[serde(borrow, default)]
    payload: Option<Octets<'a>>,
    #[serde(borrow, default)]
    headers: Vec<(Cow<'a, str>, Octets<'a>)>,
    #[serde(default)]
    partition: Option<i32>,
    #[serde(borrow, default)]
    partition_key: Option<Octets<'a>>,
    #[serde(default)]
    timestamp: Option<i64>,
}

/// Bytes: in a text format as text, where they are some, else as `base64:..`.
struct Octets<'a>(Cow<'a, [u8]>);

const PREFIX: &str = "base64:";

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let octets = |bytes| Octets(Cow::Borrowed(bytes));
        let partition_key = self.partition_key().filter(|_| self.has_partition_key());
        Row {
            topic: self.topic().into(),
            key: self.key().map(octets),
            payload: self.payload().map(octets),
            headers: self.headers().map(|(name, value)| (name.into(), octets(value))).collect(),
            partition: self.partition(),
            partition_key: partition_key.map(octets),
            timestamp: self.timestamp(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let row = Row::deserialize(deserializer)?;
        let mut record = Self::new(row.topic.into_owned());
        record.inner.key = row.key.map(|key| record.push(&key.0));
        record.inner.partition_key = row.partition_key.map(|key| record.push(&key.0));
        for (name, value) in row.headers {
            record = record.with_header(name.into_owned(), value.0);
        }
        record.inner.payload = row.payload.map(|payload| record.push(&payload.0));
        (record.inner.partition, record.inner.timestamp) = (row.partition, row.timestamp);
        record.check().map_err(de::Error::custom)?;
        Ok(record)
    }
}

impl Serialize for Octets<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.serialize_bytes(&self.0);
        }
        match std::str::from_utf8(&self.0) {
            Ok(text) if !text.starts_with(PREFIX) => serializer.serialize_str(text),
            _ => serializer.collect_str(&format_args!("{PREFIX}{}", STANDARD.encode(&self.0))),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Octets<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_str(Reader)
        } else {
            deserializer.deserialize_byte_buf(Reader)
        }
    }
}

struct Reader;

impl Visitor<'_> for Reader {
    type Value = Octets<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or bytes")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        match text.strip_prefix(PREFIX) {
            Some(coded) => {
                STANDARD.decode(coded).map_err(E::custom).map(|bytes| Octets(bytes.into()))
            }
            None => Ok(Octets(text.as_bytes().to_vec().into())),
        }
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Octets(bytes.to_vec().into()))
    }
}
