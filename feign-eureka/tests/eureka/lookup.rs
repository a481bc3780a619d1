//! What a name leads to, and which address an instance is called at.

use std::collections::BTreeMap;
use std::time::Duration;

use feign_core::discover::{Discover as _, Freshness, State};
use feign_core::{Error, Hub};
use feign_eureka::testing::{EurekaServer, Fault};
use feign_eureka::{Eureka, Lease, Registration, Status};

use crate::support::{Followed, client, client_of, instance, up};

async fn found(server: &EurekaServer, name: &str) -> Vec<String> {
    Followed::new(&client(server), name).up().await
}

#[tokio::test(start_paused = true)]
async fn by_virtual_address_whatever_its_case() {
    let server = EurekaServer::new();
    server.add(&instance("ORDERS-APP", 1).vip("Orders, orders-v2,"));
    server.add(&instance("other-app", 2).vip("orders-v2"));
    for (name, hosts) in [
        ("orders", &["h1"][..]),
        ("ORDERS", &["h1"]),
        ("orders-v2", &["h1", "h2"]),
        ("Orders-V2", &["h1", "h2"]),
        // No virtual address is called so, but an application is.
        ("orders-app", &["h1"]),
        ("OTHER-app", &["h2"]),
    ] {
        assert_eq!(found(&server, name).await, hosts, "{name}");
    }
}

/// The virtual address stands first, as with Spring.
#[tokio::test(start_paused = true)]
async fn a_virtual_address_stands_before_an_application() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1).vip("payments"));
    server.add(&instance("payments", 2).vip("orders"));
    assert_eq!(found(&server, "orders").await, ["h2"]);
    assert_eq!(found(&server, "payments").await, ["h1"]);
}

#[tokio::test(start_paused = true)]
async fn a_name_that_nobody_knows() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1));
    let eureka = client(&server);
    let mut nobody = Followed::new(&eureka, "nobody");
    assert!(nobody.update().await.unwrap().is_none());
    assert_eq!(eureka.names(), ["orders"]);
    // It comes later.
    server.add(&instance("nobody", 2));
    assert_eq!(nobody.up().await, ["h2"]);
    assert_eq!(eureka.names(), ["nobody", "orders"]);
    assert!(eureka.describe().starts_with("Eureka at http://eureka-"), "{}", eureka.describe());
}

#[tokio::test(start_paused = true)]
async fn statuses_become_states() {
    let server = EurekaServer::new();
    let all = [
        (Status::Up, State::Up),
        (Status::OutOfService, State::Draining),
        (Status::Down, State::Down),
        (Status::Starting, State::Down),
        (Status::Unknown, State::Down),
    ];
    for (number, (status, _)) in (1..).zip(all) {
        server.add(&instance("orders", number));
        server.override_status("orders", &format!("i{number}"), status);
    }
    let endpoints = Followed::new(&client(&server), "orders").endpoints().await;
    let states: Vec<_> = endpoints.iter().map(|endpoint| endpoint.state()).collect();
    assert_eq!(states, all.map(|(_, state)| state));
    assert_eq!(up(&endpoints), ["h1"]);
}

async fn address(registration: &Registration, prefer_ip: bool) -> String {
    let server = EurekaServer::new();
    server.add(registration);
    let eureka = client_of(&server).prefer_ip(prefer_ip).build().unwrap();
    Followed::new(&eureka, "orders").endpoints().await[0].as_str().to_owned()
}

#[tokio::test(start_paused = true)]
async fn the_address_is_chosen_as_springs() {
    let orders = || instance("orders", 1).port(8080);
    assert_eq!(address(&orders(), false).await, "http://h1:8080");
    assert_eq!(address(&orders(), true).await, "http://10.0.0.1:8080");
    // A secure port that is enabled is preferred.
    assert_eq!(address(&orders().secure_port(8443), false).await, "https://h1:8443");
    let only_secure = Registration::new("orders").host("h1").ip("10.0.0.1").secure_port(443);
    assert_eq!(address(&only_secure, true).await, "https://10.0.0.1:443");
    assert_eq!(address(&orders().ip("2001:db8::7"), true).await, "http://[2001:db8::7]:8080");
    assert_eq!(address(&orders().host("::1"), false).await, "http://[::1]:8080");
}

#[tokio::test(start_paused = true)]
async fn over_https_by_its_own_name() {
    let server = EurekaServer::new();
    server.add(&instance("a", 1).vip("orders").secure_vip("orders-s"));
    server.add(&instance("b", 2).vip("orders").secure_vip("orders-s").secure_port(8443));
    let secure = Followed::new(&client(&server), "orders-s").endpoints().await;
    let urls: Vec<_> = secure.iter().map(|endpoint| endpoint.as_str()).collect();
    assert_eq!(urls, ["https://h2:8443"], "the other one has no secure port");
    assert_eq!(found(&server, "orders").await, ["h1", "h2"]);
}

