//! One registered process.

use std::sync::Arc;

use serde::de::{Deserializer, MapAccess};

use super::loose::{FromObject, Loose, Object, ObjectVisitor, Whole, skip};
use super::metadata::Metadata;
use super::status::{Action, Status};

/// One registered process, as far as callers need to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    app: Arc<str>,
    id: Box<str>,
    host: Box<str>,
    ip: Box<str>,
    port: Port,
    secure_port: Port,
    vip: Box<str>,
    secure_vip: Box<str>,
    status: Status,
    overridden: Status,
    metadata: Box<[(Box<str>, Box<str>)]>,
    zone: Option<Box<str>>,
    last_dirty: i64,
}

/// A port, and whether it is to be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Port {
    /// The number; `None` where it is none.
    pub number: Option<u16>,
    /// What the registry says as `@enabled`; `None` where it says nothing.
    pub enabled: Option<bool>,
}

impl Instance {
    /// Returns the name of its application, in upper case.
    #[must_use]
    pub fn app(&self) -> &str {
        &self.app
    }

    /// Returns its id, which is unique in its application: Spring's is `host:app:port`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns its host name.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns its IP address.
    #[must_use]
    pub fn ip(&self) -> &str {
        &self.ip
    }

    /// Returns its port for plain HTTP.
    #[must_use]
    pub const fn port(&self) -> Port {
        self.port
    }

    /// Returns its port for HTTPS.
    #[must_use]
    pub const fn secure_port(&self) -> Port {
        self.secure_port
    }

    /// Returns the names that it is found by, separated by commas.
    #[must_use]
    pub fn vip(&self) -> &str {
        &self.vip
    }

    /// Returns the names that it is found by over HTTPS, separated by commas.
    #[must_use]
    pub fn secure_vip(&self) -> &str {
        &self.secure_vip
    }

    /// Returns its status, in which an override is counted.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.status
    }

    /// Returns the status that an operator gave it; [`Status::Unknown`] where none did.
    #[must_use]
    pub const fn overridden_status(&self) -> Status {
        self.overridden
    }

    /// Returns its metadata, in the order that came.
    pub fn metadata(&self) -> impl Iterator<Item = (&str, &str)> {
        self.metadata.iter().map(|(key, value)| (&**key, &**value))
    }

    /// Returns its zone: what its metadata says, else Amazon's availability zone.
    #[must_use]
    pub fn zone(&self) -> Option<&str> {
        let said = self.metadata().find(|(key, _)| *key == "zone").map(|(_, zone)| zone);
        said.filter(|zone| !zone.is_empty()).or(self.zone.as_deref())
    }

    /// Returns when it last said something new of itself, in milliseconds since 1970.
    #[must_use]
    pub const fn last_dirty(&self) -> i64 {
        self.last_dirty
    }

    /// Whether two say the same to callers: not the time at which they said it.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        fn said(instance: &Instance) -> impl PartialEq {
            let Instance { app, id, host, ip, port, secure_port, .. } = instance;
            let Instance { vip, secure_vip, status, overridden, metadata, zone, .. } = instance;
            let address = (app, id, host, ip, port, secure_port);
            (address, vip, secure_vip, status, overridden, metadata, zone)
        }
        said(self) == said(other)
    }

    pub(crate) fn shared_app(&self) -> Arc<str> {
        Arc::clone(&self.app)
    }

    pub(super) fn set_app(&mut self, name: &Arc<str>) {
        self.app = Arc::clone(name);
    }

    /// Returns whether HTTPS is what it wants to be called by.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.secure_port.enabled == Some(true)
    }
}

/// An instance in a list, and what the list says that happened to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) action: Action,
    pub(crate) instance: Instance,
}

impl Listed {
    /// Reads it as the root of a document; `None` where something else stands there.
    pub(super) fn wrapped<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self>, A::Error> {
        Ok(map.next_value::<Whole<Draft>>()?.0.and_then(Draft::into_listed))
    }
}

/// What is read of an instance; with the name of the application that it stands in, which it repeats.
#[derive(Debug, Default)]
pub(super) struct Draft {
    within: Option<Arc<str>>,
    action: Action,
    app: Option<Arc<str>>,
    id: Option<Box<str>>,
    host: Option<Box<str>>,
    ip: Option<Box<str>>,
    port: Port,
    secure_port: Port,
    vip: Option<Box<str>>,
    secure_vip: Option<Box<str>>,
    status: Status,
    overridden: Status,
    metadata: Metadata,
    center: Center,
    last_dirty: i64,
}

