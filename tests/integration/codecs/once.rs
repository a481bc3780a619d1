//! A body is written once per call, whatever the number of attempts.

use std::sync::atomic::{AtomicUsize, Ordering};

use feign::{Body, Error, Hub, Part, Request, Response, layer};
use serde::{Serialize, Serializer};

use crate::support::Server;

/// Counts how often it is written.
struct Counted(AtomicUsize);

impl Serialize for Counted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.fetch_add(1, Ordering::SeqCst);
        [("a", 1)].into_iter().collect::<std::collections::BTreeMap<_, _>>().serialize(serializer)
    }
}

#[feign::client]
trait Bodies {
    #[post("/")]
    async fn json(&self, #[body] body: &Counted) -> Result<(), Error>;
    #[post("/")]
    async fn form(&self, #[body(form)] body: &Counted) -> Result<(), Error>;
    #[post("/")]
    async fn parts(
        &self,
        #[part(json)] meta: &Counted,
        #[part] large: Vec<u8>,
    ) -> Result<(), Error>;
    #[post("/")]
    #[codec(feign::codec::MsgPack)]
    #[compress(gzip)]
    async fn packed(&self, #[body] body: &Counted) -> Result<(), Error>;
    #[post("/")]
    async fn stream(&self, #[part] file: Part) -> Result<(), Error>;
}

/// Three attempts of everything that can be repeated.
async fn thrice(request: Request<Body>, next: layer::Next) -> Result<Response<Body>, Error> {
    let (parts, body) = request.into_parts();
    for _ in 0..2 {
        let Some(body) = body.try_clone() else { break };
        next.clone().run(Request::from_parts(parts.clone(), body)).await?;
    }
    next.run(Request::from_parts(parts, body)).await
}

async fn client() -> (Server, BodiesClient) {
    let server = Server::silent_ok().await;
    let hub = Hub::builder().per_call(layer::from_fn(thrice)).build().unwrap();
    let client = hub.client_at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn attempts_send_the_same_bytes() {
    let (server, client) = client().await;
    let counted = Counted(AtomicUsize::new(0));
    client.json(&counted).await.unwrap();
    client.form(&counted).await.unwrap();
    client.parts(&counted, vec![7; 100_000]).await.unwrap();
    client.packed(&counted).await.unwrap();
    assert_eq!(counted.0.load(Ordering::SeqCst), 4);
    let received = server.received();
    assert_eq!(received.len(), 12);
    for attempts in received.chunks(3) {
        assert!(attempts.iter().all(|sent| sent.body == attempts[0].body && !sent.body.is_empty()));
        assert!(attempts.iter().all(|sent| sent.header("content-length").is_some()));
    }
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let (server, client) = client().await;
    client.stream(Part::stream(Body::from("bytes can be repeated"), None)).await.unwrap();
    assert_eq!(server.received().len(), 3);
    let stream = http_body_util::StreamBody::new(futures_util::stream::once(async {
        Ok::<_, std::io::Error>(http_body::Frame::data(bytes::Bytes::from_static(b"once")))
    }));
    client.stream(Part::stream(stream, Some(4))).await.unwrap();
    assert_eq!(server.received().len(), 4);
}
