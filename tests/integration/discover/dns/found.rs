//! What is found.

use std::time::Duration;

use feign::discover::{Discover as _, DnsBuilder, Endpoint};
use futures_util::StreamExt as _;
use hickory_resolver::proto::op::ResponseCode;

use super::name_server::{NameServer, Way};
use super::{BOTH, HASTE, NAME, SRV, at, by_host, by_srv, due, failure, found, urls};
use crate::support::HeldClock;

#[tokio::test]
async fn addresses_of_both_kinds_are_endpoints() {
    let server = NameServer::start().await;
    server.addresses(NAME, 5, &["10.0.0.8", "2001:db8::7", "10.0.0.7"]);
    let found = found(by_host(&server).next().await);
    let shown: Vec<_> = found.iter().map(ToString::to_string).collect();
    let wanted = ["http://10.0.0.7:8080", "http://10.0.0.8:8080", "http://[2001:db8::7]:8080"];
    assert_eq!(shown, wanted);
    assert_eq!(found[0].id(), "http://10.0.0.7:8080");
    assert_eq!((found[0].weight(), found[0].priority()), (1, 0));
    assert_eq!((server.over_udp(), server.over_tcp()), (2, 0), "one question per kind");
}

#[tokio::test]
async fn the_order_of_records_makes_no_difference() {
    let server = NameServer::start().await;
    server.addresses(NAME, 0, &["10.0.0.8", "10.0.0.9", "10.0.0.7"]);
    let dns = at(&server).host("{service}.svc.test").min_ttl(HASTE).build().unwrap();
    let mut updates = dns.watch("orders");
    let first = urls(updates.next().await);
    for _ in 0..3 {
        assert_eq!(urls(updates.next().await), first, "the server turns them");
    }
}

#[tokio::test]
async fn services_have_ports_weights_and_priorities() {
    let server = NameServer::start().await;
    let services =
        [(1, 0, 81, "b3.svc.test."), (0, 30, 7001, "b1.svc.test."), (0, 10, 7002, "b2.svc.test.")];
    server.services(SRV, 5, &services);
    server.addresses("b1.svc.test.", 5, &["10.0.0.1"]);
    server.addresses("b2.svc.test.", 5, &["10.0.0.2"]);
    server.addresses("b3.svc.test.", 5, &["10.0.0.3"]);
    let found = found(by_srv(&server).next().await);
    let told = |one: &Endpoint| {
        (one.to_string(), one.weight(), one.priority(), one.metadata()["dns.name"].clone())
    };
    let told: Vec<_> = found.iter().map(told).collect();
    let wanted = |url: &str, weight, priority, name: &str| {
        (url.to_owned(), weight, priority, name.to_owned())
    };
    assert_eq!(
        told,
        [
            wanted("http://10.0.0.1:7001", 30, 0, "b1.svc.test"),
            wanted("http://10.0.0.2:7002", 10, 0, "b2.svc.test"),
            wanted("http://10.0.0.3:81", 1, 1, "b3.svc.test"),
        ]
    );
    assert_eq!(server.over_udp(), 1 + 3 * 2);
}

#[tokio::test]
async fn a_target_shares_its_weight_among_its_addresses() {
    let server = NameServer::start().await;
    server.services(SRV, 5, &[(0, 1, 80, "b1.svc.test."), (0, 3, 80, "b2.svc.test.")]);
    server.addresses("b1.svc.test.", 5, &["10.0.0.1", "10.0.0.2"]);
    server.addresses("b2.svc.test.", 5, &["10.0.0.3"]);
    let found = found(by_srv(&server).next().await);
    let weights: Vec<_> = found.iter().map(Endpoint::weight).collect();
    assert_eq!(weights, [1, 1, 6]);
}

#[tokio::test]
async fn addresses_that_come_along_are_not_asked_for() {
    let server = NameServer::start().await;
    server.sends_glue();
    server.services(SRV, 5, &[(0, 1, 80, "b1.svc.test."), (0, 1, 80, "b2.svc.test.")]);
    server.addresses("b1.svc.test.", 5, &["10.0.0.1", "2001:db8::1"]);
    server.addresses("b2.svc.test.", 5, &["10.0.0.2"]);
    let urls = urls(by_srv(&server).next().await);
    assert_eq!(urls, ["http://10.0.0.1:80", "http://10.0.0.2:80", "http://[2001:db8::1]:80"]);
    assert_eq!(server.over_udp(), 1);
}

#[tokio::test]
async fn records_that_can_be_no_endpoint_are_left_out() {
    let server = NameServer::start().await;
    let services =
        [(0, 1, 0, "b1.svc.test."), (0, 1, 80, "nowhere.svc.test."), (0, 1, 80, "b2.svc.test.")];
    server.services(SRV, 5, &services);
    server.addresses("b1.svc.test.", 5, &["10.0.0.1"]);
    server.addresses("b2.svc.test.", 5, &["10.0.0.2", "0.0.0.0", "::"]);
    assert_eq!(urls(by_srv(&server).next().await), ["http://10.0.0.2:80"]);
    // Where nothing is left, somebody has made a mistake, and is told.
    server.services(SRV, 5, &services[..2]);
    assert_eq!(
        failure(by_srv(&server).next().await),
        "SRV of `_http._tcp.orders.svc.test`: `b1.svc.test` has port 0, `nowhere.svc.test` does not exist"
    );
    // On purpose is something else.
    server.services(SRV, 5, &[(0, 0, 0, ".")]);
    assert_eq!(urls(by_srv(&server).next().await), [""; 0]);
}

