//! What holds a secret for long, and shows it to nobody, whatever the hub says.

use std::sync::Mutex;

use feign::discover::Endpoint;
use feign::log::Level;
use feign::mock::Mock;
use feign::{Hub, Secret, Settings};
use serde_json::json;

use super::CANARY;
use super::bank::BankClient;

/// A URL with a password, which no service may have.
fn url() -> String {
    format!("http://ann:{CANARY}@bank/")
}

fn assert_hidden(what: &str, shown: &str) {
    assert!(!shown.contains(CANARY), "{what}: {shown}");
}

#[test]
fn calls_and_secrets() {
    let text = Mutex::new(String::new());
    let client = BankClient::at("http://bank").unwrap();
    let view = client.with(|call| {
        let call = call.basic_auth("ann", CANARY).header("x-api-key", CANARY);
        *text.lock().unwrap() = format!("{call:?}");
        call
    });
    assert_hidden("options of a call", &text.lock().unwrap());
    assert_hidden("a view", &format!("{view:?}"));
    assert_hidden("a secret", &format!("{:?}", Secret::new(CANARY)));
}

#[test]
fn hubs() {
    let say = || {
        let hub = Mock::new().hub().header("x-api-key", CANARY).log(Level::Body);
        hub.service("bank", |s| s.url("http://bank").header("authorization", CANARY))
    };
    assert_hidden("a builder", &format!("{:?}", say()));
    let hub = say().build().unwrap();
    assert_hidden("a hub", &format!("{hub:?}"));
    hub.log().set_for("Bank.pay", Level::Body);
    assert_eq!(format!("{:?}", hub.log()), r#"Said { all: None, by_name: {"Bank.pay": Body} }"#);
    let known = format!("{:?}", hub.endpoints("bank"));
    assert!(known.contains("http://bank"), "{known}");
    assert_hidden("what is known", &known);
}

#[test]
fn urls_with_a_password() {
    let error = Endpoint::new(&url()).unwrap_err();
    assert_hidden("an endpoint", &format!("{error} {error:?}"));
    let mut shown = String::new();
    let hub = Hub::builder().service("bank", |s| {
        let s = s.url(url());
        shown = format!("{s:?}");
        s
    });
    assert_hidden("a builder", &format!("{hub:?}"));
    let error = hub.build().unwrap_err();
    assert_hidden("its error", &format!("{error} {error:?}"));
    assert_hidden("a service", &shown);
}

#[test]
fn settings_with_a_password() {
    let said = json!({"services": {"bank": {"url": url(), "headers": {"authorization": CANARY}}}});
    let settings: Settings = serde_json::from_value(said).unwrap();
    let shown = format!("{settings:?}");
    let error = Hub::builder().settings(settings).build().unwrap_err();
    assert_hidden("their error", &format!("{error} {error:?}"));
    assert_hidden("settings", &shown);
}

/// The registry itself wants a password; it is hidden whatever the hub says.
#[cfg(feature = "eureka")]
#[tokio::test(start_paused = true)]
async fn a_registry_shows_no_credentials() {
    use feign::eureka::testing::{EurekaServer, Fault};
    use feign::eureka::{Eureka, Registration};

    use super::bank::Bank as _;

    let collector = crate::logging::Collector::all();
    let server = EurekaServer::new();
    server.set_fault(Fault::Down);
    let url = server.url().replace("http://", &format!("http://ann:{CANARY}@"));
    let eureka = Eureka::builder().server(&url).transport(server.transport());
    let eureka = eureka.hub(|hub| hub.log(Level::Body)).build().unwrap();
    let lease = eureka.register(Registration::new("orders").host("h1").port(1));
    let hub = Mock::new().hub().discover(eureka.clone()).log(Level::Body).build().unwrap();
    let client: BankClient = hub.client();
    let error = client.form("a", "b").await.unwrap_err();
    let endpoints = hub.endpoints("bank");
    let told = format!("{error} {error:?} {eureka:?} {lease:?} {endpoints:?}");
    server.set_fault(None);
    lease.registered().await.unwrap();
    let sent = server.heard()[0].header("authorization").map(str::to_owned);
    assert!(sent.is_some_and(|sent| sent.starts_with("Basic ")), "on the wire");
    let log = collector.text();
    assert!(log.contains("feign::eureka") && log.contains("> authorization: ***"), "{log}");
    // As it is, and as it goes over the wire.
    for secret in [CANARY, "YW5uOmNhbmFyeS03ZjNh"] {
        assert!(!told.contains(secret) && !log.contains(secret), "{told}\n{log}");
    }
}
