//! A service that registers, answers who it is, and leaves in order when it is told to.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use feign_eureka::{Eureka, Registration};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::Notify;

pub(crate) const ROLE: &str = "inventory";

/// How often it renews its lease, and how long that lasts.
const LEASE: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(2)];

/// What Java's service of this name answers as well.
#[derive(Serialize)]
struct Item {
    sku: String,
    instance: String,
}

#[derive(Clone)]
struct Service {
    id: Arc<str>,
    leave: Arc<Notify>,
}

/// Serves as one instance of `inventory`, registered at the first of `registries` (with commas between
/// them) that answers. Told to leave, it waits so many milliseconds between being out of service and the
/// end of its lease.
pub(crate) async fn serve(id: &str, registries: &str, wait: &str) -> Result<(), feign::BoxError> {
    let wait = Duration::from_millis(wait.parse()?);
    let eureka = registries
        .split(',')
        .enumerate()
        // Ours is the zone of the first one: the others are asked where that one fails.
        .fold(Eureka::builder().zone("0"), |to, (at, url)| to.server_in(at.to_string(), url))
        .build()?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    println!("http://{address}");

    let registration = Registration::new("inventory")
        .instance_id(id)
        .host("127.0.0.1")
        .ip("127.0.0.1")
        .port(address.port())
        .lease(LEASE[0], LEASE[1]);
    let leave = Arc::new(Notify::new());
    let told = Arc::clone(&leave);
    let leaving =
        eureka.register(registration).leave_on(async move { told.notified().await }, wait);
    let app = Router::new()
        .route("/items/{sku}", get(item))
        .route("/leave", post(async |State(service): State<Service>| service.told()))
        .with_state(Service { id: id.into(), leave });
    Ok(axum::serve(listener, app).with_graceful_shutdown(leaving).await?)
}

async fn item(State(service): State<Service>, Path(sku): Path<String>) -> Json<Item> {
    Json(Item { sku, instance: service.id.as_ref().to_owned() })
}

impl Service {
    fn told(&self) -> StatusCode {
        self.leave.notify_one();
        StatusCode::ACCEPTED
    }
}
