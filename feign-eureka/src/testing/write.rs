//! Writes answers as Spring's server does: numbers as texts here and there, and its marks of Java.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use serde_json::Value;

use super::store::{Store, Stored};
use crate::model::Status;

#[derive(Serialize)]
struct Applications<'s> {
    #[serde(rename = "versions__delta")]
    version: String,
    #[serde(rename = "apps__hashcode")]
    hash: String,
    application: Vec<Application<'s>>,
}

#[derive(Serialize)]
struct Application<'s> {
    name: &'s str,
    instance: Vec<Instance<'s>>,
}

/// Returns everything; with the hash that is given, or the right one.
pub(super) fn all(store: &mut Store, hash: Option<&str>) -> Vec<u8> {
    store.tidy();
    let store = &*store;
    list("1", hash.unwrap_or(&hash_of(store.all())), store.all())
}

/// Returns what changed lately, with the hash of everything.
pub(super) fn delta(store: &mut Store, hash: Option<&str>) -> Vec<u8> {
    store.tidy();
    store.delta_version += 1;
    let version = store.delta_version.to_string();
    list(&version, hash.unwrap_or(&hash_of(store.all())), store.changed_lately())
}

/// Returns the instances of a virtual address; its case counts.
pub(super) fn vip(store: &mut Store, vip: &str, is_secure: bool) -> Vec<u8> {
    store.tidy();
    let of = |stored: &&Stored| {
        let vips = if is_secure { &stored.secure_vip } else { &stored.vip };
        vips.as_deref().is_some_and(|vips| vips.split(',').any(|one| one == vip))
    };
    let found: Vec<_> = store.all().filter(of).collect();
    list("-1", &hash_of(found.iter().copied()), found)
}

pub(super) fn app(store: &mut Store, app: &str) -> Option<Vec<u8>> {
    store.tidy();
    let instance: Vec<_> = store.all().filter(|stored| stored.app == app).map(Instance).collect();
    (!instance.is_empty()).then(|| wrapped("application", &Application { name: app, instance }))
}

pub(super) fn instance(stored: &Stored) -> Vec<u8> {
    wrapped("instance", &Instance(stored))
}

fn list<'s>(version: &str, hash: &str, all: impl IntoIterator<Item = &'s Stored>) -> Vec<u8> {
    let mut apps: BTreeMap<&str, Vec<Instance<'_>>> = BTreeMap::new();
    for stored in all {
        apps.entry(&stored.app).or_default().push(Instance(stored));
    }
    let application = apps.into_iter().map(|(name, instance)| Application { name, instance });
    let applications = Applications {
        version: version.to_owned(),
        hash: hash.to_owned(),
        application: application.collect(),
    };
    wrapped("applications", &applications)
}

/// Counts every status, in the order of their names.
fn hash_of<'s>(all: impl IntoIterator<Item = &'s Stored>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for stored in all {
        *counts.entry(stored.status.as_str()).or_default() += 1;
    }
    counts.iter().map(|(status, count)| format!("{status}_{count}_")).collect()
}

/// What is left of an instance where `x-eureka-accept: compact` is asked for.
const COMPACT: [&str; 12] = [
    "instanceId",
    "app",
    "ipAddr",
    "vipAddress",
    "secureVipAddress",
    "dataCenterInfo",
    "hostName",
    "status",
    "lastUpdatedTimestamp",
    "actionType",
    "port",
    "securePort",
];

