//! `multipart/form-data`: the bytes of it, and what multer reads of them.

mod bytes;
mod file;
mod read;
mod refused;
mod stream;

use std::pin::Pin;
use std::task::{Context, Poll};

use ::bytes::Bytes;
use http_body::{Body, Frame};

use crate::support::{Received, Server};

type Answer = Result<(), feign::Error>;

/// A part as a server reads it.
#[derive(Debug, PartialEq)]
struct Read {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    content: Bytes,
}

impl Read {
    fn text(name: &str, content: &str) -> Self {
        let content = Bytes::copy_from_slice(content.as_bytes());
        Self { name: name.to_owned(), file_name: None, content_type: None, content }
    }

    fn of_type(name: &str, content_type: &str, content: &[u8]) -> Self {
        let content_type = Some(content_type.to_owned());
        Self { content_type, content: Bytes::copy_from_slice(content), ..Self::text(name, "") }
    }

    fn named(self, file_name: &str) -> Self {
        Self { file_name: Some(file_name.to_owned()), ..self }
    }
}

/// Reads the body by multer.
async fn read(sent: Received) -> Vec<Read> {
    let content_type = sent.header("content-type").unwrap();
    let boundary = multer::parse_boundary(content_type).unwrap();
    let body = futures_util::stream::iter([Ok::<_, std::io::Error>(Bytes::from(sent.body))]);
    let mut parts = multer::Multipart::new(body, boundary);
    let mut read = Vec::new();
    while let Some(part) = parts.next_field().await.unwrap() {
        read.push(Read {
            name: part.name().unwrap().to_owned(),
            file_name: part.file_name().map(str::to_owned),
            content_type: part.content_type().map(ToString::to_string),
            content: part.bytes().await.unwrap(),
        });
    }
    read
}

async fn read_only(server: &Server) -> Vec<Read> {
    read(server.take()).await
}

/// A stream of so many bytes, in pieces, without a length of its own.
struct Pieces(Vec<Bytes>);

impl Pieces {
    fn new(pieces: &[&'static str]) -> Self {
        Self(pieces.iter().rev().map(|piece| Bytes::from_static(piece.as_bytes())).collect())
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        Poll::Ready(self.0.pop().map(|piece| Ok(Frame::data(piece))))
    }
}
