//! A call that is dropped at any await point leaves nothing behind: polled so many times and then
//! dropped, for every number of times until it is through.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use feign::layer::{Next, from_fn};
use feign::{Body, BoxError, Bytes, Error, Hub, Request, Response};
use futures_util::stream;
use http_body::Frame;
use http_body_util::{BodyExt as _, StreamBody};
use serde_json::Value;
use tokio::sync::Notify;

use crate::support::{Peer, Wire, at_rest};

#[feign::client]
trait Dropped {
    #[get("/{id}")]
    async fn text(&self, id: u32) -> Result<String, Error>;
    #[get("/{id}")]
    async fn json(&self, id: u32) -> Result<Option<Value>, Error>;
    #[get("/{id}")]
    async fn stream(&self, id: u32) -> Result<Body, Error>;
    #[post("/{id}")]
    async fn write(&self, id: u32, #[body] body: Body) -> Result<Bytes, Error>;
}

/// Polls a future so many times, whenever it wants to be, and gives it up right after the last.
struct Polls<F> {
    future: Pin<Box<F>>,
    left: usize,
}

impl<F: Future> Future for Polls<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        match self.future.as_mut().poll(cx) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if self.left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

/// Polls `n` times and drops, for `n` from 0 on, until the call is through; returns how many it took.
async fn for_every_point<F: Future>(
    call: impl Fn() -> F,
    after: impl AsyncFn(Option<F::Output>),
) -> usize {
    for polls in 0..1000 {
        let outcome = Polls { future: Box::pin(call()), left: polls }.await;
        let through = outcome.is_some();
        after(outcome).await;
        if through {
            return polls;
        }
    }
    panic!("not through after 1000 polls");
}

// === without a socket: every await point of the staircase, and everything that is held there ===

/// Counts what is held.
#[derive(Clone, Default)]
struct Held(Arc<Count>);

#[derive(Default)]
struct Count {
    held: AtomicUsize,
    released: Notify,
}

struct Guard(Held);

impl Held {
    fn take(&self) -> Guard {
        self.0.held.fetch_add(1, Ordering::SeqCst);
        Guard(self.clone())
    }

    fn count(&self) -> usize {
        self.0.held.load(Ordering::SeqCst)
    }

