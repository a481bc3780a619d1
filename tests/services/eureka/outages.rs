//! Servers that die, while calls flow.

use std::time::Duration;

use feign::Hub;

use super::fleet::{Instance, listed, stop};
use super::gate::Gate;
use super::load::{Load, hub, source};
use super::server::Untouched;
use crate::support::eureka::EurekaServer;

/// It takes connections and never answers, and has forgotten nothing then.
pub(super) async fn hanging_for_a_while(Untouched(server): &Untouched) {
    let fleet = Instance::three(server, &[server.url()]).await;
    let eureka = source(&[server.url()]).timeout(Duration::from_millis(500)).build();
    let load = Load::start(Hub::builder().discover(eureka.unwrap()).build().unwrap());
    load.calls(&["a", "b", "c"]).await;
    assert!(load.is_live());

    server.freeze(true).unwrap();
    load.is_stale("timed out").await;
    // Longer than a lease.
    tokio::time::sleep(Duration::from_secs(2)).await;
    load.calls(&["a", "b", "c"]).await;
    server.freeze(false).unwrap();
    load.lives().await;
    load.calls(&["a", "b", "c"]).await;
    load.finish("the only server hanging for a while");
    stop(server, fleet).await;
}

pub(super) async fn dead_for_a_while_and_empty_then(_: &Untouched) {
    let mut server = EurekaServer::start().await.unwrap();
    // Services reach it by a way of their own, which is shut until the callers have seen it empty.
    let mut gate = Gate::before(&server.url()).await;
    let _fleet = Instance::three(&server, &[gate.url()]).await;
    let load = Load::start(hub(&[server.url()]));
    load.calls(&["a", "b", "c"]).await;
    assert!(load.is_live());

    gate.shut().await;
    server.kill();
    load.is_stale("onnection").await;
    let dead = load.counts().calls();
    load.calls(&["a", "b", "c"]).await;

    server.restart().await.unwrap();
    listed(&server, &[]).await;
    load.is_stale("lists nothing").await;
    let empty = load.counts().calls();
    load.calls(&["a", "b", "c"]).await;

    gate.open().await;
    listed(&server, &["a", "b", "c"]).await;
    load.lives().await;
    load.calls(&["a", "b", "c"]).await;
    println!("eureka: calls until it was known that the server is dead {dead}, and empty {empty}");
    load.finish("the only server dead for a while, then empty");
}

pub(super) async fn one_of_two_peers_dies(_: &Untouched) {
    let [mut one, other] = EurekaServer::start_pair().await.unwrap();
    let urls = [one.url(), other.url()];
    let _fleet = Instance::three(&other, &urls).await;
    // The first one is that of our own zone.
    let eureka = source(&[]).zone("0").server_in("0", one.url()).server_in("1", other.url());
    let hub = Hub::builder().discover(eureka.build().unwrap()).build().unwrap();
    let load = Load::start(hub);
    load.calls(&["a", "b", "c"]).await;

    one.kill();
    // Their leases would have run out by then, if they were not renewed at the other one.
    let watched = tokio::time::timeout(Duration::from_secs(6), async {
        loop {
            assert!(load.is_live(), "the other one answers in its place");
            load.goes_on().await;
        }
    });
    watched.await.unwrap_err();
    listed(&other, &["a", "b", "c"]).await;
    let _late = Instance::start("d", &urls).await;
    listed(&other, &["a", "b", "c", "d"]).await;
    load.calls(&["a", "b", "c", "d"]).await;
    assert!(load.answered("d") > 0);
    load.finish("one of two peers killed, and one more registered");
}
