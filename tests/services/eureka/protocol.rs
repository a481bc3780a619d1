//! The protocol itself, by plain HTTP: what everything else here relies on.

use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;

use super::script;
use super::server::{Untouched, ids};
use crate::support::eureka::{EurekaServer, client};
use crate::support::until;

const LIMIT: Duration = Duration::from_secs(20);

/// The double of our users' tests is no other than the real one.
pub(super) async fn every_row(Untouched(server): &Untouched) {
    let real = script::play(&server.url()).await;
    let double = feign_eureka::testing::EurekaServer::start().await.unwrap();
    script::assert_alike(&script::play(double.url()).await, &real);
    println!(
        "eureka: the script: {} rows, answered alike by the real server and the double",
        real.len()
    );
}

pub(super) async fn a_lease_lasts_twice_once_renewed(Untouched(server): &Untouched) {
    let url = server.url();
    let begin = Instant::now();
    register(&url, "never", 2).await;
    register(&url, "once", 2).await;
    let beat = format!("{url}/apps/LEASES/once");
    assert_eq!(client().unwrap().put(beat).send().await.unwrap().status(), 200);
    let gone = async |id: &str| {
        until(id, LIMIT, async || (!ids(&url).await.contains(&id.to_owned())).then_some(()))
            .await
            .unwrap();
        begin.elapsed()
    };
    let (never, once) = tokio::join!(gone("never"), gone("once"));
    eprintln!("eureka: of 2 s, never renewed {never:.1?}, once renewed {once:.1?}");
    // It looks every second.
    assert!(never > Duration::from_secs(2) && never < Duration::from_secs(4), "{never:?}");
    assert!(once > Duration::from_secs(4) && once < Duration::from_secs(7), "{once:?}");
}

pub(super) async fn one_that_waits_for_peers_refuses_reads(_: &Untouched) {
    let server = EurekaServer::start_with(&[
        "eureka.server.wait-time-in-ms-when-sync-empty=60000",
        "eureka.instance.registry.default-open-for-traffic-count=0",
    ]);
    let url = server.await.unwrap();
    let url = url.url();
    for target in ["/apps", "/apps/delta", "/apps/LEASES"] {
        let asked = client().unwrap().get(format!("{url}{target}"));
        let answer = asked.header("accept", "application/json").send().await.unwrap();
        assert_eq!(answer.status(), 403, "{target}");
    }
    register(&url, "taken", 30).await;
}

pub(super) async fn peers_tell_each_other(_: &Untouched) {
    let [mut one, mut other] = EurekaServer::start_pair().await.unwrap();
    register(&one.url(), "i1", 30).await;
    knows(&other, &["i1"]).await;
    register(&other.url(), "i2", 30).await;
    knows(&one, &["i1", "i2"]).await;

    other.kill();
    register(&one.url(), "i3", 30).await;
    knows(&one, &["i1", "i2", "i3"]).await;
    other.restart().await.unwrap();
    knows(&other, &["i1", "i2", "i3"]).await;

    one.stop().await.unwrap();
    one.restart().await.unwrap();
    knows(&one, &["i1", "i2", "i3"]).await;
}

async fn register(url: &str, id: &str, lease: u32) {
    let registration = json!({ "instance": {
        "instanceId": id,
        "app": "LEASES",
        "hostName": "127.0.0.1",
        "ipAddr": "127.0.0.1",
        "status": "UP",
        "dataCenterInfo": {
            "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo",
            "name": "MyOwn",
        },
        "leaseInfo": { "renewalIntervalInSecs": lease, "durationInSecs": lease },
    }});
    let asked = client().unwrap().post(format!("{url}/apps/LEASES"));
    let asked = asked.header("content-type", "application/json").body(registration.to_string());
    assert_eq!(asked.send().await.unwrap().status(), 204);
}

async fn knows(server: &EurekaServer, expected: &[&str]) {
    let url = server.url();
    until("the ids", LIMIT, async || (ids(&url).await == expected).then_some(())).await.unwrap();
}
