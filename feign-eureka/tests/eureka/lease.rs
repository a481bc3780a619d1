//! A lease: registered at once, renewed, registered again, changed.

use std::time::Duration;

use feign_eureka::testing::{EurekaServer, Fault};
use feign_eureka::{Eureka, Status};
use tokio::time::Instant;

use crate::support::{Followed, client, client_of, instance, secs, until};

const REGISTER: &str = "POST /eureka/apps/ORDERS";
const RENEW: &str = "PUT /eureka/apps/ORDERS/i1?";

fn dirty(server: &EurekaServer) -> Vec<i64> {
    let heard = server.heard();
    let bodies = heard.iter().filter(|heard| heard.line().starts_with(REGISTER));
    bodies
        .map(|heard| {
            let body: serde_json::Value = serde_json::from_slice(heard.body()).unwrap();
            body["instance"]["lastDirtyTimestamp"].as_str().unwrap().parse().unwrap()
        })
        .collect()
}

#[tokio::test(start_paused = true)]
async fn registered_at_once_and_renewed() {
    let server = EurekaServer::new();
    let started = Instant::now();
    let lease = client(&server).register(instance("orders", 1));
    lease.registered().await.unwrap();
    assert_eq!(started.elapsed(), Duration::ZERO);
    assert_eq!(server.status("orders", "i1"), Some(Status::Up));
    // Far longer than a lease: 90 s, or 180 s once it was renewed.
    tokio::time::sleep(secs(600)).await;
    assert_eq!(server.status("orders", "i1"), Some(Status::Up));
    assert_eq!(server.count(REGISTER), 1);
    let renewals = server.count(RENEW);
    assert!((20..=23).contains(&renewals), "{renewals} in 600 s");
    let line = server.heard().last().unwrap().line();
    assert_eq!(line, format!("{RENEW}status=UP&lastDirtyTimestamp={}", dirty(&server)[0]));
}

#[tokio::test(start_paused = true)]
async fn its_times_are_said() {
    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1).lease(secs(5), secs(12)));
    lease.registered().await.unwrap();
    tokio::time::sleep(secs(60)).await;
    assert!((12..=14).contains(&server.count(RENEW)), "{}", server.count(RENEW));
    let body = String::from_utf8(server.heard()[0].body().to_vec()).unwrap();
    assert!(
        body.contains(r#""leaseInfo":{"renewalIntervalInSecs":5,"durationInSecs":12}"#),
        "{body}"
    );
}

/// E3.
#[tokio::test(start_paused = true)]
async fn a_lost_lease_is_registered_again() {
    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1));
    lease.registered().await.unwrap();
    server.restart_empty();
    assert_eq!(server.status("orders", "i1"), None);
    tokio::time::sleep(secs(31)).await;
    assert_eq!(server.status("orders", "i1"), Some(Status::Up), "within one renewal");
    let lines: Vec<_> = server.heard().iter().map(|heard| heard.line()).collect();
    let verbs: Vec<_> = lines.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(verbs, ["POST", "GET", "PUT", "POST"]);
    // The next renewal is as good as any.
    tokio::time::sleep(secs(31)).await;
    assert_eq!((server.count(REGISTER), server.count(RENEW)), (2, 2));
}

/// E14: a server takes an older one for old, and a newer one on renewal for news.
#[tokio::test(start_paused = true)]
async fn last_dirty_timestamps_rise() {
    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1));
    lease.registered().await.unwrap();
    for turn in 0..6 {
        lease.set_metadata("turn", turn.to_string());
        tokio::time::sleep(secs(40)).await;
        if turn % 2 == 0 {
            server.restart_empty();
            tokio::time::sleep(secs(40)).await;
        }
    }
    let dirty = dirty(&server);
    assert!(dirty.len() >= 9, "{dirty:?}");
    assert!(dirty.is_sorted_by(|a, b| a < b), "{dirty:?}");
    assert_eq!(server.instances("orders")[0].last_dirty(), dirty[dirty.len() - 1]);
}

