//! The hub: services by name and by URL, several addresses, settings.

use std::time::Duration;

use feign::mock::Mock;
use feign::{Hub, Settings};
use serde_json::json;

use crate::support::{Reply, Server};

type Answer = Result<(), feign::Error>;

#[feign::client(service = "inventory", path = "/api")]
trait Inventory {
    #[get("/items/{id}")]
    async fn item(&self, id: u32) -> Answer;
    #[post("/items")]
    async fn create(&self) -> Answer;
}

#[feign::client(service = "orders")]
trait Orders {
    #[get("/orders")]
    async fn orders(&self) -> Answer;
}

/// Has no service: it goes where it is sent.
#[feign::client]
trait Nameless {
    #[get("/")]
    async fn call(&self) -> Answer;
}

fn settings(json: serde_json::Value) -> Settings {
    serde_json::from_value(json).unwrap()
}

#[tokio::test]
async fn clients_are_found_by_the_name_of_their_service() {
    let inventory = Server::silent_ok().await;
    let orders = Server::silent_ok().await;
    let hub = Hub::builder()
        .service("inventory", |s| s.url(inventory.url()))
        .service("orders", |s| s.url(orders.url()))
        .build()
        .unwrap();
    hub.client::<InventoryClient>().item(1).await.unwrap();
    hub.client::<OrdersClient>().orders().await.unwrap();
    assert_eq!(inventory.lines(), ["GET /api/items/1"]);
    assert_eq!(orders.lines(), ["GET /orders"]);
    assert_eq!(<InventoryClient as feign::Named>::SERVICE, "inventory");
}

#[tokio::test]
async fn the_same_trait_elsewhere() {
    let usual = Server::silent_ok().await;
    let eu = Server::silent_ok().await;
    let fixed = Server::silent_ok().await;
    let hub = Hub::builder()
        .header("x-hub", "h")
        .service("inventory", |s| s.url(usual.url()).header("x-service", "usual"))
        .service("inventory-eu", |s| s.url(eu.url()).header("x-service", "eu"))
        .build()
        .unwrap();
    hub.client_at::<InventoryClient>("inventory-eu").unwrap().item(1).await.unwrap();
    let sent = eu.only();
    assert_eq!(sent.header("x-service").as_deref(), Some("eu"));
    let client: InventoryClient = hub.client_at(fixed.url()).unwrap();
    client.item(2).await.unwrap();
    let sent = fixed.only();
    assert_eq!(sent.line, "GET /api/items/2");
    assert_eq!(sent.header("x-hub").as_deref(), Some("h"));
    hub.client_at::<NamelessClient>("inventory").unwrap().call().await.unwrap();
    assert_eq!(usual.lines(), ["GET /"]);
}

#[tokio::test]
async fn an_unknown_service_lists_the_known_ones() {
    let hub = Hub::builder()
        .service("orders", |s| s.url("http://h.example"))
        .service("payments", |s| s.url("http://h.example"))
        .service("only-said", |s| s.timeout(Duration::from_secs(1)))
        .build()
        .unwrap();
    let client: InventoryClient = hub.client();
    let error = client.item(1).await.unwrap_err();
    assert!(error.is_no_endpoint(), "{error:?}");
    assert!(!error.is_connect() && !error.is_timeout() && !error.is_status(), "{error:?}");
    let text = error.to_string();
    for name in ["`inventory`", "`orders`", "`payments`"] {
        assert!(text.contains(name), "{name} is not in: {text}");
    }
    assert!(!text.contains("only-said"), "nothing resolves it: {text}");
    assert_eq!(error.attempts(), 0);
    assert_eq!(error.endpoint(), None);

    let error = hub.client_at::<NamelessClient>("only-said").unwrap().call().await.unwrap_err();
    assert!(error.is_no_endpoint(), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("`orders`") && text.contains("`payments`"), "{text}");
    assert_eq!(text.matches("only-said").count(), 1, "it is unknown itself: {text}");
    let error =
        Hub::builder().build().unwrap().client::<OrdersClient>().orders().await.unwrap_err();
    assert!(error.to_string().contains("url("), "what to do is not in: {error}");
}

