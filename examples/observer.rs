//! Metrics of one's own, from what a hub tells: `cargo run --example observer`.
//!
//! An observer gets the calls, their attempts, the picks and what becomes of services, as borrowed events:
//! nothing is formatted, and the template of an operation is a label that does not grow with the traffic.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use feign::observe::{AttemptEnded, CallEnded, Discovery, End, Observer, Pick};

#[feign::client(service = "greeter")]
trait Greeter {
    #[get("/hello/{name}")]
    async fn hello(&self, name: &str) -> Result<String, feign::Error>;

    #[get("/slow")]
    #[timeout("50ms")]
    async fn slow(&self) -> Result<String, feign::Error>;
}

/// Counts and times, by operation and end.
#[derive(Clone, Default)]
struct Metrics(Arc<Mutex<BTreeMap<String, (u32, Duration)>>>);

impl Metrics {
    fn add(&self, label: String, elapsed: Duration) {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, total) = table.entry(label).or_default();
        *count += 1;
        *total += elapsed;
    }
}

impl Observer for Metrics {
    fn call_ended(&self, call: &CallEnded<'_>) {
        let end = match (call.end(), call.error()) {
            (End::Cancelled, _) => "cancelled".to_owned(),
            (_, Some(error)) if error.is_timeout() => "timeout".to_owned(),
            _ => call.status().map_or("failed".to_owned(), |status| status.as_str().to_owned()),
        };
        self.add(format!("call     {:14} {end}", call.call().operation()), call.elapsed());
    }

    fn picked(&self, pick: &Pick<'_>) {
        self.add(format!("pick     {}", pick.endpoint()), Duration::ZERO);
    }

    fn attempt_ended(&self, attempt: &AttemptEnded<'_>) {
        let end = attempt.status().map_or("none".to_owned(), |status| status.as_str().to_owned());
        self.add(format!("attempt  {:14} {end}", attempt.call().operation()), attempt.elapsed());
    }

    fn discovered(&self, event: &Discovery<'_>) {
        println!("discovery: {event:?}");
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), feign::Error> {
    let metrics = Metrics::default();
    let url = start();
    let endpoint = feign::discover::Endpoint::new(&url)?;
    let hub = feign::Hub::builder()
        .discover(feign::discover::fixed([("greeter", vec![endpoint])]))
        .observer(metrics.clone())
        .build()?;
    let greeter: GreeterClient = hub.client();

    for name in ["ann", "bob", "eve"] {
        println!("{}", greeter.hello(name).await?);
    }
    println!("{}", greeter.slow().await.unwrap_err());
    drop(tokio::time::timeout(Duration::from_millis(10), greeter.slow()).await);

    for (label, (count, total)) in &*metrics.0.lock().unwrap_or_else(PoisonError::into_inner) {
        println!("{label:40} {count:3} {:8.1?}", *total / *count);
    }
    Ok(())
}

/// The service that is called.
fn start() -> String {
    use axum::extract::Path;
    use axum::routing::get;

    let hello = async |Path(name): Path<String>| format!("hello {name}");
    let slow = async || tokio::time::sleep(Duration::from_secs(60)).await;
    let router = axum::Router::new().route("/hello/{name}", get(hello)).route("/slow", get(slow));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a socket of ours");
    let url = format!("http://{}", listener.local_addr().expect("a socket of ours"));
    tokio::spawn(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router).await
    });
    url
}
