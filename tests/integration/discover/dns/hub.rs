//! A hub with it.

use feign::Hub;
use feign::discover::{Discover as _, Dns};
use futures_util::StreamExt as _;

use super::name_server::NameServer;
use super::{HASTE, NAME, SRV, at, urls};
use crate::support::Server;

#[feign::client(service = "orders")]
trait Orders {
    #[get("/")]
    async fn call(&self) -> Result<(), feign::Error>;
}

#[tokio::test]
async fn a_hub_calls_what_it_finds() {
    let (server, instance) = (NameServer::start().await, Server::silent_ok().await);
    let port = instance.address().port();
    server.services(SRV, 60, &[(0, 1, port, "b1.svc.test.")]);
    server.addresses("b1.svc.test.", 60, &["127.0.0.1"]);
    let dns = at(&server).srv("_http._tcp.{service}.svc.test").build().unwrap();
    let hub = Hub::builder().discover(dns).build().unwrap();
    let client: OrdersClient = hub.client();
    assert_eq!(server.over_udp(), 0, "nobody has called yet");
    client.call().await.unwrap();
    client.call().await.unwrap();
    assert_eq!(instance.lines().len(), 2);
    assert_eq!(server.asked_for(SRV), 1);
    let source = format!("DNS `_http._tcp.{{service}}.svc.test` at {}", server.address());
    assert_eq!(hub.endpoints("orders").source(), source);

    let error = hub.client_at::<OrdersClient>("nobody").unwrap().call().await.unwrap_err();
    assert!(error.is_no_endpoint(), "{error:?}");
    let said = error.to_string();
    assert!(said.contains("`nobody`"), "{said}");
    assert!(said.contains(&source), "{said}");
}

/// Its resolver, and the TCP connection that this had, went with it.
#[test]
fn a_runtime_that_has_gone_is_no_matter() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let servers = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (server, instance) =
        servers.block_on(async { (NameServer::start().await, Server::silent_ok().await) });
    let addresses: Vec<_> = (1..=100).map(|host| format!("127.0.1.{host}")).collect();
    server.addresses(NAME, 0, &addresses.iter().map(String::as_str).collect::<Vec<_>>());
    let dns = at(&server).host("{service}.svc.test").port(instance.address().port()).by_name();
    let hub = Hub::builder().discover(dns.build().unwrap()).build().unwrap();
    for round in 1..=2 {
        let runtime = runtime();
        runtime.block_on(hub.warm_up(["orders"])).unwrap();
        runtime.block_on(async {
            while server.over_tcp() < round {
                // Not hope: each round needs a question of its own, as the floor is a second.
                tokio::time::sleep(HASTE).await;
            }
        });
        assert_eq!(hub.endpoints("orders").endpoints().len(), 1);
    }
}

#[tokio::test]
async fn the_system_knows_itself() {
    match Dns::system() {
        Ok(dns) => {
            let dns = dns.host("localhost").build().unwrap();
            assert!(dns.describe().starts_with("DNS `localhost` at "), "{dns:?}");
            let urls = urls(dns.watch("any").next().await);
            assert!(urls.contains(&"http://127.0.0.1:80".to_owned()), "{urls:?}");
        }
        // A machine without a network.
        Err(error) => assert!(error.to_string().contains("`Dns::at`"), "{error}"),
    }
}
