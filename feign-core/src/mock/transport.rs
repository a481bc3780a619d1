//! The mock in a transport's place: no socket, and everything on tokio's clock.

use std::fmt;
use std::future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response};
use http_body::{Body as HttpBody, Frame};
use http_body_util::BodyExt as _;
use tokio::time::Sleep;
use tower_service::Service;

use super::fleet;
use super::received::Received;
use super::reply::{End, Fault, Payload, Reply};
use super::table::Table;
use crate::body::Body;
use crate::error::{BoxError, Error, Kind};
use crate::layer::ResponseFuture;

/// A [`Mock`](super::Mock) or a [`Fleet`](super::Fleet) as the transport of a hub of yours.
///
/// ```
/// let mock = feign::mock::Mock::new();
/// let hub = feign::Hub::builder().transport(mock.transport()).build()?;
/// # Ok::<(), feign::Error>(())
/// ```
#[derive(Clone)]
pub struct Transport(To);

/// Who answers.
#[derive(Clone)]
enum To {
    Table(Arc<Table>),
    Fleet(Arc<fleet::Inner>),
}

impl Transport {
    pub(super) const fn to_table(table: Arc<Table>) -> Self {
        Self(To::Table(table))
    }

    pub(super) const fn to_fleet(fleet: Arc<fleet::Inner>) -> Self {
        Self(To::Fleet(fleet))
    }
}

impl Service<Request<Body>> for Transport {
    type Response = Response<Body>;
    type Error = Error;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> ResponseFuture {
        match &self.0 {
            To::Table(table) => Box::pin(answer(Arc::clone(table), request)),
            To::Fleet(fleet) => fleet::serve(fleet, request),
        }
    }
}

async fn answer(table: Arc<Table>, request: Request<Body>) -> Result<Response<Body>, Error> {
    let (parts, body) = request.into_parts();
    let method = parts.method.clone();
    let body = body.collect().await.map_err(broken)?.to_bytes();
    match table.answer(Received::new(parts, body).await) {
        Ok(reply) => play(&reply, &method).await,
        Err(why) => Err(Error::new(Kind::Unexpected(why.into()))),
    }
}

/// Does what a transport does when a server replies so.
pub(super) async fn play(reply: &Reply, method: &Method) -> Result<Response<Body>, Error> {
    if !reply.delay.is_zero() {
        tokio::time::sleep(reply.delay).await;
    }
    match reply.fault {
        Some(Fault::Refuse) => {
            let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
            return Err(Error::new(Kind::Connect).caused_by(refused));
        }
        Some(Fault::Hang) => future::pending().await,
        Some(Fault::Reset) => return Err(broken(io::Error::from(io::ErrorKind::ConnectionReset))),
        Some(Fault::Garbage) => return Err(broken("the answer is no HTTP")),
        _ => {}
    }
    let Payload { pieces, wait, end } = reply.payload(method);
    let body = match (&*pieces, end) {
        ([], End::Whole) => Body::empty(),
        ([whole], End::Whole) if wait.is_zero() => Body::from(whole.clone()),
        _ => Body::new(Pieces { rest: pieces.into_iter(), wait, waiting: None, end }),
    };
    Ok(reply.head().map(|()| body))
}

pub(super) fn broken(source: impl Into<BoxError>) -> Error {
    Error::new(Kind::Transport).caused_by(source)
}

/// A body that comes in pieces and may break.
struct Pieces {
    rest: std::vec::IntoIter<Bytes>,
    wait: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
    end: End,
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.rest.len() > 0 && !self.wait.is_zero() {
            let wait = self.wait;
            let sleep = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep(wait)));
            ready!(sleep.as_mut().poll(cx));
            self.waiting = None;
        }
        match self.rest.next() {
            Some(piece) => Poll::Ready(Some(Ok(Frame::data(piece)))),
            None => Poll::Ready(std::mem::replace(&mut self.end, End::Whole).error().map(Err)),
        }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("mock::Transport")
    }
}