#[tokio::test]
async fn several_addresses_take_turns() {
    let servers = [Server::silent_ok().await, Server::silent_ok().await, Server::silent_ok().await];
    let hub = Hub::builder().service("inventory", |mut service| {
        for server in &servers {
            service = service.url(format!("{}/base", server.url()));
        }
        service
    });
    let hub = hub.build().unwrap();
    let client: InventoryClient = hub.client();
    for turn in 0..7 {
        client.item(turn).await.unwrap();
    }
    // The turn begins anywhere.
    let mut in_turn: Vec<&Server> = servers.iter().collect();
    in_turn.sort_by_key(|server| server.lines());
    let [first, second, third] = &*in_turn else { unreachable!() };
    assert_eq!(
        first.lines(),
        ["GET /base/api/items/0", "GET /base/api/items/3", "GET /base/api/items/6"]
    );
    assert_eq!(second.lines(), ["GET /base/api/items/1", "GET /base/api/items/4"]);
    assert_eq!(third.lines(), ["GET /base/api/items/2", "GET /base/api/items/5"]);
    // Clones and other clients of the service share the turn.
    hub.client::<InventoryClient>().clone().item(9).await.unwrap();
    assert_eq!(second.received().len(), 3);
}

/// What is made and cloned often must be cheap, and may go anywhere.
#[test]
fn hubs_and_clients_are_cheap_and_shared() {
    const fn shared<T: Clone + Send + Sync + Unpin + 'static>() {}
    const fn sent<T: Send>(_: &T) {}
    shared::<Hub>();
    shared::<InventoryClient>();
    shared::<NamelessClient>();
    assert_eq!(size_of::<InventoryClient>(), size_of::<usize>());
    assert_eq!(size_of::<Hub>(), size_of::<usize>());
    assert_eq!(size_of::<feign::Error>(), size_of::<usize>());
    let client = InventoryClient::at("http://h.example").unwrap();
    sent(&client.item(1));
    let debug = format!("{client:?}");
    assert!(debug.contains("InventoryClient"), "{debug}");
}

#[tokio::test]
async fn a_view_changes_its_own_calls_only() {
    let server = Server::silent_ok().await;
    let client = InventoryClient::at(server.url()).unwrap();
    let view = client.with(|call| call.header("x-tenant", "acme"));
    let both = view.with(|call| call.header("x-user", "u"));
    client.item(1).await.unwrap();
    view.item(2).await.unwrap();
    both.clone().item(3).await.unwrap();
    let seen: Vec<_> = server
        .received()
        .iter()
        .map(|sent| (sent.header("x-tenant").is_some(), sent.header("x-user").is_some()))
        .collect();
    assert_eq!(seen, [(false, false), (true, false), (true, true)]);
}

#[tokio::test]
async fn settings_give_addresses() {
    let one = Server::silent_ok().await;
    let two = Server::silent_ok().await;
    let said = settings(json!({"services": {
        "inventory": {"url": one.url()},
        "orders": {"url": [one.url(), two.url()]},
    }}));
    let hub =
        Hub::builder().service("inventory", |s| s.url("http://in-code.example")).settings(said);
    let hub = hub.build().unwrap();
    hub.client::<InventoryClient>().item(1).await.unwrap();
    let orders: OrdersClient = hub.client();
    orders.orders().await.unwrap();
    orders.orders().await.unwrap();
    assert_eq!(one.lines(), ["GET /api/items/1", "GET /orders"]);
    assert_eq!(two.lines(), ["GET /orders"]);
}

#[tokio::test]
async fn later_settings_win() {
    let server = Server::silent_ok().await;
    let first = json!({"headers": {"x-a": "1", "x-b": "1"}, "services": {"inventory": {"url": "http://h.example"}}});
    let second = json!({"headers": {"x-b": "2"}, "services": {"inventory": {"url": server.url()}}});
    let hub = Hub::builder().settings(settings(first)).settings(settings(second)).build().unwrap();
    hub.client::<InventoryClient>().item(1).await.unwrap();
    let sent = server.only();
    assert_eq!(sent.header("x-a").as_deref(), Some("1"));
    assert_eq!(sent.header("x-b").as_deref(), Some("2"));
}