/// Returns a list, or an application, with no more of its instances than a caller needs.
pub(super) fn compact(json: &[u8]) -> Vec<u8> {
    let mut json: Value = serde_json::from_slice(json).unwrap_or_default();
    if let Some(all) = json.get_mut("applications").and_then(Value::as_object_mut) {
        let is_empty = all.get("application").and_then(Value::as_array).is_none_or(Vec::is_empty);
        all.insert("registeredApplicationsEmpty".to_owned(), is_empty.into());
    }
    let is_list = json.get("applications").is_some();
    let found =
        json.pointer_mut(if is_list { "/applications/application" } else { "/application" });
    // One application stands alone.
    let apps = found.map_or(&mut [][..], |found| match found {
        Value::Array(apps) => apps.as_mut_slice(),
        app => std::slice::from_mut(app),
    });
    let instances = |app| Value::get_mut(app, "instance").and_then(Value::as_array_mut);
    for instance in apps.iter_mut().filter_map(instances).flatten() {
        let Some(fields) = instance.as_object_mut() else { continue };
        fields.retain(|key, _| COMPACT.contains(&key.as_str()));
        if let Some(at) = fields.get_mut("lastUpdatedTimestamp") {
            *at = at.as_str().and_then(|at| at.parse::<i64>().ok()).into();
        }
    }
    serde_json::to_vec(&json).unwrap_or_default()
}

fn wrapped(root: &str, value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(&BTreeMap::from([(root, value)])).unwrap_or_default()
}

struct Instance<'s>(&'s Stored);

#[derive(Serialize)]
struct Port {
    #[serde(rename = "$")]
    number: u64,
    #[serde(rename = "@enabled")]
    enabled: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LeaseTimes {
    renewal_interval_in_secs: u64,
    duration_in_secs: u64,
    registration_timestamp: i64,
    last_renewal_timestamp: i64,
    eviction_timestamp: i64,
    service_up_timestamp: i64,
}

fn port((number, enabled): (u64, bool)) -> Port {
    Port { number, enabled: enabled.to_string() }
}

impl Serialize for Instance<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stored = self.0;
        let mut to = serializer.serialize_map(None)?;
        if let Some(id) = &stored.sent_id {
            to.serialize_entry("instanceId", id)?;
        }
        to.serialize_entry("hostName", &stored.host)?;
        to.serialize_entry("app", &stored.app)?;
        to.serialize_entry("ipAddr", &stored.ip)?;
        to.serialize_entry("status", stored.status.as_str())?;
        to.serialize_entry("overriddenStatus", stored.overridden.as_str())?;
        to.serialize_entry("port", &port(stored.port))?;
        to.serialize_entry("securePort", &port(stored.secure_port))?;
        to.serialize_entry("countryId", &1)?;
        to.serialize_entry("dataCenterInfo", &stored.center)?;
        let lease = LeaseTimes {
            renewal_interval_in_secs: stored.renewal_secs,
            duration_in_secs: stored.duration_secs,
            registration_timestamp: stored.registered_at,
            last_renewal_timestamp: stored.renewed_at,
            eviction_timestamp: stored.evicted_at,
            service_up_timestamp: stored.up_at,
        };
        to.serialize_entry("leaseInfo", &lease)?;
        to.serialize_entry("metadata", &metadata(&stored.metadata))?;
        for (name, url) in &stored.urls {
            to.serialize_entry(name, url)?;
        }
        for (name, vip) in [("vipAddress", &stored.vip), ("secureVipAddress", &stored.secure_vip)] {
            if let Some(vip) = vip {
                to.serialize_entry(name, vip)?;
            }
        }
        to.serialize_entry("isCoordinatingDiscoveryServer", "false")?;
        to.serialize_entry("lastUpdatedTimestamp", &stored.updated_at.to_string())?;
        let last_dirty = stored.last_dirty.unwrap_or(stored.registered_at);
        to.serialize_entry("lastDirtyTimestamp", &last_dirty.to_string())?;
        to.serialize_entry("actionType", stored.action)?;
        to.end()
    }
}

/// Nothing at all is marked with a class of Java.
fn metadata(entries: &BTreeMap<String, String>) -> Value {
    if entries.is_empty() {
        return serde_json::json!({ "@class": "java.util.Collections$EmptyMap" });
    }
    serde_json::to_value(entries).unwrap_or_default()
}

/// Reads a status as Java's `valueOf` does, which throws.
pub(super) fn status(name: Option<&String>) -> Option<Status> {
    let name = name?;
    Status::ALL.into_iter().find(|status| status.as_str() == name)
}
