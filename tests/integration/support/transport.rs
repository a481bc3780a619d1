//! A transport without a socket, for what depends on time: all of it runs on the paused clock.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use feign::{Body, BoxError};
use futures_util::stream;
use http::request::Parts;
use http::{Request, Response};
use http_body::Frame;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};

pub(crate) type Answered = Result<Response<UnsyncBoxBody<Bytes, BoxError>>, BoxError>;
type Answering = dyn Fn() -> Pin<Box<dyn Future<Output = Answered> + Send>> + Send + Sync;

/// Keeps the heads that reach it and answers by a function.
#[derive(Clone)]
pub(crate) struct Scripted {
    heads: Arc<Mutex<Vec<Parts>>>,
    answering: Arc<Answering>,
}

impl Scripted {
    pub(crate) fn run<F, Fut>(answering: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Answered> + Send + 'static,
    {
        Self { heads: Arc::default(), answering: Arc::new(move || Box::pin(answering())) }
    }

    /// Answers this JSON after a wait.
    pub(crate) fn after(wait: Duration, json: &'static str) -> Self {
        Self::run(move || async move {
            tokio::time::sleep(wait).await;
            Ok(answer(200, json))
        })
    }

    /// Answers this JSON at once.
    pub(crate) fn json(json: &'static str) -> Self {
        Self::run(move || async move { Ok(answer(200, json)) })
    }

    /// Answers at once with a head, whose body comes in pieces, each after its wait.
    pub(crate) fn pieces<const N: usize>(pieces: [(Duration, &'static str); N]) -> Self {
        Self::pieces_of("application/json", pieces)
    }

    /// The same, of another content type.
    pub(crate) fn pieces_of<const N: usize>(
        content_type: &'static str,
        pieces: [(Duration, &'static str); N],
    ) -> Self {
        Self::run(move || async move { Ok(answer_in_pieces(content_type, pieces.into_iter())) })
    }

    /// The heads of the requests that came, each with its extensions.
    pub(crate) fn heads(&self) -> Vec<Parts> {
        self.heads.lock().unwrap().clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.heads.lock().unwrap().len()
    }
}

impl tower::Service<Request<Body>> for Scripted {
    type Response = Response<UnsyncBoxBody<Bytes, BoxError>>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Answered> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        self.heads.lock().unwrap().push(request.into_parts().0);
        (self.answering)()
    }
}

/// A whole JSON answer.
pub(crate) fn answer(status: u16, json: &'static str) -> Response<UnsyncBoxBody<Bytes, BoxError>> {
    let body = Full::from(json).map_err(|never| match never {}).boxed_unsync();
    let response = Response::builder().status(status).header("content-type", "application/json");
    response.body(body).unwrap()
}

fn answer_in_pieces(
    content_type: &'static str,
    pieces: impl Iterator<Item = (Duration, &'static str)> + Send + 'static,
) -> Response<UnsyncBoxBody<Bytes, BoxError>> {
    let frames = stream::unfold(pieces, |mut pieces| async move {
        let (wait, piece) = pieces.next()?;
        tokio::time::sleep(wait).await;
        Some((Ok(Frame::data(Bytes::from_static(piece.as_bytes()))), pieces))
    });
    let response = Response::builder().header("content-type", content_type);
    response.body(StreamBody::new(frames).boxed_unsync()).unwrap()
}