/// The instance has lived before, on a machine whose clock was ahead: the server keeps what that said,
/// and answers 204 all the same.
#[tokio::test(start_paused = true)]
async fn a_record_of_an_earlier_life_is_overruled() {
    let server = EurekaServer::new();
    let hub = feign_core::Hub::builder().transport(server.transport()).build().unwrap();
    // A record from the future.
    #[feign_macros::client(crate = ::feign_core)]
    trait Raw {
        #[post("/apps/ORDERS")]
        async fn register(&self, #[body] json: &serde_json::Value)
        -> Result<(), feign_core::Error>;
    }
    let raw: RawClient = hub.client_at(server.url()).unwrap();
    let future = 4_000_000_000_000_i64;
    raw.register(&serde_json::json!({ "instance": {
        "instanceId": "i1", "app": "ORDERS", "hostName": "old", "ipAddr": "1.1.1.1", "lastDirtyTimestamp": future,
        "dataCenterInfo": { "@class": "com.netflix.appinfo.MyDataCenterInfo", "name": "MyOwn" },
    } }))
    .await
    .unwrap();
    let lease = client(&server).register(instance("orders", 1));
    lease.registered().await.unwrap();
    let known = &server.instances("orders")[0];
    assert_eq!((known.host(), known.last_dirty()), ("h1", future + 1));
    lease.set_metadata("k", "v");
    until(|| server.instances("orders")[0].metadata().count() == 1).await;
}

#[tokio::test(start_paused = true)]
async fn our_zone_is_said() {
    let server = EurekaServer::new();
    let eureka = client_of(&server).zone("a").build().unwrap();
    let leases =
        [instance("orders", 1), instance("orders", 2).zone("b")].map(|one| eureka.register(one));
    for lease in &leases {
        lease.registered().await.unwrap();
    }
    let known = server.instances("orders");
    let zones: Vec<_> = known.iter().map(|one| one.zone()).collect();
    assert_eq!(zones, [Some("a"), Some("b")]);
}

#[tokio::test(start_paused = true)]
async fn a_dead_registry_at_the_start_is_survived() {
    let server = EurekaServer::new();
    server.set_fault(Fault::Down);
    let lease = client(&server).register(instance("orders", 1));
    tokio::time::sleep(secs(300)).await;
    server.set_fault(None);
    let back = Instant::now();
    lease.registered().await.unwrap();
    assert!(back.elapsed() <= secs(36), "{:?}", back.elapsed());
    assert_eq!(server.status("orders", "i1"), Some(Status::Up));
}

/// The first tries follow each other quickly: a registry that starts beside us is found soon.
#[tokio::test(start_paused = true)]
async fn a_registry_that_comes_a_little_later() {
    let server = EurekaServer::new();
    server.set_fault(Fault::Down);
    let lease = client(&server).register(instance("orders", 1));
    tokio::time::sleep(secs(2)).await;
    server.set_fault(None);
    let back = Instant::now();
    lease.registered().await.unwrap();
    assert!(back.elapsed() <= secs(3), "{:?}", back.elapsed());
}

/// Every request has an end: a server of Spring can hang for good.
#[tokio::test(start_paused = true)]
async fn a_registry_that_hangs_is_left_alone() {
    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1));
    lease.registered().await.unwrap();
    server.set_fault(Fault::Hang);
    tokio::time::sleep(secs(90)).await;
    let asked = server.count(RENEW);
    assert!((2..=6).contains(&asked), "{asked}");
    server.set_fault(None);
    tokio::time::sleep(secs(80)).await;
    assert_eq!(server.status("orders", "i1"), Some(Status::Up));
}

#[tokio::test(start_paused = true)]
async fn starting_up_out_of_service_down() {
    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1).starting());
    let status = || server.status("orders", "i1").unwrap();
    lease.registered().await.unwrap();
    assert_eq!(status(), Status::Starting);
    for (say, meant) in [
        (Status::Up, Status::Up),
        (Status::OutOfService, Status::OutOfService),
        (Status::Up, Status::Up),
        (Status::Down, Status::Down),
        (Status::OutOfService, Status::OutOfService),
        (Status::Down, Status::Down),
        (Status::Up, Status::Up),
        (Status::Starting, Status::Starting),
        (Status::Up, Status::Up),
    ] {
        lease.set_status(say);
        assert_eq!(lease.status(), meant);
        // Longer than the limiter holds anything back, and across renewals.
        tokio::time::sleep(secs(65)).await;
        assert_eq!(status(), meant);
    }
}