    /// Waits until nothing is held.
    async fn none(&self) {
        while self.count() > 0 {
            self.0.released.notified().await;
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.0.held.fetch_sub(1, Ordering::SeqCst);
        self.0.0.released.notify_one();
    }
}

/// A body of pieces, each after a wait, that holds something until it is dropped.
fn body(held: &Held, pieces: &'static [&'static str]) -> Body {
    let state = (held.take(), pieces.iter());
    let frames = stream::unfold(state, |(guard, mut pieces)| async move {
        tokio::task::yield_now().await;
        let piece = pieces.next()?;
        let frame = Frame::data(Bytes::from_static(piece.as_bytes()));
        Some((Ok::<_, BoxError>(frame), (guard, pieces)))
    });
    Body::new(StreamBody::new(frames))
}

fn hub(held: &Held) -> Hub {
    let layer = |held: Held| {
        from_fn(move |request: Request<Body>, next: Next| {
            let held = held.clone();
            async move {
                let _guard = held.take();
                tokio::task::yield_now().await;
                let answer = next.run(request).await;
                tokio::task::yield_now().await;
                answer
            }
        })
    };
    let answering = held.clone();
    let transport = tower::service_fn(move |request: Request<Body>| {
        let held = answering.clone();
        async move {
            let _guard = held.take();
            tokio::task::yield_now().await;
            let sent = request.into_body().collect().await?.to_bytes();
            tokio::task::yield_now().await;
            assert!(sent.is_empty() || sent == "one two ", "{sent:?}");
            Ok::<_, BoxError>(Response::new(body(&held, &["\"a ", "json ", "text\""])))
        }
    });
    Hub::builder()
        .per_call(layer(held.clone()))
        .per_attempt(layer(held.clone()))
        .attempt_timeout(Duration::from_secs(5))
        .transport(transport)
        .build()
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn nothing_is_held_after_a_drop() {
    let held = Held::default();
    let client: DroppedClient = hub(&held).client_at("http://h.example").unwrap();
    let released = async |held: &Held| assert_eq!(held.count(), 0, "something is still held");

    let points = for_every_point(
        || client.text(1),
        async |outcome| {
            assert!(outcome.is_none_or(|text| text.unwrap() == "\"a json text\""));
            released(&held).await;
        },
    )
    .await;
    assert!(points > 8, "only {points} points");

    for_every_point(
        || client.json(1),
        async |outcome| {
            assert!(outcome.is_none_or(|json| json.unwrap().unwrap() == "a json text"));
            released(&held).await;
        },
    )
    .await;

    let sending = || client.write(1, body(&held, &["one ", "two "]));
    let more = for_every_point(sending, async |outcome| {
        assert!(outcome.is_none_or(|bytes| bytes.is_ok()));
        released(&held).await;
    })
    .await;
    assert!(more > points, "the body that goes up waits too: {more}");

    let whole = async || {
        let body = client.stream(1).await.unwrap();
        body.collect().await.unwrap().to_bytes()
    };
    for_every_point(whole, async |outcome| {
        assert!(outcome.is_none_or(|bytes| bytes == "\"a json text\""));
        released(&held).await;
    })
    .await;
}

/// A limit that fires is a drop from above.
#[tokio::test(start_paused = true)]
async fn nothing_is_held_after_a_limit() {
    let held = Held::default();
    let silent = held.clone();
    let transport = tower::service_fn(move |_: Request<Body>| {
        let guard = silent.take();
        async move {
            let _guard = guard;
            std::future::pending::<Result<Response<Body>, BoxError>>().await
        }
    });
    let hub = Hub::builder().transport(transport).build().unwrap();
    let client: DroppedClient = hub.client_at("http://h.example").unwrap();
    for client in [
        client.with(|call| call.timeout(Duration::from_secs(1))),
        client.with(|call| call.attempt_timeout(Duration::from_secs(1))),
    ] {
        let error = client.write(1, body(&held, &["never sent"])).await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(held.count(), 0);
    }
}

// === over sockets ===

/// Answers `/7` with `"7"`, in many small pieces, each after a moment.
async fn echo() -> Peer {
    Peer::run(|mut wire: Wire| async move {
        while let Some(head) = wire.request().await {
            let id = head.split([' ', '/']).nth(2).unwrap().to_owned();
            let text = format!("\"{id:0>4}\"");
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", text.len());
            let mut pieces = vec!["HTTP/1.1 100 Continue\r\n\r\n", &head[..9], &head[9..]];
            pieces.extend(text.split_inclusive(|_| true));
            for piece in pieces {
                if !wire.write(piece.as_bytes()).await {
                    return;
                }
                // Only paces the bytes: pieces that came as one would be fewer points to be dropped at.
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
    })
    .await
}

/// After each drop the next call gets its own answer, and only its connection is left.
#[tokio::test]
async fn no_connection_is_left_behind() {
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let peer = echo().await;
    let before = tasks();
    {
        let client = DroppedClient::at(peer.url()).unwrap();
        let next = AtomicUsize::new(0);
        let id = || u32::try_from(next.fetch_add(1, Ordering::SeqCst)).unwrap();
        let own_answer = async || {
            let id = id();
            let answer = client.text(id).await.unwrap();
            assert_eq!(answer, format!("\"{id:0>4}\""), "the answer to another call");
            soon(peer.until(|peer| peer.open() <= 1), "connections").await;
        };
        let points = for_every_point(|| client.text(id()), async |_| own_answer().await).await;
        assert!(points > 3, "only {points} points");
        for_every_point(|| client.json(id()), async |_| own_answer().await).await;
        let whole = async || {
            let body = client.stream(id()).await.unwrap();
            body.collect().await.unwrap().to_bytes()
        };
        for_every_point(whole, async |_| own_answer().await).await;
    }
    soon(peer.until(|peer| peer.open() == 0), "connections").await;
    at_rest().await;
    assert!(tasks() <= before, "{} tasks are left, {before} were there", tasks());
}

/// A body that goes up is dropped with its call, on whatever side of the socket it waits.
#[tokio::test]
async fn no_body_is_left_behind() {
    let held = Held::default();
    let peer = echo().await;
    let client = DroppedClient::at(peer.url()).unwrap();
    let pieces: &[&str] = &["4\r\n"; 8];
    for_every_point(
        || client.write(7, body(&held, pieces)),
        async |_| {
            soon(held.none(), "the body").await;
            soon(peer.until(|peer| peer.open() <= 1), "connections").await;
        },
    )
    .await;
}

/// Waits for something to be released; the limit is there so that a leak is a failure and no hang.
async fn soon(released: impl Future<Output = ()>, what: &str) {
    let waiting = tokio::time::timeout(Duration::from_secs(10), released).await;
    assert!(waiting.is_ok(), "still held: {what}");
}
