//! When it asks. Time is tokio's, held.

use std::time::Duration;

use feign::discover::Discover as _;
use hickory_resolver::proto::op::ResponseCode;

use super::name_server::{NameServer, Way};
use super::{BOTH, NAME, at, by_host, due, failure, found, is_silent};
use crate::support::HeldClock;

#[tokio::test]
async fn it_asks_again_when_the_ttl_is_over() {
    let seconds = Duration::from_secs;
    // What the record says, and when it is asked for again: a tenth later at most.
    for (ttl, wanted) in [(0, seconds(1)), (1, seconds(1)), (7, seconds(7)), (86400, seconds(30))] {
        let server = NameServer::start().await;
        server.addresses(NAME, ttl, &["10.0.0.1"]);
        let clock = HeldClock::hold();
        let mut updates = by_host(&server);
        for round in 1..=5 {
            found(due(&mut updates).await);
            assert_eq!(server.over_udp(), 2 * round, "TTL {ttl}: both kinds, once");
            clock.advance(wanted - Duration::from_millis(10)).await;
            assert!(is_silent(&mut updates).await, "TTL {ttl}: too early");
            clock.advance(Duration::from_millis(10) + wanted / 10).await;
        }
        tokio::time::resume();
    }
}

#[tokio::test]
async fn the_limits_of_a_ttl_can_be_said() {
    let server = NameServer::start().await;
    server.addresses(NAME, 0, &["10.0.0.1"]);
    let clock = HeldClock::hold();
    let limits = (Duration::from_secs(20), Duration::from_secs(40));
    let dns = at(&server).host("{service}.svc.test").min_ttl(limits.0).max_ttl(limits.1);
    let mut updates = dns.build().unwrap().watch("orders");
    found(due(&mut updates).await);
    clock.advance(Duration::from_secs(19)).await;
    assert!(is_silent(&mut updates).await);
    server.addresses(NAME, 3600, &["10.0.0.1"]);
    clock.advance(Duration::from_secs(3)).await;
    found(due(&mut updates).await);
    clock.advance(Duration::from_secs(39)).await;
    assert!(is_silent(&mut updates).await);
    clock.advance(Duration::from_secs(5)).await;
    found(due(&mut updates).await);
}

#[tokio::test]
async fn while_it_fails_it_asks_at_growing_distances() {
    let server = NameServer::start().await;
    server.answers(NAME, &BOTH, Way::Code(ResponseCode::ServFail));
    let clock = HeldClock::hold();
    let mut updates = by_host(&server);
    for pause in [1, 2, 4, 5, 5].map(Duration::from_secs) {
        failure(due(&mut updates).await);
        clock.advance(pause - Duration::from_millis(10)).await;
        assert!(is_silent(&mut updates).await, "{pause:?}");
        clock.advance(Duration::from_millis(10) + pause / 10).await;
    }
    server.answers(NAME, &BOTH, None);
    server.addresses(NAME, 0, &["10.0.0.1"]);
    found(due(&mut updates).await);
    clock.advance(Duration::from_millis(1100)).await;
    found(due(&mut updates).await);
}
