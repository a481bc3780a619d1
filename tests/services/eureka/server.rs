//! Eureka as a system.

use serde_json::Value;

use crate::support::eureka::{EurekaServer, client};
use crate::support::{System, spring};

/// A server whose registry is empty between scenes.
pub(crate) struct Untouched(pub(crate) EurekaServer);

impl System for Untouched {
    async fn start() -> Result<Self, String> {
        spring::prepare().await?;
        EurekaServer::start().await.map(Self)
    }
}

/// The ids of all the instances that a server tells of, in order.
pub(crate) async fn ids(url: &str) -> Vec<String> {
    ids_if(url, |_| true).await
}

/// The ids of the instances of applications with such names, in order.
pub(crate) async fn ids_if(url: &str, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let asked = client().unwrap().get(format!("{url}/apps")).header("accept", "application/json");
    let text = asked.send().await.unwrap().text().await.unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    let apps = all["applications"]["application"].as_array().unwrap();
    let apps = apps.iter().filter(|app| is_wanted(app["name"].as_str().unwrap()));
    let instances = apps.flat_map(|app| app["instance"].as_array().unwrap());
    let id = |instance: &Value| instance["instanceId"].as_str().unwrap().to_owned();
    let mut ids: Vec<_> = instances.map(id).collect();
    ids.sort();
    ids
}
