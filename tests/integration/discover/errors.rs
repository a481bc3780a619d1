//! What a call says that found no endpoint: each failure of the first hour has its own text.

use std::time::Duration;

use feign::Hub;
use feign::discover::{self, Endpoint, State};
use tokio::time::Instant;

use super::script::{Counting, Script, hub_of};
use super::{Inventory as _, InventoryClient, endpoint, endpoints, seconds, settle};

/// The text of the error of a call.
async fn text(client: &InventoryClient) -> String {
    let error = client.items().await.unwrap_err();
    assert!(error.is_no_endpoint(), "{error:?}");
    assert!(!error.is_timeout() && !error.is_connect(), "{error:?}");
    assert_eq!((error.service(), error.attempts()), (Some("inventory"), 0));
    let text = error.to_string();
    assert_eq!(text.matches("`inventory`").count(), 1, "{text}");
    text.strip_prefix("Inventory.items (GET /items): no endpoint for service `inventory`: ")
        .unwrap_or_else(|| panic!("{text}"))
        .to_owned()
}

/// The text where the source has said `endpoints` first.
async fn said(source: Script) -> String {
    text(&hub_of(source).build().unwrap().client()).await
}

#[tokio::test(start_paused = true)]
async fn nothing_resolves_names() {
    let hub = Hub::builder().transport(Counting::default()).build().unwrap();
    assert_eq!(
        text(&hub.client()).await,
        r#"nothing resolves names; say `Hub::builder().service("inventory", |s| s.url("http://…"))` or `.discover(…)`, or call `client_at("http://…")`"#
    );
}

#[tokio::test(start_paused = true)]
async fn a_wrong_name() {
    // Given to the hub.
    let hub = Hub::builder()
        .service("inventroy", |s| s.url("http://h"))
        .service("orders", |s| s.url("http://h"));
    let hub = hub.transport(Counting::default()).build().unwrap();
    assert_eq!(
        text(&hub.client()).await,
        "the known names are `inventroy`, `orders`; did you mean `inventroy`?"
    );
    // A source, and what is given beside it.
    let fixed = discover::fixed([("stock", endpoints(["a"])), ("stocks", vec![])]);
    let hub = Hub::builder().service("orders", |s| s.url("http://h")).discover(fixed);
    let hub = hub.transport(Counting::default()).build().unwrap();
    assert_eq!(
        text(&hub.client()).await,
        "the fixed list does not know that name; there are `orders`, `stock`, `stocks`"
    );
    // A source that has no list.
    let hub =
        hub_of(discover::poll(Duration::from_secs(9), |_| async { Ok(None) })).build().unwrap();
    assert_eq!(
        text(&hub.client()).await,
        "the polled function does not know that name, and has no list of those that it knows; see how the service is called there"
    );
}

