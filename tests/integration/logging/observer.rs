//! What observers are told.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use feign::Hub;
use feign::discover::{self, Endpoint};
use feign::mock::{Mock, Reply};
use feign::observe::{
    AttemptEnded, AttemptStarted, CallEnded, CallStarted, Discovery, Observer, Pick,
};

use crate::support::{self, Server};

#[feign::client(service = "watched")]
trait Watched {
    #[get("/items/{id}")]
    async fn item(&self, id: u32) -> Result<u32, feign::Error>;
}

/// Writes down what it is told.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<String>>);

impl Told {
    fn line(&self, line: std::fmt::Arguments<'_>) {
        writeln!(self.0.lock().unwrap(), "{line}").unwrap();
    }

    fn take(&self) -> String {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Observer for Told {
    fn call_started(&self, event: &CallStarted<'_>) {
        let call = event.call();
        self.line(format_args!("call {} to {}", call.operation(), call.target()));
    }

    fn call_ended(&self, event: &CallEnded<'_>) {
        let (status, attempts) = (event.status(), event.attempts());
        let end = match event.end() {
            feign::observe::End::Answered(_) => "answered",
            feign::observe::End::Failed(_) => "failed",
            _ => "cancelled",
        };
        self.line(format_args!("call {end} {status:?} {attempts} {:?}", event.elapsed()));
    }

    fn picked(&self, event: &Pick<'_>) {
        self.line(format_args!("pick {} {}", event.attempt(), event.endpoint()));
    }

    fn attempt_started(&self, event: &AttemptStarted<'_>) {
        let (method, uri) = (event.method(), event.uri());
        self.line(format_args!("attempt {} {method} {uri}", event.attempt()));
    }

    fn attempt_ended(&self, event: &AttemptEnded<'_>) {
        let (status, error) = (event.status(), event.error().is_some());
        self.line(format_args!("attempt {} ended {status:?} {error}", event.attempt()));
    }

    fn discovered(&self, event: &Discovery<'_>) {
        self.line(format_args!("{event:?}"));
    }
}

#[tokio::test(start_paused = true)]
async fn everything_in_its_order() {
    let told = Told::default();
    let mock = Mock::new();
    let second = Duration::from_secs(1);
    mock.on(WatchedClient::ITEM)
        .reply(Reply::json(200, 7).delay(second))
        .then(Reply::json(200, "no number"))
        .then(503)
        .then(Reply::hang());
    let source = discover::fixed([("watched", vec![Endpoint::new("http://a:1").unwrap()])]);
    let hub = mock.hub().discover(source).observer(told.clone()).build().unwrap();
    let client: WatchedClient = hub.client();

    assert_eq!(client.item(1).await.unwrap(), 7);
    let found = "Changed { service: \"watched\", before: 0, endpoints: 1 }";
    let before = "call Watched.item to watched";
    let attempt = "pick 1 http://a:1\nattempt 1 GET /items/1\nattempt 1 ended Some(200) false";
    let expected = format!("{before}\n{found}\n{attempt}\ncall answered Some(200) 1 1s\n");
    assert_eq!(told.take(), expected);

    // What cannot be read has failed, though it was answered.
    client.item(1).await.unwrap_err();
    assert!(
        told.take().ends_with("attempt 1 ended Some(200) false\ncall failed Some(200) 1 0ns\n")
    );
    client.item(1).await.unwrap_err();
    assert!(
        told.take().ends_with("attempt 1 ended Some(503) false\ncall failed Some(503) 1 0ns\n")
    );

    drop(tokio::time::timeout(second, client.item(1)).await);
    assert!(told.take().ends_with("attempt 1 ended None false\ncall cancelled None 1 1s\n"));
    let hasty = client.with(|call| call.timeout(second));
    hasty.item(1).await.unwrap_err();
    assert!(told.take().ends_with("attempt 1 ended None false\ncall failed None 1 1s\n"));
    // A call that nobody polls is none.
    drop(client.item(1));
    assert_eq!(told.take(), "");
}

#[tokio::test]
async fn several_are_told_the_same() {
    let (one, two) = (Told::default(), Told::default());
    let mock = Mock::new();
    mock.on(WatchedClient::ITEM).reply_json(200, 7);
    let hub = mock.hub().observer(one.clone()).observer(Arc::new(two.clone())).build().unwrap();
    hub.client::<WatchedClient>().item(1).await.unwrap();
    let told = one.take();
    assert!(told.contains("pick 1 "));
    assert_eq!(told.lines().count(), two.take().lines().count());
}

#[tokio::test(start_paused = true)]
async fn a_source_that_fails_and_comes_back() {
    let told = Told::default();
    let asked = Arc::new(Mutex::new(0));
    let source = discover::poll(Duration::from_secs(1), move |_| {
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        let answer = match *asked {
            2 => Err("the registry is away".into()),
            _ => {
                Endpoint::new("http://a:1").map(|endpoint| Some(vec![endpoint])).map_err(Into::into)
            }
        };
        async move { answer }
    });
    let mock = Mock::new();
    let hub = mock.hub().discover(source).observer(told.clone()).build().unwrap();
    let _client: WatchedClient = hub.client();
    hub.warm_up(["watched"]).await.unwrap();
    tokio::time::sleep(Duration::from_secs(5)).await;
    let told = told.take();
    assert!(told.contains("Changed"), "{told}");
    assert!(
        told.contains(
            "Failed { service: \"watched\", cause: \"the registry is away\", endpoints: 1 }"
        ),
        "{told}"
    );
    assert!(told.ends_with("Recovered { service: \"watched\" }\n"), "{told}");
}

/// Of a fixed URL too, and of a head before the transport adds to it.
#[tokio::test]
async fn what_is_told_of_a_fixed_url() {
    #[derive(Clone, Default)]
    struct Names(Arc<Mutex<Vec<String>>>);

    impl Observer for Names {
        fn attempt_started(&self, event: &AttemptStarted<'_>) {
            self.0.lock().unwrap().extend(event.headers().keys().map(ToString::to_string));
        }
    }

    let server = Server::always(support::Reply::ok_json("7")).await;
    let (told, names) = (Told::default(), Names::default());
    let hub = Hub::builder().observer(told.clone()).observer(names.clone());
    let hub = hub.service("watched", |s| s.url(server.url())).build().unwrap();
    hub.client::<WatchedClient>().item(1).await.unwrap();
    let found = "Changed { service: \"watched\", before: 0, endpoints: 1 }\n";
    assert!(told.take().starts_with(found));
    assert!(server.only().header("host").is_some());
    let names = names.0.lock().unwrap();
    assert!(names.contains(&"accept".to_owned()) && !names.contains(&"host".to_owned()));
}

/// An observer may ask the hub what it is told of: no lock is held.
#[tokio::test]
async fn an_observer_may_ask_the_hub() {
    #[derive(Clone, Default)]
    struct Asking(Arc<Mutex<Option<Hub>>>, Arc<Mutex<Vec<usize>>>);

    impl Observer for Asking {
        fn discovered(&self, event: &Discovery<'_>) {
            let Some(hub) = self.0.lock().unwrap().clone() else { return };
            self.1.lock().unwrap().push(hub.endpoints(event.service()).endpoints().len());
        }
    }

    let asking = Asking::default();
    let source = discover::fixed([("watched", vec![Endpoint::new("http://a:1").unwrap()])]);
    let hub = Mock::new().hub().discover(source).observer(asking.clone()).build().unwrap();
    *asking.0.lock().unwrap() = Some(hub.clone());
    hub.warm_up(["watched"]).await.unwrap();
    assert_eq!(*asking.1.lock().unwrap(), [1]);
    asking.0.lock().unwrap().take();
}
