//! Which layer stands where: first added is outermost, `per_call` around `per_attempt`.

use std::sync::{Arc, Mutex};

use feign::mock::{Mock, Reply};
use feign::{Body, Request, Response, layer};

use super::{Layered as _, LayeredClient};

type Log = Arc<Mutex<Vec<String>>>;

/// A layer that says when it is passed on the way down and up.
macro_rules! mark {
    ($log:ident, $name:literal) => {{
        let log: Log = Arc::clone(&$log);
        layer::from_fn(move |request: Request<Body>, next: layer::Next| {
            let log = Arc::clone(&log);
            async move {
                log.lock().unwrap().push(concat!("> ", $name).to_owned());
                let response = next.run(request).await;
                log.lock().unwrap().push(concat!("< ", $name).to_owned());
                response
            }
        })
    }};
}

#[tokio::test]
async fn first_added_is_outermost() {
    let log = Log::default();
    let mock = Mock::new();
    mock.on(LayeredClient::ITEM).times(1).reply(200);
    let hub = mock
        .hub()
        .per_attempt(mark!(log, "attempt 1"))
        .per_call(mark!(log, "call 1"))
        .per_attempt(mark!(log, "attempt 2"))
        .per_call(mark!(log, "call 2"));
    let client: LayeredClient = hub.build().unwrap().client_at("http://h.example").unwrap();
    client.item(1, None).await.unwrap();
    assert_eq!(
        *log.lock().unwrap(),
        [
            "> call 1",
            "> call 2",
            "> attempt 1",
            "> attempt 2",
            "< attempt 2",
            "< attempt 1",
            "< call 2",
            "< call 1",
        ]
    );
}

/// Tries twice more, as retries will: layers of an attempt see each, those of a call one.
async fn thrice(request: Request<Body>, next: layer::Next) -> Result<Response<Body>, feign::Error> {
    let (parts, body) = request.into_parts();
    let mut last = None;
    for _ in 0..3 {
        let again = Request::from_parts(parts.clone(), body.try_clone().expect("bytes"));
        last = Some(next.clone().run(again).await);
    }
    last.unwrap()
}

#[tokio::test]
async fn a_call_may_have_several_attempts() {
    let log = Log::default();
    let mock = Mock::new();
    mock.on(LayeredClient::CREATE).times(3).reply(200);
    let hub = mock
        .hub()
        .per_call(mark!(log, "call"))
        .per_call(layer::from_fn(thrice))
        .per_attempt(mark!(log, "attempt"));
    let client: LayeredClient = hub.build().unwrap().client_at("http://h.example").unwrap();
    client.create("text").await.unwrap();
    let log = log.lock().unwrap();
    assert_eq!(log.iter().filter(|line| *line == "> call").count(), 1);
    assert_eq!(log.iter().filter(|line| *line == "> attempt").count(), 3);

    // One key per call, the same on every attempt.
    let requests = mock.requests();
    let keys: Vec<_> =
        requests.iter().map(|request| request.header("idempotency-key").unwrap()).collect();
    assert_eq!(keys.len(), 3);
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

/// Attempts of a fixed list take their turns: a second attempt goes elsewhere.
#[tokio::test]
async fn each_attempt_is_picked_for() {
    let mock = Mock::new();
    mock.on(LayeredClient::CREATE).times(3).reply(Reply::garbage());
    let hub = mock
        .hub()
        .per_call(layer::from_fn(thrice))
        .service("layered", |s| s.url("http://one.example").url("http://two.example"));
    let client: LayeredClient = hub.build().unwrap().client();
    let error = client.create("text").await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert!(error.to_string().contains("3 attempts"), "{error}");
    let requests = mock.requests();
    let hosts: Vec<_> = requests.iter().map(|request| request.uri().host().unwrap()).collect();
    // The turn begins anywhere.
    assert_ne!(hosts[0], hosts[1]);
    assert_eq!(hosts[0], hosts[2]);
    assert_eq!(error.endpoint(), Some(&*format!("http://{}", hosts[2])));
}
