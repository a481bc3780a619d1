//! The mock as a server on a port, with faults done to the socket.

mod read;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use http::header::CONNECTION;
use http::{HeaderValue, Method, Request, Response, StatusCode, Version};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use super::received::Received;
use super::reply::{End, Fault, Payload, Reply};
use super::table::Table;

/// Listens on a free port of this machine; returns the URL, and what ends it.
pub(super) async fn serve(table: Arc<Table>) -> io::Result<(String, AbortHandle)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    Ok((url, tokio::spawn(accept(listener, table)).abort_handle()))
}

/// Connections end with the task that accepts them.
async fn accept(listener: TcpListener, table: Arc<Table>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(connection(stream, Arc::clone(&table)));
        while connections.try_join_next().is_some() {}
    }
}

/// A peer that goes away is no mistake of anybody.
async fn connection(stream: TcpStream, table: Arc<Table>) {
    let mut stream = BufReader::new(stream);
    loop {
        let request = match read::request(&mut stream).await {
            Ok(Some(request)) => request,
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                table.noise(format!("bytes that are no request of HTTP/1.1: {error}"));
                let _ =
                    send(&mut stream, &Reply::status(StatusCode::BAD_REQUEST), &Method::GET).await;
                return;
            }
            Ok(None) | Err(_) => return,
        };
        let keep = keeps(&request);
        let (parts, body) = request.into_parts();
        let method = parts.method.clone();
        let reply = table.answer(Received::new(parts, body).await).unwrap_or_else(|why| {
            // 404 would be a `None` to the caller.
            Reply::status(StatusCode::NOT_IMPLEMENTED)
                .header("content-type", "text/plain")
                .body(why)
        });
        match send(&mut stream, &reply, &method).await {
            Ok(true) if keep => {}
            _ => return,
        }
    }
}

/// Whether the client means to use the connection again.
fn keeps<B>(request: &Request<B>) -> bool {
    let close = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"close");
    request.version() == Version::HTTP_11
        && !request.headers().get_all(CONNECTION).iter().any(close)
}

/// Sends a reply, or does its fault; returns whether the connection can be used again.
async fn send(
    stream: &mut BufReader<TcpStream>,
    reply: &Reply,
    method: &Method,
) -> io::Result<bool> {
    if !reply.delay.is_zero() {
        tokio::time::sleep(reply.delay).await;
    }
    match reply.fault {
        Some(Fault::Refuse | Fault::Reset) => {
            // Closing it now sends a reset.
            stream.get_ref().set_zero_linger()?;
            return Ok(false);
        }
        Some(Fault::Hang) => {
            while stream.read_u8().await.is_ok() {}
            return Ok(false);
        }
        Some(Fault::Garbage) => {
            stream.write_all(b"\x16\x03\x01 this is no HTTP\r\n\r\n").await?;
            return Ok(false);
        }
        _ => {}
    }
    let Payload { pieces, wait, end } = reply.payload(method);
    stream.write_all(&head(&reply.head())).await?;
    for piece in pieces {
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        stream.write_all(&piece).await?;
    }
    if matches!(end, End::Reset) {
        stream.get_ref().set_zero_linger()?;
    }
    Ok(matches!(end, End::Whole))
}

fn head(head: &Response<()>) -> Vec<u8> {
    let reason = head.status().canonical_reason().unwrap_or("Unnamed");
    let mut text = format!("HTTP/1.1 {} {reason}\r\n", head.status().as_u16()).into_bytes();
    for (name, value) in head.headers() {
        text.extend_from_slice(name.as_ref());
        text.extend_from_slice(b": ");
        text.extend_from_slice(value.as_bytes());
        text.extend_from_slice(b"\r\n");
    }
    text.extend_from_slice(b"\r\n");
    text
}