/// Every level refuses what it does not know, and says where.
#[test]
fn an_unknown_key_is_refused_with_its_place() {
    for (text, words) in [
        ("timeuot = '2s'", &["timeuot", "timeout"][..]),
        ("[services.inventory]\nurll = 'http://h'", &["urll", "services.inventory"]),
        (
            "[services.inventory]\nconnect_timeout = '2s'",
            &["connect_timeout", "services.inventory"],
        ),
        (
            "[services.inventory.methods.item]\nurl = 'http://h'",
            &["url", "services.inventory.methods.item"],
        ),
    ] {
        let error = figment(text).extract::<Settings>().unwrap_err().to_string();
        for word in words {
            assert!(error.contains(word), "{word} is not in: {error}");
        }
    }
}

#[test]
fn a_wrong_value_is_refused_with_its_place() {
    for (text, words) in [
        ("timeout = 2", &["timeout"][..]),
        ("timeout = '2 parsecs'", &["timeout", "2s"]),
        ("body_limit = 'much'", &["body_limit"]),
        ("[services.inventory]\ntimeout = 'soon'", &["services.inventory.timeout", "2s"]),
        ("[services.inventory]\nurl = 7", &["services.inventory.url", "URL"]),
    ] {
        let error = figment(text).extract::<Settings>().unwrap_err().to_string();
        for word in words {
            assert!(error.contains(word), "{word} is not in: {error}");
        }
    }
}

fn figment(toml: &str) -> figment::Figment {
    use figment::providers::{Format as _, Toml};
    figment::Figment::from(Toml::string(toml))
}

/// What only the hub can judge is refused by `build`, with its place.
#[test]
fn settings_that_cannot_act_are_refused_by_build() {
    for (said, words) in [
        (json!({"services": {"inventory": {"url": "http://h?x=1"}}}), &["inventory", "query"][..]),
        (json!({"services": {"inventory": {"timeout": "0s"}}}), &["inventory", "timeout", "zero"]),
        (json!({"timeout": "0s"}), &["timeout", "zero"]),
        (json!({"headers": {"x a": "b"}}), &["x a"]),
        (
            json!({"services": {"inventory": {"methods": {"item": {"timeout": "0s"}}}}}),
            &["inventory", "item", "zero"],
        ),
    ] {
        let error = Hub::builder().settings(settings(said)).build().unwrap_err().to_string();
        for word in words {
            assert!(error.contains(word), "{word} is not in: {error}");
        }
    }
    let said = settings(json!({"connect_timeout": "1s"}));
    let error = Mock::new().hub().settings(said).build().unwrap_err();
    assert!(error.to_string().contains("connect_timeout"), "{error}");
}

/// Which methods there are is known to the client only: its calls say so, all of them.
#[tokio::test]
async fn settings_of_a_method_that_is_not_there() {
    let server = Server::silent_ok().await;
    for (method, fails) in [
        ("itm", true),
        ("Inventory.itm", true),
        ("item", false),
        ("Inventory.item", false),
        ("Other.thing", false),
    ] {
        let said = json!({"services": {"inventory": {"url": server.url(), "methods": {method: {"timeout": "1s"}}}}});
        let hub = Hub::builder().settings(settings(said)).build().unwrap();
        let answer = hub.client::<InventoryClient>().create().await;
        assert_eq!(answer.is_err(), fails, "{method}");
        if let Err(error) = answer {
            let text = error.to_string();
            for word in [method, "inventory", "item"] {
                assert!(text.contains(word), "{word} is not in: {text}");
            }
        }
    }
}

#[tokio::test]
async fn a_hub_outlives_its_builder_and_its_clients_the_hub() {
    let server = Server::always(Reply::status(200)).await;
    let client = {
        let hub = Hub::builder().service("inventory", |s| s.url(server.url())).build().unwrap();
        hub.client::<InventoryClient>()
    };
    client.item(1).await.unwrap();
    assert!(format!("{:?}", Hub::builder()).contains("HubBuilder"));
}

/// A service may be spoken of more than once, in any order.
#[tokio::test]
async fn what_is_said_twice_adds_up() {
    let server = Server::silent_ok().await;
    let hub = Hub::builder()
        .service("inventory", |s| s.header("x-a", "1").header("x-b", "1"))
        .service("inventory", |s| s.url(server.url()).header("x-b", "2"))
        .build()
        .unwrap();
    hub.client::<InventoryClient>().item(1).await.unwrap();
    let sent = server.only();
    assert_eq!(sent.header("x-a").as_deref(), Some("1"));
    assert_eq!(sent.header("x-b").as_deref(), Some("2"));
}