/// A server keeps `UP` where `OUT_OF_SERVICE` is registered over it: so that is not how it is said.
#[tokio::test(start_paused = true)]
async fn out_of_service_survives_everything() {
    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1));
    lease.registered().await.unwrap();
    lease.out_of_service();
    tokio::time::sleep(secs(1)).await;
    assert_eq!(server.count("PUT /eureka/apps/ORDERS/i1/status?value=OUT_OF_SERVICE"), 1);
    lease.set_metadata("k", "v");
    tokio::time::sleep(secs(40)).await;
    let known = &server.instances("orders")[0];
    assert_eq!(known.status(), Status::OutOfService);
    assert_eq!(known.metadata().next(), Some(("k", "v")));
    server.restart_empty();
    tokio::time::sleep(secs(40)).await;
    assert_eq!(server.status("orders", "i1"), Some(Status::OutOfService));
    lease.up();
    tokio::time::sleep(secs(40)).await;
    assert_eq!(server.status("orders", "i1"), Some(Status::Up));
}

/// An operator's word stands above ours, also after the server has forgotten it.
#[tokio::test(start_paused = true)]
async fn an_override_is_honoured() {
    let server = EurekaServer::new();
    let eureka = client(&server);
    let lease = eureka.register(instance("orders", 1));
    lease.registered().await.unwrap();
    let mut orders = Followed::new(&eureka, "orders");
    assert_eq!(orders.up().await, ["h1"]);
    server.override_status("orders", "i1", Status::OutOfService);
    assert!(orders.up().await.is_empty());
    lease.set_metadata("k", "v");
    lease.up();
    tokio::time::sleep(secs(100)).await;
    assert_eq!(server.status("orders", "i1"), Some(Status::OutOfService));
    assert_eq!(server.instances("orders")[0].metadata().count(), 1);
    server.restart_empty();
    tokio::time::sleep(secs(40)).await;
    let known = &server.instances("orders")[0];
    assert_eq!(
        (known.status(), known.overridden_status()),
        (Status::OutOfService, Status::OutOfService)
    );
}

/// `DELETE ..status` without a status leaves `UNKNOWN` behind, and 404 for the next renewal.
#[tokio::test(start_paused = true)]
async fn an_override_that_was_taken_away_badly() {
    use feign_eureka::api::{Api as _, ApiClient};

    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1));
    lease.registered().await.unwrap();
    let hub = feign_core::Hub::builder().transport(server.transport()).build().unwrap();
    let api: ApiClient = hub.client_at(server.url()).unwrap();
    api.override_status("ORDERS", "i1", Status::OutOfService, None).await.unwrap();
    api.remove_override("ORDERS", "i1", None, None).await.unwrap();
    assert_eq!(server.status("orders", "i1"), Some(Status::Unknown));
    tokio::time::sleep(secs(31)).await;
    assert_eq!(server.status("orders", "i1"), Some(Status::Up));
}

/// The same, while what was read last still tells of the override: it is not told again.
#[tokio::test(start_paused = true)]
async fn an_override_that_was_taken_away_is_not_put_back() {
    use feign_eureka::api::{Api as _, ApiClient};

    let server = EurekaServer::new();
    let eureka = client_of(&server).interval(secs(3_600)).build().unwrap();
    let lease = eureka.register(instance("orders", 1));
    lease.registered().await.unwrap();
    server.override_status("orders", "i1", Status::OutOfService);
    assert!(Followed::new(&eureka, "orders").up().await.is_empty());
    let hub = feign_core::Hub::builder().transport(server.transport()).build().unwrap();
    let api: ApiClient = hub.client_at(server.url()).unwrap();
    api.remove_override("ORDERS", "i1", None, None).await.unwrap();
    tokio::time::sleep(secs(31)).await;
    assert_eq!(server.status("orders", "i1"), Some(Status::Up), "after a renewal");
    server.override_status("orders", "i1", Status::OutOfService);
    api.remove_override("ORDERS", "i1", Some(Status::Up), None).await.unwrap();
    lease.set_metadata("k", "v");
    tokio::time::sleep(secs(31)).await;
    assert_eq!(server.instances("orders")[0].metadata().count(), 1);
    assert_eq!(server.status("orders", "i1"), Some(Status::Up), "after a change");
}

