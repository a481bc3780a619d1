//! The map at the end of a real call.

use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use feign::{Json, Problem};
use serde::{Deserialize, Serialize};

use crate::support::Routed;

/// As in the README, with one more status.
#[derive(Debug, thiserror::Error, feign::ErrorMap)]
#[code("/code")]
pub(crate) enum InventoryError {
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
    #[error("refused: {0}")]
    #[status(422)]
    Refused(Problem),
    #[error(transparent)]
    #[otherwise]
    Other(feign::Error),
}

#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Shortage {
    missing: u32,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Item {
    sku: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Reserve {
    count: u32,
}

#[feign::client]
pub(crate) trait Inventory {
    #[get("/items/{sku}")]
    async fn item(&self, sku: &str) -> Result<Option<Item>, InventoryError>;

    #[post("/items/{sku}/reservations")]
    async fn reserve(&self, sku: &str, #[body] order: &Reserve) -> Result<Item, InventoryError>;
}

/// The sku says what is answered.
fn answer(sku: &str) -> (StatusCode, HeaderMap, &'static str) {
    let (status, header, body) = match sku {
        "there" => (200, None, r#"{"sku": "there"}"#),
        "odd" => (200, None, r#"{"sku": 7}"#),
        "missing" => (404, None, r#"{"code": "NO_SUCH_ITEM"}"#),
        "short" => (409, None, r#"{"code": "OUT_OF_STOCK", "missing": 3}"#),
        "changed" => (409, None, r#"{"code": "VERSION"}"#),
        "broken" => (409, None, r#"{"code": "OUT_OF_STOCK", "missing": "many"}"#),
        "busy" => (503, Some(("retry-after", "86400.0")), ""),
        "later" => (429, Some(("retry-after", "99999999999999999999")), "slow down"),
        "invalid" => (
            422,
            Some(("content-type", "application/problem+json")),
            r#"{"title": "No", "field": "sku"}"#,
        ),
        _ => (502, Some(("content-type", "text/html")), "<html>bad gateway</html>"),
    };
    let headers = header
        .into_iter()
        .map(|(name, value): (&str, &str)| (name.parse().unwrap(), value.parse().unwrap()));
    (StatusCode::from_u16(status).unwrap(), headers.collect(), body)
}

async fn inventory() -> (Routed, InventoryClient) {
    let answers = |Path(sku): Path<String>| async move { answer(&sku) };
    let router = Router::new()
        .route("/items/{sku}", get(answers))
        .route("/items/{sku}/reservations", post(answers));
    let served = Routed::serve(router).await;
    let client = InventoryClient::at(served.url()).unwrap();
    (served, client)
}

async fn refusal(sku: &str) -> InventoryError {
    let (_served, inventory) = inventory().await;
    inventory.reserve(sku, &Reserve { count: 5 }).await.expect_err(sku)
}

#[tokio::test]
async fn what_succeeds_is_not_mapped_and_a_missing_item_is_none() {
    let (_served, inventory) = inventory().await;
    assert_eq!(inventory.item("there").await.unwrap(), Some(Item { sku: "there".to_owned() }));
    assert_eq!(inventory.item("missing").await.unwrap(), None);
    assert_eq!(inventory.reserve("there", &Reserve { count: 1 }).await.unwrap().sku, "there");
}

#[tokio::test]
async fn a_code_beats_its_status() {
    let InventoryError::OutOfStock(Json(shortage)) = refusal("short").await else { panic!() };
    assert_eq!(shortage, Shortage { missing: 3 });
    assert!(matches!(refusal("changed").await, InventoryError::Conflict));
}

#[tokio::test]
async fn a_body_that_does_not_fit_is_kept_in_otherwise() {
    let InventoryError::Other(error) = refusal("broken").await else { panic!() };
    assert_eq!(error.status(), Some(StatusCode::CONFLICT));
    assert!(error.is_status());
    assert_eq!(error.body(), r#"{"code": "OUT_OF_STOCK", "missing": "many"}"#);
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "the answer does not fit `OutOfStock`");
    let reason = source.source().unwrap().to_string();
    assert!(reason.starts_with("missing: invalid type: string \"many\", expected u32"), "{reason}");
}

#[tokio::test]
async fn the_wait_is_read_from_the_head() {
    let day = Duration::from_secs(86400);
    assert!(
        matches!(refusal("busy").await, InventoryError::Busy { after: Some(after) } if after == day)
    );
    assert!(matches!(refusal("later").await, InventoryError::Busy { after: None }));
}

#[tokio::test]
async fn a_problem_is_read_with_its_extensions() {
    let error = refusal("invalid").await;
    assert_eq!(error.to_string(), "refused: No");
    let InventoryError::Refused(problem) = error else { panic!() };
    assert_eq!(problem.extension::<String>("field").as_deref(), Some("sku"));
}

#[tokio::test]
async fn everything_else_is_otherwise() {
    let InventoryError::Other(error) = refusal("gateway").await else { panic!() };
    assert_eq!(error.status(), Some(StatusCode::BAD_GATEWAY));
    assert_eq!(error.body(), "<html>bad gateway</html>");
    assert_eq!(error.operation().map(feign::Operation::name), Some("Inventory.reserve"));

    let InventoryError::Other(error) = refusal("odd").await else { panic!() };
    assert!(error.is_decode() && error.status() == Some(StatusCode::OK), "{error:?}");

    let nobody = InventoryClient::at("http://127.0.0.1:9").unwrap();
    let InventoryError::Other(error) = nobody.item("there").await.unwrap_err() else { panic!() };
    assert!(error.is_connect() && error.status().is_none(), "{error:?}");
}
