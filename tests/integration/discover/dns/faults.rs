//! Names that are not there, and servers that fail.

use std::time::Duration;

use feign::discover::{Discover as _, Dns};
use futures_util::StreamExt as _;
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::RecordType;

use super::name_server::{NameServer, Way};
use super::{BOTH, HASTE, NAME, SRV, at, by_host, by_srv, due, failure, found, is_silent, urls};
use crate::support::HeldClock;

#[tokio::test]
async fn a_name_that_is_not_there_yet_is_unknown() {
    let server = NameServer::start().await;
    let clock = HeldClock::hold();
    let (mut host, mut srv) = (by_host(&server), by_srv(&server));
    // No such name, then a name without such a record: asked again as often as the zone says.
    for _ in 0..2 {
        assert!(due(&mut host).await.unwrap().unwrap().is_none());
        assert!(due(&mut srv).await.unwrap().unwrap().is_none());
        server.unrelated(NAME);
        server.unrelated(SRV);
        clock.advance(Duration::from_millis(1900)).await;
        assert!(is_silent(&mut host).await);
        clock.advance(Duration::from_millis(300)).await;
    }
    server.addresses(NAME, 5, &["10.0.0.1"]);
    server.services(SRV, 5, &[(0, 1, 80, NAME)]);
    assert_eq!(urls(due(&mut host).await), ["http://10.0.0.1:8080"]);
    assert_eq!(urls(due(&mut srv).await), ["http://10.0.0.1:80"]);
}

#[tokio::test]
async fn a_name_that_was_there_keeps_what_it_had() {
    let server = NameServer::start().await;
    server.addresses(NAME, 0, &["10.0.0.1"]);
    let dns = at(&server).host("{service}.svc.test").min_ttl(HASTE).max_ttl(HASTE).build().unwrap();
    let mut updates = dns.watch("orders");
    found(updates.next().await);
    server.remove(NAME);
    assert_eq!(failure(updates.next().await), "`orders.svc.test` does not exist");
    server.unrelated(NAME);
    assert_eq!(failure(updates.next().await), "`orders.svc.test` has no record");
    server.addresses(NAME, 0, &["10.0.0.2"]);
    assert_eq!(urls(updates.next().await), ["http://10.0.0.2:80"]);
}

#[tokio::test]
async fn a_server_that_fails_is_named() {
    let server = NameServer::start().await;
    server.addresses(NAME, 0, &["10.0.0.1"]);
    let dns =
        at(&server).host("{service}.svc.test").min_ttl(HASTE).max_ttl(HASTE).timeout(HASTE * 5);
    let mut updates = dns.build().unwrap().watch("orders");
    let told = |what: &str| format!("A of `orders.svc.test`: {} {what}", server.address());
    for _ in 0..2 {
        for (way, what) in [
            (Way::Code(ResponseCode::ServFail), "answers SERVFAIL"),
            (Way::Code(ResponseCode::Refused), "answers REFUSED"),
            (Way::Silence, "does not answer within 100ms"),
            (Way::Garbage, "fails: "),
            (Way::Lie, "fails: "),
        ] {
            server.answers(NAME, &BOTH, way);
            let said = failure(updates.next().await);
            assert!(said.starts_with(&told(what)), "{way:?}: {said}");
        }
        server.answers(NAME, &BOTH, None);
        assert_eq!(urls(updates.next().await), ["http://10.0.0.1:80"]);
    }
}

#[tokio::test]
async fn the_next_server_is_asked_where_one_fails() {
    let (bad, good) = (NameServer::start().await, NameServer::start().await);
    bad.answers(NAME, &BOTH, Way::Code(ResponseCode::ServFail));
    good.addresses(NAME, 0, &["10.0.0.1"]);
    let dns = Dns::at([bad.address(), good.address()]).unwrap().host("{service}.svc.test");
    let mut updates = dns.min_ttl(HASTE).max_ttl(HASTE).build().unwrap().watch("orders");
    found(updates.next().await);
    let asked = bad.over_udp();
    found(updates.next().await);
    assert_eq!(bad.over_udp(), asked, "it goes on with the one that answers");
    good.answers(NAME, &BOTH, Way::Code(ResponseCode::Refused));
    let said = failure(updates.next().await);
    let (first, second) = (good.address(), bad.address());
    let wanted = format!("{first} answers REFUSED; {second} answers SERVFAIL");
    assert!(said.ends_with(&wanted), "{said}");
}

#[tokio::test]
async fn one_kind_of_address_is_enough_unless_the_other_was_there() {
    let server = NameServer::start().await;
    server.addresses(NAME, 0, &["10.0.0.1"]);
    server.answers(NAME, &[RecordType::AAAA], Way::Code(ResponseCode::ServFail));
    let dns = at(&server).host("{service}.svc.test").min_ttl(HASTE).max_ttl(HASTE).build().unwrap();
    let mut updates = dns.watch("orders");
    assert_eq!(urls(updates.next().await).len(), 1, "some servers never answer AAAA");
    server.answers(NAME, &[RecordType::AAAA], None);
    server.addresses(NAME, 0, &["10.0.0.1", "2001:db8::1"]);
    assert_eq!(urls(updates.next().await).len(), 2);
    server.answers(NAME, &[RecordType::AAAA], Way::Code(ResponseCode::ServFail));
    assert!(failure(updates.next().await).starts_with("AAAA of"), "a part would lose the rest");
    server.answers(NAME, &[RecordType::A], Way::Code(ResponseCode::ServFail));
    failure(updates.next().await);
    server.answers(NAME, &BOTH, None);
    assert_eq!(urls(updates.next().await).len(), 2);
}

#[tokio::test]
async fn a_service_that_can_be_no_name_is_unknown() {
    let server = NameServer::start().await;
    let dns = at(&server).host("{service}.svc.test").build().unwrap();
    for service in ["", &"a".repeat(64), "a..b"] {
        assert!(dns.watch(service).next().await.unwrap().unwrap().is_none(), "{service:?}");
    }
    assert_eq!(server.over_udp(), 0);
}
