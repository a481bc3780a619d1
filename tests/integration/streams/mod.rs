//! What comes and goes item by item: lines, items of an array, events, bytes.

mod array;
mod body;
mod connections;
mod event_grammar;
mod events;
mod given;
mod idle;
mod ndjson;
mod pressure;
mod reconnect;
mod written;

use std::convert::Infallible;
use std::task::Poll;

use bytes::Bytes;
use feign::{Body, Hub, Request, Response, TypedClient};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Item {
    id: u32,
    name: String,
}

fn item(id: u32, name: &str) -> Item {
    Item { id, name: name.to_owned() }
}

/// A client whose every call is answered with these chunks.
fn answered<C: TypedClient>(content_type: &'static str, chunks: Vec<Bytes>) -> C {
    limited(content_type, chunks, 8 << 20)
}

/// The same, with another `body_limit`.
fn limited<C: TypedClient>(content_type: &'static str, chunks: Vec<Bytes>, limit: usize) -> C {
    let transport = tower::service_fn(move |_: Request<Body>| {
        let response = Response::builder().header("content-type", content_type);
        let response = response.body(hesitating(chunks.clone())).unwrap();
        async move { Ok::<_, Infallible>(response) }
    });
    let hub = Hub::builder().transport(transport).body_limit(limit).build().unwrap();
    hub.client_at("http://h.example").unwrap()
}

/// A body that is not ready before any of its chunks, as one from a socket.
fn hesitating(chunks: Vec<Bytes>) -> Body {
    let mut chunks = chunks.into_iter();
    let mut ready = false;
    Body::from_stream(futures_util::stream::poll_fn(move |cx| {
        ready = !ready;
        if ready {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(chunks.next().map(Ok::<_, Infallible>))
    }))
}

/// All ways to cut a text into two chunks, and the one into single bytes.
fn every_cut(text: &[u8]) -> impl Iterator<Item = Vec<Bytes>> {
    let text = Bytes::copy_from_slice(text);
    let whole = text.clone();
    let two = (0..=text.len()).map(move |at| vec![text.slice(..at), text.slice(at..)]);
    let bytes = (0..whole.len()).map(|at| whole.slice(at..=at)).collect();
    two.chain([bytes])
}

/// Reads to the end: each item, or what its error says.
macro_rules! drain {
    ($stream:expr) => {{
        let mut stream = $stream;
        let mut items = Vec::new();
        while let Some(item) = stream.next().await {
            items.push(item.map_err(|error| error.to_string()));
        }
        assert!(stream.next().await.is_none(), "it goes on behind its end");
        items
    }};
}
use drain;
