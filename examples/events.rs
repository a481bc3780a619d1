//! Server-sent events that survive a server: `cargo run --example events`.
//!
//! The server here hangs up after every second event. The client asks it to go on behind the last one
//! that came.

use feign::{Event, Events, StatusCode};
use serde::Deserialize;

#[feign::client]
trait Orders {
    /// The data of each event is JSON; `Events` alone has it as text.
    #[get("/orders/feed")]
    #[timeout(idle = "1m")]
    async fn feed(&self) -> Result<Events<Order>, feign::Error>;

    /// Where this process stopped the last time, if it kept that.
    #[get("/orders/feed")]
    async fn feed_after(
        &self,
        #[header("last-event-id")] id: Option<&str>,
    ) -> Result<Events<Order>, feign::Error>;
}

#[derive(Deserialize)]
struct Order {
    id: u64,
    total: f64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let orders = OrdersClient::at(service::start().await?)?;

    println!("without reconnecting, an end is the end:");
    let mut feed = orders.feed().await?;
    while let Some(event) = feed.next().await {
        print(&event?);
    }

    println!("reconnecting, behind an event of which we know:");
    let mut feed = orders.feed_after(Some("1")).await?.reconnecting()?;
    while let Some(event) = feed.next().await {
        match event {
            Ok(event) => print(&event),
            // One wrong event is no reason to stop; a failure that does not pass is the last item.
            Err(error) if error.is_decode() => println!("  passed over: {error}"),
            Err(error) if error.status() == Some(StatusCode::UNAUTHORIZED) => {
                return Err(error.into());
            }
            Err(error) => println!("  the feed is lost: {error}"),
        }
    }
    println!("the server has nothing more to say");
    Ok(())
}

fn print(event: &Event<Order>) {
    let Order { id, total } = event.data;
    println!("  {}: order {id} {}, {total:.2} in total", event.id, event.event);
}

/// The other service.
mod service {
    use axum::Router;
    use axum::http::{HeaderMap, StatusCode, header};
    use axum::response::{IntoResponse, Response};
    use axum::routing::get;

    const EVENTS: [&str; 5] = [
        "retry: 10\nid: 1\nevent: created\ndata: {\"id\": 1, \"total\": 9.5}\n\n",
        ": a comment\n\nid: 2\nevent: created\ndata: {\"id\": 2,\ndata:  \"total\": 12}\n\n",
        "id: 3\nevent: paid\ndata: {\"id\": 1, \"total\": 9.5}\n\n",
        "id: 4\nevent: created\ndata: {\"id\": \"three\"}\n\n",
        "id: 5\nevent: paid\ndata: {\"id\": 2, \"total\": 12}\n\n",
    ];

    pub(crate) async fn start() -> std::io::Result<String> {
        let router = Router::new().route("/orders/feed", get(feed));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(url)
    }

    /// Two events behind the last one, or no more for ever.
    async fn feed(headers: HeaderMap) -> Response {
        let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
        match EVENTS.get(last.unwrap_or(0)..) {
            None | Some([]) => StatusCode::NO_CONTENT.into_response(),
            Some(events) => {
                let kind = [(header::CONTENT_TYPE, "text/event-stream")];
                (kind, events.iter().take(2).copied().collect::<String>()).into_response()
            }
        }
    }
}
