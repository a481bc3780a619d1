//! One service calls another: `cargo run --example quickstart`.
//!
//! The other service is a real one, of which three instances are started here on free ports (see the
//! end of this file).

use std::collections::BTreeMap;
use std::time::Duration;

use feign::eureka::Eureka;
use feign::eureka::testing::EurekaServer;
use feign::{Json, Response, StatusCode};
use serde::{Deserialize, Serialize};

/// Stock levels, owned by the inventory team.
#[feign::client(service = "inventory", path = "/api/v1")]
trait Inventory {
    /// `None` when the item does not exist.
    #[get("/items/{sku}")]
    async fn item(&self, sku: &str) -> Result<Option<Item>, InventoryError>;

    #[get("/items{?q,tag*}")]
    async fn search(&self, q: Option<&str>, tag: &[&str]) -> Result<Vec<Item>, InventoryError>;

    #[post("/items/{sku}/reservations")]
    async fn reserve(
        &self,
        sku: &str,
        #[body] order: &Reserve,
    ) -> Result<Response<Reservation>, InventoryError>;

    #[get("/audit")]
    #[timeout("200ms")]
    async fn audit(&self) -> Result<String, InventoryError>;

    /// The name of the instance that answers.
    #[get("/whoami")]
    async fn who_am_i(&self) -> Result<String, InventoryError>;
}

