//! A connection in memory.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use bytes::{Buf as _, Bytes};
use feign::{Body, BoxError, Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::rt::{Read, ReadBufCursor, Write};

/// Swallows what is asked and answers its bytes, whatever was asked.
#[derive(Clone)]
pub struct Wire {
    bytes: Bytes,
    /// How many bytes a read gets at most.
    piece: usize,
    /// Whether it stays open behind its bytes and says nothing more.
    silent: bool,
    /// Who waits for the answer to a request that has not come yet.
    waiting: Option<Waker>,
    asked: bool,
}

impl Wire {
    /// Takes the first byte for how the rest is sent.
    pub fn new(input: &[u8]) -> Self {
        let (how, bytes) = input.split_first().unwrap_or((&0, &[]));
        let piece = match usize::from(how >> 1 & 0x1f) {
            0 => usize::MAX,
            piece => piece,
        };
        Self {
            bytes: Bytes::copy_from_slice(bytes),
            piece,
            silent: how & 1 == 1,
            waiting: None,
            asked: false,
        }
    }

    /// A head of ours, and the rest as its body.
    pub fn with_head(head: &str, input: &[u8]) -> Self {
        let mut wire = Self::new(input);
        wire.bytes = [head.as_bytes(), &wire.bytes].concat().into();
        wire
    }

    /// What it sends.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether it ends behind its bytes.
    pub fn ends(&self) -> bool {
        !self.silent
    }

    /// Sends a request to itself.
    pub async fn exchange(self, request: Request<Body>) -> Result<Response<Incoming>, BoxError> {
        let (mut sender, connection) = http1::handshake(self).await?;
        tokio::spawn(connection);
        Ok(sender.send_request(request).await?)
    }
}

impl Read for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.asked {
            self.waiting = Some(cx.waker().clone());
            return Poll::Pending;
        }
        if self.bytes.is_empty() && self.silent {
            return Poll::Pending;
        }
        let length = self.bytes.len().min(self.piece).min(buffer.remaining());
        buffer.put_slice(&self.bytes[..length]);
        self.bytes.advance(length);
        Poll::Ready(Ok(()))
    }
}

impl Write for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.asked = true;
        if let Some(waiting) = self.waiting.take() {
            waiting.wake();
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