/// Nor is what was our own word, which we took back.
#[tokio::test(start_paused = true)]
async fn our_own_override_is_not_put_back() {
    let server = EurekaServer::new();
    let eureka = client_of(&server).interval(secs(3_600)).build().unwrap();
    let lease = eureka.register(instance("orders", 1));
    lease.registered().await.unwrap();
    lease.out_of_service();
    until(|| server.status("orders", "i1") == Some(Status::OutOfService)).await;
    assert!(Followed::new(&eureka, "orders").up().await.is_empty());
    lease.up();
    tokio::time::sleep(secs(20)).await;
    assert_eq!(server.status("orders", "i1"), Some(Status::Up));
    lease.set_metadata("k", "v");
    tokio::time::sleep(secs(20)).await;
    assert_eq!(server.status("orders", "i1"), Some(Status::Up), "after a change");
    server.restart_empty();
    tokio::time::sleep(secs(31)).await;
    assert_eq!(server.status("orders", "i1"), Some(Status::Up), "after a restart");
}

#[tokio::test(start_paused = true)]
async fn changes_are_told_four_times_a_minute_at_most() {
    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1));
    lease.registered().await.unwrap();
    let started = Instant::now();
    let mut changes = 0;
    while started.elapsed() < secs(180) {
        changes += 1;
        lease.set_metadata("change", changes.to_string());
        tokio::time::sleep(secs(1)).await;
    }
    let told = server.count(REGISTER) - 1;
    assert!((12..=14).contains(&told), "{told} of {changes} in three minutes");
    tokio::time::sleep(secs(16)).await;
    let known = &server.instances("orders")[0];
    assert_eq!(
        known.metadata().next(),
        Some(("change", changes.to_string().as_str())),
        "the last is told"
    );
    // What is registered again is renewed by that.
    assert_eq!(known.status(), Status::Up);
}

/// A change that waits for its turn holds no renewal up.
#[tokio::test(start_paused = true)]
async fn a_short_lease_is_renewed_while_a_change_waits() {
    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1).lease(secs(5), secs(12)));
    lease.registered().await.unwrap();
    for change in 0..3 {
        lease.set_metadata("change", change.to_string());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(server.count(REGISTER), 3, "the third one waits");
    for _ in 0..20 {
        tokio::time::sleep(secs(1)).await;
        assert_eq!(server.status("orders", "i1"), Some(Status::Up));
    }
    assert_eq!(server.count(REGISTER), 4);
}

#[tokio::test(start_paused = true)]
async fn the_first_two_changes_are_told_at_once() {
    let server = EurekaServer::new();
    let lease = client(&server).register(instance("orders", 1).metadata("gone", "soon"));
    lease.registered().await.unwrap();
    let started = Instant::now();
    let known = |key: &str| {
        let all = server.instances("orders");
        all[0].metadata().find(|(known, _)| *known == key).map(|(_, value)| value.to_owned())
    };
    lease.set_metadata("one", "1");
    until(|| known("one").is_some()).await;
    lease.remove_metadata("gone");
    until(|| known("gone").is_none()).await;
    assert!(started.elapsed() < secs(1));
    lease.set_metadata("three", "3");
    until(|| known("three").is_some()).await;
    assert!(started.elapsed() > secs(14), "{:?}", started.elapsed());
    assert_eq!(server.count(REGISTER), 4);
}

/// The runtime of the task goes, the process lives on.
#[test]
fn it_survives_its_runtime() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = EurekaServer::new();
    let eureka: Eureka = client(&server);
    let lease = {
        let first = runtime();
        first.block_on(async {
            let lease = eureka.register(instance("orders", 1));
            lease.registered().await.unwrap();
            lease
        })
    };
    runtime().block_on(async {
        lease.out_of_service();
        until(|| server.status("orders", "i1") == Some(Status::OutOfService)).await;
        lease.leave().await;
    });
    assert!(server.instances("orders").is_empty());
}

/// Outside of a runtime nothing can be sent: it begins with the first call within one.
#[test]
fn without_a_runtime_it_begins_later() {
    let server = EurekaServer::new();
    let lease = client_of(&server).build().unwrap().register(instance("orders", 1));
    assert!(server.heard().is_empty());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { lease.registered().await.unwrap() });
    assert_eq!(server.instances("orders").len(), 1);
}
