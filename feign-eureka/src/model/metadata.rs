//! What an instance says besides.

use std::collections::HashMap;

use serde::de::MapAccess;

use super::instance::text;
use super::loose::{FromObject, skip};

/// So many entries cost little to be looked through for each other one.
const FEW: usize = 32;

type Entry = (Box<str>, Box<str>);

/// Texts only: what a server writes of numbers is a text already, and Java's marks say nothing.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    entries: Vec<Entry>,
    pub(super) id: Option<Box<str>>,
}

impl<'de> FromObject<'de> for Metadata {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        if key == "@class" {
            return skip(map);
        }
        let Some(value) = text(map)? else { return Ok(()) };
        if key == "class" && value.starts_with("java.") {
            return Ok(());
        }
        if key == "instanceId" {
            self.id = Some(value.clone());
        }
        // Among many, a key is not looked for each time: see `into_entries`.
        match self.entries.iter_mut().take(FEW).find(|(known, _)| **known == *key) {
            Some((_, last)) => *last = value,
            None => self.entries.push((key.into(), value)),
        }
        Ok(())
    }
}

impl Metadata {
    /// Returns the entries, each key once: the last value that was said of it.
    pub(super) fn into_entries(self) -> Box<[Entry]> {
        if self.entries.len() <= FEW {
            return self.entries.into();
        }
        let mut places = HashMap::new();
        let mut once: Vec<Entry> = Vec::with_capacity(self.entries.len());
        for (key, value) in self.entries {
            let place = *places.entry(key.clone()).or_insert(once.len());
            match once.get_mut(place) {
                Some((_, last)) => *last = value,
                None => once.push((key, value)),
            }
        }
        once.into()
    }
}