#[derive(Debug, Serialize, Deserialize)]
struct Item {
    sku: String,
    name: String,
    stock: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct Reserve {
    pieces: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct Reservation {
    id: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Shortage {
    code: String,
    missing: u32,
}

#[derive(Debug, thiserror::Error, feign::ErrorMap)]
#[code("/code")]
enum InventoryError {
    #[error("out of stock, {} missing", .0.0.missing)]
    #[status(409, code = "OUT_OF_STOCK")]
    OutOfStock(Json<Shortage>),
    #[error(transparent)]
    #[otherwise]
    Other(feign::Error),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The registry, in this process; a real one has a URL like `http://eureka:8761/eureka`.
    let registry = EurekaServer::start().await?;
    let eureka =
        Eureka::builder().server(registry.url()).interval(Duration::from_millis(50)).build()?;
    let mut instances = service::Instances::start(&eureka, ["one", "two", "three"]).await?;

    let hub = feign::Hub::builder().discover(eureka).build()?;
    let inventory: InventoryClient = hub.client();

    let item = inventory.item("A-1").await?;
    println!("item A-1 is there:           {item:?}");

    let item = inventory.item("Z-9").await?;
    println!("item Z-9 is not:             {item:?}");

    let found = inventory.search(None, &["red", "round"]).await?;
    println!(
        "red and round are:           {:?}",
        found.iter().map(|item| &item.name).collect::<Vec<_>>()
    );

    let created = inventory.reserve("A-1", &Reserve { pieces: 2 }).await?;
    println!(
        "two of A-1 are reserved:     {} at {:?}, {:?}",
        created.status(),
        created.headers()["location"],
        created.body()
    );
    assert_eq!(created.status(), StatusCode::CREATED);

    match inventory.reserve("A-1", &Reserve { pieces: 500 }).await {
        Err(InventoryError::OutOfStock(Json(shortage))) => {
            println!("five hundred are too many:   a typed error, {shortage:?}");
        }
        other => println!("unexpected: {other:?}"),
    }

    let hasty = inventory.with(|call| call.timeout(Duration::from_millis(50)));
    for (client, who) in [(&inventory, "declared limit"), (&hasty, "limit of a view")] {
        if let Err(error) = client.audit().await {
            println!("the audit takes too long:    {error} ({who})");
        }
    }

    // At `Headers` the log shows both heads, and no token.
    let log = tracing::subscriber::set_default(
        tracing_subscriber::fmt()
            .with_env_filter("feign=debug")
            .with_ansi(false)
            .without_time()
            .with_writer(std::io::stdout)
            .finish(),
    );
    let signed = inventory
        .with(|call| call.header("authorization", "Bearer s3cr3t").log(feign::log::Level::Headers));
    signed.who_am_i().await?;
    drop(log);

    println!("nine calls, in turn:         {:?}", answers(&inventory, 9).await?);
    instances.leave("two").await;
    while hub.endpoints("inventory").endpoints().len() > 2 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    instances.stop("two");
    println!("`two` has left, eight more:  {:?}", answers(&inventory, 8).await?);
    Ok(())
}

/// Calls so often, and counts who answers.
async fn answers(
    inventory: &InventoryClient,
    calls: u32,
) -> Result<BTreeMap<String, u32>, InventoryError> {
    let mut answers = BTreeMap::new();
    for _ in 0..calls {
        *answers.entry(inventory.who_am_i().await?).or_default() += 1;
    }
    Ok(answers)
}

/// The other service.
mod service {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use axum::extract::{Path, RawQuery};
    use axum::http::{StatusCode, header};
    use axum::response::{IntoResponse, Response};
    use axum::routing::{get, post};
    use axum::{Json, Router};
    use feign::eureka::{Eureka, Lease, Registration};
    use tokio::task::AbortHandle;

    use super::{Item, Reservation, Reserve, Shortage};

    /// The instances that run, by name.
    pub(crate) struct Instances(BTreeMap<&'static str, Instance>);

    struct Instance {
        lease: Option<Lease>,
        server: AbortHandle,
    }

    impl Instances {
        pub(crate) async fn start<const N: usize>(
            eureka: &Eureka,
            names: [&'static str; N],
        ) -> Result<Self, Box<dyn std::error::Error>> {
            let mut instances = BTreeMap::new();
            for name in names {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
                let port = listener.local_addr()?.port();
                let server = axum::serve(listener, router(name));
                let server = tokio::spawn(async move { server.await }).abort_handle();
                let registration = Registration::new("inventory").instance_id(name);
                let lease = eureka.register(registration.host("127.0.0.1").port(port));
                lease.registered().await?;
                println!("instance `{name}` is registered, port {port}");
                instances.insert(name, Instance { lease: Some(lease), server });
            }
            println!();
            Ok(Self(instances))
        }

        /// Takes an instance out of the registry; it serves on, as callers may not have heard of it.
        pub(crate) async fn leave(&mut self, name: &str) {
            if let Some(lease) = self.0.get_mut(name).and_then(|instance| instance.lease.take()) {
                lease.leave().await;
            }
        }

        pub(crate) fn stop(&mut self, name: &str) {
            if let Some(instance) = self.0.remove(name) {
                instance.server.abort();
            }
        }
    }

    fn router(name: &'static str) -> Router {
        Router::new()
            .route("/api/v1/items/{sku}", get(item))
            .route("/api/v1/items", get(search))
            .route("/api/v1/items/{sku}/reservations", post(reserve))
            .route("/api/v1/audit", get(audit))
            .route("/api/v1/whoami", get(move || async move { name }))
    }

    fn named(sku: &str, name: &str) -> Item {
        Item { sku: sku.to_owned(), name: name.to_owned(), stock: 7 }
    }

    async fn item(Path(sku): Path<String>) -> Response {
        match sku.as_str() {
            "A-1" => Json(named("A-1", "red ball")).into_response(),
            _ => StatusCode::NOT_FOUND.into_response(),
        }
    }

    async fn search(RawQuery(query): RawQuery) -> Json<Vec<Item>> {
        assert_eq!(query.as_deref(), Some("tag=red&tag=round"));
        Json(vec![named("A-1", "red ball"), named("A-7", "red button")])
    }

    async fn reserve(Path(sku): Path<String>, Json(order): Json<Reserve>) -> Response {
        if order.pieces > 7 {
            let shortage = Shortage { code: "OUT_OF_STOCK".to_owned(), missing: order.pieces - 7 };
            return (StatusCode::CONFLICT, Json(shortage)).into_response();
        }
        let place = [(header::LOCATION, format!("/api/v1/items/{sku}/reservations/1"))];
        (StatusCode::CREATED, place, Json(Reservation { id: 1 })).into_response()
    }

    async fn audit() -> &'static str {
        tokio::time::sleep(Duration::from_secs(60)).await;
        "nobody waits for this"
    }
}