#[tokio::test(start_paused = true)]
async fn zone_weight_and_metadata_reach_the_endpoint() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1).zone("a").weight(5).metadata("version", "1.4"));
    server.add(&instance("orders", 2).metadata("weight", "heavy"));
    let endpoints = Followed::new(&client(&server), "orders").endpoints().await;
    let first = &endpoints[0];
    assert_eq!((first.id().as_ref(), first.zone(), first.weight()), ("i1", Some("a"), 5));
    assert_eq!(first.metadata()["version"], "1.4");
    let second = &endpoints[1];
    assert_eq!((second.zone(), second.weight()), (None, 1));
    assert_eq!(second.metadata()["weight"], "heavy");
}

/// Two applications behind one name may use the same ids.
#[tokio::test(start_paused = true)]
async fn ids_are_told_apart() {
    let server = EurekaServer::new();
    server.add(&instance("a", 1).vip("orders"));
    server.add(&instance("b", 1).vip("orders").host("h2"));
    let endpoints = Followed::new(&client(&server), "orders").endpoints().await;
    let ids: Vec<_> = endpoints.iter().map(|endpoint| endpoint.id().into_owned()).collect();
    assert_eq!(ids, ["i1", "B/i1"]);
}

/// An address that is none costs the others nothing.
#[tokio::test(start_paused = true)]
async fn an_unusable_address_is_passed_over() {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1).host("not a host"));
    server.add(&instance("orders", 2));
    assert_eq!(found(&server, "orders").await, ["h2"]);
}

#[feign_macros::client(crate = ::feign_core, service = "Orders")]
trait Orders {
    #[get("/")]
    async fn home(&self) -> Result<String, Error>;
}

/// Three processes that answer with their names, registered as `orders`.
async fn three(eureka: &Eureka) -> Vec<Lease> {
    let mut leases = Vec::new();
    for name in ["one", "two", "three"] {
        let app = axum::Router::new().route("/", axum::routing::get(move || async move { name }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move { axum::serve(listener, app).await });
        let lease = eureka.register(Registration::new("orders").host("127.0.0.1").port(port));
        lease.registered().await.unwrap();
        leases.push(lease);
    }
    leases
}

/// The whole way: a declared call, through a hub, to what is registered.
#[tokio::test]
async fn a_declared_call_finds_its_service() {
    let registry = EurekaServer::start().await.unwrap();
    let eureka = Eureka::at([registry.url()]).unwrap();
    let _leases = three(&eureka).await;
    let hub = Hub::builder().discover(eureka).build().unwrap();
    let orders: OrdersClient = hub.client();
    let mut answers = BTreeMap::new();
    for _ in 0..300 {
        *answers.entry(orders.home().await.unwrap()).or_insert(0) += 1;
    }
    assert_eq!(answers.len(), 3);
    assert!(answers.values().all(|count| (99..=101).contains(count)), "{answers:?}");
}

/// E9, seen by callers: the registry dies, comes back empty, and is healed; no call fails meanwhile.
#[tokio::test]
async fn calls_succeed_whatever_becomes_of_the_registry() {
    let registry = EurekaServer::start().await.unwrap();
    let quick = Eureka::builder().server(registry.url()).interval(Duration::from_millis(20));
    let eureka = quick.build().unwrap();
    let _leases = three(&eureka).await;
    let hub = Hub::builder().discover(eureka).build().unwrap();
    let orders: OrdersClient = hub.client();
    let call_until = async |holds: &dyn Fn() -> bool| {
        while !holds() {
            orders.home().await.unwrap();
        }
        for _ in 0..30 {
            orders.home().await.unwrap();
        }
    };
    let is_stale = || matches!(hub.endpoints("Orders").freshness(), Freshness::Stale { .. });
    let is_live = || matches!(hub.endpoints("Orders").freshness(), Freshness::Live);
    call_until(&is_live).await;
    registry.set_fault(Fault::Down);
    call_until(&is_stale).await;
    registry.restart_empty();
    registry.set_fault(None);
    call_until(&is_stale).await;
    registry.add(&instance("payments", 9));
    call_until(&is_live).await;
    assert_eq!(hub.endpoints("Orders").endpoints().len(), 3);
}

/// What reqwest alone knows, such as TLS, is said of a transport of it.
#[tokio::test]
async fn a_transport_of_reqwest() {
    let registry = EurekaServer::start().await.unwrap();
    let transport = feign_core::Reqwest::build(|client| client.user_agent("orders/1.0")).unwrap();
    let eureka = Eureka::builder().server(registry.url()).transport(transport).build().unwrap();
    let lease = eureka.register(instance("orders", 1));
    lease.registered().await.unwrap();
    assert_eq!(Followed::new(&eureka, "orders").up().await, ["h1"]);
    lease.leave().await;
    for heard in registry.heard() {
        assert_eq!(heard.header("user-agent"), Some("orders/1.0"), "{}", heard.line());
    }
}