#[tokio::test]
async fn several_names_count_together() {
    let server = NameServer::start().await;
    let dns = at(&server).host("{service}.a.test").host("fixed.test").srv("_x._tcp.{service}.test");
    let dns = dns.min_ttl(HASTE).max_ttl(HASTE).build().unwrap();
    let mut updates = dns.watch("orders");
    assert!(updates.next().await.unwrap().unwrap().is_none(), "there is none of them");

    server.addresses("orders.a.test.", 0, &["10.0.0.1", "10.0.0.2"]);
    assert_eq!(urls(updates.next().await).len(), 2, "one of them is enough");
    server.addresses("fixed.test.", 0, &["10.0.0.2", "10.0.0.3"]);
    server.services(
        "_x._tcp.orders.test.",
        0,
        &[(7, 1, 80, "fixed.test."), (0, 1, 81, "fixed.test.")],
    );
    let found = found(updates.next().await);
    let shown: Vec<_> = found.iter().map(|one| (one.to_string(), one.priority())).collect();
    let wanted = [
        ("http://10.0.0.1:80", 0),
        ("http://10.0.0.2:80", 0),
        ("http://10.0.0.2:81", 0),
        ("http://10.0.0.3:80", 0),
        ("http://10.0.0.3:81", 0),
    ];
    assert_eq!(shown, wanted.map(|(url, priority)| (url.to_owned(), priority)), "each once");

    // That one name is gone is known as long as another one answers; that one fails is not.
    server.remove("orders.a.test.");
    assert_eq!(urls(updates.next().await).len(), 4);
    server.answers("fixed.test.", &BOTH, Way::Code(ResponseCode::ServFail));
    assert!(failure(updates.next().await).contains("`fixed.test`"));
}

#[tokio::test]
async fn with_https_endpoints_are_names() {
    let server = NameServer::start().await;
    server.addresses(NAME, 5, &["10.0.0.1", "10.0.0.2"]);
    server.services(SRV, 5, &[(0, 5, 8443, "b1.svc.test."), (1, 5, 8444, "b2.svc.test.")]);
    let host = || at(&server).host("{service}.svc.test").scheme("https");
    let watched = |dns: DnsBuilder| dns.build().unwrap().watch("orders");
    assert_eq!(urls(watched(host()).next().await), ["https://orders.svc.test:443"]);
    let two = ["https://10.0.0.1:443", "https://10.0.0.2:443"];
    assert_eq!(urls(watched(host().by_address()).next().await), two);
    assert_eq!(
        urls(watched(host().scheme("http").by_name().port(81)).next().await),
        ["http://orders.svc.test:81"]
    );
    let asked = server.over_udp();
    let srv = at(&server).srv("_http._tcp.{service}.svc.test").scheme("https");
    let found = found(watched(srv).next().await);
    let shown: Vec<_> = found.iter().map(|one| (one.to_string(), one.priority())).collect();
    let wanted = [("https://b1.svc.test:8443", 0), ("https://b2.svc.test:8444", 1)];
    assert_eq!(shown, wanted.map(|(url, priority)| (url.to_owned(), priority)));
    assert_eq!(server.over_udp(), asked + 1, "addresses are left to the transport");
}

#[tokio::test]
async fn a_hundred_addresses_come_over_tcp() {
    let server = NameServer::start().await;
    let addresses: Vec<_> = (1..=100).map(|host| format!("10.0.1.{host}")).collect();
    server.addresses(NAME, 5, &addresses.iter().map(String::as_str).collect::<Vec<_>>());
    let found = urls(by_host(&server).next().await);
    assert_eq!(found.len(), 100);
    assert!(addresses.iter().all(|address| found.contains(&format!("http://{address}:8080"))));
    assert_eq!((server.over_udp(), server.over_tcp()), (2, 1), "what does not fit, and only that");
}

#[tokio::test]
async fn a_chain_of_aliases_is_followed() {
    let server = NameServer::start().await;
    let clock = HeldClock::hold();
    server.alias(NAME, 60, "blue.svc.test.");
    server.alias("blue.svc.test.", 2, "b1.svc.test.");
    server.addresses("b1.svc.test.", 60, &["10.0.0.1"]);
    let mut updates = by_host(&server);
    assert_eq!(urls(due(&mut updates).await), ["http://10.0.0.1:8080"]);
    // Turned to green, which is seen when the least TTL of the chain is over.
    server.alias(NAME, 60, "green.svc.test.");
    server.addresses("green.svc.test.", 60, &["10.0.0.2"]);
    clock.advance(Duration::from_millis(2200)).await;
    assert_eq!(urls(due(&mut updates).await), ["http://10.0.0.2:8080"]);
}
