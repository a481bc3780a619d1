//! The API block of the design, as a user would write it, but for what later issues bring: discovery,
//! balancing, logging, tokens.

use std::time::Duration;

use feign::layer::{self, Next};
use feign::{Body, Hub, Json, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::support::{Reply, Server};

#[derive(feign::Param)]
struct Sku(String);

#[derive(Debug, PartialEq, Deserialize)]
struct Item {
    sku: String,
}

#[derive(Serialize)]
struct Filter {
    min: u32,
}

#[derive(Serialize)]
struct Reserve {
    count: u32,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Reservation {
    id: u64,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Page {
    next: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Shortage {
    missing: u32,
}

/// Stock levels, owned by the inventory team.
#[feign::client(service = "inventory", path = "/api/v1", rename_all = "camelCase")]
trait Inventory {
    /// `None` when the item does not exist.
    #[get("/items/{sku}")]
    async fn item(&self, sku: &Sku) -> Result<Option<Item>, InventoryError>;

    #[get("/export{?since}")]
    async fn export(&self, since: Option<u64>) -> Result<feign::Ndjson<Item>, InventoryError>;

    #[get("/items{?q,tags*,pageSize}")]
    async fn search(
        &self,
        q: &str,
        tags: &[String],
        page_size: Option<u32>,
        #[query(flatten)] filter: &Filter,
    ) -> Result<Vec<Item>, InventoryError>;

    #[post("/items/{sku}/reservations")]
    #[timeout("2s", attempt = "600ms")]
    #[idempotent(key = "idempotency-key")]
    async fn reserve(
        &self,
        sku: &Sku,
        #[body] order: &Reserve,
    ) -> Result<Response<Reservation>, InventoryError>;

    #[get]
    async fn follow(&self, #[url] next: &str) -> Result<Page, InventoryError>;
}

#[derive(Debug, thiserror::Error, feign::ErrorMap)]
#[code("/code")]
enum InventoryError {
    #[error("out of stock: {0:?}")]
    #[status(409, code = "OUT_OF_STOCK")]
    OutOfStock(Json<Shortage>),
    #[error("changed meanwhile")]
    #[status(409)]
    Conflict,
    #[error("busy")]
    #[status(429, 503)]
    Busy {
        #[retry_after]
        after: Option<Duration>,
    },
    #[error(transparent)]
    #[otherwise]
    Other(feign::Error),
}

async fn sign(mut request: Request<Body>, next: Next) -> Result<Response<Body>, feign::Error> {
    request.headers_mut().insert("x-signature", "s".parse().unwrap());
    next.run(request).await
}

/// `at` makes the hub of one address.
async fn shortest(url: &str, sku: &Sku) -> Result<Option<Item>, Box<dyn std::error::Error>> {
    let inventory = InventoryClient::at(url)?;
    let item = inventory.item(sku).await?;
    Ok(item)
}

#[tokio::test]
async fn the_shortest_way() {
    let server = Server::script([Reply::ok_json(r#"{"sku":"A-1"}"#), Reply::status(404)]).await;
    let sku = Sku("A/1".to_owned());
    let item = shortest(&server.url(), &sku).await.unwrap();
    assert_eq!(item, Some(Item { sku: "A-1".to_owned() }));
    assert_eq!(shortest(&server.url(), &sku).await.unwrap(), None);
    assert_eq!(server.lines(), ["GET /api/v1/items/A%2F1"; 2]);
}

#[tokio::test]
async fn the_real_way() {
    let server = Server::run(|received| async move {
        match &*received.line {
            "GET /api/v1/items?q=screws&tags=a&tags=b%20c&pageSize=10&min=3" => {
                Reply::ok_json(r#"[{"sku":"A-1"}]"#)
            }
            "POST /api/v1/items/A-1/reservations" => {
                assert_eq!(received.text(), r#"{"count":2}"#);
                assert!(received.header("idempotency-key").is_some());
                Reply::json(201, &json!({"id": 7})).header("location", "/reservations/7")
            }
            "GET /pages/2" => Reply::ok_json(r#"{"next":null}"#),
            other => panic!("{other}"),
        }
    })
    .await;
    let url = server.url();
    let eu = Server::always(Reply::status(404)).await;
    let settings: feign::Settings =
        serde_json::from_value(json!({"services": {"inventory-eu": {"url": eu.url()}}})).unwrap();
    let hub = Hub::builder()
        .timeout(Duration::from_secs(2))
        .per_attempt(layer::from_fn(sign))
        .service("inventory", |s| s.url(url))
        .service("payments", |s| {
            s.url("http://payments").attempt_timeout(Duration::from_millis(300))
        })
        .settings(settings)
        .build()
        .unwrap();
    let inventory: InventoryClient = hub.client();
    let eu_inventory: InventoryClient = hub.client_at("inventory-eu").unwrap();
    let tenant =
        inventory.with(|call| call.header("x-tenant", "acme").timeout(Duration::from_millis(300)));

    let tags = ["a".to_owned(), "b c".to_owned()];
    let items = inventory.search("screws", &tags, Some(10), &Filter { min: 3 }).await.unwrap();
    assert_eq!(items.len(), 1);
    let sku = Sku("A-1".to_owned());
    let response = tenant.reserve(&sku, &Reserve { count: 2 }).await.unwrap();
    assert_eq!(response.headers()["location"], "/reservations/7");
    assert_eq!(response.into_body(), Reservation { id: 7 });
    let sent = server.received().pop().unwrap();
    assert_eq!(sent.header("x-tenant").as_deref(), Some("acme"));
    assert_eq!(sent.header("x-signature").as_deref(), Some("s"));
    assert_eq!(inventory.follow("/pages/2").await.unwrap(), Page { next: None });
    assert_eq!(eu_inventory.item(&sku).await.unwrap(), None);
}

#[tokio::test]
async fn answers_become_the_callers_own_errors() {
    let server = Server::script([
        Reply::json(409, &json!({"code": "OUT_OF_STOCK", "missing": 3})),
        Reply::json(409, &json!({"code": "MOVED"})),
        Reply::status(503).header("retry-after", "7"),
        Reply::status(500),
    ])
    .await;
    let inventory = InventoryClient::at(server.url()).unwrap();
    let sku = Sku("A-1".to_owned());
    let order = Reserve { count: 9 };
    let error = inventory.reserve(&sku, &order).await.unwrap_err();
    assert!(
        matches!(error, InventoryError::OutOfStock(Json(Shortage { missing: 3 }))),
        "{error:?}"
    );
    let error = inventory.reserve(&sku, &order).await.unwrap_err();
    assert!(matches!(error, InventoryError::Conflict), "{error:?}");
    let error = inventory.item(&sku).await.unwrap_err();
    let InventoryError::Busy { after } = error else { panic!("{error:?}") };
    assert_eq!(after, Some(Duration::from_secs(7)));
    let error = inventory.item(&sku).await.unwrap_err();
    let InventoryError::Other(other) = &error else { panic!("{error:?}") };
    assert_eq!(other.status().unwrap(), 500);
    assert_eq!(error.to_string(), other.to_string());
}

/// A hand-written fake; errors can be made by users.
struct Down;

impl Inventory for Down {
    async fn export(&self, _: Option<u64>) -> Result<feign::Ndjson<Item>, InventoryError> {
        Err(feign::Error::timeout().into())
    }
    async fn item(&self, _: &Sku) -> Result<Option<Item>, InventoryError> {
        Err(feign::Error::timeout().into())
    }

    async fn search(
        &self,
        _: &str,
        _: &[String],
        _: Option<u32>,
        _: &Filter,
    ) -> Result<Vec<Item>, InventoryError> {
        Ok(Vec::new())
    }

    async fn reserve(&self, _: &Sku, _: &Reserve) -> Result<Response<Reservation>, InventoryError> {
        Err(InventoryError::Conflict)
    }

    async fn follow(&self, _: &str) -> Result<Page, InventoryError> {
        Ok(Page { next: None })
    }
}

struct Shop<I>(I);

impl<I: Inventory> Shop<I> {
    async fn has(&self, sku: &str) -> Result<bool, InventoryError> {
        Ok(self.0.item(&Sku(sku.to_owned())).await?.is_some())
    }
}

#[tokio::test]
async fn a_shop_without_a_network() {
    let error = Shop(Down).has("A-1").await.unwrap_err();
    assert!(matches!(error, InventoryError::Other(error) if error.is_timeout()));
    let server = Server::always(Reply::ok_json(r#"{"sku":"A-1"}"#)).await;
    assert!(Shop(InventoryClient::at(server.url()).unwrap()).has("A-1").await.unwrap());
}
