//! The registry on a port.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use feign_core::Request;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use super::Core;

/// Ends when it is dropped, and its connections with it.
#[derive(Debug)]
pub(super) struct Listening(AbortHandle);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

pub(super) fn listen(listener: TcpListener, core: Arc<Core>) -> Listening {
    Listening(tokio::spawn(accept(listener, core)).abort_handle())
}

async fn accept(listener: TcpListener, core: Arc<Core>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(serve(stream, Arc::clone(&core)));
        while connections.try_join_next().is_some() {}
    }
}

/// A peer that goes away is no mistake of anybody.
async fn serve(stream: TcpStream, core: Arc<Core>) {
    let service = service_fn(|request: Request<Incoming>| {
        let core = Arc::clone(&core);
        async move {
            let (parts, body) = request.into_parts();
            let body: Bytes = body.collect().await.map_err(io::Error::other)?.to_bytes();
            // Without an answer the connection is closed.
            let answer = core.answer(Request::from_parts(parts, body)).await;
            answer.ok_or(io::Error::from(io::ErrorKind::ConnectionAborted))
        }
    });
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}
