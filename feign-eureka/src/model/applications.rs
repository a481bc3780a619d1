//! The registry's lists of instances.

use std::fmt;
use std::sync::Arc;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::instance::{Draft, Listed, upper};
use super::loose::{FromObject, Loose, ObjectVisitor, Whole, skip};
use super::{Action, Instance};

/// A registry, a part of it, or what changed in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applications {
    version: i64,
    hash: Option<Box<str>>,
    all: Vec<Application>,
}

/// The instances of one application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Application {
    name: Arc<str>,
    pub(crate) listed: Vec<Listed>,
}

impl Applications {
    /// Returns its version, which a server counts up for deltas; -1 where it says none.
    #[must_use]
    pub const fn version(&self) -> i64 {
        self.version
    }

    /// Returns the hash of the whole registry, such as `DOWN_1_UP_2_`: a count of each status.
    #[must_use]
    pub fn hash(&self) -> Option<&str> {
        self.hash.as_deref()
    }

    /// Returns the applications.
    pub fn iter(&self) -> impl Iterator<Item = &Application> {
        self.all.iter()
    }

    pub(crate) fn into_listed(self) -> impl Iterator<Item = Listed> {
        self.all.into_iter().flat_map(|application| application.listed)
    }
}

impl Application {
    /// Returns its name, in upper case.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns its instances, whatever their status; in a delta without those that have left.
    pub fn instances(&self) -> impl Iterator<Item = &Instance> {
        self.listed
            .iter()
            .filter(|listed| listed.action != Action::Deleted)
            .map(|listed| &listed.instance)
    }
}

impl Default for Applications {
    fn default() -> Self {
        Self { version: -1, hash: None, all: Vec::new() }
    }
}

/// The keys with underscores are matched by their beginning: how an underscore is escaped is a
/// setting of the server.
impl<'de> FromObject<'de> for Applications {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "application" => map.next_value_seed(Many(&mut self.all))?,
            key if key.starts_with("versions") => {
                self.version = map.next_value::<Loose<'_>>()?.number().unwrap_or(-1);
            }
            key if key.starts_with("apps") => {
                self.hash = map.next_value::<Loose<'_>>()?.into_text();
            }
            _ => skip(map)?,
        }
        Ok(())
    }
}

impl<'de> FromObject<'de> for Application {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "name" => {
                self.name = map.next_value::<Loose<'_>>()?.as_str().map(upper).unwrap_or_default()
            }
            "instance" => map.next_value_seed(Many(&mut *self))?,
            _ => skip(map)?,
        }
        Ok(())
    }
}

/// What takes the items of a list, one after the other.
trait Collect<'de> {
    fn one<D: Deserializer<'de>>(&mut self, item: D) -> Result<(), D::Error>;
}

impl<'de> Collect<'de> for Vec<Application> {
    fn one<D: Deserializer<'de>>(&mut self, item: D) -> Result<(), D::Error> {
        let mut application = item.deserialize_any(ObjectVisitor(Application::default()))?;
        application.name_all();
        self.push(application);
        Ok(())
    }
}

impl<'de> Collect<'de> for Application {
    fn one<D: Deserializer<'de>>(&mut self, item: D) -> Result<(), D::Error> {
        let name = (!self.name.is_empty()).then(|| Arc::clone(&self.name));
        self.listed.extend(Draft::read(item, name)?.into_listed());
        Ok(())
    }
}

impl Applications {
    /// Reads them as the root of a document; `None` where something else stands there.
    pub(super) fn wrapped<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self>, A::Error> {
        map.next_value::<Whole<Self>>().map(|whole| whole.0)
    }
}

impl Application {
    /// Reads it as the root of a document; `None` where something else stands there.
    pub(super) fn wrapped<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self>, A::Error> {
        let mut whole = map.next_value::<Whole<Self>>()?.0;
        whole.iter_mut().for_each(Self::name_all);
        Ok(whole)
    }

    /// Gives the instances its name, also where that stands behind them; or takes it from them.
    fn name_all(&mut self) {
        if self.name.is_empty() {
            let name = self.listed.first().map(|listed| listed.instance.shared_app());
            self.name = name.unwrap_or_default();
        }
        for listed in &mut self.listed {
            listed.instance.set_app(&self.name);
        }
    }
}

/// A list; some servers write the only item of one without brackets. Anything else is an empty one.
struct Many<C>(C);

impl<'de, C: Collect<'de>> DeserializeSeed<'de> for Many<&mut C> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// One item of a list.
struct Item<'c, C>(&'c mut C);

impl<'de, C: Collect<'de>> DeserializeSeed<'de> for Item<'_, C> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.one(deserializer)
    }
}

impl<'de, C: Collect<'de>> Visitor<'de> for Many<&mut C> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Item(&mut *self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.0.one(MapAccessDeserializer::new(map))
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}
