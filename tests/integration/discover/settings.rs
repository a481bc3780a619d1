//! What settings say of finding and picking, above code: for a hub and for a service.

use feign::discover::Endpoint;
use feign::{Hub, HubBuilder, Settings};
use serde_json::json;

use super::script::{Counting, Script};
use super::{
    Inventory as _, InventoryClient, Orders as _, OrdersClient, endpoint, known, seconds, settle,
};

fn settings(json: serde_json::Value) -> Settings {
    serde_json::from_value(json).unwrap()
}

/// Two endpoints for each of two zones, of two versions.
fn of_two_zones() -> Vec<Endpoint> {
    let of = |id: &str, zone: &str, version: &str| {
        endpoint(id).with_zone(zone).with_metadata("version", version)
    };
    vec![of("a1", "a", "1"), of("a2", "a", "2"), of("b1", "b", "1"), of("b2", "b", "2")]
}

/// A hub that finds these, under settings.
fn said(endpoints: Vec<Endpoint>, said: serde_json::Value) -> (HubBuilder, Counting) {
    let seen = Counting::default();
    let hub = Hub::builder().discover(Script::of(endpoints)).transport(seen.clone()).seed(7);
    (hub.settings(settings(said)), seen)
}

/// The hosts of forty calls.
async fn used(client: &InventoryClient, seen: &Counting) -> Vec<String> {
    for _ in 0..40 {
        client.items().await.unwrap();
    }
    seen.take().into_keys().collect()
}

