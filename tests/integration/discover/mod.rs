//! Finding services: sources, what is kept of what they say, and what calls see of it.

mod bad_sources;
#[cfg(feature = "file")]
mod cached;
mod combinators;
#[cfg(feature = "dns")]
mod dns;
mod errors;
#[cfg(feature = "file")]
mod file;
#[cfg(feature = "file")]
mod folder;
mod guards;
mod poll;
mod script;
mod settings;
mod watch;

use std::time::Duration;

use feign::Hub;
use feign::discover::{Endpoint, Freshness};

#[feign::client(service = "inventory")]
trait Inventory {
    #[get("/items")]
    async fn items(&self) -> Result<(), feign::Error>;
}

#[feign::client(service = "orders")]
trait Orders {
    #[get("/orders")]
    async fn orders(&self) -> Result<(), feign::Error>;
}

/// An endpoint whose id is its host.
fn endpoint(id: &str) -> Endpoint {
    Endpoint::new(&format!("http://{id}:80")).unwrap().with_id(id)
}

fn endpoints<const N: usize>(ids: [&str; N]) -> Vec<Endpoint> {
    ids.into_iter().map(endpoint).collect()
}

/// The ids of what is known, in its order.
fn known(hub: &Hub) -> Vec<String> {
    let known = hub.endpoints("inventory");
    known.endpoints().iter().map(|endpoint| endpoint.id().into_owned()).collect()
}

/// Why what is known is stale, if it is.
fn stale(hub: &Hub) -> Option<String> {
    match hub.endpoints("inventory").freshness() {
        Freshness::Stale { cause, .. } => Some(cause.to_string()),
        _ => None,
    }
}

fn is_live(hub: &Hub) -> bool {
    matches!(hub.endpoints("inventory").freshness(), Freshness::Live)
}

fn is_pending(hub: &Hub) -> bool {
    matches!(hub.endpoints("inventory").freshness(), Freshness::Pending)
}

/// Lets the task of a service take in what its source has said: on the paused clock, and longer than
/// two updates are apart.
async fn settle() {
    seconds(0.1).await;
}

/// Lets time pass on the paused clock.
async fn seconds(time: f64) {
    tokio::time::sleep(Duration::from_secs_f64(time)).await;
}
