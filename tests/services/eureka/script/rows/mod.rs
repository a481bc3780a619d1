//! The rows, by what they ask for. Each group leaves the registry as it found it: empty.

mod heartbeats;
mod metadata;
mod overrides;
mod reading;
mod registering;
mod wrong;

use serde_json::{Value, json};

use super::row::{Row, delete, get, post, post_text, put};

pub(super) fn all() -> Vec<Row> {
    let groups = [
        reading::empty,
        reading::one,
        reading::headers,
        reading::gzip,
        reading::vips,
        registering::demanded,
        registering::optional,
        registering::again,
        registering::ids,
        registering::content_types,
        heartbeats::leases,
        heartbeats::dirty,
        heartbeats::statuses,
        overrides::set_and_removed,
        overrides::wrong,
        metadata::added,
        metadata::kinds,
        metadata::large,
        registering::statuses_are_counted,
        wrong::targets,
        reading::deleted,
    ];
    groups.into_iter().flat_map(|group| group()).collect()
}

/// A registration of `ORDERS` in full.
fn orders(id: &str) -> Value {
    json!({ "instance": {
        "instanceId": id,
        "app": "ORDERS",
        "hostName": "127.0.0.1",
        "ipAddr": "127.0.0.1",
        "vipAddress": "orders",
        "secureVipAddress": "orders-s",
        "status": "UP",
        "port": { "$": 8080, "@enabled": "true" },
        "securePort": { "$": 8443, "@enabled": "false" },
        "homePageUrl": "http://127.0.0.1:8080/",
        "statusPageUrl": "http://127.0.0.1:8080/info",
        "healthCheckUrl": "http://127.0.0.1:8080/health",
        "dataCenterInfo": {
            "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo",
            "name": "MyOwn",
        },
        "leaseInfo": { "renewalIntervalInSecs": 30, "durationInSecs": 90 },
        "metadata": { "zone": "z1", "weight": "3" },
    }})
}

/// The same with some members said otherwise; `null` leaves one out.
fn orders_but(id: &str, members: Value) -> Value {
    let mut registration = orders(id);
    let instance = &mut registration["instance"];
    if let Value::Object(members) = members {
        for (name, value) in members {
            match value {
                Value::Null => drop(instance.as_object_mut().and_then(|all| all.remove(&name))),
                value => instance[name] = value,
            }
        }
    }
    registration
}

/// How a server tells of `orders(id)`.
fn told(id: &str) -> Value {
    let mut instance = orders(id)["instance"].take();
    instance["overriddenStatus"] = "UNKNOWN".into();
    instance["countryId"] = 1.into();
    instance["leaseInfo"] = json!({
        "renewalIntervalInSecs": 30,
        "durationInSecs": 90,
        "registrationTimestamp": "(number: time)",
        "lastRenewalTimestamp": "(number: time)",
        "evictionTimestamp": 0,
        "serviceUpTimestamp": "(number: time)",
    });
    instance["isCoordinatingDiscoveryServer"] = "false".into();
    instance["lastUpdatedTimestamp"] = "(string: time)".into();
    instance["lastDirtyTimestamp"] = "(string: time)".into();
    instance["actionType"] = "ADDED".into();
    instance
}

const APP: &str = "/apps/ORDERS";
const STATUS: &str = "/instance/status";
const OVERRIDDEN: &str = "/instance/overriddenStatus";
const HASH: &str = "/applications/apps__hashcode";

/// Registers, and expects to be taken.
fn register(id: &str) -> Row {
    post(APP, &orders(id), 204).nothing()
}

fn cancel(id: &str) -> Row {
    delete(format!("{APP}/{id}"), 200).nothing()
}

fn look(id: &str) -> Row {
    get(format!("{APP}/{id}"), 200)
}

/// What the container answers where nobody of Eureka does.
fn container_says(row: Row, path: &str, status: u16, error: &str) -> Row {
    row.json(json!({
        "timestamp": "(text: time)",
        "status": status,
        "error": error,
        "path": format!("/eureka{path}"),
    }))
}
