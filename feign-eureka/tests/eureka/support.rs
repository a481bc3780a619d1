//! What the tests stand on.

use std::pin::Pin;
use std::time::Duration;

use feign_core::discover::{Discover as _, Endpoint, State, Update, Updates};
use feign_eureka::testing::EurekaServer;
use feign_eureka::{Eureka, EurekaBuilder, Registration};
use futures_util::StreamExt as _;

pub(crate) const INTERVAL: Duration = Duration::from_secs(30);

/// Longer than any wait of ours between two rounds that went well.
pub(crate) const ROUND: Duration = Duration::from_secs(37);

pub(crate) const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

/// Begins a client of one server, without a socket.
pub(crate) fn client_of(server: &EurekaServer) -> EurekaBuilder {
    Eureka::builder().server(server.url()).transport(server.transport()).seed(7)
}

pub(crate) fn client(server: &EurekaServer) -> Eureka {
    client_of(server).build().unwrap()
}

/// A client whose registrations the server refuses: a proxy in between has renamed the application.
pub(crate) fn refusing(server: &EurekaServer) -> Eureka {
    let rename = |request: http::Request<feign_core::Body>, next: feign_core::layer::Next| async move {
        let (mut parts, body) = request.into_parts();
        parts.uri = parts.uri.to_string().replace("ORDERS", "OTHERS").parse().unwrap();
        next.run(http::Request::from_parts(parts, body)).await
    };
    client_of(server)
        .hub(move |hub| hub.per_attempt(feign_core::layer::from_fn(rename)))
        .build()
        .unwrap()
}

/// An instance of a service: `orders` on port 1 has the id `i1` and the host `h1`.
pub(crate) fn instance(app: &str, number: u16) -> Registration {
    Registration::new(app)
        .instance_id(format!("i{number}"))
        .host(format!("h{number}"))
        .ip(format!("10.0.0.{number}"))
        .port(number)
}

/// One service, followed.
pub(crate) struct Followed(Updates);

impl Followed {
    pub(crate) fn new(eureka: &Eureka, service: &str) -> Self {
        Self(eureka.watch(service))
    }

    /// Returns the next update, which has to come soon enough.
    pub(crate) async fn update(&mut self) -> Update {
        let next = tokio::time::timeout(secs(1_000), self.0.next());
        next.await.expect("an update").expect("no end")
    }

    /// Returns the hosts of those that are up, which the next update has to hold.
    pub(crate) async fn up(&mut self) -> Vec<String> {
        up(&self.endpoints().await)
    }

    pub(crate) async fn endpoints(&mut self) -> Vec<Endpoint> {
        self.update().await.unwrap().expect("a known name")
    }

    pub(crate) async fn failure(&mut self) -> String {
        self.update().await.unwrap_err().to_string()
    }

    /// Returns whether nothing is said for a while.
    pub(crate) async fn is_silent_for(&mut self, time: Duration) -> bool {
        tokio::time::timeout(time, self.0.next()).await.is_err()
    }

    pub(crate) fn into_updates(self) -> Pin<Box<dyn futures_core::Stream<Item = Update> + Send>> {
        self.0
    }
}

pub(crate) fn up(endpoints: &[Endpoint]) -> Vec<String> {
    let up = endpoints.iter().filter(|endpoint| endpoint.state() == State::Up);
    up.map(|endpoint| endpoint.authority().host().to_owned()).collect()
}

/// Waits, on whatever clock, until something holds.
pub(crate) async fn until(mut holds: impl FnMut() -> bool) {
    for _ in 0..10_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it does not come to hold");
}
