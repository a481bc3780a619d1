//! Much data, little memory, in both directions: `cargo run --example streaming`.
//!
//! Nothing here is ever held as a whole: lines of JSON, one large array, plain bytes.

use feign::{Body, JsonArray, Ndjson};
use futures_util::stream;
use serde::{Deserialize, Serialize};

#[feign::client]
trait Warehouse {
    /// One item a line.
    #[get("/export{?pieces}")]
    async fn export(&self, pieces: u32) -> Result<Ndjson<Item>, feign::Error>;

    /// The same, as services that know no lines answer: one array.
    #[get("/items{?pieces}")]
    async fn items(&self, pieces: u32) -> Result<JsonArray<Item>, feign::Error>;

    /// Lines to the server; it answers how many came.
    #[post("/import")]
    async fn import(&self, #[body] items: Ndjson<Item>) -> Result<u32, feign::Error>;

    #[get("/backup")]
    async fn backup(&self) -> Result<Body, feign::Error>;

    #[put("/backup")]
    async fn restore(&self, #[body] content: Body) -> Result<u32, feign::Error>;
}

#[derive(Debug, Serialize, Deserialize)]
struct Item {
    sku: String,
    stock: u32,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let warehouse = WarehouseClient::at(service::start().await?)?;

    let (mut count, mut stock) = (0, 0);
    let mut items = warehouse.export(100_000).await?;
    while let Some(item) = items.next().await {
        (count, stock) = (count + 1, stock + u64::from(item?.stock));
    }
    println!("lines read:                  {count}, {stock} pieces in stock");

    // Whoever stops early drops the stream, which closes its connection.
    let mut items = warehouse.items(100_000).await?;
    let found = loop {
        match items.next().await {
            Some(item) if item.as_ref().is_ok_and(|item| item.stock < 3) => {}
            Some(item) => break Some(item?),
            None => break None,
        }
    };
    println!("first with three or more:    {found:?}");

    // An iterator is asked for the next item when the server has taken those before it.
    let items = (0..50_000).map(|stock| Item { sku: format!("A-{stock}"), stock });
    println!("lines written:               {}", warehouse.import(Ndjson::from_iter(items)).await?);

    // A source that may fail is a stream: rows of a database, another answer.
    let rows =
        stream::iter([Ok(Item { sku: "A-1".to_owned(), stock: 1 }), Err("the cursor is gone")]);
    let error = warehouse.import(Ndjson::from_stream(rows)).await.unwrap_err();
    println!("a source that fails:         {error}");

    // What comes from one service goes to another as it comes.
    let backup = warehouse.backup().await?;
    println!("bytes passed on:             {}", warehouse.restore(backup).await?);

    let pieces = stream::iter([Ok::<_, std::io::Error>("made "), Ok("as it "), Ok("is sent")]);
    println!(
        "bytes of a stream:           {}",
        warehouse.restore(Body::from_stream(pieces)).await?
    );
    Ok(())
}

/// The other service.
mod service {
    use axum::body::{Body, Bytes};
    use axum::extract::{DefaultBodyLimit, RawQuery};
    use axum::routing::{get, post};
    use axum::{Json, Router};
    use futures_util::stream;

    pub(crate) async fn start() -> std::io::Result<String> {
        let router = Router::new()
            .route(
                "/export",
                get(async |query| Body::from_stream(stream::iter(items(query, "", "\n", "")))),
            )
            .route(
                "/items",
                get(async |query| Body::from_stream(stream::iter(items(query, "[", ",\n", "]")))),
            )
            .route("/import", post(async |lines: String| Json(lines.lines().count())))
            .route(
                "/backup",
                get(async || vec![0; 1 << 20]).put(async |bytes: Bytes| Json(bytes.len())),
            )
            .layer(DefaultBodyLimit::disable());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(url)
    }

    fn items(
        RawQuery(query): RawQuery,
        begin: &str,
        between: &'static str,
        end: &str,
    ) -> impl Iterator<Item = std::io::Result<String>> {
        let pieces =
            query.and_then(|query| query.strip_prefix("pieces=")?.parse().ok()).unwrap_or(0);
        let item = move |n: u32| {
            let between = if n + 1 < pieces { between } else { "" };
            format!("{{\"sku\":\"A-{n}\",\"stock\":{}}}{between}", n % 10)
        };
        [begin.to_owned()].into_iter().chain((0..pieces).map(item)).chain([end.to_owned()]).map(Ok)
    }
}
