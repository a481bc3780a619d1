//! The way to a registry without a socket.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use feign_core::{Body, Error, Request, Response};
use http_body_util::BodyExt as _;
use tower_service::Service;

use super::Core;

/// Reaches registries of this process without a socket, by the host that their URLs name; nobody else.
#[derive(Clone, Debug)]
pub struct Transport {
    servers: Vec<Arc<Core>>,
}

impl Transport {
    pub(super) fn of(server: Arc<Core>) -> Self {
        Self { servers: vec![server] }
    }

    /// Reaches one more.
    #[must_use]
    pub fn and(mut self, other: &super::EurekaServer) -> Self {
        self.servers.push(Arc::clone(&other.core));
        self
    }
}

impl Service<Request<Body>> for Transport {
    type Response = Response<Body>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let meant = request.uri().authority().map(|authority| authority.as_str());
        let server = self.servers.iter().find(|server| Some(server.authority.as_str()) == meant);
        let server = server.map(Arc::clone);
        Box::pin(async move {
            let server = server.ok_or_else(Error::connect)?;
            let (parts, body) = request.into_parts();
            let body: Bytes = body.collect().await.map_err(Error::other)?.to_bytes();
            server.answer(Request::from_parts(parts, body)).await.ok_or_else(Error::connect)
        })
    }
}
