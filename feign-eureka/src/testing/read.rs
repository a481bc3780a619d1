//! Reads registrations as a real server does, with its refusals.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::store::Stored;
use crate::model::Status;

/// Why a registration is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// 400, with this text.
    Because(String),
    /// 400: something that its parser throws at.
    Unreadable,
    /// 500: `null`.
    Null,
    /// A list in place of metadata hangs it for good.
    Hangs,
}

/// What may be an object.
const NESTED: [&str; 5] = ["port", "securePort", "dataCenterInfo", "leaseInfo", "metadata"];

const CENTERS: [&str; 3] = [
    "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo",
    "com.netflix.appinfo.MyDataCenterInfo",
    "com.netflix.appinfo.AmazonInfo",
];

/// Reads a body: what is nested and unknown is taken for a part of what is around it, where it stands
/// last; elsewhere the real parser loses its way.
pub(super) fn body(body: &[u8]) -> Result<Value, Refusal> {
    let mut json: Value = serde_json::from_slice(body).map_err(|_| Refusal::Unreadable)?;
    let last = serde_json::from_slice(body).ok().and_then(|Sent { instance: LastKey(last) }| last);
    let fields = json.get_mut("instance").and_then(Value::as_object_mut);
    if let (Some(fields), Some(last)) = (fields, last.filter(|key| !NESTED.contains(&&**key)))
        && let Some(Value::Object(nested)) = fields.get(&last).cloned()
    {
        fields.remove(&last);
        fields.extend(nested.into_iter().filter(|(_, value)| !is_nested(value)));
    }
    Ok(json)
}

#[derive(serde::Deserialize)]
struct Sent {
    instance: LastKey,
}

/// The last key of an object, which a map of keys no longer tells.
struct LastKey(Option<String>);

impl<'de> Deserialize<'de> for LastKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Self(None))
    }
}

impl<'de> Visitor<'de> for LastKey {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self, A::Error> {
        while let Some((key, IgnoredAny)) = map.next_entry()? {
            self.0 = Some(key);
        }
        Ok(self)
    }
}

/// Reads `{"instance": {..}}` that is sent to an application.
pub(super) fn registration(json: &Value, app: &str) -> Result<Stored, Refusal> {
    if json.is_null() {
        return Err(Refusal::Null);
    }
    let fields = json.get("instance").and_then(Value::as_object).ok_or(Refusal::Unreadable)?;
    let metadata = metadata(fields.get("metadata"))?;
    // Its parser loses its way in what is nested and unknown.
    if fields.iter().any(|(key, value)| is_nested(value) && !NESTED.contains(&key.as_str())) {
        return Err(Refusal::Unreadable);
    }
    let name = text(fields, "app").ok_or(Refusal::Unreadable)?.to_uppercase();
    let center = center(fields)?;
    let missing = |what: &str| Refusal::Because(format!("Missing {what}"));
    let host = text(fields, "hostName").ok_or_else(|| missing("hostname"))?;
    let ip = text(fields, "ipAddr").ok_or_else(|| missing("ip address"))?;
    if name != app {
        let why = format!("Mismatched appName, expecting {app} but was {name}");
        return Err(Refusal::Because(why));
    }
    let center = center.ok_or_else(|| missing("dataCenterInfo"))?;
    if center.get("name").is_none() {
        return Err(missing("dataCenterInfo Name"));
    }
    let lease = |key, default| {
        let lease = fields.get("leaseInfo").and_then(|lease| lease.get(key));
        lease.and_then(number).and_then(|secs| u64::try_from(secs).ok()).unwrap_or(default)
    };
    let url = |key: &'static str| Some((key, text(fields, key)?));
    let urls = ["homePageUrl", "statusPageUrl", "healthCheckUrl", "secureHealthCheckUrl"];
    let status = |key| fields.get(key).and_then(Value::as_str).map(Status::of);
    Ok(Stored {
        app: name,
        sent_id: text(fields, "instanceId"),
        host,
        ip,
        status: status("status").unwrap_or(Status::Up),
        overridden: status("overriddenStatus").or(status("overriddenstatus")).unwrap_or_default(),
        port: port(fields.get("port"), (7001, true))?,
        secure_port: port(fields.get("securePort"), (7002, false))?,
        center,
        renewal_secs: lease("renewalIntervalInSecs", 30),
        duration_secs: lease("durationInSecs", 90),
        metadata,
        urls: urls.into_iter().filter_map(url).collect(),
        vip: text(fields, "vipAddress"),
        secure_vip: text(fields, "secureVipAddress"),
        last_dirty: fields.get("lastDirtyTimestamp").and_then(number),
        ..Stored::default()
    })
}

fn is_nested(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

fn text(fields: &Map<String, Value>, key: &str) -> Option<String> {
    fields.get(key)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn center(fields: &Map<String, Value>) -> Result<Option<Value>, Refusal> {
    let Some(center) = fields.get("dataCenterInfo").filter(|center| !center.is_null()) else {
        return Ok(None);
    };
    let class = center.get("@class").and_then(Value::as_str).unwrap_or_default();
    if !CENTERS.contains(&class) {
        return Err(Refusal::Unreadable);
    }
    let is_known = |name: &Value| matches!(name.as_str(), Some("MyOwn" | "Amazon" | "Netflix"));
    match center.get("name") {
        Some(name) if !is_known(name) => Err(Refusal::Unreadable),
        _ => Ok(Some(center.clone())),
    }
}

fn port(value: Option<&Value>, default: (u64, bool)) -> Result<(u64, bool), Refusal> {
    let Some(value) = value.filter(|value| !value.is_null()) else { return Ok(default) };
    let port = value.as_object().ok_or(Refusal::Unreadable)?;
    let wanted = port.get("$").and_then(number).and_then(|number| u64::try_from(number).ok());
    let enabled = port.get("@enabled").map(|enabled| match enabled {
        Value::Bool(enabled) => *enabled,
        enabled => enabled.as_str() == Some("true"),
    });
    Ok((wanted.unwrap_or(default.0), enabled.unwrap_or(default.1)))
}

/// Everything becomes a text; what is nested is mangled, silently.
fn metadata(value: Option<&Value>) -> Result<BTreeMap<String, String>, Refusal> {
    let mut entries = BTreeMap::new();
    match value {
        None | Some(Value::Null) => {}
        Some(Value::Object(fields)) => fields.iter().for_each(|(key, value)| match value {
            _ if key == "@class" => {}
            Value::Object(nested) => {
                entries.insert(key.clone(), "{".to_owned());
                entries.extend(nested.iter().map(|(key, value)| (key.clone(), shown(value))));
            }
            value => drop(entries.insert(key.clone(), shown(value))),
        }),
        Some(Value::Array(_)) => return Err(Refusal::Hangs),
        Some(_) => return Err(Refusal::Unreadable),
    }
    Ok(entries)
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