impl Draft {
    pub(super) fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        within: Option<Arc<str>>,
    ) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectVisitor(Self { within, ..Self::default() }))
    }

    /// Makes the instance; `None` where nothing tells it from another one.
    pub(super) fn into_listed(self) -> Option<Listed> {
        let app = self.app.or(self.within).unwrap_or_default();
        let host = self.host.unwrap_or_default();
        let ip = self.ip.unwrap_or_default();
        let mut metadata = self.metadata;
        // Without one of its own, what servers and Java's client take in its place.
        let ids = [self.id, metadata.id.take(), self.center.id].into_iter().flatten();
        let id = ids.into_iter().find(|id| !id.is_empty());
        let id = id.unwrap_or_else(|| if host.is_empty() { ip.clone() } else { host.clone() });
        if id.is_empty() {
            return None;
        }
        let instance = Instance {
            app,
            id,
            host,
            ip,
            port: self.port,
            secure_port: self.secure_port,
            vip: self.vip.unwrap_or_default(),
            secure_vip: self.secure_vip.unwrap_or_default(),
            status: self.status,
            overridden: self.overridden,
            metadata: metadata.into_entries(),
            zone: self.center.zone,
            last_dirty: self.last_dirty,
        };
        Some(Listed { action: self.action, instance })
    }

    /// Its application's name: nothing is copied where it is the one that it stands in.
    fn take_app(&mut self, name: &Loose<'_>) {
        let Some(name) = name.as_str() else { return };
        self.app = match &self.within {
            Some(within) if **within == *name => Some(Arc::clone(within)),
            _ => Some(upper(name)),
        };
    }
}

/// Names of applications are compared in upper case, as the server's are.
pub(super) fn upper(name: &str) -> Arc<str> {
    if name.chars().any(char::is_lowercase) { name.to_uppercase().into() } else { name.into() }
}

impl<'de> FromObject<'de> for Draft {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "instanceId" => self.id = text(map)?,
            "hostName" => self.host = text(map)?,
            "app" => self.take_app(&map.next_value()?),
            "ipAddr" => self.ip = text(map)?,
            "vipAddress" => self.vip = text(map)?,
            "secureVipAddress" => self.secure_vip = text(map)?,
            "status" => self.status = status(map)?,
            "overriddenStatus" | "overriddenstatus" => self.overridden = status(map)?,
            "port" => self.port = object(map)?,
            "securePort" => self.secure_port = object(map)?,
            "metadata" => self.metadata = object(map)?,
            "dataCenterInfo" => self.center = object(map)?,
            "lastDirtyTimestamp" => {
                self.last_dirty = map.next_value::<Loose<'_>>()?.number().unwrap_or(0);
            }
            "actionType" => {
                let deleted = map.next_value::<Loose<'_>>()?.as_str() == Some("DELETED");
                self.action = if deleted { Action::Deleted } else { Action::Put };
            }
            _ => skip(map)?,
        }
        Ok(())
    }
}

pub(super) fn text<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Box<str>>, A::Error> {
    map.next_value::<Loose<'_>>().map(Loose::into_text)
}

fn status<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Status, A::Error> {
    map.next_value::<Loose<'_>>().map(|text| text.as_str().map(Status::of).unwrap_or_default())
}

fn object<'de, A: MapAccess<'de>, T: FromObject<'de>>(map: &mut A) -> Result<T, A::Error> {
    map.next_value::<Object<T>>().map(|object| object.0)
}

/// `{"$": 8080, "@enabled": "true"}`, or a bare number.
impl<'de> FromObject<'de> for Port {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "$" => self.simple(&map.next_value()?),
            "@enabled" => self.enabled = map.next_value::<Loose<'_>>()?.truth(),
            _ => skip(map)?,
        }
        Ok(())
    }

    fn simple(&mut self, number: &Loose<'de>) {
        let number = number.number().and_then(|number| u16::try_from(number).ok());
        self.number = number.filter(|number| *number != 0);
    }
}

/// What Amazon's data centers say besides.
#[derive(Debug, Default)]
struct Center {
    zone: Option<Box<str>>,
    id: Option<Box<str>>,
}

impl<'de> FromObject<'de> for Center {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "metadata" => *self = object::<_, Amazon>(map)?.0,
            _ => skip(map)?,
        }
        Ok(())
    }
}

#[derive(Default)]
struct Amazon(Center);

impl<'de> FromObject<'de> for Amazon {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "availability-zone" => self.0.zone = text(map)?,
            "instance-id" => self.0.id = text(map)?,
            _ => skip(map)?,
        }
        Ok(())
    }
}