#[tokio::test(start_paused = true)]
async fn zone_and_tags_choose_endpoints() {
    for (said, hosts) in [
        (json!({}), &["a1", "a2", "b1", "b2"][..]),
        (json!({"zone": "a"}), &["a1", "a2"]),
        (json!({"tags": {"version": "2"}}), &["a2", "b2"]),
        (json!({"zone": "b", "tags": {"version": "2"}}), &["b2"]),
        (json!({"zone": "a", "services": {"inventory": {"zone": "b"}}}), &["b1", "b2"]),
        (json!({"zone": "a", "services": {"inventory": {"tags": {"version": "2"}}}}), &["a2"]),
        (
            json!({"tags": {"version": "1"}, "services": {"inventory": {"tags": {"version": "2"}}}}),
            &["a2", "b2"],
        ),
        (json!({"services": {"orders": {"zone": "a"}}}), &["a1", "a2", "b1", "b2"]),
    ] {
        let (hub, seen) = self::said(of_two_zones(), said.clone());
        // Settings stand above what is said in code.
        let hub = if said.get("zone").is_some() { hub.zone("b") } else { hub };
        let client: InventoryClient = hub.build().unwrap().client();
        assert_eq!(used(&client, &seen).await, hosts, "{said}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_has_the_last_word_on_tags() {
    let (hub, seen) = said(of_two_zones(), json!({"tags": {"version": "2"}, "zone": "a"}));
    let client: InventoryClient = hub.build().unwrap().client();
    let view = client.with(|call| call.tag("version", "1"));
    assert_eq!(used(&view, &seen).await, ["a1"]);
}

#[tokio::test(start_paused = true)]
async fn a_subset_is_used_of_a_fleet() {
    let fleet = || (0..30).map(|at| endpoint(&format!("e{at}"))).collect();
    let (hub, seen) =
        said(fleet(), json!({"subset": 20, "services": {"inventory": {"subset": 3}}}));
    let hub = hub.subset(10).service("inventory", |s| s.subset(5)).build().unwrap();

    assert_eq!(used(&hub.client(), &seen).await.len(), 3);
    let orders: OrdersClient = hub.client();
    for _ in 0..60 {
        orders.orders().await.unwrap();
    }
    assert_eq!(seen.take().len(), 20);
}

/// A new one begins with a tenth of its share, or with all of it.
#[tokio::test(start_paused = true)]
async fn a_new_endpoint_is_spared() {
    for (window, spared) in [("0s", false), ("10m", true)] {
        let script = Script::of(vec![endpoint("old")]);
        let seen = Counting::default();
        let said = json!({"slow_start": "1h", "services": {"inventory": {"slow_start": window}}});
        let hub = Hub::builder().discover(script.clone()).transport(seen.clone()).seed(7);
        let client: InventoryClient = hub.settings(settings(said)).build().unwrap().client();
        client.items().await.unwrap();
        script.say(vec![endpoint("old"), endpoint("new")]);
        settle().await;
        seen.take();
        for _ in 0..400 {
            client.items().await.unwrap();
        }
        let new = seen.take().get("new").copied().unwrap_or_default();
        assert_eq!(new < 100, spared, "{new} of 400 within {window}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_removed_goes_after_a_while() {
    for (said, after) in [(json!({"removal_grace": "5s"}), 5.0), (json!({}), 60.0)] {
        let script = Script::of(vec![endpoint("a"), endpoint("b")]);
        let hub = Hub::builder().discover(script.clone()).transport(Counting::default());
        let hub = hub.removal_grace(std::time::Duration::from_secs(60)).settings(settings(said));
        let hub = hub.build().unwrap();
        let client: InventoryClient = hub.client();
        client.items().await.unwrap();
        script.say(Vec::new());
        seconds(after - 1.0).await;
        assert_eq!(known(&hub), ["a", "b"], "before {after} s");
        seconds(2.0).await;
        assert!(known(&hub).is_empty(), "after {after} s");
    }
}

// === what is wrong in them ===

fn figment(toml: &str) -> figment::Figment {
    use figment::providers::{Format as _, Toml};
    figment::Figment::from(Toml::string(toml))
}

#[test]
fn all_keys_are_read_from_a_file() {
    let text = "
        balance = 'ewma'
        zone = 'eu-1a'
        tags = { version = '2' }
        slow_start = '30s'
        subset = 20
        removal_grace = '30s'

        [services.inventory]
        balance = 'least_loaded'
        zone = 'eu-1b'
        tags = { tier = 'gold' }
        slow_start = '1m'
        subset = 5
    ";
    let settings = figment(text).extract::<Settings>().unwrap();
    Hub::builder().settings(settings).transport(Counting::default()).build().unwrap();
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    for (text, words) in [
        (
            "balance = 'fastest'",
            &["balance", "`fastest`", "`round_robin`", "`sticky`", ".balance("][..],
        ),
        ("[services.inventory]\nbalance = 'emwa'", &["services.inventory.balance", "`ewma`"]),
        ("balance = 3", &["balance", "string"]),
        ("slow_start = 'soon'", &["slow_start", "`soon`", "2s"]),
        ("[services.inventory]\nslow_start = 30", &["services.inventory.slow_start"]),
        ("subset = -1", &["subset"]),
        ("zone = 1", &["zone", "string"]),
        ("[tags]\nversion = 2", &["tags.version", "string"]),
        ("removal_grace = 'never'", &["removal_grace", "`never`"]),
        // Of the hub alone, and of no single method.
        ("[services.inventory]\nremoval_grace = '5s'", &["removal_grace", "services.inventory"]),
        ("[services.inventory.methods.items]\nbalance = 'ewma'", &["balance", "methods.items"]),
        ("balanse = 'ewma'", &["balanse", "balance"]),
    ] {
        let error = figment(text).extract::<Settings>().unwrap_err().to_string();
        for word in words {
            assert!(error.contains(word), "{word} is not in: {error}");
        }
    }
}

#[test]
fn a_subset_of_nothing_is_refused_by_build() {
    for (said, words) in [
        (json!({"subset": 0}), &["subset", "zero"][..]),
        (json!({"services": {"inventory": {"subset": 0}}}), &["inventory", "subset", "zero"]),
    ] {
        let error = Hub::builder().settings(settings(said)).build().unwrap_err().to_string();
        for word in words {
            assert!(error.contains(word), "{word} is not in: {error}");
        }
    }
}

/// Later settings stand above earlier ones, key by key.
#[tokio::test(start_paused = true)]
async fn settings_add_up() {
    let (hub, seen) = said(of_two_zones(), json!({"zone": "a", "tags": {"version": "1"}}));
    let hub = hub.settings(settings(json!({"zone": "b"}))).settings(settings(json!({})));
    let client: InventoryClient = hub.build().unwrap().client();
    assert_eq!(used(&client, &seen).await, ["b1"]);
}
