//! Whose word stands: default < hub < trait < method < service < its settings < settings of the
//! method < this call.

use std::time::Duration;

use feign::mock::Reply;
use feign::{Body, Settings};
use http_body_util::BodyExt as _;
use serde_json::json;
use tokio::time::Instant;

use super::{Answer, answering, ended, seconds, silence};

#[feign::client(service = "levels")]
trait Bare {
    #[get("/")]
    async fn call(&self) -> Answer;
}

#[feign::client(service = "levels")]
#[timeout("20s")]
trait ByTrait {
    #[get("/")]
    async fn call(&self) -> Answer;
    #[get("/")]
    #[timeout("19s")]
    async fn own(&self) -> Answer;
}

fn settings(json: serde_json::Value) -> Settings {
    serde_json::from_value(json).unwrap()
}

/// What is said, level by level, all levels up to `level`.
fn said(level: usize) -> feign::HubBuilder {
    let mut hub = silence().hub();
    let mut said = json!({"services": {"levels": {"url": "http://h.example", "methods": {}}}});
    if level >= 1 {
        hub = hub.timeout(seconds(21));
    }
    if level >= 2 {
        said["timeout"] = "20500ms".into();
    }
    if level >= 5 {
        hub = hub.service("levels", |service| service.timeout(seconds(18)));
    }
    if level >= 6 {
        said["services"]["levels"]["timeout"] = "17s".into();
    }
    if level >= 7 {
        said["services"]["levels"]["methods"]["own"] = json!({"timeout": "16s"});
    }
    hub.settings(settings(said))
}

async fn took<F: Future<Output = Answer>>(call: F) -> Duration {
    let started = Instant::now();
    let (took, setting) = ended(started, call.await);
    assert_eq!(setting, "timeout");
    took
}

#[tokio::test(start_paused = true)]
async fn the_nearest_level_wins() {
    let bare = |level| said(level).build().unwrap().client::<BareClient>();
    let by_trait = |level| said(level).build().unwrap().client::<ByTraitClient>();

    assert_eq!(took(bare(0).call()).await, seconds(30), "default");
    assert_eq!(took(bare(1).call()).await, seconds(21), "hub");
    assert_eq!(took(bare(2).call()).await, Duration::from_millis(20_500), "settings of the hub");
    assert_eq!(took(by_trait(2).call()).await, seconds(20), "trait");
    assert_eq!(took(by_trait(2).own()).await, seconds(19), "method");
    assert_eq!(took(by_trait(5).own()).await, seconds(18), "service");
    assert_eq!(took(by_trait(6).own()).await, seconds(17), "settings of the service");
    assert_eq!(took(by_trait(7).own()).await, seconds(16), "settings of the method");
    assert_eq!(took(by_trait(7).call()).await, seconds(17), "another method");
    let view = by_trait(7).with(|call| call.timeout(seconds(15)));
    assert_eq!(took(view.own()).await, seconds(15), "call");
    let nearer = view.with(|call| call.timeout(seconds(14)));
    assert_eq!(took(nearer.own()).await, seconds(14), "a view of a view");
}

/// The settings of one method are found by its name, or by trait and name.
#[tokio::test(start_paused = true)]
async fn settings_of_a_method_by_either_name() {
    let said = settings(json!({"services": {"levels": {
        "url": "http://h.example",
        "methods": {"call": {"timeout": "4s"}, "ByTrait.call": {"timeout": "5s"}},
    }}}));
    let hub = silence().hub().settings(said).build().unwrap();
    assert_eq!(took(hub.client::<ByTraitClient>().call()).await, seconds(5));
    assert_eq!(took(hub.client::<BareClient>().call()).await, seconds(4));
}

/// Each limit is found on its own: who sets one leaves the others where they are.
#[tokio::test(start_paused = true)]
async fn limits_are_found_one_by_one() {
    #[feign::client(service = "levels")]
    #[timeout("20s", attempt = "10s")]
    trait Both {
        #[get("/")]
        async fn inherited(&self) -> Answer;
        #[get("/")]
        #[timeout("15s")]
        async fn total(&self) -> Answer;
        #[get("/")]
        #[timeout(attempt = "5s")]
        async fn attempt(&self) -> Answer;
    }
    let hub = silence().hub().service("levels", |s| s.url("http://h.example")).build().unwrap();
    let client: BothClient = hub.client();
    for (call, limit) in [
        (client.inherited().await, seconds(10)),
        (client.total().await, seconds(10)),
        (client.attempt().await, seconds(5)),
    ] {
        let error = call.unwrap_err();
        assert_eq!(error.timeout_setting().unwrap().name(), "attempt_timeout");
        assert!(error.to_string().contains(&format!("{limit:?}")), "{error}");
    }
}

/// Every place where a limit can be said, each alone.
#[tokio::test(start_paused = true)]
async fn every_limit_acts_at_every_level() {
    #[feign::client(service = "levels")]
    trait Streams {
        #[get("/")]
        async fn stream(&self) -> Result<Body, feign::Error>;
    }

    for (key, silent) in [("attempt_timeout", true), ("idle_timeout", false)] {
        let mock = match silent {
            true => silence(),
            false => answering(Reply::status(200).body("never").slow_body(1, seconds(1_000))),
        };
        let new = || mock.hub().service("levels", |s| s.url("http://h.example"));
        let service = |said: serde_json::Value| json!({"services": {"levels": said}});
        let by_hub = match silent {
            true => new().attempt_timeout(seconds(3)),
            false => new().idle_timeout(seconds(3)),
        };
        let by_service = new().service("levels", |s| match silent {
            true => s.attempt_timeout(seconds(4)),
            false => s.idle_timeout(seconds(4)),
        });
        let in_settings = new().settings(settings(json!({key: "5s"})));
        let in_service = new().settings(settings(service(json!({key: "6s"}))));
        let methods = json!({"methods": {"stream": {key: "7s"}}});
        let in_method = new().settings(settings(service(methods)));

        let clients =
            [(by_hub, 3), (by_service, 4), (in_settings, 5), (in_service, 6), (in_method, 7)];
        let mut clients = clients
            .map(|(hub, limit)| (hub.build().unwrap().client::<StreamsClient>(), limit))
            .to_vec();
        let view = clients[4].0.with(|call| match silent {
            true => call.attempt_timeout(seconds(8)),
            false => call.idle_timeout(seconds(8)),
        });
        clients.push((view, 8));

        for (client, limit) in clients {
            let started = Instant::now();
            let error = match client.stream().await {
                Ok(mut body) => *body.frame().await.unwrap().unwrap_err().downcast().unwrap(),
                Err(error) => error,
            };
            assert_eq!(error.timeout_setting().unwrap().name(), key);
            assert_eq!(started.elapsed(), seconds(limit), "{key}");
        }
    }
}
