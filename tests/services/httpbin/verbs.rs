//! Verbs.

use feign::{Error, Response};
use serde::Serialize;
use serde_json::json;

use super::{Echo, Httpbin};

#[derive(Serialize)]
struct Item {
    sku: &'static str,
    pieces: u32,
}

const ITEM: Item = Item { sku: "A-1", pieces: 3 };

/// `/anything` takes every verb; the others take theirs only.
#[feign::client]
trait Verbs {
    #[get("/anything/{id}")]
    async fn get(&self, id: u32) -> Result<Echo, Error>;
    #[post("/anything/{id}")]
    async fn post(&self, id: u32, #[body] item: &Item) -> Result<Echo, Error>;
    #[put("/anything/{id}")]
    async fn put(&self, id: u32, #[body] item: &Item) -> Result<Echo, Error>;
    #[patch("/anything/{id}")]
    async fn patch(&self, id: u32, #[body] item: &Item) -> Result<Echo, Error>;
    #[delete("/anything/{id}")]
    async fn delete(&self, id: u32) -> Result<Echo, Error>;
    #[delete("/anything/{id}")]
    async fn delete_some(&self, id: u32, #[body] item: &Item) -> Result<Echo, Error>;
    #[head("/anything/{id}")]
    async fn head(&self, id: u32) -> Result<Response<()>, Error>;
    #[options("/anything/{id}")]
    async fn options(&self, id: u32) -> Result<Response<()>, Error>;
    #[request("PURGE", "/anything/{id}")]
    async fn purge(&self, id: u32) -> Result<Echo, Error>;

    #[get("/get")]
    async fn get_only(&self) -> Result<Echo, Error>;
    #[post("/post")]
    async fn post_only(&self, #[body] item: &Item) -> Result<Echo, Error>;
    #[put("/put")]
    async fn put_only(&self, #[body] item: &Item) -> Result<Echo, Error>;
    #[patch("/patch")]
    async fn patch_only(&self, #[body] item: &Item) -> Result<Echo, Error>;
    #[delete("/delete")]
    async fn delete_only(&self) -> Result<Echo, Error>;
    #[head("/head")]
    async fn head_only(&self) -> Result<(), Error>;
    #[post("/get")]
    async fn wrong(&self, #[body] item: &Item) -> Result<Echo, Error>;
}

pub(super) async fn each_arrives_as_itself(httpbin: &Httpbin) {
    let client = VerbsClient::at(httpbin.url()).unwrap();
    for (number, (verb, answer)) in [
        ("GET", client.get(0).await),
        ("DELETE", client.delete(1).await),
        ("PURGE", client.purge(2).await),
    ]
    .into_iter()
    .enumerate()
    {
        let echo = answer.unwrap();
        assert_eq!(echo.method, verb);
        assert_eq!(echo.url, format!("{}/anything/{number}", httpbin.url()));
        assert_eq!(echo.data, "", "{verb} has no body");
        assert!(!echo.headers.contains_key("Content-Type"), "{:?}", echo.headers);
    }
    for (verb, answer) in [
        ("POST", client.post(7, &ITEM).await),
        ("PUT", client.put(7, &ITEM).await),
        ("PATCH", client.patch(7, &ITEM).await),
        ("DELETE", client.delete_some(7, &ITEM).await),
        ("POST", client.post_only(&ITEM).await),
        ("PUT", client.put_only(&ITEM).await),
        ("PATCH", client.patch_only(&ITEM).await),
    ] {
        let echo = answer.unwrap();
        assert_eq!(echo.method, verb);
        assert_eq!(echo.json, json!({"sku": "A-1", "pieces": 3}), "{verb}");
        assert_eq!(echo.header("Content-Type"), "application/json", "{verb}");
        assert_eq!(echo.header("Content-Length"), echo.data.len().to_string(), "{verb}");
    }
    assert_eq!(client.get_only().await.unwrap().method, "GET");
    assert_eq!(client.delete_only().await.unwrap().method, "DELETE");
    client.head_only().await.unwrap();

    let head = client.head(7).await.unwrap();
    assert_eq!(head.headers()["content-type"], "application/json; charset=utf-8");
    let options = client.options(7).await.unwrap();
    let allowed = options.headers()["access-control-allow-methods"].to_str().unwrap();
    assert!(allowed.contains("PATCH"), "{allowed}");
}

pub(super) async fn a_wrong_one_is_refused(httpbin: &Httpbin) {
    let client = VerbsClient::at(httpbin.url()).unwrap();
    let error = client.wrong(&ITEM).await.unwrap_err();
    assert!(error.is_status() && !error.is_retryable(), "{error:?}");
    assert_eq!(error.status().unwrap(), 405);
    assert!(error.headers()["allow"].to_str().unwrap().contains("GET"), "{:?}", error.headers());
    assert_eq!(error.endpoint(), Some(&*httpbin.url()));
    assert_eq!(error.operation().unwrap().name(), "Verbs.wrong");
}
