//! An instance as it is registered: the fields that every server reads.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use crate::error::Refused;
use crate::model::Status;
use crate::registration::Registration;

/// An instance as it is registered, written as Java's client writes it.
///
/// Servers are particular: `port` must be an object, `metadata` too (a list hangs Spring's server for
/// good), and `@class` has to be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub(crate) id: String,
    pub(crate) app: String,
    pub(crate) host: String,
    pub(crate) ip: String,
    pub(crate) vip: String,
    pub(crate) secure_vip: String,
    pub(crate) port: (u16, bool),
    pub(crate) secure_port: (u16, bool),
    pub(crate) status: Status,
    pub(crate) overridden: Status,
    pub(crate) renewal_secs: u64,
    pub(crate) duration_secs: u64,
    pub(crate) home_page: Option<String>,
    pub(crate) status_page: Option<String>,
    pub(crate) health_check: Option<String>,
    pub(crate) secure_health_check: Option<String>,
    pub(crate) metadata: BTreeMap<String, String>,
    pub(crate) last_dirty: i64,
}

/// Returns the time as the registry counts it: in milliseconds since 1970.
pub(crate) fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_millis()).unwrap_or(i64::MAX)
}

impl Written {
    /// Writes what a service says of itself, as something new.
    ///
    /// # Errors
    ///
    /// When that cannot be registered, such as without a port.
    pub fn of(registration: &Registration) -> Result<Self, Refused> {
        let written = registration.written(None).map_err(|why| Refused(why.into()))?;
        Ok(Self { last_dirty: now(), ..written })
    }

    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the application, in upper case.
    #[must_use]
    pub fn app(&self) -> &str {
        &self.app
    }
}

#[derive(serde::Serialize)]
struct Port {
    #[serde(rename = "$")]
    number: u16,
    #[serde(rename = "@enabled")]
    enabled: &'static str,
}

#[derive(serde::Serialize)]
struct Center {
    #[serde(rename = "@class")]
    class: &'static str,
    name: &'static str,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct LeaseTimes {
    renewal_interval_in_secs: u64,
    duration_in_secs: u64,
}

fn port((number, enabled): (u16, bool)) -> Port {
    Port { number, enabled: if enabled { "true" } else { "false" } }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut root = serializer.serialize_struct("Root", 1)?;
        root.serialize_field("instance", &Fields(self))?;
        root.end()
    }
}

/// What stands below `instance`.
struct Fields<'w>(&'w Written);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Written { renewal_secs, duration_secs, .. } = *self.0;
        let written = self.0;
        let mut to = serializer.serialize_struct("Instance", 20)?;
        to.serialize_field("instanceId", &written.id)?;
        to.serialize_field("hostName", &written.host)?;
        to.serialize_field("app", &written.app)?;
        to.serialize_field("ipAddr", &written.ip)?;
        to.serialize_field("vipAddress", &written.vip)?;
        to.serialize_field("secureVipAddress", &written.secure_vip)?;
        to.serialize_field("status", written.status.as_str())?;
        to.serialize_field("overriddenStatus", written.overridden.as_str())?;
        to.serialize_field("port", &port(written.port))?;
        to.serialize_field("securePort", &port(written.secure_port))?;
        to.serialize_field("countryId", &1)?;
        let class = "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo";
        to.serialize_field("dataCenterInfo", &Center { class, name: "MyOwn" })?;
        let lease =
            LeaseTimes { renewal_interval_in_secs: renewal_secs, duration_in_secs: duration_secs };
        to.serialize_field("leaseInfo", &lease)?;
        for (name, url) in [
            ("homePageUrl", &written.home_page),
            ("statusPageUrl", &written.status_page),
            ("healthCheckUrl", &written.health_check),
            ("secureHealthCheckUrl", &written.secure_health_check),
        ] {
            if let Some(url) = url {
                to.serialize_field(name, url)?;
            }
        }
        to.serialize_field("metadata", &written.metadata)?;
        to.serialize_field("lastUpdatedTimestamp", &written.last_dirty.to_string())?;
        to.serialize_field("lastDirtyTimestamp", &written.last_dirty.to_string())?;
        to.end()
    }
}
