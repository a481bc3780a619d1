//! Codecs: one that is shipped, and one of your own: `cargo run --example custom_codec --features msgpack`.

use axum::Router;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::routing::post;
use feign::codec::{Codec, MsgPack, Undecoded};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// JSON that begins with a guard against being run as a script, as some gateways write it.
struct Guarded;

const GUARD: &[u8] = b")]}'\n";

impl Codec for Guarded {
    const CONTENT_TYPE: &'static str = "application/vnd.acme+json";

    fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Bytes, feign::BoxError> {
        let mut bytes = GUARD.to_vec();
        serde_json::to_writer(&mut bytes, value)?;
        Ok(bytes.into())
    }

    fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Undecoded> {
        let Some(json) = bytes.strip_prefix(GUARD) else {
            return Err(Undecoded::new("the guard is missing"));
        };
        serde_json::from_slice(json).map_err(Undecoded::new)
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Item {
    sku: String,
    pieces: u32,
}

/// MessagePack for all methods but one.
#[feign::client(codec = MsgPack)]
trait Items {
    #[post("/echo")]
    async fn packed(&self, #[body] item: &Item) -> Result<Item, feign::Error>;

    #[post("/echo")]
    #[codec(Guarded)]
    async fn guarded(&self, #[body] item: &Item) -> Result<Item, feign::Error>;

    /// `Json` is JSON whatever the codec, and text is text.
    #[post("/echo")]
    async fn json(&self, #[body(json)] item: &Item) -> Result<String, feign::Error>;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let items = ItemsClient::at(serve().await?)?;
    let item = Item { sku: "A-1".to_owned(), pieces: 3 };
    println!("    {:?}", items.packed(&item).await?);
    println!("    {:?}", items.guarded(&item).await?);
    println!("    {}", items.json(&item).await?);
    Ok(())
}

/// Sends back what comes, and shows it.
async fn serve() -> std::io::Result<String> {
    let echo = async |head: HeaderMap, body: Bytes| {
        println!("{:?}: {}", head.get("content-type"), body.escape_ascii());
        body
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let router = Router::new().route("/echo", post(echo));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}
