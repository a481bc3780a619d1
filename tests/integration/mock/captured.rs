//! What came, as it can be asked.

use feign::{Error, Method};

use super::{Order, Stock as _, StockClient, mocked};

#[tokio::test]
async fn everything_of_a_request() {
    let (mock, client) = mocked();
    mock.on(StockClient::ORDER).reply_json(201, 1);
    mock.on(StockClient::SEARCH).reply_json(200, [""; 0]);
    let tenant = client.with(|call| call.header("x-tenant", "acme"));
    tenant.order("a/b", &Order { pieces: 3 }).await.unwrap();
    client.search("a b", &["x", "y&z"]).await.unwrap();

    assert_eq!(mock.requests_of(StockClient::SEARCH).len(), 1);
    let requests = mock.requests();
    let [order, search] = &*requests else { panic!("{requests:?}") };
    assert_eq!(order.operation().unwrap().name(), "Stock.order");
    assert_eq!(order.method(), Method::POST);
    assert_eq!(order.uri(), "http://inventory/api/v1/items/a%2Fb/orders");
    assert_eq!((order.path("sku"), order.path("q")), (Some("a/b"), None));
    assert_eq!(order.header("x-tenant"), Some("acme"));
    assert_eq!(order.header("X-Tenant"), Some("acme"));
    assert_eq!(order.headers()["content-type"], "application/json");
    assert_eq!(order.json::<Order>(), Order { pieces: 3 });
    assert_eq!((order.text(), &order.body()[..]), (r#"{"pieces":3}"#, &br#"{"pieces":3}"#[..]));
    assert_eq!((search.query("q"), search.query("none")), (Some("a b"), None));
    assert_eq!(search.query_all("tags").collect::<Vec<_>>(), ["x", "y&z"]);
    assert!(search.body().is_empty());
}

/// An unexpected call is kept too, with the variables of its operation.
#[tokio::test]
async fn an_unexpected_call_is_kept() {
    let (mock, client) = mocked();
    client.item("A-1").await.unwrap_err();
    assert_eq!(mock.requests()[0].path("sku"), Some("A-1"));
    assert!(mock.verify().is_err());
}

#[tokio::test]
async fn secrets_are_not_printed() {
    #[feign::client]
    trait Secrets {
        #[post("/login")]
        #[headers("x-api-key: k3y")]
        async fn login(
            &self,
            #[cookie] session: &str,
            #[header] x_open: &str,
            #[body] secret: &str,
        ) -> Result<(), Error>;
    }

    let mock = feign::mock::Mock::new();
    mock.on(SecretsClient::LOGIN)
        .header("authorization", "Bearer t0ken")
        .header("cookie", "session=s3ssion")
        .header("x-api-key", "other-k3y")
        .header("proxy-authorization", "pr0xy")
        .reply(204);
    let client: SecretsClient = mock.client();
    let view = client.with(|call| call.basic_auth("user", "passw0rd"));
    let error = view.login("s3ss", "open", "b0dy").await.unwrap_err();
    let told = mock.verify().unwrap_err();
    let all = format!("{error} {error:?} {told} {told:?} {:?} {mock:?}", mock.requests());
    for secret in ["t0ken", "s3ss", "k3y", "pr0xy", "passw0rd", "dXNlcjpwYXNzdzByZA", "b0dy"] {
        assert!(!all.contains(secret), "{secret}: {all}");
    }
    for shown in [
        "header `authorization`: expected another value (neither is shown)",
        "header `proxy-authorization`: expected a value (not shown), got none",
        "x-open: \"open\"",
        "cookie: (not shown)",
        "4 bytes",
    ] {
        assert!(all.contains(shown), "{shown}: {all}");
    }
    // They are there for who asks.
    assert_eq!(mock.requests()[0].header("cookie"), Some("session=s3ss"));
}

#[test]
fn a_body_of_another_shape_panics_and_says_whose() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let (mock, client) = mocked();
    mock.on(StockClient::REMOVE).reply(204);
    runtime.block_on(client.remove("A-1", None)).unwrap();
    let request = mock.requests().remove(0);
    let panic = std::panic::catch_unwind(|| drop(request.json::<Order>())).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(text.contains("the body of DELETE /api/v1/items/A-1 (Stock.remove)"), "{text}");
    assert!(text.contains("Order"), "{text}");
}

/// The head says how it came, the body is what was meant.
#[cfg(feature = "compression")]
#[tokio::test]
async fn a_compressed_body_is_whole_again() {
    #[feign::client]
    trait Small {
        #[post("/")]
        #[compress(gzip)]
        async fn gzip(&self, #[body] order: &Order) -> Result<(), Error>;
        #[post("/")]
        #[compress(br)]
        async fn br(&self, #[body] order: &Order) -> Result<(), Error>;
        #[post("/")]
        #[compress(zstd)]
        async fn zstd(&self, #[body] order: &Order) -> Result<(), Error>;
        #[post("/")]
        #[compress(deflate)]
        async fn deflate(&self, #[body] order: &Order) -> Result<(), Error>;
        #[post("/")]
        async fn liar(
            &self,
            #[header] content_encoding: &str,
            #[body] text: &str,
        ) -> Result<(), Error>;
    }

    let mock = feign::mock::Mock::new();
    mock.on_path(Method::POST, "/").body_json(Order { pieces: 2 }).times(8).reply(204);
    mock.on(SmallClient::LIAR).reply(204);
    let url = mock.serve().await;
    for client in [mock.client(), SmallClient::at(url).unwrap()] {
        let order = Order { pieces: 2 };
        client.gzip(&order).await.unwrap();
        client.br(&order).await.unwrap();
        client.zstd(&order).await.unwrap();
        client.deflate(&order).await.unwrap();
    }
    let codings: Vec<_> = mock.requests().into_iter().take(4).collect();
    let codings: Vec<_> = codings.iter().map(|came| came.header("content-encoding")).collect();
    assert_eq!(codings, ["gzip", "br", "zstd", "deflate"].map(Some));
    mock.client::<SmallClient>().liar("gzip", "no gzip").await.unwrap();
    assert_eq!(mock.requests()[8].text(), "no gzip");
}
