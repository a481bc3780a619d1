//! One endpoint as it is written.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::discover::{Endpoint, State};

/// An endpoint: its base URL, or a table of all that is known of it.
#[derive(Clone, Debug)]
pub(super) struct Entry(pub(super) Endpoint);

/// What stands in the table.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    url: Url,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weight: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    priority: Option<u16>,
    #[serde(default, skip_serializing_if = "is_up")]
    state: Word,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    metadata: BTreeMap<String, String>,
}

/// [`State`] as it is written.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    #[default]
    Up,
    Draining,
    Down,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_up(state: &Word) -> bool {
    *state == Word::Up
}

/// A base URL, checked where it stands, so that an error names its place.
struct Url(Endpoint);

impl<'de> Deserialize<'de> for Url {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let url = String::deserialize(deserializer)?;
        Endpoint::new(&url).map(Self).map_err(de::Error::custom)
    }
}

impl Serialize for Url {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl From<Table> for Entry {
    fn from(table: Table) -> Self {
        let state = match table.state {
            Word::Up => State::Up,
            Word::Draining => State::Draining,
            Word::Down => State::Down,
        };
        let mut endpoint = table.url.0.with_state(state);
        endpoint = table.id.into_iter().fold(endpoint, Endpoint::with_id);
        endpoint = table.zone.into_iter().fold(endpoint, Endpoint::with_zone);
        endpoint = table.weight.into_iter().fold(endpoint, Endpoint::with_weight);
        endpoint = table.priority.into_iter().fold(endpoint, Endpoint::with_priority);
        let metadata = table.metadata.into_iter();
        Self(metadata.fold(endpoint, |endpoint, (key, value)| endpoint.with_metadata(key, value)))
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let endpoint = &self.0;
        let state = match endpoint.state() {
            State::Up => Word::Up,
            State::Draining => Word::Draining,
            State::Down => Word::Down,
        };
        let table = Table {
            url: Url(endpoint.clone()),
            id: Some(endpoint.id().into_owned()),
            zone: endpoint.zone().map(str::to_owned),
            weight: Some(endpoint.weight()),
            priority: Some(endpoint.priority()),
            state,
            metadata: endpoint.metadata().clone(),
        };
        table.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntryVisitor)
    }
}

struct EntryVisitor;

impl<'de> Visitor<'de> for EntryVisitor {
    type Value = Entry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a base URL, or a table with `url`")
    }

    fn visit_str<E: de::Error>(self, url: &str) -> Result<Entry, E> {
        Endpoint::new(url).map(Entry).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
        Table::deserialize(MapAccessDeserializer::new(map)).map(Entry::from)
    }
}