#[tokio::test(start_paused = true)]
async fn an_address_in_the_place_of_a_name() {
    let hub = hub_of(discover::fixed([("inventory", endpoints(["a"]))])).build().unwrap();
    for (place, repair) in [
        ("localhost:8080", "; an address is written with its scheme, `http://localhost:8080`"),
        ("inventory:", "; did you mean `inventory`?"),
    ] {
        let client: InventoryClient = hub.client_at(place).unwrap();
        let text = client.items().await.unwrap_err().to_string();
        assert!(text.ends_with(&format!("there are `inventory`{repair}")), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn of_many_names_some_are_shown() {
    let many = (0..1000).map(|at| (format!("service-{at:03}"), Vec::new()));
    let hub = hub_of(discover::fixed(many)).build().unwrap();
    let text = text(&hub.client()).await;
    assert!(text.ends_with("`service-018`, `service-019` and 980 more"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn nothing_is_registered_yet() {
    assert_eq!(
        said(Script::of(vec![])).await,
        "the script knows the name, but no instance of it; start one, and see that it registers"
    );
}

#[tokio::test(start_paused = true)]
async fn the_source_fails_at_the_start() {
    #[derive(Debug, thiserror::Error)]
    #[error("cannot fetch http://eureka:8761")]
    struct Outer(#[source] Inner);
    #[derive(Debug, thiserror::Error)]
    #[error("connection refused")]
    struct Inner;

    let script = Script::default();
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { text(&client).await }
    });
    settle().await;
    script.fail_by(|| Outer(Inner));
    let cause = "cannot fetch http://eureka:8761: connection refused; see to its address, to its credentials, and that it runs";
    assert_eq!(
        waiting.await.unwrap(),
        format!("the script has not answered yet, and fails: {cause}")
    );
    seconds(200.0).await;
    assert_eq!(
        text(&client).await,
        format!("the script has not answered yet, and fails for 3m 20s: {cause}")
    );
}

#[tokio::test(start_paused = true)]
async fn the_source_does_not_answer_in_time() {
    let hub = hub_of(Script::default()).timeout(Duration::from_secs(3)).build().unwrap();
    let begun = Instant::now();
    assert_eq!(
        text(&hub.client()).await,
        r#"the script has not answered yet, in all the time that the call had; raise `timeout`, or wait for it at the start by `hub.warm_up(["inventory"])`"#
    );
    assert_eq!(begun.elapsed().as_secs(), 3);
}

#[tokio::test(start_paused = true)]
async fn none_takes_calls() {
    let state = |id, state| endpoint(id).with_state(state);
    for (endpoints, why) in [
        (vec![state("a", State::Down)], "1 of it, 1 down"),
        (vec![state("a", State::Draining), state("b", State::Draining)], "2 of it, 2 draining"),
        (
            vec![state("a", State::Draining), state("b", State::Down)],
            "2 of it, 1 draining and 1 down",
        ),
    ] {
        assert_eq!(
            said(Script::of(endpoints)).await,
            format!("the script knows {why}; start one that takes calls")
        );
    }
}

#[tokio::test(start_paused = true)]
async fn none_has_what_is_asked_for() {
    let tagged = |id, version: &str| endpoint(id).with_metadata("version", version);
    let down: Endpoint = tagged("d", "3").with_state(State::Down);
    let all = vec![tagged("a", "1"), tagged("b", "2"), tagged("c", "2"), down];
    let hub = hub_of(Script::of(all)).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    let other = client.with(|call| call.tag("version", "3"));
    assert_eq!(
        text(&other).await,
        "the script knows 4 of it, 1 down and 3 up without what is asked for, `version=3`; there is `version=1`, `version=2`"
    );
    let other = client.with(|call| call.tag("canary", "yes"));
    assert_eq!(
        text(&other).await,
        "the script knows 4 of it, 1 down and 3 up without what is asked for, `canary=yes`; none says anything of it: take the `tag` away, or start one that has it"
    );
}

#[tokio::test(start_paused = true)]
async fn unknown_when_it_answered_last() {
    let script = Script::default().named(["inventory-eu"]);
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { text(&client).await }
    });
    settle().await;
    script.unknown();
    let unknown = "the script does not know that name; there are `inventory-eu`; did you mean `inventory-eu`?";
    assert_eq!(waiting.await.unwrap(), unknown);
    script.fail("connection refused");
    seconds(12.5).await;
    assert_eq!(
        text(&client).await,
        format!(
            "{unknown}; that is what the script said last, it fails for 12s: connection refused"
        )
    );
    // The cause changes, the age goes on.
    script.fail("unknown host");
    seconds(10.0).await;
    assert!(text(&client).await.ends_with("it fails for 22s: unknown host"));
}

#[tokio::test(start_paused = true)]
async fn empty_when_it_answered_last() {
    let script = Script::of(vec![]);
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    text(&client).await;
    script.end();
    seconds(0.2).await;
    let text = text(&client).await;
    assert!(text.contains("no instance of it"), "{text}");
    assert!(text.ends_with("it fails: the source ended"), "{text}");
}
