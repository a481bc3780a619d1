//! Services of ours, found through the registry.

use std::collections::BTreeMap;
use std::time::Duration;

use feign::discover::State;

use super::fleet::{Instance, stop};
use super::load::{Inventory as _, InventoryClient, Load, hub};
use super::server::Untouched;
use crate::support::eureka::client;

pub(super) async fn three_share_calls_evenly(Untouched(server): &Untouched) {
    let fleet = Instance::three(server, &[server.url()]).await;
    let hub = hub(&[server.url()]);
    hub.warm_up(["inventory"]).await.unwrap();
    let client: InventoryClient = hub.client();
    let mut answered = BTreeMap::<_, u32>::new();
    for _ in 0..3000 {
        let item = client.item("a-1").await.unwrap();
        assert_eq!(item.sku, "a-1");
        *answered.entry(item.instance).or_default() += 1;
    }
    println!("eureka: three services: 3000 calls, 0 failed, {answered:?}");
    assert_eq!(answered.keys().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert!(answered.values().all(|calls| (999..=1001).contains(calls)), "{answered:?}");
    stop(server, fleet).await;
}

/// By the REST API of the server, as an operator does.
pub(super) async fn an_override_takes_one_out_and_back(Untouched(server): &Untouched) {
    let fleet = Instance::three(server, &[server.url()]).await;
    let load = Load::start(hub(&[server.url()]));
    load.calls(&["a", "b", "c"]).await;

    let status = format!("{}/apps/INVENTORY/a/status?value=", server.url());
    let out = client().unwrap().put(format!("{status}OUT_OF_SERVICE")).send().await.unwrap();
    assert_eq!(out.status(), 200);
    load.calls(&["b", "c"]).await;
    let before = load.answered("a");
    // It stays so, whatever its heartbeats say.
    tokio::time::sleep(Duration::from_secs(2)).await;
    load.calls(&["b", "c"]).await;
    assert_eq!(load.answered("a"), before);
    assert_eq!(load.known("a").unwrap().state(), State::Draining);

    let back = client().unwrap().delete(format!("{status}UP")).send().await.unwrap();
    assert_eq!(back.status(), 200);
    load.calls(&["a", "b", "c"]).await;
    assert!(load.answered("a") > before);
    load.finish("one taken out by an override, and back");
    stop(server, fleet).await;
}
